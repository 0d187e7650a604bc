//! The calendar file, as another library reads it.
#![allow(clippy::unwrap_used)]

use crate::support;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use footing::diary::Diary;
use footing::diary::entry::{Appointment, Body, Entry, Session};
use footing::diary::vocabulary::{Profile, Stage, Weekday};
use footing::insights::schedule::{
    CalendarOptions, CalendarWords, EventKind, PlannedEvent, is_empty, planned, remember, write,
};
use footing::rules::progression::guidance;
use icalendar::parser::{Component, read_calendar, unfold};
use proptest::prelude::*;
use proptest::sample::select;
use support::any_text;
use support::diaries::{any_life, clearance, day, entry, lived, morning, plan, self_test, session};

fn words() -> CalendarWords {
    CalendarWords {
        name: "Footing, my plan".into(),
        titles: ["Session; run, or walk", "Strength", "Morning check", "Appointment"].map(Into::into),
        about: "Open Footing for what it is today.\nThe plan may change after each log, and a long line is folded: zwölf Übungen, größer.".into(),
        cancelled: "Cancelled:".into(),
    }
}

fn choice() -> CalendarOptions {
    let at = |hour| NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
    CalendarOptions {
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

fn of(events: &[PlannedEvent], kind: EventKind) -> Vec<&PlannedEvent> {
    events.iter().filter(|e| e.kind == kind).collect()
}

#[test]
fn the_plan_is_run_forward_on_quiet_days() {
    let events = planned(&diary(&runner()), day(0), 4);
    let runs = of(&events, EventKind::Session);
    // Three a week, a day between.
    assert_eq!(runs.len(), 12, "{runs:#?}");
    for pair in runs.windows(2) {
        assert!((pair[1].on - pair[0].on).num_days() >= 2);
    }
    let mornings = of(&events, EventKind::Morning);
    assert_eq!(mornings.len(), 12);
    for (run, morning) in runs.iter().zip(mornings) {
        assert_eq!(morning.on, run.on.succ_opt().unwrap());
    }
    let strength = of(&events, EventKind::Strength);
    assert!((6..=9).contains(&strength.len()), "{strength:#?}");
}

#[test]
fn days_that_suit_are_kept_to() {
    let mut list = runner();
    if let Body::Plan(plan) = &mut list[0].body {
        plan.days = vec![Weekday::Mon, Weekday::Thu];
    }
    let events = planned(&diary(&list), day(0), 4);
    let days: Vec<_> = of(&events, EventKind::Session)
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
    let all: Vec<_> = events.iter().map(|e| (e.kind, e.on)).collect();
    assert_eq!(all, [(EventKind::Appointment, day(3))]);
    assert_eq!(planned(&Diary::default(), day(0), 4), []);
}

#[test]
fn only_appointments_to_come_are_planned() {
    let mut list = runner();
    for (date, kept) in [
        (day(2), None),
        (day(3), None),
        (day(5), Some(true)),
        (day(6), Some(false)),
        (day(9), None),
    ] {
        let appointment = Appointment {
            with: String::new(),
            date,
            kept,
            questions: String::new(),
        };
        let e = entry(&list, day(0), 9, Body::Appointment(appointment));
        list.push(e);
    }
    let events = planned(&diary(&list), day(3), 1);
    let days: Vec<_> = of(&events, EventKind::Appointment)
        .iter()
        .map(|e| e.on)
        .collect();
    assert_eq!(days, [day(3), day(9)]);
}

#[test]
fn a_plan_entered_for_a_later_day_is_not_kept_to_yet() {
    let mut list = runner();
    let mut later = plan(Profile::Joint, Stage::RunWalk, Some("R1"));
    later.days = vec![Weekday::Tue];
    if let Body::Plan(plan) = &mut list[0].body {
        plan.days = vec![Weekday::Mon, Weekday::Thu];
    }
    let e = entry(&list, day(30), 9, Body::Plan(Box::new(later)));
    list.push(e);
    let events = planned(&diary(&list), day(0), 1);
    let days: Vec<_> = of(&events, EventKind::Session)
        .iter()
        .map(|e| e.on)
        .collect();
    assert_eq!(days, [day(0), day(3)]);
}

/// Name and day of each morning check.
fn mornings(events: &[PlannedEvent]) -> Vec<(&str, NaiveDate)> {
    of(events, EventKind::Morning)
        .into_iter()
        .map(|e| (e.uid.split('@').next().unwrap(), e.on))
        .collect()
}

#[test]
fn the_morning_after_a_logged_session_is_asked_about() {
    let ladder = footing::thresholds::ladder::Ladder::builtin();
    let mut list = runner();
    let done = session(ladder.level("R1").unwrap());
    let e = entry(&list, day(0), 18, Body::Session(Box::new(done)));
    list.push(e);
    // Asked for in the evening of that day, and on the next, before it is answered.
    for today in [day(0), day(1)] {
        let events = planned(&diary(&list), today, 1);
        assert_eq!(
            mornings(&events)[..2],
            [("morning-1", day(1)), ("morning-2", day(3))]
        );
    }
    let e = entry(&list, day(1), 8, Body::Morning(morning(0)));
    list.push(e);
    let events = planned(&diary(&list), day(1), 1);
    assert_eq!(mornings(&events)[..1], [("morning-2", day(3))]);
}

/// A session is one with a level or with running in it: a walk besides is not numbered.
#[test]
fn what_was_logged_is_numbered_as_it_was_planned() {
    let level = |id: &str| {
        let ladder = footing::thresholds::ladder::Ladder::builtin();
        session(ladder.level(id).unwrap())
    };
    let off_the_plan = |run_min| Session {
        level: None,
        run_min,
        ..level("R1")
    };
    for (done, next) in [
        (level("R1"), "session-2@"),
        (level("W1"), "session-2@"),
        (off_the_plan(3.0), "session-2@"),
        (off_the_plan(0.0), "session-1@"),
    ] {
        let mut list = runner();
        let e = entry(&list, day(0), 18, Body::Session(Box::new(done)));
        list.push(e);
        let events = planned(&diary(&list), day(0), 1);
        let name = &of(&events, EventKind::Session)[0].uid;
        assert!(name.starts_with(next), "{name}");
    }
}

#[test]
fn at_rest_each_morning_is_asked_about_until_three_were_quiet() {
    let mut list = runner();
    let rest = plan(Profile::Joint, Stage::Rest, None);
    list[0].body = Body::Plan(Box::new(rest));
    let events = planned(&diary(&list), day(0), 1);
    assert_eq!(
        mornings(&events)[..4],
        [
            ("morning-on-2026-01-05", day(0)),
            ("morning-on-2026-01-06", day(1)),
            ("morning-on-2026-01-07", day(2)),
            // The first walk is that of the third quiet morning's next day.
            ("morning-1", day(4)),
        ]
    );
    assert_eq!(of(&events, EventKind::Session)[0].on, day(3));
}

#[test]
fn the_self_test_waits_for_a_day_that_suits() {
    let mut list = runner();
    let mut testing = plan(Profile::Joint, Stage::SelfTest, None);
    testing.days = vec![Weekday::Thu];
    list[0].body = Body::Plan(Box::new(testing));
    let events = planned(&diary(&list), day(0), 2);
    let days: Vec<_> = of(&events, EventKind::Session)
        .iter()
        .map(|e| e.on)
        .collect();
    assert_eq!(days, [day(3), day(10)]);
    // Done, it keeps its number.
    let e = entry(&list, day(3), 18, Body::SelfTest(self_test()));
    list.push(e);
    let events = planned(&diary(&list), day(3), 2);
    assert_eq!(mornings(&events)[0], ("morning-1", day(4)));
    let next = of(&events, EventKind::Session)[0];
    assert!(next.uid.starts_with("session-2@"), "{next:?}");
    assert_eq!(next.on, day(10));
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
    let few = CalendarOptions {
        kinds: [false, false, true, false],
        alarm_min: None,
        ..choice()
    };
    let text = write(&events, &few, &words(), "", stamp(day(0)));
    assert!(!text.contains("VALARM"));
    let all = parsed(&text);
    assert_eq!(all.len(), of(&events, EventKind::Morning).len());
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
    let ladder = footing::thresholds::ladder::Ladder::builtin();
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

/// A calendar takes the event of the higher number: it counts the minutes since 2024 began
/// in UTC, here 735 days and nine hours.
#[test]
fn a_file_is_numbered_by_the_minutes_since_2024() {
    let text = write(&one_of_each(), &choice(), &words(), "", stamp(day(0)));
    let all = parsed(&text);
    assert!(all.iter().all(|e| value(e, "SEQUENCE") == "1058940"));
}

#[test]
fn what_is_planned_no_more_is_taken_back() {
    let mut list = runner();
    let before = planned(&diary(&list), day(0), 2);
    let kept = remember(&before, &choice());
    let mut flag = entry(&list, day(1), 9, Body::Flag);
    flag.flags = vec![footing::diary::vocabulary::RedFlag::NightPain];
    list.push(flag);
    let after = planned(&diary(&list), day(2), 2);
    assert_eq!(after, [], "paused");
    let text = write(&after, &choice(), &words(), &kept, stamp(day(2)));
    let all = parsed(&text);
    let coming = before.iter().filter(|e| e.on >= day(2)).count();
    assert_eq!(all.len(), coming);
    assert!(all.iter().all(|e| value(e, "STATUS") == "CANCELLED"));
    assert!(
        all.iter()
            .all(|e| value(e, "SUMMARY").starts_with("Cancelled: "))
    );
    assert!(!is_empty(&after, &choice(), &kept, day(2)));
    assert!(
        is_empty(&after, &choice(), "", day(2)),
        "nothing to hand out"
    );
    assert!(
        is_empty(&after, &choice(), &kept, day(60)),
        "all of it has passed"
    );
    // What is still wanted is not.
    let (kept_one, others) = before.split_first().unwrap();
    let still = PlannedEvent {
        on: day(9),
        ..kept_one.clone()
    };
    let all = parsed(&write(
        std::slice::from_ref(&still),
        &choice(),
        &words(),
        &kept,
        stamp(day(0)),
    ));
    assert_eq!(all.len(), 1 + others.len());
    for event in &all {
        let cancelled = value(event, "STATUS") == "CANCELLED";
        assert_eq!(cancelled, value(event, "UID") != still.uid, "{event:?}");
    }
    // Whatever else stands in that memory does no harm.
    let odd = "x\nsession soon u\nsession 2026-99-99 u\n\u{0}";
    assert_eq!(
        parsed(&write(&[], &choice(), &words(), odd, stamp(day(2)))),
        Vec::<Vec<_>>::new()
    );
}

/// One event of each kind, on days in a row.
fn one_of_each() -> Vec<PlannedEvent> {
    let event = |(n, kind): (usize, EventKind)| PlannedEvent {
        kind,
        uid: [kind.key(), "-1@x.footing"].concat(),
        on: day(n),
        with: String::new(),
    };
    EventKind::ALL.into_iter().enumerate().map(event).collect()
}

#[test]
fn an_event_is_taken_back_as_what_it_was() {
    let kept = remember(&one_of_each(), &choice());
    let all = parsed(&write(&[], &choice(), &words(), &kept, stamp(day(0))));
    let told: Vec<_> = all
        .iter()
        .map(|e| (value(e, "UID"), value(e, "SUMMARY"), value(e, "DTSTART")))
        .collect();
    assert_eq!(
        told,
        [
            (
                "session-1@x.footing",
                "Cancelled: Session; run, or walk",
                "20260105T173000"
            ),
            (
                "strength-1@x.footing",
                "Cancelled: Strength",
                "20260106T173000"
            ),
            (
                "morning-1@x.footing",
                "Cancelled: Morning check",
                "20260107T073000"
            ),
            (
                "appointment-1@x.footing",
                "Cancelled: Appointment",
                "20260108"
            ),
        ]
    );
}

#[test]
fn each_kind_is_entered_for_as_long_as_it_takes() {
    let text = write(&one_of_each(), &choice(), &words(), "", stamp(day(0)));
    let all = parsed(&text);
    let long: Vec<_> = all.iter().map(|e| value(e, "DURATION")).collect();
    assert_eq!(
        long,
        ["PT45M", "PT25M", "PT5M", ""],
        "a whole day has no length"
    );
}

/// An appointment is entered for the whole day, which begins at midnight: half an hour
/// before that is no help.
#[test]
fn an_appointment_is_reminded_of_at_nine_on_the_day_before() {
    let all = parsed(&write(
        &one_of_each(),
        &choice(),
        &words(),
        "",
        stamp(day(0)),
    ));
    let triggers: Vec<_> = all.iter().map(|e| value(e, "TRIGGER")).collect();
    assert_eq!(triggers, ["-PT30M", "-PT30M", "-PT30M", "-PT900M"]);
}

/// RFC 5545, 3.1: no longer than 75 octets without the break, and a space begins what
/// goes on. A letter of two octets is not cut.
#[test]
fn a_line_is_broken_after_seventy_five_octets() {
    let lines = |name: String| {
        let words = CalendarWords { name, ..words() };
        let text = write(&[], &choice(), &words, "", stamp(day(0)));
        let (_, rest) = text.split_once("X-WR-CALNAME:").unwrap();
        let (name, _) = rest.split_once("\r\nEND").unwrap();
        name.to_owned()
    };
    // Thirteen octets stand before it.
    let a = |n: usize| "a".repeat(n);
    assert_eq!(lines(a(62)), a(62));
    assert_eq!(lines(a(63)), [&a(62), "\r\n a"].concat());
    assert_eq!(lines(a(60) + "ü"), a(60) + "ü");
    assert_eq!(lines(a(61) + "ü"), a(61) + "\r\n ü");
    assert_eq!(lines(a(62 + 74)), [&a(62), "\r\n ", &a(74)].concat());
    assert_eq!(
        lines(a(62 + 75)),
        [&a(62), "\r\n ", &a(74), "\r\n a"].concat()
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
            let runs = of(&events, EventKind::Session);
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

/// East of Greenwich the morning still has yesterday's date there, west of it the evening
/// has tomorrow's: what is taken back goes by the person's own day.
#[test]
fn the_file_goes_by_the_day_of_the_person() {
    let kept = format!(
        "session {} uid-of-yesterday\nsession {} uid-of-today\n",
        day(0),
        day(1)
    );
    for (offset_h, clock) in [(13, "07:30"), (-10, "20:00"), (1, "00:10"), (0, "12:00")] {
        let sign = if offset_h < 0 { '-' } else { '+' };
        let hours = i32::abs(offset_h);
        let at = format!("{}T{clock}:00{sign}{hours:02}:00", day(1));
        let at = chrono::DateTime::parse_from_rfc3339(&at).unwrap();
        let all = parsed(&write(&[], &choice(), &words(), &kept, at));
        let uids: Vec<_> = all.iter().map(|e| value(e, "UID")).collect();
        assert_eq!(uids, ["uid-of-today"], "{at}");
    }
}
