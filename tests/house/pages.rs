//! The pages that speak of the code: what they name is there.

use crate::sources::root;
use std::fs;
use std::path::PathBuf;

/// README and the pages of docs/, each with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let mut all = vec![root().join("README.md")];
    let docs = fs::read_dir(root().join("docs")).unwrap();
    all.extend(
        docs.map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "md")),
    );
    all.sort();
    all.into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// What stands between backticks, line by line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// Every section that a text speaks of: "section 5", "sections 3 and 5".
fn sections_named(text: &str) -> Vec<u32> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| {
        let digits: String = word
            .trim_start_matches('(')
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse::<u32>().ok()
    };
    let mut all = Vec::new();
    for (n, word) in words.iter().enumerate() {
        let word = word.trim_start_matches('(').to_lowercase();
        if word == "section" || word == "sections" {
            let mut next = words[n + 1..].iter();
            all.extend(next.next().and_then(|w| number(w)));
            if let (Some(&"and"), Some(other)) = (next.next(), next.next()) {
                all.extend(number(other));
            }
        }
    }
    all
}

/// The numbers of a page's headings: `## 5. What a session's result means`.
fn sections_of(text: &str) -> Vec<u32> {
    let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
    headings
        .filter_map(|h| h.split('.').next()?.parse().ok())
        .collect()
}

#[test]
fn every_file_that_a_page_names_is_there() {
    const ROOTS: [&str; 8] = [
        "src/",
        "tests/",
        "public/",
        "docs/",
        "examples/",
        "benches/",
        ".ci/",
        "dist/",
    ];
    let mut named = 0;
    for (page, text) in pages() {
        for word in quoted(&text) {
            let path = word.split([' ', ':']).next().unwrap_or_default();
            let is_path = ROOTS.iter().any(|r| path.starts_with(r)) && !path.starts_with("dist/");
            if is_path && !path.contains(['*', '<', '{', '…']) {
                named += 1;
                assert!(
                    root().join(path).exists(),
                    "{} names {path}",
                    page.display()
                );
            }
        }
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty() && !link.contains("://") {
                let path = page.parent().unwrap().join(file);
                assert!(path.exists(), "{} links to {file}", page.display());
            }
        }
    }
    assert!(named > 30, "only {named} files are named");
}

/// A comment that speaks of a page says where it is: `docs/data.md`.
#[test]
fn every_page_that_a_comment_names_is_there() {
    let named = |text: &str| -> Vec<String> {
        text.lines()
            .filter_map(|line| line.split_once("//"))
            .map(|(_, comment)| comment)
            .flat_map(|c| c.split(|c: char| c.is_whitespace() || "()`,;:\"".contains(c)))
            .map(|word| word.trim_end_matches('.'))
            .filter(|word| word.ends_with(".md"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(
        named("/// See (docs/a.md), b.md.\nlet c = \"c.md\"; // d.md"),
        ["docs/a.md", "b.md", "d.md"]
    );
    for (path, text) in crate::sources::sources() {
        for page in named(&text) {
            assert!(root().join(&page).exists(), "src/{path} names {page}");
        }
    }
}

/// In the sources "section 5" is that of docs/rules.md; in a page, its own or that one's.
#[test]
fn every_section_that_is_named_is_there() {
    let rules = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let rules = sections_of(&rules);
    assert_eq!(
        sections_named("section 5 (and section 3), sections 1 and 2."),
        [5, 3, 1, 2]
    );
    for (page, text) in pages() {
        let own = sections_of(&text);
        for n in sections_named(&text) {
            assert!(
                rules.contains(&n) || own.contains(&n),
                "{}: section {n}",
                page.display()
            );
        }
    }
    for (path, text) in crate::sources::sources() {
        let comments: String = text
            .lines()
            .filter_map(|l| l.trim_start().strip_prefix("//"))
            .collect::<Vec<_>>()
            .join(" ");
        for n in sections_named(&comments.replace('/', " ")) {
            assert!(rules.contains(&n), "src/{path}: section {n}");
        }
    }
}

/// A line of a walk: what is done, the name, the file.
fn steps() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let (_, walks) = text.split_once("## Five walks").unwrap();
    let cells = |line: &str| -> Option<(String, String)> {
        let mut cells = line.strip_prefix("| ")?.split(" | ").skip(1);
        let bare = |cell: Option<&str>| {
            Some(
                cell?
                    .trim_end_matches(" |")
                    .strip_prefix('`')?
                    .strip_suffix('`')?
                    .to_owned(),
            )
        };
        Some((bare(cells.next())?, bare(cells.next())?))
    };
    walks.lines().filter_map(cells).collect()
}

/// Whether the file holds the name as a word of its own, outside of comments.
fn holds(text: &str, name: &str) -> bool {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        !before.is_some_and(inside) && !after.is_some_and(inside)
    })
}

#[test]
fn every_step_of_the_five_walks_is_found_where_it_is_said_to_be() {
    let steps = steps();
    assert!(steps.len() >= 30, "{} steps", steps.len());
    for (name, file) in steps {
        let text = fs::read_to_string(root().join(&file)).unwrap_or_else(|_| panic!("{file}"));
        assert!(holds(&text, &name), "{name} is not in {file}");
    }
    assert!(holds("fn keep() {}", "keep") && !holds("// keep\nfn keeper() {}", "keep"));
}

/// The tests that a page of faults names are there.
#[test]
fn every_test_that_the_field_cases_name_is_there() {
    let mut open = vec![root().join("tests"), root().join("src")];
    let mut sources = String::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let page = fs::read_to_string(root().join("docs/field-cases.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let mut named = 0;
    for row in rows {
        for name in quoted(row.rsplit(" | ").next().unwrap()) {
            named += 1;
            let there = [format!("fn {name}("), format!("mod {name} ")];
            assert!(there.iter().any(|t| sources.contains(t)), "{name}");
        }
    }
    assert!(named > 20, "{named}");
}
