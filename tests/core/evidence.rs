//! docs/evidence.md: every source that the app names stands there once, with its
//! strength in one of five words.
#![allow(clippy::unwrap_used)]

use footing::rules::evidence::SOURCES;
use std::collections::BTreeMap;

const PAGE: &str = include_str!("../../docs/evidence.md");
const GRADES: [&str; 5] = ["trial", "cohort", "consensus", "practice", "synthesis"];

/// The rows of the page's tables of sources: key, and how strong.
pub fn sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for line in PAGE.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let Some(key) = cells
            .get(1)
            .and_then(|cell| cell.strip_prefix('`')?.strip_suffix('`'))
        else {
            continue;
        };
        assert_eq!(cells.len(), 7, "{key}: five cells");
        for cell in &cells[1..6] {
            assert!(!cell.is_empty(), "{key}: an empty cell");
        }
        let grade = cells[3].to_owned();
        assert!(GRADES.contains(&&*grade), "{key}: {grade}");
        let before = found.insert(key.to_owned(), grade);
        assert!(before.is_none(), "{key} stands twice");
    }
    found
}

#[test]
fn every_source_of_the_rules_stands_in_the_page() {
    let page = sources();
    assert!(page.len() > 60);
    for source in SOURCES {
        assert!(page.contains_key(source.id), "{} is missing", source.id);
    }
}

#[test]
fn every_key_that_the_page_leans_on_is_one_of_its_own() {
    let page = sources();
    let mut keys = Vec::new();
    for part in PAGE.split('`').skip(1).step_by(2) {
        keys.push(part);
        assert!(page.contains_key(part), "{part}");
    }
    assert!(keys.len() > page.len());
}
