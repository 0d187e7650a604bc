//! Reading fields out of a JSON object one by one: what is taken is checked,
//! what is left at the end is what this version does not know.
//!
//! A faulty field is noted and reading goes on, so that one pass finds every fault; an
//! entry with any fault is refused as a whole.

use super::bounds::{MAX_DEPTH, MAX_ITEMS};
use super::contract::Fields;
use super::field_error::FieldErrorKind;
use crate::diary::values::Extra;
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
pub(crate) struct FieldReader<'a> {
    left: Vec<(String, Value)>,
    path: Path<'a>,
    found: &'a mut Vec<(String, FieldErrorKind)>,
    /// The day of the entry, once that is known.
    day: Option<NaiveDate>,
}

impl<'a> FieldReader<'a> {
    pub(super) fn new(
        Pairs(left): Pairs,
        path: Path<'a>,
        found: &'a mut Vec<(String, FieldErrorKind)>,
    ) -> Self {
        let day = None;
        Self {
            left,
            path,
            found,
            day,
        }
    }

    /// The day of the entry, for a field that hangs on it; `None` when that is faulty.
    pub(in crate::diary) fn day(&self) -> Option<NaiveDate> {
        self.day
    }

    /// Says the day of the entry.
    pub(super) fn set_day(&mut self, day: Option<NaiveDate>) {
        self.day = day;
    }

    /// Notes a fault of the field `key`.
    pub(in crate::diary) fn fault(&mut self, key: &str, problem: FieldErrorKind) {
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

    /// The object that stood at `key`.
    pub(super) fn object<T: Fields>(&mut self, key: &str, value: Value) -> Option<T> {
        if let Value::Object(map) = value {
            let path = Path::Key(&self.path, key);
            return T::read(&mut FieldReader::new(pairs(map), path, self.found));
        }
        self.fault(key, FieldErrorKind::NotAnObject);
        None
    }

    /// The list of objects that stood at `key`.
    pub(super) fn objects<T: Fields>(
        &mut self,
        key: &str,
        value: Value,
        max: usize,
    ) -> Option<Vec<T>> {
        self.items(key, value, max, |value, path, found| {
            if let Value::Object(map) = value {
                return T::read(&mut FieldReader::new(pairs(map), *path, found));
            }
            note(found, path, FieldErrorKind::NotAnObject);
            None
        })
    }

    /// The list of values that stood at `key`.
    pub(super) fn values<T>(
        &mut self,
        key: &str,
        value: Value,
        read: impl Fn(Value) -> Result<T, FieldErrorKind>,
    ) -> Option<Vec<T>> {
        self.items(key, value, MAX_ITEMS, |value, path, found| {
            let read = read(value);
            read.map_err(|problem| note(found, path, problem)).ok()
        })
    }

    fn items<T>(
        &mut self,
        key: &str,
        value: Value,
        max: usize,
        read: impl Fn(Value, &Path, &mut Vec<(String, FieldErrorKind)>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Value::Array(values) = value else {
            self.fault(key, FieldErrorKind::NotAList);
            return None;
        };
        if values.len() > max {
            self.fault(key, FieldErrorKind::TooMany { max });
            return None;
        }
        let list = Path::Key(&self.path, key);
        // All are read before one that is faulty costs the list: every fault is found.
        let mut items = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            items.push(read(value, &Path::Item(&list, index), self.found));
        }
        items.into_iter().collect()
    }

    /// What this version does not know. Call it last.
    pub(in crate::diary) fn rest(&mut self) -> Extra {
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
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}
