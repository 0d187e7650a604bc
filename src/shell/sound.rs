//! Tones and vibration for the moments of a session, as it goes on.
//!
//! An `AudioContext` starts silent outside a tap, and on iOS it may come back
//! from a call or an alarm saying "running" while its clock stands still. So it
//! is readied within the Start tap and checked before each tone. A call interrupts it, and
//! gives it back. One that is dead is made anew in the next tap, and only there: until
//! then it is told that nothing is heard. What could not sound in time is never made up for: a volley of
//! stale tones would mislead. iOS and most desktops do not vibrate.

use super::{clock, js};
use crate::session::cue::{Cue, Tone};
use js_sys::{Array, Date};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, OscillatorNode, OscillatorType};

/// How loud at full volume, 0 to 1.
const PEAK: f32 = 0.85;
/// As good as silent; an exponential ramp may not reach zero.
const SILENT: f32 = 0.0001;
/// A click of the metronome: higher than every cue, and short.
const CLICK: Tone = (1760, 0, 30);
/// How loud it is beside a cue: those must be heard over it.
const CLICK_SHARE: f32 = 0.4;
/// A tone later than this (seconds) is left out.
const STALE_S: f64 = 0.7;
/// A running clock has moved after so many milliseconds.
const LOOK_MS: f64 = 1000.0;
/// Cues may queue up for this long (seconds), when all are tried out in Settings.
const QUEUE_S: f64 = 9.0;

/// A cue that has not sounded by then (milliseconds) is not heard.
const SILENT_MS: u32 = 400;

/// Hears whether what is sounded can be heard.
type Report = Rc<dyn Fn(bool)>;

struct Sound {
    context: AudioContext,
    /// Its own clock and the wall clock when it was last looked at.
    seen: (f64, f64),
    /// When the last cue has faded, on its own clock.
    free: f64,
    /// Tones that have not faded yet: when each begins and has faded, on its own clock.
    tones: Vec<(f64, f64, OscillatorNode)>,
    /// A tap asked for it while it was interrupted.
    asked: bool,
}

thread_local! {
    static REPORT: RefCell<Option<Report>> = const { RefCell::new(None) };
    static HEARD: Cell<Option<bool>> = const { Cell::new(None) };
    static HUSHES: Cell<u32> = const { Cell::new(0) };
    static SOUND: RefCell<Option<Sound>> = const { RefCell::new(None) };
}

/// Hears whether what is sounded can be heard.
pub fn listen(report: impl Fn(bool) + 'static) {
    REPORT.set(Some(Rc::new(report)));
}

fn tell(heard: bool) {
    if HEARD.replace(Some(heard)) != Some(heard)
        && let Some(report) = REPORT.with_borrow(Clone::clone)
    {
        js::later(move || report(heard));
    }
}

/// Readies the sound. Call it within a tap: only there may a context be made, since one
/// that is made elsewhere stays silent for good.
pub fn prime() {
    let Some(context) = context_in_tap() else {
        return;
    };
    if context.state() == AudioContextState::Running {
        return tell(true);
    }
    resume(&context, |_| {});
    // Some releases of iOS wake up only for a sound that begins within the tap.
    let _ = play(&context, (440, 0, 20), context.current_time(), SILENT);
}

/// Sounds a cue at a volume of 0 to 10, in so many milliseconds. Where it cannot be heard,
/// that is told.
pub fn tone(cue: Cue, volume: u8, in_ms: i64) {
    let context = SOUND.with_borrow(|sound| sound.as_ref().map(|s| s.context.clone()));
    let Some(context) = context.filter(|_| !is_frozen()) else {
        return tell(false);
    };
    // Ears hear ratios: half the number is a quarter of the strength.
    let share = f32::from(volume.min(10)) / 10.0;
    let peak = (PEAK * share * share).max(SILENT);
    if context.state() == AudioContextState::Running {
        tell(true);
        return sound(&context, cue, peak, seconds(in_ms));
    }
    let (asked, hushed) = (Date::now(), hushes());
    let waits = context.clone();
    clock::after(SILENT_MS, move || {
        if waits.state() != AudioContextState::Running {
            tell(false);
        }
    });
    resume(&context, move |context| {
        let late = Date::now() - asked;
        if hushes() == hushed && late / 1000.0 - seconds(in_ms) < STALE_S {
            sound(context, cue, peak, seconds(in_ms) - late / 1000.0);
        }
    });
}

/// A metronome's clicks from a place on the clock of the sound, one in so many seconds, up
/// to some seconds from now; where the next one will be. What lies behind is not made up
/// for, and where nothing can sound there is nothing.
pub fn clicks(next: f64, every_s: f64, ahead_s: f64, volume: u8) -> f64 {
    let context = SOUND.with_borrow(|sound| sound.as_ref().map(|s| s.context.clone()));
    let runs = |c: &AudioContext| c.state() == AudioContextState::Running && !is_frozen();
    let Some(context) = context.filter(runs) else {
        return next;
    };
    let share = f32::from(volume.min(10)) / 10.0;
    let peak = (PEAK * share * share * CLICK_SHARE).max(SILENT);
    let now = context.current_time();
    let mut at = if next < now { now + 0.05 } else { next };
    while at < now + ahead_s {
        let _ = play(&context, CLICK, at, peak);
        at += every_s;
    }
    at
}

/// Whether the context says that it runs while its own clock stands still.
fn is_frozen() -> bool {
    SOUND.with_borrow_mut(|sound| {
        let Some(sound) = sound else { return false };
        let (clock, then) = sound.seen;
        let (now, wall) = (sound.context.current_time(), Date::now());
        if wall - then <= LOOK_MS || sound.context.state() != AudioContextState::Running {
            return false;
        }
        let frozen = now <= clock;
        if !frozen {
            sound.seen = (now, wall);
        }
        frozen
    })
}

/// The context, made anew when there is none or it is dead: closed, frozen, or taken by a
/// call or another app, and not given back when an earlier tap asked for it.
fn context_in_tap() -> Option<AudioContext> {
    let frozen = is_frozen();
    SOUND.with_borrow_mut(|sound| {
        if let Some(sound) = sound {
            let state = sound.context.state();
            let alive = match state {
                AudioContextState::Running | AudioContextState::Suspended => !frozen,
                AudioContextState::Closed => false,
                // "interrupted" (iOS), which web-sys does not know, ends by itself.
                _ => !std::mem::replace(&mut sound.asked, true),
            };
            if alive {
                return Some(sound.context.clone());
            }
            // Engines allow only a few at a time. The promise fails when it is closed.
            js::settled(sound.context.close().map(JsValue::from), |_| {});
        }
        mix_with_music();
        let context = AudioContext::new().ok();
        *sound = context.clone().map(|context| Sound {
            context,
            seen: (0.0, Date::now()),
            free: 0.0,
            tones: Vec::new(),
            asked: false,
        });
        if let Some(context) = &context {
            let own = context.clone();
            // It is heard again as soon as the call is over.
            js::listen(context, "statechange", move |_| {
                if own.state() == AudioContextState::Running {
                    tell(true);
                }
            });
        }
        context
    })
}

/// Lowers the runner's music for a moment instead of stopping it (iOS only);
/// has to be said before the context is made.
fn mix_with_music() {
    let session = js::navigator().and_then(|navigator| js::get(&navigator, "audioSession"));
    if let Some(session) = session {
        js::set(&session, "type", &"transient".into());
    }
}

fn resume(context: &AudioContext, then: impl FnOnce(&AudioContext) + 'static) {
    let resumed = context.clone();
    js::settled(context.resume().map(JsValue::from), move |result| {
        if result.is_ok() {
            // From here on its clock has to move.
            SOUND.with_borrow_mut(|sound| {
                if let Some(sound) = sound.as_mut().filter(|sound| sound.context == resumed) {
                    sound.seen = (resumed.current_time(), Date::now());
                    sound.asked = false;
                }
            });
            tell(true);
            then(&resumed);
        }
    });
}

/// How often it was hushed: what was to come before the last time is not given any more.
pub fn hushes() -> u32 {
    HUSHES.get()
}

/// Tones that have not begun yet never do.
pub fn hush() {
    HUSHES.set(HUSHES.get() + 1);
    SOUND.with_borrow_mut(|sound| {
        let Some(sound) = sound.as_mut() else {
            return;
        };
        let now = sound.context.current_time();
        sound.free = now;
        for (on, off, tone) in sound.tones.drain(..) {
            if on > now {
                // An end before the beginning.
                let _ = tone.stop();
            } else {
                sound.free = sound.free.max(off);
            }
        }
    });
}

#[allow(clippy::cast_precision_loss)] // a second or two
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// Sounds a pattern, after the one before.
fn sound(context: &AudioContext, cue: Cue, peak: f32, ahead: f64) {
    let now = context.current_time();
    let begin = SOUND.with_borrow_mut(|sound| {
        let sound = sound.as_mut()?;
        let begin = sound.free.max(now + ahead.max(0.01));
        (begin < now + QUEUE_S).then(|| {
            sound.free = begin + seconds(cue.length_ms()) + 0.1;
            begin
        })
    });
    let Some(begin) = begin else {
        return;
    };
    let tones = cue
        .tones()
        .iter()
        .flat_map(|tone| play(context, *tone, begin, peak));
    SOUND.with_borrow_mut(|sound| {
        if let Some(sound) = sound.as_mut() {
            sound.tones.retain(|(_, off, _)| *off > now);
            sound.tones.extend(tones);
        }
    });
}

/// One tone, with soft edges: a hard one clicks.
fn play(
    context: &AudioContext,
    (pitch, at, length): Tone,
    begin: f64,
    peak: f32,
) -> Result<(f64, f64, OscillatorNode), JsValue> {
    let (at, length) = (f64::from(at) / 1000.0, f64::from(length) / 1000.0);
    let (on, off) = (begin + at, begin + at + length);
    let gain = context.create_gain()?;
    let level = gain.gain();
    level.set_value_at_time(SILENT, on)?;
    level.linear_ramp_to_value_at_time(peak, on + 0.01)?;
    level.set_value_at_time(peak, on + length * 0.6)?;
    level.exponential_ramp_to_value_at_time(SILENT, off)?;
    let tone = context.create_oscillator()?;
    // A phone's speaker carries its overtones better than a sine.
    tone.set_type(OscillatorType::Triangle);
    tone.frequency().set_value(f32::from(pitch));
    tone.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&context.destination())?;
    tone.start_with_when(on)?;
    tone.stop_with_when(off + 0.02)?;
    Ok((on, off, tone))
}

/// Vibrates a cue, where the phone can.
pub fn shake(cue: Cue) {
    if let Some(navigator) = js::navigator() {
        let pattern: Array = cue
            .beats()
            .iter()
            .map(|beat| JsValue::from(*beat))
            .collect();
        let _ = js::call(&navigator, "vibrate", &[&pattern]);
    }
}
