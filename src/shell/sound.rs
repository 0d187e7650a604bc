//! Tones and vibration for the moments of a session.
//!
//! An `AudioContext` starts silent outside a tap, and on iOS it may come back
//! from a call or an alarm saying "running" while its clock stands still. So it
//! is readied within the Start tap, checked before each tone, and made anew when
//! it is dead. What could not sound in time is never made up for: a volley of
//! stale tones would mislead. iOS and most desktops do not vibrate.

use super::js;
use crate::domain::live::{Cue, Phase};
use js_sys::{Array, Date};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, OscillatorType};

/// One tone: pitch (Hz), when it begins and how long it lasts (seconds).
type Tone = (f32, f64, f64);

/// How loud, 0 to 1.
const PEAK: f32 = 0.6;
/// As good as silent; an exponential ramp may not reach zero.
const SILENT: f32 = 0.0001;
/// A tone later than this (milliseconds) is left out.
const STALE_MS: f64 = 700.0;
/// A running clock has moved after so many milliseconds.
const LOOK_MS: f64 = 1000.0;
/// Cues may queue up for this long (seconds), when all are tried out in Settings.
const QUEUE_S: f64 = 9.0;

/// Run rises, walk falls, easy parts hum, halfway knocks twice, the last run
/// calls before it rises, done is a chord walked up.
fn tones(cue: Cue) -> &'static [Tone] {
    match cue {
        Cue::Begin(Phase::Run) => &[
            (659.0, 0.0, 0.14),
            (880.0, 0.16, 0.14),
            (1175.0, 0.32, 0.28),
        ],
        Cue::Begin(Phase::Walk) => &[(784.0, 0.0, 0.22), (523.0, 0.26, 0.38)],
        Cue::Begin(Phase::WarmUp | Phase::CoolDown) => &[(587.0, 0.0, 0.45)],
        Cue::HalfWay => &[(880.0, 0.0, 0.12), (880.0, 0.2, 0.12)],
        Cue::Last => &[
            (1175.0, 0.0, 0.1),
            (1175.0, 0.14, 0.1),
            (1175.0, 0.28, 0.1),
            (1568.0, 0.44, 0.34),
        ],
        Cue::Count => &[(988.0, 0.0, 0.09)],
        Cue::Done => &[
            (523.0, 0.0, 0.16),
            (659.0, 0.18, 0.16),
            (784.0, 0.36, 0.16),
            (1047.0, 0.54, 0.55),
        ],
    }
}

/// Milliseconds on, off, on.
fn beats(cue: Cue) -> &'static [u32] {
    match cue {
        Cue::Begin(Phase::Run) => &[200, 80, 200],
        Cue::Begin(Phase::Walk) => &[500],
        Cue::Begin(Phase::WarmUp | Phase::CoolDown) => &[250],
        Cue::HalfWay => &[100, 100, 100],
        Cue::Last => &[100, 60, 100, 60, 300],
        Cue::Count => &[60],
        Cue::Done => &[300, 100, 300, 100, 600],
    }
}

struct Sound {
    context: AudioContext,
    /// Its own clock and the wall clock when it was last looked at.
    seen: (f64, f64),
    /// When the last cue has faded, on its own clock.
    free: f64,
}

thread_local! {
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
    let _ = play(&context, (440.0, 0.0, 0.02), context.current_time(), SILENT);
}

/// Sounds and vibrates.
pub fn cue(cue: Cue, tone: bool, vibrate: bool) {
    if vibrate {
        shake(beats(cue));
    }
    if !tone {
        return;
    }
    let Some(context) = live_context() else {
        return;
    };
    if context.state() == AudioContextState::Running {
        return sound(&context, tones(cue));
    }
    let asked = Date::now();
    resume(&context, move |context| {
        if Date::now() - asked < STALE_MS {
            sound(context, tones(cue));
        }
    });
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

/// Sounds a pattern, after the one before.
fn sound(context: &AudioContext, tones: &[Tone]) {
    let now = context.current_time();
    let begin = SOUND.with_borrow_mut(|sound| {
        let sound = sound.as_mut()?;
        let begin = sound.free.max(now + 0.02);
        let length = tones.last().map_or(0.0, |(_, at, length)| at + length);
        (begin < now + QUEUE_S).then(|| {
            sound.free = begin + length + 0.15;
            begin
        })
    });
    if let Some(begin) = begin {
        for tone in tones {
            let _ = play(context, *tone, begin, PEAK);
        }
    }
}

/// One tone, with soft edges: a hard one clicks.
fn play(
    context: &AudioContext,
    (pitch, at, length): Tone,
    begin: f64,
    peak: f32,
) -> Result<(), JsValue> {
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
    tone.frequency().set_value(pitch);
    tone.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&context.destination())?;
    tone.start_with_when(on)?;
    tone.stop_with_when(off + 0.02)
}

fn shake(beats: &[u32]) {
    if let Some(navigator) = js::navigator() {
        let pattern: Array = beats.iter().map(|beat| JsValue::from(*beat)).collect();
        let _ = js::call(&navigator, "vibrate", &[&pattern]);
    }
}
