//! The care team, and appointments: what to ask there, and what came of it.

use crate::app::Screen;
use crate::app::forms::entry_edit;
use crate::diary::entry::{Appointment, Body, Entry};
use crate::insights::care_team::care_team;
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::{button, card, field, link, tap};
use crate::ui::widgets::entry_form::{Form, change, of_kind, text, yes_no};
use crate::ui::widgets::fields::{radios, textarea};
use chrono::NaiveDate;
use leptos::prelude::*;

/// A new appointment.
pub fn view(app: App) -> AnyView {
    view! {
        {crate::ui::widgets::controls::plain_head("care.eyebrow", "appointment.title")}
        {form(app, None)}
    }
    .into_any()
}

/// The form, for a new appointment or one that is there.
pub fn form(app: App, entry: Option<&Entry>) -> AnyView {
    let today = app.peek(|s| s.now.day());
    let old = entry.and_then(|e| match &e.body {
        Body::Appointment(a) => Some(a.clone()),
        _ => None,
    });
    let form = Form::new(app, entry, Screen::Care);
    let with = text(old.as_ref().map(|a| a.with.clone()).unwrap_or_default());
    let date = text(old.as_ref().map_or(today, |a| a.date).to_string());
    let questions = text(old.as_ref().map_or_else(
        || app.peek(|s| s.questions.join("\n")),
        |a| a.questions.clone(),
    ));
    let kept = RwSignal::new(old.as_ref().and_then(|a| a.kept));
    let outcome = text(entry.map(|e| e.notes.clone()).unwrap_or_default());
    let there = entry.is_some();
    let save = move || {
        let made = entry_edit::appointment(
            &with.get_untracked(),
            &date.get_untracked(),
            kept.get_untracked(),
            &questions.get_untracked(),
            today,
        );
        form.keep(made, None, Some(outcome.get_untracked()));
    };
    view! {
        {field(t("appointment.with"), "appointment-with", "text", with, Some(t("appointment.with_hint")))}
        {field(t("appointment.date"), "appointment-date", "date", date, None)}
        {textarea(t("appointment.questions"), "appointment-questions", questions)}
        {there.then(|| view! {
            {radios("kept", t("appointment.was_kept"), None, "choices", yes_no("kept", kept))}
            {textarea(t("appointment.outcome"), "appointment-outcome", outcome)}
        })}
        {form.fault()}
        {button(t("appointment.save"), "appointment-save", "primary", tap(save))}
    }
    .into_any()
}

/// Who helps, as the diary names them.
pub fn team_card(app: App) -> AnyView {
    let people = app.memo(|s| {
        let all = care_team(s.diary(), s.now.day()).into_iter();
        all.map(|m| (m.name, m.role, m.seen, m.next))
            .collect::<Vec<_>>()
    });
    let rows = move || {
        people.with(|people| {
            people
                .iter()
                .map(|(name, role, seen, next)| {
                    let mut about = Vec::new();
                    if !role.is_empty() {
                        about.push(role.clone());
                    }
                    let on = |key, day: NaiveDate| tf(key, &[("day", &format::long_date(day))]);
                    about.extend(seen.map(|day| on("team.seen", day)));
                    about.extend(next.map(|day| on("team.next", day)));
                    view! { <li><b>{name.clone()}</b>" "<span class="small">{about.join(" · ")}</span></li> }
                })
                .collect_view()
        })
    };
    let none = move || people.with(Vec::is_empty);
    card(
        t("team.title"),
        view! {
            {move || none().then(|| view! { <p class="small">{t("team.none")}</p> })}
            <ul class="plain" data-t="team">{rows}</ul>
        }
        .into_any(),
    )
}

/// Appointments, what is next on top.
pub fn list_card(app: App) -> AnyView {
    let list = of_kind(app, "appointment");
    let today = app.memo(|s| s.now.day());
    let rows = move || {
        let today = today.get();
        list.with(|list| {
            let mut all: Vec<(&Entry, &Appointment)> = list
                .iter()
                .filter_map(|e| match &e.body {
                    Body::Appointment(a) => Some((e, a)),
                    _ => None,
                })
                .collect();
            all.sort_unstable_by_key(|(e, a)| (a.kept.is_some(), a.date, e.id));
            all.into_iter()
                .map(|(e, a)| row(app, e, a, today))
                .collect_view()
        })
    };
    card(
        t("appointment.list"),
        view! {
            <p>{t("appointment.body")}</p>
            <ul class="rows" data-t="appointments">{rows}</ul>
            {link(t("appointment.add"), "appointment-add", "ghost", Screen::Appointment)}
        }
        .into_any(),
    )
}

fn row(app: App, entry: &Entry, a: &Appointment, today: NaiveDate) -> AnyView {
    let line = [a.with.as_str(), ", ", &format::weekday_date(a.date)].concat();
    let asks = (a.kept.is_none() && a.date <= today).then(|| {
        let answer = |kept: bool| {
            let (entry, a) = (entry.clone(), a.clone());
            tap(move || {
                let kept = Some(kept);
                let body = Body::Appointment(Appointment { kept, ..a.clone() });
                change(app, &entry, body, Screen::Care);
            })
        };
        view! {
            <div class="row">
                {button(t("appointment.kept"), "appointment-kept", "ghost", answer(true))}
                {button(t("appointment.missed"), "appointment-missed", "ghost", answer(false))}
            </div>
        }
    });
    let state = a.kept.map(|kept| {
        t(if kept {
            "appointment.kept"
        } else {
            "appointment.missed"
        })
    });
    let ask =
        (!a.questions.is_empty()).then(|| tf("appointment.ask", &[("questions", &a.questions)]));
    let notes = entry.notes.clone();
    let label = tf("diary.edit_label", &[("what", &line)]);
    view! {
        <li>
            <span class="shape" aria-hidden="true"></span>
            <div class="what">
                <p><b>{line}</b>" "<span class="small">{state}</span></p>
                {ask.map(|ask| view! { <p class="small notes">{ask}</p> })}
                {(!notes.is_empty()).then(|| view! { <p class="notes">{notes}</p> })}
                {asks}
            </div>
            <div class="tools">
                <a class="icon-btn" href=Screen::Edit(entry.id).to_hash() aria-label=label data-t="appointment-edit">
                    {t("diary.edit")}
                </a>
            </div>
        </li>
    }
    .into_any()
}
