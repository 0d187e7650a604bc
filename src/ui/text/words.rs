//! Words: all stand in `public/locales/<language>.json`, in the i18next v4 format
//! that translators' tools know (flat keys, `{{name}}` for values, `_one` and
//! `_other` for plurals). English is the source and is built in, as sorted lines of
//! key, tab, text (`build.rs`). Another language is a file of texts alone, in the order
//! of those lines (`finish-dist` makes it), fetched when it is spoken.

use crate::app::words::{beside, find, form};
use std::cell::Cell;

/// What Today and the frame say.
const FIRST: &str = include_str!(concat!(env!("OUT_DIR"), "/first.txt"));

thread_local! {
    /// What the other screens say; empty until one of them was fetched.
    static REST: Cell<&'static str> = const { Cell::new("") };
    static SPOKEN: Cell<Spoken> = const { Cell::new(Spoken { first: "", rest: "", left: "", french: false }) };
}

/// A language that is not English, as lines of the same keys; empty for English.
#[derive(Clone, Copy)]
struct Spoken {
    first: &'static str,
    rest: &'static str,
    /// Its texts for the keys of `REST`, while those are not there.
    left: &'static str,
    french: bool,
}

/// Speaks another language: its texts, a line each, or nothing for English.
pub fn speak(texts: String, tag: &str) {
    // Kept for good: a language is chosen once or twice in the life of a page.
    let texts: &'static str = texts.leak();
    let (first, left) = beside(FIRST, texts);
    let mut spoken = Spoken {
        first: first.leak(),
        rest: "",
        left,
        french: tag == "fr",
    };
    add_spoken(&mut spoken);
    SPOKEN.set(spoken);
}

fn add_spoken(spoken: &mut Spoken) {
    if !REST.get().is_empty() && !spoken.left.is_empty() {
        let (rest, left) = beside(REST.get(), spoken.left);
        (spoken.rest, spoken.left) = (rest.leak(), left);
    }
}

/// The words of the screens that are not in the first download. Only their files may
/// name it, or the words end up in the first one.
pub fn rest() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/rest.txt"))
}

/// Adds them.
pub fn add(rest: &'static str) {
    REST.set(rest);
    let mut spoken = SPOKEN.get();
    add_spoken(&mut spoken);
    SPOKEN.set(spoken);
}

/// The words of a key; a key that nobody wrote shows itself.
pub fn t(key: &str) -> String {
    let Spoken { first, rest, .. } = SPOKEN.get();
    [first, rest, FIRST, REST.get()]
        .into_iter()
        .find_map(|lines| find(lines, key))
        .unwrap_or(key)
        .to_owned()
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

/// A name and what is said of it, with what the language puts between them.
pub fn said(label: &str, value: &str) -> String {
    tf("app.pair", &[("label", label), ("value", value)])
}

/// The words of a key for a count: `<key>_one` or `<key>_other`, with `{{count}}`.
pub fn tn(key: &str, count: i64) -> String {
    let form = form(SPOKEN.get().french, count);
    tf(&[key, form].concat(), &[("count", &count.to_string())])
}

/// The words of a key that ends in a stored key, such as a site or a warning sign.
pub fn tk(prefix: &str, key: &str) -> String {
    t(&[prefix, key].concat())
}
