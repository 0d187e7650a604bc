//! What there is to read: "My injury", whose questions go to the appointment, and "Running
//! well"; what both look like to axe.

use crate::axe;
use crate::driver::Engine;
use crate::page::one;
use crate::stage::{Stage, play};
use crate::story::{self, diary, entry};
use serde_json::json;

crate::in_both!(
    a_question_of_my_injury_comes_onto_the_list,
    axe_finds_nothing_on_the_pages_to_read,
    a_short_night_suggests_the_level_before,
    the_two_minutes_are_read_aloud_and_a_week_has_its_list,
);

async fn a_question_of_my_injury_comes_onto_the_list(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary()[..1], "2026-03-02T22:00:00", "#/care").await;
        stage.tap("care-injury").await;
        stage.screen("injury").await;
        assert_eq!(stage.text("injury-site").await.trim(), "knee");
        // Each figure with its source.
        stage.tap("injury-open-way").await;
        assert!(stage.text("injury-way").await.contains("Rambaud 2018"));
        stage.tap("injury-open-ask").await;
        // No appointment is entered: its form begins with the question.
        stage.tap("ask-shared-q_limit").await;
        stage.screen("appointment").await;
        let asked = format!(
            "{}.value.includes('How much pain')",
            one("appointment-questions")
        );
        stage.until("the question in the form", &asked).await;
        stage.fill("appointment-with", "Mara, physio").await;
        stage.tap("appointment-save").await;
        stage.screen("care").await;
        // Now there is one: a tap puts the next question on its list.
        stage.route("#/injury").await;
        stage.tap("injury-open-ask").await;
        stage.tap("ask-shared-q_start").await;
        let both = "document.querySelectorAll('[data-t=\"on-the-list\"]').length === 2";
        stage.until("two questions on the list", both).await;
    })
    .await;
}

async fn axe_finds_nothing_on_the_pages_to_read(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        story::open_with(stage, &diary()[..1], "2026-03-02T22:00:00", "#/injury").await;
        stage.see("injury-site").await;
        for section in ["helps", "way", "hard", "imaging", "ask", "strength"] {
            stage.tap(&format!("injury-open-{section}")).await;
        }
        let mut faults = axe::faults(stage).await;
        stage.screenshot("injury").await;
        stage.route("#/running-well").await;
        stage.see("well-posture").await;
        faults.extend(axe::faults(stage).await);
        stage.screenshot("running-well").await;
        assert!(faults.is_empty(), "axe found:\n  {}", faults.join("\n  "));
    })
    .await;
}

/// The phone's own voice reads each step; the list of the week is ticked and unticked; what
/// was worn stands in Progress.
async fn the_two_minutes_are_read_aloud_and_a_week_has_its_list(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        let mut all = diary();
        for one in &mut all {
            if one["kind"] == "session" {
                one["shoes"] = json!("Blue pair");
            }
        }
        story::open_with(stage, &all, "2026-03-06T09:00:00", "#/mind").await;
        let voice = "
            window.footingSaid = [];
            SpeechSynthesis.prototype.getVoices = () => [{lang: 'en-GB', localService: true, default: true}];
            SpeechSynthesis.prototype.speak = (words) => { if (words.text) footingSaid.push(words.text); };";
        stage.run(voice, &[]).await;
        let goal = stage.text("back-to").await;
        assert!(goal.contains("in the woods with the dog"), "{goal}");
        stage.tap("hands-1").await;
        stage.until("ticked", &format!("{}.checked", one("hands-1"))).await;
        story::saved(stage).await;
        let mut faults = axe::faults(stage).await;
        stage.screenshot("mind-hands").await;
        stage.tap("hands-1").await;
        stage.until("not any more", &format!("!{}.checked", one("hands-1"))).await;
        // The goal has gone from the list below, and what stands there has moved.
        stage.see("undo").await;
        stage.tap("imagine-aloud").await;
        stage.see("imagine-step").await;
        let said = "footingSaid.some((text) => text.startsWith('Close your eyes'))";
        stage.until("the first step aloud", said).await;
        stage.tap("imagine-stop").await;
        stage.route("#/progress").await;
        stage.see("findings").await;
        let worn = format!("{}.textContent.includes('Blue pair')", one("shoes"));
        stage.until("the minutes of the pair", &worn).await;
        faults.extend(axe::faults(stage).await);
        stage.screenshot("findings").await;
        assert!(faults.is_empty(), "axe found:\n  {}", faults.join("\n  "));
    })
    .await;
}

/// A tap on the night, a tap on food: both are kept, and a short night before a new level
/// suggests the one before, here and before the start.
async fn a_short_night_suggests_the_level_before(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        let mut all = diary()[..1].to_vec();
        all[0]["start_stage"] = json!("run-walk");
        all[0]["start_level"] = json!("R3");
        for (n, day) in (1..).zip(["2026-03-03", "2026-03-05"]) {
            let run = json!({"activity": "run-walk", "level": "R3", "run_min": 10, "walk_min": 30,
                "planned_run_min": 10, "pain_during": 0});
            all.push(entry(
                100 + n,
                &format!("{day}T18:00:00+01:00"),
                "session",
                &run,
            ));
        }
        for (n, day) in (1..).zip(["2026-03-04", "2026-03-06", "2026-03-07"]) {
            let quiet = json!({"pain": 0});
            all.push(entry(
                200 + n,
                &format!("{day}T07:00:00+01:00"),
                "morning",
                &quiet,
            ));
        }
        story::open_with(stage, &all, "2026-03-07T08:00:00", "#/today").await;
        stage.attribute_is("#title", "data-level", "R4").await;
        stage.tap("slept-5").await;
        stage.see("same-again").await;
        assert!(stage.text("same-again").await.contains("R3"));
        stage.tap("fed-food").await;
        let mut faults = axe::faults(stage).await;
        stage.screenshot("check-in").await;
        let picked = format!("{}.checked && {}.checked", one("slept-5"), one("fed-food"));
        stage.until("both answers stand", &picked).await;
        story::saved(stage).await;
        stage.tap("start").await;
        stage.tap("take-same").await;
        let chosen = format!("{}.value === 'R3'", one("easier"));
        stage.until("the level before is chosen", &chosen).await;
        faults.extend(axe::faults(stage).await);
        // After a run without trouble: stretches first, then a word on how it felt.
        stage.route("#/log").await;
        stage.tap("all-quiet").await;
        stage.tap("log-save").await;
        stage.screen("today").await;
        stage.tap("after-stretch").await;
        stage.screen("mobility").await;
        let first = "document.querySelector('[data-t^=\"mobility-\"] h3').textContent";
        stage
            .until(
                "the stretches stand first",
                &format!("/stretch/i.test({first})"),
            )
            .await;
        stage.route("#/today").await;
        stage.see("after-note").await;
        faults.extend(axe::faults(stage).await);
        // Other training for two days, in one go.
        stage.route("#/recovery").await;
        stage.fill("activity-what", "Swimming").await;
        stage.fill("activity-minutes", "20").await;
        stage.tap("plan-days").await;
        for day in ["plan-2026-03-08", "plan-2026-03-10"] {
            stage.tap(day).await;
        }
        stage.tap("activity-plan").await;
        let sums = format!("/40.min planned/.test({}.textContent)", one("week-sums"));
        stage.until("the week's sum", &sums).await;
        faults.extend(axe::faults(stage).await);
        stage.screenshot("recovery-week").await;
        assert!(faults.is_empty(), "axe found:\n  {}", faults.join("\n  "));
    })
    .await;
}
