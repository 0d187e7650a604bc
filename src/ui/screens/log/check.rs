//! "Not feeling right": ill, away, a flare, a worrying sign. Each says at once
//! what it does to the plan.

use crate::app::Event;
use crate::app::event::DiaryEvent;
use crate::diary::vocabulary::{AbsenceReason, RedFlag};
use crate::ui::context::App;
use crate::ui::text::words::t;
use crate::ui::widgets::controls::{Tap, button, card, tap};
use crate::ui::widgets::red_flags;
use crate::ui::widgets::red_flags::WhenLeft;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    let chosen = RwSignal::new(Vec::<RedFlag>::new());
    let away = app.memo(|s| s.open_absence().is_some());
    let begin = move |reason: AbsenceReason, fever: bool| -> Tap {
        tap(move || app.send(Event::Diary(DiaryEvent::BeginAbsence { reason, fever })))
    };
    let save = move || {
        app.send(Event::Diary(DiaryEvent::LogRedFlags(
            chosen.get_untracked(),
        )));
    };
    let none = move || chosen.with(Vec::is_empty);
    let worrying = view! {
        <p>{t("check.worrying_body")}</p>
        <details>
            <summary data-t="worrying">{t("check.worrying_list")}</summary>
            {red_flags::picker(app, chosen, WhenLeft::Saved)}
            <button
                type="button"
                class="btn primary"
                data-t="flags-save"
                disabled=none
                on:click=move |_| save()
            >
                {t("check.worrying_save")}
            </button>
        </details>
    };
    view! {
        {crate::ui::widgets::controls::plain_head("check.eyebrow", "check.title")}
        {move || away.get().then(|| card(t("today.away_title"), view! {
            <p>{t("today.away_body")}</p>
            {button(t("today.away_end"), "absence-end", "ghost", tap(move || app.send(Event::Diary(DiaryEvent::EndAbsence))))}
        }.into_any()))}
        {card(t("check.worrying"), worrying.into_any())}
        {card(t("check.flare"), view! {
            <p>{t("check.flare_body")}</p>
            {button(t("check.flare_do"), "flare", "ghost", begin(AbsenceReason::Pain, false))}
        }.into_any())}
        {card(t("check.ill"), view! {
            <p>{t("check.ill_body")}</p>
            <div class="row">
                {button(t("check.ill_do"), "ill", "ghost", begin(AbsenceReason::Illness, false))}
                {button(t("check.ill_fever"), "ill-fever", "ghost", begin(AbsenceReason::Illness, true))}
            </div>
        }.into_any())}
        {card(t("check.away"), view! {
            <p>{t("check.away_body")}</p>
            {button(t("check.away_do"), "away", "ghost", begin(AbsenceReason::Holiday, false))}
        }.into_any())}
        <details>
            <summary data-t="away-dates">{t("away.dates")}</summary>
            {crate::ui::screens::log::absence::form(app, None)}
        </details>
    }
    .into_any()
}
