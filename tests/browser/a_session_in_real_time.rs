//! Six minutes of a session, by the clock on the wall: no turned clock has a hand in it.
//!
//! First in the alphabet, so that it begins first and the other tests run beside it.

use std::time::Duration;

use crate::driver::Engine;
use crate::stage::{Stage, play_aside};
use crate::story::{self, LIVE, entry};
use crate::wait::PATIENCE;
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

/// Writes down each change that the screen shows, by the page's own clock: the part, seconds left
/// in all, and when.
const WATCH: &str = "
    window.footingShown = [];
    const look = () => {
        const screen = document.querySelector(arguments[0]);
        if (!screen) return;
        const now = [screen.dataset.phase, Number(screen.dataset.totalLeft)];
        const last = footingShown.at(-1);
        if (last?.[0] !== now[0] || last[1] !== now[1]) footingShown.push([...now, Date.now() / 1000]);
    };
    new MutationObserver(look).observe(document, {
        subtree: true, childList: true, attributes: true,
        attributeFilter: ['data-phase', 'data-total-left'],
    });";

/// Seconds of R1.
const WHOLE: i64 = 1500;
/// How much later than it was true (seconds) the screen may say something: it looks
/// once a second, and the machine does other things too.
const LATE: f64 = 1.5;

/// When the session began by the page's clock, seconds since 1970.
async fn started(stage: &Stage) -> f64 {
    let started =
        "JSON.parse(localStorage.getItem('footing@/some/where/footing/live')).started / 1000";
    stage.eval(started).await.as_f64().expect("a time")
}

/// Each part was shown when it began, and each number of seconds left was true when it
/// was drawn, the first as the last.
async fn assert_shown_in_time(stage: &Stage, started: f64) {
    let shown = stage.eval("footingShown").await;
    let shown: Vec<(&str, i64, f64)> = shown
        .as_array()
        .into_iter()
        .flatten()
        .map(|change| {
            let phase = change[0].as_str().expect("a part");
            let left = change[1].as_i64().expect("seconds");
            (phase, left, change[2].as_f64().expect("a time") - started)
        })
        .collect();
    for (phase, begins) in [("warm-up", 0.0), ("run", 300.0), ("walk", 360.0)] {
        let first = shown.iter().find(|(shown, ..)| *shown == phase);
        let (.., at) = first.unwrap_or_else(|| panic!("{phase} was never shown"));
        assert!(
            (begins..begins + LATE).contains(at),
            "{phase} was shown at {at:.3} s instead of {begins}"
        );
    }
    let mut before = WHOLE + 1;
    for (phase, left, at) in shown {
        // Drawn beside the other attribute, whose turn comes in the same moment.
        if left == before {
            continue;
        }
        let passed = f64::from(i32::try_from(WHOLE - left).expect("a session is short"));
        assert!(left < before, "{left} s left after {before} s");
        assert!(
            (passed..passed + LATE).contains(&at),
            "{left} s left in {phase} at {at:.3} s"
        );
        before = left;
    }
    assert!(before <= WHOLE - 360, "the last number was {before}");
}

/// The run and the walk were called at their seconds by the wall, and the sound's own
/// clock was running meanwhile.
async fn assert_called_in_time(stage: &Stage, started: f64) {
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
        stage.run(WATCH, &[json!(LIVE)]).await;
        story::start_session(stage).await;
        let started = started(stage).await;

        // Five minutes of warm-up, then a minute's run: the parts change by themselves.
        for (phase, lasts) in [("run", 300), ("walk", 60)] {
            let there = format!("document.querySelector('{LIVE}').dataset.phase === '{phase}'");
            let patience = Duration::from_secs(lasts) + PATIENCE;
            stage.until_within(patience, phase, &there).await;
        }
        assert_shown_in_time(stage, started).await;
        assert_called_in_time(stage, started).await;
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
