//! When the app itself fails: a page that says so and hands out the diary, without any wasm.

use serde_json::Value;

use crate::axe;
use crate::driver::Engine;
use crate::stage::{Stage, play};
use crate::story::{self, diary};

crate::in_both!(a_panic_shows_the_way_out, the_rescue_page_holds_every_entry);

/// The rescue page brings its own ids nowhere: it is found by what it says.
const RESCUE: &str = "document.querySelector('main.rescue')";

async fn on_the_diary(engine: Engine, test: impl AsyncFnOnce(&mut Stage)) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T08:00:00", "#/today").await;
        stage.screen("today").await;
        test(stage).await;
    })
    .await;
}

async fn a_panic_shows_the_way_out(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        assert!(
            stage.take_faults().await.is_empty(),
            "nothing went wrong before"
        );
        stage
            .run("dispatchEvent(new Event('footing-test-panic'));", &[])
            .await;
        holds_the_diary(stage).await;
        // The panic itself is on the console, as it should be; that and nothing else.
        let faults = stage.take_faults().await;
        assert!(!faults.is_empty(), "a panic is not kept quiet");
        assert!(
            faults.iter().all(
                |fault| fault.contains("panic") || fault.to_lowercase().contains("unreachable")
            ),
            "{faults:?}"
        );

        // And a reload leads back into the app, with everything there.
        stage.reload().await;
        stage.screen("today").await;
        story::r2_and_why(stage).await;
    })
    .await;
}

async fn the_rescue_page_holds_every_entry(engine: Engine) {
    on_the_diary(engine, async |stage: &mut Stage| {
        stage
            .run("window.footingRescue('a test asked for it');", &[])
            .await;
        holds_the_diary(stage).await;
        assert_eq!(axe::faults(stage).await, Vec::<String>::new());
        stage.screenshot("rescue").await;
    })
    .await;
}

async fn holds_the_diary(stage: &Stage) {
    stage.until("the rescue page", &format!("!!{RESCUE}")).await;
    let status = format!(
        "{RESCUE}.querySelector('[role=status]').textContent.startsWith('Entries found: 5')"
    );
    stage.until("all five entries to be found", &status).await;
    stage
        .run(
            &format!("{RESCUE}.querySelector('details').open = true;"),
            &[],
        )
        .await;
    let text = stage
        .until(
            "the diary as text",
            &format!("{RESCUE}.querySelector('textarea').value || null"),
        )
        .await;
    let backup: Value =
        serde_json::from_str(text.as_str().unwrap_or_default()).expect("a backup is JSON");
    let mut wanted: Vec<_> = diary()
        .iter()
        .map(|entry| entry["id"].clone())
        .map(word)
        .collect();
    let found = backup["entries"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<_> = found
        .iter()
        .map(|entry| entry["id"].clone())
        .map(word)
        .collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted, "every entry is in the file");
}

#[allow(clippy::needless_pass_by_value, reason = "mapped over")]
fn word(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
