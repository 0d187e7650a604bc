//! When the next session may be (section 4).

use super::days::{between, plus};
use super::replay::{Replay, Runner};
use crate::diary::entry::Absence;
use crate::diary::vocabulary::{
    AbsenceReason, FreedomName, Movement, Profile, Site, Stage, Swelling,
};
use crate::rules::guidance::{Fact, Reason, Rule, WouldChange};
use crate::rules::rows::Vote;
use crate::thresholds::{
    BASELINE_RISE, BONE_WALK_DAYS, FREEDOM_DAYS, LEAST_PER_WEEK, MOST_PER_WEEK, REST_DAYS,
    WAIT_FROM, WELL_DAYS,
};
use chrono::NaiveDate;
use std::cmp::Reverse;

/// Days looked ahead for the next session.
const AHEAD: i64 = 60;

impl Runner<'_> {
    /// Runs in any 7 days.
    fn per_week(&self, fourth_day: bool) -> u8 {
        let plan = self.episode.plan();
        // One a week never arrives: it counts when a clinician set it.
        let least = if self.episode.limits_by_clinician() {
            1
        } else {
            LEAST_PER_WEEK
        };
        let asked = if fourth_day {
            plan.sessions_per_week.max(MOST_PER_WEEK)
        } else {
            plan.sessions_per_week.max(least)
        };
        let limit = plan.limits.as_ref().and_then(|l| l.max_per_week);
        // Of several caps the lowest holds.
        limit
            .map_or(asked, |n| n.min(asked))
            .clamp(1, MOST_PER_WEEK)
    }

    /// Full days between runs; never below one.
    fn rest_days(&self) -> i64 {
        let limits = self.episode.plan().limits.as_ref();
        let limit = limits.and_then(|l| l.min_rest_days);
        i64::from(limit.unwrap_or(REST_DAYS).max(REST_DAYS))
    }
}

impl Replay<'_> {
    /// Whether today gives a session of this kind (section 4): what is done on a day that did
    /// not give it never counts for moving up.
    pub(super) fn gives(&self, run: bool) -> bool {
        if run {
            self.gives_run()
        } else {
            self.gives_walk()
        }
    }

    /// Whether today gives a run.
    pub(super) fn gives_run(&self) -> bool {
        self.runner.as_ref().is_some_and(|r| r.standing.runs()) && self.against_a_run().is_none()
    }

    /// Whether today gives a walk of the plan.
    fn gives_walk(&self) -> bool {
        let Some(runner) = &self.runner else {
            return false;
        };
        runner.standing.walks()
            && !self.holds.paused()
            && !runner.word_missing(self.today)
            && self.blocks(self.today, false).is_empty()
    }

    /// What stands against a run today; `None` in a stage of runs: nothing.
    pub(super) fn against_a_run(&self) -> Option<Rule> {
        let runner = self.runner.as_ref()?;
        if let Some(pause) = self.holds.pause() {
            let worst = pause.votes().iter().max_by_key(|v| v.severity);
            return Some(worst.map_or(Rule::Clearance, |v| v.rule));
        }
        if runner.word_missing(self.today) {
            let usual = runner.episode.consulted(self.today);
            return Some(if usual { Rule::Usual } else { Rule::Clearance });
        }
        if !runner.standing.runs() {
            return Some(Rule::Gate);
        }
        if let Some(block) = self.blocks(self.today, true).first() {
            return Some(block.rule);
        }
        let given = self
            .prescribed()
            .and_then(|given| runner.episode.ladder().at(given.index));
        let walk = given.is_none_or(|l| l.movement() == Movement::Walk);
        walk.then_some(Rule::Gate)
    }

    /// Everything that keeps a session from a day, as far as is known today.
    /// `runs`: the session holds running (or stands for one).
    pub(super) fn blocks(&self, on: NaiveDate, runs: bool) -> Vec<Reason> {
        let mut out = Vec::new();
        let Some(runner) = &self.runner else {
            return out;
        };
        let plain = |rule, fact| Reason {
            rule,
            fact,
            severity: None,
            entry: None,
            day: on,
            changes: Vec::new(),
        };
        if runs {
            out.extend(
                self.run_spacing(runner, on)
                    .map(|last| plain(Rule::Spacing, Fact::Spacing { last })),
            );
            let per_week = runner.per_week(self.freedom(FreedomName::FourthDay));
            let runs = self.run_log.in_week(on);
            if runs >= u32::from(per_week) {
                out.push(plain(Rule::Cap, Fact::Cap { runs, per_week }));
            }
        } else if let Some(last) = self.walk_spacing(runner, on) {
            out.push(plain(Rule::Spacing, Fact::Spacing { last }));
        }
        for absence in self.index.absences() {
            if ill(absence, self.today, on) {
                let until = absence.until;
                out.push(plain(Rule::Illness, Fact::Illness { until }));
            }
        }
        if self.flare() {
            out.push(plain(Rule::Gap, Fact::Flare));
        }
        if on == self.today {
            out.extend(
                self.baseline(runner)
                    .map(|fact| plain(Rule::Baseline, fact)),
            );
        }
        out.extend(self.holds.resting(on).map(Vote::reason));
        if runs {
            out.extend(self.waiting(runner, on));
        }
        out
    }

    /// The last run, where it lies too near.
    fn run_spacing(&self, runner: &Runner, on: NaiveDate) -> Option<NaiveDate> {
        let apart = if self.freedom(FreedomName::BackToBack) {
            1
        } else {
            1 + runner.rest_days()
        };
        self.run_log.last_day().filter(|d| between(*d, on) < apart)
    }

    /// The last walk of the plan, or run, where it lies too near.
    fn walk_spacing(&self, runner: &Runner, on: NaiveDate) -> Option<NaiveDate> {
        let apart = if runner.episode.bone() {
            BONE_WALK_DAYS
        } else {
            1
        };
        let last = self.run_log.last_walk().max(self.run_log.last_day());
        last.filter(|d| between(*d, on) < apart)
    }

    /// An open absence for pain: none until its last day is entered, or a run ends it.
    fn flare(&self) -> bool {
        self.index.absences().iter().any(|a| {
            let ran = self.run_log.last_day().is_some_and(|run| a.from < run);
            a.reason == AbsenceReason::Pain && a.until.is_none() && a.from <= self.today && !ran
        })
    }

    /// It is the next run that waits for the usual: a walk may go on (section 5).
    fn waiting(&self, runner: &Runner, on: NaiveDate) -> Option<Reason> {
        // Tomorrow's morning may be at the usual, or the one after the finding.
        let wait = self.holds.wait()?;
        if on > self.today.max(wait.after) {
            return None;
        }
        let measure = runner
            .episode
            .measure_of_day()
            .no_softer_than(&wait.measure);
        let baseline = measure.baseline;
        let lead = self.verdicts.last_of(WAIT_FROM);
        let vote = lead.and_then(|j| j.votes.iter().find(|v| v.severity == j.severity));
        let mut reason = vote.map_or_else(
            || Reason {
                rule: Rule::Baseline,
                fact: Fact::Baseline {
                    pain: None,
                    baseline,
                },
                severity: None,
                entry: None,
                day: on,
                changes: Vec::new(),
            },
            Vote::reason,
        );
        reason.changes.push(WouldChange::QuietMornings {
            more: 1,
            at_most: baseline,
        });
        Some(reason)
    }

    /// `BASELINE`: a morning 2 or more above the usual (bone: above 0, or not answered
    /// yet), a limp, or clear swelling makes today a rest day.
    fn baseline(&self, runner: &Runner) -> Option<Fact> {
        let measure = runner.episode.measure_of_day();
        let baseline = measure.baseline;
        let missing = Fact::Baseline {
            pain: None,
            baseline,
        };
        let Some(m) = self.morning(self.today) else {
            return measure.bone().then_some(missing);
        };
        if m.limp {
            return Some(Fact::Limp { morning: true });
        }
        if m.swelling == Swelling::Clear {
            return Some(Fact::Swelling {
                swelling: m.swelling,
                morning: true,
                again: false,
            });
        }
        if !m.remembered && measure.bone() {
            return Some(missing);
        }
        let pain = m.pain.get();
        measure.too_high(pain).then_some(Fact::Baseline {
            pain: Some(pain),
            baseline,
        })
    }

    /// What keeps a session from today and from each day after it, up to the first day
    /// that is free; the days end without one while nobody can say.
    pub(super) fn blocks_ahead(&self, runs: bool) -> Vec<Vec<Reason>> {
        let mut days = Vec::new();
        for n in 0..=AHEAD {
            let blocks = self.blocks(plus(self.today, n), runs);
            let free = blocks.is_empty();
            days.push(blocks);
            if free {
                break;
            }
        }
        days
    }

    /// Today's blocks, the one that holds longest first, each with what ends it.
    pub(super) fn binding_first(&self, ahead: &[Vec<Reason>]) -> Vec<Reason> {
        let Some(today) = ahead.first() else {
            return Vec::new();
        };
        // The runs of 7 days become fewer by the day; all else stays what it is.
        let same = |a: &Reason, b: &Reason| {
            a.rule == b.rule && a.changes == b.changes && (a.rule == Rule::Cap || a.fact == b.fact)
        };
        let mut list: Vec<(i64, Reason)> = today
            .iter()
            .map(|block| {
                let holds = |day: &&Vec<Reason>| day.iter().any(|b| same(b, block));
                let days = ahead.iter().take_while(holds).count();
                (i64::try_from(days).unwrap_or(AHEAD), block.clone())
            })
            .collect();
        // At one length a vote says more than the calendar, and a worse one more than it.
        let rank = |(days, b): &(i64, Reason)| {
            let calendar = matches!(b.rule, Rule::Spacing | Rule::Cap);
            (-*days, calendar, Reverse(b.severity))
        };
        list.sort_by_key(rank);
        let ended = |(days, mut block): (i64, Reason)| {
            let end = self.end_of(&block, days);
            if block.changes.is_empty() {
                block.changes.push(end);
            }
            block
        };
        list.into_iter().map(ended).collect()
    }

    /// What ends a block that holds for so many days as far as is known today.
    fn end_of(&self, block: &Reason, days: i64) -> WouldChange {
        let measure = self.runner.as_ref().map(|r| *r.episode.measure_of_day());
        let quiet = match measure {
            Some(m) if !m.bone() => m.baseline + BASELINE_RISE - 1,
            _ => 0,
        };
        if matches!(block.fact, Fact::Baseline { pain: None, .. }) {
            return WouldChange::Answer {
                for_day: self.today,
                at_most: quiet,
            };
        }
        if block.rule == Rule::Baseline {
            return WouldChange::QuietMornings {
                more: 1,
                at_most: quiet,
            };
        }
        if block.fact == (Fact::Illness { until: None }) {
            return WouldChange::IllnessOver;
        }
        if block.fact == Fact::Flare {
            return WouldChange::FlareOver;
        }
        WouldChange::WaitUntil {
            date: plus(self.today, days),
        }
    }

    /// Whether a freedom was taken up since the runner is back (section 8).
    pub(super) fn freedom(&self, name: FreedomName) -> bool {
        let (taken, _) = self.freedoms();
        taken.contains(&name)
    }

    /// The freedoms that count since the runner is back, and the one that is offered next,
    /// with its first day (section 8): one at a time, in order, each held a week. One that
    /// was taken up before its day, or out of its order, does not count.
    pub(super) fn freedoms(&self) -> (Vec<FreedomName>, Option<(FreedomName, NaiveDate)>) {
        let mut taken = Vec::new();
        let runner = self.runner.as_ref();
        let Some(runner) = runner.filter(|r| r.standing.stage() == Stage::Running) else {
            return (taken, None);
        };
        let episode = &runner.episode;
        let careful = matches!(episode.profile(), Profile::Bone | Profile::Tendon)
            || episode.plan().injury.site == Site::Calf;
        let mut free_on = runner.standing.since();
        for &name in FreedomName::ALL {
            // Days back to back are a clinician's word for these.
            if name == FreedomName::BackToBack && careful {
                continue;
            }
            let mut days = self.index.freedoms().iter().filter(|(entered, f)| {
                f.name == name && *entered >= free_on && f.from >= free_on && f.from <= self.today
            });
            let Some((_, first)) = days.next() else {
                return (taken, Some((name, free_on)));
            };
            free_on = plus(first.from, FREEDOM_DAYS);
            taken.push(name);
        }
        (taken, None)
    }
}

/// Whether an illness keeps a day free of sessions: while it is open, and until the
/// third day after its last (48 hours well).
fn ill(a: &Absence, today: NaiveDate, on: NaiveDate) -> bool {
    let over = |until| on >= plus(until, WELL_DAYS);
    a.reason == AbsenceReason::Illness && a.from <= today && !a.until.is_some_and(over)
}
