//! The level, step by step, each with its reason.

use super::room::{FOOT, Room, TOP};
use super::summary::Summary;
use super::time_plot::{column, dates};
use crate::formats::plot::steps;
use crate::formats::scale::Scale;
use crate::formats::svg::Svg;
use crate::rules::guidance::LevelChange;
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::text::levels::{level_change, mark_of};
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::plot::{Plot, Table, view as plot};
use leptos::prelude::*;

pub fn view(_: App, s: &Summary) -> AnyView {
    let from = s.slots.slots.first().map_or(s.today, |slot| slot.from);
    // The one that stood when the stretch began, and all since.
    let before = s.history.iter().rposition(|c| c.on <= from);
    let shown = s.history.get(before.unwrap_or(0)..).unwrap_or_default();
    if shown.is_empty() {
        return ().into_any();
    }
    let room = Room::new();
    let top = TOP * room.letter;
    let index = |id: &str| s.ladder.index(id).unwrap_or(0);
    #[allow(clippy::cast_precision_loss)] // levels and days
    let scale = Scale::new(s.ladder.last() as f64, top, 150.0);
    #[allow(clippy::cast_precision_loss)]
    let place = |c: &LevelChange| {
        let (begin, whole) = (room.left, room.width - room.left - 6.0);
        let days = (s.today - from).num_days().max(1) as f64;
        let x = begin + (c.on - from).num_days().max(0) as f64 / days * whole;
        (x, scale.y(index(&c.to) as f64))
    };
    let mut svg = Svg::default();
    let mut below = f64::MAX;
    for (n, level) in s.ladder.levels().iter().enumerate() {
        let first = n == 0 || s.ladder.at(n - 1).is_none_or(|l| l.stage != level.stage);
        #[allow(clippy::cast_precision_loss)]
        let y = scale.y(n as f64);
        if (first || n == s.ladder.last()) && below - y > 14.0 * room.letter {
            svg.line("grid", (room.left, y), (room.width, y));
            svg.words(
                "axis end",
                (room.left - 6.0, y + 4.0 * room.letter),
                &level.id,
            );
            below = y;
        }
    }
    svg.words("axis", (0.0, top - 12.0), &t("progress.level"));
    let points: Vec<_> = shown.iter().map(place).collect();
    svg.path("level-line", &steps(&points, room.width - 2.0));
    for (change, point) in shown.iter().zip(&points) {
        let (class, mark) = mark_of(change.cause);
        svg.marks(class, mark, 4.5, &[Some(*point)]);
    }
    let bottom = top + 150.0;
    dates(&room, &mut svg, &s.slots, bottom + 18.0 * room.letter);
    let size = (room.width, bottom + FOOT * room.letter);
    let since = shown.get(1..).unwrap_or_default();
    let count = |up: bool| {
        let moved = |c: &&LevelChange| {
            let was = c.from.as_deref().map_or(0, index);
            if up {
                index(&c.to) > was
            } else {
                index(&c.to) < was
            }
        };
        since.iter().filter(moved).count().to_string()
    };
    let level = |c: Option<&LevelChange>| c.map_or_else(String::new, |c| c.to.clone());
    let says = tf(
        "progress.level_says",
        &[
            ("from", &level(shown.first())),
            ("to", &level(shown.last())),
            ("up", &count(true)),
            ("down", &count(false)),
        ],
    );
    let rows = shown
        .iter()
        .map(|c| (format::long_date(c.on), vec![c.to.clone(), level_change(c)]))
        .collect();
    plot(Plot {
        id: "levels",
        heading: t("progress.levels"),
        says,
        size,
        svg,
        start: points.len(),
        places: points,
        timed: true,
        table: Table {
            caption: t("progress.levels"),
            corner: t("plot.when"),
            columns: vec![column("", "progress.level"), column("", "progress.why")],
            rows,
            list: false,
        },
    })
}
