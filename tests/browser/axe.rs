//! axe-core, which finds what keeps people from using a page.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::page::Page;

/// `make test` installs it, and cargo's configuration says where.
fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let file = std::env::var("FOOTING_AXE").unwrap_or_default();
        std::fs::read_to_string(&file).unwrap_or_else(|error| {
            panic!("axe-core is not at {file:?} ({error}): `make test` installs it")
        })
    })
}

/// What axe finds on the page as it stands, one line a rule.
pub async fn faults(page: &Page) -> Vec<String> {
    if page.eval("typeof axe").await == "undefined" {
        page.run(source(), &[]).await;
        page.until("axe", "typeof axe === 'object'").await;
    }
    page.settle().await;
    let script = "
        const [levels, done] = arguments;
        axe.run(document, {runOnly: {type: 'tag', values: levels}, resultTypes: ['violations']})
            .then(({violations}) => done(violations.map((found) => [
                found.id, found.help,
                ...found.nodes.slice(0, 5).map((node) => node.target.join(' ') + ' — ' + node.failureSummary),
            ].join('; '))), (error) => done(['axe failed: ' + error]));";
    let levels = json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
    let found = page.client.execute_async(script, vec![levels]).await;
    match found.expect("axe runs") {
        Value::Array(found) => found
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        other => vec![format!("axe answered {other}")],
    }
}
