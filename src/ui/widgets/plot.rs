//! A drawing whose values are read by touch, pointer or arrow keys, with a table behind
//! it.

use crate::formats::markup::Markup;
use crate::formats::plot::{Mark, nearest, number};
use crate::formats::svg::Svg;
use crate::ui::text::words::t;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use leptos::web_sys::Element;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use wasm_bindgen::JsCast;

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
    fn markup(&self, out: &mut Markup, newest_first: bool) {
        if self.list {
            out.open("ol", &[("class", "plain")]);
            for at in 0..self.rows.len() {
                out.element("li", &[], &self.sentence(at));
            }
            return out.close("ol");
        }
        out.open("table", &[]);
        out.element("caption", &[("class", "small")], &self.caption);
        out.open("thead", &[]);
        out.open("tr", &[]);
        out.element("th", &[("scope", "col")], &self.corner);
        for column in &self.columns {
            out.element("th", &[("scope", "col")], &column.words);
        }
        out.close("tr");
        out.close("thead");
        out.open("tbody", &[]);
        let row = |out: &mut Markup, (name, cells): &(String, Vec<String>)| {
            out.open("tr", &[]);
            out.element("th", &[("scope", "row")], name);
            for cell in cells {
                out.element("td", &[], cell);
            }
            out.close("tr");
        };
        if newest_first {
            self.rows.iter().rev().for_each(|r| row(out, r));
        } else {
            self.rows.iter().for_each(|r| row(out, r));
        }
        out.close("tbody");
        out.close("table");
    }

    /// One row in one line, for those who hear it.
    fn sentence(&self, at: usize) -> String {
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
    /// The drawing, without the cursor.
    pub svg: Svg,
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
    let markup = plot.markup().into_string();
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
        set("aria-valuetext", &self.table.sentence(at));
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
                    value.set_text_content(Some(or_dash(cell)));
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

    fn markup(&self) -> Markup {
        let at = self.begin();
        let id = |end: &str| [self.id, end].concat();
        let mut out = Markup::default();
        out.element("h2", &[], &self.heading);
        out.element("p", &[("data-t", &id("-says"))], &self.says);
        let last = self.table.rows.len().saturating_sub(1).to_string();
        out.open(
            "div",
            &[
                ("role", "slider"),
                ("tabindex", "0"),
                ("aria-valuemin", "0"),
                ("aria-valuemax", &last),
                ("aria-valuenow", &at.to_string()),
                ("data-at", &at.to_string()),
                ("aria-label", &self.heading),
                ("aria-valuetext", &self.table.sentence(at)),
                ("class", if self.timed { "reader timed" } else { "reader" }),
                ("data-t", &id("-plot")),
            ],
        );
        out.append(&self.drawing(at));
        out.close("div");
        self.reading(&mut out, at);
        out.open("details", &[]);
        let behind = t(if self.table.list {
            "plot.list"
        } else {
            "plot.table"
        });
        out.element("summary", &[("data-t", &id("-table"))], &behind);
        out.open(
            "div",
            &[
                ("class", "wide"),
                ("tabindex", "0"),
                ("role", "group"),
                ("aria-label", &behind),
            ],
        );
        self.table.markup(&mut out, self.timed);
        out.close("div");
        out.close("details");
        out
    }

    /// The cursor lies over everything in the drawing.
    fn drawing(&self, at: usize) -> Markup {
        let mut svg = self.svg.clone();
        let shape = if self.timed {
            ["M0 0V", &number(self.size.1)].concat()
        } else {
            Mark::Circle.path(0.0, 0.0, 23.0)
        };
        svg.path_at("cursor", &shape, &[("transform", &self.cursor(at))]);
        let attributes = [("class", "plot"), ("aria-hidden", "true")];
        svg.finish([0.0, 0.0, self.size.0, self.size.1], &attributes)
    }

    /// The row that is read just now, which is also the legend.
    fn reading(&self, out: &mut Markup, at: usize) {
        let id = [self.id, "-reading"].concat();
        let attributes = [
            ("class", "reading"),
            ("aria-hidden", "true"),
            ("data-t", &*id),
        ];
        out.open("div", &attributes);
        let row = self.table.rows.get(at);
        out.element("b", &[], row.map_or("", |(name, _)| name));
        out.open("dl", &[]);
        for (n, column) in self.table.columns.iter().enumerate() {
            let cell = row.and_then(|(_, cells)| cells.get(n));
            let shape = ["shape ", column.shape].concat();
            out.open("div", &[]);
            out.open("dt", &[]);
            out.element("i", &[("class", &shape)], "");
            out.text(&column.words);
            out.close("dt");
            out.element("dd", &[], or_dash(cell.map_or("", String::as_str)));
            out.close("div");
        }
        out.close("dl");
        out.close("div");
    }
}

fn or_dash(cell: &str) -> &str {
    if cell.is_empty() { "–" } else { cell }
}
