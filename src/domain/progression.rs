//! The progression: a pure function from a diary to one day's guidance.

use super::diary::Diary;
use super::guidance::{Advice, Guidance};
use chrono::NaiveDate;

/// What the diary asks for on a day.
pub fn guidance(_diary: &Diary, on: NaiveDate) -> Guidance {
    Guidance {
        on,
        stage: None,
        level: None,
        standing_level: None,
        profile: None,
        advice: Advice::SetUp,
        not_before: None,
        morning_check_due: false,
        morning_due_for: None,
        severity: None,
        provisional: false,
        reasons: Vec::new(),
        ok_done: 0,
        ok_needed: 0,
        gate: Vec::new(),
        paused_since: None,
        history: Vec::new(),
        prescription: None,
        easier: Vec::new(),
    }
}
