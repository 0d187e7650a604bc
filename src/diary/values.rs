//! The small values that entries are made of.

use serde_json::{Map, Value};

/// Fields this version does not know, kept as they came.
pub type Extra = Map<String, Value>;

/// A whole number from 0 to 10: pain, effort, fear, confidence, energy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Score(u8);

impl Score {
    /// The lowest score.
    pub const ZERO: Self = Self(0);

    /// A score, when `value` lies within 0 to 10.
    pub const fn new(value: u8) -> Option<Self> {
        if value <= 10 { Some(Self(value)) } else { None }
    }

    /// The number, 0 to 10.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// Mood as one of five faces, 1 (low) to 5 (good).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mood(u8);

impl Mood {
    /// A mood, when `value` lies within 1 to 5.
    pub const fn new(value: u8) -> Option<Self> {
        if value >= 1 && value <= 5 {
            Some(Self(value))
        } else {
            None
        }
    }

    /// The number, 1 to 5.
    pub const fn get(self) -> u8 {
        self.0
    }
}
