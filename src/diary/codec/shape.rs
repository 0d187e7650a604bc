//! What a field of the contract takes, and what stands for it where it is missing.
//!
//! A [`Format`] is one JSON value: a text, a number within its range, a key of a closed
//! vocabulary. A [`Shape`] is a field: required, optional, with a default, a list, an
//! object with fields of its own.

use super::bounds::{MAX_ITEMS, MAX_LEVEL_ID, MAX_TEXT};
use super::contract::Fields;
use super::field_error::FieldErrorKind;
use super::field_reader::FieldReader;
use crate::diary::values::{Extra, Mood, Score};
use crate::diary::vocabulary::{Keyed, Onset};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use serde_json::Value;
use uuid::Uuid;

/// A field: how it is read from its object and written into it.
pub(crate) trait Shape<T> {
    /// Takes the field; `None` when it is faulty, which is noted.
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<T>;

    /// Puts the field, unless it stands at its default.
    fn write(&self, value: &T, key: &str, out: &mut Extra);
}

/// One JSON value: how it is read and written.
pub(crate) trait Format<T> {
    /// The value, checked.
    fn read(&self, value: Value) -> Result<T, FieldErrorKind>;

    /// The value as JSON.
    fn write(&self, value: &T) -> Value;
}

// ---------------------------------------------------------------- fields

/// A field that must be there.
pub(crate) struct Required<F>(pub F);

impl<T, F: Format<T>> Shape<T> for Required<F> {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<T> {
        let read = match fields.take(key) {
            Some(value) => self.0.read(value),
            None => Err(FieldErrorKind::Missing),
        };
        fields.or_record(key, read)
    }

    fn write(&self, value: &T, key: &str, out: &mut Extra) {
        out.insert(key.to_owned(), self.0.write(value));
    }
}

/// A field that may be missing: `None`, not asked.
pub(crate) struct Optional<F>(pub F);

impl<T, F: Format<T>> Shape<Option<T>> for Optional<F> {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<Option<T>> {
        match fields.take(key) {
            Some(value) => {
                let read = self.0.read(value);
                fields.or_record(key, read).map(Some)
            }
            None => Some(None),
        }
    }

    fn write(&self, value: &Option<T>, key: &str, out: &mut Extra) {
        if let Some(value) = value {
            out.insert(key.to_owned(), self.0.write(value));
        }
    }
}

/// A field with its default.
pub(crate) struct Or<F, T>(pub F, pub T);

impl<T: Clone + PartialEq, F: Format<T>> Shape<T> for Or<F, T> {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<T> {
        match fields.take(key) {
            Some(value) => {
                let read = self.0.read(value);
                fields.or_record(key, read)
            }
            None => Some(self.1.clone()),
        }
    }

    fn write(&self, value: &T, key: &str, out: &mut Extra) {
        if *value != self.1 {
            out.insert(key.to_owned(), self.0.write(value));
        }
    }
}

/// A list of values; missing is empty.
pub(crate) struct List<F>(pub F);

impl<T, F: Format<T>> Shape<Vec<T>> for List<F> {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<Vec<T>> {
        match fields.take(key) {
            Some(value) => fields.values(key, value, |item| self.0.read(item)),
            None => Some(Vec::new()),
        }
    }

    fn write(&self, value: &Vec<T>, key: &str, out: &mut Extra) {
        if !value.is_empty() {
            let list = value.iter().map(|item| self.0.write(item)).collect();
            out.insert(key.to_owned(), Value::Array(list));
        }
    }
}

/// An object with fields of its own that must be there.
pub(crate) struct Object;

impl<T: Fields> Shape<T> for Object {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<T> {
        if let Some(value) = fields.take(key) {
            return fields.object(key, value);
        }
        fields.fault(key, FieldErrorKind::Missing);
        None
    }

    fn write(&self, value: &T, key: &str, out: &mut Extra) {
        out.insert(key.to_owned(), object(value));
    }
}

impl<T: Fields> Shape<Option<T>> for Object {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<Option<T>> {
        match fields.take(key) {
            Some(value) => fields.object(key, value).map(Some),
            None => Some(None),
        }
    }

    fn write(&self, value: &Option<T>, key: &str, out: &mut Extra) {
        if let Some(value) = value {
            out.insert(key.to_owned(), object(value));
        }
    }
}

/// A list of objects of at most so many items; missing is empty.
pub(crate) struct Objects(pub usize);

impl<T: Fields> Shape<Vec<T>> for Objects {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<Vec<T>> {
        match fields.take(key) {
            Some(value) => fields.objects(key, value, self.0),
            None => Some(Vec::new()),
        }
    }

    fn write(&self, value: &Vec<T>, key: &str, out: &mut Extra) {
        if !value.is_empty() {
            RequiredObjects.write(value, key, out);
        }
    }
}

/// A list of objects that must be there, empty or not.
pub(crate) struct RequiredObjects;

impl<T: Fields> Shape<Vec<T>> for RequiredObjects {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<Vec<T>> {
        if let Some(value) = fields.take(key) {
            return fields.objects(key, value, MAX_ITEMS);
        }
        fields.fault(key, FieldErrorKind::Missing);
        None
    }

    fn write(&self, value: &Vec<T>, key: &str, out: &mut Extra) {
        let list = value.iter().map(object).collect();
        out.insert(key.to_owned(), Value::Array(list));
    }
}

fn object<T: Fields>(value: &T) -> Value {
    let mut out = Extra::new();
    value.write(&mut out);
    Value::Object(out)
}

/// How an injury began. The first version asked "suddenly?" and stored `sudden`, true or
/// false: that is read as well.
pub(crate) struct OnsetOrSudden;

impl Shape<Option<Onset>> for OnsetOrSudden {
    fn read(&self, fields: &mut FieldReader, key: &str) -> Option<Option<Onset>> {
        let onset: Option<Option<Onset>> = Optional(Key).read(fields, key);
        let sudden: Option<Option<bool>> = Optional(Truth).read(fields, "sudden");
        let old = sudden?.map(|sudden| {
            if sudden {
                Onset::Sudden
            } else {
                Onset::Gradual
            }
        });
        onset.map(|onset| onset.or(old))
    }

    fn write(&self, value: &Option<Onset>, key: &str, out: &mut Extra) {
        Optional(Key).write(value, key, out);
    }
}

// ---------------------------------------------------------------- values

/// True or false.
pub(crate) struct Truth;

impl Format<bool> for Truth {
    fn read(&self, value: Value) -> Result<bool, FieldErrorKind> {
        value.as_bool().ok_or(FieldErrorKind::NotABool)
    }

    fn write(&self, value: &bool) -> Value {
        Value::from(*value)
    }
}

/// A text of at most [`MAX_TEXT`] characters, empty ones included.
pub(crate) struct Text;
/// A text that says something.
pub(crate) struct Words;
/// The id of a level.
pub(crate) struct LevelId;

impl Format<String> for Text {
    fn read(&self, value: Value) -> Result<String, FieldErrorKind> {
        at_most(value, MAX_TEXT)
    }

    fn write(&self, value: &String) -> Value {
        Value::from(value.as_str())
    }
}

impl Format<String> for Words {
    fn read(&self, value: Value) -> Result<String, FieldErrorKind> {
        non_empty(at_most(value, MAX_TEXT)?)
    }

    fn write(&self, value: &String) -> Value {
        Value::from(value.as_str())
    }
}

impl Format<String> for LevelId {
    fn read(&self, value: Value) -> Result<String, FieldErrorKind> {
        non_empty(at_most(value, MAX_LEVEL_ID)?)
    }

    fn write(&self, value: &String) -> Value {
        Value::from(value.as_str())
    }
}

fn at_most(value: Value, max: usize) -> Result<String, FieldErrorKind> {
    let Value::String(text) = value else {
        return Err(FieldErrorKind::NotText);
    };
    // Bytes are never fewer than characters: most texts are not counted.
    if text.len() <= max || text.chars().count() <= max {
        Ok(text)
    } else {
        Err(FieldErrorKind::TooLong { max })
    }
}

fn non_empty(text: String) -> Result<String, FieldErrorKind> {
    if text.trim().is_empty() {
        Err(FieldErrorKind::Empty)
    } else {
        Ok(text)
    }
}

/// A key of a closed vocabulary.
pub(crate) struct Key;

impl<K: Keyed> Format<K> for Key {
    fn read(&self, value: Value) -> Result<K, FieldErrorKind> {
        let text = value.as_str().ok_or(FieldErrorKind::NotText)?;
        K::from_key(text).ok_or_else(|| FieldErrorKind::UnknownKey { got: cut(text) })
    }

    fn write(&self, value: &K) -> Value {
        Value::from(value.key())
    }
}

/// The start of a text, for showing what was wrong.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}

/// A number from the lowest to the highest accepted.
#[derive(Clone, Copy)]
pub(crate) struct Number(pub f64, pub f64);
/// A number above 0, up to the highest accepted.
pub(crate) struct Above0(pub f64);
/// A whole number, likewise; `3.0` counts as 3.
pub(crate) struct Whole<T>(pub T, pub T);
/// A score from 0 to at most 10.
pub(crate) struct Points(pub u8);
/// One of five faces.
pub(crate) struct Face;

/// Minutes within one day.
pub(crate) const MINUTES: Number = Number(0.0, 1440.0);
/// Minutes within one week.
pub(crate) const WEEK_MINUTES: Number = Number(0.0, 10_080.0);
/// Seconds within one day.
pub(crate) const SECONDS: Number = Number(0.0, 86_400.0);
/// Hours within one day.
pub(crate) const HOURS: Number = Number(0.0, 24.0);
/// Metres of one session.
pub(crate) const METRES: Number = Number(0.0, 500_000.0);
/// Kilograms of one load.
pub(crate) const KILOGRAMS: Number = Number(0.0, 1000.0);
/// Whatever a benchmark measures.
pub(crate) const MEASURE: Number = Number(-1_000_000.0, 1_000_000.0);
/// Pain, effort, fear, confidence, energy.
pub(crate) const SCORE: Points = Points(10);
/// Repetitions of one set.
pub(crate) const REPS: Whole<u32> = Whole(0, 10_000);

impl Format<f64> for Number {
    fn read(&self, value: Value) -> Result<f64, FieldErrorKind> {
        let got = value.as_f64().ok_or(FieldErrorKind::NotANumber)?;
        let Self(min, max) = *self;
        if got >= min && got <= max {
            // Adding 0 turns -0 into 0, which is how it is written.
            Ok(got + 0.0)
        } else {
            Err(FieldErrorKind::OutOfRange { min, max, got })
        }
    }

    fn write(&self, value: &f64) -> Value {
        json_number(*value)
    }
}

impl Format<f64> for Above0 {
    fn read(&self, value: Value) -> Result<f64, FieldErrorKind> {
        let (min, max) = (0.0, self.0);
        match Number(min, max).read(value)? {
            got if got > 0.0 => Ok(got),
            got => Err(FieldErrorKind::OutOfRange { min, max, got }),
        }
    }

    fn write(&self, value: &f64) -> Value {
        json_number(*value)
    }
}

/// A number as JSON: whole ones without a fraction.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole, and small enough for both types to hold exactly"
)]
fn json_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}

impl<T: Copy + Into<f64> + Into<u64> + TryFrom<u64>> Format<T> for Whole<T> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked, and the fraction is zero"
    )]
    fn read(&self, value: Value) -> Result<T, FieldErrorKind> {
        let got = Number(self.0.into(), self.1.into()).read(value)?;
        let whole = (got.fract() == 0.0).then_some(got as u64);
        whole
            .and_then(|whole| T::try_from(whole).ok())
            .ok_or(FieldErrorKind::NotWhole)
    }

    fn write(&self, value: &T) -> Value {
        Value::from(Into::<u64>::into(*value))
    }
}

impl Format<Score> for Points {
    fn read(&self, value: Value) -> Result<Score, FieldErrorKind> {
        Score::new(Whole(0, self.0).read(value)?).ok_or(FieldErrorKind::NotWhole)
    }

    fn write(&self, value: &Score) -> Value {
        Value::from(value.get())
    }
}

impl Format<Mood> for Face {
    fn read(&self, value: Value) -> Result<Mood, FieldErrorKind> {
        Mood::new(Whole(1, 5).read(value)?).ok_or(FieldErrorKind::NotWhole)
    }

    fn write(&self, value: &Mood) -> Value {
        Value::from(value.get())
    }
}

/// A UUID, not the nil one.
pub(crate) struct Id;

impl Format<Uuid> for Id {
    fn read(&self, value: Value) -> Result<Uuid, FieldErrorKind> {
        let text = value.as_str().ok_or(FieldErrorKind::NotText)?;
        match Uuid::try_parse(text) {
            Ok(id) if !id.is_nil() => Ok(id),
            _ => Err(FieldErrorKind::BadId),
        }
    }

    fn write(&self, value: &Uuid) -> Value {
        Value::from(value.to_string())
    }
}

/// An RFC 3339 instant with its offset, of the years 1900 to 2200.
pub(crate) struct Instant;

impl Format<DateTime<FixedOffset>> for Instant {
    fn read(&self, value: Value) -> Result<DateTime<FixedOffset>, FieldErrorKind> {
        let instant = value
            .as_str()
            .and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        let instant = instant.ok_or(FieldErrorKind::NotAnInstant)?;
        in_years(instant.year()).map(|()| instant)
    }

    fn write(&self, value: &DateTime<FixedOffset>) -> Value {
        Value::from(value.to_rfc3339())
    }
}

/// A day, `YYYY-MM-DD`, of the years 1900 to 2200.
pub(crate) struct Day;

impl Format<NaiveDate> for Day {
    fn read(&self, value: Value) -> Result<NaiveDate, FieldErrorKind> {
        let day = value.as_str().and_then(crate::formats::day::parse);
        let day = day.ok_or(FieldErrorKind::NotADate)?;
        in_years(day.year()).map(|()| day)
    }

    fn write(&self, value: &NaiveDate) -> Value {
        Value::from(value.to_string())
    }
}

fn in_years(year: i32) -> Result<(), FieldErrorKind> {
    let (min, max) = (1900.0, 2200.0);
    let got = f64::from(year);
    if got >= min && got <= max {
        Ok(())
    } else {
        Err(FieldErrorKind::OutOfRange { min, max, got })
    }
}
