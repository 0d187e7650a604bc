//! The readiness self-test in the replay (section 2).

use super::replay::{Replay, Runner};
use super::standing::MadeTest;
use crate::diary::entry::{Entry, SelfTest};
use crate::diary::vocabulary::{Stage, TestItem};
use crate::rules::guidance::Advice;
use chrono::NaiveDate;

impl Replay<'_> {
    pub(super) fn self_test(&mut self, entry: &Entry, test: &SelfTest, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        let items = items_asked(runner, day);
        let read = |i: &&crate::diary::entry::TestResult| items.contains(&i.test);
        let worst = test.items.iter().filter(read).map(|i| i.pain.get()).max();
        let limit = runner.episode.measure().gate_limit();
        let passed = items.iter().all(|item| {
            let mut of = test.items.iter().filter(|i| i.test == *item).peekable();
            of.peek().is_some() && of.all(|i| i.passed && i.pain.get() <= limit)
        });
        let pelvic_floor = test
            .items
            .iter()
            .filter(read)
            .filter(|i| i.test == TestItem::PelvicFloor)
            .map(|i| i.passed)
            .reduce(|a, b| a && b);
        // Only a test made on a day that asked for one can pass; a failed one counts
        // wherever it was made.
        let asked = passed && self.asks_for_test(entry);
        self.other_pain(entry.id, worst.unwrap_or(0), day);
        if let Some(passed) = pelvic_floor {
            self.verdicts.tested_pelvic_floor(passed);
        }
        if !passed || asked {
            let Some(runner) = &mut self.runner else {
                return;
            };
            let measure = *runner.episode.measure();
            runner.standing.made_test(MadeTest {
                day,
                passed,
                measure,
            });
        }
    }

    /// Whether the advice, as the entry finds it, is the self-test or the morning first.
    fn asks_for_test(&self, entry: &Entry) -> bool {
        let tests = |world: &Self| {
            let stage = world.runner.as_ref().map(|r| r.standing.stage());
            stage == Some(Stage::SelfTest) || world.holds.paused()
        };
        if !tests(self) {
            return false;
        }
        let place = self
            .index
            .on(self.today)
            .iter()
            .position(|e| e.id == entry.id);
        matches!(
            self.advice(place.unwrap_or(0)),
            Advice::SelfTest | Advice::Morning
        )
    }
}

/// The items that are read: the pelvic floor within a year of a birth.
fn items_asked(runner: &Runner, day: NaiveDate) -> Vec<TestItem> {
    let mut items = TestItem::READINESS.to_vec();
    if runner.episode.after_birth(day) {
        items.push(TestItem::PelvicFloor);
    }
    items
}
