//! The entries of the diary, as the data contract names them.
//!
//! Everything the app knows is a list of these. Each struct keeps the fields
//! it does not know in `extra`, so that a newer version's data survives a
//! load and a save unchanged.
//!
//! Each struct is described once, by `contract!` (see `codec/contract.rs`): a field, its
//! type, what it takes and what stands for it where it is missing. Reading, writing and
//! checking come from the same description; [`crate::diary::codec`] is their way in.

use crate::diary::codec::bounds::{MAX_ITEMS, MAX_LEVELS};
use crate::diary::codec::contract::{Fields, contract, key_of, kinds};
use crate::diary::codec::field_error::FieldErrorKind;
use crate::diary::codec::field_reader::FieldReader;
use crate::diary::codec::ladder::{check_levels, check_start};
use crate::diary::codec::shape::{
    Above0, Day, Face, HOURS, KILOGRAMS, Key, LevelId, List, MEASURE, METRES, MINUTES, Object,
    Objects, OnsetOrSudden, Optional, Or, Points, REPS, Required, RequiredObjects, SCORE, SECONDS,
    Shape, Text, Truth, WEEK_MINUTES, Whole, Words,
};
use crate::diary::vocabulary::{
    AbsenceReason, ClearanceReason, FreedomName, IntervalKind, Movement, NamedBy, Onset,
    PainBehaviour, Profile, RedFlag, Side, Site, Stage, StoppedFor, Swelling, TestItem, Weekday,
};
use chrono::{DateTime, FixedOffset, NaiveDate, Timelike};
use uuid::Uuid;

pub use crate::diary::values::{Extra, Mood, Score};

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
    /// The day the entry belongs to, by its own offset: see [`day_of`].
    pub fn day(&self) -> NaiveDate {
        day_of(&self.at)
    }
}

/// Hours after midnight at which a day begins: a night belongs to the day before.
pub const DAY_BEGINS_H: i64 = 4;

/// The day that an instant belongs to: its local date in its own offset, less four hours.
///
/// By hand, for it is asked of every entry again and again: chrono makes the whole
/// local time first.
pub fn day_of(at: &DateTime<FixedOffset>) -> NaiveDate {
    let (utc, east_s) = (at.naive_utc(), at.offset().local_minus_utc());
    let second = i64::from(utc.num_seconds_from_midnight()) + i64::from(east_s);
    let second = second - DAY_BEGINS_H * 3_600;
    let day = match second {
        ..-86_400 => utc.date().pred_opt().and_then(|day| day.pred_opt()),
        -86_400..0 => utc.date().pred_opt(),
        0..86_400 => return utc.date(),
        86_400.. => utc.date().succ_opt(),
    };
    day.unwrap_or(utc.date())
}

kinds! {
    /// What an entry says, by its `kind`.
    pub enum Body {
        /// The injury, where the way starts, and the limits.
        Plan(Box<Plan>) = "plan",
        /// A clinician's word.
        Clearance(Clearance) = "clearance",
        /// A walk, run-walk or run.
        Session(Box<Session>) = "session",
        /// The morning answer.
        Morning(Morning) = "morning",
        /// The readiness self-test.
        SelfTest(SelfTest) = "self-test",
        /// A strength session.
        Strength(Strength) = "strength",
        /// Cross-training, mobility, active recovery.
        Activity(Activity) = "activity",
        /// A benchmark agreed with a clinician.
        Benchmark(Benchmark) = "benchmark",
        /// An appointment.
        Appointment(Appointment) = "appointment",
        /// Mood, confidence, fear.
        Mind(Mind) = "mind",
        /// Sleep, food, water.
        CheckIn(CheckIn) = "check-in",
        /// A small goal.
        Goal(Goal) = "goal",
        /// Illness, holiday, pain.
        Absence(Absence) = "absence",
        /// A freedom taken up after the return.
        Freedom(Freedom) = "freedom",
    }
}

contract! {
    /// The injury a plan speaks of.
    pub struct Injury {
        /// Which table columns apply.
        profile: Profile = Required(Key),
        /// Where it is.
        site: Site = Required(Key),
        /// Which side.
        side: Side = Required(Key),
        /// Since when.
        since: NaiveDate = Required(Day),
        /// Whether there was surgery.
        surgery: bool = Or(Truth, false),
        /// Who named it.
        named_by: NamedBy = Or(Key, NamedBy::Nobody),
        /// How it began; `None`: not asked. The first version stored `sudden`, true or false.
        onset: Option<Onset> = OnsetOrSudden,
        /// The day of the surgery; `None` with `surgery`: not known.
        surgery_on: Option<NaiveDate> = Optional(Day),
        /// Its grade, in a clinician's words, for the report.
        grade: String = Or(Text, String::new()),
        /// What imaging showed, in a clinician's words, for the report.
        imaging: String = Or(Text, String::new()),
        .. extra
    }
}

impl Injury {
    /// Whether this is another injury than an earlier plan's: another profile, site or side.
    pub fn is_another(&self, earlier: &Self) -> bool {
        let of = |injury: &Self| (injury.profile, injury.site, injury.side);
        of(self) != of(earlier)
    }
}

contract! {
    /// A plan: the standing one is the latest.
    pub struct Plan {
        /// The injury.
        injury: Injury = Object,
        /// Running, and everything beyond rest, only after a clearance.
        needs_clearance: bool = Or(Truth, false),
        /// Why a clearance is needed. Empty with `needs_clearance`: not known.
        clearance_for: Vec<ClearanceReason> = List(Key),
        /// The runner declares to have no clinician and no exclusion.
        no_clinician: bool = Or(Truth, false),
        /// Stage the runner is placed in.
        start_stage: Stage = Required(Key),
        /// Level the runner is placed at; `None`: the stage's first.
        start_level: Option<String> = Optional(LevelId),
        /// Runs in any 7 days, 1 to 4.
        sessions_per_week: u8 = Or(Whole(1, 4), 3),
        /// Weekdays that suit.
        days: Vec<Weekday> = List(Key),
        /// What most mornings' pain stays at or below.
        usual_pain: Score = Or(SCORE, Score::ZERO),
        /// What most mornings' stiffness stays at or below, minutes.
        usual_stiffness_min: f64 = Or(MINUTES, 0.0),
        /// A limp in daily walking at setup.
        walking_limp: bool = Or(Truth, false),
        /// Longest brisk walk without pain in the last 7 days at setup, minutes.
        longest_painless_walk_min: Option<f64> = Optional(MINUTES),
        /// Longest painless run of the last 7 days at setup, minutes.
        longest_painless_run_min: Option<f64> = Optional(MINUTES),
        /// Weekly running minutes before the injury.
        weekly_minutes_before: Option<f64> = Optional(WEEK_MINUTES),
        /// What the runner wants back.
        goal: String = Or(Text, String::new()),
        /// The day of a birth less than a year ago: under 12 weeks no run levels at all.
        birth_on: Option<NaiveDate> = Optional(Day),
        /// Last day the plan is meant for.
        valid_until: Option<NaiveDate> = Optional(Day),
        /// Limits set by the runner or a clinician.
        limits: Option<Limits> = Object,
    }
    check(fields) {
        if let (Some(Some(start)), Some(limits)) = (&start_level, &limits) {
            check_start(fields, start, limits.as_ref());
        }
        if let (Some(day), Some(Some(until))) = (fields.day(), valid_until)
            && until < day
        {
            fields.fault("valid_until", FieldErrorKind::EndsBeforeStart);
        }
    }
}

contract! {
    /// Numbers that a clinician (or, only stricter, the runner) set.
    #[derive(Default)]
    pub struct Limits {
        /// Who set them; empty: the runner alone, who may only be stricter.
        by: String = Required(Text),
        /// Their role.
        role: Option<String> = Optional(Text),
        /// Pain during that still counts 0.
        max_pain_during: Option<Score> = Optional(SCORE),
        /// Highest level prescribed.
        max_level: Option<String> = Optional(LevelId),
        /// OK sessions needed to move up, 1 to 20.
        ok_needed: Option<u8> = Optional(Whole(1, 20)),
        /// Full rest days between runs, 0 to 14.
        min_rest_days: Option<u8> = Optional(Whole(0, 14)),
        /// Runs in any 7 days, 1 to 7.
        max_per_week: Option<u8> = Optional(Whole(1, 7)),
        /// A clinician's number for the usual pain.
        usual_pain: Option<Score> = Optional(SCORE),
        /// Another ladder of R and C levels.
        ladder: Option<LadderSpec> = Object,
        /// Exercises that a clinician asks for.
        exercises: Vec<ExerciseSpec> = Objects(MAX_ITEMS),
        .. extra
    }
}

contract! {
    /// A clinician's ladder as stored.
    pub struct LadderSpec {
        /// Its name.
        name: String = Or(Text, String::new()),
        /// Its levels, easiest first; empty: the ready ladder of that name, or the built-in one.
        levels: Vec<LevelSpec> = Objects(MAX_LEVELS),
        .. extra
    }
    check(fields) {
        if let Some(levels) = &levels {
            check_levels(fields, levels);
        }
    }
}

contract! {
    /// One level of a clinician's ladder.
    pub struct LevelSpec {
        /// Its id.
        id: String = Required(LevelId),
        /// Minutes of running in one interval.
        run: f64 = Required(Above0(1440.0)),
        /// Minutes of walking in one interval; 0 for continuous.
        walk: f64 = Required(MINUTES),
        /// Intervals.
        reps: u32 = Required(Whole(1, 1000)),
        .. extra
    }
}

contract! {
    /// One exercise that a clinician asks for.
    pub struct ExerciseSpec {
        /// Movement pattern.
        pattern: String = Required(Words),
        /// Level, 1 to 4.
        level: Option<u8> = Optional(Whole(1, 4)),
        /// Sets, 1 to 20.
        sets: Option<u8> = Optional(Whole(1, 20)),
        /// Repetitions in a set.
        reps: Option<u32> = Optional(REPS),
        /// Hold, seconds.
        seconds: Option<f64> = Optional(SECONDS),
        .. extra
    }
}

contract! {
    /// A clinician's word: granted or refused.
    pub struct Clearance {
        /// Granted, or refused.
        granted: bool = Required(Truth),
        /// Who gave it.
        by: String = Required(Words),
        /// Their role.
        role: String = Or(Text, String::new()),
        /// When they were seen; `None`: the day of the entry.
        seen_on: Option<NaiveDate> = Optional(Day),
        /// Level it places the runner at.
        restart_level: Option<String> = Optional(LevelId),
        /// Highest level prescribed until a later clearance.
        max_level: Option<String> = Optional(LevelId),
        /// Urgent signs of a condition that the clinician knows.
        known_flags: Vec<RedFlag> = List(Key),
        /// Allows a softer profile.
        softer_profile: bool = Or(Truth, false),
        /// Painkillers before a run are known, until a later clearance.
        known_painkiller: bool = Or(Truth, false),
        /// Fear of re-injury is known, until a later clearance.
        known_fear: bool = Or(Truth, false),
        /// The usual pain that the clinician agrees to, 0 to 5, until a later clearance.
        known_usual: Option<Score> = Optional(Points(5)),
    }
}

contract! {
    /// Pain at one site during a session.
    pub struct SiteMark {
        /// Where.
        site: Site = Required(Key),
        /// Which side.
        side: Side = Required(Key),
        /// How much.
        pain: Score = Required(SCORE),
        .. extra
    }
}

contract! {
    /// One interval as planned and as done, seconds.
    pub struct Interval {
        /// What it asked for.
        kind: IntervalKind = Required(Key),
        /// Planned, seconds.
        planned_s: f64 = Required(SECONDS),
        /// Done, seconds.
        done_s: f64 = Required(SECONDS),
        .. extra
    }
}

contract! {
    /// A walk, run-walk or run.
    pub struct Session {
        /// What it was.
        activity: Movement = Required(Key),
        /// The plan's level, or `None`: not on the plan.
        level: Option<String> = Optional(LevelId),
        /// Minutes run.
        run_min: f64 = Required(MINUTES),
        /// Minutes walked.
        walk_min: f64 = Required(MINUTES),
        /// Minutes of running that were planned.
        planned_run_min: Option<f64> = Optional(MINUTES),
        /// Why it ended early.
        stopped_for: Option<StoppedFor> = Optional(Key),
        /// Pain before.
        pain_before: Score = Or(SCORE, Score::ZERO),
        /// Worst pain during.
        pain_during: Score = Required(SCORE),
        /// Pain right after.
        pain_after: Score = Or(SCORE, Score::ZERO),
        /// How pain behaved.
        pattern: PainBehaviour = Or(Key, PainBehaviour::None),
        /// "That hurts" was pressed.
        hurt: bool = Or(Truth, false),
        /// Swelling.
        swelling: Swelling = Or(Key, Swelling::None),
        /// Limp or changed stride while running.
        limp: bool = Or(Truth, false),
        /// A painkiller within the 12 hours before.
        painkiller: bool = Or(Truth, false),
        /// Effort.
        effort: Option<Score> = Optional(SCORE),
        /// Fear of re-injury.
        fear: Option<Score> = Optional(SCORE),
        /// Mood.
        mood: Option<Mood> = Optional(Face),
        /// A planned hard session.
        hard: bool = Or(Truth, false),
        /// Muscle soreness, never scored as injury pain.
        soreness: Option<Score> = Optional(SCORE),
        /// Pains by site.
        sites: Vec<SiteMark> = Objects(MAX_ITEMS),
        /// A known flag is worse than known.
        worse: bool = Or(Truth, false),
        /// Surface.
        surface: Option<String> = Optional(Text),
        /// Shoes.
        shoes: Option<String> = Optional(Text),
        /// What was tried of "Running well": the key of a card.
        tried: Option<String> = Optional(Text),
        /// Distance, metres.
        distance_m: Option<f64> = Optional(METRES),
        /// Intervals as done.
        intervals: Vec<Interval> = Objects(MAX_ITEMS),
    }
}

contract! {
    /// The morning answer.
    pub struct Morning {
        /// The morning it speaks of; `None`: the day of the entry.
        for_day as "for": Option<NaiveDate> = Optional(Day),
        /// Pain.
        pain: Score = Required(SCORE),
        /// Stiffness, minutes.
        stiffness_min: f64 = Or(MINUTES, 0.0),
        /// Swelling.
        swelling: Swelling = Or(Key, Swelling::None),
        /// Limp.
        limp: bool = Or(Truth, false),
        /// Whether the last session's pain settled within the hour.
        settled_within_hour: Option<bool> = Optional(Truth),
        /// `false`: "I don't remember".
        remembered: bool = Or(Truth, true),
        /// Muscle soreness, never scored as injury pain.
        soreness: Option<Score> = Optional(SCORE),
        /// Sleep, hours.
        sleep_h: Option<f64> = Optional(HOURS),
        /// Energy.
        energy: Option<Score> = Optional(SCORE),
        /// Mood.
        mood: Option<Mood> = Optional(Face),
        /// A known flag is worse than known.
        worse: bool = Or(Truth, false),
    }
}

impl Morning {
    /// The day it speaks of: that of its entry, unless it answers a forgotten one.
    pub fn day(&self, entry: &Entry) -> NaiveDate {
        self.for_day.unwrap_or_else(|| entry.day())
    }
}

contract! {
    /// The readiness self-test.
    pub struct SelfTest {
        /// What was tested.
        items: Vec<TestResult> = RequiredObjects,
    }
}

contract! {
    /// One item of the self-test.
    pub struct TestResult {
        /// Which.
        test: TestItem = Required(Key),
        /// Passed.
        passed: bool = Required(Truth),
        /// Count or seconds, left.
        left: Option<f64> = Optional(SECONDS),
        /// Count or seconds, right.
        right: Option<f64> = Optional(SECONDS),
        /// Pain.
        pain: Score = Or(SCORE, Score::ZERO),
        .. extra
    }
}

contract! {
    /// A strength session.
    pub struct Strength {
        /// Exercises done.
        items: Vec<StrengthItem> = RequiredObjects,
        /// Worst pain.
        pain: Score = Or(SCORE, Score::ZERO),
    }
}

contract! {
    /// One exercise done.
    pub struct StrengthItem {
        /// Movement pattern.
        pattern: String = Required(Words),
        /// Exercise.
        exercise: String = Required(Words),
        /// Level, 1 to 4.
        level: u8 = Required(Whole(1, 4)),
        /// Sets done.
        sets: Vec<StrengthSet> = RequiredObjects,
        .. extra
    }
}

contract! {
    /// One set.
    pub struct StrengthSet {
        /// Repetitions.
        reps: Option<u32> = Optional(REPS),
        /// Hold, seconds.
        seconds: Option<f64> = Optional(SECONDS),
        /// Load, kilograms.
        load_kg: Option<f64> = Optional(KILOGRAMS),
        /// Side.
        side: Side = Or(Key, Side::None),
        .. extra
    }
}

contract! {
    /// Cross-training, mobility, active recovery.
    pub struct Activity {
        /// What.
        what: String = Required(Words),
        /// Minutes.
        minutes: f64 = Required(MINUTES),
        /// Worst pain.
        pain: Score = Or(SCORE, Score::ZERO),
        /// Impact sport: counts as a run for spacing and the weekly cap.
        impact: bool = Or(Truth, false),
        /// Meant for its day and not done yet. The forms plan nothing with impact; should
        /// one come from elsewhere, its impact counts: the more cautious reading.
        planned: bool = Or(Truth, false),
    }
}

contract! {
    /// A benchmark agreed with a clinician.
    pub struct Benchmark {
        /// Its name.
        name: String = Required(Words),
        /// Target.
        target: Option<f64> = Optional(MEASURE),
        /// Unit of target and values.
        unit: String = Or(Text, String::new()),
        /// Left.
        left: Option<f64> = Optional(MEASURE),
        /// Right.
        right: Option<f64> = Optional(MEASURE),
        /// Value without side.
        value: Option<f64> = Optional(MEASURE),
        /// Met.
        met: bool = Or(Truth, false),
        /// With whom it was agreed.
        agreed_with: String = Or(Text, String::new()),
        /// The stage it keeps closed until met.
        gates_stage: Option<Stage> = Optional(Key),
    }
}

contract! {
    /// An appointment.
    pub struct Appointment {
        /// With whom.
        with: String = Required(Words),
        /// When.
        date: NaiveDate = Required(Day),
        /// Whether it was kept.
        kept: Option<bool> = Optional(Truth),
        /// What to ask there, in the runner's own words.
        questions: String = Or(Text, String::new()),
    }
}

contract! {
    /// Mood, confidence, fear.
    pub struct Mind {
        /// Mood.
        mood: Option<Mood> = Optional(Face),
        /// Confidence in the injured part.
        confidence: Option<Score> = Optional(SCORE),
        /// Fear of re-injury.
        fear: Option<Score> = Optional(SCORE),
    }
}

contract! {
    /// A light check-in on what recovery lives on. Never scored.
    pub struct CheckIn {
        /// Sleep of the night before, hours, 0 to 24.
        sleep_h: Option<f64> = Optional(HOURS),
        /// Ate enough, as the runner sees it.
        food: Option<bool> = Optional(Truth),
        /// Drank enough, as the runner sees it.
        water: Option<bool> = Optional(Truth),
    }
}

contract! {
    /// A small goal.
    pub struct Goal {
        /// Its text.
        text: String = Required(Words),
        /// When it was done.
        done_on: Option<NaiveDate> = Optional(Day),
    }
}

contract! {
    /// Days away.
    pub struct Absence {
        /// First day.
        from: NaiveDate = Required(Day),
        /// Last day; `None`: still open.
        until: Option<NaiveDate> = Optional(Day),
        /// Why.
        reason: AbsenceReason = Required(Key),
        /// With fever.
        fever: bool = Or(Truth, false),
    }
    check(fields) {
        if let (Some(from), Some(Some(until))) = (from, until)
            && until < from
        {
            fields.fault("until", FieldErrorKind::EndsBeforeStart);
        }
    }
}

impl Absence {
    /// A day put off, or one that passed without its session: for no reason that counts.
    pub fn is_one_day(&self) -> bool {
        self.reason == AbsenceReason::Other && self.until == Some(self.from)
    }
}

contract! {
    /// A freedom taken up after the return.
    pub struct Freedom {
        /// Which.
        name: FreedomName = Required(Key),
        /// From which day.
        from: NaiveDate = Required(Day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_day_is_the_local_one_less_four_hours(
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
            let shifted = at.naive_local() - chrono::TimeDelta::hours(DAY_BEGINS_H);
            prop_assert_eq!(entry.day(), shifted.date());
        }
    }
}
