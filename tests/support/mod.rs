//! What the integration tests share: any valid entry, for proptest.
//!
//! `mod support;` in a test file, then `support::any_entry()`.
#![allow(dead_code, reason = "no test file uses all of it")]

pub mod contract;
pub mod diaries;
pub mod lives;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use footing::diary::entry::{
    Absence, Activity, Appointment, Benchmark, Body, CheckIn, Clearance, Entry, ExerciseSpec,
    Extra, Freedom, Goal, Injury, Interval, LadderSpec, LevelSpec, Limits, Mind, Mood, Morning,
    Plan, Score, SelfTest, Session, SiteMark, Strength, StrengthItem, StrengthSet, TestResult,
};
use footing::diary::vocabulary::{
    AbsenceReason, ClearanceReason, FreedomName, IntervalKind, Movement, NamedBy, Onset,
    PainBehaviour, Profile, RedFlag, Side, Site, Stage, StoppedFor, Swelling, TestItem, Weekday,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use uuid::Uuid;

/// Any valid entry of any kind, unknown kinds and unknown fields included.
pub fn any_entry() -> impl Strategy<Value = Entry> {
    let head = (any_id(), any_instant(), of(any_instant()), any::<bool>());
    let flags = vec(select(RedFlag::ALL), 0..3);
    (head, any_text(), flags, any_extra()).prop_flat_map(|(head, notes, flags, extra)| {
        let (id, at, edited_at, deleted) = head;
        any_body(footing::diary::entry::day_of(&at)).prop_map(move |body| Entry {
            id,
            at,
            edited_at,
            deleted,
            notes: notes.clone(),
            flags: flags.clone(),
            body,
            extra: extra.clone(),
        })
    })
}

/// Any body of an entry that belongs to that day. Boxed: the strategies of all kinds at
/// once are more than a test thread's stack holds.
pub fn any_body(day: NaiveDate) -> impl Strategy<Value = Body> {
    prop_oneof![
        any_plan(day)
            .prop_map(|body| Body::Plan(Box::new(body)))
            .boxed(),
        any_clearance().prop_map(Body::Clearance).boxed(),
        any_session()
            .prop_map(|body| Body::Session(Box::new(body)))
            .boxed(),
        any_morning().prop_map(Body::Morning).boxed(),
        any_self_test().prop_map(Body::SelfTest).boxed(),
        any_strength().prop_map(Body::Strength).boxed(),
        any_activity().prop_map(Body::Activity).boxed(),
        Just(Body::Flag),
        any_benchmark().prop_map(Body::Benchmark).boxed(),
        any_appointment().prop_map(Body::Appointment).boxed(),
        any_mind().prop_map(Body::Mind).boxed(),
        any_check_in().prop_map(Body::CheckIn).boxed(),
        any_goal().prop_map(Body::Goal).boxed(),
        any_absence().prop_map(Body::Absence).boxed(),
        any_freedom().prop_map(Body::Freedom).boxed(),
        "x[a-z]{0,5}".prop_map(Body::Unknown),
    ]
}

/// Any id but the nil one.
pub fn any_id() -> impl Strategy<Value = Uuid> {
    (1..=u128::MAX).prop_map(Uuid::from_u128)
}

/// Any instant from 1900 to 2190, to the second or finer, at any offset.
pub fn any_instant() -> impl Strategy<Value = DateTime<FixedOffset>> {
    let nanos = prop_oneof![4 => Just(0), 1 => 0..1_000_000_000_u32];
    let seconds = -2_208_000_000..6_940_000_000_i64;
    (seconds, nanos, -840..=840).prop_map(|(seconds, nanos, minutes)| {
        let offset = FixedOffset::east_opt(minutes * 60).expect("an offset");
        let at = DateTime::from_timestamp(seconds, nanos).expect("an instant");
        at.with_timezone(&offset)
    })
}

/// Any day from 1900 to 2190.
pub fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0..106_000_i64).prop_map(|days| {
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day");
        first + TimeDelta::days(days)
    })
}

/// Any score, 0 to 10.
pub fn any_score() -> impl Strategy<Value = Score> {
    (0..=10_u8).prop_map(|number| Score::new(number).expect("a score"))
}

/// Any mood, 1 to 5.
pub fn any_mood() -> impl Strategy<Value = Mood> {
    (1..=5_u8).prop_map(|number| Mood::new(number).expect("a mood"))
}

/// Any number from 0 to `max`: whole, a fraction as timers leave it, or awkward.
pub fn any_number(max: f64) -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(max),
        (0.0..=max).prop_map(f64::floor),
        (0.0..=max).prop_map(|number| (number * 60.0).floor() / 60.0),
        0.0..=max,
    ]
}

/// Any text, empty ones included.
pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), ".{0,30}"]
}

/// Any text that says something.
pub fn any_words() -> impl Strategy<Value = String> {
    "[a-zé🦶].{0,20}"
}

/// The name of a level, known or not.
pub fn any_level() -> impl Strategy<Value = String> {
    prop_oneof![any_built_in_level(), "[A-Z][a-z0-9 ]{0,10}"]
}

/// A level of the built-in line.
pub fn any_built_in_level() -> impl Strategy<Value = String> {
    prop_oneof!["W[1-5]", "R[1-9]", "R1[0-3]", "C[1-6]"]
}

/// Fields that no version knows.
pub fn any_extra() -> impl Strategy<Value = Extra> {
    let field = ("x[a-z.\\[\"é]{0,6}", any_json());
    prop_oneof![
        2 => Just(Extra::new()),
        1 => vec(field, 1..4).prop_map(|fields| fields.into_iter().collect()),
    ]
}

/// Any JSON value.
pub fn any_json() -> impl Strategy<Value = Value> {
    let number = any::<f64>().prop_filter("finite", |number| number.is_finite());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        number.prop_map(Value::from),
        (-20..20_i32).prop_map(Value::from),
        any_text().prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(Value::from),
        any_instant().prop_map(|at| Value::from(at.to_rfc3339())),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec(("[a-z_]{0,8}", inner), 0..5).prop_map(|list| list.into_iter().collect()),
        ]
    })
}

/// A clinician's ladder that can be climbed.
pub fn any_ladder() -> impl Strategy<Value = LadderSpec> {
    let rung = (1.0..2.0_f64, 1..20_u32, any_number(10.0), any_extra());
    (any_text(), 0.1..30.0_f64, vec(rung, 1..6), any_extra()).prop_map(
        |(name, first, rungs, extra)| {
            let mut total = first;
            let mut levels = Vec::new();
            for (index, (factor, reps, walk, extra)) in rungs.into_iter().enumerate() {
                if index > 0 {
                    total *= factor;
                }
                levels.push(LevelSpec {
                    id: format!("L{index}"),
                    run: total / f64::from(reps),
                    walk,
                    reps,
                    extra,
                });
            }
            LadderSpec {
                name,
                levels,
                extra,
            }
        },
    )
}

/// A ladder that is only named.
fn any_ready_ladder() -> impl Strategy<Value = LadderSpec> {
    let name = prop_oneof![Just("brisk".to_owned()), any_text()];
    (name, any_extra()).prop_map(|(name, extra)| LadderSpec {
        name,
        levels: Vec::new(),
        extra,
    })
}

fn any_exercise() -> impl Strategy<Value = ExerciseSpec> {
    let counts = (of(1..=4_u8), of(1..=20_u8), of(0..=10_000_u32));
    let seconds = of(any_number(86_400.0));
    (any_words(), counts, seconds, any_extra()).prop_map(|(pattern, counts, seconds, extra)| {
        ExerciseSpec {
            pattern,
            level: counts.0,
            sets: counts.1,
            reps: counts.2,
            seconds,
            extra,
        }
    })
}

fn any_limits() -> impl Strategy<Value = Limits> {
    let who = (
        any_words(),
        of(any_text()),
        of(any_score()),
        of(any_level()),
    );
    let counts = (of(1..=20_u8), of(0..=14_u8), of(1..=7_u8));
    let ladder = prop_oneof![any_ladder().boxed(), any_ready_ladder().boxed()];
    let what = (
        of(any_score()),
        of(ladder),
        vec(any_exercise().boxed(), 0..3),
    );
    (who, counts, what, any_extra()).prop_map(|(who, counts, what, extra)| Limits {
        by: who.0,
        role: who.1,
        max_pain_during: who.2,
        max_level: who.3,
        ok_needed: counts.0,
        min_rest_days: counts.1,
        max_per_week: counts.2,
        usual_pain: what.0,
        ladder: what.1,
        exercises: what.2,
        extra,
    })
}

/// Any injury.
pub fn any_injury() -> impl Strategy<Value = Injury> {
    let place = (select(Profile::ALL), select(Site::ALL), select(Side::ALL));
    let named = (select(NamedBy::ALL), of(select(Onset::ALL)));
    let surgery = (any::<bool>(), of(any_date()), any_text(), any_text());
    let rest = (any_date(), surgery, named, any_extra());
    (place, rest).prop_map(|(place, rest)| Injury {
        profile: place.0,
        site: place.1,
        side: place.2,
        since: rest.0,
        surgery: rest.1.0,
        named_by: rest.2.0,
        onset: rest.2.1,
        surgery_on: rest.1.1,
        grade: rest.1.2,
        imaging: rest.1.3,
        extra: rest.3,
    })
}

/// Any plan entered on that day.
pub fn any_plan(day: NaiveDate) -> impl Strategy<Value = Plan> {
    let reasons = vec(select(ClearanceReason::ALL), 0..3);
    // Boxed, as in `any_body`.
    let who = (any_injury().boxed(), any::<bool>(), any::<bool>(), reasons);
    let start = (select(Stage::ALL), of(any_built_in_level()), any::<bool>());
    let week = (1..=4_u8, vec(select(Weekday::ALL), 0..7));
    let usual = (any_score(), any_number(1440.0));
    let walking = (any::<bool>(), of(any_number(1440.0)));
    let before = (of(any_number(1440.0)), of(any_number(10_080.0)), walking);
    let until = of((0..1000_i64).prop_map(move |days| day + TimeDelta::days(days)));
    let rest = (any_text(), until, of(any_limits().boxed()));
    (who, start, week, usual, before, rest).prop_map(
        move |(who, start, week, usual, before, rest)| {
            let (goal, valid_until, limits) = rest;
            let (start_stage, mut start_level, own) = start;
            let ladder = limits.as_ref().and_then(|limits| limits.ladder.as_ref());
            if let (true, Some(level)) = (own, ladder.and_then(|ladder| ladder.levels.first())) {
                start_level = Some(level.id.clone());
            }
            Plan {
                injury: who.0,
                needs_clearance: who.1,
                clearance_for: who.3,
                no_clinician: who.2,
                start_stage,
                start_level,
                sessions_per_week: week.0,
                days: week.1,
                usual_pain: usual.0,
                usual_stiffness_min: usual.1,
                walking_limp: before.2.0,
                longest_painless_walk_min: before.2.1,
                longest_painless_run_min: before.0,
                weekly_minutes_before: before.1,
                goal,
                birth_on: who.1.then_some(day),
                valid_until,
                limits,
            }
        },
    )
}

/// Any clearance.
pub fn any_clearance() -> impl Strategy<Value = Clearance> {
    let who = (any::<bool>(), any_words(), any_text(), of(any_date()));
    let what = (of(any_level()), of(any_level()));
    let flags = vec(select(RedFlag::ALL), 0..3);
    let usual = of((0..=5_u8).prop_map(|number| Score::new(number).expect("a score")));
    let known = (flags, any::<[bool; 2]>(), usual);
    (who, what, known, any::<bool>()).prop_map(|(who, what, known, softer_profile)| {
        let (known_flags, [known_painkiller, known_fear], known_usual) = known;
        Clearance {
            granted: who.0,
            by: who.1,
            role: who.2,
            seen_on: who.3,
            restart_level: what.0,
            max_level: what.1,
            known_flags,
            softer_profile,
            known_painkiller,
            known_fear,
            known_usual,
        }
    })
}

/// Any session.
pub fn any_session() -> impl Strategy<Value = Session> {
    let minutes = || any_number(1440.0);
    let done = (
        select(Movement::ALL),
        of(any_level()),
        minutes(),
        minutes(),
        of(minutes()),
        of(select(StoppedFor::ALL)),
    );
    let pain = (
        [any_score(), any_score(), any_score()],
        select(PainBehaviour::ALL),
        select(Swelling::ALL),
        any::<[bool; 5]>(),
    );
    let felt = (
        of(any_score()),
        of(any_score()),
        of(any_mood()),
        of(any_score()),
    );
    let mark = (
        select(Site::ALL),
        select(Side::ALL),
        any_score(),
        any_extra(),
    );
    let mark = mark.prop_map(|(site, side, pain, extra)| SiteMark {
        site,
        side,
        pain,
        extra,
    });
    let seconds = || any_number(86_400.0);
    let interval = (select(IntervalKind::ALL), seconds(), seconds(), any_extra());
    let interval = interval.prop_map(|(kind, planned_s, done_s, extra)| Interval {
        kind,
        planned_s,
        done_s,
        extra,
    });
    let rest = (
        vec(mark, 0..3),
        of(any_text()),
        of(any_text()),
        of(any_number(500_000.0)),
        vec(interval, 0..4),
    );
    (done, pain, felt, rest).prop_map(|(done, pain, felt, rest)| {
        let ([pain_before, pain_during, pain_after], pattern, swelling, truths) = pain;
        let [hurt, limp, painkiller, hard, worse] = truths;
        Session {
            activity: done.0,
            level: done.1,
            run_min: done.2,
            walk_min: done.3,
            planned_run_min: done.4,
            stopped_for: done.5,
            pain_before,
            pain_during,
            pain_after,
            pattern,
            hurt,
            swelling,
            limp,
            painkiller,
            effort: felt.0,
            fear: felt.1,
            mood: felt.2,
            hard,
            soreness: felt.3,
            sites: rest.0,
            worse,
            surface: rest.1,
            shoes: rest.2,
            tried: None,
            distance_m: rest.3,
            intervals: rest.4,
        }
    })
}

/// Any morning answer.
pub fn any_morning() -> impl Strategy<Value = Morning> {
    let body = (
        of(any_date()),
        any_score(),
        any_number(1440.0),
        select(Swelling::ALL),
    );
    let truths = (any::<[bool; 3]>(), of(any::<bool>()));
    let felt = (of(any_score()), of(any_score()), of(any_mood()));
    (body, truths, of(any_number(24.0)), felt).prop_map(|(body, truths, sleep_h, felt)| {
        let ([limp, remembered, worse], settled_within_hour) = truths;
        Morning {
            for_day: body.0,
            pain: body.1,
            stiffness_min: body.2,
            swelling: body.3,
            limp,
            settled_within_hour,
            remembered,
            soreness: felt.0,
            sleep_h,
            energy: felt.1,
            mood: felt.2,
            worse,
        }
    })
}

/// Any self-test.
pub fn any_self_test() -> impl Strategy<Value = SelfTest> {
    let sides = (of(any_number(86_400.0)), of(any_number(86_400.0)));
    let item = (select(TestItem::ALL), any::<bool>(), sides, any_score());
    let item = (item, any_extra()).prop_map(|((test, passed, sides, pain), extra)| TestResult {
        test,
        passed,
        left: sides.0,
        right: sides.1,
        pain,
        extra,
    });
    vec(item, 0..9).prop_map(|items| SelfTest { items })
}

/// Any strength session.
pub fn any_strength() -> impl Strategy<Value = Strength> {
    let load = (of(any_number(86_400.0)), of(any_number(1000.0)));
    let set = (of(0..=10_000_u32), load, select(Side::ALL), any_extra());
    let set = set.prop_map(|(reps, load, side, extra)| StrengthSet {
        reps,
        seconds: load.0,
        load_kg: load.1,
        side,
        extra,
    });
    let item = (any_words(), any_words(), 1..=4_u8, vec(set, 0..4));
    let item =
        (item, any_extra()).prop_map(|((pattern, exercise, level, sets), extra)| StrengthItem {
            pattern,
            exercise,
            level,
            sets,
            extra,
        });
    (vec(item, 0..4), any_score()).prop_map(|(items, pain)| Strength { items, pain })
}

/// Any other activity.
pub fn any_activity() -> impl Strategy<Value = Activity> {
    let how = (any::<bool>(), any::<bool>());
    (any_words(), any_number(1440.0), any_score(), how).prop_map(
        |(what, minutes, pain, (impact, planned))| Activity {
            what,
            minutes,
            pain,
            impact,
            planned,
        },
    )
}

/// Any benchmark.
pub fn any_benchmark() -> impl Strategy<Value = Benchmark> {
    let number = || of(-1_000_000.0..=1_000_000.0_f64);
    let numbers = (number(), number(), number(), number());
    let texts = (any_words(), any_text(), any_text());
    (numbers, texts, any::<bool>(), of(select(Stage::ALL))).prop_map(
        |(numbers, texts, met, gates_stage)| Benchmark {
            name: texts.0,
            target: numbers.0,
            unit: texts.1,
            left: numbers.1,
            right: numbers.2,
            value: numbers.3,
            met,
            agreed_with: texts.2,
            gates_stage,
        },
    )
}

/// Any appointment.
pub fn any_appointment() -> impl Strategy<Value = Appointment> {
    let body = (any_words(), any_date(), of(any::<bool>()), any_text());
    body.prop_map(|(with, date, kept, questions)| Appointment {
        with,
        date,
        kept,
        questions,
    })
}

/// Any light check-in.
pub fn any_check_in() -> impl Strategy<Value = CheckIn> {
    let body = (of(any_number(24.0)), of(any::<bool>()), of(any::<bool>()));
    body.prop_map(|(sleep_h, food, water)| CheckIn {
        sleep_h,
        food,
        water,
    })
}

/// Any word on the mind.
pub fn any_mind() -> impl Strategy<Value = Mind> {
    (of(any_mood()), of(any_score()), of(any_score())).prop_map(|(mood, confidence, fear)| Mind {
        mood,
        confidence,
        fear,
    })
}

/// Any small goal.
pub fn any_goal() -> impl Strategy<Value = Goal> {
    (any_words(), of(any_date())).prop_map(|(text, done_on)| Goal { text, done_on })
}

/// Any absence, open or ended.
pub fn any_absence() -> impl Strategy<Value = Absence> {
    let days = of((0..1000_i64).prop_map(TimeDelta::days));
    let reason = select(AbsenceReason::ALL);
    (any_date(), days, reason, any::<bool>()).prop_map(|(from, days, reason, fever)| Absence {
        from,
        until: days.map(|days| from + days),
        reason,
        fever,
    })
}

/// Any freedom.
pub fn any_freedom() -> impl Strategy<Value = Freedom> {
    (select(FreedomName::ALL), any_date()).prop_map(|(name, from)| Freedom { name, from })
}
