//! What was just kept, what can be undone, and what keeps a save from being whole.

use crate::app::book::{SaveState, Undo};
use crate::app::event::{
    BackupEvent, DemoEvent, DiaryEvent, NavigationEvent, Release, ReleaseEvent, StorageEvent,
};
use crate::app::notice::Notice;
use crate::app::shown::{RulesChanged, Shown};
use crate::app::{Event, Screen, State};
use crate::diary::codec::FieldError;
use crate::ui::context::App;
use crate::ui::text::field_errors;
use crate::ui::text::words::{t, tf, tk, tn};
use crate::ui::widgets::controls::{button, link, tap};
use leptos::prelude::*;

/// What was just kept, or what keeps a save from being whole.
pub fn view(app: App) -> AnyView {
    let notice = app.memo(|s| s.notice.clone());
    let update = app.memo(|s| s.release == Release::Waiting && !s.in_session());
    let problem =
        app.memo(|s| (s.save_state() == SaveState::Failed).then_some(s.book.pending.len()));
    // The running session, on every screen but its own and the log it leads to.
    let to = |s: &State| {
        if s.run().is_some() {
            Screen::Live
        } else {
            Screen::StrengthSession
        }
    };
    let running = app.memo(move |s| s.in_session() && s.screen != to(s) && s.screen != Screen::Log);
    let read_only = app.memo(|s| s.book.storage.read_only);
    view! {
        {move || problem.get().map(|n| view! {
            <section class="card stop" role="alert" data-t="save-problem">
                <h2>{t("save.failed")}</h2>
                <p>{tn("save.failed_body", i64::try_from(n).unwrap_or(0))}</p>
                <div class="row">
                    {button(t("save.retry"), "save-retry", "ghost", tap(move || app.send(Event::Storage(StorageEvent::Retry))))}
                    {button(t("save.export"), "save-export", "ghost", tap(move || app.send(Event::Backup(BackupEvent::Export))))}
                </div>
            </section>
        })}
        {move || read_only.get().then(|| view! {
            <section class="card caution" data-t="read-only"><p>{t("save.read_only")}</p></section>
        })}
        {move || running.get().then(|| view! {
            <section class="card" data-t="session-running">
                <p>{t("app.running")}</p>
                {link(t("app.to_session"), "to-session", "primary", app.peek(to))}
            </section>
        })}
        {move || update.get().then(|| view! {
            <section class="card" data-t="update-card">
                <h2>{t("update.title")}</h2>
                <p>{t("update.body")}</p>
                {button(t("update.accept"), "update-accept", "ghost", tap(move || app.send(Event::Release(ReleaseEvent::Accept))))}
            </section>
        })}
        <div role="status" translate="no">
            {move || notice.get().map(|n| {
                let (id, text) = notice_words(app, &n);
                view! { <p class="notice" data-t=id>{text}</p> }
            })}
        </div>
    }
    .into_any()
}

/// What other rules moved since the last start: on Today, below the answer (nothing may
/// push that from under a finger), until it is put away.
pub fn rules_news(app: App) -> AnyView {
    let news = app.memo(|s| {
        s.rules_changed()
            .filter(|_| s.screen == Screen::Today)
            .cloned()
    });
    let dismiss = move || app.send(Event::Navigation(NavigationEvent::DismissRules));
    view! {
        {move || news.get().map(|news| view! {
            <section class="card" data-t="rules-news">
                <h2>{t("rules_news.title")}</h2>
                <p>{what_moved(&news)}</p>
                <p>{t("rules_news.why")}</p>
                {button(t("rules_news.dismiss"), "rules-news-dismiss", "ghost", tap(dismiss))}
            </section>
        })}
    }
    .into_any()
}

/// What the new rules moved, in a sentence or two.
fn what_moved(news: &RulesChanged) -> String {
    let to = standing(&news.now);
    let Some(before) = &news.before else {
        return tf("rules_news.new", &[("to", &to)]);
    };
    let from = standing(before);
    let moved = if from == to {
        tf("rules_news.same", &[("to", &to)])
    } else {
        tf("rules_news.moved", &[("from", &from), ("to", &to)])
    };
    match (before.paused, news.now.paused) {
        (false, true) => [moved, t("rules_news.paused")].join(" "),
        (true, false) => [moved, t("rules_news.unpaused")].join(" "),
        (true, true) | (false, false) => moved,
    }
}

/// The level, or the stage where there is none.
fn standing(shown: &Shown) -> String {
    let stage = || shown.stage.map(|stage| tk("stage.", stage.key()));
    shown.level.clone().or_else(stage).unwrap_or_default()
}

/// Where days away moved the level, if they did: today, or while they lasted.
fn moved(app: App, today_only: bool) -> String {
    app.peek(|s| {
        let change = s.moved_while_away()?;
        let meant = !today_only || change.on == s.now.day();
        let from = change.from.as_deref().filter(|_| meant)?;
        Some(tf("away.moved", &[("from", from), ("to", &change.to)]))
    })
    .unwrap_or_default()
}

fn notice_words(app: App, notice: &Notice) -> (&'static str, String) {
    match notice {
        Notice::Away(reason) => (
            "away-kept",
            [tk("away.kept_", reason.key()), moved(app, true)].join(" "),
        ),
        Notice::Back => ("back-kept", [t("away.back"), moved(app, false)].join(" ")),
        Notice::Logged {
            severity,
            provisional,
        } => {
            let key = match (severity, provisional) {
                (0, true) => "logged.quiet",
                (0, false) => "logged.ok",
                (1, _) => "logged.repeat",
                (2 | 3, _) => "logged.back",
                _ => "logged.pause",
            };
            ("logged", t(key))
        }
        Notice::MorningKept => ("morning-kept", t("morning.kept")),
        Notice::Kept => ("kept", t("save.kept")),
        Notice::Imported(n) => (
            "imported",
            tn("import.done", i64::try_from(*n).unwrap_or(0)),
        ),
        Notice::ImportFailed(error) => (
            "import-failed",
            crate::ui::text::import_errors::import_error(error),
        ),
        Notice::ReadOnly => ("refused", t("save.read_only")),
        Notice::HandedOut => ("handed-out", t("backup.handed_out")),
        Notice::HandOutFailed => ("hand-out-failed", t("backup.hand_out_failed")),
        Notice::Incomplete => ("incomplete", t("form.incomplete")),
        Notice::Refused(errors) => ("refused-fields", refused(errors)),
        Notice::DiaryFound => ("diary-found", t("first.found")),
        Notice::NoDemo => ("no-demo", t("demo.missing")),
        Notice::InDemo => ("refused", t("demo.refused")),
    }
}

/// What is wrong with an entry that was not kept, field by field.
fn refused(errors: &[FieldError]) -> String {
    let problems: Vec<String> = errors.iter().map(field_errors::field).collect();
    tf("form.refused", &[("problems", &problems.join(" "))])
}

/// The mark on every screen of the demo, with the way out of it.
fn demo(app: App) -> AnyView {
    let shown = app.memo(crate::app::State::in_demo);
    view! {
        {move || shown.get().then(|| view! {
            <aside class="demo" data-t="demo" aria-label=t("demo.title")>
                <p><b>{t("demo.title")}</b>" "{t("demo.banner")}</p>
                {button(t("demo.leave"), "demo-leave", "ghost", tap(move || app.send(Event::Demo(DemoEvent::Leave))))}
            </aside>
        })}
    }
    .into_any()
}

/// Undo, and where the saving stands; over all of it, that this is the demo.
pub fn toasts(app: App) -> AnyView {
    // What can be taken back: a removal, or a change.
    let toast = app.memo(|s| match s.book.undo.as_ref()? {
        Undo::Entry(entry) => {
            let there = s.diary().get(entry.id).is_some_and(|e| !e.deleted);
            Some(if there {
                "diary.changed"
            } else {
                "diary.removed"
            })
        }
        Undo::Session(_) => Some("diary.removed"),
    });
    let save = app.memo(|s| {
        if s.run().is_some() {
            SaveState::Idle
        } else {
            s.save_state()
        }
    });
    view! {
        {demo(app)}
        <div class="toasts" translate="no">
            {move || toast.get().map(|words| view! {
                <div class="toast" role="status">
                    <span>{t(words)}</span>
                    {button(t("app.undo"), "undo", "ghost", tap(move || app.send(Event::Diary(DiaryEvent::Undo))))}
                </div>
            })}
            {move || {
                let (key, words) = match save.get() {
                    SaveState::Idle => return None,
                    SaveState::Saving => ("saving", t("save.saving")),
                    SaveState::Saved => ("saved", t("save.saved")),
                    SaveState::Failed => ("failed", t("save.not_saved")),
                };
                Some(view! {
                    <div class="save-state" role="status" data-t="save-state" data-state=key>{words}</div>
                })
            }}
        </div>
    }
    .into_any()
}
