//! The first screens stand in the page itself: they work before the app is there, and
//! nothing of them moves when it comes.

use serde_json::{Value, json};

use crate::cold_start::app_is_there;
use crate::driver::{Engine, Scratch};
use crate::releases::copy;
use crate::server::Manners;
use crate::stage::{Stage, dist, play, play_with};
use crate::story::{self, diary};

crate::in_both!(
    what_is_chosen_before_the_app_is_there_arrives_in_it,
    a_question_without_an_answer_says_so,
    a_diary_that_only_the_disk_has_wins,
    both_say_the_same_in_every_language,
    what_is_called_the_same_stands_where_it_stood,
    a_late_start_is_said,
);

crate::in_gecko!(what_is_chosen_before_the_app_is_there_arrives_in_it,);

/// The release without the file that starts the app: as a phone sees it whose signal is
/// too bad for more than the page.
fn without_the_app() -> Scratch {
    let folder = Scratch::new("without-the-app");
    copy(&dist(), folder.path());
    for file in std::fs::read_dir(folder.path())
        .expect("a folder")
        .flatten()
    {
        let name = file.file_name().to_string_lossy().into_owned();
        let wasm = file.path().extension().is_some_and(|kind| kind == "wasm");
        if wasm && name.starts_with("footing-") {
            // It comes when the test lets it come.
            std::fs::remove_file(file.path()).expect("a file can be removed");
        }
        if name.starts_with("rescue-") {
            // Nobody is told in this test that the file is missing: it is only late.
            std::fs::write(file.path(), "window.footingRescue = () => {};").expect("written");
        }
    }
    folder
}

/// Serves such a release, and nothing of it is remembered: what is missing may come.
fn hold(stage: &Stage, held: &Scratch) {
    let manners = Manners {
        cache_control: "no-store",
        report_only: None,
    };
    stage.host.deploy(held.path(), manners);
}

/// The file arrives: the app starts as the page's own script would have it.
async fn let_it_come(stage: &mut Stage) {
    stage.take_faults().await;
    stage.host.deploy(&dist(), Manners::default());
    let start = "
        const script = document.createElement('script');
        script.src = document.querySelector('script[src*=footing-]').src;
        document.head.append(script);";
    stage.run(start, &[]).await;
}

/// The data-t of what has the focus.
const FOCUSED: &str = "document.activeElement?.dataset.t ?? ''";
/// The question that is asked.
const STEP: &str = "[data-step]";

/// Where everything that has a name stands, and what it says.
const STANDS: &str =
    "(scrollTo(0, 0), Object.fromEntries([...document.querySelectorAll('[data-t]')]
    .filter((element) => element.checkVisibility())
    .map((element) => {
        const {x, y, width, height} = element.getBoundingClientRect();
        return [element.dataset.t, [x, y, width, height]];
    })))";
const SAYS: &str = "document.querySelector('.screen').innerText.replace(/\\s+/g, ' ').trim()";

async fn what_is_chosen_before_the_app_is_there_arrives_in_it(engine: Engine) {
    let held = without_the_app();
    play_with(engine, held.path(), async |stage: &mut Stage| {
        hold(stage, &held);
        stage.open("").await;
        stage.screen("welcome").await;
        stage.tap("setup-next").await;
        stage.attribute_is(STEP, "data-step", "site").await;
        stage.tap("setup-back").await;
        stage.attribute_is(STEP, "data-step", "about").await;
        stage.tap("setup-next").await;
        stage.tap("site-achilles").await;
        stage.tap("side-left").await;
        // The tap that needs the app is seen as taken, and waits.
        stage.tap("setup-next").await;
        stage
            .attribute_is("[data-t=setup-next]", "aria-busy", "true")
            .await;
        stage.attribute_is(STEP, "data-step", "site").await;
        let stored = stage.eval("Object.keys(localStorage).join()").await;
        assert_eq!(stored, json!(""), "nothing is stored yet");

        let_it_come(stage).await;
        stage.attribute_is(STEP, "data-step", "since").await;
        assert_eq!(
            stage.eval("document.querySelector('#first')").await,
            Value::Null
        );
        stage.tap("setup-back").await;
        stage.attribute_is(STEP, "data-step", "site").await;
        for chosen in ["site-achilles", "side-left"] {
            let checked = format!("document.querySelector('[data-t={chosen}]').checked");
            assert_eq!(stage.eval(&checked).await, json!(true), "{chosen}");
        }
        let kept = stage
            .eval("JSON.parse(localStorage['footing@/some/where/footing/setup']).site")
            .await;
        assert_eq!(kept, json!("achilles"), "from now on it is kept");
    })
    .await;
}

async fn a_question_without_an_answer_says_so(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.open("").await;
        stage.tap("setup-next").await;
        stage.tap("setup-next").await;
        let said = "document.querySelector('.fault')?.checkVisibility()";
        stage.until("what is missing", said).await;
        stage.attribute_is(STEP, "data-step", "site").await;
        stage.tap("site-knee").await;
        stage.tap("setup-next").await;
        stage.attribute_is(STEP, "data-step", "since").await;
    })
    .await;
}

async fn a_diary_that_only_the_disk_has_wins(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T09:00:00", "#/today").await;
        story::r2_and_why(stage).await;
        let both = crate::wait::seen(async || {
            let (local, disk) = story::stored(stage).await;
            (local.len() == diary().len() && local == disk).then_some(())
        });
        assert!(both.await.is_some(), "the diary is in both stores");
        stage.visit_picture().await;
        stage.run("localStorage.clear();", &[]).await;
        stage.open("").await;
        stage.see("diary-found").await;
        story::r2_and_why(stage).await;
        assert_eq!(
            stage.eval("document.querySelector('#first')").await,
            Value::Null
        );
        let stored = "Object.keys(localStorage).filter((key) => key.includes('/entry/')).length";
        let all = json!(diary().len());
        stage
            .until("the diary in both", &format!("({stored}) === {all}"))
            .await;
    })
    .await;
}

async fn both_say_the_same_in_every_language(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        for tag in ["en", "de", "es", "fr", "pl"] {
            stage.visit_picture().await;
            let speak = "localStorage.clear();
                localStorage['footing@/some/where/footing/prefs'] = JSON.stringify({language: arguments[0]});";
            stage.run(speak, &[json!(tag)]).await;
            stage.open("").await;
            stage.screen("welcome").await;
            app_is_there(stage).await;
            assert_eq!(stage.attribute("html", "lang").await, tag);
            let about = stage.eval(SAYS).await;
            stage.tap("setup-next").await;
            stage.attribute_is(STEP, "data-step", "site").await;
            let site = stage.eval(SAYS).await;
            assert!(site.as_str().is_some_and(|text| text.len() > 300), "{site}");
            // On the way back from the next question the app draws them itself.
            stage.tap("site-knee").await;
            stage.tap("setup-next").await;
            stage.attribute_is(STEP, "data-step", "since").await;
            stage.tap("setup-back").await;
            stage.attribute_is(STEP, "data-step", "site").await;
            let drawn = stage.eval(SAYS).await;
            assert_eq!(drawn, site, "{tag}");
            stage.tap("setup-back").await;
            stage.attribute_is(STEP, "data-step", "about").await;
            assert_eq!(stage.eval(SAYS).await, about, "{tag}");
        }
    })
    .await;
}

/// Fails where something of the same name has moved by more than a pixel.
fn unmoved(before: &Value, after: &Value, what: &str) {
    let mut compared = 0;
    for (name, stood) in before.as_object().expect("what stands there") {
        let stands = &after[name];
        for side in 0..4 {
            let by = |place: &Value| place[side].as_f64().unwrap_or(f64::NAN);
            let moved = (by(stood) - by(stands)).abs();
            assert!(
                moved <= 1.0,
                "{what}: {name} stood at {stood}, stands at {stands}"
            );
        }
        compared += 1;
    }
    assert!(compared >= 3, "{what}: {before}");
}

async fn what_is_called_the_same_stands_where_it_stood(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        // The welcome and the question, as the page and as the app draws them.
        stage.open("").await;
        app_is_there(stage).await;
        let about = stage.eval(STANDS).await;
        stage.tap("setup-next").await;
        stage.attribute_is(STEP, "data-step", "site").await;
        stage.tap("site-knee").await;
        let site = stage.eval(STANDS).await;
        stage.tap("setup-next").await;
        stage.attribute_is(STEP, "data-step", "since").await;
        stage.tap("setup-back").await;
        stage.attribute_is(STEP, "data-step", "site").await;
        unmoved(&site, &stage.eval(STANDS).await, "the question");
        stage.tap("setup-back").await;
        stage.attribute_is(STEP, "data-step", "about").await;
        unmoved(&about, &stage.eval(STANDS).await, "the welcome");
    })
    .await;
    // The frame, while the app cannot come, and Today in its place.
    let held = without_the_app();
    play_with(engine, held.path(), async |stage: &mut Stage| {
        hold(stage, &held);
        story::lay_down(stage, &diary()).await;
        stage.clock("2026-03-06T09:00:00").await;
        stage.open("#/today").await;
        stage.see("tab-today").await;
        let frame = stage.eval(STANDS).await;
        stage
            .run("document.querySelector('[data-t=tab-care]').focus();", &[])
            .await;
        assert_eq!(stage.eval(FOCUSED).await, json!("tab-care"));
        let_it_come(stage).await;
        stage.screen("today").await;
        app_is_there(stage).await;
        unmoved(&frame, &stage.eval(STANDS).await, "the frame");
        assert_eq!(
            stage.eval(FOCUSED).await,
            json!("tab-care"),
            "the focus stays"
        );
    })
    .await;
}

async fn a_late_start_is_said(engine: Engine) {
    let held = without_the_app();
    play_with(engine, held.path(), async |stage: &mut Stage| {
        hold(stage, &held);
        for (entries, face) in [(&[][..], "welcome"), (&diary()[..], "frame")] {
            story::lay_down(stage, entries).await;
            stage.open("").await;
            stage.see(if face == "frame" { "tab-today" } else { "setup-next" }).await;
            let late = "document.querySelector('.late').checkVisibility({visibilityProperty: true})";
            assert_eq!(stage.eval(late).await, json!(false), "{face}");
            // Its time is read and let pass: it says how long the page waits.
            let delay = "document.querySelector('.late').getAnimations()[0].effect.getComputedTiming().delay";
            assert_eq!(stage.eval(delay).await, json!(8000), "{face}");
            stage.settle().await;
            assert_eq!(stage.eval(late).await, json!(true), "{face}");
            stage.take_faults().await;
        }
    })
    .await;
}
