//! The styles of the screens beyond the first, fetched with their parts.

use super::{js, version};
use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;

/// Where they are.
const MORE: &str = "more.css";

/// Fetches them, once: whether they hold now. A screen that is drawn before would jump.
pub async fn fetch() -> bool {
    let Some(document) = js::document() else {
        return false;
    };
    let more = version::address(MORE);
    let there = ["link[href=\"", &more, "\"]"].concat();
    let find = |selector: &str| document.query_selector(selector).ok().flatten();
    let link = match find(&there) {
        Some(link) => link,
        None => match (document.create_element("link"), find("head")) {
            (Ok(link), Some(head)) => {
                let _ = link.set_attribute("rel", "stylesheet");
                let _ = link.set_attribute("href", &more);
                let _ = head.append_child(&link);
                link
            }
            _ => return false,
        },
    };
    if js::get(&link, "sheet").is_some() {
        return true;
    }
    let mut arrives = |yes: Function, no: Function| {
        for (kind, then) in [("load", yes), ("error", no)] {
            js::listen(&link, kind, move |_| {
                let _ = then.call0(&then);
            });
        }
    };
    let arrived = JsFuture::from(Promise::new(&mut arrives)).await.is_ok();
    if !arrived {
        // Tried again by the next one who needs them.
        link.remove();
    }
    arrived
}
