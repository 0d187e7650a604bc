//! What stands beside pain in the stretch, with its numbers, and the minutes of each pair
//! of shoes.

use super::summary::Summary;
use crate::insights::findings::{Finding, Habit, findings, pairs};
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{card, minutes};
use leptos::prelude::*;

pub fn view(app: App, s: &Summary) -> AnyView {
    let from = s.slots.slots.first().map_or(s.today, |slot| slot.from);
    let (found, shoes) = app.peek(|state| {
        let found = findings(state.diary(), from, s.today, s.baseline);
        (found, pairs(state.diary(), s.today))
    });
    let none = found.is_empty();
    let found = found.iter().map(|f| view! { <li>{sentence(f)}</li> });
    let shoes = shoes.iter().map(|pair| {
        let line = tf(
            "findings.pair",
            &[
                ("name", &pair.name),
                ("time", &minutes(pair.minutes)),
                ("since", &format::weekday_date(pair.since)),
            ],
        );
        view! { <li>{line}</li> }
    });
    let any_shoes = shoes.len() > 0;
    let body = view! {
        <ul class="plain" data-t="findings">{found.collect_view()}</ul>
        <p class="small">{t(if none { "findings.none" } else { "findings.caution" })}</p>
        {any_shoes.then(|| view! {
            <p><b>{t("findings.shoes")}</b></p>
            <ul class="plain" data-t="shoes">{shoes.collect_view()}</ul>
        })}
    };
    card(t("findings.title"), body.into_any())
}

fn sentence(f: &Finding) -> String {
    let what = match &f.habit {
        Habit::Surface(key) => tk("surface.", key),
        Habit::Shoes(name) => name.clone(),
        Habit::Tried(card) => tk("well.card_", card),
        Habit::ShortNight => t("findings.short_night"),
    };
    tf(
        "findings.mornings",
        &[
            ("what", &what),
            ("n", &f.after.higher.to_string()),
            ("all", &f.after.all.to_string()),
            ("m", &f.otherwise.higher.to_string()),
            ("rest", &f.otherwise.all.to_string()),
        ],
    )
}
