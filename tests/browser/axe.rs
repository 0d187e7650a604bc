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
        const look = (runOnly) => axe.run(document, {runOnly, resultTypes: ['violations']});
        // What a bar at the edge covers in part is no fault while it can be scrolled into the open.
        const covered = async (id, node) => {
            document.querySelector(node.target.at(-1)).scrollIntoView({block: 'center', behavior: 'instant'});
            const {violations} = await look({type: 'rule', values: [id]});
            return !violations.some(({nodes}) => nodes.some(({target}) => target.join() === node.target.join()));
        };
        (async () => {
            const faults = [];
            for (const found of (await look({type: 'tag', values: levels})).violations) {
                const nodes = [];
                for (const node of found.nodes)
                    if (found.id !== 'target-size' || !await covered(found.id, node)) nodes.push(node);
                if (nodes.length) faults.push([found.id, found.help, ...nodes.slice(0, 5).map((node) =>
                    node.target.join(' ') + ' — ' + node.failureSummary)].join('; '));
            }
            return faults;
        })().then(done, (error) => done(['axe failed: ' + error]));";
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
