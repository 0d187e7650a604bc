//! The frame: the screen, the tabs, the notices over them, the live regions.

use crate::app::Screen;
use crate::app::book::SaveState;
use crate::app::event::Release;
use crate::app::forms::setup_form::Step;
use crate::app::state::State;
use crate::rules::guidance::Advice;
use crate::shell;
use crate::ui::context::App;
use crate::ui::router;
use crate::ui::screens::setup::first;
use crate::ui::screens::today::emergency;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::{button, tap};
use crate::ui::widgets::notices;
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
    let emergency = app.memo(|s| s.guidance().advice == Advice::Emergency && s.ready);
    let there = app.late_loaded();
    let stays = app.memo(welcome_stays);
    // What is drawn: the screen that can be. Until then what was there stays.
    let shown: RwSignal<Option<Screen>> = RwSignal::new(None);
    // The app is there: once.
    let arrived = StoredValue::new(false);
    let arrive = move || {
        if !arrived.get_value() {
            arrived.set_value(true);
            shell::first::arrived();
            shell::drawn();
            router::fetch_later(app);
        }
    };
    // Every change of screen: its title, the top of the page, the focus on its heading. Not
    // so the first, which comes in the place of the page's own first screen. It stands before
    // the effect that chooses the screen: so it runs after the screen is drawn.
    Effect::new(move |before: Option<Option<Screen>>| {
        let now = shown.get();
        let Some(screen) = now.filter(|_| before.flatten() != now) else {
            return now;
        };
        let adopted = before.flatten().is_none() && shell::first::leave();
        arrive();
        if adopted || before.flatten().is_some() {
            shell::route::arrive(&tf(
                "app.title",
                &[("screen", &t(&["screen.", screen.spec().path].concat()))],
            ));
        }
        now
    });
    Effect::new(move |_| {
        let (screen, there) = (screen.get(), there.get());
        if !ready.get() {
            shell::read_indexed_db();
            return;
        }
        if stays.get() && shown.get_untracked().is_none() && first::adopt(app) {
            return arrive();
        }
        if there || !router::is_late(screen) {
            // Not again when it is there already: a form on it would lose what was entered.
            if shown.get_untracked() != Some(screen) {
                shown.set(Some(screen));
            }
        } else {
            leptos::task::spawn_local(async move {
                let _ = router::fetch(app).await;
            });
        }
    });
    view! {
        <a class="skip" href="#main" on:click=|e| { e.prevent_default(); shell::route::focus("main"); }>
            {t("app.skip")}
        </a>
        {move || shown.get().map(|screen| if emergency.get() && screen.spec().shows_emergency {
            emergency::view(app)
        } else {
            screen_view(app, screen)
        })}
        {move || app.late_missing().get().then(|| view! {
            <section class="card stop" role="alert" data-t="part-missing">
                <h2>{t("app.part_title")}</h2>
                <p>{t("app.part_body")}</p>
                {button(t("app.part_retry"), "part-retry", "primary", tap(shell::route::reload))}
            </section>
        })}
        {notices::toasts(app)}
        <div id="live-polite" class="hidden" aria-live="polite"></div>
        <div id="live-assertive" class="hidden" aria-live="assertive"></div>
    }
    .into_any()
}

fn screen_view(app: App, screen: Screen) -> AnyView {
    let name = data_screen(screen);
    let body = router::body(app, screen);
    // The live screen brings its own root with the session's attributes.
    if screen == Screen::Live {
        return body;
    }
    view! {
        <div class="screen" data-screen=name>
            {top(app, screen)}
            // What changes by itself: a translation by the browser would freeze it.
            <main id="main" tabindex="-1" translate=(screen == Screen::Today).then_some("no")>
                {notices::view(app)}
                {body}
            </main>
        </div>
        {screen.spec().tab.then(|| tab_bar(screen))}
    }
    .into_any()
}

/// Whether the page's own welcome and first question may stay: they are what is to be
/// shown, and there is nothing to say above them.
fn welcome_stays(s: &State) -> bool {
    let asks = s.screen == Screen::Setup && matches!(s.book.setup.step, Step::About | Step::Site);
    let quiet = s.notice.is_none() && !s.book.storage.read_only && s.release != Release::Waiting;
    let saved = s.save_state() != SaveState::Failed;
    asks && s.merged && s.plan().is_none() && quiet && saved
}

/// The name that tests and tools outside know a screen by.
fn data_screen(screen: Screen) -> &'static str {
    if screen == Screen::Setup {
        "welcome"
    } else {
        screen.spec().path
    }
}

fn top(app: App, screen: Screen) -> AnyView {
    let back = if screen == Screen::Setup {
        // Without a plan the settings stay in reach: a backup may hold one.
        app.peek(|s| s.plan().is_some()).then_some(Screen::Today)
    } else {
        screen.spec().parent
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
                    <span>{t(&["screen.", to.spec().path].concat())}</span>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=t("app.tabs")>{tabs}</nav> }.into_any()
}
