//! The running session as it is stored under `footing/live`.

use crate::app::now::Now;
use crate::session::plan::SessionPlan;
use crate::session::timeline::{Action, Snapshot, Stamped, snapshot};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A running session: everything from which any second of it can be rebuilt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Id of the session entry it will become, so that a session logged just
    /// before a crash is not offered twice.
    pub id: String,
    /// What was planned.
    pub plan: SessionPlan,
    /// Whether it is the plan's session (else an easy walk off the plan).
    pub on_plan: bool,
    /// When it began, milliseconds since 1970.
    pub started: i64,
    /// The phone's offset from UTC when it began, seconds east; `None`: the release before
    /// did not say.
    #[serde(default)]
    pub offset_s: Option<i32>,
    /// Pain before, 0 to 10.
    pub pain_before: u8,
    /// What happened, in order.
    pub moments: Vec<Stamped>,
    /// It began in pocket mode: its cues are one audio track.
    #[serde(default)]
    pub pocket: bool,
    /// When it was last known to be going on, milliseconds since 1970; 0: not said.
    #[serde(default)]
    pub seen: i64,
    /// How often it changed hands between two windows: the later one leads.
    #[serde(default)]
    pub turn: u32,
}

impl RunRecord {
    /// When it began, with the offset of that place and time; not later than `now`, even
    /// where the clock was put back since.
    pub fn began(&self, now: &Now) -> DateTime<FixedOffset> {
        let then = Now {
            offset_s: self.offset_s.unwrap_or(now.offset_s),
            ..*now
        };
        then.instant(self.started.min(now.ms))
    }

    /// The session at an instant (milliseconds since 1970).
    pub fn at(&self, ms: i64) -> Snapshot {
        snapshot(&self.plan, self.started, &self.moments, ms)
    }

    /// When it was last known to be going on, milliseconds since 1970.
    pub fn last_seen(&self) -> i64 {
        // The release before did not say: what happened last is known.
        let acted = self.moments.last().map_or(self.started, |m| m.at);
        if self.seen == 0 { acted } else { self.seen }
    }

    /// Of two copies of one session the one with the greater age is the later.
    pub fn age(&self) -> (u32, usize, i64) {
        (self.turn, self.moments.len(), self.seen)
    }

    /// Takes the time between two instants out of what counts.
    pub fn exclude(&mut self, from: i64, to: i64) {
        // Before whatever happened since.
        let place = self.moments.iter().position(|m| m.at > to);
        let place = place.unwrap_or(self.moments.len());
        let moment = Stamped {
            at: to,
            action: Action::Excluded,
            to: from,
        };
        self.moments.insert(place, moment);
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
