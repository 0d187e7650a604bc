//! Sums over the diary, for the plots and their tables.

use super::diary::Diary;
use super::entry::Body;
use chrono::{Datelike, Days, NaiveDate};

/// Minutes of one week, Monday to Sunday.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Minutes run.
    pub run_min: f64,
    /// Minutes walked in sessions.
    pub walk_min: f64,
    /// Sessions.
    pub sessions: u32,
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

/// The last `count` weeks up to and with that of `today`, oldest first, weeks
/// without a session included.
pub fn weeks(diary: &Diary, today: NaiveDate, count: u32) -> Vec<Week> {
    let last = monday(today);
    let mut weeks: Vec<Week> = (0..count)
        .rev()
        .filter_map(|n| last.checked_sub_days(Days::new(u64::from(n) * 7)))
        .map(|m| Week {
            monday: m,
            run_min: 0.0,
            walk_min: 0.0,
            sessions: 0,
        })
        .collect();
    for entry in diary.all().filter(|e| !e.deleted) {
        let Body::Session(session) = &entry.body else {
            continue;
        };
        let its = monday(entry.day());
        if let Some(week) = weeks.iter_mut().find(|w| w.monday == its) {
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
    fn a_week_begins_on_monday() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap_or_default();
        assert_eq!(monday(day(22)), day(16));
        assert_eq!(monday(day(16)), day(16));
        let weeks = weeks(&Diary::default(), day(22), 3);
        assert_eq!(
            weeks.iter().map(|w| w.monday).collect::<Vec<_>>(),
            [day(2), day(9), day(16)]
        );
    }
}
