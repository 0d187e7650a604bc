//! The rules: what one session's result means, and the progression that turns a diary into
//! guidance for one day.

#![deny(clippy::wildcard_enum_match_arm)]

/// The number of the rules. A release that decides otherwise than the one before counts it
/// up; what was shown last is stored with it (`app::shown`).
pub const NUMBER: u32 = 2;

pub mod evidence;
pub mod guidance;
pub mod measure;
pub mod pain_scale;
pub mod progression;
pub mod reference;
pub mod rows;
pub mod symptom_free;
pub mod why;
