//! Days away with their dates: entered afterwards, or changed.

use crate::app::Screen;
use crate::app::forms::entry_edit;
use crate::diary::entry::{Body, Entry};
use crate::diary::vocabulary::AbsenceReason;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tk};
use crate::ui::widgets::controls::{button, field, tap, tick};
use crate::ui::widgets::entry_form::{Form, text};
use crate::ui::widgets::fields::radios;
use leptos::prelude::*;

/// The form, for days that are not in the diary yet or for those that are.
pub fn form(app: App, entry: Option<&Entry>) -> AnyView {
    let today = app.peek(|s| s.now.day());
    let old = entry.and_then(|e| match &e.body {
        Body::Absence(a) => Some(a),
        _ => None,
    });
    let form = Form::new(app, entry, Screen::Today);
    let from = text(old.map_or(today, |a| a.from).to_string());
    let until = text(
        old.and_then(|a| a.until)
            .map(|day| day.to_string())
            .unwrap_or_default(),
    );
    let reason = RwSignal::new(old.map_or(AbsenceReason::Illness, |a| a.reason));
    let fever = RwSignal::new(old.is_some_and(|a| a.fever));
    let reasons = [
        AbsenceReason::Illness,
        AbsenceReason::Pain,
        AbsenceReason::Holiday,
    ];
    let choices = reasons
        .into_iter()
        .map(|r| {
            (
                ["away-", r.key()].concat(),
                tk("absence.", r.key()),
                derive(move || reason.get() == r),
                tap(move || reason.set(r)),
            )
        })
        .collect();
    let save = move || {
        let made = entry_edit::absence(
            &from.get_untracked(),
            &until.get_untracked(),
            reason.get_untracked(),
            fever.get_untracked(),
            today,
        );
        form.keep(made, None, None);
    };
    view! {
        {radios("away", t("away.why"), None, "choices", choices)}
        {move || (reason.get() == AbsenceReason::Illness).then(|| {
            tick(t("away.with_fever"), "away-fever".into(), fever.into(), Box::new(move |on| fever.set(on)))
        })}
        <div class="pair">
            {field(t("away.first"), "away-first", "date", from, None)}
            {field(t("away.last"), "away-last", "date", until, None)}
        </div>
        <p class="small">{t("away.last_hint")}</p>
        {form.fault()}
        {button(t("away.save"), "away-save", "primary", tap(save))}
    }
    .into_any()
}
