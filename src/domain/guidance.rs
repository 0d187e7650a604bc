//! What the engine answers: advice for one day, and why, as types.

use super::keys::{Flag, Movement, Pattern, Site, Stage, Swelling};
use chrono::NaiveDate;
use uuid::Uuid;

/// What the day asks for, in the order in which the first that applies wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Advice {
    /// No plan yet.
    SetUp,
    /// Emergency help now.
    Emergency,
    /// Paused until a clearance.
    Consult,
    /// A gate asks for a clearance.
    ClearanceNeeded,
    /// Rest and active recovery.
    Recover,
    /// Not yet.
    Rest,
    /// A walk.
    Walk,
    /// The readiness self-test.
    SelfTest,
    /// A run-walk.
    RunWalk,
    /// A continuous run.
    Run,
}

/// Ids of the rules, as progression.md and the report name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Rule {
    F1,
    F2,
    D,
    P,
    H,
    Z,
    B,
    A,
    M,
    N,
    S,
    L,
    K,
    E,
    G,
    T,
    X,
    X2,
    Self_,
    Illness,
    Gap,
    Gate,
    Clearance,
    Spacing,
    Cap,
    Baseline,
    LevelUps,
    Longest,
}

/// Why: one rule, the numbers that triggered it, and the entry they came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// What triggered it.
    pub fact: Fact,
    /// The severity it voted, for rows of the verdict table.
    pub severity: Option<u8>,
    /// The entry it came from.
    pub entry: Option<Uuid>,
    /// The day it was found.
    pub day: NaiveDate,
}

/// The numbers behind a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A warning sign was ticked.
    Flag(Flag),
    /// Worst pain during.
    PainDuring { pain: u8 },
    /// How pain behaved.
    PainPattern { pattern: Pattern, pain: u8 },
    /// "That hurts" was pressed.
    Hurt,
    /// Pain at another bony site; `again`: the second time within 14 days.
    BonySite { site: Site, pain: u8, again: bool },
    /// Pain before the session.
    PainBefore { pain: u8, usual: u8 },
    /// Pain after the session; `settled`: what the morning answered.
    PainAfter {
        pain: u8,
        usual: u8,
        settled: Option<bool>,
    },
    /// The morning after (`second`: the one after that).
    MorningPain { pain: u8, usual: u8, second: bool },
    /// The morning after is missing or not remembered.
    MorningMissing,
    /// Morning stiffness, minutes.
    Stiffness { minutes: f64, usual: f64 },
    /// Swelling; `again`: in two sessions running.
    Swelling {
        swelling: Swelling,
        morning: bool,
        again: bool,
    },
    /// Limp while running, or the next morning.
    Limp { morning: bool },
    /// Percent of the planned minutes done; `pain`: stopped for pain.
    Done { percent: u32, pain: bool },
    /// Effort.
    Effort { effort: u8 },
    /// Fear of re-injury.
    Fear { fear: u8 },
    /// A painkiller within 12 hours before.
    Painkiller,
    /// Sessions in a row that were not OK.
    NotOkInARow { count: u32 },
    /// Median of the mornings above the usual, in `weeks` windows of 7 days.
    MedianRise { by: f64, weeks: u8 },
    /// An earlier session of severity 2 or more within 14 days.
    Repeated { earlier: NaiveDate },
    /// Results of severity 1 in a row at one level, or a review flag.
    Review { count: u32 },
    /// A pause may end by itself.
    SelfRelease { quiet_mornings: u32 },
    /// An illness, open or until that day.
    Illness { until: Option<NaiveDate> },
    /// Days since the last run; `reason`: pain or fever was the reason.
    Gap { days: i64, with_reason: bool },
    /// What a gate still misses.
    Gate(Missing),
    /// A clearance (or the declaration) is missing.
    Clearance,
    /// The last run, too near.
    Spacing { last: NaiveDate },
    /// Runs in the last 7 days.
    Cap { runs: u32, per_week: u8 },
    /// This morning's answer, or its absence (`pain: None`).
    Baseline { pain: Option<u8>, usual: u8 },
    /// A level-up waits.
    LevelUps { free_on: NaiveDate },
    /// The longest session of 30 days holds the level down.
    Longest { longest_min: f64 },
}

/// What a gate still misses.
#[derive(Debug, Clone, PartialEq)]
pub enum Missing {
    /// Quiet mornings in a row.
    QuietMornings { have: u32, need: u32 },
    /// A W5 walk that was OK.
    Walk,
    /// The self-test.
    SelfTest,
    /// A benchmark that gates the stage.
    Benchmark { name: String, stage: Stage },
    /// Days until the stage may be left.
    Days { until: NaiveDate },
}

/// What may be done today, and only ever made when it may: a paused, uncleared
/// or resting runner has no value of this type.
#[derive(Debug, Clone, PartialEq)]
pub struct Prescription {
    /// The level prescribed.
    pub level: String,
    /// What it is.
    pub activity: Movement,
    /// Seconds of running in one interval (0 for a walk).
    pub run_s: u32,
    /// Seconds of walking in one interval (0 for a continuous run).
    pub walk_s: u32,
    /// Intervals.
    pub reps: u32,
}
