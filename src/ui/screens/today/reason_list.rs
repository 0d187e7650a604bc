//! All reasons behind Today's one sentence, each with what would end it.

use crate::rules::guidance::{Guidance, Reason, WouldChange};
use crate::ui::text::days::when;
use crate::ui::text::reasons::{day, sentence};
use crate::ui::text::words::{t, tf, tn};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The list, the reason that binds first.
pub fn view(g: &Guidance, today: NaiveDate) -> AnyView {
    let list = g.reasons.iter().map(|r| item(r, today)).collect_view();
    let none = g.reasons.is_empty();
    view! {
        <ul class="reasons" data-t="reasons">
            {list}
            {none.then(|| view! { <li>{t("why.none")}</li> })}
        </ul>
        <p class="small">{t("why.sources")}</p>
    }
    .into_any()
}

/// One reason: the sentence with its numbers, the rule, the day, and what would end it.
fn item(reason: &Reason, today: NaiveDate) -> AnyView {
    let source = tf(
        "why.source",
        &[("rule", reason.rule.id()), ("day", &day(reason.day, today))],
    );
    let label = match reason.changes.len() {
        0 => None,
        1 => Some(t("change.one")),
        _ => Some(t("change.all")),
    };
    let changes = reason
        .changes
        .iter()
        .map(|c| change(c, today))
        .collect::<Vec<_>>()
        .join(" ");
    view! {
        <li data-rule=reason.rule.id()>
            {sentence(reason, today)}
            " "
            <span class="small">{source}</span>
            {label.map(|label| view! { <p data-t="ends"><b>{label}</b>" "{changes}</p> })}
        </li>
    }
    .into_any()
}

/// What would end a reason, in one sentence.
fn change(change: &WouldChange, today: NaiveDate) -> String {
    match change {
        WouldChange::WaitUntil { date } => tf("change.wait", &[("day", &when(*date, today))]),
        WouldChange::QuietMornings { more, at_most: 0 } => {
            tn("change.zero_mornings", i64::from(*more))
        }
        WouldChange::QuietMornings { more, at_most } => {
            tn("change.mornings", i64::from(*more)).replace("{{pain}}", &at_most.to_string())
        }
        WouldChange::Answer { for_day, at_most } => {
            let key = if *at_most == 0 {
                "change.zero_answer"
            } else {
                "change.answer"
            };
            let on = if *for_day < today { day } else { when };
            tf(
                key,
                &[
                    ("day", &on(*for_day, today)),
                    ("pain", &at_most.to_string()),
                ],
            )
        }
        WouldChange::Clearance { after: Some(after) } => {
            tf("change.clearance_after", &[("day", &day(*after, today))])
        }
        WouldChange::Clearance { after: None } => t("change.clearance"),
        WouldChange::OkSessions { more, level } => {
            tn("change.sessions", i64::from(*more)).replace("{{level}}", level)
        }
        WouldChange::SelfTest => t("gate.self_test"),
        WouldChange::Benchmark { name } => tf("change.benchmark", &[("name", name)]),
        WouldChange::Appointment => t("change.appointment"),
        WouldChange::IllnessOver => t("change.illness"),
        WouldChange::FlareOver => t("change.flare"),
        WouldChange::UsualAgreed { at_most } => {
            tf("change.usual", &[("pain", &at_most.to_string())])
        }
    }
}
