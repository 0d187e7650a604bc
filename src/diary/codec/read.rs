//! What each kind of entry takes out of its JSON. Fields, defaults and ranges
//! as the data contract has them; a field without a default must be there.

use super::FieldErrorKind;
use super::field_reader::FieldReader;
use super::ladder::{built_in, ladder};
use super::values::{MINUTES, Range, SECONDS, bool, cut, small, small_score, text, whole};
use crate::diary::entry::{
    Absence, Activity, Appointment, Benchmark, CheckIn, Clearance, ExerciseSpec, Freedom, Goal,
    Injury, Interval, Limits, Mind, Morning, Plan, SelfTest, Session, SiteMark, Strength,
    StrengthItem, StrengthSet, TestResult,
};
use crate::diary::vocabulary::{
    AbsenceReason, ClearanceReason, FreedomName, IntervalKind, Movement, NamedBy, Onset,
    PainBehaviour, Profile, RedFlag, Side, Site, Stage, StoppedFor, Swelling, TestItem, Weekday,
};
use chrono::NaiveDate;

/// Minutes within one week.
const WEEK_MINUTES: Range = (0.0, 10_080.0);
/// Hours within one day.
const HOURS: Range = (0.0, 24.0);
/// Metres of one session.
const METRES: Range = (0.0, 500_000.0);
/// Kilograms of one load.
const KILOGRAMS: Range = (0.0, 1000.0);
/// Whatever a benchmark measures.
const MEASURE: Range = (-1_000_000.0, 1_000_000.0);

pub(super) fn plan(fields: &mut FieldReader, day: NaiveDate) -> Plan {
    if fields.is_missing("injury") {
        fields.fault("injury", FieldErrorKind::Missing);
    }
    let plan = Plan {
        injury: fields.object("injury", injury).unwrap_or_else(no_injury),
        needs_clearance: fields.bool("needs_clearance", false),
        clearance_for: fields.keys("clearance_for", ClearanceReason::from_key),
        no_clinician: fields.bool("no_clinician", false),
        start_stage: fields.key("start_stage", Stage::from_key, Stage::Rest),
        start_level: fields.level("start_level"),
        sessions_per_week: fields.opt_u8("sessions_per_week", 1, 4).unwrap_or(3),
        days: fields.keys("days", Weekday::from_key),
        usual_pain: fields.score_or_zero("usual_pain"),
        usual_stiffness_min: fields
            .number_if("usual_stiffness_min", MINUTES)
            .unwrap_or(0.0),
        walking_limp: fields.bool("walking_limp", false),
        longest_painless_walk_min: fields.number_if("longest_painless_walk_min", MINUTES),
        longest_painless_run_min: fields.number_if("longest_painless_run_min", MINUTES),
        weekly_minutes_before: fields.number_if("weekly_minutes_before", WEEK_MINUTES),
        goal: fields.text("goal"),
        birth_on: fields.date_if("birth_on"),
        valid_until: fields.date_if("valid_until"),
        limits: fields.object("limits", limits),
        // The plan's fields stand in the entry: so do the unknown ones.
        extra: serde_json::Map::new(),
    };
    if let Some(start) = &plan.start_level {
        let ladder = plan.limits.as_ref().and_then(|l| l.ladder.as_ref());
        let own = ladder.is_some_and(|ladder| ladder.levels.iter().any(|l| l.id == *start));
        if !own && !built_in(start) {
            let got = cut(start);
            fields.fault("start_level", FieldErrorKind::UnknownLevel { got });
        }
    }
    if plan.valid_until.is_some_and(|until| until < day) {
        fields.fault("valid_until", FieldErrorKind::EndsBeforeStart);
    }
    plan
}

fn injury(fields: &mut FieldReader) -> Injury {
    Injury {
        profile: fields.key("profile", Profile::from_key, Profile::Bone),
        site: fields.key("site", Site::from_key, Site::Other),
        side: fields.key("side", Side::from_key, Side::None),
        since: fields.date("since"),
        surgery: fields.bool("surgery", false),
        named_by: fields
            .key_if("named_by", NamedBy::from_key)
            .unwrap_or(NamedBy::Nobody),
        onset: onset(fields),
        surgery_on: fields.date_if("surgery_on"),
        grade: fields.text("grade"),
        imaging: fields.text("imaging"),
        extra: fields.rest(),
    }
}

/// How the injury began; the first version asked "suddenly?" and stored yes or no.
fn onset(fields: &mut FieldReader) -> Option<Onset> {
    let onset = fields.key_if("onset", Onset::from_key);
    let sudden = fields.optional("sudden", bool).map(|sudden| {
        if sudden {
            Onset::Sudden
        } else {
            Onset::Gradual
        }
    });
    onset.or(sudden)
}

/// Stands in for an injury that could not be read; never leaves the door.
fn no_injury() -> Injury {
    Injury {
        profile: Profile::Bone,
        site: Site::Other,
        side: Side::None,
        since: NaiveDate::default(),
        surgery: false,
        named_by: NamedBy::Nobody,
        onset: None,
        surgery_on: None,
        grade: String::new(),
        imaging: String::new(),
        extra: serde_json::Map::new(),
    }
}

fn limits(fields: &mut FieldReader) -> Limits {
    Limits {
        by: fields.non_empty("by"),
        role: fields.optional("role", text),
        max_pain_during: fields.score_if("max_pain_during"),
        max_level: fields.level("max_level"),
        ok_needed: fields.opt_u8("ok_needed", 1, 20),
        min_rest_days: fields.opt_u8("min_rest_days", 0, 14),
        max_per_week: fields.opt_u8("max_per_week", 1, 7),
        usual_pain: fields.score_if("usual_pain"),
        ladder: fields.object("ladder", ladder),
        exercises: fields.objects("exercises", exercise_spec),
        extra: fields.rest(),
    }
}

fn exercise_spec(fields: &mut FieldReader) -> ExerciseSpec {
    ExerciseSpec {
        pattern: fields.non_empty("pattern"),
        level: fields.opt_u8("level", 1, 4),
        sets: fields.opt_u8("sets", 1, 20),
        reps: fields.optional("reps", |value| whole(value, 0, 10_000)),
        seconds: fields.number_if("seconds", SECONDS),
        extra: fields.rest(),
    }
}

pub(super) fn clearance(fields: &mut FieldReader) -> Clearance {
    Clearance {
        granted: fields.required("granted", bool, false),
        by: fields.non_empty("by"),
        role: fields.text("role"),
        seen_on: fields.date_if("seen_on"),
        restart_level: fields.level("restart_level"),
        max_level: fields.level("max_level"),
        known_flags: fields.keys("known_flags", RedFlag::from_key),
        softer_profile: fields.bool("softer_profile", false),
        known_painkiller: fields.bool("known_painkiller", false),
        known_fear: fields.bool("known_fear", false),
        known_usual: fields.optional("known_usual", small_score),
    }
}

pub(super) fn session(fields: &mut FieldReader) -> Session {
    Session {
        activity: fields.key("activity", Movement::from_key, Movement::Walk),
        level: fields.level("level"),
        run_min: fields.number("run_min", MINUTES),
        walk_min: fields.number("walk_min", MINUTES),
        planned_run_min: fields.number_if("planned_run_min", MINUTES),
        stopped_for: fields.key_if("stopped_for", StoppedFor::from_key),
        pain_before: fields.score_or_zero("pain_before"),
        pain_during: fields.score("pain_during"),
        pain_after: fields.score_or_zero("pain_after"),
        pattern: fields
            .key_if("pattern", PainBehaviour::from_key)
            .unwrap_or(PainBehaviour::None),
        hurt: fields.bool("hurt", false),
        swelling: swelling(fields),
        limp: fields.bool("limp", false),
        painkiller: fields.bool("painkiller", false),
        effort: fields.score_if("effort"),
        fear: fields.score_if("fear"),
        mood: fields.mood_if("mood"),
        hard: fields.bool("hard", false),
        soreness: fields.score_if("soreness"),
        sites: fields.objects("sites", site_mark),
        worse: fields.bool("worse", false),
        surface: fields.optional("surface", text),
        shoes: fields.optional("shoes", text),
        distance_m: fields.number_if("distance_m", METRES),
        intervals: fields.objects("intervals", interval),
    }
}

fn swelling(fields: &mut FieldReader) -> Swelling {
    fields
        .key_if("swelling", Swelling::from_key)
        .unwrap_or(Swelling::None)
}

fn site_mark(fields: &mut FieldReader) -> SiteMark {
    SiteMark {
        site: fields.key("site", Site::from_key, Site::Other),
        side: fields.key("side", Side::from_key, Side::None),
        pain: fields.score("pain"),
        extra: fields.rest(),
    }
}

fn interval(fields: &mut FieldReader) -> Interval {
    Interval {
        kind: fields.key("kind", IntervalKind::from_key, IntervalKind::Walk),
        planned_s: fields.number("planned_s", SECONDS),
        done_s: fields.number("done_s", SECONDS),
        extra: fields.rest(),
    }
}

pub(super) fn morning(fields: &mut FieldReader) -> Morning {
    Morning {
        for_day: fields.date_if("for"),
        pain: fields.score("pain"),
        stiffness_min: fields.number_if("stiffness_min", MINUTES).unwrap_or(0.0),
        swelling: swelling(fields),
        limp: fields.bool("limp", false),
        settled_within_hour: fields.optional("settled_within_hour", bool),
        remembered: fields.bool("remembered", true),
        soreness: fields.score_if("soreness"),
        sleep_h: fields.number_if("sleep_h", HOURS),
        energy: fields.score_if("energy"),
        mood: fields.mood_if("mood"),
        worse: fields.bool("worse", false),
    }
}

pub(super) fn self_test(fields: &mut FieldReader) -> SelfTest {
    SelfTest {
        items: fields.objects_required("items", super::MAX_ITEMS, |item| TestResult {
            test: item.key("test", TestItem::from_key, TestItem::Balance),
            passed: item.required("passed", bool, false),
            left: item.number_if("left", SECONDS),
            right: item.number_if("right", SECONDS),
            pain: item.score_or_zero("pain"),
            extra: item.rest(),
        }),
    }
}

pub(super) fn strength(fields: &mut FieldReader) -> Strength {
    Strength {
        items: fields.objects_required("items", super::MAX_ITEMS, |item| StrengthItem {
            pattern: item.non_empty("pattern"),
            exercise: item.non_empty("exercise"),
            level: item.required("level", |value| small(value, 1, 4), 1),
            sets: item.objects_required("sets", super::MAX_ITEMS, strength_set),
            extra: item.rest(),
        }),
        pain: fields.score_or_zero("pain"),
    }
}

fn strength_set(fields: &mut FieldReader) -> StrengthSet {
    StrengthSet {
        reps: fields.optional("reps", |value| whole(value, 0, 10_000)),
        seconds: fields.number_if("seconds", SECONDS),
        load_kg: fields.number_if("load_kg", KILOGRAMS),
        side: fields.key_if("side", Side::from_key).unwrap_or(Side::None),
        extra: fields.rest(),
    }
}

pub(super) fn activity(fields: &mut FieldReader) -> Activity {
    Activity {
        what: fields.non_empty("what"),
        minutes: fields.number("minutes", MINUTES),
        pain: fields.score_or_zero("pain"),
        impact: fields.bool("impact", false),
        planned: fields.bool("planned", false),
    }
}

pub(super) fn benchmark(fields: &mut FieldReader) -> Benchmark {
    Benchmark {
        name: fields.non_empty("name"),
        target: fields.number_if("target", MEASURE),
        unit: fields.text("unit"),
        left: fields.number_if("left", MEASURE),
        right: fields.number_if("right", MEASURE),
        value: fields.number_if("value", MEASURE),
        met: fields.bool("met", false),
        agreed_with: fields.text("agreed_with"),
        gates_stage: fields.key_if("gates_stage", Stage::from_key),
    }
}

pub(super) fn appointment(fields: &mut FieldReader) -> Appointment {
    Appointment {
        with: fields.non_empty("with"),
        date: fields.date("date"),
        kept: fields.optional("kept", bool),
        questions: fields.text("questions"),
    }
}

pub(super) fn mind(fields: &mut FieldReader) -> Mind {
    Mind {
        mood: fields.mood_if("mood"),
        confidence: fields.score_if("confidence"),
        fear: fields.score_if("fear"),
    }
}

pub(super) fn check_in(fields: &mut FieldReader) -> CheckIn {
    CheckIn {
        sleep_h: fields.number_if("sleep_h", HOURS),
        food: fields.optional("food", bool),
        water: fields.optional("water", bool),
    }
}

pub(super) fn goal(fields: &mut FieldReader) -> Goal {
    Goal {
        text: fields.non_empty("text"),
        done_on: fields.date_if("done_on"),
    }
}

pub(super) fn absence(fields: &mut FieldReader) -> Absence {
    let absence = Absence {
        from: fields.date("from"),
        until: fields.date_if("until"),
        reason: fields.key("reason", AbsenceReason::from_key, AbsenceReason::Other),
        fever: fields.bool("fever", false),
    };
    if absence.until.is_some_and(|until| until < absence.from) {
        fields.fault("until", FieldErrorKind::EndsBeforeStart);
    }
    absence
}

pub(super) fn freedom(fields: &mut FieldReader) -> Freedom {
    Freedom {
        name: fields.key("name", FreedomName::from_key, FreedomName::Longer),
        from: fields.date("from"),
    }
}
