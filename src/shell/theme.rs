//! The look: `data-theme` on the root, and the colour of the browser's bars.
//!
//! index.html sets both before the first paint and follows the phone; here they
//! follow what the runner chooses, also where storage is blocked.

use super::js;
use crate::app::prefs::{Prefs, Theme};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MediaQueryList};

thread_local! {
    static CHOSEN: Cell<Option<Theme>> = const { Cell::new(None) };
}

/// Shows the look that the preferences' JSON names, and follows the phone from now on.
pub fn apply(prefs: &str) {
    let theme = Prefs::from_json(prefs).theme;
    if CHOSEN.replace(Some(theme)).is_none()
        && let Some(dark) = phone_is_dark()
    {
        js::listen(&dark, "change", |_| show(CHOSEN.get().unwrap_or_default()));
    }
    show(theme);
}

fn phone_is_dark() -> Option<MediaQueryList> {
    js::window()?
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
}

fn show(theme: Theme) {
    let name = match theme {
        Theme::Auto if phone_is_dark().is_some_and(|dark| dark.matches()) => "dark",
        Theme::Auto | Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::Sun => "sun",
    };
    let root = js::document().and_then(|document| document.document_element());
    let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let _ = root.dataset().set("theme", name);
    colour_bars(&root);
}

/// The bars take the paper's colour, which the styles alone know.
fn colour_bars(root: &Element) {
    let style = js::window().and_then(|window| window.get_computed_style(root).ok().flatten());
    let paper = style
        .and_then(|style| style.get_property_value("--paper").ok())
        .unwrap_or_default();
    let bars = js::document()
        .and_then(|document| document.query_selector_all("meta[name=theme-color]").ok());
    let (Some(bars), false) = (bars, paper.is_empty()) else {
        return;
    };
    for i in 0..bars.length() {
        if let Some(bar) = bars.get(i).and_then(|bar| bar.dyn_into::<Element>().ok()) {
            let _ = bar.set_attribute("content", paper.trim());
        }
    }
}
