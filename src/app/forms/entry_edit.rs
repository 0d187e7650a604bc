//! What the forms around the run make: drafts as typed, and the entry they become.

use crate::app::forms::number_field::NumberField;
use crate::app::screen::Screen;
use crate::diary::entry::{
    Absence, Activity, Appointment, Benchmark, Body, CheckIn, Goal, Mind, Mood, Score, Strength,
};
use crate::diary::vocabulary::{AbsenceReason, Stage};
use crate::formats::day;
use chrono::NaiveDate;
use uuid::Uuid;

/// An entry that a form made, new or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryEdit {
    /// The entry being changed; `None`: a new one.
    pub original: Option<Uuid>,
    /// The day it belongs to; `None`: as it was, or today.
    pub day: Option<NaiveDate>,
    /// What it says.
    pub body: Body,
    /// The runner's own words; `None`: as they were.
    pub notes: Option<String>,
    /// The screen to go on to.
    pub then: Screen,
}

impl EntryEdit {
    /// A new entry of today.
    pub fn new(body: Body, then: Screen) -> Self {
        Self {
            original: None,
            day: None,
            body,
            notes: None,
            then,
        }
    }
}

/// What keeps a form from being saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteFault {
    /// A name or a text is missing.
    Name,
    /// A number is none, or out of range.
    Number,
    /// A day is none, or where it cannot be.
    Day,
    /// Nothing was answered.
    Nothing,
    /// Said to be met, but its value is below its target or missing.
    BelowTarget,
}

impl NoteFault {
    /// Every fault.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Number,
        Self::Day,
        Self::Nothing,
        Self::BelowTarget,
    ];

    /// The key that words know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Day => "day",
            Self::Nothing => "nothing",
            Self::BelowTarget => "below",
        }
    }
}

fn required(text: &str) -> Result<String, NoteFault> {
    Some(text.trim().to_owned())
        .filter(|t| !t.is_empty())
        .ok_or(NoteFault::Name)
}

/// A number as its draft holds it; nothing typed is none.
fn number(field: NumberField, draft: &str) -> Result<Option<f64>, NoteFault> {
    field.read(draft).map_err(|_| NoteFault::Number)
}

fn day(text: &str) -> Result<NaiveDate, NoteFault> {
    day::typed(text).ok_or(NoteFault::Day)
}

/// An appointment as typed.
///
/// # Errors
/// A missing name, no date.
pub fn appointment(
    with: &str,
    date: &str,
    kept: Option<bool>,
    questions: &str,
    today: NaiveDate,
) -> Result<Body, NoteFault> {
    let date = day(date)?;
    Ok(Body::Appointment(Appointment {
        with: required(with)?,
        date,
        // What lies ahead was neither kept nor missed.
        kept: kept.filter(|_| date <= today),
        questions: questions.trim().to_owned(),
    }))
}

/// A benchmark as typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BenchmarkForm {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its target.
    pub target: String,
    /// Left.
    pub left: String,
    /// Right.
    pub right: String,
    /// Value without side.
    pub value: String,
    /// It is met.
    pub met: bool,
    /// With whom it was agreed.
    pub agreed_with: String,
    /// The stage it keeps closed until met.
    pub gates_stage: Option<Stage>,
}

impl BenchmarkForm {
    /// The entry's body. One with a target is met only by values that reach it: both
    /// sides where sides are given.
    ///
    /// # Errors
    /// A missing name, a number that is none, met below its target.
    pub fn body(&self) -> Result<Body, NoteFault> {
        let (target, left, right, value) = (
            number(NumberField::BenchTarget, &self.target)?,
            number(NumberField::BenchLeft, &self.left)?,
            number(NumberField::BenchRight, &self.right)?,
            number(NumberField::BenchValue, &self.value)?,
        );
        if let (true, Some(target)) = (self.met, target) {
            let reached = |v: Option<f64>| v.is_none_or(|v| v >= target);
            let none = left.is_none() && right.is_none() && value.is_none();
            if none || !reached(left) || !reached(right) || !reached(value) {
                return Err(NoteFault::BelowTarget);
            }
        }
        Ok(Body::Benchmark(Benchmark {
            name: required(&self.name)?,
            target,
            unit: self.unit.trim().to_owned(),
            left,
            right,
            value,
            met: self.met,
            agreed_with: self.agreed_with.trim().to_owned(),
            gates_stage: self.gates_stage,
        }))
    }
}

/// Cross-training or mobility as typed.
///
/// # Errors
/// What it was is missing, minutes are no number above 0, pain is not answered.
pub fn activity(
    what: &str,
    minutes: &str,
    pain: Option<u8>,
    impact: bool,
) -> Result<Body, NoteFault> {
    let minutes = number(NumberField::ActivityMinutes, minutes)?.filter(|m| *m > 0.0);
    Ok(Body::Activity(Activity {
        what: required(what)?,
        minutes: minutes.ok_or(NoteFault::Number)?,
        pain: pain.and_then(Score::new).ok_or(NoteFault::Nothing)?,
        impact,
        planned: false,
    }))
}

/// The field in which weights are typed.
pub const fn load_field(pounds: bool) -> NumberField {
    if pounds {
        NumberField::Pounds
    } else {
        NumberField::Kilograms
    }
}

/// A strength session changed: for each of its sets, in order, what it came to and its
/// weight as typed, in pounds or in kilograms. A set left empty is taken out, and an
/// exercise without sets.
///
/// # Errors
/// A number that is none, no set left, or pain not answered.
pub fn strength(
    old: &Strength,
    typed: &[(String, String)],
    pounds: bool,
    pain: Option<u8>,
) -> Result<Body, NoteFault> {
    let mut changed = old.clone();
    let mut typed = typed.iter();
    for item in &mut changed.items {
        let mut sets = Vec::new();
        for mut set in std::mem::take(&mut item.sets) {
            let (amount, load) = typed.next().ok_or(NoteFault::Number)?;
            let field = if set.seconds.is_some() {
                NumberField::HoldSeconds
            } else {
                NumberField::Repetitions
            };
            let Some(amount) = number(field, amount)? else {
                continue;
            };
            let load = load_field(pounds).stored(load, set.load_kg);
            set.load_kg = load.map_err(|_| NoteFault::Number)?.filter(|kg| *kg > 0.0);
            if set.seconds.is_some() {
                set.seconds = Some(amount);
            } else {
                set.reps = Some(whole(amount));
            }
            sets.push(set);
        }
        item.sets = sets;
    }
    changed.items.retain(|item| !item.sets.is_empty());
    if changed.items.is_empty() {
        return Err(NoteFault::Number);
    }
    changed.pain = pain.and_then(Score::new).ok_or(NoteFault::Nothing)?;
    Ok(Body::Strength(changed))
}

/// A number of repetitions, which its field has found whole.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 10,000
fn whole(number: f64) -> u32 {
    number as u32
}

/// Cross-training or mobility meant for some days, as typed; none ticked: for the day that
/// is typed. It counts for nothing until it is done.
///
/// # Errors
/// What it is is missing, minutes are no number above 0, or a day is none to come.
pub fn planned(
    what: &str,
    minutes: &str,
    date: &str,
    ticked: &[NaiveDate],
    today: NaiveDate,
) -> Result<(Body, Vec<NaiveDate>), NoteFault> {
    let days = if ticked.is_empty() {
        vec![day(date)?]
    } else {
        ticked.to_vec()
    };
    if days.iter().any(|day| *day < today) {
        return Err(NoteFault::Day);
    }
    let made = activity(what, minutes, Some(0), false)?;
    let Body::Activity(activity) = made else {
        return Err(NoteFault::Nothing);
    };
    let planned = true;
    let body = Body::Activity(Activity {
        planned,
        ..activity
    });
    Ok((body, days))
}

/// The day of something that was done, as typed.
///
/// # Errors
/// No date, or one that lies ahead.
pub fn past_day(text: &str, today: NaiveDate) -> Result<NaiveDate, NoteFault> {
    day(text).and_then(|d| {
        if d <= today {
            Ok(d)
        } else {
            Err(NoteFault::Day)
        }
    })
}

/// A light check-in as typed.
///
/// # Errors
/// Hours beyond a day, or nothing answered.
pub fn check_in(sleep: &str, food: Option<bool>, water: Option<bool>) -> Result<Body, NoteFault> {
    let sleep_h = number(NumberField::Sleep, sleep)?;
    if sleep_h.is_none() && food.is_none() && water.is_none() {
        return Err(NoteFault::Nothing);
    }
    Ok(Body::CheckIn(CheckIn {
        sleep_h,
        food,
        water,
    }))
}

/// How the head is: each 0 to 10 or not answered, mood 1 to 5.
///
/// # Errors
/// Nothing answered.
pub fn mind(mood: Option<u8>, confidence: Option<u8>, fear: Option<u8>) -> Result<Body, NoteFault> {
    let score = |v: Option<u8>| v.and_then(Score::new);
    if mood.is_none() && confidence.is_none() && fear.is_none() {
        return Err(NoteFault::Nothing);
    }
    Ok(Body::Mind(Mind {
        mood: mood.and_then(Mood::new),
        confidence: score(confidence),
        fear: score(fear),
    }))
}

/// A small goal as typed.
///
/// # Errors
/// Its text is missing.
pub fn goal(text: &str, done_on: Option<NaiveDate>) -> Result<Body, NoteFault> {
    Ok(Body::Goal(Goal {
        text: required(text)?,
        done_on,
    }))
}

/// Days away as typed; no last day: not over yet.
///
/// # Errors
/// No first day, one that lies ahead, or a last day before it.
pub fn absence(
    from: &str,
    until: &str,
    reason: AbsenceReason,
    fever: bool,
    today: NaiveDate,
) -> Result<Body, NoteFault> {
    let from = past_day(from, today)?;
    let until = match until.trim() {
        "" => None,
        text => Some(day(text)?),
    };
    if until.is_some_and(|until| until < from) {
        return Err(NoteFault::Day);
    }
    Ok(Body::Absence(Absence {
        from,
        until,
        reason,
        fever: fever && reason == AbsenceReason::Illness,
    }))
}
