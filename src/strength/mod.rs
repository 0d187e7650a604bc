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

use chrono::{Days, NaiveDate};

fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
