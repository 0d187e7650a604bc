//! The diary: everything, by day, newest first; and one entry, to change it.

mod edit_form;
pub mod month;

use crate::app::event::DiaryEvent;
use crate::app::forms::morning_form::MorningForm;
use crate::app::forms::session_form::SessionForm;
use crate::app::{Event, Screen};
use crate::diary::edit_history;
use crate::diary::entry::KINDS;
use crate::diary::entry::{Body, Entry, Morning, Session, SiteMark};
use crate::diary::vocabulary::Movement;
use crate::shell::{self, format};
use crate::ui::context::App;
use crate::ui::text::reasons::day as day_words;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, field, head, link, minutes, tap, title};
use crate::ui::widgets::fields::select;
use crate::ui::widgets::pieces::{in_pieces, piece};
use chrono::NaiveDate;
use leptos::prelude::*;
use uuid::Uuid;

/// Days with entries on a page: a diary of years stays quick.
const DAYS: usize = 60;

/// Days that are drawn at once.
const AT_ONCE: usize = 10;

/// What of the diary is wanted.
#[derive(Clone, Copy)]
struct Wanted {
    kind: RwSignal<String>,
    text: RwSignal<String>,
    day: RwSignal<Option<NaiveDate>>,
}

impl Wanted {
    fn any(self) -> bool {
        self.kind.with(String::is_empty)
            && self.text.with(|text| text.trim().is_empty())
            && self.day.get().is_none()
    }

    /// The same for now, as one question to ask of each entry.
    fn question(self) -> impl Fn(&Entry) -> bool {
        let (kind, day) = (self.kind.get(), self.day.get());
        let text = self.text.get().trim().to_lowercase();
        move |e| {
            (kind.is_empty() || kind == e.body.kind())
                && day.is_none_or(|day| day == e.day())
                && (text.is_empty() || searched(e).to_lowercase().contains(&text))
        }
    }
}

/// What a search looks at: the entry's name, level, place and people, and own words.
fn searched(e: &Entry) -> String {
    let mut parts = vec![name(e), e.notes.clone()];
    parts.extend(e.flags.iter().map(|f| tk("flag.", f.key())));
    match &e.body {
        Body::Session(s) => {
            parts.extend(s.level.clone());
            parts.extend(s.sites.iter().map(|m| tk("site.", m.site.key())));
        }
        Body::Clearance(c) => parts.push(c.by.clone()),
        Body::Activity(a) => parts.push(a.what.clone()),
        Body::Benchmark(b) => parts.push(b.name.clone()),
        Body::Appointment(a) => parts.extend([a.with.clone(), a.questions.clone()]),
        Body::Goal(g) => parts.push(g.text.clone()),
        Body::Plan(p) => parts.push(p.goal.clone()),
        _ => {}
    }
    parts.join(" ")
}

/// The screen.
pub fn view(app: App) -> AnyView {
    let wanted = Wanted {
        kind: RwSignal::new(String::new()),
        text: RwSignal::new(String::new()),
        day: RwSignal::new(None),
    };
    let mut kinds = vec![
        (String::new(), t("diary.kind_all")),
        ("session".into(), t("diary.kind_session")),
    ];
    kinds.extend(
        KINDS
            .iter()
            .filter(|k| **k != "session")
            .map(|k| ((*k).to_owned(), tk("kind.", k))),
    );
    let filters = move || {
        let pick = Box::new(move |key| wanted.kind.set(key));
        view! {
            <div class="pair">
                {select(t("diary.kind"), "diary-kind", kinds.clone(), "", None, pick)}
                {field(t("diary.search"), "diary-search", "search", wanted.text, None)}
            </div>
        }
        .into_any()
    };
    let list = in_pieces(vec![
        piece(move || month::view(app, wanted.day)),
        piece(filters),
        piece(move || day_and_entries(app, wanted)),
    ]);
    view! {
        {head(t("diary.eyebrow").into_any(), title(t("screen.diary")))}
        {link(t("diary.add"), "add-session", "ghost", Screen::Add)}
        {list}
    }
    .into_any()
}

/// The day that was chosen, and the entries that are wanted.
fn day_and_entries(app: App, wanted: Wanted) -> AnyView {
    view! {
        {move || wanted.day.get().map(|day| view! {
            <div class="row">
                <p class="say" role="status">{format::weekday_date(day)}</p>
                {button(t("diary.all_days"), "all-days", "ghost", tap(move || wanted.day.set(None)))}
            </div>
        })}
        {page(app, wanted, 0)}
    }
    .into_any()
}

/// The entries of sixty days, then the way to older ones, which leaves what is
/// there as it stands.
fn page(app: App, wanted: Wanted, number: usize) -> AnyView {
    let today = app.memo(|s| s.now.day());
    let list = app.memo(move |s| {
        let question = wanted.question();
        let all = s.diary().visible_where(&question);
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
    let more = crate::ui::context::memo(move || list.with(|(more, _)| *more));
    let open = RwSignal::new(false);
    let standing = StoredValue::new(false);
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
                // In pieces when the page comes, at once when something on it changes.
                let came = standing.get_value();
                standing.set_value(true);
                match (empty, came) {
                    (true, _) => none(wanted.any()),
                    (false, true) => days(app, list, today.get()),
                    (false, false) => in_days(app, list, today.get()),
                }
            })}
        </div>
        {move || match (more.get(), open.get()) {
            (true, true) => Some(page(app, wanted, number + 1)),
            (true, false) => Some(button(t("diary.more"), "show-more", "quiet", tap(turn))),
            (false, _) => None,
        }}
    }
    .into_any()
}

fn none(all: bool) -> AnyView {
    let key = if all {
        "diary.empty"
    } else {
        "diary.none_found"
    };
    view! { <p class="empty" role="status" data-t="diary-none">{t(key)}</p> }.into_any()
}

/// The entries of a page, a few days at a time.
fn in_days(app: App, list: &[Entry], today: NaiveDate) -> AnyView {
    let all: Vec<&[Entry]> = list.chunk_by(|a, b| a.day() == b.day()).collect();
    let pieces = all.chunks(AT_ONCE).map(|some| {
        let entries = some.concat();
        piece(move || days(app, &entries, today))
    });
    in_pieces(pieces.collect())
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
                    on:click=move |_| app.send(Event::Diary(DiaryEvent::Delete(id)))
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
        body => crate::ui::text::entry_lines::line(body),
    };
    let flags = entry
        .flags
        .iter()
        .map(|f| view! { <li>{tk("flag.", f.key())}</li> });
    let flags = (!entry.flags.is_empty()).then(|| {
        view! { <ul class="flags">{flags.collect_view()}</ul> }
    });
    let notes = entry.notes.clone();
    let places = match &entry.body {
        Body::Session(s) => s.sites.iter().map(place).collect::<Vec<_>>().join(" · "),
        _ => String::new(),
    };
    view! {
        {(!line.is_empty()).then(|| view! { <p class="small">{line}</p> })}
        {(!places.is_empty()).then(|| view! { <p class="small" data-t="row-sites">{places}</p> })}
        {flags}
        {(!notes.is_empty()).then(|| view! { <p class="notes">{notes}</p> })}
    }
    .into_any()
}

/// One place that hurt, and how much.
fn place(m: &SiteMark) -> String {
    let side = tk("side.short_", m.side.key());
    let site = tk("site.", m.site.key());
    let pain = m.pain.get().to_string();
    let values = [("side", side.as_str()), ("site", &site), ("pain", &pain)];
    tf("diary.place", &values).trim().to_owned()
}

/// What the entry said before it was changed.
fn history(entry: &Entry) -> AnyView {
    let edits = edit_history::of(entry);
    if edits.is_empty() {
        return ().into_any();
    }
    let items = edits
        .iter()
        .map(|edit| {
            let was = edit
                .was
                .iter()
                .map(|(key, value)| {
                    let value = value.clone().unwrap_or_else(|| "–".to_owned());
                    view! { <li><code>{key.clone()}</code>": "{value}</li> }
                })
                .collect_view();
            let at = [
                format::long_date(edit.at.date_naive()),
                format::time(edit.at),
            ]
            .join(", ");
            view! { <li>{tf("diary.edit_at", &[("when", &at)])}<ul class="plain">{was}</ul></li> }
        })
        .collect_view();
    view! {
        <details>
            <summary data-t="edit-history">{t("diary.edits")}</summary>
            <ul class="plain">{items}</ul>
        </details>
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
    let entry = app.peek(|s| s.diary().get(id).filter(|e| !e.deleted).cloned());
    let Some(entry) = entry else {
        return view! {
            {crate::ui::widgets::controls::plain_head("diary.eyebrow", "diary.gone_title")}
            <p>{t("diary.gone")}</p>
        }
        .into_any();
    };
    let form = if let Some(draft) = SessionForm::from_entry(&entry) {
        crate::ui::screens::log::view(app, Some(draft))
    } else if let Some(draft) = MorningForm::from_entry(&entry) {
        view! {
            {crate::ui::widgets::controls::plain_head("diary.eyebrow", "diary.edit_morning")}
            {crate::ui::screens::log::morning::form(app, draft)}
        }
        .into_any()
    } else if let Some((heading, form)) = edit_form::edit_form(app, &entry) {
        view! {
            {crate::ui::widgets::controls::plain_head("diary.eyebrow", heading)}
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
        {history(&entry)}
        {button(t("diary.delete_entry"), &delete, "quiet", tap(move || app.send(Event::Diary(DiaryEvent::Delete(id)))))}
    }
    .into_any()
}
