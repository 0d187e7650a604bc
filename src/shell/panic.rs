//! When the app panics: `public/rescue.js` shows a page that offers the diary as
//! a file. After a panic the wasm is not to be entered again, so the rest is its.

use super::js;
use std::panic::set_hook;
use std::sync::Once;
use wasm_bindgen::JsValue;

/// Hands every panic to the rescue page; once, however often it is called.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_hook(Box::new(|info| rescue(&info.to_string())));
        if js::under_test() {
            js::listen_window("footing-test-panic", fall);
        }
    });
}

fn fall(_: &web_sys::Event) {
    panic!("a test asked for it");
}

/// Shows the rescue page with what went wrong.
pub fn rescue(message: &str) {
    let message = JsValue::from(message);
    if let Some(console) = js::get(&js_sys::global(), "console") {
        let _ = js::call(&console, "error", &[&message]);
    }
    if let Some(window) = js::window() {
        let _ = js::call(&window, "footingRescue", &[&message]);
    }
}
