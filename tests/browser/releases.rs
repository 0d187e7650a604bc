//! A new release waits for the runner, and never comes in the middle of a session.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::driver::{Engine, Scratch};
use crate::stage::{Stage, dist, play_with};
use crate::story::{self, LIVE};

crate::in_both!(
    the_old_release_stays_until_the_runner_accepts,
    the_old_release_stays_until_the_app_was_closed,
    a_session_keeps_the_new_release_waiting,
    a_running_session_goes_on_under_the_new_release,
);

/// Two releases that differ as two builds would: in their bytes, and so in their versions.
struct Releases {
    first: Scratch,
    second: Scratch,
}

impl Releases {
    fn new() -> Self {
        let releases = Self {
            first: Scratch::new("release-1"),
            second: Scratch::new("release-2"),
        };
        copy(&dist(), releases.first.path());
        copy(&dist(), releases.second.path());
        let files = fs::read_dir(releases.second.path()).expect("a folder can be read");
        let style = files
            .flatten()
            .find(|file| file.file_name().to_string_lossy().starts_with("styles-"))
            .expect("the release has a style sheet")
            .path();
        let mut text = fs::read_to_string(&style).expect("a style sheet is text");
        text.push_str("\n/* the second release */\n");
        fs::write(&style, text).expect("the copy can be written");
        // Finished as Trunk's hook finishes every build.
        let finish = Command::new(env!("CARGO_BIN_EXE_finish-release"))
            .arg(releases.second.path())
            .output();
        let said = finish.expect("finish-release runs").stderr;
        assert_ne!(
            version_in(releases.first.path()),
            version_in(releases.second.path()),
            "{}",
            String::from_utf8_lossy(&said)
        );
        releases
    }
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be read").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

fn version_in(folder: &Path) -> String {
    let page = fs::read_to_string(folder.join("index.html")).expect("the release has a page");
    let rest = page
        .split("name=\"footing-version\" content=\"")
        .nth(1)
        .expect("the page says its version");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn version(stage: &Stage) -> String {
    let version = stage
        .eval("document.querySelector('meta[name=footing-version]').content")
        .await;
    version.as_str().unwrap_or_default().to_owned()
}

/// Has the browser look for a new release, and waits until it is stored and waits in its turn.
async fn notices_the_new_release(stage: &Stage) {
    let script = "
        const done = arguments[arguments.length - 1];
        navigator.serviceWorker.ready.then(async (known) => { await known.update(); done(!!known.waiting); })
            .catch(() => done(false));";
    let waits = crate::wait::seen(async || {
        let answer = stage.client.execute_async(script, vec![]).await;
        (answer.ok()? == Value::Bool(true)).then_some(())
    });
    if waits.await.is_none() {
        stage.fail("the new release never waited").await;
    }
}

/// Release 1 is installed and in charge, with a diary; then release 2 is deployed.
async fn with_a_release_waiting(engine: Engine, test: impl AsyncFnOnce(&mut Stage, &Releases)) {
    let releases = Releases::new();
    play_with(engine, releases.first.path(), async |stage: &mut Stage| {
        story::open_with(
            stage,
            &story::diary()[..1],
            "2026-03-02T09:00:00",
            "#/today",
        )
        .await;
        stage.screen("today").await;
        stage.offline_ready().await;
        stage.open("#/today").await;
        stage.screen("today").await;
        stage.deploy(releases.second.path());
        test(stage, &releases).await;
    })
    .await;
}

async fn the_old_release_stays_until_the_runner_accepts(engine: Engine) {
    with_a_release_waiting(engine, async |stage: &mut Stage, releases: &Releases| {
        let (first, second) = (
            version_in(releases.first.path()),
            version_in(releases.second.path()),
        );
        notices_the_new_release(stage).await;
        stage.see("update-card").await;
        for _ in 0..2 {
            stage.reload().await;
            stage.see("update-card").await;
            assert_eq!(version(stage).await, first, "a reload does not bring it");
        }
        stage.tap("update-accept").await;
        let there =
            format!("document.querySelector('meta[name=footing-version]')?.content === '{second}'");
        stage.until("the second release", &there).await;
        stage.screen("today").await;
        stage.gone("update-card").await;
        assert_eq!(
            story::stored(stage).await.0.len(),
            1,
            "the diary is as it was"
        );
        // And from now on it is the one that answers without the host.
        stage.host.stop();
        stage.reload().await;
        stage.screen("today").await;
        assert_eq!(version(stage).await, second);
        let kept = stage
            .client
            .execute_async("caches.keys().then(arguments[0]);", vec![])
            .await;
        let kept = kept.expect("the caches can be listed");
        assert_eq!(
            kept.as_array().map(Vec::len),
            Some(1),
            "the old release's files are gone: {kept}"
        );
    })
    .await;
}

async fn the_old_release_stays_until_the_app_was_closed(engine: Engine) {
    with_a_release_waiting(engine, async |stage: &mut Stage, releases: &Releases| {
        notices_the_new_release(stage).await;
        stage.see("update-card").await;
        assert_eq!(version(stage).await, version_in(releases.first.path()));
        stage.restart().await;
        stage.open("#/today").await;
        stage.screen("today").await;
        assert_eq!(
            version(stage).await,
            version_in(releases.second.path()),
            "closed and opened again"
        );
    })
    .await;
}

async fn a_session_keeps_the_new_release_waiting(engine: Engine) {
    with_a_release_waiting(engine, async |stage: &mut Stage, releases: &Releases| {
        story::start_session(stage).await;
        notices_the_new_release(stage).await;
        let first = version_in(releases.first.path());
        for route in ["#/live", "#/today", "#/settings", "#/live"] {
            stage.route(route).await;
            stage.screen(&route[2..]).await;
            assert!(
                !stage.has("update-card").await,
                "not offered on {route} while a session runs"
            );
        }
        let answer = stage
            .client
            .execute_async("window.footingAcceptUpdate().then(arguments[0]);", vec![])
            .await;
        assert_eq!(
            answer.expect("an answer"),
            "session",
            "nor taken when asked for"
        );
        stage.reload().await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        assert_eq!(version(stage).await, first, "nor does a reload bring it");

        stage.hold("hold-end").await;
        story::log_quiet(stage).await;
        stage.see("update-card").await;
        assert_eq!(
            version(stage).await,
            first,
            "it waits for the runner's word"
        );
    })
    .await;
}

async fn a_running_session_goes_on_under_the_new_release(engine: Engine) {
    with_a_release_waiting(engine, async |stage: &mut Stage, releases: &Releases| {
        story::start_session(stage).await;
        stage.advance(300 + 20).await;
        stage.attribute_is(LIVE, "data-phase", "run").await;
        let before = story::total_left(stage).await;
        notices_the_new_release(stage).await;
        stage.restart().await;
        stage.open("#/today").await;
        stage.attribute_is(LIVE, "data-phase", "run").await;
        assert_eq!(version(stage).await, version_in(releases.second.path()));
        let left = story::total_left(stage).await;
        assert!(
            (before - 15..=before).contains(&left),
            "{left} s left, {before} before the release changed"
        );
    })
    .await;
}
