//! Adherence: sessions and rest as asked for, beside what was missed and what was more.

use super::room::TOP;
use super::summary::Summary;
use super::time_plot::{TimePlot, column};
use crate::ui::context::App;
use crate::ui::text::words::{t, tf};
use leptos::prelude::*;

pub fn view(app: App, s: &Summary) -> AnyView {
    let mut by = s.weeks.clone();
    app.peek(|state| by.add_adherence(state.diary(), s.today));
    let all = by.adherence();
    if all.all() == 0 {
        return ().into_any();
    }
    let mut plot = TimePlot::new(&by);
    let days = by.slots.iter().map(|s| f64::from(s.adherence.all()));
    let scale = plot.pane_up_to(TOP, 110.0, 4, days, &t("plot.days_axis"));
    let wide = plot.bar_width();
    for (n, slot) in by.slots.iter().enumerate() {
        let x = plot.slots.middle(n) - wide / 2.0;
        let mut y = scale.y(0.0);
        let days = slot.adherence;
        for (class, count) in [
            ("bar-session", days.sessions),
            ("bar-rest", days.rest),
            ("bar-open", days.missed),
            ("bar-more", days.exceeded),
        ] {
            let long = scale.len(f64::from(count));
            y -= long;
            plot.svg
                .rect(class, (x + 1.0, y + 1.0), (wide - 2.0, long - 2.0));
        }
    }
    let says = tf(
        "progress.kept_says",
        &[
            ("kept", &all.as_planned().to_string()),
            ("all", &all.all().to_string()),
            ("rest", &all.rest.to_string()),
        ],
    );
    let columns = vec![
        column("run", "kept.sessions"),
        column("rest", "kept.rest"),
        column("open", "kept.open"),
        column("more", "kept.more"),
    ];
    plot.finish("kept", t("progress.kept"), says, columns, &|s| {
        let days = s.adherence;
        let counts = [days.sessions, days.rest, days.missed, days.exceeded];
        counts.map(|n| n.to_string()).to_vec()
    })
}
