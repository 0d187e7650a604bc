//! Cuts the wasm that cargo built into the first download and the parts that the app
//! fetches when they are wanted (`ui::pages`), and makes all of it small.
//!
//! Trunk knows nothing of parts: what it put into the folder is replaced, under the
//! same names. Every name carries Trunk's hash of the whole wasm, so that no cache
//! ever mixes the parts of two releases.

use super::pack::packed_name;
use super::{Files, Outcome, at, order};
use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};
use wasm_encoder::reencode::{self, Reencode};

/// What the wasm may use: all that the browsers of the last four years know.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Classes that a dependency exports for streams, which nothing here has.
const UNUSED: &str = "intounderlying";

/// How the loader fetches a part, and takes it in.
const FETCHED: &str = "const src = fetch(";
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// What stands in their place in a release, where the part is packed: the service worker
/// keeps it unpacked; without one, a worker of the page unpacks it, aside from what is
/// tapped meanwhile.
const TAKE_IN: &str = "
async function fetchPart(packed) {
    const kept = navigator.serviceWorker?.controller
        && await fetch(packed.href.replace(/lz$/, \"wasm\")).catch(() => null);
    if (kept?.ok) return kept;
    const answer = await fetch(packed);
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    const bytes = await answer.arrayBuffer();
    return new Promise((resolve, reject) => {
        const worker = new Worker(new URL(\"./unpack.js\", import.meta.url));
        worker.onmessage = ({ data }) => {
            worker.terminate();
            resolve(new Response(data, { headers: { \"Content-Type\": \"application/wasm\" } }));
        };
        worker.onerror = (event) => {
            event.preventDefault();
            worker.terminate();
            reject(new Error(`${answer.url} could not be unpacked`));
        };
        worker.postMessage(bytes, [bytes]);
    });
}
async function takeIn(src, imports) {
    const answer = await src;
    return answer.headers.get(\"Content-Type\") === \"application/wasm\"
        ? WebAssembly.instantiateStreaming(answer, imports)
        : WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
";

/// Puts the parts in the place of what Trunk made.
pub(super) fn cut(files: &mut Files, debug: bool) -> Outcome<()> {
    let stem = stem(files)?;
    let target = target_dir();
    let profile = if debug { "debug" } else { "release" };
    let built = target
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join("footing.wasm");
    let whole = fs::read(&built).map_err(|e| at(&built, &e))?;
    let dir = target.join("finish-dist");
    if dir.exists() {
        fs::remove_dir_all(&dir).map_err(|e| at(&dir, &e))?;
    }
    let (split, out) = (dir.join("split"), dir.join("out"));
    for folder in [&split, &out] {
        fs::create_dir_all(folder).map_err(|e| at(folder, &e))?;
    }
    let link = format!("{stem}_parts.js");
    let parts = split_whole(&whole, &split, &stem, &link)?;

    // The first part gets its glue.
    let (from, to) = (text(&split.join(format!("{stem}.wasm"))), text(&out));
    let mut arguments = vec!["--target", "web", "--no-typescript", "--keep-lld-exports"];
    arguments.extend(["--out-name", &stem, "--out-dir", &to, &from]);
    arguments.push(if debug {
        "--keep-debug"
    } else {
        "--remove-producers-section"
    });
    run("wasm-bindgen", &arguments)?;
    let main = format!("{stem}_bg.wasm");
    let wasm = out.join(&main);
    let script = out.join(format!("{stem}.js"));
    let mut glue = fs::read_to_string(&script).map_err(|e| at(&script, &e))?;
    let loader = read_text(&split.join(&link))?;
    for mark in [FETCHED, STREAMED] {
        if !loader.contains(mark) {
            return Err(format!("{link} does not hold {mark}"));
        }
    }
    // The app says when a part does not arrive; a page that is left mid-fetch has nothing
    // to say at all.
    let loader = loader.replace("console.error(e);", "");
    let mut loader = loader;
    if !debug {
        loader = loader.replace(FETCHED, "const src = fetchPart(");
        loader = loader.replace(STREAMED, "takeIn(src, imports)") + TAKE_IN;
        let bytes = fs::read(&wasm).map_err(|e| at(&wasm, &e))?;
        let (bytes, short) = shorten(&bytes)?;
        fs::write(&wasm, bytes).map_err(|e| at(&wasm, &e))?;
        glue = rename(&glue, &short);
    }

    files.retain(|path, _| !path.starts_with(&stem));
    files.insert(main, finish(&wasm, debug)?);
    for part in parts {
        let name = part
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or("a part without a name")?;
        let new = format!("{stem}_{name}.wasm");
        let url = if debug {
            new.clone()
        } else {
            packed_name(&new)
        };
        let (old_url, new_url) = (format!("\"./{name}.wasm\""), format!("\"./{url}\""));
        if !loader.contains(&old_url) {
            return Err(format!("{link} does not load {name}.wasm"));
        }
        loader = loader.replace(&old_url, &new_url);
        files.insert(new, finish(&part, debug)?);
    }
    styles(files)?;
    let glue_name = format!("{stem}.js");
    if debug {
        files.insert(glue_name, glue.into());
        files.insert(link, loader.into());
        return Ok(());
    }
    // Glue and loader import each other: one file, one request.
    fs::write(&script, glue).map_err(|e| at(&script, &e))?;
    let beside = out.join(&link);
    fs::write(&beside, loader).map_err(|e| at(&beside, &e))?;
    let entry = out.join("entry.js");
    let all = format!("export {{ default, initSync }} from \"./{glue_name}\";");
    fs::write(&entry, all).map_err(|e| at(&entry, &e))?;
    let bundle = dir.join(&glue_name);
    esbuild(&entry, &bundle, &["--bundle", "--format=esm"])?;
    files.insert(glue_name, fs::read(&bundle).map_err(|e| at(&bundle, &e))?);
    for name in [
        "register.js",
        "rescue.js",
        UNPACK,
        FIRST_STYLES,
        LATER_STYLES,
    ] {
        let (from, to) = (dir.join(format!("in-{name}")), dir.join(name));
        let source = files.get(name).ok_or_else(|| format!("no {name}"))?;
        fs::write(&from, source).map_err(|e| at(&from, &e))?;
        esbuild(&from, &to, &[])?;
        files.insert(name.into(), fs::read(&to).map_err(|e| at(&to, &e))?);
    }
    Ok(())
}

/// Needed on the first visit only, by a page that no worker serves yet.
const UNPACK: &str = "unpack.js";
/// The styles of the first screen, and those that come with the first part.
const FIRST_STYLES: &str = "styles.css";
const LATER_STYLES: &str = "more.css";

/// Sections of the style sheet that the first screen needs.
const FIRST: [&str; 9] = [
    "tokens",
    "first screen (#boot)",
    "rescue page (rescue.js)",
    "the app's own",
    "frame",
    "cards and notices",
    "actions",
    "today",
    "emergency",
];
/// What holds for all of them and therefore has to come last.
const LAST: &str = "sizes and settings";

/// Cuts the style sheet at its headings, `/* ---- name */`.
fn styles(files: &mut Files) -> Outcome<()> {
    let sheet = files.get(FIRST_STYLES).ok_or("no style sheet")?;
    let sheet = String::from_utf8_lossy(sheet).into_owned();
    let mut known = 0;
    let [mut first, mut later] = [String::new(), String::new()];
    for section in sheet.split("/* ---").skip(1) {
        let heading = section.lines().next().unwrap_or_default();
        let heading = heading
            .trim_start_matches('-')
            .trim_end_matches("*/")
            .trim();
        let (begins, ends) = (FIRST.contains(&heading), heading == LAST);
        known += usize::from(begins || ends);
        for (sheet, wanted) in [(&mut first, begins || ends), (&mut later, !begins)] {
            if wanted {
                sheet.extend(["/* ---", section]);
            }
        }
    }
    if known != FIRST.len() + 1 || !later.contains(LAST) {
        return Err(format!(
            "{FIRST_STYLES} should hold the sections {FIRST:?} and {LAST:?}"
        ));
    }
    files.insert(FIRST_STYLES.into(), first.into());
    files.insert(LATER_STYLES.into(), later.into());
    Ok(())
}

/// Whether a file holds a part that is not needed for the first screen.
pub(super) fn is_later(path: &str) -> bool {
    path == LATER_STYLES || path == UNPACK || is_later_wasm(path)
}

/// Whether a file is wasm that is not needed for the first screen.
pub(super) fn is_later_wasm(path: &str) -> bool {
    path.strip_suffix(".wasm")
        .is_some_and(|name| !name.ends_with("_bg"))
}

/// What Trunk named its wasm, without `_bg.wasm`.
fn stem(files: &Files) -> Outcome<String> {
    let mut found = files
        .keys()
        .filter_map(|path| path.strip_suffix("_bg.wasm"));
    match (found.next(), found.next()) {
        (Some(stem), None) => Ok(stem.to_owned()),
        _ => Err("Trunk should have left one file *_bg.wasm".into()),
    }
}

fn target_dir() -> PathBuf {
    let source = env::var_os("TRUNK_SOURCE_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => source.join(dir),
        None => source.join("target"),
    }
}

fn split_whole(whole: &[u8], dir: &Path, stem: &str, link: &str) -> Outcome<Vec<PathBuf>> {
    let main = dir.join(format!("{stem}.wasm"));
    let (link, glue) = (format!("./{link}"), format!("./{stem}.js"));
    let mut options = wasm_split_cli_support::Options::new(whole);
    options.output_dir = dir;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &glue;
    let cut = wasm_split_cli_support::transform(options).map_err(|e| format!("split: {e:?}"))?;
    Ok(cut.split_modules)
}

/// One wasm file, optimized for size in a release.
fn finish(path: &Path, debug: bool) -> Outcome<Vec<u8>> {
    if debug {
        return fs::read(path).map_err(|e| at(path, &e));
    }
    let small = path.with_extension("small");
    let mut arguments = vec!["-Oz", "--strip-debug", "--strip-producers"];
    // Inlining what has one caller costs more than it saves, once it is compressed.
    arguments.extend(["--one-caller-inline-max-function-size", "20"]);
    // So does naming what is computed twice.
    arguments.push("--skip-pass=local-cse");
    // Nothing lives below address 1024: the stack's far end is there.
    arguments.push("--low-memory-unused");
    arguments.extend(FEATURES);
    let (from, to) = (text(path), text(&small));
    arguments.extend([from.as_str(), "-o", &to]);
    run("wasm-opt", &arguments)?;
    let small = fs::read(&small).map_err(|e| at(&small, &e))?;
    order::alike(&small)
}

fn esbuild(from: &Path, to: &Path, more: &[&str]) -> Outcome<()> {
    let (from, to) = (text(from), format!("--outfile={}", text(to)));
    let mut arguments = vec![from.as_str(), &to, "--minify", "--charset=utf8"];
    arguments.extend(["--legal-comments=none", "--log-level=warning"]);
    arguments.extend(more);
    run("esbuild", &arguments)
}

fn run(tool: &str, arguments: &[&str]) -> Outcome<()> {
    let done = Command::new(tool)
        .args(arguments)
        .output()
        .map_err(|e| format!("{tool}: {e}; `make tools` installs it"))?;
    if done.status.success() {
        Ok(())
    } else {
        Err(format!("{tool}: {}", String::from_utf8_lossy(&done.stderr)))
    }
}

fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|e| at(path, &e))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Gives the functions that the wasm imports from its glue names of two or three
/// letters (their long ones, each with a hash, are 7 kB of the download), and takes
/// back the exports that nothing uses, so that wasm-opt can drop what is behind them.
fn shorten(wasm: &[u8]) -> Outcome<(Vec<u8>, HashMap<String, String>)> {
    let mut pass = Shorten::default();
    let mut module = wasm_encoder::Module::new();
    pass.parse_core_module(&mut module, wasmparser::Parser::new(0), wasm)
        .map_err(|e| format!("shorten: {e:?}"))?;
    Ok((module.finish(), pass.names))
}

#[derive(Default)]
struct Shorten {
    names: HashMap<String, String>,
}

impl Reencode for Shorten {
    type Error = std::convert::Infallible;

    fn parse_imports(
        &mut self,
        section: &mut wasm_encoder::ImportSection,
        imports: wasmparser::Imports<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        let wasmparser::Imports::Single(at, import) = imports else {
            return reencode::utils::parse_imports(self, section, imports);
        };
        let next = self.names.len();
        let name = if import.name.starts_with("__wb") {
            self.names
                .entry(import.name.to_owned())
                .or_insert_with(|| format!("_{}", base36(next)))
                .clone()
        } else {
            import.name.to_owned()
        };
        let renamed = wasmparser::Import {
            name: &name,
            ..import
        };
        reencode::utils::parse_imports(self, section, wasmparser::Imports::Single(at, renamed))
    }

    fn parse_export(
        &mut self,
        exports: &mut wasm_encoder::ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), reencode::Error<Self::Error>> {
        if export.name.contains(UNUSED) {
            return Ok(());
        }
        reencode::utils::parse_export(self, exports, export)
    }
}

fn base36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
        number /= 36;
        if number == 0 {
            return digits.iter().rev().map(|b| char::from(*b)).collect();
        }
    }
}

/// Replaces whole names in the glue.
fn rename(glue: &str, names: &HashMap<String, String>) -> String {
    let mut renamed = String::with_capacity(glue.len());
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = glue;
    while let Some(start) = rest.find(in_name) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !in_name(c)).unwrap_or(from.len());
        let (name, after) = from.split_at(end);
        renamed.push_str(before);
        renamed.push_str(names.get(name).map_or(name, String::as_str));
        rest = after;
    }
    renamed.push_str(rest);
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_is_cut_at_its_headings() {
        let section = |name: &str| format!("/* ------- {name} */\n.{}{{}}\n", name.len());
        let sheet: String = FIRST
            .iter()
            .chain(&["live", LAST])
            .map(|name| section(name))
            .collect();
        let mut files = Files::from([(FIRST_STYLES.to_owned(), sheet.into_bytes())]);
        styles(&mut files).expect("every section is there");
        let text = |name: &str| String::from_utf8_lossy(&files[name]).into_owned();
        assert_eq!(text(LATER_STYLES), section("live") + &section(LAST));
        assert!(!text(FIRST_STYLES).contains("live"));
        assert!(text(FIRST_STYLES).ends_with(&section(LAST)));
        assert!(
            styles(&mut files).is_ok_and(|()| true),
            "cut again, the first stays"
        );
        files.insert(FIRST_STYLES.into(), section("frame").into_bytes());
        assert!(styles(&mut files).is_err());
    }

    #[test]
    fn only_whole_names_are_replaced() {
        let names = HashMap::from([("__wbg_a".to_owned(), "_0".to_owned())]);
        assert_eq!(
            rename("x={__wbg_a:1,__wbg_ab:2,$__wbg_a:3};y.__wbg_a", &names),
            "x={_0:1,__wbg_ab:2,$__wbg_a:3};y._0"
        );
    }

    #[test]
    fn names_are_counted() {
        assert_eq!([0, 35, 36, 1296].map(base36), ["0", "z", "10", "100"]);
    }
}
