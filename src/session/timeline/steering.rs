//! How a session goes on: by time, by what the runner does, by the audio track.

use super::{Action, Clock, Leg, Snapshot, Stamped};
use crate::session::plan::Phase;

/// A leg that has just begun: "back" leads to the one before, milliseconds.
const JUST_BEGUN_MS: i64 = 3000;

impl Snapshot {
    /// Lets time go by up to an instant (milliseconds since 1970).
    pub fn advance(&mut self, to: i64) {
        let passed = (to - self.instant).max(0);
        self.instant = self.instant.max(to);
        self.count(passed);
    }

    /// Lets so many milliseconds count, if time counts at all.
    fn count(&mut self, ms: i64) {
        let mut left = ms;
        if self.clock != Clock::Counting {
            return;
        }
        while left > 0 {
            let Some(leg) = self.legs.get_mut(self.index) else {
                break;
            };
            let step = if leg.waits {
                left
            } else {
                left.min((leg.ends_ms - self.into_ms).max(0))
            };
            leg.done_ms += step;
            self.into_ms += step;
            left -= step;
            if self.into_ms >= leg.ends_ms && !leg.waits {
                self.index += 1;
                self.into_ms = 0;
            }
        }
        self.step_over_empty();
    }

    /// Parts of no length (a run that "That hurts" turned into walking) are stepped over.
    fn step_over_empty(&mut self) {
        while self
            .leg()
            .is_some_and(|p| !p.waits && p.ends_ms <= self.into_ms)
        {
            self.index += 1;
            self.into_ms = 0;
        }
        if self.index >= self.legs.len() {
            self.clock = Clock::Finished;
        }
    }

    /// What happened next.
    pub fn apply(&mut self, stamped: &Stamped) {
        match stamped.action {
            Action::Excluded => {
                self.advance(stamped.to);
                self.instant = stamped.at;
            }
            Action::Played => {
                let ahead = stamped.to - self.place_ms();
                if self.clock == Clock::Counting {
                    if ahead >= 0 {
                        self.count(ahead);
                    } else {
                        self.go_to(stamped.to);
                    }
                }
                self.instant = stamped.at;
            }
            action => {
                self.advance(stamped.at);
                self.act(action, stamped.to);
            }
        }
    }

    fn act(&mut self, action: Action, to: i64) {
        match action {
            Action::Pause if self.clock == Clock::Counting => self.clock = Clock::Paused,
            Action::Resume if self.clock == Clock::Paused => self.clock = Clock::Counting,
            Action::UndoEnd if self.clock == Clock::Ended => self.clock = Clock::Counting,
            Action::End if !self.over() => self.clock = Clock::Ended,
            Action::Skip if !self.over() => {
                self.cut_here();
                self.index += 1;
                self.into_ms = 0;
                self.step_over_empty();
            }
            Action::Back if !self.over() => self.back(),
            Action::Seeked if !self.over() => self.go_to(to),
            Action::Hurt if !self.over() && !self.hurt => {
                self.before_hurt = Some(Box::new(self.clone()));
                self.walk_from_here();
            }
            Action::UndoHurt => {
                // Only the legs and the place go back: a pause is still a pause.
                if let Some(before) = self.before_hurt.take() {
                    let (instant, clock, limp) = (self.instant, self.clock, self.limp);
                    *self = *before;
                    self.instant = instant;
                    self.clock = clock;
                    self.limp = limp;
                }
            }
            Action::Limp => self.limp = true,
            _ => {}
        }
    }

    /// To the start of a leg, or to the end; what stands before it is behind, what
    /// stands after it is as it was planned. Nothing counts for the way.
    pub fn enter(&mut self, index: usize) {
        for leg in self.legs.iter_mut().take(index) {
            leg.waits = false;
        }
        self.index = index;
        self.into_ms = 0;
        if self.clock == Clock::Finished {
            self.clock = Clock::Counting;
        }
        self.reopen();
        self.step_over_empty();
    }

    /// To the start of this leg, or of the one before; after "That hurts" never back
    /// over a run.
    fn back(&mut self) {
        if self.into_ms < JUST_BEGUN_MS {
            let first = self.after_the_run_that_hurt();
            let mut before = self.legs.iter().take(self.index).skip(first);
            let before = before.rposition(|p| p.whole_ms > 0 || p.waits);
            self.index = before.map_or(self.index, |n| first + n);
        }
        self.into_ms = 0;
        self.reopen();
    }

    /// As far back as it goes: after "That hurts", the leg after the last run.
    fn after_the_run_that_hurt(&self) -> usize {
        let ran = |p: &Leg| self.hurt && p.phase == Phase::Run && p.whole_ms > 0;
        self.legs.iter().rposition(ran).map_or(0, |n| n + 1)
    }

    /// A leg that was cut short by a skip has its whole length again, this one and
    /// those that come after it.
    fn reopen(&mut self) {
        for leg in self.legs.iter_mut().skip(self.index) {
            leg.ends_ms = leg.whole_ms;
            leg.waits = leg.until_next;
        }
    }

    /// To a place on the session's time line; nothing counts for it.
    fn go_to(&mut self, place: i64) {
        let mut left = place.max(0);
        self.index = 0;
        while let Some(leg) = self.legs.get(self.index) {
            if left < leg.whole_ms || leg.waits {
                break;
            }
            left -= leg.whole_ms;
            self.index += 1;
        }
        let first = self.after_the_run_that_hurt();
        if self.index < first {
            self.index = first;
            left = 0;
        }
        self.into_ms = if self.index < self.legs.len() {
            left
        } else {
            0
        };
        self.reopen();
        self.step_over_empty();
    }

    fn cut_here(&mut self) {
        let into = self.into_ms;
        if let Some(leg) = self.legs.get_mut(self.index) {
            leg.ends_ms = into;
            // It is behind, and waits no more.
            leg.waits = false;
        }
    }

    /// Every run that is left becomes a walk, the one going on from this second.
    fn walk_from_here(&mut self) {
        self.hurt = true;
        let running = self.leg().is_some_and(|p| p.phase == Phase::Run);
        if running {
            let left = self.left_ms();
            self.cut_here();
            if let Some(leg) = self.legs.get_mut(self.index) {
                leg.whole_ms = leg.ends_ms;
            }
            self.index += 1;
            self.into_ms = 0;
            let walk = Leg::of_length(Phase::Walk, 0, left.max(1));
            self.legs.insert(self.index.min(self.legs.len()), walk);
        }
        // A run not begun stays in the list as planned but unrun, so that what
        // was skipped can be read back; its time is walked.
        let mut at = self.index;
        while at < self.legs.len() {
            let Some(leg) = self.legs.get_mut(at).filter(|p| p.phase == Phase::Run) else {
                at += 1;
                continue;
            };
            let walked = leg.ends_ms;
            leg.ends_ms = 0;
            leg.whole_ms = 0;
            self.legs
                .insert(at + 1, Leg::of_length(Phase::Walk, 0, walked));
            at += 2;
        }
    }
}
