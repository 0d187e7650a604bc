//! A strength session on the one [timeline](crate::session::timeline) that runs have too: a
//! pure function of its items, what the runner did, and an instant. Any state can be
//! rebuilt from the list, so a reload, a crash or an empty battery costs nothing.
//!
//! Sets of repetitions wait for a tap; a hold counts down after one; a rest counts down
//! by itself and then the next set waits. What time does (a pause, a sleep, a clock that
//! was set) is the timeline's; here stands what becomes of the sets.

use crate::diary::entry::{Extra, Score, Strength, StrengthItem, StrengthSet};
use crate::diary::vocabulary::Side;
use crate::session::plan::{Phase, Segment};
use crate::session::timeline;
use crate::session::timeline::{Action, Clock, Stamped};
use serde_json::Value;

/// Seconds between the tap and the start of a hold: to get into the pose.
pub const LEAD_S: u32 = 5;
/// Seconds to change sides.
pub const TURN_S: u32 = 8;
/// What one repetition may take, seconds; a set of them waits however long it takes.
const REP_S: u32 = 3;

/// One exercise of a session, with all that its sets need: a session begun under one
/// release goes on under the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The exercise.
    pub exercise: String,
    /// Its pattern.
    pub pattern: String,
    /// Its level, 1 to 4.
    pub level: u8,
    /// Sets (for each side where sides take turns).
    pub sets: u8,
    /// Seconds are held, not repetitions done.
    pub hold: bool,
    /// Repetitions or seconds to reach.
    pub target: u16,
    /// Left and right have sets of their own.
    pub each_side: bool,
    /// Rest after a set, seconds.
    pub rest_s: u16,
    /// Done with a weight.
    pub load: bool,
    /// The weight to begin with, tenths of a kilogram; 0: none known.
    pub load_hg: u16,
}

/// One set to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetStep {
    /// Which item.
    pub item: usize,
    /// Which set of it, from 0.
    pub set: u8,
    /// Which side.
    pub side: Side,
}

/// What the runner did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAction {
    /// Begin the hold.
    Hold,
    /// A set is done: repetitions (or, ended early, seconds held), tenths of a kilogram.
    Done {
        /// Repetitions.
        reps: u16,
        /// The weight, tenths of a kilogram; 0: none.
        load_hg: u16,
    },
    /// End the hold now, with the seconds held so far.
    Stop,
    /// Go on before the rest is over.
    Go,
    /// Leave this set out.
    SkipSet,
    /// Leave the rest of this exercise out.
    SkipItem,
    /// Take the last set (or what was left out) back.
    Back,
    /// End the session here.
    End,
    /// Not ended after all, or paused no longer.
    Resume,
    /// Nothing counts down.
    Pause,
    /// Time counted until this instant (milliseconds since 1970) and counts from now
    /// on, but not between: the clock was set.
    Excluded(i64),
}

/// What the runner did, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StampedSetAction {
    /// Milliseconds since 1970.
    pub at: i64,
    /// What.
    pub action: SetAction,
}

/// A set that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetDone {
    /// Which.
    pub step: SetStep,
    /// Repetitions, or seconds for a hold.
    pub amount: u16,
    /// Tenths of a kilogram; 0: none.
    pub load_hg: u16,
}

/// What is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetPhase {
    /// The set waits to be begun (or, for repetitions, to be tapped done).
    Set,
    /// Into the pose: seconds left.
    Lead(u16),
    /// Holding: seconds left.
    Hold(u16),
    /// Resting before the set: seconds left.
    Rest(u16),
    /// All sets are done, or the session was ended.
    Over,
}

/// A session at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrengthSnapshot {
    /// What is going on.
    pub phase: SetPhase,
    /// The set that is on, or comes after the rest; `None` when there is none left.
    pub step: Option<SetStep>,
    /// Its place among all sets, from 0.
    pub index: usize,
    /// How many sets there are.
    pub of: usize,
    /// Sets done.
    pub done: Vec<SetDone>,
    /// The weight last used in this exercise, tenths of a kilogram.
    pub load_hg: u16,
    /// Nothing counts down just now.
    pub paused: bool,
    /// Where it stands on the timeline, for the cues.
    pub line: timeline::Snapshot,
}

impl StrengthSnapshot {
    /// Whether the session is over.
    pub fn over(&self) -> bool {
        self.phase == SetPhase::Over
    }
}

/// Every set of a session, in order: of an exercise with sides, left then right, then
/// the next set.
pub fn steps(items: &[Item]) -> Vec<SetStep> {
    let mut out = Vec::new();
    for (item, what) in items.iter().enumerate() {
        for set in 0..what.sets {
            let sides: &[Side] = if what.each_side {
                &[Side::Left, Side::Right]
            } else {
                &[Side::None]
            };
            for side in sides {
                out.push(SetStep {
                    item,
                    set,
                    side: *side,
                });
            }
        }
    }
    out
}

/// The parts of a session: for each set the set itself, and before all but the first
/// the rest, or the turn to the other side.
pub fn plan(items: &[Item], steps: &[SetStep]) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut rest = None;
    for (n, step) in steps.iter().enumerate() {
        let mut part = |phase, seconds: u32| {
            if seconds > 0 {
                out.push(Segment::new(phase, seconds).step(n));
            }
        };
        if let Some((phase, seconds)) = rest {
            part(phase, seconds);
        }
        let Some(item) = items.get(step.item) else {
            continue;
        };
        let target = u32::from(item.target);
        if item.hold {
            out.push(Segment::new(Phase::Ready, LEAD_S).step(n).waiting());
            out.push(Segment::new(Phase::Lead, LEAD_S).step(n));
            out.push(Segment::new(Phase::Hold, target).step(n));
        } else {
            let seconds = (target * REP_S).max(1);
            out.push(Segment::new(Phase::Reps, seconds).step(n).waiting());
        }
        // From left to right is no rest, only a turn.
        rest = Some(if step.side == Side::Left {
            (Phase::Change, TURN_S)
        } else {
            (Phase::Rest, u32::from(item.rest_s))
        });
    }
    out
}

/// The session so far.
struct Run {
    steps: Vec<SetStep>,
    line: timeline::Snapshot,
    /// What became of each set so far: done, or left out.
    past: Vec<Option<SetDone>>,
}

impl Run {
    fn on(&self) -> Option<Phase> {
        self.line.leg().map(|p| p.phase)
    }

    /// A hold that came to its end is done.
    fn settle(&mut self) {
        let reached = self.line.leg().map_or(self.steps.len(), |leg| leg.step);
        while self.past.len() < reached {
            let set = self.past.len();
            let held = self.line.legs.iter();
            let held = held
                .filter(|p| p.step == set && p.phase == Phase::Hold)
                .map(|p| p.ends_ms / 1000)
                .sum::<i64>();
            self.done(u16::try_from(held).unwrap_or(u16::MAX), 0);
        }
    }

    fn done(&mut self, amount: u16, load_hg: u16) {
        let step = self.steps.get(self.past.len()).copied();
        self.past.push(step.map(|step| SetDone {
            step,
            amount,
            load_hg,
        }));
    }

    /// To the beginning of the set that is on, or comes after the rest.
    fn begin_set(&mut self) {
        let set = self.past.len();
        let begins = |p: &timeline::Leg| p.step == set && p.until_next;
        let place = self.line.legs.iter().position(begins);
        self.line.enter(place.unwrap_or(self.line.legs.len()));
    }

    fn leave_out(&mut self, count: usize) {
        let left = self.steps.len().saturating_sub(self.past.len());
        let wanted = self.past.len() + count.min(left);
        self.past.resize(wanted, None);
        self.begin_set();
    }

    fn next(&mut self, at: i64) {
        self.line.apply(&Stamped::new(at, Action::Skip));
    }

    fn act(&mut self, moment: StampedSetAction) {
        let at = moment.at;
        let clock = |act| Stamped::new(at, act);
        if let SetAction::Excluded(to) = moment.action {
            self.line.apply(&Stamped {
                to,
                ..clock(Action::Excluded)
            });
            return self.settle();
        }
        self.line.advance(at);
        self.settle();
        match (moment.action, self.line.clock) {
            (SetAction::Resume, Clock::Ended) => self.line.apply(&clock(Action::UndoEnd)),
            (_, Clock::Ended) => return,
            (SetAction::Pause, _) => return self.line.apply(&clock(Action::Pause)),
            // Whatever is done in a pause ends it.
            (_, Clock::Paused) => self.line.apply(&clock(Action::Resume)),
            _ => {}
        }
        let on = self.on();
        match (moment.action, on) {
            (SetAction::Hold, Some(Phase::Ready))
            | (SetAction::Go, Some(Phase::Rest | Phase::Change)) => {
                self.next(at);
            }
            // Not in a rest: a second tap by mistake is no second set.
            (SetAction::Done { reps, load_hg }, Some(Phase::Reps | Phase::Ready)) => {
                let hold = on == Some(Phase::Ready);
                self.done(reps, load_hg);
                self.next(at);
                if hold {
                    // Not held by the clock: past the lead and the hold.
                    self.next(at);
                    self.next(at);
                }
            }
            // Less than a second is none.
            (SetAction::Stop, Some(Phase::Hold)) if self.line.into_ms >= 1000 => self.next(at),
            (SetAction::Stop, Some(Phase::Lead | Phase::Hold)) => self.begin_set(),
            (SetAction::SkipSet, _) => self.leave_out(1),
            (SetAction::SkipItem, _) => {
                let left = self.steps.iter().skip(self.past.len());
                let now = left.clone().next().map(|s| s.item);
                let count = left.take_while(|s| Some(s.item) == now).count();
                self.leave_out(count);
            }
            (SetAction::Back, on) => {
                if !matches!(on, Some(Phase::Lead | Phase::Hold)) {
                    self.past.pop();
                }
                self.begin_set();
            }
            (SetAction::End, _) => {
                self.begin_set();
                self.line.apply(&clock(Action::End));
            }
            _ => {}
        }
        self.settle();
    }
}

/// The session at an instant (milliseconds since 1970).
pub fn snapshot(items: &[Item], moments: &[StampedSetAction], at: i64) -> StrengthSnapshot {
    let steps = steps(items);
    // Until the first tap the first set waits: nothing counts.
    let began = moments.first().map_or(at, |m| m.at);
    let mut run = Run {
        line: timeline::Snapshot::begin(&plan(items, &steps), began),
        steps,
        past: Vec::new(),
    };
    for moment in moments {
        run.act(*moment);
    }
    run.line.advance(at);
    run.settle();
    let index = run.past.len();
    let step = run.steps.get(index).copied();
    let left = u16::try_from((run.line.left_ms() + 999) / 1000).unwrap_or(0);
    let phase = match run.on() {
        _ if run.line.over() => SetPhase::Over,
        Some(Phase::Lead) => SetPhase::Lead(left),
        Some(Phase::Hold) => SetPhase::Hold(left),
        Some(Phase::Rest | Phase::Change) => SetPhase::Rest(left),
        _ => SetPhase::Set,
    };
    let of_item = |d: &&SetDone| step.is_some_and(|s| s.item == d.step.item);
    let done: Vec<SetDone> = run.past.iter().flatten().copied().collect();
    let used = done.iter().rev().find(of_item).map(|d| d.load_hg);
    let item = step.and_then(|s| items.get(s.item));
    let load_hg = used.unwrap_or_else(|| item.map_or(0, |i| i.load_hg));
    StrengthSnapshot {
        phase,
        step,
        index,
        of: run.steps.len(),
        done,
        load_hg,
        paused: run.line.clock == Clock::Paused,
        line: run.line,
    }
}

/// The entry that a session becomes: sets in the order they were done, exercises
/// without a set left out.
pub fn entry(items: &[Item], done: &[SetDone], pain: Score) -> Strength {
    let mut out = Vec::new();
    for (n, item) in items.iter().enumerate() {
        let sets: Vec<StrengthSet> = done
            .iter()
            .filter(|d| d.step.item == n)
            .map(|d| StrengthSet {
                reps: (!item.hold).then_some(u32::from(d.amount)),
                seconds: item.hold.then_some(f64::from(d.amount)),
                load_kg: (d.load_hg > 0).then(|| f64::from(d.load_hg) / 10.0),
                side: d.step.side,
                extra: Extra::new(),
            })
            .collect();
        if !sets.is_empty() {
            out.push(StrengthItem {
                pattern: item.pattern.clone(),
                exercise: item.exercise.clone(),
                level: item.level,
                sets,
                extra: Extra::new(),
            });
        }
    }
    Strength { items: out, pain }
}

/// A session as stored while it runs: lists of plain values, item by item and moment
/// by moment.
pub fn to_json(items: &[Item], moments: &[StampedSetAction]) -> (Value, Value) {
    let items = items
        .iter()
        .map(|i| {
            Value::Array(vec![
                Value::from(i.exercise.as_str()),
                Value::from(i.pattern.as_str()),
                Value::from(i.level),
                Value::from(i.sets),
                Value::from(i.hold),
                Value::from(i.target),
                Value::from(i.each_side),
                Value::from(i.rest_s),
                Value::from(i.load),
                Value::from(i.load_hg),
            ])
        })
        .collect();
    let moments = moments
        .iter()
        .map(|m| {
            let (code, first, load) = match m.action {
                SetAction::Hold => (0_u8, 0, 0),
                SetAction::Done { reps, load_hg } => (1, i64::from(reps), load_hg),
                SetAction::Stop => (2, 0, 0),
                SetAction::Go => (3, 0, 0),
                SetAction::SkipSet => (4, 0, 0),
                SetAction::SkipItem => (5, 0, 0),
                SetAction::Back => (6, 0, 0),
                SetAction::End => (7, 0, 0),
                SetAction::Resume => (8, 0, 0),
                SetAction::Pause => (9, 0, 0),
                SetAction::Excluded(to) => (10, to, 0),
            };
            Value::Array(vec![
                Value::from(m.at),
                Value::from(code),
                Value::from(first),
                Value::from(load),
            ])
        })
        .collect();
    (Value::Array(items), Value::Array(moments))
}

/// Back from what [`to_json`] wrote; `None` when it is something else.
pub fn from_json(items: &Value, moments: &Value) -> Option<(Vec<Item>, Vec<StampedSetAction>)> {
    let short = |v: Option<&Value>| u16::try_from(v?.as_u64()?).ok();
    let small = |v: Option<&Value>| u8::try_from(v?.as_u64()?).ok();
    let mut list = Vec::new();
    for i in items.as_array()? {
        list.push(Item {
            exercise: i.get(0)?.as_str()?.to_owned(),
            pattern: i.get(1)?.as_str()?.to_owned(),
            level: small(i.get(2)).filter(|l| (1..=4).contains(l))?,
            sets: small(i.get(3))?,
            hold: i.get(4)?.as_bool()?,
            target: short(i.get(5))?,
            each_side: i.get(6)?.as_bool()?,
            rest_s: short(i.get(7))?,
            load: i.get(8)?.as_bool()?,
            load_hg: short(i.get(9))?,
        });
    }
    let mut acts = Vec::new();
    for m in moments.as_array()? {
        let action = match m.get(1)?.as_u64()? {
            0 => SetAction::Hold,
            1 => SetAction::Done {
                reps: short(m.get(2))?,
                load_hg: short(m.get(3))?,
            },
            2 => SetAction::Stop,
            3 => SetAction::Go,
            4 => SetAction::SkipSet,
            5 => SetAction::SkipItem,
            6 => SetAction::Back,
            7 => SetAction::End,
            8 => SetAction::Resume,
            9 => SetAction::Pause,
            10 => SetAction::Excluded(m.get(2)?.as_i64()?),
            _ => return None,
        };
        acts.push(StampedSetAction {
            at: m.get(0)?.as_i64()?,
            action,
        });
    }
    Some((list, acts))
}
