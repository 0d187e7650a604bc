//! A strength session second by second: a pure function of its items, what the runner
//! did, and an instant. Any state can be rebuilt from the list, so a reload, a crash or
//! an empty battery costs nothing.
//!
//! Sets of repetitions wait for a tap; a hold counts down after one; a rest counts down
//! by itself and then the next set waits. Instants are wall-clock milliseconds since
//! 1970; a clock set back counts as no time passing.

use crate::domain::entry::{Extra, Score, Strength, StrengthItem, StrengthSet};
use crate::domain::keys::Side;
use serde_json::Value;

/// Seconds between the tap and the start of a hold: to get into the pose.
pub const LEAD_S: u16 = 5;
/// Seconds to change sides.
pub const TURN_S: u16 = 8;

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
pub struct Step {
    /// Which item.
    pub item: usize,
    /// Which set of it, from 0.
    pub set: u8,
    /// Which side.
    pub side: Side,
}

/// What the runner did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
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
    /// Not ended after all.
    Resume,
}

/// What the runner did, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub at: i64,
    /// What.
    pub act: Act,
}

/// A set that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Which.
    pub step: Step,
    /// Repetitions, or seconds for a hold.
    pub amount: u16,
    /// Tenths of a kilogram; 0: none.
    pub load_hg: u16,
}

/// What is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
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
pub struct Snapshot {
    /// What is going on.
    pub phase: Phase,
    /// The set that is on, or comes after the rest; `None` when there is none left.
    pub step: Option<Step>,
    /// Its place among all sets, from 0.
    pub index: usize,
    /// How many sets there are.
    pub of: usize,
    /// Sets done.
    pub done: Vec<Done>,
    /// The weight last used in this exercise, tenths of a kilogram.
    pub load_hg: u16,
}

impl Snapshot {
    /// Whether the session is over.
    pub fn over(&self) -> bool {
        self.phase == Phase::Over
    }
}

/// Every set of a session, in order: of an exercise with sides, left then right, then
/// the next set.
pub fn steps(items: &[Item]) -> Vec<Step> {
    let mut out = Vec::new();
    for (item, what) in items.iter().enumerate() {
        for set in 0..what.sets {
            let sides: &[Side] = if what.each_side {
                &[Side::Left, Side::Right]
            } else {
                &[Side::None]
            };
            for side in sides {
                out.push(Step {
                    item,
                    set,
                    side: *side,
                });
            }
        }
    }
    out
}

#[derive(Clone, Copy)]
enum Clock {
    Waiting,
    /// A hold began (its lead did).
    Holding(i64),
    /// A rest began, of so many seconds.
    Resting(i64, u16),
}

/// What became of each set so far: done, or left out.
struct Run<'a> {
    items: &'a [Item],
    steps: Vec<Step>,
    past: Vec<Option<Done>>,
    clock: Clock,
    ended: bool,
}

impl Run<'_> {
    fn item(&self) -> Option<&Item> {
        self.items.get(self.steps.get(self.past.len())?.item)
    }

    /// Lets time go by up to an instant.
    fn advance(&mut self, to: i64) {
        match self.clock {
            Clock::Holding(since) => {
                let target = self.item().map_or(0, |i| i.target);
                let end = since + i64::from(LEAD_S + target) * 1000;
                if to >= end {
                    self.finish(target, 0, end);
                    self.advance(to);
                }
            }
            Clock::Resting(since, seconds) if to >= since + i64::from(seconds) * 1000 => {
                self.clock = Clock::Waiting;
            }
            _ => {}
        }
    }

    /// The set is done.
    fn finish(&mut self, amount: u16, load_hg: u16, at: i64) {
        let Some(step) = self.steps.get(self.past.len()).copied() else {
            return;
        };
        let rest = self.item().map_or(0, |i| i.rest_s);
        self.past.push(Some(Done {
            step,
            amount,
            load_hg,
        }));
        // From left to right is no rest, only a turn.
        let seconds = if step.side == Side::Left {
            TURN_S
        } else {
            rest
        };
        self.clock = if self.past.len() < self.steps.len() && seconds > 0 {
            Clock::Resting(at, seconds)
        } else {
            Clock::Waiting
        };
    }

    fn act(&mut self, moment: Moment) {
        let at = moment.at;
        if moment.act == Act::Resume {
            self.ended = false;
        }
        if self.ended {
            return;
        }
        match (moment.act, self.clock) {
            (Act::Hold, Clock::Waiting) if self.item().is_some_and(|i| i.hold) => {
                self.clock = Clock::Holding(at);
            }
            // Not in a rest: a second tap by mistake is no second set.
            (Act::Done { reps, load_hg }, Clock::Waiting) => {
                self.finish(reps, load_hg, at);
            }
            (Act::Stop, Clock::Holding(since)) => {
                let held = (at - since) / 1000 - i64::from(LEAD_S);
                match u16::try_from(held) {
                    Ok(held) if held > 0 => self.finish(held, 0, at),
                    _ => self.clock = Clock::Waiting,
                }
            }
            (Act::SkipSet, _) => self.skip(1),
            (Act::SkipItem, _) => {
                let now = self.steps.get(self.past.len()).map(|s| s.item);
                let left = self.steps[self.past.len()..].iter();
                let count = left.take_while(|s| Some(s.item) == now).count();
                self.skip(count);
            }
            (Act::Go, Clock::Resting(..)) | (Act::Back, Clock::Holding(_)) => {
                self.clock = Clock::Waiting;
            }
            (Act::Back, _) => {
                self.past.pop();
                self.clock = Clock::Waiting;
            }
            (Act::End, _) => {
                self.ended = true;
                self.clock = Clock::Waiting;
            }
            _ => {}
        }
    }

    fn skip(&mut self, count: usize) {
        let left = self.steps.len() - self.past.len();
        for _ in 0..count.min(left) {
            self.past.push(None);
        }
        self.clock = Clock::Waiting;
    }
}

/// The session at an instant (milliseconds since 1970).
pub fn snapshot(items: &[Item], moments: &[Moment], at: i64) -> Snapshot {
    let mut run = Run {
        items,
        steps: steps(items),
        past: Vec::new(),
        clock: Clock::Waiting,
        ended: false,
    };
    let mut latest = i64::MIN;
    for moment in moments {
        // A clock set back: no time passed.
        latest = latest.max(moment.at);
        run.advance(latest);
        run.act(Moment {
            at: latest,
            act: moment.act,
        });
    }
    let at = at.max(latest);
    run.advance(at);
    let index = run.past.len();
    let step = run.steps.get(index).copied();
    let left = |since: i64, seconds: u16| {
        let gone = (at - since) / 1000;
        u16::try_from(i64::from(seconds) - gone).unwrap_or(0)
    };
    let phase = match run.clock {
        _ if run.ended || step.is_none() => Phase::Over,
        Clock::Waiting => Phase::Set,
        Clock::Resting(since, seconds) => Phase::Rest(left(since, seconds)),
        Clock::Holding(since) => {
            let lead = left(since, LEAD_S);
            if lead > 0 {
                Phase::Lead(lead)
            } else {
                let target = run.item().map_or(0, |i| i.target);
                Phase::Hold(left(since, LEAD_S + target))
            }
        }
    };
    let of_item = |d: &&Done| step.is_some_and(|s| s.item == d.step.item);
    let done: Vec<Done> = run.past.iter().flatten().copied().collect();
    let used = done.iter().rev().find(of_item).map(|d| d.load_hg);
    let load_hg = used.unwrap_or_else(|| run.item().map_or(0, |i| i.load_hg));
    Snapshot {
        phase,
        step,
        index,
        of: run.steps.len(),
        done,
        load_hg,
    }
}

/// The entry that a session becomes: sets in the order they were done, exercises
/// without a set left out.
pub fn entry(items: &[Item], done: &[Done], pain: Score) -> Strength {
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
pub fn to_json(items: &[Item], moments: &[Moment]) -> (Value, Value) {
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
            let (code, reps, load) = match m.act {
                Act::Hold => (0_u8, 0, 0),
                Act::Done { reps, load_hg } => (1, reps, load_hg),
                Act::Stop => (2, 0, 0),
                Act::Go => (3, 0, 0),
                Act::SkipSet => (4, 0, 0),
                Act::SkipItem => (5, 0, 0),
                Act::Back => (6, 0, 0),
                Act::End => (7, 0, 0),
                Act::Resume => (8, 0, 0),
            };
            Value::Array(vec![
                Value::from(m.at),
                Value::from(code),
                Value::from(reps),
                Value::from(load),
            ])
        })
        .collect();
    (Value::Array(items), Value::Array(moments))
}

/// Back from what [`to_json`] wrote; `None` when it is something else.
pub fn from_json(items: &Value, moments: &Value) -> Option<(Vec<Item>, Vec<Moment>)> {
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
        let act = match m.get(1)?.as_u64()? {
            0 => Act::Hold,
            1 => Act::Done {
                reps: short(m.get(2))?,
                load_hg: short(m.get(3))?,
            },
            2 => Act::Stop,
            3 => Act::Go,
            4 => Act::SkipSet,
            5 => Act::SkipItem,
            6 => Act::Back,
            7 => Act::End,
            8 => Act::Resume,
            _ => return None,
        };
        acts.push(Moment {
            at: m.get(0)?.as_i64()?,
            act,
        });
    }
    Some((list, acts))
}
