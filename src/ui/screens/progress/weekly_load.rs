//! Running minutes a week against the longest run of thirty days.

use super::room::TOP;
use super::summary::Summary;
use super::time_plot::{TimePlot, column, whole};
use crate::formats::plot::Mark;
use crate::insights::span::Unit;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::minutes;
use leptos::prelude::*;

pub fn view(_: App, s: &Summary) -> AnyView {
    let by = &s.weeks;
    let a_week: Vec<_> = by.slots.iter().map(|s| s.minutes_a_week(by.unit)).collect();
    let mut plot = TimePlot::new(by);
    let bars = a_week.iter().map(|(run, walk)| run + walk);
    let highest = bars.chain(by.slots.iter().map(|s| s.longest));
    let scale = plot.pane_up_to(TOP, 130.0, 4, highest, &t("plot.minutes_axis"));
    plot.minutes(&scale, &a_week);
    let longest = plot.points(&scale, |s| Some(s.longest).filter(|min| *min > 0.0));
    let classes = ("longest", "mark-longest");
    plot.curve(classes, Mark::Diamond, (0.3, (2.0, 4.5)), &longest, 0);
    let last = by.slots.last().map_or(0.0, |s| s.longest);
    let says = tf(
        "progress.weekly_says",
        &[
            ("longest", &minutes(last.round())),
            ("week", &minutes(by.run_min_a_week().round())),
        ],
    );
    let columns = vec![
        column("run", "progress.run_week"),
        column("walk", "progress.walk_week"),
        column("diamond", "progress.longest"),
        column("", "progress.sessions"),
    ];
    let unit: Unit = by.unit;
    plot.finish("weekly", t("progress.weeks"), says, columns, &|s| {
        let (run, walk) = s.minutes_a_week(unit);
        let sessions = s.sessions.to_string();
        vec![whole(run), whole(walk), whole(s.longest), sessions]
    })
}
