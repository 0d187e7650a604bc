//! A session outlives its page: it goes on at the right second.

use serde_json::{Value, json};

use crate::driver::Engine;
use crate::stage::{Stage, play};
use crate::story::{self, LIVE};

crate::in_both!(
    a_reload_goes_on_at_the_second,
    a_reload_while_paused_waits,
    a_restart_goes_on_at_the_second
);

/// Where a session stands: its part, the seconds left in all, and when that was read.
async fn standing(stage: &Stage) -> (Value, i64, f64) {
    // Asked to look at the clock first, since on a busy machine the last look may be a while ago.
    let script = format!(
        "const [done] = arguments;
         dispatchEvent(new Event('footing-test-tick'));
         setTimeout(() => {{
             const live = document.querySelector('{LIVE}');
             done([live.dataset.index + live.dataset.phase + live.dataset.state,
                   Number(live.dataset.totalLeft), Date.now()]);
         }});"
    );
    let at = stage.client.execute_async(&script, vec![]).await;
    let at = at.expect("the session can be read");
    (
        at[0].clone(),
        at[1].as_i64().expect("seconds"),
        at[2].as_f64().expect("a time"),
    )
}

/// Compares with the time that really passed between the two looks.
fn assert_went_on(before: &(Value, i64, f64), after: &(Value, i64, f64), running: bool) {
    assert_eq!(before.0, after.0, "the same part");
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a few thousand milliseconds"
    )]
    let passed = if running {
        ((after.2 - before.2) / 1000.0).round() as i64
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
        let before = standing(stage).await;
        stage.reload().await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        assert_went_on(&before, &standing(stage).await, true);
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
        let before = standing(stage).await;
        stage.advance(600).await;
        stage.reload().await;
        stage.attribute_is(LIVE, "data-state", "paused").await;
        assert_went_on(&before, &standing(stage).await, false);
        stage.tap("resume").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        let left = story::total_left(stage).await;
        assert!(
            (before.1 - left).abs() <= 3,
            "{left} s left after the pause, {} before",
            before.1
        );
    })
    .await;
}

async fn a_restart_goes_on_at_the_second(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        into_the_second_run(stage).await;
        let before = standing(stage).await;
        stage.restart().await;
        // On whatever route the app is opened, the running session comes first.
        stage.open("#/today").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        assert_went_on(&before, &standing(stage).await, true);
        let stored = stage.eval("localStorage.getItem('footing/live')").await;
        assert_ne!(
            stored,
            json!(null),
            "the running session is kept until it is logged"
        );
    })
    .await;
}
