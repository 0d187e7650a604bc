//! A code on its way: wrapped by a mail program, quoted in an answer, encoded by a link
//! service, with words before it and behind it.
//!
//! A code is letters and digits alone, so no service changes it; what happens is that signs
//! come between or around. They are taken out, and where the code ends the sum behind it
//! says (see [`super::code`]).

use super::code::{MARK, MAX_CODE};

/// Longest text in which a code is looked for, in characters.
const MAX_TEXT: usize = 100_000;
/// Most places of a text that are looked at.
const MOST: usize = 100;
/// Times that a text is freed from percent signs: a link in a link in a link.
const LAYERS: usize = 3;

/// What may be a code, from behind its mark: version and data in capitals, with the places
/// where it may end, the whole first.
pub(super) struct Candidate {
    /// The characters.
    pub code: Vec<u8>,
    /// Lengths at which something stood that no code holds.
    pub ends: Vec<usize>,
    /// It stands behind the plan's route: it is meant to be one.
    pub linked: bool,
}

/// Every place in the text where a code may begin. `None`: it is too long to look at.
pub(super) fn candidates(text: &str) -> Option<Vec<Candidate>> {
    if text.chars().nth(MAX_TEXT).is_some() {
        return None;
    }
    let mut found = Vec::new();
    let mut layer = text.to_owned();
    for _ in 0..=LAYERS {
        found.extend(in_layer(&layer));
        let inner = percent_decoded(&layer);
        if inner == layer {
            break;
        }
        layer = inner;
    }
    Some(found)
}

/// What a text holds: characters that a code may be made of, and between them what it is not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A letter or a digit, in capitals.
    Code(u8),
    /// Something that wrapping and quoting put between.
    Between,
    /// Anything else.
    Other,
}

fn in_layer(text: &str) -> Vec<Candidate> {
    let signs = signs(text);
    // Without what came between: each character, and whether something stood before it.
    let mut joined: Vec<(Sign, bool)> = Vec::with_capacity(signs.len());
    let mut gap = false;
    for sign in signs {
        if sign == Sign::Between {
            gap = true;
        } else {
            joined.push((sign, gap));
            gap = false;
        }
    }
    let is = |at: usize, byte: u8| joined.get(at).is_some_and(|(s, _)| *s == Sign::Code(byte));
    let mut found = Vec::new();
    for at in 0..joined.len() {
        let marked = MARK.bytes().enumerate().all(|(n, byte)| is(at + n, byte));
        let version = joined.get(at + MARK.len()).map(|(sign, _)| *sign);
        if !marked || !matches!(version, Some(Sign::Code(b'0'..=b'9'))) {
            continue;
        }
        // "plan", and one sign of whatever the slash became.
        let linked = at.checked_sub(5).is_some_and(|start| {
            let word = b"PLAN".iter().enumerate().all(|(n, b)| is(start + n, *b));
            word && joined[at - 1].0 == Sign::Other
        }) || at
            .checked_sub(7)
            // A slash that is still encoded: "plan%2F".
            .is_some_and(|start| {
                let word = b"PLAN".iter().enumerate().all(|(n, b)| is(start + n, *b));
                word && is(at - 2, b'2') && is(at - 1, b'F')
            });
        let mut code = Vec::new();
        let mut ends = Vec::new();
        for (sign, gap) in &joined[at + MARK.len()..] {
            let Sign::Code(byte) = sign else { break };
            if *gap && !code.is_empty() {
                ends.push(code.len());
            }
            code.push(*byte);
            if code.len() > MAX_CODE {
                break;
            }
        }
        ends.push(code.len());
        ends.reverse();
        found.push(Candidate { code, ends, linked });
        if found.len() == MOST {
            break;
        }
    }
    // What is meant to be one is what is spoken of when none can be read.
    found.sort_by_key(|candidate| !candidate.linked);
    found
}

fn signs(text: &str) -> Vec<Sign> {
    let mut out = Vec::with_capacity(text.len());
    let mut line_start = true;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        let sign = match c {
            _ if c.is_ascii_alphanumeric() => {
                Sign::Code(u8::try_from(c.to_ascii_uppercase()).unwrap_or_default())
            }
            _ if c.is_whitespace() => Sign::Between,
            // Of no width: joiners, a soft hyphen, a byte order mark.
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => Sign::Between,
            // An answer quotes each line.
            '>' | '|' if line_start => Sign::Between,
            // Quoted-printable: the line goes on.
            '=' if after
                .trim_start_matches([' ', '\t', '\r'])
                .starts_with('\n') =>
            {
                Sign::Between
            }
            // A break within markup.
            '<' if is_break(after) => {
                while rest.next_if(|(_, c)| *c != '>').is_some() {}
                rest.next();
                Sign::Between
            }
            _ => Sign::Other,
        };
        line_start = c == '\n' || (line_start && sign == Sign::Between);
        out.push(sign);
    }
    out
}

fn is_break(after: &str) -> bool {
    let tag: String = after.chars().take(3).collect::<String>().to_lowercase();
    let ends = |c: Option<char>| c.is_none_or(|c| matches!(c, '>' | '/' | ' '));
    (tag.starts_with("br") && ends(tag.chars().nth(2))) || tag == "wbr"
}

/// One layer of `%2F` and the like less. What is no text stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, more @ ..] = rest {
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        let decoded = match (byte, more) {
            (b'%', [high, low, ..]) => hex(high).zip(hex(low)),
            _ => None,
        };
        if let Some((high, low)) = decoded {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            rest = more.get(2..).unwrap_or_default();
        } else {
            bytes.push(*byte);
            rest = more;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
