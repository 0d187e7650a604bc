//! The service worker: what the release consists of, and which one it is.

use super::{Files, Outcome, PAGE, WORKER, text};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// In the folder but not in the list, each for a reason.
const UNLISTED: [&str; 3] = [
    WORKER,                  // the browser keeps and checks the worker itself
    "screenshots/today.png", // shown by the browser's install dialog only
    "screenshots/live.png",
];

/// What the worker keeps on the phone.
pub(super) fn listed(files: &Files) -> impl Iterator<Item = (&str, &[u8])> {
    files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .filter(|(path, _)| !UNLISTED.contains(path))
}

/// Over names and contents of everything listed, and the worker's own code. The version
/// stands in the page, which counts for it with an empty one.
pub(super) fn version(files: &Files, template: &str) -> String {
    let mut hash = Sha256::new();
    for (path, bytes) in listed(files) {
        hash.update(path);
        hash.update([0]);
        hash.update(Sha256::digest(bytes));
    }
    hash.update(template);
    let mut version = String::new();
    for byte in hash.finalize().iter().take(6) {
        let _ = write!(version, "{byte:02x}");
    }
    version
}

/// Writes list and version into the worker; a debug build lists nothing.
pub(super) fn fill(files: &mut Files, template: &str, version: &str, debug: bool) -> Outcome<()> {
    let unnamed = files
        .keys()
        .find(|path| path.starts_with("screenshots/") && !UNLISTED.contains(&path.as_str()));
    if let Some(path) = unnamed {
        return Err(format!("{path} must be named in UNLISTED"));
    }
    let (mut list, mut unlisted) = (String::new(), String::new());
    if !debug {
        let lines = listed(files)
            .map(|(path, bytes)| format!("\n  [{:?}, {:?}]", address(path), integrity(bytes)));
        list = lines.collect::<Vec<_>>().join(",") + "\n";
        unlisted = UNLISTED.map(|path| format!("{path:?}")).join(", ");
    }
    let mut worker = template.to_owned();
    for (mark, value) in [
        ("__VERSION__", version),
        ("/*__FILES__*/", &list),
        ("/*__UNLISTED__*/", &unlisted),
    ] {
        if worker.matches(mark).count() != 1 {
            return Err(format!("public/{WORKER} must hold {mark} exactly once"));
        }
        worker = worker.replace(mark, value);
    }
    files.insert(WORKER.into(), worker.into());
    Ok(())
}

/// Hosts answer `./` and may redirect `index.html`.
fn address(path: &str) -> &str {
    if path == PAGE { "./" } else { path }
}

/// The hash of a file as browsers write it.
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// Every picture that the manifest names is there.
pub(super) fn check_manifest(files: &Files) -> Outcome<()> {
    let manifest = text(files, "manifest.webmanifest")?;
    let manifest: serde_json::Value =
        serde_json::from_str(&manifest).map_err(|e| format!("manifest: {e}"))?;
    let pictures = ["icons", "screenshots"].map(|key| manifest[key].as_array());
    for picture in pictures.into_iter().flatten().flatten() {
        let src = picture["src"].as_str().unwrap_or_default();
        if !files.contains_key(src) {
            return Err(format!("manifest: no file {src:?}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_without_its_marks_fails_the_build() {
        assert!(fill(&mut Files::new(), "no marks", "1", false).is_err());
    }
}
