//! The service worker, through `public/register.js`, which keeps it: that file
//! names the contract. Without it (a debug build, a blocked worker) nothing is said.

use super::js;
use crate::app::event::Release;
use wasm_bindgen::JsValue;

/// Hears where a new release stands.
pub fn listen(report: impl Fn(Release) + 'static) {
    let window = js::window().map_or(JsValue::NULL, JsValue::from);
    let state = js::get(&window, "footingUpdate").and_then(|update| js::text(&update, "state"));
    match state.as_deref() {
        Some("waiting") => report(Release::Waiting),
        // It was stored before the app was there to hear of it. On later starts
        // a worker is in control, and it is no news.
        Some("ready-offline") if !controlled() => report(Release::ReadyOffline),
        _ => {}
    }
    js::listen_window("footing-update", move |event| {
        let state = js::get(event, "detail").and_then(|detail| js::text(&detail, "state"));
        match state.as_deref() {
            Some("waiting") => report(Release::Waiting),
            Some("ready-offline") => report(Release::ReadyOffline),
            _ => {}
        }
    });
}

fn controlled() -> bool {
    js::navigator()
        .and_then(|navigator| js::get(&navigator, "serviceWorker"))
        .is_some_and(|worker| js::is_true(&worker, "controller"))
}

/// Lets the waiting release take over: the page reloads, unless a session runs
/// in this or another tab.
pub fn accept() {
    if let Some(window) = js::window() {
        js::settled(js::call(&window, "footingAcceptUpdate", &[]), |_| {});
    }
}

/// No release takes over while a session runs.
pub fn session_running(on: bool) {
    if let Some(window) = js::window() {
        let _ = js::call(&window, "footingSession", &[&on.into()]);
    }
}
