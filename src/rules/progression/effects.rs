//! What a verdict brings about: steps down, rest days, pauses, and the counts that
//! lead on (progression, section 5).

use super::log::{between, plus};
use super::replay::Replay;
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::{ChangeCause, Fact, Rule};
use crate::rules::rows::Row;
use crate::thresholds::{
    AFTER_SEVERE_DAYS, DOWN, MEMORY_DAYS, NOT_OK_ROW, PAUSE_FROM, SEVERE, WAIT_FROM,
};
use chrono::NaiveDate;

impl Replay<'_> {
    /// The verdict as far as it is known takes effect: severities of 2 and more at once.
    pub(super) fn take_effect(&mut self, at: usize, day: NaiveDate) {
        self.count_not_ok(at, day);
        self.remember(at, day);
        let Some(judged) = self.judged.get_mut(at) else {
            return;
        };
        judged.severity = judged.votes.iter().map(|v| v.severity).max().unwrap_or(0);
        let severity = judged.severity;
        let new_finding = judged
            .votes
            .iter()
            .any(|v| v.severity >= SEVERE && v.day == day);
        let judged_day = judged.day;
        let lead = judged
            .votes
            .iter()
            .find(|v| v.severity == severity)
            .cloned();
        let steps = DOWN.get(usize::from(severity)).copied().unwrap_or(0);
        let lower = steps > judged.steps;
        judged.steps = judged.steps.max(steps);
        let Some(lead) = lead else { return };
        if lower {
            self.lower(at, lead.rule, day);
        }
        if new_finding {
            self.count_anew();
            self.rest(plus(judged_day, AFTER_SEVERE_DAYS), lead.clone());
        } else if severity == 1 {
            self.rest_after_one(at);
        }
        if severity >= WAIT_FROM && new_finding {
            self.wait_after = Some(self.wait_after.map_or(day, |w| w.max(day)));
        }
        if severity >= PAUSE_FROM && new_finding {
            let votes = self
                .judged
                .get(at)
                .map(|j| j.votes.clone())
                .unwrap_or_default();
            let votes = votes
                .into_iter()
                .filter(|v| v.severity >= PAUSE_FROM)
                .collect();
            self.pause_for(day, votes);
        }
    }

    /// Every severity of 2 or more starts the count of OK sessions at 0 (section 3).
    pub(super) fn count_anew(&mut self) {
        if let Some(case) = &mut self.case {
            case.ok = 0;
            case.first_ok = None;
        }
        self.epoch += 1;
    }

    /// Severity 1 with pain or stiffness up in row N or M: two rest days in all.
    fn rest_after_one(&mut self, at: usize) {
        let Some(judged) = self.judged.get(at) else {
            return;
        };
        let up = judged.votes.iter().find(|v| {
            v.severity >= 1 && matches!(v.fact, Fact::MorningPain { .. } | Fact::Stiffness { .. })
        });
        if let Some(vote) = up.cloned() {
            self.rest(plus(judged.day, AFTER_SEVERE_DAYS), vote);
        }
    }

    /// The eighth session in a row that was not OK counts 2 at least.
    fn count_not_ok(&mut self, at: usize, day: NaiveDate) {
        let Some(judged) = self.judged.get_mut(at) else {
            return;
        };
        if judged.counted_not_ok || judged.votes.iter().all(|v| v.severity == 0) {
            return;
        }
        judged.counted_not_ok = true;
        // Found not OK only after its case has ended, it joins no row of the new one.
        if judged.case != self.case_from {
            return;
        }
        self.not_ok_on = Some(judged.day);
        // Its second morning may show that it never broke the row.
        self.not_ok += 1 + std::mem::take(&mut judged.row_before);
        if self.not_ok < NOT_OK_ROW {
            return;
        }
        let count = self.not_ok;
        self.not_ok = 0;
        let Some(case) = &self.case else { return };
        let vote = case
            .measure
            .vote(Row::EighthNotOk, Fact::NotOkInARow { count }, day);
        if let Some(judged) = self.judged.get_mut(at) {
            judged.votes.push(vote);
        }
    }

    /// Row X: 2 or 3 within 14 days after an earlier session of 2 or more.
    fn remember(&mut self, at: usize, day: NaiveDate) {
        let Some(judged) = self.judged.get(at) else {
            return;
        };
        let severity = judged.votes.iter().map(|v| v.severity).max().unwrap_or(0);
        if severity < SEVERE {
            return;
        }
        let (here, case_of) = (judged.day, judged.bad_case);
        let fresh = judged
            .votes
            .iter()
            .any(|v| v.severity >= SEVERE && v.day == day);
        // Each case has its own memory, also for what is found after it has ended.
        let recent = |(d, _, case): &(NaiveDate, NaiveDate, u32)| {
            *case == case_of && *d < here && between(*d, here) <= MEMORY_DAYS
        };
        let days = self.memory.iter().filter(|m| recent(m)).map(|m| m.0);
        let earlier = days.max();
        if fresh {
            self.memory.push((here, day, case_of));
        }
        let already = judged.votes.iter().any(|v| v.rule == Rule::X);
        if let (Some(earlier), 2 | 3, false) = (earlier, severity, already) {
            let Some(case) = &self.case else { return };
            let vote = case
                .measure
                .vote(Row::Again, Fact::Repeated { earlier }, day);
            if let Some(judged) = self.judged.get_mut(at) {
                judged.votes.push(vote);
            }
        }
    }

    /// The morning is in, or missed: an OK session counts, others are counted too.
    pub(super) fn settle(&mut self, at: usize) {
        let Some(judged) = self.judged.get_mut(at) else {
            return;
        };
        let (severity, here) = (judged.severity, judged.day);
        if severity == 0 {
            judged.row_before = std::mem::take(&mut self.not_ok);
            self.ones = 0;
            let counts = judged.counts == Some(self.epoch);
            if let Some(case) = self.case.as_mut().filter(|_| counts) {
                case.ok += 1;
                case.first_ok.get_or_insert(here);
            }
        } else if severity == 1 {
            let only_k_or_e = judged
                .votes
                .iter()
                .filter(|v| v.severity >= 1)
                .all(|v| matches!(v.rule, Rule::K | Rule::E));
            if !only_k_or_e {
                self.ones += 1;
            }
        } else {
            self.ones = 0;
        }
    }

    /// Down some places on the line (section 5): past R1 from a running stage leads to
    /// W5, from which one OK walk leads back; in walking it stops at W1.
    ///
    /// Down takes effect on the session's day, so it is counted from where the session
    /// stood: a verdict that grows worse is counted down anew, a gap is lowered from what
    /// is left, and a placing that came after the session stands.
    fn lower(&mut self, at: usize, rule: Rule, day: NaiveDate) {
        let (Some(case), Some(judged)) = (&mut self.case, self.judged.get(at)) else {
            return;
        };
        if judged.placing != self.placings {
            return;
        }
        let ((stage, from), steps) = (judged.base, judged.steps);
        let r1 = case.ladder.first_of(Stage::RunWalk);
        let top = case.ladder.top_walk();
        let (to_stage, to, back) = match stage {
            Stage::Rest => return,
            Stage::Walking | Stage::SelfTest => {
                (Stage::Walking, from.min(top).saturating_sub(steps), None)
            }
            Stage::RunWalk | Stage::ShortRuns | Stage::Running => {
                match from.checked_sub(steps).filter(|i| *i >= r1) {
                    Some(to) => (case.ladder.at(to).map_or(stage, |l| l.stage), to, None),
                    None => (Stage::Walking, top, Some(r1)),
                }
            }
        };
        // A gap is lowered from what the last run left, once.
        if judged.day == case.gap_start {
            case.gap_base = to;
        }
        if case.stage <= to_stage && case.index <= to {
            // Time away has lowered it further already.
            case.return_to = case.return_to.map(|back| back.min(to.max(r1)));
            return;
        }
        self.move_to(to_stage, to, day, ChangeCause::Down(rule));
        if let Some(case) = &mut self.case {
            // Any step down in walking makes the ordinary gates apply again.
            case.return_to = back;
            case.return_from_gap = false;
            case.test_target = r1;
        }
    }
}
