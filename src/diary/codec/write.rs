//! Writing entries as JSON: what stands at its default is left out, what this
//! version does not know goes back where it stood.
//!
//! Keys are written in the order of the alphabet and whole numbers without a
//! fraction, so one entry has one text, whoever wrote it.

use super::json_writer::{JsonWriter, json_number};
use crate::diary::entry::{
    Absence, Activity, Appointment, Benchmark, Body, Clearance, Entry, ExerciseSpec, Freedom, Goal,
    Injury, Interval, LadderSpec, LevelSpec, Limits, Mind, Morning, Plan, SelfTest, Session,
    SiteMark, Strength, StrengthItem, StrengthSet, TestResult,
};
use crate::diary::vocabulary::{NamedBy, PainBehaviour, Side};
use serde_json::Value;

/// An entry as JSON, as it is stored, exported and compared.
///
/// `id`, `at` and `kind` are always there; `edited_at` only when set, `deleted`
/// only when true, every other field only when it is not at its default.
pub fn entry_to_json(entry: &Entry) -> Value {
    let mut out = JsonWriter::over(&entry.extra);
    match &entry.body {
        Body::Plan(body) => plan(&mut out, body),
        Body::Clearance(body) => clearance(&mut out, body),
        Body::Session(body) => session(&mut out, body),
        Body::Morning(body) => morning(&mut out, body),
        Body::SelfTest(SelfTest { items }) => out.each("items", items, test_result),
        Body::Strength(Strength { items, pain }) => {
            out.each("items", items, strength_item);
            out.score("pain", *pain);
        }
        Body::Activity(body) => activity(&mut out, body),
        Body::Flag | Body::Unknown(_) => {}
        Body::Benchmark(body) => benchmark(&mut out, body),
        Body::Appointment(body) => appointment(&mut out, body),
        Body::Mind(body) => mind(&mut out, body),
        Body::CheckIn(body) => {
            out.number_if("sleep_h", body.sleep_h);
            out.opt_bool("food", body.food);
            out.opt_bool("water", body.water);
        }
        Body::Goal(body) => goal(&mut out, body),
        Body::Absence(body) => absence(&mut out, body),
        Body::Freedom(Freedom { name, from }) => {
            out.put("name", name.key());
            out.date("from", Some(*from));
        }
    }
    out.text("notes", &entry.notes);
    out.keys("flags", entry.flags.iter().map(|flag| flag.key()));
    out.bool("deleted", entry.deleted, false);
    if let Some(edited_at) = entry.edited_at {
        out.put("edited_at", edited_at.to_rfc3339());
    }
    out.put("kind", entry.body.kind());
    out.put("at", entry.at.to_rfc3339());
    out.put("id", entry.id.to_string());
    out.done()
}

/// The text of [`entry_to_json`], without white space.
pub fn to_text(entry: &Entry) -> String {
    entry_to_json(entry).to_string()
}

fn plan(out: &mut JsonWriter, plan: &Plan) {
    out.more(&plan.extra);
    out.put("injury", injury(&plan.injury));
    out.bool("needs_clearance", plan.needs_clearance, false);
    out.keys(
        "clearance_for",
        plan.clearance_for.iter().map(|why| why.key()),
    );
    out.bool("no_clinician", plan.no_clinician, false);
    out.put("start_stage", plan.start_stage.key());
    out.text_if("start_level", plan.start_level.as_ref());
    if plan.sessions_per_week != 3 {
        out.put("sessions_per_week", plan.sessions_per_week);
    }
    out.keys("days", plan.days.iter().map(|day| day.key()));
    out.score("usual_pain", plan.usual_pain);
    out.number("usual_stiffness_min", plan.usual_stiffness_min);
    out.bool("walking_limp", plan.walking_limp, false);
    out.number_if("longest_painless_walk_min", plan.longest_painless_walk_min);
    out.number_if("longest_painless_run_min", plan.longest_painless_run_min);
    out.number_if("weekly_minutes_before", plan.weekly_minutes_before);
    out.text("goal", &plan.goal);
    out.date("birth_on", plan.birth_on);
    out.date("valid_until", plan.valid_until);
    if let Some(set) = &plan.limits {
        out.put("limits", limits(set));
    }
}

fn injury(injury: &Injury) -> Value {
    let mut out = JsonWriter::over(&injury.extra);
    out.put("profile", injury.profile.key());
    out.put("site", injury.site.key());
    out.put("side", injury.side.key());
    out.date("since", Some(injury.since));
    out.bool("surgery", injury.surgery, false);
    if injury.named_by != NamedBy::Nobody {
        out.put("named_by", injury.named_by.key());
    }
    if let Some(onset) = injury.onset {
        out.put("onset", onset.key());
    }
    out.date("surgery_on", injury.surgery_on);
    out.text("grade", &injury.grade);
    out.text("imaging", &injury.imaging);
    out.done()
}

fn limits(limits: &Limits) -> Value {
    let mut out = JsonWriter::over(&limits.extra);
    out.put("by", limits.by.as_str());
    out.text_if("role", limits.role.as_ref());
    out.score_if("max_pain_during", limits.max_pain_during);
    out.text_if("max_level", limits.max_level.as_ref());
    out.opt_u8("ok_needed", limits.ok_needed);
    out.opt_u8("min_rest_days", limits.min_rest_days);
    out.opt_u8("max_per_week", limits.max_per_week);
    out.score_if("usual_pain", limits.usual_pain);
    if let Some(set) = &limits.ladder {
        out.put("ladder", ladder(set));
    }
    if !limits.exercises.is_empty() {
        out.each("exercises", &limits.exercises, exercise_spec);
    }
    out.done()
}

fn exercise_spec(exercise: &ExerciseSpec) -> Value {
    let mut out = JsonWriter::over(&exercise.extra);
    out.put("pattern", exercise.pattern.as_str());
    out.opt_u8("level", exercise.level);
    out.opt_u8("sets", exercise.sets);
    if let Some(reps) = exercise.reps {
        out.put("reps", reps);
    }
    out.number_if("seconds", exercise.seconds);
    out.done()
}

fn ladder(ladder: &LadderSpec) -> Value {
    let mut out = JsonWriter::over(&ladder.extra);
    out.text("name", &ladder.name);
    if !ladder.levels.is_empty() {
        out.each("levels", &ladder.levels, |level: &LevelSpec| {
            let mut out = JsonWriter::over(&level.extra);
            out.put("id", level.id.as_str());
            out.put("run", json_number(level.run));
            out.put("walk", json_number(level.walk));
            out.put("reps", level.reps);
            out.done()
        });
    }
    out.done()
}

fn clearance(out: &mut JsonWriter, clearance: &Clearance) {
    out.put("granted", clearance.granted);
    out.put("by", clearance.by.as_str());
    out.text("role", &clearance.role);
    out.date("seen_on", clearance.seen_on);
    out.text_if("restart_level", clearance.restart_level.as_ref());
    out.text_if("max_level", clearance.max_level.as_ref());
    out.keys("known_flags", clearance.known_flags.iter().map(|f| f.key()));
    out.bool("softer_profile", clearance.softer_profile, false);
    out.bool("known_painkiller", clearance.known_painkiller, false);
    out.bool("known_fear", clearance.known_fear, false);
    out.score_if("known_usual", clearance.known_usual);
}

fn session(out: &mut JsonWriter, session: &Session) {
    out.put("activity", session.activity.key());
    out.text_if("level", session.level.as_ref());
    out.put("run_min", json_number(session.run_min));
    out.put("walk_min", json_number(session.walk_min));
    out.number_if("planned_run_min", session.planned_run_min);
    if let Some(reason) = session.stopped_for {
        out.put("stopped_for", reason.key());
    }
    out.score("pain_before", session.pain_before);
    out.put("pain_during", session.pain_during.get());
    out.score("pain_after", session.pain_after);
    if session.pattern != PainBehaviour::None {
        out.put("pattern", session.pattern.key());
    }
    out.bool("hurt", session.hurt, false);
    out.swelling(session.swelling);
    out.bool("limp", session.limp, false);
    out.bool("painkiller", session.painkiller, false);
    out.score_if("effort", session.effort);
    out.score_if("fear", session.fear);
    out.mood_if(session.mood);
    out.bool("hard", session.hard, false);
    out.score_if("soreness", session.soreness);
    if !session.sites.is_empty() {
        out.each("sites", &session.sites, |mark: &SiteMark| {
            let mut out = JsonWriter::over(&mark.extra);
            out.put("site", mark.site.key());
            out.put("side", mark.side.key());
            out.put("pain", mark.pain.get());
            out.done()
        });
    }
    out.bool("worse", session.worse, false);
    out.text_if("surface", session.surface.as_ref());
    out.text_if("shoes", session.shoes.as_ref());
    out.number_if("distance_m", session.distance_m);
    if !session.intervals.is_empty() {
        out.each("intervals", &session.intervals, |interval: &Interval| {
            let mut out = JsonWriter::over(&interval.extra);
            out.put("kind", interval.kind.key());
            out.put("planned_s", json_number(interval.planned_s));
            out.put("done_s", json_number(interval.done_s));
            out.done()
        });
    }
}

fn morning(out: &mut JsonWriter, morning: &Morning) {
    out.date("for", morning.for_day);
    out.put("pain", morning.pain.get());
    out.number("stiffness_min", morning.stiffness_min);
    out.swelling(morning.swelling);
    out.bool("limp", morning.limp, false);
    out.opt_bool("settled_within_hour", morning.settled_within_hour);
    out.bool("remembered", morning.remembered, true);
    out.score_if("soreness", morning.soreness);
    out.number_if("sleep_h", morning.sleep_h);
    out.score_if("energy", morning.energy);
    out.mood_if(morning.mood);
    out.bool("worse", morning.worse, false);
}

fn test_result(item: &TestResult) -> Value {
    let mut out = JsonWriter::over(&item.extra);
    out.put("test", item.test.key());
    out.put("passed", item.passed);
    out.number_if("left", item.left);
    out.number_if("right", item.right);
    out.score("pain", item.pain);
    out.done()
}

fn strength_item(item: &StrengthItem) -> Value {
    let mut out = JsonWriter::over(&item.extra);
    out.put("pattern", item.pattern.as_str());
    out.put("exercise", item.exercise.as_str());
    out.put("level", item.level);
    out.each("sets", &item.sets, |set: &StrengthSet| {
        let mut out = JsonWriter::over(&set.extra);
        if let Some(reps) = set.reps {
            out.put("reps", reps);
        }
        out.number_if("seconds", set.seconds);
        out.number_if("load_kg", set.load_kg);
        if set.side != Side::None {
            out.put("side", set.side.key());
        }
        out.done()
    });
    out.done()
}

fn activity(out: &mut JsonWriter, activity: &Activity) {
    out.put("what", activity.what.as_str());
    out.put("minutes", json_number(activity.minutes));
    out.score("pain", activity.pain);
    out.bool("impact", activity.impact, false);
    out.bool("planned", activity.planned, false);
}

fn benchmark(out: &mut JsonWriter, benchmark: &Benchmark) {
    out.put("name", benchmark.name.as_str());
    out.number_if("target", benchmark.target);
    out.text("unit", &benchmark.unit);
    out.number_if("left", benchmark.left);
    out.number_if("right", benchmark.right);
    out.number_if("value", benchmark.value);
    out.bool("met", benchmark.met, false);
    out.text("agreed_with", &benchmark.agreed_with);
    if let Some(stage) = benchmark.gates_stage {
        out.put("gates_stage", stage.key());
    }
}

fn appointment(out: &mut JsonWriter, appointment: &Appointment) {
    out.put("with", appointment.with.as_str());
    out.date("date", Some(appointment.date));
    out.opt_bool("kept", appointment.kept);
    out.text("questions", &appointment.questions);
}

fn mind(out: &mut JsonWriter, mind: &Mind) {
    out.mood_if(mind.mood);
    out.score_if("confidence", mind.confidence);
    out.score_if("fear", mind.fear);
}

fn goal(out: &mut JsonWriter, goal: &Goal) {
    out.put("text", goal.text.as_str());
    out.date("done_on", goal.done_on);
}

fn absence(out: &mut JsonWriter, absence: &Absence) {
    out.date("from", Some(absence.from));
    out.date("until", absence.until);
    out.put("reason", absence.reason.key());
    out.bool("fever", absence.fever, false);
}
