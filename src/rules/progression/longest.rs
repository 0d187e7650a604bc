//! `LONGEST`: no session from the first continuous level on asks for more running than 110 %
//! of the most in one session of the last 30 days (section 6; Frandsen 2025).

use super::days::between;
use super::replay::{Replay, Runner};
use crate::diary::vocabulary::{FreedomName, Stage};
use crate::rules::guidance::{ChangeCause, Rule};
use crate::thresholds::ladder::Level;
use crate::thresholds::{GAP_SHARE_DAYS, LONGEST_SHARE, LONGEST_SHARE_AFTER_GAP, TINY, WEEK};
use chrono::NaiveDate;

/// The level as prescribed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prescribed {
    pub(super) index: usize,
    /// The longest run, minutes, where it lowered the level.
    pub(super) lowered_by_min: Option<f64>,
}

impl Runner<'_> {
    /// What one session may ask for against the longest run.
    fn share(&self, day: NaiveDate) -> f64 {
        let back = self.standing.stage() == Stage::Running || self.gap.led_out_of_running();
        // Until the next run: the day on which the level is the last again asks for no more.
        if back && self.gap.days(day) >= GAP_SHARE_DAYS {
            LONGEST_SHARE_AFTER_GAP
        } else {
            LONGEST_SHARE
        }
    }

    /// The highest level of running up to a place that asks for so many minutes at most; the
    /// first if none does.
    fn fitting(&self, up_to: usize, most_min: f64) -> usize {
        let ladder = self.episode.ladder();
        let r1 = ladder.first_of(Stage::RunWalk);
        let fits = |i: &usize| {
            ladder
                .at(*i)
                .is_some_and(|l| l.run_min() <= most_min + TINY)
        };
        (r1..=up_to).rev().find(fits).unwrap_or(r1)
    }
}

impl Replay<'_> {
    /// The most running in one session of the last 30 days, minutes.
    pub(super) fn longest(&self, runner: &Runner) -> f64 {
        self.run_log.longest(self.today, runner.placed_min())
    }

    /// Where not even the first continuous level fits, or, after a step down from those, not
    /// the level reached, the runner goes to the highest level that does, and climbs from there.
    pub(super) fn fit_to_longest(&mut self, day: NaiveDate) {
        let Some(runner) = &self.runner else { return };
        if !runner.standing.longest_reads() {
            return;
        }
        let index = runner.standing.index();
        let most = self.longest(runner) * runner.share(day);
        let at = runner.fitting(index, most);
        let ladder = runner.episode.ladder();
        let lowest = if runner.standing.stage() == Stage::ShortRuns {
            ladder.first_of(Stage::ShortRuns)
        } else {
            index
        };
        if at < lowest.min(index) {
            let stage = ladder.at(at).map_or(Stage::RunWalk, |l| l.stage);
            self.move_to(stage, at, day, ChangeCause::Down(Rule::Longest));
        }
    }

    /// The level as prescribed today: the runner's own, lowered by caps and by `LONGEST`.
    pub(super) fn prescribed(&self) -> Option<Prescribed> {
        let runner = self.runner.as_ref()?;
        let (episode, standing) = (&runner.episode, &runner.standing);
        let ladder = episode.ladder();
        let r1 = ladder.first_of(Stage::RunWalk);
        let mut index = standing.index();
        for cap in episode.caps() {
            // A cap on a level that this ladder does not have caps at the lowest run.
            index = index.min(ladder.index(cap).unwrap_or(r1));
        }
        if episode.no_runs_until(self.today).is_some() {
            index = index.min(ladder.top_walk());
        }
        // Where the runner stands says whether it holds, not what a cap leaves of it.
        let from_c1 = matches!(standing.stage(), Stage::ShortRuns | Stage::Running);
        if !from_c1 || index < r1 {
            return Some(Prescribed {
                index,
                lowered_by_min: None,
            });
        }
        let longest = self.longest(runner);
        let lowered = runner.fitting(index, longest * runner.share(self.today));
        Some(Prescribed {
            index: lowered,
            lowered_by_min: (lowered < index).then_some(longest),
        })
    }

    /// `longer` (section 8): one run a week of up to 110 % of the longest of 30 days, in whole
    /// minutes, the week's total no more than 110 % of the week before.
    pub(super) fn longer_run(&self) -> Option<u32> {
        let runner = self.runner.as_ref()?;
        let lowered = self.prescribed()?.lowered_by_min.is_some();
        if lowered || !self.freedom(FreedomName::Longer) {
            return None;
        }
        let own = runner.level().map(Level::run_min)?;
        let (mut week, mut before) = (0.0, 0.0);
        for (day, min) in self.run_log.back(self.today, 2 * WEEK) {
            if between(day, self.today) >= WEEK {
                before += min;
            } else if min > own + TINY {
                // This week has had it.
                return None;
            } else {
                week += min;
            }
        }
        let most = (self.longest(runner) * LONGEST_SHARE).min(before * LONGEST_SHARE - week);
        whole_minutes(most).filter(|most| f64::from(*most) > own)
    }
}

/// Minutes in a day.
const DAY_MIN: f64 = 1440.0;

/// Minutes rounded down.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within a day
fn whole_minutes(minutes: f64) -> Option<u32> {
    (minutes > 0.0).then(|| (minutes + TINY).min(DAY_MIN).floor() as u32)
}
