//! The harness itself: what every other test relies on is shown to work, and its alarms to ring.

use std::path::{Path, PathBuf};

use crate::axe;
use crate::driver::Engine;
use crate::stage::{Stage, play_with};

crate::in_both!(
    a_page_answers,
    a_worker_answers_without_the_host,
    alarms_ring,
    axe_finds_faults
);

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/fixture")
}

async fn a_page_answers(engine: Engine) {
    play_with(engine, &fixture(), async |stage: &mut Stage| {
        stage.open("#/today").await;
        stage.screen("today").await;
        stage.tap("count").await;
        stage.tap("choice-b").await;
        stage.fill("words", "twenty minutes in the woods").await;
        stage.until("one tap, and the choice", "document.body.dataset.state === '1 b twenty minutes in the woods'").await;
        stage.hold("count").await;
        stage.until("the press to be felt", "document.body.dataset.held === 'true'").await;
        let size = stage.eval("[innerWidth, innerHeight, devicePixelRatio]").await;
        assert_eq!((size[0].as_u64(), size[1].as_u64()), (Some(390), Some(844)), "a phone's page: {size}");
        stage.clock("2026-03-10T07:30:00").await;
        stage.advance(90).await;
        // Loaded again from nothing: where a page as small as this one is reloaded, WebKitGTK 2.50 now and
        // then falls over its own garbage. The app is reloaded where that matters.
        stage.open("#/today").await;
        let minutes = "new Date(Date.now() + Number(sessionStorage['footing-test-offset-ms'])).toTimeString().slice(0, 5)";
        assert_eq!(stage.eval(minutes).await, "07:31", "the clock survives a new load");
        stage.screenshot("fixture").await;
    })
    .await;
}

async fn a_worker_answers_without_the_host(engine: Engine) {
    play_with(engine, &fixture(), async |stage: &mut Stage| {
        stage.open("#/today").await;
        stage.offline_ready().await;
        stage.clock("2026-03-10T07:30:00").await;
        stage.host.stop();
        stage.restart().await;
        stage.open("#/today").await;
        stage.screen("today").await;
        stage.tap("count").await;
        stage
            .until("the tap", "document.body.dataset.state?.startsWith('1')")
            .await;
        assert_eq!(
            stage.eval("localStorage.kept").await,
            "yes",
            "storage outlives the restart"
        );

        stage.host.start_again();
        stage.asked();
        stage.restart().await;
        stage.open("#/today").await;
        stage.screen("today").await;
        let asked = stage.asked();
        assert!(
            asked.iter().all(|asked| asked == "GET sw.js"),
            "the host was asked for {asked:?}"
        );
    })
    .await;
}

async fn alarms_ring(engine: Engine) {
    play_with(engine, &fixture(), async |stage: &mut Stage| {
        stage.open("?policy#/today").await;
        stage.screen("today").await;
        rings(stage, "policy broken").await;
        for (provoke, heard) in [
            ("console.error('provoked');", "provoked"),
            (
                "setTimeout(() => { throw new Error('thrown'); });",
                "thrown",
            ),
            ("Promise.reject(new Error('rejected'));", "rejected"),
        ] {
            stage.run(provoke, &[]).await;
            rings(stage, heard).await;
        }
        let _ = stage.client.goto("http://footing.example/").await;
        rings(stage, "GET http://footing.example/").await;
        stage.take_faults().await;
    })
    .await;
}

async fn rings(stage: &mut Stage, heard: &str) {
    let rang = async || {
        stage
            .take_faults()
            .await
            .iter()
            .any(|fault| fault.contains(heard))
            .then_some(())
    };
    crate::wait::until(heard, rang).await;
}

async fn axe_finds_faults(engine: Engine) {
    play_with(engine, &fixture(), async |stage: &mut Stage| {
        stage.open("#/today").await;
        stage.screen("today").await;
        assert_eq!(axe::faults(stage).await, Vec::<String>::new());
        stage
            .run("document.querySelector('label[for]').remove();", &[])
            .await;
        let faults = axe::faults(stage).await;
        assert!(
            faults.iter().any(|fault| fault.starts_with("label")),
            "{faults:?}"
        );
    })
    .await;
}
