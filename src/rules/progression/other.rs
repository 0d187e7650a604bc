//! What is logged besides sessions and mornings: the self-test, and pain with strength
//! and activities (sections 2 and 5).

use super::case::rest_gate_limit;
use super::gates::TestState;
use super::log::plus;
use super::replay::Replay;
use crate::diary::entry::SelfTest;
use crate::diary::vocabulary::{Stage, TestItem};
use crate::thresholds::{AFTER_SEVERE_DAYS, PAUSE_FROM, SEVERE};
use chrono::NaiveDate;
use uuid::Uuid;

impl Replay<'_> {
    pub(super) fn self_test(&mut self, id: Uuid, test: &SelfTest, day: NaiveDate) {
        let worst = test.items.iter().map(|i| i.pain.get()).max().unwrap_or(0);
        self.other_pain(id, worst, day);
        let too_early = matches!(self.test_state(day), TestState::Failed(_));
        let released = self.pause.as_ref().is_some_and(|p| p.quiet_since.is_some());
        let Some(case) = &mut self.case else { return };
        if case.stage != Stage::SelfTest && !released {
            return;
        }
        let limit = rest_gate_limit(&case.measure);
        let all = TestItem::READINESS.iter().all(|item| {
            let mut of = test.items.iter().filter(|i| i.test == *item).peekable();
            of.peek().is_some() && of.all(|i| i.passed && i.pain.get() <= limit)
        });
        // A test repeated before the 7th day after a failed one can only fail again.
        if !all || !too_early {
            case.test = Some((day, all));
        }
    }

    /// Pain with strength, activities and the self-test votes row D on its own:
    /// 2 and more add two rest days, 4 pauses, nothing is lowered.
    pub(super) fn other_pain(&mut self, id: Uuid, pain: u8, day: NaiveDate) {
        let Some(case) = &self.case else { return };
        let Some(vote) = case.measure.pain_during(pain, day) else {
            return;
        };
        if vote.severity < SEVERE {
            return;
        }
        self.count_anew();
        let vote = vote.from_entry(id);
        if vote.severity >= PAUSE_FROM {
            self.pause_for(day, vec![vote.clone()]);
        }
        // A clearance ends the pause, not the rest days: more pain never means fewer.
        self.rest(plus(day, AFTER_SEVERE_DAYS), vote);
    }
}
