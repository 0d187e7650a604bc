//! Gates between the stages, level-ups, and the ways back (sections 2, 3 and 5).

use super::days::{between, plus};
use super::replay::Replay;
use super::standing::BackBy;
use crate::diary::entry::Morning;
use crate::diary::vocabulary::{Stage, Swelling};
use crate::rules::guidance::{ChangeCause, Missing};
use crate::rules::measure::Measure;
use crate::thresholds::{
    GATES_DAYS, HOME_DAYS, QUIET_MORNINGS, RETEST_DAYS, SELF_MORNINGS, WEEK, ZERO_MORNINGS,
};
use chrono::NaiveDate;

/// Where a self-test stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TestState {
    /// None was made, or the last failed, or was left without its morning, long enough ago.
    Open,
    /// Made; the morning after is awaited.
    Pending(NaiveDate),
    /// Failed; the next may be made on that day.
    Failed(NaiveDate),
    /// Passed, its morning included.
    Passed,
}

/// Whether a morning leads out of `rest` (section 2).
pub(super) fn quiet_for_rest(measure: &Measure, m: &Morning) -> bool {
    let calm = m.pain.get() <= measure.gate_limit() && m.swelling != Swelling::Clear;
    m.remembered && calm && !m.limp
}

impl Replay<'_> {
    /// The last 7 mornings all answered, all 0, without limp or swelling (`GATE`, bone).
    pub(super) fn seven_zeros(&self, day: NaiveDate) -> u32 {
        let zero = |m: &Morning| {
            m.remembered && m.pain.get() == 0 && !m.limp && m.swelling == Swelling::None
        };
        (0..i64::from(ZERO_MORNINGS))
            .take_while(|n| self.morning(plus(day, -n)).is_some_and(zero))
            .map(|_| 1)
            .sum()
    }

    /// Quiet mornings in a row that end today or yesterday (section 2, `rest`).
    pub(super) fn quiet_row(&self, day: NaiveDate) -> u32 {
        let Some(runner) = &self.runner else { return 0 };
        let (since, measure) = (runner.standing.since(), runner.episode.measure());
        let quiet = |d: NaiveDate| {
            let morning = self.morning(d).filter(|_| d >= since);
            morning.is_some_and(|m| quiet_for_rest(measure, m))
        };
        // Today's answer may still be missing; an answer that is there must be quiet.
        let from = i64::from(self.morning(day).is_none());
        (from..from + i64::from(QUIET_MORNINGS))
            .take_while(|n| quiet(plus(day, -n)))
            .map(|_| 1)
            .sum()
    }

    /// Where the self-test stands.
    pub(super) fn test_state(&self, day: NaiveDate) -> TestState {
        let test = self.runner.as_ref().and_then(|r| r.standing.test());
        let (Some(runner), Some(test)) = (&self.runner, test) else {
            return TestState::Open;
        };
        let again = plus(test.day, RETEST_DAYS);
        let failed = if day >= again {
            TestState::Open
        } else {
            TestState::Failed(again)
        };
        if !test.passed {
            return failed;
        }
        let morning = plus(test.day, 1);
        let measure = runner.episode.measure().no_softer_than(&test.measure);
        match self.morning(morning).filter(|_| day >= morning) {
            Some(m) if measure.at_baseline(m) => TestState::Passed,
            Some(_) => failed,
            None if day >= again => TestState::Open,
            None => TestState::Pending(morning),
        }
    }

    /// A review sign holds progress until an appointment is kept or a clearance given.
    pub(super) fn review_open(&self, day: NaiveDate) -> bool {
        let reviews = self.holds.reviews();
        reviews.iter().any(|r| !self.index.reviewed(r.since, day))
    }

    /// The way back to a running level, once what it asks for is there: no level-up, and no
    /// review holds it. Without a run for 30 days the ordinary gates apply again.
    pub(super) fn way_back(&mut self, day: NaiveDate) {
        let Some(runner) = &mut self.runner else {
            return;
        };
        let Some(way) = runner.standing.way_back() else {
            return;
        };
        let ladder = runner.episode.ladder().clone();
        let stage = ladder.at(way.to).map_or(Stage::RunWalk, |l| l.stage);
        let (walked, mornings) = match way.by {
            BackBy::Walk | BackBy::WalkAfterGap => {
                (runner.standing.ok() >= 1, !runner.episode.bone())
            }
            BackBy::Mornings => (true, false),
        };
        let may_run = runner.may_run(day) && runner.standing.stage() == Stage::Walking;
        let open = walked
            && may_run
            && !self.holds.paused()
            && (mornings || self.seven_zeros(day) >= ZERO_MORNINGS)
            && self.unmet_benchmark(stage).is_none();
        if open {
            self.enter_running(stage, way.to, day);
        } else if way.by == BackBy::Walk
            && between(way.since, day) >= GATES_DAYS
            && let Some(runner) = &mut self.runner
        {
            runner
                .standing
                .close_way_back(ladder.first_of(Stage::RunWalk));
        }
    }

    fn enter_running(&mut self, stage: Stage, index: usize, day: NaiveDate) {
        self.move_to(stage, index, day, ChangeCause::Up);
        if let Some(runner) = &mut self.runner {
            runner.standing.entered_running();
            runner.count_gap_from(day);
        }
    }

    /// One level or one stage up, when all that it asks for is there.
    pub(super) fn advance(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        if self.holds.paused() {
            return;
        }
        match runner.standing.stage() {
            Stage::Rest => self.leave_rest(day),
            Stage::Walking => self.advance_in_walking(day),
            Stage::SelfTest => self.leave_self_test(day),
            Stage::RunWalk | Stage::ShortRuns => self.advance_in_running(day),
            Stage::Running => {}
        }
    }

    fn leave_rest(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        let open = self.quiet_row(day) >= QUIET_MORNINGS
            && runner.episode.may_walk(day)
            && self.unmet_benchmark(Stage::Walking).is_none();
        if open {
            self.move_to(Stage::Walking, 0, day, ChangeCause::Up);
            if let Some(runner) = &mut self.runner {
                runner.count_gap_from(day);
            }
        }
    }

    fn advance_in_walking(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        let standing = &runner.standing;
        let waits = standing.way_back().is_some() || !runner.episode.may_walk(day);
        if waits || standing.ok() < runner.needed() {
            return;
        }
        let top = runner.episode.ladder().top_walk();
        if standing.index() < top {
            self.level_up(day);
            return;
        }
        let gate = !runner.episode.bone() || self.seven_zeros(day) >= ZERO_MORNINGS;
        if gate && self.unmet_benchmark(Stage::SelfTest).is_none() && !self.review_open(day) {
            self.move_to(Stage::SelfTest, top, day, ChangeCause::Up);
        }
    }

    fn leave_self_test(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        let target = runner.standing.test_target();
        let stage = runner
            .episode
            .ladder()
            .at(target)
            .map_or(Stage::RunWalk, |l| l.stage);
        let open = self.test_state(day) == TestState::Passed
            && runner.may_run(day)
            && self.unmet_benchmark(stage).is_none();
        if open {
            self.enter_running(stage, target, day);
        }
    }

    fn advance_in_running(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        let standing = &runner.standing;
        if !runner.may_run(day) || standing.ok() < runner.needed() {
            return;
        }
        let (stage, last) = (standing.stage(), runner.episode.ladder().last());
        if standing.index() < last {
            let next = runner.episode.ladder().at(standing.index() + 1);
            let next = next.map_or(stage, |l| l.stage);
            if next == stage || self.unmet_benchmark(next).is_none() {
                self.level_up(day);
            }
            return;
        }
        let first = standing.first_ok();
        let long_ago = first.is_some_and(|first| between(first, day) >= HOME_DAYS);
        if long_ago && self.unmet_benchmark(Stage::Running).is_none() && !self.review_open(day) {
            self.move_to(Stage::Running, last, day, ChangeCause::Up);
        }
    }

    fn level_up(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        if !runner.standing.level_ups_free(day) || self.review_open(day) {
            return;
        }
        let index = runner.standing.index() + 1;
        let stage = runner.episode.ladder().at(index);
        let stage = stage.map_or(runner.standing.stage(), |l| l.stage);
        // A gap is counted from what the run left on its own morning: a level-up that
        // was held back does not raise that (section 6).
        let held_back = runner.gap.days(day) > 1;
        let base = runner.gap.base();
        self.move_to(stage, index, day, ChangeCause::Up);
        if let Some(runner) = &mut self.runner {
            runner.standing.level_up(day);
            if held_back {
                runner.gap.left(base);
            }
        }
    }

    /// The first day on which a level-up that waits may take effect; `None` when none waits.
    pub(super) fn level_up_waits(&self, day: NaiveDate) -> Option<NaiveDate> {
        let runner = self.runner.as_ref()?;
        let (standing, ladder) = (&runner.standing, runner.episode.ladder());
        let climbs = match standing.stage() {
            Stage::Walking => standing.way_back().is_none() && standing.index() < ladder.top_walk(),
            Stage::RunWalk | Stage::ShortRuns => standing.index() < ladder.last(),
            Stage::Rest | Stage::SelfTest | Stage::Running => false,
        };
        if !climbs || standing.ok() < runner.needed() || standing.level_ups_free(day) {
            return None;
        }
        (1..=WEEK)
            .map(|n| plus(day, n))
            .find(|d| standing.level_ups_free(*d))
    }

    /// `SELF`: a pause from row X or T alone ends by itself where no clinician is to be had:
    /// 7 quiet mornings in a row, then a passed self-test.
    pub(super) fn release_by_itself(&mut self, day: NaiveDate) {
        if !self.may_release_itself(day) {
            return;
        }
        let Some(pause) = self.holds.pause() else {
            return;
        };
        let since = pause.quiet_since();
        let seven = self.quiet_mornings_of_pause(day, 0) >= u32::from(SELF_MORNINGS);
        if since.is_none() && seven {
            self.holds.quiet_since(Some(day));
        }
        // A later morning above the usual starts the seven again.
        let unquiet = self.morning(day).is_some_and(|m| !self.quiet_for_pause(m));
        if unquiet {
            self.holds.quiet_since(None);
        }
        if since.is_some() && self.test_state(day) == TestState::Passed {
            self.holds.release();
            if let Some(runner) = &mut self.runner {
                runner.standing.forget_test();
            }
        }
    }

    /// Whether a morning is one of those that may end the pause.
    fn quiet_for_pause(&self, m: &Morning) -> bool {
        let measure = self.runner.as_ref().map(|r| *r.episode.measure());
        let then = self.holds.pause().and_then(|p| p.measure().copied());
        let measure = match (measure, then) {
            (Some(now), Some(then)) => Some(now.no_softer_than(&then)),
            (now, then) => now.or(then),
        };
        measure.is_some_and(|measure| measure.at_baseline(m))
    }

    /// Quiet mornings in a row that end so many days before a day, since the pause's last
    /// finding; 7 at most.
    pub(super) fn quiet_mornings_of_pause(&self, day: NaiveDate, back: i64) -> u32 {
        let Some(pause) = self.holds.pause() else {
            return 0;
        };
        let quiet = |d: NaiveDate| {
            let morning = self.morning(d).filter(|_| d > pause.last_finding());
            morning.is_some_and(|m| self.quiet_for_pause(m))
        };
        (back..back + i64::from(SELF_MORNINGS))
            .take_while(|n| quiet(plus(day, -n)))
            .map(|_| 1)
            .sum()
    }

    /// Whether the standing pause is one that may end by itself.
    pub(super) fn may_release_itself(&self, day: NaiveDate) -> bool {
        let Some(runner) = &self.runner else {
            return false;
        };
        let episode = &runner.episode;
        !episode.runs_need_clearance(day)
            && episode.no_runs_until(day).is_none()
            && episode.plan().no_clinician
            && self.holds.may_release_itself(day)
    }

    /// What the gate ahead still misses.
    pub(super) fn missing(&self, day: NaiveDate) -> Vec<Missing> {
        let Some(runner) = &self.runner else {
            return Vec::new();
        };
        let (standing, episode) = (&runner.standing, &runner.episode);
        let mut out = Vec::new();
        let quiet = |have: u32, need: u32, out: &mut Vec<Missing>| {
            if have < need {
                out.push(Missing::QuietMornings { have, need });
            }
        };
        let enough = standing.ok() >= runner.needed();
        let next = match standing.stage() {
            Stage::Rest => {
                quiet(self.quiet_row(day), QUIET_MORNINGS, &mut out);
                Some(Stage::Walking)
            }
            Stage::Walking if standing.index() >= episode.ladder().top_walk() => {
                let way = standing.way_back();
                let walks = way.is_none_or(|way| way.by != BackBy::Mornings);
                if walks && !enough {
                    out.push(Missing::Walk);
                }
                if episode.bone() {
                    quiet(self.seven_zeros(day), ZERO_MORNINGS, &mut out);
                }
                let back = way.and_then(|way| episode.ladder().at(way.to));
                Some(back.map_or(Stage::SelfTest, |l| l.stage))
            }
            Stage::SelfTest => {
                if self.test_state(day) != TestState::Passed {
                    out.push(Missing::SelfTest);
                }
                Some(Stage::RunWalk)
            }
            Stage::RunWalk | Stage::ShortRuns if enough => {
                if standing.index() >= episode.ladder().last() {
                    let first = standing.first_ok();
                    if let Some(first) = first.filter(|f| between(*f, day) < HOME_DAYS) {
                        out.push(Missing::Days {
                            until: plus(first, HOME_DAYS),
                        });
                    }
                    Some(Stage::Running)
                } else {
                    let next = episode.ladder().at(standing.index() + 1);
                    next.map(|l| l.stage).filter(|s| *s != standing.stage())
                }
            }
            Stage::Walking | Stage::RunWalk | Stage::ShortRuns | Stage::Running => None,
        };
        let birth = episode.no_runs_until(day);
        if let Some(until) = birth.filter(|_| standing.stage() != Stage::Rest) {
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
