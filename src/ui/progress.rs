//! Numbers over time: minutes run and walked, week by week.

use super::context::App;
use super::parts::{card, head, minutes, title};
use super::words::{t, tf};
use crate::chart::{Scale, ticks};
use crate::domain::stats::{self, Week};
use crate::shell::format;
use leptos::prelude::*;

/// Weeks shown.
const WEEKS: u32 = 8;
/// The drawing's width and height, and the room around its bars.
const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 36.0;
const RIGHT: f64 = 6.0;
const TOP: f64 = 12.0;
const PLOT: f64 = 152.0;

/// The screen.
pub fn view(app: App) -> AnyView {
    let weeks = app.memo(|s| stats::weeks(&s.diary, s.now.day(), WEEKS, s.prefs.from_sunday));
    view! {
        {head(t("progress.eyebrow").into_any(), title(t("screen.progress")))}
        {move || weeks.with(|w| if w.iter().all(|w| w.sessions == 0) {
            view! { <p class="empty">{t("progress.empty")}</p> }.into_any()
        } else {
            load(w)
        })}
    }
    .into_any()
}

fn load(weeks: &[Week]) -> AnyView {
    let now = weeks.last();
    let before = weeks.len().checked_sub(2).and_then(|i| weeks.get(i));
    let run = |w: Option<&Week>| minutes(w.map_or(0.0, |w| w.run_min.round()));
    let walk = |w: Option<&Week>| minutes(w.map_or(0.0, |w| w.walk_min.round()));
    let says = tf(
        "progress.says",
        &[
            ("run", &run(now)),
            ("walk", &walk(now)),
            ("run_before", &run(before)),
            ("walk_before", &walk(before)),
        ],
    );
    card(
        t("progress.weekly"),
        view! {
            <p data-t="progress-says">{says}</p>
            {plot(weeks)}
            <p class="legend small">
                <span><span class="shape run" aria-hidden="true"></span>{t("progress.run")}</span>
                <span><span class="shape walk" aria-hidden="true"></span>{t("progress.walk")}</span>
            </p>
            <details>
                <summary data-t="progress-table">{t("progress.table")}</summary>
                {table(weeks)}
            </details>
        }
        .into_any(),
    )
}

fn plot(weeks: &[Week]) -> AnyView {
    let most = weeks
        .iter()
        .map(|w| w.run_min + w.walk_min)
        .fold(0.0, f64::max);
    let marks = ticks(most, 4);
    let scale = Scale::new(marks.last().copied().unwrap_or(1.0), TOP, PLOT);
    let count = u32::try_from(weeks.len()).unwrap_or(1).max(1);
    let step = (WIDTH - LEFT - RIGHT) / f64::from(count);
    let wide = step * 0.64;
    let lines = marks
        .iter()
        .map(|&m| {
            let y = n(scale.y(m));
            view! {
                <line class="grid" x1=n(LEFT) x2=n(WIDTH) y1=y.clone() y2=y.clone() />
                <text class="axis" x=n(LEFT - 6.0) y=n(scale.y(m) + 4.0) text-anchor="end">{format::number(m)}</text>
            }
        })
        .collect_view();
    let bars = (0u32..)
        .zip(weeks)
        .map(|(i, w)| {
            let x = LEFT + step * f64::from(i) + (step - wide) / 2.0;
            let (run, walk) = (scale.len(w.run_min), scale.len(w.walk_min));
            let base = TOP + PLOT;
            // The outline is drawn inside its bar: no stroke reaches into the run below it.
            let inner = (walk - 3.0).max(0.0);
            let label = (i % 2 == 1).then(|| format::short_date(w.first));
            view! {
                {(run > 0.0).then(|| view! {
                    <rect class="bar-run" x=n(x) y=n(base - run) width=n(wide) height=n(run) rx="2" />
                })}
                {(inner > 0.0).then(|| view! {
                    <rect class="bar-walk" x=n(x + 1.0) y=n(base - run - walk + 1.0) width=n(wide - 2.0) height=n(inner) rx="2" />
                })}
                <text class="axis" x=n(x + wide / 2.0) y=n(base + 20.0) text-anchor="middle">{label}</text>
            }
        })
        .collect_view();
    let size = ["0 0 ", &n(WIDTH), " ", &n(HEIGHT)].concat();
    view! {
        <svg class="plot" viewBox=size role="img" aria-label=t("progress.plot")>
            {lines}
            {bars}
        </svg>
    }
    .into_any()
}

/// A place in the drawing, whole units: the text of a fraction would bring the
/// whole of float formatting into the wasm.
#[allow(clippy::cast_possible_truncation)] // places lie within the drawing
fn n(place: f64) -> String {
    (place.round() as i32).to_string()
}

fn table(weeks: &[Week]) -> AnyView {
    let rows = weeks
        .iter()
        .rev()
        .map(|w| {
            view! {
                <tr>
                    <th scope="row">{format::short_date(w.first)}</th>
                    <td>{format::number(w.run_min.round())}</td>
                    <td>{format::number(w.walk_min.round())}</td>
                    <td>{w.sessions.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table>
            <caption class="small">{t("progress.caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("progress.week")}</th>
                    <th scope="col">{t("progress.run_min")}</th>
                    <th scope="col">{t("progress.walk_min")}</th>
                    <th scope="col">{t("progress.sessions")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
