//! Milestones on the journey: what was reached, the day's own a little larger.

use super::context::App;
use super::parts::card;
use super::words::{t, tk};
use crate::domain::milestones::reached;
use crate::shell::format;
use leptos::prelude::*;

/// What was reached today, as a quiet word at the top.
pub fn fresh(app: App) -> AnyView {
    let found = app.memo(|s| {
        reached(&s.diary, &s.guidance)
            .into_iter()
            .filter(|r| r.on == s.now.day())
            .map(|r| r.what.key())
            .collect::<Vec<_>>()
    });
    view! {
        {move || found.with(|found| found.iter().map(|key| view! {
            <section class="why go" data-t=["new-", key].concat()>
                <p class="say"><b>{tk("milestone.", key)}</b></p>
                <p>{tk("milestone.about_", key)}</p>
            </section>
        }).collect_view())}
    }
    .into_any()
}

/// Everything that was reached, the newest first; nothing before the first.
pub fn view(app: App) -> AnyView {
    let found = app.memo(|s| {
        let mut found: Vec<_> = reached(&s.diary, &s.guidance)
            .into_iter()
            .map(|r| (r.on, r.what.key()))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    });
    view! {
        {move || found.with(|found| {
            let all = found.iter().map(|(on, key)| view! {
                <li data-t=["milestone-", key].concat()>
                    {tk("milestone.", key)}" "<span class="small">{format::long_date(*on)}</span>
                </li>
            }).collect_view();
            (!found.is_empty()).then(|| card(
                t("milestone.title"),
                view! { <ul class="plain" data-t="milestones">{all}</ul> }.into_any(),
            ))
        })}
    }
    .into_any()
}
