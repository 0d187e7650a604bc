//! What past days asked for, and what lies ahead: held against the engine itself, asked
//! day by day.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use crate::support;
use footing::diary::Diary;
use footing::diary::entry::{Body, Entry};
use footing::diary::vocabulary::{Profile, Stage};
use footing::rules::guidance::Advice;
use footing::rules::progression::forecast::{asked, forecast};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use proptest::prelude::*;
use support::diaries::{
    any_life, clearance, day, entry, lived, morning, plan, score, self_test, session,
};

fn start(profile: Profile, stage: Stage, level: Option<&str>) -> Vec<Entry> {
    let mut plan = plan(profile, stage, level);
    plan.no_clinician = true;
    vec![entry(&[], day(0), 6, Body::Plan(Box::new(plan)))]
}

fn add(list: &mut Vec<Entry>, on: usize, hour: u32, body: Body) {
    let made = entry(list, day(on), hour, body);
    list.push(made);
}

fn diary(list: &[Entry]) -> Diary {
    list.iter().cloned().collect()
}

/// The same told slowly: guidance asked anew for every day.
fn slowly(list: &[Entry], from: usize) -> Vec<(Stage, u32)> {
    let ladder = Ladder::builtin();
    let mut list = list.to_vec();
    let (mut stages, mut sessions) = (Vec::new(), 0);
    let mut stage = guidance(&diary(&list), day(from)).stage.unwrap();
    for n in from..from + 300 {
        let answered = list
            .iter()
            .any(|e| e.day() == day(n) && matches!(&e.body, Body::Morning(_)));
        if !answered {
            let mut quiet = morning(0);
            quiet.settled_within_hour = Some(true);
            add(&mut list, n, 5, Body::Morning(quiet));
        }
        let g = guidance(&diary(&list), day(n));
        if g.stage.unwrap() > stage {
            stage = g.stage.unwrap();
            stages.push((stage, sessions));
        }
        if stage == Stage::Running {
            break;
        }
        if g.advice == Advice::SelfTest {
            add(&mut list, n, 20, Body::SelfTest(self_test()));
        } else if let Some(p) = g.prescription().filter(|_| g.ok_done < g.ok_needed) {
            sessions += 1;
            let level = ladder.level(&p.level).unwrap();
            add(&mut list, n, 20, Body::Session(Box::new(session(level))));
        }
    }
    stages
}

#[test]
fn the_least_ahead_is_what_the_engine_gives_day_by_day() {
    for (profile, stage, level) in [
        (Profile::Joint, Stage::Rest, None),
        (Profile::Joint, Stage::Walking, Some("W3")),
        (Profile::Tendon, Stage::SelfTest, None),
        (Profile::Muscle, Stage::RunWalk, Some("R9")),
        (Profile::Joint, Stage::ShortRuns, Some("C2")),
    ] {
        let list = start(profile, stage, level);
        let found = forecast(&diary(&list), day(0)).stages;
        assert_eq!(found, slowly(&list, 0), "{profile:?} from {stage:?}");
        assert_eq!(found.last().unwrap().0, Stage::Running);
    }
}

#[test]
fn from_w1_it_counts_the_sessions_of_the_page() {
    let list = start(Profile::Joint, Stage::Walking, Some("W1"));
    let found = forecast(&diary(&list), day(0));
    // W1 to W4 twice each and W5 three times; then R1 to R13 twice each.
    assert_eq!(
        found.stages[..3],
        [
            (Stage::SelfTest, 11),
            (Stage::RunWalk, 11),
            (Stage::ShortRuns, 37)
        ]
    );
    assert_eq!(found.levels[0], (1, 2));
    let days: Vec<_> = found.days.iter().map(|(on, _)| *on).collect();
    assert!(days.is_sorted() && days[0] == day(0));
    // The short runs are the last that is foreseen: then the runner is free.
    let last = found.stages.last().unwrap();
    let sessions = u32::try_from(days.len()).unwrap();
    assert_eq!(*last, (Stage::Running, sessions));
    assert_eq!(found.days.last().unwrap().1, "C6");
}

#[test]
fn a_step_back_moves_it_and_a_pause_ends_it() {
    let mut list = start(Profile::Joint, Stage::RunWalk, Some("R5"));
    let ladder = Ladder::builtin();
    let to_c1 = |list: &[Entry], on| {
        let found = forecast(&diary(list), day(on)).stages;
        found
            .iter()
            .find(|(s, _)| *s == Stage::ShortRuns)
            .map(|(_, n)| *n)
    };
    assert_eq!(to_c1(&list, 0), Some(18));
    let mut hurt = session(ladder.level("R5").unwrap());
    hurt.pain_during = score(5);
    add(&mut list, 0, 18, Body::Session(Box::new(hurt)));
    add(&mut list, 1, 7, Body::Morning(morning(0)));
    assert_eq!(to_c1(&list, 1), Some(20));
    let mut worse = session(ladder.level("R4").unwrap());
    worse.pain_during = score(9);
    add(&mut list, 4, 18, Body::Session(Box::new(worse)));
    let found = forecast(&diary(&list), day(5));
    assert!(
        found.stages.is_empty() && found.days.is_empty(),
        "a pause promises nothing"
    );
    // A clearance on a later day opens the way again.
    add(&mut list, 6, 9, Body::Clearance(clearance()));
    assert!(to_c1(&list, 7).is_some());
}

#[test]
fn what_a_clinician_closes_is_not_promised() {
    let mut list = start(Profile::Joint, Stage::RunWalk, Some("R2"));
    let mut capped = clearance();
    capped.max_level = Some("R4".into());
    add(&mut list, 0, 9, Body::Clearance(capped));
    let found = forecast(&diary(&list), day(1));
    assert!(
        found.stages.is_empty(),
        "nothing beyond the limit: {:?}",
        found.stages
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// One pass gives for each day what the engine says in that day's morning, when it
    /// sees nothing that was entered later.
    #[test]
    fn each_day_asked_what_the_engine_said_that_morning((start, genes) in any_life(20..80)) {
        let list = lived(Profile::Joint, &start, &genes);
        let whole = diary(&list);
        let last = list.iter().map(Entry::day).max().unwrap();
        let all = asked(&whole, day(0), last);
        prop_assert!(!all.is_empty());
        for told in all.iter().step_by(7) {
            // Late answers and days away are hindsight: such a day is not compared.
            let late = |e: &&Entry| match &e.body {
                Body::Morning(m) => m.for_day.is_some_and(|d| d < e.day()),
                Body::Absence(_) | Body::Appointment(_) | Body::Benchmark(_) => true,
                Body::Plan(_) | Body::Clearance(_) | Body::Freedom(_) => e.day() == told.on,
                _ => false,
            };
            if list.iter().any(|e| late(&e)) || !e_flags(&list, told.on) {
                continue;
            }
            let until: Diary = list
                .iter()
                .filter(|e| e.day() < told.on
                    || (e.day() == told.on && matches!(e.body, Body::Morning(_))))
                .cloned()
                .collect();
            let g = guidance(&until, told.on);
            prop_assert_eq!(told.advice, g.advice, "on {}", told.on);
            prop_assert_eq!(told.session.as_ref(), g.prescription(), "on {}", told.on);
        }
    }

    #[test]
    fn any_diary_gives_an_answer((start, genes) in any_life(20..80)) {
        let list = lived(Profile::Joint, &start, &genes);
        let last = list.iter().map(Entry::day).max().unwrap();
        let found = forecast(&diary(&list), last);
        prop_assert!(found.stages.is_sorted_by_key(|(s, n)| (*s, *n)));
        prop_assert!(found.levels.is_sorted_by_key(|(i, n)| (*i, *n)));
    }
}

/// Whether no warning sign was entered on that day: an emergency begins within it.
fn e_flags(list: &[Entry], on: chrono::NaiveDate) -> bool {
    list.iter().all(|e| e.day() != on || e.flags.is_empty())
}

/// After 120 days without a word nothing is asked of anyone until the next one.
#[test]
fn months_of_silence_ask_for_nothing() {
    let mut list = start(Profile::Joint, Stage::Walking, Some("W2"));
    add(&mut list, 10, 7, Body::Morning(morning(0)));
    add(&mut list, 400, 7, Body::Morning(morning(0)));
    let days: Vec<_> = asked(&diary(&list), day(0), day(402))
        .into_iter()
        .map(|asked| asked.on)
        .collect();
    let expected: Vec<_> = (1..=130).chain(400..=402).map(day).collect();
    assert_eq!(days, expected);
}
