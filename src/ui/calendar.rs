//! A month of the diary: planned beside done, by shape and colour, pain as a figure.

use super::context::App;
use super::parts::{button, tap};
use super::words::{t, tf, tk};
use crate::domain::month::{self, Day, Planned};
use crate::domain::progression::along::{self, Ahead};
use crate::shell::{self, calendar, format};
use chrono::NaiveDate;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The month with the ways to those around it; a tap on a day chooses it.
pub fn view(app: App, chosen: RwSignal<Option<NaiveDate>>) -> AnyView {
    let today = app.memo(|s| s.now.day());
    let first = RwSignal::new(month::first_of(today.get_untracked()));
    // What was asked for comes a turn later than what was done.
    let ready = RwSignal::new(false);
    shell::clock::after(0, move || {
        let _ = ready.try_set(true);
    });
    let days = app.memo(move |s| {
        let weekday = if s.prefs.from_sunday { 6 } else { 0 };
        let mut days = month::days(first.get(), weekday);
        let today = s.now.day();
        let (mut asked, mut ahead) = (Vec::new(), Ahead::default());
        let from = days.first().map_or(today, |d| d.on);
        let to = days.last().map_or(today, |d| d.on);
        if ready.get() {
            if from <= today {
                asked = along::asked(&s.diary, from, to.min(today));
            }
            if to > today {
                ahead = along::ahead(&s.diary, today);
            }
        }
        month::fill(&mut days, &s.diary, &asked, &ahead, today);
        days
    });
    let turn = move |by| tap(move || first.update(|m| *m = month::turned(*m, by)));
    view! {
        <section class="card month" data-t="month">
            <div class="turn">
                {button("‹".into(), "month-back", "quiet", turn(-1))}
                <h2 aria-live="polite">{move || calendar::month(first.get())}</h2>
                {button("›".into(), "month-on", "quiet", turn(1))}
            </div>
            {move || days.with(|days| grid(days, today.get(), chosen))}
            <p class="keys small" aria-hidden="true">
                <span><i class="mk run"></i>{t("cal.run")}</span>
                <span><i class="mk walk"></i>{t("cal.walk")}</span>
                <span><i class="mk strength"></i>{t("cal.strength")}</span>
                <span><i class="mk other"></i>{t("cal.other")}</span>
                <span><i class="mk flag"></i>{t("kind.flag")}</span>
                <span><i class="pl run"></i>{t("cal.planned")}</span>
                <span><b class="pain">"3"</b>{t("cal.pain")}</span>
            </p>
        </section>
    }
    .into_any()
}

fn grid(days: &[Day], today: NaiveDate, chosen: RwSignal<Option<NaiveDate>>) -> AnyView {
    let names = days
        .iter()
        .take(7)
        .map(|d| view! { <th scope="col">{calendar::weekday(d.on)}</th> })
        .collect_view();
    let weeks = days
        .chunks(7)
        .map(|week| {
            let cells = week.iter().map(|d| cell(d, today, chosen)).collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    // Arrow keys go from day to day; where there is none, nothing happens.
    let keys = |e: KeyboardEvent| {
        let by = match e.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "ArrowDown" => 7,
            "ArrowUp" => -7,
            _ => return,
        };
        let at = event_target::<leptos::web_sys::HtmlElement>(&e).get_attribute("data-n");
        if let Some(at) = at.and_then(|n| n.parse::<i32>().ok()) {
            e.prevent_default();
            let to = ["[data-n=\"", &(at + by).to_string(), "\"]"].concat();
            shell::page::focus(&to);
        }
    };
    view! {
        <table class="grid" on:keydown=keys>
            <thead><tr>{names}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
    .into_any()
}

fn cell(day: &Day, today: NaiveDate, chosen: RwSignal<Option<NaiveDate>>) -> AnyView {
    let on = day.on;
    let done = day.done;
    let pain = day.pain.filter(|p| *p > 0);
    let marks = [
        (done.run, "run"),
        (done.walk, "walk"),
        (done.strength, "strength"),
        (done.other, "other"),
        (done.flag, "flag"),
    ];
    let marks = marks.into_iter().filter(|(there, _)| *there);
    let marks = marks
        .map(|(_, class)| view! { <i class=["mk ", class].concat()></i> })
        .collect_view();
    let planned = day.planned.map(|p| {
        let class = match p {
            Planned::Run => "pl run",
            Planned::Walk => "pl walk",
            Planned::Test => "pl test",
            Planned::Rest => "pl rest",
        };
        view! { <i class=class></i> }
    });
    let label = said(day, today);
    let class = match (day.inside, on == today) {
        (_, true) => "dayof today",
        (false, _) => "dayof beside",
        _ => "dayof",
    };
    let pick = move |_| chosen.update(|c| *c = if *c == Some(on) { None } else { Some(on) });
    view! {
        <td>
            <button
                type="button"
                class=class
                data-t=["day-", &on.to_string()].concat()
                data-n=(on - NaiveDate::default()).num_days().to_string()
                aria-label=label
                aria-pressed=move || (chosen.get() == Some(on)).to_string()
                on:click=pick
            >
                <span>{chrono::Datelike::day(&on).to_string()}</span>
                <span class="plan">{planned}</span>
                <span class="did">{marks}</span>
                {pain.map(|p| view! { <b class="pain">{p.to_string()}</b> })}
            </button>
        </td>
    }
    .into_any()
}

/// A day in words: its date, what it asked for, what was done, the worst pain.
fn said(day: &Day, today: NaiveDate) -> String {
    let mut parts = vec![format::weekday_date(day.on)];
    if let Some(planned) = day.planned {
        let what = match planned {
            Planned::Run => "run",
            Planned::Walk => "walk",
            Planned::Test => "test",
            Planned::Rest => "rest",
        };
        let key = if day.on > today {
            "cal.ahead"
        } else {
            "cal.asked"
        };
        parts.push(tf(key, &[("what", &tk("cal.plan_", what))]));
    }
    let done = day.done;
    for (there, key) in [
        (done.run, "cal.run"),
        (done.walk, "cal.walk"),
        (done.strength, "cal.strength"),
        (done.other, "cal.other"),
        (done.flag, "kind.flag"),
    ] {
        if there {
            parts.push(t(key));
        }
    }
    if let Some(pain) = day.pain {
        parts.push(tf("cal.worst", &[("pain", &pain.to_string())]));
    }
    parts.join(", ")
}
