//! Scripts and styles without comments and blanks.

use super::{Files, Outcome, WORKER, at, kind, run, scratch_dir};
use std::{fs, path::Path};

/// Makes every script and style sheet small, but the worker, which is filled in later.
pub(super) fn shrink(files: &mut Files) -> Outcome<()> {
    let dir = scratch_dir("small")?;
    for (path, bytes) in files.iter_mut() {
        if path == WORKER || !matches!(kind(path), Some("js" | "css")) {
            continue;
        }
        let name = path.replace('/', "-");
        let (from, to) = (dir.join(format!("in-{name}")), dir.join(name));
        fs::write(&from, &*bytes).map_err(|e| at(&from, &e))?;
        esbuild(&from, &to, &["--minify"])?;
        *bytes = fs::read(&to).map_err(|e| at(&to, &e))?;
    }
    Ok(())
}

/// Runs esbuild on one file.
pub(super) fn esbuild(from: &Path, to: &Path, more: &[&str]) -> Outcome<()> {
    let (from, to) = (from.to_string_lossy(), to.to_string_lossy());
    let to = format!("--outfile={to}");
    let mut arguments = vec![&*from, &to, "--charset=utf8"];
    arguments.extend(["--legal-comments=none", "--log-level=warning"]);
    arguments.extend(more);
    run("esbuild", &arguments)
}
