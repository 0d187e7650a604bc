//! Pocket mode: the track that the app makes is played by the browser's own media
//! element, is as long as the session, and is its clock.

use footing::app::session::run_record::RunRecord;
use footing::session::cue::Cue;
use footing::session::cues::script;
use serde_json::{Value, json};

use crate::driver::Engine;
use crate::live_cues::at_level;
use crate::page::one;
use crate::stage::{Stage, play};
use crate::story::{self, LIVE};
use crate::wait::PATIENCE;

crate::in_both!(
    the_track_is_the_session_and_its_clock,
    a_call_pauses_and_its_end_goes_on,
    that_hurts_in_a_pocket_lays_the_rest_out_anew,
    the_pocket_check_is_played_and_remembered,
    where_flac_does_not_play_a_wav_does,
    a_track_that_could_not_be_read_is_loaded_once_more,
    a_track_that_can_never_be_read_is_given_up,
    where_nothing_plays_the_screen_stays_on
);

/// Keeps every blob that is given an address.
const KEEP_BLOBS: &str = "
    window.footingBlobs = [];
    const give = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => { footingBlobs.push(blob); return give(blob); };
    window.footingMedia = {};
    const set = MediaSession.prototype.setActionHandler;
    MediaSession.prototype.setActionHandler = function (name, handler) {
        footingMedia[name] = handler;
        return set.call(this, name, handler);
    };";

/// Length in seconds, bytes, and the greatest sample of two stretches, of the last blob.
const DECODE: &str = "
    const done = arguments[arguments.length - 1];
    const blob = footingBlobs.at(-1);
    blob.arrayBuffer()
        .then((bytes) => new OfflineAudioContext(1, 1, 16000).decodeAudioData(bytes))
        .then((sound) => {
            const samples = sound.getChannelData(0);
            const most = (from, to) => samples.slice(from * 16000, to * 16000)
                .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
            done([sound.duration, blob.size, most(300, 300.5), most(310, 400), blob.type]);
        })
        .catch((error) => done(String(error)));";

const AUDIO: &str = "document.querySelector('audio[data-t=track]')";

async fn pocket(stage: &mut Stage) {
    at_level(stage, "R4", &json!({"voice": false, "pocket": true})).await;
    stage.run(KEEP_BLOBS, &[]).await;
    stage.tap("start").await;
    stage.see("mode-untried").await;
    story::answer_precheck(stage).await;
    stage
        .attribute_is("[data-t=wake-state]", "data-track", "true")
        .await;
    let plays = format!("{AUDIO} && !{AUDIO}.paused && {AUDIO}.currentTime > 0.3");
    stage.until("the track to play", &plays).await;
}

/// The greatest samples of the last blob in stretches of half a second from each of these
/// milliseconds on.
async fn loudest(stage: &Stage, from: &[i64]) -> Vec<f64> {
    let script = "
        const [from, done] = arguments;
        footingBlobs.at(-1).arrayBuffer()
            .then((bytes) => new OfflineAudioContext(1, 1, 16000).decodeAudioData(bytes))
            .then((sound) => {
                const samples = sound.getChannelData(0);
                done(from.map((ms) => samples.slice(ms * 16, ms * 16 + 8000)
                    .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)));
            })
            .catch((error) => done(String(error)));";
    let found = stage.client.execute_async(script, vec![json!(from)]).await;
    let found = found.expect("an answer");
    let list = found.as_array().unwrap_or_else(|| panic!("{found}"));
    list.iter().filter_map(Value::as_f64).collect()
}

/// Where half way is called in the session as it is stored, milliseconds from its start.
async fn half_way(stage: &Stage) -> i64 {
    let stored = stage
        .eval("localStorage.getItem('footing@/some/where/footing/live')")
        .await;
    let live = RunRecord::from_json(stored.as_str().expect("a session is stored"));
    let live = live.expect("a session as it is written");
    let script = script(&live.at(live.last_seen()));
    let half = script.iter().find(|(_, cue)| *cue == Cue::HalfWay);
    half.expect("half way lies ahead").0
}

async fn place(stage: &Stage) -> i64 {
    2040 - story::total_left(stage).await
}

/// Where the screen says that the session is, seconds, which is where the track is: both
/// are read at one moment, just after a look at it.
async fn place_of_both(stage: &Stage) -> i64 {
    let script = format!(
        "const [done] = arguments;
         dispatchEvent(new Event('footing-test-tick'));
         const track = {AUDIO}.currentTime;
         setTimeout(() => done([track, Number(document.querySelector('{LIVE}').dataset.totalLeft)]));"
    );
    let both = stage.client.execute_async(&script, vec![]).await;
    let both = both.expect("both can be read");
    let track = both[0].as_f64().expect("seconds");
    let left = both[1].as_i64().expect("seconds");
    let screen = f64::from(2040 - i32::try_from(left).expect("a session is short"));
    // A quarter of a second apart they go on as they are, and the screen shows whole seconds.
    assert!(
        (-1.3..0.3).contains(&(screen - track)),
        "{screen} s on the screen, {track} s played"
    );
    2040 - left
}

async fn the_track_is_the_session_and_its_clock(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        pocket(stage).await;
        let length = stage.eval(&format!("{AUDIO}.duration")).await;
        assert_eq!(length, json!(2042), "34 minutes, and room for the last cue");
        let decoded = stage.client.execute_async(DECODE, vec![]).await;
        let decoded = decoded.expect("an answer");
        let of = |n: usize| decoded[n].as_f64().unwrap_or_else(|| panic!("{decoded}"));
        assert!((of(0) - 2042.0).abs() < 0.001, "{decoded}");
        assert!(of(1) < 700_000.0, "{decoded}");
        assert!(of(2) > 0.2, "the first run is called: {decoded}");
        assert!(of(3) < 0.002, "and silence after: {decoded}");
        assert_eq!(decoded[4], "audio/flac");

        assert_eq!(
            half_way(stage).await,
            1_023_000,
            "three seconds after a run begins"
        );
        // Seeking it moves the screen, and nothing counts for the way.
        stage.run(&format!("{AUDIO}.currentTime = 545;"), &[]).await;
        stage.attribute_is(LIVE, "data-index", "3").await;
        stage.attribute_is(LIVE, "data-phase", "run").await;
        let at = place_of_both(stage).await;
        assert!((544..600).contains(&at), "{at} s");
        // The clock on the wall does not.
        stage.advance(900).await;
        let later = place_of_both(stage).await;
        assert!((at..660).contains(&later), "{at} s, then {later} s");
        stage.attribute_is(LIVE, "data-index", "3").await;

        // The lock screen's buttons.
        let title = "navigator.mediaSession?.metadata?.title ?? null";
        stage.until("a title on the lock screen", title).await;
        stage.run("footingMedia.nexttrack({});", &[]).await;
        stage.attribute_is(LIVE, "data-index", "4").await;
        // Less is left to do, so half way is elsewhere: a track of its own says so.
        stage
            .until("another track", "footingBlobs.length === 2")
            .await;
        let near = format!("!{AUDIO}.paused && Math.abs({AUDIO}.currentTime - 660) < 5");
        stage.until("the track at the next part", &near).await;
        let (planned, now) = (1_023_000, half_way(stage).await);
        assert!(now > planned + 30_000, "{now} ms");
        let heard = loudest(stage, &[now, planned, now - 600]).await;
        assert!(heard[0] > 0.2, "half way is called where it is: {heard:?}");
        assert!(heard[1] < 0.002, "and no longer where it was: {heard:?}");
        assert!(heard[2] < 0.002, "with silence before: {heard:?}");
        stage
            .run("footingMedia.seekto({seekTime: 1501});", &[])
            .await;
        stage.attribute_is(LIVE, "data-index", "11").await;
        stage
            .until(
                "the track there too",
                &format!("Math.abs({AUDIO}.currentTime - 1501) < 5"),
            )
            .await;

        // Its end is the session's.
        stage
            .run(&format!("{AUDIO}.currentTime = 2039;"), &[])
            .await;
        stage.attribute_is(LIVE, "data-phase", "done").await;
        story::log_quiet(stage).await;
        let run = stored_run_min(stage).await;
        assert!(run < 1.0, "nothing that was jumped over was run: {run} min");
    })
    .await;
}

async fn stored_run_min(stage: &Stage) -> f64 {
    let (local, _) = story::stored(stage).await;
    let session = local.iter().find_map(|(_, text)| {
        let entry: Value = serde_json::from_str(text).expect("an entry is JSON");
        (entry["kind"] == "session").then_some(entry)
    });
    session.expect("the session was logged")["run_min"]
        .as_f64()
        .expect("minutes")
}

async fn a_call_pauses_and_its_end_goes_on(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        pocket(stage).await;
        stage.run(&format!("{AUDIO}.currentTime = 310;"), &[]).await;
        stage.attribute_is(LIVE, "data-index", "1").await;
        // As a call does: the element is paused, and the app was not asked.
        stage.run(&format!("{AUDIO}.pause();"), &[]).await;
        stage.attribute_is(LIVE, "data-state", "paused").await;
        let before = place(stage).await;
        stage.advance(180).await;
        assert_eq!(place(stage).await, before);
        stage.run(&format!("{AUDIO}.play();"), &[]).await;
        stage.attribute_is(LIVE, "data-state", "running").await;
        let after = place_of_both(stage).await;
        assert!(
            (before..before + 60).contains(&after),
            "{before} s, then {after} s: the call lasted three minutes"
        );
        // And from the screen, once it is unlocked.
        stage.see("locked").await;
        assert!(
            !stage.has("hold-pause").await,
            "nothing there for a cloth to touch"
        );
        stage.hold("unlock").await;
        stage.hold("hold-pause").await;
        stage
            .until("the track to stand still", &format!("{AUDIO}.paused"))
            .await;
        stage.tap("resume").await;
        stage
            .until("the track to go on", &format!("!{AUDIO}.paused"))
            .await;
        stage.hold("hold-end").await;
        stage
            .until(
                "the track to be gone",
                &format!("!{AUDIO}.hasAttribute('src')"),
            )
            .await;
        // Undone, it plays from where it was.
        stage.tap("undo-end").await;
        stage
            .until(
                "the track again",
                &format!("!{AUDIO}.paused && {AUDIO}.currentTime > 309"),
            )
            .await;
        stage.attribute_is(LIVE, "data-index", "1").await;
    })
    .await;
}

async fn that_hurts_in_a_pocket_lays_the_rest_out_anew(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        pocket(stage).await;
        stage.run(&format!("{AUDIO}.currentTime = 330;"), &[]).await;
        stage.attribute_is(LIVE, "data-phase", "run").await;
        stage.hold("hold-hurts").await;
        stage.attribute_is(LIVE, "data-phase", "walk").await;
        stage.see("stop-rules").await;
        stage
            .until("another track", "footingBlobs.length === 2")
            .await;
        stage
            .until(
                "it to play on",
                &format!("!{AUDIO}.paused && {AUDIO}.currentTime > 330"),
            )
            .await;
        // Reloaded in the middle: a tap brings the sound back.
        stage.reload().await;
        stage.tap("sound").await;
        stage.gone("sound").await;
        stage
            .until(
                "the track again",
                &format!("{AUDIO} && !{AUDIO}.paused && {AUDIO}.currentTime > 331"),
            )
            .await;
        stage.attribute_is(LIVE, "data-phase", "walk").await;
    })
    .await;
}

async fn the_pocket_check_is_played_and_remembered(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({})).await;
        stage.run(KEEP_BLOBS, &[]).await;
        stage.route("#/settings").await;
        stage.tap("to-sounds").await;
        stage.screen("sounds").await;
        stage.tap("check-minute").await;
        stage.see("check-playing").await;
        stage
            .until(
                "the check to play",
                &format!("{AUDIO} && !{AUDIO}.paused && {AUDIO}.duration === 62"),
            )
            .await;
        stage.tap("check-heard").await;
        stage
            .until("it to stop", &format!("!{AUDIO}.hasAttribute('src')"))
            .await;
        stage.tap("check-long").await;
        stage
            .until("the long one", &format!("{AUDIO}.duration === 902"))
            .await;
        // Leaving the screen ends it.
        stage.route("#/today").await;
        stage.screen("today").await;
        stage
            .until("it to stop", &format!("!{AUDIO}.hasAttribute('src')"))
            .await;
        stage.reload().await;
        stage.tap("start").await;
        stage.tap("mode-pocket").await;
        stage.see("mode-minute").await;
        stage
            .until("the choice to be kept", &format!("!!{}", one("mode-about")))
            .await;
        let kept = stage
            .eval("JSON.parse(localStorage['footing@/some/where/footing/prefs']).pocket_minute")
            .await;
        assert_eq!(kept, json!(true));
    })
    .await;
}

/// How long the page's thread has worked so far, seconds. Chromium only.
async fn worked(stage: &Stage) -> f64 {
    let said = stage
        .browser()
        .cdp("Performance.getMetrics", json!({}))
        .await;
    let metrics = said["metrics"].as_array().cloned().unwrap_or_default();
    let tasks = metrics.iter().find(|one| one["name"] == "TaskDuration");
    tasks
        .and_then(|one| one["value"].as_f64())
        .expect("seconds")
}

/// Four times slower than this machine, as a cheap phone is.
#[tokio::test]
async fn the_track_is_made_in_a_second_on_a_slow_phone() {
    play(Engine::Chromium, async |stage: &mut Stage| {
        at_level(stage, "R3", &json!({"voice": false, "pocket": true})).await;
        stage.run(KEEP_BLOBS, &[]).await;
        stage.tap("start").await;
        stage.see("precheck").await;
        for answer in ["pre-pain-0", "pre-limp-no", "pre-well-yes"] {
            stage.tap(answer).await;
        }
        // The page's own time on the processor: what else the machine does is not in it.
        let own = json!({"timeDomain": "threadTicks"});
        stage.browser().cdp("Performance.enable", own).await;
        let before = worked(stage).await;
        stage.tap("live-start").await;
        stage.until("the track", "footingBlobs.length > 0").await;
        let made = 4.0 * (worked(stage).await - before);
        assert!(made < 1.0, "forty minutes were made in {made:.2} s");
        stage.attribute_is(LIVE, "data-state", "running").await;
    })
    .await;
}

async fn where_flac_does_not_play_a_wav_does(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "W1", &json!({"voice": false, "pocket": true})).await;
        stage.run(KEEP_BLOBS, &[]).await;
        let no_flac = "
            const can = HTMLMediaElement.prototype.canPlayType;
            HTMLMediaElement.prototype.canPlayType = function (kind) {
                return kind.includes('flac') ? '' : can.call(this, kind);
            };";
        stage.run(no_flac, &[]).await;
        story::start_session(stage).await;
        // Longer than the app itself waits for a track that loads.
        stage
            .until_within(
                PATIENCE * 2,
                "a WAV track to play",
                &format!(
                    "{AUDIO} && {AUDIO}.currentTime > 0.3 && footingBlobs[0].type === 'audio/wav'"
                ),
            )
            .await;
        let length = stage.eval(&format!("{AUDIO}.duration")).await;
        assert_eq!(length, json!(602), "ten minutes, and room for the last cue");
        stage.run(&format!("{AUDIO}.currentTime = 301;"), &[]).await;
        stage
            .until(
                "the screen to follow",
                &format!("Number(document.querySelector('{LIVE}').dataset.totalLeft) <= 299"),
            )
            .await;
        unread_tracks(stage).await;
    })
    .await;
}

/// How often a track was said to be of no known kind: WebKit on `GStreamer` does so now and
/// then of a sound one, and the app loads it once more. Nothing else may be wrong.
async fn unread_tracks(stage: &mut Stage) -> usize {
    let faults = stage.take_faults().await;
    // The last one may come when the element has no address any more.
    let of_a_track = |fault: &String| fault.starts_with("error: blob:") || fault.trim() == "error:";
    assert!(faults.iter().all(of_a_track), "{faults:#?}");
    faults.len()
}

/// The first so many tracks that an element is given are no sound at all.
fn unreadable(first: u32) -> String {
    format!(
        "window.footingLoads = 0;
         const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'src');
         const nothing = URL.createObjectURL(new Blob(['no sound'], {{type: 'audio/wav'}}));
         Object.defineProperty(HTMLMediaElement.prototype, 'src', {{
             configurable: true,
             get: source.get,
             set(address) {{
                 footingLoads += 1;
                 source.set.call(this, footingLoads > {first} ? address : nothing);
             }},
         }});"
    )
}

async fn a_track_that_could_not_be_read_is_loaded_once_more(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false, "pocket": true})).await;
        stage.run(&unreadable(2), &[]).await;
        story::start_session(stage).await;
        let plays = format!("{AUDIO} && {AUDIO}.currentTime > 0.3");
        stage.until("the track to play", &plays).await;
        stage
            .attribute_is("[data-t=wake-state]", "data-track", "true")
            .await;
        let loads = stage.eval("footingLoads").await.as_u64();
        assert!(loads >= Some(3), "{loads:?}");
        assert!(unread_tracks(stage).await >= 2);
    })
    .await;
}

async fn a_track_that_can_never_be_read_is_given_up(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false, "pocket": true})).await;
        stage.run(&unreadable(99), &[]).await;
        story::start_session(stage).await;
        stage
            .attribute_is("[data-t=wake-state]", "data-track", "false")
            .await;
        assert_eq!(
            stage.eval("footingLoads").await,
            json!(4),
            "once, and three times more"
        );
        stage.advance(310).await;
        stage.attribute_is(LIVE, "data-phase", "run").await;
        assert!(unread_tracks(stage).await >= 3);
    })
    .await;
}

/// A phone that never says whether it plays: it loads at first, and then does nothing more.
#[tokio::test]
async fn a_track_that_loads_is_waited_for_and_one_that_stands_still_is_not() {
    play(Engine::Chromium, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false, "pocket": true})).await;
        let slow = "
            window.footingLooks = 0;
            const media = HTMLMediaElement.prototype;
            media.play = () => new Promise(() => {});
            Object.defineProperty(media, 'readyState', {get: () => 0});
            Object.defineProperty(media, 'networkState', {get: () => (footingLooks += 1) < 3 ? 2 : 1});";
        stage.run(slow, &[]).await;
        story::start_session(stage).await;
        stage.attribute_is("[data-t=wake-state]", "data-track", "true").await;
        stage.until("a second look", "footingLooks === 2").await;
        stage.attribute_is("[data-t=wake-state]", "data-track", "true").await;
        stage.attribute_is("[data-t=wake-state]", "data-track", "false").await;
        assert_eq!(stage.eval("footingLooks").await, json!(3));
        stage.attribute_is("[data-t=wake-state]", "data-held", "true").await;
    })
    .await;
}

async fn where_nothing_plays_the_screen_stays_on(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        at_level(stage, "R4", &json!({"voice": false, "pocket": true})).await;
        let refused = "HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));";
        stage.run(refused, &[]).await;
        stage.tap("start").await;
        story::answer_precheck(stage).await;
        stage.attribute_is("[data-t=wake-state]", "data-track", "false").await;
        stage.attribute_is("[data-t=wake-state]", "data-held", "true").await;
        stage.advance(310).await;
        stage.attribute_is(LIVE, "data-phase", "run").await;
    })
    .await;
}
