//! What an emergency stops, how a screen reader presses, and what a file is judged by.

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
