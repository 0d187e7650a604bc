//! A clinician's word: granted, or not yet.

use super::context::{App, derive};
use super::forms::{fault, radios, select};
use super::parts::{button, field, tap};
use super::setup_steps::level_options;
use super::words::t;
use crate::app::Event;
use crate::domain::ladder::Ladder;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    let granted = RwSignal::new(None::<bool>);
    let by = RwSignal::new(String::new());
    let level = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let ladder = app.peek(|s| s.plan().map_or_else(Ladder::builtin, Ladder::of));
    let answer = move |id: &str, key: &str, value: bool| {
        let picked = derive(move || granted.get() == Some(value));
        (
            id.to_owned(),
            t(key),
            picked,
            tap(move || granted.set(Some(value))),
        )
    };
    let answers = vec![
        answer("clearance-yes", "clearance.granted", true),
        answer("clearance-no", "clearance.refused", false),
    ];
    let save = move || {
        let name = by.get_untracked().trim().to_owned();
        let Some(granted) = granted.get_untracked().filter(|_| !name.is_empty()) else {
            wrong.set(true);
            return;
        };
        let restart = level.get_untracked();
        app.send(Event::ClearanceLogged {
            granted,
            by: name,
            restart_level: (granted && !restart.is_empty()).then_some(restart),
        });
    };
    let levels = move || {
        // The list is made anew each time it appears: so is its choice.
        level.set(String::new());
        let options = level_options(&ladder, t("setup.level_none"));
        let hint = Some(t("setup.level_hint"));
        let pick: Box<dyn Fn(String)> = Box::new(move |v| level.set(v));
        select(t("setup.level"), "clearance-level", options, "", hint, pick)
    };
    let words = derive(move || wrong.get().then(|| t("clearance.fault")));
    view! {
        {super::today::plain_head("clearance.eyebrow", "clearance.title")}
        <p>{t("clearance.body")}</p>
        {radios("clearance", t("clearance.question"), None, "choices one", answers)}
        {field(t("clearance.by"), "clearance-by", "text", by, Some(t("clearance.by_hint")))}
        {move || (granted.get() == Some(true)).then(&levels)}
        {fault(words)}
        <p class="small">{t("clearance.honest")}</p>
        <div class="acts">{button(t("clearance.save"), "clearance-save", "primary", tap(save))}</div>
    }
    .into_any()
}
