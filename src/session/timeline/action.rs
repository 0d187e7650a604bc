//! What happens to a running session, as it is stored.

use serde::{Deserialize, Serialize};

/// What happened to a running session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Time stops counting.
    Pause,
    /// Time counts again.
    Resume,
    /// On to the next leg.
    Skip,
    /// Back to the start of this leg, or to the one before when it just began.
    Back,
    /// "That hurts": the rest becomes walking.
    Hurt,
    /// "That hurts" was pressed by mistake: as before it; the time between counts for nothing.
    UndoHurt,
    /// The runner limps.
    Limp,
    /// Ended early; what was done is kept.
    End,
    /// Takes an ending back; the time between does not count.
    UndoEnd,
    /// Time counted until the instant in `to`, and from this one on, but not between:
    /// the clock was set, or the runner stood still while the phone slept.
    #[serde(rename = "uncounted")]
    Excluded,
    /// The audio track, which is the clock then, has come to the place in `to`: so much
    /// counts, whatever the wall clock says.
    Played,
    /// The runner moved along the track, to the place in `to`.
    #[serde(rename = "sought")]
    Seeked,
}

/// An action with its time stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamped {
    /// Milliseconds since 1970.
    pub at: i64,
    #[serde(rename = "act")]
    pub action: Action,
    /// What the act names: an instant, or a place on the session's time line; else 0.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub to: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks for it
fn is_nothing(n: &i64) -> bool {
    *n == 0
}

impl Stamped {
    /// An act that names nothing further.
    pub const fn new(at: i64, action: Action) -> Self {
        Self { at, action, to: 0 }
    }
}
