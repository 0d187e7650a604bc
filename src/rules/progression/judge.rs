//! Verdicts in the replay: what a session and its mornings vote (progression,
//! section 5). What a verdict brings about stands in [`super::effects`].

use super::log::plus;
use super::replay::{Judged, Replay};
use crate::diary::entry::{Entry, Session};
use crate::diary::vocabulary::{Stage, Swelling};
use crate::rules::guidance::Fact;
use crate::rules::rows;
use crate::rules::rows::{Row, Vote};
use crate::thresholds::{MEDIAN_RISES, SEVERE, WEEK};
use chrono::NaiveDate;

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
            rows::session_votes(&case.measure, case.plan, &case.ladder, s, before, day)
                .into_iter()
                .map(|v| v.from_entry(entry.id)),
        );
        let after: Vec<Vote> = rows::after_vote(&case.measure, s, None, day)
            .map(|v| v.from_entry(entry.id))
            .into_iter()
            .collect();
        let fear = votes.iter().any(|v| matches!(v.fact, Fact::Fear { .. }));
        let level = s.level.as_deref().and_then(|id| case.ladder.index(id));
        let matches = level == Some(case.index)
            && case.stage != Stage::Rest
            && !case.clearance_missing()
            && case
                .ladder
                .at(case.index)
                .is_some_and(|l| rows::matches_level(s, l));
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
        if let Some(same) = self.judged.last_mut().filter(|j| j.day == day) {
            let severe = votes.iter().any(|v| v.severity >= SEVERE);
            same.votes.extend(votes);
            same.after.extend(after);
            same.swollen |= swollen;
            same.zeros &= zeros;
            same.fear |= fear;
            same.case = self.case_from;
            if severe {
                same.bad_case = same.case;
            }
            // The day is counted down once, from the lowest level that went badly.
            if let Some(lower) = level.filter(|l| severe && *l < same.base.1) {
                same.base.1 = lower;
                same.steps = 0;
            }
        } else {
            self.judged.push(Judged {
                day,
                votes,
                severity: 0,
                settled: false,
                after,
                base,
                steps: 0,
                placing: self.placings,
                case: self.case_from,
                bad_case: self.case_from,
                counts: (matches && !paused).then_some(self.epoch),
                swollen,
                zeros,
                fear,
                counted_not_ok: false,
                row_before: 0,
            });
        }
        let at = self.judged.len().saturating_sub(1);
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
            rows::morning_votes(m, morning, judged.zeros, swollen_before, day);
        if morning.remembered && morning.pain.get() > m.usual {
            votes.extend(self.median_vote(day));
        }
        let swollen = morning.swelling != Swelling::None;
        // Who does not remember the morning has not answered that either.
        let settled = morning.settled_within_hour.filter(|_| morning.remembered);
        if let Some(judged) = self.judged.get_mut(at) {
            judged
                .votes
                .extend(votes.into_iter().map(|v| v.from_entry(id)));
            judged.swollen |= swollen;
            judged.bad_case = judged.case;
            judged.settled = true;
        }
        self.read_after(at, day, settled);
        self.take_effect(at, day);
        self.settle(at);
    }

    fn second_morning(&mut self, at: usize, day: NaiveDate) {
        let Some((id, morning)) = self.log.mornings.get(&day).copied() else {
            return;
        };
        let Some(case) = &self.case else { return };
        let votes = rows::second_morning_votes(&case.measure, morning, day);
        if votes.is_empty() {
            return;
        }
        if let Some(judged) = self.judged.get_mut(at) {
            judged.bad_case = judged.case;
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
        let rise = |until| rows::median(&mut self.log.week_of_pains(until)).map(|x| x - usual);
        let by = rise(day)?;
        let [some, much] = MEDIAN_RISES;
        if by < some {
            return None;
        }
        let before = rise(plus(day, -WEEK)).is_some_and(|x| x >= much);
        let (row, weeks) = match () {
            () if by >= much && before => (Row::MedianBy2TwoWeeks, 2),
            () if by >= much => (Row::MedianBy2, 1),
            () => (Row::MedianBy1, 1),
        };
        Some(m.vote(row, Fact::MedianRise { by, weeks }, day))
    }

    /// Row A, for the profiles that wait for the morning.
    fn read_after(&mut self, at: usize, day: NaiveDate, settled: Option<bool>) {
        let Some(judged) = self.judged.get_mut(at) else {
            return;
        };
        for mut vote in std::mem::take(&mut judged.after) {
            if settled == Some(true) {
                continue;
            }
            vote.day = day;
            if let Fact::PainAfter { settled: said, .. } = &mut vote.fact {
                *said = settled;
            }
            judged.votes.push(vote);
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
        self.settle(at);
    }
}
