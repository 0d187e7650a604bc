//! Words: all stand in `public/locales/<language>.json`, in the i18next v4 format
//! that translators' tools know (flat keys, `{{name}}` for values, `_one` and
//! `_other` for plurals). English is the source and is built in, as sorted lines of
//! key, tab, text (`build.rs`), so that a key that a language lacks is never a hole
//! on the screen.

use std::cell::Cell;

/// What Today and the frame say.
const FIRST: &str = include_str!(concat!(env!("OUT_DIR"), "/first.txt"));

thread_local! {
    /// What the other screens say; empty until one of them was fetched.
    static REST: Cell<&'static str> = const { Cell::new("") };
}

/// The words of the screens that are not in the first download. Only their files may
/// name it, or the words end up in the first one.
pub fn rest() -> &'static str {
    include_str!(concat!(env!("OUT_DIR"), "/rest.txt"))
}

/// Adds them.
pub fn add(rest: &'static str) {
    REST.set(rest);
}

/// The text beside a key in sorted lines.
fn find(lines: &'static str, key: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, lines.len());
    while low < high {
        // The line that holds the middle.
        let middle = low + (high - low) / 2;
        let bytes = lines.as_bytes();
        let start = bytes[low..middle]
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(low, |at| low + at + 1);
        let end = bytes[middle..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(high, |at| middle + at);
        let (name, text) = lines.get(start..end)?.split_once('\t')?;
        match name.cmp(key) {
            std::cmp::Ordering::Equal => return Some(text),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// The words of a key; a key that nobody wrote shows itself.
pub fn t(key: &str) -> String {
    find(FIRST, key)
        .or_else(|| find(REST.get(), key))
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

/// The words of a key for a count: `<key>_one` or `<key>_other`, with `{{count}}`.
pub fn tn(key: &str, count: i64) -> String {
    let form = if count == 1 { "_one" } else { "_other" };
    tf(&[key, form].concat(), &[("count", &count.to_string())])
}

/// The words of a key that ends in a stored key, such as a site or a warning sign.
pub fn tk(prefix: &str, key: &str) -> String {
    t(&[prefix, key].concat())
}
