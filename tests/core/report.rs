//! The report for a clinician: its facts, and the same as a table.
#![allow(clippy::unwrap_used)]

use crate::support;
use chrono::NaiveDate;
use footing::diary::Diary;
use footing::diary::codec::entry_from_json;
use footing::diary::vocabulary::{Profile, RedFlag, Stage, Tier};
use footing::formats::number::NumberForm;
use footing::insights::report::{Content, Period, Report, report};
use footing::insights::spreadsheet;
use footing::insights::symmetry::Measured;
use footing::rules::guidance::{ChangeCause, LevelChange, Rule};
use footing::rules::progression::guidance;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use support::any_entry;
use support::diaries::{any_life, day as nth, lived};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Entries in a row: at, kind, fields.
fn diary(rows: &[(&str, &str, Value)]) -> Diary {
    let entry = |(n, (at, kind, fields)): (u128, &(&str, &str, Value))| {
        let mut value = fields.clone();
        value["id"] = json!(Uuid::from_u128(n).to_string());
        value["at"] = json!(format!("{at}:00+01:00"));
        value["kind"] = json!(kind);
        entry_from_json(value, None).unwrap()
    };
    (1..).zip(rows).map(entry).collect()
}

fn run(level: &str, pain: u8) -> Value {
    json!({"activity": "run-walk", "level": level, "run_min": 5, "walk_min": 20, "pain_during": pain})
}

/// A physio let the runner begin at R1; a quiet week, then one bad run, a warning sign, a
/// pause and its end, and a run on a day of rest.
fn story() -> Diary {
    let plan = json!({"injury": {"profile": "joint", "site": "knee", "side": "left", "since": "2025-12-01"},
        "start_stage": "run-walk", "start_level": "R1"});
    let quiet = json!({"pain": 0});
    let strength = json!({"items": [
        {"pattern": "squat", "exercise": "split-squat", "level": 1, "sets": [
            {"reps": 8, "side": "left"}, {"reps": 9, "side": "left"}, {"reps": 12, "side": "right"}]},
        {"pattern": "plank", "exercise": "side-plank", "level": 1, "sets": [
            {"seconds": 30, "side": "left"}, {"seconds": 20, "side": "right"}]}]});
    diary(&[
        ("2026-03-01T08:00", "plan", plan),
        (
            "2026-03-01T08:01",
            "clearance",
            json!({"granted": true, "by": "Mara", "role": "physio"}),
        ),
        ("2026-03-02T18:00", "session", run("R1", 0)),
        ("2026-03-03T08:00", "morning", quiet.clone()),
        ("2026-03-03T18:00", "strength", strength),
        ("2026-03-04T18:00", "session", run("R1", 0)),
        ("2026-03-05T08:00", "morning", quiet.clone()),
        // A run on a day of rest.
        ("2026-03-05T18:00", "session", run("R2", 1)),
        (
            "2026-03-06T08:00",
            "morning",
            json!({"pain": 1, "notes": "A little stiff"}),
        ),
        (
            "2026-03-07T18:00",
            "flag",
            json!({"flags": ["night-pain"], "notes": "=1+1"}),
        ),
        (
            "2026-03-10T09:00",
            "clearance",
            json!({"granted": true, "by": "Mara", "restart_level": "R1"}),
        ),
        (
            "2026-03-10T09:30",
            "benchmark",
            json!({"name": "Heel raises", "target": 20, "left": 12, "right": 18.5, "unit": "reps"}),
        ),
    ])
}

fn march() -> Period {
    Period {
        from: day("2026-03-01"),
        to: day("2026-03-14"),
    }
}

#[test]
fn it_opens_with_what_decides() {
    let r = report(&story(), march());
    let flags: Vec<_> = r.flags.iter().map(|f| (f.day, f.flag, f.tier)).collect();
    assert_eq!(
        flags,
        [(day("2026-03-07"), RedFlag::NightPain, Tier::Urgent)]
    );
    assert_eq!(r.pauses.len(), 1, "{:?}", r.pauses);
    let pause = &r.pauses[0];
    assert_eq!(pause.from, day("2026-03-07"));
    // The clearance comes during that day: the next morning is the first without the pause.
    assert_eq!(pause.until, Some(day("2026-03-11")));
    assert_eq!(pause.rules, [Rule::F2]);
    let words: Vec<_> = r.clearances.iter().map(|(d, c)| (*d, c.granted)).collect();
    assert_eq!(
        words,
        [(day("2026-03-01"), true), (day("2026-03-10"), true)]
    );
}

#[test]
fn load_levels_sides_and_measures() {
    let r = report(&story(), march());
    assert_eq!(r.sessions, 3);
    assert!((r.run_min() - 15.0).abs() < 1e-9);
    assert_eq!(r.longest, Some((day("2026-03-02"), 5.0)));
    assert_eq!(r.days.len(), 14);
    let of = |text: &str| *r.days.iter().find(|d| d.day == day(text)).unwrap();
    assert_eq!(
        (of("2026-03-05").during, of("2026-03-05").morning),
        (Some(1), Some(0))
    );
    assert_eq!(
        (of("2026-03-06").during, of("2026-03-06").morning),
        (None, Some(1))
    );
    assert_eq!(of("2026-03-07").morning, None);
    assert_eq!(r.levels[0].cause, ChangeCause::Placed);
    assert!(
        r.levels
            .iter()
            .any(|c| c.cause == ChangeCause::Up && c.to == "R2"),
        "{:?}",
        r.levels
    );
    let sides: Vec<_> = r
        .strength
        .iter()
        .map(|s| {
            (
                s.measured.clone(),
                s.unit.as_str(),
                s.symmetry_index(r.injured),
            )
        })
        .collect();
    let what = |id: &str| Measured::Pattern(id.into());
    // The left knee is the injured one: 9 of 12, and 30 of 20.
    let expected = [
        (what("squat"), "reps", Some(75)),
        (what("plank"), "s", Some(150)),
    ];
    assert_eq!(sides, expected);
    assert_eq!(r.strength_days, 1);
    assert_eq!(r.benchmarks[0].1.name, "Heel raises");
    let notes: Vec<_> = r.notes.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(notes, ["A little stiff", "=1+1"]);
}

/// A gate that opens may keep the level that was named before it; staying on the lowest one
/// after a bad session is worth telling.
#[test]
fn a_gate_that_keeps_the_level_is_no_change_of_it() {
    let moves = |from: Option<&str>, to: &str, cause| {
        let change = LevelChange {
            on: day("2026-03-02"),
            from: from.map(str::to_owned),
            to: to.to_owned(),
            cause,
        };
        change.moves()
    };
    assert!(!moves(Some("W1"), "W1", ChangeCause::Up));
    assert!(moves(Some("W1"), "W2", ChangeCause::Up));
    assert!(moves(Some("W1"), "W1", ChangeCause::Down(Rule::D)));
    assert!(moves(None, "W1", ChangeCause::Placed));
}

#[test]
fn the_first_day_of_walking_is_no_level_up() {
    let plan = json!({"injury": {"profile": "joint", "site": "knee", "side": "left", "since": "2025-12-01"},
        "start_stage": "rest", "no_clinician": true});
    let quiet = json!({"pain": 0});
    let diary = diary(&[
        ("2026-03-01T07:00", "plan", plan),
        ("2026-03-01T08:00", "morning", quiet.clone()),
        ("2026-03-02T08:00", "morning", quiet.clone()),
        ("2026-03-03T08:00", "morning", quiet),
    ]);
    let g = guidance(&diary, day("2026-03-03"));
    println!(
        "{:?} {:?} {:?} {:?}",
        g.advice, g.reasons, g.gate, g.history
    );
    assert_eq!(g.stage, Some(Stage::Walking));
    assert!(g.history.last().is_some_and(|c| !c.moves()));
    let told = report(&diary, march()).levels;
    assert!(
        told.iter().all(|c| c.cause == ChangeCause::Placed),
        "{told:?}"
    );
}

#[test]
fn taken_rest_counts_and_a_run_on_a_day_of_rest_is_more_than_planned() {
    let r = report(&story(), march());
    let k = r.adherence;
    // 2 and 4 March as advised, 5 March against it.
    assert_eq!((k.sessions, k.exceeded), (2, 1), "{k:?}");
    // Days after the go-ahead of the 10th were open for a run.
    assert!(k.missed >= 1, "{k:?}");
    // 3, 6 to 10 March: rest or a pause, kept to.
    assert!(k.rest >= 6, "{k:?}");
    // The first morning was before the plan, and the last day is not over.
    assert_eq!(k.sessions + k.exceeded + k.missed + k.rest, 12);
    assert_eq!(k.as_planned(), 2 + k.rest);
    let nothing = report(&Diary::default(), march());
    assert_eq!((nothing.adherence.all(), nothing.plan), (0, None));
}

#[test]
fn a_period_is_as_long_as_it_says() {
    let period = Period::weeks(day("2026-03-14"), 2);
    assert_eq!(period, march());
    assert_eq!(period.days().count(), 14);
    let r = report(&story(), Period::weeks(day("2026-03-06"), 1));
    assert_eq!(r.days.len(), 7);
    assert!(r.flags.is_empty(), "what came later is not in it");
    assert!(r.pauses.is_empty());
}

#[test]
fn a_period_holds_its_first_and_its_last_day() {
    let held = ["2026-02-28", "2026-03-01", "2026-03-14", "2026-03-15"].map(day);
    assert_eq!(held.map(|on| march().holds(on)), [false, true, true, false]);
    let only = Period {
        from: march().to,
        to: march().to,
    };
    assert_eq!(Period::weeks(march().to, 0), only, "no week is the day");
}

#[test]
fn what_lies_before_the_period_is_not_told() {
    let r = report(&story(), Period::weeks(day("2026-03-14"), 1));
    // From 8 March: the clearance and the benchmark of the 10th, the sign and the notes
    // before it not.
    assert_eq!((r.sessions, r.strength_days), (0, 0));
    assert!(r.flags.is_empty() && r.notes.is_empty());
    let words: Vec<_> = r.clearances.iter().map(|(on, _)| *on).collect();
    assert_eq!(words, [day("2026-03-10")]);
}

#[test]
fn a_pause_of_the_last_day_names_its_rule_and_stands() {
    let r = report(&story(), Period::weeks(day("2026-03-07"), 1));
    let pauses: Vec<_> = r
        .pauses
        .iter()
        .map(|p| (p.from, p.until, &p.rules[..]))
        .collect();
    assert_eq!(pauses, [(day("2026-03-07"), None, &[Rule::F2][..])]);
}

#[test]
fn the_longest_run_is_the_first_of_the_longest_and_no_walk() {
    let ran = |minutes: u8| json!({"activity": "run-walk", "run_min": minutes, "walk_min": 20, "pain_during": 0});
    let walked = ("2026-03-01T18:00", "session", ran(0));
    let longest = |rows: &[_]| report(&diary(rows), march()).longest;
    assert_eq!(longest(std::slice::from_ref(&walked)), None);
    let rows = [
        walked,
        ("2026-03-02T18:00", "session", ran(5)),
        ("2026-03-04T18:00", "session", ran(8)),
        ("2026-03-06T18:00", "session", ran(6)),
        ("2026-03-08T18:00", "session", ran(8)),
    ];
    assert_eq!(longest(&rows), Some((day("2026-03-04"), 8.0)));
}

#[test]
fn a_day_adds_up_its_sessions_and_leaves_out_a_forgotten_morning() {
    let walk = |minutes: u8, pain: u8| json!({"activity": "walk", "run_min": 0, "walk_min": minutes, "pain_during": pain});
    let r = report(
        &diary(&[
            ("2026-03-02T08:00", "session", walk(10, 2)),
            ("2026-03-02T18:00", "session", walk(25, 1)),
            (
                "2026-03-03T08:00",
                "morning",
                json!({"pain": 7, "remembered": false}),
            ),
        ]),
        march(),
    );
    let of = |text: &str| r.days.iter().find(|d| d.day == day(text)).unwrap();
    assert!((of("2026-03-02").walk_min - 35.0).abs() < 1e-9);
    assert_eq!(of("2026-03-02").during, Some(2));
    assert_eq!(of("2026-03-03").morning, None);
}

#[test]
fn of_two_answers_for_a_morning_the_later_stands() {
    let answer = |pain: u8, remembered: bool| json!({"pain": pain, "remembered": remembered});
    let mut entries = vec![
        ("2026-03-03T07:00", "morning", answer(3, true)),
        ("2026-03-03T09:00", "morning", answer(1, true)),
    ];
    let told = |entries: &[(&str, &str, serde_json::Value)]| {
        let r = report(&diary(entries), march());
        let found = r.days.iter().find(|d| d.day == day("2026-03-03"));
        found.unwrap().morning
    };
    assert_eq!(told(&entries), Some(1));
    entries.push(("2026-03-03T11:00", "morning", answer(0, false)));
    assert_eq!(told(&entries), None);
}

#[test]
fn a_pause_names_each_of_its_rules_once() {
    let plan = json!({
        "injury": {"profile": "joint", "site": "knee", "side": "left", "since": "2025-10-01"},
        "start_stage": "walking", "no_clinician": true,
    });
    let swim = || json!({"what": "swim", "minutes": 20, "pain": 9, "impact": false});
    let r = report(
        &diary(&[
            ("2026-03-02T08:00", "plan", plan),
            ("2026-03-04T10:00", "activity", swim()),
            ("2026-03-04T11:00", "flag", json!({"flags": ["night-pain"]})),
            ("2026-03-04T12:00", "activity", swim()),
        ]),
        march(),
    );
    let rules: Vec<_> = r.pauses.iter().map(|p| p.rules.clone()).collect();
    assert_eq!(rules, [[Rule::D, Rule::F2]]);
}

#[test]
fn a_pause_that_follows_another_without_a_day_between_is_one_of_its_own() {
    let plan = json!({
        "injury": {"profile": "joint", "site": "knee", "side": "left", "since": "2025-10-01"},
        "start_stage": "walking", "no_clinician": true,
    });
    let word = json!({"granted": true, "by": "Mara"});
    let sign = || json!({"flags": ["night-pain"]});
    let r = report(
        &diary(&[
            ("2026-03-02T08:00", "plan", plan),
            ("2026-03-04T11:00", "flag", sign()),
            ("2026-03-06T09:00", "clearance", word),
            ("2026-03-06T21:00", "flag", sign()),
        ]),
        march(),
    );
    let pauses: Vec<_> = r.pauses.iter().map(|p| (p.from, p.until)).collect();
    let (first, second) = (day("2026-03-04"), day("2026-03-06"));
    assert_eq!(pauses[0].0, first);
    assert!(pauses[0].1.is_some(), "it was lifted: {pauses:?}");
    assert_eq!(pauses[1..], [(second, None)]);
}

#[test]
fn a_day_of_strength_is_one_day_across_zones_too() {
    let lift = || json!({"items": [], "pain": 0});
    let mut diary = diary(&[
        ("2026-03-05T08:00", "strength", lift()),
        ("2026-03-04T20:00", "strength", lift()),
        ("2026-03-05T09:00", "strength", lift()),
    ]);
    // The second was done in between, ten hours to the west.
    let west = chrono::FixedOffset::west_opt(10 * 3600).unwrap();
    let moved = diary.all().find(|e| e.day() == day("2026-03-04")).cloned();
    let mut moved = moved.unwrap();
    moved.at = "2026-03-05T07:30:00Z"
        .parse::<chrono::DateTime<chrono::Utc>>()
        .unwrap()
        .with_timezone(&west);
    assert_eq!(moved.day(), day("2026-03-04"));
    diary.insert(moved);
    assert_eq!(report(&diary, march()).strength_days, 2);
}

#[test]
fn of_each_benchmark_the_latest_is_told() {
    let measured =
        |name: &str, left: u8| json!({"name": name, "target": 20, "left": left, "unit": "reps"});
    let r = report(
        &diary(&[
            ("2026-03-02T08:00", "benchmark", measured("Heel raises", 12)),
            ("2026-03-03T08:00", "benchmark", measured("Bridges", 15)),
            ("2026-03-05T08:00", "benchmark", measured("Heel raises", 14)),
        ]),
        march(),
    );
    let told: Vec<_> = r
        .benchmarks
        .iter()
        .map(|(on, b)| (*on, b.name.as_str(), b.left))
        .collect();
    let expected = [
        (day("2026-03-05"), "Heel raises", Some(14.0)),
        (day("2026-03-03"), "Bridges", Some(15.0)),
    ];
    assert_eq!(told, expected);
}

/// Every record as another library reads it.
fn records(text: &str) -> Vec<Vec<String>> {
    assert!(text.starts_with('\u{feff}'));
    assert!(text.ends_with("\r\n"));
    let mut reader = csv_reader(text);
    reader
        .records()
        .map(|r| r.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn csv_reader(text: &str) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new()
        .flexible(false)
        .from_reader(text.as_bytes())
}

#[test]
fn the_table_holds_the_same_facts() {
    let r = report(&story(), march());
    let notes = r.notes.iter().map(|n| n.id).collect();
    let content = Content {
        notes,
        ..Content::default()
    };
    let all = records(&spreadsheet::of(&r, &content, NumberForm::default()));
    let has = |row: [&str; 6]| assert!(all.iter().any(|r| *r == row), "{row:?} in {all:#?}");
    has(["flag", "2026-03-07", "night-pain", "", "", "urgent"]);
    has(["pause", "2026-03-07", "until", "2026-03-11", "", "F2"]);
    has(["clearance", "2026-03-01", "granted", "", "", "Mara, physio"]);
    has(["clearance", "2026-03-10", "restart_level", "R1", "", ""]);
    has(["day", "2026-03-05", "pain_during", "1", "0-10", ""]);
    has(["day", "2026-03-06", "morning_pain", "1", "0-10", ""]);
    has(["longest", "2026-03-02", "run", "5", "min", ""]);
    has(["level", "2026-03-01", "placed", "R1", "", "PLACE"]);
    has(["strength", "2026-03-03", "squat", "9", "reps", "left"]);
    has([
        "benchmark",
        "2026-03-10",
        "Heel raises",
        "18.5",
        "reps",
        "right",
    ]);
    has([
        "adherence",
        "2026-03-14",
        "more_than_advised",
        "1",
        "days",
        "",
    ]);
    // A note that a spreadsheet would compute is a text.
    has(["note", "2026-03-07", "flag", "", "", "'=1+1"]);
    // What was not chosen is not there.
    let bare = Content {
        load: false,
        levels: false,
        strength: false,
        benchmarks: false,
        adherence: false,
        notes: vec![],
    };
    let few = records(&spreadsheet::of(&r, &bare, NumberForm::default()));
    let sections: std::collections::BTreeSet<_> = few.iter().map(|r| r[0].as_str()).collect();
    assert_eq!(
        sections.into_iter().collect::<Vec<_>>(),
        ["clearance", "flag", "pause", "plan", "report"]
    );
}

/// What a spreadsheet may take for a formula.
fn computes(cell: &str) -> bool {
    let begins = cell.trim_start();
    begins.starts_with(['=', '+', '-', '@']) && begins.parse::<f64>().is_err()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the diary holds: no panic, six columns, no formula.
    #[test]
    fn any_diary_makes_a_table(entries in vec(any_entry(), 0..12), at in 0..60_u64, text in "[=+@\\t\\r\\n -]{0,3}[\",;=A-Z\\n\\r]{0,12}") {
        let diary: Diary = entries.into_iter().map(|mut e| { e.notes.clone_from(&text); e }).collect();
        let on = diary.all().next().map_or(day("2026-03-01"), footing::diary::entry::Entry::day);
        let r = report(&diary, Period::weeks(on + chrono::Days::new(at), 8));
        let notes = r.notes.iter().map(|n| n.id).collect();
        let table = spreadsheet::of(&r, &Content { notes, ..Content::default() }, NumberForm::default());
        for record in records(&table) {
            prop_assert_eq!(record.len(), 6);
            for cell in record {
                prop_assert!(!computes(&cell), "{:?}", cell);
            }
        }
    }

    /// Runners who follow the advice, and those who do not: what was kept to adds up to
    /// the days, and who runs on no day of rest and no more than asked has nothing against
    /// them.
    #[test]
    fn every_day_is_counted_once((start, genes) in any_life(10..40), profile in select(Profile::ALL)) {
        let diary: Diary = lived(profile, &start, &genes).into_iter().collect();
        let period = Period { from: nth(0), to: nth(30) };
        let r: Report = report(&diary, period);
        let k = r.adherence;
        let told = k.sessions + k.exceeded + k.rest + k.missed;
        prop_assert!(told <= 31 && told + 2 >= 30 || r.plan.is_none(), "{:?}", k);
        for pair in r.pauses.windows(2) {
            prop_assert!(pair[0].until.is_some_and(|until| until <= pair[1].from || pair[1].from > pair[0].from));
        }
    }
}
