//! Every word on the screen stands in the locale file, and every word there is used.
#![allow(clippy::unwrap_used)]

use footing::app::forms::entry_edit::NoteFault;
use footing::app::forms::hand_over_form::DraftFault;
use footing::app::forms::session_form::SURFACES;
use footing::app::forms::setup_form::Step;
use footing::app::screen::{ExerciseId, Screen};
use footing::diary::entry::KINDS;
use footing::diary::vocabulary::{
    AbsenceReason, FreedomName, Movement, NamedBy, PainBehaviour, Profile, RedFlag, Side, Site,
    Stage, StoppedFor, Swelling, TestItem, Weekday,
};
use footing::formats::file_kind::FileKind;
use footing::insights::hand_over_review::Consequence;
use footing::insights::injury_guide::Section;
use footing::insights::milestones::Milestone;
use footing::insights::recovery::RecoveryPhase;
use footing::insights::running_cards::CARDS;
use footing::insights::schedule::EventKind;
use footing::insights::sourced_text::HelpStage;
use footing::insights::span::{Span, Unit};
use footing::plan::benchmarks;
use footing::rules::evidence::EvidenceGrade;
use footing::rules::reference;
use footing::rules::reference::{RuleRow, Table};
use footing::session::cue::Cue;
use footing::session::cues::DRILLS;
use footing::session::plan;
use footing::strength::library::{DRILL, Library, PATTERNS, PLYOMETRIC, STRETCH, TEST};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use uuid::Uuid;

const PAGE: &str = include_str!("../../index.html");
const ENGLISH: &str = include_str!("../../public/locales/en.json");
/// The words of the exercises: their keys are checked in `tests/exercises.rs`.
const EXERCISES: &str = include_str!("../../public/locales/en/exercises.json");

/// The words of the pages to read.
const PAGES: [&str; 2] = [
    include_str!("../../public/locales/en/injuries.json"),
    include_str!("../../public/locales/en/running-well.json"),
];

/// What a slot of a plot stands for.
const UNITS: [Unit; 5] = [
    Unit::Day,
    Unit::Week,
    Unit::Month,
    Unit::Quarter,
    Unit::Year,
];

/// Rooms of the exercises' file that views use; the other keys are exercises'.
const SHARED: [&str; 4] = ["strength.", "group.", "group_about.", "caution."];

fn words() -> BTreeMap<String, String> {
    let map: Map<String, Value> = serde_json::from_str(ENGLISH).unwrap();
    let exercises: Map<String, Value> = serde_json::from_str(EXERCISES).unwrap();
    let shared = exercises
        .into_iter()
        .filter(|(key, _)| SHARED.iter().any(|room| key.starts_with(room)));
    // The pages to read: the words of their screens; those of their lines are checked in
    // `tests/core/injuries.rs`.
    let pages = PAGES.map(|text| serde_json::from_str::<Map<String, Value>>(text).unwrap());
    let pages = pages
        .into_iter()
        .flatten()
        .filter(|(key, _)| key.starts_with("ui."));
    map.into_iter()
        .chain(shared)
        .chain(pages)
        .map(|(key, text)| (key, text.as_str().unwrap().to_owned()))
        .collect()
}

/// The text of every view, by its path below `src/ui`.
fn sources() -> Vec<(String, String)> {
    fn read(dir: &Path, root: &Path, files: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, root, files);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy();
                files.push((name.into_owned(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
    let mut files = Vec::new();
    read(&root, &root, &mut files);
    files.sort();
    files
}

/// Every text in double quotes, with where it ends, comments left out.
fn literals(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        if source[at..].starts_with("//") {
            at += source[at..].find('\n').unwrap_or(source.len() - at);
        } else if source[at..].starts_with("'\"'") {
            at += 3;
        } else if c == '"' {
            let mut end = at + 1;
            while !source[end..].starts_with('"') {
                end += if source[end..].starts_with('\\') {
                    2
                } else {
                    source[end..].chars().next().unwrap().len_utf8()
                };
            }
            found.push((end + 1, source[at + 1..end].to_owned()));
            at = end + 1;
        } else {
            at += c.len_utf8();
        }
    }
    found
}

/// Looks like a key: `room.name`, or a prefix that a stored key completes.
fn is_key(text: &str) -> bool {
    let Some((room, rest)) = text.split_once('.') else {
        return false;
    };
    let letters = |s: &str, more: &str| {
        s.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || more.contains(c))
    };
    !room.is_empty()
        && room.starts_with(|c: char| c.is_ascii_lowercase())
        && letters(room, "")
        && letters(rest, "-")
}

fn is_prefix(key: &str) -> bool {
    key.ends_with('.') || key.ends_with('_')
}

/// Keys that are completed by a stored key: prefix, and every ending it may meet.
#[allow(clippy::too_many_lines)] // one list
fn families() -> Vec<(&'static str, Vec<String>)> {
    fn keys<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|v| key(*v).to_owned()).collect()
    }
    let texts = |all: &[&str]| all.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    let numbers = |to: u8| (1..=to).map(|n| n.to_string()).collect::<Vec<_>>();
    let outdoors = [
        plan::Phase::WarmUp,
        plan::Phase::Run,
        plan::Phase::Walk,
        plan::Phase::CoolDown,
    ];
    let indoors = [
        plan::Phase::Ready,
        plan::Phase::Lead,
        plan::Phase::Hold,
        plan::Phase::Reps,
        plan::Phase::Change,
        plan::Phase::Rest,
    ];
    let screens = [
        Screen::Setup,
        Screen::Today,
        Screen::Journey,
        Screen::Diary,
        Screen::Progress,
        Screen::Care,
        Screen::Live,
        Screen::Log,
        Screen::Add,
        Screen::Edit(Uuid::nil()),
        Screen::Morning,
        Screen::Check,
        Screen::SelfTest,
        Screen::Clearance,
        Screen::Appointment,
        Screen::Benchmark,
        Screen::Recovery,
        Screen::Mind,
        Screen::Settings,
        Screen::Sounds,
        Screen::Strength,
        Screen::Exercise(ExerciseId::new("squat").unwrap()),
        Screen::StrengthSession,
        Screen::Mobility,
        Screen::Injury,
        Screen::RunningWell,
        Screen::HandOver,
        Screen::OpenPlan,
        Screen::Report,
        Screen::Backup,
        Screen::Calendar,
        Screen::Rules,
    ];
    // A session is named by what was done in it.
    let kinds = KINDS
        .iter()
        .filter(|k| **k != "session")
        .map(|k| (*k).to_owned())
        .collect();
    let more = [PLYOMETRIC, DRILL, STRETCH, TEST];
    let groups: Vec<String> = PATTERNS
        .iter()
        .chain(&more)
        .map(|p| (*p).to_owned())
        .collect();
    let groups_of_strength = PATTERNS
        .iter()
        .chain(&[PLYOMETRIC])
        .map(|p| (*p).to_owned())
        .collect();
    let library = Library::parse(include_str!("../../public/exercises/exercises.json")).unwrap();
    let cautions = library.all().iter().flat_map(|e| &e.cautions);
    vec![
        ("group.", groups.clone()),
        ("group_about.", groups),
        ("caution.", cautions.map(|c| c.key.clone()).collect()),
        // Dates and numbers: the shell's.
        ("date.month_", (1..=12).map(|n: u8| n.to_string()).collect()),
        ("date.weekday_", keys(Weekday::ALL, Weekday::key)),
        ("date.", texts(&["weekday_date"])),
        ("number.", texts(&["point"])),
        // What a language calls itself, in every other one too: the build helper's.
        ("language.", texts(&["name"])),
        ("flag.", keys(RedFlag::ALL, RedFlag::key)),
        ("cal.plan_", texts(&["run", "walk", "test", "rest"])),
        ("body.", texts(&["front", "back"])),
        ("span.", texts(&Span::ALL.map(Span::key))),
        ("plot.by_", texts(&UNITS.map(Unit::key))),
        ("sides.", groups_of_strength),
        ("sides.unit_", texts(&["reps", "s", "kg"])),
        ("site.", keys(Site::ALL, Site::key)),
        ("site_pick.", keys(Site::ALL, Site::key)),
        ("side.short_", keys(Side::ALL, Side::key)),
        ("setup.side_", keys(Side::ALL, Side::key)),
        ("setup.title_", keys(&Step::ALL, Step::key)),
        ("weekday.", keys(Weekday::ALL, Weekday::key)),
        ("summary.stage_", keys(Stage::ALL, Stage::key)),
        ("stage.", keys(Stage::ALL, Stage::key)),
        ("stage_about.", keys(Stage::ALL, Stage::key)),
        ("phase.", keys(&outdoors, plan::Phase::key)),
        // What a set is called aloud.
        ("phase.", keys(&indoors, plan::Phase::key)),
        ("phase_then.", keys(&outdoors, plan::Phase::key)),
        ("swelling.", keys(Swelling::ALL, Swelling::key)),
        ("pattern.", keys(PainBehaviour::ALL, PainBehaviour::key)),
        (
            "reason.pattern_",
            keys(PainBehaviour::ALL, PainBehaviour::key),
        ),
        ("reason.effect_", numbers(5)),
        ("today.consult_", texts(&["today", "tomorrow"])),
        ("cue.", keys(&Cue::ALL, Cue::key)),
        ("drill.", numbers(u8::try_from(DRILLS).unwrap())),
        ("mood.", numbers(5)),
        ("activity.", keys(Movement::ALL, Movement::key)),
        ("absence.", keys(AbsenceReason::ALL, AbsenceReason::key)),
        ("log.stopped_", keys(StoppedFor::ALL, StoppedFor::key)),
        ("test.", keys(TestItem::ALL, TestItem::key)),
        ("test_how.", keys(TestItem::ALL, TestItem::key)),
        (
            "screen.",
            screens.iter().map(|s| s.spec().path.to_owned()).collect(),
        ),
        ("kind.", kinds),
        (
            "rules.",
            reference::rows()
                .iter()
                .filter_map(RuleRow::words)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
        ),
        ("rules.table_", keys(&Table::ALL, Table::key)),
        (
            "rules.strength_",
            keys(&EvidenceGrade::ALL, EvidenceGrade::key),
        ),
        ("rules.tier_", numbers(3)),
        ("freedom.", keys(FreedomName::ALL, FreedomName::key)),
        ("away.kept_", keys(AbsenceReason::ALL, AbsenceReason::key)),
        ("note.fault_", keys(&NoteFault::ALL, NoteFault::key)),
        ("import.other_", keys(FileKind::ALL, FileKind::key)),
        ("bench_name.", keys(&benchmarks::ALL, |b| b.key)),
        ("bench_unit.", keys(&benchmarks::ALL, |b| b.unit)),
        (
            "recovery.phase_",
            keys(&RecoveryPhase::ALL, RecoveryPhase::key),
        ),
        (
            "recovery.help_",
            keys(&RecoveryPhase::ALL, RecoveryPhase::key),
        ),
        (
            "recovery.train_",
            keys(&RecoveryPhase::ALL, RecoveryPhase::key),
        ),
        (
            "recovery.kind_",
            texts(&[
                "cycling",
                "swimming",
                "aqua",
                "elliptical",
                "rowing",
                "mobility",
                "sport",
            ]),
        ),
        (
            "recovery.week_",
            texts(&["protect", "move", "build", "beside", "bone"]),
        ),
        ("checkin.fed_", texts(&["enough", "food", "water", "both"])),
        ("mind.prompt_", numbers(8)),
        ("mind.hands_", numbers(5)),
        ("imagine.step_", numbers(7)),
        ("profile.", keys(Profile::ALL, Profile::key)),
        ("calendar.kind_", keys(&EventKind::ALL, EventKind::key)),
        ("calendar.title_", keys(&EventKind::ALL, EventKind::key)),
        ("report.named_", keys(NamedBy::ALL, NamedBy::key)),
        ("handover.fault_", keys(&DraftFault::ALL, DraftFault::key)),
        ("plan.then_", keys(&Consequence::ALL, Consequence::key)),
        ("surface.", texts(&SURFACES)),
        ("well.card_", texts(&CARDS)),
        ("ui.", keys(&Section::ALL, Section::key)),
        ("ui.stage_", keys(&HelpStage::ALL, HelpStage::key)),
        (
            "ui.grade_",
            texts(&["trial", "cohort", "consensus", "practice"]),
        ),
        (
            "ui.pattern_",
            texts(&[
                "squat",
                "bridge",
                "calf",
                "hip-abduction",
                "hip-adduction",
                "balance",
            ]),
        ),
        ("milestone.", keys(&Milestone::ALL, Milestone::key)),
        ("milestone.about_", keys(&Milestone::ALL, Milestone::key)),
    ]
}

#[test]
fn every_key_has_its_words() {
    let words = words();
    let mut missing = BTreeSet::new();
    let known: BTreeSet<&str> = families().iter().map(|(prefix, _)| *prefix).collect();
    for (file, source) in sources() {
        for (_, key) in literals(&source).into_iter().filter(|(_, l)| is_key(l)) {
            let plural = ["_one", "_other"]
                .iter()
                .all(|f| words.contains_key(&format!("{key}{f}")));
            let found = if is_prefix(&key) {
                known.contains(key.as_str())
            } else {
                words.contains_key(&key) || plural
            };
            if !found {
                missing.insert(format!("{file}: {key}"));
            }
        }
    }
    for (prefix, endings) in families() {
        for ending in endings {
            let key = format!("{prefix}{ending}");
            if !words.contains_key(&key) {
                missing.insert(key);
            }
        }
    }
    assert!(missing.is_empty(), "keys without words: {missing:#?}");
}

#[test]
fn every_word_is_used() {
    let mut used: BTreeSet<String> = families()
        .into_iter()
        .flat_map(|(prefix, endings)| endings.into_iter().map(move |e| format!("{prefix}{e}")))
        .collect();
    // The first screens stand in the page itself.
    for mark in ["data-word=\"", "data-label=\""] {
        let marked = PAGE.split(mark).skip(1);
        used.extend(marked.filter_map(|rest| Some(rest.split('"').next()?.to_owned())));
    }
    for (_, source) in sources() {
        for (_, key) in literals(&source).into_iter().filter(|(_, l)| is_key(l)) {
            used.extend(["_one", "_other"].map(|form| format!("{key}{form}")));
            used.insert(key);
        }
    }
    let unused: Vec<String> = words()
        .into_keys()
        .filter(|key| !used.contains(key))
        .collect();
    assert!(unused.is_empty(), "words that nothing shows: {unused:#?}");
}

/// The names in `{{name}}`.
fn slots(text: &str) -> BTreeSet<String> {
    text.split("{{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}"))
        .map(|(n, _)| n.to_owned())
        .collect()
}

#[test]
fn values_and_their_places_agree() {
    let words = words();
    let mut wrong = Vec::new();
    for (file, source) in sources() {
        for (end, key) in literals(&source).into_iter().filter(|(_, l)| is_key(l)) {
            let Some(text) = words.get(&key) else {
                continue;
            };
            // `tf("key", &[("name", value), …])`, as far as it is written in one place.
            let after = source[end..].trim_start();
            let Some(list) = after
                .strip_prefix(',')
                .map(str::trim_start)
                .and_then(|a| a.strip_prefix("&["))
            else {
                continue;
            };
            let list = list
                .split("],\n")
                .next()
                .unwrap()
                .split("])")
                .next()
                .unwrap();
            let given: BTreeSet<String> = list
                .split("(\"")
                .skip(1)
                .filter_map(|rest| rest.split_once("\","))
                .map(|(name, _)| name.to_owned())
                .filter(|name| !name.contains('.'))
                .collect();
            if !slots(text).is_subset(&given) {
                wrong.push(format!(
                    "{file}: {key} has {:?}, given {given:?}",
                    slots(text)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The numbers of the Rules screen come from the engine: the words hold none but those
/// that name the row itself, a level, or a severity, and leave none of the row's out.
#[test]
fn the_words_of_the_rules_hold_no_number_of_their_own() {
    let words = words();
    let mut wrong = Vec::new();
    for row in reference::rows() {
        let Some(key) = row.words() else { continue };
        let text = &words[&format!("rules.{key}")];
        let given: BTreeSet<String> = ["a", "b", "c", "d"][..row.numbers().len()]
            .iter()
            .map(|s| (*s).to_owned())
            .collect();
        // Whether a profile asks for a go-ahead is said in words.
        let placed = row.table == Table::Placement && row.numbers.len() == 2;
        let named = slots(text);
        if !named.is_subset(&given) || (named != given && !placed) {
            wrong.push(format!("{key}: {named:?} of {given:?}"));
        }
        let id: Vec<&str> = row.id.split('-').collect();
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            let own = word.starts_with(|c: char| c.is_ascii_digit()) && !id.contains(&word);
            // Pain that climbs below 3 is the row "rising-low".
            if own && row.id != "rising-low" {
                wrong.push(format!("{key}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn both_forms_of_a_plural_are_there() {
    let words = words();
    for key in words.keys() {
        for (form, other) in [("_one", "_other"), ("_other", "_one")] {
            let Some(stem) = key.strip_suffix(form) else {
                continue;
            };
            let twin = words.get(&format!("{stem}{other}"));
            // `…_other` is also the end of an ordinary key, such as a site's.
            if key.contains("{{count}}") || words[key].contains("{{count}}") {
                let twin = twin.unwrap_or_else(|| panic!("{key} stands alone"));
                assert_eq!(slots(twin), slots(&words[key]), "{key}");
            }
        }
    }
}

#[test]
fn nothing_is_promised_and_nobody_is_cheered_at() {
    let never = [
        "safe",
        "safely",
        "heal",
        "healed",
        "heals",
        "ready",
        "prevent",
        "prevents",
        "cure",
        "cured",
        "recovered",
        "guarantee",
        "guaranteed",
        "streak",
        "congratulations",
        "diagnosis",
    ];
    let mut found = Vec::new();
    let exercises: Map<String, Value> = serde_json::from_str(EXERCISES).unwrap();
    let exercises = exercises
        .into_iter()
        .map(|(key, text)| (key, text.as_str().unwrap().to_owned()));
    for (key, text) in words().into_iter().chain(exercises) {
        let lower = text.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphabetic()) {
            if never.contains(&word) {
                found.push(format!("{key}: {word}"));
            }
        }
        if text.contains('!') || text.contains('\u{2014}') {
            found.push(format!("{key}: {text}"));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
