//! Makes of each language's words what the app reads: the texts alone, a line each, in
//! the order of the English lines that the wasm holds (`build.rs`, `ui::words`).

use super::{Files, Outcome};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The keys in their order: of the first download, then of the rest.
const LINES: [&str; 2] = [
    include_str!(concat!(env!("OUT_DIR"), "/first.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/rest.txt")),
];
const FOLDER: &str = "locales/";
const ENGLISH: &str = "locales/en.json";

const EXERCISES: &str = "locales/en/exercises.json";
/// Words that stay as they are written, key by key, in every language.
const BY_KEY: [&str; 2] = ["/injuries.json", "/running-well.json"];

/// Replaces `locales/<language>.json` by `locales/<language>.txt`, and the same for the
/// words of the exercises, in the order of their English keys.
pub(super) fn pack(files: &mut Files) -> Outcome<()> {
    files.remove(ENGLISH);
    let exercises = files.get(EXERCISES).map_or(&b"{}"[..], Vec::as_slice);
    let exercises: BTreeMap<String, String> =
        serde_json::from_slice(exercises).map_err(|e| format!("{EXERCISES}: {e}"))?;
    let paths: Vec<String> = files
        .keys()
        .filter(|path| path.starts_with(FOLDER))
        .cloned()
        .collect();
    for path in paths {
        let bytes = files.get(&path).map(Vec::as_slice).unwrap_or_default();
        let words: Map<String, Value> =
            serde_json::from_slice(bytes).map_err(|e| format!("{path}: {e}"))?;
        if path == EXERCISES || BY_KEY.iter().any(|name| path.ends_with(name)) {
            let small = serde_json::to_vec(&words).map_err(|e| format!("{path}: {e}"))?;
            files.insert(path, small);
            continue;
        }
        let texts = if path.ends_with("/exercises.json") {
            lines(&exercises, &words)
        } else {
            texts(&words).map_err(ToOwned::to_owned)
        };
        let texts = texts.map_err(|key| format!("{path}: {key} is not one line"))?;
        files.remove(&path);
        files.insert(path.replace(".json", ".txt"), texts.into());
    }
    Ok(())
}

/// The texts in the order of the keys, or a key whose text is not of one line. What is
/// not translated yet is English (and fails `tests/languages.rs`).
fn texts(words: &Map<String, Value>) -> Result<String, &'static str> {
    let mut lines = String::new();
    for line in LINES.iter().flat_map(|lines| lines.lines()) {
        let (key, english) = line.split_once('\t').unwrap_or((line, ""));
        let text = words.get(key).and_then(Value::as_str).unwrap_or(english);
        if text.contains(['\t', '\n']) {
            return Err(key);
        }
        lines.extend([text, "\n"]);
    }
    Ok(lines)
}

/// The same for keys and English texts that come from a file.
fn lines(english: &BTreeMap<String, String>, words: &Map<String, Value>) -> Result<String, String> {
    let mut lines = String::new();
    for (key, english) in english {
        let text = words.get(key).and_then(Value::as_str).unwrap_or(english);
        if text.contains('\n') {
            return Err(key.clone());
        }
        lines.extend([text, "\n"]);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Map<String, Value> {
        let words = include_str!("../../../public/locales/en.json");
        serde_json::from_str(words).expect("the English words")
    }

    #[test]
    fn a_language_is_its_texts_in_the_order_of_the_keys() {
        let mut files = Files::new();
        let words = serde_json::to_vec(&english()).expect("words");
        files.insert(ENGLISH.into(), words.clone());
        files.insert("locales/xx.json".into(), words);
        let (en, xx) = (
            r#"{"b": "B", "a": "A", "c": "C"}"#,
            r#"{"c": "Z", "a": "X"}"#,
        );
        files.insert(EXERCISES.into(), en.into());
        files.insert("locales/xx/exercises.json".into(), xx.into());
        pack(&mut files).expect("packs");
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let wanted = [EXERCISES, "locales/xx.txt", "locales/xx/exercises.txt"];
        assert_eq!(names, wanted);
        assert_eq!(files[wanted[2]], b"X\nB\nZ\n");
        let texts = String::from_utf8(files["locales/xx.txt"].clone()).expect("text");
        let lines = LINES.iter().flat_map(|lines| lines.lines());
        let wanted: Vec<&str> = lines.filter_map(|line| line.split('\t').nth(1)).collect();
        assert_eq!(texts.lines().collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn what_is_not_translated_is_english_and_two_lines_fail_the_build() {
        let mut words = english();
        let whole = texts(&words);
        words.remove("app.back");
        assert_eq!(texts(&words), whole);
        words.insert("app.back".into(), "Ba\nck".into());
        assert_eq!(texts(&words), Err("app.back"));
    }
}
