//! The walls of the house: who imports whom, read from the sources.
//!
//! Names are followed through `use` and `pub use` to the file in which they are defined, so
//! that a re-export hides nothing.

use crate::sources::{name_of, sources};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Attribute, File, Item, UseTree, Visibility};

/// Each room may import from those before it.
const ROOMS: [&str; 11] = [
    "formats",
    "diary",
    "thresholds",
    "plan",
    "rules",
    "session",
    "strength",
    "insights",
    "app",
    "shell",
    "ui",
];
/// The rooms that know neither browser nor clock.
const PURE: [&str; 9] = [
    "formats",
    "diary",
    "thresholds",
    "plan",
    "rules",
    "session",
    "strength",
    "insights",
    "app",
];
/// Files that may import each other in a circle; more are a knot.
const MOST_IN_A_CIRCLE: usize = 5;

type ModulePath = Vec<String>;

/// A module: what is defined in it, and what its names stand for.
#[derive(Default)]
struct Module {
    file: String,
    items: BTreeSet<String>,
    uses: BTreeMap<String, ModulePath>,
    globs: Vec<ModulePath>,
    /// Private imports, which make this file depend on where they lead.
    imports: Vec<ModulePath>,
    /// Every `a::b` in the module's code.
    paths: Vec<ModulePath>,
}

/// All modules of the crate, by path.
#[derive(Default)]
struct House {
    modules: BTreeMap<ModulePath, Module>,
}

type Edges = BTreeMap<String, BTreeSet<String>>;

impl House {
    /// `sources` are pairs of a path below `src/` and its text.
    fn read(sources: &[(String, String)]) -> Self {
        let mut house = Self::default();
        for (path, text) in sources {
            let file = syn::parse_file(text).unwrap_or_else(|e| panic!("{path}: {e}"));
            house.add(module_path(path), path, file);
        }
        house
    }

    fn add(&mut self, at: ModulePath, path: &str, file: File) {
        let items = file.items;
        self.add_items(at, path, items);
    }

    fn add_items(&mut self, at: ModulePath, path: &str, items: Vec<Item>) {
        let mut module = Module {
            file: path.to_owned(),
            ..Module::default()
        };
        for item in items {
            if let Some(name) = name_of(&item) {
                module.items.insert(name);
            }
            match item {
                Item::Use(item) => {
                    let mut leaves = Vec::new();
                    flatten(&item.tree, &mut Vec::new(), &mut leaves);
                    let private = matches!(item.vis, Visibility::Inherited);
                    for (name, to) in leaves {
                        if private {
                            module.imports.push(to.clone());
                        }
                        match name {
                            Some(name) => drop(module.uses.insert(name, to)),
                            None => module.globs.push(to),
                        }
                    }
                }
                Item::Mod(item) => {
                    if let Some((_, inner)) = item.content
                        && !only_in_tests(&item.attrs)
                    {
                        let mut below = at.clone();
                        below.push(item.ident.to_string());
                        self.add_items(below, path, inner);
                    }
                }
                other => paths_in(other.to_token_stream(), &mut module.paths),
            }
        }
        self.modules.insert(at, module);
    }

    /// The file in which the last of `path` is defined, seen from the module `from`.
    /// `None`: a module itself, or none of this crate.
    fn file_of(&self, from: &ModulePath, path: &[String], depth: usize) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.below(&Vec::new(), rest, depth),
            "self" => self.below(from, rest, depth),
            "super" => self.below(&from[..from.len().checked_sub(1)?].to_vec(), rest, depth),
            _ => {
                let here = self.modules.get(from)?;
                let mut below = from.clone();
                below.push(first.clone());
                let known = self.modules.contains_key(&below)
                    || here.uses.contains_key(first)
                    || here.items.contains(first);
                known.then(|| self.below(from, path, depth)).flatten()
            }
        }
    }

    fn below(&self, at: &ModulePath, path: &[String], depth: usize) -> Option<&str> {
        let module = self.modules.get(at)?;
        let (first, rest) = path.split_first()?;
        if first == "super" {
            let above = at[..at.len().checked_sub(1)?].to_vec();
            return self.below(&above, rest, depth);
        }
        let mut below = at.clone();
        below.push(first.clone());
        if self.modules.contains_key(&below) {
            return self.below(&below, rest, depth);
        }
        if module.items.contains(first) {
            return Some(&module.file);
        }
        if depth == 0 {
            return None;
        }
        if let Some(to) = module.uses.get(first) {
            let whole: Vec<String> = to.iter().chain(rest).cloned().collect();
            return self.file_of(at, &whole, depth - 1);
        }
        let found = module.globs.iter().find_map(|glob| {
            let whole: Vec<String> = glob.iter().chain(path).cloned().collect();
            self.file_of(at, &whole, depth - 1)
        });
        // Else made by a macro of the module.
        found.or(Some(&module.file))
    }

    /// Which file needs which.
    fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for (at, module) in &self.modules {
            let from = edges.entry(module.file.clone()).or_default();
            for path in module.imports.iter().chain(&module.paths) {
                if let Some(to) = self.file_of(at, path, 8)
                    && to != module.file
                    && room(to).is_some()
                {
                    from.insert(to.to_owned());
                }
            }
        }
        edges
    }
}

/// `diary/codec/read.rs` is `diary::codec::read`.
fn module_path(file: &str) -> ModulePath {
    let mut path: ModulePath = file
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if matches!(path.last().map(String::as_str), Some("mod" | "lib")) {
        path.pop();
    }
    path
}

/// The room that a file belongs to.
fn room(file: &str) -> Option<usize> {
    let first = file.split('/').next()?.trim_end_matches(".rs");
    ROOMS.iter().position(|room| *room == first)
}

fn only_in_tests(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|a| a.to_token_stream().to_string() == "# [cfg (test)]")
}

/// The names that a `use` brings in, each with its path; no name: all of a module's.
fn flatten(tree: &UseTree, before: &mut ModulePath, out: &mut Vec<(Option<String>, ModulePath)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, out);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            out.push((before.last().cloned(), before.clone()));
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let to = before.iter().cloned().chain([name.clone()]).collect();
            out.push((Some(name), to));
        }
        UseTree::Rename(rename) => {
            let mut to = before.clone();
            if rename.ident != "self" {
                to.push(rename.ident.to_string());
            }
            out.push((Some(rename.rename.to_string()), to));
        }
        UseTree::Glob(_) => out.push((None, before.clone())),
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, before, out);
            }
        }
    }
}

/// Every `a::b` of some code, macros' insides with it.
fn paths_in(code: TokenStream, out: &mut Vec<ModulePath>) {
    let mut path = ModulePath::new();
    let mut colons = 0;
    for token in code {
        match token {
            TokenTree::Punct(p) if p.as_char() == ':' && !path.is_empty() => colons += 1,
            TokenTree::Ident(ident) if colons == 2 => {
                path.push(ident.to_string());
                colons = 0;
            }
            other => {
                if path.len() > 1 {
                    out.push(std::mem::take(&mut path));
                }
                path.clear();
                colons = 0;
                match other {
                    TokenTree::Ident(ident) => path.push(ident.to_string()),
                    TokenTree::Group(group) => paths_in(group.stream(), out),
                    _ => {}
                }
            }
        }
    }
    if path.len() > 1 {
        out.push(path);
    }
}

/// Imports that go upwards: from, to.
fn upwards(edges: &Edges) -> Vec<(&str, &str)> {
    let all = edges
        .iter()
        .flat_map(|(from, to)| to.iter().map(move |to| (from, to)));
    all.filter(|(from, to)| room(from) < room(to))
        .map(|(from, to)| (from.as_str(), to.as_str()))
        .collect()
}

/// Everything that can be reached from a node, it apart unless a way leads back.
fn reached<'a>(edges: &'a Edges, from: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = edges
        .get(from)
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            open.extend(edges.get(next).into_iter().flatten().map(String::as_str));
        }
    }
    seen
}

/// Sets of nodes that all reach each other, largest first.
fn circles(edges: &Edges) -> Vec<BTreeSet<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = edges
        .keys()
        .map(|from| (from.as_str(), reached(edges, from)))
        .collect();
    let mut all: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
    for (from, to) in &reach {
        let circle: BTreeSet<&str> = to
            .iter()
            .filter(|to| reach.get(*to).is_some_and(|back| back.contains(from)))
            .copied()
            .collect();
        if circle.len() > 1 {
            all.insert(circle);
        }
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    all
}

/// The same edges between rooms.
fn between_rooms(edges: &Edges) -> Edges {
    let name = |file: &str| {
        file.split('/')
            .next()
            .unwrap_or(file)
            .trim_end_matches(".rs")
            .to_owned()
    };
    let mut rooms = Edges::new();
    for (from, to) in edges {
        let others = to.iter().map(|to| name(to)).filter(|to| *to != name(from));
        rooms.entry(name(from)).or_default().extend(others);
    }
    rooms
}

fn planted(files: &[(&str, &str)]) -> Edges {
    let owned: Vec<_> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    House::read(&owned).edges()
}

#[test]
fn imports_go_downwards_only() {
    let edges = House::read(&sources()).edges();
    assert!(edges.len() > 100, "the sources were not found");
    assert_eq!(upwards(&edges), []);
}

#[test]
fn no_circle_joins_rooms_or_more_than_five_files() {
    let edges = House::read(&sources()).edges();
    let rooms = between_rooms(&edges);
    assert_eq!(circles(&rooms), Vec::<BTreeSet<&str>>::new());
    let mut all = circles(&edges);
    all.retain(|circle| circle.len() > MOST_IN_A_CIRCLE);
    assert_eq!(all, Vec::<BTreeSet<&str>>::new());
}

#[test]
fn pure_rooms_know_neither_browser_nor_clock() {
    let forbidden = [
        "web_sys",
        "js_sys",
        "leptos",
        "wasm_bindgen",
        "gloo",
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::now",
    ];
    for (path, text) in sources() {
        if !room(&path).is_some_and(|n| PURE.contains(&ROOMS[n])) {
            continue;
        }
        // Comments may speak of them.
        let code = syn::parse_file(&text).unwrap();
        let code = code
            .items
            .iter()
            .map(|i| without_docs(i.to_token_stream()).to_string());
        let code = code.collect::<String>().replace(" :: ", "::");
        for word in forbidden {
            assert!(!code.contains(word), "{path} names {word}");
        }
    }
}

/// A doc comment is an attribute: `#[doc = "…"]`.
fn without_docs(code: TokenStream) -> TokenStream {
    let mut out = Vec::new();
    for token in code {
        if let TokenTree::Group(group) = &token {
            let inside = group.stream();
            if inside.to_string().starts_with("doc =") {
                continue;
            }
            let mut new = proc_macro2::Group::new(group.delimiter(), without_docs(inside));
            new.set_span(group.span());
            out.push(TokenTree::Group(new));
        } else {
            out.push(token);
        }
    }
    out.into_iter().collect()
}

#[test]
fn an_import_upwards_is_seen_through_a_re_export_a_module_and_a_macro() {
    for text in [
        "use crate::rules::verdict; fn a() { verdict() }",
        "use crate::rules; fn a() { rules::verdict() }",
        "fn a() { format!(\"{}\", crate::rules::verdict()) }",
        "use super::rules::{self as r}; fn a() -> r::verdict {}",
        "use crate::rules::*; use crate::rules::deep::verdict as other;",
    ] {
        let edges = planted(&[
            ("lib.rs", "pub mod plan; pub mod rules;"),
            ("plan/mod.rs", text),
            ("rules/mod.rs", "mod deep; pub use deep::verdict;"),
            ("rules/deep.rs", "pub fn verdict() {}"),
        ]);
        assert_eq!(
            upwards(&edges),
            [("plan/mod.rs", "rules/deep.rs")],
            "{text}"
        );
    }
}

#[test]
fn a_planted_circle_is_seen() {
    let next = |n: usize| format!("use super::f{}::thing; pub fn thing() {{}}", n % 6);
    let texts: Vec<_> = (0..6)
        .map(|n| (format!("ui/f{n}.rs"), next(n + 1)))
        .collect();
    let files: Vec<_> = texts
        .iter()
        .map(|(p, t)| (p.as_str(), t.as_str()))
        .collect();
    let mut all = vec![("ui/mod.rs", "mod f0;")];
    all.extend(files);
    let edges = planted(&all);
    assert_eq!(
        circles(&edges)
            .iter()
            .map(BTreeSet::len)
            .collect::<Vec<_>>(),
        [6]
    );
    // Cut once, there is none.
    all[1].1 = "pub fn thing() {}";
    assert!(circles(&planted(&all)).is_empty());
    let rooms = planted(&[
        ("lib.rs", ""),
        ("shell/mod.rs", "use crate::ui::a; pub fn b() {}"),
        ("ui/mod.rs", "use crate::shell::b; pub fn a() {}"),
    ]);
    assert_eq!(circles(&between_rooms(&rooms)).len(), 1);
}

#[test]
fn what_only_tests_import_does_not_count() {
    let edges = planted(&[
        (
            "plan/mod.rs",
            "#[cfg(test)] mod tests { use crate::rules::verdict; }",
        ),
        ("rules/mod.rs", "pub fn verdict() {}"),
    ]);
    assert_eq!(upwards(&edges), []);
}
