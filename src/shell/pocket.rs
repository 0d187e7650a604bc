//! The audio track of a session in a media element: what plays as media goes on when
//! the screen is locked, and is the session's clock then.
//!
//! - Its first `play()` has to be called within a tap; iOS answers others with a
//!   refused promise, which is told as [`Heard::Failed`]. The same element may play
//!   another track later: the lock screen's buttons count as taps.
//! - A call, a headset or the lock screen pauses it without asking. So it is
//!   remembered what was wanted, and everything else is told.
//! - A new track makes a gap, so the core seeks in the one that plays wherever what it
//!   holds is still right.

use super::{Dispatch, clock, js};
use crate::app::effect::Track;
use crate::app::event::{Event, Heard, SessionEvent};
use crate::session::audio_track;
use js_sys::{Array, Function, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Event as JsEvent, EventTarget, Url};

/// A track that has not begun to play by then is given up, milliseconds, unless the
/// phone is still about to load it.
const BEGIN_MS: u32 = 5000;
/// How often at most a track that still loads is given as long again.
const AGAIN: u32 = 3;
/// How often at most a track that could not be read is loaded once more, and how long
/// after, milliseconds: WebKit on `GStreamer` mixes up where it reads a long file now and
/// then and says it is of no kind it knows.
const RELOADS: u32 = 3;
const RELOAD_MS: u32 = 300;
/// What an element says of itself: it does not try to load; it could begin.
const NETWORK_IDLE: f64 = 1.0;
const HAVE_FUTURE_DATA: f64 = 3.0;

#[derive(Default)]
struct Player {
    audio: Option<JsValue>,
    address: Option<String>,
    /// Where the track begins, milliseconds.
    from: i64,
}

thread_local! {
    static PLAYER: RefCell<Player> = RefCell::default();
    /// It should be playing.
    static WANTED: Cell<bool> = const { Cell::new(false) };
    /// It has begun to play.
    static BEGUN: Cell<bool> = const { Cell::new(false) };
    /// How often it may still be loaded once more; `None` while that is about to be done.
    static RELOADS_LEFT: Cell<Option<u32>> = const { Cell::new(Some(0)) };
    /// Which track: one that was replaced has nothing more to say.
    static TURN: Cell<u32> = const { Cell::new(0) };
    static DISPATCH: RefCell<Option<Dispatch>> = const { RefCell::new(None) };
}

/// Does what the core asks of the track.
pub fn run(what: Track, dispatch: &Dispatch) {
    DISPATCH.set(Some(dispatch.clone()));
    match what {
        Track::Play(score, from) => {
            let Some(audio) = audio() else {
                return tell_later(Heard::Failed);
            };
            let flac = can_play(&audio, "audio/flac");
            let (bytes, kind) = if flac {
                (audio_track::flac(&score), "audio/flac")
            } else {
                (audio_track::wav(&score), "audio/wav")
            };
            play(&audio, &bytes, kind, from);
        }
        Track::Pause => {
            WANTED.set(false);
            call("pause");
            playback("paused");
        }
        Track::Resume => resume(),
        Track::Seek(place) => {
            if let Some(audio) = current() {
                js::set(&audio, "currentTime", &seconds(place));
                show_position();
            }
        }
        Track::Stop => stop(),
    }
}

/// Tells the core where the track is, before each look at the clock.
pub fn report() {
    if WANTED.get()
        && RELOADS_LEFT.get().is_some()
        && let Some(place) = place()
    {
        tell(Heard::At(place));
    }
}

/// The line that the lock screen shows.
pub fn title(text: &str, app: &str) {
    if current().is_none() {
        return;
    }
    let made = js::get(&js_sys::global(), "MediaMetadata")
        .and_then(|maker| maker.dyn_into::<Function>().ok())
        .and_then(|maker| {
            let words = js::object(&[("title", &text.into()), ("artist", &app.into())]);
            Reflect::construct(&maker, &Array::of1(&words)).ok()
        });
    if let (Some(session), Some(made)) = (media_session(), made) {
        js::set(&session, "metadata", &made);
    }
    show_position();
}

fn media_session() -> Option<JsValue> {
    js::get(&js::navigator()?.into(), "mediaSession")
}

fn can_play(audio: &JsValue, kind: &str) -> bool {
    js::call(audio, "canPlayType", &[&kind.into()])
        .ok()
        .and_then(|said| said.as_string())
        .is_some_and(|said| !said.is_empty())
}

fn tell(heard: Heard) {
    if let Some(dispatch) = DISPATCH.with_borrow(Clone::clone) {
        dispatch(Event::Session(SessionEvent::Track(heard)));
    }
}

fn act(event: SessionEvent) {
    if let Some(dispatch) = DISPATCH.with_borrow(Clone::clone) {
        dispatch(Event::Session(event));
    }
}

fn tell_later(heard: Heard) {
    js::later(move || tell(heard));
}

/// The element that has a track.
fn current() -> Option<JsValue> {
    PLAYER.with_borrow(|player| player.address.as_ref().and(player.audio.clone()))
}

fn call(method: &str) {
    if let Some(audio) = current() {
        let _ = js::call(&audio, method, &[]);
    }
}

fn seconds(ms: i64) -> JsValue {
    #[allow(clippy::cast_precision_loss)] // an hour or two
    let seconds = ms as f64 / 1000.0;
    seconds.into()
}

/// Where it is, milliseconds; `None` while it looks for a place.
fn place() -> Option<i64> {
    let audio = current()?;
    if js::is_true(&audio, "seeking") || js::is_true(&audio, "ended") {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)] // an hour or two
    Some((js::get(&audio, "currentTime")?.as_f64()? * 1000.0).round() as i64)
}

/// The element, made when it is first needed.
fn audio() -> Option<JsValue> {
    if let Some(audio) = PLAYER.with_borrow(|player| player.audio.clone()) {
        return Some(audio);
    }
    let document = js::document()?;
    let audio = document.create_element("audio").ok()?;
    let _ = audio.set_attribute("data-t", "track");
    let _ = audio.set_attribute("hidden", "");
    document.body()?.append_child(&audio).ok()?;
    listen(&audio);
    media_actions();
    let audio = JsValue::from(audio);
    PLAYER.with_borrow_mut(|player| player.audio = Some(audio.clone()));
    Some(audio)
}

fn listen(audio: &EventTarget) {
    js::listen(audio, "timeupdate", |_| clock::look());
    js::listen(audio, "playing", |_| {
        if !BEGUN.replace(true) {
            tell(Heard::Begun);
        }
        if !WANTED.replace(true)
            && let Some(place) = place()
        {
            tell(Heard::Playing(place));
        }
        playback("playing");
    });
    js::listen(audio, "pause", |event| {
        let ended = event
            .target()
            .is_some_and(|audio| js::is_true(&audio, "ended"));
        // A load that failed may be told as a pause as well, and is no call.
        let unread = !BEGUN.get() && RELOADS_LEFT.get() != Some(RELOADS);
        if !ended
            && !unread
            && WANTED.replace(false)
            && let Some(place) = place()
        {
            tell(Heard::Paused(place));
        }
        playback("paused");
    });
    js::listen(audio, "ended", |_| {
        WANTED.set(false);
        tell(Heard::Ended);
        stop();
    });
    js::listen(audio, "error", |_: &JsEvent| {
        if current().is_some() {
            unread();
        }
    });
}

fn play(audio: &JsValue, bytes: &[u8], kind: &str, from: i64) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
    let Some(address) = blob
        .ok()
        .and_then(|blob| Url::create_object_url_with_blob(&blob).ok())
    else {
        return tell_later(Heard::Failed);
    };
    TURN.set(TURN.get() + 1);
    BEGUN.set(false);
    WANTED.set(false);
    audio_session("playback");
    RELOADS_LEFT.set(Some(RELOADS));
    load(audio, &address, from);
    let old = PLAYER.with_borrow_mut(|player| {
        player.from = from;
        player.address.replace(address)
    });
    revoke(old);
    resume();
    give_up_later(TURN.get(), AGAIN);
}

fn load(audio: &JsValue, address: &str, from: i64) {
    js::set(audio, "src", &address.into());
    if from > 0 {
        js::set(audio, "currentTime", &seconds(from));
    }
}

/// The track could not be read: it is loaded once more where it has not begun yet. Both
/// the element and the promise of its `play()` may say so of one and the same load.
fn unread() {
    let left = match RELOADS_LEFT.get() {
        None => return,
        Some(left) if left > 0 && !BEGUN.get() => left,
        Some(_) => return fail(),
    };
    RELOADS_LEFT.set(None);
    let turn = TURN.get();
    clock::after(RELOAD_MS, move || {
        if TURN.get() != turn {
            return;
        }
        RELOADS_LEFT.set(Some(left - 1));
        let (address, from) = PLAYER.with_borrow(|player| (player.address.clone(), player.from));
        if let (Some(audio), Some(address)) = (current(), address) {
            load(&audio, &address, from);
            if WANTED.get() {
                resume();
            }
        }
    });
}

/// A busy phone may need long to load a track, which is no reason to go on without it;
/// one that is loaded and stands still, or that is not loaded at all, is.
fn give_up_later(turn: u32, again: u32) {
    clock::after(BEGIN_MS, move || {
        if TURN.get() != turn || !WANTED.get() || BEGUN.get() {
            return;
        }
        if again > 0 && loads() {
            give_up_later(turn, again - 1);
        } else {
            fail();
        }
    });
}

fn loads() -> bool {
    let Some(audio) = current() else { return false };
    let state = |name| js::get(&audio, name).and_then(|v| v.as_f64());
    state("readyState").is_some_and(|ready| ready < HAVE_FUTURE_DATA)
        && state("networkState").is_some_and(|network| network > NETWORK_IDLE)
}

fn resume() {
    let Some(audio) = current() else { return };
    WANTED.set(true);
    let turn = TURN.get();
    js::settled(js::call(&audio, "play", &[]), move |answer| {
        let Err(error) = answer else { return };
        if TURN.get() != turn || !WANTED.get() {
            return;
        }
        match js::text(&error, "name").as_deref() {
            // A pause or another track in between is no failure.
            Some("AbortError") => {}
            Some("NotSupportedError") => unread(),
            _ => fail(),
        }
    });
    playback("playing");
    show_position();
}

fn fail() {
    stop();
    tell_later(Heard::Failed);
}

fn stop() {
    TURN.set(TURN.get() + 1);
    WANTED.set(false);
    let Some(audio) = current() else { return };
    let _ = js::call(&audio, "pause", &[]);
    let _ = js::call(&audio, "removeAttribute", &[&"src".into()]);
    let _ = js::call(&audio, "load", &[]);
    let old = PLAYER.with_borrow_mut(|player| player.address.take());
    revoke(old);
    playback("none");
    audio_session("transient");
}

fn revoke(address: Option<String>) {
    if let Some(address) = address {
        let _ = Url::revoke_object_url(&address);
    }
}

/// iOS: "playback" sounds as music does, through the mute switch and with the screen
/// locked; "transient" lowers the runner's own music for a moment.
fn audio_session(kind: &str) {
    if let Some(session) = js::navigator().and_then(|n| js::get(&n, "audioSession")) {
        js::set(&session, "type", &kind.into());
    }
}

fn playback(state: &str) {
    if let Some(session) = media_session() {
        js::set(&session, "playbackState", &state.into());
    }
}

/// The lock screen's bar; it follows by itself until something jumps.
fn show_position() {
    let (Some(session), Some(audio)) = (media_session(), current()) else {
        return;
    };
    let value = |name| js::get(&audio, name).and_then(|v| v.as_f64());
    if let (Some(length), Some(at)) = (value("duration"), value("currentTime"))
        && length.is_finite()
        && at <= length
    {
        let state = js::object(&[("duration", &length.into()), ("position", &at.into())]);
        let _ = js::call(&session, "setPositionState", &[&state]);
    }
}

/// What the lock screen, a headset or a watch can do.
fn media_actions() {
    let Some(session) = media_session() else {
        return;
    };
    let on = |name: &str, heard: fn(JsValue)| {
        let handler = Closure::<dyn Fn(JsValue)>::new(heard).into_js_value();
        let _ = js::call(&session, "setActionHandler", &[&name.into(), &handler]);
    };
    on("play", |_| resume());
    // Heard as any other pause that the app has not asked for.
    on("pause", |_| call("pause"));
    on("nexttrack", |_| act(SessionEvent::Skip));
    on("previoustrack", |_| act(SessionEvent::Back));
    on("seekto", |details| {
        if let Some(to) = js::get(&details, "seekTime").and_then(|v| v.as_f64()) {
            #[allow(clippy::cast_possible_truncation)] // an hour or two
            tell(Heard::Sought((to * 1000.0) as i64));
        }
    });
}
