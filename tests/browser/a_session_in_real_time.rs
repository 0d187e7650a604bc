//! Six minutes of a session, by the clock on the wall: no turned clock has a hand in it.
//!
//! First in the alphabet, so that it begins first and the other tests run beside it.

use std::time::{Duration, Instant};

use crate::driver::Engine;
use crate::stage::{Stage, play_aside};
use crate::story::{self, LIVE, entry};
use serde_json::{Value, json};

/// Writes down each tone by both clocks: when it will sound by the wall, and by the sound's own.
const LISTEN: &str = "
    window.footingTones = [];
    const begin = AudioScheduledSourceNode.prototype.start;
    AudioScheduledSourceNode.prototype.start = function (when = 0) {
        const wait = Math.max(0, when - this.context.currentTime);
        footingTones.push([Math.round(this.frequency.value), Date.now() / 1000 + wait, when]);
        return begin.call(this, when);
    };";

/// The run and the walk were called at their seconds by the wall, and the sound's own
/// clock was running meanwhile.
async fn assert_called_in_time(stage: &Stage) {
    let started = "JSON.parse(localStorage.getItem('footing/live')).started / 1000";
    let started = stage.eval(started).await.as_f64().expect("a time");
    let tones = stage.eval("footingTones").await;
    let tones = tones.as_array().cloned().unwrap_or_default();
    let first = |pitch: i64| {
        let tone = tones.iter().rfind(|tone| tone[0] == pitch);
        let tone = tone.unwrap_or_else(|| panic!("{pitch} Hz was never heard"));
        let of = |n: usize| tone[n].as_f64().expect("a time");
        (of(1) - started, of(2))
    };
    // 880 and 1175 Hz are the run's alone by then; 784 Hz begins the walk's.
    let (run, walk) = (first(1175), first(784));
    assert!(
        (run.0 - 300.32).abs() <= 0.05,
        "the run is called at {:.3} s",
        run.0
    );
    assert!(
        (walk.0 - 360.0).abs() <= 0.05,
        "the walk is called at {:.3} s",
        walk.0
    );
    // Without a sound card the sound's own clock runs late on a busy machine: each tone is
    // put at its place by the wall, so that adds up to nothing.
    let apart = walk.1 - run.1;
    assert!(
        (55.0..=59.73).contains(&apart),
        "{apart:.3} s apart by the sound's own clock"
    );
}

#[tokio::test]
async fn chromium() {
    play_aside(Engine::Chromium, async |stage: &mut Stage| {
        let day = stage
            .eval("new Date(Date.now() - 3 * 864e5).toISOString()")
            .await;
        let plan = json!({
            "injury": {"profile": "joint", "site": "knee", "side": "left", "since": "2025-06-01"},
            "no_clinician": true, "start_stage": "run-walk", "start_level": "R1",
        });
        let plan = entry(1, day.as_str().expect("a date"), "plan", &plan);
        story::lay_down(stage, &[plan]).await;
        stage.open("#/today").await;
        stage.run(LISTEN, &[]).await;
        story::start_session(stage).await;
        let begun = Instant::now();
        let total = story::total_left(stage).await;
        assert!(
            (1498..=1500).contains(&total),
            "{total} s of R1 left at its start"
        );

        // Five minutes of warm-up, then a minute's run: the phases change by themselves.
        for (phase, at) in [("run", 300), ("walk", 360)] {
            let patience = Duration::from_secs(at + 5).saturating_sub(begun.elapsed());
            let there = format!("document.querySelector('{LIVE}').dataset.phase === '{phase}'");
            stage.until_within(patience, phase, &there).await;
            let passed = begun.elapsed().as_secs_f64();
            let wanted = Duration::from_secs(at).as_secs_f64();
            assert!(
                (passed - wanted).abs() < 1.5,
                "{phase} began after {passed:.1} s instead of {wanted}"
            );
            let left = total - story::total_left(stage).await;
            assert!(
                left.abs_diff(i64::try_from(at).expect("small")) <= 1,
                "{left} s counted in {passed:.1} s"
            );
        }

        assert_called_in_time(stage).await;
        stage.hold("hold-end").await;
        story::log_quiet(stage).await;
        let (local, twin) = story::stored(stage).await;
        assert_eq!(local, twin);
        let session = local.iter().find_map(|(_, text)| {
            let entry: Value = serde_json::from_str(text).expect("an entry is JSON");
            (entry["kind"] == "session").then_some(entry)
        });
        let session = session.expect("the session was logged");
        assert_eq!(session["run_min"], 1.0, "one minute was run: {session}");
    })
    .await;
}
