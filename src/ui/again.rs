//! Another injury, now or years later: the questions again, with the old diary kept.

use super::context::App;
use super::parts::{button, card, tap};
use super::words::t;
use crate::app::setup::{SetupDraft, Step};
use crate::app::{Event, Screen};
use leptos::prelude::*;

/// The card; nothing without a plan.
pub fn view(app: App) -> AnyView {
    let at = app.memo(|s| (s.plan().is_some(), s.setup.step != Step::About));
    let begin = move || {
        let draft = app.peek(|s| s.plan().map(SetupDraft::again));
        if let Some(draft) = draft {
            app.send(Event::SetupChanged(Box::new(draft)));
            app.send(Event::Go(Screen::Setup));
        }
    };
    let go_on = move || app.send(Event::Go(Screen::Setup));
    let stop = move || app.send(Event::SetupChanged(Box::default()));
    view! {
        {move || match at.get() {
            (false, _) => None,
            (true, false) => Some(card(t("again.title"), view! {
                <p>{t("again.body")}</p>
                {button(t("again.begin"), "again", "ghost", tap(begin))}
            }.into_any())),
            (true, true) => Some(card(t("again.title"), view! {
                <p>{t("again.open")}</p>
                <div class="row">
                    {button(t("again.go_on"), "again-go-on", "ghost", tap(go_on))}
                    {button(t("again.stop"), "again-stop", "quiet", tap(stop))}
                </div>
            }.into_any())),
        }}
    }
    .into_any()
}
