//! The verdicts: what the last sessions' reports came to, and what is remembered of them.

use super::days::between;
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::Rule;
use crate::rules::measure::Measure;
use crate::rules::rows::{AgainReport, Kind, Vote};
use crate::thresholds::{AGAIN_DAYS, MEMORY_DAYS, ONES_FOR_REVIEW, SEVERE, WEEK};
use chrono::NaiveDate;

/// Session days that are kept: what is further back is read no more.
const KEPT: usize = 8;

/// One day's sessions, judged as one (section 5).
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) day: NaiveDate,
    pub(super) votes: Vec<Vote>,
    pub(super) severity: u8,
    /// The morning after was answered, or missed.
    pub(super) settled: bool,
    /// Row A by the plan that stood with each session, until it is read.
    pub(super) after: Vec<Vote>,
    /// Where it is counted down from.
    pub(super) base: (Stage, usize),
    pub(super) steps: usize,
    /// The placing that stood.
    pub(super) placing: u32,
    /// The plan that stood with its last session.
    pub(super) plan: u32,
    /// The injury of its last session, and of the last that went badly.
    pub(super) episode: u32,
    pub(super) worst_episode: u32,
    /// The count of OK sessions that it may go into.
    pub(super) counts: Option<u32>,
    /// Its day gave it.
    pub(super) given: bool,
    pub(super) swollen: bool,
    pub(super) zeros: bool,
    /// How its mornings are measured at the softest.
    pub(super) measure: Measure,
}

impl Judged {
    /// The worst of its signs, warning signs aside (row X).
    fn worst_sign(&self) -> u8 {
        let signs = self.votes.iter().filter(|v| v.kind == Kind::Sign);
        signs.map(|v| v.severity).max().unwrap_or(0)
    }
}

/// A session day of severity 2 or more by its signs (row X).
#[derive(Debug, Clone, Copy)]
struct SevereDay {
    day: NaiveDate,
    /// Its last finding.
    found: NaiveDate,
    severity: u8,
    episode: u32,
}

/// The last verdicts, and what is remembered of older ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Verdicts {
    judged: Vec<Judged>,
    severe_days: Vec<SevereDay>,
    /// Results of severity 1 in a row at one level: what held each.
    severity_one_streak: Vec<Vec<(Rule, Kind)>>,
    severity_one_count: u32,
    /// The last day with pain at another bony site, and with a fleeting pain let pass.
    bony: Option<NaiveDate>,
    fleeting: Option<NaiveDate>,
    /// Runs on days that gave none.
    rest_day_runs: Vec<NaiveDate>,
    /// The last session that counted as hard.
    hard: Option<NaiveDate>,
    /// Painful strength sessions.
    strength_pains: Vec<NaiveDate>,
    /// How often in a row the pelvic floor item failed.
    pelvic_floor_fails: u32,
    /// Mornings in a row that alone kept the day from a session.
    mornings_in_the_way: u32,
    /// Mornings in a row above the usual after a session.
    mornings_above: u32,
}

impl Verdicts {
    pub(super) fn last(&self) -> Option<&Judged> {
        self.judged.last()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Judged> {
        self.judged.get(at)
    }

    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut Judged> {
        self.judged.get_mut(at)
    }

    /// The place of a day's verdict among those that are kept.
    pub(super) fn at(&self, day: NaiveDate) -> Option<usize> {
        self.judged.iter().rposition(|j| j.day == day)
    }

    pub(super) fn last_place(&self) -> Option<usize> {
        self.judged.len().checked_sub(1)
    }

    /// The last verdict of a severity at least.
    pub(super) fn last_of(&self, severity: u8) -> Option<&Judged> {
        self.judged.iter().rev().find(|j| j.severity >= severity)
    }

    /// The session day before a day.
    pub(super) fn before(&self, day: NaiveDate) -> Option<&Judged> {
        self.judged.iter().rev().find(|j| j.day < day)
    }

    pub(super) fn push(&mut self, judged: Judged) -> usize {
        if self.judged.len() >= KEPT {
            self.judged.remove(0);
        }
        self.judged.push(judged);
        self.judged.len() - 1
    }

    /// Verdicts that stood under a placing: a later plan's ladder carries them along.
    pub(super) fn of_placing(&mut self, placing: u32) -> impl Iterator<Item = &mut Judged> {
        self.judged.iter_mut().filter(move |j| j.placing == placing)
    }

    // Row X.

    /// Keeps what a verdict found of 2 or more by signs, and says what it is the how-many-th
    /// of: the earlier days, and the report of row X.
    pub(super) fn remember(
        &mut self,
        at: usize,
        day: NaiveDate,
    ) -> Option<(Vec<NaiveDate>, AgainReport)> {
        let judged = self.judged.get(at)?;
        let (severity, here, episode) = (judged.worst_sign(), judged.day, judged.worst_episode);
        if severity < SEVERE {
            return None;
        }
        let fresh = |v: &Vote| v.severity >= SEVERE && v.day == day;
        if judged.votes.iter().any(fresh) {
            let same = |s: &&mut SevereDay| s.day == here && s.episode == episode;
            match self.severe_days.iter_mut().find(same) {
                Some(known) => {
                    known.found = day;
                    known.severity = known.severity.max(severity);
                }
                None => self.severe_days.push(SevereDay {
                    day: here,
                    found: day,
                    severity,
                    episode,
                }),
            }
        }
        // Each injury has its own memory, also for what is found after it has ended.
        let earlier: Vec<&SevereDay> = self
            .severe_days
            .iter()
            .filter(|s| s.episode == episode && s.day < here)
            .filter(|s| between(s.day, here) <= MEMORY_DAYS)
            .collect();
        let report = AgainReport {
            severity,
            earlier: earlier.len(),
            worst_earlier: earlier.iter().map(|s| s.severity).max().unwrap_or(0),
        };
        Some((earlier.iter().map(|s| s.day).collect(), report))
    }

    /// A clinician's word ends the memory of what was found before its day.
    pub(super) fn clear(&mut self, seen: NaiveDate) {
        self.severe_days.retain(|s| s.found >= seen);
        self.forget_ones();
    }

    // Severity 1 in a row.

    pub(super) fn forget_ones(&mut self) {
        self.severity_one_streak.clear();
        self.severity_one_count = 0;
    }

    pub(super) fn one_more(&mut self, held: Vec<(Rule, Kind)>) {
        if self.severity_one_streak.len() >= ONES_FOR_REVIEW {
            self.severity_one_streak.remove(0);
        }
        self.severity_one_streak.push(held);
        self.severity_one_count += 1;
    }

    /// How many results of severity 1 there are in a row at one level, once they are enough
    /// to ask why; `None` for the rules where a sign, or "That hurts", is among the last four.
    pub(super) fn held_back(&self) -> Option<(u32, Option<Vec<Rule>>)> {
        if self.severity_one_streak.len() < ONES_FOR_REVIEW {
            return None;
        }
        let all = self.severity_one_streak.iter().flatten();
        let mut rules = Vec::new();
        let mut sign = false;
        for (rule, kind) in all {
            sign |= *kind != Kind::Conduct || *rule == Rule::H;
            if !rules.contains(rule) {
                rules.push(*rule);
            }
        }
        Some((self.severity_one_count, (!sign).then_some(rules)))
    }

    // What a session's rows need to know of those before it.

    pub(super) fn bony_within(&self, day: NaiveDate) -> bool {
        self.bony.is_some_and(|d| between(d, day) <= AGAIN_DAYS)
    }

    pub(super) fn bony_on(&mut self, day: NaiveDate) {
        self.bony = Some(day);
    }

    pub(super) fn fleeting_within(&self, day: NaiveDate) -> bool {
        self.fleeting.is_some_and(|d| between(d, day) <= AGAIN_DAYS)
    }

    pub(super) fn fleeting_on(&mut self, day: NaiveDate) {
        self.fleeting = Some(day);
    }

    /// A run on a day that gave none: how many in 7 days, this one included.
    pub(super) fn rest_day_run(&mut self, day: NaiveDate) -> u32 {
        self.rest_day_runs.retain(|d| between(*d, day) < WEEK);
        self.rest_day_runs.push(day);
        u32::try_from(self.rest_day_runs.len()).unwrap_or(u32::MAX)
    }

    /// Whether a session may be the week's hard one.
    pub(super) fn hard_free(&self, day: NaiveDate) -> bool {
        self.hard.is_none_or(|d| between(d, day) >= WEEK)
    }

    pub(super) fn hard_on(&mut self, day: NaiveDate) {
        self.hard = Some(day);
    }

    // What is suggested to be looked at.

    pub(super) fn painful_strength(&mut self, day: NaiveDate) {
        self.strength_pains.push(day);
    }

    pub(super) fn strength_pains(&self, on: NaiveDate) -> usize {
        let recent = self.strength_pains.iter().rev();
        recent
            .take_while(|d| between(**d, on) <= AGAIN_DAYS)
            .count()
    }

    pub(super) fn tested_pelvic_floor(&mut self, passed: bool) {
        self.pelvic_floor_fails = if passed {
            0
        } else {
            self.pelvic_floor_fails + 1
        };
    }

    pub(super) fn pelvic_floor_fails(&self) -> u32 {
        self.pelvic_floor_fails
    }

    pub(super) fn morning_in_the_way(&mut self, alone: bool) {
        self.mornings_in_the_way = if alone {
            self.mornings_in_the_way + 1
        } else {
            0
        };
    }

    pub(super) fn mornings_in_the_way(&self) -> u32 {
        self.mornings_in_the_way
    }

    pub(super) fn morning_above(&mut self, above: bool, after_session: bool) {
        self.mornings_above = match (above, self.mornings_above) {
            (false, _) => 0,
            (true, 0) => u32::from(after_session),
            (true, n) => n + 1,
        };
    }

    pub(super) fn mornings_above(&self) -> u32 {
        self.mornings_above
    }
}
