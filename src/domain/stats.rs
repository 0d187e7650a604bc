//! Sums over the diary, for the plots and their tables.

use super::diary::Diary;
use super::entry::Body;
use chrono::{Datelike, Days, NaiveDate};

/// Minutes of one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Week {
    /// Its first day.
    pub first: NaiveDate,
    /// Minutes run.
    pub run_min: f64,
    /// Minutes walked in sessions.
    pub walk_min: f64,
    /// Sessions.
    pub sessions: u32,
}

/// The first day of a day's week: its Sunday or its Monday.
pub fn first_of_week(day: NaiveDate, from_sunday: bool) -> NaiveDate {
    let weekday = day.weekday();
    let back = u64::from(if from_sunday {
        weekday.num_days_from_sunday()
    } else {
        weekday.num_days_from_monday()
    });
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

/// The last `count` weeks up to and with that of `today`, oldest first, weeks
/// without a session included.
pub fn weeks(diary: &Diary, today: NaiveDate, count: u32, from_sunday: bool) -> Vec<Week> {
    let last = first_of_week(today, from_sunday);
    let mut weeks: Vec<Week> = (0..count)
        .rev()
        .filter_map(|n| last.checked_sub_days(Days::new(u64::from(n) * 7)))
        .map(|first| Week {
            first,
            run_min: 0.0,
            walk_min: 0.0,
            sessions: 0,
        })
        .collect();
    for entry in diary.all().filter(|e| !e.deleted) {
        let Body::Session(session) = &entry.body else {
            continue;
        };
        let its = first_of_week(entry.day(), from_sunday);
        if let Some(week) = weeks.iter_mut().find(|w| w.first == its) {
            week.run_min += session.run_min;
            week.walk_min += session.walk_min;
            week.sessions += 1;
        }
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_the_day_that_was_chosen() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap_or_default();
        // The 22nd of November 2026 is a Sunday.
        for (of, monday, sunday) in [(22, 16, 22), (16, 16, 15), (21, 16, 15)] {
            assert_eq!(first_of_week(day(of), false), day(monday));
            assert_eq!(first_of_week(day(of), true), day(sunday));
        }
        let firsts = |from_sunday| {
            let weeks = weeks(&Diary::default(), day(22), 3, from_sunday);
            weeks.iter().map(|w| w.first).collect::<Vec<_>>()
        };
        assert_eq!(firsts(false), [day(2), day(9), day(16)]);
        assert_eq!(firsts(true), [day(8), day(15), day(22)]);
    }
}
