//! What a morning says about the sessions of the two days before (section 5, rows A, M, N, S,
//! L and T), and mornings in a row.

use super::days::plus;
use super::index::Answer;
use super::replay::Replay;
use crate::diary::entry::{Morning, Score};
use crate::diary::vocabulary::{Stage, Swelling};
use crate::rules::guidance::{Fact, Rule};
use crate::rules::measure::Measure;
use crate::rules::pain_scale::{PainMeaning, PainScale};
use crate::rules::rows;
use crate::rules::rows::{MorningReport, Vote};
use crate::rules::symptom_free;
use crate::thresholds::{MEDIAN_RISE, WEEK};
use chrono::NaiveDate;

/// The second morning, where no session lies between.
fn report_on_second<'m>(measure: &'m Measure, morning: &'m Morning) -> MorningReport<'m> {
    MorningReport {
        measure,
        morning,
        second: true,
        zeros: false,
        swollen_before: false,
        median: None,
    }
}

impl Replay<'_> {
    pub(super) fn morning_findings(&mut self, day: NaiveDate) {
        if self.runner.is_none() {
            return;
        }
        let answer = self.answer(day);
        let (yesterday, before) = (plus(day, -1), plus(day, -2));
        let of_before = self.verdicts.at(before);
        if let (Some(at), Some(answer)) = (self.verdicts.at(yesterday), answer) {
            self.morning_after(at, day, answer);
        } else if let (None, Some(at), Some(answer)) =
            (self.verdicts.at(yesterday), of_before, answer)
        {
            self.second_morning(at, day, answer);
        }
        // The morning's day is over without an answer: row A is read as not settled.
        if let Some(at) = of_before {
            self.read_pain_after(at, day, None);
            self.take_effect(at, day, None);
        }
        self.end_wait(day);
    }

    /// A morning at the usual, later than the last finding, ends the wait for it.
    fn end_wait(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        let (Some(wait), Some(morning)) = (self.holds.wait(), self.morning(day)) else {
            return;
        };
        let measure = runner
            .episode
            .measure_of_day()
            .no_softer_than(&wait.measure);
        if day > wait.after && measure.at_baseline(morning) {
            self.holds.end_wait();
        }
    }

    /// How a morning about a session is measured: by what stands now, never softer than what
    /// stood with the session.
    fn measure_about(&self, at: usize) -> Option<Measure> {
        let now = self.runner.as_ref()?.episode.measure();
        Some(now.no_softer_than(&self.verdicts.get(at)?.measure))
    }

    /// What each pain on the morning of a day means: about the session before it, or the one
    /// before that, and for the day itself. The day has not begun in this replay.
    pub(super) fn morning_scale(&self, day: NaiveDate) -> Option<PainScale> {
        let runner = self.runner.as_ref()?;
        let of_day = runner.episode.measure_of_day();
        Some(PainScale::each(|pain| {
            let morning = Morning {
                pain: Score::new(pain).unwrap_or_default(),
                ..symptom_free::morning()
            };
            let about = PainMeaning::of(self.severity_of(&morning, day));
            if of_day.too_high(pain) {
                about.max(PainMeaning::RestToday)
            } else {
                about
            }
        }))
    }

    /// What the morning of a day would vote about the session that it speaks of.
    fn severity_of(&self, morning: &Morning, day: NaiveDate) -> u8 {
        let (yesterday, before) = (plus(day, -1), plus(day, -2));
        let after = self.verdicts.at(yesterday);
        let Some(at) = after.or_else(|| self.verdicts.at(before)) else {
            return 0;
        };
        let Some(measure) = self.measure_about(at) else {
            return 0;
        };
        let report = if after.is_some() {
            self.report_after(at, day, &measure, morning)
        } else {
            report_on_second(&measure, morning)
        };
        let votes = rows::morning_votes(&report, day);
        votes.iter().map(|v| v.severity).max().unwrap_or(0)
    }

    fn report_after<'m>(
        &self,
        at: usize,
        day: NaiveDate,
        measure: &'m Measure,
        morning: &'m Morning,
    ) -> MorningReport<'m> {
        let yesterday = plus(day, -1);
        MorningReport {
            measure,
            morning,
            second: false,
            zeros: self.verdicts.get(at).is_some_and(|j| j.zeros),
            swollen_before: self.verdicts.before(yesterday).is_some_and(|j| j.swollen),
            median: self.median_rise(measure, day, morning),
        }
    }

    fn morning_after(&mut self, at: usize, day: NaiveDate, answer: Answer) {
        let Some(measure) = self.measure_about(at) else {
            return;
        };
        let morning = answer.morning;
        let report = self.report_after(at, day, &measure, morning);
        let votes = rows::morning_votes(&report, day);
        if let Some(judged) = self.verdicts.get_mut(at) {
            let id = answer.place.1;
            judged
                .votes
                .extend(votes.into_iter().map(|v| v.from_entry(id)));
            judged.swollen |= morning.swelling != Swelling::None;
            judged.worst_episode = judged.episode;
            judged.settled = true;
        }
        self.read_pain_after(at, day, Some(morning));
        self.take_effect(at, day, Some(answer.place));
        self.settle(at);
    }

    fn second_morning(&mut self, at: usize, day: NaiveDate, answer: Answer) {
        let Some(measure) = self.measure_about(at) else {
            return;
        };
        let report = report_on_second(&measure, answer.morning);
        let votes = rows::morning_votes(&report, day);
        if votes.is_empty() {
            return;
        }
        if let Some(judged) = self.verdicts.get_mut(at) {
            judged.worst_episode = judged.episode;
            let id = answer.place.1;
            judged
                .votes
                .extend(votes.into_iter().map(|v| v.from_entry(id)));
        }
        self.take_effect(at, day, Some(answer.place));
    }

    /// Row T: whether the median of the week's mornings is above the usual, and the one of
    /// the week before, too.
    fn median_rise(
        &self,
        measure: &Measure,
        day: NaiveDate,
        morning: &Morning,
    ) -> Option<(u8, f64)> {
        let usual = f64::from(measure.baseline);
        let rise = |mut pains: Vec<u8>| rows::median(&mut pains).map(|x| x - usual);
        let mut week = self.index.pains(plus(day, 1 - WEEK), plus(day, -1));
        week.extend(morning.remembered.then(|| morning.pain.get()));
        let by = rise(week).filter(|by| *by >= MEDIAN_RISE)?;
        let week_before = self.index.pains(plus(day, 1 - 2 * WEEK), plus(day, -WEEK));
        let before = rise(week_before).is_some_and(|x| x >= MEDIAN_RISE);
        Some((if before { 2 } else { 1 }, by))
    }

    /// Row A, for the profiles that wait. `morning`: the answer, where it is in.
    fn read_pain_after(&mut self, at: usize, day: NaiveDate, morning: Option<&Morning>) {
        let Some(judged) = self.verdicts.get_mut(at) else {
            return;
        };
        // Who does not remember the morning has not answered that either.
        let remembered = morning.filter(|m| m.remembered);
        let settled = remembered.and_then(|m| m.settled_within_hour);
        for mut vote in std::mem::take(&mut judged.after) {
            if settled == Some(true) {
                continue;
            }
            vote.day = day;
            vote.from_morning = morning.is_some();
            if let Fact::PainAfter { settled: said, .. } = &mut vote.fact {
                *said = settled;
            }
            judged.votes.push(vote);
        }
    }

    /// A later day's session is logged: mornings still missing count 1 (row N).
    pub(super) fn missed_mornings(&mut self, day: NaiveDate) {
        let Some(at) = self.verdicts.last_place() else {
            return;
        };
        let unsettled = |j: &&super::verdicts::Judged| !j.settled && j.day < day;
        let Some(morning) = self
            .verdicts
            .get(at)
            .filter(unsettled)
            .map(|j| plus(j.day, 1))
        else {
            return;
        };
        // An answer that is there for a morning still to come is not missing.
        if self.morning(morning).is_some() {
            return;
        }
        let Some(runner) = &self.runner else { return };
        let votes: Vec<Vote> = rows::missing_votes(runner.episode.measure(), day);
        if let Some(judged) = self.verdicts.get_mut(at) {
            judged.votes.extend(votes);
            judged.settled = true;
        }
        self.read_pain_after(at, day, None);
        self.take_effect(at, day, None);
        self.settle(at);
    }

    /// Mornings in a row: those that alone kept the day from a session, and those above the
    /// usual after a session.
    pub(super) fn count_mornings(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        let Some(morning) = self.morning(day) else {
            self.verdicts.morning_in_the_way(false);
            self.verdicts.morning_above(false, false);
            return;
        };
        let measure = runner.episode.measure_of_day();
        let open = !self.holds.paused() && !runner.word_missing(day);
        let alone = open
            && if runner.standing.stage() == Stage::Rest {
                !super::gates::quiet_for_rest(measure, morning)
            } else {
                let blocks = self.blocks(day, runner.standing.runs());
                !blocks.is_empty() && blocks.iter().all(|b| b.rule == Rule::Baseline)
            };
        let above = morning.remembered && morning.pain.get() > measure.baseline;
        let after_session = self.verdicts.at(plus(day, -1)).is_some();
        self.verdicts.morning_in_the_way(alone);
        self.verdicts.morning_above(above, after_session);
    }
}
