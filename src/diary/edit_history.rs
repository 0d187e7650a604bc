//! What an entry said before it was changed: a short history kept in the entry itself, in
//! the field `edits` (default: none), each with `at` and `was`, the old values of the
//! fields that changed. It travels with the entry as any field does that an older
//! version does not know.

use crate::diary::codec::entry_to_json;
use crate::diary::entry::Entry;
use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

/// The field.
const FIELD: &str = "edits";
/// Changes kept: the oldest go first.
pub const MOST: usize = 8;
/// Characters of an old text that are kept.
pub const LONG: usize = 200;

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// When it was made.
    pub at: DateTime<FixedOffset>,
    /// The fields that changed, each with what it said before; `None`: nothing yet.
    pub was: Vec<(String, Option<String>)>,
}

/// Writes into the changed entry what the old one said, where it says anything else now.
pub fn note(old: &Entry, new: &mut Entry) {
    let (before, after) = (entry_to_json(old), entry_to_json(new));
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return;
    };
    let mut was = Map::new();
    for key in before.keys().chain(after.keys()) {
        let own = ["id", "edited_at", "deleted", "kind", FIELD].contains(&key.as_str());
        if !own && before.get(key) != after.get(key) {
            let value = before.get(key).map_or(Value::Null, shortened);
            was.insert(key.clone(), value);
        }
    }
    let mut list = match old.extra.get(FIELD) {
        Some(Value::Array(list)) => list.clone(),
        _ => Vec::new(),
    };
    if !was.is_empty() {
        let at = new.edited_at.unwrap_or(new.at).to_rfc3339();
        let mut edit = Map::new();
        edit.insert("at".into(), Value::String(at));
        edit.insert("was".into(), Value::Object(was));
        list.push(Value::Object(edit));
    }
    let over = list.len().saturating_sub(MOST);
    list.drain(..over);
    if !list.is_empty() {
        new.extra.insert(FIELD.into(), Value::Array(list));
    }
}

/// A value as the history keeps it: a long text is cut, a long list is only named as one.
fn shortened(value: &Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > LONG => {
            let mut short: String = text.chars().take(LONG).collect();
            short.push('…');
            Value::String(short)
        }
        Value::Array(_) | Value::Object(_) if value.to_string().len() > 2 * LONG => {
            Value::String("…".into())
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => value.clone(),
    }
}

/// The changes of an entry, the latest first; what cannot be read is left out.
pub fn of(entry: &Entry) -> Vec<Edit> {
    let Some(Value::Array(list)) = entry.extra.get(FIELD) else {
        return Vec::new();
    };
    let read = |value: &Value| {
        let at = DateTime::parse_from_rfc3339(value.get("at")?.as_str()?).ok()?;
        let was = value.get("was")?.as_object()?;
        let told = |value: &Value| match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                Some(value.to_string())
            }
        };
        let was = was.iter().map(|(key, v)| (key.clone(), told(v))).collect();
        Some(Edit { at, was })
    };
    list.iter().rev().filter_map(read).collect()
}
