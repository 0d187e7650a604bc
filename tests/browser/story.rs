//! What a runner does, told in steps that several tests share.

use serde_json::{Value, json};

use crate::page::one;
use crate::stage::Stage;

/// R1: five minutes of walking, one minute run and two walked five times, five minutes of walking.
pub const R1: [(&str, i64); 12] = [
    ("warm-up", 300),
    ("run", 60),
    ("walk", 120),
    ("run", 60),
    ("walk", 120),
    ("run", 60),
    ("walk", 120),
    ("run", 60),
    ("walk", 120),
    ("run", 60),
    ("walk", 120),
    ("cool-down", 300),
];

/// The live screen's own root.
pub const LIVE: &str = "[data-screen=\"live\"][data-phase]";

/// The first start of a runner whose clinician lets them begin at R1.
pub async fn set_up(stage: &mut Stage) {
    stage.visit_picture().await;
    stage.clock("2026-03-02T09:00:00").await;
    stage.open("").await;
    first_start(stage).await;
    saved(stage).await;
}

/// Answers the questions of the first start, which is what an empty app shows.
pub async fn first_start(stage: &Stage) {
    stage.screen("welcome").await;
    for step in SETUP {
        stage
            .attribute_is("[data-step]", "data-step", step.name)
            .await;
        answer(stage, step).await;
    }
    stage.screen("today").await;
}

/// Answers one question and goes on.
pub async fn answer(stage: &Stage, step: &Step) {
    for answer in step.answers {
        match *answer {
            Tap(id) => stage.tap(id).await,
            Fill(id, value) | Choose(id, value) => stage.fill(id, value).await,
        }
    }
    stage.tap(step.on()).await;
}

/// One question of the first start and what this runner answers.
pub struct Step {
    pub name: &'static str,
    pub answers: &'static [Answer],
}

impl Step {
    /// The button that leads on.
    pub fn on(&self) -> &'static str {
        if self.name == "summary" {
            "setup-done"
        } else {
            "setup-next"
        }
    }
}

/// How a field is answered.
#[derive(Clone, Copy)]
pub enum Answer {
    Tap(&'static str),
    Fill(&'static str, &'static str),
    Choose(&'static str, &'static str),
}

use Answer::{Choose, Fill, Tap};

/// The questions in order.
pub const SETUP: &[Step] = &[
    Step {
        name: "about",
        answers: &[],
    },
    Step {
        name: "site",
        answers: &[Tap("site-knee"), Tap("side-right")],
    },
    Step {
        name: "since",
        answers: &[Fill("since", "2025-11-11"), Tap("onset-gradual")],
    },
    Step {
        name: "named",
        answers: &[Tap("named-clinician")],
    },
    Step {
        name: "health",
        answers: &[],
    },
    Step {
        name: "worrying",
        answers: &[],
    },
    Step {
        name: "usual",
        answers: &[Tap("usual-0"), Fill("usual-stiffness", "0")],
    },
    Step {
        name: "clinician",
        answers: &[
            Tap("clinician-yes"),
            Tap("clearance-granted"),
            Fill("clinician-name", "Dr Moss"),
            Choose("clinician-level", "R1"),
        ],
    },
    Step {
        name: "where",
        answers: &[Tap("stage-run-walk"), Fill("longest-painless", "5")],
    },
    Step {
        name: "recent",
        answers: &[],
    },
    Step {
        name: "days",
        answers: &[
            Tap("per-week-3"),
            Tap("day-wed"),
            Fill("weekly-before", "120"),
        ],
    },
    Step {
        name: "goal",
        answers: &[Fill("goal", "20 minutes in the woods with the dog")],
    },
    Step {
        name: "summary",
        answers: &[],
    },
];

/// Waits for the word "saved", which is only said when the disk has it.
pub async fn saved(stage: &Stage) {
    stage
        .attribute_is("[data-t=\"save-state\"]", "data-state", "saved")
        .await;
}

/// Start, the three questions, and the session begins.
pub async fn start_session(stage: &Stage) {
    stage.tap("start").await;
    answer_precheck(stage).await;
}

/// All well: the session begins.
pub async fn answer_precheck(stage: &Stage) {
    stage.see("precheck").await;
    for answer in ["pre-pain-0", "pre-limp-no", "pre-well-yes", "live-start"] {
        stage.tap(answer).await;
    }
    stage.attribute_is(LIVE, "data-state", "running").await;
}

/// Goes through all parts of R1 with the clock turned, looking at each.
pub async fn run_r1(stage: &mut Stage) {
    let mut colours: Vec<(&str, Value)> = Vec::new();
    for (index, (phase, seconds)) in R1.into_iter().enumerate() {
        stage
            .attribute_is(LIVE, "data-index", &index.to_string())
            .await;
        stage.attribute_is(LIVE, "data-phase", phase).await;
        let left = seconds_left(stage).await;
        assert!(
            (seconds - 5..=seconds).contains(&left),
            "{left} of {seconds} s left as {phase} begins"
        );
        stage.settle().await;
        let colour = format!("getComputedStyle(document.querySelector('{LIVE}')).backgroundColor");
        colours.push((phase, stage.eval(&colour).await));
        stage.advance(left).await;
    }
    stage.attribute_is(LIVE, "data-phase", "done").await;
    assert!(
        colours
            .iter()
            .all(|(phase, colour)| (*phase == "run") == (*colour == colours[1].1)),
        "running has a colour of its own, and always the same: {colours:?}",
    );
}

/// Seconds left in the part, as the screen says.
pub async fn seconds_left(stage: &Stage) -> i64 {
    number(stage, "data-left").await
}

/// Seconds left in the whole session, as the screen says.
pub async fn total_left(stage: &Stage) -> i64 {
    number(stage, "data-total-left").await
}

async fn number(stage: &Stage, attribute: &str) -> i64 {
    let text = stage.attribute(LIVE, attribute).await;
    text.parse()
        .unwrap_or_else(|_| panic!("{attribute} is {text:?}"))
}

/// From the end of a session into the diary: all was quiet.
pub async fn log_quiet(stage: &Stage) {
    stage.tap("to-log").await;
    stage.screen("log").await;
    stage.tap("all-quiet").await;
    stage.tap("log-save").await;
    stage.screen("today").await;
    stage.see("logged").await;
    saved(stage).await;
}

/// The morning's question, with nothing to complain of.
pub async fn quiet_morning(stage: &Stage) {
    stage.see("morning-card").await;
    for answer in ["morning-pain-0", "stiff-0", "swelling-none", "morning-save"] {
        stage.tap(answer).await;
    }
    stage.gone("morning-card").await;
    saved(stage).await;
}

/// The whole line: first start, R1, a quiet morning, R1 again, a quiet morning, and R2 with its reason.
pub async fn the_whole_line(stage: &mut Stage) {
    set_up(stage).await;
    advised(stage, "run-walk", "R1").await;
    start_session(stage).await;
    run_r1(stage).await;
    log_quiet(stage).await;

    stage.clock("2026-03-03T07:00:00").await;
    quiet_morning(stage).await;
    advised(stage, "rest", "R1").await;

    stage.clock("2026-03-04T18:00:00").await;
    advised(stage, "run-walk", "R1").await;
    start_session(stage).await;
    run_r1(stage).await;
    log_quiet(stage).await;

    stage.clock("2026-03-05T07:00:00").await;
    quiet_morning(stage).await;
    advised(stage, "rest", "R2").await;

    stage.clock("2026-03-06T18:00:00").await;
    r2_and_why(stage).await;
}

/// Where the whole line ends.
pub async fn r2_and_why(stage: &Stage) {
    advised(stage, "run-walk", "R2").await;
    assert!(!stage.text("why").await.is_empty(), "Today says why");
    stage.tap("all-reasons").await;
    stage
        .until(
            "all reasons",
            &format!("{}?.checkVisibility()", one("reasons")),
        )
        .await;
}

/// Waits for the day's advice and the level it stands on.
pub async fn advised(stage: &Stage, advice: &str, level: &str) {
    stage
        .attribute_is("[data-t=\"advice\"]", "data-advice", advice)
        .await;
    stage
        .attribute_is("[data-t=\"advice\"]", "data-level", level)
        .await;
}

/// The entries that both stores hold, as (localStorage, `IndexedDB`): ids and texts, sorted by id.
pub async fn stored(stage: &Stage) -> (Vec<(String, String)>, Vec<(String, String)>) {
    let script = "
        const done = arguments[arguments.length - 1];
        const local = Object.keys(localStorage).filter((key) => key.startsWith('footing@/some/where/footing/entry/'))
            .map((key) => [key.slice(34), localStorage.getItem(key)]);
        const open = indexedDB.open('footing@/some/where/footing/');
        open.onupgradeneeded = () => open.transaction.abort();
        open.onerror = (event) => { event.preventDefault(); done([local, []]); };
        open.onsuccess = () => {
            const store = open.result.transaction('entries').objectStore('entries');
            const keys = store.getAllKeys();
            const values = store.getAll();
            store.transaction.oncomplete = () => {
                open.result.close();
                done([local, keys.result.map((key, at) => [key, values.result[at]])]);
            };
        };";
    let answer = stage
        .client
        .execute_async(script, vec![])
        .await
        .expect("both stores can be read");
    let list = |value: &Value| {
        let pairs = value.as_array().cloned().unwrap_or_default();
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut pairs: Vec<_> = pairs
            .iter()
            .map(|pair| (word(&pair[0]), word(&pair[1])))
            .collect();
        pairs.sort();
        pairs
    };
    (list(&answer[0]), list(&answer[1]))
}

/// How many entries of a kind the diary shows.
pub async fn rows(stage: &Stage, kind: &str) -> u64 {
    drawn(stage).await;
    let rows =
        format!("document.querySelectorAll('[data-t^=\"row-\"][data-kind=\"{kind}\"]').length");
    stage.eval(&rows).await.as_u64().unwrap_or_default()
}

/// Waits until a screen that is drawn in pieces has all of them.
pub async fn drawn(stage: &Stage) {
    let whole = "!document.querySelector('[data-pieces]')";
    stage.until("the screen to be drawn", whole).await;
}

/// An entry in the format of storage and backup, its id made from a number.
pub fn entry(number: u32, at: &str, kind: &str, fields: &Value) -> Value {
    let mut entry = json!({
        "id": id(number), "at": at, "edited_at": null, "deleted": false, "kind": kind,
    });
    let whole = entry.as_object_mut().expect("written as an object");
    whole.extend(fields.as_object().cloned().unwrap_or_default());
    entry
}

/// The id of an entry made by [`entry`].
pub fn id(number: u32) -> String {
    format!("019cad00-0000-7000-8000-{number:012}")
}

/// A diary on 6 March 2026: R1 twice and quiet mornings, so that R2 is due.
pub fn diary() -> Vec<Value> {
    let plan = json!({
        "injury": {"profile": "joint", "site": "knee", "side": "right", "since": "2025-11-11"},
        "no_clinician": true, "start_stage": "run-walk", "start_level": "R1",
        "goal": "20 minutes in the woods with the dog",
    });
    let session = json!({
        "activity": "run-walk", "level": "R1", "run_min": 5, "walk_min": 20, "pain_during": 0, "mood": 4,
    });
    let morning = json!({"pain": 0});
    vec![
        entry(1, "2026-03-02T09:00:00+01:00", "plan", &plan),
        entry(2, "2026-03-02T10:00:00+01:00", "session", &session),
        entry(3, "2026-03-03T07:00:00+01:00", "morning", &morning),
        entry(4, "2026-03-04T18:00:00+01:00", "session", &session),
        entry(5, "2026-03-05T07:00:00+01:00", "morning", &morning),
    ]
}

/// Puts entries onto the phone as an earlier start of the app would have left them.
pub async fn lay_down(stage: &Stage, entries: &[Value]) {
    stage.visit_picture().await;
    for entry in entries {
        let key = format!(
            "footing@/some/where/footing/entry/{}",
            entry["id"].as_str().expect("an entry has an id")
        );
        let script = "localStorage.setItem(arguments[0], arguments[1]);";
        stage
            .run(script, &[json!(key), json!(entry.to_string())])
            .await;
    }
}

/// Opens the app at a route and a time, on a diary that is already on the phone.
pub async fn open_with(stage: &mut Stage, entries: &[Value], now: &str, route: &str) {
    lay_down(stage, entries).await;
    stage.clock(now).await;
    stage.open(route).await;
}
