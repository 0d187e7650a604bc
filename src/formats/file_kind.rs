//! What a file is, by its first bytes: told before anything of it is read.

/// Bytes that are enough to tell.
pub const FIRST_BYTES: i32 = 4096;

macro_rules! file_kinds {
    ($($(#[$about:meta])* $kind:ident: $key:literal,)*) => {
        /// What a file is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FileKind {
            $($(#[$about])* $kind,)*
        }

        impl FileKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The key that words know it by.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$kind => $key,)*
                }
            }
        }
    };
}

file_kinds! {
    /// Nothing at all.
    Empty: "empty",
    /// A text that begins as JSON.
    Json: "json",
    /// A list of places from Google Takeout.
    Takeout: "takeout",
    /// A recording of a run: GPX.
    Gpx: "gpx",
    /// A recording of a run: TCX.
    Tcx: "tcx",
    /// A recording of a run: FIT.
    Fit: "fit",
    /// An export of Apple Health.
    AppleHealth: "apple_health",
    /// A zip archive, or a document that is one.
    Zip: "zip",
    /// Packed with gzip.
    Gzip: "gzip",
    /// A table.
    Csv: "csv",
    /// A calendar.
    Calendar: "calendar",
    /// A page of the web.
    Html: "html",
    /// Another XML file.
    Xml: "xml",
    /// A PDF.
    Pdf: "pdf",
    /// A picture.
    Picture: "picture",
    /// A database.
    Database: "database",
    /// Another text.
    Text: "text",
    /// Bytes that are no text.
    Binary: "binary",
}

/// What begins a file of a kind.
const MAGIC: [(&[u8], FileKind); 13] = [
    (b"PK\x03\x04", FileKind::Zip),
    (b"PK\x05\x06", FileKind::Zip),
    (b"\x1f\x8b", FileKind::Gzip),
    (b"%PDF", FileKind::Pdf),
    (b"\x89PNG", FileKind::Picture),
    (b"\xff\xd8\xff", FileKind::Picture),
    (b"GIF8", FileKind::Picture),
    (b"RIFF", FileKind::Picture),
    (b"SQLite format 3", FileKind::Database),
    (b"7z\xbc\xaf", FileKind::Zip),
    (b"Rar!", FileKind::Zip),
    (b"BZh", FileKind::Gzip),
    (b"\xfd7zXZ", FileKind::Gzip),
];

impl FileKind {
    /// By the first bytes of a file ([`FIRST_BYTES`] of them, or all).
    pub fn of(first: &[u8]) -> Self {
        if first
            .iter()
            .all(|byte| *byte == 0 || byte.is_ascii_whitespace())
        {
            return Self::Empty;
        }
        let magic = MAGIC.iter().find(|(magic, _)| first.starts_with(magic));
        if let Some((_, kind)) = magic {
            return *kind;
        }
        // A FIT header says so behind its length and versions.
        if first.get(8..12) == Some(b".FIT") {
            return Self::Fit;
        }
        // HEIC and its like name their brand.
        if first.get(4..8) == Some(b"ftyp") {
            return Self::Picture;
        }
        let text = start_of_text(first);
        let Some(text) = text else {
            return Self::Binary;
        };
        Self::of_text(&text)
    }

    /// By the start of a text.
    pub fn of_text(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let has = |words: &str| text.contains(words);
        match text.chars().next() {
            None => Self::Empty,
            Some('{' | '[')
                if has("\"locations\"")
                    || has("\"timelineObjects\"")
                    || has("\"semanticSegments\"") =>
            {
                Self::Takeout
            }
            Some('{' | '[') => Self::Json,
            Some('<') if has("<gpx") => Self::Gpx,
            Some('<') if has("TrainingCenterDatabase") => Self::Tcx,
            Some('<') if has("<HealthData") || has("!DOCTYPE HealthData") => Self::AppleHealth,
            Some('<') if has("<html") || has("<!DOCTYPE html") || has("<!doctype html") => {
                Self::Html
            }
            Some('<') => Self::Xml,
            Some(_) if text.starts_with("BEGIN:V") => Self::Calendar,
            Some(_) if is_table(text) => Self::Csv,
            Some(_) => Self::Text,
        }
    }
}

/// Two lines with as many separators, one at least.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(head), Some(row)) = (lines.next(), lines.next()) else {
        return false;
    };
    [',', ';', '\t'].iter().any(|separator| {
        let head = head.matches(*separator).count();
        head > 0 && row.matches(*separator).count() >= head
    })
}

/// The start of a file as text, however it is spelled; `None`: it is none.
fn start_of_text(first: &[u8]) -> Option<String> {
    let mut text = text_of(first).or_else(|| {
        // The last character may be cut in two.
        (1..4).find_map(|less| text_of(first.get(..first.len().checked_sub(less)?)?))
    })?;
    text.retain(|c| c != '\0');
    Some(text)
}

/// A text in UTF-8 or, as some editors save, in UTF-16 of either order; zeros at its end,
/// which some memory cards add, are left out.
pub fn text_of(bytes: &[u8]) -> Option<String> {
    let little = |pair: &[u8]| u16::from_le_bytes([pair[0], pair[1]]);
    let big = |pair: &[u8]| u16::from_be_bytes([pair[0], pair[1]]);
    let wide = |bytes: &[u8], unit: &dyn Fn(&[u8]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(unit).collect();
        String::from_utf16(&units).ok()
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, &little),
        [0xfe, 0xff, rest @ ..] => wide(rest, &big),
        // Without a mark: every other byte of plain letters is zero.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => wide(bytes, &little),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => wide(bytes, &big),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }?;
    let text = text.trim_start_matches('\u{feff}').trim_end_matches('\0');
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    (!text.chars().take(4096).any(odd)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_first_bytes() {
        let rows: [(&[u8], FileKind); 24] = [
            (b"", FileKind::Empty),
            (b" \n\0\0", FileKind::Empty),
            (b"{\"format\":\"x\"}", FileKind::Json),
            (b"\xef\xbb\xbf[1]", FileKind::Json),
            (b"{\"locations\":[{", FileKind::Takeout),
            (
                b"<?xml version=\"1.0\"?>\n<gpx version=\"1.1\">",
                FileKind::Gpx,
            ),
            (
                b"          <?xml version='1.0'?><TrainingCenterDatabase>",
                FileKind::Tcx,
            ),
            (
                b"\x0e\x10\x43\x08\x78\x06\x09\x00.FIT\x00\x00",
                FileKind::Fit,
            ),
            (
                b"<?xml version=\"1.0\"?><!DOCTYPE HealthData [",
                FileKind::AppleHealth,
            ),
            (b"PK\x03\x04\x14\x00", FileKind::Zip),
            (b"\x1f\x8b\x08\x00", FileKind::Gzip),
            (
                b"Activity ID,Activity Date\n1,\"Mar 8, 2026\"\n",
                FileKind::Csv,
            ),
            (b"a;b\r\n1,5;2\r\n", FileKind::Csv),
            (b"BEGIN:VCALENDAR\r\n", FileKind::Calendar),
            (b"<!DOCTYPE html><html>", FileKind::Html),
            (b"<svg></svg>", FileKind::Xml),
            (b"%PDF-1.7", FileKind::Pdf),
            (b"\x89PNG\r\n", FileKind::Picture),
            (b"\xff\xd8\xff\xe0", FileKind::Picture),
            (b"\0\0\0\x18ftypheic", FileKind::Picture),
            (b"SQLite format 3\0", FileKind::Database),
            (b"Hello,\nhere is my diary.", FileKind::Text),
            (b"\xff\xfe{\0\"\0", FileKind::Json),
            (b"\x01\x02\x03\xff\xff", FileKind::Binary),
        ];
        for (first, kind) in rows {
            assert_eq!(FileKind::of(first), kind, "{first:?}");
        }
        for kind in FileKind::ALL {
            assert!(
                rows.iter().any(|(_, told)| told == kind),
                "{kind:?} is not tried"
            );
        }
        // Cut in the middle of a letter, it is a text all the same.
        assert_eq!(
            FileKind::of("{\"note\":\"ä".as_bytes().split_at(10).0),
            FileKind::Json
        );
    }

    #[test]
    fn a_text_is_read_however_it_is_spelled() {
        let text = "{\"a\":\"ä€😀\"}";
        let wide =
            |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        let spelled = [
            text.as_bytes().to_vec(),
            [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
            [text.as_bytes(), &[0; 100]].concat(),
            [&[0xff, 0xfe], little.as_slice()].concat(),
            [&[0xfe, 0xff], big.as_slice()].concat(),
            little,
            big,
        ];
        for bytes in spelled {
            assert_eq!(text_of(&bytes).as_deref(), Some(text), "{bytes:?}");
        }
        assert_eq!(text_of(b"\xff\xff\xff"), None);
        assert_eq!(text_of(b"a\x01b"), None);
    }
}
