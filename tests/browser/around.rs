//! Everything around the run: setbacks, the care team, recovery, the head, milestones.

use serde_json::json;

use crate::axe;
use crate::driver::Engine;
use crate::stage::{Stage, play};
use crate::story::{self, diary, entry, id};

crate::in_both!(
    an_illness_and_the_return,
    what_is_written_around_the_run_comes_back,
    a_milestone_is_taken_back_by_an_edit,
    two_minutes_in_mind_go_by_the_clock,
);

/// A picture, and what axe finds.
async fn looked_at(stage: &Stage, name: &str) {
    stage.settle().await;
    stage.screenshot(&format!("around-{name}")).await;
    let faults = axe::faults(stage).await;
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

async fn an_illness_and_the_return(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/today").await;
        story::advised(stage, "run-walk", "R2").await;
        // Two taps from Today, and what it does is said at once.
        stage.tap("not-right").await;
        stage.screen("check").await;
        looked_at(stage, "check").await;
        stage.tap("ill").await;
        stage.screen("today").await;
        stage.see("away-kept").await;
        story::advised(stage, "rest", "R2").await;
        looked_at(stage, "ill").await;
        story::saved(stage).await;
        stage.clock("2026-03-14T08:00:00").await;
        stage.tap("absence-end").await;
        stage.see("back-kept").await;
        story::advised(stage, "rest", "R1").await;
        looked_at(stage, "back").await;
        stage.clock("2026-03-16T18:00:00").await;
        story::advised(stage, "run-walk", "R1").await;
        // The days can be changed afterwards.
        stage.route("#/diary").await;
        stage.screen("diary").await;
        assert_eq!(story::rows(stage, "absence").await, 1);
    })
    .await;
}

async fn what_is_written_around_the_run_comes_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/care").await;
        stage.screen("care").await;
        stage.tap("appointment-add").await;
        stage.screen("appointment").await;
        stage.tap("appointment-save").await;
        looked_at(stage, "appointment-fault").await;
        stage.fill("appointment-with", "Mara, physio").await;
        stage.fill("appointment-date", "2026-03-05").await;
        stage.fill("appointment-questions", "May I hop?").await;
        stage.tap("appointment-save").await;
        stage.screen("care").await;
        story::saved(stage).await;
        stage.tap("appointment-kept").await;
        stage.gone("appointment-kept").await;

        stage.tap("bench-add").await;
        stage.screen("benchmark").await;
        stage.fill("bench-which", "sit-to-stand").await;
        stage.fill("bench-with", "Mara").await;
        stage.fill("bench-gate", "short-runs").await;
        stage.fill("bench-left", "14").await;
        stage.fill("bench-right", "18").await;
        looked_at(stage, "benchmark").await;
        stage.tap("bench-met").await;
        stage.tap("bench-save").await;
        stage
            .until(
                "what keeps it from being met",
                "document.querySelector('.fault:not(:empty)')?.checkVisibility()",
            )
            .await;
        stage.tap("bench-met").await;
        stage.tap("bench-save").await;
        stage.screen("care").await;
        looked_at(stage, "care").await;

        stage.tap("care-recovery").await;
        stage.screen("recovery").await;
        stage.fill("activity-kind", "cycling").await;
        stage.fill("activity-minutes", "30").await;
        stage.tap("activity-pain-0").await;
        stage.tap("activity-save").await;
        stage.see("recent-activity").await;
        stage.fill("checkin-sleep", "7.5").await;
        stage.tap("food-yes").await;
        stage.tap("checkin-save").await;
        stage.see("recent-check-in").await;
        looked_at(stage, "recovery").await;

        stage.route("#/mind").await;
        stage.screen("mind").await;
        stage.fill("goal-text", "The walk to the bakery").await;
        stage.tap("goal-save").await;
        stage.tap("goal-tick").await;
        stage.tap("confidence-6").await;
        stage.tap("fear-3").await;
        stage.tap("mind-mood-4").await;
        stage.tap("mind-save").await;
        stage.see("week-done").await;
        looked_at(stage, "mind").await;
        story::saved(stage).await;

        stage.open("#/diary").await;
        stage.screen("diary").await;
        for kind in [
            "appointment",
            "benchmark",
            "activity",
            "check-in",
            "goal",
            "mind",
        ] {
            assert_eq!(story::rows(stage, kind).await, 1, "{kind}");
        }
        looked_at(stage, "diary").await;
        let (local, twin) = story::stored(stage).await;
        for store in [local, twin] {
            let all: String = store.into_iter().map(|(_, text)| text).collect();
            for text in [
                "May I hop?",
                "\"kept\":true",
                "\"left\":14",
                "\"sleep_h\":7.5",
                "\"done_on\":\"2026-03-06\"",
            ] {
                assert!(all.contains(text), "{text} in {all}");
            }
        }
        stage.route("#/today").await;
        stage.see("to-mind").await;
        looked_at(stage, "today").await;
    })
    .await;
}

async fn a_milestone_is_taken_back_by_an_edit(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        let walk = json!({"activity": "walk", "walk_min": 20, "run_min": 0, "pain_during": 0});
        let walk = entry(6, "2026-03-06T10:00:00+01:00", "session", &walk);
        let mut entries = diary();
        entries.push(walk);
        story::open_with(stage, &entries, "2026-03-06T18:00:00", "#/journey").await;
        stage.screen("journey").await;
        stage.see("new-first-walk").await;
        stage.see("milestone-first-minute").await;
        looked_at(stage, "milestones").await;
        stage.route(&format!("#/entry/{}", id(6))).await;
        stage.screen("entry").await;
        stage.tap("pain-during-5").await;
        stage.tap("log-save").await;
        stage.screen("diary").await;
        stage.route("#/journey").await;
        stage.see("milestone-first-minute").await;
        stage.gone("milestone-first-walk").await;
    })
    .await;
}

async fn two_minutes_in_mind_go_by_the_clock(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/mind").await;
        stage.screen("mind").await;
        stage.tap("imagine-start").await;
        stage.see("imagine-step").await;
        let first = stage.text("imagine-step").await;
        looked_at(stage, "imagine").await;
        stage.advance(65).await;
        let told = "document.querySelector('[data-t=\"imagine-step\"]').textContent";
        stage
            .until("another step", &format!("{told} !== {}", json!(first)))
            .await;
        stage.advance(60).await;
        let left = "document.querySelector('[data-t=\"imagine-left\"]').textContent";
        stage.until("the end", &format!("{left} === '0:00'")).await;
        stage.tap("imagine-stop").await;
        stage.see("imagine-start").await;
    })
    .await;
}
