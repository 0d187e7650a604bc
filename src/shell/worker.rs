//! The service worker, through `public/register.js`, which keeps it: that file
//! names the contract. Without it (a debug build, a blocked worker) nothing is said.

use super::{Dispatch, clock, js, local};
use crate::app::event::{Event, Release, SessionEvent};
use js_sys::Array;
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

/// How long a page that is just going may still seem to hold its session, milliseconds.
const GOING_MS: u32 = 600;

/// Asks whether another page holds a running session, and says so. Asked before this
/// page takes hold of it itself: the browser answers in order. A page that was just
/// reloaded may still seem to be there, so whoever holds it is looked for twice.
pub fn session_elsewhere(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    holders(move |first| {
        if first.is_empty() {
            return;
        }
        clock::after(GOING_MS, move || {
            holders(move |now| {
                if now.iter().any(|page| first.contains(page)) {
                    dispatch(Event::Session(SessionEvent::Elsewhere));
                }
            });
        });
    });
}

/// The lock of a running session at a host's root.
const OLD_SESSION: &str = "footing-session";

/// The pages that hold a running session.
fn holders(then: impl FnOnce(Vec<String>) + 'static) {
    // As `public/register.js` names it; a page of an older release knows of no folders.
    let own = if local::in_folder() {
        [&local::place(), "session"].concat()
    } else {
        OLD_SESSION.to_owned()
    };
    let sessions = [own, OLD_SESSION.to_owned()];
    let locks = js::navigator().and_then(|navigator| js::get(&navigator, "locks"));
    let asked = locks.map_or(Err(JsValue::NULL), |locks| js::call(&locks, "query", &[]));
    js::settled(asked, move |answer| {
        let held = answer.ok().and_then(|answer| js::get(&answer, "held"));
        let held = held.map_or_else(Array::new, |held| Array::from(&held));
        let of_session = held
            .iter()
            .filter(|lock| js::text(lock, "name").is_some_and(|name| sessions.contains(&name)));
        then(
            of_session
                .filter_map(|lock| js::text(&lock, "clientId"))
                .collect(),
        );
    });
}
