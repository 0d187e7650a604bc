//! Turns the English words into what the wasm reads: sorted lines of key, tab, text,
//! in two parts. What Today and the frame need is in the first download; the rest
//! comes with the screens that are fetched when needed.

use std::{collections::BTreeMap, env, error::Error, fs, path::Path};

const WORDS: &str = "public/locales/en.json";

/// The views that the first download holds: the keys that they name are in its part.
const FIRST: [&str; 6] = [
    "src/ui/app.rs",
    "src/ui/router.rs",
    "src/ui/widgets/controls.rs",
    "src/ui/text/reasons.rs",
    "src/ui/screens/today/mod.rs",
    "src/ui/screens/setup/welcome.rs",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={WORDS}");
    let words: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(WORDS)?)?;
    let mut views = String::new();
    for file in FIRST {
        println!("cargo::rerun-if-changed={file}");
        views.push_str(&fs::read_to_string(file)?);
    }
    let [mut first, mut rest] = [String::new(), String::new()];
    for (key, text) in words {
        if text.contains(['\t', '\n']) {
            return Err(format!("{WORDS}: {key} holds a tab or a line break").into());
        }
        let part = if named(&views, &key) {
            &mut first
        } else {
            &mut rest
        };
        part.extend([&key, "\t", &text, "\n"]);
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("first.txt"), first)?;
    fs::write(Path::new(&out).join("rest.txt"), rest)?;
    Ok(())
}

/// Whether a view names the key, or the beginning that a stored key completes, or the
/// key whose plural form it is.
fn named(views: &str, key: &str) -> bool {
    let quoted = |text: &str| views.contains(&format!("\"{text}\""));
    let plural = ["_one", "_other"]
        .iter()
        .filter_map(|form| key.strip_suffix(form));
    quoted(key)
        || plural.into_iter().any(quoted)
        || key
            .match_indices(['.', '_'])
            .filter(|(at, _)| key[..=*at].contains('.'))
            .any(|(at, _)| quoted(&key[..=at]))
}
