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
use crate::shell::format;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use uuid::Uuid;

/// Days shown at first, and added by each "show more": a diary of years stays quick.
const DAYS: u64 = 60;

/// The screen.
pub fn view(app: App) -> AnyView {
    let shown = RwSignal::new(DAYS);
    let today = app.memo(|s| s.now.day());
    let list = app.memo(move |s| {
        let all = s.diary.visible();
        let newest = all.last().map_or(s.now.day(), |e| e.day());
        let from = newest
            .checked_sub_days(Days::new(shown.get()))
            .unwrap_or_default();
        let recent: Vec<Entry> = all
            .iter()
            .rev()
            .take_while(|e| e.day() > from)
            .map(|e| (*e).clone())
            .collect();
        (recent.len() < all.len(), recent)
    });
    view! {
        {head(t("diary.eyebrow").into_any(), title(t("screen.diary")))}
        {link(t("diary.add"), "add-session", "ghost", Screen::Add)}
        {move || list.with(|(_, list)| days(app, list, today.get()))}
        {move || list.with(|(more, _)| *more).then(|| {
            button(t("diary.more"), "show-more", "quiet", tap(move || shown.update(|n| *n += DAYS)))
        })}
    }
    .into_any()
}

/// The entries under one heading a day; they come newest first.
fn days(app: App, list: &[Entry], today: NaiveDate) -> AnyView {
    if list.is_empty() {
        return view! { <p class="empty">{t("diary.empty")}</p> }.into_any();
    }
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
