//! Reading fields out of a JSON object one by one: what is taken is checked,
//! what is left at the end is what this version does not know.
//!
//! A faulty field is noted and a stand-in goes on in its place, so that one
//! pass finds every fault; an entry with any fault is refused as a whole, so
//! no stand-in ever leaves the door.

use super::values::{
    Range, bool, date, level, mood, non_empty, number, one_of, score, small, text,
};
use super::{FieldErrorKind, MAX_DEPTH, MAX_ITEMS};
use crate::diary::entry::{Extra, Mood, Score};
use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Where a field stands; spelled out only when it has a fault.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn spell(&self, out: &mut String) {
        match *self {
            Path::Root => {}
            Path::Key(parent, key) => {
                parent.spell(out);
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(key);
            }
            Path::Item(parent, index) => {
                parent.spell(out);
                out.push('[');
                out.push_str(&index.to_string());
                out.push(']');
            }
        }
    }
}

/// The fields of one JSON object, as they stand in its text. A list: an object has a
/// handful, and a tree of them for each of ten years' entries is what a slow phone would
/// wait for at every start.
pub(super) struct Pairs(pub Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Self(Vec::new()))
    }
}

impl<'de> Visitor<'de> for Pairs {
    type Value = Self;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<Self, A::Error> {
        while let Some(pair) = fields.next_entry()? {
            self.0.push(pair);
        }
        Ok(self)
    }
}

/// The fields of one JSON object that were not taken yet.
pub(super) struct FieldReader<'a> {
    left: Vec<(String, Value)>,
    path: Path<'a>,
    found: &'a mut Vec<(String, FieldErrorKind)>,
}

impl<'a> FieldReader<'a> {
    pub(super) fn new(
        Pairs(left): Pairs,
        path: Path<'a>,
        found: &'a mut Vec<(String, FieldErrorKind)>,
    ) -> Self {
        Self { left, path, found }
    }

    /// Notes a fault of the field `key`.
    pub(super) fn fault(&mut self, key: &str, problem: FieldErrorKind) {
        note(self.found, &Path::Key(&self.path, key), problem);
    }

    /// Notes a fault of the field `key` of item `index` of the list `list`.
    pub(super) fn fault_in(
        &mut self,
        list: &str,
        index: usize,
        key: &str,
        problem: FieldErrorKind,
    ) {
        let list = Path::Key(&self.path, list);
        let item = Path::Item(&list, index);
        note(self.found, &Path::Key(&item, key), problem);
    }

    /// How many faults were noted so far, in the whole entry.
    pub(super) fn faults(&self) -> usize {
        self.found.len()
    }

    /// Whether the field is missing or null.
    pub(super) fn is_missing(&self, key: &str) -> bool {
        let last = self.left.iter().rfind(|(name, _)| name == key);
        last.is_none_or(|(_, value)| value.is_null())
    }

    /// The field as it stands; `None` when it is missing or null.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        let mut taken = None;
        for at in (0..self.left.len()).rev() {
            if self.left[at].0 == key {
                // Of several of one name the last stands.
                let (_, value) = self.left.remove(at);
                taken = taken.or(Some(value));
            }
        }
        taken.filter(|value| !value.is_null())
    }

    /// The good outcome; the bad one is noted.
    pub(super) fn or_record<T>(&mut self, key: &str, read: Result<T, FieldErrorKind>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(problem) => {
                self.fault(key, problem);
                None
            }
        }
    }

    /// A field that may be missing.
    pub(super) fn optional<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&Value) -> Result<T, FieldErrorKind>,
    ) -> Option<T> {
        let read = read(&self.take(key)?);
        self.or_record(key, read)
    }

    /// A field that must be there; `stand_in` goes on when it is faulty.
    pub(super) fn required<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&Value) -> Result<T, FieldErrorKind>,
        stand_in: T,
    ) -> T {
        let read = match self.take(key) {
            Some(value) => read(&value),
            None => Err(FieldErrorKind::Missing),
        };
        self.or_record(key, read).unwrap_or(stand_in)
    }

    /// True or false, with its default.
    pub(super) fn bool(&mut self, key: &str, default: bool) -> bool {
        self.optional(key, bool).unwrap_or(default)
    }

    /// A text that may be empty.
    pub(super) fn text(&mut self, key: &str) -> String {
        self.optional(key, text).unwrap_or_default()
    }

    /// A text that must be there and say something.
    pub(super) fn non_empty(&mut self, key: &str) -> String {
        self.required(key, non_empty, String::new())
    }

    /// The name of a level, when there is one.
    pub(super) fn level(&mut self, key: &str) -> Option<String> {
        self.optional(key, level)
    }

    /// A number that must be there.
    pub(super) fn number(&mut self, key: &str, range: Range) -> f64 {
        self.required(key, |value| number(value, range), 0.0)
    }

    /// A number that may be missing.
    pub(super) fn number_if(&mut self, key: &str, range: Range) -> Option<f64> {
        self.optional(key, |value| number(value, range))
    }

    /// A whole number from `min` to `max` that may be missing.
    pub(super) fn opt_u8(&mut self, key: &str, min: u8, max: u8) -> Option<u8> {
        self.optional(key, |value| small(value, min, max))
    }

    /// A score that must be there.
    pub(super) fn score(&mut self, key: &str) -> Score {
        self.required(key, score, Score::ZERO)
    }

    /// A score that may be missing.
    pub(super) fn score_if(&mut self, key: &str) -> Option<Score> {
        self.optional(key, score)
    }

    /// A score with its default, 0.
    pub(super) fn score_or_zero(&mut self, key: &str) -> Score {
        self.score_if(key).unwrap_or_default()
    }

    /// A mood that may be missing.
    pub(super) fn mood_if(&mut self, key: &str) -> Option<Mood> {
        self.optional(key, mood)
    }

    /// A day that must be there.
    pub(super) fn date(&mut self, key: &str) -> NaiveDate {
        self.required(key, date, NaiveDate::default())
    }

    /// A day that may be missing.
    pub(super) fn date_if(&mut self, key: &str) -> Option<NaiveDate> {
        self.optional(key, date)
    }

    /// A key of a closed vocabulary that must be there.
    pub(super) fn key<T>(&mut self, key: &str, from: fn(&str) -> Option<T>, stand_in: T) -> T {
        self.required(key, |value| one_of(value, from), stand_in)
    }

    /// A key of a closed vocabulary that may be missing.
    pub(super) fn key_if<T>(&mut self, key: &str, from: fn(&str) -> Option<T>) -> Option<T> {
        self.optional(key, |value| one_of(value, from))
    }

    /// A list of keys of a closed vocabulary; missing is empty.
    pub(super) fn keys<T>(&mut self, key: &str, from: fn(&str) -> Option<T>) -> Vec<T> {
        let values = self.list(key, MAX_ITEMS).unwrap_or_default();
        let mut keys = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            match one_of(value, from) {
                Ok(known) => keys.push(known),
                Err(problem) => {
                    let list = Path::Key(&self.path, key);
                    note(self.found, &Path::Item(&list, index), problem);
                }
            }
        }
        keys
    }

    /// An object that may be missing.
    pub(super) fn object<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut FieldReader) -> T,
    ) -> Option<T> {
        if let Value::Object(map) = self.take(key)? {
            let path = Path::Key(&self.path, key);
            Some(read(&mut FieldReader::new(pairs(map), path, self.found)))
        } else {
            self.fault(key, FieldErrorKind::NotAnObject);
            None
        }
    }

    /// A list of objects; `None` when it is missing, null or no list.
    pub(super) fn objects_if<T>(
        &mut self,
        key: &str,
        max: usize,
        read: fn(&mut FieldReader) -> T,
    ) -> Option<Vec<T>> {
        let values = self.list(key, max)?;
        let list = Path::Key(&self.path, key);
        let mut items = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            let path = Path::Item(&list, index);
            match value {
                Value::Object(map) => {
                    items.push(read(&mut FieldReader::new(pairs(map), path, self.found)));
                }
                _ => note(self.found, &path, FieldErrorKind::NotAnObject),
            }
        }
        Some(items)
    }

    /// A list of objects; missing is empty.
    pub(super) fn objects<T>(&mut self, key: &str, read: fn(&mut FieldReader) -> T) -> Vec<T> {
        self.objects_if(key, MAX_ITEMS, read).unwrap_or_default()
    }

    /// A list of objects that must be there.
    pub(super) fn objects_required<T>(
        &mut self,
        key: &str,
        max: usize,
        read: fn(&mut FieldReader) -> T,
    ) -> Vec<T> {
        if self.is_missing(key) {
            self.fault(key, FieldErrorKind::Missing);
        }
        self.objects_if(key, max, read).unwrap_or_default()
    }

    /// What this version does not know. Call it last.
    pub(super) fn rest(&mut self) -> Extra {
        let mut rest = Extra::new();
        for (key, value) in std::mem::take(&mut self.left) {
            rest.insert(key, value);
        }
        for (key, value) in &rest {
            if !shallow(value, MAX_DEPTH) {
                self.fault(key, FieldErrorKind::TooDeep);
            }
        }
        rest
    }

    fn list(&mut self, key: &str, max: usize) -> Option<Vec<Value>> {
        match self.take(key)? {
            Value::Array(list) if list.len() <= max => Some(list),
            Value::Array(_) => {
                self.fault(key, FieldErrorKind::TooMany { max });
                None
            }
            _ => {
                self.fault(key, FieldErrorKind::NotAList);
                None
            }
        }
    }
}

/// The fields of an object that was read already.
pub(super) fn pairs(map: Extra) -> Pairs {
    Pairs(map.into_iter().collect())
}

fn note(found: &mut Vec<(String, FieldErrorKind)>, path: &Path, problem: FieldErrorKind) {
    let mut field = String::new();
    path.spell(&mut field);
    found.push((field, problem));
}

/// Whether lists and objects in `value` nest no more than `depth` times.
fn shallow(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(list) => depth > 0 && list.iter().all(|item| shallow(item, depth - 1)),
        Value::Object(map) => depth > 0 && map.values().all(|item| shallow(item, depth - 1)),
        _ => true,
    }
}
