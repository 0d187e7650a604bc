//! What was measured on both sides, in words.

use crate::insights::symmetry::{Measured, Symmetry};
use crate::ui::text::words::tk;

/// What was measured.
pub fn measured_words(what: &Measured) -> String {
    match what {
        Measured::Pattern(key) => tk("sides.", key),
        Measured::Test(item) => tk("test.", item.key()),
        Measured::Benchmark(name) => name.clone(),
    }
}

/// The unit that it was measured in, in words.
pub fn unit_words(symmetry: &Symmetry) -> String {
    match symmetry.unit.as_str() {
        "" => String::new(),
        "reps" | "s" | "kg" => tk("sides.unit_", &symmetry.unit),
        own => own.to_owned(),
    }
}
