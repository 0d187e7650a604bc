//! What the build knows and the page says: names, languages, policy, version.

use super::names::{Names, without_hash};
use super::worker::integrity;
use super::{Files, Outcome, PAGE, kind, languages, text};

const CSP: &str = "http-equiv=\"Content-Security-Policy\"";
const VERSION: &str = "name=\"footing-version\"";
/// The version of a debug build: its worker is not registered.
pub(super) const DEBUG_VERSION: &str = "dev";

/// The script that runs before the first paint. It stands in the page itself.
const FIRST_SCRIPT: &str = "first.js";
const RELEASE_OPEN: &str = "<script id=\"release\">";
const CLOSE: &str = "</script>";

/// Puts `first.js` where the page names it.
pub(super) fn put_first_script(files: &mut Files) -> Outcome<()> {
    let script = text(files, FIRST_SCRIPT)?;
    let page = text(files, PAGE)?;
    let tag = format!("<script src=\"./{FIRST_SCRIPT}\"></script>");
    if page.matches(&tag).count() != 1 || script.contains(CLOSE) {
        return Err(format!("{PAGE} must name {FIRST_SCRIPT} once"));
    }
    let whole = format!("<script>{}{CLOSE}", script.trim());
    files.insert(PAGE.into(), page.replace(&tag, &whole).into());
    files.remove(FIRST_SCRIPT);
    Ok(())
}

/// Writes names, languages and the policy into the page, and an empty version.
pub(super) fn fill(files: &mut Files, names: &Names, debug: bool) -> Outcome<()> {
    let page = text(files, PAGE)?;
    let (before, rest) = page
        .split_once(RELEASE_OPEN)
        .ok_or_else(|| format!("{PAGE} needs one {RELEASE_OPEN}"))?;
    let (_, after) = rest.split_once(CLOSE).ok_or("a script without an end")?;
    // What is asked for by name; the rest is linked.
    let asked: Names = names
        .iter()
        .filter(|(plain, _)| matches!(kind(plain), Some("json" | "css")))
        .map(|(plain, name)| (plain.clone(), name.clone()))
        .collect();
    let json = |value| serde_json::to_string(value).map_err(|e| e.to_string());
    let release = format!(
        "window.footingLanguages={};window.footingFiles={};",
        json(&languages::named(files)?)?,
        json(&asked)?
    );
    let page = format!("{before}{RELEASE_OPEN}{release}{CLOSE}{after}");
    let page = set_content(&page, CSP, &policy(&page, debug)?)?;
    let version = if debug { DEBUG_VERSION } else { "" };
    files.insert(PAGE.into(), set_content(&page, VERSION, version)?.into());
    Ok(())
}

/// Writes the version into the page.
pub(super) fn set_version(files: &mut Files, version: &str) -> Outcome<()> {
    let page = set_content(&text(files, PAGE)?, VERSION, version)?;
    files.insert(PAGE.into(), page.into());
    Ok(())
}

/// The files that the page itself asks for, by their plain names.
pub(super) fn linked(files: &Files) -> Outcome<Vec<String>> {
    let page = text(files, PAGE)?;
    let links = page.split("\"./").skip(1);
    let names = links.filter_map(|rest| rest.split('"').next());
    Ok(names.map(without_hash).collect())
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

/// The bytes between the tags of each script that has no `src` and is run.
fn inline_scripts(page: &str) -> impl Iterator<Item = &[u8]> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once(CLOSE)?;
        let run = !attributes.contains("src=") && !attributes.contains("application/json");
        run.then_some(script.as_bytes())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_inline_scripts_only() {
        let page = "<script>one()</script><script src=\"./a.js\" defer></script>\
            <script type=\"application/json\">{}</script><script>two()</script>";
        let scripts: Vec<_> = inline_scripts(page).collect();
        assert_eq!(scripts, [b"one()", b"two()"]);
        let policy = policy(page, false).expect("a policy");
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
    fn a_page_without_its_marks_fails_the_build() {
        assert!(set_content("<meta>", VERSION, "1").is_err());
        let mut files = Files::from([
            (PAGE.to_owned(), b"<p>".to_vec()),
            (FIRST_SCRIPT.to_owned(), b"first()".to_vec()),
        ]);
        assert!(put_first_script(&mut files).is_err());
        assert!(fill(&mut files, &Names::new(), false).is_err());
    }

    #[test]
    fn the_first_script_stands_in_the_page() {
        let page = b"<script src=\"./first.js\"></script>".to_vec();
        let mut files = Files::from([
            (PAGE.to_owned(), page),
            (FIRST_SCRIPT.to_owned(), b"first()\n".to_vec()),
        ]);
        put_first_script(&mut files).expect("a page that names it");
        assert_eq!(files.len(), 1);
        assert_eq!(files[PAGE], b"<script>first()</script>");
    }
}
