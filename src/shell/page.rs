//! How wide the page is and how large its letters are, for drawings that hold text.

use super::{clock, js};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The page's width and the size of its letters, both in CSS pixels; those of a common
/// phone where the browser does not say.
pub fn size() -> (f64, f64) {
    let Some(window) = js::window() else {
        return (390.0, 16.0);
    };
    let width = js::get(&window, "innerWidth").and_then(|w| w.as_f64());
    let root = js::document().and_then(|d| d.document_element());
    let style = root.and_then(|root| window.get_computed_style(&root).ok().flatten());
    let letters = style.and_then(|s| s.get_property_value("font-size").ok());
    let letters = letters.and_then(|s| crate::formats::decimal::parse(s.strip_suffix("px")?));
    (width.unwrap_or(390.0), letters.unwrap_or(16.0))
}

/// Does something when the page goes out of sight: a phone may freeze it then.
pub fn on_leaving(then: impl Fn() + Clone + 'static) {
    if let Some(document) = js::document() {
        let hidden = then.clone();
        js::listen(&document, "visibilitychange", move |_| hidden());
    }
    js::listen_window("pagehide", move |_| then());
}

/// Puts the focus on what a selector finds, at once; nowhere when it finds nothing.
pub fn focus(selector: &str) {
    let found = js::document().and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        let _ = js::call(&element, "focus", &[]);
    }
}

/// Sets an attribute of what a selector finds.
pub fn set(selector: &str, name: &str, value: &str) {
    let found = js::document().and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        let _ = element.set_attribute(name, value);
    }
}

/// A point of the window within an element, in shares of its width and from its top left;
/// `None` while it has no size.
pub fn within(element: &web_sys::Element, x: i32, y: i32) -> Option<(f64, f64)> {
    let frame = js::call(element, "getBoundingClientRect", &[]).ok()?;
    let side = |name| js::get(&frame, name).and_then(|v| v.as_f64());
    let wide = side("width").filter(|wide| *wide > 0.0)?;
    let (left, top) = (side("left")?, side("top")?);
    Some(((f64::from(x) - left) / wide, (f64::from(y) - top) / wide))
}

/// A page that is not looked at paints nothing: then it goes on all the same, milliseconds.
const UNPAINTED_MS: u32 = 200;

/// Goes on in a task of its own when what stands now has been painted.
pub fn after_paint(then: impl FnOnce() + 'static) {
    let then = std::rc::Rc::new(std::cell::Cell::new(Some(then)));
    let go = move |ms| {
        let then = then.clone();
        clock::after(ms, move || {
            if let Some(then) = then.take() {
                then();
            }
        });
    };
    go(UNPAINTED_MS);
    let painted = Closure::once_into_js(move || go(0));
    if let Some(window) = js::window() {
        let _ = window.request_animation_frame(painted.unchecked_ref());
    }
}
