//! Words: all stand in `public/locales/<language>.json`, in the i18next v4 format
//! that translators' tools know (flat keys, `{{name}}` for values, `_one` and
//! `_other` for plurals). English is the source and is built in, so that a key
//! that a language lacks is never a hole on the screen.

use serde_json::{Map, Value};

const ENGLISH: &str = include_str!("../../public/locales/en.json");

thread_local! {
    static WORDS: Map<String, Value> = serde_json::from_str(ENGLISH).unwrap_or_default();
}

/// The words of a key; a key that nobody wrote shows itself.
pub fn t(key: &str) -> String {
    WORDS.with(|w| {
        w.get(key)
            .and_then(Value::as_str)
            .map_or_else(|| key.to_owned(), str::to_owned)
    })
}

/// The words of a key with values put in for `{{name}}`.
pub fn tf(key: &str, values: &[(&str, &str)]) -> String {
    let mut text = t(key);
    for (name, value) in values {
        let slot = ["{{", name, "}}"].concat();
        text = text.replace(&slot, value);
    }
    text
}

/// The words of a key for a count: `<key>_one` or `<key>_other`, with `{{count}}`.
pub fn tn(key: &str, count: i64) -> String {
    let form = if count == 1 { "_one" } else { "_other" };
    tf(&[key, form].concat(), &[("count", &count.to_string())])
}

/// The words of a key that ends in a stored key, such as a site or a warning sign.
pub fn tk(prefix: &str, key: &str) -> String {
    t(&[prefix, key].concat())
}
