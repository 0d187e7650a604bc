//! What an emergency stops, how a screen reader presses, and what a file is judged by.

use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, PointerAction, TouchActions};
use serde_json::json;

use crate::driver::Engine;
use crate::live_cues::at_level;
use crate::stage::{Stage, play};
use crate::story::{self, LIVE, diary};

crate::in_both!(
    a_sign_of_an_emergency_stops_the_first_questions,
    a_ticked_sign_is_not_dropped_by_going_back,
    a_screen_reader_s_click_holds,
    a_file_is_judged_before_it_is_read,
    a_translation_by_the_browser_freezes_nothing,
    a_session_that_runs_is_known_on_every_screen,
);

/// Over all that can be seen of the page.
const COVERS: &str = "(() => {
    const box = document.querySelector('[data-t=\"flag-alarm\"]').getBoundingClientRect();
    const top = (x, y) => document.elementFromPoint(x, y)?.closest('[data-t=\"flag-alarm\"]');
    const corners = [[2, 2], [innerWidth - 3, 2], [2, innerHeight - 3], [innerWidth - 3, innerHeight - 3]];
    return box.width >= innerWidth && box.height >= innerHeight && corners.every(([x, y]) => top(x, y));
})()";

async fn a_sign_of_an_emergency_stops_the_first_questions(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.visit_picture().await;
        stage.clock("2026-03-02T09:00:00").await;
        stage.open("").await;
        stage.screen("welcome").await;
        for step in story::SETUP {
            stage
                .attribute_is("[data-step]", "data-step", step.name)
                .await;
            if step.name == "worrying" {
                break;
            }
            story::answer(stage, step).await;
        }
        stage.tap("flag-chest-pain").await;
        stage.see("flag-alarm").await;
        stage.until("the emergency to cover all", COVERS).await;
        stage.tap("flag-mistake").await;
        stage.gone("flag-alarm").await;
        stage.tap("flag-fainting").await;
        stage.see("flag-alarm").await;
        stage.tap("flag-keep").await;
        stage.see("emergency-call").await;
    })
    .await;
}

async fn a_ticked_sign_is_not_dropped_by_going_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/today").await;
        stage.tap("not-right").await;
        stage.screen("check").await;
        stage.unfold("worrying").await;
        stage.tap("flag-night-pain").await;
        stage.route("#/today").await;
        stage.screen("today").await;
        stage.route("#/diary").await;
        stage.screen("diary").await;
        stage
            .until(
                "the sign to be saved",
                "document.querySelectorAll('[data-kind=flag]').length === 1",
            )
            .await;
    })
    .await;
}

async fn a_screen_reader_s_click_holds(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        let click = "
            const one = document.querySelector(`[data-t=\"${arguments[0]}\"]`);
            const pointer = {pointerType: 'mouse', width: 1, height: 1, pressure: arguments[1], bubbles: true, isPrimary: true};
            one.dispatchEvent(new PointerEvent('pointerdown', {...pointer, buttons: 1}));
            one.dispatchEvent(new PointerEvent('pointerup', pointer));
            one.dispatchEvent(new MouseEvent('click', {bubbles: true, detail: 1, buttons: 1}));";
        stage.run(click, &[json!("hold-pause"), json!(0.5)]).await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        stage.run(click, &[json!("hold-pause"), json!(0)]).await;
        stage.attribute_is(LIVE, "data-state", "paused").await;
    })
    .await;
}

async fn a_file_is_judged_before_it_is_read(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/backup").await;
        stage.screen("backup").await;
        // More than a backup may be, and what of it is asked for.
        let choose = "
            window.footingRead = 0;
            const whole = Blob.prototype.arrayBuffer;
            Blob.prototype.arrayBuffer = function () { footingRead += this.size; return whole.call(this); };
            const filler = new Uint8Array(1024 * 1024).fill(32);
            const parts = [arguments[0], ...Array(40).fill(filler)];
            const files = new DataTransfer();
            files.items.add(new File(parts, 'Records.json'));
            const input = document.querySelector('[data-t=\"backup-file\"]');
            input.files = files.files;
            input.dispatchEvent(new Event('change', {bubbles: true}));";
        for start in ["{\"locations\":[", "{\"format\":\"footing-backup\",", "<?xml?><HealthData>"] {
            stage.run(choose, &[json!(start)]).await;
            stage.until("it to be refused", "document.querySelector('[data-t=\"import-failed\"]') !== null && footingRead > 0").await;
            let read = stage.eval("footingRead").await.as_u64().expect("bytes");
            assert!(read <= 16 * 1024, "{read} bytes were read of {start}");
        }
    })
    .await;
}

/// What Chrome's translation does to a page: the words of each text stand in new elements,
/// but where the page says that they are not to be translated.
const TRANSLATE: &str = "
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const all = [];
    while (texts.nextNode()) all.push(texts.currentNode);
    for (const text of all) {
        if (!text.data.trim() || text.parentElement.closest('[translate=no],script,style')) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = text.data;
        outer.append(inner);
        text.replaceWith(outer);
    }";

async fn a_translation_by_the_browser_freezes_nothing(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R1", &json!({"voice": false})).await;
        stage.run(TRANSLATE, &[]).await;
        story::start_session(stage).await;
        stage.attribute_is(LIVE, "data-phase", "warm-up").await;
        stage.run(TRANSLATE, &[]).await;
        let shows = "document.querySelector('[data-t=live-left]').innerText";
        let before = stage.eval(shows).await;
        stage.advance(10).await;
        let moved = format!("{shows} !== {before}");
        stage.until("the seconds to go on", &moved).await;
        stage.advance(300).await;
        stage.attribute_is(LIVE, "data-phase", "run").await;
        assert!(stage.text("live-now").await.contains("Run"));
    })
    .await;
}

async fn a_session_that_runs_is_known_on_every_screen(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R1", &json!({"voice": false})).await;
        story::start_session(stage).await;
        for screen in ["today", "diary", "care", "settings"] {
            stage.route(&format!("#/{screen}")).await;
            stage.screen(screen).await;
            stage.see("to-session").await;
            assert!(!stage.has("start").await, "one runs");
            assert!(
                !stage.has("log-without-timer").await,
                "it would end the session"
            );
        }
        stage.tap("to-session").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
    })
    .await;
}

/// Touches the middle of an element twice, whatever stands there the second time.
async fn tap_twice(stage: &Stage, id: &str, gap_ms: u64) {
    let centre = "
        const one = document.querySelector(`[data-t=\"${arguments[0]}\"]`);
        one.scrollIntoView({block: 'center', behavior: 'instant'});
        const box = one.getBoundingClientRect();
        return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];";
    let centre = stage.run(centre, &[json!(id)]).await;
    let place = |n: usize| centre[n].as_f64().expect("a place");
    let once = |after: u64| {
        let duration = None;
        let (x, y, button) = (place(0), place(1), MOUSE_BUTTON_LEFT);
        [
            PointerAction::Pause {
                duration: Duration::from_millis(after),
            },
            PointerAction::MoveTo { duration, x, y },
            PointerAction::Down { button },
            PointerAction::Up { button },
        ]
    };
    let finger = TouchActions::new("finger".to_owned());
    let twice = once(0).into_iter().chain(once(gap_ms));
    let done = stage
        .client
        .perform_actions(twice.fold(finger, InputSource::then));
    done.await.expect("a place can be touched");
}

/// Chromium alone: the other driver has no fingers.
mod a_second_touch_counts_for_nothing {
    use super::*;

    #[tokio::test]
    async fn chromium() {
        play(Engine::Chromium, async |stage: &mut Stage| {
            story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/diary").await;
            stage.screen("diary").await;
            story::drawn(stage).await;
            let rows = "document.querySelectorAll('[data-t^=\"delete-\"]').length";
            let before = stage.eval(rows).await.as_i64().expect("rows");
            let first = "document.querySelector('[data-t^=\"delete-\"]').dataset.t";
            let first = stage.eval(first).await;
            tap_twice(stage, first.as_str().expect("an id"), 120).await;
            stage.see("undo").await;
            let after = stage.eval(rows).await.as_i64().expect("rows");
            assert_eq!(after + 1, before, "one row goes");
            stage.tap("undo").await;
            stage
                .until("the row", &format!("{rows} === {before}"))
                .await;
        })
        .await;
    }
}
