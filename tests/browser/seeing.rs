//! The pictures: plots read by keys and as tables, the trail, the calendar, the body to point at.

use serde_json::{Value, json};

use crate::axe;
use crate::driver::{Engine, Habits};
use crate::page::one;
use crate::screens::BEYOND;
use crate::stage::{Stage, play, play_as};
use crate::story::{self, entry, id};

crate::in_both!(
    a_plot_is_read_by_keys_and_stands_as_a_table,
    the_trail_says_what_each_waypoint_was,
    a_month_shows_planned_beside_done,
    a_change_keeps_what_was_said_and_can_be_taken_back,
    pain_is_told_place_by_place,
    all_of_it_fits_a_small_phone,
);

const LEFT: char = '\u{e012}';
const UP: char = '\u{e013}';
const RIGHT: char = '\u{e014}';
const END: char = '\u{e010}';
const HOME: char = '\u{e011}';
const ENTER: char = '\u{e007}';

/// Five weeks: R1 to R3, a step back, a cold, strength on both sides, a week's answers.
fn weeks() -> Vec<Value> {
    let plan = json!({
        "injury": {"profile": "joint", "site": "knee", "side": "right", "since": "2025-11-11"},
        "no_clinician": true, "start_stage": "run-walk", "start_level": "R1", "usual_pain": 1,
    });
    let mut list = vec![entry(1, "2026-02-02T08:00:00+01:00", "plan", &plan)];
    let mut add = |at: String, kind: &str, fields: Value| {
        let number = u32::try_from(list.len()).expect("few") + 1;
        list.push(entry(number, &at, kind, &fields));
    };
    let run = |level: &str, run: u32, pain: u32| json!({"activity": "run-walk", "level": level, "run_min": run, "walk_min": 2 * run + 10, "pain_during": pain, "mood": 4});
    for day in 2..=28 {
        let pain = u32::from(day % 5 == 0) + 2 * u32::from(day == 14);
        let morning = json!({"pain": pain, "sleep_h": 6.5 + f64::from(day % 4) / 2.0});
        add(
            format!("2026-02-{day:02}T07:00:00+01:00"),
            "morning",
            morning,
        );
    }
    for (day, level, minutes, pain) in [
        (2, "R1", 5, 0),
        (4, "R1", 5, 1),
        (6, "R2", 8, 0),
        (9, "R2", 8, 0),
        (11, "R3", 10, 1),
        (13, "R3", 10, 5),
        (17, "R2", 8, 0),
        (19, "R2", 8, 1),
        (21, "R3", 10, 0),
        (27, "R3", 10, 0),
    ] {
        add(
            format!("2026-02-{day:02}T18:00:00+01:00"),
            "session",
            run(level, minutes, pain),
        );
    }
    let sets = json!([{"reps": 12, "side": "left"}, {"reps": 16, "side": "right"}]);
    let items = json!([{"pattern": "calf", "exercise": "calf-raise", "level": 2, "sets": sets}]);
    add(
        "2026-02-10T18:00:00+01:00".into(),
        "strength",
        json!({"items": items}),
    );
    add(
        "2026-02-08T19:00:00+01:00".into(),
        "mind",
        json!({"mood": 3, "confidence": 5, "fear": 4}),
    );
    add(
        "2026-02-22T19:00:00+01:00".into(),
        "mind",
        json!({"mood": 4, "confidence": 7, "fear": 2}),
    );
    add(
        "2026-02-23T09:00:00+01:00".into(),
        "absence",
        json!({"from": "2026-02-23", "until": "2026-02-24", "reason": "illness"}),
    );
    let bench =
        json!({"name": "Sit to stand", "gates_stage": "short-runs", "left": 14, "right": 18});
    add("2026-02-12T12:00:00+01:00".into(), "benchmark", bench);
    list
}

async fn open(stage: &mut Stage, route: &str) {
    story::open_with(stage, &weeks(), "2026-02-28T12:00:00", route).await;
}

/// A picture, and what axe finds.
async fn looked_at(stage: &Stage, name: &str) {
    stage.settle().await;
    stage.screenshot(&format!("seeing-{name}")).await;
    let faults = axe::faults(stage).await;
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

async fn focus(stage: &Stage, id: &str) {
    stage.eval(&format!("{}.focus()", one(id))).await;
}

async fn heard(stage: &Stage, id: &str) -> String {
    stage
        .attribute(&format!("[data-t=\"{id}\"]"), "aria-valuetext")
        .await
}

async fn a_plot_is_read_by_keys_and_stands_as_a_table(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        open(stage, "#/progress").await;
        stage.screen("progress").await;
        for plot in ["load", "weekly", "levels", "sides", "mind", "kept"] {
            stage.see(&format!("{plot}-plot")).await;
            let says = stage.text(&format!("{plot}-says")).await;
            assert!(!says.is_empty() && !says.contains("{{"), "{plot}: {says}");
        }
        // The last day first; a day back by each key.
        focus(stage, "load-plot").await;
        let last = heard(stage, "load-plot").await;
        assert!(last.contains("28 February"), "{last}");
        stage.key(LEFT).await;
        let before = heard(stage, "load-plot").await;
        assert!(before.contains("27 February") && before.contains("10"), "{before}");
        let reading = stage.text("load-reading").await;
        assert!(reading.contains("27 February"), "what is heard is seen: {reading}");
        stage.key(HOME).await;
        stage.key(RIGHT).await;
        assert!(heard(stage, "load-plot").await.contains("2 February"));
        stage.key(END).await;
        assert_eq!(heard(stage, "load-plot").await, last);
        // The same as a table, newest first.
        stage.unfold("load-table").await;
        let rows = "[...document.querySelectorAll('[data-t=\"load-table\"] + .wide tbody tr')].map((r) => r.innerText)";
        let rows = stage.eval(rows).await;
        let rows = rows.as_array().expect("rows");
        assert_eq!(rows.len(), 28);
        assert!(rows[1].as_str().is_some_and(|r| r.contains("27 February") && r.contains("10")), "{rows:?}");
        let sides = stage.text("sides-says").await;
        assert!(sides.contains("Calf raise") && sides.contains("75"), "{sides}");
        looked_at(stage, "progress").await;
        // A pointer reads, too.
        let middle = "(() => { const plot = document.querySelector('[data-t=\"weekly-plot\"]');
            plot.scrollIntoView({block: 'center'}); const box = plot.getBoundingClientRect();
            const at = {bubbles: true, pointerType: 'mouse', clientX: box.left + box.width / 2, clientY: box.top + 20};
            plot.dispatchEvent(new PointerEvent('pointermove', at)); return plot.dataset.at; })()";
        let at = stage.eval(middle).await;
        assert!(["1", "2", "3"].contains(&at.as_str().unwrap_or_default()), "{at}");
        stage.tap("span-all").await;
        looked_at(stage, "progress-all").await;
        for span in ["months"] {
            stage.tap(&format!("span-{span}")).await;
            stage.until("by week", "!document.querySelector('[data-t=\"load-plot\"]').getAttribute('aria-valuetext').includes('28 February')").await;
            stage.see("kept-plot").await;
            looked_at(stage, &format!("progress-{span}")).await;
            stage.tap("span-weeks").await;
            stage.until("by day", "document.querySelector('[data-t=\"load-plot\"]').getAttribute('aria-valuetext').includes('28 February')").await;
        }
    })
    .await;
}

async fn the_trail_says_what_each_waypoint_was(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        open(stage, "#/journey").await;
        stage.screen("journey").await;
        stage.see("trail-plot").await;
        let here = heard(stage, "trail-plot").await;
        assert!(here.starts_with("R4") && here.contains("You are here"), "{here}");
        focus(stage, "trail-plot").await;
        stage.key(UP).await;
        let next = heard(stage, "trail-plot").await;
        assert!(next.starts_with("R5") && next.contains("at least 2"), "{next}");
        stage.key(LEFT).await;
        assert_eq!(heard(stage, "trail-plot").await, here);
        stage.key(LEFT).await;
        let before = heard(stage, "trail-plot").await;
        assert!(before.starts_with("R3") && before.contains("worst pain, 0 to 10 5"), "{before}");
        stage.eval("document.querySelector('[data-t=\"trail-plot\"]').scrollIntoView({block: 'end'})").await;
        looked_at(stage, "trail").await;
        // The whole way as a list.
        stage.unfold("trail-table").await;
        let items = stage.eval("document.querySelectorAll('[data-t=\"trail-table\"] + .wide li').length").await;
        assert_eq!(items, json!(27), "24 levels and three stages without any");
        let least = "[...document.querySelectorAll('[data-t=\"least\"] [data-stage]')].map((li) => Number(li.dataset.sessions))";
        let least = stage.eval(least).await;
        assert!(least.as_array().is_some_and(Vec::is_empty), "a benchmark is still to be met: {least}");
        looked_at(stage, "journey").await;
    })
    .await;
}

async fn a_month_shows_planned_beside_done(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        open(stage, "#/diary").await;
        stage.screen("diary").await;
        let label = |day: &str| {
            format!("document.querySelector('[data-t=\"day-{day}\"]').getAttribute('aria-label')")
        };
        let planned = format!("{}.includes('planned: a run')", label("2026-02-27"));
        stage.until("what the day asked for", &planned).await;
        let said = stage.eval(&label("2026-02-13")).await;
        let said = said.as_str().unwrap_or_default();
        assert!(
            said.contains("run or run-walk") && said.contains("worst pain 5"),
            "{said}"
        );
        looked_at(stage, "diary").await;
        stage.tap("day-2026-02-13").await;
        stage.see("all-days").await;
        let days = "new Set([...document.querySelectorAll('.day')].map((d) => d.innerText)).size";
        stage
            .until("that day alone", &format!("{days} === 1"))
            .await;
        assert_eq!(story::rows(stage, "session").await, 1);
        focus(stage, "day-2026-02-13").await;
        stage.key(RIGHT).await;
        stage.key(UP).await;
        let focused = stage.eval("document.activeElement.dataset.day").await;
        assert_eq!(focused, json!("2026-02-07"));
        stage.key(ENTER).await;
        stage
            .until(
                "another day",
                "document.querySelector('[data-day=\"2026-02-07\"]').ariaPressed === 'true'",
            )
            .await;
        stage.tap("all-days").await;
        // A kind, then words.
        stage.fill("diary-kind", "strength").await;
        stage
            .until(
                "strength alone",
                "document.querySelectorAll('.rows > li').length === 1",
            )
            .await;
        stage.fill("diary-kind", "session").await;
        stage.fill("diary-search", "R1").await;
        stage
            .until(
                "R1 alone",
                "document.querySelectorAll('.rows > li').length === 2",
            )
            .await;
        stage.fill("diary-search", "zebra").await;
        stage.see("diary-none").await;
        stage.tap("month-back").await;
        stage
            .until(
                "January",
                "document.querySelector('.month h2').innerText.includes('Jan')",
            )
            .await;
    })
    .await;
}

async fn a_change_keeps_what_was_said_and_can_be_taken_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &story::diary(), "2026-03-06T18:00:00", "#/diary").await;
        stage.screen("diary").await;
        let of = |store: &[(String, String)]| {
            store
                .iter()
                .find(|(key, _)| *key == id(4))
                .map(|(_, text)| text.clone())
                .unwrap_or_default()
        };
        for taken_back in [true, false] {
            stage.route(&format!("#/entry/{}", id(4))).await;
            stage.screen("entry").await;
            stage.tap("pain-during-3").await;
            stage.tap("log-save").await;
            stage.screen("diary").await;
            story::saved(stage).await;
            stage.see("undo").await;
            if taken_back {
                stage.tap("undo").await;
                stage.gone("undo").await;
                story::saved(stage).await;
                let (local, _) = story::stored(stage).await;
                assert!(of(&local).contains("\"pain_during\":0"), "{}", of(&local));
            }
        }
        let (local, twin) = story::stored(stage).await;
        for store in [local, twin] {
            let text = of(&store);
            assert!(
                text.contains("\"pain_during\":3") && text.contains("\"was\":{\"pain_during\":0}"),
                "{text}"
            );
        }
        stage.route(&format!("#/entry/{}", id(4))).await;
        stage.screen("entry").await;
        stage.unfold("edit-history").await;
        looked_at(stage, "entry-history").await;
        // A removal from here, too.
        stage.tap(&format!("delete-{}", id(4))).await;
        stage.screen("diary").await;
        stage.tap("undo").await;
        stage.see(&format!("row-{}", id(4))).await;
    })
    .await;
}

async fn pain_is_told_place_by_place(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &story::diary(), "2026-03-06T18:00:00", "#/add").await;
        stage.screen("add").await;
        stage.fill("log-level", "R2").await;
        stage.tap("pain-during-2").await;
        stage.tap("pain-after-0").await;
        stage.unfold("more").await;
        focus(stage, "body-map").await;
        stage.key(RIGHT).await;
        assert_eq!(heard(stage, "body-map").await, "right hip");
        stage.key(ENTER).await;
        stage.see("site-mark-hip-right").await;
        assert_eq!(heard(stage, "body-map").await, "right hip: chosen");
        // Touched on the other view.
        stage.tap("body-back").await;
        let touch = "(() => { const map = document.querySelector('[data-t=\"body-map\"]');
            map.scrollIntoView({block: 'center'}); const box = map.getBoundingClientRect();
            const at = {bubbles: true, clientX: box.left + box.width * 75 / 200, clientY: box.top + box.height * 326 / 420};
            map.dispatchEvent(new PointerEvent('pointerup', at)); })()";
        stage.eval(touch).await;
        stage.see("site-mark-calf-left").await;
        stage.fill("site-pain-calf-left", "1").await;
        stage.unfold("site-list").await;
        stage.fill("site-where", "back").await;
        stage.fill("site-side", "none").await;
        stage.tap("site-add").await;
        stage.see("site-mark-back-none").await;
        stage.tap("site-remove-hip-right").await;
        stage.gone("site-mark-hip-right").await;
        looked_at(stage, "body-map").await;
        stage.tap("log-save").await;
        stage.screen("today").await;
        story::saved(stage).await;
        let (local, _) = story::stored(stage).await;
        let all: String = local.into_iter().map(|(_, text)| text).collect();
        assert!(all.contains("{\"pain\":1,\"side\":\"left\",\"site\":\"calf\"}"), "{all}");
        assert!(all.contains("{\"pain\":2,\"side\":\"none\",\"site\":\"back\"}"), "{all}");
        stage.route("#/diary").await;
        stage.screen("diary").await;
        assert!(stage.text("row-sites").await.contains("left calf: pain 1 of 10"));
    })
    .await;
}

async fn all_of_it_fits_a_small_phone(engine: Engine) {
    let habits = Habits {
        page: (320, 568),
        ..Habits::default()
    };
    play_as(engine, habits, async |stage: &mut Stage| {
        for theme in ["light", "dark", "sun"] {
            stage.visit_picture().await;
            let prefs = json!({"theme": theme}).to_string();
            stage
                .run(
                    "localStorage.setItem('footing@/some/where/footing/prefs', arguments[0]);",
                    &[json!(prefs)],
                )
                .await;
            open(stage, "#/progress").await;
            for (screen, last) in [
                ("progress", "kept-plot"),
                ("journey", "least"),
                ("diary", "month"),
                ("add", "more"),
            ] {
                stage.route(&format!("#/{screen}")).await;
                stage.screen(screen).await;
                if screen == "add" {
                    stage.unfold("more").await;
                }
                stage.see(last).await;
                let beyond = stage.run(BEYOND, &[json!(320)]).await;
                assert_eq!(beyond, json!([]), "{screen} in {theme}");
                stage.eval("document.querySelector('.reader, .grid')?.scrollIntoView({block: 'center'})").await;
                stage
                    .screenshot(&format!("seeing-small-{screen}-{theme}"))
                    .await;
            }
        }
    })
    .await;
}
