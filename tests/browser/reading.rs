//! What there is to read: "My injury", whose questions go to the appointment, and "Running
//! well"; what both look like to axe.

use crate::axe;
use crate::driver::Engine;
use crate::page::one;
use crate::stage::{Stage, play};
use crate::story::{self, diary};

crate::in_both!(
    a_question_of_my_injury_comes_onto_the_list,
    axe_finds_nothing_on_the_pages_to_read,
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
