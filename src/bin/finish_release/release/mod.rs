//! The steps, and what they share.

mod languages;
mod names;
mod page;
mod sizes;
mod small;
mod wasm;
mod worker;

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The release's files by their paths, with `/` between folders.
type Files = BTreeMap<String, Vec<u8>>;
/// What a step gives, or why the build fails.
type Outcome<T> = Result<T, String>;

const PAGE: &str = "index.html";
const WORKER: &str = "sw.js";

/// What a release is made of. Anything else was left behind by mistake.
const KINDS: [&str; 8] = [
    "html",
    "js",
    "wasm",
    "css",
    "json",
    "svg",
    "png",
    "webmanifest",
];

/// Finishes the folder that Trunk or the command line names; gives back a table of sizes.
pub(super) fn finish() -> Outcome<String> {
    let by_hand = env::args_os().nth(1);
    let fresh = by_hand.is_none();
    let dir: PathBuf = by_hand
        .or_else(|| env::var_os("TRUNK_STAGING_DIR"))
        .ok_or("name the folder to finish, or run it from Trunk")?
        .into();
    let debug = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug");
    // The template, not the copy in the folder, which may be filled in.
    let template = read_text(&source_dir().join("public").join(WORKER))?;

    let mut files = Files::new();
    read(&dir, &dir, &mut files)?;
    let before: Vec<String> = files.keys().cloned().collect();
    if fresh {
        wasm::build(&mut files, debug)?;
        languages::complete(&mut files)?;
        languages::pack(&mut files)?;
        if !debug {
            small::shrink(&mut files)?;
        }
        page::put_inline(&mut files, debug)?;
    }
    let report = complete(&mut files, &template, debug)?;
    for gone in before.iter().filter(|path| !files.contains_key(*path)) {
        let path = dir.join(gone);
        fs::remove_file(&path).map_err(|e| at(&path, &e))?;
    }
    for (path, bytes) in &files {
        let path = dir.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| at(folder, &e))?;
        }
        fs::write(&path, bytes).map_err(|e| at(&path, &e))?;
    }
    Ok(report)
}

/// What can be done again to a finished folder that was edited.
fn complete(files: &mut Files, template: &str, debug: bool) -> Outcome<String> {
    check_kinds(files)?;
    if debug {
        page::fill(files, &names::plain(files), true)?;
        worker::fill(files, template, page::DEBUG_VERSION, true)?;
        return Ok(String::new());
    }
    let names = names::hash(files)?;
    page::fill(files, &names, false)?;
    worker::check_manifest(files)?;
    let version = worker::version(files, template);
    page::set_version(files, &version)?;
    worker::fill(files, template, &version, false)?;
    sizes::check(files)
}

fn check_kinds(files: &Files) -> Outcome<()> {
    let stray = files.keys().find(|path| {
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        hidden || !kind(path).is_some_and(|kind| KINDS.contains(&kind))
    });
    stray.map_or(Ok(()), |path| {
        Err(format!("{path} is no part of a release: list its kind"))
    })
}

/// The ending of a file's name.
fn kind(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(_, kind)| kind)
}

fn text(files: &Files, path: &str) -> Outcome<String> {
    let bytes = files.get(path).ok_or_else(|| format!("no {path}"))?;
    String::from_utf8(bytes.clone()).map_err(|e| format!("{path}: {e}"))
}

/// Everything below `dir`, by its path from `root`.
fn read(root: &Path, dir: &Path, files: &mut Files) -> Outcome<()> {
    for entry in fs::read_dir(dir).map_err(|e| at(dir, &e))? {
        let path = entry.map_err(|e| at(dir, &e))?.path();
        if path.is_dir() {
            read(root, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        files.insert(name, fs::read(&path).map_err(|e| at(&path, &e))?);
    }
    Ok(())
}

fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|e| at(path, &e))
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

fn source_dir() -> PathBuf {
    env::var_os("TRUNK_SOURCE_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

fn target_dir() -> PathBuf {
    let dir = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    source_dir().join(dir)
}

/// An empty folder for a step to work in.
fn scratch_dir(step: &str) -> Outcome<PathBuf> {
    let dir = target_dir().join("finish-release").join(step);
    if dir.exists() {
        fs::remove_dir_all(&dir).map_err(|e| at(&dir, &e))?;
    }
    fs::create_dir_all(&dir).map_err(|e| at(&dir, &e))?;
    Ok(dir)
}

/// Runs one of the tools that `make tools` installs.
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

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"\">\
        <meta name=\"footing-version\" content=\"\"><script id=\"release\"></script>\
        <p data-word=\"a\"></p><script type=\"application/json\" id=\"words\"></script>\
        <script>one()</script><link href=\"./styles.css\"><script src=\"./a.js\" defer></script>";
    const TEMPLATE: &str = "V=\"__VERSION__\" F=[/*__FILES__*/] U=[/*__UNLISTED__*/]";

    fn files() -> Files {
        [
            (PAGE, HTML),
            ("a.js", "load(\"./later.wasm\")"),
            ("later.wasm", "w"),
            ("styles.css", "s"),
            (
                "locales/en.json",
                "{\"language.name\":\"English\",\"a\":\"A\"}",
            ),
            (WORKER, TEMPLATE),
            ("screenshots/today.png", ""),
            (
                "manifest.webmanifest",
                r#"{"screenshots":[{"src":"screenshots/today.png"}]}"#,
            ),
        ]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into()
    }

    fn completed() -> Files {
        let mut files = files();
        complete(&mut files, TEMPLATE, false).expect("completes");
        files
    }

    fn named<'a>(files: &'a Files, plain: &str) -> &'a str {
        let found = files.keys().find(|path| names::without_hash(path) == plain);
        found.expect("a file of that name")
    }

    #[test]
    fn lists_everything_but_the_named_exceptions() {
        let files = completed();
        let worker = text(&files, WORKER).expect("a worker");
        for plain in ["a.js", "later.wasm", "styles.css", "locales/en.json"] {
            let name = named(&files, plain);
            assert_ne!(name, plain);
            assert!(
                worker.contains(&format!("[\"{name}\", \"sha256-")),
                "{plain}"
            );
        }
        let page = worker::integrity(&files[PAGE]);
        assert!(worker.contains(&format!("[\"./\", \"{page}\"]")));
        assert!(!worker.contains("\"index.html\""));
        let (list, unlisted) = worker.split_once("] U=").expect("both");
        assert!(!list.contains("sw.js") && !list.contains("today.png"));
        assert!(unlisted.contains("\"sw.js\""));
    }

    #[test]
    fn what_names_a_file_names_it_by_its_new_name() {
        let files = completed();
        let page = text(&files, PAGE).expect("a page");
        let script = text(&files, named(&files, "a.js")).expect("a script");
        assert!(script.contains(&format!("\"./{}\"", named(&files, "later.wasm"))));
        for plain in ["a.js", "styles.css"] {
            let link = format!("\"./{}\"", named(&files, plain));
            assert!(page.contains(&link), "{page}");
        }
        let words = named(&files, "locales/en.json");
        assert!(page.contains(&format!("\"locales/en.json\":\"{words}\"")));
        assert!(page.contains("{\"en\":\"English\"}"), "{page}");
    }

    #[test]
    fn names_and_version_follow_the_contents_and_twice_is_once() {
        let one = completed();
        let mut again = one.clone();
        complete(&mut again, TEMPLATE, false).expect("completes");
        assert_eq!(again, one);

        // A part that changed is another file, and so is what names it.
        let mut other = files();
        other.insert("later.wasm".into(), b"x".to_vec());
        complete(&mut other, TEMPLATE, false).expect("completes");
        for plain in ["later.wasm", "a.js"] {
            assert_ne!(named(&other, plain), named(&one, plain));
        }
        assert_eq!(named(&other, "styles.css"), named(&one, "styles.css"));
        assert_ne!(other[WORKER], one[WORKER]);
        // The same change to the finished folder gives the same release.
        let mut edited = one.clone();
        let part = named(&one, "later.wasm").to_owned();
        edited.insert(part, b"x".to_vec());
        complete(&mut edited, TEMPLATE, false).expect("completes");
        assert_eq!(edited, other);
    }

    #[test]
    fn a_debug_build_lists_nothing() {
        let mut files = files();
        complete(&mut files, TEMPLATE, true).expect("completes");
        let worker = text(&files, WORKER).expect("a worker");
        assert_eq!(worker, "V=\"dev\" F=[] U=[]");
        let page = text(&files, PAGE).expect("a page");
        assert!(page.contains("name=\"footing-version\" content=\"dev\""));
        assert!(page.contains("\"locales/en.json\":\"locales/en.json\""));
    }

    #[test]
    fn strays_and_missing_pictures_fail_the_build() {
        for stray in [
            "notes.md",
            ".DS_Store",
            "icons/.x.png",
            "screenshots/old.png",
        ] {
            let mut files = files();
            files.insert(stray.into(), Vec::new());
            let fault = complete(&mut files, TEMPLATE, false).expect_err("a fault");
            assert!(fault.contains(stray), "{fault}");
        }
        let mut files = files();
        files.remove("screenshots/today.png");
        assert!(complete(&mut files, TEMPLATE, false).is_err());
    }
}
