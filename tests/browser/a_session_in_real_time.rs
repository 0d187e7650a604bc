//! Six minutes of a session, by the clock on the wall: no turned clock has a hand in it.
//!
//! First in the alphabet, so that it begins first and the other tests run beside it.

use std::time::{Duration, Instant};

use crate::driver::Engine;
use crate::stage::{Stage, play_aside};
use crate::story::{self, LIVE, entry};
use serde_json::{Value, json};

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
