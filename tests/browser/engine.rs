//! What the rules say, seen through the built app.

use serde_json::{Value, json};

use crate::driver::Engine;
use crate::stage::{Stage, play};
use crate::story::{self, SETUP, entry};

crate::in_both!(
    a_freedom_is_taken_up_by_its_card,
    under_twelve_weeks_after_a_birth_walking_is_the_answer,
);

async fn a_freedom_is_taken_up_by_its_card(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        let plan = json!({
            "injury": {"profile": "joint", "site": "knee", "side": "right", "since": "2025-06-01"},
            "start_stage": "running",
        });
        let cleared = json!({"granted": true, "by": "Dr Moss"});
        let diary = [
            entry(1, "2026-03-02T09:00:00+01:00", "plan", &plan),
            entry(2, "2026-03-02T09:01:00+01:00", "clearance", &cleared),
        ];
        story::open_with(stage, &diary, "2026-03-03T09:00:00", "#/journey").await;
        stage.screen("journey").await;
        let offered = "[data-t=freedom]";
        stage.attribute_is(offered, "data-freedom", "longer").await;
        stage.tap("freedom-take").await;
        story::saved(stage).await;
        // The next one is named with its day: a week is held first.
        stage
            .attribute_is(offered, "data-freedom", "fourth-day")
            .await;
        stage.see("freedom-from").await;
        stage.gone("freedom-take").await;
        let (local, twin) = story::stored(stage).await;
        assert_eq!(local, twin);
        let kept: Vec<Value> = local
            .iter()
            .map(|(_, text)| serde_json::from_str(text).expect("an entry is JSON"))
            .filter(|entry: &Value| entry["kind"] == "freedom")
            .collect();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0]["name"], "longer");
        assert_eq!(kept[0]["from"], "2026-03-03");
        // The day before it may be taken, it may not; on its day it may.
        for (day, offered) in [("2026-03-09", false), ("2026-03-10", true)] {
            stage.clock(&format!("{day}T09:00:00")).await;
            stage.open("#/journey").await;
            stage.screen("journey").await;
            stage.see("freedom").await;
            assert_eq!(stage.has("freedom-take").await, offered, "{day}");
        }
    })
    .await;
}

async fn under_twelve_weeks_after_a_birth_walking_is_the_answer(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        stage.clock("2026-03-02T09:00:00").await;
        stage.open("").await;
        stage.screen("welcome").await;
        for step in SETUP {
            stage
                .attribute_is("[data-step]", "data-step", step.name)
                .await;
            if step.name == "health" {
                stage.tap("after-birth").await;
                stage.fill("birth-on", "2025-12-09").await;
            }
            story::answer(stage, step).await;
        }
        stage.screen("today").await;
        story::saved(stage).await;
        // 83 days are not yet twelve weeks, whatever the clinician's level.
        let advice = "[data-t=\"advice\"]";
        stage.attribute_is(advice, "data-advice", "walk").await;
        stage.clock("2026-03-03T09:00:00").await;
        stage.open("#/today").await;
        stage.attribute_is(advice, "data-advice", "run-walk").await;
    })
    .await;
}
