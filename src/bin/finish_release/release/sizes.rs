//! What a visitor downloads, in bytes after gzip, and whether that is still small.

use super::wasm::{FIRST, SCRIPT};
use super::{Files, Outcome, PAGE, languages, names, page, text, worker};
use flate2::{Compression, write::GzEncoder};
use std::{collections::BTreeMap, fmt::Write as _, io::Write as _};

/// Page, first style sheet and scripts until the first screen works, in one language.
const FIRST_SCREEN: usize = 18_000;
/// What each further language adds to that.
const EACH_LANGUAGE: usize = 1_500;
/// The first part of the wasm with its script. It shall be 280 kB: the whole state machine
/// is in it, with the forms of screens that come late.
const FIRST_WASM: usize = 400_000;
/// Everything that is kept on the phone, with one language beside English. It shall be 900 kB.
const WHOLE: usize = 990_000;

/// A table of sizes; an error when one is over its limit.
pub(super) fn check(files: &Files) -> Outcome<String> {
    let linked = page::linked(files)?;
    let page = text(files, PAGE)?;
    let tags = languages::tags(files);
    let one = tags.get(..1).ok_or("no language")?;
    let mut screen = gzipped(page::with_words(files, &page, one)?.as_bytes())?;
    let more = gzipped(page.as_bytes())?.saturating_sub(screen);
    let each = more / (tags.len() - 1).max(1);
    let (mut wasm, mut whole) = (0, 0);
    // The files of each of the other languages.
    let mut of_languages = BTreeMap::<&str, usize>::new();
    let mut table = format!("{:<40} {:>9} {:>9}\n", "bytes", "raw", "gzip -9");
    for (path, bytes) in worker::listed(files) {
        let size = gzipped(bytes)?;
        let plain = names::without_hash(path);
        if [FIRST, SCRIPT].contains(&plain.as_str()) {
            wasm += size;
        } else if is_code(&plain) && linked.contains(&plain) {
            screen += size;
        }
        let tag = tags.iter().find(|tag| {
            let rest = plain.strip_prefix("locales/");
            rest.and_then(|rest| rest.strip_prefix(tag.as_str()))
                .is_some_and(|rest| rest.starts_with(['.', '/']))
        });
        match tag.filter(|tag| tag.as_str() != languages::SOURCE) {
            Some(tag) => *of_languages.entry(tag).or_default() += size,
            None => whole += size,
        }
        let _ = writeln!(table, "{plain:<40} {:>9} {size:>9}", bytes.len());
    }
    let language = of_languages.values().max().copied().unwrap_or_default();
    let mut faults = String::new();
    for (what, size, limit) in [
        ("until the first screen works", screen, FIRST_SCREEN),
        ("each further language of that", each, EACH_LANGUAGE),
        ("the first wasm with its script", wasm, FIRST_WASM),
        ("kept on the phone, two languages", whole + language, WHOLE),
    ] {
        let _ = writeln!(table, "{what:<40} {size:>19} of {limit}");
        if size > limit {
            let _ = write!(faults, "\n{what}: {size} bytes are over {limit}");
        }
    }
    if faults.is_empty() {
        Ok(table)
    } else {
        Err(format!("{table}{faults}"))
    }
}

fn is_code(path: &str) -> bool {
    matches!(super::kind(path), Some("js" | "css"))
}

fn gzipped(bytes: &[u8]) -> Outcome<usize> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(bytes).map_err(|e| e.to_string())?;
    Ok(gz.finish().map_err(|e| e.to_string())?.len())
}
