//! What the engine answers: advice for one day, and why, as types.

use crate::diary::vocabulary::{
    FreedomName, Movement, PainBehaviour, Profile, RedFlag, Site, Stage, Swelling,
};
use crate::rules::measure::Measure;
use crate::thresholds::ladder::Level;
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
    /// First: how is this morning? An answer without pain, limp or swelling would bring a
    /// session.
    Morning,
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

/// Ids of the rules, as docs/rules.md and the report name them.
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
    O,
    Self_,
    Usual,
    Remind,
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
    /// What would end it: all of these together; empty where nothing is asked for.
    pub changes: Vec<WouldChange>,
}

/// What would end a reason, as far as the rules promise it. A test applies each to the
/// diary and sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum WouldChange {
    /// This day comes.
    WaitUntil {
        /// The first day on which it holds no more.
        date: NaiveDate,
    },
    /// So many mornings more, one after another, the first today where today's is not
    /// answered yet: no more pain than this, no limp, no swelling.
    QuietMornings {
        /// How many more, 1 to 7.
        more: u8,
        /// Pain, 0 to 10.
        at_most: u8,
    },
    /// The answer to a morning that is still missing, with no more pain than this.
    Answer {
        /// The morning it speaks of.
        for_day: NaiveDate,
        /// Pain, 0 to 10.
        at_most: u8,
    },
    /// A clearance: given later than this day, where one is named.
    Clearance {
        /// The last day that it must have come after.
        after: Option<NaiveDate>,
    },
    /// So many more OK sessions at a level, done on the days that the plan gives.
    OkSessions {
        /// How many more.
        more: u32,
        /// The level.
        level: String,
    },
    /// A passed self-test, its morning included.
    SelfTest,
    /// A benchmark that is met.
    Benchmark {
        /// Its name.
        name: String,
    },
    /// An appointment that is kept.
    Appointment,
    /// The illness is over: its last day is entered, and 48 hours well have passed.
    IllnessOver,
    /// The flare is over: its last day is entered.
    FlareOver,
    /// A clinician's number for the usual, or an answer no higher than this.
    UsualAgreed {
        /// Pain, 0 to 10.
        at_most: u8,
    },
}

/// What the percent of a session are percent of (row K).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoneOf {
    /// What was asked: the level, or the planned minutes.
    Asked,
    /// The minutes of the runner's own level.
    Level,
    /// The longest run of 30 days.
    Longest,
}

/// The numbers behind a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A warning sign was ticked.
    RedFlag(RedFlag),
    /// Worst pain during.
    PainDuring {
        /// Pain, 0 to 10.
        pain: u8,
    },
    /// How pain behaved.
    PainPattern {
        /// The pattern.
        pattern: PainBehaviour,
        /// Pain, 0 to 10.
        pain: u8,
    },
    /// "That hurts" was pressed.
    Hurt,
    /// Pain at another site than the plan's; `again`: at a bony one, the second time within
    /// 14 days.
    OtherSite {
        /// The site.
        site: Site,
        /// Pain, 0 to 10.
        pain: u8,
        /// Again within the days or sessions that count.
        again: bool,
    },
    /// Pain before the session.
    PainBefore {
        /// Pain, 0 to 10.
        pain: u8,
        /// The usual, as it counts.
        baseline: u8,
    },
    /// Pain after the session; `settled`: what the morning answered.
    PainAfter {
        /// Pain, 0 to 10.
        pain: u8,
        /// The usual, as it counts.
        baseline: u8,
        /// What the morning answered.
        settled: Option<bool>,
    },
    /// The morning after (`second`: the one after that).
    MorningPain {
        /// Pain, 0 to 10.
        pain: u8,
        /// The usual, as it counts.
        baseline: u8,
        /// The morning after that one.
        second: bool,
    },
    /// The morning after is missing or not remembered.
    MorningMissing,
    /// Morning stiffness, minutes.
    Stiffness {
        /// Minutes.
        minutes: f64,
        /// The usual, minutes.
        baseline: f64,
    },
    /// Swelling; `again`: in two sessions running.
    Swelling {
        /// How much.
        swelling: Swelling,
        /// The next morning, not in the session.
        morning: bool,
        /// Again within the days or sessions that count.
        again: bool,
    },
    /// Limp while running, or the next morning.
    Limp {
        /// The next morning, not in the session.
        morning: bool,
    },
    /// Percent of the planned minutes done, or of what could have been; `pain`: stopped
    /// for pain.
    Done {
        /// Percent done.
        percent: u32,
        /// Of what.
        of: DoneOf,
        /// Stopped for pain.
        pain: bool,
    },
    /// Effort.
    Effort {
        /// Effort, 0 to 10.
        effort: u8,
    },
    /// Fear of re-injury.
    Fear {
        /// Fear, 0 to 10.
        fear: u8,
    },
    /// A painkiller within 12 hours before.
    Painkiller,
    /// A run on a day that gave none.
    RestDayRun {
        /// What stood against a run.
        against: Rule,
        /// How many of them in 7 days, this one included.
        in_week: u32,
    },
    /// Median of the mornings above the usual, in `weeks` windows of 7 days.
    MedianRise {
        /// How far above the usual.
        by: f64,
        /// In how many windows of 7 days.
        weeks: u8,
    },
    /// Earlier sessions of severity 2 or more within 14 days.
    Repeated {
        /// Their days, the oldest first.
        earlier: Vec<NaiveDate>,
        /// It is the third of them, or a 3 is among them.
        third_or_worse: bool,
    },
    /// Results of severity 1 in a row at one level, or a review flag.
    Review {
        /// How many.
        count: u32,
    },
    /// Results of severity 1 in a row at one level, by what was done or left out alone.
    HeldBack {
        /// How many.
        count: u32,
        /// The rules that held them.
        by: Vec<Rule>,
    },
    /// Mornings in a row that alone kept the day from a session.
    MorningsInTheWay {
        /// How many.
        count: u32,
    },
    /// Mornings in a row above the usual after a session.
    MorningsAbove {
        /// How many.
        count: u32,
    },
    /// A sudden injury that nobody has looked at.
    NotExamined {
        /// Its day.
        since: NaiveDate,
    },
    /// Painful strength sessions within 14 days.
    PainfulStrength {
        /// How many.
        count: u32,
    },
    /// The pelvic floor item of the self-test failed twice in a row.
    PelvicFloor,
    /// A usual stiffness so long that a part of it counts alone.
    LongStiffness {
        /// As entered, minutes.
        minutes: f64,
    },
    /// A usual pain above what the runner may set alone.
    UsualAlone {
        /// As entered.
        entered: u8,
        /// As it counts until a clinician agrees.
        counts_as: u8,
    },
    /// A pause may end by itself.
    SelfRelease {
        /// Mornings in a row so far.
        quiet_mornings: u32,
    },
    /// An illness, open or until that day.
    Illness {
        /// Its last day; `None`: open.
        until: Option<NaiveDate>,
    },
    /// The runner said that it hurts more than usual, and not yet that it is over.
    Flare,
    /// Days since the last run; `reason`: pain or fever was the reason.
    Gap {
        /// Days counted.
        days: i64,
        /// Pain or fever was the reason.
        with_reason: bool,
    },
    /// What a gate still misses.
    Gate(Missing),
    /// A clearance (or the declaration) is missing.
    Clearance,
    /// The last run, too near.
    Spacing {
        /// Its day.
        last: NaiveDate,
    },
    /// Runs in the last 7 days.
    Cap {
        /// Runs done.
        runs: u32,
        /// Runs allowed.
        per_week: u8,
    },
    /// This morning's answer, or its absence (`pain: None`).
    Baseline {
        /// The answer; `None`: none.
        pain: Option<u8>,
        /// The usual, as it counts.
        baseline: u8,
    },
    /// A level-up waits.
    LevelUps {
        /// The first day it may.
        free_on: NaiveDate,
    },
    /// The longest session of 30 days holds the level down.
    Longest {
        /// Its minutes.
        longest_min: f64,
    },
}

/// What a gate still misses.
#[derive(Debug, Clone, PartialEq)]
pub enum Missing {
    /// Quiet mornings in a row.
    QuietMornings {
        /// So far.
        have: u32,
        /// Needed.
        need: u32,
    },
    /// A W5 walk that was OK.
    Walk,
    /// The self-test.
    SelfTest,
    /// A benchmark that gates the stage.
    Benchmark {
        /// Its name.
        name: String,
        /// The stage it keeps closed.
        stage: Stage,
    },
    /// Days until the stage may be left.
    Days {
        /// The day it may be.
        until: NaiveDate,
    },
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

impl Prescription {
    /// The session that a level stands for.
    pub(super) fn of(level: &Level) -> Self {
        Self {
            level: level.id.clone(),
            activity: level.movement(),
            run_s: level.run_s,
            walk_s: level.walk_s,
            reps: level.reps,
        }
    }

    /// Minutes of running and of walking in all its intervals.
    pub fn minutes(&self) -> (f64, f64) {
        let minutes = |s: u32| f64::from(s) * f64::from(self.reps) / 60.0;
        (minutes(self.run_s), minutes(self.walk_s))
    }
}

impl Advice {
    /// The key that scenarios, tests and styles know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::Emergency => "emergency",
            Self::Consult => "consult",
            Self::ClearanceNeeded => "clearance-needed",
            Self::Morning => "morning",
            Self::Recover => "recover",
            Self::Rest => "rest",
            Self::Walk => "walk",
            Self::SelfTest => "self-test",
            Self::RunWalk => "run-walk",
            Self::Run => "run",
        }
    }

    /// Whether it asks for a session that holds running.
    pub const fn runs(self) -> bool {
        matches!(self, Self::RunWalk | Self::Run)
    }
}

impl Rule {
    /// The id that the report and the scenarios name it by.
    pub const fn id(self) -> &'static str {
        match self {
            Self::F1 => "F1",
            Self::F2 => "F2",
            Self::D => "D",
            Self::P => "P",
            Self::H => "H",
            Self::Z => "Z",
            Self::B => "B",
            Self::A => "A",
            Self::M => "M",
            Self::N => "N",
            Self::S => "S",
            Self::L => "L",
            Self::K => "K",
            Self::E => "E",
            Self::G => "G",
            Self::T => "T",
            Self::X => "X",
            Self::X2 => "X2",
            Self::O => "O",
            Self::Self_ => "SELF",
            Self::Usual => "USUAL",
            Self::Remind => "REMIND",
            Self::Illness => "ILLNESS",
            Self::Gap => "GAP",
            Self::Gate => "GATE",
            Self::Clearance => "CLEARANCE",
            Self::Spacing => "SPACING",
            Self::Cap => "CAP",
            Self::Baseline => "BASELINE",
            Self::LevelUps => "LEVELUPS",
            Self::Longest => "LONGEST",
        }
    }
}

/// One change of the standing level, for the history that the report shows.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelChange {
    /// The day it took effect.
    pub on: NaiveDate,
    /// Level before; `None` for the first placing.
    pub from: Option<String>,
    /// Level after.
    pub to: String,
    /// Why it changed.
    pub cause: ChangeCause,
}

impl LevelChange {
    /// Whether it led to another level, or is worth telling without: a gate that opens may
    /// keep the level that was named before it (that to walking, to the self-test, home).
    pub fn moves(&self) -> bool {
        self.cause != ChangeCause::Up || self.from.as_deref() != Some(&self.to)
    }
}

/// Why a standing level changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeCause {
    /// A plan placed the runner.
    Placed,
    /// Enough OK sessions, or a gate passed.
    Up,
    /// A verdict of severity 2 or more, by its first row; or `LONGEST`, where the level no
    /// longer fits the longest run.
    Down(Rule),
    /// Time away.
    Gap,
    /// A clearance named a level.
    Cleared,
}

/// How soon the sign that a pause came from needs checking (section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowSoon {
    /// An emergency sign, once its day is over: today.
    Today,
    /// An urgent sign: today or tomorrow.
    TodayOrTomorrow,
}

impl HowSoon {
    /// What the rules that a pause came from ask for; `None`: no warning sign is among them.
    pub fn of(rules: &[Rule]) -> Option<Self> {
        if rules.contains(&Rule::F1) {
            Some(Self::Today)
        } else if rules.contains(&Rule::F2) {
            Some(Self::TodayOrTomorrow)
        } else {
            None
        }
    }

    /// The key that words and tests know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::TodayOrTomorrow => "tomorrow",
        }
    }
}

/// What one day asks for, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Guidance {
    /// The day.
    pub on: NaiveDate,
    /// Where the runner stands; `None` without a plan.
    pub stage: Option<Stage>,
    /// The level as prescribed, after `LONGEST` and a clearance's cap.
    pub level: Option<String>,
    /// The runner's own level, before them.
    pub standing_level: Option<String>,
    /// Which columns apply.
    pub profile: Option<Profile>,
    /// What the day asks for.
    pub advice: Advice,
    /// First day on which the next run or plan walk may be done.
    pub not_before: Option<NaiveDate>,
    /// The morning answer that would settle the last session is missing.
    pub morning_check_due: bool,
    /// Which morning that is.
    pub morning_due_for: Option<NaiveDate>,
    /// The last session's verdict, 0 to 5, as known on the day.
    pub severity: Option<u8>,
    /// It waits for the morning after.
    pub provisional: bool,
    /// It counts for moving up, or will once its morning is in, as far as the day and what was
    /// done decide.
    pub counts: bool,
    /// The last session's day gave it.
    pub given: bool,
    /// Everything that holds, the one that binds first.
    pub reasons: Vec<Reason>,
    /// OK sessions done at the standing level.
    pub ok_done: u32,
    /// OK sessions needed to move up; 0 where none count.
    pub ok_needed: u32,
    /// What the next gate still misses.
    pub gate: Vec<Missing>,
    /// Since when running is paused.
    pub paused_since: Option<NaiveDate>,
    /// The rules that the standing pause came from.
    pub paused_by: Vec<Rule>,
    /// Back to running: the freedom that is offered next, and from which day (section 8).
    pub next_freedom: Option<(FreedomName, NaiveDate)>,
    /// Back to running, with `longer` taken up: the most whole minutes that one run of this
    /// week may hold, where that is more than its level.
    pub longer_min: Option<u32>,
    /// Today's session would not count for moving up, or does not: the day gave none.
    pub rest_binds: bool,
    /// How reports are measured today.
    pub measure: Option<Measure>,
    /// Every change of the standing level up to the day.
    pub history: Vec<LevelChange>,
    pub(super) prescription: Option<Prescription>,
    pub(super) easier: Vec<Prescription>,
}

impl Guidance {
    /// The reason that keeps a session from today and does so longest: what has to change
    /// first. `None` where the day has its session, or there is no plan yet.
    pub fn binding(&self) -> Option<&Reason> {
        let holds = matches!(
            self.advice,
            Advice::Emergency
                | Advice::Consult
                | Advice::ClearanceNeeded
                | Advice::Morning
                | Advice::Recover
                | Advice::Rest
        );
        self.reasons.first().filter(|_| holds)
    }

    /// How soon the standing pause needs checking, where a warning sign caused it.
    pub fn how_soon(&self) -> Option<HowSoon> {
        HowSoon::of(&self.paused_by)
    }

    /// What may be done today. A paused, uncleared or resting runner has none.
    pub fn prescription(&self) -> Option<&Prescription> {
        self.prescription.as_ref()
    }

    /// The easier sessions that may be done instead, easiest first (section 4: an
    /// easier session than today's is always allowed).
    pub fn easier(&self) -> Vec<Prescription> {
        self.easier.clone()
    }
}
