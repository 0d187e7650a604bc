//! The page's language and its words. `public/first.js` chooses the language and fetches
//! the words while the wasm is still on its way (from the service worker's cache after
//! the first visit).

use super::{format, js};
use js_sys::{Array, Function, Promise, Reflect};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What is said in the page's language.
#[derive(Default)]
struct Spoken {
    /// The words by their keys, as the page's script parsed them.
    words: JsValue,
    /// The language's `Intl.PluralRules`; made when first asked.
    rules: Option<JsValue>,
    /// Its answers so far.
    plurals: BTreeMap<i64, String>,
}

thread_local! {
    static SPOKEN: RefCell<Spoken> = RefCell::default();
}

/// The page's language: "en" of "en-GB".
pub fn tag() -> String {
    let root = js::document().and_then(|document| document.document_element());
    let tag = root.and_then(|root| root.get_attribute("lang"));
    let tag = tag.filter(|tag| !tag.is_empty()).unwrap_or("en".into());
    tag.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// The languages that there are: their tags, and what each is called in itself.
pub fn available() -> Vec<(String, String)> {
    let all = js::get(&js_sys::global(), "footingLanguages").unwrap_or_default();
    let pairs = js_sys::Object::entries(all.unchecked_ref());
    let text = |pair: &JsValue, at: u32| {
        let text = Reflect::get_u32(pair, at).unwrap_or_default();
        text.as_string().unwrap_or_default()
    };
    let pairs = pairs.iter();
    pairs.map(|pair| (text(&pair, 0), text(&pair, 1))).collect()
}

/// Waits for the words of the language that the page came up in: whether they are there.
pub async fn arrive() -> bool {
    let asked = js::get(&js_sys::global(), "footingWords");
    take(asked.unwrap_or_default()).await
}

/// Chooses the language anew, after the preferences were saved. `false`: its words cannot
/// be had, and nothing has changed.
pub async fn choose() -> bool {
    let Ok(asked) = js::call(&js_sys::global(), "footingLanguage", &[]) else {
        return false;
    };
    let changed = take(asked).await;
    if changed {
        format::language_changed();
    }
    changed
}

async fn take(promise: JsValue) -> bool {
    let words = JsFuture::from(Promise::resolve(&promise)).await;
    let words = words.unwrap_or_default();
    let there = words.is_object();
    if there {
        SPOKEN.set(Spoken {
            words,
            ..Spoken::default()
        });
    }
    there
}

/// The words of a key; `None` when there are none.
pub fn word(key: &str) -> Option<String> {
    SPOKEN.with_borrow(|spoken| js::text(&spoken.words, key))
}

/// The plural form that the language has for a count: "one", "few", "other" and so on.
pub fn plural(count: i64) -> String {
    SPOKEN.with_borrow_mut(|spoken| {
        if let Some(form) = spoken.plurals.get(&count) {
            return form.clone();
        }
        if spoken.rules.is_none() {
            spoken.rules = plural_rules();
        }
        let form = select(spoken.rules.as_ref(), count).unwrap_or("other".into());
        spoken.plurals.insert(count, form.clone());
        form
    })
}

#[allow(clippy::cast_precision_loss)]
fn select(rules: Option<&JsValue>, count: i64) -> Option<String> {
    let count = JsValue::from(count as f64);
    js::call(rules?, "select", &[&count]).ok()?.as_string()
}

fn plural_rules() -> Option<JsValue> {
    let intl = js::get(&js_sys::global(), "Intl")?;
    let maker: Function = js::get(&intl, "PluralRules")?.dyn_into().ok()?;
    let rules = Reflect::construct(&maker, &Array::of1(&tag().into()));
    rules.ok()
}
