//! The frame: the screen, the tabs, the notices over them, the live regions.

use super::context::App;
use super::parts::{button, tap};
use super::words::{t, tf, tn};
use crate::app::event::Release;
use crate::app::state::{Notice, SaveState};
use crate::app::{Event, Screen};
use crate::domain::guidance::Advice;
use crate::shell;
use leptos::prelude::*;

const TABS: [(Screen, &str, &str); 5] = [
    (
        Screen::Today,
        "tab-today",
        "M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
    ),
    (Screen::Journey, "tab-journey", "M2 20l7-13 4 7 3-4 6 10z"),
    (
        Screen::Diary,
        "tab-diary",
        "M5 3h12a2 2 0 0 1 2 2v16H7a2 2 0 0 1-2-2zM9 8h6M9 12h6M9 16h4",
    ),
    (
        Screen::Progress,
        "tab-progress",
        "M4 20v-6M10 20V9M16 20v-9M21 20V4",
    ),
    (
        Screen::Care,
        "tab-care",
        "M12 21C6 16 3 13 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 4-3 7-9 12z",
    ),
];

/// The whole page.
pub fn frame(app: App) -> AnyView {
    let ready = app.memo(|s| s.ready);
    let screen = app.memo(|s| s.screen);
    let emergency = app.memo(|s| s.guidance.advice == Advice::Emergency && s.ready);
    // The page's first screen goes when the app has something to show.
    Effect::new(move |_| {
        if ready.get() {
            shell::route::remove("boot");
        }
    });
    // Every change of screen: its title, the top of the page, the focus on its heading.
    Effect::new(move |before: Option<Screen>| {
        let now = screen.get();
        if ready.get() && before.is_some_and(|b| b != now) {
            shell::route::arrive(&tf(
                "app.title",
                &[("screen", &t(&["screen.", now.name()].concat()))],
            ));
        }
        now
    });
    view! {
        <a class="skip" href="#main" on:click=|e| { e.prevent_default(); shell::route::focus("main"); }>
            {t("app.skip")}
        </a>
        {move || ready.get().then(|| if emergency.get() && shows_emergency(screen.get()) {
            emergency_screen(app)
        } else {
            screen_view(app, screen.get())
        })}
        {toasts(app)}
        <div id="live-polite" class="hidden" aria-live="polite"></div>
        <div id="live-assertive" class="hidden" aria-live="assertive"></div>
    }
    .into_any()
}

/// An emergency covers everything but the diary, the settings and what leads to help.
fn shows_emergency(screen: Screen) -> bool {
    matches!(
        screen,
        Screen::Today | Screen::Live | Screen::Log | Screen::Setup | Screen::Morning
    )
}

fn screen_view(app: App, screen: Screen) -> AnyView {
    let (name, body, tabs) = match screen {
        Screen::Setup => ("welcome", super::setup::view(app), false),
        Screen::Today => ("today", super::today::view(app), true),
        Screen::Journey => ("journey", super::journey::view(app), true),
        Screen::Diary => ("diary", super::diary::view(app), true),
        Screen::Progress => ("progress", super::progress::view(app), true),
        Screen::Care => ("care", super::care::view(app), true),
        Screen::Live => ("live", super::live::view(app), false),
        Screen::Log => ("log", super::log::view(app, None), false),
        Screen::Add => ("add", super::log::add(app), false),
        Screen::Edit(id) => ("entry", super::diary::edit(app, id), false),
        Screen::Morning => ("morning", super::morning::screen(app), false),
        Screen::Check => ("check", super::check::view(app), false),
        Screen::SelfTest => ("self-test", super::self_test::view(app), false),
        Screen::Clearance => ("clearance", super::clearance::view(app), false),
        Screen::Strength => ("strength", super::strength::view(app), false),
        Screen::Exercise(_) => ("exercise", super::exercises::one(app), false),
        Screen::StrengthSession => (
            "strength-session",
            super::strength_session::view(app),
            false,
        ),
        Screen::Mobility => ("mobility", super::exercises::mobility(app), false),
        Screen::Settings => ("settings", super::settings::view(app), false),
    };
    // The live screen brings its own root with the session's attributes.
    if screen == Screen::Live {
        return body;
    }
    view! {
        <div class="screen" data-screen=name>
            {top(app, screen)}
            <main id="main" tabindex="-1">
                {notice(app)}
                {body}
            </main>
        </div>
        {tabs.then(|| tab_bar(screen))}
    }
    .into_any()
}

fn top(app: App, screen: Screen) -> AnyView {
    let back = match screen {
        Screen::Today | Screen::Journey | Screen::Diary | Screen::Progress | Screen::Care => None,
        // Without a plan the settings stay in reach: a backup may hold one.
        Screen::Setup => app.peek(|s| s.plan().is_some()).then_some(Screen::Today),
        Screen::Edit(_) | Screen::Add => Some(Screen::Diary),
        Screen::Clearance => Some(Screen::Care),
        Screen::Exercise(_) | Screen::StrengthSession | Screen::Mobility => Some(Screen::Strength),
        _ => Some(Screen::Today),
    };
    view! {
        <header class="top">
            {match back {
                Some(to) => view! {
                    <a class="icon-btn" href=to.to_hash() data-t="back">
                        <span aria-hidden="true">"‹"</span>
                        <span>{t("app.back")}</span>
                    </a>
                }
                .into_any(),
                None => view! {
                    <span class="brand">{t("app.name")}</span>
                    <a class="icon-btn" href=Screen::Settings.to_hash() data-t="open-settings">
                        {t("settings.title")}
                    </a>
                }
                .into_any(),
            }}
        </header>
    }
    .into_any()
}

fn tab_bar(screen: Screen) -> AnyView {
    let tabs = TABS
        .into_iter()
        .map(|(to, id, path)| {
            let current = (to == screen).then_some("page");
            view! {
                <a href=to.to_hash() data-t=id aria-current=current>
                    <svg aria-hidden="true" width="24" height="24" viewBox="0 0 24 24">
                        <path d=path />
                    </svg>
                    <span>{t(&["screen.", to.name()].concat())}</span>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=t("app.tabs")>{tabs}</nav> }.into_any()
}

/// What was just kept, or what keeps a save from being whole.
fn notice(app: App) -> AnyView {
    let notice = app.memo(|s| s.notice.clone());
    let update = app.memo(|s| s.release == Release::Waiting && s.live.is_none());
    let problem = app.memo(|s| (s.save_state() == SaveState::Failed).then_some(s.pending.len()));
    let read_only = app.memo(|s| s.storage.read_only);
    view! {
        {move || problem.get().map(|n| view! {
            <section class="card stop" role="alert" data-t="save-problem">
                <h2>{t("save.failed")}</h2>
                <p>{tn("save.failed_body", i64::try_from(n).unwrap_or(0))}</p>
                <div class="row">
                    {button(t("save.retry"), "save-retry", "ghost", tap(move || app.send(Event::RetrySaves)))}
                    {button(t("save.export"), "save-export", "ghost", tap(move || app.send(Event::Export)))}
                </div>
            </section>
        })}
        {move || read_only.get().then(|| view! {
            <section class="card caution" data-t="read-only"><p>{t("save.read_only")}</p></section>
        })}
        {move || update.get().then(|| view! {
            <section class="card" data-t="update-card">
                <h2>{t("update.title")}</h2>
                <p>{t("update.body")}</p>
                {button(t("update.accept"), "update-accept", "ghost", tap(move || app.send(Event::AcceptUpdate)))}
            </section>
        })}
        <div role="status">
            {move || notice.get().map(|n| {
                let (id, text) = notice_words(&n);
                view! { <p class="notice" data-t=id>{text}</p> }
            })}
        </div>
    }
    .into_any()
}

fn notice_words(notice: &Notice) -> (&'static str, String) {
    match notice {
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
        Notice::ImportFailed(error) => ("import-failed", super::settings::import_error(error)),
        Notice::ReadOnly => ("refused", t("save.read_only")),
        Notice::HandedOut => ("handed-out", t("backup.handed_out")),
        Notice::HandOutFailed => ("hand-out-failed", t("backup.hand_out_failed")),
        Notice::Incomplete => ("incomplete", t("form.incomplete")),
    }
}

/// Undo, and where the saving stands.
fn toasts(app: App) -> AnyView {
    let toast = app.memo(|s| s.toast.is_some());
    let save = app.memo(|s| {
        if s.live.is_some() {
            SaveState::Idle
        } else {
            s.save_state()
        }
    });
    view! {
        <div class="toasts">
            {move || toast.get().then(|| view! {
                <div class="toast" role="status">
                    <span>{t("diary.removed")}</span>
                    {button(t("app.undo"), "undo", "ghost", tap(move || app.send(Event::Undo)))}
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

/// Emergency help now: what to do, a call, what happens to the plan.
fn emergency_screen(app: App) -> AnyView {
    let number = app.peek(|s| s.prefs.emergency_number.clone());
    let call = ["tel:", &number].concat();
    view! {
        <div class="screen emergency" data-screen="emergency">
            <main id="main" tabindex="-1">
                <h1 id="title" tabindex="-1">{t("emergency.title")}</h1>
                <p class="say">{t("emergency.body")}</p>
                <a class="btn primary" href=call data-t="emergency-call">
                    {tf("emergency.call", &[("number", &number)])}
                </a>
                <p>{t("emergency.number")}</p>
                <h2>{t("emergency.plan_title")}</h2>
                <p>{t("emergency.plan")}</p>
                <p>{t("emergency.honest")}</p>
                <div class="row">
                    <a class="btn ghost" href=Screen::Diary.to_hash()>{t("screen.diary")}</a>
                    <a class="btn ghost" href=Screen::Settings.to_hash()>{t("settings.title")}</a>
                </div>
            </main>
        </div>
    }
    .into_any()
}
