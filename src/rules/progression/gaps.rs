//! Gaps: what days without a run lower (section 6).

use super::log::between;
use super::replay::Replay;
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::ChangeCause;
use crate::thresholds::{
    GATES_DAYS, RUNNING_GAP_DAYS, WALKING_DOWN, WALKING_DOWN_DAYS, WALKING_START_DAYS,
};
use chrono::NaiveDate;

/// What a gap asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapStep {
    /// Down so many levels.
    Down(usize),
    /// One OK W5 walk, then down so many, not below R1.
    WalkThenDown(usize),
    /// One OK W5 walk, then R1.
    WalkThenFirst,
    /// The walking gate and the self-test again, then R1.
    Gates,
}

/// The table: from this many days on, normally, and when pain or fever was the reason.
/// Expert practice only: no trial has tested any of it (see Sources).
pub const TABLE: &[(i64, GapStep, GapStep)] = &[
    (0, GapStep::Down(0), GapStep::Down(1)),
    (9, GapStep::Down(1), GapStep::Down(2)),
    (14, GapStep::Down(2), GapStep::Down(3)),
    (21, GapStep::WalkThenDown(4), GapStep::WalkThenFirst),
    (GATES_DAYS, GapStep::Gates, GapStep::Gates),
];

/// The row of the table for a number of days.
pub fn step(days: i64, with_reason: bool) -> GapStep {
    let row = TABLE.iter().rev().find(|(from, _, _)| days >= *from);
    row.map_or(
        GapStep::Down(0),
        |(_, usual, reason)| if with_reason { *reason } else { *usual },
    )
}

impl Replay<'_> {
    /// Applies the row of the day. Each row replaces the one before: levels are always
    /// counted down from what the last run left.
    pub(super) fn gaps(&mut self, day: NaiveDate) {
        let Some(case) = &self.case else { return };
        let days = between(case.gap_start, day);
        match case.stage {
            Stage::Rest | Stage::SelfTest => {}
            Stage::Walking if case.return_from_gap && case.return_to.is_some() => {
                let reason = self.away_for_cause(day);
                match step(days, reason) {
                    GapStep::Gates => self.gates_again(day, days, reason),
                    // The reason may come while the walk is awaited.
                    GapStep::WalkThenFirst => {
                        let r1 = case.ladder.first_of(Stage::RunWalk);
                        if let Some(case) = &mut self.case {
                            case.return_to = case.return_to.map(|to| to.min(r1));
                        }
                        self.note_gap(days, reason);
                    }
                    _ => {}
                }
            }
            Stage::Walking => {
                // A walk done before the runner came down here counts too.
                let last = self
                    .plan_walks
                    .last()
                    .map_or(days, |walk| between(*walk, day));
                self.walking_gap(day, days.min(last));
            }
            Stage::Running if days < RUNNING_GAP_DAYS => {}
            Stage::RunWalk | Stage::ShortRuns | Stage::Running => self.running_gap(day, days),
        }
    }

    /// Whether pain or fever was the reason for being away.
    fn away_for_cause(&self, day: NaiveDate) -> bool {
        let Some(case) = &self.case else { return false };
        let last_run = self.run_minutes.iter().rev().find(|(_, min)| *min > 0.0);
        self.log
            .away_for_cause(case.gap_start, last_run.map(|(day, _)| *day), day)
    }

    fn running_gap(&mut self, day: NaiveDate, days: i64) {
        let Some(case) = &self.case else { return };
        let reason = self.away_for_cause(day);
        let r1 = case.ladder.first_of(Stage::RunWalk);
        let base = case.gap_base.min(case.index);
        let from_running = case.stage == Stage::Running || case.gap_from_running;
        if from_running && days < GATES_DAYS {
            if case.stage == Stage::Running {
                let last = case.ladder.last();
                let stage = case.ladder.at(last).map_or(Stage::ShortRuns, |l| l.stage);
                self.move_to(stage, last, day, ChangeCause::Gap);
                if let Some(case) = &mut self.case {
                    case.gap_from_running = true;
                    case.gap = Some((days, reason));
                }
            }
            return;
        }
        let base_full = case.gap_base;
        match step(days, reason) {
            GapStep::Down(0) => {}
            GapStep::Down(n) => {
                if let Some(index) = base_full.checked_sub(n).filter(|i| *i >= r1) {
                    if index < case.index {
                        let stage = case.ladder.at(index).map_or(case.stage, |l| l.stage);
                        self.move_to(stage, index, day, ChangeCause::Gap);
                    }
                } else {
                    self.walk_first(r1, day);
                }
                self.note_gap(days, reason);
            }
            GapStep::WalkThenDown(n) => {
                let to = base_full.saturating_sub(n).min(base).max(r1);
                self.walk_first(to, day);
                self.note_gap(days, reason);
            }
            GapStep::WalkThenFirst => {
                self.walk_first(r1, day);
                self.note_gap(days, reason);
            }
            GapStep::Gates => self.gates_again(day, days, reason),
        }
    }

    fn note_gap(&mut self, days: i64, reason: bool) {
        if let Some(case) = &mut self.case {
            case.gap = Some((days, reason));
        }
    }

    /// One OK W5 walk first, then that level.
    fn walk_first(&mut self, to: usize, day: NaiveDate) {
        let Some(case) = &mut self.case else { return };
        case.return_to = Some(to);
        case.return_from_gap = true;
        case.test_target = case.ladder.first_of(Stage::RunWalk);
        let top = case.ladder.top_walk();
        self.move_to(Stage::Walking, top, day, ChangeCause::Gap);
    }

    fn gates_again(&mut self, day: NaiveDate, days: i64, reason: bool) {
        let Some(case) = &mut self.case else { return };
        case.return_to = None;
        case.return_from_gap = false;
        case.test_target = case.ladder.first_of(Stage::RunWalk);
        case.gap_start = day;
        let top = case.ladder.top_walk();
        case.gap_base = top;
        self.move_to(Stage::Walking, top, day, ChangeCause::Gap);
        self.note_gap(days, reason);
    }

    fn walking_gap(&mut self, day: NaiveDate, days: i64) {
        let Some(case) = &mut self.case else { return };
        let row = match days {
            WALKING_START_DAYS.. => 2,
            WALKING_DOWN_DAYS.. => 1,
            _ => 0,
        };
        // Each row applies once.
        if row <= case.walk_row {
            return;
        }
        case.walk_row = row;
        let target = if row == 2 {
            0
        } else {
            case.index.saturating_sub(WALKING_DOWN)
        };
        if target < case.index {
            if let Some(case) = &mut self.case {
                case.return_to = None;
            }
            self.move_to(Stage::Walking, target, day, ChangeCause::Gap);
            self.note_gap(days, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_begin_on_the_days_of_the_page() {
        let usual = |d| step(d, false);
        assert_eq!([usual(0), usual(8)], [GapStep::Down(0); 2]);
        assert_eq!([usual(9), usual(13)], [GapStep::Down(1); 2]);
        assert_eq!([usual(14), usual(20)], [GapStep::Down(2); 2]);
        assert_eq!([usual(21), usual(29)], [GapStep::WalkThenDown(4); 2]);
        assert_eq!(usual(30), GapStep::Gates);
        assert_eq!(
            [step(0, true), step(9, true)],
            [GapStep::Down(1), GapStep::Down(2)]
        );
        assert_eq!(
            [step(14, true), step(21, true)],
            [GapStep::Down(3), GapStep::WalkThenFirst]
        );
    }
}
