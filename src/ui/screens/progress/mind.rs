//! Mood, sleep, confidence and fear beside pain, in strips over the same days.

use super::room::TOP;
use super::summary::Summary;
use super::time_plot::{TimePlot, column, mean, score};
use crate::formats::plot::Mark;
use crate::insights::overview::{Mean, Slot};
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf};
use leptos::prelude::*;

/// A strip: what it reads, its highest value, the key of its words, its marks.
struct Strip {
    value: fn(&Slot) -> Option<f64>,
    most: f64,
    words: &'static str,
    /// The mark's shape in the legend.
    shape: &'static str,
    mark: Mark,
}

const STRIPS: [Strip; 5] = [
    Strip {
        value: |s| s.pain().map(f64::from),
        most: 10.0,
        words: "strip.pain",
        shape: "diamond",
        mark: Mark::Diamond,
    },
    Strip {
        value: |s| s.mood.get(),
        most: 5.0,
        words: "strip.mood",
        shape: "",
        mark: Mark::Circle,
    },
    Strip {
        value: |s| s.sleep.get(),
        most: 12.0,
        words: "strip.sleep",
        shape: "walk",
        mark: Mark::Square,
    },
    Strip {
        value: |s| s.confidence.get(),
        most: 10.0,
        words: "strip.confidence",
        shape: "up",
        mark: Mark::Up,
    },
    Strip {
        value: |s| s.fear.get(),
        most: 10.0,
        words: "strip.fear",
        shape: "down",
        mark: Mark::Down,
    },
];

pub fn view(_: App, s: &Summary) -> AnyView {
    let mut plot = TimePlot::new(&s.slots);
    plot.foot = 18.0;
    let bridge = plot.bridge();
    for strip in STRIPS {
        let scale = plot.pane(TOP, 40.0, &[0.0, strip.most], &t(strip.words));
        let points = plot.points(&scale, strip.value);
        let classes = if strip.mark == Mark::Diamond {
            ("pain-during", "mark-during")
        } else {
            ("strip", "mark-strip")
        };
        plot.curve(classes, strip.mark, (0.3, (1.8, 3.4)), &points, bridge);
        plot.skip(8.0);
    }
    let all = |read: fn(&Slot) -> Mean| {
        let slots = s.slots.slots.iter();
        let all = slots.fold(Mean::default(), |all, s| all.with(read(s)));
        all.get().map_or_else(|| "–".to_owned(), format::number)
    };
    let says = tf(
        "progress.mind_says",
        &[
            ("mood", &all(|s| s.mood)),
            ("sleep", &all(|s| s.sleep)),
            ("confidence", &all(|s| s.confidence)),
            ("fear", &all(|s| s.fear)),
        ],
    );
    let columns = STRIPS.iter().map(|s| column(s.shape, s.words)).collect();
    plot.finish("mind", t("progress.mind"), says, columns, &|s| {
        vec![
            score(s.pain()),
            mean(s.mood),
            mean(s.sleep),
            mean(s.confidence),
            mean(s.fear),
        ]
    })
}
