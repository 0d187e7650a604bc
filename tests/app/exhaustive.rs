//! Every closed set of the app and of the rules is decided by a `match` that names each of
//! its members, so that a new one has to be thought of everywhere. Clippy denies `_ =>` over an enum
//! (`wildcard_enum_match_arm`), but not inside a tuple or an `Option`, and says nothing of
//! `matches!` and of `if let` with an `else`. In the rules a `matches!` asks for a property
//! that a few members have, such as the stages with running, and may stand.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Expr, ExprIf, ExprMatch, Item, Macro, Pat};

/// Where the sets of the app are defined.
const OF_THE_APP: [&str; 6] = [
    "src/app/event.rs",
    "src/app/effect.rs",
    "src/app/screen.rs",
    "src/app/book.rs",
    "src/app/notice.rs",
    "src/app/session/active.rs",
];
/// Where those of the rules are, and those of the diary by which the rules decide.
const OF_THE_RULES: [&str; 5] = [
    "src/rules/guidance.rs",
    "src/rules/rows.rs",
    "src/rules/evidence.rs",
    "src/rules/reference.rs",
    "src/diary/entry.rs",
];

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

fn parsed(path: &Path) -> syn::File {
    let text = fs::read_to_string(path).expect("a source");
    syn::parse_file(&text).expect("Rust")
}

/// The names of the sets: the enums of those files, and some that a macro makes.
fn sets(made: &[&str], files: &[&str]) -> BTreeSet<String> {
    let mut sets: BTreeSet<String> = made.iter().map(|name| (*name).to_owned()).collect();
    for file in files {
        for item in parsed(Path::new(file)).items {
            if let Item::Enum(item) = item {
                sets.insert(item.ident.to_string());
            }
        }
    }
    sets
}

/// Whether some code names a member of a set, `Set::Member`.
fn names_member(code: &str, sets: &BTreeSet<String>) -> bool {
    let code = code.replace(' ', "");
    sets.iter().any(|set| {
        code.match_indices(&format!("{set}::")).any(|(at, _)| {
            let before = code[..at].chars().last();
            before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
        })
    })
}

fn code(tokens: &impl quote::ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// What stands for "all others" in the code of one file.
struct Others<'a> {
    sets: &'a BTreeSet<String>,
    /// `matches!` counts.
    strict: bool,
    found: Vec<String>,
}

/// Whether a pattern takes whatever comes.
fn takes_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        // `None` reads as a name too; names of our own begin small.
        Pat::Ident(name) => {
            name.subpat.is_none() && name.ident.to_string().starts_with(char::is_lowercase)
        }
        Pat::Tuple(tuple) => tuple.elems.iter().all(takes_all),
        _ => false,
    }
}

impl<'a> Visit<'a> for Others<'_> {
    fn visit_expr_match(&mut self, it: &'a ExprMatch) {
        let named = it
            .arms
            .iter()
            .any(|arm| names_member(&code(&arm.pat), self.sets));
        let all = it.arms.iter().any(|arm| takes_all(&arm.pat));
        if named && all {
            self.found.push(code(&it.expr));
        }
        visit::visit_expr_match(self, it);
    }

    fn visit_expr_if(&mut self, it: &'a ExprIf) {
        if let (Expr::Let(condition), Some(_)) = (&*it.cond, &it.else_branch)
            && names_member(&code(&condition.pat), self.sets)
        {
            self.found.push(code(&condition.pat));
        }
        visit::visit_expr_if(self, it);
    }

    fn visit_macro(&mut self, it: &'a Macro) {
        if self.strict
            && it.path.is_ident("matches")
            && names_member(&it.tokens.to_string(), self.sets)
        {
            self.found.push(it.tokens.to_string());
        }
        visit::visit_macro(self, it);
    }
}

fn others(file: &syn::File, sets: &BTreeSet<String>, strict: bool) -> Vec<String> {
    let mut others = Others {
        sets,
        strict,
        found: Vec::new(),
    };
    others.visit_file(file);
    others.found
}

/// Where a room decides for all others at once.
fn found_in(room: &str, sets: &BTreeSet<String>, strict: bool) -> Vec<String> {
    assert!(sets.len() > 20, "{sets:?}");
    let mut files = Vec::new();
    sources(Path::new(room), &mut files);
    let mut found = Vec::new();
    for path in files {
        let here = others(&parsed(&path), sets, strict);
        found.extend(here.into_iter().map(|f| format!("{}: {f}", path.display())));
    }
    found
}

#[test]
fn no_set_of_the_app_is_decided_for_all_others_at_once() {
    let found = found_in("src/app", &sets(&["Screen"], &OF_THE_APP), true);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_set_of_the_rules_is_decided_for_all_others_at_once() {
    const MADE: [&str; 9] = [
        "Body",
        "Stage",
        "Profile",
        "Tier",
        "Kind",
        "RedFlag",
        "Freedom",
        "AbsenceReason",
        "PainBehaviour",
    ];
    let found = found_in("src/rules", &sets(&MADE, &OF_THE_RULES), false);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_way_of_saying_all_others_is_found() {
    let sets = BTreeSet::from(["Event".to_owned()]);
    for (code, count) in [
        ("fn f() { match e { Event::Tick => 1, _ => 2 }; }", 1),
        (
            "fn f() { match (e, x) { (Some(Event::Tick), _) => 1, (_, _) => 2 }; }",
            1,
        ),
        ("fn f() { match e { Event::Tick => 1, other => 2 }; }", 1),
        ("fn f() { if matches!(e, Event::Tick) { g() } }", 1),
        ("fn f() { if let Event::Tick = e { 1 } else { 2 }; }", 1),
        (
            "fn f() { if let Some(Event::Tick) = e { 1 } else { 2 }; }",
            1,
        ),
        (
            "fn f() { match e { Event::Tick => 1, Event::Go(_) => 2 }; }",
            0,
        ),
        (
            "fn f() { match n { 1 => Event::Tick, _ => Event::Go(2) }; }",
            0,
        ),
        ("fn f() { match e { MyEvent::Tick => 1, _ => 2 }; }", 0),
    ] {
        let file = syn::parse_str(code).expect("Rust");
        assert_eq!(others(&file, &sets, true).len(), count, "{code}");
    }
}
