//! Every language says everything that English says, in its own words.
#![allow(clippy::unwrap_used)]

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const FILES: [fn(&str) -> String; 2] = [
    |tag| format!("{tag}.json"),
    |tag| format!("{tag}/exercises.json"),
];

/// Plural forms that a language may have beside the two of English.
const MORE_FORMS: [&str; 4] = ["_zero", "_two", "_few", "_many"];

type Words = BTreeMap<String, String>;

/// The tags of the languages beside English: whatever has a file.
fn languages() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/locales");
    let files = fs::read_dir(folder).unwrap().flatten();
    let names = files.map(|file| file.file_name().into_string().unwrap());
    let mut tags: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()))
        .filter(|tag| tag != "en")
        .collect();
    tags.sort();
    assert!(tags.len() >= 3, "{tags:?}");
    tags
}

fn read(file: &str) -> Words {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("public/locales")
        .join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let map: Map<String, Value> = serde_json::from_str(&text).unwrap();
    map.into_iter()
        .map(|(key, text)| (key, text.as_str().unwrap().to_owned()))
        .collect()
}

/// Each file of each language, beside the English one.
fn pairs() -> Vec<(String, Words, Words)> {
    let mut pairs = Vec::new();
    for tag in languages() {
        for file in FILES {
            pairs.push((file(&tag), read(&file("en")), read(&file(&tag))));
        }
    }
    pairs
}

/// The names in `{{name}}`, each as often as it stands there.
fn slots(text: &str) -> Vec<&str> {
    let mut slots: Vec<&str> = text
        .split("{{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}"))
        .map(|(name, _)| name)
        .collect();
    slots.sort_unstable();
    slots
}

#[test]
fn every_language_has_every_key() {
    for (file, english, other) in pairs() {
        let keys = |words: &Words| words.keys().cloned().collect::<BTreeSet<_>>();
        let (english, other) = (keys(&english), keys(&other));
        let missing: Vec<_> = english.difference(&other).collect();
        let another_form = |key: &String| {
            let mut stems = MORE_FORMS.iter().filter_map(|form| key.strip_suffix(form));
            stems.any(|stem| english.contains(&format!("{stem}_other")))
        };
        let strange: Vec<_> = other
            .difference(&english)
            .filter(|key| !another_form(key))
            .collect();
        assert!(missing.is_empty(), "{file} lacks {missing:#?}");
        assert!(
            strange.is_empty(),
            "{file} has, English has not: {strange:#?}"
        );
    }
}

#[test]
fn values_have_the_same_places() {
    for (file, english, other) in pairs() {
        let wrong: Vec<_> = english
            .iter()
            .filter(|(key, text)| slots(text) != slots(&other[*key]))
            .map(|(key, _)| key)
            .collect();
        assert!(wrong.is_empty(), "{file}: other values in {wrong:#?}");
    }
}

#[test]
fn every_text_is_one_line_and_none_is_lost() {
    for (file, english, other) in pairs() {
        for (key, text) in &other {
            let none = english.get(key).is_some_and(String::is_empty);
            assert_eq!(text.is_empty(), none, "{file}: {key}");
            assert!(!text.contains(['\t', '\n']), "{file}: {key}");
            assert_eq!(text.trim(), text, "{file}: {key}");
        }
    }
}

/// What is the same word in both, such as a name, stands in `tests/app/same_words/<language>.txt`.
#[test]
fn nothing_is_left_in_english() {
    for tag in languages() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/app/same_words/{tag}.txt"));
        let list = fs::read_to_string(&path).unwrap();
        let mut allowed: BTreeSet<&str> = list.lines().filter(|line| !line.is_empty()).collect();
        let mut same = Vec::new();
        for file in FILES {
            let (english, other) = (read(&file("en")), read(&file(&tag)));
            for (key, text) in english {
                let letters = text.split("{{").filter_map(|s| s.split("}}").last());
                let worded = letters.flat_map(str::chars).any(char::is_alphabetic);
                if worded && other[&key] == text && !allowed.remove(key.as_str()) {
                    same.push(key);
                }
            }
        }
        assert!(same.is_empty(), "{tag}: as in English: {same:#?}");
        assert!(
            allowed.is_empty(),
            "{tag}: differs, and need not be listed: {allowed:#?}"
        );
    }
}

/// No language promises more than English does.
#[test]
fn nothing_is_promised() {
    let never = [
        (
            "de",
            &[
                "geheilt",
                "heilt",
                "garantiert",
                "verhindert",
                "diagnose",
                "gratulation",
                "glückwunsch",
                "ungefährlich",
            ][..],
        ),
        (
            "es",
            &[
                "curado",
                "curada",
                "garantiza",
                "garantizado",
                "diagnóstico",
                "enhorabuena",
                "felicidades",
            ][..],
        ),
        (
            "fr",
            &[
                "guéri",
                "guérie",
                "garantit",
                "garanti",
                "félicitations",
                "bravo",
            ][..],
        ),
        (
            "pl",
            &[
                "wyleczony",
                "wyleczona",
                "zagojone",
                "gwarantuje",
                "zapobiega",
                "bezpieczny",
                "bezpiecznie",
                "gratulacje",
                "brawo",
            ][..],
        ),
    ];
    // Whether somebody else named the injury is asked and reported.
    let of_others = |key: &str| key == "setup.title_named" || key.starts_with("report.named_");
    let mut found = Vec::new();
    for (tag, words) in never {
        for file in FILES {
            for (key, text) in read(&file(tag)) {
                if of_others(&key) {
                    continue;
                }
                let lower = text.to_lowercase();
                let mut parts = lower.split(|c: char| !c.is_alphabetic());
                if let Some(word) = parts.find(|part| words.contains(part)) {
                    found.push(format!("{tag}: {key}: {word}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The rows of a table in docs/words.md, its heading row first, as cells.
fn table(heading: &str) -> Vec<Vec<String>> {
    let page = include_str!("../../docs/words.md");
    let part = page.split(&format!("## {heading}\n")).nth(1).unwrap();
    let part = part.split("\n## ").next().unwrap();
    let rows = part.lines().filter(|line| line.starts_with("| "));
    let cells = |row: &str| row.split('|').map(|cell| cell.trim().to_owned()).collect();
    rows.map(|row| {
        let cells: Vec<String> = cells(row);
        cells[1..cells.len() - 1].to_vec()
    })
    .collect()
}

/// A text as the glossary reads it: small letters, without its values and soft hyphens.
fn plain(text: &str) -> String {
    let outside = text.split("{{").map(|part| match part.split_once("}}") {
        Some((_, after)) => after,
        None => part,
    });
    outside
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
        .replace('\u{ad}', "")
}

/// What describes a movement speaks of level hips and of a step back on the floor.
fn is_movement(key: &str) -> bool {
    let end = key.rsplit('.').next().unwrap_or_default();
    ["do", "picture"].contains(&end) || end.starts_with("cue_") || end.starts_with("fault_")
}

/// Whether a word of the text begins with the term.
fn has_term(text: &str, term: &str) -> bool {
    text.match_indices(term).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric())
    })
}

fn all_words(tag: &str) -> Words {
    FILES.iter().flat_map(|file| read(&file(tag))).collect()
}

/// One thing has one name: where English has a term of the glossary, so has each language.
#[test]
fn terms_are_those_of_the_glossary() {
    let rows = table("Glossary");
    let (head, rows) = rows.split_first().unwrap();
    let english = all_words("en");
    let mut off = Vec::new();
    for tag in languages() {
        let column = head.iter().position(|name| *name == tag);
        let column = column.unwrap_or_else(|| panic!("the glossary has no column {tag}"));
        let other = all_words(&tag);
        for row in rows {
            let forms: Vec<&str> = row[0].split(", ").collect();
            let stems: Vec<&str> = row[column].split(", ").collect();
            for (key, text) in english.iter().filter(|(key, _)| !is_movement(key)) {
                let text = plain(text);
                let theirs = plain(&other[key]);
                if forms.iter().any(|form| has_term(&text, form))
                    && !stems.iter().any(|stem| theirs.contains(stem))
                {
                    off.push(format!("{tag}: {key}: no {:?} for {:?}", stems, row[0]));
                }
            }
        }
    }
    assert!(off.is_empty(), "{off:#?}");
}

/// The old names of a thing do not come back.
#[test]
fn old_names_are_gone() {
    let rows = table("Not any more");
    let tags = languages();
    let mut found = Vec::new();
    for row in &rows[1..] {
        let [tag, phrase, _, free] = &row[..] else {
            panic!("{row:?}");
        };
        assert!(tag == "en" || tags.contains(tag), "{tag}");
        for (key, text) in all_words(tag) {
            let is_free = !free.is_empty() && free.split(", ").any(|room| key.starts_with(room));
            if !is_free && plain(&text).contains(phrase.as_str()) {
                found.push(format!("{tag}: {key}: {phrase}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// A language that has more forms for counts has them for every count, and each says its
/// number (or none of them does).
#[test]
fn every_count_has_every_form() {
    let english = all_words("en");
    let counts = |key: &&str| english.get(*key).is_some_and(|t| t.contains("{{count}}"));
    let stems: Vec<&str> = english
        .keys()
        .filter_map(|key| key.strip_suffix("_other"))
        .filter(|stem| counts(&&*format!("{stem}_other")))
        .collect();
    assert!(stems.len() > 10, "{stems:?}");
    for tag in languages() {
        let words = all_words(&tag);
        for form in MORE_FORMS {
            let having = |stem: &&&str| words.contains_key(&format!("{stem}{form}"));
            let have = stems.iter().filter(having).count();
            let missing: Vec<_> = stems.iter().filter(|stem| !having(stem)).collect();
            assert!(
                have == 0 || missing.is_empty(),
                "{tag} {form}: {missing:#?}"
            );
            for stem in stems.iter().filter(having) {
                let [text, other] = [form, "_other"].map(|form| &words[&format!("{stem}{form}")]);
                assert_eq!(slots(text), slots(other), "{tag}: {stem}{form}");
            }
        }
    }
}

/// The page of words names an address for every language that there is, and no text falls
/// out of it.
#[test]
fn every_language_keeps_its_form_of_address() {
    let rows = table("Form of address");
    let mut listed = Vec::new();
    let mut found = Vec::new();
    for row in &rows[1..] {
        let [tag, _, never, _] = &row[..] else {
            panic!("{row:?}");
        };
        listed.push(tag.clone());
        let never: Vec<&str> = never.split(", ").filter(|word| !word.is_empty()).collect();
        for (key, text) in all_words(tag) {
            let text = plain(&text);
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            if let Some(word) = words.find(|word| never.contains(word)) {
                found.push(format!("{tag}: {key}: {word}"));
            }
        }
    }
    listed.retain(|tag| tag != "en");
    listed.sort();
    assert_eq!(listed, languages());
    assert!(found.is_empty(), "{found:#?}");
}

/// The rescue page has its words in itself, in every language and each of them all.
#[test]
fn the_rescue_page_speaks_every_language() {
    let script = include_str!("../../public/rescue.js");
    let words = |tag: &str| -> Vec<&str> {
        let start = format!("    {tag}: {{\n");
        let block = script.split(&start).nth(1);
        let block = block.unwrap_or_else(|| panic!("the rescue page lacks {tag}"));
        let block = block.split("    },").next().unwrap();
        let keys = block.lines().filter_map(|line| line.trim().split_once(':'));
        keys.map(|(key, _)| key).collect()
    };
    let english = words("en");
    assert!(english.len() > 10, "{english:?}");
    for tag in languages() {
        assert_eq!(words(&tag), english, "{tag}");
    }
}

/// After a session the app says what is so for every session: whether it counts is told by
/// its day, and by the morning after.
#[test]
fn what_is_said_after_a_session_promises_no_count() {
    let count = [
        ("en", "count"),
        ("de", "zähl"),
        ("es", "cuenta"),
        ("fr", "séance compte"),
        ("pl", "zaliczon"),
    ];
    for (tag, word) in count {
        let words = all_words(tag);
        let logged = words.iter().filter(|(key, _)| key.starts_with("logged."));
        for (key, text) in logged {
            assert!(!plain(text).contains(word), "{tag} {key}: {text}");
        }
    }
}
