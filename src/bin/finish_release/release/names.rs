//! Names that carry a hash of the contents, so that no page and no cache ever takes a file
//! of one release for that of another.

use super::{Files, Outcome, PAGE, WORKER, kind};
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, fmt::Write as _};

/// Digits of the hash in a name.
const DIGITS: usize = 10;
/// What is named so. Scripts come last, for they name the others. The page, the worker,
/// the manifest and the pictures keep their names: browsers and hosts ask for those.
const HASHED: [&[&str]; 2] = [&["wasm", "json", "css"], &["js"]];

/// Plain names and those in the folder.
pub(super) type Names = BTreeMap<String, String>;

/// Names every file by its contents, in the folder and wherever it is named.
pub(super) fn hash(files: &mut Files) -> Outcome<Names> {
    let mut names = Names::new();
    for kinds in HASHED {
        let wanted = |path: &&String| {
            path.as_str() != WORKER && kind(path).is_some_and(|kind| kinds.contains(&kind))
        };
        let paths: Vec<String> = files.keys().filter(wanted).cloned().collect();
        for path in paths {
            let bytes = files.remove(&path).unwrap_or_default();
            let plain = without_hash(&path);
            let new = with_hash(&plain, &bytes).ok_or_else(|| format!("{path} has no ending"))?;
            files.insert(new.clone(), bytes);
            if new != path {
                rename(files, &path, &new)?;
            }
            names.insert(plain, new);
        }
    }
    Ok(names)
}

/// The names of a folder in which nothing is renamed.
pub(super) fn plain(files: &Files) -> Names {
    let names = files.keys().map(|path| (path.clone(), path.clone()));
    names.collect()
}

/// Scripts and the page name files as `"./name"`.
fn rename(files: &mut Files, old: &str, new: &str) -> Outcome<()> {
    let (old, new) = (format!("\"./{old}\""), format!("\"./{new}\""));
    for (path, bytes) in files.iter_mut() {
        if path == PAGE || kind(path) == Some("js") && path != WORKER {
            let text = std::str::from_utf8(bytes).map_err(|e| format!("{path}: {e}"))?;
            if text.contains(&old) {
                *bytes = text.replace(&old, &new).into_bytes();
            }
        }
    }
    Ok(())
}

fn with_hash(plain: &str, bytes: &[u8]) -> Option<String> {
    let (stem, kind) = plain.rsplit_once('.')?;
    let mut name = format!("{stem}-");
    for byte in Sha256::digest(bytes).iter().take(DIGITS / 2) {
        let _ = write!(name, "{byte:02x}");
    }
    Some(format!("{name}.{kind}"))
}

/// What a file was called before it was named by its contents.
pub(super) fn without_hash(path: &str) -> String {
    let plain = path.rsplit_once('.').and_then(|(stem, kind)| {
        let (plain, hash) = stem.rsplit_once('-')?;
        let is_hash = hash.len() == DIGITS && hash.chars().all(|c| c.is_ascii_hexdigit());
        is_hash.then(|| format!("{plain}.{kind}"))
    });
    plain.unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_can_be_taken_off_again() {
        let name = with_hash("locales/en.json", b"words").expect("a name");
        assert_eq!(name.len(), "locales/en.json".len() + 1 + DIGITS);
        assert_eq!(without_hash(&name), "locales/en.json");
        for plain in ["icons/icon-192.png", "sw.js", "maskable-512.png"] {
            assert_eq!(without_hash(plain), plain);
        }
    }
}
