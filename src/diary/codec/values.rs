//! Reading one JSON value: what it must be, and what is wrong when it is not.

use super::{FieldErrorKind, MAX_LEVEL_ID, MAX_TEXT};
use crate::diary::entry::{Mood, Score};
use crate::formats::decimal;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use serde_json::Value;
use uuid::Uuid;

/// Lowest and highest number accepted.
pub(super) type Range = (f64, f64);

/// Minutes within one day.
pub(super) const MINUTES: Range = (0.0, 1440.0);
/// Seconds within one day.
pub(super) const SECONDS: Range = (0.0, 86_400.0);
const YEARS: Range = (1900.0, 2200.0);

/// The start of a text, for showing what was wrong.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}

pub(super) fn bool(value: &Value) -> Result<bool, FieldErrorKind> {
    value.as_bool().ok_or(FieldErrorKind::NotABool)
}

pub(super) fn text(value: &Value) -> Result<String, FieldErrorKind> {
    capped(value, MAX_TEXT)
}

fn capped(value: &Value, max: usize) -> Result<String, FieldErrorKind> {
    match value {
        // Bytes are never fewer than characters: most texts are not counted.
        Value::String(text) if text.len() <= max || text.chars().count() <= max => Ok(text.clone()),
        Value::String(_) => Err(FieldErrorKind::TooLong { max }),
        _ => Err(FieldErrorKind::NotText),
    }
}

pub(super) fn non_empty(value: &Value) -> Result<String, FieldErrorKind> {
    said(text(value)?)
}

pub(super) fn level(value: &Value) -> Result<String, FieldErrorKind> {
    said(capped(value, MAX_LEVEL_ID)?)
}

fn said(text: String) -> Result<String, FieldErrorKind> {
    if text.trim().is_empty() {
        Err(FieldErrorKind::Empty)
    } else {
        Ok(text)
    }
}

pub(super) fn number(value: &Value, (min, max): Range) -> Result<f64, FieldErrorKind> {
    let got = match value {
        Value::Number(spelled) => decimal::parse(spelled.as_str()),
        _ => None,
    };
    let got = got.ok_or(FieldErrorKind::NotANumber)?;
    if got >= min && got <= max {
        // Adding 0 turns -0 into 0, which is how it is written.
        Ok(got + 0.0)
    } else {
        Err(FieldErrorKind::OutOfRange { min, max, got })
    }
}

/// A whole number of at most `max`, which must fit `u32`; `3.0` counts as 3.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range was checked, and the fraction is zero"
)]
pub(super) fn whole(value: &Value, min: u32, max: u32) -> Result<u32, FieldErrorKind> {
    let got = number(value, (f64::from(min), f64::from(max)))?;
    if got.fract() == 0.0 {
        Ok(got as u32)
    } else {
        Err(FieldErrorKind::NotWhole)
    }
}

pub(super) fn small(value: &Value, min: u8, max: u8) -> Result<u8, FieldErrorKind> {
    let got = whole(value, min.into(), max.into())?;
    u8::try_from(got).map_err(|_| FieldErrorKind::NotWhole)
}

pub(super) fn score(value: &Value) -> Result<Score, FieldErrorKind> {
    let number = small(value, 0, 10)?;
    Score::new(number).ok_or(FieldErrorKind::NotWhole)
}

/// A usual pain that a clinician agrees to.
pub(super) fn small_score(value: &Value) -> Result<Score, FieldErrorKind> {
    let number = small(value, 0, 5)?;
    Score::new(number).ok_or(FieldErrorKind::NotWhole)
}

pub(super) fn mood(value: &Value) -> Result<Mood, FieldErrorKind> {
    let number = small(value, 1, 5)?;
    Mood::new(number).ok_or(FieldErrorKind::NotWhole)
}

pub(super) fn one_of<T>(value: &Value, from: fn(&str) -> Option<T>) -> Result<T, FieldErrorKind> {
    let text = value.as_str().ok_or(FieldErrorKind::NotText)?;
    from(text).ok_or_else(|| FieldErrorKind::UnknownKey { got: cut(text) })
}

pub(super) fn id(value: &Value) -> Result<Uuid, FieldErrorKind> {
    let text = value.as_str().ok_or(FieldErrorKind::NotText)?;
    match Uuid::try_parse(text) {
        Ok(id) if !id.is_nil() => Ok(id),
        _ => Err(FieldErrorKind::BadId),
    }
}

pub(super) fn instant(value: &Value) -> Result<DateTime<FixedOffset>, FieldErrorKind> {
    let text = value.as_str().ok_or(FieldErrorKind::NotAnInstant)?;
    let instant = DateTime::parse_from_rfc3339(text).map_err(|_| FieldErrorKind::NotAnInstant)?;
    in_years(instant.year()).map(|()| instant)
}

/// A day, `YYYY-MM-DD`. By hand: chrono's own parsing would bring its table of
/// formats into the download.
pub(super) fn date(value: &Value) -> Result<NaiveDate, FieldErrorKind> {
    let text = value.as_str().ok_or(FieldErrorKind::NotADate)?;
    let day = parse_date(text).ok_or(FieldErrorKind::NotADate)?;
    in_years(day.year()).map(|()| day)
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    let year = i32::try_from(digits(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(day, 2)?)
}

/// The number that exactly `length` digits spell.
fn digits(text: &str, length: usize) -> Option<u32> {
    let all = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok())?
}

fn in_years(year: i32) -> Result<(), FieldErrorKind> {
    let (min, max) = YEARS;
    let got = f64::from(year);
    if got >= min && got <= max {
        Ok(())
    } else {
        Err(FieldErrorKind::OutOfRange { min, max, got })
    }
}
