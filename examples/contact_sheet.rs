//! All exercises on one page, to be looked at: `cargo run --example contact_sheet`
//! writes `screenshots/exercises.html`.
#![cfg(not(target_arch = "wasm32"))]

use footing::strength::figure::{Figure, Kind, Shape, Window};
use serde_json::Value;
use std::fmt::Write as _;
use std::{env, fs};

const STYLE: &str = "body{margin:12px;font:13px system-ui;background:#F6F1E6;color:#1B2822;\
    display:grid;grid-template-columns:repeat(4,1fr);gap:10px}\
    section{background:#FFFDF8;border:1px solid #D8CDB6;border-radius:10px;padding:8px}\
    section div{display:flex;gap:6px}section svg{flex:1;min-width:0;height:190px;border-radius:8px}\
    h2{font-size:14px;margin:0 0 4px}p{margin:4px 0 0}";

fn main() {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |path: &str| -> Value {
        let text = fs::read_to_string(format!("{root}/{path}")).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    };
    let data = read("public/exercises/exercises.json");
    let words = read("public/locales/en/exercises.json");
    let mut page = format!(
        "<!doctype html><meta charset=utf-8><title>Exercises</title><html data-theme={}><link \
         rel=stylesheet href=../public/styles.css><link rel=stylesheet \
         href=../public/more.css><style>{STYLE}</style>",
        env::var("THEME").unwrap_or_else(|_| "light".into())
    );
    let only = env::args().nth(1).unwrap_or_default();
    for exercise in data["exercises"].as_array().into_iter().flatten() {
        let id = exercise["id"].as_str().unwrap_or("?");
        if !only.split(',').any(|part| id.contains(part)) {
            continue;
        }
        let Some(figure) = Figure::from_json(&exercise["figure"]) else {
            panic!("{id}: the figure cannot be read");
        };
        let word = |what: &str| {
            words[format!("{id}.{what}")]
                .as_str()
                .unwrap_or("")
                .to_owned()
        };
        let level = &exercise["level"];
        let pattern = exercise["pattern"].as_str().unwrap_or("");
        let _ = write!(
            page,
            "<section><h2>{} <small>{pattern} {level}</small></h2><div>",
            word("name")
        );
        let window = figure.window();
        page.push_str(&svg(&figure.shapes(0.0), window));
        let mut second = figure.shapes(1.0);
        second.extend(figure.arrow());
        page.push_str(&svg(&second, window));
        let _ = write!(
            page,
            "</div><p>{}</p><p><i>{}</i></p></section>",
            word("do"),
            [word("cue_1"), word("cue_2"), word("fault_1")].join(" / ")
        );
    }
    let path = format!("{root}/screenshots/exercises.html");
    fs::create_dir_all(format!("{root}/screenshots")).expect("a folder");
    fs::write(&path, page).expect("written");
    println!("{path}");
}

fn svg(shapes: &[Shape], window: Window) -> String {
    let Window {
        left,
        top,
        width,
        height,
    } = window;
    let mut out = format!(
        "<svg class=figure viewBox=\"{left} {top} {width} {height}\" preserveAspectRatio=\"xMidYMax\">"
    );
    for Shape { kind, path } in shapes {
        let class: &'static str = Kind::key(*kind);
        let _ = write!(out, "<path class={class} d=\"{path}\"/>");
    }
    out + "</svg>"
}
