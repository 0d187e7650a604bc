//! Hash routes, the title, and where the focus goes: they work from any
//! sub-path and without network.

use super::js;
use crate::app::screen::Screen;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

fn hash() -> String {
    js::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// The screen that the address names; `None` when it names none.
pub fn current() -> Option<Screen> {
    let hash = hash();
    (hash.len() > 1).then(|| Screen::from_hash(&hash))
}

/// The code of the handed plan that the address carries, in whatever way it was encoded;
/// `None` when it carries none.
pub fn handed_plan() -> Option<String> {
    let hash = hash();
    let open = Screen::from_hash(&hash) == Screen::OpenPlan;
    let bare = hash.trim_end_matches('/') == Screen::OpenPlan.to_hash();
    let code = hash.rsplit(['/', '%']).next().unwrap_or_default();
    let code = code
        .strip_prefix("2F")
        .or(code.strip_prefix("2f"))
        .unwrap_or(code);
    (open && !bare).then(|| code.to_owned())
}

/// The address of the app itself, without its hash and what a link may have put before it.
pub fn home() -> String {
    let href = js::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let end = href.find(['#', '?']).unwrap_or(href.len());
    href.get(..end).unwrap_or_default().to_owned()
}

/// Shows a screen's route. Setting the hash is heard as a change, replacing the
/// history entry is not; a route that is shown already makes no entry.
pub fn navigate(screen: Screen, replace: bool) {
    let (Some(window), route) = (js::window(), screen.to_hash()) else {
        return;
    };
    if hash() == route {
        return;
    }
    if replace {
        if let Ok(history) = window.history() {
            // Refused after a hundred calls in a few seconds (WebKit).
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&route));
        }
    } else {
        let _ = window.location().set_hash(&route);
    }
}

/// Hears when the address names another screen.
pub fn listen(went: impl Fn(Screen) + 'static) {
    js::listen_window("hashchange", move |_| went(current().unwrap_or_default()));
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = js::document() {
        document.set_title(title);
    }
}

/// Moves the focus, once the view has been drawn, to what a selector finds; a
/// heading is made able to take it. Nothing scrolls.
pub fn focus(selector: &'static str) {
    Timeout::new(0, move || {
        let found =
            js::document().and_then(|document| document.query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            if element.tab_index() < 0 && !element.has_attribute("tabindex") {
                element.set_tab_index(-1);
            }
            let options = js::object(&[("preventScroll", &true.into())]);
            let _ = js::call(&element, "focus", &[&options]);
        }
    })
    .forget();
}

/// Back to the top of the page.
pub fn scroll_to_top() {
    if let Some(window) = js::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// A new screen: its title, the top of the page, the focus on its heading.
pub fn arrive(title: &str) {
    set_title(title);
    scroll_to_top();
    focus("h1");
}

/// The element of this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    js::document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Removes the element of this id, if it is there.
pub fn remove(id: &str) {
    if let Some(element) = element(id) {
        element.remove();
    }
}

/// Loads the page anew, and the parts of the app not from the browser's own cache
/// (`public/rescue.js`).
pub fn reload() {
    if let Some(window) = js::window()
        && js::call(&window, "footingReload", &[]).is_err()
    {
        let _ = window.location().reload();
    }
}
