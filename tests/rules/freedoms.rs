//! Section 8: one new freedom at a time, in order, each held a week; a step back begins
//! them anew.
#![allow(clippy::unwrap_used, clippy::pedantic)]

use crate::support;
use footing::diary::Diary;
use footing::diary::entry::{Body, Entry, Freedom};
use footing::diary::vocabulary::{FreedomName, Profile, Site, Stage};
use footing::rules::guidance::{Guidance, Rule};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use support::diaries::{clearance, day, entry, morning, plan, score, session};

fn put(list: &mut Vec<Entry>, on: usize, hour: u32, body: Body) {
    let e = entry(list, day(on), hour, body);
    list.push(e);
}

fn free(list: &mut Vec<Entry>, name: FreedomName, on: usize) {
    let from = day(on);
    put(list, on, 12, Body::Freedom(Freedom { name, from }));
}

fn ask(list: &[Entry], on: usize) -> Guidance {
    let diary: Diary = list.iter().cloned().collect();
    guidance(&diary, day(on))
}

/// Back to running, with a quiet run every other day from day 0 up to and without a day.
fn back(profile: Profile, site: Site, days: usize) -> Vec<Entry> {
    let mut list = Vec::new();
    let mut p = plan(profile, Stage::Running, None);
    p.injury.site = site;
    p.sessions_per_week = 3;
    put(&mut list, 0, 6, Body::Plan(Box::new(p)));
    put(&mut list, 0, 7, Body::Clearance(clearance()));
    let level = Ladder::builtin().level("C6").unwrap().clone();
    for n in 0..days {
        put(&mut list, n, 8, Body::Morning(morning(0)));
        if [0, 2, 4].contains(&(n % 7)) {
            put(&mut list, n, 18, Body::Session(Box::new(session(&level))));
        }
    }
    list
}

#[test]
fn one_at_a_time_in_order_each_held_a_week() {
    let mut list = back(Profile::Joint, Site::Knee, 60);
    let mut offered = Vec::new();
    let mut on = 0;
    while let Some((name, from)) = ask(&list, on).next_freedom {
        assert_eq!(from, day(on), "{name:?}");
        offered.push(name);
        free(&mut list, name, on);
        let next = ask(&list, on).next_freedom;
        on += 7;
        assert!(next.is_none_or(|n| n.1 == day(on)), "{next:?}");
        // A day early it does not count.
        if let Some((name, _)) = next {
            let mut early = list.clone();
            free(&mut early, name, on - 1);
            assert_eq!(ask(&early, on).next_freedom, Some((name, day(on))));
        }
    }
    assert_eq!(offered, FreedomName::ALL);
}

#[test]
fn another_than_the_one_that_is_offered_does_not_count() {
    let mut list = back(Profile::Joint, Site::Knee, 20);
    let offered = Some((FreedomName::ALL[0], day(0)));
    assert_eq!(ask(&list, 10).next_freedom, offered);
    free(&mut list, FreedomName::ALL[1], 10);
    assert_eq!(ask(&list, 19).next_freedom, offered);
}

#[test]
fn days_back_to_back_are_a_clinicians_word_for_bone_tendon_and_calf() {
    for (profile, site, offered) in [
        (Profile::Joint, Site::Knee, true),
        (Profile::Muscle, Site::Calf, false),
        (Profile::Tendon, Site::Achilles, false),
        (Profile::Bone, Site::Shin, false),
    ] {
        let mut list = back(profile, site, 60);
        let mut seen = Vec::new();
        let mut on = 0;
        while let Some((name, _)) = ask(&list, on).next_freedom {
            seen.push(name);
            free(&mut list, name, on);
            on += 7;
        }
        assert_eq!(
            seen.contains(&FreedomName::BackToBack),
            offered,
            "{profile:?}"
        );
        assert_eq!(seen.len(), if offered { 8 } else { 7 });
    }
}

#[test]
fn a_step_back_begins_them_anew_and_none_is_offered_before() {
    let mut list = back(Profile::Joint, Site::Knee, 10);
    free(&mut list, FreedomName::Longer, 0);
    assert_eq!(
        ask(&list, 8).next_freedom.unwrap().0,
        FreedomName::FourthDay
    );
    let mut bad = session(Ladder::builtin().level("C6").unwrap());
    bad.pain_during = score(5);
    put(&mut list, 9, 19, Body::Session(Box::new(bad)));
    let g = ask(&list, 9);
    assert_eq!((g.stage, g.next_freedom), (Some(Stage::ShortRuns), None));
}

#[test]
fn a_fourth_day_is_a_fourth_day_only_when_its_turn_has_come() {
    let caps = |list: &[Entry], on| {
        let g = ask(list, on);
        g.reasons.iter().any(|r| r.rule == Rule::Cap)
    };
    // Runs on days 7, 9 and 11: day 13 would be the fourth.
    let list = back(Profile::Joint, Site::Knee, 13);
    assert!(caps(&list, 13));
    let mut out_of_order = list.clone();
    free(&mut out_of_order, FreedomName::FourthDay, 8);
    assert!(caps(&out_of_order, 13));
    let mut in_order = list;
    free(&mut in_order, FreedomName::Longer, 0);
    free(&mut in_order, FreedomName::FourthDay, 7);
    assert!(!caps(&in_order, 13));
}

#[test]
fn one_longer_run_a_week_within_110_percent() {
    let mut list = back(Profile::Joint, Site::Knee, 14);
    put(&mut list, 14, 8, Body::Morning(morning(0)));
    assert_eq!(ask(&list, 14).longer_min, None);
    free(&mut list, FreedomName::Longer, 0);
    // Three runs of 30 a week: 33 is 110 % of the longest; the last 7 days hold 60 of them.
    assert_eq!(ask(&list, 14).longer_min, Some(33));
    let mut long = session(Ladder::builtin().level("C6").unwrap());
    long.level = None;
    long.planned_run_min = Some(33.0);
    long.run_min = 33.0;
    put(&mut list, 14, 18, Body::Session(Box::new(long)));
    put(&mut list, 15, 8, Body::Morning(morning(0)));
    put(&mut list, 16, 8, Body::Morning(morning(0)));
    assert_eq!(ask(&list, 16).longer_min, None);
}

/// Back to running, four runs a week allowed, with the freedom `longer`, and one short
/// run of so many minutes beside that of day 11.
fn with_a_short_run(minutes: f64) -> Option<u32> {
    let mut list = back(Profile::Joint, Site::Knee, 14);
    if let Body::Plan(p) = &mut list[0].body {
        p.sessions_per_week = 4;
    }
    free(&mut list, FreedomName::Longer, 0);
    let mut short = session(Ladder::builtin().level("C6").unwrap());
    short.level = None;
    short.run_min = minutes;
    put(&mut list, 11, 20, Body::Session(Box::new(short)));
    put(&mut list, 14, 8, Body::Morning(morning(0)));
    list.sort_by_key(|e| e.at);
    ask(&list, 14).longer_min
}

/// The week before, days 1 to 7, holds three runs of 30: 99 minutes are its 110 %. Day 0
/// lies 14 days back and is none of it.
#[test]
fn the_week_with_a_longer_run_holds_no_more_than_110_percent_of_the_week_before() {
    // 60 and 7 are run: 32 are left, less than 33.
    assert_eq!(with_a_short_run(7.0), Some(32));
    // Whole minutes, rounded down.
    assert_eq!(with_a_short_run(6.5), Some(32));
    // 60 and 9: 30 are left, which is the level itself.
    assert_eq!(with_a_short_run(9.0), None);
}
