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
