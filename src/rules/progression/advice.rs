//! What a day asks for, read off the replay: the first line that applies (data contract).

use super::gates::TestState;
use super::replay::{Replay, Runner};
use crate::diary::vocabulary::{Movement, Stage};
use crate::rules::guidance::{Advice, Prescription, Reason, Rule};
use crate::thresholds::QUIET_MORNINGS;

impl Advice {
    /// Whether it asks for a session, or for the self-test.
    const fn is_session(self) -> bool {
        match self {
            Self::Walk | Self::SelfTest | Self::RunWalk | Self::Run => true,
            Self::SetUp
            | Self::Emergency
            | Self::Consult
            | Self::ClearanceNeeded
            | Self::Morning
            | Self::Recover
            | Self::Rest => false,
        }
    }
}

impl Replay<'_> {
    /// What today asks for, after so many of its entries. Where the morning is missing, and an
    /// answer without symptoms would turn rest into a session, the morning comes first.
    pub(super) fn advice(&self, entries: usize) -> Advice {
        let Some(runner) = &self.runner else {
            return self.advice_without_plan();
        };
        let blocks = self.blocks(self.today, runner.standing.runs());
        self.advice_for(runner, &blocks, entries)
    }

    /// The same, where today's blocks are known.
    pub(super) fn advice_for(&self, runner: &Runner, blocks: &[Reason], entries: usize) -> Advice {
        let advice = self.plain_advice(runner, blocks);
        let may_change = matches!(advice, Advice::Rest | Advice::Recover);
        let changes = || {
            let world = self.as_if_answered(entries)?;
            let runner = world.runner.as_ref()?;
            let blocks = world.blocks(world.today, runner.standing.runs());
            Some(world.plain_advice(runner, &blocks).is_session())
        };
        if may_change && changes() == Some(true) {
            Advice::Morning
        } else {
            advice
        }
    }

    /// Before the first plan: the set-up, an emergency aside.
    pub(super) fn advice_without_plan(&self) -> Advice {
        if self.holds.emergencies(self.today).next().is_some() {
            Advice::Emergency
        } else {
            Advice::SetUp
        }
    }

    fn plain_advice(&self, runner: &Runner, blocks: &[Reason]) -> Advice {
        let on = self.today;
        if self.holds.emergencies(on).next().is_some() {
            return Advice::Emergency;
        }
        if let Some(pause) = self.holds.pause() {
            return self.paused(pause.quiet_since().is_some());
        }
        if runner.word_missing(on) {
            return Advice::ClearanceNeeded;
        }
        match runner.standing.stage() {
            Stage::Rest => self.resting(runner),
            Stage::SelfTest => self.testing(runner, blocks),
            _ if !blocks.is_empty() => Advice::Rest,
            Stage::Walking => Advice::Walk,
            Stage::RunWalk | Stage::ShortRuns | Stage::Running => self.running(runner),
        }
    }

    /// In the rest stage: where what walks need is missing alone, that is asked for.
    fn resting(&self, runner: &Runner) -> Advice {
        let only_the_word = self.quiet_row(self.today) >= QUIET_MORNINGS
            && !runner.episode.may_walk(self.today)
            && self.unmet_benchmark(Stage::Walking).is_none();
        if only_the_word {
            Advice::ClearanceNeeded
        } else {
            Advice::Recover
        }
    }

    /// The test holds running: it waits for the usual as a run does, and for the weeks after a
    /// birth. It is no session: a walk of today does not stand in its way.
    fn testing(&self, runner: &Runner, blocks: &[Reason]) -> Advice {
        let on = self.today;
        let state = self.test_state(on);
        // On its own day, and on its morning; later a walk goes on.
        if matches!(state, TestState::Pending(morning) if on <= morning) {
            return Advice::Rest;
        }
        let may_test = state == TestState::Open
            && self.holds.wait().is_none()
            && runner.episode.no_runs_until(on).is_none();
        if may_test && blocks.iter().all(|b| b.rule == Rule::Spacing) {
            return Advice::SelfTest;
        }
        if blocks.is_empty() {
            Advice::Walk
        } else {
            Advice::Rest
        }
    }

    fn running(&self, runner: &Runner) -> Advice {
        let given = self.prescribed();
        let level = given.and_then(|given| runner.episode.ladder().at(given.index));
        match level.map(crate::thresholds::ladder::Level::movement) {
            Some(Movement::Run) => Advice::Run,
            Some(Movement::RunWalk) => Advice::RunWalk,
            Some(Movement::Walk) | None => Advice::Walk,
        }
    }

    /// Paused: a clinician's word, or where a pause may end by itself, the self-test.
    fn paused(&self, quiet: bool) -> Advice {
        let itself = quiet && self.may_release_itself(self.today);
        match self.test_state(self.today) {
            TestState::Open if itself => Advice::SelfTest,
            TestState::Open | TestState::Pending(_) | TestState::Failed(_) | TestState::Passed => {
                Advice::Consult
            }
        }
    }

    /// The session that an advice asks for.
    pub(super) fn session_asked(&self, runner: &Runner, advice: Advice) -> Option<Prescription> {
        let given = self.prescribed()?;
        let level = runner.episode.ladder().at(given.index)?;
        let session = matches!(advice, Advice::Walk | Advice::RunWalk | Advice::Run);
        session.then(|| Prescription::of(level))
    }
}
