//! What is handed to those who help, and what comes back: the plan of a clinician.

use serde_json::{Value, json};

use crate::axe;
use crate::driver::Engine;
use crate::page::one;
use crate::stage::{Stage, play};
use crate::story::{self, diary};

crate::in_both!(
    a_plan_goes_from_one_phone_to_another,
    a_bad_link_changes_nothing,
    an_iphone_is_told_how_to_bring_it_into_the_app,
);

/// A picture, and what axe finds.
async fn looked_at(stage: &Stage, name: &str) {
    stage.settle().await;
    stage.screenshot(&format!("sharing-{name}")).await;
    let faults = axe::faults(stage).await;
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

/// What another reader finds in the picture on the page.
async fn scanned(stage: &Stage) -> String {
    let path = stage
        .eval(&format!("{}.getAttribute('d')", one("qr-path")))
        .await;
    let side = stage
        .eval("document.querySelector('.qr').viewBox.baseVal.width")
        .await;
    let side = usize::try_from(side.as_u64().unwrap()).unwrap();
    let mut black = vec![vec![false; side]; side];
    for run in path.as_str().unwrap().split('M').skip(1) {
        let (x, rest) = run.split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (width, _) = rest.split_once('v').unwrap();
        let [x, y, width] = [x, y, width].map(|n| n.parse::<usize>().unwrap());
        black[y][x..x + width].fill(true);
    }
    let pixel = |x: usize, y: usize| if black[y / 4][x / 4] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, pixel);
    let grids = image.detect_grids();
    grids[0].decode().unwrap().1
}

/// The plans in the diary, as stored.
async fn plans(stage: &Stage) -> Vec<Value> {
    let (local, twin) = story::stored(stage).await;
    assert_eq!(local.len(), twin.len());
    let all = local
        .iter()
        .map(|(_, text)| serde_json::from_str(text).unwrap());
    let mut plans: Vec<Value> = all.filter(|e: &Value| e["kind"] == "plan").collect();
    plans.sort_by_key(|e| e["at"].to_string());
    plans
}

async fn a_plan_goes_from_one_phone_to_another(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        // A clinician's device: nothing is in it, and nothing is kept.
        stage.visit_picture().await;
        stage.clock("2026-03-06T09:00:00").await;
        stage.open("#/hand-over").await;
        stage.screen("hand-over").await;
        stage.tap("handover-make").await;
        let fault = "document.querySelector('.fault:not(:empty)')?.checkVisibility()";
        stage.until("what is missing", fault).await;
        stage.fill("handover-by", "Mara Lind").await;
        stage.fill("handover-role", "Physio").await;
        stage.fill("handover-pain", "2").await;
        stage.fill("handover-max", "R5").await;
        stage.fill("handover-ok", "3").await;
        stage.fill("handover-until", "2026-06-30").await;
        stage.fill("handover-note", "Flat ground only.").await;
        stage.fill("handover-bench", "Heel raises").await;
        stage.fill("handover-target", "20").await;
        stage.fill("handover-unit", "reps").await;
        stage.fill("handover-gate", "short-runs").await;
        stage.tap("handover-add").await;
        stage.see("handover-bench-remove").await;
        looked_at(stage, "hand-over").await;
        stage.tap("handover-make").await;
        stage.see("handed").await;
        let link = stage.value("handover-link").await;
        assert!(link.starts_with(&stage.host.url()), "{link}");
        assert!(link.len() <= 600, "{} bytes", link.len());
        assert_eq!(scanned(stage).await, link);
        looked_at(stage, "handed").await;
        // A change takes the code away: what is shown is what was filled in.
        stage.fill("handover-ok", "4").await;
        stage.gone("handed").await;
        assert_eq!(story::stored(stage).await.0, vec![]);

        // The runner's phone.
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/today").await;
        let before = plans(stage).await;
        let code = link.split_once('#').unwrap().1;
        stage.route(&format!("#{code}")).await;
        stage.screen("plan").await;
        stage.see("plan-found").await;
        let shown = stage.text("plan-changes").await;
        for words in ["R5", "Mara Lind", "Heel raises", "20 reps", "30 June 2026"] {
            assert!(shown.contains(words), "{words} in {shown}");
        }
        looked_at(stage, "plan").await;
        assert_eq!(plans(stage).await, before, "looking changes nothing");
        stage.tap("plan-decline").await;
        stage.screen("today").await;
        assert_eq!(plans(stage).await, before);

        // Pasted, and taken.
        stage.route("#/care").await;
        stage.tap("care-plan").await;
        stage.screen("plan").await;
        stage.fill("plan-paste", &link).await;
        stage.tap("plan-open").await;
        stage.tap("plan-accept").await;
        stage.screen("today").await;
        stage.see("kept").await;
        story::saved(stage).await;
        let after = plans(stage).await;
        assert_eq!(after.len(), before.len() + 1);
        let taken = after.last().unwrap();
        assert_eq!(taken["limits"]["max_level"], json!("R5"));
        assert_eq!(taken["limits"]["by"], json!("Mara Lind"));
        assert_eq!(taken["notes"], json!("Flat ground only."));
        assert_eq!(taken["injury"], before.last().unwrap()["injury"]);
        assert_eq!(
            story::stored(stage)
                .await
                .0
                .iter()
                .filter(|(_, e)| e.contains("\"Heel raises\""))
                .count(),
            1
        );
        // Opened again it has nothing left to change.
        stage.route(&format!("#{code}")).await;
        stage.see("plan-same").await;
    })
    .await;
}

async fn a_bad_link_changes_nothing(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/today").await;
        let before = story::stored(stage).await;
        let good = include_str!("../handover/first.txt").trim();
        let cut = &good[..good.len() - 3];
        let newer = good.replacen("FP1", "FP7", 1);
        let long = "A".repeat(20_000);
        for (code, words) in [
            (cut, "incomplete or was changed"),
            (newer.as_str(), "newer Footing"),
            ("https:evil", "not a plan of Footing"),
            (long.as_str(), "too long"),
        ] {
            // As a link opens it: another page, then this one from its start.
            stage.open(&format!("#/plan/{code}")).await;
            stage.see("plan-refused").await;
            let said = stage.text("plan-refused").await;
            assert!(said.contains(words), "{words}: {said}");
            assert!(!stage.has("plan-accept").await);
            // And while the app is there.
            stage.route("#/care").await;
            stage.screen("care").await;
            stage.route(&format!("#/plan/{code}")).await;
            stage.see("plan-refused").await;
        }
        looked_at(stage, "refused").await;
        // One whose last day has passed.
        stage.clock("2026-06-06T18:00:00").await;
        stage.route(&format!("#/plan/{good}")).await;
        stage.until("why", "document.querySelector('[data-t=plan-refused]')?.innerText.includes('31 May 2026')").await;
        assert_eq!(story::stored(stage).await, before);
    })
    .await;
}

/// The engines here are no iPhone: the page is told that it is one.
async fn an_iphone_is_told_how_to_bring_it_into_the_app(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T18:00:00", "#/today").await;
        stage
            .run(
                "Object.defineProperty(navigator, 'userAgent', {value: 'Mozilla/5.0 (iPhone)', configurable: true});
                 window.dispatchEvent(new Event('footing-install'));",
                &[],
            )
            .await;
        let good = include_str!("../handover/first.txt").trim();
        stage.route(&format!("#/plan/{good}")).await;
        stage.see("plan-code").await;
        assert_eq!(stage.value("plan-code").await, good);
        stage.see("plan-accept").await;
        looked_at(stage, "plan-iphone").await;
    })
    .await;
}
