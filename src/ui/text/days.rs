//! Days in words.

use crate::shell::format;
use crate::ui::text::words::t;
use chrono::NaiveDate;

/// "tomorrow", the weekday within a week, else the date.
pub fn when(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => t("day.today"),
        1 => t("day.tomorrow"),
        2..=6 => format::weekday(day),
        _ => format::weekday_date(day),
    }
}
