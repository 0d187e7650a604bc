//! A backup's text on its way: what a mail program, a messenger or an editor puts around it
//! or into it is taken out again. Nothing is guessed about what it says: a text that cannot
//! be made whole is refused.

use crate::diary::backup::FORMAT;

/// What every backup begins with, whatever the white space.
const LABEL: &str = "\"format\"";

/// Texts that a carried one may have been, the plainest first. Empty: it holds no backup.
pub(super) fn mended(text: &str) -> Vec<String> {
    if !text.contains(FORMAT) {
        return Vec::new();
    }
    let unquoted = without_quoting(text);
    let mut tried = Vec::new();
    for layer in [text.to_owned(), unquoted] {
        if let Some(found) = from_label(&layer) {
            tried.push(found.to_owned());
            tried.push(without_breaks(found));
        }
    }
    tried
}

/// From the brace before the label: a greeting before it goes.
fn from_label(text: &str) -> Option<&str> {
    let label = text.find(LABEL)?;
    let start = text.get(..label)?.rfind('{')?;
    let between = text.get(start + 1..label)?;
    between.trim().is_empty().then(|| text.get(start..))?
}

/// The signs of an answer before each line go, and the line ends of quoted-printable with
/// its signs for other letters.
fn without_quoting(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let bare = line.trim_start_matches(['>', '|', ' ']);
        if line.starts_with(['>', '|']) {
            bare
        } else {
            line
        }
    });
    let joined = lines.collect::<Vec<_>>().join("\n");
    if joined.lines().filter(|line| line.ends_with('=')).count() > 0 && joined.contains("=3D") {
        printable(&joined)
    } else {
        joined
    }
}

/// Quoted-printable (RFC 2045) as text; what is none stays.
fn printable(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => break,
            [b'=', b'\n', more @ ..] => more,
            [b'=', high, low, more @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let hex = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default();
                bytes.push(u8::try_from(hex(*high) * 16 + hex(*low)).unwrap_or_default());
                more
            }
            [byte, more @ ..] => {
                bytes.push(*byte);
                more
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Lines that a mail program broke are joined again. In a backup a line ends between two
/// entries alone, where it says nothing: a break within words stood for nothing where the
/// line is as long as they come, else for the blank that the program took out.
fn without_breaks(text: &str) -> String {
    let widest = text.lines().map(|line| line.chars().count()).max();
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        out.push_str(line);
        let full = Some(line.chars().count()) == widest;
        if !full && !line.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}
