//! The rest of the way: the demo, another injury, a self-test that fails and passes, a
//! day planned, put off or passed, a picture of a milestone; and what their screens look like.

use serde_json::{Value, json};

use crate::axe;
use crate::driver::{Engine, Habits};
use crate::page::one;
use crate::stage::{Stage, play, play_as};
use crate::story::{self, diary, entry, id};

crate::in_both!(
    the_demo_is_marked_everywhere_and_leaves_no_trace,
    another_injury_begins_anew_with_the_old_diary_kept,
    a_self_test_fails_and_passes_a_week_later,
    a_day_planned_put_off_or_passed_is_said_on_today,
    a_milestone_becomes_a_picture,
    a_strength_session_is_changed,
    every_screen_of_it_in_the_light,
    every_screen_of_it_in_the_dark,
    every_screen_of_it_in_the_sun,
    it_fits_a_small_phone,
    all_of_it_is_there_without_the_host,
);

/// One visit, then no host: the demo, the exercises and the forms come from the phone.
async fn all_of_it_is_there_without_the_host(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.open("").await;
        stage.screen("welcome").await;
        stage.offline_ready().await;
        stage.host.stop();
        stage.reload().await;
        stage.screen("welcome").await;
        stage.tap("demo-look").await;
        stage.screen("today").await;
        stage.see("demo").await;
        for screen in [
            "journey",
            "diary",
            "progress",
            "hand-over",
            "plan",
            "report",
            "backup",
            "calendar",
            "strength",
            "mobility",
            "self-test",
            "recovery",
            "mind",
            "care",
        ] {
            stage.route(&format!("#/{screen}")).await;
            stage.screen(screen).await;
            assert!(!stage.has("part-missing").await, "{screen}");
        }
        stage.tap("demo-leave").await;
        stage.screen("welcome").await;
    })
    .await;
}

/// Everything that both stores hold, as text.
async fn everything(stage: &Stage) -> String {
    let script = "
        const done = arguments[arguments.length - 1];
        const local = JSON.stringify(Object.entries(localStorage).sort());
        const open = indexedDB.open('footing@/some/where/footing/');
        open.onupgradeneeded = () => open.transaction.abort();
        open.onerror = (event) => { event.preventDefault(); done(local); };
        open.onsuccess = () => {
            const names = [...open.result.objectStoreNames];
            const stores = open.result.transaction(names);
            const asked = names.map((name) => [stores.objectStore(name).getAllKeys(), stores.objectStore(name).getAll()]);
            stores.oncomplete = () => {
                open.result.close();
                done(local + JSON.stringify(asked.map(([keys, all]) => [keys.result, all.result])));
            };
        };";
    let answer = stage.client.execute_async(script, vec![]).await;
    answer.expect("both stores can be read").to_string()
}

/// Everything, once the first start has written in both stores which schema they have.
async fn with_meta(stage: &Stage) -> String {
    let written = crate::wait::seen(async || {
        let all = everything(stage).await;
        (all.matches("schema").count() == 2).then_some(all)
    });
    match written.await {
        Some(all) => all,
        None => stage.fail("the schema is not in both stores").await,
    }
}

async fn the_demo_is_marked_everywhere_and_leaves_no_trace(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        stage.clock("2026-11-03T18:00:00").await;
        stage.open("").await;
        stage.screen("welcome").await;
        let before = with_meta(stage).await;
        stage.tap("demo-look").await;
        stage.screen("today").await;
        stage.see("demo").await;
        story::advised(stage, "run-walk", "R9").await;
        for screen in [
            "journey", "diary", "progress", "care", "settings", "strength", "mind", "recovery",
            "rules",
        ] {
            stage.route(&format!("#/{screen}")).await;
            stage.screen(screen).await;
            let marked = format!("{}?.checkVisibility()", one("demo"));
            stage
                .until(format_args!("the mark on {screen}"), &marked)
                .await;
        }
        stage.route("#/settings").await;
        stage.screen("settings").await;
        stage.see("backup-demo").await;
        assert!(!stage.has("open-backup").await && !stage.has("storage-state").await);
        for screen in ["backup", "report", "calendar"] {
            stage.route(&format!("#/{screen}")).await;
            stage.screen(screen).await;
            stage.see("backup-demo").await;
            assert!(
                !stage.has("report-print").await && !stage.has("backup-export").await,
                "{screen}"
            );
        }
        // A session in it, its log, a warning sign: all of it goes nowhere.
        stage.route("#/today").await;
        stage.screen("today").await;
        story::start_session(stage).await;
        assert!(stage.has("demo").await, "also while it runs");
        stage.hold("hold-end").await;
        stage.tap("to-log").await;
        stage.screen("log").await;
        stage.tap("all-quiet").await;
        stage.tap("stopped-time").await;
        stage.tap("log-save").await;
        stage.see("logged").await;
        assert!(
            !stage.has("save-state").await,
            "nothing is said to be saved"
        );
        assert_eq!(everything(stage).await, before);
        // Loading the page again ends it.
        stage.reload().await;
        stage.route("#/today").await;
        stage.screen("welcome").await;
        assert!(!stage.has("demo").await);
        stage.tap("demo-look").await;
        stage.screen("today").await;
        stage.tap("demo-leave").await;
        stage.screen("welcome").await;
        assert!(!stage.has("demo").await);
        assert_eq!(everything(stage).await, before);

        // From one's own diary and back to it.
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/settings").await;
        stage.screen("settings").await;
        stage.tap("demo-look").await;
        stage.screen("today").await;
        story::advised(stage, "run-walk", "R9").await;
        stage.tap("demo-leave").await;
        story::advised(stage, "run-walk", "R2").await;
        let (local, _) = story::stored(stage).await;
        assert_eq!(local.len(), diary().len());
    })
    .await;
}

async fn another_injury_begins_anew_with_the_old_diary_kept(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2027-05-04T18:00:00", "#/care").await;
        stage.screen("care").await;
        stage.tap("again").await;
        stage.attribute_is("[data-step]", "data-step", "site").await;
        stage.tap("site-achilles").await;
        stage.tap("setup-next").await;
        stage.fill("since", "2027-05-01").await;
        stage.tap("setup-next").await;
        stage
            .attribute_is("[data-step]", "data-step", "named")
            .await;
        // Left and taken up again where it stood.
        stage.route("#/care").await;
        stage.screen("care").await;
        stage.tap("again-go-on").await;
        stage
            .attribute_is("[data-step]", "data-step", "named")
            .await;
        for step in [
            "named",
            "health",
            "worrying",
            "usual",
            "clinician",
            "where",
            "recent",
            "days",
            "goal",
        ] {
            stage.attribute_is("[data-step]", "data-step", step).await;
            if step == "days" {
                let picked = format!("{}.checked", one("per-week-3"));
                assert_eq!(
                    stage.eval(&picked).await,
                    json!(true),
                    "what is not about the injury stays"
                );
            }
            stage.tap("setup-next").await;
        }
        stage.see("summary-again").await;
        stage.tap("setup-done").await;
        stage.screen("today").await;
        story::saved(stage).await;
        stage
            .attribute_is("[data-t=\"advice\"]", "data-advice", "recover")
            .await;
        let (local, twin) = story::stored(stage).await;
        assert_eq!(local.len(), diary().len() + 1);
        assert_eq!(local, twin);
        stage.route("#/journey").await;
        stage.screen("journey").await;
        assert!(stage.text("earlier-ways").await.contains("right knee"));
        assert!(
            stage
                .text("earlier-ways")
                .await
                .contains("First minute of running")
        );
        assert!(
            !stage.has("milestone-first-minute").await,
            "reached anew, or not yet"
        );
    })
    .await;
}

/// The tasks of the self-test, in order.
const TASKS: [&str; 8] = [
    "balance",
    "step-down",
    "jog-on-spot",
    "hop",
    "calf-raise",
    "full-movement",
    "no-swelling",
    "no-giving-way",
];

/// Answers the self-test: all passed, but for what is named.
async fn take_the_test(stage: &Stage, fails: Option<&str>) {
    stage.tap("start-test").await;
    stage.screen("self-test").await;
    for item in TASKS {
        let end = if fails == Some(item) {
            "not-yet"
        } else {
            "passed"
        };
        stage.tap(&format!("test-{item}-{end}")).await;
        stage.tap("test-next").await;
    }
    assert_eq!(stage.text("test-summary").await.lines().count(), 8);
}

async fn a_self_test_fails_and_passes_a_week_later(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        let plan = json!({
            "injury": {"profile": "joint", "site": "knee", "side": "right", "since": "2025-11-11"},
            "no_clinician": true, "start_stage": "self-test", "start_level": "R3",
        });
        let entries = [entry(1, "2026-03-02T09:00:00+01:00", "plan", &plan)];
        story::open_with(stage, &entries, "2026-03-03T18:00:00", "#/today").await;
        stage
            .attribute_is("[data-t=\"advice\"]", "data-advice", "self-test")
            .await;
        take_the_test(stage, Some("hop")).await;
        stage.tap("self-test-save").await;
        stage.screen("today").await;
        story::saved(stage).await;
        for day in ["2026-03-04", "2026-03-09"] {
            stage.clock(&format!("{day}T08:00:00")).await;
            stage
                .attribute_is("[data-t=\"advice\"]", "data-advice", "walk")
                .await;
        }
        stage.clock("2026-03-10T18:00:00").await;
        stage
            .attribute_is("[data-t=\"advice\"]", "data-advice", "self-test")
            .await;
        take_the_test(stage, None).await;
        stage.tap("self-test-save").await;
        stage.screen("today").await;
        stage
            .attribute_is("[data-t=\"advice\"]", "data-advice", "rest")
            .await;
        // It counts with a quiet next morning.
        stage.clock("2026-03-11T07:00:00").await;
        story::quiet_morning(stage).await;
        story::advised(stage, "run-walk", "R3").await;
    })
    .await;
}

async fn a_day_planned_put_off_or_passed_is_said_on_today(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/recovery").await;
        stage.screen("recovery").await;
        stage.fill("activity-kind", "swimming").await;
        stage.fill("activity-minutes", "40").await;
        stage.fill("activity-day", "2026-03-07").await;
        stage.tap("activity-plan").await;
        stage.see("kept").await;
        // Today's session on another day, and after all.
        stage.route("#/today").await;
        stage.tap("put-off").await;
        stage.see("put-off-kept").await;
        stage.tap("put-off-undo").await;
        stage.see("put-off").await;
        story::advised(stage, "run-walk", "R2").await;
        assert!(!stage.has("meant").await, "tomorrow's is not today's");
        // The day passes without a word: asked about once, and what was planned is here.
        stage.clock("2026-03-07T08:00:00").await;
        assert!(stage.text("missed").await.contains("R2"));
        assert!(stage.text("meant").await.contains("Swimming"));
        stage.tap("missed-log").await;
        stage.screen("add").await;
        assert_eq!(stage.value("log-date").await, "2026-03-06");
        assert_eq!(stage.value("log-level").await, "R2");
        assert_eq!(stage.value("log-run-min").await, "8");
        stage.route("#/today").await;
        stage.tap("missed-no").await;
        stage.gone("missed").await;
        stage.tap("meant-done").await;
        stage.screen("entry").await;
        assert_eq!(stage.value("activity-day").await, "2026-03-07");
        stage.tap("activity-pain-1").await;
        stage.tap("activity-save").await;
        stage.screen("diary").await;
        story::saved(stage).await;
        let (local, _) = story::stored(stage).await;
        let all: Vec<Value> = local
            .iter()
            .map(|(_, text)| serde_json::from_str(text).unwrap())
            .collect();
        let swim = all
            .iter()
            .find(|e| e["kind"] == "activity")
            .expect("the swim");
        assert_eq!((&swim["pain"], &swim["planned"]), (&json!(1), &Value::Null));
        let days = all
            .iter()
            .filter(|e| e["kind"] == "absence" && e["deleted"] != true);
        assert_eq!(days.count(), 1);
    })
    .await;
}

/// The picture: how many different colours its middle has, and its words.
const PICTURE: &str = "
    const canvas = document.querySelector('#milestone-picture');
    const copy = Object.assign(document.createElement('canvas'), {width: 1080, height: 1080});
    const pen = copy.getContext('2d', {willReadFrequently: true});
    pen.drawImage(canvas, 0, 0);
    const dots = pen.getImageData(90, 300, 900, 300).data;
    let ink = 0;
    for (let at = 0; at < dots.length; at += 4) if (dots[at] < 80) ink += 1;
    return [ink, canvas.getAttribute('aria-label')];";

async fn a_milestone_becomes_a_picture(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/journey").await;
        stage.screen("journey").await;
        stage.tap("picture-first-minute").await;
        stage.see("picture").await;
        let drawn = async |stage: &Stage| stage.run(PICTURE, &[]).await;
        let inked = crate::wait::seen(async || (drawn(stage).await[0].as_u64()? > 2000).then_some(())).await;
        assert!(inked.is_some(), "words are drawn");
        let plain = drawn(stage).await;
        let words = plain[1].as_str().unwrap_or_default().to_owned();
        // Nothing of the diary but what was chosen.
        for secret in ["knee", "right", "2026", "pain", "Dr"] {
            assert!(!words.contains(secret), "{secret} in {words}");
        }
        stage.fill("picture-words", "With the dog").await;
        stage.tap("picture-date").await;
        stage
            .until("the words on it", "document.querySelector('#milestone-picture').ariaLabel?.includes('With the dog') && document.querySelector('#milestone-picture').ariaLabel.includes('2026')")
            .await;
        stage.screenshot("way-picture").await;
        stage.tap("picture-share").await;
        assert_eq!(stage.text("picture-went").await, "Shared.");
        stage.tap("picture-close").await;
        stage.gone("picture").await;
    })
    .await;
}

async fn a_strength_session_is_changed(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        let done = json!({"pain": 0, "items": [
            {"pattern": "squat", "exercise": "sit-to-stand", "level": 1, "sets": [{"reps": 8}, {"reps": 9}]},
            {"pattern": "plank", "exercise": "knee-plank", "level": 1, "sets": [{"seconds": 20}]},
        ]});
        let mut entries = diary();
        entries.push(entry(7, "2026-03-05T19:00:00+01:00", "strength", &done));
        story::open_with(stage, &entries, "2026-03-06T18:00:00", &format!("#/entry/{}", id(7))).await;
        stage.screen("entry").await;
        stage.fill("sit-to-stand-1", "12").await;
        stage.fill("sit-to-stand-2", "").await;
        stage.fill("knee-plank-1", "lots").await;
        stage.tap("strength-save").await;
        stage.until("what is wrong", "document.querySelector('.fault:not(:empty)')?.checkVisibility()").await;
        stage.screenshot("way-strength-edit").await;
        stage.fill("knee-plank-1", "25").await;
        stage.tap("strength-pain-1").await;
        stage.tap("strength-save").await;
        stage.screen("diary").await;
        story::saved(stage).await;
        let (local, _) = story::stored(stage).await;
        let text = local.iter().find(|(key, _)| *key == id(7)).map(|(_, text)| text.clone());
        let changed: Value = serde_json::from_str(&text.unwrap_or_default()).unwrap();
        assert_eq!(changed["items"][0]["sets"], json!([{"reps": 12}]));
        assert_eq!(changed["items"][1]["sets"], json!([{"seconds": 25}]));
        assert_eq!(changed["pain"], 1);
    })
    .await;
}

/// Brings an element into sight, for the picture.
async fn sight(stage: &Stage, id: &str) {
    stage.see(id).await;
    let script = format!("{}.scrollIntoView({{block: 'center'}})", one(id));
    stage.eval(&script).await;
}

/// Shows what is new here, each as a runner would come to see it.
async fn tour(stage: &mut Stage, theme: &str, mut look: impl AsyncFnMut(&Stage, &str)) {
    stage.visit_picture().await;
    let prefs = json!(json!({"theme": theme}).to_string());
    stage
        .run(
            "localStorage.setItem('footing@/some/where/footing/prefs', arguments[0]);",
            &[prefs],
        )
        .await;
    stage.clock("2026-03-06T18:00:00").await;
    stage.open("").await;
    stage.screen("welcome").await;
    stage.tap("demo-look").await;
    for screen in [
        "today", "journey", "diary", "care", "settings", "recovery", "mobility",
    ] {
        stage.route(&format!("#/{screen}")).await;
        stage.screen(screen).await;
        let new = match screen {
            "settings" => "demo-leave-here",
            "recovery" => "activity-plan",
            "mobility" => "mobility-save",
            "journey" => "milestones",
            "care" => "again",
            _ => "demo",
        };
        sight(stage, new).await;
        look(stage, &format!("demo-{screen}")).await;
    }
    stage.route("#/journey").await;
    stage.tap("picture-hour").await;
    stage.see("picture").await;
    look(stage, "demo-picture").await;
    stage.route("#/today").await;
    story::start_session(stage).await;
    look(stage, "demo-live").await;

    // Everything at once that Today may say beside its answer.
    let mut entries = diary();
    let low = |n: u32, day: &str| {
        entry(
            n,
            &format!("2026-{day}T12:00:00+01:00"),
            "mind",
            &json!({"mood": 1}),
        )
    };
    for (n, day) in [
        (20, "02-22"),
        (21, "02-24"),
        (22, "02-26"),
        (23, "02-28"),
        (24, "03-01"),
    ] {
        entries.push(low(n, day));
    }
    for session in entries.iter_mut().filter(|e| e["kind"] == "session") {
        session["mood"] = json!(2);
    }
    let swim = json!({"what": "Swimming", "minutes": 40, "planned": true});
    entries.push(entry(25, "2026-03-07T12:00:00+01:00", "activity", &swim));
    let old = json!({"injury": {"profile": "joint", "site": "hip", "side": "left", "since": "2024-01-01"},
        "no_clinician": true, "start_stage": "run-walk", "start_level": "R1"});
    entries.push(entry(26, "2025-01-02T12:00:00+01:00", "plan", &old));
    story::open_with(stage, &entries, "2026-03-07T08:00:00", "#/today").await;
    stage.see("low-mood").await;
    stage.see("meant").await;
    sight(stage, "missed").await;
    look(stage, "way-today").await;
    stage.tap("put-off").await;
    sight(stage, "put-off-kept").await;
    look(stage, "way-put-off").await;
    stage.route("#/journey").await;
    stage.see("year").await;
    sight(stage, "earlier-ways").await;
    look(stage, "way-journey").await;
    stage.route("#/self-test").await;
    for item in TASKS {
        stage.see(&format!("test-{item}-passed")).await;
        if ["balance", "step-down", "jog-on-spot", "hop", "calf-raise"].contains(&item) {
            stage.see("figure-motion").await;
            stage.tap("figure-motion").await;
            look(stage, &format!("way-test-{item}")).await;
        }
        stage.tap(&format!("test-{item}-passed")).await;
        stage.tap("test-next").await;
    }
    stage.see("test-summary").await;
    look(stage, "way-test-summary").await;
    stage.route("#/care").await;
    stage.tap("again").await;
    stage.attribute_is("[data-step]", "data-step", "site").await;
    look(stage, "way-again").await;
}

async fn axe_finds_nothing(engine: Engine, theme: &'static str) {
    play(engine, async |stage: &mut Stage| {
        let mut found = Vec::new();
        tour(stage, theme, async |stage: &Stage, screen: &str| {
            stage.screenshot(&format!("{screen}-{theme}")).await;
            let faults = axe::faults(stage).await;
            found.extend(faults.into_iter().map(|fault| format!("{screen}: {fault}")));
        })
        .await;
        assert!(
            found.is_empty(),
            "axe found, in {theme}:\n  {}",
            found.join("\n  ")
        );
    })
    .await;
}

async fn every_screen_of_it_in_the_light(engine: Engine) {
    axe_finds_nothing(engine, "light").await;
}

async fn every_screen_of_it_in_the_dark(engine: Engine) {
    axe_finds_nothing(engine, "dark").await;
}

async fn every_screen_of_it_in_the_sun(engine: Engine) {
    axe_finds_nothing(engine, "sun").await;
}

async fn it_fits_a_small_phone(engine: Engine) {
    let small = Habits {
        page: (320, 568),
        ..Habits::default()
    };
    fits(engine, small, "small").await;
}

/// Chromium alone: `MiniBrowser` does not hear of a size of letters under automation.
#[tokio::test]
async fn it_fits_with_letters_twice_as_large() {
    let large = Habits {
        letters: 200,
        ..Habits::default()
    };
    fits(Engine::Chromium, large, "large").await;
}

async fn fits(engine: Engine, habits: Habits, name: &str) {
    play_as(engine, habits, async |stage: &mut Stage| {
        let mut found = Vec::new();
        tour(stage, "light", async |stage: &Stage, screen: &str| {
            stage.screenshot(&format!("{screen}-{name}")).await;
            let beyond = stage
                .run(crate::screens::BEYOND, &[json!(habits.page.0)])
                .await;
            let beyond = beyond.as_array().cloned().unwrap_or_default();
            found.extend(beyond.into_iter().map(|fault| format!("{screen}: {fault}")));
        })
        .await;
        assert!(found.is_empty(), "does not fit:\n  {}", found.join("\n  "));
    })
    .await;
}
