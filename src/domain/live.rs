//! The live session's timeline: a pure function of the plan, the events so far
//! and an instant. Any state can be rebuilt from the list of events, so a
//! reload, a crash or an empty battery costs nothing.
//!
//! Instants are wall-clock milliseconds since 1970 (UTC), so summer time and a
//! change of zone do not matter; a clock set back counts as no time passing.

use super::entry::Interval;
use super::guidance::Prescription;
use super::keys::{Gait, Movement};
use serde::{Deserialize, Serialize};

/// Seconds walked before, and again after, every running session (progression, section 3).
pub const EASE_S: u32 = 5 * 60;

/// What a part of a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The walk and the drills before.
    WarmUp,
    /// Running.
    Run,
    /// Walking.
    Walk,
    /// The walk after.
    CoolDown,
}

impl Phase {
    /// The key that tests and styles know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WarmUp => "warm-up",
            Self::Run => "run",
            Self::Walk => "walk",
            Self::CoolDown => "cool-down",
        }
    }
}

/// One part of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// What it is for.
    pub phase: Phase,
    /// How long, seconds.
    pub seconds: u32,
}

/// A session as planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionPlan {
    /// The level it was prescribed at.
    pub level: String,
    /// Key of the [`Movement`] it is logged as.
    pub activity: String,
    /// Its parts, in order.
    pub segments: Vec<Segment>,
}

impl SessionPlan {
    /// The plan of what was prescribed: five minutes of walking on either side
    /// of any running; a walk stands alone.
    pub fn new(prescription: &Prescription) -> Self {
        let mut segments = Vec::new();
        let mut part = |phase, seconds| {
            if seconds > 0 {
                segments.push(Segment { phase, seconds });
            }
        };
        let runs = prescription.run_s > 0;
        if runs {
            part(Phase::WarmUp, EASE_S);
        }
        for _ in 0..prescription.reps {
            part(Phase::Run, prescription.run_s);
            part(Phase::Walk, prescription.walk_s);
        }
        if runs {
            part(Phase::CoolDown, EASE_S);
        }
        Self {
            level: prescription.level.clone(),
            activity: prescription.activity.key().to_owned(),
            segments,
        }
    }

    /// A walk off the plan, for when a run is not the thing to do.
    pub fn easy_walk(seconds: u32) -> Self {
        Self {
            level: String::new(),
            activity: Movement::Walk.key().to_owned(),
            segments: vec![Segment {
                phase: Phase::Walk,
                seconds,
            }],
        }
    }

    /// What it is logged as; a stored plan with an unknown key counts as a run-walk.
    pub fn movement(&self) -> Movement {
        Movement::from_key(&self.activity).unwrap_or(Movement::RunWalk)
    }

    /// Seconds of the whole.
    pub fn total_s(&self) -> u32 {
        self.segments.iter().map(|s| s.seconds).sum()
    }

    /// Seconds of running.
    pub fn run_s(&self) -> u32 {
        self.segments
            .iter()
            .filter(|s| s.phase == Phase::Run)
            .map(|s| s.seconds)
            .sum()
    }
}

/// What the runner did to a running session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Time stops counting.
    Pause,
    /// Time counts again.
    Resume,
    /// On to the next part.
    Skip,
    /// Back to the start of this part, or to the one before when it just began.
    Back,
    /// "That hurts": the rest becomes walking.
    Hurt,
    /// Ended early; what was done is kept.
    End,
    /// Takes an ending back; the time between does not count.
    UndoEnd,
}

/// One thing the runner did, and when (milliseconds since 1970).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When.
    pub at: i64,
    /// What.
    pub act: Act,
}

/// Whether time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Running {
    /// It does.
    Running,
    /// Paused.
    Paused,
    /// Ended early by the runner.
    Ended,
    /// Every part was gone through.
    Done,
}

/// One part as it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is for.
    pub phase: Phase,
    /// How long it was planned, milliseconds.
    pub planned_ms: i64,
    /// Where it ends, milliseconds from its start (shorter after a skip).
    pub ends_ms: i64,
    /// Time really spent in it, milliseconds.
    pub done_ms: i64,
}

/// A session at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Whether time counts.
    pub running: Running,
    /// Which part, from 0; the number of parts when done.
    pub index: usize,
    /// Time into this part, milliseconds.
    pub into_ms: i64,
    /// Every part.
    pub parts: Vec<Part>,
    /// "That hurts" was pressed.
    pub hurt: bool,
    /// When the last event or advance left it, milliseconds since 1970.
    clock: i64,
}

impl Snapshot {
    /// The part that is going on; `None` when done.
    pub fn part(&self) -> Option<&Part> {
        self.parts.get(self.index)
    }

    /// The part that comes next; one that "That hurts" emptied is none.
    pub fn next(&self) -> Option<&Part> {
        self.parts
            .iter()
            .skip(self.index + 1)
            .find(|p| p.ends_ms > 0)
    }

    /// Milliseconds left in this part.
    pub fn left_ms(&self) -> i64 {
        self.part().map_or(0, |p| (p.ends_ms - self.into_ms).max(0))
    }

    /// Milliseconds left in all.
    pub fn total_left_ms(&self) -> i64 {
        let later: i64 = self
            .parts
            .iter()
            .skip(self.index + 1)
            .map(|p| p.ends_ms)
            .sum();
        self.left_ms() + later
    }

    /// Milliseconds left to half of the whole; 0 or less when it is behind.
    pub fn half_left_ms(&self) -> i64 {
        let all: i64 = self.parts.iter().map(|p| p.ends_ms).sum();
        self.total_left_ms() - all / 2
    }

    /// Whether the runner has nothing more to do in it.
    pub fn over(&self) -> bool {
        matches!(self.running, Running::Ended | Running::Done)
    }

    /// Which run of how many: (n, N), counting runs (or walks, when nothing is run).
    pub fn interval(&self) -> (usize, usize) {
        let counted = if self.parts.iter().any(|p| p.phase == Phase::Run) {
            Phase::Run
        } else {
            Phase::Walk
        };
        let total = self.parts.iter().filter(|p| p.phase == counted).count();
        let reached = self
            .parts
            .iter()
            .take(self.index + 1)
            .filter(|p| p.phase == counted)
            .count();
        (reached, total)
    }

    /// Seconds really run and really walked, warm-up and cool-down included.
    pub fn done_s(&self) -> (f64, f64) {
        let sum = |run: bool| -> f64 {
            let ms: i64 = self
                .parts
                .iter()
                .filter(|p| (p.phase == Phase::Run) == run)
                .map(|p| p.done_ms)
                .sum();
            seconds(ms)
        };
        (sum(true), sum(false))
    }

    /// The parts as the diary keeps them, those that were never reached included.
    pub fn intervals(&self) -> Vec<Interval> {
        self.parts
            .iter()
            .map(|p| Interval {
                kind: if p.phase == Phase::Run {
                    Gait::Run
                } else {
                    Gait::Walk
                },
                planned_s: seconds(p.planned_ms).round(),
                done_s: seconds(p.done_ms).round(),
                extra: serde_json::Map::new(),
            })
            .collect()
    }

    fn advance(&mut self, to: i64) {
        let mut left = (to - self.clock).max(0);
        self.clock = self.clock.max(to);
        if self.running != Running::Running {
            return;
        }
        while left > 0 {
            let Some(part) = self.parts.get_mut(self.index) else {
                break;
            };
            let step = left.min((part.ends_ms - self.into_ms).max(0));
            part.done_ms += step;
            self.into_ms += step;
            left -= step;
            if self.into_ms >= part.ends_ms {
                self.index += 1;
                self.into_ms = 0;
            }
        }
        // Parts of no length (a run that "That hurts" turned into walking) are stepped over.
        while self.part().is_some_and(|p| p.ends_ms <= self.into_ms) {
            self.index += 1;
            self.into_ms = 0;
        }
        if self.index >= self.parts.len() {
            self.running = Running::Done;
        }
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Pause if self.running == Running::Running => self.running = Running::Paused,
            Act::Resume if self.running == Running::Paused => self.running = Running::Running,
            Act::UndoEnd if self.running == Running::Ended => self.running = Running::Running,
            Act::End if !self.over() => self.running = Running::Ended,
            Act::Skip if !self.over() => {
                self.cut_here();
                self.index += 1;
                self.into_ms = 0;
                if self.index >= self.parts.len() {
                    self.running = Running::Done;
                }
            }
            Act::Back if !self.over() => {
                if self.into_ms < 3000 && self.index > 0 {
                    self.index -= 1;
                }
                self.into_ms = 0;
                if let Some(part) = self.parts.get_mut(self.index) {
                    part.ends_ms = part.planned_ms.max(part.ends_ms);
                }
            }
            Act::Hurt if !self.over() => self.walk_from_here(),
            _ => {}
        }
    }

    fn cut_here(&mut self) {
        let into = self.into_ms;
        if let Some(part) = self.parts.get_mut(self.index) {
            part.ends_ms = into;
        }
    }

    /// Every run that is left becomes a walk, the one going on from this second.
    fn walk_from_here(&mut self) {
        self.hurt = true;
        let running = self.part().is_some_and(|p| p.phase == Phase::Run);
        if running {
            let left = self.left_ms();
            self.cut_here();
            self.index += 1;
            self.into_ms = 0;
            let walk = Part {
                phase: Phase::Walk,
                planned_ms: 0,
                ends_ms: left.max(1),
                done_ms: 0,
            };
            self.parts.insert(self.index.min(self.parts.len()), walk);
        }
        // A run not begun stays in the list as planned but unrun, so that what
        // was skipped can be read back; its time is walked.
        let mut at = self.index;
        while at < self.parts.len() {
            let Some(part) = self.parts.get_mut(at).filter(|p| p.phase == Phase::Run) else {
                at += 1;
                continue;
            };
            let walked = part.ends_ms;
            part.ends_ms = 0;
            let walk = Part {
                phase: Phase::Walk,
                planned_ms: 0,
                ends_ms: walked,
                done_ms: 0,
            };
            self.parts.insert(at + 1, walk);
            at += 2;
        }
    }
}

#[allow(clippy::cast_precision_loss)] // a session's milliseconds fit a double exactly
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// The session that began at `started` with this plan and these events, at `now`
/// (milliseconds since 1970).
pub fn snapshot(plan: &SessionPlan, started: i64, events: &[Moment], now: i64) -> Snapshot {
    let parts = plan
        .segments
        .iter()
        .map(|s| {
            let ms = i64::from(s.seconds) * 1000;
            Part {
                phase: s.phase,
                planned_ms: ms,
                ends_ms: ms,
                done_ms: 0,
            }
        })
        .collect();
    let mut at = Snapshot {
        running: Running::Running,
        index: 0,
        into_ms: 0,
        parts,
        hurt: false,
        clock: started,
    };
    for moment in events {
        at.advance(moment.at);
        at.act(moment.act);
    }
    at.advance(now);
    at
}

/// What the runner should hear, feel and see at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// A part begins.
    Begin(Phase),
    /// Half of the whole is done.
    HalfWay,
    /// The last run begins.
    Last,
    /// Three, two, one second before a change.
    Count,
    /// Done.
    Done,
}

/// The cues that fall between two snapshots of one session. After a longer gap
/// (a sleeping phone) only what holds now is said, never a volley.
pub fn cues(before: &Snapshot, after: &Snapshot) -> Vec<Cue> {
    let mut out = Vec::new();
    if after.running == Running::Done {
        if before.running != Running::Done {
            out.push(Cue::Done);
        }
        return out;
    }
    if after.running != Running::Running {
        return out;
    }
    if before.index != after.index {
        if let Some(part) = after.part() {
            let (n, total) = after.interval();
            if part.phase == Phase::Run && n == total && total > 1 {
                out.push(Cue::Last);
            } else {
                out.push(Cue::Begin(part.phase));
            }
        }
        return out;
    }
    if before.half_left_ms() > 0 && after.half_left_ms() <= 0 {
        out.push(Cue::HalfWay);
    }
    let second = |ms: i64| (ms + 999) / 1000;
    let (was, is) = (second(before.left_ms()), second(after.left_ms()));
    if was != is && (1..=3).contains(&is) {
        out.push(Cue::Count);
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]
    use super::*;

    fn r1() -> SessionPlan {
        SessionPlan::new(&Prescription {
            level: "R1".into(),
            activity: Movement::RunWalk,
            run_s: 60,
            walk_s: 120,
            reps: 5,
        })
    }

    fn at(events: &[(i64, Act)], now_s: i64) -> Snapshot {
        let events: Vec<Moment> = events
            .iter()
            .map(|&(s, act)| Moment { at: s * 1000, act })
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
        assert_eq!(
            plan.segments,
            [Segment {
                phase: Phase::Walk,
                seconds: 600
            }]
        );
        assert_eq!(snapshot(&plan, 0, &[], 1000).interval(), (1, 1));
    }

    #[test]
    fn wall_clock_carries_the_session_through_its_parts() {
        let s = at(&[], 300);
        assert_eq!((s.index, s.left_ms()), (1, 60_000));
        assert_eq!(s.part().unwrap().phase, Phase::Run);
        assert_eq!(s.interval(), (1, 5));
        let s = at(&[], 300 + 60 + 30);
        assert_eq!(
            (s.part().unwrap().phase, s.left_ms()),
            (Phase::Walk, 90_000)
        );
        let s = at(&[], 25 * 60);
        assert_eq!(s.running, Running::Done);
        assert_eq!(s.done_s(), (300.0, 1200.0));
        assert_eq!(at(&[], 100_000).done_s(), (300.0, 1200.0));
    }

    #[test]
    fn paused_time_never_counts() {
        let s = at(&[(310, Act::Pause), (910, Act::Resume)], 920);
        assert_eq!((s.index, s.left_ms()), (1, 40_000));
        let s = at(&[(310, Act::Pause)], 99_999);
        assert_eq!((s.running, s.left_ms()), (Running::Paused, 50_000));
    }

    #[test]
    fn a_clock_set_back_counts_as_no_time() {
        let s = at(&[(310, Act::Pause), (200, Act::Resume)], 305);
        assert_eq!((s.index, s.left_ms()), (1, 50_000));
    }

    #[test]
    fn skip_back_and_end_keep_what_was_done() {
        let s = at(&[(100, Act::Skip)], 110);
        assert_eq!((s.index, s.left_ms()), (1, 50_000));
        let s = at(&[(330, Act::Back)], 340);
        assert_eq!((s.index, s.left_ms()), (1, 50_000));
        assert_eq!(s.done_s().0, 40.0);
        let s = at(&[(301, Act::Back)], 311);
        assert_eq!(s.index, 0);
        let s = at(&[(330, Act::End)], 9999);
        assert_eq!((s.running, s.done_s()), (Running::Ended, (30.0, 300.0)));
        let s = at(&[(330, Act::End), (400, Act::UndoEnd)], 410);
        assert_eq!((s.running, s.done_s()), (Running::Running, (40.0, 300.0)));
    }

    #[test]
    fn that_hurts_turns_the_rest_into_walking_of_the_same_length() {
        let s = at(&[(330, Act::Hurt)], 330);
        assert!(s.hurt);
        assert_eq!(
            (s.part().unwrap().phase, s.left_ms()),
            (Phase::Walk, 30_000)
        );
        assert_eq!(s.total_left_ms(), 25 * 60_000 - 330_000);
        let end = at(&[(330, Act::Hurt)], 25 * 60);
        assert_eq!((end.running, end.done_s()), (Running::Done, (30.0, 1470.0)));
        let early = at(&[(10, Act::Hurt)], 305);
        assert_eq!(
            (early.part().unwrap().phase, early.done_s().0),
            (Phase::Walk, 0.0)
        );
    }

    #[test]
    fn cues_name_each_change_once_and_never_in_a_volley() {
        let step = |a, b| cues(&at(&[], a), &at(&[], b));
        assert_eq!(step(299, 300), [Cue::Begin(Phase::Run)]);
        assert_eq!(step(296, 297), [Cue::Count]);
        assert_eq!(step(290, 291), []);
        assert_eq!(step(299, 299 + 700), [Cue::Begin(Phase::Walk)]);
        assert_eq!(step(749, 750), [Cue::HalfWay]);
        assert_eq!(step(1019, 1020), [Cue::Last]);
        assert_eq!(step(1499, 1500), [Cue::Done]);
    }
}
