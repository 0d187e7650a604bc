//! Milestones on the journey: what was reached, the day's own a little larger.

use super::context::App;
use super::parts::card;
use super::words::{t, tk};
use crate::domain::milestones::reached;
use crate::shell::format;
use leptos::prelude::*;

/// What was reached, the newest first; nothing before the first.
pub fn view(app: App) -> AnyView {
    let found = app.memo(|s| {
        let mut found: Vec<_> = reached(&s.diary, &s.guidance)
            .into_iter()
            .map(|r| (r.on, r.what.key()))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        (found, s.now.day())
    });
    view! {
        {move || found.with(|(found, today)| {
            let new: Vec<_> = found.iter().filter(|(on, _)| on == today).collect();
            let new = new.into_iter().map(|(_, key)| view! {
                <section class="why go" role="status" data-t=["new-", key].concat()>
                    <p class="say"><b>{tk("milestone.", key)}</b></p>
                    <p>{tk("milestone.about_", key)}</p>
                </section>
            }).collect_view();
            let all = found.iter().map(|(on, key)| view! {
                <li data-t=["milestone-", key].concat()>
                    {tk("milestone.", key)}" "<span class="small">{format::long_date(*on)}</span>
                </li>
            }).collect_view();
            (!found.is_empty()).then(|| view! {
                {new}
                {card(t("milestone.title"), view! { <ul class="plain" data-t="milestones">{all}</ul> }.into_any())}
            })
        })}
    }
    .into_any()
}
