//! Flights and clocks put right: what is past counts, whatever date it bears.
#![allow(clippy::unwrap_used)]

use crate::phone::Phone;
use chrono::{DateTime, FixedOffset};
use footing::app::{Event, Now, update};
use footing::diary::vocabulary::RedFlag;
use footing::insights::report::{Period, report_at};
use footing::rules::guidance::Advice;

/// A plan and a run with chest pain, both entered at UTC+13, as they are stored.
const STORED: [(&str, &str); 2] = [
    (
        "0195a000-0000-7000-8000-000000000001",
        r#"{"id":"0195a000-0000-7000-8000-000000000001","at":"2026-02-26T08:00:00+13:00","kind":"plan","injury":{"profile":"joint","site":"knee","side":"left","since":"2026-01-01"},"no_clinician":true,"start_stage":"run-walk","start_level":"R3"}"#,
    ),
    (
        "0195a000-0000-7000-8000-000000000002",
        r#"{"id":"0195a000-0000-7000-8000-000000000002","at":"2026-03-02T09:00:00+13:00","kind":"session","activity":"run-walk","level":"R3","run_min":10,"walk_min":20,"pain_during":6,"flags":["chest-pain"]}"#,
    ),
];

fn at(text: &str) -> Now {
    let at: DateTime<FixedOffset> = text.parse().unwrap();
    Now {
        ms: at.timestamp_millis(),
        offset_s: at.offset().local_minus_utc(),
        seed: [1; 10],
    }
}

/// The stored diary, opened at that moment.
fn opened(text: &str) -> Phone {
    let mut phone = Phone::new();
    let stored = STORED.map(|(id, json)| (id.to_owned(), json.to_owned()));
    phone.local.extend(stored.clone());
    phone.indexed_db.extend(stored);
    phone.open();
    tick(&mut phone, text);
    phone
}

fn tick(phone: &mut Phone, text: &str) {
    update(&mut phone.state, Event::Tick, at(text));
}

#[test]
fn a_flight_west_hides_no_warning_sign() {
    let now = "2026-03-01T20:00:00-10:00";
    let phone = opened(now);
    assert_eq!(phone.advice().0, Advice::Emergency);
    let period = Period::weeks(phone.state.now.day(), 4);
    let report = report_at(phone.state.diary(), period, Some(at(now).at()));
    assert_eq!(report.flags[0].flag, RedFlag::ChestPain);
}

#[test]
fn what_lies_ahead_counts_from_its_own_moment_on() {
    // In the zone of the entry less a day and some: it is an hour off, and dated tomorrow.
    let mut phone = opened("2026-03-01T09:00:00-10:00");
    assert_eq!(phone.advice().0, Advice::RunWalk);
    tick(&mut phone, "2026-03-01T09:59:59-10:00");
    assert_eq!(phone.advice().0, Advice::RunWalk);
    tick(&mut phone, "2026-03-01T10:00:00-10:00");
    assert_eq!(phone.advice().0, Advice::Emergency);
}

#[test]
fn no_morning_is_asked_for_in_the_night_and_from_four_on_it_stands_on_top() {
    let mut phone = Phone::new();
    phone.set_up();
    phone.run_it();
    let asked = |phone: &Phone| phone.state.morning_asked().map(|day| day.to_string());
    // The run was on 2 March; its night belongs to it.
    tick(&mut phone, "2026-03-03T03:59:00+01:00");
    assert_eq!(asked(&phone), None);
    tick(&mut phone, "2026-03-03T04:00:00+01:00");
    assert_eq!(asked(&phone).as_deref(), Some("2026-03-03"));
    // The night after, still unanswered: nothing is asked before four.
    tick(&mut phone, "2026-03-04T01:00:00+01:00");
    assert_eq!(asked(&phone), None);
}

#[test]
fn where_todays_answer_decides_the_day_it_is_asked_for_first() {
    let mut phone = Phone::new();
    let stored = [
        r#"{"id":"0195a000-0000-7000-8000-000000000001","at":"2026-02-20T08:00:00+01:00","kind":"plan","injury":{"profile":"bone","site":"shin","side":"left","since":"2026-01-01","named_by":"clinician"},"start_stage":"run-walk","start_level":"R3"}"#,
        r#"{"id":"0195a000-0000-7000-8000-000000000002","at":"2026-02-20T09:00:00+01:00","kind":"clearance","granted":true,"by":"Dr Vale"}"#,
    ];
    for (n, json) in stored.into_iter().enumerate() {
        let id = format!("0195a000-0000-7000-8000-00000000000{}", n + 1);
        phone.local.insert(id.clone(), json.to_owned());
        phone.indexed_db.insert(id, json.to_owned());
    }
    phone.open();
    tick(&mut phone, "2026-02-22T07:00:00+01:00");
    assert_eq!(phone.advice().0, Advice::Morning);
    let asked = phone.state.morning_asked().map(|day| day.to_string());
    assert_eq!(asked.as_deref(), Some("2026-02-22"));
}
