//! What each kind of entry takes out of its JSON. Fields, defaults and ranges
//! as the data contract has them; a field without a default must be there.

use super::Problem;
use super::fields::Fields;
use super::ladder::{built_in, ladder};
use super::values::{MINUTES, Range, SECONDS, cut, small, text, truth, whole};
use crate::diary::entry::{
    Absence, Activity, Appointment, Benchmark, CheckIn, Clearance, Freedom, Goal, Injury, Interval,
    Limits, Mind, Morning, Plan, SelfTest, Session, SiteMark, Strength, StrengthItem, StrengthSet,
    TestResult,
};
use crate::diary::vocabulary::{
    AbsenceReason, Flag, FreedomName, Gait, Movement, NamedBy, Pattern, Profile, Side, Site, Stage,
    StoppedFor, Swelling, TestItem, Weekday,
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

pub(super) fn plan(fields: &mut Fields, day: NaiveDate) -> Plan {
    if fields.is_missing("injury") {
        fields.fault("injury", Problem::Missing);
    }
    let plan = Plan {
        injury: fields.object("injury", injury).unwrap_or_else(no_injury),
        needs_clearance: fields.truth("needs_clearance", false),
        no_clinician: fields.truth("no_clinician", false),
        start_stage: fields.key("start_stage", Stage::from_key, Stage::Rest),
        start_level: fields.level("start_level"),
        sessions_per_week: fields.small_if("sessions_per_week", 1, 4).unwrap_or(3),
        days: fields.keys("days", Weekday::from_key),
        usual_pain: fields.score_or_zero("usual_pain"),
        usual_stiffness_min: fields
            .number_if("usual_stiffness_min", MINUTES)
            .unwrap_or(0.0),
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
            fields.fault("start_level", Problem::UnknownLevel { got });
        }
    }
    if plan.valid_until.is_some_and(|until| until < day) {
        fields.fault("valid_until", Problem::EndsBeforeStart);
    }
    plan
}

fn injury(fields: &mut Fields) -> Injury {
    Injury {
        profile: fields.key("profile", Profile::from_key, Profile::Bone),
        site: fields.key("site", Site::from_key, Site::Other),
        side: fields.key("side", Side::from_key, Side::None),
        since: fields.date("since"),
        surgery: fields.truth("surgery", false),
        named_by: fields
            .key_if("named_by", NamedBy::from_key)
            .unwrap_or(NamedBy::Nobody),
        sudden: fields.optional("sudden", truth),
        extra: fields.rest(),
    }
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
        sudden: None,
        extra: serde_json::Map::new(),
    }
}

fn limits(fields: &mut Fields) -> Limits {
    Limits {
        by: fields.filled("by"),
        role: fields.optional("role", text),
        max_pain_during: fields.score_if("max_pain_during"),
        max_level: fields.level("max_level"),
        ok_needed: fields.small_if("ok_needed", 1, 20),
        min_rest_days: fields.small_if("min_rest_days", 0, 14),
        max_per_week: fields.small_if("max_per_week", 1, 7),
        ladder: fields.object("ladder", ladder),
        extra: fields.rest(),
    }
}

pub(super) fn clearance(fields: &mut Fields) -> Clearance {
    Clearance {
        granted: fields.required("granted", truth, false),
        by: fields.filled("by"),
        role: fields.text("role"),
        seen_on: fields.date_if("seen_on"),
        restart_level: fields.level("restart_level"),
        max_level: fields.level("max_level"),
        known_flags: fields.keys("known_flags", Flag::from_key),
        softer_profile: fields.truth("softer_profile", false),
    }
}

pub(super) fn session(fields: &mut Fields) -> Session {
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
            .key_if("pattern", Pattern::from_key)
            .unwrap_or(Pattern::None),
        hurt: fields.truth("hurt", false),
        swelling: swelling(fields),
        limp: fields.truth("limp", false),
        painkiller: fields.truth("painkiller", false),
        effort: fields.score_if("effort"),
        fear: fields.score_if("fear"),
        mood: fields.mood_if("mood"),
        hard: fields.truth("hard", false),
        sites: fields.objects("sites", site_mark),
        worse: fields.truth("worse", false),
        surface: fields.optional("surface", text),
        shoes: fields.optional("shoes", text),
        distance_m: fields.number_if("distance_m", METRES),
        intervals: fields.objects("intervals", interval),
    }
}

fn swelling(fields: &mut Fields) -> Swelling {
    fields
        .key_if("swelling", Swelling::from_key)
        .unwrap_or(Swelling::None)
}

fn site_mark(fields: &mut Fields) -> SiteMark {
    SiteMark {
        site: fields.key("site", Site::from_key, Site::Other),
        side: fields.key("side", Side::from_key, Side::None),
        pain: fields.score("pain"),
        extra: fields.rest(),
    }
}

fn interval(fields: &mut Fields) -> Interval {
    Interval {
        kind: fields.key("kind", Gait::from_key, Gait::Walk),
        planned_s: fields.number("planned_s", SECONDS),
        done_s: fields.number("done_s", SECONDS),
        extra: fields.rest(),
    }
}

pub(super) fn morning(fields: &mut Fields) -> Morning {
    Morning {
        for_day: fields.date_if("for"),
        pain: fields.score("pain"),
        stiffness_min: fields.number_if("stiffness_min", MINUTES).unwrap_or(0.0),
        swelling: swelling(fields),
        limp: fields.truth("limp", false),
        settled_within_hour: fields.optional("settled_within_hour", truth),
        remembered: fields.truth("remembered", true),
        soreness: fields.score_if("soreness"),
        sleep_h: fields.number_if("sleep_h", HOURS),
        energy: fields.score_if("energy"),
        mood: fields.mood_if("mood"),
        worse: fields.truth("worse", false),
    }
}

pub(super) fn self_test(fields: &mut Fields) -> SelfTest {
    SelfTest {
        items: fields.objects_required("items", super::MAX_ITEMS, |item| TestResult {
            test: item.key("test", TestItem::from_key, TestItem::Balance),
            passed: item.required("passed", truth, false),
            left: item.number_if("left", SECONDS),
            right: item.number_if("right", SECONDS),
            pain: item.score_or_zero("pain"),
            extra: item.rest(),
        }),
    }
}

pub(super) fn strength(fields: &mut Fields) -> Strength {
    Strength {
        items: fields.objects_required("items", super::MAX_ITEMS, |item| StrengthItem {
            pattern: item.filled("pattern"),
            exercise: item.filled("exercise"),
            level: item.required("level", |value| small(value, 1, 4), 1),
            sets: item.objects_required("sets", super::MAX_ITEMS, strength_set),
            extra: item.rest(),
        }),
        pain: fields.score_or_zero("pain"),
    }
}

fn strength_set(fields: &mut Fields) -> StrengthSet {
    StrengthSet {
        reps: fields.optional("reps", |value| whole(value, 0, 10_000)),
        seconds: fields.number_if("seconds", SECONDS),
        load_kg: fields.number_if("load_kg", KILOGRAMS),
        side: fields.key_if("side", Side::from_key).unwrap_or(Side::None),
        extra: fields.rest(),
    }
}

pub(super) fn activity(fields: &mut Fields) -> Activity {
    Activity {
        what: fields.filled("what"),
        minutes: fields.number("minutes", MINUTES),
        pain: fields.score_or_zero("pain"),
        impact: fields.truth("impact", false),
        planned: fields.truth("planned", false),
    }
}

pub(super) fn benchmark(fields: &mut Fields) -> Benchmark {
    Benchmark {
        name: fields.filled("name"),
        target: fields.number_if("target", MEASURE),
        unit: fields.text("unit"),
        left: fields.number_if("left", MEASURE),
        right: fields.number_if("right", MEASURE),
        value: fields.number_if("value", MEASURE),
        met: fields.truth("met", false),
        agreed_with: fields.text("agreed_with"),
        gates_stage: fields.key_if("gates_stage", Stage::from_key),
    }
}

pub(super) fn appointment(fields: &mut Fields) -> Appointment {
    Appointment {
        with: fields.filled("with"),
        date: fields.date("date"),
        kept: fields.optional("kept", truth),
        questions: fields.text("questions"),
    }
}

pub(super) fn mind(fields: &mut Fields) -> Mind {
    Mind {
        mood: fields.mood_if("mood"),
        confidence: fields.score_if("confidence"),
        fear: fields.score_if("fear"),
    }
}

pub(super) fn check_in(fields: &mut Fields) -> CheckIn {
    CheckIn {
        sleep_h: fields.number_if("sleep_h", HOURS),
        food: fields.optional("food", truth),
        water: fields.optional("water", truth),
    }
}

pub(super) fn goal(fields: &mut Fields) -> Goal {
    Goal {
        text: fields.filled("text"),
        done_on: fields.date_if("done_on"),
    }
}

pub(super) fn absence(fields: &mut Fields) -> Absence {
    let absence = Absence {
        from: fields.date("from"),
        until: fields.date_if("until"),
        reason: fields.key("reason", AbsenceReason::from_key, AbsenceReason::Other),
        fever: fields.truth("fever", false),
    };
    if absence.until.is_some_and(|until| until < absence.from) {
        fields.fault("until", Problem::EndsBeforeStart);
    }
    absence
}

pub(super) fn freedom(fields: &mut Fields) -> Freedom {
    Freedom {
        name: fields.key("name", FreedomName::from_key, FreedomName::Longer),
        from: fields.date("from"),
    }
}
