//! The sums behind the plots.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::disallowed_methods)]

use crate::support;
use chrono::NaiveDate;
use footing::diary::Diary;
use footing::diary::entry::{
    Absence, Activity, Benchmark, Body, CheckIn, Entry, Extra, Mind, Mood, Score, Strength,
    StrengthItem, StrengthSet,
};
use footing::diary::vocabulary::{AbsenceReason, Profile, Side, Stage, TestItem};
use footing::insights::overview::{
    Adherence, Overview, Slot, Span, Unit, kept_by_day, stamp, tolerated_pain,
};
use footing::insights::symmetry::{What, latest};
use footing::rules::guidance::{Advice, Prescription};
use footing::rules::measure::{Measure, PainLimit};
use footing::rules::progression::forecast::Asked;
use footing::thresholds::ladder::Ladder;
use proptest::prelude::*;
use std::time::{Duration, Instant};
use support::diaries::{any_life, day, entry, lived, morning, plan, score, self_test, session};

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
            .map(footing::insights::overview::Slot::days)
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
fn slots_begin_with_the_week_the_month_and_the_quarter() {
    let mut list = Vec::new();
    run(&mut list, 0, "R1", 0);
    let diary: Diary = list.iter().cloned().collect();
    // From Monday, 5 January 2026 to Wednesday, 1 April.
    let begin = |least, from_sunday| -> Vec<String> {
        let found = Overview::of(&diary, day(86), Span::All, (least, from_sunday), 2);
        let slots = found.slots.iter();
        slots.map(|s| s.from.format("%m-%d").to_string()).collect()
    };
    assert_eq!(begin(Unit::Week, false)[..2], ["01-05", "01-12"]);
    assert_eq!(begin(Unit::Week, true)[..2], ["01-04", "01-11"]);
    assert_eq!(
        begin(Unit::Month, false),
        ["01-01", "02-01", "03-01", "04-01"]
    );
    assert_eq!(begin(Unit::Quarter, false), ["01-01", "04-01"]);
    let found = Overview::of(&diary, day(140), Span::All, (Unit::Quarter, false), 2);
    assert_eq!(found.slots.len(), 2, "May is of the quarter from April");
    let mut list = Vec::new();
    run(&mut list, 60, "R1", 0);
    let diary: Diary = list.iter().cloned().collect();
    let march = Overview::of(&diary, day(86), Span::All, (Unit::Quarter, false), 2);
    assert_eq!(
        march.slots[0].from,
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
    );
}

#[test]
fn pain_at_the_limit_is_not_above_it() {
    let mut list = Vec::new();
    for (on, pain) in [(3, 1), (4, 2), (5, 3)] {
        run(&mut list, on, "R1", pain);
    }
    let found = of(&list, 10, Span::FourWeeks);
    let above = found.slots.iter().filter(|s| s.above > 0);
    let above: Vec<_> = above.map(|s| (s.from, s.above)).collect();
    assert_eq!(above, [(day(5), 1)]);
}

#[test]
fn both_sides_come_from_sets_tests_and_benchmarks_of_the_days_asked_for() {
    let sides = |side, reps| StrengthSet {
        reps: Some(reps),
        seconds: None,
        load_kg: None,
        side,
        extra: Extra::new(),
    };
    let lifted = |left, right| {
        Body::Strength(Strength {
            items: vec![StrengthItem {
                pattern: "calf".into(),
                exercise: "single-calf".into(),
                level: 2,
                sets: vec![sides(Side::Left, left), sides(Side::Right, right)],
                extra: Extra::new(),
            }],
            pain: score(0),
        })
    };
    let mut tested = self_test();
    for (item, (left, right)) in tested.items.iter_mut().zip([(10.0, 8.0), (6.0, 5.0)]) {
        (item.left, item.right) = (Some(left), Some(right));
    }
    let names = [tested.items[0].test, tested.items[1].test];
    assert_eq!(names, [TestItem::Balance, TestItem::StepDown]);
    let measured = Benchmark {
        name: "leg press".into(),
        target: Some(90.0),
        unit: "kg".into(),
        left: Some(80.0),
        right: Some(100.0),
        value: None,
        met: false,
        agreed_with: "Mara".into(),
        gates_stage: None,
    };
    let mut list = Vec::new();
    for (on, body) in [
        (1, lifted(1, 2)),
        (3, lifted(8, 12)),
        (4, Body::SelfTest(tested)),
        (5, Body::Benchmark(measured)),
        (9, lifted(3, 4)),
    ] {
        add(&mut list, on, 12, body);
    }
    let diary: Diary = list.iter().cloned().collect();
    let found = latest(&diary, day(2), day(8));
    let found: Vec<_> = found
        .iter()
        .map(|s| (&s.what, s.on, s.left, s.right, s.unit.as_str()))
        .collect();
    let expected = [
        (&What::Pattern("calf".into()), day(3), 8.0, 12.0, "reps"),
        (&What::Test(TestItem::Balance), day(4), 10.0, 8.0, "s"),
        (&What::Test(TestItem::StepDown), day(4), 6.0, 5.0, "reps"),
        (
            &What::Benchmark("leg press".into()),
            day(5),
            80.0,
            100.0,
            "kg",
        ),
    ];
    assert_eq!(found, expected);
    // The latest of each stands, where it first stood.
    let found = latest(&diary, day(1), day(9));
    assert_eq!((found[0].on, found[0].left, found.len()), (day(9), 3.0, 4));
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

#[test]
fn two_means_together_are_the_mean_of_every_answer() {
    let mut list = Vec::new();
    for (on, mood) in [(1, 4), (2, 2), (2, 3)] {
        let mood = Mood::new(mood);
        let mind = Mind {
            mood,
            confidence: None,
            fear: None,
        };
        add(&mut list, on, 9, Body::Mind(mind));
    }
    let found = of(&list, 3, Span::FourWeeks);
    let on = |n: usize| found.slots.iter().find(|s| s.from == day(n)).unwrap().mood;
    // 4, and 2 with 3: nine in three answers, not the mean of 4 and 2.5.
    assert_eq!(on(1).with(on(2)).get(), Some(3.0));
    assert_eq!(on(3).with(on(2)).get(), Some(2.5), "nothing adds nothing");
}

#[test]
fn sleep_counts_from_mornings_and_from_check_ins() {
    let mut list = Vec::new();
    let mut woke = morning(0);
    woke.sleep_h = Some(7.0);
    add(&mut list, 1, 7, Body::Morning(woke));
    let check = CheckIn {
        sleep_h: Some(8.0),
        food: None,
        water: None,
    };
    add(&mut list, 1, 20, Body::CheckIn(check));
    let found = of(&list, 1, Span::FourWeeks);
    assert_eq!(found.slots.last().unwrap().sleep.get(), Some(7.5));
}

#[test]
fn today_is_in_the_last_slot_and_tomorrow_is_not() {
    let mut list = Vec::new();
    run(&mut list, 9, "R1", 1);
    run(&mut list, 10, "R2", 2);
    run(&mut list, 11, "R3", 3);
    let found = of(&list, 10, Span::FourWeeks);
    let last = found.slots.last().unwrap();
    assert_eq!((last.from, last.to), (day(10), day(10)));
    // R2 is eight minutes; R3 would be ten.
    assert_eq!(
        (last.sessions, last.run_min, last.longest, last.during),
        (1, 8.0, 8.0, Some(2))
    );
}

#[test]
fn the_worst_pain_of_a_slot_is_that_of_its_runs_or_of_its_mornings() {
    let mut list = Vec::new();
    run(&mut list, 1, "R1", 4);
    add(&mut list, 1, 7, Body::Morning(morning(2)));
    run(&mut list, 2, "R1", 2);
    add(&mut list, 2, 7, Body::Morning(morning(3)));
    add(&mut list, 3, 7, Body::Morning(morning(0)));
    let found = of(&list, 4, Span::FourWeeks);
    let on = |n: usize| found.slots.iter().find(|s| s.from == day(n)).unwrap();
    let worst = [1, 2, 3, 4].map(|n| on(n).pain());
    assert_eq!(worst, [Some(4), Some(3), Some(0), None]);
}

#[test]
fn what_is_drawn_is_drawn_anew_when_the_diary_or_the_day_is_another() {
    let drawn = |list: &[Entry], today| stamp(&list.iter().cloned().collect(), day(today));
    let mut list = Vec::new();
    let nothing = drawn(&list, 3);
    assert_eq!(drawn(&list, 3), nothing);
    assert_ne!(drawn(&list, 4), nothing, "another day");
    run(&mut list, 1, "R1", 0);
    let one = drawn(&list, 3);
    assert_ne!(one, nothing, "an entry more");
    let mut edited = list.clone();
    edited[0].edited_at = Some(list[0].at + chrono::TimeDelta::minutes(1));
    assert_ne!(drawn(&edited, 3), one, "an entry edited");
    assert_eq!(drawn(&list, 3), one);
}

#[test]
fn pain_is_quiet_up_to_the_column_or_the_limit_of_a_clinician() {
    // Row D of section 5: the most pain that votes 0.
    for (profile, most) in [
        (Profile::Bone, 0),
        (Profile::Joint, 2),
        (Profile::Muscle, 2),
        (Profile::Tendon, 3),
    ] {
        let mut m = Measure::of(&plan(profile, Stage::RunWalk, Some("R1")), profile);
        assert_eq!(tolerated_pain(&m), most, "{profile:?}");
        for limit in [1, 4] {
            m.limit = Some(PainLimit::Clinician(limit));
            assert_eq!(tolerated_pain(&m), limit, "a clinician's {limit}");
            // One's own may hold back, and never allows more.
            m.limit = Some(PainLimit::Own(limit));
            assert_eq!(tolerated_pain(&m), most.min(limit), "own {limit}");
        }
    }
}

/// How a day went that asked for a level, or for something else.
fn went(advice: Advice, level: Option<&str>, done: &[Body]) -> Adherence {
    let ladder = Ladder::builtin();
    let session = level.and_then(|id| ladder.level(id)).map(|l| Prescription {
        level: l.id.clone(),
        activity: l.movement(),
        run_s: l.run_s,
        walk_s: l.walk_s,
        reps: l.reps,
    });
    let asked = Asked {
        on: day(1),
        advice,
        session,
        paused: None,
    };
    let mut list = Vec::new();
    for (hour, body) in (9..).zip(done) {
        add(&mut list, 1, hour, body.clone());
    }
    let kept = kept_by_day(&list.into_iter().collect(), &[asked], day(2));
    let [(on, kept)] = kept[..] else {
        panic!("one day: {kept:?}")
    };
    assert_eq!(on, day(1));
    kept
}

/// So many minutes of running.
fn ran(minutes: f64) -> Body {
    let mut s = session(Ladder::builtin().level("R1").unwrap());
    s.run_min = minutes;
    Body::Session(Box::new(s))
}

fn sport(impact: bool, planned: bool) -> Body {
    Body::Activity(Activity {
        what: "tennis".into(),
        minutes: 30.0,
        pain: Score::ZERO,
        impact,
        planned,
    })
}

const KEPT: Adherence = Adherence {
    sessions: 1,
    rest: 0,
    open: 0,
    more: 0,
};
const RESTED: Adherence = Adherence {
    sessions: 0,
    rest: 1,
    ..KEPT
};
const OPEN: Adherence = Adherence {
    sessions: 0,
    open: 1,
    ..KEPT
};
const MORE: Adherence = Adherence {
    sessions: 0,
    more: 1,
    ..KEPT
};

#[test]
fn more_than_asked_is_more_than_a_tenth_above_it() {
    let r1 = |done: &[Body]| went(Advice::RunWalk, Some("R1"), done);
    let r3 = |done: &[Body]| went(Advice::RunWalk, Some("R3"), done);
    // R1 asks for five minutes, R3 for ten.
    assert_eq!(r1(&[ran(5.5)]), KEPT);
    assert_eq!(r1(&[ran(6.0)]), MORE);
    assert_eq!(r3(&[ran(11.0)]), KEPT);
    assert_eq!(r3(&[ran(11.1)]), MORE);
    assert_eq!(r3(&[ran(6.0), ran(5.0)]), KEPT, "the minutes of the day");
    assert_eq!(r3(&[ran(6.0), ran(6.0)]), MORE, "the minutes of the day");
    assert_eq!(r3(&[ran(1.0)]), KEPT, "an easier one");
}

#[test]
fn on_a_day_of_rest_any_run_is_more_and_a_walk_is_rest() {
    let rest = |done: &[Body]| went(Advice::Rest, None, done);
    assert_eq!(rest(&[]), RESTED);
    assert_eq!(rest(&[ran(0.0)]), RESTED, "all of it walked");
    assert_eq!(rest(&[ran(0.1)]), MORE);
    // What lies within the tolerance for decimal minutes, a billionth, is no run.
    assert_eq!(rest(&[ran(1e-9)]), RESTED);
    assert_eq!(rest(&[Body::SelfTest(self_test())]), RESTED);
}

#[test]
fn impact_off_the_plan_is_more_where_no_run_was_asked_for() {
    let rest = |done: &[Body]| went(Advice::Rest, None, done);
    assert_eq!(rest(&[sport(true, false)]), MORE);
    assert_eq!(rest(&[sport(true, false), sport(true, false)]), MORE);
    assert_eq!(rest(&[sport(true, false), sport(false, false)]), MORE);
    assert_eq!(rest(&[sport(false, false)]), RESTED, "no impact");
    assert_eq!(rest(&[sport(true, true)]), RESTED, "the plan has it");
    let run = |done: &[Body]| went(Advice::RunWalk, Some("R1"), done);
    assert_eq!(run(&[sport(true, false), ran(5.0)]), KEPT);
    assert_eq!(run(&[sport(true, false)]), OPEN, "the run itself was left");
    assert_eq!(run(&[sport(false, false)]), OPEN);
    assert_eq!(run(&[]), OPEN);
}

#[test]
fn a_self_test_is_what_its_day_asked_for() {
    let test = |done: &[Body]| went(Advice::SelfTest, None, done);
    assert_eq!(test(&[Body::SelfTest(self_test())]), KEPT);
    assert_eq!(test(&[]), OPEN);
    assert_eq!(test(&[sport(false, false)]), OPEN);
}

#[test]
fn every_kind_of_day_is_among_all() {
    let kept = Adherence {
        sessions: 1,
        rest: 2,
        open: 4,
        more: 8,
    };
    assert_eq!((kept.as_planned(), kept.all()), (3, 15));
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
        Adherence {
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

/// Two answers for one morning: the later one stands, as the rules read it, be it that it
/// is not remembered.
#[test]
fn of_two_answers_for_a_morning_the_later_stands() {
    let mut list = planned();
    add(&mut list, 1, 7, Body::Morning(morning(3)));
    add(&mut list, 1, 9, Body::Morning(morning(1)));
    let told = |list: &[Entry]| {
        let found = of(list, 3, Span::FourWeeks);
        found
            .slots
            .iter()
            .find(|s| s.from == day(1))
            .unwrap()
            .morning
    };
    assert_eq!(told(&list), Some(1));
    let mut other_order = list.clone();
    (other_order[1].id, other_order[2].id) = (list[2].id, list[1].id);
    assert_eq!(told(&other_order), Some(1), "by the time, not by the id");
    let mut forgotten = morning(0);
    forgotten.remembered = false;
    add(&mut list, 1, 11, Body::Morning(forgotten));
    assert_eq!(told(&list), None);
}
