//! What is told when progress waits: `LEVELUPS`, its first free day, and silence where
//! nothing waits for it (section 3).
#![allow(clippy::unwrap_used, clippy::pedantic)]

use crate::support;
use footing::diary::entry::{Absence, Benchmark, Body, Entry, Limits};
use footing::diary::vocabulary::{AbsenceReason, Profile, RedFlag, Stage};
use footing::rules::guidance::{Fact, Guidance, Missing, Rule, WouldChange};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use support::diaries::{benchmark, day, entry, morning, plan, self_test, session};

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
    let closed = |met| Body::Benchmark(benchmark("hops", Some(Stage::SelfTest), met));
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

/// Four results of 1 in a row: with "That hurts" among the last four a review, else the
/// question what is in the way.
#[test]
fn the_fourth_result_of_1_asks_for_a_review_or_what_is_in_the_way() {
    let after = |hurts: &[bool]| {
        let mut list = placed(Stage::RunWalk, "R3", false);
        for (n, hurt) in hurts.iter().enumerate() {
            let mut s = session(Ladder::builtin().level("R3").unwrap());
            s.hurt = *hurt;
            s.run_min *= if *hurt { 1.0 } else { 0.9 };
            put(&mut list, 3 * n, 18, Body::Session(Box::new(s)));
            put(&mut list, 3 * n + 1, 7, Body::Morning(morning(0)));
        }
        let g = ask(&list, 3 * hurts.len() - 2);
        let has = |rule| g.reasons.iter().any(|r| r.rule == rule);
        (has(Rule::X2), has(Rule::Remind))
    };
    assert_eq!(after(&[true; 3]), (false, false));
    assert_eq!(after(&[true; 4]), (true, false));
    assert_eq!(after(&[false; 3]), (false, false));
    assert_eq!(after(&[false; 4]), (false, true));
    assert_eq!(after(&[false, false, true, false]), (true, false));
    // Among the last four.
    assert_eq!(after(&[true, false, false, false, false]), (false, true));
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

fn closed_by(stage: Stage) -> Body {
    Body::Benchmark(Benchmark {
        name: "hops".into(),
        target: None,
        unit: String::new(),
        left: None,
        right: None,
        value: None,
        met: false,
        agreed_with: String::new(),
        gates_stage: Some(stage),
    })
}

fn hops(stage: Stage) -> Missing {
    let name = "hops".into();
    Missing::Benchmark { name, stage }
}

/// What the gate ahead still misses, stage by stage (section 2).
#[test]
fn the_gate_says_what_it_misses() {
    let gate = |list: &[Entry], on| ask(list, on).gate;
    // Rest: three mornings in a row; nobody is consulted, so the stage is not left.
    let mut list = Vec::new();
    let rest = plan(Profile::Joint, Stage::Rest, None);
    put(&mut list, 0, 6, Body::Plan(Box::new(rest.clone())));
    for n in 0..3 {
        put(&mut list, n, 7, Body::Morning(morning(0)));
    }
    let quiet = |have| Missing::QuietMornings { have, need: 3 };
    assert_eq!(gate(&list, 0), [quiet(1)]);
    assert_eq!(gate(&list, 1), [quiet(2)]);
    assert_eq!(gate(&list, 2), []);
    // The weeks after a birth close the runs, and are no matter of the rest.
    let mut born = rest;
    born.birth_on = Some(day(0) - chrono::TimeDelta::days(14));
    let mut list = Vec::new();
    put(&mut list, 0, 6, Body::Plan(Box::new(born.clone())));
    assert_eq!(
        gate(&list, 0),
        [Missing::QuietMornings { have: 0, need: 3 }]
    );
    born.start_stage = Stage::SelfTest;
    born.no_clinician = true;
    let mut list = Vec::new();
    put(&mut list, 0, 6, Body::Plan(Box::new(born)));
    // Twelve weeks, two of which have gone.
    let until = day(70);
    assert_eq!(gate(&list, 0), [Missing::SelfTest, Missing::Days { until }]);
    // The self-test, then only the benchmark.
    let mut list = placed(Stage::SelfTest, "W5", false);
    put(&mut list, 0, 8, closed_by(Stage::RunWalk));
    assert_eq!(gate(&list, 0), [Missing::SelfTest, hops(Stage::RunWalk)]);
    put(&mut list, 0, 17, Body::SelfTest(self_test()));
    put(&mut list, 1, 7, Body::Morning(morning(0)));
    assert_eq!(gate(&list, 1), [hops(Stage::RunWalk)]);
    // The last walk: three OK ones, then only the benchmark.
    let mut list = placed(Stage::Walking, "W5", false);
    put(&mut list, 0, 8, closed_by(Stage::SelfTest));
    ok(&mut list, 0, "W5");
    ok(&mut list, 2, "W5");
    assert_eq!(gate(&list, 3), [Missing::Walk, hops(Stage::SelfTest)]);
    ok(&mut list, 4, "W5");
    assert_eq!(gate(&list, 5), [hops(Stage::SelfTest)]);
    // A benchmark of the next stage is missed once the OK sessions are done.
    let mut list = placed(Stage::RunWalk, "R13", false);
    put(&mut list, 0, 8, closed_by(Stage::ShortRuns));
    ok(&mut list, 0, "R13");
    assert_eq!(gate(&list, 1), []);
    ok(&mut list, 2, "R13");
    assert_eq!(gate(&list, 3), [hops(Stage::ShortRuns)]);
    // Home: the first of six OK sessions at least 14 days ago.
    let mut list = placed(Stage::ShortRuns, "C6", false);
    put(&mut list, 0, 8, closed_by(Stage::Running));
    if let Body::Plan(p) = &mut list[0].body {
        p.sessions_per_week = 4;
    }
    for n in [0, 2, 4, 6, 8, 10] {
        assert_eq!(gate(&list, n), []);
        ok(&mut list, n, "C6");
    }
    let days = Missing::Days { until: day(14) };
    assert_eq!(gate(&list, 11), [days.clone(), hops(Stage::Running)]);
    assert_eq!(gate(&list, 13), [days, hops(Stage::Running)]);
    assert_eq!(gate(&list, 14), [hops(Stage::Running)]);
}

/// The reasons of a pause: the worst first, each sign for itself, and how much is still
/// missing where it may end by itself.
#[test]
fn a_pause_tells_its_causes_and_what_ends_it() {
    let mut list = placed(Stage::RunWalk, "R5", false);
    for (on, flags) in [
        (1, [RedFlag::Locking, RedFlag::Wound].as_slice()),
        (2, &[RedFlag::ChestPain]),
    ] {
        let mut sign = entry(&list, day(on), 9, Body::Flag);
        sign.flags = flags.to_vec();
        list.push(sign);
    }
    let told: Vec<(Option<u8>, Fact)> = ask(&list, 3)
        .reasons
        .into_iter()
        .take(3)
        .map(|r| (r.severity, r.fact))
        .collect();
    assert_eq!(
        told,
        [
            (Some(5), Fact::RedFlag(RedFlag::ChestPain)),
            (Some(4), Fact::RedFlag(RedFlag::Locking)),
            (Some(4), Fact::RedFlag(RedFlag::Wound)),
        ]
    );
    // Two steps back within 14 days, and no clinician to ask: seven mornings, of which
    // three are there.
    let mut list = placed(Stage::RunWalk, "R5", false);
    for (on, level, pain) in [(0, "R5", 6), (3, "R4", 4)] {
        let mut s = session(Ladder::builtin().level(level).unwrap());
        s.pain_during = support::diaries::score(pain);
        put(&mut list, on, 18, Body::Session(Box::new(s)));
        put(&mut list, on + 1, 7, Body::Morning(morning(0)));
    }
    for on in [5, 6] {
        put(&mut list, on, 7, Body::Morning(morning(0)));
    }
    let own = |list: &[Entry], on| {
        let reasons = ask(list, on).reasons;
        let own = reasons.into_iter().find(|r| r.rule == Rule::Self_).unwrap();
        (own.fact, own.changes)
    };
    let (quiet_mornings, more, at_most) = (3, 4, 0);
    let expected = (
        Fact::SelfRelease { quiet_mornings },
        vec![WouldChange::QuietMornings { more, at_most }],
    );
    assert_eq!(own(&list, 6), expected);
    // Today's answer may still be missing.
    assert_eq!(own(&list, 7), expected);
    // The morning of the day that was found counts for nothing.
    put(&mut list, 3, 7, Body::Morning(morning(0)));
    assert_eq!(own(&list, 6), expected);
    // Seven are there: the test, be a later morning unanswered or not.
    for on in 7..=10 {
        put(&mut list, on, 7, Body::Morning(morning(0)));
    }
    let test = |quiet_mornings| {
        let fact = Fact::SelfRelease { quiet_mornings };
        (fact, vec![WouldChange::SelfTest])
    };
    assert_eq!(own(&list, 10), test(7));
    assert_eq!(own(&list, 12), test(0));
    // One that failed may be done again seven days later.
    let mut failed = self_test();
    failed.items[0].passed = false;
    put(&mut list, 10, 17, Body::SelfTest(failed));
    put(&mut list, 11, 7, Body::Morning(morning(0)));
    let date = day(17);
    assert_eq!(own(&list, 11).1, [WouldChange::WaitUntil { date }]);
    assert_eq!(own(&list, 17), test(0));
}

/// What ends the wait for the self-test: its morning, or the seventh day after a failed one.
#[test]
fn the_self_test_says_what_it_waits_for() {
    let mut made = placed(Stage::SelfTest, "W5", false);
    let ends = |list: &[Entry], on| -> Vec<WouldChange> {
        let reasons = ask(list, on).reasons.into_iter();
        let gate = |r: &footing::rules::guidance::Reason| {
            r.rule == Rule::Gate && r.fact == Fact::Gate(Missing::SelfTest)
        };
        reasons.filter(gate).flat_map(|r| r.changes).collect()
    };
    let mut failed = made.clone();
    put(&mut made, 0, 17, Body::SelfTest(self_test()));
    let (for_day, at_most) = (day(1), 0);
    assert_eq!(ends(&made, 0), [WouldChange::Answer { for_day, at_most }]);
    let mut test = self_test();
    test.items[0].passed = false;
    put(&mut failed, 0, 17, Body::SelfTest(test));
    let date = day(7);
    assert_eq!(ends(&failed, 1), [WouldChange::WaitUntil { date }]);
    assert_eq!(ends(&failed, 7), [WouldChange::SelfTest]);
}

/// What binds comes first, and a gate's mornings are those of its own stage.
#[test]
fn what_binds_comes_first() {
    let first = |list: &[Entry], on| ask(list, on).reasons[0].rule;
    // While a test's morning is awaited the gate binds, though a walk was done today.
    let mut list = placed(Stage::SelfTest, "W5", false);
    let walk = session(Ladder::builtin().level("W5").unwrap());
    put(&mut list, 0, 9, Body::Session(Box::new(walk)));
    put(&mut list, 0, 17, Body::SelfTest(self_test()));
    assert_eq!(first(&list, 0), Rule::Gate);
    // Else what makes today a rest day does.
    let mut list = placed(Stage::SelfTest, "W5", false);
    let mut limps = morning(0);
    limps.limp = true;
    put(&mut list, 0, 7, Body::Morning(limps));
    assert_eq!(first(&list, 0), Rule::Baseline);
    // Rest asks for mornings at the usual, at most 3; bone's last walk for zeros.
    let asked = |list: &[Entry], on| {
        let mut reasons = ask(list, on).reasons.into_iter();
        let gate = |r: &footing::rules::guidance::Reason| {
            matches!(r.fact, Fact::Gate(Missing::QuietMornings { .. }))
        };
        reasons.find(gate).unwrap().changes
    };
    let mut list = Vec::new();
    let mut rest = plan(Profile::Tendon, Stage::Rest, None);
    rest.usual_pain = support::diaries::score(3);
    put(&mut list, 0, 6, Body::Plan(Box::new(rest)));
    put(&mut list, 0, 7, Body::Morning(morning(3)));
    let (more, at_most) = (2, 3);
    assert_eq!(
        asked(&list, 0),
        [WouldChange::QuietMornings { more, at_most }]
    );
    let mut list = Vec::new();
    let bone = plan(Profile::Bone, Stage::Walking, Some("W5"));
    put(&mut list, 0, 6, Body::Plan(Box::new(bone)));
    put(&mut list, 0, 7, Body::Morning(morning(0)));
    let (more, at_most) = (6, 0);
    assert_eq!(
        asked(&list, 0),
        [WouldChange::QuietMornings { more, at_most }]
    );
}

/// Back to running, nine days without a run are told as what shortens the next.
#[test]
fn back_to_running_a_gap_is_told_from_the_ninth_day() {
    let mut list = placed(Stage::Running, "C6", false);
    ok(&mut list, 0, "C6");
    let gap = |on| {
        ask(&list, on)
            .reasons
            .into_iter()
            .find(|r| r.rule == Rule::Gap)
    };
    assert_eq!(gap(8), None);
    let days = 9;
    let with_reason = false;
    assert_eq!(
        gap(9).map(|r| r.fact),
        Some(Fact::Gap { days, with_reason })
    );
}

/// What keeps a session from today, the rules and what ends each.
fn blocks(list: &[Entry], on: usize) -> Vec<(Rule, Option<u8>, Vec<WouldChange>)> {
    let reasons = ask(list, on).reasons.into_iter();
    let ends = reasons.filter(|r| !r.changes.is_empty());
    ends.map(|r| (r.rule, r.severity, r.changes)).collect()
}

/// A morning of 2 above the usual ends with one that is lower.
#[test]
fn a_morning_above_the_usual_ends_with_a_lower_one() {
    let mut list = placed(Stage::Walking, "W3", false);
    put(&mut list, 1, 7, Body::Morning(morning(2)));
    let (more, at_most) = (1, 1);
    let lower = WouldChange::QuietMornings { more, at_most };
    assert_eq!(blocks(&list, 1)[0], (Rule::Baseline, None, vec![lower]));
}

/// A bone's morning that is not answered yet, and an illness that is not over: each told
/// with what ends it.
#[test]
fn an_unanswered_morning_and_an_open_illness_say_what_ends_them() {
    let mut list = Vec::new();
    let bone = plan(Profile::Bone, Stage::Walking, Some("W3"));
    put(&mut list, 0, 6, Body::Plan(Box::new(bone)));
    let (for_day, at_most) = (day(0), 0);
    let answer = WouldChange::Answer { for_day, at_most };
    assert!(
        blocks(&list, 0).contains(&(Rule::Baseline, None, vec![answer])),
        "{:?}",
        blocks(&list, 0)
    );
    let mut list = placed(Stage::Walking, "W3", false);
    let ill = Absence {
        from: day(1),
        until: None,
        reason: AbsenceReason::Illness,
        fever: false,
    };
    put(&mut list, 1, 9, Body::Absence(ill));
    let ends: Vec<_> = blocks(&list, 1).into_iter().map(|b| b.2).collect();
    assert_eq!(ends, [[WouldChange::IllnessOver]]);
}

/// Runs on seven days in a row: the seven days hold too many until the fourth day from now.
#[test]
fn too_many_runs_in_seven_days_are_told_with_the_day_that_ends_it() {
    let mut list = placed(Stage::RunWalk, "R1", false);
    for on in 0..7 {
        ok(&mut list, on, "R1");
    }
    let until = |on| vec![WouldChange::WaitUntil { date: day(on) }];
    assert_eq!(
        blocks(&list, 7),
        [
            (Rule::Cap, None, until(11)),
            (Rule::Spacing, None, until(8))
        ]
    );
}

/// After a finding of 3 the next run waits for a morning at the usual, and says of what.
#[test]
fn a_run_waits_for_the_usual_and_names_the_finding() {
    let mut list = placed(Stage::RunWalk, "R5", false);
    let mut s = session(Ladder::builtin().level("R5").unwrap());
    s.pain_during = support::diaries::score(6);
    put(&mut list, 0, 18, Body::Session(Box::new(s)));
    for on in 1..=4 {
        put(&mut list, on, 7, Body::Morning(morning(1)));
    }
    let (more, at_most) = (1, 0);
    let usual = WouldChange::QuietMornings { more, at_most };
    assert_eq!(blocks(&list, 4), [(Rule::D, Some(3), vec![usual])]);
}

/// Eight runs without a morning hold the level; fifteen days away lower it.
#[test]
fn runs_without_a_morning_lower_nothing_and_days_away_do() {
    let mut list = placed(Stage::RunWalk, "R8", false);
    for on in [0, 2, 4, 6, 8, 10, 12, 14, 29] {
        let s = session(Ladder::builtin().level("R8").unwrap());
        put(&mut list, on, 18, Body::Session(Box::new(s)));
    }
    let steps: Vec<_> = ask(&list, 29).history.into_iter().map(|c| c.to).collect();
    // 9 days: down 1, 14: down 2.
    assert_eq!(steps, ["R8", "R7", "R6"]);
}
