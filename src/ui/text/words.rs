//! Words: all stand in `public/locales/<language>.json`, in the i18next v4 format
//! that translators' tools know (flat keys, `{{name}}` for values, `_one`, `_other` and
//! what other plural forms a language has). The page fetches the file of its language
//! beside the wasm; here they are looked up by their keys.

use crate::shell::language;

/// The words of a key; a key that nobody wrote shows itself.
pub fn t(key: &str) -> String {
    language::word(key).unwrap_or_else(|| key.to_owned())
}

/// The words of a key with values put in for `{{name}}`.
pub fn tf(key: &str, values: &[(&str, &str)]) -> String {
    fill(t(key), values)
}

fn fill(mut text: String, values: &[(&str, &str)]) -> String {
    for (name, value) in values {
        let slot = ["{{", name, "}}"].concat();
        text = text.replace(&slot, value);
    }
    text
}

/// A name and what is said of it, with what the language puts between them.
pub fn label_and_value(label: &str, value: &str) -> String {
    tf("app.pair", &[("label", label), ("value", value)])
}

/// The words of a key for a count, in the form that the language has for it
/// (`<key>_one`, `<key>_few`, …; `<key>_other` where that is not written), with
/// `{{count}}`.
pub fn tn(key: &str, count: i64) -> String {
    let form = [key, "_", &language::plural(count)].concat();
    let words = language::word(&form);
    let text = words.unwrap_or_else(|| t(&[key, "_other"].concat()));
    fill(text, &[("count", &count.to_string())])
}

/// The words of a key that ends in a stored key, such as a site or a warning sign.
pub fn tk(prefix: &str, key: &str) -> String {
    t(&[prefix, key].concat())
}
