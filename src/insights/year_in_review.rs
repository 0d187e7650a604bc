//! A year looked back on: sums of what was done. Nothing is scored or compared.

use crate::diary::Diary;
use crate::diary::entry::Body;
use crate::diary::vocabulary::FreedomName;
use crate::rules::guidance::{ChangeCause, Guidance};
use chrono::{Days, NaiveDate};

/// Days that a year holds here.
const YEAR: u64 = 365;

/// What the year up to a day held.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Year {
    /// Its first day.
    pub from: NaiveDate,
    /// Sessions with running.
    pub runs: usize,
    /// Minutes run in all.
    pub run_min: f64,
    /// Minutes walked in all.
    pub walk_min: f64,
    /// Most minutes run in one session.
    pub longest_min: f64,
    /// Strength sessions.
    pub strength: usize,
    /// Cross-training and mobility, done.
    pub activities: usize,
    /// Mornings answered.
    pub mornings: usize,
    /// Levels up.
    pub up: usize,
    /// Steps back.
    pub down: usize,
    /// Freedoms taken up, in order.
    pub freedoms: Vec<FreedomName>,
}

/// The year up to the day of the guidance, which must be that of the diary; `None`
/// until the first entry is a year old.
pub fn year(diary: &Diary, guidance: &Guidance) -> Option<Year> {
    let today = guidance.on;
    let from = today.checked_sub_days(Days::new(YEAR - 1))?;
    if !diary.all().any(|e| !e.deleted && e.day() < from) {
        return None;
    }
    let mut year = Year {
        from,
        ..Year::default()
    };
    for entry in diary.visible_where(&|e| e.day() >= from && e.day() <= today) {
        match &entry.body {
            Body::Session(s) => {
                year.runs += usize::from(s.run_min > 0.0);
                year.run_min += s.run_min;
                year.walk_min += s.walk_min;
                year.longest_min = year.longest_min.max(s.run_min);
            }
            Body::Strength(_) => year.strength += 1,
            Body::Activity(a) => year.activities += usize::from(!a.planned),
            Body::Freedom(f) => year.freedoms.push(f.name),
            _ => {}
        }
    }
    let mornings = diary.mornings();
    let remembered = mornings
        .range(from..=today)
        .filter(|(_, (_, m))| m.remembered);
    year.mornings = remembered.count();
    for change in guidance.history.iter().filter(|c| c.on >= from) {
        match change.cause {
            ChangeCause::Up => year.up += 1,
            ChangeCause::Down(_) => year.down += 1,
            _ => {}
        }
    }
    Some(year)
}
