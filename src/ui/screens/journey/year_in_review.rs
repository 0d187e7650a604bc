//! The year behind, in sums; and the ways back from earlier injuries.

use crate::insights::milestones;
use crate::insights::milestones::WayBack;
use crate::insights::year_in_review;
use crate::insights::year_in_review::Year;
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{card, minutes};
use crate::ui::widgets::entry_form::keyed;
use leptos::prelude::*;

/// Both cards; each only where there is something to say.
pub fn view(app: App) -> AnyView {
    keyed(app, |s| s.guidance_revision.to_string(), drawn)
}

fn drawn(app: App) -> AnyView {
    let (year, mut ways) = app.peek(|s| {
        let ways = milestones::ways_back(s.diary(), s.guidance());
        (year_in_review::year(s.diary(), s.guidance()), ways)
    });
    ways.pop();
    let year = year.as_ref().map(of_year);
    let rows = ways.iter().rev().map(way).collect_view();
    let earlier = (!ways.is_empty()).then(|| {
        let list = view! { <ul class="plain" data-t="earlier-ways">{rows}</ul> };
        card(t("ways.title"), list.into_any())
    });
    view! { {year}{earlier} }.into_any()
}

fn of_year(y: &Year) -> AnyView {
    let n = |n: usize| n.to_string();
    let hours = |min: f64| minutes(min.round());
    let mut lines = vec![
        tf(
            "year.ran",
            &[("n", &n(y.runs)), ("time", &hours(y.run_min))],
        ),
        tf("year.walked", &[("time", &hours(y.walk_min))]),
        tf("year.longest", &[("time", &hours(y.longest_min))]),
        tf(
            "year.beside",
            &[("strength", &n(y.strength)), ("other", &n(y.activities))],
        ),
        tf("year.mornings", &[("n", &n(y.mornings))]),
        tf("year.levels", &[("up", &n(y.up)), ("down", &n(y.down))]),
    ];
    lines.extend(
        y.freedoms
            .iter()
            .map(|f| tf("year.freedom", &[("name", &tk("freedom.", f.key()))])),
    );
    let rows = lines.into_iter().map(row).collect_view();
    card(
        t("year.title"),
        view! {
            <p class="small">{tf("year.since", &[("day", &format::long_date(y.from))])}</p>
            <ul class="plain" data-t="year">{rows}</ul>
        }
        .into_any(),
    )
}

fn way(w: &WayBack) -> AnyView {
    let side = tk("side.short_", w.side.key());
    let what = [
        side.as_str(),
        if side.is_empty() { "" } else { " " },
        &tk("site.", w.site.key()),
    ]
    .concat();
    let until = w.until.map(format::long_date).unwrap_or_default();
    let days = tf(
        "ways.days",
        &[("from", &format::long_date(w.began)), ("until", &until)],
    );
    let reached = w.reached.iter().map(|r| tk("milestone.", r.what.key()));
    let reached = reached.collect::<Vec<_>>().join(" · ");
    view! {
        <li>
            <b>{what}</b>" "<span class="small">{days}</span>
            <p class="small">{reached}</p>
        </li>
    }
    .into_any()
}

fn row(line: String) -> AnyView {
    view! { <li>{line}</li> }.into_any()
}
