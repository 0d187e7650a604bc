//! Time away: what days without a run lower (section 6).

use super::days::between;
use crate::thresholds::{
    GAP_DOWN_DAYS, GAP_REASON_DAYS, GAP_TWO_DOWN_DAYS, GAP_WALK_DAYS, GATES_DAYS,
    WALKING_DOWN_DAYS, WALKING_START_DAYS,
};
use chrono::NaiveDate;

/// What a gap asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapStep {
    /// Down so many places.
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
    (0, GapStep::Down(0), GapStep::Down(0)),
    (GAP_REASON_DAYS, GapStep::Down(0), GapStep::Down(1)),
    (GAP_DOWN_DAYS, GapStep::Down(1), GapStep::Down(2)),
    (GAP_TWO_DOWN_DAYS, GapStep::Down(2), GapStep::Down(3)),
    (
        GAP_WALK_DAYS,
        GapStep::WalkThenDown(4),
        GapStep::WalkThenFirst,
    ),
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

/// What a gap of walks asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WalkStep {
    /// The same level.
    Same,
    /// Down two.
    Down,
    /// The first level.
    First,
}

/// The count of days without a run, or in walking without a walk.
#[derive(Debug, Clone)]
pub(super) struct GapClock {
    start: NaiveDate,
    /// The level that is counted down from: what the last run left.
    base: usize,
    /// The row of a gap in walking that was applied last.
    walk_step: WalkStep,
    /// The days and the reason of the row that was applied last.
    noted: Option<(i64, bool)>,
    /// The gap led out of `running`.
    from_running: bool,
}

impl GapClock {
    pub(super) fn new(day: NaiveDate, index: usize) -> Self {
        Self {
            start: day,
            base: index,
            walk_step: WalkStep::Same,
            noted: None,
            from_running: false,
        }
    }

    pub(super) fn start(&self) -> NaiveDate {
        self.start
    }

    pub(super) fn days(&self, day: NaiveDate) -> i64 {
        between(self.start, day)
    }

    pub(super) fn base(&self) -> usize {
        self.base
    }

    pub(super) fn noted(&self) -> Option<(i64, bool)> {
        self.noted
    }

    pub(super) fn led_out_of_running(&self) -> bool {
        self.from_running
    }

    /// What the last run left, as a later finding about it says.
    pub(super) fn left(&mut self, index: usize) {
        self.base = index;
    }

    pub(super) fn note(&mut self, days: i64, with_reason: bool) {
        self.noted = Some((days, with_reason));
    }

    pub(super) fn leave_running(&mut self, days: i64, with_reason: bool) {
        self.from_running = true;
        self.note(days, with_reason);
    }

    /// The row for so many days without a walk, where it was not applied yet.
    pub(super) fn walking_row(&mut self, days: i64) -> Option<WalkStep> {
        let row = match days {
            WALKING_START_DAYS.. => WalkStep::First,
            WALKING_DOWN_DAYS.. => WalkStep::Down,
            _ => WalkStep::Same,
        };
        let new = row > self.walk_step;
        self.walk_step = self.walk_step.max(row);
        new.then_some(row)
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
        let reason = |d| step(d, true);
        assert_eq!([reason(0), reason(3)], [GapStep::Down(0); 2]);
        assert_eq!([reason(4), reason(8)], [GapStep::Down(1); 2]);
        assert_eq!(
            [reason(9), reason(14)],
            [GapStep::Down(2), GapStep::Down(3)]
        );
        assert_eq!(
            [reason(21), reason(30)],
            [GapStep::WalkThenFirst, GapStep::Gates]
        );
    }

    #[test]
    fn a_row_of_walking_applies_once() {
        let day = NaiveDate::default();
        let mut clock = GapClock::new(day, 3);
        assert_eq!(clock.walking_row(13), None);
        assert_eq!(clock.walking_row(14), Some(WalkStep::Down));
        assert_eq!(clock.walking_row(29), None);
        assert_eq!(clock.walking_row(30), Some(WalkStep::First));
    }
}
