//! The hand-over: a plan as a code, a link, a QR code, and what a runner is shown of it.
#![allow(clippy::unwrap_used)]

use crate::support;
use chrono::NaiveDate;
use footing::app::effect::WriteEffect;
use footing::app::event::{DiaryEvent, StorageEvent};
use footing::app::forms::hand_over_form::{DraftFault, HandOverForm, ladder_text, review as look};
use footing::app::{Effect, Event, Now, Screen, State, update};
use footing::diary::entry::{Benchmark, Body, Plan};
use footing::diary::vocabulary::{Profile, Side, Site, Stage};
use footing::formats::qr;
use footing::insights::hand_over_review::{Consequence, FieldValue, ReviewField, review};
use footing::plan::hand_over::code::{MAX_CODE, ROUTE, decode, encode};
use footing::plan::hand_over::{AgreedBenchmark, HandOver, Refusal, Rung};
use footing::thresholds::ladder::Ladder;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::{any_built_in_level, any_plan};

/// Where a copy of the app may stand.
const HOME: &str = "https://footing.example.org/some/folder/";

fn now() -> Now {
    Now {
        ms: 1_772_784_000_000, // 2026-03-06T08:00:00Z
        offset_s: 3600,
        seed: [7; 10],
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Limits changed, the ladder built in: what nearly every hand-over is.
fn usual() -> HandOver {
    HandOver {
        made_on: day("2026-03-05"),
        by: "Dr Mara Lindqvist".into(),
        role: "Physiotherapist".into(),
        site: Some(Site::Achilles),
        side: Some(Side::Left),
        profile: Some(Profile::Tendon),
        since: Some(day("2025-12-24")),
        start_stage: Some(Stage::RunWalk),
        start_level: Some("R3".into()),
        sessions_per_week: Some(3),
        max_pain_during: Some(3),
        max_level: Some("R9".into()),
        ok_needed: Some(3),
        min_rest_days: Some(2),
        max_per_week: Some(3),
        ladder_name: String::new(),
        ladder: Vec::new(),
        valid_until: Some(day("2026-05-31")),
        note: "Heel raises every other day, slow on the way down. Call me if it swells.".into(),
        benchmarks: vec![AgreedBenchmark {
            name: "Heel raises on one leg".into(),
            unit: "reps".into(),
            target: Some(20.0),
            gates_stage: Some(Stage::ShortRuns),
        }],
    }
}

fn standing() -> Plan {
    let text = r#"{"id":"01890a5d-ac96-774b-bcce-b302099a8057","at":"2026-03-01T08:00:00+01:00",
        "kind":"plan","start_stage":"run-walk","start_level":"R3",
        "injury":{"profile":"tendon","site":"achilles","side":"left","since":"2025-12-24"},
        "limits":{"by":"Mara","max_pain_during":4}}"#;
    let entry = footing::diary::codec::entry_from_text(text, None).unwrap();
    let Body::Plan(plan) = entry.body else {
        panic!("a plan")
    };
    *plan
}

fn short(max: usize) -> impl Strategy<Value = String> {
    let max = i32::try_from(max).unwrap();
    prop_oneof![
        Just(String::new()),
        proptest::string::string_regex(&format!(".{{0,{max}}}")).unwrap()
    ]
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..70_000_u64).prop_map(|days| day("1990-01-01") + chrono::Days::new(days))
}

fn any_rung() -> impl Strategy<Value = Rung> {
    ("[A-Z][0-9]{1,2}", 1..86_400_u32, 0..86_400_u32, 1..100_u32).prop_map(
        |(id, run_s, walk_s, reps)| Rung {
            id,
            run_s,
            walk_s,
            reps,
        },
    )
}

fn any_goal() -> impl Strategy<Value = AgreedBenchmark> {
    let target = of((0..100_000_000_u32).prop_map(|n| f64::from(n) / 1000.0));
    (short(80), short(80), target, of(select(Stage::ALL))).prop_map(
        |(name, unit, target, gates_stage)| AgreedBenchmark {
            name,
            unit,
            target,
            gates_stage,
        },
    )
}

fn any_handover() -> impl Strategy<Value = HandOver> {
    let who = (any_day(), short(80), short(80));
    let injury = (
        of(select(Site::ALL)),
        of(select(Side::ALL)),
        of(select(Profile::ALL)),
        of(any_day()),
    );
    let start = (of(select(Stage::ALL)), of(any_built_in_level()));
    let small = (
        of(any::<u8>()),
        of(0..=10_u8),
        of(any::<u8>()),
        of(any::<u8>()),
        of(any::<u8>()),
    );
    let rest = (
        of(any_built_in_level()),
        of(any_day()),
        short(400),
        short(80),
    );
    let lists = (vec(any_rung(), 0..20), vec(any_goal(), 0..8));
    (who, injury, start, small, rest, lists).prop_map(|(who, injury, start, small, rest, lists)| {
        HandOver {
            made_on: who.0,
            by: who.1,
            role: who.2,
            site: injury.0,
            side: injury.1,
            profile: injury.2,
            since: injury.3,
            start_stage: start.0,
            start_level: start.1,
            sessions_per_week: small.0,
            max_pain_during: small.1,
            ok_needed: small.2,
            min_rest_days: small.3,
            max_per_week: small.4,
            max_level: rest.0,
            valid_until: rest.1,
            note: rest.2,
            ladder_name: rest.3,
            ladder: lists.0,
            benchmarks: lists.1,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_handed_over_arrives(plan in any_handover()) {
        let code = encode(&plan);
        prop_assert_eq!(decode(&code), Ok(plan.clone()));
        // As a link in a message, and as a code that a mail program has broken up.
        let message = format!("Your plan: {HOME}{ROUTE}{code}\nSee you!");
        prop_assert_eq!(decode(&message), Ok(plan.clone()));
        let broken: String = code.to_lowercase().chars().enumerate()
            .flat_map(|(n, c)| [Some(c), (n % 30 == 29).then_some('\n')]).flatten().collect();
        prop_assert_eq!(decode(&broken), Ok(plan));
    }

    /// One letter changed, lost or doubled, or the end cut off: found, never taken.
    #[test]
    fn a_damaged_code_is_found(plan in any_handover(), at in any::<Index>(), how in 0..4_u8, by in 1..32_usize) {
        let code = encode(&plan);
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let at = 3 + at.index(code.len() - 3);
        let (before, rest) = code.split_at(at);
        let (letter, after) = rest.split_at(1);
        let bad = match how {
            0 => {
                let other = (letters.find(letter).unwrap() + by) % 32;
                [before, &letters[other..=other], after].concat()
            }
            1 => [before, after].concat(),
            2 => [before, letter, letter, after].concat(),
            _ => before.to_owned(),
        };
        prop_assume!(bad != code);
        let got = decode(&bad);
        prop_assert!(matches!(got, Err(Refusal::Damaged | Refusal::CutOff | Refusal::TooLong)), "{:?}", got);
    }

    /// Whatever is pasted, it never panics and never makes a plan of nothing.
    #[test]
    fn anything_may_be_pasted(text in "(FP[0-9A-Za-z]|#/plan/)?[ -~\\nA-Z2-7]{0,200}|.{0,60}") {
        prop_assert!(decode(&text).is_err());
    }

    /// Bytes with a fitting sum that no version of the app has written: refused, or read
    /// as a plan that can be written again.
    #[test]
    fn made_up_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..80), standing in of(any_plan(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()))) {
        let code = with_sum(&bytes);
        if let Ok(plan) = decode(&code) {
            prop_assert_eq!(decode(&encode(&plan)), Ok(plan.clone()));
            // It either comes through the door, or names what keeps it out.
            if let Err(refusal) = review(&plan, standing.as_ref(), &[], now().at()) {
                let named = match &refusal {
                    Refusal::Faults(faults) => !faults.is_empty(),
                    Refusal::Expired(_) => true,
                    _ => false,
                };
                prop_assert!(named, "{:?}", refusal);
            }
        }
    }

    /// ReviewField comes of taking it is what was shown: taken once, nothing is left to change.
    #[test]
    fn taken_once_nothing_is_left_to_change(mut plan in any_handover(), standing in of(any_plan(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()))) {
        plan.by = "Mara".into();
        plan.note.clear();
        plan.benchmarks.clear();
        if let Ok(first) = review(&plan, standing.as_ref(), &[], now().at()) {
            let Some((Body::Plan(taken), _)) = first.writes.first() else {
                prop_assert!(first.changes.is_empty());
                return Ok(());
            };
            let again = review(&plan, Some(taken), &[], now().at()).unwrap();
            prop_assert_eq!(again.changes, vec![]);
            prop_assert_eq!(again.writes, vec![]);
        }
    }
}

/// A code of any bytes, with the sum that belongs to them.
fn with_sum(body: &[u8]) -> String {
    let mut bytes = body.to_vec();
    let mut crc = flate2::Crc::new();
    crc.update(body);
    bytes.extend(crc.sum().to_be_bytes());
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: Vec<u8> = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |n| byte >> n & 1))
        .collect();
    let mut code = String::from("FP1");
    for five in bits.chunks(5) {
        let n = (0..5).fold(0, |n, i| n << 1 | usize::from(*five.get(i).unwrap_or(&0)));
        code.push(char::from(letters[n]));
    }
    code
}

/// Links made today must be read by every later version: this one was made by the first.
#[test]
fn a_link_of_the_first_version_is_read() {
    let first = include_str!("hand_over/first.txt").trim();
    assert_eq!(encode(&usual()), first);
    assert_eq!(decode(first), Ok(usual()));
}

#[test]
fn a_phone_can_scan_it() {
    let code = encode(&usual());
    let link = [HOME, ROUTE, &code].concat();
    assert!(link.len() <= 600, "{} bytes", link.len());
    let bare = HandOver {
        note: String::new(),
        benchmarks: Vec::new(),
        ..usual()
    };
    let bare = [HOME, ROUTE, &encode(&bare)].concat();
    assert!(bare.len() <= 260, "{} bytes", bare.len());
    let split = HOME.len() + ROUTE.len();
    let made = qr::of_link(&link, split).unwrap();
    assert_eq!(scanned(&made), link);
    // A whole ladder beside it is still scanned.
    let own = HandOver {
        ladder: rungs(),
        ladder_name: "Slow start".into(),
        ..usual()
    };
    let own = [HOME, ROUTE, &encode(&own)].concat();
    assert_eq!(scanned(&qr::of_link(&own, split).unwrap()), own);
    // ReviewField no screen can show finely enough has no picture.
    let long = [HOME, ROUTE, &"A".repeat(3000)].concat();
    assert_eq!(qr::of_link(&long, split), None);
}

#[test]
fn a_code_has_four_modules_of_white_around_it_and_squares_that_close() {
    // Two letters as bytes and two as capitals: version 1, 21 modules on a side.
    let small = qr::of_link("a/BC", 2).unwrap();
    assert_eq!(small.size, 4 + 21 + 4);
    // Every code begins with the upper edge of a corner mark, seven modules of black.
    assert!(small.path.starts_with("M4 4h7v1h-7z"), "{}", small.path);
    assert_eq!(scanned(&small), "a/BC");
}

/// What another library reads off the picture.
fn scanned(qr: &qr::Qr) -> String {
    const PIXELS: usize = 4;
    let side = usize::try_from(qr.size).unwrap();
    let mut black = vec![vec![false; side]; side];
    for run in qr.path.split('M').skip(1) {
        let (x, rest) = run.split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (width, _) = rest.split_once('v').unwrap();
        let [x, y, width] = [x, y, width].map(|n| n.parse::<usize>().unwrap());
        black[y][x..x + width].fill(true);
    }
    let pixel = |x: usize, y: usize| {
        if black[y / PIXELS][x / PIXELS] {
            0
        } else {
            255
        }
    };
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(side * PIXELS, side * PIXELS, pixel);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

fn rungs() -> Vec<Rung> {
    let ladder = Ladder::builtin();
    let runs = ladder.levels().iter().filter(|l| l.run_s > 0);
    runs.map(|l| Rung {
        id: l.id.clone(),
        run_s: l.run_s + 30,
        walk_s: l.walk_s,
        reps: l.reps,
    })
    .collect()
}

#[test]
fn what_is_no_plan_is_told_apart() {
    let code = encode(&usual());
    let newer = code.replacen("FP1", "FP2", 1);
    let rows = [
        (String::new(), Refusal::Empty),
        (" \n".into(), Refusal::Empty),
        (format!("{HOME}{ROUTE}"), Refusal::Empty),
        ("https://example.org/".into(), Refusal::Foreign),
        (format!("{HOME}#/plan/XY1ABC"), Refusal::Foreign),
        ("Hello Mara".into(), Refusal::Foreign),
        ("FP".into(), Refusal::Foreign),
        ("FP1".into(), Refusal::CutOff),
        (code[..code.len() - 2].into(), Refusal::CutOff),
        (code[..code.len() / 2].into(), Refusal::CutOff),
        (format!("{HOME}{ROUTE}{}", &code[..200]), Refusal::CutOff),
        (format!("{code}AAAAAAAA"), Refusal::Damaged),
        (newer.clone(), Refusal::Newer),
        (format!("{HOME}{ROUTE}{newer}"), Refusal::Newer),
        // Only what wrapping and quoting put between may break a code.
        (code.replacen("FP1", "FP1-", 1), Refusal::CutOff),
        (code.replacen("FP1", "FP1*", 1), Refusal::CutOff),
        ("A".repeat(MAX_CODE + 1), Refusal::Foreign),
        (["FP1", &"A".repeat(MAX_CODE)].concat(), Refusal::TooLong),
        (
            format!("{HOME}{ROUTE}{}", "A".repeat(9_000_000)),
            Refusal::TooLong,
        ),
    ];
    for (text, refusal) in rows {
        let start: String = text.chars().take(60).collect();
        assert_eq!(decode(&text), Err(refusal), "{start}");
    }
}

/// There is one way to write a code: no letter behind it, and no bit in its last letter,
/// that says nothing.
#[test]
fn nothing_may_be_left_over() {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    // Five letters hold eight bits no more evenly than that.
    let mut left = Vec::new();
    for length in 0..5 {
        let plan = HandOver {
            note: "a".repeat(length),
            ..usual()
        };
        let code = encode(&plan);
        assert_eq!(decode(&code), Ok(plan));
        for more in 1..8 {
            let longer = [code.as_str(), &"A".repeat(more)].concat();
            assert_eq!(decode(&longer), Err(Refusal::Damaged), "{longer}");
        }
        let (start, last) = code.split_at(code.len() - 1);
        let next = letters.find(last).unwrap() ^ 1;
        let other = [start, &letters[next..=next]].concat();
        assert_eq!(decode(&other), Err(Refusal::Damaged), "{other}");
        left.push((code.len() - 3) * 5 % 8);
    }
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2, 3, 4]);
}

#[test]
fn days_reach_two_hundred_years() {
    let until = |days| HandOver {
        valid_until: Some(day("1990-01-01") + chrono::Days::new(days)),
        ..usual()
    };
    let last = until(72_999);
    assert_eq!(decode(&encode(&last)), Ok(last));
    assert_eq!(decode(&encode(&until(73_000))), Err(Refusal::Damaged));
}

#[test]
fn every_number_that_changes_is_shown_old_beside_new() {
    let plan = HandOver {
        start_stage: None,
        start_level: None,
        max_level: Some("R2".into()),
        ladder: vec![
            Rung {
                id: "R1".into(),
                run_s: 60,
                walk_s: 120,
                reps: 5,
            },
            Rung {
                id: "R2".into(),
                run_s: 90,
                walk_s: 90,
                reps: 5,
            },
        ],
        ..usual()
    };
    let review = review(&plan, Some(&standing()), &[], now().at()).unwrap();
    let row = |what: &ReviewField| {
        let found = review.changes.iter().find(|c| c.field == *what);
        found.map(|c| (c.old.clone(), c.new.clone()))
    };
    let n = |n: f64| FieldValue::Number(n, String::new());
    let text = |t: &str| FieldValue::Text(t.into());
    assert_eq!(row(&ReviewField::MaxPain), Some((n(4.0), n(3.0))));
    assert_eq!(
        row(&ReviewField::OkNeeded),
        Some((FieldValue::Nothing, n(3.0)))
    );
    assert_eq!(
        row(&ReviewField::MaxLevel),
        Some((FieldValue::Nothing, text("R2")))
    );
    assert_eq!(
        row(&ReviewField::By),
        Some((text("Mara"), text("Dr Mara Lindqvist")))
    );
    assert_eq!(row(&ReviewField::Site), None);
    // A ladder without a name has none to show.
    assert_eq!(row(&ReviewField::LadderName), None);
    assert_eq!(row(&ReviewField::Level("R1".into())), None);
    let r2 = (
        FieldValue::Intervals(60, 120, 8),
        FieldValue::Intervals(90, 90, 5),
    );
    assert_eq!(row(&ReviewField::Level("R2".into())), Some(r2));
    let gone = (FieldValue::Intervals(1800, 0, 1), FieldValue::Nothing);
    assert_eq!(row(&ReviewField::Level("C6".into())), Some(gone));
    // The level to begin at stood on the ladder that goes.
    assert_eq!(
        row(&ReviewField::StartLevel),
        Some((text("R3"), FieldValue::Nothing))
    );
    let target = FieldValue::Number(20.0, "reps".into());
    let name = "Heel raises on one leg".to_owned();
    assert_eq!(
        row(&ReviewField::Target(name)),
        Some((FieldValue::Nothing, target))
    );
    assert_eq!(review.consequences, [Consequence::Placed]);
}

/// The plan that would be written over `old`.
fn taken(handed: &HandOver, old: &Plan) -> Plan {
    let mut review = review(handed, Some(old), &[], now().at()).unwrap();
    let (Body::Plan(plan), _) = review.writes.remove(0) else {
        panic!("a plan")
    };
    *plan
}

#[test]
fn where_the_runner_begins_stays_unless_it_is_handed() {
    let begins = |stage, level: Option<&str>| {
        let handed = HandOver {
            start_stage: stage,
            start_level: level.map(Into::into),
            ..usual()
        };
        let plan = taken(&handed, &standing());
        (plan.start_stage, plan.start_level)
    };
    assert_eq!(begins(None, None), (Stage::RunWalk, Some("R3".into())));
    assert_eq!(
        begins(None, Some("R5")),
        (Stage::RunWalk, Some("R5".into()))
    );
    // A stage alone begins at its own first level, not at the level that stood.
    assert_eq!(begins(Some(Stage::Walking), None), (Stage::Walking, None));
    assert_eq!(begins(Some(Stage::RunWalk), None), (Stage::RunWalk, None));
}

#[test]
fn bone_waits_for_a_clearance_and_no_plan_lifts_one() {
    let waits = |profile, waited| {
        let handed = HandOver { profile, ..usual() };
        let mut old = standing();
        old.needs_clearance = waited;
        taken(&handed, &old).needs_clearance
    };
    for profile in [None, Some(Profile::Joint), Some(Profile::Muscle)] {
        assert!(!waits(profile, false), "{profile:?}");
        assert!(waits(profile, true), "{profile:?}");
    }
    assert!(waits(Some(Profile::Bone), false));
    assert!(waits(Some(Profile::Bone), true));
}

#[test]
fn a_role_that_is_not_given_is_none() {
    let role = |role: &str| {
        let handed = HandOver {
            role: role.into(),
            ..usual()
        };
        taken(&handed, &standing()).limits.unwrap().role
    };
    assert_eq!(role("Physiotherapist"), Some("Physiotherapist".into()));
    assert_eq!(role(""), None);
}

#[test]
fn a_benchmark_is_written_when_it_is_new_or_changes() {
    let name = "Hop";
    let goal = |target, gates_stage| HandOver {
        benchmarks: vec![AgreedBenchmark {
            name: name.into(),
            unit: "cm".into(),
            target,
            gates_stage,
        }],
        ..usual()
    };
    let seen = |handed: &HandOver, old: &[&Benchmark]| {
        let review = review(handed, Some(&standing()), old, now().at()).unwrap();
        let rows = review.changes.into_iter().filter_map(|c| match c.field {
            ReviewField::Target(_) => Some(("target", c.old, c.new)),
            ReviewField::Gate(_) => Some(("gate", c.old, c.new)),
            _ => None,
        });
        let written = review
            .writes
            .into_iter()
            .filter_map(|(body, _)| match body {
                Body::Benchmark(b) => Some(b),
                _ => None,
            });
        (rows.collect::<Vec<_>>(), written.collect::<Vec<_>>())
    };
    let cm = |n| FieldValue::Number(n, "cm".into());
    let gate = FieldValue::Stage(Stage::ShortRuns);

    // Without a target it is new by its name.
    let bare = goal(None, None);
    let (rows, written) = seen(&bare, &[]);
    assert_eq!(
        rows,
        [("target", FieldValue::Nothing, FieldValue::Text(name.into()))]
    );
    let [bare_one] = &written[..] else {
        panic!("{written:?}")
    };
    assert_eq!(bare_one.name, name);
    assert_eq!(seen(&bare, &[bare_one]), (vec![], vec![]));

    // A target and a gate come, stay, and go.
    let full = goal(Some(30.0), Some(Stage::ShortRuns));
    let (rows, written) = seen(&full, &[bare_one]);
    assert_eq!(
        rows,
        [
            ("target", FieldValue::Nothing, cm(30.0)),
            ("gate", FieldValue::Nothing, gate.clone())
        ]
    );
    let [full_one] = &written[..] else {
        panic!("{written:?}")
    };
    assert_eq!(full_one.target, Some(30.0));
    assert_eq!(seen(&full, &[full_one]), (vec![], vec![]));
    let (rows, written) = seen(&bare, &[full_one]);
    assert_eq!(
        rows,
        [
            ("target", cm(30.0), FieldValue::Nothing),
            ("gate", gate, FieldValue::Nothing)
        ]
    );
    assert_eq!(written, std::slice::from_ref(bare_one));
}

#[test]
fn what_a_change_brings_with_it_is_said() {
    let of = |change: &dyn Fn(&mut HandOver)| {
        let mut plan = usual();
        change(&mut plan);
        let mut old = standing();
        old.injury.profile = Profile::Joint;
        review(&plan, Some(&old), &[], now().at())
            .unwrap()
            .consequences
    };
    let softer = [Consequence::NewCase, Consequence::Softer];
    assert_eq!(of(&|_| ()), softer);
    assert_eq!(of(&|p| p.profile = None), []);
    // Joint and muscle are the same numbers: another case, no softer one.
    assert_eq!(
        of(&|p| p.profile = Some(Profile::Muscle)),
        [Consequence::NewCase]
    );
    let placed = of(&|p| {
        p.profile = None;
        p.start_level = Some("R4".into());
    });
    assert_eq!(placed, [Consequence::Placed]);
    // A level left out is the stage's first (R1): to name it, or not, moves nobody.
    let moved = |from: Option<&str>, to: Option<&str>| {
        let handed = HandOver {
            start_stage: Some(Stage::RunWalk),
            start_level: to.map(Into::into),
            ..usual()
        };
        let mut old = standing();
        old.start_level = from.map(Into::into);
        let review = review(&handed, Some(&old), &[], now().at()).unwrap();
        review.consequences == [Consequence::Placed]
    };
    assert!(!moved(None, Some("R1")));
    assert!(!moved(Some("R1"), None));
    assert!(moved(None, Some("R2")));
    assert!(moved(Some("R2"), None));
    let first = review(&usual(), None, &[], now().at()).unwrap();
    assert_eq!(first.consequences, [Consequence::First]);
    let Some((Body::Plan(plan), _)) = first.writes.first() else {
        panic!("a plan")
    };
    assert!(plan.needs_clearance, "nothing is known of this runner");
}

#[test]
fn what_the_door_refuses_is_not_taken() {
    let steep = HandOver {
        ladder: vec![
            Rung {
                id: "R1".into(),
                run_s: 60,
                walk_s: 60,
                reps: 1,
            },
            Rung {
                id: "R2".into(),
                run_s: 3600,
                walk_s: 0,
                reps: 1,
            },
        ],
        ..usual()
    };
    let rows = [
        HandOver {
            by: "  ".into(),
            ..usual()
        },
        HandOver {
            sessions_per_week: Some(9),
            ..usual()
        },
        HandOver {
            ok_needed: Some(0),
            ..usual()
        },
        HandOver {
            start_level: Some("Q7".into()),
            ..usual()
        },
        steep,
    ];
    for plan in rows {
        let plan = decode(&encode(&plan)).unwrap();
        let got = review(&plan, Some(&standing()), &[], now().at());
        assert!(
            matches!(&got, Err(Refusal::Faults(f)) if !f.is_empty()),
            "{got:?}"
        );
    }
    let old = HandOver {
        valid_until: Some(day("2026-03-05")),
        ..usual()
    };
    let got = review(&old, Some(&standing()), &[], now().at());
    assert_eq!(got, Err(Refusal::Expired(day("2026-03-05"))));
    // Its last day still counts.
    let last = HandOver {
        valid_until: Some(day("2026-03-06")),
        ..usual()
    };
    assert!(review(&last, Some(&standing()), &[], now().at()).is_ok());
}

fn phone() -> State {
    let mut state = State::new(now());
    update(
        &mut state,
        Event::Storage(StorageEvent::Loaded(Box::default())),
        now(),
    );
    update(
        &mut state,
        Event::Storage(StorageEvent::IndexedDbRead(Ok(Box::default()))),
        now(),
    );
    state
}

#[test]
fn a_taken_plan_stands_in_the_diary_and_moves_the_plan() {
    let mut state = phone();
    let code = encode(&usual());
    let (_, shown) = look(&state, &code).unwrap();
    assert!(state.diary().is_empty(), "looking changes nothing");
    let effects = update(
        &mut state,
        Event::Diary(DiaryEvent::TakePlan(shown.writes)),
        now(),
    );
    let written = effects.iter().find_map(|e| match e {
        Effect::Write(WriteEffect::Entries(items)) => Some(items.len()),
        _ => None,
    });
    assert_eq!(written, Some(2), "the plan and its benchmark");
    assert!(effects.iter().any(|e| matches!(
        e,
        Effect::Navigate {
            screen: Screen::Today,
            ..
        }
    )));
    let plan = state.plan().unwrap();
    assert_eq!(plan.limits.as_ref().unwrap().by, "Dr Mara Lindqvist");
    assert_eq!(plan.valid_until, Some(day("2026-05-31")));
    // Its note stands beside it, and a second look finds nothing to change.
    assert!(state.diary().visible()[0].notes.starts_with("Heel raises"));
    let (_, again) = look(&state, &code).unwrap();
    assert_eq!(again.changes, []);
}

#[test]
fn nothing_is_taken_while_the_stored_data_is_newer() {
    let mut state = phone();
    state.book.storage.read_only = true;
    let (_, shown) = look(&state, &encode(&usual())).unwrap();
    assert_eq!(
        update(
            &mut state,
            Event::Diary(DiaryEvent::TakePlan(shown.writes)),
            now()
        ),
        []
    );
    assert!(state.diary().is_empty());
}

#[test]
fn a_form_makes_the_plan_that_was_typed() {
    let text = |t: &str| t.to_owned();
    let draft = HandOverForm {
        by: text(" Mara "),
        per_week: text("3"),
        max_pain: text("2"),
        own_ladder: true,
        ladder: text("R1 1/1,5 x 4\n\nR2  1.5 / 1 × 5\nC1 10"),
        level: text("R2"),
        max_level: text("W5"),
        valid_until: text("2026-04-01"),
        benchmarks: vec![(text("Hop"), text("12,5"), text("cm"), None)],
        ..HandOverForm::default()
    };
    let plan = draft.plan(&now()).unwrap();
    let seconds: Vec<_> = plan
        .ladder
        .iter()
        .map(|r| (r.run_s, r.walk_s, r.reps))
        .collect();
    assert_eq!(seconds, [(60, 90, 4), (90, 60, 5), (600, 0, 1)]);
    assert_eq!(plan.benchmarks[0].target, Some(12.5));
    assert_eq!(decode(&encode(&plan)), Ok(plan));
    let wrong = |change: &dyn Fn(&mut HandOverForm)| {
        let mut draft = draft.clone();
        change(&mut draft);
        draft.plan(&now()).unwrap_err()
    };
    assert_eq!(wrong(&|d| d.by = text(" ")), DraftFault::By);
    assert_eq!(wrong(&|d| d.since = text("2026-03-07")), DraftFault::Day);
    assert_eq!(wrong(&|d| d.since = text("soon")), DraftFault::Day);
    assert_eq!(
        wrong(&|d| d.valid_until = text("2026-03-05")),
        DraftFault::Day
    );
    assert_eq!(wrong(&|d| d.max_pain = text("11")), DraftFault::Number);
    assert_eq!(wrong(&|d| d.per_week = text("5")), DraftFault::Number);
    assert_eq!(wrong(&|d| d.level = text("R7")), DraftFault::Level);
    let wrong_ladder = |ladder: &str| {
        wrong(&|d| {
            d.level.clear();
            d.ladder = text(ladder);
        })
    };
    assert_eq!(wrong_ladder("R1 one"), DraftFault::Ladder);
    assert_eq!(wrong_ladder("R1 1/1 x 5\nR1 2/1 x 5"), DraftFault::Ladder);
    assert_eq!(wrong_ladder("W2 1/1 x 5"), DraftFault::Ladder);
    assert_eq!(wrong_ladder(""), DraftFault::Ladder);
    assert_eq!(wrong(&|d| d.note = "a".repeat(401)), DraftFault::Long);
    assert_eq!(wrong(&|d| d.benchmarks[0].0.clear()), DraftFault::Benchmark);
    assert_eq!(
        wrong(&|d| d.benchmarks[0].1 = text("many")),
        DraftFault::Benchmark
    );
}

#[test]
fn the_built_in_ladder_is_typed_as_it_is() {
    let draft = HandOverForm {
        by: "Mara".into(),
        own_ladder: true,
        ladder: ladder_text(&Ladder::builtin()),
        ..HandOverForm::default()
    };
    let plan = draft.plan(&now()).unwrap();
    let builtin = Ladder::builtin();
    let typed: Vec<_> = plan
        .ladder
        .iter()
        .map(|r| (r.id.as_str(), r.run_s, r.walk_s, r.reps))
        .collect();
    let ours: Vec<_> = builtin.levels()[5..]
        .iter()
        .map(|l| (l.id.as_str(), l.run_s, l.walk_s, l.reps))
        .collect();
    assert_eq!(typed, ours);
}

/// What happens to a link or a code on its way, and that it arrives all the same.
#[test]
fn a_plan_arrives_however_it_was_carried() {
    let code = encode(&usual());
    let link = format!("{HOME}{ROUTE}{code}");
    let every = |text: &str, width: usize, between: &str| {
        let letters: Vec<char> = text.chars().collect();
        let lines: Vec<String> = letters.chunks(width).map(|l| l.iter().collect()).collect();
        lines.join(between)
    };
    let encoded = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                out.push(char::from(byte));
            } else {
                out.extend(["%".to_owned(), format!("{byte:02X}")]);
            }
        }
        out
    };
    let proofpoint = link
        .replace(':', "-3A")
        .replace('#', "-23")
        .replace('/', "_");
    let ways = [
        ("as it is", link.clone()),
        ("the code alone", code.clone()),
        ("in small letters", link.to_lowercase()),
        ("wrapped every 76", every(&link, 76, "\n")),
        ("wrapped every 76, Windows", every(&link, 76, "\r\n")),
        ("wrapped within its mark", {
            let at = link.find("FP1").unwrap() + 1;
            every(&link, at, "\n")
        }),
        ("wrapped within the route", {
            let at = link.find("/plan").unwrap() + 3;
            every(&link, at, "\n  ")
        }),
        ("quoted-printable", every(&link, 75, "=\r\n")),
        (
            "quoted-printable, blanks behind",
            every(&link, 75, "= \r\n"),
        ),
        (
            "quoted in an answer",
            every(&format!("> {link}"), 76, "\n> "),
        ),
        ("quoted twice", every(&format!("> > {link}"), 70, "\n> > ")),
        ("quoted with bars", every(&link, 70, "\n| ")),
        ("in angle brackets", format!("Hello <{link}> bye")),
        (
            "in angle brackets, wrapped",
            format!("<{}>", every(&link, 74, "\n")),
        ),
        ("in markdown", format!("[Plan]({link})")),
        ("in quotes", format!("\u{201e}{link}\u{201c}, she wrote.")),
        ("with a full stop", format!("Here: {link}.")),
        ("in bold", format!("*{code}*")),
        (
            "with a signature",
            format!("{link}\n-- \nMara Lindqvist\nPhysio 12"),
        ),
        (
            "wrapped, with a signature",
            format!("{}\nBest wishes Mara", every(&link, 76, "\n")),
        ),
        (
            "wrapped, a word before",
            format!("Your plan\n\n{}\n\nMara", every(&code, 64, "\n")),
        ),
        ("zero-width spaces", every(&link, 20, "\u{200b}")),
        ("soft hyphens", every(&link, 20, "\u{ad}")),
        ("a byte order mark", format!("\u{feff}{link}")),
        ("no-break spaces", every(&code, 30, "\u{a0}")),
        ("HTML breaks", every(&link, 60, "<br>")),
        ("HTML breaks, closed", every(&link, 60, "<br />\n")),
        ("HTML word breaks", every(&link, 60, "<wbr>")),
        ("HTML anchor", format!("<a href=\"{link}\">Plan</a>")),
        ("percent-encoded", encoded(&link)),
        ("percent-encoded twice", encoded(&encoded(&link))),
        (
            "percent-encoded, wrapped",
            encoded(&every(&link, 76, "\r\n")),
        ),
        ("the hash encoded", link.replace('#', "%23")),
        (
            "a safe link",
            format!(
                "https://eur01.safelinks.protection.outlook.com/?url={}&data=05%7C02%7C&reserved=0",
                encoded(&link)
            ),
        ),
        (
            "a messenger's redirect",
            format!("https://l.example.com/l.php?u={}&h=AT0", encoded(&link)),
        ),
        (
            "a defended link, second form",
            format!("https://urldefense.proofpoint.com/v2/url?u={proofpoint}&d=DwMFAg&c=abc"),
        ),
        (
            "a defended link, third form",
            format!(
                "https://urldefense.com/v3/__{}__;Iw!!Abc!x$",
                link.replace('#', "*")
            ),
        ),
        (
            "tracking before the hash",
            link.replace('#', "?utm_source=mail&fbclid=IwAR0#"),
        ),
        ("tracking behind the code", format!("{link}?fbclid=IwAR0")),
        ("the hash alone", format!("#/plan/{code}")),
        ("the hash, encoded inside", format!("#%2Fplan%2F{code}")),
    ];
    for (way, text) in ways {
        assert_eq!(decode(&text), Ok(usual()), "{way}: {text}");
    }
}

#[test]
fn a_plan_is_found_fast_in_the_longest_text() {
    let code = encode(&usual());
    let noise = ["FP1 ABCDEFG FP1AAAA ".repeat(40), "word ".repeat(15_000)].concat();
    assert_eq!(decode(&format!("{noise} {code}")), Ok(usual()));
    assert_eq!(decode(&"FP1 ".repeat(24_000)), Err(Refusal::TooLong));
}
