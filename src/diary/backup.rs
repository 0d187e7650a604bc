//! The backup file: the whole diary as one text that people can read and other
//! programs can write.
//!
//! ```json
//! {"format": "footing-backup", "version": 1, "exported_at": "…", "entries": [ … ]}
//! ```
//!
//! Items that could not be read on the phone travel along, as they were found,
//! in `damaged`: a list of `{"id": …, "text": …}`, left out when empty. The settings that
//! belong to the person stand in `prefs`, left out where there are none.

use crate::diary::Diary;
use crate::diary::backup_text;
use crate::diary::codec::{FieldError, FieldErrorKind, entry_from_json, to_text};
use crate::diary::entry::Entry;
use crate::diary::merge::unite;
use crate::formats::file_kind;
use crate::formats::file_kind::{FIRST_BYTES, FileKind};
use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

/// What `format` says.
pub const FORMAT: &str = "footing-backup";
/// The version written, and the newest that is read.
pub const VERSION: u32 = 1;
/// Largest file that is read, in bytes: six times a full localStorage.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// What a backup file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct BackupContents {
    /// Its good entries, tombstones included, one per id, by id.
    pub entries: Vec<Entry>,
    /// What is wrong with the others.
    pub faults: Vec<FieldError>,
    /// The file's version.
    pub version: u32,
    /// When it was made; `None` when the file does not say it readably.
    pub exported_at: Option<DateTime<FixedOffset>>,
    /// Items that were set aside where the file was made: id, then text.
    pub damaged: Vec<(String, String)>,
    /// The settings that came along.
    pub prefs: Option<Map<String, Value>>,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupError {
    /// Not JSON, or cut off.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1 (0 at the very start or end).
        column: usize,
    },
    /// JSON, but no backup of this app.
    NotABackup,
    /// A file of another kind.
    Other(FileKind),
    /// Made by a newer version of the app.
    NewerVersion {
        /// The file's version.
        version: u64,
    },
    /// Larger than [`MAX_BYTES`].
    TooLarge,
    /// A backup without a list of entries (an empty list is none of this).
    NoEntries,
}

/// The diary as a backup file, tombstones included, one entry a line, by id.
///
/// `damaged` are the items set aside, id and text as found; `prefs` the settings.
pub fn export(
    diary: &Diary,
    damaged: &[(String, String)],
    prefs: Option<Map<String, Value>>,
    exported_at: &DateTime<FixedOffset>,
) -> String {
    let mut out = String::with_capacity(256 * (diary.len() + 1));
    out.push_str("{\"format\":");
    push_text(&mut out, FORMAT);
    out.push_str(",\"version\":");
    out.push_str(&VERSION.to_string());
    out.push_str(",\"exported_at\":");
    push_text(&mut out, &exported_at.to_rfc3339());
    out.push_str(",\"entries\":[");
    for (index, entry) in diary.all().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&to_text(entry));
    }
    out.push_str("\n]");
    if !damaged.is_empty() {
        out.push_str(",\"damaged\":[");
        for (index, (id, text)) in damaged.iter().enumerate() {
            out.push_str(if index == 0 {
                "\n{\"id\":"
            } else {
                ",\n{\"id\":"
            });
            push_text(&mut out, id);
            out.push_str(",\"text\":");
            push_text(&mut out, text);
            out.push('}');
        }
        out.push_str("\n]");
    }
    if let Some(prefs) = prefs {
        out.push_str(",\"prefs\":");
        out.push_str(&Value::Object(prefs).to_string());
    }
    out.push_str("}\n");
    out
}

fn push_text(out: &mut String, text: &str) {
    out.push_str(&Value::from(text).to_string());
}

/// How many entries were made or changed after a moment, milliseconds since 1970. An
/// entry was made when its id says so, whatever day it speaks of.
pub fn changed_since(diary: &Diary, ms: i64) -> usize {
    let late = |entry: &&Entry| {
        let edited = entry.edited_at.map(|at| at.timestamp_millis());
        made_ms(entry).max(edited.unwrap_or_default()) > ms
    };
    diary.all().filter(late).count()
}

/// When an entry was made: the first 48 bits of a UUID v7, milliseconds since 1970. Of
/// another id nothing is known but the day that the entry speaks of.
pub fn made_ms(entry: &Entry) -> i64 {
    if entry.id.get_version_num() == 7 {
        i64::try_from(entry.id.as_u128() >> 80).unwrap_or_default()
    } else {
        entry.at.timestamp_millis()
    }
}

/// What speaks against reading a file, by its size and its first bytes
/// ([`file_kind::FIRST_BYTES`] of them, or all): known before anything of it is read.
///
/// # Errors
///
/// When it is too large, or a file of another program.
pub fn judge(size: u64, first: &[u8]) -> Result<(), BackupError> {
    let kind = FileKind::of(first);
    // A greeting before it may look like anything.
    if ![FileKind::Json, FileKind::Text, FileKind::Csv].contains(&kind) {
        return Err(BackupError::Other(kind));
    }
    if size > MAX_BYTES as u64 {
        return Err(BackupError::TooLarge);
    }
    Ok(())
}

/// Reads a backup file's bytes, as [`read`] does its text.
///
/// # Errors
///
/// When the file as a whole is not a backup that this version can read.
pub fn read_bytes(bytes: &[u8]) -> Result<BackupContents, BackupError> {
    let length = usize::try_from(FIRST_BYTES).unwrap_or_default();
    let first = bytes.get(..length).unwrap_or(bytes);
    judge(bytes.len() as u64, first)?;
    let text = file_kind::text_of(bytes).ok_or(BackupError::Other(FileKind::Binary))?;
    read(&text)
}

/// Reads a backup file. One faulty entry never costs the others; of several
/// versions of one entry, the one that [`crate::diary::merge::winner`] names is read.
/// Several backups behind each other are read as one, and a backup that a mail has wrapped
/// or greeted is made whole again.
///
/// # Errors
///
/// When the file as a whole is not a backup that this version can read.
pub fn read(text: &str) -> Result<BackupContents, BackupError> {
    if text.len() > MAX_BYTES {
        return Err(BackupError::TooLarge);
    }
    let plain = read_plain(text);
    let Err(BackupError::NotJson { .. } | BackupError::NotABackup | BackupError::Other(_)) = &plain
    else {
        return plain;
    };
    for mended in backup_text::mended(text) {
        match read_plain(&mended) {
            Err(BackupError::NotJson { .. } | BackupError::NotABackup | BackupError::Other(_)) => {}
            read => return read,
        }
    }
    plain
}

/// Reads a text that begins as a backup does, and any others that follow it.
fn read_plain(text: &str) -> Result<BackupContents, BackupError> {
    // Some editors put a byte order mark before the text, some memory cards zeros behind it.
    let text = text.trim_start_matches('\u{feff}').trim_end_matches('\0');
    let kind = FileKind::of_text(text);
    if kind != FileKind::Json {
        // Another program's file, not a damaged one of this app's.
        return Err(BackupError::Other(kind));
    }
    let mut files = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut first = match files.next() {
        Some(Ok(Value::Object(file))) => contents(file)?,
        Some(Ok(_)) => return Err(BackupError::NotABackup),
        Some(Err(error)) => {
            return Err(BackupError::NotJson {
                line: error.line(),
                column: error.column(),
            });
        }
        None => return Err(BackupError::Other(FileKind::Empty)),
    };
    while let Some(Ok(Value::Object(file))) = files.next() {
        let next = contents(file)?;
        first.entries = unite(first.entries.into_iter().chain(next.entries).collect()).collect();
        first.faults.extend(next.faults);
        first.damaged.extend(next.damaged);
        first.exported_at = first.exported_at.max(next.exported_at);
    }
    // A signature behind it says nothing; another backup that is cut off does.
    let rest = text.get(files.byte_offset()..).unwrap_or_default();
    if rest.contains(FORMAT) {
        let before = text.len() - rest.len();
        let line = text.get(..before).map_or(1, |read| read.lines().count());
        return Err(BackupError::NotJson { line, column: 0 });
    }
    Ok(first)
}

fn contents(mut file: Map<String, Value>) -> Result<BackupContents, BackupError> {
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(BackupError::NotABackup);
    }
    let version = version(file.get("version"))?;
    let Some(Value::Array(list)) = file.get_mut("entries").map(Value::take) else {
        return Err(BackupError::NoEntries);
    };

    let mut faults = Vec::new();
    let exported_at = exported_at(file.get("exported_at"), &mut faults);
    let mut entries = Vec::with_capacity(list.len());
    for (index, value) in list.into_iter().enumerate() {
        match entry_from_json(value, None) {
            Ok(entry) => entries.push(entry),
            Err(found) => faults.extend(found.into_iter().map(|fault| placed(fault, index))),
        }
    }
    Ok(BackupContents {
        entries: unite(entries).collect(),
        faults,
        version,
        exported_at,
        damaged: damaged(file.get_mut("damaged").map(Value::take)),
        prefs: match file.get_mut("prefs").map(Value::take) {
            Some(Value::Object(prefs)) => Some(prefs),
            _ => None,
        },
    })
}

fn version(value: Option<&Value>) -> Result<u32, BackupError> {
    let version = value
        .and_then(Value::as_u64)
        .filter(|version| *version > 0)
        .ok_or(BackupError::NotABackup)?;
    u32::try_from(version)
        .ok()
        .filter(|version| *version <= VERSION)
        .ok_or(BackupError::NewerVersion { version })
}

/// The date on the label: when it is unreadable that is said, no more.
fn exported_at(
    value: Option<&Value>,
    faults: &mut Vec<FieldError>,
) -> Option<DateTime<FixedOffset>> {
    let text = value.and_then(Value::as_str);
    let read = text.and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    if read.is_none() {
        faults.push(FieldError {
            entry: String::new(),
            kind: String::new(),
            field: "exported_at".to_owned(),
            problem: match value {
                None | Some(Value::Null) => FieldErrorKind::Missing,
                Some(_) => FieldErrorKind::NotAnInstant,
            },
        });
    }
    read
}

/// An entry without an id is named by its place in the file, counted from 1.
fn placed(mut fault: FieldError, index: usize) -> FieldError {
    if fault.entry.is_empty() {
        fault.entry.push('#');
        fault.entry.push_str(&(index + 1).to_string());
    }
    fault
}

/// The items set aside: whatever has a text is kept.
fn damaged(value: Option<Value>) -> Vec<(String, String)> {
    let Some(Value::Array(list)) = value else {
        return Vec::new();
    };
    let mut items = Vec::with_capacity(list.len());
    for mut item in list {
        let mut field = |key| match item.get_mut(key).map(Value::take) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        if let Some(text) = field("text") {
            items.push((field("id").unwrap_or_default(), text));
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::codec::entry_from_text;

    const GOAL: &str = r#"{"id":"01890a5d-ac96-774b-bcce-b302099a8057","at":"2026-03-01T08:00:00+01:00","kind":"goal","text":"5k"}"#;
    const FLAG: &str = r#"{"id":"01890a5d-ac96-774b-bcce-b302099a8058","at":"2026-03-02T08:00:00+01:00","kind":"flag"}"#;

    fn file(entries: &str) -> String {
        let label = r#"{"format":"footing-backup","version":1,"exported_at":"2026-03-03T08:00:00Z","entries":["#;
        [label, entries, "]}"].concat()
    }

    #[test]
    fn what_is_exported_is_read() {
        let entries = [GOAL, FLAG].map(|text| entry_from_text(text, None).expect("an entry"));
        let diary: Diary = entries.iter().cloned().collect();
        let at = DateTime::parse_from_rfc3339("2026-03-03T08:00:00+01:00").expect("an instant");
        let damaged = vec![("x".to_owned(), "{\"half\": \n\u{1}".to_owned())];
        let text = export(&diary, &damaged, None, &at);
        let contents = read(&text).expect("a backup");
        assert_eq!(contents.entries, entries);
        assert_eq!(contents.faults, []);
        assert_eq!(contents.version, 1);
        assert_eq!(contents.exported_at, Some(at));
        assert_eq!(contents.damaged, damaged);
        assert_eq!(text.lines().count(), 6, "one entry a line: {text}");
    }

    #[test]
    fn an_empty_diary_is_a_backup() {
        let at = DateTime::parse_from_rfc3339("2026-03-03T08:00:00+01:00").expect("an instant");
        let contents = read(&export(&Diary::default(), &[], None, &at)).expect("a backup");
        assert_eq!((contents.entries, contents.faults), (vec![], vec![]));
    }

    #[test]
    fn one_faulty_entry_does_not_cost_the_others() {
        let bad = [
            "7",
            r#"{"at":"2026-03-01T08:00:00Z","kind":"mind"}"#,
            r#"{"id":"01890a5d-ac96-774b-bcce-b302099a8059","at":"2026-03-01T08:00:00Z","kind":"goal"}"#,
        ];
        let contents =
            read(&file(&[GOAL, bad[0], bad[1], bad[2], FLAG].join(","))).expect("a backup");
        assert_eq!(contents.entries.len(), 2);
        let found: Vec<_> = contents
            .faults
            .iter()
            .map(|f| (f.entry.as_str(), f.kind.as_str(), f.field.as_str()))
            .collect();
        let id = "01890a5d-ac96-774b-bcce-b302099a8059";
        let expected = [("#2", "", ""), ("#3", "mind", "id"), (id, "goal", "text")];
        assert_eq!(found, expected);
    }

    #[test]
    fn versions_of_one_entry_are_merged() {
        let later = GOAL
            .replace("5k", "10k")
            .replace('}', r#","edited_at":"2026-03-02T08:00:00Z"}"#);
        for text in [[GOAL, &later].join(","), [&later, GOAL].join(",")] {
            let contents = read(&file(&text)).expect("a backup");
            assert_eq!(contents.entries.len(), 1);
            assert_eq!(to_text(&contents.entries[0]).matches("10k").count(), 1);
        }
    }

    #[test]
    fn files_that_are_no_backup() {
        let ok = file("");
        let rows = [
            (String::new(), BackupError::Other(FileKind::Empty)),
            (
                ok[..30].to_owned(),
                BackupError::NotJson {
                    line: 1,
                    column: 30,
                },
            ),
            (
                "BEGIN:VCALENDAR".to_owned(),
                BackupError::Other(FileKind::Calendar),
            ),
            (
                "date,pain\n1,2".to_owned(),
                BackupError::Other(FileKind::Csv),
            ),
            (
                "<?xml?><gpx/>".to_owned(),
                BackupError::Other(FileKind::Gpx),
            ),
            ("[]".to_owned(), BackupError::NotABackup),
            ("{}".to_owned(), BackupError::NotABackup),
            (ok.replace("footing-b", "other-b"), BackupError::NotABackup),
            (ok.replace(":1,", ":0,"), BackupError::NotABackup),
            (ok.replace(":1,", ":\"1\","), BackupError::NotABackup),
            (
                ok.replace(":1,", ":2,"),
                BackupError::NewerVersion { version: 2 },
            ),
            (
                ok.replace(":1,", ":18446744073709551615,"),
                BackupError::NewerVersion { version: u64::MAX },
            ),
            (ok.replace("entries", "items"), BackupError::NoEntries),
            (ok.replace("[]", "{}"), BackupError::NoEntries),
            (" ".repeat(MAX_BYTES + 1), BackupError::TooLarge),
        ];
        for (text, error) in rows {
            let start: String = text.chars().take(60).collect();
            assert_eq!(read(&text), Err(error), "{start}");
        }
        assert_eq!(read(&format!("\u{feff}{ok}")), read(&ok));
        assert!(read(&ok).is_ok());
        assert_eq!(MAX_BYTES, 33_554_432, "32 MiB");
        let largest = [ok.as_str(), &" ".repeat(MAX_BYTES - ok.len())].concat();
        assert_eq!(read(&largest), read(&ok));
    }

    /// A backup with a note, in lines as an export writes them.
    fn exported() -> (String, BackupContents) {
        let note = GOAL.replace("5k", "5k before breakfast, with ä and \\n a break, often");
        let entries = [&note, FLAG].map(|text| entry_from_text(text, None).expect("an entry"));
        let diary: Diary = entries.into_iter().collect();
        let at = DateTime::parse_from_rfc3339("2026-03-03T08:00:00+01:00").expect("an instant");
        let text = export(&diary, &[], None, &at);
        let contents = read(&text).expect("a backup");
        (text, contents)
    }

    /// What happens to a backup on its way, and that it arrives all the same.
    #[test]
    fn a_backup_arrives_however_it_was_carried() {
        let (text, contents) = exported();
        let broken = |width: usize, with: &str| {
            let lines = text.lines().map(|line| {
                let letters: Vec<char> = line.chars().collect();
                let parts = letters
                    .chunks(width)
                    .map(|part| part.iter().collect::<String>());
                parts.collect::<Vec<_>>().join(with)
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        let quoted = |text: &str| {
            let lines = text.lines().map(|line| format!("> {line}"));
            lines.collect::<Vec<_>>().join("\n")
        };
        let printable = {
            let mut out = String::new();
            for byte in text.bytes() {
                match byte {
                    b'=' => out.push_str("=3D"),
                    0x80.. => out.extend(["=".to_owned(), format!("{byte:02X}")]),
                    _ => out.push(char::from(byte)),
                }
            }
            let mut lines = Vec::new();
            for line in out
                .replace("goal", "=67oal=3D")
                .replace("=67oal=3D", "goal")
                .lines()
            {
                let bytes: Vec<char> = line.chars().collect();
                lines.push(
                    bytes
                        .chunks(70)
                        .map(|p| p.iter().collect::<String>())
                        .collect::<Vec<_>>()
                        .join("=\n"),
                );
            }
            lines.join("\n")
        };
        let ways = [
            ("as it is", text.clone()),
            ("CRLF", text.replace('\n', "\r\n")),
            ("a mark before", format!("\u{feff}{text}")),
            ("zeros behind", format!("{text}\0\0\0\0")),
            (
                "a greeting before",
                format!("Hello Mara, here it is:\n\n{text}"),
            ),
            (
                "a signature behind",
                format!("{text}\n-- \nSent from my phone"),
            ),
            ("both", format!("Hi!\n{text}\nBye {{smile}}")),
            ("broken every 76", broken(76, "\n")),
            ("broken every 76, Windows", broken(76, "\r\n")),
            ("broken every 60", broken(60, "\n")),
            ("quoted", quoted(&text)),
            ("broken and quoted", quoted(&broken(72, "\n"))),
            (
                "broken, a greeting before",
                format!("Hi\n\n{}", broken(76, "\n")),
            ),
            ("glued to itself", format!("{text}{text}")),
        ];
        for (way, carried) in ways {
            let read = read(&carried);
            assert_eq!(read.as_ref(), Ok(&contents), "{way}: {carried}");
            assert_eq!(read_bytes(carried.as_bytes()), read, "{way}");
        }
        if printable.contains("=3D") {
            assert_eq!(read(&printable), Ok(contents.clone()), "{printable}");
        }
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            read_bytes(&[&[0xff, 0xfe], wide.as_slice()].concat()),
            Ok(contents.clone())
        );
        // A second one that is cut off is told, not left out.
        let cut = format!("{text}{}", text.get(..text.len() / 2).expect("half"));
        assert!(matches!(read(&cut), Err(BackupError::NotJson { .. })));
        let two = format!("{text}{}", file(&GOAL.replace("8057", "8060")));
        assert_eq!(read(&two).expect("two").entries.len(), 3);
    }

    #[test]
    fn a_file_is_judged_before_it_is_read() {
        let three_hundred = 300 * 1024 * 1024;
        let ok = file("");
        assert_eq!(judge(1000, ok.as_bytes()), Ok(()));
        assert_eq!(
            judge(three_hundred, ok.as_bytes()),
            Err(BackupError::TooLarge)
        );
        let rows: [(&[u8], FileKind); 5] = [
            (b"{\"locations\":[", FileKind::Takeout),
            (b"\x1f\x8b\x08", FileKind::Gzip),
            (b"PK\x03\x04", FileKind::Zip),
            (b"<?xml?><HealthData>", FileKind::AppleHealth),
            (b"\xff\xfe<\0g\0p\0x\0", FileKind::Gpx),
        ];
        for (first, kind) in rows {
            assert_eq!(judge(three_hundred, first), Err(BackupError::Other(kind)));
        }
    }

    #[test]
    fn what_changed_is_known_by_when_it_was_entered() {
        // Made in 2023 by their ids, for days of 2026.
        let diary: Diary = [GOAL, FLAG]
            .iter()
            .filter_map(|text| entry_from_text(text, None).ok())
            .collect();
        let made = 0x0189_0a5d_ac96;
        assert_eq!(changed_since(&diary, made - 1), 2);
        assert_eq!(changed_since(&diary, made), 0);
        let edited = GOAL.replace('}', r#","edited_at":"2026-03-02T08:00:00Z"}"#);
        let mut diary = diary;
        diary.insert(entry_from_text(&edited, None).expect("an entry"));
        assert_eq!(changed_since(&diary, made), 1);
        assert_eq!(changed_since(&diary, 1_772_438_400_000), 0);
    }

    #[test]
    fn an_unreadable_label_costs_no_entry() {
        for label in ["null", "7", "\"yesterday\""] {
            let text = file(GOAL).replace("\"2026-03-03T08:00:00Z\"", label);
            let contents = read(&text).expect("a backup");
            assert_eq!(contents.entries.len(), 1);
            assert_eq!(contents.faults[0].field, "exported_at");
        }
    }
}
