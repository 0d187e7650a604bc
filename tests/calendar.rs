//! The calendar file, as another library reads it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod support;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use footing::domain::calendar::{Choice, Event, What, Words, planned, remember, write};
use footing::domain::diary::Diary;
use footing::domain::entry::{Appointment, Body, Entry};
use footing::domain::keys::{Profile, Stage, Weekday};
use footing::domain::progression::guidance;
use icalendar::parser::{Component, read_calendar, unfold};
use proptest::prelude::*;
use proptest::sample::select;
use support::any_text;
use support::diaries::{any_life, clearance, day, entry, lived, morning, plan, session};

fn words() -> Words {
    Words {
        name: "Footing, my plan".into(),
        titles: ["Session; run, or walk", "Strength", "Morning check", "Appointment"].map(Into::into),
        about: "Open Footing for what it is today.\nThe plan may change after each log, and a long line is folded: zwölf Übungen, größer.".into(),
    }
}

fn choice() -> Choice {
    let at = |hour| NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
    Choice {
        weeks: 4,
        kinds: [true; 4],
        session_at: at(17),
        morning_at: at(7),
        alarm_min: Some(30),
    }
}

fn stamp(on: NaiveDate) -> DateTime<FixedOffset> {
    on.and_hms_opt(9, 0, 0).unwrap().and_utc().fixed_offset()
}

/// A runner at R1 with a go-ahead, on the first day.
fn runner() -> Vec<Entry> {
    let mut list = Vec::new();
    let mut add = |on, hour, body| {
        let e = entry(&list, on, hour, body);
        list.push(e);
    };
    let plan = plan(Profile::Joint, Stage::RunWalk, Some("R1"));
    add(day(0), 6, Body::Plan(Box::new(plan)));
    add(day(0), 7, Body::Clearance(clearance()));
    list
}

fn diary(list: &[Entry]) -> Diary {
    list.iter().cloned().collect()
}

fn of(events: &[Event], what: What) -> Vec<&Event> {
    events.iter().filter(|e| e.what == what).collect()
}

#[test]
fn the_plan_is_run_forward_on_quiet_days() {
    let events = planned(&diary(&runner()), day(0), 4);
    let runs = of(&events, What::Session);
    // Three a week, a day between.
    assert_eq!(runs.len(), 12, "{runs:#?}");
    for pair in runs.windows(2) {
        assert!((pair[1].on - pair[0].on).num_days() >= 2);
    }
    let mornings = of(&events, What::Morning);
    assert_eq!(mornings.len(), 12);
    for (run, morning) in runs.iter().zip(mornings) {
        assert_eq!(morning.on, run.on.succ_opt().unwrap());
    }
    let strength = of(&events, What::Strength);
    assert!((6..=9).contains(&strength.len()), "{strength:#?}");
}

#[test]
fn days_that_suit_are_kept_to() {
    let mut list = runner();
    if let Body::Plan(plan) = &mut list[0].body {
        plan.days = vec![Weekday::Mon, Weekday::Thu];
    }
    let events = planned(&diary(&list), day(0), 4);
    let days: Vec<_> = of(&events, What::Session)
        .iter()
        .map(|e| e.on.format("%a").to_string())
        .collect();
    assert_eq!(
        days,
        ["Mon", "Thu", "Mon", "Thu", "Mon", "Thu", "Mon", "Thu"]
    );
}

#[test]
fn nothing_is_planned_while_a_clinician_is_waited_for() {
    let mut list = runner();
    list.truncate(1);
    if let Body::Plan(plan) = &mut list[0].body {
        plan.needs_clearance = true;
    }
    let at = entry(
        &list,
        day(0),
        9,
        Body::Appointment(Appointment {
            with: "Mara, physio".into(),
            date: day(3),
            kept: None,
            questions: String::new(),
        }),
    );
    list.push(at);
    let events = planned(&diary(&list), day(0), 4);
    let all: Vec<_> = events.iter().map(|e| (e.what, e.on)).collect();
    assert_eq!(all, [(What::Appointment, day(3))]);
    assert_eq!(planned(&Diary::default(), day(0), 4), []);
}

/// Unfolds and parses; every line is short and ends as it should.
fn parsed(text: &str) -> Vec<Vec<(String, String)>> {
    assert!(text.ends_with("\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(['\r', '\n']));
    }
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap();
    let flat = |c: &Component| {
        let own = c.properties.iter();
        let inner = c.components.iter().flat_map(|c| c.properties.iter());
        let pair = |p: &icalendar::parser::Property| (p.name.to_string(), p.val.to_string());
        own.chain(inner).map(pair).collect::<Vec<_>>()
    };
    let kinds: Vec<_> = calendar
        .components
        .iter()
        .map(|c| c.name.to_string())
        .collect();
    assert!(kinds.iter().all(|k| k == "VEVENT"), "{kinds:?}");
    calendar.components.iter().map(flat).collect()
}

fn value<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    event.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
}

#[test]
fn another_library_reads_the_file() {
    let events = planned(&diary(&runner()), day(0), 4);
    let text = write(&events, &choice(), &words(), "", stamp(day(0)));
    let all = parsed(&text);
    assert_eq!(all.len(), events.len());
    let first = &all[0];
    assert_eq!(value(first, "SUMMARY"), "Session; run, or walk");
    assert!(value(first, "DESCRIPTION").ends_with("zwölf Übungen, größer."));
    assert_eq!(value(first, "DTSTART"), "20260105T173000");
    assert_eq!(value(first, "DTSTAMP"), "20260105T090000Z");
    assert_eq!(value(first, "TRIGGER"), "-PT30M");
    assert!(value(first, "UID").starts_with("session-1@"), "{first:?}");
    // Without alarms there are none, and what was not chosen is not there.
    let few = Choice {
        kinds: [false, false, true, false],
        alarm_min: None,
        ..choice()
    };
    let text = write(&events, &few, &words(), "", stamp(day(0)));
    assert!(!text.contains("VALARM"));
    let all = parsed(&text);
    assert_eq!(all.len(), of(&events, What::Morning).len());
    assert!(all.iter().all(|e| value(e, "SUMMARY") == "Morning check"));
    let mut uids: Vec<_> = all.iter().map(|e| value(e, "UID").to_owned()).collect();
    uids.dedup();
    assert_eq!(uids.len(), all.len());
}

#[test]
fn a_new_file_moves_what_the_old_one_put_there() {
    let mut list = runner();
    let before = planned(&diary(&list), day(0), 2);
    let kept = remember(&before, &choice());
    let first = write(&before, &choice(), &words(), "", stamp(day(0)));
    // The runner goes out on the first day, two days late for the second.
    let ladder = footing::domain::ladder::Ladder::builtin();
    for (on, hour, body) in [
        (
            day(0),
            18,
            Body::Session(Box::new(session(ladder.level("R1").unwrap()))),
        ),
        (day(1), 8, Body::Morning(morning(0))),
    ] {
        let e = entry(&list, on, hour, body);
        list.push(e);
    }
    let today = day(4);
    assert!(guidance(&diary(&list), today).prescription().is_some());
    let after = planned(&diary(&list), today, 2);
    let text = write(&after, &choice(), &words(), &kept, stamp(today));
    let (old, new) = (parsed(&first), parsed(&text));
    let find = |all: &[Vec<(String, String)>], uid: &str| {
        all.iter()
            .find(|e| value(e, "UID").starts_with(uid))
            .cloned()
    };
    // The second session has the same name on another day, and a later number.
    let (was, is) = (
        find(&old, "session-2@").unwrap(),
        find(&new, "session-2@").unwrap(),
    );
    assert_eq!(value(&was, "DTSTART"), "20260107T173000");
    assert_eq!(value(&is, "DTSTART"), "20260109T173000");
    let number = |e: &[(String, String)]| value(e, "SEQUENCE").parse::<u32>().unwrap();
    assert!(number(&is) > number(&was));
    // What is over is left alone.
    assert_eq!(find(&new, "session-1@"), None);
}

#[test]
fn what_is_planned_no_more_is_taken_back() {
    let mut list = runner();
    let before = planned(&diary(&list), day(0), 2);
    let kept = remember(&before, &choice());
    let mut flag = entry(&list, day(1), 9, Body::Flag);
    flag.flags = vec![footing::domain::keys::Flag::NightPain];
    list.push(flag);
    let after = planned(&diary(&list), day(2), 2);
    assert_eq!(after, [], "paused");
    let text = write(&after, &choice(), &words(), &kept, stamp(day(2)));
    let all = parsed(&text);
    let coming = before.iter().filter(|e| e.on >= day(2)).count();
    assert_eq!(all.len(), coming);
    assert!(all.iter().all(|e| value(e, "STATUS") == "CANCELLED"));
    // Whatever else stands in that memory does no harm.
    let odd = "x\nsession soon u\nsession 2026-99-99 u\n\u{0}";
    assert_eq!(
        parsed(&write(&[], &choice(), &words(), odd, stamp(day(2)))),
        Vec::<Vec<_>>::new()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the diary: two runs are never planned on neighbouring days below
    /// `running`, and no more than four in a week; the file can be read.
    #[test]
    fn any_diary_makes_a_calendar((start, genes) in any_life(5..25), profile in select(Profile::ALL), with in any_text()) {
        let mut list = lived(profile, &start, &genes);
        let on = list.iter().map(Entry::day).max().unwrap();
        let e = entry(&list, on, 22, Body::Appointment(Appointment { with, date: on, kept: None, questions: String::new() }));
        list.push(e);
        let diary = diary(&list);
        let events = planned(&diary, on, 2);
        let text = write(&events, &choice(), &words(), "", stamp(on));
        prop_assert_eq!(parsed(&text).len(), events.len());
        let today = guidance(&diary, on);
        let running = today.stage >= Some(Stage::RunWalk) && today.stage < Some(Stage::Running);
        // A walk that leads back to running may have the run on the day after it.
        if running && today.advice.runs() {
            let runs = of(&events, What::Session);
            for pair in runs.windows(2) {
                prop_assert!((pair[1].on - pair[0].on).num_days() >= 2, "{:?}", runs);
            }
            for run in &runs {
                let week = runs.iter().filter(|r| (0..7).contains(&(r.on - run.on).num_days())).count();
                prop_assert!(week <= 4, "{:?}", runs);
            }
        }
    }
}
