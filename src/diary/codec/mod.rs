//! Where stored items, backup files and scenarios come in as JSON, are checked, and become
//! entries; and where entries go out again.
//!
//! Behind the codec every number is in its range and every key is known, so
//! the rest of the domain has no bad input to think about. Whatever is wrong
//! is answered as a list of [`FieldError`]s, by entry and by field, all at once.
//!
//! - What this version does not know is kept: unknown fields in `extra` of the
//!   struct they stood in, an unknown kind as [`Body::Unknown`].
//! - `null` for a field with a default means that default.
//! - Writing leaves out what stands at its default; reading what was written
//!   gives the same entry again.
//!
//! Limits that hold for every text and list: [`MAX_TEXT`], [`MAX_ITEMS`],
//! [`MAX_LEVEL_ID`], [`MAX_DEPTH`].

pub(super) mod bounds;
pub(super) mod contract;
pub(super) mod field_error;
pub(super) mod field_reader;
pub(super) mod ladder;
pub(super) mod shape;

pub use bounds::{MAX_DEPTH, MAX_ITEMS, MAX_LEVEL_ID, MAX_LEVELS, MAX_TEXT};
pub use field_error::{FieldError, FieldErrorKind};

/// Lowest and highest numbers that the diary takes, bounds included: forms refuse at the
/// field what would be refused here.
pub(crate) mod ranges {
    pub(crate) use super::shape::{
        HOURS, KILOGRAMS, MEASURE, METRES, MINUTES, Number, SECONDS, WEEK_MINUTES,
    };
}

use crate::diary::entry::{Body, Entry, day_of};
use chrono::{DateTime, FixedOffset};
use field_reader::{FieldReader, Pairs, Path, pairs};
use serde_json::Value;
use shape::{Format, Id, Instant, Key, List, Optional, Or, Required, Shape, Text, Truth, Words};
use uuid::Uuid;

/// Reads one entry.
///
/// `fallback_id` stands in for an `id` that is missing (scenarios leave it
/// out); with `None`, a missing `id` is a fault.
///
/// # Errors
///
/// Every fault found, never an empty list. [`FieldError::entry`] is the entry's id,
/// or the fallback's, or empty when there is neither.
pub fn entry_from_json(value: Value, fallback_id: Option<Uuid>) -> Result<Entry, Vec<FieldError>> {
    if let Value::Object(map) = value {
        return entry_from(pairs(map), fallback_id);
    }
    let found = vec![(String::new(), FieldErrorKind::NotAnObject)];
    Err(faults(found, fallback_id, ""))
}

fn entry_from(pairs: Pairs, fallback_id: Option<Uuid>) -> Result<Entry, Vec<FieldError>> {
    let mut found = Vec::new();
    let mut id = fallback_id;
    let mut kind = String::new();
    let mut fields = FieldReader::new(pairs, Path::Root, &mut found);
    match read_entry(&mut fields, &mut id, &mut kind) {
        Some(entry) if found.is_empty() => Ok(entry),
        _ => Err(faults(found, id, &kind)),
    }
}

/// Reads one entry from its text, as stored on the phone.
///
/// # Errors
///
/// As [`entry_from_json`]; text that is no JSON is a fault of its own.
pub fn entry_from_text(text: &str, fallback_id: Option<Uuid>) -> Result<Entry, Vec<FieldError>> {
    if let Ok(pairs) = serde_json::from_str(text) {
        return entry_from(pairs, fallback_id);
    }
    match serde_json::from_str(text) {
        Ok(value) => entry_from_json(value, fallback_id),
        Err(error) => {
            let problem = FieldErrorKind::NotJson {
                line: error.line(),
                column: error.column(),
            };
            Err(faults(vec![(String::new(), problem)], fallback_id, ""))
        }
    }
}

/// Whether an entry made by a form would be read again: to be asked before it is stored.
///
/// # Errors
///
/// Every fault found, as [`entry_from_json`].
pub fn check(entry: &Entry) -> Result<(), Vec<FieldError>> {
    entry_from_json(entry_to_json(entry), None).map(|_| ())
}

fn read_entry(fields: &mut FieldReader, id: &mut Option<Uuid>, kind: &mut String) -> Option<Entry> {
    let found_id = match (fields.take("id"), *id) {
        (Some(value), _) => {
            let read = fields.or_record("id", Id.read(value));
            *id = read.or(*id);
            read
        }
        (None, Some(fallback)) => Some(fallback),
        (None, None) => {
            fields.fault("id", FieldErrorKind::Missing);
            None
        }
    };
    let at: Option<DateTime<FixedOffset>> = Required(Instant).read(fields, "at");
    let edited_at = Optional(Instant).read(fields, "edited_at");
    let deleted = Or(Truth, false).read(fields, "deleted");
    let notes = Or(Text, String::new()).read(fields, "notes");
    let flags = List(Key).read(fields, "flags");
    *kind = Required(Words).read(fields, "kind").unwrap_or_default();
    fields.set_day(at.as_ref().map(day_of));
    let body = Body::read(kind, fields);
    let extra = fields.rest();
    Some(Entry {
        id: found_id?,
        at: at?,
        edited_at: edited_at?,
        deleted: deleted?,
        notes: notes?,
        flags: flags?,
        body: body?,
        extra,
    })
}

/// An entry as JSON, as it is stored, exported and compared.
///
/// `id`, `at` and `kind` are always there, every other field only when it is not at its
/// default; what this version does not know goes back where it stood. Keys are written in
/// the order of the alphabet and whole numbers without a fraction, so one entry has one
/// text, whoever wrote it.
pub fn entry_to_json(entry: &Entry) -> Value {
    let mut out = entry.extra.clone();
    entry.body.write(&mut out);
    Or(Text, String::new()).write(&entry.notes, "notes", &mut out);
    List(Key).write(&entry.flags, "flags", &mut out);
    Or(Truth, false).write(&entry.deleted, "deleted", &mut out);
    Optional(Instant).write(&entry.edited_at, "edited_at", &mut out);
    out.insert("kind".to_owned(), Value::from(entry.body.kind()));
    Required(Instant).write(&entry.at, "at", &mut out);
    Required(Id).write(&entry.id, "id", &mut out);
    Value::Object(out)
}

/// The text of [`entry_to_json`], without white space.
pub fn to_text(entry: &Entry) -> String {
    entry_to_json(entry).to_string()
}

fn faults(found: Vec<(String, FieldErrorKind)>, id: Option<Uuid>, kind: &str) -> Vec<FieldError> {
    let entry = id.map(|id| id.to_string()).unwrap_or_default();
    found
        .into_iter()
        .map(|(field, problem)| FieldError {
            entry: entry.clone(),
            kind: kind.to_owned(),
            field,
            problem,
        })
        .collect()
}
