//! Counting days.

use chrono::{Days, NaiveDate};

/// A day some days later (earlier with a negative number); at the calendar's ends the same day.
pub(super) fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let n = Days::new(days.unsigned_abs());
    let moved = if days < 0 {
        day.checked_sub_days(n)
    } else {
        day.checked_add_days(n)
    };
    moved.unwrap_or(day)
}

/// Days from `a` to `b`.
pub(super) fn between(a: NaiveDate, b: NaiveDate) -> i64 {
    (b - a).num_days()
}
