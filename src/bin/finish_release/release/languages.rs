//! The languages: one file of words each, one for the exercises, and one for each page to
//! read. A language is added with its files alone.

use super::{Files, Outcome};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The language whose words stand in for what another one lacks.
pub(super) const SOURCE: &str = "en";
const FOLDER: &str = "locales/";
/// The keys of the app's own words, once for all languages.
const KEYS: &str = "locales/keys/app.json";
/// What a language calls itself.
const NAME: &str = "language.name";

type Words = Map<String, Value>;

/// Gives every language the words it lacks, in English, so that the app asks for one file.
pub(super) fn complete(files: &mut Files) -> Outcome<()> {
    for end in [
        ".json",
        "/exercises.json",
        "/injuries.json",
        "/running-well.json",
    ] {
        let source = words(files, &format!("{FOLDER}{SOURCE}{end}"))?;
        for tag in tags(files) {
            let path = format!("{FOLDER}{tag}{end}");
            let mut own = words(files, &path)?;
            for (key, text) in &source {
                own.entry(key).or_insert_with(|| text.clone());
            }
            let whole = serde_json::to_vec(&own).map_err(|e| format!("{path}: {e}"))?;
            files.insert(path, whole);
        }
    }
    Ok(())
}

/// Leaves in each language's own file its texts alone, in the order of one list of keys:
/// the keys are a third of what a language weighs, and the same in all of them. A form
/// that a language lacks stands as `null`.
pub(super) fn pack(files: &mut Files) -> Outcome<()> {
    let tags = tags(files);
    let mut all = BTreeMap::new();
    let mut keys = BTreeSet::new();
    for tag in tags {
        let path = format!("{FOLDER}{tag}.json");
        let own = words(files, &path)?;
        keys.extend(own.keys().cloned());
        all.insert(path, own);
    }
    for (path, mut own) in all {
        let texts = keys.iter().map(|key| own.remove(key).unwrap_or_default());
        let texts = Value::Array(texts.collect()).to_string();
        files.insert(path, texts.into());
    }
    let keys = serde_json::to_vec(&keys).map_err(|e| e.to_string())?;
    files.insert(KEYS.into(), keys);
    Ok(())
}

/// The tag of every language, and what it calls itself.
pub(super) fn named(files: &Files) -> Outcome<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for tag in tags(files) {
        let own = words(files, &format!("{FOLDER}{tag}.json"))?;
        let name = own.get(NAME).and_then(Value::as_str);
        let name = name.ok_or_else(|| format!("{tag}.json does not say its {NAME}"))?;
        names.insert(tag, name.to_owned());
    }
    Ok(names)
}

/// Some words of some languages.
pub(super) fn chosen(
    files: &Files,
    tags: &[String],
    keys: &BTreeSet<&str>,
) -> Outcome<BTreeMap<String, Words>> {
    let mut all = BTreeMap::new();
    for tag in tags {
        let own = words(files, &format!("{FOLDER}{tag}.json"))?;
        let mut some = Words::new();
        for key in keys {
            let text = own
                .get(*key)
                .ok_or_else(|| format!("{tag}.json lacks {key}"))?;
            some.insert((*key).to_owned(), text.clone());
        }
        all.insert(tag.clone(), some);
    }
    Ok(all)
}

/// `locales/<tag>.json`, whether or not the name carries a hash by now.
pub(super) fn tags(files: &Files) -> Vec<String> {
    let plain = files.keys().map(|path| super::names::without_hash(path));
    let mut tags: Vec<String> = plain
        .filter_map(|path| {
            let tag = path.strip_prefix(FOLDER)?.strip_suffix(".json")?;
            (!tag.contains('/')).then(|| tag.to_owned())
        })
        .collect();
    tags.sort();
    tags
}

fn words(files: &Files, plain: &str) -> Outcome<Words> {
    let found = files
        .iter()
        .find(|(path, _)| super::names::without_hash(path) == plain);
    let (path, bytes) = found.ok_or_else(|| format!("no {plain}"))?;
    match serde_json::from_slice(bytes).map_err(|e| format!("{path}: {e}"))? {
        Value::Object(words) => Ok(words),
        Value::Array(texts) if plain != KEYS => {
            let keys = keys(files)?;
            let pairs = keys.into_iter().zip(texts);
            Ok(pairs.filter(|(_, text)| !text.is_null()).collect())
        }
        _ => Err(format!("{path} holds no words")),
    }
}

fn keys(files: &Files) -> Outcome<Vec<String>> {
    let mut found = files.iter();
    let found = found.find(|(path, _)| super::names::without_hash(path) == KEYS);
    let (path, bytes) = found.ok_or_else(|| format!("no {KEYS}"))?;
    serde_json::from_slice(bytes).map_err(|e| format!("{path}: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_whole_and_says_its_name() {
        let mut files = Files::new();
        for (path, text) in [
            (
                "locales/en.json",
                r#"{"a": "one", "b": "two", "language.name": "English"}"#,
            ),
            (
                "locales/xx.json",
                r#"{"a": "ek", "b_few": "do", "language.name": "Xx"}"#,
            ),
            ("locales/en/exercises.json", r#"{"squat": "Squat"}"#),
            ("locales/xx/exercises.json", "{}"),
            ("locales/en/injuries.json", r#"{"ui.title": "My injury"}"#),
            ("locales/xx/injuries.json", "{}"),
            ("locales/en/running-well.json", "{}"),
            ("locales/xx/running-well.json", "{}"),
        ] {
            files.insert(path.into(), text.into());
        }
        complete(&mut files).expect("every file is there");
        let own = words(&files, "locales/xx.json").expect("words");
        assert_eq!(own["a"], "ek", "its own word");
        assert_eq!(own["b"], "two", "the English one");
        assert_eq!(own["b_few"], "do", "a form that English has not");
        let exercises = words(&files, "locales/xx/exercises.json").expect("words");
        assert_eq!(exercises["squat"], "Squat");
        let page = words(&files, "locales/xx/injuries.json").expect("words");
        assert_eq!(page["ui.title"], "My injury");
        let names = named(&files).expect("names");
        assert_eq!(names["xx"], "Xx");
        assert_eq!(names.len(), 2);
        // Packed, they read the same.
        pack(&mut files).expect("packs");
        let texts = std::str::from_utf8(&files["locales/en.json"]).expect("text");
        assert_eq!(texts, r#"["one","two",null,"English"]"#);
        assert_eq!(words(&files, "locales/xx.json").expect("words"), own);
        assert_eq!(tags(&files), ["en", "xx"]);
        files.insert("locales/yy.json".into(), b"{}".to_vec());
        assert!(named(&files).is_err(), "a language without a name");
    }
}
