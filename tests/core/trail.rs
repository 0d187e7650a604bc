//! The way walked, waypoint by waypoint; the month, day by day.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use crate::support;
use footing::diary::Diary;
use footing::diary::entry::{Absence, Activity, Body, Entry, Strength};
use footing::diary::vocabulary::{AbsenceReason, Movement, Profile, RedFlag, Stage};
use footing::insights::month;
use footing::insights::month::{Day, PlannedDay};
use footing::insights::trail::{Bench, Place, Point, Trail};
use footing::rules::guidance::{ChangeCause, LevelChange, Rule};
use footing::rules::progression::forecast::{Forecast, asked, forecast};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use proptest::prelude::*;
use proptest::sample::select;
use support::diaries::{
    any_life, benchmark, day, entry, lived, morning, plan, score, seed, self_test, session,
};

fn add(list: &mut Vec<Entry>, on: usize, hour: u32, body: Body) {
    let made = entry(list, day(on), hour, body);
    list.push(made);
}

/// R1 on days 0 and 2, R2 on day 4 with pain 5, then a cold.
fn life() -> Vec<Entry> {
    let ladder = Ladder::builtin();
    let mut plan = plan(Profile::Joint, Stage::RunWalk, Some("R1"));
    plan.no_clinician = true;
    let mut list = vec![entry(&[], day(0), 6, Body::Plan(Box::new(plan)))];
    for (on, level, pain) in [(0, "R1", 1), (2, "R1", 2), (4, "R2", 5)] {
        let mut s = session(ladder.level(level).unwrap());
        s.pain_during = score(pain);
        add(&mut list, on, 18, Body::Session(Box::new(s)));
        add(&mut list, on + 1, 7, Body::Morning(morning(0)));
    }
    let cold = Absence {
        from: day(6),
        until: Some(day(7)),
        reason: AbsenceReason::Illness,
        fever: false,
    };
    add(&mut list, 6, 9, Body::Absence(cold));
    list
}

fn trail(list: &[Entry], on: usize) -> (Trail, Ladder) {
    let diary: Diary = list.iter().cloned().collect();
    let ladder = Ladder::builtin();
    let g = guidance(&diary, day(on));
    let trail = Trail::of(&diary, &g, &ladder, &forecast(&diary, day(on))).unwrap();
    (trail, ladder)
}

#[test]
fn every_waypoint_knows_its_days_sessions_and_pain() {
    let (trail, ladder) = trail(&life(), 6);
    assert_eq!(trail.points.len(), ladder.levels().len() + 3);
    let level = |id: &str| {
        let point = Point::Level(ladder.index(id).unwrap());
        trail.points.iter().find(|w| w.point == point).unwrap()
    };
    let (r1, r2, r3) = (level("R1"), level("R2"), level("R3"));
    assert_eq!((r1.first, r1.last), (Some(day(0)), Some(day(2))));
    assert_eq!((r1.sessions, r1.worst), (2, Some(2)));
    assert_eq!(
        (r2.sessions, r2.worst, r2.place),
        (1, Some(5), Place::Ahead)
    );
    assert_eq!(r1.place, Place::Here);
    assert_eq!(r1.camps, 1, "the cold was rested here");
    assert_eq!((r3.sessions, r3.first), (0, None));
    assert_eq!(r2.ahead, Some(2), "two sessions at R1 first");
    assert_eq!(r3.ahead, Some(4));
    let at = |id: &str| {
        trail
            .points
            .iter()
            .position(|w| w.point == Point::Level(ladder.index(id).unwrap()))
            .unwrap()
    };
    assert_eq!(trail.back, [(at("R2"), at("R1"), 1)]);
    assert_eq!(trail.walked, (at("R1"), at("R2")));
}

/// Rest, five walking levels, the self-test, the levels of runs, running.
#[test]
fn the_line_runs_from_rest_over_the_self_test_to_running() {
    let points: Vec<_> = trail(&life(), 6).0.points;
    let at = |n: usize| (points[n].point, points[n].stage);
    let of = |stage| (Point::Stage(stage), stage);
    assert_eq!(at(0), of(Stage::Rest));
    assert_eq!(at(1), (Point::Level(0), Stage::Walking));
    assert_eq!(at(5), (Point::Level(4), Stage::Walking));
    assert_eq!(at(6), of(Stage::SelfTest));
    assert_eq!(at(7), (Point::Level(5), Stage::RunWalk));
    assert_eq!(at(20), (Point::Level(18), Stage::ShortRuns));
    assert_eq!(at(26), of(Stage::Running));
}

#[test]
fn a_stage_without_levels_is_stood_at_itself() {
    for (stage, here) in [(Stage::Rest, 0), (Stage::SelfTest, 6), (Stage::Running, 26)] {
        let mut plan = plan(Profile::Joint, stage, None);
        plan.no_clinician = true;
        let list = [entry(&[], day(0), 6, Body::Plan(Box::new(plan)))];
        let (trail, _) = trail(&list, 0);
        assert_eq!(trail.here, here, "{stage:?}");
        assert_eq!(trail.points[here].place, Place::Here, "{stage:?}");
    }
}

/// The trail of a life whose level changed so, by the names of the levels.
fn steps(changes: &[(&str, &str, ChangeCause)]) -> Vec<(String, String, u32)> {
    let diary: Diary = life().into_iter().collect();
    let ladder = Ladder::builtin();
    let mut g = guidance(&diary, day(6));
    g.history = changes
        .iter()
        .map(|(from, to, cause)| LevelChange {
            on: day(0),
            from: Some((*from).to_owned()),
            to: (*to).to_owned(),
            cause: *cause,
        })
        .collect();
    let trail = Trail::of(&diary, &g, &ladder, &Forecast::default()).unwrap();
    let name = |n: usize| match trail.points[n].point {
        Point::Level(n) => ladder.at(n).unwrap().id.clone(),
        Point::Stage(stage) => stage.key().to_owned(),
    };
    let named = |(from, to, times): &(usize, usize, u32)| (name(*from), name(*to), *times);
    trail.back.iter().map(named).collect()
}

#[test]
fn each_way_back_is_counted_by_itself() {
    let (down, gap) = (ChangeCause::Down(Rule::P), ChangeCause::Gap);
    let found = steps(&[
        ("R1", "R2", ChangeCause::Up),
        ("R2", "R1", down),
        ("R1", "R3", ChangeCause::Up),
        ("R3", "R2", gap),
        ("R2", "R1", gap),
        ("R1", "R3", ChangeCause::Up),
        ("R3", "R1", down),
        ("R3", "R2", down),
        ("R2", "R1", down),
    ]);
    let back = |from: &str, to: &str, times| (from.to_owned(), to.to_owned(), times);
    assert_eq!(
        found,
        [
            back("R2", "R1", 3),
            back("R3", "R2", 2),
            back("R3", "R1", 1)
        ]
    );
}

/// Time away leads from running to the last level, which is the one named before: no loop
/// from a waypoint to itself. A placing lower down is a new start, no setback.
#[test]
fn a_way_back_leads_from_one_waypoint_to_another() {
    let found = steps(&[
        ("C6", "C6", ChangeCause::Up),
        ("C6", "C6", ChangeCause::Gap),
        ("C6", "R1", ChangeCause::Placed),
        ("R3", "R1", ChangeCause::Cleared),
    ]);
    assert_eq!(found, []);
}

#[test]
fn the_way_is_told_up_to_the_day_asked_about() {
    let (early, ladder) = trail(&life(), 3);
    let level = |id: &str| {
        let point = Point::Level(ladder.index(id).unwrap());
        early.points.iter().find(|w| w.point == point).unwrap()
    };
    assert_eq!((level("R1").sessions, level("R1").last), (2, Some(day(2))));
    assert_eq!((level("R2").sessions, level("R2").last), (0, None));
    assert!(early.points.iter().all(|w| w.camps == 0));
}

#[test]
fn a_rest_that_lies_ahead_is_no_camp_yet_and_a_pause_is_one() {
    let camps = |list: &[Entry], on| -> u32 {
        let (trail, _) = trail(list, on);
        trail.points.iter().map(|w| w.camps).sum()
    };
    let mut list = life();
    let journey = Absence {
        from: day(10),
        until: Some(day(12)),
        reason: AbsenceReason::Holiday,
        fever: false,
    };
    add(&mut list, 8, 9, Body::Absence(journey));
    assert_eq!((camps(&list, 8), camps(&list, 10)), (1, 2));
    list.truncate(list.len() - 2);
    assert_eq!(camps(&list, 6), 0);
    let sign = entry(&list, day(6), 9, Body::Flag);
    list.push(Entry {
        flags: vec![RedFlag::NightPain],
        ..sign
    });
    assert_eq!(camps(&list, 6), 1, "the pause is rested out");
}

/// What was done before the first plan belongs to no way.
#[test]
fn the_way_begins_on_the_day_of_the_plan() {
    let mut plan = plan(Profile::Joint, Stage::Walking, Some("W5"));
    plan.no_clinician = true;
    let mut list = vec![entry(&[], day(5), 6, Body::Plan(Box::new(plan)))];
    let walk = session(Ladder::builtin().level("W5").unwrap());
    let mut test = self_test();
    test.items[0].pain = score(3);
    for on in [4, 5] {
        add(&mut list, on, 9, Body::Session(Box::new(walk.clone())));
        add(&mut list, on, 10, Body::SelfTest(test.clone()));
        // What hurt was the test before the plan.
        test.items[0].pain = score(1);
    }
    let (trail, _) = trail(&list, 5);
    let told = |n: usize| {
        let w = &trail.points[n];
        (w.first, w.last, w.sessions, w.worst)
    };
    assert_eq!(told(5), (Some(day(5)), Some(day(5)), 1, Some(0)), "W5");
    assert_eq!(told(6), (Some(day(5)), Some(day(5)), 1, Some(1)), "test");
}

/// As the engine has it: met, a benchmark opens every stage it kept closed; not met any
/// more, it shuts them again.
#[test]
fn each_gate_of_each_benchmark_is_told_by_what_is_known_last() {
    let (short, running) = (Some(Stage::ShortRuns), Some(Stage::Running));
    let mut list = life();
    let mut told = |name: &str, stage, met| {
        add(
            &mut list,
            6,
            10,
            Body::Benchmark(benchmark(name, stage, met)),
        );
        let benches = trail(&list, 6).0.benches;
        let line = |b: &Bench| {
            [
                b.name.as_str(),
                " ",
                b.stage.key(),
                if b.met { " +" } else { " -" },
            ]
            .concat()
        };
        benches.iter().map(line).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(told("hops", short, false), "hops short-runs -");
    assert_eq!(told("hops", short, false), "hops short-runs -");
    assert_eq!(
        told("squat", short, false),
        "hops short-runs -, squat short-runs -"
    );
    assert_eq!(
        told("hops", running, false),
        "hops short-runs -, squat short-runs -, hops running -"
    );
    assert_eq!(
        told("hops", None, true),
        "hops short-runs +, squat short-runs -, hops running +"
    );
    assert_eq!(
        told("squat", None, true),
        "hops short-runs +, squat short-runs +, hops running +"
    );
    assert_eq!(
        told("hops", running, false),
        "hops short-runs -, squat short-runs +, hops running -"
    );
    // Measured again without a word on its gate.
    assert_eq!(
        told("squat", None, false),
        "hops short-runs -, squat short-runs -, hops running -"
    );
}

#[test]
fn a_benchmark_stands_at_its_gate_until_it_is_met() {
    let mut list = life();
    let bench =
        |met: bool| Body::Benchmark(benchmark("hops", (!met).then_some(Stage::ShortRuns), met));
    add(&mut list, 6, 10, bench(false));
    let (before, _) = trail(&list, 6);
    assert_eq!((before.benches.len(), before.benches[0].met), (1, false));
    let closed = before.points.iter().filter(|w| w.stage == Stage::ShortRuns);
    assert!(
        closed.into_iter().all(|w| w.ahead.is_none()),
        "nothing is counted beyond a shut gate"
    );
    add(&mut list, 6, 11, bench(true));
    let (after, _) = trail(&list, 6);
    assert!(after.benches[0].met);
    assert!(
        after
            .points
            .iter()
            .filter(|w| w.stage == Stage::ShortRuns)
            .all(|w| w.ahead.is_some())
    );
}

#[test]
fn nothing_walked_is_a_trail_that_lies_ahead() {
    let list = vec![entry(
        &[],
        day(0),
        6,
        Body::Plan(Box::new(plan(Profile::Bone, Stage::Rest, None))),
    )];
    let (trail, _) = trail(&list, 0);
    assert_eq!((trail.here, trail.back.len()), (0, 0));
    assert!(
        trail.points[1..]
            .iter()
            .all(|w| w.place == Place::Ahead && w.ahead.is_none()),
        "bone waits for a clearance"
    );
}

#[test]
fn a_month_puts_what_was_asked_beside_what_was_done() {
    let list = life();
    let diary: Diary = list.iter().cloned().collect();
    let today = day(6);
    let first = month::first_of(today);
    let mut days = month::days(first, 0);
    let (from, to) = (days[0].on, days.last().unwrap().on);
    month::fill(
        &mut days,
        &diary,
        &asked(&diary, from, today),
        &forecast(&diary, today),
        today,
    );
    let on = |n: usize| days.iter().find(|d| d.on == day(n)).unwrap();
    assert!(to > today);
    assert!(on(2).done.run && !on(2).done.walk);
    assert_eq!(
        (on(2).planned, on(2).pain),
        (Some(PlannedDay::Run), Some(2))
    );
    assert_eq!(
        (on(3).planned, on(3).done.entries),
        (Some(PlannedDay::Rest), 1)
    );
    assert_eq!(on(4).pain, Some(5));
    let next = days
        .iter()
        .find(|d| d.on > today && d.planned == Some(PlannedDay::Run));
    assert!(
        next.is_some_and(|d| d.on >= day(10)),
        "not before the illness is over: {:?}",
        next.map(|d| d.on)
    );
    assert_eq!(on(12).done, month::DoneOfDay::default());
}

/// The month of day 0 with what a list holds, up to the tenth day, nothing ahead but `to_come`.
fn month(list: &[Entry], to_come: &Forecast) -> Vec<Day> {
    let diary: Diary = list.iter().cloned().collect();
    let mut days = month::days(month::first_of(day(0)), 0);
    let asked = asked(&diary, day(0), day(10));
    month::fill(&mut days, &diary, &asked, to_come, day(10));
    days.retain(|d| d.on >= day(0));
    days
}

#[test]
fn each_kind_of_entry_has_its_mark_in_the_month() {
    let mut plan = plan(Profile::Joint, Stage::Walking, Some("W2"));
    plan.no_clinician = true;
    let mut list = vec![entry(&[], day(0), 6, Body::Plan(Box::new(plan)))];
    let mut walk = session(Ladder::builtin().level("W2").unwrap());
    (walk.pain_during, walk.pain_after) = (score(1), score(4));
    let run = session(Ladder::builtin().level("R1").unwrap());
    let other = |planned, pain| Activity {
        what: "swim".into(),
        minutes: 20.0,
        pain: score(pain),
        impact: false,
        planned,
    };
    let lifts = Strength {
        items: Vec::new(),
        pain: score(3),
    };
    let mut test = self_test();
    test.items[1].pain = score(2);
    for hour in [9, 17] {
        add(&mut list, 1, hour, Body::Session(Box::new(walk.clone())));
        add(&mut list, 2, hour, Body::Session(Box::new(run.clone())));
        let mut sign = entry(&list, day(3), hour, Body::Flag);
        sign.flags = vec![RedFlag::BloodThinners];
        list.push(sign);
    }
    add(&mut list, 4, 9, Body::Strength(lifts));
    add(&mut list, 5, 9, Body::SelfTest(test));
    add(&mut list, 6, 9, Body::Activity(other(true, 0)));
    add(&mut list, 7, 9, Body::Activity(other(false, 1)));
    let days = month(&list, &Forecast::default());
    let told: Vec<_> = days[..9]
        .iter()
        .map(|d| {
            let marks = [
                ('w', d.done.walk),
                ('r', d.done.run),
                ('s', d.done.strength),
                ('o', d.done.other),
                ('f', d.done.flag),
            ];
            let marks: String = marks.iter().filter(|m| m.1).map(|m| m.0).collect();
            (marks, d.done.entries, d.pain)
        })
        .collect();
    let none = String::new;
    assert_eq!(
        told,
        [
            (none(), 1, None),
            ("w".into(), 2, Some(4)),
            ("r".into(), 2, Some(0)),
            ("f".into(), 2, None),
            ("s".into(), 1, Some(3)),
            ("o".into(), 1, Some(2)),
            (none(), 1, None),
            ("o".into(), 1, Some(1)),
            (none(), 0, None),
        ]
    );
}

/// A walk with running in it is a run; pain that a morning does not remember is not told.
#[test]
fn a_month_tells_of_runs_within_walks_and_of_mornings() {
    let mut list = life();
    list.truncate(1);
    let mut walk = session(Ladder::builtin().level("W2").unwrap());
    walk.activity = Movement::Walk;
    walk.run_min = 0.5;
    add(&mut list, 1, 9, Body::Session(Box::new(walk)));
    add(&mut list, 2, 7, Body::Morning(morning(3)));
    let mut vague = morning(4);
    vague.remembered = false;
    add(&mut list, 3, 7, Body::Morning(vague));
    let days = month(&list, &Forecast::default());
    assert_eq!((days[1].done.run, days[1].done.walk), (true, false));
    let mornings = [&days[2], &days[3]].map(|d| (d.done.entries, d.pain));
    assert_eq!(mornings, [(1, Some(3)), (1, None)]);
}

/// A morning that was answered late: its pain stands on the day it speaks of.
#[test]
fn a_month_puts_a_forgotten_morning_on_its_own_day() {
    let mut list = life();
    list.truncate(1);
    let mut late = morning(4);
    late.for_day = Some(day(2));
    add(&mut list, 3, 7, Body::Morning(late));
    let days = month(&list, &Forecast::default());
    let told = [&days[2], &days[3]].map(|d| (d.done.entries, d.pain));
    assert_eq!(told, [(0, Some(4)), (1, None)]);
}

#[test]
fn a_month_tells_walks_tests_runs_and_rest_apart() {
    let start = |stage, level| {
        let mut plan = plan(Profile::Joint, stage, Some(level));
        plan.no_clinician = true;
        vec![entry(&[], day(0), 6, Body::Plan(Box::new(plan)))]
    };
    let on_first = |stage, level| month(&start(stage, level), &Forecast::default())[1].planned;
    assert_eq!(on_first(Stage::Walking, "W2"), Some(PlannedDay::Walk));
    assert_eq!(on_first(Stage::RunWalk, "R2"), Some(PlannedDay::Run));
    assert_eq!(on_first(Stage::ShortRuns, "C1"), Some(PlannedDay::Run));
    let mut list = start(Stage::SelfTest, "W5");
    let walk = session(Ladder::builtin().level("W5").unwrap());
    add(&mut list, 0, 9, Body::Session(Box::new(walk)));
    assert_eq!(
        month(&list, &Forecast::default())[1].planned,
        Some(PlannedDay::Test)
    );
    // What lies ahead is told from tomorrow on; today says what it asks for itself.
    let to_come = Forecast {
        days: vec![
            (day(10), "W2".into()),
            (day(12), "W2".into()),
            (day(14), "R1".into()),
        ],
        ..Forecast::default()
    };
    let days = month(&start(Stage::RunWalk, "R2"), &to_come);
    let planned: Vec<_> = days[10..15].iter().map(|d| d.planned).collect();
    let (run, walk) = (Some(PlannedDay::Run), Some(PlannedDay::Walk));
    assert_eq!(planned, [run, None, walk, None, run]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: seed(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the diary: sessions are only counted to what was not come to yet.
    #[test]
    fn nothing_lies_ahead_of_what_was_reached((start, genes) in any_life(5..40), profile in select(Profile::ALL)) {
        let list = lived(profile, &start, &genes);
        for on in [genes.len() / 2, genes.len()] {
            let (trail, _) = trail(&list, on);
            for w in &trail.points {
                prop_assert!(w.place == Place::Ahead || w.ahead.is_none(), "{:?}", w);
            }
        }
    }
}
