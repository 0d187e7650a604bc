//! How far back is looked, and what one slot of that stretch stands for: a day, a week, a
//! month, a quarter or a year, as long as the stretch is, so that ten years are as quick to
//! read as a month.

use crate::diary::Diary;
use crate::diary::entry::Entry;
use chrono::{Datelike, Days, Months, NaiveDate};

/// How far back is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The last 28 days.
    FourWeeks,
    /// The last 13 weeks.
    ThreeMonths,
    /// Everything.
    All,
}

impl Span {
    /// Every span, the shortest first.
    pub const ALL: [Self; 3] = [Self::FourWeeks, Self::ThreeMonths, Self::All];

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FourWeeks => "weeks",
            Self::ThreeMonths => "months",
            Self::All => "all",
        }
    }
}

/// What one slot stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// A week from the day that the runner's weeks begin on.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl Unit {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The smallest unit that shows so many days in no more than sixty slots or so.
    pub(super) fn for_days(days: i64) -> Self {
        match days {
            ..=35 => Self::Day,
            36..=280 => Self::Week,
            281..=1461 => Self::Month,
            1462..=5478 => Self::Quarter,
            _ => Self::Year,
        }
    }

    /// The first day of the slot that a day belongs to.
    pub(super) fn start(self, day: NaiveDate, from_sunday: bool) -> NaiveDate {
        let back = match self {
            Self::Day => 0,
            Self::Week if from_sunday => day.weekday().num_days_from_sunday(),
            Self::Week => day.weekday().num_days_from_monday(),
            Self::Month => day.day0(),
            Self::Quarter => {
                let first = day.with_day(1).unwrap_or(day);
                let first = first.checked_sub_months(Months::new(day.month0() % 3));
                return first.unwrap_or(day);
            }
            Self::Year => day.ordinal0(),
        };
        day.checked_sub_days(Days::new(back.into())).unwrap_or(day)
    }

    /// The first day of the slot after the one that begins on a day.
    pub(super) fn next(self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => from.succ_opt(),
            Self::Week => from.checked_add_days(Days::new(7)),
            Self::Month => from.checked_add_months(Months::new(1)),
            Self::Quarter => from.checked_add_months(Months::new(3)),
            Self::Year => from.checked_add_months(Months::new(12)),
        }
    }
}

/// Years looked back at most: an entry of another century is a slip of the hand.
const MOST_DAYS: u64 = 21_900;

/// Where a span begins.
pub(super) fn first_day(diary: &Diary, today: NaiveDate, span: Span) -> NaiveDate {
    let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    match span {
        Span::FourWeeks => back(27),
        Span::ThreeMonths => back(90),
        Span::All => {
            let days = diary.all().filter(|e| !e.deleted);
            let days = days.map(Entry::day);
            let first = days.filter(|day| *day >= back(MOST_DAYS)).min();
            first.unwrap_or(today).min(back(27))
        }
    }
}
