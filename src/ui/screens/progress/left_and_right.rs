//! Left against right: what was measured on both sides.

use super::room::Room;
use super::summary::Summary;
use super::time_plot::column;
use crate::formats::svg::Svg;
use crate::insights::symmetry::Symmetry;
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::text::symmetry::{measured_words, unit_words};
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::card;
use crate::ui::widgets::plot::{Plot, Table, view as plot};
use leptos::prelude::*;

pub fn view(_: App, s: &Summary) -> AnyView {
    let Some(worst) = s
        .symmetry
        .iter()
        .min_by(|a, b| a.weaker_share().0.total_cmp(&b.weaker_share().0))
    else {
        let none = view! { <p class="small" data-t="sides-none">{t("progress.sides_none")}</p> };
        return card(t("progress.sides"), none.into_any());
    };
    let room = Room::new();
    let line = 18.0 * room.letter;
    let row = line + 34.0;
    let mut svg = Svg::default();
    let mut at = Vec::new();
    let mut y = 4.0;
    for sides in &s.symmetry {
        svg.words(
            "axis name",
            (0.0, y + line - 4.0),
            &measured_words(&sides.measured),
        );
        let most = sides.left.max(sides.right).max(0.01);
        let wide = |value: f64| value.max(0.0) / most * (room.width - room.left);
        svg.rect("bar-left", (room.left, y + line), (wide(sides.left), 10.0));
        svg.rect(
            "bar-right",
            (room.left + 1.0, y + line + 14.0),
            (wide(sides.right) - 2.0, 8.0),
        );
        svg.words(
            "axis end",
            (room.left - 6.0, y + line + 10.0),
            &t("sides.short_left"),
        );
        svg.words(
            "axis end",
            (room.left - 6.0, y + line + 24.0),
            &t("sides.short_right"),
        );
        at.push((room.width / 2.0, y + row / 2.0));
        y += row;
    }
    let size = (room.width, y);
    let share = |sides: &Symmetry| (sides.weaker_share().0 * 100.0).round();
    let percent = |sides: &Symmetry| format::number(share(sides));
    let says = if share(worst) >= 100.0 {
        t("progress.sides_equal")
    } else {
        let side = if worst.weaker_share().1 {
            "progress.sides_left"
        } else {
            "progress.sides_right"
        };
        let what = measured_words(&worst.measured);
        tf(side, &[("what", &what), ("percent", &percent(worst))])
    };
    let value = |sides: &Symmetry, value: f64| {
        [format::number(value), unit_words(sides)]
            .join(" ")
            .trim()
            .to_owned()
    };
    let rows = s
        .symmetry
        .iter()
        .map(|x| {
            let cells = vec![
                value(x, x.left),
                value(x, x.right),
                percent(x),
                format::short_date(x.on),
            ];
            (measured_words(&x.measured), cells)
        })
        .collect();
    plot(Plot {
        id: "sides",
        heading: t("progress.sides"),
        says,
        size,
        svg,
        places: at,
        start: 0,
        timed: false,
        table: Table {
            caption: t("progress.sides"),
            corner: t("sides.what"),
            columns: vec![
                column("left", "sides.left"),
                column("right", "sides.right"),
                column("", "sides.percent"),
                column("", "plot.when"),
            ],
            rows,
            list: false,
        },
    })
}
