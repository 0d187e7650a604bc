//! The data contract as a table: every kind, every field, what it takes, and
//! what is wrong with values that it does not take.

use footing::diary::codec::FieldErrorKind;
use serde_json::{Value, json};

/// Every kind with every field off its default, written as the door writes it.
pub fn full() -> Vec<Value> {
    let at = |mut value: Value| {
        value["id"] = json!("01890a5d-ac96-774b-bcce-b302099a8057");
        value["at"] = json!("2026-03-02T18:00:00+01:00");
        value["edited_at"] = json!("2026-03-02T19:00:00.500-03:30");
        value["deleted"] = json!(true);
        value["notes"] = json!("Cold, \"wet\" 🦶");
        value["flags"] = json!(["night-pain", "wound"]);
        value
    };
    [
        json!({"kind": "plan", "needs_clearance": true, "no_clinician": true,
            "injury": {"profile": "tendon", "site": "achilles", "side": "left",
                "since": "2025-12-01", "surgery": true, "named_by": "clinician",
                "onset": "gradual", "surgery_on": "2025-12-05", "grade": "2b",
                "imaging": "ultrasound"},
            "clearance_for": ["pregnant", "heart"], "walking_limp": true,
            "longest_painless_walk_min": 25,
            "start_stage": "run-walk", "start_level": "R3", "sessions_per_week": 2,
            "days": ["mon", "thu"], "usual_pain": 1, "usual_stiffness_min": 7.5,
            "longest_painless_run_min": 12, "weekly_minutes_before": 180, "birth_on": "2026-01-02", "goal": "10k",
            "valid_until": "2026-06-30",
            "limits": {"by": "A. Physio", "role": "physio", "max_pain_during": 3,
                "max_level": "C2", "ok_needed": 3, "min_rest_days": 0, "max_per_week": 3,
                "usual_pain": 2, "exercises": [
                    {"pattern": "calf", "level": 2, "sets": 3, "reps": 12, "seconds": 45}],
                "ladder": {"name": "slow", "levels": [
                    {"id": "A1", "run": 0.5, "walk": 2, "reps": 6},
                    {"id": "A2", "run": 1, "walk": 2, "reps": 6},
                    {"id": "A3", "run": 5, "walk": 0, "reps": 1}]}}}),
        json!({"kind": "clearance", "granted": true, "by": "Dr B", "role": "doctor",
            "seen_on": "2026-03-01", "restart_level": "R2", "max_level": "C1",
            "known_flags": ["numbness"], "softer_profile": true,
            "known_painkiller": true, "known_fear": true, "known_usual": 3}),
        json!({"kind": "session", "activity": "run-walk", "level": "R3", "run_min": 9.75,
            "walk_min": 20, "planned_run_min": 10, "stopped_for": "pain", "pain_before": 1,
            "pain_during": 4, "pain_after": 2, "pattern": "rising", "hurt": true,
            "swelling": "more", "limp": true, "painkiller": true, "effort": 4, "fear": 6,
            "mood": 3, "hard": true, "soreness": 5, "worse": true, "surface": "grass", "shoes": "old", "tried": "cadence",
            "distance_m": 3200.5,
            "sites": [{"site": "calf", "side": "right", "pain": 2}],
            "intervals": [{"kind": "run", "planned_s": 60, "done_s": 59.5}]}),
        json!({"kind": "morning", "for": "2026-03-01", "pain": 2, "stiffness_min": 10,
            "swelling": "clear", "limp": true, "settled_within_hour": false,
            "remembered": false, "soreness": 3, "sleep_h": 7.5, "energy": 5, "mood": 4,
            "worse": true}),
        json!({"kind": "self-test", "items": [
            {"test": "calf-raise", "passed": true, "left": 18, "right": 20, "pain": 1}]}),
        json!({"kind": "strength", "pain": 1, "items": [
            {"pattern": "calf", "exercise": "heel raise", "level": 2, "sets": [
                {"reps": 12, "seconds": 30, "load_kg": 7.5, "side": "left"}]}]}),
        json!({"kind": "activity", "what": "cycling", "minutes": 40, "pain": 1, "impact": true,
            "planned": true}),
        json!({"kind": "flag"}),
        json!({"kind": "benchmark", "name": "single-leg squat", "target": 20, "unit": "reps",
            "left": 12, "right": 18, "value": -1.5, "met": true, "agreed_with": "physio",
            "gates_stage": "running"}),
        json!({"kind": "appointment", "with": "physio", "date": "2026-03-05", "kept": false,
            "questions": "May I hop?"}),
        json!({"kind": "mind", "mood": 1, "confidence": 0, "fear": 10}),
        json!({"kind": "check-in", "sleep_h": 7.5, "food": true, "water": false}),
        json!({"kind": "goal", "text": "stairs", "done_on": "2026-03-01"}),
        json!({"kind": "absence", "from": "2026-02-01", "until": "2026-02-01",
            "reason": "illness", "fever": true}),
        json!({"kind": "freedom", "name": "hills", "from": "2026-03-02"}),
        json!({"kind": "from-tomorrow", "pain": "very", "items": {"level": [null, 1e300]}}),
    ]
    .map(at)
    .into()
}

/// The one of that kind.
pub fn full_of(kind: &str) -> Value {
    let found = full().into_iter().find(|value| value["kind"] == kind);
    found.expect("the kind")
}

/// What a field takes.
#[derive(Clone, Copy)]
pub enum Takes {
    Id,
    Instant,
    Date,
    Truth,
    Text,
    Words,
    Level,
    Key,
    Keys,
    Number(f64, f64),
    Whole(f64, f64),
    Object,
    Objects(usize),
}
use Takes::{
    Date, Id, Instant, Key, Keys, Level, Number, Object, Objects, Text, Truth, Whole, Words,
};

const SCORE: Takes = Whole(0.0, 10.0);
const MOOD: Takes = Whole(1.0, 5.0);
const MINUTES: Takes = Number(0.0, 1440.0);
const SECONDS: Takes = Number(0.0, 86_400.0);
const MEASURE: Takes = Number(-1e6, 1e6);
const LIST: Takes = Objects(500);

/// Fields of every kind, then kind by kind; `!` marks those without a default.
pub const COMMON: &[(&str, Takes)] = &[
    ("id!", Id),
    ("at!", Instant),
    ("edited_at", Instant),
    ("deleted", Truth),
    ("notes", Text),
    ("flags", Keys),
    ("kind!", Words),
];
pub const FIELDS: &[(&str, &[(&str, Takes)])] = &[
    (
        "plan",
        &[
            ("injury!", Object),
            ("injury.profile!", Key),
            ("injury.site!", Key),
            ("injury.side!", Key),
            ("injury.since!", Date),
            ("injury.surgery", Truth),
            ("injury.named_by", Key),
            ("injury.onset", Key),
            ("injury.surgery_on", Date),
            ("injury.grade", Text),
            ("injury.imaging", Text),
            ("needs_clearance", Truth),
            ("clearance_for", Keys),
            ("no_clinician", Truth),
            ("start_stage!", Key),
            ("start_level", Level),
            ("sessions_per_week", Whole(1.0, 4.0)),
            ("days", Keys),
            ("usual_pain", SCORE),
            ("usual_stiffness_min", MINUTES),
            ("walking_limp", Truth),
            ("longest_painless_walk_min", MINUTES),
            ("longest_painless_run_min", MINUTES),
            ("weekly_minutes_before", Number(0.0, 10_080.0)),
            ("goal", Text),
            ("birth_on", Date),
            ("valid_until", Date),
            ("limits", Object),
            ("limits.by!", Text),
            ("limits.role", Text),
            ("limits.max_pain_during", SCORE),
            ("limits.max_level", Level),
            ("limits.ok_needed", Whole(1.0, 20.0)),
            ("limits.min_rest_days", Whole(0.0, 14.0)),
            ("limits.max_per_week", Whole(1.0, 7.0)),
            ("limits.usual_pain", SCORE),
            ("limits.exercises", LIST),
            ("limits.exercises[0].pattern!", Words),
            ("limits.exercises[0].level", Whole(1.0, 4.0)),
            ("limits.exercises[0].sets", Whole(1.0, 20.0)),
            ("limits.exercises[0].reps", Whole(0.0, 10_000.0)),
            ("limits.exercises[0].seconds", SECONDS),
            ("limits.ladder", Object),
            ("limits.ladder.name", Text),
            ("limits.ladder.levels", Objects(100)),
            ("limits.ladder.levels[1].id!", Level),
            ("limits.ladder.levels[1].run!", MINUTES),
            ("limits.ladder.levels[1].walk!", MINUTES),
            ("limits.ladder.levels[1].reps!", Whole(1.0, 1000.0)),
        ],
    ),
    (
        "clearance",
        &[
            ("granted!", Truth),
            ("by!", Words),
            ("role", Text),
            ("seen_on", Date),
            ("restart_level", Level),
            ("max_level", Level),
            ("known_flags", Keys),
            ("softer_profile", Truth),
            ("known_painkiller", Truth),
            ("known_fear", Truth),
            ("known_usual", Whole(0.0, 5.0)),
        ],
    ),
    (
        "session",
        &[
            ("activity!", Key),
            ("level", Level),
            ("run_min!", MINUTES),
            ("walk_min!", MINUTES),
            ("planned_run_min", MINUTES),
            ("stopped_for", Key),
            ("pain_before", SCORE),
            ("pain_during!", SCORE),
            ("pain_after", SCORE),
            ("pattern", Key),
            ("hurt", Truth),
            ("swelling", Key),
            ("limp", Truth),
            ("painkiller", Truth),
            ("effort", SCORE),
            ("fear", SCORE),
            ("mood", MOOD),
            ("hard", Truth),
            ("soreness", SCORE),
            ("sites", LIST),
            ("sites[0].site!", Key),
            ("sites[0].side!", Key),
            ("sites[0].pain!", SCORE),
            ("worse", Truth),
            ("surface", Text),
            ("shoes", Text),
            ("tried", Text),
            ("distance_m", Number(0.0, 500_000.0)),
            ("intervals", LIST),
            ("intervals[0].kind!", Key),
            ("intervals[0].planned_s!", SECONDS),
            ("intervals[0].done_s!", SECONDS),
        ],
    ),
    (
        "morning",
        &[
            ("for", Date),
            ("pain!", SCORE),
            ("stiffness_min", MINUTES),
            ("swelling", Key),
            ("limp", Truth),
            ("settled_within_hour", Truth),
            ("remembered", Truth),
            ("soreness", SCORE),
            ("sleep_h", Number(0.0, 24.0)),
            ("energy", SCORE),
            ("mood", MOOD),
            ("worse", Truth),
        ],
    ),
    (
        "self-test",
        &[
            ("items!", LIST),
            ("items[0].test!", Key),
            ("items[0].passed!", Truth),
            ("items[0].left", SECONDS),
            ("items[0].right", SECONDS),
            ("items[0].pain", SCORE),
        ],
    ),
    (
        "strength",
        &[
            ("items!", LIST),
            ("items[0].pattern!", Words),
            ("items[0].exercise!", Words),
            ("items[0].level!", Whole(1.0, 4.0)),
            ("items[0].sets!", LIST),
            ("items[0].sets[0].reps", Whole(0.0, 10_000.0)),
            ("items[0].sets[0].seconds", SECONDS),
            ("items[0].sets[0].load_kg", Number(0.0, 1000.0)),
            ("items[0].sets[0].side", Key),
            ("pain", SCORE),
        ],
    ),
    (
        "activity",
        &[
            ("what!", Words),
            ("minutes!", MINUTES),
            ("pain", SCORE),
            ("impact", Truth),
            ("planned", Truth),
        ],
    ),
    (
        "benchmark",
        &[
            ("name!", Words),
            ("target", MEASURE),
            ("unit", Text),
            ("left", MEASURE),
            ("right", MEASURE),
            ("value", MEASURE),
            ("met", Truth),
            ("agreed_with", Text),
            ("gates_stage", Key),
        ],
    ),
    (
        "appointment",
        &[
            ("with!", Words),
            ("date!", Date),
            ("kept", Truth),
            ("questions", Text),
        ],
    ),
    (
        "mind",
        &[("mood", MOOD), ("confidence", SCORE), ("fear", SCORE)],
    ),
    (
        "check-in",
        &[
            ("sleep_h", Number(0.0, 24.0)),
            ("food", Truth),
            ("water", Truth),
        ],
    ),
    ("goal", &[("text!", Words), ("done_on", Date)]),
    (
        "absence",
        &[
            ("from!", Date),
            ("until", Date),
            ("reason!", Key),
            ("fever", Truth),
        ],
    ),
    ("freedom", &[("name!", Key), ("from!", Date)]),
    ("flag", &[]),
];

/// `a.b[0].c` as a JSON pointer.
pub fn pointer(path: &str) -> String {
    format!(
        "/{}",
        path.replace('[', "/").replace(']', "").replace('.', "/")
    )
}

/// Puts a value in the place of the one that is there.
pub fn set(value: &mut Value, path: &str, to: Value) {
    *value.pointer_mut(&pointer(path)).expect(path) = to;
}

/// Bad values for a field, with what is wrong about them.
#[allow(clippy::too_many_lines, reason = "a table")]
pub fn bad(takes: Takes) -> Vec<(Value, FieldErrorKind)> {
    let out =
        |min: f64, max: f64, got: f64| (json!(got), FieldErrorKind::OutOfRange { min, max, got });
    let unknown = |got: &str| (json!(got), FieldErrorKind::UnknownKey { got: got.into() });
    let year = |text: &str, got: f64| {
        let (min, max) = (1900.0, 2200.0);
        (json!(text), FieldErrorKind::OutOfRange { min, max, got })
    };
    let long = |max: usize| (json!("é".repeat(max + 1)), FieldErrorKind::TooLong { max });
    let many = |max: usize| {
        (
            json!(vec![json!({}); max + 1]),
            FieldErrorKind::TooMany { max },
        )
    };
    let not = |problem: FieldErrorKind, values: &[Value]| {
        let pair = |value: &Value| (value.clone(), problem.clone());
        values.iter().map(pair).collect::<Vec<_>>()
    };
    let texts = [json!(7), json!(true), json!([]), json!({})];
    let numbers = [json!("7"), json!(true), json!([7]), json!({})];
    let dates = [
        "",
        "2026-3-02",
        "2026-02-30",
        "2026-13-01",
        "2026-03-02T00:00:00Z",
        "02.03.2026",
        "+026-03-02",
        "2026/03/02",
        "２０２６-03-02",
        "2026-03-0é",
    ];
    let instants = [
        "",
        "2026-03-02",
        "2026-03-02T18:00:00",
        "2026-03-02T25:00:00Z",
        "2026-02-30T12:00:00Z",
        "yesterday",
    ];
    match takes {
        Id => [
            not(FieldErrorKind::NotText, &texts),
            not(
                FieldErrorKind::BadId,
                &[
                    json!(""),
                    json!("7"),
                    json!("00000000-0000-0000-0000-000000000000"),
                ],
            ),
        ]
        .concat(),
        Instant => [
            not(FieldErrorKind::NotAnInstant, &texts),
            not(FieldErrorKind::NotAnInstant, &instants.map(Value::from)),
            vec![
                year("1899-12-31T23:59:59Z", 1899.0),
                year("2201-01-01T00:00:00+14:00", 2201.0),
            ],
        ]
        .concat(),
        Date => [
            not(FieldErrorKind::NotADate, &texts),
            not(FieldErrorKind::NotADate, &dates.map(Value::from)),
            vec![year("1899-12-31", 1899.0), year("2201-01-01", 2201.0)],
        ]
        .concat(),
        Truth => not(
            FieldErrorKind::NotABool,
            &[json!(0), json!("true"), json!([]), json!({})],
        ),
        Text => [not(FieldErrorKind::NotText, &texts), vec![long(20_000)]].concat(),
        Words => [
            not(FieldErrorKind::NotText, &texts),
            not(FieldErrorKind::Empty, &[json!(""), json!(" \n")]),
            vec![long(20_000)],
        ]
        .concat(),
        Level => [
            not(FieldErrorKind::NotText, &texts),
            not(FieldErrorKind::Empty, &[json!(""), json!(" ")]),
            vec![long(40)],
        ]
        .concat(),
        Key => [
            not(FieldErrorKind::NotText, &texts),
            vec![unknown("nonsense"), unknown(""), unknown("None")],
        ]
        .concat(),
        Keys => [
            not(
                FieldErrorKind::NotAList,
                &[json!({}), json!("wound"), json!(1)],
            ),
            vec![many(500)],
        ]
        .concat(),
        Number(min, max) => [
            not(FieldErrorKind::NotANumber, &numbers),
            vec![
                out(min, max, min - 0.5),
                out(min, max, max + 0.5),
                out(min, max, 1e300),
            ],
        ]
        .concat(),
        Whole(min, max) => [
            not(FieldErrorKind::NotANumber, &numbers),
            not(FieldErrorKind::NotWhole, &[json!(min + 0.5)]),
            vec![
                out(min, max, min - 1.0),
                out(min, max, max + 1.0),
                out(min, max, -1e300),
            ],
        ]
        .concat(),
        Object => not(
            FieldErrorKind::NotAnObject,
            &[json!([]), json!("x"), json!(1), json!(false)],
        ),
        Objects(max) => [
            not(FieldErrorKind::NotAList, &[json!({}), json!("x"), json!(1)]),
            vec![many(max)],
        ]
        .concat(),
    }
}
