//! Where the runner stands: stage, level, and the counts that lead on.

use super::days::between;
use crate::diary::entry::Plan;
use crate::diary::vocabulary::Stage;
use crate::rules::measure::Measure;
use crate::thresholds::ladder::Ladder;
use crate::thresholds::{LEVEL_UPS_PER_WEEK, WEEK};
use chrono::NaiveDate;

/// Why a way back to a running level stands open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BackBy {
    /// One OK walk, after a step down past the first running level.
    Walk,
    /// One OK walk, which a gap asks for.
    WalkAfterGap,
    /// The seven quiet mornings of bone, after a clearance named the level.
    Mornings,
}

/// A way back to a running level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WayBack {
    pub(super) to: usize,
    pub(super) by: BackBy,
    /// The last run before it, or what else the gap is counted from.
    pub(super) since: NaiveDate,
}

/// A self-test that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MadeTest {
    pub(super) day: NaiveDate,
    pub(super) passed: bool,
    /// How its morning is measured.
    pub(super) measure: Measure,
}

/// Where the runner stands.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    stage: Stage,
    index: usize,
    since: NaiveDate,
    ok: u32,
    first_ok: Option<NaiveDate>,
    way_back: Option<WayBack>,
    /// A passed self-test leads to this level.
    test_target: usize,
    test: Option<MadeTest>,
    /// The level of the last placing.
    placed: usize,
    level_ups: Vec<NaiveDate>,
    /// Counts of OK sessions, each numbered.
    count: u32,
    /// Placings by a plan or a clinician, each numbered.
    placings: u32,
    /// A step down from the continuous levels: until the next level-up `LONGEST` goes on
    /// reading (section 6).
    longest_reads: bool,
    /// OK sessions asked for before a plan that keeps the injury, and the number of that
    /// plan: what it allows is settled by the next session's morning (section 1).
    needed_before: Option<(u32, u32)>,
}

impl Standing {
    /// Where a plan places the runner.
    pub(super) fn placed_by(plan: &Plan, ladder: &Ladder, day: NaiveDate) -> Self {
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
            other @ (Stage::Rest | Stage::Walking | Stage::SelfTest | Stage::Running) => other,
        };
        let test_target = match plan.start_stage {
            Stage::SelfTest => named.filter(|i| *i >= r1).unwrap_or(r1),
            Stage::Rest | Stage::Walking | Stage::RunWalk | Stage::ShortRuns | Stage::Running => r1,
        };
        Self {
            stage,
            index,
            since: day,
            ok: 0,
            first_ok: None,
            way_back: None,
            test_target,
            test: None,
            // The level that the self-test leads to is what the runner was placed for.
            placed: if plan.start_stage == Stage::SelfTest {
                test_target
            } else {
                index
            },
            level_ups: Vec::new(),
            count: 0,
            placings: 0,
            longest_reads: false,
            needed_before: None,
        }
    }

    /// What goes on under another placing: the cap on level-ups, a failed test, the numbers.
    pub(super) fn inherit(&mut self, old: Self) {
        self.test = old.test.filter(|t| !t.passed);
        self.level_ups = old.level_ups;
        self.count = old.count + 1;
        self.placings = old.placings + 1;
    }

    pub(super) fn stage(&self) -> Stage {
        self.stage
    }

    pub(super) fn index(&self) -> usize {
        self.index
    }

    /// The first day of the stage.
    pub(super) fn since(&self) -> NaiveDate {
        self.since
    }

    pub(super) fn ok(&self) -> u32 {
        self.ok
    }

    pub(super) fn first_ok(&self) -> Option<NaiveDate> {
        self.first_ok
    }

    pub(super) fn way_back(&self) -> Option<WayBack> {
        self.way_back
    }

    pub(super) fn test(&self) -> Option<MadeTest> {
        self.test
    }

    pub(super) fn test_target(&self) -> usize {
        self.test_target
    }

    pub(super) fn placed(&self) -> usize {
        self.placed
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    pub(super) fn placings(&self) -> u32 {
        self.placings
    }

    /// Whether the runner stands in a stage of runs.
    pub(super) fn runs(&self) -> bool {
        matches!(
            self.stage,
            Stage::RunWalk | Stage::ShortRuns | Stage::Running
        )
    }

    /// Whether a walk of the plan is what the stage holds.
    pub(super) fn walks(&self) -> bool {
        matches!(self.stage, Stage::Walking | Stage::SelfTest)
    }

    /// Whether `LONGEST` reads the standing level itself, not the day's alone.
    pub(super) fn longest_reads(&self) -> bool {
        self.stage == Stage::ShortRuns || (self.longest_reads && self.stage == Stage::RunWalk)
    }

    /// A session that counts, done on that day.
    pub(super) fn count_ok(&mut self, day: NaiveDate) {
        self.ok += 1;
        self.first_ok.get_or_insert(day);
    }

    /// Every severity of 2 or more, and every change of level, starts the count at 0.
    pub(super) fn count_anew(&mut self) {
        self.ok = 0;
        self.first_ok = None;
        self.count += 1;
    }

    /// Another stage, another level, or both.
    pub(super) fn stand(&mut self, stage: Stage, index: usize, day: NaiveDate) {
        if self.stage != stage {
            self.since = day;
            // A failed test counts wherever it was made.
            self.test = self.test.filter(|t| !t.passed);
        }
        let continuous = |s| matches!(s, Stage::ShortRuns | Stage::Running);
        if continuous(self.stage) && !continuous(stage) && index < self.index {
            self.longest_reads = true;
        }
        self.stage = stage;
        self.index = index;
        self.needed_before = None;
        self.count_anew();
    }

    /// A level-up: one of two in any 7 days.
    pub(super) fn level_up(&mut self, day: NaiveDate) {
        self.longest_reads = false;
        self.level_ups.push(day);
    }

    pub(super) fn level_ups_free(&self, day: NaiveDate) -> bool {
        let last = self.level_ups.iter().rev().take(LEVEL_UPS_PER_WEEK);
        let recent = last.filter(|d| between(**d, day) < WEEK).count();
        recent < LEVEL_UPS_PER_WEEK
    }

    /// A clinician names the level.
    pub(super) fn place(&mut self, index: usize, first_run: usize) {
        self.way_back = None;
        self.test_target = first_run;
        self.placed = index;
        self.placings += 1;
        self.longest_reads = false;
    }

    pub(super) fn open_way_back(&mut self, way: WayBack, first_run: usize) {
        self.way_back = Some(way);
        self.test_target = first_run;
    }

    /// The ordinary gates apply again.
    pub(super) fn close_way_back(&mut self, first_run: usize) {
        self.way_back = None;
        self.test_target = first_run;
    }

    /// What time away has lowered leads back no higher.
    pub(super) fn lower_way_back(&mut self, to: usize) {
        if let Some(way) = &mut self.way_back {
            way.to = way.to.min(to);
        }
    }

    /// A run starts the count of days that end a way back again.
    pub(super) fn ran(&mut self, day: NaiveDate) {
        if let Some(way) = &mut self.way_back {
            way.since = day;
        }
    }

    pub(super) fn entered_running(&mut self) {
        self.way_back = None;
        self.longest_reads = false;
    }

    pub(super) fn made_test(&mut self, test: MadeTest) {
        self.test = Some(test);
    }

    pub(super) fn forget_test(&mut self) {
        self.test = None;
    }

    /// A later plan of the same injury and start: nobody moves, and what it asks for less
    /// holds from the next session's morning on.
    pub(super) fn keep(&mut self, needed: u32, plan: u32) {
        let before = self.needed_before.map_or(needed, |(n, _)| n.max(needed));
        self.needed_before = Some((before, plan));
    }

    /// A session under that plan, or a later one, is settled.
    pub(super) fn settled_under(&mut self, plan: u32) {
        self.needed_before = self.needed_before.filter(|(_, of)| plan < *of);
    }

    pub(super) fn needed_before(&self) -> u32 {
        self.needed_before.map_or(0, |(n, _)| n)
    }

    /// Another ladder: the level of that name, else none that asks for more; the count
    /// starts at 0.
    pub(super) fn change_ladder(&mut self, old: &Ladder, new: &Ladder) {
        let r1 = new.first_of(Stage::RunWalk);
        let running = |i: usize| {
            let level = old.at(i);
            level.map_or(r1, |l| new.carried(l, l.stage))
        };
        let index = old
            .at(self.index)
            .map_or(self.index, |l| new.carried(l, self.stage));
        self.placed = running(self.placed);
        self.test_target = running(self.test_target);
        if let Some(way) = &mut self.way_back {
            way.to = running(way.to);
        }
        if matches!(self.stage, Stage::RunWalk | Stage::ShortRuns) {
            self.stage = new.at(index).map_or(self.stage, |l| l.stage);
        }
        self.index = index;
        self.needed_before = None;
        self.count_anew();
    }
}
