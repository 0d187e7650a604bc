//! Tones and vibration for the moments of a session, as it goes on.
//!
//! An `AudioContext` starts silent outside a tap, and on iOS it may come back
//! from a call or an alarm saying "running" while its clock stands still. So it
//! is readied within the Start tap, checked before each tone, and made anew when
//! it is dead. What could not sound in time is never made up for: a volley of
//! stale tones would mislead. iOS and most desktops do not vibrate.

use super::js;
use crate::session::cue::{Cue, Tone};
use js_sys::{Array, Date};
use std::cell::{Cell, RefCell};
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

struct Sound {
    context: AudioContext,
    /// Its own clock and the wall clock when it was last looked at.
    seen: (f64, f64),
    /// When the last cue has faded, on its own clock.
    free: f64,
    /// Tones that have not faded yet: when each begins and has faded, on its own clock.
    tones: Vec<(f64, f64, OscillatorNode)>,
}

thread_local! {
    static HUSHES: Cell<u32> = const { Cell::new(0) };
    static SOUND: RefCell<Option<Sound>> = const { RefCell::new(None) };
}

/// Readies the sound. Call it within a tap.
pub fn prime() {
    let Some(context) = live_context() else {
        return;
    };
    if context.state() == AudioContextState::Running {
        return;
    }
    resume(&context, |_| {});
    // Some releases of iOS wake up only for a sound that begins within the tap.
    let _ = play(&context, (440, 0, 20), context.current_time(), SILENT);
}

/// Sounds a cue at a volume of 0 to 10, in so many milliseconds.
pub fn tone(cue: Cue, volume: u8, in_ms: i64) {
    let Some(context) = live_context() else {
        return;
    };
    // Ears hear ratios: half the number is a quarter of the strength.
    let share = f32::from(volume.min(10)) / 10.0;
    let peak = (PEAK * share * share).max(SILENT);
    if context.state() == AudioContextState::Running {
        return sound(&context, cue, peak, seconds(in_ms));
    }
    let (asked, hushed) = (Date::now(), hushes());
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
    let Some(context) = live_context() else {
        return next;
    };
    if context.state() != AudioContextState::Running {
        return next;
    }
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

/// The context, made anew when there is none or it is dead.
fn live_context() -> Option<AudioContext> {
    SOUND.with_borrow_mut(|sound| {
        let wall = Date::now();
        if let Some(sound) = sound {
            let (context, (clock, then)) = (&sound.context, sound.seen);
            let now = context.current_time();
            let state = context.state();
            let frozen =
                state == AudioContextState::Running && wall - then > LOOK_MS && now <= clock;
            // "interrupted" (iOS) is none that web-sys knows.
            let known = matches!(
                state,
                AudioContextState::Running | AudioContextState::Suspended
            );
            if known && !frozen {
                if wall - then > LOOK_MS {
                    sound.seen = (now, wall);
                }
                return Some(context.clone());
            }
            // Engines allow only a few at a time. The promise fails when it is closed.
            js::settled(context.close().map(JsValue::from), |_| {});
        }
        mix_with_music();
        let context = AudioContext::new().ok();
        *sound = context.clone().map(|context| Sound {
            context,
            seen: (0.0, wall),
            free: 0.0,
            tones: Vec::new(),
        });
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
                }
            });
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
