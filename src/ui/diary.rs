//! The diary: everything, by day, newest first; and one entry, to change it.

use super::context::App;
use super::parts::{button, head, link, minutes, tap, title};
use super::reasons::day as day_words;
use super::words::{t, tf, tk, tn};
use crate::app::log::LogDraft;
use crate::app::morning::MorningDraft;
use crate::app::{Event, Screen};
use crate::domain::entry::{Body, Entry, Morning, Session};
use crate::domain::keys::Movement;
use crate::shell::{self, format};
use chrono::NaiveDate;
use leptos::prelude::*;
use uuid::Uuid;

/// Days with entries on a page: a diary of years stays quick.
const DAYS: usize = 60;

/// The screen.
pub fn view(app: App) -> AnyView {
    view! {
        {head(t("diary.eyebrow").into_any(), title(t("screen.diary")))}
        {link(t("diary.add"), "add-session", "ghost", Screen::Add)}
        {page(app, 0)}
    }
    .into_any()
}

/// The entries of sixty days, then the way to older ones, which leaves what is
/// there as it stands.
fn page(app: App, number: usize) -> AnyView {
    let today = app.memo(|s| s.now.day());
    let list = app.memo(move |s| {
        let all = s.diary.visible();
        let mut days = 0;
        let mut last = None;
        let mut entries: Vec<Entry> = Vec::new();
        for entry in all.iter().rev() {
            if last.replace(entry.day()) != Some(entry.day()) {
                days += 1;
            }
            // Days are counted from 1.
            match (days - 1) / DAYS {
                page if page == number => entries.push((*entry).clone()),
                page if page > number => return (true, entries),
                _ => {}
            }
        }
        (false, entries)
    });
    let more = super::context::memo(move || list.with(|(more, _)| *more));
    let open = RwSignal::new(false);
    let name = ["page-", &number.to_string()].concat();
    let turn = move || {
        open.set(true);
        // The button is gone: the focus goes on where the older days begin.
        shell::route::focus(".page:last-of-type");
    };
    view! {
        <div class="page" data-page=name tabindex="-1">
            {move || list.with(|(_, list)| {
                let empty = list.is_empty() && number == 0;
                if empty { none() } else { days(app, list, today.get()) }
            })}
        </div>
        {move || match (more.get(), open.get()) {
            (true, true) => Some(page(app, number + 1)),
            (true, false) => Some(button(t("diary.more"), "show-more", "quiet", tap(turn))),
            (false, _) => None,
        }}
    }
    .into_any()
}

fn none() -> AnyView {
    view! { <p class="empty">{t("diary.empty")}</p> }.into_any()
}

/// The entries under one heading a day; they come newest first.
fn days(app: App, list: &[Entry], today: NaiveDate) -> AnyView {
    list.chunk_by(|a, b| a.day() == b.day())
        .map(|entries| {
            let day = entries.first().map_or(today, Entry::day);
            let rows = entries.iter().map(|e| row(app, e)).collect_view();
            view! {
                <section class="day">
                    <h2>{day_words(day, today)}</h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
        .collect_view()
        .into_any()
}

fn row(app: App, entry: &Entry) -> AnyView {
    let id = entry.id;
    let text = id.to_string();
    let kind = entry.body.kind().to_owned();
    let name = name(entry);
    // Two rows of a day share their words: the label says which is meant.
    let at = format::time(entry.at);
    let which = [name.as_str(), at.as_str()].join(", ");
    let labels = (
        tf("diary.edit_label", &[("what", &which)]),
        tf("diary.delete_label", &[("what", &which)]),
    );
    view! {
        <li data-t=["row-", &text].concat() data-kind=kind>
            <span class=shape(entry) aria-hidden="true"></span>
            <div class="what">
                <p><b>{name}</b>" "<span class="small">{at}</span></p>
                {about(entry)}
            </div>
            <div class="tools">
                <a
                    class="icon-btn"
                    href=Screen::Edit(id).to_hash()
                    data-t=["edit-", &text].concat()
                    aria-label=labels.0
                >
                    {t("diary.edit")}
                </a>
                <button
                    type="button"
                    class="icon-btn"
                    data-t=["delete-", &text].concat()
                    aria-label=labels.1
                    on:click=move |_| app.send(Event::Delete(id))
                >
                    {t("diary.delete")}
                </button>
            </div>
        </li>
    }
    .into_any()
}

/// The shape that stands for a kind: never colour alone.
fn shape(entry: &Entry) -> &'static str {
    match &entry.body {
        Body::Session(s) if s.activity == Movement::Walk => "shape walk",
        Body::Session(_) => "shape run",
        Body::Morning(_) => "shape morning",
        Body::Flag => "shape flag",
        Body::Clearance(_) | Body::Plan(_) => "shape plan",
        _ => "shape",
    }
}

fn name(entry: &Entry) -> String {
    match &entry.body {
        Body::Session(s) => tk("activity.", s.activity.key()),
        Body::Unknown(kind) => tf("kind.unknown", &[("kind", kind)]),
        body => tk("kind.", body.kind()),
    }
}

/// What an entry says, in a line or two, with its flags and notes.
fn about(entry: &Entry) -> AnyView {
    let line = match &entry.body {
        Body::Session(s) => session_line(s),
        Body::Morning(m) => morning_line(m),
        Body::Plan(p) => tk("site_pick.", p.injury.site.key()),
        Body::Clearance(c) => tf(
            if c.granted {
                "diary.granted"
            } else {
                "diary.refused"
            },
            &[("by", &c.by)],
        ),
        Body::SelfTest(x) => {
            let passed = x.items.iter().filter(|i| i.passed).count();
            tf(
                "diary.self_test",
                &[
                    ("passed", &passed.to_string()),
                    ("all", &x.items.len().to_string()),
                ],
            )
        }
        Body::Strength(s) => {
            let sets: usize = s.items.iter().map(|i| i.sets.len()).sum();
            tf(
                "diary.strength",
                &[
                    ("sets", &sets.to_string()),
                    ("pain", &s.pain.get().to_string()),
                ],
            )
        }
        body => super::notes::line(body),
    };
    let flags = entry
        .flags
        .iter()
        .map(|f| view! { <li>{tk("flag.", f.key())}</li> });
    let flags = (!entry.flags.is_empty()).then(|| {
        view! { <ul class="flags">{flags.collect_view()}</ul> }
    });
    let notes = entry.notes.clone();
    view! {
        {(!line.is_empty()).then(|| view! { <p class="small">{line}</p> })}
        {flags}
        {(!notes.is_empty()).then(|| view! { <p class="notes">{notes}</p> })}
    }
    .into_any()
}

fn session_line(s: &Session) -> String {
    let mut parts = vec![s.level.clone().unwrap_or_else(|| t("log.off_plan"))];
    if s.run_min > 0.0 {
        parts.push(tf("diary.run", &[("time", &minutes(s.run_min))]));
    }
    if s.walk_min > 0.0 {
        parts.push(tf("diary.walk", &[("time", &minutes(s.walk_min))]));
    }
    parts.push(tf(
        "diary.pain",
        &[
            ("during", &s.pain_during.get().to_string()),
            ("after", &s.pain_after.get().to_string()),
        ],
    ));
    parts.join(" · ")
}

fn morning_line(m: &Morning) -> String {
    if !m.remembered {
        return t("diary.forgotten");
    }
    let mut parts = vec![tf(
        "diary.morning_pain",
        &[("pain", &m.pain.get().to_string())],
    )];
    if m.stiffness_min > 0.0 {
        parts.push(tf("diary.stiff", &[("time", &minutes(m.stiffness_min))]));
    }
    if m.limp {
        parts.push(t("diary.limp"));
    }
    parts.join(" · ")
}

/// One entry, to change it or take it out.
pub fn edit(app: App, id: Uuid) -> AnyView {
    let entry = app.peek(|s| s.diary.get(id).filter(|e| !e.deleted).cloned());
    let Some(entry) = entry else {
        return view! {
            {super::today::plain_head("diary.eyebrow", "diary.gone_title")}
            <p>{t("diary.gone")}</p>
        }
        .into_any();
    };
    let form = if let Some(draft) = LogDraft::from_entry(&entry) {
        super::log::view(app, Some(draft))
    } else if let Some(draft) = MorningDraft::from_entry(&entry) {
        view! {
            {super::today::plain_head("diary.eyebrow", "diary.edit_morning")}
            {super::morning::form(app, draft)}
        }
        .into_any()
    } else if let Some((heading, form)) = super::notes::edit(app, &entry) {
        view! {
            {super::today::plain_head("diary.eyebrow", heading)}
            {form}
        }
        .into_any()
    } else {
        view! {
            {head(format::weekday_date(entry.day()).into_any(), title(name(&entry)))}
            <section class="card">{about(&entry)}<p class="small">{t("diary.read_only")}</p></section>
        }
        .into_any()
    };
    let delete = ["delete-", &id.to_string()].concat();
    view! {
        {form}
        {button(t("diary.delete_entry"), &delete, "quiet", tap(move || app.send(Event::Delete(id))))}
    }
    .into_any()
}

/// A count of entries in words.
pub fn count(n: usize) -> String {
    tn("diary.count", i64::try_from(n).unwrap_or(i64::MAX))
}
