//! Backup and restore: what is here, when it was last saved, a file or text out and in.
//! Nothing is written before the runner has seen what would change.

use crate::app;
use crate::app::book::ImportPreview;
use crate::app::event::{BackupEvent, DeviceEvent, DiaryEvent};
use crate::app::{Event, Screen, State};
use crate::diary::backup;
use crate::diary::backup::changed_since;
use crate::diary::entry::Entry;
use crate::formats::markup::Markup;
use crate::shell::{self, format};
use crate::ui::context::{App, derive};
use crate::ui::text::field_errors;
use crate::ui::text::words::{label_and_value, t, tf, tk, tn};
use crate::ui::widgets::controls::{button, card, link, tap, tick};
use crate::ui::widgets::fields::{fault, textarea};
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

/// When a backup was last handed over, milliseconds since 1970.
const MEMORY: &str = "backup";
/// Changes of a list that are named one by one.
const NAMED: usize = 20;

/// The screen.
pub fn view(app: App) -> AnyView {
    view! {
        {crate::ui::widgets::controls::plain_head("backup.eyebrow", "backup.title")}
        {unless_demo(app, own)}
    }
    .into_any()
}

/// A screen that hands something of the diary out: of the demo nothing is, lest it be
/// taken for the runner's own.
pub fn not_of_the_demo(app: App, screen: fn(App) -> AnyView) -> AnyView {
    if app.peek(|s| !s.in_demo()) {
        return screen(app);
    }
    view! {
        {crate::ui::widgets::controls::plain_head("app.name", "demo.title")}
        <p data-t="backup-demo">{t("demo.no_backup")}</p>
    }
    .into_any()
}

/// The demo is kept nowhere, and nothing is kept of it.
fn unless_demo(app: App, inside: fn(App) -> AnyView) -> AnyView {
    let demo = app.memo(crate::app::State::in_demo);
    let show = move || {
        if demo.get() {
            view! { <p data-t="backup-demo">{t("demo.no_backup")}</p> }.into_any()
        } else {
            inside(app)
        }
    };
    view! { {show} }.into_any()
}

fn own(app: App) -> AnyView {
    let saved = RwSignal::new(last_saved());
    view! {
        {card(t("backup.here"), view! {
            {here(app)}
            {status(app, saved)}
        }.into_any())}
        {card(t("backup.out"), out(app, saved))}
        {card(t("backup.restore"), restore(app))}
        {card(t("backup.move"), moving())}
    }
    .into_any()
}

/// The card of Settings: how the backup stands, and the way to it.
pub fn card_inside(app: App) -> AnyView {
    unless_demo(app, way)
}

fn way(app: App) -> AnyView {
    view! {
        {status(app, RwSignal::new(last_saved()))}
        {link(t("backup.open"), "open-backup", "ghost", Screen::Backup)}
    }
    .into_any()
}

fn last_saved() -> Option<i64> {
    shell::memory::recall(MEMORY)?.parse().ok()
}

/// What the phone holds.
fn here(app: App) -> AnyView {
    let words = app.memo(|s| {
        let all = s.diary().visible();
        let first = all.first().map(|e| e.day());
        let last = all.last().map(|e| e.day());
        let count = tn("backup.entries", i64::try_from(all.len()).unwrap_or(0));
        let days = first.zip(last).map(|(first, last)| {
            let [from, to] = [first, last].map(format::long_date);
            tf("backup.days", &[("from", &from), ("to", &to)])
        });
        let damaged = s.book.storage.damaged.len();
        let damaged =
            (damaged > 0).then(|| tn("backup.damaged", i64::try_from(damaged).unwrap_or(0)));
        let all: Vec<String> = [Some(count), days, damaged].into_iter().flatten().collect();
        all.join(" ")
    });
    view! { <p data-t="backup-here">{words}</p> }.into_any()
}

/// When it was last saved, and how much came since. It says so and asks for nothing.
fn status(app: App, saved: RwSignal<Option<i64>>) -> AnyView {
    let words = app.memo(move |s: &State| {
        let Some(ms) = saved.get() else {
            return t("backup.never");
        };
        let day = format::long_date(s.now.instant(ms).date_naive());
        let count = changed_since(s.diary(), ms);
        let since = match i64::try_from(count).unwrap_or(0) {
            0 => t("backup.unchanged"),
            n => tn("backup.since", n),
        };
        [tf("backup.saved_on", &[("day", &day)]), since].join(" ")
    });
    view! { <p class="small" data-t="backup-status">{words}</p> }.into_any()
}

fn out(app: App, saved: RwSignal<Option<i64>>) -> AnyView {
    let shown = RwSignal::new(false);
    let file = move || {
        app.peek(|s| {
            let name = ["footing-", &s.now.day().to_string(), ".json"].concat();
            (name, app::backup_text(s))
        })
    };
    let handed = move |done: bool| {
        if done {
            let ms = shell::clock::now().ms;
            shell::memory::keep(MEMORY, &ms.to_string());
            saved.set(Some(ms));
        }
        app.send(Event::Device(DeviceEvent::HandedOut(done)));
    };
    let save = move || {
        let (name, text) = file();
        shell::files::hand_out(&name, &text, handed);
    };
    let share = move || {
        let (name, text) = file();
        shell::files::share_file(&name, &text, handed);
    };
    let can_share = shell::files::can_share("Footing.json");
    let text = app.memo(move |s| shown.get().then(|| app::backup_text(s)));
    view! {
        <p>{t("backup.body")}</p>
        <div class="row">
            {button(t("backup.export"), "backup-export", "primary", tap(save))}
            {can_share.then(|| button(t("backup.share"), "backup-share", "ghost", tap(share)))}
            {button(t("backup.show"), "backup-show", "ghost", tap(move || shown.update(|on| *on = !*on)))}
        </div>
        {move || text.get().map(|text| view! {
            <textarea
                class="mono"
                readonly
                rows="8"
                data-t="backup-text"
                aria-label=t("backup.text")
                prop:value=text
            ></textarea>
            <p class="small">{t("backup.copy")}</p>
        })}
    }
    .into_any()
}

fn restore(app: App) -> AnyView {
    let pasted = RwSignal::new(String::new());
    let unreadable = RwSignal::new(false);
    let choose = move |e: leptos::ev::Event| {
        let input = event_target::<HtmlInputElement>(&e);
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file can be chosen again after it was mended.
        shell::files::read_file(&file, backup::judge, move |read| {
            unreadable.set(read.is_none());
            let event = match read {
                Some(Ok(bytes)) => BackupEvent::ReadFile(bytes),
                Some(Err(refused)) => BackupEvent::Refused(refused),
                None => return,
            };
            app.send(Event::Backup(event));
            shell::route::focus("#import-title");
        });
        input.set_value("");
    };
    view! {
        <p class="small">{t("backup.restore_body")}</p>
        <div class="field">
            <label for="backup-file">{t("backup.file")}</label>
            <input
                id="backup-file"
                data-t="backup-file"
                type="file"
                on:change=choose
            />
        </div>
        {fault(derive(move || unreadable.get().then(|| t("backup.unreadable"))))}
        <details>
            <summary>{t("backup.paste_title")}</summary>
            {textarea(t("backup.paste"), "backup-paste", pasted)}
            {button(t("backup.read"), "backup-read", "ghost", tap(move || {
                app.send(Event::Backup(BackupEvent::Read(pasted.get_untracked())));
                shell::route::focus("#import-title");
            }))}
        </details>
        {preview(app)}
    }
    .into_any()
}

fn moving() -> AnyView {
    let mut out = Markup::default();
    out.open("ol", &[("class", "steps"), ("data-t", "backup-move")]);
    for key in [
        "backup.move_1",
        "backup.move_2",
        "backup.move_3",
        "backup.move_4",
    ] {
        out.element("li", &[], &t(key));
    }
    out.close("ol");
    view! { <div inner_html=out.into_string()></div> }.into_any()
}

fn preview(app: App) -> AnyView {
    // Drawn anew for another file only, not for a tick.
    let found = app.memo(|s| {
        let mut found = s.book.import.clone();
        if let Some(found) = &mut found {
            found.take_prefs = false;
        }
        found
    });
    view! { {move || found.get().map(|p| asked(app, &p))} }.into_any()
}

/// One entry of a list: its day and what it is.
fn named(entry: &Entry) -> String {
    let kind = match entry.body.kind() {
        "session" => t("backup.session"),
        kind if crate::diary::entry::KINDS.contains(&kind) => tk("kind.", kind),
        kind => tf("kind.unknown", &[("kind", kind)]),
    };
    let gone = entry.deleted.then(|| t("backup.removed"));
    let what = [kind.as_str(), " ", &gone.unwrap_or_default()].concat();
    label_and_value(&format::long_date(entry.day()), what.trim_end())
}

/// A folded list of entries; nothing for none.
fn list(out: &mut Markup, key: &str, id: &'static str, mut entries: Vec<String>) {
    let more = entries.len().saturating_sub(NAMED);
    if entries.is_empty() {
        return;
    }
    entries.truncate(NAMED);
    if more > 0 {
        entries.push(tn("backup.more", i64::try_from(more).unwrap_or(0)));
    }
    out.open("details", &[]);
    out.element("summary", &[("data-t", id)], &t(key));
    out.list(&[("class", "plain small")], &entries);
    out.close("details");
}

/// What would change, and the consent.
fn asked(app: App, p: &ImportPreview) -> AnyView {
    let nothing = p.is_empty();
    let wanted = app.memo(|s| s.book.import.as_ref().is_some_and(|p| p.take_prefs));
    let mut out = Markup::default();
    out.element(
        "h3",
        &[("id", "import-title"), ("tabindex", "-1")],
        &t("import.title"),
    );
    out.open("ul", &[("class", "plain")]);
    for (key, id, n) in [
        ("import.new", "import-new", p.plan.new.len()),
        ("import.changed", "import-changed", p.plan.changed.len()),
        ("import.kept", "import-kept", p.plan.kept.len()),
        ("import.unchanged", "import-unchanged", p.plan.unchanged),
    ] {
        out.open("li", &[]);
        out.text(&[&t(key), " "].concat());
        out.element("b", &[("data-t", id)], &n.to_string());
        out.close("li");
    }
    out.close("ul");
    let all = |entries: &mut dyn Iterator<Item = &Entry>| entries.map(named).collect();
    let new = all(&mut p.plan.new.iter());
    // Both sides hold another version: the one edited last stands.
    let theirs = all(&mut p.plan.changed.iter().map(|(_, theirs)| theirs));
    let ours = all(&mut p.plan.kept.iter());
    list(&mut out, "import.list_new", "import-list-new", new);
    list(
        &mut out,
        "import.list_changed",
        "import-list-changed",
        theirs,
    );
    list(&mut out, "import.list_kept", "import-list-kept", ours);
    if !p.faults.is_empty() {
        let lines: Vec<String> = p.faults.iter().map(field_errors::words).collect();
        out.element("p", &[], &t("import.refused"));
        out.list(
            &[("class", "plain small"), ("data-t", "import-faults")],
            &lines,
        );
    }
    let damaged = i64::try_from(p.damaged.len()).unwrap_or(0);
    if damaged > 0 {
        let words = tn("import.damaged", damaged);
        out.element("p", &[("data-t", "import-damaged")], &words);
    }
    out.element("p", &[("class", "small")], &t("import.keeps"));
    if nothing {
        out.element("p", &[], &t("import.nothing"));
    }
    view! {
        <section class="why go" data-t="import-preview">
            <div inner_html=out.into_string()></div>
            {p.prefs.is_some().then(|| tick(
                t("import.prefs"),
                "import-prefs".into(),
                wanted.into(),
                Box::new(move |on| app.send(Event::Backup(BackupEvent::TakePrefs(on)))),
            ))}
            <div class="row">
                {(!nothing).then(|| button(t("import.accept"), "import-accept", "ghost", tap(move || app.send(Event::Diary(DiaryEvent::Restore)))))}
                {button(t("import.cancel"), "import-cancel", "ghost", tap(move || app.send(Event::Backup(BackupEvent::Cancel))))}
            </div>
        </section>
    }
    .into_any()
}
