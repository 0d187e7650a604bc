//! Finishes a build: what Trunk cannot know before every file is there.
//!
//! Trunk runs it as its `post_build` hook over the staging folder. By hand it
//! takes a finished (and perhaps edited) folder as its argument, and does all but the
//! first: `cargo run --bin finish-dist -- dist`.
//!
//! 1. The wasm is cut in two, scripts, styles and words are made small, and what comes
//!    after the first screen is packed.
//! 2. The hashes of the page's inline scripts go into its CSP.
//! 3. Every file's contents are hashed, since Trunk's file names are not enough:
//!    they hash the wasm before wasm-bindgen and wasm-opt have changed it.
//! 4. List and version go into the service worker, the version into the page.
//!
//! It fails the build when a file is of no known kind, when something the
//! manifest names is missing, or when the release has grown too big.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match native::run() {
        Ok(report) => {
            print!("{report}");
            std::process::ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("finish-dist: {fault}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod languages;
#[cfg(not(target_arch = "wasm32"))]
mod order;
#[cfg(not(target_arch = "wasm32"))]
mod pack;
#[cfg(not(target_arch = "wasm32"))]
mod parts;

#[cfg(not(target_arch = "wasm32"))]
use native::{Files, Outcome, at};

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::{languages, pack, parts};
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use flate2::{Compression, write::GzEncoder};
    use sha2::{Digest as _, Sha256};
    use std::{
        collections::BTreeMap,
        env,
        fmt::Write as _,
        fs,
        io::Write as _,
        path::{Path, PathBuf},
    };

    /// In the folder but not in the precache list, each for a reason.
    const UNLISTED: [&str; 3] = [
        "sw.js",                 // the browser keeps and checks the worker itself
        "screenshots/today.png", // shown by the browser's install dialog only
        "screenshots/live.png",
    ];

    /// What a release is made of. Anything else was left behind by mistake.
    const KINDS: [&str; 10] = [
        "html",
        "js",
        "wasm",
        "lz",
        "css",
        "json",
        "txt",
        "svg",
        "png",
        "webmanifest",
    ];

    /// Limits in bytes after gzip: until Today (or the welcome) is usable, and all told.
    const FIRST_LIMIT: usize = 200_000;
    const WHOLE_LIMIT: usize = 700_000;

    const PAGE: &str = "index.html";
    /// What the worker unpacks with; it holds a copy, so that it is one file.
    const UNPACK: &str = "unpack.js";
    const CSP: &str = "http-equiv=\"Content-Security-Policy\"";
    const VERSION: &str = "name=\"footing-version\"";

    pub(super) type Files = BTreeMap<String, Vec<u8>>;
    pub(super) type Outcome<T> = Result<T, String>;

    pub(super) fn run() -> Outcome<String> {
        let by_hand = env::args_os().nth(1);
        let fresh = by_hand.is_none();
        let dir: PathBuf = by_hand
            .or_else(|| env::var_os("TRUNK_STAGING_DIR"))
            .ok_or("name the folder to finish, or run it from Trunk")?
            .into();
        // The template, not the copy in the folder, which may be filled in.
        let template = env::var_os("TRUNK_SOURCE_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
            .join("public/sw.js");
        let template = fs::read_to_string(&template).map_err(|e| at(&template, &e))?;
        let debug = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug");

        let mut files = Files::new();
        read(&dir, &dir, &mut files)?;
        let before: Vec<String> = files.keys().cloned().collect();
        if fresh {
            parts::cut(&mut files, debug)?;
            languages::pack(&mut files)?;
            if !debug {
                pack::later(&mut files)?;
            }
        }
        for gone in before.iter().filter(|path| !files.contains_key(*path)) {
            let path = dir.join(gone);
            fs::remove_file(&path).map_err(|e| at(&path, &e))?;
        }
        let worker = finish(&mut files, &template, debug)?;
        for (path, bytes) in &files {
            write(&dir, path, bytes)?;
        }
        write(&dir, "sw.js", worker.as_bytes())?;
        if debug {
            return Ok(String::new());
        }
        report(&files)
    }

    /// Fills in the page, and gives back the service worker.
    fn finish(files: &mut Files, template: &str, debug: bool) -> Outcome<String> {
        check_kinds(files)?;
        let unpack = text(files, UNPACK)?;
        let page = text(files, PAGE)?;
        let page = set_content(&page, CSP, &policy(&page, debug)?)?;
        if debug {
            // Nothing listed, nothing registered: `trunk serve` shows what is there.
            files.insert(PAGE.into(), set_content(&page, VERSION, "dev")?.into());
            return fill_in(template, "dev", "", "", &unpack);
        }
        check_manifest(files)?;

        // The version stands in the page and the page counts for the version:
        // it counts with an empty one.
        let blank = set_content(&page, VERSION, "")?;
        files.insert(PAGE.into(), blank.into());
        let version = version(files, template);
        let page = set_content(&page, VERSION, &version)?;
        files.insert(PAGE.into(), page.into());

        let list = listed(files)
            .map(|(path, bytes)| format!("\n  [{:?}, {:?}]", address(path), integrity(bytes)))
            .collect::<Vec<_>>()
            .join(",");
        let unlisted = UNLISTED.map(|path| format!("{path:?}")).join(", ");
        fill_in(template, &version, &format!("{list}\n"), &unlisted, &unpack)
    }

    fn listed(files: &Files) -> impl Iterator<Item = (&str, &[u8])> {
        files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
            .filter(|(path, _)| !UNLISTED.contains(path))
    }

    /// Hosts answer `./` and may redirect `index.html`.
    fn address(path: &str) -> &str {
        if path == PAGE { "./" } else { path }
    }

    fn integrity(bytes: &[u8]) -> String {
        format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
    }

    /// Over names and contents of everything listed, and the worker's own code.
    fn version(files: &Files, template: &str) -> String {
        let mut hash = Sha256::new();
        for (path, bytes) in listed(files) {
            hash.update(path);
            hash.update([0]);
            hash.update(Sha256::digest(bytes));
        }
        hash.update(template);
        hash.finalize()
            .iter()
            .take(6)
            .fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            })
    }

    fn fill_in(
        template: &str,
        version: &str,
        list: &str,
        unlisted: &str,
        unpack: &str,
    ) -> Outcome<String> {
        let mut worker = template.to_owned();
        for (mark, value) in [
            ("__VERSION__", version),
            ("/*__FILES__*/", list),
            ("/*__UNLISTED__*/", unlisted),
            ("/*__UNPACK__*/", unpack),
        ] {
            if worker.matches(mark).count() != 1 {
                return Err(format!("public/sw.js must hold {mark} exactly once"));
            }
            worker = worker.replace(mark, value);
        }
        Ok(worker)
    }

    /// The content security policy for this page.
    fn policy(page: &str, debug: bool) -> Outcome<String> {
        for inline in ["<style", " style=\"", " onclick=\"", "javascript:"] {
            if page.contains(inline) {
                return Err(format!(
                    "{PAGE}: `{inline}` is refused by the content security policy"
                ));
            }
        }
        // `trunk serve` rewrites its reload script after this hook and listens
        // on a web socket.
        let (scripts, sockets) = if debug {
            (" 'unsafe-inline'".to_owned(), " ws: wss:")
        } else {
            let hashes = inline_scripts(page).map(|script| format!(" '{}'", integrity(script)));
            (hashes.collect(), "")
        };
        Ok(format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
             img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'{sockets}; \
             worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; \
             form-action 'none'"
        ))
    }

    /// The bytes between the tags of each script that has no `src`.
    fn inline_scripts(page: &str) -> impl Iterator<Item = &[u8]> {
        page.split("<script").skip(1).filter_map(|rest| {
            let (attributes, rest) = rest.split_once('>')?;
            let (script, _) = rest.split_once("</script")?;
            (!attributes.contains("src=")).then_some(script.as_bytes())
        })
    }

    /// Sets the `content` of the one `<meta>` that carries `mark`.
    fn set_content(page: &str, mark: &str, value: &str) -> Outcome<String> {
        let fault = || format!("{PAGE} needs one <meta {mark} content=\"\">");
        let (before, after) = page.split_once(mark).ok_or_else(fault)?;
        let after = after.strip_prefix(" content=\"").ok_or_else(fault)?;
        let (_, after) = after.split_once('"').ok_or_else(fault)?;
        if value.contains('"') || after.contains(mark) {
            return Err(fault());
        }
        Ok(format!("{before}{mark} content=\"{value}\"{after}"))
    }

    fn kind(path: &str) -> Option<&str> {
        path.rsplit_once('.').map(|(_, kind)| kind)
    }

    fn check_kinds(files: &Files) -> Outcome<()> {
        let stray = files.keys().find(|path| {
            let hidden = path.split('/').any(|part| part.starts_with('.'));
            hidden || !kind(path).is_some_and(|kind| KINDS.contains(&kind))
        });
        if let Some(path) = stray {
            return Err(format!("{path} is no part of a release: list its kind"));
        }
        let unnamed = files
            .keys()
            .find(|path| path.starts_with("screenshots/") && !UNLISTED.contains(&path.as_str()));
        match unnamed {
            Some(path) => Err(format!("{path} must be named in UNLISTED")),
            None => Ok(()),
        }
    }

    /// Every picture that the manifest names is there.
    fn check_manifest(files: &Files) -> Outcome<()> {
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

    /// What a visitor downloads, and whether that is still small.
    fn report(files: &Files) -> Outcome<String> {
        let first = |path: &str| {
            matches!(kind(path), Some("html" | "js" | "wasm" | "css")) && !parts::is_later(path)
        };
        let mut table = String::new();
        let mut row = |what: &str, raw: usize, gz: usize| {
            let _ = writeln!(table, "{what:<46} {raw:>9} {gz:>9}");
        };
        let [mut first_gz, mut first_raw, mut whole_gz, mut whole_raw] = [0; 4];
        for (path, bytes) in listed(files) {
            let gz = gzipped(bytes)?;
            whole_raw += bytes.len();
            whole_gz += gz;
            if first(path) {
                first_raw += bytes.len();
                first_gz += gz;
                row(path, bytes.len(), gz);
            }
        }
        row("until Today is usable", first_raw, first_gz);
        row("everything kept on the phone", whole_raw, whole_gz);
        let table = format!("{:<46} {:>9} {:>9}\n{table}", "bytes", "raw", "gzip -9");
        for (what, size, limit) in [
            ("until Today is usable", first_gz, FIRST_LIMIT),
            ("kept on the phone", whole_gz, WHOLE_LIMIT),
        ] {
            if size > limit {
                return Err(format!("{table}{what}: {size} bytes are over {limit}"));
            }
        }
        Ok(table)
    }

    fn gzipped(bytes: &[u8]) -> Outcome<usize> {
        let mut gz = GzEncoder::new(Vec::new(), Compression::best());
        gz.write_all(bytes).map_err(|e| e.to_string())?;
        Ok(gz.finish().map_err(|e| e.to_string())?.len())
    }

    fn text(files: &Files, path: &str) -> Outcome<String> {
        let bytes = files.get(path).ok_or_else(|| format!("no {path}"))?;
        String::from_utf8(bytes.clone()).map_err(|e| format!("{path}: {e}"))
    }

    /// Everything below `dir`, by its path from `root` with `/`.
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

    fn write(dir: &Path, name: &str, bytes: &[u8]) -> Outcome<()> {
        let path = dir.join(name);
        fs::write(&path, bytes).map_err(|e| at(&path, &e))
    }

    pub(super) fn at(path: &Path, error: &std::io::Error) -> String {
        format!("{}: {error}", path.display())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        const HTML: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"\">\
            <meta name=\"footing-version\" content=\"\"><script>one()</script>\
            <script src=\"./a.js\" defer></script><script type=\"module\">two()</script>";
        const TEMPLATE: &str =
            "V=\"__VERSION__\" F=[/*__FILES__*/] U=[/*__UNLISTED__*/]/*__UNPACK__*/";

        fn files() -> Files {
            [
                (PAGE, HTML),
                ("a.js", "a"),
                ("unpack.js", ";u"),
                ("sw.js", TEMPLATE),
                ("screenshots/today.png", ""),
                (
                    "manifest.webmanifest",
                    r#"{"screenshots":[{"src":"screenshots/today.png"}]}"#,
                ),
            ]
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .into()
        }

        fn finished(files: &mut Files) -> (String, String) {
            let worker = finish(files, TEMPLATE, false).expect("finishes");
            (worker, text(files, PAGE).expect("a page"))
        }

        #[test]
        fn hashes_inline_scripts_only() {
            let scripts: Vec<_> = inline_scripts(HTML).collect();
            assert_eq!(scripts, [b"one()", b"two()"]);
            let policy = policy(HTML, false).expect("a policy");
            // echo -n 'one()' | openssl dgst -sha256 -binary | base64
            assert!(
                policy.contains("'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"),
                "{policy}"
            );
            assert_eq!(policy.matches("'sha256-").count(), 2);
        }

        #[test]
        fn inline_styles_fail_the_build() {
            assert!(policy("<p style=\"color:red\">", false).is_err());
        }

        #[test]
        fn lists_everything_but_the_named_exceptions() {
            let mut files = files();
            let (worker, page) = finished(&mut files);
            assert!(worker.contains("[\"a.js\", \"sha256-"));
            assert!(worker.contains("[\"manifest.webmanifest\", "));
            assert!(worker.contains(&format!("[\"./\", \"{}\"]", integrity(page.as_bytes()))));
            assert!(!worker.contains("\"index.html\""));
            let (list, unlisted) = worker.split_once("] U=").expect("both");
            assert!(!list.contains("sw.js") && !list.contains("today.png"));
            assert!(unlisted.contains("\"sw.js\""));
        }

        #[test]
        fn the_version_follows_the_contents_and_twice_is_once() {
            let mut one = files();
            let (worker, page) = finished(&mut one);
            assert_eq!(finished(&mut one), (worker.clone(), page.clone()));

            let mut other = files();
            other.insert("a.js".into(), b"b".to_vec());
            let (changed, other_page) = finished(&mut other);
            assert_ne!(changed, worker);
            assert_ne!(other_page, page);
        }

        #[test]
        fn a_debug_build_lists_nothing() {
            let mut files = files();
            let worker = finish(&mut files, TEMPLATE, true).expect("finishes");
            assert_eq!(worker, "V=\"dev\" F=[] U=[];u");
            let page = text(&files, PAGE).expect("a page");
            assert!(page.contains("name=\"footing-version\" content=\"dev\""));
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
                let fault = finish(&mut files, TEMPLATE, false).expect_err("a fault");
                assert!(fault.contains(stray), "{fault}");
            }
            let mut files = files();
            files.remove("screenshots/today.png");
            assert!(finish(&mut files, TEMPLATE, false).is_err());
        }

        #[test]
        fn a_page_without_its_marks_fails_the_build() {
            assert!(set_content("<meta>", VERSION, "1").is_err());
            assert!(fill_in("no marks", "1", "", "", "").is_err());
        }
    }
}
