//! Time away in the replay: each row of the gap table replaces the one before (section 6).

use super::days::between;
use super::gap_clock::{GapStep, WalkStep, step};
use super::replay::Replay;
use super::standing::{BackBy, WayBack};
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::ChangeCause;
use crate::thresholds::{GATES_DAYS, RUNNING_GAP_DAYS, WALKING_DOWN};
use chrono::NaiveDate;

impl Replay<'_> {
    /// Applies the row of the day. Levels are always counted down from what the last run left,
    /// in places on the line.
    pub(super) fn time_away(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        let days = runner.gap.days(day);
        match runner.standing.stage() {
            Stage::Rest | Stage::SelfTest => {}
            Stage::Walking if runner.waits_after_gap() => self.awaited_walk_gap(day, days),
            Stage::Walking => {
                // A walk done before the runner came down here counts too.
                let last = self.run_log.last_walk();
                let last = last.map_or(days, |walk| between(walk, day));
                self.walking_gap(day, days.min(last));
            }
            Stage::Running if days < RUNNING_GAP_DAYS => {}
            Stage::RunWalk | Stage::ShortRuns | Stage::Running => self.running_gap(day, days),
        }
    }

    /// While the walk that a gap asks for is awaited.
    fn awaited_walk_gap(&mut self, day: NaiveDate, days: i64) {
        let reason = self.away_for_cause(day);
        match step(days, reason) {
            GapStep::Gates => self.gates_again(day, days, reason),
            // The reason may come while the walk is awaited.
            GapStep::WalkThenFirst => {
                if let Some(runner) = &mut self.runner {
                    let r1 = runner.episode.ladder().first_of(Stage::RunWalk);
                    runner.standing.lower_way_back(r1);
                    runner.gap.note(days, reason);
                }
            }
            GapStep::Down(_) | GapStep::WalkThenDown(_) => {}
        }
    }

    /// Whether pain or fever was the reason for being away.
    fn away_for_cause(&self, day: NaiveDate) -> bool {
        let Some(runner) = &self.runner else {
            return false;
        };
        let last = self.run_log.last_for_gaps();
        self.index.away_for_cause(runner.gap.start(), last, day)
    }

    fn running_gap(&mut self, day: NaiveDate, days: i64) {
        let reason = self.away_for_cause(day);
        let Some(runner) = &mut self.runner else {
            return;
        };
        let ladder = runner.episode.ladder().clone();
        let (stage, index) = (runner.standing.stage(), runner.standing.index());
        if (stage == Stage::Running || runner.gap.led_out_of_running()) && days < GATES_DAYS {
            if stage == Stage::Running {
                runner.gap.leave_running(days, reason);
                let last = ladder.last();
                let stage = ladder.at(last).map_or(Stage::ShortRuns, |l| l.stage);
                self.move_to(stage, last, day, ChangeCause::Gap);
            }
            return;
        }
        let r1 = ladder.first_of(Stage::RunWalk);
        let left = runner.gap.base();
        let lowest = left.min(index);
        match step(days, reason) {
            GapStep::Down(0) => return,
            GapStep::Down(n) => match left.checked_sub(n).filter(|i| *i >= r1) {
                Some(to) if to < index => {
                    let stage = ladder.at(to).map_or(stage, |l| l.stage);
                    self.move_to(stage, to, day, ChangeCause::Gap);
                }
                Some(_) => {}
                None => self.walk_first(r1, day),
            },
            GapStep::WalkThenDown(n) => {
                self.walk_first(left.saturating_sub(n).min(lowest).max(r1), day);
            }
            GapStep::WalkThenFirst => self.walk_first(r1, day),
            GapStep::Gates => self.gates_again(day, days, reason),
        }
        if let Some(runner) = &mut self.runner {
            runner.gap.note(days, reason);
        }
    }

    /// One OK W5 walk first, then that level.
    fn walk_first(&mut self, to: usize, day: NaiveDate) {
        let Some(runner) = &mut self.runner else {
            return;
        };
        let ladder = runner.episode.ladder();
        let (r1, top) = (ladder.first_of(Stage::RunWalk), ladder.top_walk());
        let way = WayBack {
            to,
            by: BackBy::WalkAfterGap,
            since: runner.gap.start(),
        };
        runner.standing.open_way_back(way, r1);
        self.move_to(Stage::Walking, top, day, ChangeCause::Gap);
    }

    fn gates_again(&mut self, day: NaiveDate, days: i64, reason: bool) {
        let Some(runner) = &mut self.runner else {
            return;
        };
        let ladder = runner.episode.ladder();
        let (r1, top) = (ladder.first_of(Stage::RunWalk), ladder.top_walk());
        runner.standing.close_way_back(r1);
        self.move_to(Stage::Walking, top, day, ChangeCause::Gap);
        if let Some(runner) = &mut self.runner {
            runner.count_gap_from(day);
            runner.gap.note(days, reason);
        }
    }

    fn walking_gap(&mut self, day: NaiveDate, days: i64) {
        let Some(runner) = &mut self.runner else {
            return;
        };
        let Some(row) = runner.gap.walking_row(days) else {
            return;
        };
        let index = runner.standing.index();
        let target = match row {
            WalkStep::Same => index,
            WalkStep::Down => index.saturating_sub(WALKING_DOWN),
            WalkStep::First => 0,
        };
        if target < index {
            let r1 = runner.episode.ladder().first_of(Stage::RunWalk);
            runner.standing.close_way_back(r1);
            self.move_to(Stage::Walking, target, day, ChangeCause::Gap);
            if let Some(runner) = &mut self.runner {
                runner.gap.note(days, false);
            }
        }
    }
}
