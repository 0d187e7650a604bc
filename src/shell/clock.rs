//! The wall clock, and the tick that makes the app look at it.
//!
//! `performance.now()` stops while a phone sleeps and timers are throttled, then
//! frozen, so nothing is counted: every tick asks the wall clock anew, and so
//! does every return of the page to the eye.

use super::js;
use crate::app::now::Now;
use gloo_timers::callback::Timeout;
use js_sys::{Date, Function};
use std::cell::{Cell, RefCell};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Milliseconds between ticks while a session runs: a net below [`look_in`], by which
/// it looks at the very moments.
const FAST_MS: i32 = 1000;
/// Milliseconds between ticks otherwise: a new day, a morning that falls due.
const SLOW_MS: i32 = 20_000;
/// Where a test keeps the milliseconds that its clock is ahead: classic
/// `WebDriver` has no preload script, and this survives a reload.
const TEST_OFFSET: &str = "footing-test-offset-ms";

/// The moment, with the phone's own offset from UTC for that instant.
#[allow(clippy::cast_possible_truncation)]
pub fn now() -> Now {
    let ms = Date::now() + test_offset();
    let west_min = Date::new(&ms.into()).get_timezone_offset();
    Now {
        ms: ms as i64,
        offset_s: (west_min * -60.0) as i32,
        seed: seed(),
    }
}

/// The phone's time zone, such as `Europe/Berlin`.
pub fn zone() -> Option<String> {
    let intl = js::get(&js_sys::global(), "Intl")?;
    let made = js::call(&intl, "DateTimeFormat", &[]).ok()?;
    let options = js::call(&made, "resolvedOptions", &[]).ok()?;
    js::text(&options, "timeZone")
}

fn test_offset() -> f64 {
    if !js::under_test() {
        return 0.0;
    }
    js::window()
        .and_then(|window| window.session_storage().ok().flatten())
        .and_then(|store| store.get_item(TEST_OFFSET).ok().flatten())
        .and_then(|text| crate::formats::decimal::parse(&text))
        .unwrap_or_default()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn seed() -> [u8; 10] {
    let mut bytes = [0; 10];
    let filled = js::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    bytes
}

thread_local! {
    static TICK: RefCell<Option<Function>> = const { RefCell::new(None) };
    static TIMER: Cell<Option<(i32, i32)>> = const { Cell::new(None) };
    static NEXT: Cell<Option<i32>> = const { Cell::new(None) };
    static BEFORE: Cell<Option<fn()>> = const { Cell::new(None) };
}

/// Ticks as long as the page lives, at once when it is seen again.
pub fn start_ticker(on_tick: impl Fn() + 'static) {
    let with_before = move || {
        if let Some(before) = BEFORE.get() {
            before();
        }
        on_tick();
    };
    let tick: Function = Closure::<dyn Fn()>::new(with_before)
        .into_js_value()
        .unchecked_into();
    TICK.set(Some(tick));
    fast(false);
    // Which of these comes after sleep, a back-forward restore or a switch of
    // apps differs by engine; a tick too many costs nothing.
    for kind in ["pageshow", "focus", "footing-test-tick"] {
        js::listen_window(kind, |_| tick_now());
    }
    if let Some(document) = js::document() {
        js::listen(&document, "visibilitychange", |_| {
            if js::visible() {
                tick_now();
            }
        });
    }
}

/// Looks at the clock now.
pub fn look() {
    tick_now();
}

/// Is called before each tick.
pub fn before_tick(before: fn()) {
    BEFORE.set(Some(before));
}

/// Looks at the clock again in so many milliseconds; only the last such wish counts.
pub fn look_in(ms: i64) {
    let (Some(window), Some(tick)) = (js::window(), TICK.with_borrow(Clone::clone)) else {
        return;
    };
    if let Some(id) = NEXT.take() {
        window.clear_timeout_with_handle(id);
    }
    let ms = i32::try_from(ms.clamp(1, 60_000)).unwrap_or(1);
    let timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(&tick, ms);
    NEXT.set(timer.ok());
}

fn tick_now() {
    if let Some(tick) = TICK.with_borrow(Clone::clone) {
        let _ = tick.call0(&JsValue::NULL);
    }
}

/// Ticks every second while a session runs, else three times a minute.
pub fn fast(on: bool) {
    let wanted = if on { FAST_MS } else { SLOW_MS };
    let old = TIMER.get();
    if old.is_some_and(|(_, every)| every == wanted) {
        return;
    }
    let (Some(window), Some(tick)) = (js::window(), TICK.with_borrow(Clone::clone)) else {
        return;
    };
    if let Some((id, _)) = old {
        window.clear_interval_with_handle(id);
    }
    let timer = window.set_interval_with_callback_and_timeout_and_arguments_0(&tick, wanted);
    TIMER.set(timer.ok().map(|id| (id, wanted)));
}

/// Goes on after so many milliseconds of being awake; not for the time of a session.
pub fn after(ms: u32, then: impl FnOnce() + 'static) {
    Timeout::new(ms, then).forget();
}
