//! Spoken cues, by the voices that are on the phone itself: a voice that sends the
//! words to a server would need a network, and would tell somebody of the run.
//!
//! iOS speaks only after a first word within a tap.

use super::{clock, js, language};
use crate::session::voice::{Voice, choose};
use js_sys::{Array, Function, Reflect};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};

/// How long engines take to cut off what is being said, milliseconds.
const CUT_MS: u32 = 60;

thread_local! {
    /// Only the last words that were to be said are said.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

fn synthesis() -> Option<JsValue> {
    js::get(&js::window()?.into(), "speechSynthesis")
}

fn utterance(text: &str) -> Option<JsValue> {
    let maker: Function = js::get(&js_sys::global(), "SpeechSynthesisUtterance")?
        .dyn_into()
        .ok()?;
    Reflect::construct(&maker, &Array::of1(&text.into())).ok()
}

/// The page's language with the region that the phone names for it: "en-GB".
fn tag() -> String {
    let page = language::tag();
    let spoken = js::navigator().and_then(|navigator| js::get(&navigator, "languages"));
    let spoken = spoken
        .map(|spoken| Array::from(&spoken))
        .unwrap_or_default();
    let mut all = spoken.iter().filter_map(|tag| tag.as_string());
    let own = all.find(|tag| tag.split('-').next() == Some(&page) && tag.len() > page.len());
    own.unwrap_or(page)
}

/// The voice that speaks.
fn voice() -> Option<JsValue> {
    let voices = js::call(&synthesis()?, "getVoices", &[]).ok()?;
    let voices = Array::from(&voices);
    let described: Vec<Voice> = voices
        .iter()
        .map(|voice| Voice {
            name: js::text(&voice, "name").unwrap_or_default(),
            tag: js::text(&voice, "lang").unwrap_or_default(),
            local: js::is_true(&voice, "localService"),
            chosen: js::is_true(&voice, "default"),
        })
        .collect();
    let at = choose(&described, &tag())?;
    Some(voices.get(u32::try_from(at).ok()?))
}

/// Whether this phone has such a voice. Asked for the first time some engines do not
/// know yet.
pub fn can() -> bool {
    voice().is_some()
}

/// Readies the voice. Call it within a tap.
pub fn prime() {
    let (Some(synthesis), Some(nothing)) = (synthesis(), utterance("")) else {
        return;
    };
    js::set(&nothing, "volume", &0.into());
    let _ = js::call(&synthesis, "speak", &[&nothing]);
}

/// Cuts off what is being said.
pub fn hush() {
    TURN.set(TURN.get().wrapping_add(1));
    if let Some(synthesis) = synthesis() {
        let _ = js::call(&synthesis, "cancel", &[]);
    }
}

/// Says it at a volume of 0 to 10; what was still being said is cut off, since it is
/// no longer true.
pub fn say(text: &str, volume: u8) {
    let (Some(synthesis), Some(voice), Some(words)) = (synthesis(), voice(), utterance(text))
    else {
        return;
    };
    if let Some(tag) = js::get(&voice, "lang") {
        js::set(&words, "lang", &tag);
    }
    js::set(&words, "voice", &voice);
    js::set(&words, "volume", &(f64::from(volume.min(10)) / 10.0).into());
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    if !js::is_true(&synthesis, "speaking") && !js::is_true(&synthesis, "pending") {
        let _ = js::call(&synthesis, "speak", &[&words]);
        return;
    }
    let _ = js::call(&synthesis, "cancel", &[]);
    // What is spoken in the task of a cancel is cut off with the rest.
    clock::after(CUT_MS, move || {
        if TURN.get() == turn {
            let _ = js::call(&synthesis, "speak", &[&words]);
        }
    });
}
