//! A clinician's ladder, checked to be climbable, and the level that a plan begins at.

use super::field_error::FieldErrorKind;
use super::field_reader::FieldReader;
use super::shape::{MINUTES, Number, cut};
use crate::diary::entry::{LevelSpec, Limits};

/// Walking levels, which stand before every ladder.
const WALKS: [&str; 5] = ["W1", "W2", "W3", "W4", "W5"];

/// Whether the built-in line W1 … W5, R1 … R13, C1 … C6 has this level.
fn built_in(id: &str) -> bool {
    matches!(
        id,
        "W1" | "W2"
            | "W3"
            | "W4"
            | "W5"
            | "R1"
            | "R2"
            | "R3"
            | "R4"
            | "R5"
            | "R6"
            | "R7"
            | "R8"
            | "R9"
            | "R10"
            | "R11"
            | "R12"
            | "R13"
            | "C1"
            | "C2"
            | "C3"
            | "C4"
            | "C5"
            | "C6"
    )
}

/// Whether the ready ladder of that name has this level.
fn ready(name: &str, id: &str) -> bool {
    name == "brisk"
        && matches!(
            id,
            "B1" | "B2" | "B3" | "B4" | "B5" | "B6" | "B7" | "B8" | "B9" | "B10" | "B11" | "B12"
        )
}

/// Notes a first level that is neither in the built-in line nor in the plan's ladder.
pub(in crate::diary) fn check_start(
    fields: &mut FieldReader,
    start: &str,
    limits: Option<&Limits>,
) {
    let ladder = limits.and_then(|limits| limits.ladder.as_ref());
    let own = ladder.is_some_and(|ladder| {
        ladder.levels.iter().any(|l| l.id == start)
            || (ladder.levels.is_empty() && ready(&ladder.name, start))
    });
    if !own && !built_in(start) {
        let got = cut(start);
        fields.fault("start_level", FieldErrorKind::UnknownLevel { got });
    }
}

/// Notes what keeps a ladder from being climbed.
///
/// The rules walk it one place at a time, up and down, so each level must be
/// harder than the one before it and not far harder. Fewer minutes of running
/// are accepted only with a longer interval (as from R13, 2 × 12, to C1, 20 in
/// one go); more, up to twice the minutes before plus five.
pub(in crate::diary) fn check_levels(fields: &mut FieldReader, levels: &[LevelSpec]) {
    let mut before: Option<&LevelSpec> = None;
    for (index, level) in levels.iter().enumerate() {
        if WALKS.contains(&level.id.as_str()) {
            fields.fault_in("levels", index, "id", FieldErrorKind::WalkingLevel);
        }
        let earlier = levels.get(..index).unwrap_or_default();
        if earlier.iter().any(|other| other.id == level.id) {
            fields.fault_in("levels", index, "id", FieldErrorKind::Duplicate);
        }
        let got = minutes(level);
        let Number(min, max) = MINUTES;
        if got > max {
            fields.fault_in(
                "levels",
                index,
                "reps",
                FieldErrorKind::OutOfRange { min, max, got },
            );
        }
        if let Some(before) = before {
            let max = 2.0 * minutes(before) + 5.0;
            if got > max + ROUNDING {
                fields.fault_in(
                    "levels",
                    index,
                    "run",
                    FieldErrorKind::TooSteep { max, got },
                );
            }
            if got < minutes(before) - ROUNDING && level.run <= before.run {
                fields.fault_in("levels", index, "run", FieldErrorKind::OutOfOrder);
            }
        }
        before = Some(level);
    }
}

/// What sums of decimals may be off by.
const ROUNDING: f64 = 1e-6;

/// Minutes of running in the whole level.
fn minutes(level: &LevelSpec) -> f64 {
    level.run * f64::from(level.reps)
}
