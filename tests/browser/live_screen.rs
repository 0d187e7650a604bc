//! What the screen shows in a session, on the smallest phone and lying on its side.

use serde_json::json;

use crate::driver::{Engine, Habits};
use crate::live_cues::at_level;
use crate::stage::{Stage, play_as};
use crate::story::{self, LIVE};

crate::in_both!(
    nothing_lies_below_the_fold,
    a_lock_against_touches,
    that_hurts_by_mistake,
    nothing_moves_where_that_is_asked_for,
    a_limp_ends_it
);

/// What of the session's screen cannot be seen without scrolling.
const BELOW: &str = "
    return [...document.querySelectorAll('.live button, .live .big, .live .now, .live .wake')]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.dataset.t ?? one.className, one.getBoundingClientRect()])
        .filter(([, box]) => box.bottom > innerHeight + 0.5 || box.right > innerWidth + 0.5 || box.left < -0.5)
        .map(([name, box]) => name + ' ends at ' + Math.round(box.bottom) + ' of ' + innerHeight);";

/// Two buttons that lie over each other.
const OVERLAP: &str = "
    const boxes = [...document.querySelectorAll('.live button')].filter((one) => one.checkVisibility())
        .map((one) => [one.dataset.t, one.getBoundingClientRect()]);
    return boxes.flatMap(([name, a], n) => boxes.slice(n + 1)
        .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        .map(([other]) => name + ' over ' + other));";

async fn whole(stage: &Stage, when: &str) {
    stage.settle().await;
    let below = stage.run(BELOW, &[]).await;
    assert_eq!(below, json!([]), "{when}");
    let overlap = stage.run(OVERLAP, &[]).await;
    assert_eq!(overlap, json!([]), "{when}");
    stage.screenshot(&format!("live/{when}")).await;
}

async fn nothing_lies_below_the_fold(engine: Engine) {
    for (page, name) in [
        ((320, 568), "small"),
        ((390, 844), "usual"),
        ((568, 320), "lying"),
        ((844, 390), "lying-usual"),
    ] {
        let habits = Habits {
            page,
            ..Habits::default()
        };
        play_as(engine, habits, async |stage: &mut Stage| {
            at_level(stage, "R4", &json!({"voice": false, "theme": "sun"})).await;
            story::start_session(stage).await;
            stage.settle().await;
            let said = |what: &str| format!("{name}-{what}");
            whole(stage, &said("warm-up")).await;
            stage.advance(15).await;
            for _ in 0..19 {
                stage.advance(15).await;
            }
            stage.attribute_is(LIVE, "data-phase", "run").await;
            whole(stage, &said("run")).await;
            let wide =
                "document.querySelector('.live .big').getBoundingClientRect().width / innerWidth";
            let wide = stage.eval(wide).await.as_f64().expect("a number");
            assert!(wide > 0.5, "{name}: the figures take {wide} of the width");
            stage.tap("lock").await;
            whole(stage, &said("locked")).await;
            stage.hold("unlock").await;
            stage.hold("hold-pause").await;
            stage.attribute_is(LIVE, "data-state", "paused").await;
            whole(stage, &said("paused")).await;
            stage.tap("resume").await;
            stage.tap("hurts").await;
            stage.see("stop-rules").await;
            whole(stage, &said("hurts")).await;
            stage.advance(1).await;
            stage.tap("limp").await;
            stage.see("get-a-lift").await;
            whole(stage, &said("limps")).await;
        })
        .await;
    }
}

async fn a_lock_against_touches(engine: Engine) {
    play_as(engine, Habits::default(), async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        stage.tap("lock").await;
        stage.see("locked").await;
        let left = stage.run("return [...document.querySelectorAll('.live button, .live a')].map((one) => one.dataset.t);", &[]).await;
        assert_eq!(left, json!(["hold-hurts", "unlock"]), "all that answers, and only to a hold");
        for id in ["unlock", "hold-hurts"] {
            stage.tap(id).await;
        }
        stage.see("locked").await;
        stage.attribute_is(LIVE, "data-phase", "warm-up").await;
        assert!(!stage.has("stop-rules").await);
        stage.hold("hold-hurts").await;
        stage.see("stop-rules").await;
        stage.gone("locked").await;
    })
    .await;
}

/// Keeps the length in milliseconds of the longest movement that began in the session's
/// screen, and whether the frame of a cue was seen.
const MOVES: &str = "
    window.footingMoves = 0;
    window.footingFrames = 0;
    const look = () => {
        for (const moving of document.getAnimations()) {
            const { duration, delay } = moving.effect.getComputedTiming();
            window.footingMoves = Math.max(footingMoves, delay + Number(duration));
        }
    };
    for (const kind of ['transitionrun', 'animationstart']) document.addEventListener(kind, look, true);
    new MutationObserver(() => {
        const live = document.querySelector('.live.flash');
        if (live) footingFrames += Number(getComputedStyle(live, '::after').opacity === '1');
    }).observe(document, {subtree: true, attributes: true, attributeFilter: ['class']});";

async fn nothing_moves_where_that_is_asked_for(engine: Engine) {
    for motion in [true, false] {
        let habits = Habits {
            motion,
            ..Habits::default()
        };
        play_as(engine, habits, async |stage: &mut Stage| {
            let still = "matchMedia('(prefers-reduced-motion: reduce)').matches";
            at_level(stage, "R4", &json!({"voice": false, "tones": false})).await;
            assert_eq!(stage.eval(still).await, json!(!motion));
            stage.run(MOVES, &[]).await;
            story::start_session(stage).await;
            // Another part with another colour, the frame of its cue, and a held button.
            stage.advance(310).await;
            stage.attribute_is(LIVE, "data-phase", "run").await;
            stage.hold("hold-pause").await;
            stage.attribute_is(LIVE, "data-state", "paused").await;
            let gone = "!document.querySelector('.live').classList.contains('flash')";
            stage.until("the frame to be gone", gone).await;
            let longest = stage.eval("footingMoves").await.as_f64();
            let longest = longest.expect("milliseconds");
            if motion {
                assert!(longest >= 200.0, "{longest} ms: nothing was listened to");
            } else {
                assert!(longest < 1.0, "something moved for {longest} ms");
            }
            // The cue is seen all the same: a frame that stands for half a second.
            assert_ne!(stage.eval("footingFrames").await, json!(0));
        })
        .await;
    }
}

async fn that_hurts_by_mistake(engine: Engine) {
    play_as(engine, Habits::default(), async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        stage.advance(310).await;
        stage.tap("hurts").await;
        stage.attribute_is(LIVE, "data-phase", "walk").await;
        stage.advance(1).await;
        stage.tap("undo-hurt").await;
        stage.attribute_is(LIVE, "data-phase", "run").await;
        stage.gone("stop-rules").await;
        stage.see("hurts").await;
    })
    .await;
}

async fn a_limp_ends_it(engine: Engine) {
    play_as(engine, Habits::default(), async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        stage.advance(310).await;
        stage.tap("hurts").await;
        stage.advance(1).await;
        stage.tap("limp").await;
        stage.see("get-a-lift").await;
        stage.advance(1).await;
        stage.tap("stop-here").await;
        stage.attribute_is(LIVE, "data-state", "ended").await;
        stage.tap("to-log").await;
        stage.screen("log").await;
        stage.unfold("limp").await;
        let ticked = stage
            .eval("document.querySelector('[data-t=limp]').checked")
            .await;
        assert_eq!(ticked, json!(true));
    })
    .await;
}
