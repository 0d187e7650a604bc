//! Six minutes of a session, by the clock on the wall: no turned clock has a hand in it.
//!
//! First in the alphabet, so that it begins first and the other tests run beside it.

use std::time::{Duration, Instant};

use crate::driver::Engine;
use crate::stage::{Stage, play_aside};
use crate::story::{self, LIVE, entry};
use serde_json::{Value, json};

/// What a busy machine may take to begin, and to look.
const SLACK: Duration = Duration::from_secs(3);

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

        // Five minutes of warm-up, then a minute's run: the phases change by themselves.
        for (phase, at) in [("run", 300), ("walk", 360)] {
            let wanted = Duration::from_secs(at);
            let patience = (wanted + SLACK).saturating_sub(begun.elapsed());
            let there = format!("document.querySelector('{LIVE}').dataset.phase === '{phase}'");
            stage.until_within(patience, phase, &there).await;
            let passed = begun.elapsed();
            assert!(
                passed.abs_diff(wanted) < SLACK,
                "{phase} began after {passed:?} instead of {wanted:?}"
            );
            let counted = 1500 - story::total_left(stage).await;
            let late = counted - i64::try_from(at).expect("small");
            assert!(
                (0..=2).contains(&late),
                "{counted} s counted as {phase} began"
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
