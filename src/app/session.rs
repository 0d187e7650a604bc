//! The running session as it is stored under `footing/live`.

use crate::domain::live::{Moment, SessionPlan, Snapshot, snapshot};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A running session: everything from which any second of it can be rebuilt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// Id of the session entry it will become, so that a session logged just
    /// before a crash is not offered twice.
    pub id: String,
    /// What was planned.
    pub plan: SessionPlan,
    /// Whether it is the plan's session (else an easy walk off the plan).
    pub on_plan: bool,
    /// When it began, milliseconds since 1970.
    pub started: i64,
    /// Pain before, 0 to 10.
    pub pain_before: u8,
    /// What the runner did, in order.
    pub moments: Vec<Moment>,
}

impl Live {
    /// The session at an instant (milliseconds since 1970).
    pub fn at(&self, ms: i64) -> Snapshot {
        snapshot(&self.plan, self.started, &self.moments, ms)
    }

    /// The id of the entry it will become.
    pub fn entry_id(&self) -> Option<Uuid> {
        Uuid::parse_str(&self.id).ok()
    }

    /// As stored.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From what was stored.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
