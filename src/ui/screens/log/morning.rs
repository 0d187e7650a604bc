//! The morning answer: five seconds.

use crate::app::Event;
use crate::app::event::DiaryEvent;
use crate::app::forms::morning_form::MorningForm;
use crate::diary::vocabulary::Swelling;
use crate::shell::format;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, head, pain_scale, tap, tick, title};
use crate::ui::widgets::fields::{Choice, radios};
use crate::ui::widgets::red_flags;
use crate::ui::widgets::red_flags::WhenLeft;
use chrono::NaiveDate;
use leptos::prelude::*;

/// The question as a screen of its own, for today's morning or the one that is due.
pub fn screen(app: App) -> AnyView {
    let due = app.peek(|s| {
        let today = s.now.day();
        s.guidance()
            .morning_due_for
            .filter(|d| *d <= today)
            .unwrap_or(today)
    });
    view! {
        {head(t("morning.eyebrow").into_any(), title(t("morning.title")))}
        {form(app, MorningForm { for_day: Some(due), ..MorningForm::default() })}
    }
    .into_any()
}

/// The question as a card on Today.
pub fn card(app: App, day: NaiveDate) -> AnyView {
    view! {
        <section class="card due" data-t="morning-card">
            {form(app, MorningForm { for_day: Some(day), ..MorningForm::default() })}
        </section>
    }
    .into_any()
}

/// The form, for a new answer or an old one.
pub fn form(app: App, draft: MorningForm) -> AnyView {
    let day = draft.for_day;
    let today = app.peek(|s| s.now.day());
    let asks_settled = day.is_some_and(|d| app.peek(|s| s.asks_settled(d)));
    let pain = RwSignal::new(draft.pain);
    let stiff = RwSignal::new(draft.stiffness_min);
    let swelling = RwSignal::new(draft.swelling.unwrap_or(Swelling::None));
    let limp = RwSignal::new(draft.limp);
    let settled = RwSignal::new(draft.settled);
    let chosen = RwSignal::new(draft.flags.clone());
    let missing = RwSignal::new(false);
    let make = StoredValue::new(draft);
    let read = move |forgotten: bool| MorningForm {
        pain: pain.get_untracked(),
        stiffness_min: stiff.get_untracked(),
        swelling: Some(swelling.get_untracked()),
        limp: limp.get_untracked(),
        settled: settled.get_untracked(),
        forgotten,
        flags: chosen.get_untracked(),
        ..make.get_value()
    };
    let save = move || {
        if pain.get_untracked().is_none() {
            missing.set(true);
            return;
        }
        app.send(Event::Diary(DiaryEvent::AnswerMorning(Box::new(read(
            false,
        )))));
    };
    let question = match day {
        Some(d) if d != today => tf("morning.question_day", &[("day", &format::weekday_date(d))]),
        _ => t("morning.question"),
    };
    view! {
        <h2>{question}</h2>
        {pain_scale("morning-pain", t("morning.pain"), pain)}
        {radios("stiff", t("morning.stiff"), None, "choices", stiff_choices(stiff))}
        {radios("swelling", t("morning.swelling"), None, "choices", swelling_choices(swelling))}
        {tick(t("morning.limp"), "limp".into(), limp.into(), Box::new(move |on| limp.set(on)))}
        {asks_settled.then(|| {
            radios("settled", t("morning.settled"), None, "choices", settled_choices(settled))
        })}
        <details>
            <summary data-t="morning-worrying">{t("flags.ask")}</summary>
            {red_flags::picker(app, chosen, WhenLeft::Saved)}
        </details>
        <p role="alert" class="fault">{move || missing.get().then(|| t("morning.pain_missing"))}</p>
        {button(t("morning.save"), "morning-save", "primary", tap(save))}
        {day.is_some_and(|d| d != today).then(|| {
            button(t("morning.forgot"), "morning-forgot", "quiet", tap(move || {
                app.send(Event::Diary(DiaryEvent::AnswerMorning(Box::new(read(true)))));
            }))
        })}
    }
    .into_any()
}

fn stiff_choices(stiff: RwSignal<u16>) -> Vec<Choice> {
    [0u16, 5, 15, 30]
        .into_iter()
        .map(|n| {
            let words = match n {
                0 => t("morning.stiff_none"),
                30 => t("morning.stiff_30"),
                _ => crate::ui::widgets::controls::minutes(f64::from(n)),
            };
            let picked = derive(move || stiff.get() == n);
            (
                ["stiff-", &n.to_string()].concat(),
                words,
                picked,
                tap(move || stiff.set(n)),
            )
        })
        .collect()
}

fn swelling_choices(swelling: RwSignal<Swelling>) -> Vec<Choice> {
    Swelling::ALL
        .iter()
        .map(|&s| {
            let picked = derive(move || swelling.get() == s);
            let words = tk("swelling.", s.key());
            (
                ["swelling-", s.key()].concat(),
                words,
                picked,
                tap(move || swelling.set(s)),
            )
        })
        .collect()
}

fn settled_choices(settled: RwSignal<Option<bool>>) -> Vec<Choice> {
    [
        (true, "settled-yes", "app.yes"),
        (false, "settled-no", "app.no"),
    ]
    .into_iter()
    .map(|(value, id, key)| {
        let picked = derive(move || settled.get() == Some(value));
        (
            id.to_owned(),
            t(key),
            picked,
            tap(move || settled.set(Some(value))),
        )
    })
    .collect()
}
