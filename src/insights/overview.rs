//! The diary summed up over a stretch of time, in slots, for the plots and their tables.

use crate::diary::Diary;
use crate::diary::entry::{Body, Mind, Session};
use crate::insights::adherence;
use crate::insights::adherence::Adherence;
use crate::insights::span::{Span, Unit, first_day};
use crate::rules::progression::forecast;
use crate::thresholds::LONGEST_DAYS;
use crate::thresholds::ladder::Ladder;
use chrono::{Datelike, NaiveDate};

/// A mean of what was answered; nothing where nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Mean {
    sum: f64,
    count: u32,
}

impl Mean {
    fn add(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.sum += value;
            self.count += 1;
        }
    }

    /// Everything that two means were made of.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            count: self.count + other.count,
        }
    }

    /// The mean, to a tenth.
    pub fn get(self) -> Option<f64> {
        (self.count > 0).then(|| (self.sum / f64::from(self.count) * 10.0).round() / 10.0)
    }
}

/// One slot of the stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, no later than today.
    pub to: NaiveDate,
    /// Minutes run.
    pub run_min: f64,
    /// Minutes walked in sessions.
    pub walk_min: f64,
    /// Sessions.
    pub sessions: u32,
    /// The most running in one session of the 30 days up to its last day, minutes, each
    /// session counted at no more than it was asked; 0 without one.
    pub longest: f64,
    /// Worst pain during a session.
    pub during: Option<u8>,
    /// Worst pain of a morning.
    pub morning: Option<u8>,
    /// Sessions whose pain during went above the limit given.
    pub above: u32,
    /// Mood, 1 to 5.
    pub mood: Mean,
    /// Sleep, hours.
    pub sleep: Mean,
    /// Confidence, 0 to 10.
    pub confidence: Mean,
    /// Fear of re-injury, 0 to 10.
    pub fear: Mean,
    /// How its days went beside what they asked for.
    pub adherence: Adherence,
}

impl Slot {
    /// The worst pain of all.
    pub fn pain(&self) -> Option<u8> {
        self.during.max(self.morning)
    }

    /// Its days up to today.
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    #[allow(clippy::cast_precision_loss)] // days
    fn weeks(&self) -> f64 {
        self.days() as f64 / 7.0
    }

    /// Minutes run and walked a week; a week that is not over counts as one.
    pub fn minutes_a_week(&self, unit: Unit) -> (f64, f64) {
        let weeks = if unit == Unit::Week {
            1.0
        } else {
            self.weeks()
        };
        (self.run_min / weeks, self.walk_min / weeks)
    }
}

/// A stretch of time in slots, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// What a slot stands for.
    pub unit: Unit,
    /// The slots; never empty.
    pub slots: Vec<Slot>,
}

/// A number that is another one when the diary, or the day, is: what is drawn from them
/// is drawn anew then, and only then.
pub fn stamp(diary: &Diary, today: NaiveDate) -> i64 {
    let moment = |e: &crate::diary::entry::Entry| e.edited_at.unwrap_or(e.at).timestamp_millis();
    let day = i64::from(today.num_days_from_ce());
    let all = diary.all().map(moment);
    all.fold(day, |sum, ms| sum.wrapping_mul(31).wrapping_add(ms))
}

impl Overview {
    /// Sums up a diary: no unit smaller than `least`, weeks from Monday or Sunday, pain
    /// above `limit` counted.
    pub fn of(
        diary: &Diary,
        today: NaiveDate,
        span: Span,
        (least, from_sunday): (Unit, bool),
        limit: u8,
    ) -> Self {
        let (unit, mut slots) = slots(first_day(diary, today, span), today, least, from_sunday);
        let from = slots.first().map_or(today, |s| s.from);
        let ladder = Ladder::builtin();
        let mut runs: Vec<(NaiveDate, f64)> = Vec::new();
        for entry in diary.all().filter(|e| !e.deleted) {
            let day = match &entry.body {
                Body::Morning(m) => m.day(entry),
                _ => entry.day(),
            };
            if day > today {
                continue;
            }
            if let Body::Session(s) = &entry.body {
                runs.push((day, counted(s, &ladder)));
            }
            let Some(slot) = slot_of(&mut slots, day).filter(|_| day >= from) else {
                continue;
            };
            match &entry.body {
                Body::Session(s) => {
                    slot.run_min += s.run_min;
                    slot.walk_min += s.walk_min;
                    slot.sessions += 1;
                    slot.during = slot.during.max(Some(s.pain_during.get()));
                    slot.above += u32::from(s.pain_during.get() > limit);
                    slot.mood.add(s.mood.map(|m| m.get().into()));
                    slot.fear.add(s.fear.map(|f| f.get().into()));
                }
                Body::Morning(m) => {
                    slot.mood.add(m.mood.map(|m| m.get().into()));
                    slot.sleep.add(m.sleep_h);
                }
                Body::Mind(m) => slot.mind(m),
                Body::CheckIn(c) => slot.sleep.add(c.sleep_h),
                _ => {}
            }
        }
        for (day, (_, morning)) in diary.mornings().range(from..=today) {
            if let Some(slot) = slot_of(&mut slots, *day).filter(|_| morning.remembered) {
                slot.morning = slot.morning.max(Some(morning.pain.get()));
            }
        }
        for slot in &mut slots {
            let within =
                |day: NaiveDate| day <= slot.to && (slot.to - day).num_days() <= LONGEST_DAYS;
            let recent = runs.iter().filter(|(day, _)| within(*day));
            slot.longest = recent.map(|(_, min)| *min).fold(0.0, f64::max);
        }
        Self { unit, slots }
    }

    /// Puts in how each day went beside what it asked for: one replay of the diary.
    pub fn add_adherence(&mut self, diary: &Diary, today: NaiveDate) {
        let from = self.slots.first().map_or(today, |s| s.from);
        for (on, day) in adherence::by_day(diary, &forecast::asked(diary, from, today), today) {
            if let Some(slot) = slot_of(&mut self.slots, on) {
                slot.adherence = slot.adherence.with(day);
            }
        }
    }

    /// Minutes run a week, over all of it.
    pub fn run_min_a_week(&self) -> f64 {
        let minutes: f64 = self.slots.iter().map(|s| s.run_min).sum();
        let weeks: f64 = self.slots.iter().map(Slot::weeks).sum();
        minutes / weeks.max(1.0)
    }

    /// All its days, as they went.
    pub fn adherence(&self) -> Adherence {
        self.slots
            .iter()
            .fold(Adherence::default(), |all, slot| all.with(slot.adherence))
    }
}

impl Slot {
    fn new(from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            from,
            to,
            run_min: 0.0,
            walk_min: 0.0,
            sessions: 0,
            longest: 0.0,
            during: None,
            morning: None,
            above: 0,
            mood: Mean::default(),
            sleep: Mean::default(),
            confidence: Mean::default(),
            fear: Mean::default(),
            adherence: Adherence::default(),
        }
    }

    fn mind(&mut self, m: &Mind) {
        self.mood.add(m.mood.map(|m| m.get().into()));
        self.confidence.add(m.confidence.map(|c| c.get().into()));
        self.fear.add(m.fear.map(|f| f.get().into()));
    }
}

fn slots(first: NaiveDate, today: NaiveDate, least: Unit, from_sunday: bool) -> (Unit, Vec<Slot>) {
    let unit = Unit::for_days((today - first).num_days()).max(least);
    let mut from = unit.start(first, from_sunday);
    let mut out = Vec::new();
    while let Some(next) = unit.next(from).filter(|_| from <= today) {
        out.push(Slot::new(from, next.pred_opt().unwrap_or(from).min(today)));
        from = next;
    }
    (unit, out)
}

/// The slot of a day; days before the first are in it, too: ask first.
fn slot_of(slots: &mut [Slot], day: NaiveDate) -> Option<&mut Slot> {
    let at = slots.partition_point(|slot| slot.from <= day);
    slots.get_mut(at.checked_sub(1)?)
}

/// Running minutes, counted at no more than was asked for.
fn counted(s: &Session, ladder: &Ladder) -> f64 {
    let level = s.level.as_deref().and_then(|id| ladder.level(id));
    let most = level
        .map(crate::thresholds::ladder::Level::run_min)
        .or(s.planned_run_min);
    most.map_or(s.run_min, |most| s.run_min.min(most))
}
