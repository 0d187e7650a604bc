//! Writes the demo diary: `cargo run --example demo_diary > public/demo.json`.
//!
//! A made-up runner lives fourteen weeks by the guidance of each day, but for what is
//! scripted below: a self-test that fails and passes a week later, an illness with
//! fever, one run too much off the plan, and mornings left out. `tests/demo.rs` replays
//! the file.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use chrono::{Datelike, NaiveDate};
use footing::diary::Diary;
use footing::diary::codec;
use footing::diary::vocabulary::TestItem;
use footing::rules::guidance::{Advice, Guidance};
use footing::rules::progression::guidance;
use footing::session::plan::SessionPlan;
use footing::strength::Concerns;
use footing::strength::compose;
use footing::strength::levels::standings;
use footing::strength::library::Library;
use footing::strength::schedule::due;
use footing::strength::timeline::{SetDone, entry as strength_entry, steps};
use serde_json::{Value, json};
use uuid::Uuid;

/// Days that the diary spans, the last one today.
const DAYS: i64 = 98;
/// The day of the club run, off the plan.
const CLUB: i64 = -29;
/// First and last day of the illness.
const ILL: (i64, i64) = (-51, -47);
/// Mornings that were forgotten.
const FORGOTTEN: [i64; 5] = [-91, -70, -44, -36, -15];

struct Life {
    diary: Diary,
    out: Vec<Value>,
    end: NaiveDate,
    dice: u32,
}

impl Life {
    fn day(&self, n: i64) -> NaiveDate {
        self.end - chrono::TimeDelta::days(-n)
    }

    /// A number from 0 to `below`, the same in every run.
    fn roll(&mut self, below: u32) -> u32 {
        self.dice = self
            .dice
            .wrapping_mul(1_664_525)
            .wrapping_add(1_013_904_223);
        (self.dice >> 16) % below
    }

    fn log(&mut self, n: i64, time: &str, kind: &str, fields: &Value) {
        let mut entry = json!({"at": format!("{}T{time}:00+00:00", self.day(n)), "kind": kind});
        let whole = entry.as_object_mut().unwrap();
        whole.extend(fields.as_object().unwrap().clone());
        let id = Uuid::from_u128(self.out.len() as u128 + 1);
        let read = codec::entry_from_json(entry, Some(id)).unwrap();
        let mut text = codec::entry_to_json(&read);
        text.as_object_mut().unwrap().remove("id");
        self.out.push(text);
        self.diary.insert(read);
    }

    fn today(&self, n: i64) -> Guidance {
        guidance(&self.diary, self.day(n))
    }
}

fn main() {
    let end = NaiveDate::from_ymd_opt(2026, 6, 28).unwrap();
    let mut life = Life {
        diary: Diary::default(),
        out: Vec::new(),
        end,
        dice: 7,
    };
    let library = Library::parse(include_str!("../public/exercises/exercises.json")).unwrap();
    begin(&mut life);
    // Nothing of today: whatever the hour, all of it has happened.
    for n in (1 - DAYS)..0 {
        live(&mut life, &library, n);
    }
    println!("{{\"format\":\"footing-demo\",\"version\":1,\"ends\":\"{end}\",\"entries\":[");
    let lines: Vec<String> = life.out.iter().map(Value::to_string).collect();
    println!("{}\n]}}", lines.join(",\n"));
}

fn begin(life: &mut Life) {
    let since = life.day(-DAYS - 1).to_string();
    let plan = json!({
        "injury": {"profile": "muscle", "site": "calf", "side": "right", "since": since, "named_by": "clinician"},
        "start_stage": "rest", "usual_pain": 1, "usual_stiffness_min": 5, "weekly_minutes_before": 140,
        "goal": "Once round the lake, on a Sunday morning",
    });
    life.log(1 - DAYS, "06:10", "plan", &plan);
    let kept = json!({"with": "Ines, physio", "date": life.day(1 - DAYS).to_string(), "kept": true,
        "questions": "How long does a calf take? May I cycle?"});
    life.log(1 - DAYS, "12:00", "appointment", &kept);
    let clearance = json!({"granted": true, "by": "Ines", "role": "physio"});
    life.log(1 - DAYS, "17:30", "clearance", &clearance);
    let goal = json!({"text": "Ten minutes of balance while the kettle boils", "done_on": life.day(8 - DAYS).to_string()});
    life.log(2 - DAYS, "20:00", "goal", &goal);
}

fn live(life: &mut Life, library: &Library, n: i64) {
    morning(life, n);
    scripted(life, n);
    let g = life.today(n);
    let ill = n >= ILL.0 && n <= ILL.1;
    match g.advice {
        _ if n == CLUB => club(life, n),
        // Rest keeps the day before today free, so that today has its session.
        _ if ill || n == -1 => {}
        Advice::Recover => recover(life, n),
        Advice::SelfTest => self_test(life, n),
        Advice::Walk | Advice::RunWalk | Advice::Run => session(life, &g, n),
        _ if n % 3 == 0 && n > -80 => {
            let ride = json!({"what": "Cycling", "minutes": 35 + 5 * life.roll(3)});
            life.log(n, "17:40", "activity", &ride);
        }
        _ => {}
    }
    strength(life, library, n);
    weekly(life, n);
}

fn morning(life: &mut Life, n: i64) {
    if FORGOTTEN.contains(&n) {
        return;
    }
    let early = [4, 3, 3, 2, 2, 2, 1, 1];
    let pain = match n {
        _ if n == CLUB + 1 => 4,
        _ if n == CLUB + 2 => 2,
        _ => match usize::try_from(n + DAYS - 1)
            .ok()
            .and_then(|i| early.get(i))
        {
            Some(pain) => *pain,
            None => life.roll(4) / 3,
        },
    };
    let stiff = if n == CLUB + 1 { 15 } else { 0 };
    let sleep = 6.5 + f64::from(life.roll(5)) / 2.0;
    let mood = match n {
        _ if n < -88 => 2,
        _ if n == CLUB + 1 => 2,
        _ => 3 + life.roll(3),
    };
    let limp = n < 3 - DAYS;
    let answer =
        json!({"pain": pain, "stiffness_min": stiff, "limp": limp, "sleep_h": sleep, "mood": mood});
    life.log(n, "06:40", "morning", &answer);
}

fn scripted(life: &mut Life, n: i64) {
    let at = |life: &Life, n: i64| life.day(n).to_string();
    match n {
        -86 => life.log(
            n,
            "20:15",
            "goal",
            &json!({"text": "Walk to the bakery and back", "done_on": at(life, -79)}),
        ),
        -61 => {
            let raises = |left: u32, right: u32| {
                json!({"name": "Heel raises on one leg", "target": 20, "unit": "times",
                "left": left, "right": right, "agreed_with": "Ines", "gates_stage": "short-runs"})
            };
            let seen = json!({"with": "Ines, physio", "date": at(life, n), "kept": true, "questions": "When may I hop?"});
            life.log(n, "12:00", "appointment", &seen);
            life.log(n, "12:30", "benchmark", &raises(22, 12));
        }
        -32 => {
            let raises = json!({"name": "Heel raises on one leg", "target": 20, "unit": "times",
                "left": 23, "right": 17, "agreed_with": "Ines", "gates_stage": "short-runs"});
            life.log(n, "12:30", "benchmark", &raises);
        }
        // Until the last ill day.
        _ if n == ILL.0 => {
            let ill = json!({"from": at(life, ILL.0), "until": at(life, ILL.1), "reason": "illness", "fever": true});
            life.log(n, "08:00", "absence", &ill);
        }
        -20 => {
            let next = json!({"with": "Ines, physio", "date": at(life, 5),
                "questions": "Is the right side strong enough for runs without a break?"});
            life.log(n, "12:00", "appointment", &next);
        }
        -18 => life.log(
            n,
            "20:30",
            "goal",
            &json!({"text": "Strength twice this week", "done_on": at(life, -13)}),
        ),
        -6 => life.log(
            n,
            "20:30",
            "goal",
            &json!({"text": "Ask Nina for a slow lap on Saturday"}),
        ),
        _ => {}
    }
}

/// One run too much: with the club, off the plan.
fn club(life: &mut Life, n: i64) {
    let run = json!({"activity": "run", "run_min": 26, "walk_min": 5, "pain_before": 0, "pain_during": 4, "pain_after": 3,
        "pattern": "rising", "effort": 6, "mood": 4, "surface": "road",
        "notes": "Ran with the club although the plan said rest. The calf spoke up on the way home."});
    life.log(n, "18:30", "session", &run);
}

fn recover(life: &mut Life, n: i64) {
    if n > 4 - DAYS && n % 2 == 0 {
        let ride = json!({"what": "Cycling", "minutes": 20, "pain": 1});
        life.log(n, "17:30", "activity", &ride);
    } else if n > 4 - DAYS {
        life.log(
            n,
            "19:30",
            "check-in",
            &json!({"sleep_h": 7.5, "food": true, "water": true}),
        );
    }
}

fn self_test(life: &mut Life, n: i64) {
    let first = !life.out.iter().any(|e| e["kind"] == "self-test");
    let items: Vec<Value> = TestItem::ALL
        .iter()
        .map(|t| json!({"test": t.key(), "passed": !(first && t.key() == "hop"), "pain": u8::from(first && t.key() == "hop") * 2}))
        .collect();
    let notes = if first {
        "Hopping pulled a little. Again in a week."
    } else {
        ""
    };
    life.log(
        n,
        "18:00",
        "self-test",
        &json!({"items": items, "notes": notes}),
    );
}

fn session(life: &mut Life, g: &Guidance, n: i64) {
    let p = g.prescription().unwrap().clone();
    // Not every day that may hold a walk does.
    if p.run_s == 0 && life.roll(3) == 0 {
        return;
    }
    let plan = SessionPlan::new(&p);
    let minutes = |s: u32| f64::from(s) / 60.0;
    let before = life.out.iter().filter(|e| e["kind"] == "session").count();
    let note = match before {
        0 => "To the corner and back. It is a start.",
        4 => "Nina came along.",
        11 => "The hill was fine when I took it slowly.",
        16 => "A whole minute. And then four more of them.",
        19 => "Light rain, soft paths.",
        22 => "Legs of wood after the fever. Went slowly on purpose.",
        28 => "Felt easy today.",
        31 => "Thought of the club run all the way. Nothing happened.",
        36 => "Heron at the lake.",
        40 => "Twenty minutes of running in all. Nobody passed me, nobody was there.",
        _ => "",
    };
    let pain = u32::from(life.roll(5) == 0);
    let fields = json!({
        "activity": p.activity.key(), "level": p.level, "run_min": minutes(plan.run_s()),
        "walk_min": minutes(plan.total_s() - plan.run_s()), "planned_run_min": minutes(plan.run_s()),
        "pain_during": pain, "effort": 2 + life.roll(3), "mood": 3 + life.roll(3), "notes": note,
    });
    life.log(n, "18:20", "session", &fields);
}

fn strength(life: &mut Life, library: &Library, n: i64) {
    let on = life.day(n);
    let g = life.today(n);
    if n < -84
        || (n >= ILL.0 && n <= ILL.1 + 3)
        || (n - CLUB).abs() < 4
        || !due(&life.diary, &g, on).today()
        || life.roll(3) == 0
    {
        return;
    }
    let profile = g.profile.unwrap();
    let allowed = compose::allowed(&life.diary, &g, on);
    let standings = standings(&life.diary, library, profile, on);
    let who = Concerns::of(&life.diary, &g, on);
    let items = compose::items(library, &standings, allowed, true, who);
    let done: Vec<SetDone> = steps(&items)
        .into_iter()
        .map(|step| SetDone {
            step,
            amount: items[step.item].target,
            load_hg: 0,
        })
        .collect();
    let body = strength_entry(&items, &done, footing::diary::entry::Score::ZERO);
    let value = json!({"items": body.items.iter().map(|i| json!({
        "pattern": i.pattern, "exercise": i.exercise, "level": i.level,
        "sets": i.sets.iter().map(|s| {
            let mut set = serde_json::Map::new();
            if let Some(reps) = s.reps { set.insert("reps".into(), reps.into()); }
            if let Some(seconds) = s.seconds { set.insert("seconds".into(), seconds.into()); }
            if s.side != footing::diary::vocabulary::Side::None { set.insert("side".into(), s.side.key().into()); }
            Value::Object(set)
        }).collect::<Vec<_>>(),
    })).collect::<Vec<_>>()});
    life.log(n, "19:10", "strength", &value);
}

fn weekly(life: &mut Life, n: i64) {
    if life.day(n).weekday() != chrono::Weekday::Sun || n < 4 - DAYS {
        return;
    }
    let week = (n + DAYS) / 7;
    let dip = if (CLUB..CLUB + 8).contains(&n) { 2 } else { 0 };
    let answer = json!({"confidence": (2 + week / 2 - dip).clamp(0, 10), "fear": (7 - week / 2 + dip).clamp(0, 6), "mood": 3 + i64::from(week > 6)});
    life.log(n, "21:00", "mind", &answer);
}
