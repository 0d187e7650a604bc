//! The page's language. index.html chooses it, and fetches its words while the wasm is
//! still on its way (from the service worker's cache after the first visit).

use super::{format, js};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The page's language: "en" of "en-GB".
pub fn tag() -> String {
    let root = js::document().and_then(|document| document.document_element());
    let tag = root.and_then(|root| root.get_attribute("lang"));
    let tag = tag.filter(|tag| !tag.is_empty()).unwrap_or("en".into());
    tag.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// The words of the language that the page came up in; "" for English, which the wasm
/// holds, and for one whose words cannot be had: the page is English then.
pub async fn words() -> String {
    let asked = js::get(&js_sys::global(), "footingWords");
    awaited(asked.unwrap_or_default()).await.unwrap_or_default()
}

/// Chooses the language anew, after the preferences were saved. `None`: its words cannot
/// be had, and nothing has changed.
pub async fn choose() -> Option<String> {
    let asked = js::call(&js_sys::global(), "footingLanguage", &[]);
    let words = awaited(asked.ok()?).await?;
    format::language_changed();
    Some(words)
}

async fn awaited(promise: JsValue) -> Option<String> {
    let promise = js_sys::Promise::resolve(&promise);
    JsFuture::from(promise).await.ok()?.as_string()
}
