//! Spoken cues, by the voices that are on the phone itself: a voice that sends the
//! words to a server would need a network, and would tell somebody of the run.
//!
//! iOS speaks only after a first word within a tap.

use super::{js, language};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

fn synthesis() -> Option<JsValue> {
    js::get(&js::window()?.into(), "speechSynthesis")
}

fn utterance(text: &str) -> Option<JsValue> {
    let maker: Function = js::get(&js_sys::global(), "SpeechSynthesisUtterance")?
        .dyn_into()
        .ok()?;
    Reflect::construct(&maker, &Array::of1(&text.into())).ok()
}

/// A voice of the page's language that needs no network; the phone's own choice first.
fn voice() -> Option<JsValue> {
    let voices = js::call(&synthesis()?, "getVoices", &[]).ok()?;
    let language = language::tag();
    let mut fitting: Option<JsValue> = None;
    for voice in Array::from(&voices).iter() {
        let speaks = js::text(&voice, "lang").is_some_and(|tag| {
            let tag: String = tag
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            tag.eq_ignore_ascii_case(&language)
        });
        if speaks && js::is_true(&voice, "localService") {
            if js::is_true(&voice, "default") {
                return Some(voice);
            }
            fitting = fitting.or(Some(voice));
        }
    }
    fitting
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
    if js::is_true(&synthesis, "speaking") || js::is_true(&synthesis, "pending") {
        let _ = js::call(&synthesis, "cancel", &[]);
    }
    let _ = js::call(&synthesis, "speak", &[&words]);
}
