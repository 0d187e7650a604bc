//! Keeps the screen on while a session runs.
//!
//! The lock goes whenever the page is hidden, on low battery, or never comes
//! (installed apps on iOS before 18.4), so it is asked for again on every return
//! and on the next tap, and the app hears whether it is held.

use super::js;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

/// Hears whether the lock is held.
type Report = Rc<dyn Fn(bool)>;

thread_local! {
    static WANTED: Cell<bool> = const { Cell::new(false) };
    static ASKING: Cell<bool> = const { Cell::new(false) };
    static HELD: RefCell<Option<JsValue>> = const { RefCell::new(None) };
    static REPORT: RefCell<Option<Report>> = const { RefCell::new(None) };
}

/// Hears from now on whether the lock is held.
pub fn listen(report: impl Fn(bool) + 'static) {
    REPORT.set(Some(Rc::new(report)));
    if let Some(document) = js::document() {
        for kind in ["visibilitychange", "click"] {
            js::listen(&document, kind, |_| request());
        }
    }
}

/// Wants the screen to stay on, or no longer.
pub fn want(on: bool) {
    WANTED.set(on);
    if on {
        request();
    } else if let Some(lock) = HELD.take() {
        js::settled(js::call(&lock, "release", &[]), |_| tell(false));
    }
}

fn request() {
    let held = HELD.with_borrow(Option::is_some);
    if !WANTED.get() || held || ASKING.get() || !js::visible() {
        return;
    }
    ASKING.set(true);
    let lock = js::navigator().and_then(|navigator| js::get(&navigator, "wakeLock"));
    let asked = lock.map_or(Err(JsValue::NULL), |lock| {
        js::call(&lock, "request", &[&"screen".into()])
    });
    js::settled(asked, |answer| {
        ASKING.set(false);
        match answer {
            Ok(lock) => hold(lock),
            Err(_) => tell(false),
        }
    });
}

fn hold(lock: JsValue) {
    if !WANTED.get() {
        return js::settled(js::call(&lock, "release", &[]), |_| {});
    }
    if let Some(target) = lock.dyn_ref::<EventTarget>() {
        let own = lock.clone();
        js::listen(target, "release", move |_| {
            // A lock that was let go before does not speak for the one after.
            if HELD.with_borrow(|held| held.as_ref() == Some(&own)) {
                HELD.set(None);
                tell(false);
            }
        });
    }
    HELD.set(Some(lock));
    tell(true);
}

fn tell(held: bool) {
    if let Some(report) = REPORT.with_borrow(Clone::clone) {
        report(held);
    }
}
