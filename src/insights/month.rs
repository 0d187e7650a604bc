//! One month of the diary: what each day asked for, and what was done.

use crate::diary::Diary;
use crate::diary::entry::Body;
use crate::diary::vocabulary::Movement;
use crate::rules::guidance::Advice;
use crate::rules::progression::forecast::{Asked, Forecast};
use chrono::{Datelike, Days, Months, NaiveDate};

/// What a day asks for, as a calendar shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlannedDay {
    /// A run or run-walk.
    Run,
    /// A walk.
    Walk,
    /// The self-test.
    Test,
    /// Rest.
    Rest,
}

/// What was done on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools)] // each a mark of its own
pub struct DoneOfDay {
    /// A session with running.
    pub run: bool,
    /// A walk.
    pub walk: bool,
    /// Strength.
    pub strength: bool,
    /// Anything else that was done: an activity, a test.
    pub other: bool,
    /// A warning sign.
    pub flag: bool,
    /// Entries of any kind.
    pub entries: u32,
}

/// One day.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The day.
    pub on: NaiveDate,
    /// It belongs to the month; else it only fills a week.
    pub inside: bool,
    /// What it asks or asked for.
    pub planned: Option<PlannedDay>,
    /// What was done.
    pub done: DoneOfDay,
    /// The worst pain told of.
    pub pain: Option<u8>,
}

/// The first day of a day's month.
pub fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The first day of the month so many months on, or back with a negative number.
pub fn turned(first: NaiveDate, by: i32) -> NaiveDate {
    let months = Months::new(by.unsigned_abs());
    let moved = if by.is_negative() {
        first.checked_sub_months(months)
    } else {
        first.checked_add_months(months)
    };
    moved.unwrap_or(first)
}

/// The days of a month in whole weeks from `first_weekday` (0 Monday to 6 Sunday).
pub fn days(first: NaiveDate, first_weekday: u32) -> Vec<Day> {
    let back = (first.weekday().num_days_from_monday() + 7 - first_weekday) % 7;
    let start = first
        .checked_sub_days(Days::new(back.into()))
        .unwrap_or(first);
    let after = turned(first, 1);
    let mut out = Vec::new();
    for on in start.iter_days() {
        if on >= after && out.len() % 7 == 0 {
            break;
        }
        out.push(Day {
            on,
            inside: on >= first && on < after,
            planned: None,
            done: DoneOfDay::default(),
            pain: None,
        });
    }
    out
}

/// Puts in what the diary holds, what past days asked for, and what lies ahead of today.
pub fn fill(days: &mut [Day], diary: &Diary, asked: &[Asked], ahead: &Forecast, today: NaiveDate) {
    let Some(start) = days.first().map(|d| d.on) else {
        return;
    };
    let at = |on: NaiveDate| usize::try_from((on - start).num_days()).ok();
    for a in asked {
        if let Some(day) = at(a.on).and_then(|n| days.get_mut(n)) {
            day.planned = Some(match a.advice {
                Advice::Walk => PlannedDay::Walk,
                Advice::RunWalk | Advice::Run => PlannedDay::Run,
                Advice::SelfTest => PlannedDay::Test,
                _ => PlannedDay::Rest,
            });
        }
    }
    for (on, level) in ahead.days.iter().filter(|(on, _)| *on > today) {
        if let Some(day) = at(*on).and_then(|n| days.get_mut(n)) {
            let walk = level.starts_with('W');
            day.planned = Some(if walk {
                PlannedDay::Walk
            } else {
                PlannedDay::Run
            });
        }
    }
    for entry in diary.all().filter(|e| !e.deleted) {
        let Some(day) = at(entry.day()).and_then(|n| days.get_mut(n)) else {
            continue;
        };
        day.done.entries += 1;
        day.done.flag |= !entry.flags.is_empty();
        let pain = match &entry.body {
            Body::Session(s) => {
                let walk = s.activity == Movement::Walk && s.run_min <= 0.0;
                day.done.walk |= walk;
                day.done.run |= !walk;
                Some(s.pain_during.max(s.pain_after).get())
            }
            Body::Strength(s) => {
                day.done.strength = true;
                Some(s.pain.get())
            }
            // What is only planned counts for nothing yet.
            Body::Activity(a) if !a.planned => {
                day.done.other = true;
                Some(a.pain.get())
            }
            Body::SelfTest(test) => {
                day.done.other = true;
                test.items.iter().map(|i| i.pain.get()).max()
            }
            // A morning's answer stands on the day it speaks of: below.
            _ => None,
        };
        day.pain = day.pain.max(pain);
    }
    for (on, (_, morning)) in diary.mornings() {
        if let Some(day) = at(on).and_then(|n| days.get_mut(n)) {
            day.pain = day.pain.max(morning.remembered.then(|| morning.pain.get()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default()
    }

    #[test]
    fn a_month_comes_in_whole_weeks() {
        for (first, weekday, begins, ends, count) in [
            (day(2026, 3, 1), 0, day(2026, 2, 23), day(2026, 4, 5), 42),
            (day(2026, 3, 1), 6, day(2026, 3, 1), day(2026, 4, 4), 35),
            (day(2027, 2, 1), 0, day(2027, 2, 1), day(2027, 2, 28), 28),
            (day(2027, 2, 1), 6, day(2027, 1, 31), day(2027, 3, 6), 35),
        ] {
            let found = days(first, weekday);
            assert_eq!((found[0].on, found.len()), (begins, count));
            assert_eq!(found.last().map(|d| d.on), Some(ends));
            assert!(
                found
                    .iter()
                    .all(|d| d.inside == (d.on.month() == first.month()))
            );
        }
        assert_eq!(turned(day(2026, 1, 1), -1), day(2025, 12, 1));
        assert_eq!(turned(day(2026, 12, 1), 1), day(2027, 1, 1));
        assert_eq!(first_of(day(2026, 5, 31)), day(2026, 5, 1));
    }
}
