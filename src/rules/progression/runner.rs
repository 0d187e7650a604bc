//! What follows from the injury and where the runner stands together.

use super::replay::Runner;
use super::standing::BackBy;
use crate::diary::vocabulary::Stage;
use crate::rules::measure::by_clinician;
use crate::thresholds::LEAST_OK_BONE;
use crate::thresholds::ladder::{Level, ok_needed};
use chrono::NaiveDate;

impl Runner<'_> {
    /// The level stood on.
    pub(super) fn level(&self) -> Option<&Level> {
        self.episode.ladder().at(self.standing.index())
    }

    /// Running minutes of the level of the last placing.
    pub(super) fn placed_min(&self) -> f64 {
        let placed = self.episode.ladder().at(self.standing.placed());
        placed.map_or(0.0, Level::run_min)
    }

    /// OK sessions needed to move up: the page's, a clinician's, or the runner's own
    /// when stricter; no fewer than before a plan that keeps the injury.
    pub(super) fn needed(&self) -> u32 {
        if self.standing.way_back().is_some() {
            return 1;
        }
        self.needed_by_plan().max(self.standing.needed_before())
    }

    fn needed_by_plan(&self) -> u32 {
        let (ladder, index) = (self.episode.ladder(), self.standing.index());
        let page = ok_needed(ladder, index, self.episode.profile());
        let limits = self.episode.plan().limits.as_ref();
        let Some((limits, asked)) = limits.and_then(|l| Some((l, u32::from(l.ok_needed?)))) else {
            return page;
        };
        if !by_clinician(limits) {
            return asked.max(page);
        }
        // A clinician's number reads on levels below the last.
        if index >= ladder.last() {
            return page;
        }
        asked.max(if self.episode.bone() {
            LEAST_OK_BONE
        } else {
            1
        })
    }

    /// Whether a gap asks for a walk before the next run.
    pub(super) fn waits_after_gap(&self) -> bool {
        let way = self.standing.way_back();
        way.is_some_and(|way| way.by == BackBy::WalkAfterGap)
    }

    /// The count of a gap starts again on a day.
    pub(super) fn count_gap_from(&mut self, day: NaiveDate) {
        self.gap = super::gap_clock::GapClock::new(day, self.standing.index());
    }

    /// Whether the stage may not be advised for want of a clearance, or of a clinician's
    /// number for the usual.
    pub(super) fn word_missing(&self, day: NaiveDate) -> bool {
        let stage = self.standing.stage();
        let holds_runs = !matches!(stage, Stage::Rest | Stage::Walking);
        self.episode.clearance_missing(stage, day)
            || (holds_runs && self.episode.usual_waits().is_some())
    }

    /// Whether running may be entered as far as a clinician's word goes.
    pub(super) fn may_run(&self, day: NaiveDate) -> bool {
        self.episode.consulted(day)
            && self.episode.usual_waits().is_none()
            && self.episode.no_runs_until(day).is_none()
    }
}
