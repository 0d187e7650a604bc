//! What the other files say to JavaScript by name.
//!
//! web-sys throws, or needs `web_sys_unstable_apis`, for what an engine may not
//! have (wake lock, share, vibration, strict transactions). By name, absence is
//! an ordinary answer.

use gloo_events::EventListener;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Event, EventTarget, Navigator, Window};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The navigator.
pub fn navigator() -> Option<Navigator> {
    Some(window()?.navigator())
}

/// A property; `None` when it is missing, `null`, or its getter throws.
pub fn get(target: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(target, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A property that is text.
pub fn text(target: &JsValue, name: &str) -> Option<String> {
    get(target, name)?.as_string()
}

/// Whether a property is there and true.
pub fn is_true(target: &JsValue, name: &str) -> bool {
    get(target, name).is_some_and(|value| value.is_truthy())
}

/// Sets a property, where that can be done.
pub fn set(target: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(target, &name.into(), value);
}

/// An object of these properties.
pub fn object(pairs: &[(&str, &JsValue)]) -> JsValue {
    let object = JsValue::from(Object::new());
    for (name, value) in pairs {
        set(&object, name, value);
    }
    object
}

/// Calls a method; a missing one is an error like one that throws.
pub fn call(target: &JsValue, name: &str, args: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(target, name).ok_or(JsValue::NULL)?.dyn_into()?;
    let list = Array::new();
    for arg in args {
        list.push(arg);
    }
    Reflect::apply(&method, target, &list)
}

/// Waits for what a call gave, promise or not, and goes on in a later turn.
pub fn settled(
    given: Result<JsValue, JsValue>,
    then: impl FnOnce(Result<JsValue, JsValue>) + 'static,
) {
    let promise = given.map_or_else(
        |error| Promise::reject(&error),
        |value| Promise::resolve(&value),
    );
    spawn_local(async move { then(JsFuture::from(promise).await) });
}

/// Goes on in a later turn.
pub fn later(then: impl FnOnce() + 'static) {
    spawn_local(async move { then() });
}

/// Listens as long as the page lives.
pub fn listen(target: &EventTarget, kind: &'static str, mut heard: impl FnMut(&Event) + 'static) {
    EventListener::new(target, kind, move |event| heard(event)).forget();
}

/// Listens on the window as long as the page lives.
pub fn listen_window(kind: &'static str, heard: impl FnMut(&Event) + 'static) {
    if let Some(window) = window() {
        listen(&window, kind, heard);
    }
}

/// Whether the page can be seen.
pub fn visible() -> bool {
    document()
        .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Whether a `WebDriver` steers this browser: only then do tests' hooks count.
pub fn under_test() -> bool {
    navigator().is_some_and(|navigator| is_true(&navigator, "webdriver"))
}
