//! A month of the diary: planned beside done, by shape and colour, pain as a figure.

use crate::formats::markup::Markup;
use crate::insights::month;
use crate::insights::month::{Day, PlannedDay};
use crate::insights::overview;
use crate::rules::progression::forecast;
use crate::rules::progression::forecast::Forecast;
use crate::shell::{self, calendar, format};
use crate::ui::context::App;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, tap};
use chrono::NaiveDate;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The month with the ways to those around it; a tap on a day chooses it.
pub fn view(app: App, chosen: RwSignal<Option<NaiveDate>>) -> AnyView {
    let changes = app.memo(|s| overview::stamp(s.diary(), s.now.day()));
    let first = RwSignal::new(month::first_of(app.peek(|s| s.now.day())));
    // What was asked for comes a turn later than what was done.
    let ready = RwSignal::new(false);
    shell::clock::after(0, move || {
        let _ = ready.try_set(true);
    });
    let markup = move || {
        changes.get();
        let (first, ready) = (first.get(), ready.get());
        app.peek(|s| {
            let today = s.now.day();
            let mut days = month::days(first, if s.prefs.from_sunday { 6 } else { 0 });
            let (mut asked, mut ahead) = (Vec::new(), Forecast::default());
            let from = days.first().map_or(today, |d| d.on);
            let to = days.last().map_or(today, |d| d.on);
            if ready && from <= today {
                asked = forecast::asked(s.diary(), from, to.min(today));
            }
            if ready && to > today {
                ahead = forecast::forecast(s.diary(), today);
            }
            month::fill(&mut days, s.diary(), &asked, &ahead, today);
            grid(&days, today, chosen.get_untracked())
        })
    };
    let turn = move |by| tap(move || first.update(|m| *m = month::turned(*m, by)));
    // One handler for all days: each is a number of days since the calendar's first.
    let pick = move |e: MouseEvent| {
        let Some(day) = day_of(&e) else { return };
        let before = chosen.get_untracked();
        let now = Some(day).filter(|_| before != Some(day));
        for (day, pressed) in [(before, "false"), (now, "true")] {
            if let Some(day) = day {
                shell::page::set(&selector(day), "aria-pressed", pressed);
            }
        }
        chosen.set(now);
    };
    // Arrow keys go from day to day; where there is none, nothing happens.
    let keys = move |e: KeyboardEvent| {
        let by = match e.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "ArrowDown" => 7,
            "ArrowUp" => -7,
            _ => return,
        };
        if let Some(day) = day_of(&e) {
            e.prevent_default();
            let to = day.checked_add_signed(chrono::TimeDelta::days(by));
            shell::page::focus(&selector(to.unwrap_or(day)));
        }
    };
    view! {
        <section class="card month" data-t="month">
            <div class="turn">
                {button(t("cal.before"), "month-back", "quiet", turn(-1))}
                <h2 aria-live="polite">{move || calendar::month(first.get())}</h2>
                {button(t("cal.after"), "month-on", "quiet", turn(1))}
            </div>
            <div inner_html=markup on:click=pick on:keydown=keys></div>
            <p class="keys small" aria-hidden="true" inner_html=legend()></p>
        </section>
    }
    .into_any()
}

/// The day whose button an event happened in.
fn day_of(e: &leptos::ev::Event) -> Option<NaiveDate> {
    let target: leptos::web_sys::Element = e.target()?.dyn_into().ok()?;
    let button = target.closest("[data-day]").ok().flatten()?;
    crate::formats::day::typed(&button.get_attribute("data-day")?)
}

fn selector(day: NaiveDate) -> String {
    ["[data-day=\"", &day.to_string(), "\"]"].concat()
}

fn legend() -> String {
    let mut out = Markup::default();
    for (mark, key) in [
        ("mk run", "cal.run"),
        ("mk walk", "cal.walk"),
        ("mk strength", "cal.strength"),
        ("mk other", "cal.other"),
        ("mk flag", "kind.flag"),
        ("pl run", "cal.planned"),
        ("pain", "cal.pain"),
    ] {
        out.open("span", &[]);
        let figure = if mark == "pain" { "3" } else { "" };
        out.element("i", &[("class", mark)], figure);
        out.text(&t(key));
        out.close("span");
    }
    out.into_string()
}

fn grid(days: &[Day], today: NaiveDate, chosen: Option<NaiveDate>) -> String {
    let mut out = Markup::default();
    out.open("table", &[("class", "grid")]);
    out.open("thead", &[]);
    out.open("tr", &[]);
    for day in days.iter().take(7) {
        out.element("th", &[("scope", "col")], &calendar::weekday(day.on));
    }
    out.close("tr");
    out.close("thead");
    out.open("tbody", &[]);
    for week in days.chunks(7) {
        out.open("tr", &[]);
        for day in week {
            cell(&mut out, day, today, chosen == Some(day.on));
        }
        out.close("tr");
    }
    out.close("tbody");
    out.close("table");
    out.into_string()
}

fn cell(out: &mut Markup, day: &Day, today: NaiveDate, chosen: bool) {
    let on = day.on.to_string();
    let class = match (day.inside, day.on == today) {
        (_, true) => "dayof today",
        (false, _) => "dayof beside",
        _ => "dayof",
    };
    out.open("td", &[]);
    out.open(
        "button",
        &[
            ("type", "button"),
            ("class", class),
            ("data-t", &["day-", &on].concat()),
            ("data-day", &on),
            ("aria-pressed", if chosen { "true" } else { "false" }),
            ("aria-label", &day_label(day, today)),
        ],
    );
    let number = chrono::Datelike::day(&day.on).to_string();
    out.element("span", &[], &number);
    out.open("span", &[("class", "plan")]);
    if let Some(planned) = day.planned {
        out.element("i", &[("class", &["pl ", key(planned)].concat())], "");
    }
    out.close("span");
    out.open("span", &[("class", "did")]);
    let done = day.done;
    for (there, class) in [
        (done.run, "mk run"),
        (done.walk, "mk walk"),
        (done.strength, "mk strength"),
        (done.other, "mk other"),
        (done.flag, "mk flag"),
    ] {
        if there {
            out.element("i", &[("class", class)], "");
        }
    }
    out.close("span");
    if let Some(pain) = day.pain.filter(|p| *p > 0) {
        out.element("i", &[("class", "pain"), ("data-p", &pain.to_string())], "");
    }
    out.close("button");
    out.close("td");
}

/// The key that styles and words know it by.
fn key(planned: PlannedDay) -> &'static str {
    match planned {
        PlannedDay::Run => "run",
        PlannedDay::Walk => "walk",
        PlannedDay::Test => "test",
        PlannedDay::Rest => "rest",
    }
}

/// A day in words: its date, what it asked for, what was done, the worst pain.
fn day_label(day: &Day, today: NaiveDate) -> String {
    let mut parts = vec![format::weekday_date(day.on)];
    if let Some(planned) = day.planned {
        let sentence = if day.on > today {
            "cal.ahead"
        } else {
            "cal.asked"
        };
        let what = tk("cal.plan_", key(planned));
        parts.push(tf(sentence, &[("what", &what)]));
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
