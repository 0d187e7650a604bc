//! A JSON object being written.

use crate::diary::entry::{Extra, Mood, Score};
use crate::diary::vocabulary::Swelling;
use chrono::NaiveDate;
use serde_json::Value;

/// A number as JSON: whole ones without a fraction.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole, and small enough for both types to hold exactly"
)]
pub(super) fn json_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}

/// A JSON object being written. Known fields win over unknown ones of the same
/// name. Plain names leave a default out; `_if` leaves `None` out.
pub(super) struct JsonWriter(Extra);

impl JsonWriter {
    pub(super) fn over(extra: &Extra) -> Self {
        Self(extra.clone())
    }

    pub(super) fn more(&mut self, extra: &Extra) {
        for (key, value) in extra {
            self.put(key, value.clone());
        }
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }

    pub(super) fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    pub(super) fn each<T>(&mut self, key: &str, items: &[T], write: impl Fn(&T) -> Value) {
        self.put(key, items.iter().map(write).collect::<Vec<Value>>());
    }

    pub(super) fn keys(&mut self, key: &str, keys: impl ExactSizeIterator<Item = &'static str>) {
        if keys.len() > 0 {
            self.put(key, keys.map(Value::from).collect::<Vec<Value>>());
        }
    }

    pub(super) fn bool(&mut self, key: &str, value: bool, default: bool) {
        self.opt_bool(key, (value != default).then_some(value));
    }

    pub(super) fn opt_bool(&mut self, key: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, text);
        }
    }

    pub(super) fn text_if(&mut self, key: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.put(key, text.as_str());
        }
    }

    pub(super) fn number(&mut self, key: &str, number: f64) {
        self.number_if(key, (number != 0.0).then_some(number));
    }

    pub(super) fn number_if(&mut self, key: &str, number: Option<f64>) {
        if let Some(number) = number {
            self.put(key, json_number(number));
        }
    }

    pub(super) fn opt_u8(&mut self, key: &str, number: Option<u8>) {
        if let Some(number) = number {
            self.put(key, number);
        }
    }

    pub(super) fn score(&mut self, key: &str, score: Score) {
        self.opt_u8(key, (score != Score::ZERO).then_some(score.get()));
    }

    pub(super) fn score_if(&mut self, key: &str, score: Option<Score>) {
        self.opt_u8(key, score.map(Score::get));
    }

    pub(super) fn mood_if(&mut self, mood: Option<Mood>) {
        self.opt_u8("mood", mood.map(Mood::get));
    }

    pub(super) fn date(&mut self, key: &str, date: Option<NaiveDate>) {
        if let Some(date) = date {
            self.put(key, date.to_string());
        }
    }

    pub(super) fn swelling(&mut self, swelling: Swelling) {
        if swelling != Swelling::None {
            self.put("swelling", swelling.key());
        }
    }
}
