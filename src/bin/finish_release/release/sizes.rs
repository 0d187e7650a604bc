//! What a visitor downloads, in bytes after gzip, and whether that is still small.

use super::wasm::{FIRST, SCRIPT};
use super::{Files, Outcome, PAGE, languages, names, page, text, worker};
use flate2::{Compression, write::GzEncoder};
use std::{fmt::Write as _, io::Write as _};

/// Page, first style sheet and scripts until the first screen works, in one language.
const FIRST_SCREEN: usize = 18_000;
/// What each further language adds to that.
const EACH_LANGUAGE: usize = 1_500;
/// The first part of the wasm with its script. The whole state machine is in it: it shall be
/// 280 kB, and less when the forms of late screens stand in the second part.
const FIRST_WASM: usize = 340_000;
/// Everything that is kept on the phone, with one language beside English.
const WHOLE: usize = 900_000;

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
    // The largest of the other languages.
    let mut language = 0;
    let mut table = format!("{:<40} {:>9} {:>9}\n", "bytes", "raw", "gzip -9");
    for (path, bytes) in worker::listed(files) {
        let size = gzipped(bytes)?;
        let plain = names::without_hash(path);
        if [FIRST, SCRIPT].contains(&plain.as_str()) {
            wasm += size;
        } else if is_code(&plain) && linked.contains(&plain) {
            screen += size;
        }
        match plain
            .strip_prefix("locales/")
            .filter(|name| !name.starts_with("en"))
        {
            Some(_) => language = language.max(size),
            None => whole += size,
        }
        let _ = writeln!(table, "{plain:<40} {:>9} {size:>9}", bytes.len());
    }
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
