//! What a runner puts right by hand: an entry, a forgotten session, the look.

use serde_json::{Value, json};

use crate::driver::Engine;
use crate::page::one;
use crate::stage::{Stage, play};
use crate::story::{self, diary, id};

crate::in_both!(
    an_entry_can_be_changed_removed_and_brought_back,
    a_past_session_can_be_added,
    a_log_is_kept_once_and_before_the_page_goes,
    the_chosen_look_is_kept,
    older_days_come_below_what_is_there,
);

const NOW: &str = "2026-03-06T08:00:00";

/// Waits until an entry, as stored for good, fits.
async fn stored_entry(stage: &Stage, what: &str, fits: impl Fn(&Value) -> bool) {
    let found = crate::wait::seen(async || {
        let (_, twin) = story::stored(stage).await;
        let mut entries = twin
            .iter()
            .filter_map(|(_, text)| serde_json::from_str(text).ok());
        entries.any(|entry: Value| fits(&entry)).then_some(())
    });
    if found.await.is_none() {
        stage.fail(format_args!("never stored: {what}")).await;
    }
}

async fn an_entry_can_be_changed_removed_and_brought_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), NOW, "#/today").await;
        story::advised(stage, "run-walk", "R2").await;
        stage.route("#/diary").await;
        let row = format!("row-{}", id(4));
        stage.tap(&format!("edit-{}", id(4))).await;
        stage.screen("entry").await;
        stage.tap("pain-during-5").await;
        stage.tap("log-save").await;
        stored_entry(stage, "the change", |entry| {
            entry["id"] == id(4) && entry["pain_during"] == 5 && entry["edited_at"].is_string()
        })
        .await;
        // The answer changes with the diary: pain at 5 steps back instead of up.
        stage.route("#/today").await;
        story::advised(stage, "rest", "W5").await;

        stage.route("#/diary").await;
        stage.tap(&format!("delete-{}", id(4))).await;
        stage.gone(&row).await;
        stored_entry(stage, "the removal", |entry| {
            entry["id"] == id(4) && entry["deleted"] == true
        })
        .await;
        stage.tap("undo").await;
        stage.see(&row).await;
        stored_entry(stage, "that it is back", |entry| {
            entry["id"] == id(4) && entry["deleted"] != true && entry["pain_during"] == 5
        })
        .await;
        stage.reload().await;
        stage.see(&row).await;
    })
    .await;
}

async fn a_past_session_can_be_added(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), NOW, "#/diary").await;
        stage.tap("add-session").await;
        stage.screen("add").await;
        stage.fill("log-date", "2026-02-28").await;
        stage.fill("log-walk-min", "30").await;
        stage.tap("pain-during-1").await;
        stage.tap("log-save").await;
        stored_entry(stage, "the past session", |entry| {
            let day = entry["at"].as_str().unwrap_or_default();
            day.starts_with("2026-02-28T") && entry["walk_min"] == 30.0 && entry["pain_during"] == 1
        })
        .await;
        stage.route("#/diary").await;
        stage.screen("diary").await;
        let three =
            "document.querySelectorAll('[data-t^=\"row-\"][data-kind=\"session\"]').length === 3";
        stage.until("three sessions", three).await;
    })
    .await;
}

/// The screen answers a tap before the diary is judged anew: nothing is lost in between,
/// and a second tap there is no second entry.
async fn a_log_is_kept_once_and_before_the_page_goes(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), NOW, "#/today").await;
        // What keeps an entry may still be on its way on a first visit; this comes with it.
        stage.see("to-recovery").await;
        stage.route("#/log").await;
        stage.screen("log").await;
        stage.fill("log-walk-min", "23").await;
        stage.tap("all-quiet").await;
        let tap_and_leave = "
            const kept = () => Object.keys(localStorage)
                .filter((key) => key.startsWith('footing@/some/where/footing/entry/')).length;
            const save = document.querySelector('[data-t=log-save]');
            const counts = [kept()];
            save.click();
            save.click();
            counts.push(kept());
            dispatchEvent(new Event('pagehide'));
            counts.push(kept());
            return counts;";
        let before = diary().len();
        let counts = stage.run(tap_and_leave, &[]).await;
        assert_eq!(counts, json!([before, before, before + 1]));
        stage.screen("today").await;
        stored_entry(stage, "the session", |entry| entry["walk_min"] == 23.0).await;
        crate::wait::until("one entry more in both stores", async || {
            let (local, twin) = story::stored(stage).await;
            (local.len() == before + 1 && twin.len() == before + 1).then_some(())
        })
        .await;
    })
    .await;
}

async fn the_chosen_look_is_kept(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), NOW, "#/settings").await;
        for look in ["dark", "sun", "light"] {
            stage.tap(&format!("theme-{look}")).await;
            stage.attribute_is("html", "data-theme", look).await;
            stage.reload().await;
            assert_eq!(
                stage.attribute("html", "data-theme").await,
                look,
                "from the first paint on"
            );
            let chosen = format!("{}?.checked", one(&format!("theme-{look}")));
            stage.until("the choice", &chosen).await;
        }
        assert!(
            !stage.text("version").await.is_empty(),
            "Settings says which release this is"
        );
    })
    .await;
}

async fn older_days_come_below_what_is_there(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        // Two pages and a bit, with a silence of a year in the middle.
        let mut entries = diary();
        for n in 0..140 {
            let (year, n) = if n < 70 { (2025, n) } else { (2024, n - 70) };
            let at = format!("{year}-0{}-{:02}T07:00:00+01:00", 1 + n / 28, 1 + n % 28);
            entries.push(story::entry(
                year - 2000 + 100 * n,
                &at,
                "morning",
                &json!({"pain": 1}),
            ));
        }
        let row = |n: u32| format!("row-{}", id(n));
        story::open_with(stage, &entries, NOW, "#/diary").await;
        stage.see(&row(4)).await;
        stage
            .run(
                "document.querySelector('.page .rows li').mark = 'the same'",
                &[],
            )
            .await;
        story::drawn(stage).await;
        assert!(!stage.has(&row(25)).await);
        stage.tap("show-more").await;
        stage.see(&row(25)).await;
        let there = "document.activeElement?.dataset.page === 'page-1'";
        stage.until("the focus to go on", there).await;
        stage.tap("show-more").await;
        stage.see(&row(24)).await;
        stage.gone("show-more").await;
        let first = "document.querySelector('.page .rows li').mark";
        assert_eq!(stage.eval(first).await, json!("the same"));
    })
    .await;
}
