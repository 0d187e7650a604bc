//! The entries of the diary, as the data contract names them.
//!
//! Everything the app knows is a list of these. Each struct keeps the fields
//! it does not know in `extra`, so that a newer version's data survives a
//! load and a save unchanged. Reading and writing JSON lives in [`crate::diary::codec`].

use crate::diary::vocabulary::{
    AbsenceReason, ClearanceReason, FreedomName, IntervalKind, Movement, NamedBy, Onset,
    PainBehaviour, Profile, RedFlag, Side, Site, Stage, StoppedFor, Swelling, TestItem, Weekday,
};
use chrono::{DateTime, FixedOffset, NaiveDate, Timelike};
use serde_json::{Map, Value};
use uuid::Uuid;

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

/// One entry of the diary.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// UUID v7 of the entry.
    pub id: Uuid,
    /// When it happened, with the phone's own offset.
    pub at: DateTime<FixedOffset>,
    /// When it was last changed.
    pub edited_at: Option<DateTime<FixedOffset>>,
    /// A tombstone: kept for merging, hidden everywhere.
    pub deleted: bool,
    /// The runner's own words.
    pub notes: String,
    /// Warning signs ticked with this entry.
    pub flags: Vec<RedFlag>,
    /// What the entry says.
    pub body: Body,
    /// Fields unknown to this version.
    pub extra: Extra,
}

impl Entry {
    /// The day the entry belongs to: the local date of `at` in its own offset.
    ///
    /// By hand, for it is asked of every entry again and again: chrono makes the whole
    /// local time first.
    pub fn day(&self) -> NaiveDate {
        let (utc, east_s) = (self.at.naive_utc(), self.at.offset().local_minus_utc());
        let second = i64::from(utc.num_seconds_from_midnight()) + i64::from(east_s);
        let day = match second {
            ..0 => utc.date().pred_opt(),
            0..86_400 => return utc.date(),
            _ => utc.date().succ_opt(),
        };
        day.unwrap_or(utc.date())
    }
}

/// What an entry says, by its `kind`.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The injury, where the way starts, and the limits.
    Plan(Box<Plan>),
    /// A clinician's word.
    Clearance(Clearance),
    /// A walk, run-walk or run.
    Session(Box<Session>),
    /// The morning answer.
    Morning(Morning),
    /// The readiness self-test.
    SelfTest(SelfTest),
    /// A strength session.
    Strength(Strength),
    /// Cross-training, mobility, active recovery.
    Activity(Activity),
    /// A worrying sign logged by itself.
    Flag,
    /// A benchmark agreed with a clinician.
    Benchmark(Benchmark),
    /// An appointment.
    Appointment(Appointment),
    /// Mood, confidence, fear.
    Mind(Mind),
    /// Sleep, food, water.
    CheckIn(CheckIn),
    /// A small goal.
    Goal(Goal),
    /// Illness, holiday, pain.
    Absence(Absence),
    /// A freedom taken up after the return.
    Freedom(Freedom),
    /// A kind this version does not know; its fields stand in [`Entry::extra`].
    Unknown(String),
}

impl Body {
    /// The stored `kind`.
    pub fn kind(&self) -> &str {
        match self {
            Self::Plan(_) => "plan",
            Self::Clearance(_) => "clearance",
            Self::Session(_) => "session",
            Self::Morning(_) => "morning",
            Self::SelfTest(_) => "self-test",
            Self::Strength(_) => "strength",
            Self::Activity(_) => "activity",
            Self::Flag => "flag",
            Self::Benchmark(_) => "benchmark",
            Self::Appointment(_) => "appointment",
            Self::Mind(_) => "mind",
            Self::CheckIn(_) => "check-in",
            Self::Goal(_) => "goal",
            Self::Absence(_) => "absence",
            Self::Freedom(_) => "freedom",
            Self::Unknown(kind) => kind,
        }
    }
}

/// The injury a plan speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Injury {
    /// Which table columns apply.
    pub profile: Profile,
    /// Where it is.
    pub site: Site,
    /// Which side.
    pub side: Side,
    /// Since when.
    pub since: NaiveDate,
    /// Whether there was surgery.
    pub surgery: bool,
    /// Who named it.
    pub named_by: NamedBy,
    /// How it began; `None`: not asked. The first version stored `sudden`, true or false.
    pub onset: Option<Onset>,
    /// The day of the surgery; `None` with `surgery`: not known.
    pub surgery_on: Option<NaiveDate>,
    /// Its grade, in a clinician's words, for the report.
    pub grade: String,
    /// What imaging showed, in a clinician's words, for the report.
    pub imaging: String,
    /// Unknown fields.
    pub extra: Extra,
}

/// A plan: the standing one is the latest.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The injury.
    pub injury: Injury,
    /// Running, and everything beyond rest, only after a clearance.
    pub needs_clearance: bool,
    /// Why a clearance is needed. Empty with `needs_clearance`: not known.
    pub clearance_for: Vec<ClearanceReason>,
    /// The runner declares to have no clinician and no exclusion.
    pub no_clinician: bool,
    /// Stage the runner is placed in.
    pub start_stage: Stage,
    /// Level the runner is placed at; `None`: the stage's first.
    pub start_level: Option<String>,
    /// Runs in any 7 days, 1 to 4.
    pub sessions_per_week: u8,
    /// Weekdays that suit.
    pub days: Vec<Weekday>,
    /// What most mornings' pain stays at or below.
    pub usual_pain: Score,
    /// What most mornings' stiffness stays at or below, minutes.
    pub usual_stiffness_min: f64,
    /// A limp in daily walking at setup.
    pub walking_limp: bool,
    /// Longest brisk walk without pain in the last 7 days at setup, minutes.
    pub longest_painless_walk_min: Option<f64>,
    /// Longest painless run of the last 7 days at setup, minutes.
    pub longest_painless_run_min: Option<f64>,
    /// Weekly running minutes before the injury.
    pub weekly_minutes_before: Option<f64>,
    /// What the runner wants back.
    pub goal: String,
    /// The day of a birth less than a year ago: under 12 weeks no run levels at all.
    pub birth_on: Option<NaiveDate>,
    /// Last day the plan is meant for.
    pub valid_until: Option<NaiveDate>,
    /// Limits set by the runner or a clinician.
    pub limits: Option<Limits>,
    /// Unknown fields.
    pub extra: Extra,
}

/// Numbers that a clinician (or, only stricter, the runner) set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// Who set them.
    pub by: String,
    /// Their role.
    pub role: Option<String>,
    /// Pain during that still counts 0.
    pub max_pain_during: Option<Score>,
    /// Highest level prescribed.
    pub max_level: Option<String>,
    /// OK sessions needed to move up, 1 to 20.
    pub ok_needed: Option<u8>,
    /// Full rest days between runs, 0 to 14.
    pub min_rest_days: Option<u8>,
    /// Runs in any 7 days, 1 to 7.
    pub max_per_week: Option<u8>,
    /// A clinician's number for the usual pain.
    pub usual_pain: Option<Score>,
    /// Another ladder of R and C levels.
    pub ladder: Option<LadderSpec>,
    /// Exercises that a clinician asks for.
    pub exercises: Vec<ExerciseSpec>,
    /// Unknown fields.
    pub extra: Extra,
}

/// A clinician's ladder as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderSpec {
    /// Its name.
    pub name: String,
    /// Its levels, easiest first; empty: the ready ladder of that name, or the built-in one.
    pub levels: Vec<LevelSpec>,
    /// Unknown fields.
    pub extra: Extra,
}

/// One level of a clinician's ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelSpec {
    /// Its id.
    pub id: String,
    /// Minutes of running in one interval.
    pub run: f64,
    /// Minutes of walking in one interval; 0 for continuous.
    pub walk: f64,
    /// Intervals.
    pub reps: u32,
    /// Unknown fields.
    pub extra: Extra,
}

/// One exercise that a clinician asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct ExerciseSpec {
    /// Movement pattern.
    pub pattern: String,
    /// Level, 1 to 4.
    pub level: Option<u8>,
    /// Sets, 1 to 20.
    pub sets: Option<u8>,
    /// Repetitions in a set.
    pub reps: Option<u32>,
    /// Hold, seconds.
    pub seconds: Option<f64>,
    /// Unknown fields.
    pub extra: Extra,
}

/// A clinician's word: granted or refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Clearance {
    /// Granted, or refused.
    pub granted: bool,
    /// Who gave it.
    pub by: String,
    /// Their role.
    pub role: String,
    /// When they were seen; `None`: the day of the entry.
    pub seen_on: Option<NaiveDate>,
    /// Level it places the runner at.
    pub restart_level: Option<String>,
    /// Highest level prescribed until a later clearance.
    pub max_level: Option<String>,
    /// Urgent signs of a condition that the clinician knows.
    pub known_flags: Vec<RedFlag>,
    /// Allows a softer profile.
    pub softer_profile: bool,
    /// Painkillers before a run are known, until a later clearance.
    pub known_painkiller: bool,
    /// Fear of re-injury is known, until a later clearance.
    pub known_fear: bool,
    /// The usual pain that the clinician agrees to, 0 to 5, until a later clearance.
    pub known_usual: Option<Score>,
}

/// Pain at one site during a session.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteMark {
    /// Where.
    pub site: Site,
    /// Which side.
    pub side: Side,
    /// How much.
    pub pain: Score,
    /// Unknown fields.
    pub extra: Extra,
}

/// One interval as planned and as done, seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// What it asked for.
    pub kind: IntervalKind,
    /// Planned, seconds.
    pub planned_s: f64,
    /// Done, seconds.
    pub done_s: f64,
    /// Unknown fields.
    pub extra: Extra,
}

/// A walk, run-walk or run.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// What it was.
    pub activity: Movement,
    /// The plan's level, or `None`: not on the plan.
    pub level: Option<String>,
    /// Minutes run.
    pub run_min: f64,
    /// Minutes walked.
    pub walk_min: f64,
    /// Minutes of running that were planned.
    pub planned_run_min: Option<f64>,
    /// Why it ended early.
    pub stopped_for: Option<StoppedFor>,
    /// Pain before.
    pub pain_before: Score,
    /// Worst pain during.
    pub pain_during: Score,
    /// Pain right after.
    pub pain_after: Score,
    /// How pain behaved.
    pub pattern: PainBehaviour,
    /// "That hurts" was pressed.
    pub hurt: bool,
    /// Swelling.
    pub swelling: Swelling,
    /// Limp or changed stride while running.
    pub limp: bool,
    /// A painkiller within the 12 hours before.
    pub painkiller: bool,
    /// Effort.
    pub effort: Option<Score>,
    /// Fear of re-injury.
    pub fear: Option<Score>,
    /// Mood.
    pub mood: Option<Mood>,
    /// A planned hard session.
    pub hard: bool,
    /// Muscle soreness, never scored as injury pain.
    pub soreness: Option<Score>,
    /// Pains by site.
    pub sites: Vec<SiteMark>,
    /// A known flag is worse than known.
    pub worse: bool,
    /// Surface.
    pub surface: Option<String>,
    /// Shoes.
    pub shoes: Option<String>,
    /// Distance, metres.
    pub distance_m: Option<f64>,
    /// Intervals as done.
    pub intervals: Vec<Interval>,
}

/// The morning answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Morning {
    /// The morning it speaks of; `None`: the day of the entry.
    pub for_day: Option<NaiveDate>,
    /// Pain.
    pub pain: Score,
    /// Stiffness, minutes.
    pub stiffness_min: f64,
    /// Swelling.
    pub swelling: Swelling,
    /// Limp.
    pub limp: bool,
    /// Whether the last session's pain settled within the hour.
    pub settled_within_hour: Option<bool>,
    /// `false`: "I don't remember".
    pub remembered: bool,
    /// Muscle soreness, never scored as injury pain.
    pub soreness: Option<Score>,
    /// Sleep, hours.
    pub sleep_h: Option<f64>,
    /// Energy.
    pub energy: Option<Score>,
    /// Mood.
    pub mood: Option<Mood>,
    /// A known flag is worse than known.
    pub worse: bool,
}

/// The readiness self-test.
#[derive(Debug, Clone, PartialEq)]
pub struct SelfTest {
    /// What was tested.
    pub items: Vec<TestResult>,
}

/// One item of the self-test.
#[derive(Debug, Clone, PartialEq)]
pub struct TestResult {
    /// Which.
    pub test: TestItem,
    /// Passed.
    pub passed: bool,
    /// Count or seconds, left.
    pub left: Option<f64>,
    /// Count or seconds, right.
    pub right: Option<f64>,
    /// Pain.
    pub pain: Score,
    /// Unknown fields.
    pub extra: Extra,
}

/// A strength session.
#[derive(Debug, Clone, PartialEq)]
pub struct Strength {
    /// Exercises done.
    pub items: Vec<StrengthItem>,
    /// Worst pain.
    pub pain: Score,
}

/// One exercise done.
#[derive(Debug, Clone, PartialEq)]
pub struct StrengthItem {
    /// Movement pattern.
    pub pattern: String,
    /// Exercise.
    pub exercise: String,
    /// Level, 1 to 4.
    pub level: u8,
    /// Sets done.
    pub sets: Vec<StrengthSet>,
    /// Unknown fields.
    pub extra: Extra,
}

/// One set.
#[derive(Debug, Clone, PartialEq)]
pub struct StrengthSet {
    /// Repetitions.
    pub reps: Option<u32>,
    /// Hold, seconds.
    pub seconds: Option<f64>,
    /// Load, kilograms.
    pub load_kg: Option<f64>,
    /// Side.
    pub side: Side,
    /// Unknown fields.
    pub extra: Extra,
}

/// Cross-training, mobility, active recovery.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// What.
    pub what: String,
    /// Minutes.
    pub minutes: f64,
    /// Worst pain.
    pub pain: Score,
    /// Impact sport: counts as a run for spacing and the weekly cap.
    pub impact: bool,
    /// Meant for its day and not done yet. The forms plan nothing with impact; should
    /// one come from elsewhere, its impact counts: the more cautious reading.
    pub planned: bool,
}

/// A benchmark agreed with a clinician.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// Its name.
    pub name: String,
    /// Target.
    pub target: Option<f64>,
    /// Unit of target and values.
    pub unit: String,
    /// Left.
    pub left: Option<f64>,
    /// Right.
    pub right: Option<f64>,
    /// Value without side.
    pub value: Option<f64>,
    /// Met.
    pub met: bool,
    /// With whom it was agreed.
    pub agreed_with: String,
    /// The stage it keeps closed until met.
    pub gates_stage: Option<Stage>,
}

/// An appointment.
#[derive(Debug, Clone, PartialEq)]
pub struct Appointment {
    /// With whom.
    pub with: String,
    /// When.
    pub date: NaiveDate,
    /// Whether it was kept.
    pub kept: Option<bool>,
    /// What to ask there, in the runner's own words.
    pub questions: String,
}

/// Mood, confidence, fear.
#[derive(Debug, Clone, PartialEq)]
pub struct Mind {
    /// Mood.
    pub mood: Option<Mood>,
    /// Confidence in the injured part.
    pub confidence: Option<Score>,
    /// Fear of re-injury.
    pub fear: Option<Score>,
}

/// A light check-in on what recovery lives on. Never scored.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckIn {
    /// Sleep of the night before, hours, 0 to 24.
    pub sleep_h: Option<f64>,
    /// Ate enough, as the runner sees it.
    pub food: Option<bool>,
    /// Drank enough, as the runner sees it.
    pub water: Option<bool>,
}

/// A small goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Its text.
    pub text: String,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
}

/// Days away.
#[derive(Debug, Clone, PartialEq)]
pub struct Absence {
    /// First day.
    pub from: NaiveDate,
    /// Last day; `None`: still open.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: AbsenceReason,
    /// With fever.
    pub fever: bool,
}

impl Absence {
    /// A day put off, or one that passed without its session: for no reason that counts.
    pub fn is_one_day(&self) -> bool {
        self.reason == AbsenceReason::Other && self.until == Some(self.from)
    }
}

/// A freedom taken up after the return.
#[derive(Debug, Clone, PartialEq)]
pub struct Freedom {
    /// Which.
    pub name: FreedomName,
    /// From which day.
    pub from: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_day_is_the_local_one(
            seconds in -2_000_000_000_i64..7_000_000_000,
            east in -86_399..86_400,
        ) {
            let zone = FixedOffset::east_opt(east).expect("less than a day");
            let at = DateTime::from_timestamp(seconds, 0).expect("an instant").with_timezone(&zone);
            let entry = Entry {
                id: Uuid::nil(),
                at,
                edited_at: None,
                deleted: false,
                notes: String::new(),
                flags: Vec::new(),
                body: Body::Flag,
                extra: Extra::new(),
            };
            prop_assert_eq!(entry.day(), at.date_naive());
        }
    }
}
