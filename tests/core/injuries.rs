//! "My injury" and "Running well": complete in every language, with a source for every
//! line that stands in docs/evidence.md, and honest.
#![allow(clippy::unwrap_used)]

use chrono::{Days, NaiveDate};
use footing::diary::vocabulary::Site;
use footing::insights::injury_guide::{InjuryGuide, Section};
use footing::insights::running_cards::{CARDS, FROM_LEVEL, RunningCards, card_of_day, far_enough};
use footing::insights::sourced_text::{HelpStage, Line, TextSource};
use footing::rules::guidance::{ChangeCause, LevelChange};
use footing::thresholds::ladder::Ladder;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const LANGUAGES: [&str; 5] = ["en", "de", "es", "fr", "pl"];
const FILES: [&str; 2] = ["injuries", "running-well"];
/// Words of the screen itself, which are asked for by the view.
const SCREEN: [&str; 1] = ["ui."];
/// What is the same word in both.
const SAME_WORDS: [(&str, &str); 1] = [("fr", "ui.pattern_squat")];

fn root(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn guide() -> InjuryGuide {
    InjuryGuide::parse(&root("public/injuries/injuries.json")).unwrap()
}

fn cards() -> RunningCards {
    RunningCards::parse(&root("public/running-well/running-well.json")).unwrap()
}

fn texts(file: &str, language: &str) -> BTreeMap<String, String> {
    let text = root(&format!("public/locales/{language}/{file}.json"));
    let map: Map<String, Value> = serde_json::from_str(&text).unwrap();
    map.into_iter()
        .map(|(key, text)| (key, text.as_str().unwrap().to_owned()))
        .collect()
}

/// Every line of both files, with the section it stands in.
fn lines() -> Vec<(&'static str, Option<Section>, Line)> {
    let mut found = Vec::new();
    for group in guide().groups() {
        for section in Section::ALL {
            let all = group.section(section).iter().cloned();
            found.extend(all.map(|line| ("injuries", Some(section), line)));
        }
    }
    for card in cards().cards() {
        let all = card.lines.iter().cloned();
        found.extend(all.map(|line| ("running-well", None, line)));
    }
    found
}

fn sources() -> Vec<TextSource> {
    let guide = guide();
    let cards = cards();
    [guide.sources(), cards.sources()].concat()
}

#[test]
fn every_site_has_one_group() {
    let guide = guide();
    for site in Site::ALL {
        let groups = guide.groups().iter();
        let of_it: Vec<_> = groups.filter(|g| g.sites.contains_key(site)).collect();
        assert_eq!(of_it.len(), 1, "{}", site.key());
        assert_eq!(guide.group_of(*site), Some(of_it[0]));
    }
}

#[test]
fn every_group_has_every_section() {
    for group in guide().groups() {
        for site in group.sites.keys() {
            for section in Section::ALL {
                let many = group.lines(section, *site).count();
                let (id, key) = (site.key(), section.key());
                assert!((1..=9).contains(&many), "{id} {key}: {many}");
            }
        }
        // A line is for sites of its own group, or for all of them.
        for section in Section::ALL {
            for line in group.section(section) {
                for site in &line.only {
                    assert!(group.sites.contains_key(site), "{}", line.text);
                }
                let staged = section == Section::Helps;
                assert_eq!(line.stage.is_some(), staged, "{}", line.text);
            }
        }
    }
    let keys: BTreeSet<_> = Section::ALL.iter().map(|s| s.key()).collect();
    assert_eq!(keys.len(), Section::ALL.len());
}

#[test]
fn what_helps_is_told_for_the_first_days_and_for_running() {
    let guide = guide();
    for site in Site::ALL {
        let group = guide.group_of(*site).unwrap();
        for stage in [HelpStage::Now, HelpStage::Run] {
            let mut helps = group.lines(Section::Helps, *site);
            let told = helps.any(|line| line.stage == Some(stage));
            assert!(told, "{} {}", site.key(), stage.key());
        }
    }
}

#[test]
fn every_text_stands_in_every_language_and_no_other() {
    for file in FILES {
        let own = lines().into_iter().filter(|(of, ..)| *of == file);
        let mut wanted: BTreeSet<String> = own.map(|(.., line)| line.text).collect();
        let english = texts(file, "en");
        let screen = |key: &&String| SCREEN.iter().any(|room| key.starts_with(room));
        wanted.extend(english.keys().filter(screen).cloned());
        for language in LANGUAGES {
            let there: BTreeSet<String> = texts(file, language).into_keys().collect();
            let off: Vec<_> = there.symmetric_difference(&wanted).collect();
            assert!(off.is_empty(), "{file} {language}: {off:#?}");
        }
        for language in &LANGUAGES[1..] {
            for (key, text) in texts(file, language) {
                let same = SAME_WORDS.contains(&(language, &*key));
                let left = text == english[&key];
                assert_eq!(left, same, "{language} {key}: as in English?");
                let places = |text: &str| text.matches("{{").count();
                assert_eq!(places(&text), places(&english[&key]), "{language} {key}");
            }
        }
    }
}

#[test]
fn every_card_has_its_words() {
    let cards = cards();
    let ids: Vec<&str> = cards.cards().iter().map(|c| &*c.id).collect();
    assert_eq!(ids, CARDS);
    for card in cards.cards() {
        assert!((3..=6).contains(&card.lines.len()), "{}", card.id);
    }
}

#[test]
fn every_line_names_a_source_of_the_page_of_evidence() {
    let page = crate::evidence::sources();
    let mut used = BTreeSet::new();
    for (file, section, line) in lines() {
        if section == Some(Section::Ask) {
            assert!(line.sources.is_empty(), "{}: a question", line.text);
            continue;
        }
        assert!(!line.sources.is_empty(), "{} has no source", line.text);
        for key in &line.sources {
            assert!(page.contains_key(key), "{}: {key}", line.text);
            used.insert((file, key.clone()));
        }
    }
    for source in sources() {
        assert_eq!(source.grade, page[&source.key], "{}", source.key);
        let own = ["practice", "ours"].contains(&&*source.key);
        assert_eq!(source.who.is_empty(), own, "{}", source.key);
    }
    let keys = |all: &[TextSource], file| -> BTreeSet<_> {
        all.iter().map(|s| (file, s.key.clone())).collect()
    };
    let mut listed = keys(guide().sources(), "injuries");
    listed.extend(keys(cards().sources(), "running-well"));
    assert_eq!(
        used, listed,
        "sources that no line names, or that are not listed"
    );
}

/// A figure (more than the limits of the app's own scale, or a date) comes from a study or
/// a programme, never from nowhere.
#[test]
fn every_figure_names_a_study() {
    for (file, section, line) in lines() {
        let text = &texts(file, "en")[&line.text];
        let figures = text.chars().any(|c| c.is_ascii_digit());
        let bare = line.sources.iter().all(|s| s == "practice" || s == "ours");
        if !figures || !bare {
            continue;
        }
        // What is allowed without a study: the app's own limits, and how to count steps.
        let allowed = ["kneecap.helps_2", "cadence.line_1", "warm-up.line_1"];
        assert!(
            allowed.contains(&&*line.text),
            "{} ({section:?}) holds a figure: {text}",
            line.text
        );
    }
}

#[test]
fn the_way_back_ends_with_whose_times_these_are() {
    for group in guide().groups() {
        let last = group.section(Section::Way).last().unwrap();
        assert_eq!(last.text, "shared.way_note", "{}", group.id);
        assert!(last.only.is_empty());
    }
}

#[test]
fn nothing_is_promised_and_sentences_are_short() {
    let never: [(&str, &[&str], usize); 5] = [
        (
            "en",
            &[
                "safe",
                "safely",
                "heal",
                "healed",
                "heals",
                "healing",
                "ready",
                "prevent",
                "prevents",
                "cure",
                "cured",
                "recovered",
                "guarantee",
                "diagnosis",
                "should be fine",
            ],
            19,
        ),
        (
            "de",
            &[
                "geheilt",
                "heilt",
                "heilung",
                "garantiert",
                "verhindert",
                "diagnose",
                "ungefährlich",
            ],
            23,
        ),
        (
            "es",
            &[
                "curado",
                "curada",
                "garantiza",
                "diagnóstico",
                "previene",
                "seguro que",
            ],
            24,
        ),
        (
            "fr",
            &["guéri", "guérie", "guérit", "garantit", "prévient"],
            24,
        ),
        (
            "pl",
            &[
                "wyleczony",
                "wyleczona",
                "gwarantuje",
                "zapobiega",
                "bezpieczny",
            ],
            22,
        ),
    ];
    let mut found = Vec::new();
    for (language, words, most) in never {
        for file in FILES {
            for (key, text) in texts(file, language) {
                assert_eq!(text.trim(), text, "{key}");
                assert!(
                    !text.contains(['\n', '\t', '!', '\'', '"']),
                    "{language} {key}: {text}"
                );
                let lower = text.to_lowercase();
                for word in lower.split(|c: char| !c.is_alphabetic()) {
                    if words.contains(&word) {
                        found.push(format!("{language} {key}: {word}"));
                    }
                }
                for sentence in sentences(&text) {
                    let many = sentence.split(' ').count();
                    if many > most {
                        found.push(format!("{language} {key}: {many} words: {sentence}"));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// A text cut after each full stop or question mark that a space follows.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', '?'])
        .fold(Vec::new(), |mut all: Vec<&str>, part| {
            // "0.60" is one word.
            match all.last_mut() {
                Some(last) if !part.starts_with(' ') => {
                    let start = last.as_ptr() as usize - text.as_ptr() as usize;
                    *last = &text[start..start + last.len() + part.len()];
                }
                _ => all.push(part),
            }
            all
        })
        .into_iter()
        .map(str::trim)
        .collect()
}

#[test]
fn a_card_a_week_from_the_middle_of_the_ladder_on() {
    let day = |n| NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + Days::new(n);
    let change = |n, to: &str| LevelChange {
        on: day(n),
        from: None,
        to: to.to_owned(),
        cause: ChangeCause::Up,
    };
    let ladder = Ladder::builtin();
    let history = [change(0, "R1"), change(9, "R5"), change(14, FROM_LEVEL)];
    assert_eq!(far_enough(&history[..2], &ladder), None);
    let since = far_enough(&history, &ladder).unwrap();
    assert_eq!(since, day(14));
    // A step back takes no card away.
    let mut back = history.to_vec();
    back.push(change(20, "R3"));
    assert_eq!(far_enough(&back, &ladder), Some(since));
    let card = |on| card_of_day(since, on);
    assert_eq!(card(day(13)), None);
    assert_eq!(card(day(14)), Some("posture"));
    assert_eq!(card(day(20)), Some("posture"));
    assert_eq!(card(day(21)), Some("cadence"));
    assert_eq!(card(day(14 + 6 * 7)), Some("weather"));
    assert_eq!(card(day(14 + 7 * 7)), Some("posture"));
}

#[test]
fn a_file_that_is_not_the_guide_is_refused() {
    assert!(InjuryGuide::parse("").is_none());
    assert!(InjuryGuide::parse("[]").is_none());
    assert!(InjuryGuide::parse(r#"{"sources": [], "groups": [{"id": "x"}]}"#).is_none());
    assert!(RunningCards::parse("{}").is_none());
}
