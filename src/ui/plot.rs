//! A drawing whose values are read by touch, pointer or arrow keys, with a table behind
//! it. The drawing itself is built as text: views would wrap each of its many parts.

use super::parts::card;
use super::words::t;
use crate::chart::plot::{Mark, nearest, number};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
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

/// The drawing in a card, with its sentence, its reading and its table.
pub fn view(plot: Plot) -> AnyView {
    let heading = plot.heading.clone();
    let body = inside(plot);
    card(heading, body)
}

#[allow(clippy::too_many_lines)] // one drawing, from its sentence to its table
fn inside(plot: Plot) -> AnyView {
    let Plot {
        id,
        heading,
        says,
        size,
        svg,
        places,
        start,
        timed,
        table,
    } = plot;
    let count = table.rows.len();
    let at = RwSignal::new(start.min(count.saturating_sub(1)));
    let table = StoredValue::new(table);
    let places = StoredValue::new(places);
    let said = move || table.with_value(|table| table.said(at.get()));
    let key = move |e: KeyboardEvent| {
        if let Some(next) = step(&e.key(), at.get_untracked(), count) {
            e.prevent_default();
            at.set(next);
        }
    };
    let point = move |e: PointerEvent| {
        let wide = e.current_target().and_then(|t| t.dyn_into().ok());
        let wide = wide.map_or(0, |t: web_sys::HtmlElement| t.offset_width());
        // A finger that lies on it, or a mouse that passes over it.
        if wide == 0 || (e.pointer_type() != "mouse" && e.buttons() == 0) {
            return;
        }
        let scale = size.0 / f64::from(wide);
        let (x, y) = (
            f64::from(e.offset_x()) * scale,
            f64::from(e.offset_y()) * scale,
        );
        let found = places.with_value(|all| {
            let flat: Vec<(f64, f64)> = all
                .iter()
                .map(|(x, y)| (*x, if timed { 0.0 } else { *y }))
                .collect();
            nearest(&flat, x, if timed { 0.0 } else { y })
        });
        if let Some(found) = found.filter(|found| *found != at.get_untracked()) {
            at.set(found);
        }
    };
    let down = point;
    let place = move || places.with_value(|all| all.get(at.get()).copied().unwrap_or_default());
    let percent = |part: f64, whole: f64| [number(part / whole * 100.0), "%".to_owned()].concat();
    let legend =
        table.with_value(|all| {
            let cells = all.columns.iter().enumerate().map(|(n, column)| {
            let value = move || {
                table.with_value(|all| {
                    let cell = all.rows.get(at.get()).and_then(|(_, cells)| cells.get(n));
                    cell.filter(|c| !c.is_empty()).cloned().unwrap_or_else(|| "–".to_owned())
                })
            };
            view! {
                <div>
                    <dt><i class=["shape ", column.shape].concat()></i>{column.words.clone()}</dt>
                    <dd>{value}</dd>
                </div>
            }
        });
            cells.collect_view()
        });
    let name = move || table.with_value(|all| all.rows.get(at.get()).map(|(name, _)| name.clone()));
    let open = RwSignal::new(false);
    let behind = table.with_value(|all| t(if all.list { "plot.list" } else { "plot.table" }));
    let class = if timed { "reader timed" } else { "reader" };
    view! {
        <p data-t=[id, "-says"].concat()>{says}</p>
        <div
            class=class
            data-t=[id, "-plot"].concat()
            data-at=move || at.get()
            role="slider"
            tabindex="0"
            aria-label=heading
            aria-valuemin="0"
            aria-valuemax=count.saturating_sub(1)
            aria-valuenow=move || at.get()
            aria-valuetext=said
            on:keydown=key
            on:pointerdown=down
            on:pointermove=point
        >
            <div inner_html=svg></div>
            <i
                class="cursor"
                style:left=move || percent(place().0, size.0)
                style:top=move || if timed { String::new() } else { percent(place().1, size.1) }
            ></i>
        </div>
        <div class="reading" aria-hidden="true" data-t=[id, "-reading"].concat()>
            <b>{name}</b>
            <dl>{legend}</dl>
        </div>
        <details on:toggle=move |_| open.set(true)>
            <summary data-t=[id, "-table"].concat()>{behind.clone()}</summary>
            <div class="wide" tabindex="0" role="group" aria-label=behind
                inner_html=move || if open.get() { table.with_value(|all| all.markup(timed)) } else { String::new() }></div>
        </details>
    }
    .into_any()
}
