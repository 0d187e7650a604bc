//! A picture over time: slots from left to right, panes one below another, dates at the
//! foot. Four of the six pictures are made with it.

use super::room::{FOOT, Room};
use crate::formats::plot::{Mark, Slots, line};
use crate::formats::scale::{Scale, ticks};
use crate::formats::svg::Svg;
use crate::insights::overview::{Mean, Overview, Slot};
use crate::insights::span::Unit;
use crate::shell::{calendar, format};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::plot::{Column, Plot, Table, view as plot};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

/// A picture as it grows downwards.
pub struct TimePlot<'a> {
    pub room: Room,
    pub by: &'a Overview,
    pub slots: Slots,
    pub svg: Svg,
    /// Where the next pane begins.
    bottom: f64,
    /// Height of the dates, in letters.
    pub foot: f64,
}

impl<'a> TimePlot<'a> {
    pub fn new(by: &'a Overview) -> Self {
        let room = Room::new();
        Self {
            slots: Slots::new(room.left, room.width - room.left - 4.0, by.slots.len()),
            room,
            by,
            svg: Svg::default(),
            bottom: 0.0,
            foot: FOOT,
        }
    }

    /// A pane below what is there, `gap` letters apart, for values from 0 to `most`.
    pub fn empty_pane(&mut self, gap: f64, height: f64, most: f64) -> Scale {
        let top = self.bottom + gap * self.room.letter;
        self.bottom = top + height;
        Scale::new(most, top, height)
    }

    /// The same with a line at each of `marks`.
    pub fn pane(&mut self, gap: f64, height: f64, marks: &[f64], axis: &str) -> Scale {
        let scale = self.empty_pane(gap, height, marks.last().copied().unwrap_or(1.0));
        self.room.scale(&mut self.svg, &scale, marks, axis);
        scale
    }

    /// A pane that reaches up to the highest of these values.
    pub fn pane_up_to(
        &mut self,
        gap: f64,
        height: f64,
        most_ticks: u32,
        values: impl Iterator<Item = f64>,
        axis: &str,
    ) -> Scale {
        let highest = values.fold(0.0, f64::max);
        self.pane(gap, height, &ticks(highest, most_ticks), axis)
    }

    /// Room below a pane.
    pub fn skip(&mut self, height: f64) {
        self.bottom += height;
    }

    /// How wide a bar is.
    pub fn bar_width(&self) -> f64 {
        (self.slots.step() * 0.68).max(1.5)
    }

    /// Where the values of the slots lie.
    pub fn points(
        &self,
        scale: &Scale,
        value: impl Fn(&Slot) -> Option<f64>,
    ) -> Vec<Option<(f64, f64)>> {
        let slots = self.by.slots.iter().enumerate();
        let place = |n, v| (self.slots.middle(n), scale.y(v));
        slots
            .map(|(n, slot)| value(slot).map(|v| place(n, v)))
            .collect()
    }

    /// A line through points, with a mark at each.
    pub fn curve(
        &mut self,
        (line_class, mark_class): (&str, &str),
        mark: Mark,
        (size, range): (f64, (f64, f64)),
        points: &[Option<(f64, f64)>],
        bridge: usize,
    ) {
        let r = (self.slots.step() * size).clamp(range.0, range.1);
        self.svg.path(line_class, &line(points, bridge));
        self.svg.marks(mark_class, mark, r, points);
    }

    /// How many slots a line goes over without a value: a session every third day is one line.
    pub fn bridge(&self) -> usize {
        if self.by.unit == Unit::Day { 6 } else { 1 }
    }

    /// Bars of minutes, running below and walking above it.
    pub fn minutes(&mut self, scale: &Scale, minutes: &[(f64, f64)]) {
        let wide = self.bar_width();
        for (n, (run, walk)) in minutes.iter().enumerate() {
            let x = self.slots.middle(n) - wide / 2.0;
            let (run, walk) = (scale.len(*run), scale.len(*walk));
            let base = scale.y(0.0);
            self.svg.rect("bar-run", (x, base - run), (wide, run));
            // The outline is drawn inside its bar: no stroke reaches into the run below it.
            let edge = if wide > 6.0 { 1.0 } else { 0.5 };
            let class = if wide > 6.0 {
                "bar-walk"
            } else {
                "bar-walk thin"
            };
            let inner = (wide - 2.0 * edge, walk - 2.0 * edge - 1.0);
            self.svg
                .rect(class, (x + edge, base - run - walk + edge), inner);
        }
    }

    /// The card with the picture, its sentence and its table.
    pub fn finish(
        mut self,
        id: &'static str,
        heading: String,
        says: String,
        columns: Vec<Column>,
        cells: &dyn Fn(&Slot) -> Vec<String>,
    ) -> AnyView {
        let foot = self.foot * self.room.letter;
        let base = self.bottom + foot - 8.0 * self.room.letter;
        dates(&self.room, &mut self.svg, self.by, base);
        let rows = self.by.slots.iter();
        let rows = rows.map(|s| (full_name(self.by.unit, s), cells(s)));
        plot(Plot {
            id,
            heading,
            says,
            size: (self.room.width, self.bottom + foot),
            svg: self.svg,
            places: (0..self.slots.len())
                .map(|n| (self.slots.middle(n), 0.0))
                .collect(),
            start: self.by.slots.len(),
            timed: true,
            table: Table {
                caption: tk("plot.by_", self.by.unit.key()),
                corner: t("plot.when"),
                columns,
                rows: rows.collect(),
                list: false,
            },
        })
    }
}

/// Names of slots at the foot of a picture.
pub fn dates(room: &Room, svg: &mut Svg, by: &Overview, y: f64) {
    let slots = Slots::new(room.left, room.width - room.left - 4.0, by.slots.len());
    // The last one is moved inwards: room for that, too.
    for at in slots.labelled(74.0 * room.letter) {
        let x = slots.middle(at).max(room.left + 18.0 * room.letter);
        let x = x.min(room.width - 24.0 * room.letter);
        let words = by.slots.get(at).map(|s| short_name(by.unit, s));
        svg.words("axis mid", (x, y), &words.unwrap_or_default());
    }
}

fn short_name(unit: Unit, slot: &Slot) -> String {
    match unit {
        Unit::Day | Unit::Week => format::short_date(slot.from),
        Unit::Month | Unit::Quarter => calendar::month(slot.from),
        Unit::Year => year(slot.from),
    }
}

fn full_name(unit: Unit, slot: &Slot) -> String {
    match unit {
        Unit::Day => format::weekday_date(slot.from),
        Unit::Week => tf("plot.week", &[("day", &format::short_date(slot.from))]),
        Unit::Month => calendar::month(slot.from),
        Unit::Quarter => [calendar::month(slot.from), calendar::month(slot.to)].join(" – "),
        Unit::Year => year(slot.from),
    }
}

fn year(day: NaiveDate) -> String {
    day.year().to_string()
}

/// A column of the table.
pub fn column(shape: &'static str, key: &str) -> Column {
    Column {
        shape,
        words: t(key),
    }
}

/// A cell with whole minutes.
pub fn whole(value: f64) -> String {
    format::number(value.round())
}

/// A cell with a score; empty without one.
pub fn score(value: Option<u8>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

/// A cell with a mean; empty without one.
pub fn mean(value: Mean) -> String {
    value.get().map_or_else(String::new, format::number)
}
