//! Moving pictures: a beat some twenty times a second, and none where the phone asks
//! for reduced motion.

use super::js;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Milliseconds between beats.
const BEAT_MS: i32 = 50;

/// Whether the phone asks for reduced motion.
pub fn reduced() -> bool {
    js::window()
        .and_then(|window| {
            window
                .match_media("(prefers-reduced-motion: reduce)")
                .ok()
                .flatten()
        })
        .is_some_and(|query| query.matches())
}

/// Calls with the seconds since the start until [`stop`] is called with what this
/// returned; not while the page is hidden.
pub fn beat(mut on_beat: impl FnMut(f64) + 'static) -> Option<i32> {
    let mut beats = 0.0;
    let tick = Closure::<dyn FnMut()>::new(move || {
        if js::visible() {
            beats += 1.0;
            on_beat(beats * f64::from(BEAT_MS) / 1000.0);
        }
    });
    let window = js::window()?;
    let tick = tick.into_js_value();
    window
        .set_interval_with_callback_and_timeout_and_arguments_0(tick.unchecked_ref(), BEAT_MS)
        .ok()
}

/// No more beats.
pub fn stop(id: i32) {
    if let Some(window) = js::window() {
        window.clear_interval_with_handle(id);
    }
}
