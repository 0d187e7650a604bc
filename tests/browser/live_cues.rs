//! A whole session's cues, caught where they leave the app: each tone at its time and
//! with its pitch. The browser's audio is what listens, not a hook in Footing.

use footing::diary::vocabulary::Movement;
use footing::rules::guidance::Prescription;
use footing::session::cue::Cue;
use footing::session::cues::{LEAD_MS, script};
use footing::session::plan::SessionPlan;
use footing::session::timeline::{Snapshot, snapshot};
use serde_json::{Value, json};

use crate::driver::Engine;
use crate::stage::{Stage, play, play_aside};
use crate::story::{self, LIVE, entry};

crate::in_both!(
    every_cue_of_r4_at_its_time,
    hidden_for_ten_minutes_and_back,
    a_minute_paused_is_no_minute,
    a_tone_that_waits_is_taken_back,
    no_drift_over_an_hour,
    the_wake_lock_comes_back,
    the_voice_is_the_phones_own,
    a_metronome_clicks_while_running_alone,
    a_lost_sound_is_said_and_comes_back,
    screen_readers_hear_parts_and_minutes
);

/// Writes down each tone that is begun: its pitch, and when it will sound by the app's clock.
const LISTEN: &str = "
    window.footingTones = [];
    window.footingBuzzes = [];
    window.footingContexts = [];
    const ahead = () => Number(sessionStorage['footing-test-offset-ms'] ?? 0);
    const begin = AudioScheduledSourceNode.prototype.start;
    AudioScheduledSourceNode.prototype.start = function (when = 0) {
        const wait = Math.max(0, when - this.context.currentTime) * 1000;
        if (!footingContexts.includes(this.context)) footingContexts.push(this.context);
        footingTones.push([Math.round(this.frequency.value), Date.now() + ahead() + wait]);
        return begin.call(this, when);
    };
    if (navigator.vibrate) {
        const buzz = navigator.vibrate.bind(navigator);
        navigator.vibrate = (beats) => {
            footingBuzzes.push([beats, Date.now() + ahead()]);
            return buzz(beats);
        };
    }";

/// Two minutes of running, two of walking, six times.
fn r4() -> Snapshot {
    let plan = SessionPlan::new(&Prescription {
        level: "R4".into(),
        activity: Movement::RunWalk,
        run_s: 120,
        walk_s: 120,
        reps: 6,
    });
    snapshot(&plan, 0, &[], 0)
}

/// A runner at a level, all cues but the spoken ones switched on, with ears open.
pub async fn at_level(stage: &mut Stage, level: &str, prefs: &Value) {
    let walks = level.starts_with('W');
    let plan = json!({
        "injury": {"profile": "joint", "site": "knee", "side": "right", "since": "2025-11-11"},
        "no_clinician": true, "start_level": level,
        "start_stage": if walks { "walking" } else { "run-walk" },
    });
    story::lay_down(
        stage,
        &[entry(1, "2026-03-02T09:00:00+01:00", "plan", &plan)],
    )
    .await;
    let script = "localStorage.setItem('footing@/some/where/footing/prefs', arguments[0]);";
    stage.run(script, &[json!(prefs.to_string())]).await;
    stage.clock("2026-03-02T09:30:00").await;
    stage.open("#/today").await;
    stage.see("start").await;
    stage.run(LISTEN, &[]).await;
}

/// When the running session began, by the app's clock.
pub async fn started(stage: &Stage) -> i64 {
    let started = "JSON.parse(localStorage.getItem('footing@/some/where/footing/live') ?? '{}').started ?? null";
    stage
        .until("the session to be stored", started)
        .await
        .as_i64()
        .expect("a time")
}

/// What stands on the screen: part, phase, whether it runs; seconds left in the whole; and
/// when that was, by the app's clock (milliseconds). All of it is read at one moment, just
/// after a look at the clock.
pub async fn stands(stage: &Stage) -> (String, i64, i64) {
    let script = format!(
        "const [done] = arguments;
         dispatchEvent(new Event('footing-test-tick'));
         const ahead = Number(sessionStorage['footing-test-offset-ms'] ?? 0);
         const now = Math.round(Date.now() + ahead);
         setTimeout(() => {{
             const live = document.querySelector('{LIVE}').dataset;
             done([live.index + live.phase + live.state, Number(live.totalLeft), now]);
         }});"
    );
    let at = stage.client.execute_async(&script, vec![]).await;
    let at = at.expect("the session can be read");
    let what = at[0].as_str().expect("words").to_owned();
    let number = |n: usize| at[n].as_i64().expect("a number");
    (what, number(1), number(2))
}

/// How long the session was paused, milliseconds, as it is stored.
async fn paused(stage: &Stage) -> i64 {
    let pauses = "JSON.parse(localStorage.getItem('footing@/some/where/footing/live')).moments
            .reduce((sum, one) => sum + ({pause: -one.at, resume: one.at}[one.act] ?? NaN), 0)";
    stage.eval(pauses).await.as_i64().expect("milliseconds")
}

/// The tones heard so far: pitch and time.
async fn tones(stage: &Stage) -> Vec<(i64, f64)> {
    let heard = stage.eval("window.footingTones").await;
    let heard = heard.as_array().cloned().unwrap_or_default();
    heard
        .iter()
        .map(|tone| {
            let pitch = tone[0].as_i64().expect("a pitch");
            (pitch, tone[1].as_f64().expect("a time"))
        })
        .collect()
}

/// Turns the clock to a moment of the session, and waits until another has gone by. Both in
/// one script: what a busy machine takes between two would be missing from the lead.
async fn live_through(stage: &mut Stage, begun: i64, from_ms: i64, to_ms: i64) {
    let script = "
        const [from, to, done] = arguments;
        const ahead = Math.round(from - Date.now());
        sessionStorage['footing-test-offset-ms'] = String(ahead);
        dispatchEvent(new Event('footing-test-tick'));
        setTimeout(() => done(ahead), to - from);";
    let moments = vec![json!(begun + from_ms), json!(begun + to_ms)];
    let ahead = stage.client.execute_async(script, moments).await;
    let ahead = ahead.expect("time goes by").as_i64();
    stage.clock_was_turned(ahead.expect("milliseconds"));
}

async fn every_cue_of_r4_at_its_time(engine: Engine) {
    play_aside(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        let begun = started(stage).await;
        let script = script(&r4());
        // Runs begin at 5 minutes and every 4 minutes from there, whatever the script says.
        let runs: Vec<i64> = script
            .iter()
            .filter(|(_, c)| matches!(c, Cue::Last) || c.key() == "run")
            .map(|(at, _)| *at)
            .collect();
        assert_eq!(
            runs,
            [300_000, 540_000, 780_000, 1_020_000, 1_260_000, 1_500_000]
        );

        // Between the cues the clock is turned; around them it runs as it does.
        let mut at = 1;
        while at < script.len() {
            let (first, mut last) = (script[at].0, script[at].0);
            while at < script.len() && script[at].0 - last < 5000 {
                last = script[at].0;
                at += 1;
            }
            live_through(stage, begun, first - LEAD_MS - 900, last + 400).await;
        }
        stage.attribute_is(LIVE, "data-phase", "done").await;

        let heard = tones(stage).await;
        let heard = heard.iter().filter(|(pitch, _)| *pitch != 440);
        let mut heard: Vec<(i64, f64)> = heard.copied().collect();
        heard.sort_by(|a, b| a.1.total_cmp(&b.1));
        let wanted = script.iter().flat_map(|(at, cue)| {
            let tones = cue.tones().iter();
            tones.map(move |(pitch, from, _)| (i64::from(*pitch), at + i64::from(*from), *cue))
        });
        let wanted: Vec<(i64, i64, Cue)> = wanted.collect();
        let pitches: Vec<i64> = heard.iter().map(|(pitch, _)| *pitch).collect();
        let planned: Vec<i64> = wanted.iter().map(|(pitch, _, _)| *pitch).collect();
        assert_eq!(pitches, planned, "every tone once, in order");
        // The first comes with the tap on Start, which may wake the sound up first.
        #[allow(clippy::cast_precision_loss, reason = "milliseconds fit a double")]
        let off = heard
            .iter()
            .zip(&wanted)
            .skip(1)
            .map(|((_, when), (_, at, cue))| {
                let off = when - (begun + at) as f64;
                (off, format!("{cue:?} of {at} ms is off by {off:.0} ms"))
            });
        let off: Vec<(f64, String)> = off.collect();
        let worst: Vec<&String> = off
            .iter()
            .filter(|o| o.0.abs() > 50.0)
            .map(|o| &o.1)
            .collect();
        assert!(worst.is_empty(), "{worst:#?}");
        if engine == Engine::Chromium {
            let buzzes = stage.eval("window.footingBuzzes.length").await;
            assert_eq!(buzzes, json!(script.len()), "each is felt too");
        }
        story::log_quiet(stage).await;
    })
    .await;
}

/// The page is told that it is hidden and hears no tick, as on a phone that sleeps.
const HIDE: &str = "
    Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));";
const SHOW: &str = "
    delete document.visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));";

async fn hidden_for_ten_minutes_and_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        let begun = started(stage).await;
        // A look or two go by as they do: what follows is a time away of its own.
        live_through(stage, begun, 310_000, 312_500).await;
        stage.attribute_is(LIVE, "data-index", "1").await;
        stage.run(HIDE, &[]).await;
        stage.run("footingTones.length = 0;", &[]).await;
        stage.advance(600).await;
        stage.run(SHOW, &[]).await;
        // 910 seconds in: the third run's walk, 110 s of it left.
        stage.attribute_is(LIVE, "data-index", "6").await;
        let (_, left, now) = stands(stage).await;
        let place = (now - begun) / 1000;
        assert!(
            (2040 - left - place).abs() <= 1,
            "{left} s left after {place} s"
        );
        let heard = tones(stage).await;
        assert!(heard.len() <= 3, "what holds now, and no volley: {heard:?}");
        // It is said, and can be taken out.
        stage.tap("away-out").await;
        stage.attribute_is(LIVE, "data-index", "1").await;
        stage.gone("away").await;
        let (_, left, now) = stands(stage).await;
        // But for the part of a second since the last look before it.
        let place = (now - begun) / 1000 - 600;
        assert!(
            (2040 - left - place).abs() <= 2,
            "{left} s left after {place} s"
        );
    })
    .await;
}

async fn a_minute_paused_is_no_minute(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        let begun = started(stage).await;
        stage.advance(330).await;
        stage.hold("hold-pause").await;
        stage.attribute_is(LIVE, "data-state", "paused").await;
        let before = story::total_left(stage).await;
        stage.run("footingTones.length = 0;", &[]).await;
        stage.advance(60).await;
        assert_eq!(story::total_left(stage).await, before);
        assert!(tones(stage).await.is_empty(), "a pause is silent");
        stage.tap("resume").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        let paused = paused(stage).await;
        assert!(paused >= 60_000, "{paused} ms");
        let (_, left, now) = stands(stage).await;
        let place = (now - begun - paused) / 1000;
        assert!(
            (2040 - left - place).abs() <= 1,
            "{left} s left after {place} s"
        );
    })
    .await;
}

async fn a_tone_that_waits_is_taken_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        let ends = "
            window.footingStopped = [];
            const end = AudioScheduledSourceNode.prototype.stop;
            AudioScheduledSourceNode.prototype.stop = function (...when) {
                if (!when.length) footingStopped.push(Math.round(this.frequency.value));
                return end.apply(this, when);
            };";
        stage.run(ends, &[]).await;
        story::start_session(stage).await;
        let begun = started(stage).await;
        let runs = "footingContexts[0]?.state === 'running' && footingTones.length";
        stage.until("the sound to run", runs).await;
        // The first run is called ahead, and half a second before it the runner pauses.
        let pause = "
            footingTones.length = footingStopped.length = 0;
            const [at] = arguments;
            sessionStorage['footing-test-offset-ms'] = String(Math.round(at - Date.now()));
            dispatchEvent(new Event('footing-test-tick'));
            const called = footingTones.map(([pitch]) => pitch);
            document.querySelector('[data-t=hold-pause]').click();
            return called;";
        let called = stage.run(pause, &[json!(begun + 299_500)]).await;
        let run = json!([659, 880, 1175]);
        assert_eq!(called, run, "it waits for its moment");
        stage.attribute_is(LIVE, "data-state", "paused").await;
        stage
            .until("it to be taken back", "footingStopped.length > 2")
            .await;
        assert_eq!(stage.eval("footingStopped").await, run);
        stage.run("footingTones.length = 0;", &[]).await;
        stage.tap("resume").await;
        stage.attribute_is(LIVE, "data-index", "1").await;
        let heard = tones(stage).await;
        let heard: Vec<i64> = heard
            .iter()
            .map(|(pitch, _)| *pitch)
            .filter(|p| *p != 440)
            .collect();
        assert_eq!(json!(heard), run, "it comes after the pause, and once");
    })
    .await;
}

async fn no_drift_over_an_hour(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        // R13: 36 minutes of it. An hour with a pause of 24 in its middle.
        at_level(stage, "R13", &json!({"voice": false})).await;
        story::start_session(stage).await;
        let begun = started(stage).await;
        for _ in 0..70 {
            stage.advance(15).await;
        }
        stage.hold("hold-pause").await;
        stage.attribute_is(LIVE, "data-state", "paused").await;
        for _ in 0..96 {
            stage.advance(15).await;
        }
        stage.tap("resume").await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        for _ in 0..60 {
            stage.advance(15).await;
        }
        let paused = paused(stage).await;
        assert!(paused >= 96 * 15_000, "{paused} ms");
        let (_, left, now) = stands(stage).await;
        let (counted, passed) = (36 * 60 - left, now - begun - paused);
        assert!(
            (counted - passed / 1000).abs() <= 1,
            "{counted} s counted, {passed} ms passed"
        );
        // Exactly so by what is stored: no look in between has left a trace.
        let stored = stage.eval(
            "JSON.parse(localStorage.getItem('footing@/some/where/footing/live')).moments.length",
        );
        assert_eq!(stored.await, json!(2));
    })
    .await;
}

async fn the_wake_lock_comes_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        let watch = "
            window.footingLocks = [];
            const ask = WakeLock.prototype.request;
            WakeLock.prototype.request = function (kind) {
                return ask.call(this, kind).then((lock) => { footingLocks.push(lock); return lock; });
            };";
        stage.run(watch, &[]).await;
        story::start_session(stage).await;
        stage.attribute_is("[data-t=wake-state]", "data-held", "true").await;
        // The system takes it, as it does whenever the page is hidden.
        stage.run("footingLocks[0].release();", &[]).await;
        stage.attribute_is("[data-t=wake-state]", "data-held", "false").await;
        stage.run("document.dispatchEvent(new Event('visibilitychange'));", &[]).await;
        stage.attribute_is("[data-t=wake-state]", "data-held", "true").await;
        stage.hold("hold-end").await;
        stage.attribute_is("[data-t=wake-state]", "data-held", "false").await;
        let free = stage.eval("footingLocks.every((lock) => lock.released)").await;
        assert_eq!(free, json!(true), "none is left behind");
    })
    .await;
}

async fn the_voice_is_the_phones_own(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"tones": false})).await;
        // A phone with two voices of the language: one on it, one behind a network.
        let voices = "
            window.footingSaid = [];
            window.footingVoices = [
                {lang: 'en-US', localService: false, default: true, name: 'cloud'},
                {lang: 'de-DE', localService: true, default: false, name: 'other'},
            ];
            SpeechSynthesis.prototype.getVoices = () => footingVoices;
            SpeechSynthesis.prototype.speak = (words) => { if (words.text) footingSaid.push([words.text, words.volume, words.lang]); };";
        stage.run(voices, &[]).await;
        story::start_session(stage).await;
        let begun = started(stage).await;
        live_through(stage, begun, 299_000, 300_300).await;
        assert_eq!(stage.eval("footingSaid").await, json!([]), "no voice that needs a network");
        let own = "footingVoices.push({lang: 'en-GB', localService: true, default: false, name: 'own'});";
        stage.run(own, &[]).await;
        live_through(stage, begun, 419_000, 420_300).await;
        live_through(stage, begun, 1_021_700, 1_023_300).await;
        live_through(stage, begun, 1_258_300, 1_260_300).await;
        live_through(stage, begun, 1_498_300, 1_500_300).await;
        let said = stage.eval("footingSaid.map(([text]) => text.replaceAll('\\u00a0', ' '))").await;
        let wanted = [
            "Walk, 2 minutes",
            // What holds is said after each turn of the clock.
            "Run, 1:59, 4 of 6",
            "Halfway",
            "Walk, 2 seconds",
            "Run, 2 minutes, 5 of 6",
            "Walk, 2 seconds",
            "Last run, 2 minutes",
        ];
        assert_eq!(said, json!(wanted));
        let how = stage.eval("footingSaid[0].slice(1)").await;
        assert_eq!(how[1], "en-GB");
        assert!((how[0].as_f64().expect("a volume") - 0.8).abs() < 0.01, "{how}");
    })
    .await;
}

async fn a_metronome_clicks_while_running_alone(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false, "steps_min": 180})).await;
        story::start_session(stage).await;
        let begun = started(stage).await;
        let clicks = async |stage: &Stage| -> Vec<f64> {
            let all = tones(stage).await.into_iter();
            all.filter(|(pitch, _)| *pitch == 1760)
                .map(|(_, at)| at)
                .collect()
        };
        live_through(stage, begun, 280_000, 282_000).await;
        assert_eq!(clicks(stage).await.len(), 0, "the warm-up is walked");
        live_through(stage, begun, 310_000, 313_000).await;
        stage.attribute_is(LIVE, "data-metronome", "180").await;
        let heard = clicks(stage).await;
        assert!(heard.len() >= 6, "{heard:?}");
        let steady = heard
            .windows(2)
            .filter(|two| (two[1] - two[0] - 333.3).abs() < 80.0);
        assert!(steady.count() >= 5, "three a second: {heard:?}");
        // While walking it is silent, and the cues go on.
        live_through(stage, begun, 430_000, 431_500).await;
        stage.attribute_is(LIVE, "data-metronome", "0").await;
        let before = clicks(stage).await.len();
        live_through(stage, begun, 440_000, 442_000).await;
        assert_eq!(clicks(stage).await.len(), before);
    })
    .await;
}

async fn a_lost_sound_is_said_and_comes_back(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false})).await;
        story::start_session(stage).await;
        let begun = started(stage).await;
        live_through(stage, begun, 299_000, 300_300).await;
        assert_eq!(stage.eval("footingContexts.length").await, json!(1));
        assert!(!stage.has("sound").await, "it is heard");
        // A call: iOS says "interrupted", and a wish to go on is not answered.
        let call = "
            const context = footingContexts[0];
            Object.defineProperty(context, 'state', {get: () => 'interrupted', configurable: true});
            context.resume = () => new Promise(() => {});
            footingTones.length = 0;";
        stage.run(call, &[]).await;
        live_through(stage, begun, 419_000, 420_600).await;
        stage.see("sound").await;
        assert!(tones(stage).await.is_empty(), "nothing sounds in a call");
        assert_eq!(stage.eval("footingContexts.length").await, json!(1));
        // It is over: the same context goes on, without a tap.
        let over = "delete footingContexts[0].state; delete footingContexts[0].resume;";
        stage.run(over, &[]).await;
        live_through(stage, begun, 539_000, 540_600).await;
        assert!(!tones(stage).await.is_empty(), "the run is called");
        assert_eq!(stage.eval("footingContexts.length").await, json!(1));
        stage.gone("sound").await;
        // It claims to run, and its clock stands still: dead, until a tap makes another.
        let frozen = "
            const [context, stands] = [footingContexts[0], footingContexts[0].currentTime];
            Object.defineProperty(context, 'currentTime', {get: () => stands});
            footingTones.length = 0;";
        stage.run(frozen, &[]).await;
        live_through(stage, begun, 659_000, 660_600).await;
        live_through(stage, begun, 779_000, 780_600).await;
        stage.see("sound").await;
        stage.tap("sound").await;
        stage.gone("sound").await;
        live_through(stage, begun, 899_000, 900_600).await;
        assert_eq!(stage.eval("footingContexts.length").await, json!(2));
        let heard = tones(stage).await;
        let walk: Vec<i64> = heard.iter().map(|(pitch, _)| *pitch).collect();
        assert!(walk.ends_with(&[784, 523]), "the walk is called: {walk:?}");
    })
    .await;
}

async fn screen_readers_hear_parts_and_minutes(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false, "tones": false})).await;
        let watch = "
            window.footingRead = [];
            for (const id of ['live-polite', 'live-assertive']) {
                const region = document.getElementById(id);
                new MutationObserver(() => { if (region.textContent) footingRead.push(region.textContent); })
                    .observe(region, {childList: true, characterData: true, subtree: true});
            }";
        stage.run(watch, &[]).await;
        story::start_session(stage).await;
        // Seven minutes, in steps of five seconds: 84 changes of the figures. What there is to
        // read at the end of each is let be read.
        for begins in ["4", "3", "2", "1", "Run, ", "1", "Walk, "] {
            for _ in 0..12 {
                stage.advance(5).await;
            }
            let read = format!("footingRead.at(-1)?.startsWith('{begins}')");
            stage.until(format_args!("{begins} to be read"), &read).await;
        }
        stage.attribute_is(LIVE, "data-phase", "walk").await;
        let read = stage.eval("footingRead").await;
        let wanted = json!([
            "Warm-up walk, 5 minutes",
            "4 minutes left in this part",
            "3 minutes left in this part",
            "2 minutes left in this part",
            "1 minute left in this part",
            "Run, 2 minutes",
            "1 minute left in this part",
            "Walk, 2 minutes",
        ]);
        let parts = |list: &Value| -> Vec<String> {
            let list = list.as_array().cloned().unwrap_or_default();
            let words = list.iter().filter_map(Value::as_str);
            words.map(|words| words.replace('\u{a0}', " ")).collect()
        };
        let (read, wanted) = (parts(&read), parts(&wanted));
        // How much is left of a part is read as it is when it is noticed.
        let names = |list: &[String]| -> Vec<String> {
            let parts = list.iter().filter_map(|words| words.split_once(','));
            parts.map(|(name, _)| name.to_owned()).collect()
        };
        let (parts_read, parts_wanted) = (names(&read), names(&wanted));
        assert_eq!(parts_read, parts_wanted, "{read:?}");
        let minutes = |list: &[String]| -> Vec<String> {
            let minutes = list.iter().filter(|words| words.contains("left"));
            minutes.cloned().collect()
        };
        assert_eq!(minutes(&read), minutes(&wanted), "not each second: {read:?}");
    })
    .await;
}
