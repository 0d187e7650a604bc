//! Pain logged with strength, activities and the self-test (section 5).

use super::days::plus;
use super::holds::Cause;
use super::replay::Replay;
use crate::rules::rows;
use crate::thresholds::{AFTER_SEVERE_DAYS, PAUSE_FROM, SEVERE};
use chrono::NaiveDate;
use uuid::Uuid;

impl Replay<'_> {
    /// It votes row D on its own: 2 and more add two rest days, 4 pauses, nothing is lowered.
    /// Gives the severity.
    pub(super) fn other_pain(&mut self, id: Uuid, pain: u8, day: NaiveDate) -> u8 {
        let Some(runner) = &self.runner else { return 0 };
        let vote = rows::pain_vote(runner.episode.measure(), pain, day);
        let Some(vote) = vote.filter(|v| v.severity >= SEVERE) else {
            return 0;
        };
        self.count_anew();
        let vote = vote.from_entry(id);
        let severity = vote.severity;
        if severity >= PAUSE_FROM {
            self.pause(day, Cause::Entry(id), vec![vote.clone()], None);
        }
        // A clearance ends the pause, not the rest days: more pain never means fewer.
        self.holds.rest(plus(day, AFTER_SEVERE_DAYS), vote);
        severity
    }

    pub(super) fn strength_pain(&mut self, id: Uuid, pain: u8, day: NaiveDate) {
        if self.other_pain(id, pain, day) >= SEVERE {
            self.verdicts.painful_strength(day);
        }
    }
}
