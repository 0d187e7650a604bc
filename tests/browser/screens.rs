//! Every screen in every theme: axe finds nothing, nothing is cut off, and there is a picture for people.

use footing::rules::reference::rows;
use serde_json::json;

use crate::axe;
use crate::driver::{Engine, Habits};
use crate::stage::{Stage, play, play_as};
use crate::story::{self, LIVE, SETUP, diary, entry, id};

crate::in_both!(
    axe_finds_nothing_in_the_light,
    axe_finds_nothing_in_the_dark,
    axe_finds_nothing_in_the_sun,
    everything_fits_a_small_phone,
);

async fn axe_finds_nothing_in_the_light(engine: Engine) {
    axe_finds_nothing(engine, "light").await;
}

async fn axe_finds_nothing_in_the_dark(engine: Engine) {
    axe_finds_nothing(engine, "dark").await;
}

async fn axe_finds_nothing_in_the_sun(engine: Engine) {
    axe_finds_nothing(engine, "sun").await;
}

async fn axe_finds_nothing(engine: Engine, theme: &'static str) {
    play(engine, async |stage: &mut Stage| {
        let mut found = Vec::new();
        tour(stage, theme, "en", async |stage: &Stage, screen: &str| {
            stage.screenshot(&format!("{screen}-{theme}")).await;
            let faults = axe::faults(stage).await;
            found.extend(faults.into_iter().map(|fault| format!("{screen}: {fault}")));
        })
        .await;
        assert!(
            found.is_empty(),
            "axe found, in {theme}:\n  {}",
            found.join("\n  ")
        );
    })
    .await;
}

async fn everything_fits_a_small_phone(engine: Engine) {
    let habits = Habits {
        page: (320, 568),
        ..Habits::default()
    };
    for theme in ["light", "dark", "sun"] {
        everything_fits(engine, habits, theme, "small").await;
    }
}

/// Chromium alone: `MiniBrowser` does not hear of a size of letters under automation.
#[tokio::test]
async fn everything_fits_with_letters_twice_as_large() {
    let habits = Habits {
        letters: 200,
        ..Habits::default()
    };
    for theme in ["light", "dark", "sun"] {
        everything_fits(Engine::Chromium, habits, theme, "large").await;
    }
}

/// Nothing is wider than the page, and nothing that can be tapped lies outside it.
pub const BEYOND: &str = "
    const width = arguments[0];
    const wide = [...document.body.querySelectorAll('*')].filter((part) => {
        const box = part.getBoundingClientRect();
        return part.checkVisibility() && !part.closest('.hidden, .skip, svg svg')
            && box.width > 1 && (box.left < -1 || box.right > width + 1);
    });
    // The innermost ones: what holds them is wide because of them.
    const beyond = wide.filter((part) => !wide.some((other) => other !== part && part.contains(other))).map((part) => {
        const box = part.getBoundingClientRect();
        const where = `${Math.round(box.left)} to ${Math.round(box.right)}`;
        return `${part.tagName} ${part.dataset?.t ?? ''} ${part.textContent.slice(0, 30)}: ${where}`;
    });
    // A phone's page grows with what is in it.
    if (Math.max(innerWidth, document.documentElement.scrollWidth) > width) beyond.push('the page scrolls sideways: '
        + Math.max(innerWidth, document.documentElement.scrollWidth) + ' of ' + width);
    return beyond;";

async fn everything_fits(engine: Engine, habits: Habits, theme: &str, name: &str) {
    everything_fits_in(engine, habits, theme, "en", name).await;
}

/// The same in another language.
pub async fn everything_fits_in(
    engine: Engine,
    habits: Habits,
    theme: &str,
    language: &str,
    name: &str,
) {
    play_as(engine, habits, async |stage: &mut Stage| {
        let mut found = Vec::new();
        tour(
            stage,
            theme,
            language,
            async |stage: &Stage, screen: &str| {
                stage.screenshot(&format!("{screen}-{theme}-{name}")).await;
                let beyond = stage.run(BEYOND, &[json!(habits.page.0)]).await;
                let beyond = beyond.as_array().cloned().unwrap_or_default();
                found.extend(beyond.into_iter().map(|fault| format!("{screen}: {fault}")));
            },
        )
        .await;
        assert!(found.is_empty(), "does not fit:\n  {}", found.join("\n  "));
    })
    .await;
}

/// Shows every screen once, each as a runner would come to see it.
async fn tour(
    stage: &mut Stage,
    theme: &str,
    language: &str,
    mut look: impl AsyncFnMut(&Stage, &str),
) {
    stage.visit_picture().await;
    stage
        .run(
            "localStorage.setItem('footing@/some/where/footing/prefs', arguments[0]);",
            &[json!(
                json!({"theme": theme, "language": language}).to_string()
            )],
        )
        .await;
    stage.clock("2026-03-02T09:00:00").await;

    // The first start, question by question.
    stage.open("").await;
    stage.screen("welcome").await;
    assert_eq!(stage.attribute("html", "data-theme").await, theme);
    for step in SETUP {
        stage
            .attribute_is("[data-step]", "data-step", step.name)
            .await;
        look(stage, &format!("setup-{}", step.name)).await;
        story::answer(stage, step).await;
    }
    stage.screen("today").await;

    // A morning that waits for its answer, on a diary that has some history.
    let swollen = json!({
        "activity": "run-walk", "level": "R1", "run_min": 5, "walk_min": 20, "pain_during": 2, "pain_after": 1,
        "swelling": "more", "mood": 2, "effort": 5, "notes": "Wet leaves; the knee spoke up on the way down.",
    });
    let recent = entry(6, "2026-03-06T18:00:00+01:00", "session", &swollen);
    story::lay_down(stage, &diary()).await;
    story::lay_down(stage, &[recent]).await;
    stage.clock("2026-03-07T08:00:00").await;
    stage.open("#/today").await;
    stage.see("morning-card").await;
    look(stage, "today-morning").await;
    stage.route("#/morning").await;
    stage.screen("morning").await;
    look(stage, "morning").await;
    stage.route("#/today").await;
    story::quiet_morning(stage).await;
    stage.tap("all-reasons").await;
    look(stage, "today-rest").await;

    for screen in [
        "journey",
        "diary",
        "progress",
        "care",
        "add",
        "check",
        "clearance",
        "appointment",
        "benchmark",
        "recovery",
        "mind",
        "self-test",
        "settings",
        "sounds",
        "hand-over",
        "plan",
        "report",
        "backup",
        "calendar",
        "rules",
    ] {
        stage.route(&format!("#/{screen}")).await;
        stage.screen(screen).await;
        look(stage, screen).await;
    }
    stage.route("#/settings").await;
    stage.tap("open-rules").await;
    stage.screen("rules").await;
    stage
        .eval("document.querySelector('[data-t=table-verdict]').scrollIntoView()")
        .await;
    look(stage, "rules-verdict").await;
    let shown = stage
        .eval("document.querySelectorAll('[data-row]').length")
        .await;
    assert_eq!(shown, json!(rows().len()), "every rule has its row");
    let holes = stage
        .eval("/\\{\\{|rules\\./.test(document.body.innerText)")
        .await;
    assert_eq!(holes, json!(false), "every rule has its words and numbers");
    stage.route("#/diary").await;
    stage.tap(&format!("edit-{}", id(6))).await;
    stage.screen("entry").await;
    look(stage, "entry").await;

    // A session, through its colours.
    stage.clock("2026-03-10T18:00:00").await;
    stage.route("#/today").await;
    stage.see("start").await;
    look(stage, "today-run").await;
    stage.tap("start").await;
    stage.see("precheck").await;
    look(stage, "precheck").await;
    story::answer_precheck(stage).await;
    look(stage, "live-warm-up").await;
    for phase in ["run", "walk"] {
        stage.advance(story::seconds_left(stage).await).await;
        stage.attribute_is(LIVE, "data-phase", phase).await;
        look(stage, &format!("live-{phase}")).await;
    }
    stage.hold("hold-pause").await;
    look(stage, "live-paused").await;
    stage.tap("resume").await;
    stage.tap("hurts").await;
    look(stage, "live-hurts").await;
    stage.hold("hold-end").await;
    look(stage, "live-ended").await;
    stage.tap("to-log").await;
    stage.screen("log").await;
    look(stage, "log").await;
    stage.tap("more").await;
    look(stage, "log-more").await;
    stage.tap("all-quiet").await;
    stage.tap("log-save").await;
    stage.see("logged").await;
    look(stage, "today-logged").await;

    // An emergency covers Today.
    let alarm = entry(
        7,
        "2026-03-10T19:00:00+01:00",
        "flag",
        &json!({"flags": ["chest-pain"]}),
    );
    story::lay_down(stage, &[alarm]).await;
    stage.open("#/today").await;
    stage.screen("emergency").await;
    look(stage, "emergency").await;
}
