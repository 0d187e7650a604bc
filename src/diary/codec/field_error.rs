//! What can be wrong with a field, as types: the words live in locale files.

/// One thing wrong with one field of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldError {
    /// The entry: its id, or its place in the file, like `#3` for the third.
    /// Empty when neither is known, and for a fault of the file itself.
    pub entry: String,
    /// Its kind, as stored; empty when that is not known.
    pub kind: String,
    /// Path of the field, like `limits.ladder.levels[2].run` (lists count from
    /// 0); empty for the entry as a whole.
    pub field: String,
    /// What is wrong.
    pub problem: FieldErrorKind,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldErrorKind {
    /// A field without a default is missing, or null.
    Missing,
    /// Not a number.
    NotANumber,
    /// A number (or a date's year) outside its range, bounds included.
    OutOfRange {
        /// Lowest that is accepted.
        min: f64,
        /// Highest that is accepted.
        max: f64,
        /// What stood there.
        got: f64,
    },
    /// Not a whole number.
    NotWhole,
    /// A text that is none of the field's keys.
    UnknownKey {
        /// What stood there, cut to 80 characters.
        got: String,
    },
    /// Not a day of the calendar written `YYYY-MM-DD`.
    NotADate,
    /// Not an RFC 3339 instant with its offset.
    NotAnInstant,
    /// Neither true nor false.
    NotABool,
    /// Not a text.
    NotText,
    /// Not a list.
    NotAList,
    /// Not an object.
    NotAnObject,
    /// Not a UUID, or the nil one.
    BadId,
    /// A text or a list that must say something is empty.
    Empty,
    /// A text of too many characters.
    TooLong {
        /// Most characters accepted.
        max: usize,
    },
    /// A list of too many items.
    TooMany {
        /// Most items accepted.
        max: usize,
    },
    /// A field unknown to this version is nested too deeply to be kept.
    TooDeep,
    /// An end before its start.
    EndsBeforeStart,
    /// A level that is neither in the built-in line nor in the plan's ladder.
    UnknownLevel {
        /// What stood there, cut to 80 characters.
        got: String,
    },
    /// A ladder names a level twice.
    Duplicate,
    /// A ladder names a walking level, W1 to W5: those stand before every ladder.
    WalkingLevel,
    /// A level that is easier than the one before it: fewer minutes of running
    /// without a longer interval.
    OutOfOrder,
    /// A level with more than twice the minutes of running of the one before
    /// it, plus five.
    TooSteep {
        /// Most minutes of running accepted.
        max: f64,
        /// Minutes of running found.
        got: f64,
    },
    /// Not JSON at all.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1 (0 at the very start or end).
        column: usize,
    },
}
