//! Nothing of a session is lost: reloads and kills in every phase, a battery that died,
//! a second window, a tap on the wrong button.

use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};

use crate::driver::Engine;
use crate::live_cues::{at_level, stands, started};
use crate::stage::{Stage, play};
use crate::story::{self, LIVE};

crate::in_both!(
    a_reload_in_each_phase_goes_on_at_the_second,
    a_battery_that_died_asks_first,
    thrown_away_by_mistake_it_comes_back,
    a_second_window_shows_that_it_runs_in_the_first,
    saved_within_four_taps
);

crate::in_gecko!(
    a_reload_in_each_phase_goes_on_at_the_second,
    thrown_away_by_mistake_it_comes_back,
);

/// Each phase of R4: seconds to let pass, and what shows then.
const PHASES: [(i64, &str, &str); 6] = [
    (20, "warm-up", "running"),
    (290, "run", "running"),
    (120, "walk", "running"),
    (0, "walk", "paused"),
    (1320, "cool-down", "running"),
    (600, "done", "ended"),
];

/// Lets the session come to a phase.
async fn come_to(stage: &mut Stage, (seconds, phase, state): (i64, &str, &str)) {
    if state == "paused" {
        stage.hold("hold-pause").await;
    } else {
        let resumes = stage.attribute(LIVE, "data-state").await == "paused";
        if resumes {
            stage.tap("resume").await;
        }
        stage.advance(seconds).await;
    }
    stage.attribute_is(LIVE, "data-phase", phase).await;
    stage.attribute_is(LIVE, "data-state", state).await;
}

/// The same part, and no more seconds gone by than really went by.
async fn assert_goes_on(stage: &Stage, before: &(String, i64, i64)) {
    stage.see("wake-state").await;
    let after = stands(stage).await;
    assert_eq!(before.0, after.0);
    let passed = (after.2 - before.2) / 1000;
    let runs = before.0.ends_with("running");
    let expected = if runs { before.1 - passed } else { before.1 };
    assert!(
        (after.1 - expected).abs() <= 1,
        "{} s left, then {} s after {passed} s",
        before.1,
        after.1
    );
}

async fn a_reload_in_each_phase_goes_on_at_the_second(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        for phase in PHASES {
            come_to(stage, phase).await;
            let before = stands(stage).await;
            stage.reload().await;
            assert_goes_on(stage, &before).await;
            assert!(
                !stage.has("found-again").await,
                "a reload is no dead battery"
            );
        }
        story::log_quiet(stage).await;
    })
    .await;
}

#[tokio::test]
async fn a_kill_in_each_phase_goes_on_at_the_second() {
    play(Engine::Chromium, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        for phase in PHASES {
            come_to(stage, phase).await;
            // "Stored" is when the disk has it: the app waits for nothing else either.
            disk_has(stage).await;
            let before = stands(stage).await;
            let victim = stage.victim();
            victim.kill();
            victim.gone().await;
            stage.start_after_kill().await;
            stage.open("#/today").await;
            assert_goes_on(stage, &before).await;
        }
        story::log_quiet(stage).await;
    })
    .await;
}

/// Waits until IndexedDB holds the session as localStorage does.
async fn disk_has(stage: &Stage) {
    let script = "
        const done = arguments[arguments.length - 1];
        const open = indexedDB.open('footing@/some/where/footing/');
        open.onsuccess = () => {
            const ask = open.result.transaction('kv').objectStore('kv').get('live');
            ask.onsuccess = () => {
                open.result.close();
                const both = [ask.result, localStorage['footing@/some/where/footing/live']].map((text) => JSON.parse(text ?? 'null')?.moments.length);
                done(both[0] !== undefined && both[0] === both[1]);
            };
        };";
    let stored = crate::wait::seen(async || {
        let answer = stage.client.execute_async(script, vec![]).await.ok()?;
        (answer == Value::Bool(true)).then_some(())
    });
    if stored.await.is_none() {
        stage.fail("the session is not on the disk").await;
    }
}

async fn a_battery_that_died_asks_first(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        for (choice, screen) in [
            ("found-on", "live"),
            ("found-log", "log"),
            ("found-counted", "live"),
        ] {
            at_level(stage, "R4", &json!({"voice": false})).await;
            story::start_session(stage).await;
            let begun = started(stage).await;
            stage.advance(310).await;
            stage.attribute_is(LIVE, "data-phase", "run").await;
            // The last that was written, and then ten minutes without the app.
            stage.visit_picture().await;
            stage.advance(600).await;
            stage.open("#/today").await;
            stage.see("found-again").await;
            let words = stage.text("found-again").await;
            assert!(
                words.contains("0.2 min") || words.contains("0.1 min"),
                "{words}"
            );
            stage.tap(choice).await;
            stage.screen(screen).await;
            match choice {
                "found-on" => {
                    stage.attribute_is(LIVE, "data-index", "1").await;
                    let left = story::total_left(stage).await;
                    assert!((2040 - 330..=2040 - 298).contains(&left), "{left} s left");
                    stage.hold("hold-end").await;
                }
                "found-counted" => {
                    stage.attribute_is(LIVE, "data-index", "6").await;
                    let (_, left, ms) = stands(stage).await;
                    let place = (ms - begun) / 1000;
                    assert!(
                        (2040 - left - place).abs() <= 1,
                        "{left} s left after {place} s"
                    );
                    stage.hold("hold-end").await;
                }
                _ => {
                    let run = stage.value("log-run-min").await;
                    assert!(["0.1", "0.2", "0.3", "0"].contains(&run.as_str()), "{run}");
                    stage.tap("all-quiet").await;
                    stage.tap("log-save").await;
                    stage.see("logged").await;
                    story::saved(stage).await;
                    return;
                }
            }
            stage.unfold("discard").await;
            stage.tap("discard").await;
            stage.screen("today").await;
        }
    })
    .await;
}

async fn thrown_away_by_mistake_it_comes_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        stage.advance(310).await;
        // The word on the time away stands above the buttons: they have moved.
        stage.see("away").await;
        if engine == Engine::Gecko {
            // Without a loudspeaker nothing is heard there, and that is said below them.
            stage.see("sound").await;
        }
        stage.hold("hold-end").await;
        stage.unfold("discard").await;
        stage.tap("discard").await;
        stage.screen("today").await;
        let gone = stage
            .eval("localStorage.getItem('footing@/some/where/footing/live')")
            .await;
        assert_eq!(gone, Value::Null);
        stage.tap("undo").await;
        stage.attribute_is(LIVE, "data-state", "ended").await;
        stage.tap("undo-end").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        stage.attribute_is(LIVE, "data-index", "1").await;
        disk_has(stage).await;
    })
    .await;
}

async fn a_second_window_shows_that_it_runs_in_the_first(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        let first = stage.client.window().await.expect("a window");
        let second = stage.client.new_window(false).await;
        let second = second.expect("a second window").handle;
        let switch = async |stage: &Stage, window: &WindowHandle| {
            let switched = stage.client.switch_to_window(window.clone()).await;
            switched.expect("the window answers");
        };
        switch(stage, &second).await;
        stage.open("#/live").await;
        stage.see("no-session").await;
        stage.see("take-over").await;
        stage.tap("take-over").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        switch(stage, &first).await;
        stage.see("no-session").await;
        stage.see("take-over").await;
        // And back again.
        stage.tap("take-over").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        stage.hold("hold-end").await;
        story::log_quiet(stage).await;
    })
    .await;
}

/// Counts what a hand does, from the last cue to "saved".
const COUNT: &str = "
    window.footingTouches = 0;
    for (const kind of ['pointerdown', 'keydown'])
        addEventListener(kind, () => { footingTouches += 1; }, {capture: true});";

async fn saved_within_four_taps(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        stage.advance(2035).await;
        stage.run(COUNT, &[]).await;
        stage.advance(5).await;
        stage.attribute_is(LIVE, "data-phase", "done").await;
        let begun = stage.app_ms().await;
        story::log_quiet(stage).await;
        let took = stage.app_ms().await - begun;
        let touches = stage
            .eval("footingTouches")
            .await
            .as_i64()
            .expect("a number");
        assert!((1..=4).contains(&touches), "{touches} touches");
        assert!(
            took < 10_000,
            "{took} ms, though no hand is as quick as a test"
        );
        let (local, twin) = story::stored(stage).await;
        assert_eq!(local, twin, "saved is on the disk");
    })
    .await;
}
