//! A strength session, from Today to the diary: sets tapped, a hold counted down, a reload in the
//! middle, the network gone; and what the screens look like to axe and to people.

use serde_json::{Value, json};

use crate::axe;
use crate::driver::{Engine, Habits};
use crate::page::one;
use crate::stage::{Stage, play, play_as};
use crate::story::{self, diary, rows, saved, stored};

crate::in_both!(
    a_strength_session_is_logged,
    the_exercises_are_there_without_a_network,
    every_strength_screen_in_the_light,
    every_strength_screen_in_the_dark,
    every_strength_screen_in_the_sun,
    strength_fits_a_small_phone,
    pictures_keep_still_where_that_is_asked_for,
);

/// The plan, and today's R1 already run: strength stands after it.
async fn after_a_run(stage: &mut Stage, route: &str) {
    story::open_with(stage, &diary()[..2], "2026-03-02T18:00:00", route).await;
}

/// Waits for the set that is on.
async fn set_is(stage: &Stage, what: &str) {
    let says = format!(
        "{}?.innerText.trim() === {}",
        one("strength-what"),
        json!(what)
    );
    stage.until(format_args!("the set {what}"), &says).await;
}

async fn a_strength_session_is_logged(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        // Before the run it waits for the run.
        story::open_with(stage, &diary()[..1], "2026-03-02T10:00:00", "#/today").await;
        assert!(stage.text("strength-today").await.contains("after the run"));
        stage.tap("open-strength").await;
        stage.screen("strength").await;
        assert!(stage.text("strength-when").await.contains("after the run"));

        after_a_run(stage, "#/today").await;
        stage.tap("open-strength").await;
        stage.tap("strength-short").await;
        stage.screen("strength-session").await;
        stage.screenshot("strength-set").await;
        set_is(stage, "Set 1 of 2").await;
        // Eight are asked for; nine were done.
        stage.tap("strength-one-more").await;
        assert!(stage.text("strength-reps").await.starts_with('9'));
        stage.tap("strength-done").await;
        stage.see("strength-go").await;
        stage.screenshot("strength-rest").await;
        // Paused it stands still, however long, and goes on from there.
        stage.tap("strength-more").await;
        stage.tap("strength-pause").await;
        stage.see("strength-unpause").await;
        stage.screenshot("strength-paused").await;
        stage.advance(600).await;
        stage.see("strength-unpause").await;
        stage.tap("strength-unpause").await;
        stage.see("strength-go").await;
        stage.tap("strength-more").await;
        // The rest goes by on its own.
        stage.advance(50).await;
        stage.see("strength-done").await;
        set_is(stage, "Set 2 of 2").await;
        stage.tap("strength-done").await;
        stage.tap("strength-go").await;

        // A lunge to hold: left, a turn, right.
        set_is(stage, "Set 1 of 3 · Left side").await;
        stage.tap("strength-hold").await;
        stage.see("strength-stop").await;
        stage.advance(6).await;
        stage.screenshot("strength-hold").await;
        // The page is loaded anew in the middle of it, and the hold goes on: nobody taps
        // for its end.
        stage.reload().await;
        stage.screen("strength-session").await;
        // After a reload nothing may sound before a tap.
        stage.tap("strength-more").await;
        stage.advance(10).await;
        set_is(stage, "Set 1 of 3 · Right side").await;
        stage.tap("strength-skip-item").await;
        // Enough for today.
        stage.tap("strength-hurts").await;
        stage.see("strength-summary").await;
        let summary = stage.text("strength-summary").await;
        assert!(summary.contains("9 reps, 8 reps"), "{summary}");
        assert!(summary.contains("10 s left"), "{summary}");
        // Without a number for the pain it is not kept.
        stage.tap("strength-save").await;
        stage.until("the fault", "document.querySelector('.fault:not(:empty)') !== null").await;
        stage.tap("strength-pain-1").await;
        stage.fill("strength-notes", "On the kitchen floor").await;
        stage.screenshot("strength-log").await;
        stage.tap("strength-save").await;
        stage.screen("today").await;
        saved(stage).await;

        // As docs/data.md has it, in both stores.
        let (local, twin) = stored(stage).await;
        assert_eq!(local, twin);
        let entries = local.iter().map(|(_, text)| serde_json::from_str::<Value>(text).unwrap());
        let strength: Vec<Value> = entries.filter(|e| e["kind"] == "strength").collect();
        assert_eq!(strength.len(), 1);
        assert_eq!(
            strength[0]["items"],
            json!([
                {"pattern": "squat", "exercise": "sit-to-stand", "level": 1, "sets": [{"reps": 9}, {"reps": 8}]},
                {"pattern": "lunge", "exercise": "lunge-hold", "level": 1, "sets": [{"seconds": 10, "side": "left"}]},
            ])
        );
        assert_eq!(strength[0]["pain"], 1);
        assert_eq!(strength[0]["notes"], "On the kitchen floor");
        stage.route("#/diary").await;
        stage.screen("diary").await;
        assert_eq!(rows(stage, "strength").await, 1);
        stage.route("#/strength").await;
        stage.screen("strength").await;
        stage.see("strength-why").await;
        assert!(stage.text("strength-when").await.starts_with("Next:"));
        // Nothing runs any more.
        assert!(stage.eval("localStorage.getItem('footing@/some/where/footing/live')").await.is_null());
    })
    .await;
}

async fn the_exercises_are_there_without_a_network(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        after_a_run(stage, "#/today").await;
        stage.offline_ready().await;
        stage.reload().await;
        stage.host.stop();
        stage.route("#/exercise/side-plank").await;
        stage.screen("exercise").await;
        stage.see("dose").await;
        stage.see("moving-figure").await;
        stage.route("#/mobility").await;
        stage.screen("mobility").await;
        stage.see("mobility-calf-stretch").await;
    })
    .await;
}

/// Shows the strength screens, each as a runner would come to see it.
async fn tour(stage: &mut Stage, theme: &str, mut look: impl AsyncFnMut(&Stage, &str)) {
    stage.visit_picture().await;
    let prefs = json!(json!({"theme": theme}).to_string());
    stage
        .run(
            "localStorage.setItem('footing@/some/where/footing/prefs', arguments[0]);",
            &[prefs],
        )
        .await;
    after_a_run(stage, "#/strength").await;
    stage.screen("strength").await;
    stage.see("strength-short").await;
    look(stage, "strength").await;
    for exercise in ["rear-foot-squat", "copenhagen", "ball-squeeze"] {
        stage.route(&format!("#/exercise/{exercise}")).await;
        stage.screen("exercise").await;
        let name = format!("{}.textContent", one("dose"));
        stage.until("the dose", &name).await;
        look(stage, &format!("exercise-{exercise}")).await;
    }
    stage.tap("figure-motion").await;
    stage.see("figure").await;
    look(stage, "exercise-still").await;
    stage.route("#/exercise/nothing-of-that-name").await;
    look(stage, "exercise-gone").await;
    stage.route("#/mobility").await;
    stage.screen("mobility").await;
    stage.see("mobility-leg-swing").await;
    look(stage, "mobility").await;
    stage.route("#/strength").await;
    stage.tap("strength-short").await;
    stage.screen("strength-session").await;
    stage.see("strength-done").await;
    look(stage, "strength-set").await;
    stage.tap("strength-done").await;
    stage.see("strength-go").await;
    stage.tap("strength-more").await;
    look(stage, "strength-rest").await;
    stage.tap("strength-skip-item").await;
    stage.tap("strength-hold").await;
    stage.advance(6).await;
    look(stage, "strength-hold").await;
    stage.tap("strength-hurts").await;
    stage.see("strength-summary").await;
    look(stage, "strength-log").await;
    stage.tap("strength-discard").await;
    stage.tap("strength-discard-sure").await;
    stage.screen("strength").await;
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

async fn every_strength_screen_in_the_light(engine: Engine) {
    axe_finds_nothing(engine, "light").await;
}

async fn every_strength_screen_in_the_dark(engine: Engine) {
    axe_finds_nothing(engine, "dark").await;
}

async fn every_strength_screen_in_the_sun(engine: Engine) {
    axe_finds_nothing(engine, "sun").await;
}

async fn strength_fits_a_small_phone(engine: Engine) {
    let small = Habits {
        page: (320, 568),
        ..Habits::default()
    };
    fits(engine, small, "small").await;
}

/// Chromium alone: `MiniBrowser` does not hear of a size of letters under automation.
#[tokio::test]
async fn strength_fits_with_letters_twice_as_large() {
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

/// The first path that moves, at two moments.
async fn moves(stage: &Stage) -> bool {
    let paths = "[...document.querySelectorAll('[data-t=\"moving-figure\"] path')].map((p) => p.getAttribute('d')).join()";
    let first = stage.eval(paths).await;
    let changed = format!("({paths}) !== {first}");
    crate::wait::seen(async || (stage.eval(&changed).await == Value::Bool(true)).then_some(()))
        .await
        .is_some()
}

async fn pictures_keep_still_where_that_is_asked_for(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        after_a_run(stage, "#/exercise/squat").await;
        stage.see("moving-figure").await;
        assert!(moves(stage).await, "it moves");
        stage.tap("figure-motion").await;
        stage.see("figure").await;
        let hidden = format!("!{}.checkVisibility()", one("moving-figure"));
        stage.until("the moving picture is gone", &hidden).await;
        stage.tap("figure-motion").await;
        assert!(moves(stage).await, "it moves again");
    })
    .await;
}
