//! The whole line without a finger: Tab, arrows, Space, Enter and letters.

use fantoccini::key::Key;

use crate::driver::Engine;
use crate::page::t;
use crate::stage::{Stage, play};
use crate::story::{self, Answer, LIVE, R1, SETUP};

crate::in_both!(the_line_by_keyboard_alone);

/// More stops than any screen has.
const STOPS: usize = 120;

async fn the_line_by_keyboard_alone(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        stage.clock("2026-03-02T09:00:00").await;
        stage.open("").await;
        stage.screen("welcome").await;
        for step in SETUP {
            stage
                .attribute_is("[data-step]", "data-step", step.name)
                .await;
            if step.name != SETUP[0].name {
                arrived(stage).await;
            }
            for answer in step.answers {
                match *answer {
                    Answer::Tap(id) => pick(stage, id).await,
                    Answer::Fill(id, value) => write(stage, id, value).await,
                    Answer::Choose(id, value) => choose(stage, id, value).await,
                }
            }
            if step.name == "recent" {
                // A walk of the weeks before.
                write(stage, "recent-day", "2026-02-02").await;
                write(stage, "recent-walk", "15").await;
                pick(stage, "recent-pain-0").await;
                press(stage, "recent-add").await;
                stage.see("recent-list").await;
            }
            press(stage, step.on()).await;
        }
        stage.screen("today").await;
        arrived(stage).await;
        story::saved(stage).await;

        for (day, next) in [("2026-03-02", "2026-03-03"), ("2026-03-04", "2026-03-05")] {
            stage.clock(&format!("{day}T18:00:00")).await;
            story::advised(stage, "run-walk", "R1").await;
            run_and_log(stage).await;
            stage.clock(&format!("{next}T07:00:00")).await;
            stage.see("morning-card").await;
            pick(stage, "morning-pain-0").await;
            pick(stage, "stiff-0").await;
            press(stage, "morning-save").await;
            stage.gone("morning-card").await;
            story::saved(stage).await;
        }
        stage.clock("2026-03-06T18:00:00").await;
        story::advised(stage, "run-walk", "R2").await;
    })
    .await;
}

async fn run_and_log(stage: &mut Stage) {
    press(stage, "start").await;
    stage.see("precheck").await;
    arrived(stage).await;
    for answer in ["pre-pain-0", "pre-limp-no", "pre-well-yes"] {
        pick(stage, answer).await;
    }
    press(stage, "live-start").await;
    stage.attribute_is(LIVE, "data-state", "running").await;
    // Pause and go on: by keyboard it needs no holding.
    press(stage, "hold-pause").await;
    stage.attribute_is(LIVE, "data-state", "paused").await;
    press(stage, "resume").await;
    stage.attribute_is(LIVE, "data-state", "running").await;
    for (index, _) in R1.into_iter().enumerate() {
        stage
            .attribute_is(LIVE, "data-index", &index.to_string())
            .await;
        stage.advance(story::seconds_left(stage).await).await;
    }
    stage.attribute_is(LIVE, "data-phase", "done").await;
    press(stage, "to-log").await;
    stage.screen("log").await;
    arrived(stage).await;
    press(stage, "all-quiet").await;
    press(stage, "log-save").await;
    stage.see("logged").await;
    story::saved(stage).await;
}

/// The heading of a new screen has taken the focus: from there on Tab leads forward.
async fn arrived(stage: &Stage) {
    stage
        .until(
            format_args!("the heading to have the focus"),
            "document.activeElement?.id === 'title'",
        )
        .await;
}

/// What has the focus: its test id, its group if it is a radio, and whether its focus can be seen.
/// (In a date `WebKit` marks the part that is being typed, not the whole.)
const FOCUS: &str = "
    const at = document.activeElement;
    return [at.dataset.t ?? '', at.type === 'radio' ? at.name : '', 
        at.matches(':focus-visible') || (at.type === 'date' && at.matches(':focus-within'))];";

async fn focus(stage: &Stage) -> (String, String) {
    let at = stage.run(FOCUS, &[]).await;
    let word = |index: usize| at[index].as_str().unwrap_or_default().to_owned();
    (word(0), word(1))
}

/// Goes on with Tab until the wanted element has the focus, or the group of radios it belongs to.
async fn reach(stage: &Stage, id: &str) {
    stage.see(id).await;
    let group = stage
        .run(
            "return document.querySelector(arguments[0])?.name ?? '';",
            &[serde_json::json!(t(id))],
        )
        .await;
    let group = group.as_str().unwrap_or_default().to_owned();
    for stop in 0..STOPS {
        let (at, radios) = focus(stage).await;
        if at == id || (!radios.is_empty() && radios == group) {
            let seen = stage.run(FOCUS, &[]).await[2] == true;
            if !seen {
                stage
                    .fail(format_args!(
                        "one cannot see that {at} has the focus, after {stop} stops"
                    ))
                    .await;
            }
            return;
        }
        stage.key(Key::Tab.into()).await;
    }
    stage
        .fail(format_args!("{id} is never reached with Tab"))
        .await;
}

/// Enter on a button or a link.
async fn press(stage: &Stage, id: &str) {
    reach(stage, id).await;
    stage.key(Key::Enter.into()).await;
}

/// A radio button or a box to tick.
async fn pick(stage: &Stage, id: &str) {
    reach(stage, id).await;
    for _ in 0..STOPS {
        let (at, _) = focus(stage).await;
        if at == id {
            let checked = format!("document.querySelector('{}').checked", t(id));
            if stage.eval(&checked).await != true {
                stage.key(' ').await;
            }
            stage
                .until(format_args!("{id} to be chosen"), &checked)
                .await;
            return;
        }
        stage.key(Key::Down.into()).await;
    }
    stage
        .fail(format_args!("{id} is never reached with the arrows"))
        .await;
}

/// Words into a field. A date is typed as its digits; its day is its month, so that their order does not matter.
async fn write(stage: &Stage, id: &str, value: &str) {
    reach(stage, id).await;
    if stage.attribute(&t(id), "type").await == "date" {
        let mut parts = value.split('-');
        let (year, month, day) = (
            parts.next().unwrap(),
            parts.next().unwrap(),
            parts.next().unwrap(),
        );
        for part in [day, month, year] {
            stage.type_keys(part).await;
            // Chromium goes on by itself when a part is full.
            if stage.engine == Engine::WebKit && part != year {
                stage.key(Key::Tab.into()).await;
            }
        }
        assert_eq!(stage.value(id).await, value);
    } else {
        stage.type_keys(value).await;
    }
}

/// An option of a list.
async fn choose(stage: &Stage, id: &str, value: &str) {
    reach(stage, id).await;
    for _ in 0..STOPS {
        if stage.value(id).await == value {
            return;
        }
        stage.key(Key::Down.into()).await;
    }
    stage
        .fail(format_args!("{value} is never reached in {id}"))
        .await;
}
