//! A clinician's word: granted, or not yet, and what it is bound to.

use crate::app::Event;
use crate::app::event::DiaryEvent;
use crate::diary::entry::Clearance;
use crate::diary::vocabulary::RedFlag;
use crate::formats::day;
use crate::thresholds::ladder::Ladder;
use crate::ui::context::{App, derive};
use crate::ui::text::levels::level_options;
use crate::ui::text::words::t;
use crate::ui::widgets::controls::{button, field, tap, tick};
use crate::ui::widgets::fields::{fault, radios, select};
use crate::ui::widgets::red_flags;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    let today = app.peek(|s| s.now.day());
    let granted = RwSignal::new(None::<bool>);
    let [by, role, restart, highest] = [(); 4].map(|()| RwSignal::new(String::new()));
    let seen = RwSignal::new(today.to_string());
    let known = RwSignal::new(Vec::<RedFlag>::new());
    let softer = RwSignal::new(false);
    let wrong = RwSignal::new(None::<&'static str>);
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
            wrong.set(Some("clearance.fault"));
            return;
        };
        let Some(seen_on) = day::typed(&seen.get_untracked()).filter(|day| *day <= today) else {
            wrong.set(Some("clearance.fault_seen"));
            return;
        };
        // What goes with a yes does not go with a no.
        let level = |chosen: RwSignal<String>| {
            Some(chosen.get_untracked()).filter(|level| granted && !level.is_empty())
        };
        app.send(Event::Diary(DiaryEvent::LogClearance(Box::new(
            Clearance {
                granted,
                by: name,
                role: role.get_untracked().trim().to_owned(),
                seen_on: (seen_on != today).then_some(seen_on),
                restart_level: level(restart),
                max_level: level(highest),
                known_flags: if granted {
                    known.get_untracked()
                } else {
                    Vec::new()
                },
                softer_profile: granted && softer.get_untracked(),
                known_painkiller: false,
                known_fear: false,
                known_usual: None,
            },
        ))));
    };
    let words = derive(move || wrong.get().map(t));
    view! {
        {crate::ui::widgets::controls::plain_head("clearance.eyebrow", "clearance.title")}
        <p>{t("clearance.body")}</p>
        {radios("clearance", t("clearance.question"), None, "choices one", answers)}
        {field(t("clearance.by"), "clearance-by", "text", by, Some(t("clearance.by_hint")))}
        {field(t("clearance.role"), "clearance-role", "text", role, Some(t("clearance.role_hint")))}
        {field(t("clearance.seen"), "clearance-seen", "date", seen, None)}
        {move || (granted.get() == Some(true)).then(|| {
            bounds(app, restart, highest, known, softer)
        })}
        {fault(words)}
        <p class="small">{t("clearance.honest")}</p>
        <div class="acts">{button(t("clearance.save"), "clearance-save", "primary", tap(save))}</div>
    }
    .into_any()
}

/// What a go-ahead is bound to: where to begin, how far, and what they know of.
fn bounds(
    app: App,
    restart: RwSignal<String>,
    highest: RwSignal<String>,
    known: RwSignal<Vec<RedFlag>>,
    softer: RwSignal<bool>,
) -> AnyView {
    // The lists are made anew each time they appear: so are their choices.
    restart.set(String::new());
    highest.set(String::new());
    let ladder = app.peek(|s| s.plan().map_or_else(Ladder::builtin, Ladder::of));
    let told = app.peek(crate::app::State::urgent_flags);
    let begin = level_options(&ladder, t("setup.level_none"));
    let most = level_options(&ladder, t("clearance.no_limit"));
    let hint = Some(t("setup.level_hint"));
    view! {
        {select(t("setup.level"), "clearance-level", begin, "", hint, Box::new(move |v| restart.set(v)))}
        <details>
            <summary data-t="clearance-more">{t("clearance.more")}</summary>
            {select(t("clearance.max"), "clearance-max", most, "", None, Box::new(move |v| highest.set(v)))}
            {(!told.is_empty()).then(|| red_flags::boxes(t("clearance.known"), told, known))}
            {tick(
                t("clearance.softer"),
                "clearance-softer".into(),
                softer.into(),
                Box::new(move |on| softer.set(on)),
            )}
        </details>
    }
    .into_any()
}
