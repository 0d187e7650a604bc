//! A drawing whose values are read by touch, pointer or arrow keys, with a table behind
//! it. The drawing itself is built as text: views would wrap each of its many parts.

use crate::formats::plot::{Mark, nearest, number};
use crate::ui::text::words::t;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use leptos::web_sys::Element;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use wasm_bindgen::JsCast;

/// Markup of a drawing as it grows.
#[derive(Default)]
pub struct Pen(pub String);

impl Pen {
    fn tag(&mut self, name: &str, class: &str, places: &[(&str, f64)]) {
        self.open(name, class, places);
        self.0.push_str("/>");
    }

    fn open(&mut self, name: &str, class: &str, places: &[(&str, f64)]) {
        for part in ["<", name, " class=\"", class, "\""] {
            self.0.push_str(part);
        }
        for (name, place) in places {
            for part in [" ", name, "=\"", &number(*place), "\""] {
                self.0.push_str(part);
            }
        }
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ends = [("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)];
        self.tag("line", class, &ends);
    }

    /// A rectangle; nothing when it has no size.
    pub fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        if width > 0.0 && height > 0.0 {
            let sides = [("x", x), ("y", y), ("width", width), ("height", height)];
            self.tag("rect", class, &sides);
        }
    }

    /// A path; nothing when it is empty.
    pub fn path(&mut self, class: &str, d: &str) {
        if !d.is_empty() {
            self.open("path", class, &[]);
            for part in [" d=\"", d, "\"/>"] {
                self.0.push_str(part);
            }
        }
    }

    /// Marks of one kind.
    pub fn marks(&mut self, class: &str, mark: Mark, r: f64, points: &[Option<(f64, f64)>]) {
        let path: String = points
            .iter()
            .flatten()
            .map(|(x, y)| mark.path(*x, *y, r))
            .collect();
        self.path(class, &path);
    }

    /// Words; `class` holds where they are anchored: `start`, `middle` or `end`.
    pub fn words(&mut self, class: &str, (x, y): (f64, f64), words: &str) {
        self.open("text", class, &[("x", x), ("y", y)]);
        self.0.push('>');
        self.0.push_str(&escaped(words));
        self.0.push_str("</text>");
    }

    /// The whole drawing.
    pub fn svg(self, (width, height): (f64, f64)) -> String {
        let size = [number(width), " ".to_owned(), number(height)].concat();
        let head = [
            "<svg class=\"plot\" aria-hidden=\"true\" viewBox=\"0 0 ",
            &size,
        ];
        [&head.concat(), "\">", &self.0, "</svg>"].concat()
    }
}

/// Words that may stand in markup.
pub fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// A column of a table, which is also a line of the legend: its shape and its words.
pub struct Column {
    /// The class of its shape; empty: none.
    pub shape: &'static str,
    /// What it holds, with its unit.
    pub words: String,
}

/// What a drawing shows, as rows.
pub struct Table {
    /// What it is a table of.
    pub caption: String,
    /// What its rows are named by.
    pub corner: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, in the order of the drawing: a name, and a cell for each column.
    pub rows: Vec<(String, Vec<String>)>,
    /// Told as a list instead: what many rows leave empty is left out.
    pub list: bool,
}

impl Table {
    fn markup(&self, newest_first: bool) -> String {
        if self.list {
            let items =
                (0..self.rows.len()).map(|at| ["<li>", &escaped(&self.said(at)), "</li>"].concat());
            return ["<ol class=\"plain\">", &items.collect::<String>(), "</ol>"].concat();
        }
        let mut out = ["<table><caption class=\"small\">", &escaped(&self.caption)].concat();
        out.push_str("</caption><thead><tr><th scope=\"col\">");
        out.push_str(&escaped(&self.corner));
        for column in &self.columns {
            out.push_str("</th><th scope=\"col\">");
            out.push_str(&escaped(&column.words));
        }
        out.push_str("</th></tr></thead><tbody>");
        for n in 0..self.rows.len() {
            let at = if newest_first {
                self.rows.len() - 1 - n
            } else {
                n
            };
            let (name, cells) = &self.rows[at];
            out.push_str("<tr><th scope=\"row\">");
            out.push_str(&escaped(name));
            out.push_str("</th>");
            for cell in cells {
                for part in ["<td>", &escaped(cell), "</td>"] {
                    out.push_str(part);
                }
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table>");
        out
    }

    /// One row in one line, for those who hear it.
    fn said(&self, at: usize) -> String {
        let Some((name, cells)) = self.rows.get(at) else {
            return String::new();
        };
        let mut parts = vec![name.clone()];
        for (column, cell) in self.columns.iter().zip(cells) {
            if !cell.is_empty() {
                parts.push([column.words.as_str(), " ", cell].concat());
            }
        }
        parts.join("; ")
    }
}

/// A drawing and what stands around it.
pub struct Plot {
    /// What tests know it by.
    pub id: &'static str,
    /// Its heading.
    pub heading: String,
    /// One sentence that says what it shows.
    pub says: String,
    /// Its width and height.
    pub size: (f64, f64),
    /// Its markup.
    pub svg: String,
    /// Where each row of the table stands in it.
    pub places: Vec<(f64, f64)>,
    /// Where the reading begins.
    pub start: usize,
    /// Time goes from left to right: what is pointed at is found by that alone.
    pub timed: bool,
    /// The values.
    pub table: Table,
}

/// What a key leads to, among so many.
pub fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    match key {
        "ArrowRight" | "ArrowUp" => Some((at + 1).min(last)),
        "ArrowLeft" | "ArrowDown" => Some(at.saturating_sub(1)),
        "PageUp" => Some((at + 7).min(last)),
        "PageDown" => Some(at.saturating_sub(7)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// The drawing in a card, with its sentence, its reading and its table. All of it is one
/// text, and what a reading changes is changed in place: as views with a signal for each
/// value this would be three times as large.
pub fn view(plot: Plot) -> AnyView {
    let markup = plot.markup();
    let plot = Arc::new((plot, AtomicUsize::new(0)));
    plot.1.store(plot.0.begin(), Relaxed);
    let read = Arc::clone(&plot);
    let key = move |e: KeyboardEvent| {
        let (plot, at) = &*read;
        let Some(reader) = reader_of(&e) else { return };
        if let Some(next) = step(&e.key(), at.load(Relaxed), plot.table.rows.len()) {
            e.prevent_default();
            at.store(next, Relaxed);
            plot.show(next, &reader);
        }
    };
    let point = move |e: PointerEvent| {
        let (plot, at) = &*plot;
        // A finger that lies on it, or a mouse that passes over it.
        if e.pointer_type() != "mouse" && e.buttons() == 0 {
            return;
        }
        let Some((reader, x, y)) = place_in(&e, plot.size.0) else {
            return;
        };
        let found = if plot.timed {
            let flat: Vec<_> = plot.places.iter().map(|(x, _)| (*x, 0.0)).collect();
            nearest(&flat, x, 0.0)
        } else {
            nearest(&plot.places, x, y)
        };
        if let Some(next) = found.filter(|n| *n != at.load(Relaxed)) {
            at.store(next, Relaxed);
            plot.show(next, &reader);
        }
    };
    let down = point.clone();
    view! { <section class="card" inner_html=markup on:keydown=key on:pointerdown=down on:pointermove=point></section> }
        .into_any()
}

/// The drawing that an event happened in.
fn reader_of(e: &leptos::ev::Event) -> Option<Element> {
    let target: Element = e.target()?.dyn_into().ok()?;
    target.closest(".reader").ok().flatten()
}

/// The drawing that was pointed at, and where, in the units of a drawing so wide.
pub fn place_in(e: &PointerEvent, width: f64) -> Option<(Element, f64, f64)> {
    let reader = reader_of(e)?;
    let (x, y) = crate::shell::page::within(&reader, e.client_x(), e.client_y())?;
    Some((reader, x * width, y * width))
}

impl Plot {
    fn begin(&self) -> usize {
        self.start.min(self.table.rows.len().saturating_sub(1))
    }

    /// Puts one row into the reading.
    fn show(&self, at: usize, reader: &Element) {
        let set = |name: &str, value: &str| {
            let _ = reader.set_attribute(name, value);
        };
        set("data-at", &at.to_string());
        set("aria-valuenow", &at.to_string());
        set("aria-valuetext", &self.table.said(at));
        if let Ok(Some(cursor)) = reader.query_selector(".cursor") {
            let _ = cursor.set_attribute("transform", &self.cursor(at));
        }
        let mut next = reader
            .next_element_sibling()
            .and_then(|r| r.first_element_child());
        if let (Some(name), Some((words, cells))) = (&next, self.table.rows.get(at)) {
            name.set_text_content(Some(words));
            next = name
                .next_element_sibling()
                .and_then(|list| list.first_element_child());
            for cell in cells {
                let Some(line) = next else { return };
                if let Some(value) = line.last_element_child() {
                    value.set_text_content(Some(said_or_dash(cell)));
                }
                next = line.next_element_sibling();
            }
        }
    }

    fn cursor(&self, at: usize) -> String {
        let (x, y) = self.places.get(at).copied().unwrap_or_default();
        let y = if self.timed { 0.0 } else { y };
        ["translate(", &number(x), " ", &number(y), ")"].concat()
    }

    fn markup(&self) -> String {
        let at = self.begin();
        let mut out = String::new();
        let mut put = |parts: &[&str]| parts.iter().for_each(|part| out.push_str(part));
        put(&[
            "<h2>",
            &escaped(&self.heading),
            "</h2><p data-t=\"",
            self.id,
            "-says\">",
        ]);
        put(&[
            &escaped(&self.says),
            "</p><div role=\"slider\" tabindex=\"0\" aria-valuemin=\"0\" aria-valuemax=\"",
        ]);
        put(&[
            &self.table.rows.len().saturating_sub(1).to_string(),
            "\" aria-valuenow=\"",
            &at.to_string(),
        ]);
        put(&[
            "\" data-at=\"",
            &at.to_string(),
            "\" aria-label=\"",
            &escaped(&self.heading),
        ]);
        put(&[
            "\" aria-valuetext=\"",
            &escaped(&self.table.said(at)),
            "\" class=\"reader",
        ]);
        put(&[
            if self.timed { " timed" } else { "" },
            "\" data-t=\"",
            self.id,
            "-plot\">",
        ]);
        // The cursor lies over everything in the drawing.
        let drawing = self.svg.strip_suffix("</svg>").unwrap_or(&self.svg);
        let high = number(self.size.1);
        let shape = if self.timed {
            ["M0 0V", &high].concat()
        } else {
            Mark::Circle.path(0.0, 0.0, 23.0)
        };
        put(&[
            drawing,
            "<path class=\"cursor\" d=\"",
            &shape,
            "\" transform=\"",
            &self.cursor(at),
            "\"/></svg></div>",
        ]);
        put(&[
            "<div class=\"reading\" aria-hidden=\"true\" data-t=\"",
            self.id,
            "-reading\"><b>",
        ]);
        let row = self.table.rows.get(at);
        put(&[
            &row.map_or_else(String::new, |(name, _)| escaped(name)),
            "</b><dl>",
        ]);
        for (n, column) in self.table.columns.iter().enumerate() {
            let cell = row
                .and_then(|(_, cells)| cells.get(n))
                .map_or("", String::as_str);
            put(&[
                "<div><dt><i class=\"shape ",
                column.shape,
                "\"></i>",
                &escaped(&column.words),
            ]);
            put(&["</dt><dd>", &escaped(said_or_dash(cell)), "</dd></div>"]);
        }
        let behind = escaped(&t(if self.table.list {
            "plot.list"
        } else {
            "plot.table"
        }));
        put(&[
            "</dl></div><details><summary data-t=\"",
            self.id,
            "-table\">",
            &behind,
        ]);
        put(&[
            "</summary><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"",
            &behind,
            "\">",
        ]);
        put(&[&self.table.markup(self.timed), "</div></details>"]);
        out
    }
}

fn said_or_dash(cell: &str) -> &str {
    if cell.is_empty() { "–" } else { cell }
}
