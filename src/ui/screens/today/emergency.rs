//! An emergency: what to do now, a call, what happens to the plan.

use crate::app::Screen;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf};
use leptos::prelude::*;

/// The screen that covers everything but what leads to help.
pub fn view(app: App) -> AnyView {
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
