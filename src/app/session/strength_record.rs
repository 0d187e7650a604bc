//! The running strength session as it is stored under `footing/live` (one session runs at
//! a time, of either kind).

use crate::strength::timeline;
use crate::strength::timeline::{Item, StampedSetAction, StrengthSnapshot};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Key of the stored session, which tells it from a running one.
const KEY: &str = "strength";

/// A running strength session: everything from which any second of it can be rebuilt.
#[derive(Debug, Clone, PartialEq)]
pub struct StrengthRun {
    /// Id of the entry it will become, so that one logged just before a crash is not
    /// offered twice.
    pub id: String,
    /// When it began, milliseconds since 1970.
    pub started: i64,
    /// What there is to do.
    pub items: Vec<Item>,
    /// What the runner did, in order.
    pub moments: Vec<StampedSetAction>,
}

impl StrengthRun {
    /// The session at an instant (milliseconds since 1970).
    pub fn at(&self, ms: i64) -> StrengthSnapshot {
        timeline::snapshot(&self.items, &self.moments, ms)
    }

    /// The id of the entry it will become.
    pub fn entry_id(&self) -> Option<Uuid> {
        Uuid::parse_str(&self.id).ok()
    }

    /// As stored.
    pub fn to_json(&self) -> String {
        let (items, moments) = timeline::to_json(&self.items, &self.moments);
        let mut run = Map::new();
        run.insert("id".into(), Value::from(self.id.as_str()));
        run.insert("started".into(), Value::from(self.started));
        run.insert("items".into(), items);
        run.insert("moments".into(), moments);
        let mut out = Map::new();
        out.insert(KEY.into(), Value::Object(run));
        Value::Object(out).to_string()
    }

    /// From what was stored; `None` for anything else, a running session included.
    pub fn from_json(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let run = value.get(KEY)?;
        let (items, moments) = timeline::from_json(run.get("items")?, run.get("moments")?)?;
        Some(Self {
            id: run.get("id")?.as_str()?.to_owned(),
            started: run.get("started")?.as_i64()?,
            items,
            moments,
        })
    }
}
