//! Which release this is, and where its files are.

use super::js;

/// The version that the build wrote into the page; empty in a development build.
pub fn current() -> String {
    let meta = js::document().and_then(|page| {
        page.query_selector("meta[name=footing-version]")
            .ok()
            .flatten()
    });
    meta.and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}

/// The address of a file of this release. Its name there carries a hash of what is in it,
/// so that no page meets a file of another release: the build helper says in the page
/// which one (`window.footingFiles`).
pub fn address(name: &str) -> String {
    let files = js::get(&js_sys::global(), "footingFiles").unwrap_or_default();
    let named = js::text(&files, name);
    ["./", named.as_deref().unwrap_or(name)].concat()
}
