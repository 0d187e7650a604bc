//! Pain above, minutes below, on one line of days.

use super::room::TOP;
use super::summary::Summary;
use super::time_plot::{TimePlot, column, score, whole};
use crate::formats::plot::Mark;
use crate::insights::overview::Slot;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::minutes;
use leptos::prelude::*;

pub fn view(_: App, s: &Summary) -> AnyView {
    let by = &s.slots;
    let mut plot = TimePlot::new(by);
    pain(&mut plot, s);
    let both = by.slots.iter().map(|s| s.run_min + s.walk_min);
    let load = plot.pane_up_to(38.0, 84.0, 3, both, &t("plot.minutes_axis"));
    let both: Vec<_> = by.slots.iter().map(|s| (s.run_min, s.walk_min)).collect();
    plot.minutes(&load, &both);
    let columns = vec![
        column("run", "progress.run"),
        column("walk", "progress.walk"),
        column("diamond", "progress.during"),
        column("morning", "progress.morning"),
    ];
    plot.finish("load", t("progress.load"), says(s), columns, &|s| {
        vec![
            whole(s.run_min),
            whole(s.walk_min),
            score(s.during),
            score(s.morning),
        ]
    })
}

fn pain(plot: &mut TimePlot, s: &Summary) {
    let (left, right) = (plot.room.left, plot.room.width);
    let limit = s.tolerated_pain;
    let scale = plot.empty_pane(TOP, 100.0, 10.0);
    let (top, at_limit) = (scale.y(10.0), scale.y(f64::from(limit)));
    let above = (right - left, at_limit - top);
    plot.svg.rect("band", (left, top), above);
    let axis = t("plot.pain_axis");
    plot.room
        .scale(&mut plot.svg, &scale, &[0.0, 5.0, 10.0], &axis);
    plot.svg.line("limit", (left, at_limit), (right, at_limit));
    let words = tf("plot.limit", &[("limit", &limit.to_string())]);
    plot.svg
        .words("axis end", (right - 2.0, at_limit - 5.0), &words);
    if s.baseline > 0 && s.baseline != limit {
        let y = scale.y(f64::from(s.baseline));
        plot.svg.line("usual", (left, y), (right, y));
    }
    let size = (0.34, (2.0, 4.2));
    let bridge = plot.bridge();
    let points = plot.points(&scale, |s| s.morning.map(f64::from));
    let classes = ("pain-morning", "mark-morning");
    plot.curve(classes, Mark::Circle, size, &points, bridge);
    let points = plot.points(&scale, |s| s.during.map(f64::from));
    let classes = ("pain-during", "mark-during");
    plot.curve(classes, Mark::Diamond, size, &points, bridge);
}

fn says(s: &Summary) -> String {
    let slots = &s.slots.slots;
    let sum = |read: fn(&Slot) -> f64| minutes(slots.iter().map(read).sum::<f64>().round());
    let worst = |read: fn(&Slot) -> Option<u8>| {
        let worst = slots.iter().filter_map(read).max();
        worst.map_or_else(|| "–".to_owned(), |v| v.to_string())
    };
    let above: u32 = slots.iter().map(|s| s.above).sum();
    let load = tf(
        "progress.load_says",
        &[
            ("run", &sum(|s| s.run_min)),
            ("walk", &sum(|s| s.walk_min)),
            ("during", &worst(|s| s.during)),
            ("morning", &worst(|s| s.morning)),
        ],
    );
    let limit = s.tolerated_pain.to_string();
    let above = tf(
        "progress.above",
        &[("limit", &limit), ("count", &above.to_string())],
    );
    [load, above].join(" ")
}
