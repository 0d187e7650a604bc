//! What is told when progress waits: `LEVELUPS`, its first free day, and silence where
//! nothing waits for it (section 3).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::pedantic)]

mod support;

use footing::domain::entry::{Benchmark, Body, Entry, Limits};
use footing::domain::guidance::{Fact, Guidance, Rule};
use footing::domain::keys::{Profile, Stage};
use footing::domain::ladder::Ladder;
use footing::domain::progression::guidance;
use support::diaries::{day, entry, morning, plan, session};

fn put(list: &mut Vec<Entry>, on: usize, hour: u32, body: Body) {
    let e = entry(list, day(on), hour, body);
    list.push(e);
}

/// A plan by a clinician who asks for one OK session a level where `one` is said.
fn placed(stage: Stage, level: &str, one: bool) -> Vec<Entry> {
    let mut p = plan(Profile::Joint, stage, Some(level));
    p.no_clinician = true;
    p.limits = one.then(|| Limits {
        by: "physio".into(),
        ok_needed: Some(1),
        ..Limits::default()
    });
    let mut list = Vec::new();
    put(&mut list, 0, 6, Body::Plan(Box::new(p)));
    list
}

/// An OK session of a level on a day, with its morning.
fn ok(list: &mut Vec<Entry>, on: usize, level: &str) {
    let s = session(Ladder::builtin().level(level).unwrap());
    put(list, on, 18, Body::Session(Box::new(s)));
    put(list, on + 1, 7, Body::Morning(morning(0)));
}

fn ask(list: &[Entry], on: usize) -> Guidance {
    guidance(&list.iter().cloned().collect(), day(on))
}

/// The standing level, and the day on which a level-up that waits is free.
fn waits(list: &[Entry], on: usize) -> (String, Option<chrono::NaiveDate>) {
    let g = ask(list, on);
    let free = g.reasons.iter().find_map(|r| match r.fact {
        Fact::LevelUps { free_on } if r.rule == Rule::LevelUps => Some(free_on),
        _ => None,
    });
    (g.standing_level.unwrap(), free)
}

fn told(level: &str, free: Option<usize>) -> (String, Option<chrono::NaiveDate>) {
    (level.to_owned(), free.map(day))
}

#[test]
fn the_third_level_of_a_week_waits_for_the_eighth_day() {
    let mut list = placed(Stage::ShortRuns, "C1", false);
    ok(&mut list, 0, "C1");
    assert_eq!(waits(&list, 1), told("C2", None));
    ok(&mut list, 2, "C2");
    assert_eq!(waits(&list, 3), told("C3", None));
    ok(&mut list, 4, "C3");
    // Up on days 1 and 3: of the seven days up to day 8 one is left.
    for on in 5..8 {
        assert_eq!(waits(&list, on), told("C3", Some(8)), "day {on}");
    }
    assert_eq!(waits(&list, 8), told("C4", None));
    // One OK session that is still missing waits for nothing.
    let mut list = placed(Stage::RunWalk, "R12", true);
    ok(&mut list, 0, "R12");
    ok(&mut list, 2, "R13");
    assert_eq!(waits(&list, 3), told("C1", None));
    ok(&mut list, 4, "R13");
    assert_eq!(waits(&list, 5), told("C1", None));
}

#[test]
fn walks_wait_alike_and_w5_waits_for_its_test() {
    let mut list = placed(Stage::Walking, "W3", true);
    ok(&mut list, 0, "W3");
    ok(&mut list, 1, "W4");
    let closed = |met| {
        Body::Benchmark(Benchmark {
            name: "hops".into(),
            target: None,
            unit: String::new(),
            left: None,
            right: None,
            value: None,
            met,
            agreed_with: String::new(),
            gates_stage: Some(Stage::SelfTest),
        })
    };
    let mut free = list.clone();
    put(&mut list, 1, 20, closed(false));
    ok(&mut list, 2, "W5");
    // The last walk leads to a stage, not to a level: only the benchmark is waited for.
    assert_eq!(waits(&list, 3), told("W5", None));
    assert_eq!(ask(&list, 3).stage, Some(Stage::Walking));
    ok(&mut free, 2, "W5");
    assert_eq!(ask(&free, 3).stage, Some(Stage::SelfTest));
    assert_eq!(waits(&free, 3).1, None);
    let mut list = placed(Stage::Walking, "W1", true);
    ok(&mut list, 0, "W1");
    ok(&mut list, 1, "W2");
    ok(&mut list, 2, "W3");
    assert_eq!(waits(&list, 3), told("W3", Some(8)));
    assert_eq!(waits(&list, 8), told("W4", None));
}

#[test]
fn the_last_level_waits_for_its_days_alone() {
    let mut list = placed(Stage::ShortRuns, "C4", true);
    ok(&mut list, 0, "C4");
    ok(&mut list, 2, "C5");
    ok(&mut list, 4, "C6");
    assert_eq!(waits(&list, 5), told("C6", None));
}

#[test]
fn a_review_is_suggested_at_the_fourth_result_of_1_and_k_and_e_do_not_count() {
    let hurt = |times: usize, last_cut: bool| {
        let mut list = placed(Stage::RunWalk, "R3", false);
        for n in 0..times {
            let mut s = session(Ladder::builtin().level("R3").unwrap());
            if last_cut && n + 1 == times {
                s.run_min *= 0.9;
            } else {
                s.hurt = true;
            }
            put(&mut list, 2 * n, 18, Body::Session(Box::new(s)));
            put(&mut list, 2 * n + 1, 7, Body::Morning(morning(0)));
        }
        let g = ask(&list, 2 * times - 1);
        g.reasons.iter().any(|r| r.rule == Rule::X2)
    };
    assert!(!hurt(3, false));
    assert!(hurt(4, false));
    assert!(!hurt(4, true));
    // One cut short in between is neither counted nor an end of the row.
    let mut list = placed(Stage::RunWalk, "R3", false);
    for (n, cut) in [false, true, false, false, false].into_iter().enumerate() {
        let mut s = session(Ladder::builtin().level("R3").unwrap());
        s.hurt = !cut;
        s.run_min *= if cut { 0.9 } else { 1.0 };
        put(&mut list, 2 * n, 18, Body::Session(Box::new(s)));
        put(&mut list, 2 * n + 1, 7, Body::Morning(morning(0)));
    }
    let x2 = |on| ask(&list, on).reasons.iter().any(|r| r.rule == Rule::X2);
    assert_eq!([x2(7), x2(9)], [false, true]);
    // An OK one ends it.
    let mut list = placed(Stage::RunWalk, "R5", false);
    for (n, good) in [false, false, true, false, false].into_iter().enumerate() {
        let mut s = session(Ladder::builtin().level("R5").unwrap());
        s.hurt = !good;
        put(&mut list, 2 * n, 18, Body::Session(Box::new(s)));
        put(&mut list, 2 * n + 1, 7, Body::Morning(morning(0)));
    }
    assert!(!ask(&list, 9).reasons.iter().any(|r| r.rule == Rule::X2));
}
