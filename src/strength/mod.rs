//! Strength and mobility (progression, section 9): what there is to do
//! ([`library`]), where the runner stands in each pattern ([`levels`]), when the next
//! session may be ([`schedule`]), what it holds ([`compose`]), and how it goes
//! second by second ([`timeline`]).

pub mod body;
pub mod compose;
pub mod drawn_body;
pub mod figure;
pub mod levels;
pub mod library;
pub mod schedule;
pub mod timeline;
pub mod weight;

use crate::diary::Diary;
use crate::diary::entry::{Body, Entry, Morning, Plan};
use chrono::{Days, NaiveDate};

/// Visible entries up to a day, by time.
fn entries(diary: &Diary, on: NaiveDate) -> Vec<&Entry> {
    diary.visible_where(&|e| e.day() <= on)
}

/// The plan that stands on the last of these entries' days.
fn plan<'a>(entries: &[&'a Entry]) -> Option<&'a Plan> {
    entries.iter().rev().find_map(|e| match &e.body {
        Body::Plan(p) => Some(p.as_ref()),
        _ => None,
    })
}

/// Where the present case begins in the list: at the plan that last changed the
/// injury's profile, site or side (section 1). What was trained before belongs to
/// another injury.
fn case_start(entries: &[&Entry]) -> usize {
    let mut start = 0;
    let mut injury = None;
    for (n, entry) in entries.iter().enumerate() {
        if let Body::Plan(p) = &entry.body {
            let this = (p.injury.profile, p.injury.site, p.injury.side);
            if injury.is_some_and(|old| old != this) {
                start = n;
            }
            injury = Some(this);
        }
    }
    start
}

/// The answer for a morning: the latest entered for a date stands.
fn morning<'a>(entries: &[&'a Entry], of: NaiveDate) -> Option<&'a Morning> {
    entries.iter().rev().find_map(|e| match &e.body {
        Body::Morning(m) if m.for_day.unwrap_or(e.day()) == of => Some(m),
        _ => None,
    })
}

fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
