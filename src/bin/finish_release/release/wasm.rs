//! The wasm that cargo built: cut in two where `ui::router` names the second part, given
//! its script, and made small. Trunk knows nothing of parts: what it put into the folder
//! is replaced.

use super::small::esbuild;
use super::{Files, Outcome, PAGE, at, run, scratch_dir, source_dir, target_dir, text};
use std::{fs, path::Path};

/// What the wasm may use: all that the browsers of the last four years know.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How the first part is made small: three kilobytes less than by `-Oz` alone. Sorting its
/// functions, or merging those that are alike, makes it larger after gzip.
const SMALL: [&str; 5] = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];
/// How the late part is: functions that are nearly alike are merged, and those that are
/// called most get the short numbers. A hundredth less than by `-Oz` alone.
const SMALLER: [&str; 8] = [
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--merge-similar-functions",
    "-Oz",
    "--reorder-functions",
];

/// The first part, as the page links it.
pub(super) const FIRST: &str = "footing.wasm";
/// The script that starts it.
pub(super) const SCRIPT: &str = "footing.js";

/// What the shell has done in JavaScript: for its speed, or since it has to hear a tap before
/// the app does.
const SCRIPTS: [&str; 2] = ["stored.js", "double_tap.js"];
const SCRIPTS_DIR: &str = "src/shell";

/// Starts the first part and says so, or lets the rescue page say that it cannot
/// (`public/rescue.js` hears of every failure that nobody catches).
const START: &str = "import \"./stored.js\";
import \"./double_tap.js\";
import start from \"./glue.js\";
start({ module_or_path: \"./footing.wasm\" })
    .then(() => dispatchEvent(new Event(\"TrunkApplicationStarted\")));";

/// Puts both parts and their script in the place of what Trunk made.
pub(super) fn build(files: &mut Files, debug: bool) -> Outcome<()> {
    let profile = if debug { "debug" } else { "release" };
    let built = target_dir()
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join("footing.wasm");
    let whole = fs::read(&built).map_err(|e| at(&built, &e))?;
    let dir = scratch_dir("wasm")?;

    // 1. Two parts, and a script that loads the second.
    let main = dir.join("whole-first.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = &dir;
    options.main_out_path = &main;
    options.main_module = "./glue.js";
    options.link_name = "./parts.js";
    let cut = wasm_split_cli_support::transform(options).map_err(|e| format!("split: {e:?}"))?;

    // 2. The glue of the first.
    let (out, from) = (dir.to_string_lossy(), main.to_string_lossy());
    let mut arguments = vec!["--target", "web", "--no-typescript", "--keep-lld-exports"];
    arguments.extend(["--out-name", "glue", "--out-dir", &out, &from]);
    arguments.push(if debug {
        "--keep-debug"
    } else {
        "--remove-producers-section"
    });
    run("wasm-bindgen", &arguments)?;

    // 3. One classic script of all that: Chromium keeps the compiled code of those that a
    //    worker stored at its install, and not that of modules.
    for name in SCRIPTS {
        let script = source_dir().join(SCRIPTS_DIR).join(name);
        fs::copy(&script, dir.join(name)).map_err(|e| at(&script, &e))?;
    }
    let entry = dir.join("start.js");
    fs::write(&entry, START).map_err(|e| at(&entry, &e))?;
    let script = dir.join(SCRIPT);
    let mut arguments = vec![
        "--bundle",
        "--format=iife",
        "--define:import.meta.url=document.baseURI",
    ];
    if !debug {
        // A page that is left while it fetches has nothing to say.
        arguments.extend(["--minify", "--drop:console"]);
    }
    esbuild(&entry, &script, &arguments)?;

    // 4. In the place of Trunk's.
    let stem = trunks_stem(files)?;
    let page = text(files, PAGE)?
        .replace(&format!("\"./{stem}_bg.wasm\""), &format!("\"./{FIRST}\""))
        .replace(&format!("\"./{stem}.js\""), &format!("\"./{SCRIPT}\""));
    files.retain(|path, _| !path.starts_with(&stem));
    files.insert(PAGE.into(), page.into());
    files.insert(
        SCRIPT.into(),
        fs::read(&script).map_err(|e| at(&script, &e))?,
    );
    files.insert(
        FIRST.into(),
        optimize(&dir.join("glue_bg.wasm"), &SMALL, debug)?,
    );
    for part in cut.split_modules {
        let name = part.file_name().ok_or("a part without a name")?;
        let name = name.to_string_lossy().into_owned();
        files.insert(name, optimize(&part, &SMALLER, debug)?);
    }
    Ok(())
}

/// What Trunk named its wasm, without `_bg.wasm`.
fn trunks_stem(files: &Files) -> Outcome<String> {
    let mut found = files
        .keys()
        .filter_map(|path| path.strip_suffix("_bg.wasm"));
    match (found.next(), found.next()) {
        (Some(stem), None) => Ok(stem.to_owned()),
        _ => Err("Trunk should have left one file *_bg.wasm".into()),
    }
}

/// One part, optimized for size in a release.
fn optimize(path: &Path, how: &[&str], debug: bool) -> Outcome<Vec<u8>> {
    if debug {
        return fs::read(path).map_err(|e| at(path, &e));
    }
    let small = path.with_extension("small");
    let (from, to) = (path.to_string_lossy(), small.to_string_lossy());
    let mut arguments = how.to_vec();
    arguments.extend(["--strip-debug", "--strip-producers"]);
    arguments.extend(FEATURES);
    arguments.extend([&*from, "-o", &to]);
    run("wasm-opt", &arguments)?;
    fs::read(&small).map_err(|e| at(&small, &e))
}
