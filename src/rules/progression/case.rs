//! The case: the standing plan, and where the runner stands on it.

use super::log::{between, plus};
use crate::diary::entry::Plan;
use crate::diary::vocabulary::{Profile, RedFlag, Stage};
use crate::rules::rows::Measure;
use crate::thresholds::ladder::{Ladder, ok_needed};
use crate::thresholds::{BIRTH_DAYS, LAPSE_DAYS, QUIET_PAIN};
use chrono::NaiveDate;

/// The standing plan and where the runner stands on it.
#[derive(Debug, Clone)]
pub(super) struct Case<'a> {
    pub(super) plan: &'a Plan,
    pub(super) profile: Profile,
    /// The last clearance allows a softer profile (section 1).
    pub(super) softer: bool,
    pub(super) measure: Measure,
    pub(super) ladder: Ladder,
    pub(super) stage: Stage,
    pub(super) index: usize,
    pub(super) ok: u32,
    pub(super) first_ok: Option<NaiveDate>,
    /// One OK W5 walk leads back to this level.
    pub(super) return_to: Option<usize>,
    /// The return is that of a gap: 30 days end it.
    pub(super) return_from_gap: bool,
    pub(super) test_target: usize,
    pub(super) stage_since: NaiveDate,
    /// The last self-test of this stage: its day, and whether every item passed.
    pub(super) test: Option<(NaiveDate, bool)>,
    /// The day a clearance of this case was granted, while it holds.
    pub(super) cleared: Option<NaiveDate>,
    pub(super) known_flags: Vec<RedFlag>,
    pub(super) max_level: Option<String>,
    /// Where the count of a gap starts, and the level it is counted down from.
    pub(super) gap_start: NaiveDate,
    pub(super) gap_base: usize,
    /// The row of a gap in walking that was applied last; 0: none.
    pub(super) walk_row: u8,
    pub(super) gap: Option<(i64, bool)>,
    pub(super) gap_from_running: bool,
    pub(super) placed: usize,
    pub(super) last_plan_session: Option<NaiveDate>,
}

impl<'a> Case<'a> {
    /// A case as its plan places it.
    pub(super) fn new(plan: &'a Plan, profile: Profile, day: NaiveDate) -> Self {
        let ladder = Ladder::of(plan);
        let named = plan.start_level.as_deref().and_then(|id| ladder.index(id));
        let first = ladder.first_of(plan.start_stage);
        let r1 = ladder.first_of(Stage::RunWalk);
        // A level of another stage never places higher than the stage it stands beside.
        let of_stage = |stage| named.filter(|i| ladder.at(*i).is_some_and(|l| l.stage == stage));
        let index = match plan.start_stage {
            Stage::Rest | Stage::SelfTest => first,
            Stage::Walking => named.unwrap_or(first).min(ladder.top_walk()),
            // A ladder without levels of that stage places at its lowest run.
            Stage::RunWalk | Stage::ShortRuns => of_stage(plan.start_stage).unwrap_or(
                if ladder
                    .at(first)
                    .is_some_and(|l| l.stage == plan.start_stage)
                {
                    first
                } else {
                    r1
                },
            ),
            Stage::Running => ladder.last(),
        };
        // A ladder may lack levels of that stage: then the level says the stage.
        let stage = match plan.start_stage {
            Stage::RunWalk | Stage::ShortRuns => {
                ladder.at(index).map_or(plan.start_stage, |l| l.stage)
            }
            other => other,
        };
        let test_target = match plan.start_stage {
            Stage::SelfTest => named.filter(|i| *i >= r1).unwrap_or(r1),
            _ => r1,
        };
        Self {
            plan,
            profile,
            softer: false,
            measure: Measure::of(plan, profile),
            stage,
            index,
            ladder,
            ok: 0,
            first_ok: None,
            return_to: None,
            return_from_gap: false,
            test_target,
            stage_since: day,
            test: None,
            cleared: None,
            known_flags: Vec::new(),
            max_level: None,
            gap_start: day,
            gap_base: index,
            walk_row: 0,
            gap: None,
            gap_from_running: false,
            // The level that the self-test leads to is what the runner was placed for.
            placed: if plan.start_stage == Stage::SelfTest {
                test_target
            } else {
                index
            },
            last_plan_session: None,
        }
    }

    /// The same case under a later plan that places nobody anew. Gives the ladder before
    /// where it brings another one.
    pub(super) fn follow(&mut self, plan: &'a Plan) -> Option<Ladder> {
        self.plan = plan;
        self.measure = Measure::of(plan, self.profile);
        let ladder = Ladder::of(plan);
        if ladder == self.ladder {
            return None;
        }
        let old = std::mem::replace(&mut self.ladder, ladder);
        let ladder = &self.ladder;
        let same = |i: usize| old.at(i).and_then(|l| ladder.index(&l.id));
        let r1 = ladder.first_of(Stage::RunWalk);
        let index = self.carried(&old, self.stage, self.index);
        self.placed = same(self.placed).unwrap_or(r1).min(ladder.last());
        self.return_to = self.return_to.map(|to| same(to).unwrap_or(r1));
        self.test_target = same(self.test_target).unwrap_or(r1);
        if matches!(self.stage, Stage::RunWalk | Stage::ShortRuns) {
            self.stage = ladder.at(index).map_or(self.stage, |l| l.stage);
        }
        self.index = index;
        self.gap_base = index;
        self.ok = 0;
        self.first_ok = None;
        Some(old)
    }

    /// A place on an older ladder on this one: the same id where this one has it, else no
    /// further than before.
    pub(super) fn carried(&self, old: &Ladder, stage: Stage, index: usize) -> usize {
        let same = old.at(index).and_then(|l| self.ladder.index(&l.id));
        same.unwrap_or_else(|| index.min(self.ladder.first_of(stage)))
    }

    /// Whether the runner stands in a stage of runs.
    pub(super) fn runs(&self) -> bool {
        matches!(
            self.stage,
            Stage::RunWalk | Stage::ShortRuns | Stage::Running
        )
    }

    /// Whether everything beyond rest needs a clearance (section 1).
    pub(super) fn needs_clearance(&self) -> bool {
        self.profile == Profile::Bone || self.plan.needs_clearance || self.plan.injury.surgery
    }

    /// The first day with run levels again after a birth, while it is still to come.
    pub(super) fn no_runs_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        let until = plus(self.plan.birth_on?, BIRTH_DAYS);
        (day < until).then_some(until)
    }

    /// A granted clearance, or the declaration where that is enough.
    pub(super) fn consulted(&self) -> bool {
        self.cleared.is_some() || (!self.needs_clearance() && self.plan.no_clinician)
    }

    /// For bone a clearance lapses for good after 30 days without a run or a walk on
    /// the plan: what is logged later does not bring it back.
    pub(super) fn lapse(&mut self, day: NaiveDate) {
        let Some(given) = self.cleared.filter(|_| self.profile == Profile::Bone) else {
            return;
        };
        let last = self.last_plan_session.map_or(given, |s| s.max(given));
        if between(last, day) >= LAPSE_DAYS {
            self.cleared = None;
        }
    }

    /// Whether the stage may not be advised for want of a clearance.
    pub(super) fn clearance_missing(&self) -> bool {
        let asks = match self.stage {
            Stage::Rest => false,
            Stage::Walking => self.needs_clearance(),
            _ => true,
        };
        asks && !self.consulted()
    }

    /// OK sessions needed to move up: the page's, a clinician's, or the runner's own
    /// when stricter.
    pub(super) fn needed(&self) -> u32 {
        if self.return_to.is_some() {
            return 1;
        }
        let usual = ok_needed(&self.ladder, self.index, self.profile);
        let Some(limits) = &self.plan.limits else {
            return usual;
        };
        match limits.ok_needed.map(u32::from) {
            Some(n) if limits.by.trim().is_empty() => n.max(usual),
            Some(n) => n.max(1),
            None => usual,
        }
    }

    /// The count of a gap starts again on a day.
    pub(super) fn count_gap_from(&mut self, day: NaiveDate) {
        self.gap_start = day;
        self.gap_base = self.index;
        self.walk_row = 0;
        self.gap = None;
        self.gap_from_running = false;
    }
}

/// The higher of 2 and the usual, bone 0 (section 2).
pub(super) fn rest_gate_limit(m: &Measure) -> u8 {
    if m.bone() { 0 } else { m.usual.max(QUIET_PAIN) }
}
