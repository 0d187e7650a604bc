//! How the app stands on this device.
//!
//! Chromium offers a dialog through an event that comes before the app is
//! mounted: `public/register.js` catches it. iOS offers nothing and does not say
//! what it is: an iPad claims to be a Mac, but no Mac has a touch screen.

use super::js;
use crate::app::event::Install;
use wasm_bindgen::JsValue;

/// Hears how the app stands.
pub fn listen(report: impl Fn(Install) + 'static) {
    report(now());
    js::listen_window("footing-install", move |_| report(now()));
}

fn now() -> Install {
    let window = js::window().map_or(JsValue::NULL, JsValue::from);
    let offer = js::get(&window, "footingInstall").and_then(|offer| js::text(&offer, "state"));
    let agent = js::navigator().and_then(|navigator| navigator.user_agent().ok());
    if is_standalone() {
        Install::Standalone
    } else if Install::is_in_app(&agent.unwrap_or_default(), false) {
        Install::InApp
    } else if offer.as_deref() == Some("available") {
        Install::Prompt
    } else if is_ios() {
        Install::Ios
    } else {
        Install::Unknown
    }
}

/// Shows the browser's dialog. Call it within a tap; it can be shown once.
pub fn prompt() {
    if let Some(window) = js::window() {
        js::settled(js::call(&window, "footingInstall", &[]), |_| {});
    }
}

/// Whether the app runs from the home screen.
pub fn is_standalone() -> bool {
    let shown = |mode| {
        let list = js::window().and_then(|window| window.match_media(mode).ok().flatten());
        list.is_some_and(|list| list.matches())
    };
    // iOS before 16.4 knows only its own property.
    js::navigator().is_some_and(|navigator| js::is_true(&navigator, "standalone"))
        || shown("(display-mode: standalone)")
        || shown("(display-mode: fullscreen)")
}

/// Whether this is an iPhone or an iPad, whatever browser it runs.
pub fn is_ios() -> bool {
    js::navigator().is_some_and(|navigator| {
        let agent = navigator.user_agent().unwrap_or_default();
        let says = |name| agent.contains(name);
        says("iPhone")
            || says("iPad")
            || says("iPod")
            || (says("Macintosh") && navigator.max_touch_points() > 1)
    })
}
