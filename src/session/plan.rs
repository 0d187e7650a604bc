//! What a session consists of: its parts, one after another.

use crate::diary::vocabulary::{IntervalKind, Movement};
use crate::rules::guidance::Prescription;
use serde::{Deserialize, Serialize};

/// Seconds walked before, and again after, every running session (progression, section 3).
pub const EASE_S: u32 = 5 * 60;

/// What a part of a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The walk and the drills before.
    WarmUp,
    /// Running.
    Run,
    /// Walking.
    Walk,
    /// The walk after.
    CoolDown,
    /// A hold that waits to be begun (strength).
    Ready,
    /// Getting into the position (strength).
    Lead,
    /// Holding a position (strength).
    Hold,
    /// Repetitions, at the runner's own pace (strength).
    Reps,
    /// Changing sides (strength).
    Change,
    /// Rest between two sets (strength).
    Rest,
}

impl Phase {
    /// The key that tests and styles know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WarmUp => "warm-up",
            Self::Run => "run",
            Self::Walk => "walk",
            Self::CoolDown => "cool-down",
            Self::Ready => "ready",
            Self::Lead => "lead",
            Self::Hold => "hold",
            Self::Reps => "reps",
            Self::Change => "change",
            Self::Rest => "rest",
        }
    }

    /// What the diary keeps it as; `None` for what is neither run nor walked.
    pub const fn interval_kind(self) -> Option<IntervalKind> {
        match self {
            Self::Run => Some(IntervalKind::Run),
            Self::WarmUp | Self::Walk | Self::CoolDown => Some(IntervalKind::Walk),
            Self::Ready | Self::Lead | Self::Hold | Self::Reps | Self::Change | Self::Rest => None,
        }
    }
}

/// One part of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// What it is for.
    pub phase: Phase,
    /// How long, seconds; where it waits, how long it is expected to take.
    pub seconds: u32,
    /// It lasts until the runner says "next" ([`Action::Skip`]).
    #[serde(skip)]
    pub waits: bool,
    /// Which step of its maker's own list it belongs to (a set, say).
    #[serde(skip)]
    pub step: usize,
}

impl Segment {
    /// A part of so many seconds.
    pub const fn new(phase: Phase, seconds: u32) -> Self {
        Self {
            phase,
            seconds,
            waits: false,
            step: 0,
        }
    }

    /// The same for a step of its maker's own list.
    #[must_use]
    pub const fn step(self, step: usize) -> Self {
        Self { step, ..self }
    }

    /// The same until the runner says "next".
    #[must_use]
    pub const fn waiting(self) -> Self {
        Self {
            waits: true,
            ..self
        }
    }
}

/// A session as planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionPlan {
    /// The level it was prescribed at.
    pub level: String,
    /// Key of the [`Movement`] it is logged as.
    pub activity: String,
    /// Its parts, in order.
    pub segments: Vec<Segment>,
}

impl SessionPlan {
    /// The plan of what was prescribed: five minutes of walking on either side
    /// of any running; a walk stands alone.
    pub fn new(prescription: &Prescription) -> Self {
        let mut segments = Vec::new();
        let mut part = |phase, seconds| {
            if seconds > 0 {
                segments.push(Segment::new(phase, seconds));
            }
        };
        let runs = prescription.run_s > 0;
        if runs {
            part(Phase::WarmUp, EASE_S);
        }
        for _ in 0..prescription.reps {
            part(Phase::Run, prescription.run_s);
            part(Phase::Walk, prescription.walk_s);
        }
        if runs {
            part(Phase::CoolDown, EASE_S);
        }
        Self {
            level: prescription.level.clone(),
            activity: prescription.activity.key().to_owned(),
            segments,
        }
    }

    /// A walk off the plan, for when a run is not the thing to do.
    pub fn easy_walk(seconds: u32) -> Self {
        Self {
            level: String::new(),
            activity: Movement::Walk.key().to_owned(),
            segments: vec![Segment::new(Phase::Walk, seconds)],
        }
    }

    /// What it is logged as; a stored plan with an unknown key counts as a run-walk.
    pub fn movement(&self) -> Movement {
        Movement::from_key(&self.activity).unwrap_or(Movement::RunWalk)
    }

    /// Seconds of the whole.
    pub fn total_s(&self) -> u32 {
        self.segments.iter().map(|s| s.seconds).sum()
    }

    /// Seconds of running.
    pub fn run_s(&self) -> u32 {
        self.segments
            .iter()
            .filter(|s| s.phase == Phase::Run)
            .map(|s| s.seconds)
            .sum()
    }
}
