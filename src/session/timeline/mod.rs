//! The live session's timeline: a pure function of the plan, the events so far
//! and an instant. Any state can be rebuilt from the list of events, so a
//! reload, a crash or an empty battery costs nothing.
//!
//! Instants are wall-clock milliseconds since 1970 (UTC), so summer time and a
//! change of zone do not matter. A clock that was set, and a sleep that the runner
//! spent standing still, are events too ([`Action::Excluded`]); so is what an audio
//! track that was the clock has really played ([`Action::Played`]).
//!
//! Beside the wall clock a session has a time line of its own: milliseconds from its
//! start, pauses left out, each leg at its whole length. [`Snapshot::place_ms`] is a
//! place on it; cues and the audio track are laid out along it.

mod action;
mod steering;

pub use action::{Action, Stamped};

use crate::diary::entry::Interval;
use crate::diary::vocabulary::IntervalKind;
use crate::session::plan::{Phase, Segment, SessionPlan};

/// Whether time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    Counting,
    Paused,
    /// Ended early by the runner.
    Ended,
    /// Every leg was gone through.
    Finished,
}

/// One leg as it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// What it is for.
    pub phase: Phase,
    /// How long it was planned, milliseconds.
    pub planned_ms: i64,
    /// Its length on the session's time line, milliseconds: as planned, but 0 for a run
    /// that "That hurts" turned into walking.
    pub whole_ms: i64,
    /// Where it ends, milliseconds from its start (shorter after a skip).
    pub ends_ms: i64,
    /// Time really spent in it, milliseconds.
    pub done_ms: i64,
    /// It lasts until the runner says "next", and has not been left that way yet.
    pub waits: bool,
    /// It was planned to last until the runner says "next".
    pub until_next: bool,
    /// Which step of its maker's own list it belongs to.
    pub step: usize,
}

impl Leg {
    fn of_length(phase: Phase, planned_ms: i64, whole_ms: i64) -> Self {
        Self {
            phase,
            planned_ms,
            whole_ms,
            ends_ms: whole_ms,
            done_ms: 0,
            waits: false,
            until_next: false,
            step: 0,
        }
    }
}

/// A session at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Whether time counts.
    pub clock: Clock,
    /// Which leg, from 0; the number of legs when done.
    pub index: usize,
    /// Time into this leg, milliseconds.
    pub into_ms: i64,
    /// Every leg.
    pub legs: Vec<Leg>,
    /// "That hurts" was pressed.
    pub hurt: bool,
    /// The runner said that they limp.
    pub limp: bool,
    /// When the last event or advance left it, milliseconds since 1970.
    instant: i64,
    /// As it was before "That hurts".
    before_hurt: Option<Box<Snapshot>>,
}

impl Snapshot {
    /// A session of these legs that begins at an instant (milliseconds since 1970).
    pub fn begin(segments: &[Segment], started: i64) -> Self {
        let legs = segments
            .iter()
            .map(|s| {
                let ms = i64::from(s.seconds) * 1000;
                Leg {
                    waits: s.waits,
                    until_next: s.waits,
                    step: s.step,
                    ..Leg::of_length(s.phase, ms, ms)
                }
            })
            .collect();
        Self {
            clock: Clock::Counting,
            index: 0,
            into_ms: 0,
            legs,
            hurt: false,
            limp: false,
            instant: started,
            before_hurt: None,
        }
    }

    /// The leg that is going on; `None` when done.
    pub fn leg(&self) -> Option<&Leg> {
        self.legs.get(self.index)
    }

    /// The leg that comes next; one that "That hurts" emptied is none.
    pub fn next(&self) -> Option<&Leg> {
        self.legs
            .iter()
            .skip(self.index + 1)
            .find(|p| p.ends_ms > 0 || p.waits)
    }

    /// Milliseconds left in this leg.
    pub fn left_ms(&self) -> i64 {
        self.leg().map_or(0, |p| (p.ends_ms - self.into_ms).max(0))
    }

    /// Milliseconds left in all.
    pub fn total_left_ms(&self) -> i64 {
        let later: i64 = self
            .legs
            .iter()
            .skip(self.index + 1)
            .map(|p| p.ends_ms)
            .sum();
        self.left_ms() + later
    }

    /// Milliseconds left to half of the whole; 0 or less when it is behind.
    pub fn half_left_ms(&self) -> i64 {
        let all: i64 = self.legs.iter().map(|p| p.ends_ms).sum();
        self.total_left_ms() - all / 2
    }

    /// Where it stands on the session's own time line, milliseconds.
    pub fn place_ms(&self) -> i64 {
        let before: i64 = self.legs.iter().take(self.index).map(|p| p.whole_ms).sum();
        before + self.into_ms
    }

    /// How long the session's own time line is, milliseconds.
    pub fn whole_ms(&self) -> i64 {
        self.legs.iter().map(|p| p.whole_ms).sum()
    }

    /// Whether the runner has nothing more to do in it.
    pub fn over(&self) -> bool {
        matches!(self.clock, Clock::Ended | Clock::Finished)
    }

    /// Which run of how many: (n, N), counting runs (or walks, when nothing is run).
    pub fn interval(&self) -> (usize, usize) {
        let has = |phase| self.legs.iter().any(|p| p.phase == phase);
        let counted = if has(Phase::Run) {
            Phase::Run
        } else {
            Phase::Walk
        };
        let total = self.legs.iter().filter(|p| p.phase == counted).count();
        let reached = self
            .legs
            .iter()
            .take(self.index + 1)
            .filter(|p| p.phase == counted)
            .count();
        (reached, total)
    }

    /// Seconds really run and really walked, warm-up and cool-down included.
    pub fn done_s(&self) -> (f64, f64) {
        let sum = |kind: IntervalKind| -> f64 {
            let ms: i64 = self
                .legs
                .iter()
                .filter(|p| p.phase.interval_kind() == Some(kind))
                .map(|p| p.done_ms)
                .sum();
            seconds(ms)
        };
        (sum(IntervalKind::Run), sum(IntervalKind::Walk))
    }

    /// The legs as the diary keeps them, those that were never reached included.
    pub fn intervals(&self) -> Vec<Interval> {
        self.legs
            .iter()
            .filter_map(|p| {
                Some(Interval {
                    kind: p.phase.interval_kind()?,
                    planned_s: seconds(p.planned_ms).round(),
                    done_s: seconds(p.done_ms).round(),
                    extra: serde_json::Map::new(),
                })
            })
            .collect()
    }
}

#[allow(clippy::cast_precision_loss)] // a session's milliseconds fit a double exactly
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// The session that began at `started` with this plan and these events, at `now`
/// (milliseconds since 1970).
pub fn snapshot(plan: &SessionPlan, started: i64, events: &[Stamped], now: i64) -> Snapshot {
    let mut at = Snapshot::begin(&plan.segments, started);
    for stamped in events {
        at.apply(stamped);
    }
    at.advance(now);
    at
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]
    use super::*;
    use crate::diary::vocabulary::Movement;
    use crate::rules::guidance::Prescription;

    fn r1() -> SessionPlan {
        SessionPlan::new(&Prescription {
            level: "R1".into(),
            activity: Movement::RunWalk,
            run_s: 60,
            walk_s: 120,
            reps: 5,
        })
    }

    fn at(events: &[(i64, Action)], now_s: i64) -> Snapshot {
        let events: Vec<Stamped> = events
            .iter()
            .map(|&(s, act)| Stamped::new(s * 1000, act))
            .collect();
        snapshot(&r1(), 0, &events, now_s * 1000)
    }

    #[test]
    fn r1_is_twenty_five_minutes_with_five_of_running() {
        assert_eq!(r1().total_s(), 25 * 60);
        assert_eq!(r1().run_s(), 5 * 60);
        assert_eq!(r1().segments.len(), 12);
    }

    #[test]
    fn a_walk_stands_alone() {
        let plan = SessionPlan::new(&Prescription {
            level: "W1".into(),
            activity: Movement::Walk,
            run_s: 0,
            walk_s: 600,
            reps: 1,
        });
        assert_eq!(plan.segments, [Segment::new(Phase::Walk, 600)]);
        assert_eq!(snapshot(&plan, 0, &[], 1000).interval(), (1, 1));
    }

    #[test]
    fn wall_clock_carries_the_session_through_its_parts() {
        let s = at(&[], 300);
        assert_eq!((s.index, s.left_ms()), (1, 60_000));
        assert_eq!(s.leg().unwrap().phase, Phase::Run);
        assert_eq!(s.interval(), (1, 5));
        let s = at(&[], 300 + 60 + 30);
        assert_eq!((s.leg().unwrap().phase, s.left_ms()), (Phase::Walk, 90_000));
        let s = at(&[], 25 * 60);
        assert_eq!(s.clock, Clock::Finished);
        assert_eq!(s.done_s(), (300.0, 1200.0));
        assert_eq!(at(&[], 100_000).done_s(), (300.0, 1200.0));
    }

    #[test]
    fn paused_time_never_counts() {
        let s = at(&[(310, Action::Pause), (910, Action::Resume)], 920);
        assert_eq!((s.index, s.left_ms()), (1, 40_000));
        let s = at(&[(310, Action::Pause)], 99_999);
        assert_eq!((s.clock, s.left_ms()), (Clock::Paused, 50_000));
    }

    #[test]
    fn a_clock_set_back_counts_as_no_time() {
        let s = at(&[(310, Action::Pause), (200, Action::Resume)], 305);
        assert_eq!((s.index, s.left_ms()), (1, 50_000));
    }

    #[test]
    fn skip_back_and_end_keep_what_was_done() {
        let s = at(&[(100, Action::Skip)], 110);
        assert_eq!((s.index, s.left_ms()), (1, 50_000));
        let s = at(&[(330, Action::Back)], 340);
        assert_eq!((s.index, s.left_ms()), (1, 50_000));
        assert_eq!(s.done_s().0, 40.0);
        let s = at(&[(301, Action::Back)], 311);
        assert_eq!(s.index, 0);
        let s = at(&[(330, Action::End)], 9999);
        assert_eq!((s.clock, s.done_s()), (Clock::Ended, (30.0, 300.0)));
        let s = at(&[(330, Action::End), (400, Action::UndoEnd)], 410);
        assert_eq!((s.clock, s.done_s()), (Clock::Counting, (40.0, 300.0)));
    }

    #[test]
    fn parts_skipped_are_whole_again_once_they_lie_ahead() {
        let skips = [
            (310, Action::Skip),
            (320, Action::Skip),
            (330, Action::Skip),
        ];
        assert_eq!(at(&skips, 330).total_left_ms(), 1_500_000 - 540_000);
        let mut moments: Vec<Stamped> = skips
            .iter()
            .map(|&(s, act)| Stamped::new(s * 1000, act))
            .collect();
        moments.push(Stamped {
            at: 331_000,
            action: Action::Seeked,
            to: 300_000,
        });
        let s = snapshot(&r1(), 0, &moments, 331_000);
        assert_eq!((s.index, s.total_left_ms()), (1, 1_200_000));
        assert_eq!(s.place_ms(), 300_000);
    }

    #[test]
    fn that_hurts_turns_the_rest_into_walking_of_the_same_length() {
        let s = at(&[(330, Action::Hurt)], 330);
        assert!(s.hurt);
        assert_eq!((s.leg().unwrap().phase, s.left_ms()), (Phase::Walk, 30_000));
        assert_eq!(s.total_left_ms(), 25 * 60_000 - 330_000);
        let end = at(&[(330, Action::Hurt)], 25 * 60);
        assert_eq!((end.clock, end.done_s()), (Clock::Finished, (30.0, 1470.0)));
        let early = at(&[(10, Action::Hurt)], 305);
        assert_eq!(
            (early.leg().unwrap().phase, early.done_s().0),
            (Phase::Walk, 0.0)
        );
    }

    #[test]
    fn back_never_leads_into_a_run_after_that_hurts() {
        // In the first run; and in a walk, with the run before it done.
        for (hurt, back) in [(330, 331), (365, 366)] {
            let s = at(
                &[
                    (hurt, Action::Hurt),
                    (back, Action::Back),
                    (back + 1, Action::Back),
                    (back + 2, Action::Back),
                ],
                back + 3,
            );
            assert_ne!(s.leg().unwrap().phase, Phase::Run, "{hurt}");
        }
    }

    #[test]
    fn that_hurts_by_mistake_is_as_if_it_had_not_been() {
        let s = at(&[(330, Action::Hurt), (340, Action::UndoHurt)], 345);
        assert!(!s.hurt);
        assert_eq!((s.leg().unwrap().phase, s.left_ms()), (Phase::Run, 25_000));
        assert_eq!(s.done_s(), (35.0, 300.0));
        let s = at(
            &[
                (330, Action::Hurt),
                (335, Action::Pause),
                (340, Action::UndoHurt),
                (341, Action::UndoHurt),
            ],
            345,
        );
        assert_eq!((s.hurt, s.clock), (false, Clock::Paused));
    }

    #[test]
    fn uncounted_time_and_a_clock_that_was_set_leave_the_place_as_it_was() {
        // Asleep from 310 to 910, standing still; then an hour back; then an hour on.
        for (from, to) in [(310, 910), (310, 310 - 3600), (310, 310 + 3600)] {
            let moments = [Stamped {
                at: to * 1000,
                action: Action::Excluded,
                to: from * 1000,
            }];
            let s = snapshot(&r1(), 0, &moments, (to + 10) * 1000);
            assert_eq!((s.index, s.left_ms()), (1, 40_000), "{from} {to}");
            assert_eq!(s.done_s(), (20.0, 300.0));
        }
    }

    #[test]
    fn what_the_track_played_counts_and_nothing_else() {
        let played = |at: i64, to: i64| Stamped {
            at: at * 1000,
            action: Action::Played,
            to: to * 1000,
        };
        // The track hung for a minute in the first run.
        let s = snapshot(&r1(), 0, &[played(370, 310)], 375_000);
        assert_eq!((s.index, s.left_ms(), s.place_ms()), (1, 45_000, 315_000));
        assert_eq!(s.done_s(), (15.0, 300.0));
        // Moved along it: nothing counts for the way.
        let sought = Stamped {
            at: 310_000,
            action: Action::Seeked,
            to: 480_000,
        };
        let s = snapshot(&r1(), 0, &[sought], 315_000);
        assert_eq!((s.index, s.left_ms()), (3, 55_000));
        assert_eq!(s.done_s(), (15.0, 300.0));
        assert_eq!(s.place_ms(), 485_000);
        // Past its end it is done, with what was done.
        let s = snapshot(&r1(), 0, &[played(310, 1500)], 315_000);
        assert_eq!(s.clock, Clock::Finished);
    }

    #[test]
    fn a_session_stored_by_the_release_before_still_loads() {
        let plan =
            r#"{"level":"R1","activity":"run-walk","segments":[{"phase":"run","seconds":60}]}"#;
        let plan: SessionPlan = serde_json::from_str(plan).unwrap();
        let moments = r#"[{"at":1000,"act":"pause"},{"at":2000,"act":"undo-end"}]"#;
        let moments: Vec<Stamped> = serde_json::from_str(moments).unwrap();
        assert_eq!(moments[1], Stamped::new(2000, Action::UndoEnd));
        let again = serde_json::to_string(&moments).unwrap();
        assert!(!again.contains("to\":"), "{again}");
        assert_eq!(snapshot(&plan, 0, &moments, 5000).into_ms, 1000);
    }
}
