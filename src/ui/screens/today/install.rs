//! How to get the app onto the home screen.

use crate::app::Event;
use crate::app::event::{DeviceEvent, Install, PrefsEvent};
use crate::ui::context::App;
use crate::ui::text::words::t;
use crate::ui::widgets::controls::{button, tap};
use leptos::prelude::*;

/// The card; nothing when it runs from there.
pub fn card(app: App) -> AnyView {
    let install = app.memo(|s| {
        if s.prefs.install_hidden {
            Install::Unknown
        } else {
            s.install
        }
    });
    let offline = app.memo(|s| s.release == crate::app::event::Release::ReadyOffline);
    view! {
        {move || match install.get() {
            Install::Prompt => Some(view! {
                <section class="card" data-t="install-card">
                    <h2>{t("install.title")}</h2>
                    <p>{t("install.body")}</p>
                    <div class="row">
                        {button(t("install.do"), "install", "ghost", tap(move || app.send(Event::Device(DeviceEvent::Install))))}
                        {button(t("install.later"), "install-later", "quiet", tap(move || app.send(Event::Prefs(PrefsEvent::HideInstall))))}
                    </div>
                </section>
            }.into_any()),
            Install::Ios => Some(view! {
                <section class="card" data-t="install-card">
                    <h2>{t("install.title")}</h2>
                    <p>{t("install.ios_why")}</p>
                    <ol class="steps">
                        <li>{share_icon()}{t("install.ios_1")}</li>
                        <li>{add_icon()}{t("install.ios_2")}</li>
                        <li>{t("install.ios_3")}</li>
                    </ol>
                    {button(t("install.later"), "install-later", "quiet", tap(move || app.send(Event::Prefs(PrefsEvent::HideInstall))))}
                </section>
            }.into_any()),
            Install::InApp => Some(view! {
                <section class="card caution" data-t="in-app-card">
                    <h2>{t("install.in_app_title")}</h2>
                    <p>{t("install.in_app_body")}</p>
                </section>
            }.into_any()),
            Install::Unknown | Install::Standalone => None,
        }}
        {move || offline.get().then(|| view! {
            <p class="small center" data-t="offline-ready">{t("update.offline")}</p>
        })}
    }
    .into_any()
}

fn share_icon() -> AnyView {
    view! {
        <svg aria-hidden="true" class="glyph" width="24" height="24" viewBox="0 0 24 24">
            <path d="M12 15V3M8 7l4-4 4 4M7 11H5v10h14V11h-2" />
        </svg>
    }
    .into_any()
}

fn add_icon() -> AnyView {
    view! {
        <svg aria-hidden="true" class="glyph" width="24" height="24" viewBox="0 0 24 24">
            <path d="M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2M12 8v8M8 12h8" />
        </svg>
    }
    .into_any()
}
