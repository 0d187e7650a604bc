//! What the build knows and the page says: names, languages, policy, version.

use super::names::{Names, without_hash};
use super::worker::integrity;
use super::{Files, Outcome, PAGE, kind, languages, text};
use std::collections::BTreeSet;

const CSP: &str = "http-equiv=\"Content-Security-Policy\"";
const VERSION: &str = "name=\"footing-version\"";
/// The version of a debug build: its worker is not registered.
pub(super) const DEBUG_VERSION: &str = "dev";

/// The scripts that run before the first paint, and the most that each may weigh when
/// made small: they stand in the page itself.
const INLINE: [(&str, usize); 2] = [("look.js", 3_000), ("first.js", 3_000)];
const WORDS_OPEN: &str = "<script type=\"application/json\" id=\"words\">";
/// What the words of the first screens stand beside.
const WORD_MARKS: [&str; 2] = ["data-word=\"", "data-label=\""];
const RELEASE_OPEN: &str = "<script id=\"release\">";
const CLOSE: &str = "</script>";

/// Puts the scripts of the first screen where the page names them.
pub(super) fn put_inline(files: &mut Files, debug: bool) -> Outcome<()> {
    let mut page = without_comments(&text(files, PAGE)?);
    for (name, most) in INLINE {
        let script = text(files, name)?;
        let tag = format!("<script src=\"./{name}\"></script>");
        if page.matches(&tag).count() != 1 || script.contains(CLOSE) {
            return Err(format!("{PAGE} must name {name} once"));
        }
        if !debug && script.len() > most {
            return Err(format!("{name} has {} bytes, {most} at most", script.len()));
        }
        page = page.replace(&tag, &format!("<script>{}{CLOSE}", script.trim()));
        files.remove(name);
    }
    files.insert(PAGE.into(), page.into());
    Ok(())
}

/// The page without what only its authors read. It is still without scripts then, in which
/// such marks could mean something else.
fn without_comments(page: &str) -> String {
    let mut parts = page.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, rest| {
        let after = rest.split_once("-->").map_or("", |(_, after)| after);
        kept + after.trim_start_matches('\n')
    })
}

/// Puts something between an opening tag and the end of its script.
fn set_script(page: &str, open: &str, value: &str) -> Outcome<String> {
    let fault = || format!("{PAGE} needs one {open}");
    let (before, rest) = page.split_once(open).ok_or_else(fault)?;
    let (_, after) = rest.split_once(CLOSE).ok_or_else(fault)?;
    Ok(format!("{before}{open}{value}{CLOSE}{after}"))
}

/// The page with the words of its first screens in some languages.
pub(super) fn with_words(files: &Files, page: &str, tags: &[String]) -> Outcome<String> {
    let keys: BTreeSet<&str> = WORD_MARKS
        .iter()
        .flat_map(|mark| page.split(mark).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let words = languages::chosen(files, tags, &keys)?;
    let json = serde_json::to_string(&words).map_err(|e| e.to_string())?;
    // No text may end the script.
    set_script(page, WORDS_OPEN, &json.replace('<', "\\u003c"))
}

/// Writes names, languages and the policy into the page, and an empty version.
pub(super) fn fill(files: &mut Files, names: &Names, debug: bool) -> Outcome<()> {
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
    let page = set_script(&text(files, PAGE)?, RELEASE_OPEN, &release)?;
    let page = with_words(files, &page, &languages::tags(files))?;
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
            ("look.js".to_owned(), b"look()".to_vec()),
            ("first.js".to_owned(), b"first()".to_vec()),
        ]);
        assert!(put_inline(&mut files, false).is_err());
        assert!(fill(&mut files, &Names::new(), false).is_err());
    }

    #[test]
    fn the_first_scripts_stand_in_the_page_while_they_are_small() {
        let page = "<script src=\"./look.js\"></script><!-- why -->\n<p><script src=\"./first.js\"></script>";
        let mut files = Files::from([
            (PAGE.to_owned(), page.as_bytes().to_vec()),
            ("look.js".to_owned(), b"look()".to_vec()),
            ("first.js".to_owned(), b"first()\n".to_vec()),
        ]);
        let mut large = files.clone();
        large.insert("first.js".into(), vec![b' '; 3_001]);
        assert!(put_inline(&mut large, false).is_err());
        put_inline(&mut files, false).expect("a page that names them");
        assert_eq!(files.len(), 1);
        let wanted = b"<script>look()</script><p><script>first()</script>";
        assert_eq!(files[PAGE], wanted);
    }

    #[test]
    fn the_page_holds_the_words_that_it_names_and_no_others() {
        let words = r#"{"a.b": "A </script>", "a.c": "B", "a.d": "C", "language.name": "X"}"#;
        let files = Files::from([("locales/xx.json".to_owned(), words.as_bytes().to_vec())]);
        let page = format!("<p data-word=\"a.b\" data-label=\"a.d\">{WORDS_OPEN}old{CLOSE}!");
        let filled = with_words(&files, &page, &["xx".to_owned()]).expect("words");
        let json = r#"{"xx":{"a.b":"A \u003c/script>","a.d":"C"}}"#;
        assert!(
            filled.ends_with(&format!("{WORDS_OPEN}{json}{CLOSE}!")),
            "{filled}"
        );
        let page = page.replace("a.b", "a.z");
        let fault = with_words(&files, &page, &["xx".to_owned()]).expect_err("a missing word");
        assert!(fault.contains("a.z"));
    }
}
