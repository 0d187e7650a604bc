//! A clinician's ladder: read, and checked to be climbable.

use super::field_reader::FieldReader;
use super::values::{MINUTES, level, number, whole};
use super::{FieldErrorKind, MAX_LEVELS};
use crate::diary::entry::{LadderSpec, LevelSpec};
use serde_json::Value;

/// Walking levels, which stand before every ladder.
const WALKS: [&str; 5] = ["W1", "W2", "W3", "W4", "W5"];

/// Whether the built-in line W1 … W5, R1 … R13, C1 … C6 has this level.
pub(super) fn built_in(id: &str) -> bool {
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

/// Reads a ladder. One without levels stands for the ready ladder of its name.
///
/// The rules walk it one place at a time, up and down, so each level must be
/// harder than the one before it and not far harder. Fewer minutes of running
/// are accepted only with a longer interval (as from R13, 2 × 12, to C1, 20 in
/// one go); more, up to twice the minutes before plus five.
pub(super) fn ladder(fields: &mut FieldReader) -> LadderSpec {
    let name = fields.text("name");
    let before = fields.faults();
    let levels = fields
        .objects_if("levels", MAX_LEVELS, rung)
        .unwrap_or_default();
    if fields.faults() == before {
        check(fields, &levels);
    }
    LadderSpec {
        name,
        levels,
        extra: fields.rest(),
    }
}

fn rung(fields: &mut FieldReader) -> LevelSpec {
    LevelSpec {
        id: fields.required("id", level, String::new()),
        run: fields.required("run", positive_minutes, 1.0),
        walk: fields.number("walk", MINUTES),
        reps: fields.required("reps", |value| whole(value, 1, 1000), 1),
        extra: fields.rest(),
    }
}

/// Minutes above 0.
fn positive_minutes(value: &Value) -> Result<f64, FieldErrorKind> {
    let (min, max) = MINUTES;
    match number(value, MINUTES)? {
        got if got > 0.0 => Ok(got),
        got => Err(FieldErrorKind::OutOfRange { min, max, got }),
    }
}

fn check(fields: &mut FieldReader, levels: &[LevelSpec]) {
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
        let (min, max) = MINUTES;
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
