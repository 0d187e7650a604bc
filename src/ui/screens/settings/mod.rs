//! Settings: look, cues, backup, storage, what the app is.

pub mod backup;
pub mod calendar;
pub mod language;
pub mod rules;
pub mod sounds;
pub mod storage;

use crate::app::event::{DemoEvent, PrefsEvent};
use crate::app::prefs::Theme;
use crate::app::{Event, Screen};
use crate::shell;
use crate::ui::context::{App, derive};
use crate::ui::text::words::t;
use crate::ui::widgets::controls::{button, card, field, link, paragraphs, tap};
use crate::ui::widgets::fields::radios;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    view! {
        {crate::ui::widgets::controls::plain_head("settings.eyebrow", "settings.title")}
        {themes(app)}
        {crate::ui::screens::settings::language::view(app)}
        {cues()}
        {card(t("settings.emergency"), emergency(app))}
        {card(t("backup.title"), crate::ui::screens::settings::backup::card_inside(app))}
        {storage(app)}
        {demo(app)}
        {card(t("rules.title"), view! {
            <p class="small">{t("rules.about")}</p>
            {link(t("rules.open"), "open-rules", "ghost", Screen::Rules)}
        }.into_any())}
        {card(t("about.title"), view! {
            {paragraphs(&["about.is", "about.is_not", "about.with_clinician", "about.privacy"])}
            <p class="small">{t("about.licence")}</p>
            <p class="small">{t("about.version")}" "<span data-t="version">{shell::version::current()}</span></p>
        }.into_any())}
    }
    .into_any()
}

fn themes(app: App) -> AnyView {
    let theme = app.memo(|s| s.prefs.theme);
    let choices = [
        ("theme-auto", "settings.theme_auto", Theme::Auto),
        ("theme-light", "settings.theme_light", Theme::Light),
        ("theme-dark", "settings.theme_dark", Theme::Dark),
        ("theme-sun", "settings.theme_sun", Theme::Sun),
    ]
    .into_iter()
    .map(|(id, key, value)| {
        let picked = derive(move || theme.get() == value);
        (
            id.to_owned(),
            t(key),
            picked,
            tap(move || app.send(Event::Prefs(PrefsEvent::Theme(value)))),
        )
    })
    .collect();
    let group = radios("theme", t("settings.theme"), None, "choices two", choices);
    view! { <section class="card">{group}</section> }.into_any()
}

/// Where the diary is kept: the demo is kept nowhere.
fn storage(app: App) -> AnyView {
    let own = app.memo(|s| !s.in_demo());
    view! {
        {move || own.get().then(|| card(t("storage.title"), crate::ui::screens::settings::storage::view(app)))}
    }
    .into_any()
}

/// The way to the demo, or out of it.
fn demo(app: App) -> AnyView {
    let shown = app.memo(crate::app::State::in_demo);
    card(
        t("demo.title"),
        view! {
            <p class="small">{t("demo.about")}</p>
            {move || if shown.get() {
                button(t("demo.leave"), "demo-leave-here", "ghost", tap(move || app.send(Event::Demo(DemoEvent::Leave))))
            } else {
                button(t("demo.look"), "demo-look", "ghost", tap(move || app.send(Event::Demo(DemoEvent::Open))))
            }}
        }
        .into_any(),
    )
}

fn cues() -> AnyView {
    card(
        t("settings.cues"),
        view! {
            <p class="small">{t("settings.cues_about")}</p>
            {link(t("settings.to_sounds"), "to-sounds", "ghost", Screen::Sounds)}
        }
        .into_any(),
    )
}

fn emergency(app: App) -> AnyView {
    let number = RwSignal::new(app.peek(|s| s.prefs.emergency_number.clone()));
    let stored = app.memo(|s| s.prefs.emergency_number.clone());
    let keep = move |_| {
        app.send(Event::Prefs(PrefsEvent::EmergencyNumber(
            number.get_untracked(),
        )));
        number.set(stored.get_untracked());
    };
    view! {
        <div on:change=keep>
            {field(t("settings.number"), "emergency-number", "tel", number, Some(t("settings.number_hint")))}
        </div>
    }
    .into_any()
}
