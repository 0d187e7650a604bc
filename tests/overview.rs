//! The sums behind the plots.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::disallowed_methods)]

mod support;

use footing::domain::diary::Diary;
use footing::domain::entry::{Absence, Activity, Body, Entry, Mind, Mood, Score};
use footing::domain::keys::{AbsenceReason, Profile, Stage};
use footing::domain::ladder::Ladder;
use footing::domain::overview::{Kept, Overview, Slot, Span, Unit};
use proptest::prelude::*;
use std::time::{Duration, Instant};
use support::diaries::{any_life, day, entry, lived, morning, plan, score, session};

fn add(list: &mut Vec<Entry>, on: usize, hour: u32, body: Body) {
    let made = entry(list, day(on), hour, body);
    list.push(made);
}

fn run(list: &mut Vec<Entry>, on: usize, level: &str, pain: u8) {
    let ladder = Ladder::builtin();
    let mut s = session(ladder.level(level).unwrap());
    s.pain_during = score(pain);
    add(list, on, 18, Body::Session(Box::new(s)));
}

fn of(list: &[Entry], today: usize, span: Span) -> Overview {
    let diary: Diary = list.iter().cloned().collect();
    let mut found = Overview::of(&diary, day(today), span, (Unit::Day, false), 2);
    found.add_kept(&diary, day(today));
    found
}

#[test]
fn four_weeks_are_days_and_ten_years_are_quarters() {
    let mut list = Vec::new();
    add(&mut list, 0, 8, Body::Morning(morning(1)));
    let units = [
        (27, Unit::Day),
        (200, Unit::Week),
        (900, Unit::Month),
        (3650, Unit::Quarter),
        (9000, Unit::Year),
    ];
    for (today, unit) in units {
        let all = of(&list, today, Span::All);
        assert_eq!(all.unit, unit, "{today} days");
        assert!(all.slots.len() <= 62, "{} slots", all.slots.len());
        assert_eq!(all.slots[0].morning, Some(1), "the first day is in it");
        assert_eq!(all.slots.last().unwrap().to, day(today));
    }
    assert_eq!(of(&list, 500, Span::FourWeeks).slots.len(), 28);
    assert_eq!(of(&list, 500, Span::ThreeMonths).unit, Unit::Week);
}

#[test]
fn slots_follow_each_other_without_a_hole() {
    let mut list = Vec::new();
    add(&mut list, 0, 8, Body::Morning(morning(0)));
    for today in [40, 333, 1000, 4000, 7000] {
        let all = of(&list, today, Span::All);
        for pair in all.slots.windows(2) {
            assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
        }
        let days: i64 = all
            .slots
            .iter()
            .map(footing::domain::overview::Slot::days)
            .sum();
        assert!(days > i64::try_from(today).unwrap());
    }
}

#[test]
fn minutes_are_added_and_the_worst_pain_stands() {
    let mut list = Vec::new();
    run(&mut list, 3, "R3", 1);
    run(&mut list, 3, "R1", 4);
    add(&mut list, 4, 7, Body::Morning(morning(2)));
    let mut forgotten = morning(9);
    forgotten.remembered = false;
    add(&mut list, 5, 7, Body::Morning(forgotten));
    let mut late = morning(3);
    late.for_day = Some(day(6));
    add(&mut list, 7, 7, Body::Morning(late));
    let found = of(&list, 10, Span::FourWeeks);
    let on = |n: usize| found.slots.iter().find(|s| s.from == day(n)).unwrap();
    assert_eq!(
        (on(3).run_min, on(3).walk_min, on(3).sessions),
        (15.0, 30.0, 2)
    );
    assert_eq!(
        (on(3).during, on(3).above, on(4).morning),
        (Some(4), 1, Some(2))
    );
    assert_eq!(
        (on(5).morning, on(6).morning, on(7).morning),
        (None, Some(3), None)
    );
    let mut gone = list.clone();
    gone[1].deleted = true;
    assert_eq!(
        of(&gone, 10, Span::FourWeeks)
            .slots
            .iter()
            .map(|s| s.run_min)
            .sum::<f64>(),
        10.0
    );
}

#[test]
fn the_longest_run_holds_thirty_days_and_counts_what_was_asked() {
    let ladder = Ladder::builtin();
    let mut list = Vec::new();
    let mut s = session(ladder.level("R3").unwrap());
    s.run_min = 25.0;
    add(&mut list, 0, 18, Body::Session(Box::new(s)));
    run(&mut list, 10, "R1", 0);
    let found = of(&list, 45, Span::All);
    let longest = |n: usize| {
        found
            .slots
            .iter()
            .find(|s| s.from <= day(n) && day(n) <= s.to)
            .unwrap()
            .longest
    };
    assert_eq!(longest(0), 10.0, "R3 asks for ten minutes");
    let last = found.slots.last().unwrap();
    assert_eq!(last.longest, 0.0, "nothing in the last 30 days");
    assert_eq!(
        longest(34),
        5.0,
        "the run of the first day is older than 30 days"
    );
}

#[test]
fn means_leave_out_what_was_not_asked() {
    let mut list = Vec::new();
    let mind = |mood: Option<u8>, fear: Option<u8>| {
        Body::Mind(Mind {
            mood: mood.and_then(Mood::new),
            confidence: None,
            fear: fear.and_then(Score::new),
        })
    };
    add(&mut list, 1, 9, mind(Some(4), None));
    add(&mut list, 1, 10, mind(Some(3), Some(8)));
    let found = of(&list, 3, Span::FourWeeks);
    let slot = found.slots.iter().find(|s| s.from == day(1)).unwrap();
    assert_eq!(
        (slot.mood.get(), slot.fear.get(), slot.confidence.get()),
        (Some(3.5), Some(8.0), None)
    );
}

/// A plan at R1, three runs a week.
fn planned() -> Vec<Entry> {
    let mut plan = plan(Profile::Joint, Stage::RunWalk, Some("R1"));
    plan.no_clinician = true;
    vec![entry(&[], day(0), 6, Body::Plan(Box::new(plan)))]
}

#[test]
fn rest_that_is_taken_counts_as_the_plan_kept() {
    let mut list = planned();
    for n in 1..8 {
        add(&mut list, n, 7, Body::Morning(morning(0)));
        if n % 2 == 1 {
            run(&mut list, n, "R1", 0);
        }
    }
    // Runs on days 1, 3, 5, 7; R2 is due from day 4 on: R1 then is easier, and is kept.
    let kept = of(&list, 8, Span::FourWeeks).kept();
    assert_eq!(
        kept,
        Kept {
            sessions: 3,
            rest: 3,
            open: 0,
            more: 1
        },
        "the fourth run in seven days is more"
    );
    assert_eq!((kept.as_planned(), kept.all()), (6, 7));
}

#[test]
fn running_on_a_rest_day_is_more_and_a_day_away_is_rest() {
    let mut list = planned();
    run(&mut list, 1, "R1", 0);
    run(&mut list, 2, "R1", 0);
    let away = Absence {
        from: day(4),
        until: Some(day(6)),
        reason: AbsenceReason::Holiday,
        fever: false,
    };
    add(&mut list, 3, 9, Body::Absence(away));
    let kept = of(&list, 9, Span::FourWeeks).kept();
    assert_eq!((kept.sessions, kept.more), (1, 1));
    // Day 3 rests after the run of day 2; 4 to 6 away; 7 and 8 were left open.
    assert_eq!((kept.rest, kept.open), (4, 2));
    let hops = Activity {
        what: "tennis".into(),
        minutes: 30.0,
        pain: Score::ZERO,
        impact: true,
        planned: false,
    };
    add(&mut list, 3, 12, Body::Activity(hops));
    assert_eq!(
        of(&list, 9, Span::FourWeeks).kept().more,
        2,
        "impact sport on a rest day"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_is_lost_between_the_units((start, genes) in any_life(30..90)) {
        let list = lived(Profile::Tendon, &start, &genes);
        let last = list.iter().map(Entry::day).max().unwrap();
        let diary: Diary = list.iter().cloned().collect();
        let sum = |least| {
            let o = Overview::of(&diary, last, Span::All, (least, false), 2);
            let minutes: f64 = o.slots.iter().map(|s| s.run_min + s.walk_min).sum();
            let sessions: u32 = o.slots.iter().map(|s| s.sessions).sum();
            (minutes, sessions, o.slots.iter().filter_map(Slot::pain).max())
        };
        let (days, months) = (sum(Unit::Day), sum(Unit::Month));
        // Tenths of minutes in another order differ in their last binary place.
        prop_assert!((days.0 - months.0).abs() < 1e-6, "{days:?} {months:?}");
        prop_assert_eq!((days.1, days.2), (months.1, months.2));
    }
}

#[test]
fn ten_years_are_summed_up_quickly() {
    let mut list = planned();
    for n in 1..3400 {
        add(&mut list, n, 7, Body::Morning(morning(0)));
        if n % 2 == 1 {
            run(&mut list, n, "R1", 0);
        }
    }
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        let _ = of(&list, 3400, Span::All);
        best = best.min(start.elapsed());
    }
    println!("all of ten years: {best:?}");
    assert!(best < Duration::from_secs(2), "{best:?}");
}
