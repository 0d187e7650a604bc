//! Gates between the stages, level-ups, and the ways back (sections 2, 3 and 5).

use super::case::rest_gate_limit;
use super::log::{between, plus};
use super::replay::Replay;
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::{ChangeCause, Missing, Rule};
use crate::thresholds::{
    HOME_DAYS, LEVEL_UPS_PER_WEEK, QUIET_MORNINGS, RETEST_DAYS, SELF_MORNINGS, SELF_RELEASE_DAYS,
    WEEK, ZERO_MORNINGS,
};
use chrono::NaiveDate;

/// Where a self-test stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TestState {
    /// None was made, or the last failed long enough ago.
    Open,
    /// Made; the morning after is awaited.
    Pending(NaiveDate),
    /// Failed; the next may be made on that day.
    Failed(NaiveDate),
    /// Passed, its morning included.
    Passed,
}

impl Replay<'_> {
    /// The last 7 mornings all answered, all 0 (`GATE`, bone).
    pub(super) fn seven_zeros(&self, day: NaiveDate) -> u32 {
        (0..i64::from(ZERO_MORNINGS))
            .take_while(|n| {
                self.log
                    .morning(plus(day, -n))
                    .is_some_and(|m| m.remembered && m.pain.get() == 0)
            })
            .map(|_| 1)
            .sum()
    }

    /// Quiet mornings in a row that end today or yesterday (section 2, `rest`).
    pub(super) fn quiet_row(&self, day: NaiveDate) -> u32 {
        let Some(case) = &self.case else { return 0 };
        let limit = rest_gate_limit(&case.measure);
        let quiet = |d| {
            d >= case.stage_since
                && self
                    .log
                    .morning(d)
                    .is_some_and(|m| m.remembered && m.pain.get() <= limit && !m.limp)
        };
        // Today's answer may still be missing; an answer that is there must be quiet.
        let from = i64::from(self.log.morning(day).is_none());
        (from..from + i64::from(QUIET_MORNINGS))
            .take_while(|n| quiet(plus(day, -n)))
            .map(|_| 1)
            .sum()
    }

    /// Where the self-test of this stage stands.
    pub(super) fn test_state(&self, day: NaiveDate) -> TestState {
        let Some(case) = &self.case else {
            return TestState::Open;
        };
        let Some((made, items)) = case.test else {
            return TestState::Open;
        };
        let again = plus(made, RETEST_DAYS);
        let failed = if day >= again {
            TestState::Open
        } else {
            TestState::Failed(again)
        };
        if !items {
            return failed;
        }
        match self.log.morning(plus(made, 1)) {
            _ if day <= made => TestState::Pending(plus(made, 1)),
            None => TestState::Pending(plus(made, 1)),
            Some(m) if case.measure.quiet(m) => TestState::Passed,
            Some(_) => failed,
        }
    }

    /// A review sign holds progress until an appointment is kept or a clearance given.
    pub(super) fn review_open(&self, day: NaiveDate) -> bool {
        self.reviews
            .iter()
            .any(|(since, _, _)| !self.log.reviewed(*since, day))
    }

    fn level_ups_free(&self, day: NaiveDate) -> bool {
        let last = self.level_ups.iter().rev().take(LEVEL_UPS_PER_WEEK);
        let recent = last.filter(|d| between(**d, day) < WEEK).count();
        recent < LEVEL_UPS_PER_WEEK
    }

    /// One OK W5 walk leads back (bone: with `GATE`): no level-up, and no review holds it.
    pub(super) fn return_from_walk(&mut self, day: NaiveDate) {
        let Some(case) = &self.case else { return };
        let Some(to) = case.return_to.filter(|_| case.stage == Stage::Walking) else {
            return;
        };
        let stage = case.ladder.at(to).map_or(Stage::RunWalk, |l| l.stage);
        let open = case.ok >= 1
            && self.pause.is_none()
            && case.consulted()
            && case.no_runs_until(day).is_none()
            && (!case.measure.bone() || self.seven_zeros(day) >= ZERO_MORNINGS)
            && self.unmet_benchmark(stage).is_none();
        if open {
            self.enter_running(stage, to, day);
        }
    }

    fn enter_running(&mut self, stage: Stage, index: usize, day: NaiveDate) {
        self.move_to(stage, index, day, ChangeCause::Up);
        if let Some(case) = &mut self.case {
            case.return_to = None;
            case.return_from_gap = false;
            case.count_gap_from(day);
        }
    }

    /// The first benchmark that keeps a stage closed.
    pub(super) fn unmet_benchmark(&self, stage: Stage) -> Option<&str> {
        self.benchmarks
            .as_slice()
            .iter()
            .find(|(_, (stages, closed))| *closed && stages.contains(&stage))
            .map(|(name, _)| *name)
    }

    /// One level or one stage up, when all that it asks for is there.
    pub(super) fn advance(&mut self, day: NaiveDate) {
        let Some(case) = &self.case else { return };
        if self.pause.is_some() {
            return;
        }
        let bench = |stage| self.unmet_benchmark(stage).is_none();
        let consulted = case.consulted();
        let enough = case.ok >= case.needed();
        let top = case.ladder.top_walk();
        match case.stage {
            Stage::Rest => {
                if self.quiet_row(day) >= QUIET_MORNINGS && consulted && bench(Stage::Walking) {
                    self.move_to(Stage::Walking, 0, day, ChangeCause::Up);
                    if let Some(case) = &mut self.case {
                        case.count_gap_from(day);
                    }
                }
            }
            Stage::Walking if case.return_to.is_some() || case.clearance_missing() => {}
            Stage::Walking if case.index < top => {
                if enough {
                    self.level_up(day);
                }
            }
            Stage::Walking => {
                let gate = !case.measure.bone() || self.seven_zeros(day) >= ZERO_MORNINGS;
                if enough && gate && bench(Stage::SelfTest) && !self.review_open(day) {
                    self.move_to(Stage::SelfTest, top, day, ChangeCause::Up);
                }
            }
            Stage::SelfTest => {
                let target = case.test_target;
                let stage = case.ladder.at(target).map_or(Stage::RunWalk, |l| l.stage);
                let open = consulted && case.no_runs_until(day).is_none();
                if self.test_state(day) == TestState::Passed && open && bench(stage) {
                    self.enter_running(stage, target, day);
                }
            }
            Stage::RunWalk | Stage::ShortRuns if !consulted || !enough => {}
            Stage::RunWalk | Stage::ShortRuns if case.index < case.ladder.last() => {
                let next = case
                    .ladder
                    .at(case.index + 1)
                    .map_or(case.stage, |l| l.stage);
                if next == case.stage || bench(next) {
                    self.level_up(day);
                }
            }
            Stage::RunWalk | Stage::ShortRuns => {
                let long_ago = case
                    .first_ok
                    .is_some_and(|first| between(first, day) >= HOME_DAYS);
                if long_ago && bench(Stage::Running) && !self.review_open(day) {
                    let last = case.ladder.last();
                    self.move_to(Stage::Running, last, day, ChangeCause::Up);
                }
            }
            Stage::Running => {}
        }
    }

    fn level_up(&mut self, day: NaiveDate) {
        if !self.level_ups_free(day) || self.review_open(day) {
            return;
        }
        let Some(case) = &self.case else { return };
        let index = case.index + 1;
        let stage = case.ladder.at(index).map_or(case.stage, |l| l.stage);
        // A gap is counted from what the run left on its own morning: a level-up that
        // was held back does not raise that (section 6).
        let held_back = between(case.gap_start, day) > 1;
        let base = case.gap_base;
        self.move_to(stage, index, day, ChangeCause::Up);
        if let Some(case) = self.case.as_mut().filter(|_| held_back) {
            case.gap_base = base;
        }
        self.level_ups.push(day);
    }

    /// The first day on which a level-up that waits may take effect; `None` when none waits.
    pub(super) fn level_up_waits(&self, day: NaiveDate) -> Option<NaiveDate> {
        let case = self.case.as_ref()?;
        let top = case.ladder.top_walk();
        let climbs = match case.stage {
            Stage::Walking => case.return_to.is_none() && case.index < top,
            Stage::RunWalk | Stage::ShortRuns => case.index < case.ladder.last(),
            _ => false,
        };
        if !climbs || case.ok < case.needed() || self.level_ups_free(day) {
            return None;
        }
        (1..=WEEK)
            .map(|n| plus(day, n))
            .find(|d| self.level_ups_free(*d))
    }

    /// `SELF`: a pause from row X or T alone ends by itself, once in 90 days, where no
    /// clinician is to be had: 7 quiet mornings in a row, then a passed self-test.
    pub(super) fn self_release(&mut self, day: NaiveDate) {
        if !self.may_release_itself(day) {
            return;
        }
        let Some(case) = &self.case else { return };
        let Some(pause) = &self.pause else { return };
        let quiet = (0..i64::from(SELF_MORNINGS)).all(|n| {
            let d = plus(day, -n);
            d > pause.last_finding && self.log.morning(d).is_some_and(|m| case.measure.quiet(m))
        });
        let since = pause.quiet_since;
        if let (None, true, Some(pause)) = (since, quiet, self.pause.as_mut()) {
            pause.quiet_since = Some(day);
            if let Some(case) = &mut self.case {
                // A failed test keeps its seven days.
                case.test = case.test.filter(|(_, passed)| !passed);
            }
        }
        // A later morning above the usual starts the seven again.
        let unquiet = self
            .log
            .morning(day)
            .is_some_and(|m| !self.case.as_ref().is_some_and(|case| case.measure.quiet(m)));
        if let (true, Some(pause)) = (unquiet, self.pause.as_mut()) {
            pause.quiet_since = None;
        }
        let tested = since.is_some() && self.test_state(day) == TestState::Passed;
        if tested {
            self.pause = None;
            self.self_released = Some(day);
            if let Some(case) = &mut self.case {
                case.test = None;
            }
        }
    }

    /// Whether the standing pause is one that may end by itself.
    pub(super) fn may_release_itself(&self, day: NaiveDate) -> bool {
        let (Some(case), Some(pause)) = (&self.case, &self.pause) else {
            return false;
        };
        !case.needs_clearance()
            && case.no_runs_until(day).is_none()
            && case.plan.no_clinician
            && pause
                .votes
                .iter()
                .all(|v| matches!(v.rule, Rule::X | Rule::T))
            && self
                .self_released
                .is_none_or(|last| between(last, day) >= SELF_RELEASE_DAYS)
    }

    /// What the gate ahead still misses.
    pub(super) fn missing(&self, day: NaiveDate) -> Vec<Missing> {
        let Some(case) = &self.case else {
            return Vec::new();
        };
        let mut out = Vec::new();
        let quiet = |have: u32, need: u32, out: &mut Vec<Missing>| {
            if have < need {
                out.push(Missing::QuietMornings { have, need });
            }
        };
        let next = match case.stage {
            Stage::Rest => {
                quiet(self.quiet_row(day), QUIET_MORNINGS, &mut out);
                Some(Stage::Walking)
            }
            Stage::Walking if case.index >= case.ladder.top_walk() => {
                if case.ok < case.needed() {
                    out.push(Missing::Walk);
                }
                if case.measure.bone() {
                    quiet(self.seven_zeros(day), ZERO_MORNINGS, &mut out);
                }
                let back = case
                    .return_to
                    .and_then(|i| case.ladder.at(i))
                    .map(|l| l.stage);
                Some(back.unwrap_or(Stage::SelfTest))
            }
            Stage::SelfTest => {
                if self.test_state(day) != TestState::Passed {
                    out.push(Missing::SelfTest);
                }
                Some(Stage::RunWalk)
            }
            Stage::RunWalk | Stage::ShortRuns if case.ok >= case.needed() => {
                if case.index >= case.ladder.last() {
                    if let Some(first) = case.first_ok.filter(|f| between(*f, day) < HOME_DAYS) {
                        out.push(Missing::Days {
                            until: plus(first, HOME_DAYS),
                        });
                    }
                    Some(Stage::Running)
                } else {
                    case.ladder
                        .at(case.index + 1)
                        .map(|l| l.stage)
                        .filter(|s| *s != case.stage)
                }
            }
            _ => None,
        };
        if let Some(until) = case
            .no_runs_until(day)
            .filter(|_| case.stage != Stage::Rest)
        {
            out.push(Missing::Days { until });
        }
        let closed = next.and_then(|stage| Some((stage, self.unmet_benchmark(stage)?)));
        if let Some((stage, name)) = closed {
            out.push(Missing::Benchmark {
                name: name.to_owned(),
                stage,
            });
        }
        out
    }
}
