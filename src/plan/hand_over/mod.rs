//! The hand-over: a plan that a clinician fills in on any device and passes as a link.
//! Its data sits behind the `#`, so no server ever sees it.

pub mod code;

mod message;

use crate::diary::codec::FieldError;
use crate::diary::vocabulary::{Profile, Side, Site, Stage};
use chrono::NaiveDate;

/// One level of a handed ladder, to the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its id.
    pub id: String,
    /// Seconds of running in one interval, at least 1.
    pub run_s: u32,
    /// Seconds of walking in one interval; 0 for continuous.
    pub walk_s: u32,
    /// Intervals, at least 1.
    pub reps: u32,
}

/// One benchmark that is handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreedBenchmark {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its target, 0 to [`code::MAX_TARGET`], to a thousandth.
    pub target: Option<f64>,
    /// The stage it keeps closed until met.
    pub gates_stage: Option<Stage>,
}

/// A plan as a clinician hands it over. What is `None` of the injury, the start and the
/// sessions stays as the runner has it; limits, ladder, note and last day are replaced.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOver {
    /// The day it was filled in.
    pub made_on: NaiveDate,
    /// Who filled it in.
    pub by: String,
    /// Their role; may be empty.
    pub role: String,
    /// Where.
    pub site: Option<Site>,
    /// Which side.
    pub side: Option<Side>,
    /// Which columns of the rules.
    pub profile: Option<Profile>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// The stage to begin at.
    pub start_stage: Option<Stage>,
    /// The level to begin at.
    pub start_level: Option<String>,
    /// Runs in any 7 days, 1 to 4.
    pub sessions_per_week: Option<u8>,
    /// Pain during that still counts 0.
    pub max_pain_during: Option<u8>,
    /// Highest level prescribed.
    pub max_level: Option<String>,
    /// OK sessions needed to move up, 1 to 20.
    pub ok_needed: Option<u8>,
    /// Full rest days between runs, 0 to 14.
    pub min_rest_days: Option<u8>,
    /// Runs in any 7 days that are never gone beyond, 1 to 7.
    pub max_per_week: Option<u8>,
    /// The ladder's own name; may be empty.
    pub ladder_name: String,
    /// Another ladder; empty: the built-in one.
    pub ladder: Vec<Rung>,
    /// Last day the plan is meant for.
    pub valid_until: Option<NaiveDate>,
    /// A word to the runner; may be empty.
    pub note: String,
    /// Benchmarks agreed.
    pub benchmarks: Vec<AgreedBenchmark>,
}

/// Why a code cannot be taken. Nothing is changed by it.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// There is no code.
    Empty,
    /// It is none of this app's.
    Foreign,
    /// Longer than [`code::MAX_CODE`].
    TooLong,
    /// Its end is missing.
    CutOff,
    /// Its sum does not fit: a part is missing, or changed.
    Damaged,
    /// Made by a newer version of the app.
    Newer,
    /// Its last day has passed.
    Expired(NaiveDate),
    /// It asks for what no entry may hold.
    Faults(Vec<FieldError>),
}
