//! A session outlives its page: it goes on at the right second.

use serde_json::json;

use crate::driver::Engine;
use crate::live_cues::stands;
use crate::stage::{Stage, play};
use crate::story::{self, LIVE};

crate::in_both!(
    a_reload_goes_on_at_the_second,
    a_reload_while_paused_waits,
    a_restart_goes_on_at_the_second
);

/// Compares with the time that really passed between the two looks.
fn assert_went_on(before: &(String, i64, i64), after: &(String, i64, i64), running: bool) {
    assert_eq!(before.0, after.0, "the same part");
    let passed = if running {
        (after.2 - before.2 + 500) / 1000
    } else {
        0
    };
    let counted = before.1 - after.1;
    assert!(
        (counted - passed).abs() <= 1,
        "{counted} s counted while {passed} s passed"
    );
}

/// Into the second run of R1.
async fn into_the_second_run(stage: &mut Stage) {
    story::open_with(
        stage,
        &story::diary()[..1],
        "2026-03-02T09:00:00",
        "#/today",
    )
    .await;
    story::start_session(stage).await;
    stage.advance(300 + 60 + 120 + 17).await;
    stage.attribute_is(LIVE, "data-index", "3").await;
    stage.attribute_is(LIVE, "data-phase", "run").await;
}

async fn a_reload_goes_on_at_the_second(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        into_the_second_run(stage).await;
        let before = stands(stage).await;
        stage.reload().await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        assert_went_on(&before, &stands(stage).await, true);
        // And it can be ended as if nothing had been.
        stage.hold("hold-end").await;
        story::log_quiet(stage).await;
    })
    .await;
}

async fn a_reload_while_paused_waits(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        into_the_second_run(stage).await;
        stage.hold("hold-pause").await;
        stage.attribute_is(LIVE, "data-state", "paused").await;
        let before = stands(stage).await;
        stage.advance(600).await;
        stage.reload().await;
        stage.attribute_is(LIVE, "data-state", "paused").await;
        assert_went_on(&before, &stands(stage).await, false);
        stage.tap("resume").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        // It counts from the tap that ended the pause on.
        let resumed = "JSON.parse(localStorage.getItem('footing@/some/where/footing/live')).moments.at(-1).at";
        let resumed = stage.eval(resumed).await.as_i64().expect("a time");
        let after = stands(stage).await;
        let paused = (after.0.clone(), before.1, resumed);
        assert_went_on(&paused, &after, true);
    })
    .await;
}

async fn a_restart_goes_on_at_the_second(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        into_the_second_run(stage).await;
        let before = stands(stage).await;
        stage.restart().await;
        // On whatever route the app is opened, the running session comes first.
        stage.open("#/today").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        assert_went_on(&before, &stands(stage).await, true);
        let stored = stage
            .eval("localStorage.getItem('footing@/some/where/footing/live')")
            .await;
        assert_ne!(
            stored,
            json!(null),
            "the running session is kept until it is logged"
        );
    })
    .await;
}
