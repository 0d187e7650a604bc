//! Verdicts in the replay: what a session and its mornings vote, when it takes
//! effect, and what it lowers (progression, section 5).

use super::log::{between, plus};
use super::replay::{Judged, Replay};
use crate::domain::entry::{Body, Entry, Session};
use crate::domain::guidance::{ChangeCause, Fact, Rule};
use crate::domain::keys::{Stage, Swelling};
use crate::domain::verdict::{self, Row, Vote};
use chrono::NaiveDate;

/// Days within which a second result of 2 or more counts 4 (row X).
const MEMORY_DAYS: i64 = 14;
/// Sessions in a row that were not OK before they count 2.
const NOT_OK_ROW: u32 = 8;

/// Puts a session into its day's verdict: the sessions of one day are one session.
impl<'a> Replay<'a> {
    pub(super) fn judge(
        &mut self,
        entry: &'a Entry,
        s: &'a Session,
        day: NaiveDate,
        flag_votes: Vec<Vote>,
    ) {
        let before = self.before(s, day);
        let paused = self.pause.is_some();
        let Some(case) = &self.case else { return };
        let mut votes: Vec<Vote> = flag_votes;
        votes.extend(
            verdict::session_votes(&case.measure, case.plan, &case.ladder, s, before, day)
                .into_iter()
                .map(|v| v.from_entry(entry.id)),
        );
        let fear = votes.iter().any(|v| matches!(v.fact, Fact::Fear { .. }));
        let level = s.level.as_deref().and_then(|id| case.ladder.index(id));
        let matches = level == Some(case.index)
            && case.stage != Stage::Rest
            && case
                .ladder
                .at(case.index)
                .is_some_and(|l| verdict::matches_level(s, l));
        let zeros = s.pain_before.get() == 0
            && s.pain_during.get() == 0
            && s.pain_after.get() == 0
            && !s.hurt
            && s.sites.iter().all(|x| x.pain.get() == 0);
        let swollen = s.swelling != Swelling::None;
        let from = if case.stage == Stage::Running {
            case.ladder.last()
        } else {
            case.index
        };
        let base = (case.stage, level.map_or(from, |l| l.min(from)));
        match self.judged.last_mut().filter(|j| j.day == day) {
            Some(same) => {
                same.votes.extend(votes);
                same.swollen |= swollen;
                same.zeros &= zeros;
                same.fear |= fear;
                if base.0 == same.base.0 {
                    same.base.1 = same.base.1.min(base.1);
                }
            }
            None => {
                self.judged.push(Judged {
                    day,
                    votes,
                    severity: 0,
                    settled: false,
                    after_read: false,
                    base,
                    steps: 0,
                    counts: (matches && !paused).then_some(self.epoch),
                    swollen,
                    zeros,
                    fear,
                    counted_not_ok: false,
                    in_memory: false,
                });
                self.fear_voted(fear);
            }
        }
        let at = self.judged.len() - 1;
        self.take_effect(at, day);
    }

    /// What a morning says about the sessions of the two days before.
    pub(super) fn morning_findings(&mut self, day: NaiveDate) {
        let yesterday = plus(day, -1);
        let before = plus(day, -2);
        let len = self.judged.len();
        let at = |replay: &Self, d: NaiveDate| {
            (len.saturating_sub(2)..len).find(|i| replay.judged.get(*i).is_some_and(|j| j.day == d))
        };
        if let Some(i) = at(self, yesterday) {
            self.morning_after(i, day);
        } else if let Some(i) = at(self, before) {
            self.second_morning(i, day);
        }
        // The morning's day is over without an answer: row A is read as not settled.
        if let Some(i) = at(self, before) {
            self.read_after(i, day, None);
        }
        if let Some(case) = &self.case {
            let quiet = self.log.morning(day).is_some_and(|m| case.measure.quiet(m));
            if quiet && self.wait_after.is_some_and(|w| day > w) {
                self.wait_after = None;
            }
        }
    }

    fn morning_after(&mut self, at: usize, day: NaiveDate) {
        let Some((id, morning)) = self.log.mornings.get(&day).copied() else {
            return;
        };
        let Some(case) = &self.case else { return };
        let Some(judged) = self.judged.get(at) else {
            return;
        };
        let swollen_before = at
            .checked_sub(1)
            .and_then(|i| self.judged.get(i))
            .is_some_and(|j| j.swollen);
        let m = &case.measure;
        let mut votes: Vec<Vote> =
            verdict::morning_votes(m, morning, judged.zeros, swollen_before, day);
        if morning.remembered && morning.pain.get() > m.usual {
            votes.extend(self.median_vote(day));
        }
        let swollen = morning.swelling != Swelling::None;
        let settled = morning.settled_within_hour;
        if let Some(judged) = self.judged.get_mut(at) {
            judged
                .votes
                .extend(votes.into_iter().map(|v| v.from_entry(id)));
            judged.swollen |= swollen;
            judged.settled = true;
        }
        self.read_after(at, day, settled);
        self.take_effect(at, day);
        self.settle(at, day);
    }

    fn second_morning(&mut self, at: usize, day: NaiveDate) {
        let Some((id, morning)) = self.log.mornings.get(&day).copied() else {
            return;
        };
        let Some(case) = &self.case else { return };
        let votes = verdict::second_morning_votes(&case.measure, morning, day);
        if votes.is_empty() {
            return;
        }
        if let Some(judged) = self.judged.get_mut(at) {
            judged
                .votes
                .extend(votes.into_iter().map(|v| v.from_entry(id)));
        }
        self.take_effect(at, day);
    }

    /// Row T: the median of the week's mornings above the usual.
    fn median_vote(&self, day: NaiveDate) -> Option<Vote> {
        let m = &self.case.as_ref()?.measure;
        let usual = f64::from(m.usual);
        let rise = |until| verdict::median(&mut self.log.week_of_pains(until)).map(|x| x - usual);
        let by = rise(day)?;
        if by < 1.0 {
            return None;
        }
        let before = rise(plus(day, -7)).is_some_and(|x| x >= 2.0);
        let (row, weeks) = match () {
            () if by >= 2.0 && before => (Row::MedianBy2TwoWeeks, 2),
            () if by >= 2.0 => (Row::MedianBy2, 1),
            () => (Row::MedianBy1, 1),
        };
        Some(m.vote(row, Fact::MedianRise { by, weeks }, day))
    }

    /// Row A, for the profiles that wait for the morning.
    fn read_after(&mut self, at: usize, day: NaiveDate, settled: Option<bool>) {
        let Some(case) = &self.case else { return };
        let Some(judged) = self.judged.get(at).filter(|j| !j.after_read) else {
            return;
        };
        let sessions = self
            .log
            .by_day
            .get(&judged.day)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let votes: Vec<Vote> = sessions
            .iter()
            .filter_map(|e| match &e.body {
                Body::Session(s) => {
                    verdict::after_vote(&case.measure, s, settled, day).map(|v| v.from_entry(e.id))
                }
                _ => None,
            })
            .collect();
        if let Some(judged) = self.judged.get_mut(at) {
            judged.after_read = true;
            judged.votes.extend(votes);
        }
        self.take_effect(at, day);
    }

    /// A later day's session is logged: mornings still missing count 1 (row N).
    pub(super) fn missed_mornings(&mut self, day: NaiveDate) {
        let Some(at) = self.judged.len().checked_sub(1) else {
            return;
        };
        let Some(judged) = self.judged.get(at).filter(|j| !j.settled && j.day < day) else {
            return;
        };
        // An answer that is there for a morning still to come is not missing.
        if self.log.morning(plus(judged.day, 1)).is_some() {
            return;
        }
        let Some(case) = &self.case else { return };
        let vote = case
            .measure
            .vote(Row::MorningMissing, Fact::MorningMissing, day);
        if let Some(judged) = self.judged.get_mut(at) {
            judged.votes.push(vote);
            judged.settled = true;
        }
        self.read_after(at, day, None);
        self.take_effect(at, day);
        self.settle(at, day);
    }

    /// The verdict as far as it is known takes effect: severities of 2 and more at once.
    fn take_effect(&mut self, at: usize, day: NaiveDate) {
        self.count_not_ok(at, day);
        self.remember(at, day);
        let Some(judged) = self.judged.get_mut(at) else {
            return;
        };
        let was = judged.severity;
        judged.severity = judged.votes.iter().map(|v| v.severity).max().unwrap_or(0);
        let severity = judged.severity;
        let new_finding =
            judged.votes.iter().any(|v| v.severity >= 2 && v.day == day) && severity >= 2;
        let judged_day = judged.day;
        let lead = judged
            .votes
            .iter()
            .find(|v| v.severity == severity)
            .cloned();
        let steps = match severity {
            0 | 1 => 0,
            2 | 3 => 1,
            _ => 2,
        };
        let lower = (steps > judged.steps).then_some((judged.base, steps));
        judged.steps = judged.steps.max(steps);
        let Some(lead) = lead else { return };
        if let Some((base, steps)) = lower {
            self.lower(base, steps, lead.rule, day);
        }
        if severity >= 2 && (was < 2 || new_finding) {
            if let Some(case) = &mut self.case {
                case.ok = 0;
                case.first_ok = None;
            }
            self.epoch += 1;
            self.rest(plus(judged_day, 3), lead.clone());
        } else if severity == 1 {
            self.rest_after_one(at);
        }
        if severity >= 3 && new_finding {
            self.wait_after = Some(self.wait_after.map_or(day, |w| w.max(day)));
        }
        if severity >= 4 && new_finding {
            let votes = self
                .judged
                .get(at)
                .map(|j| j.votes.clone())
                .unwrap_or_default();
            let votes = votes.into_iter().filter(|v| v.severity >= 4).collect();
            self.pause_for(day, votes);
        }
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
            self.rest(plus(judged.day, 3), vote);
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
        self.not_ok += 1;
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
        let Some(judged) = self.judged.get_mut(at) else {
            return;
        };
        let severity = judged.votes.iter().map(|v| v.severity).max().unwrap_or(0);
        if severity < 2 {
            return;
        }
        let here = judged.day;
        let earlier = self
            .memory
            .iter()
            .filter(|d| **d < here && between(**d, here) <= MEMORY_DAYS)
            .max()
            .copied();
        if !judged.in_memory {
            judged.in_memory = true;
            self.memory.push(here);
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
    fn settle(&mut self, at: usize, _day: NaiveDate) {
        let Some(judged) = self.judged.get(at) else {
            return;
        };
        let (severity, here) = (judged.severity, judged.day);
        if severity == 0 {
            self.not_ok = 0;
            self.ones = 0;
            if judged.counts == Some(self.epoch) {
                if let Some(case) = &mut self.case {
                    case.ok += 1;
                    case.first_ok.get_or_insert(here);
                }
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
    fn lower(&mut self, base: (Stage, usize), steps: usize, rule: Rule, day: NaiveDate) {
        let Some(case) = &mut self.case else { return };
        let r1 = case.ladder.first_of(Stage::RunWalk);
        let top = case.ladder.top_walk();
        let cause = ChangeCause::Down(rule);
        let (stage, from) = (base.0, base.1.min(case.index));
        let target = match stage {
            Stage::Rest => return,
            Stage::Walking => (Stage::Walking, from.saturating_sub(steps)),
            Stage::SelfTest => (Stage::Walking, from.min(top).saturating_sub(steps)),
            Stage::RunWalk | Stage::ShortRuns | Stage::Running => {
                match from.checked_sub(steps).filter(|i| *i >= r1) {
                    Some(index) => {
                        let stage = case.ladder.at(index).map_or(Stage::RunWalk, |l| l.stage);
                        (stage, index)
                    }
                    None if case.stage == Stage::Walking => (Stage::Walking, case.index.min(top)),
                    None => {
                        case.return_to = Some(r1);
                        case.return_from_gap = false;
                        case.test_target = r1;
                        (Stage::Walking, top)
                    }
                }
            }
        };
        if matches!(stage, Stage::Walking | Stage::SelfTest) {
            // Any step down in walking makes the ordinary gates apply again.
            case.return_to = None;
            case.test_target = r1;
        }
        // Never up: a clinician may have placed the runner lower meanwhile.
        if target.1 <= case.index && target.0 <= case.stage {
            self.move_to(target.0, target.1, day, cause);
        }
    }
}
