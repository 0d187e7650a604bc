//! The door: where stored items, backup files and scenarios come in as JSON,
//! are checked, and become entries; and where entries go out again.
//!
//! Behind this door every number is in its range and every key is known, so
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

mod field_error;
mod field_reader;
mod json_writer;
mod ladder;
mod read;
mod values;
mod write;

pub use field_error::{FieldError, FieldErrorKind};
pub use write::{entry_to_json, to_text};

use crate::diary::entry::{Body, Entry};
use chrono::DateTime;
use field_reader::{FieldReader, Pairs, Path, pairs};
use serde_json::Value;
use uuid::Uuid;

/// Longest text that is read, in characters.
pub const MAX_TEXT: usize = 20_000;
/// Longest list that is read, in items (a ladder: [`MAX_LEVELS`]).
pub const MAX_ITEMS: usize = 500;
/// Longest ladder that is read, in levels.
pub const MAX_LEVELS: usize = 100;
/// Longest id of a level, in characters.
pub const MAX_LEVEL_ID: usize = 40;
/// Deepest nesting of lists and objects kept in a field that this version does
/// not know. A backup wraps entries two levels deeper, and the parser refuses
/// a whole file beyond 128: this keeps one such entry from costing the others.
pub const MAX_DEPTH: usize = 64;

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

/// Whether an entry made by a form would come back through the door: to be
/// asked before it is stored.
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
            let read = fields.or_record("id", values::id(&value));
            *id = read.or(*id);
            read
        }
        (None, Some(fallback)) => Some(fallback),
        (None, None) => {
            fields.fault("id", FieldErrorKind::Missing);
            None
        }
    };
    let at = fields.required("at", values::instant, DateTime::default());
    let edited_at = fields.optional("edited_at", values::instant);
    let deleted = fields.bool("deleted", false);
    let notes = fields.text("notes");
    let flags = fields.keys("flags", crate::diary::vocabulary::RedFlag::from_key);
    *kind = fields.required("kind", values::non_empty, String::new());
    let body = match kind.as_str() {
        "plan" => Body::Plan(Box::new(read::plan(fields, at.date_naive()))),
        "clearance" => Body::Clearance(read::clearance(fields)),
        "session" => Body::Session(Box::new(read::session(fields))),
        "morning" => Body::Morning(read::morning(fields)),
        "self-test" => Body::SelfTest(read::self_test(fields)),
        "strength" => Body::Strength(read::strength(fields)),
        "activity" => Body::Activity(read::activity(fields)),
        "flag" => Body::Flag,
        "benchmark" => Body::Benchmark(read::benchmark(fields)),
        "appointment" => Body::Appointment(read::appointment(fields)),
        "mind" => Body::Mind(read::mind(fields)),
        "check-in" => Body::CheckIn(read::check_in(fields)),
        "goal" => Body::Goal(read::goal(fields)),
        "absence" => Body::Absence(read::absence(fields)),
        "freedom" => Body::Freedom(read::freedom(fields)),
        _ => Body::Unknown(kind.clone()),
    };
    let extra = fields.rest();
    found_id.map(|id| Entry {
        id,
        at,
        edited_at,
        deleted,
        notes,
        flags,
        body,
        extra,
    })
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
