//! Which release this is.

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
