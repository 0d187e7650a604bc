//! What was run and walked: for spacing, the weekly cap, gaps and `LONGEST`.

use super::days::between;
use crate::thresholds::{LONGEST_DAYS, WEEK};
use chrono::NaiveDate;

/// Running minutes of a session, as they count for `LONGEST`.
#[derive(Debug, Clone, Copy)]
struct Run {
    day: NaiveDate,
    /// As they count.
    counted_min: f64,
    /// It was not cut short for pain.
    whole: bool,
}

/// What was run and walked, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct RunLog {
    /// Days with running, impact sport included, one item a session.
    days: Vec<NaiveDate>,
    runs: Vec<Run>,
    /// Levels that a clinician restarted at, each counted as one run of it.
    restarts: Vec<(NaiveDate, f64)>,
    plan_walks: Vec<NaiveDate>,
    /// The last run as section 6 counts it, impact sport included.
    last_for_gaps: Option<NaiveDate>,
}

impl RunLog {
    /// A session with running, or meant for running; impact sport.
    pub(super) fn day(&mut self, day: NaiveDate) {
        self.days.push(day);
    }

    pub(super) fn run(&mut self, day: NaiveDate, counted_min: f64, whole: bool) {
        self.runs.push(Run {
            day,
            counted_min,
            whole,
        });
    }

    pub(super) fn restart(&mut self, day: NaiveDate, level_min: f64) {
        self.restarts.push((day, level_min));
    }

    pub(super) fn walk(&mut self, day: NaiveDate) {
        self.plan_walks.push(day);
    }

    pub(super) fn ends_gaps(&mut self, day: NaiveDate) {
        self.last_for_gaps = Some(day);
    }

    pub(super) fn last_for_gaps(&self) -> Option<NaiveDate> {
        self.last_for_gaps
    }

    pub(super) fn last_day(&self) -> Option<NaiveDate> {
        self.days.last().copied()
    }

    pub(super) fn last_walk(&self) -> Option<NaiveDate> {
        self.plan_walks.last().copied()
    }

    /// Whether anything was run on a day so far.
    pub(super) fn ran_on(&self, day: NaiveDate) -> bool {
        self.days.last() == Some(&day)
    }

    /// Runs in the 7 days that end on a day.
    pub(super) fn in_week(&self, on: NaiveDate) -> u32 {
        let week = self.days.iter().rev();
        let week = week.take_while(|d| between(**d, on) < WEEK);
        u32::try_from(week.count()).unwrap_or(u32::MAX)
    }

    fn recent(&self, on: NaiveDate) -> impl Iterator<Item = &Run> {
        let back = self.runs.iter().rev();
        back.take_while(move |run| between(run.day, on) <= LONGEST_DAYS)
            .filter(|run| run.counted_min > 0.0)
    }

    /// The most running in one session of the last 30 days, minutes; `placed_min`: the level
    /// of the placing, which counts where nothing was logged in those days.
    pub(super) fn longest(&self, on: NaiveDate, placed_min: f64) -> f64 {
        let logged = self.recent(on).map(|run| run.counted_min);
        let logged = logged.reduce(f64::max).unwrap_or(placed_min);
        let restarts = self
            .restarts
            .iter()
            .rev()
            .take_while(|(day, _)| between(*day, on) <= LONGEST_DAYS);
        restarts.map(|(_, min)| *min).fold(logged, f64::max)
    }

    /// The longest of them that was not cut short for pain; else the placing.
    pub(super) fn longest_whole(&self, on: NaiveDate, placed_min: f64) -> f64 {
        let whole = self.recent(on).filter(|run| run.whole);
        let most = whole.map(|run| run.counted_min).reduce(f64::max);
        most.unwrap_or(placed_min)
    }

    /// Runs of the last so many days, the last first: each its day and its minutes.
    pub(super) fn back(&self, on: NaiveDate, days: i64) -> impl Iterator<Item = (NaiveDate, f64)> {
        let back = self.runs.iter().rev();
        back.take_while(move |run| between(run.day, on) < days)
            .map(|run| (run.day, run.counted_min))
    }
}
