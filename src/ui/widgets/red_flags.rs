//! Warning signs in plain words, to tick, by how fast they need checking.

use crate::diary::vocabulary::{Profile, RedFlag, Tier};
use crate::ui::context::{App, derive, memo};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::tick;
use leptos::prelude::*;

/// All signs as boxes, under one heading a tier.
pub fn picker(chosen: RwSignal<Vec<RedFlag>>) -> AnyView {
    let tier = |tier: Tier, key: &'static str| {
        let flags = RedFlag::ALL.iter().copied();
        let flags = flags.filter(|f| f.tier(Profile::Joint) == tier).collect();
        boxes(t(key), flags, chosen)
    };
    view! {
        {tier(Tier::Emergency, "flags.emergency")}
        {tier(Tier::Urgent, "flags.urgent")}
        {tier(Tier::Review, "flags.review")}
    }
    .into_any()
}

/// Some of the signs as boxes, under one heading.
pub fn boxes(legend: String, flags: Vec<RedFlag>, chosen: RwSignal<Vec<RedFlag>>) -> AnyView {
    let boxes = flags
        .into_iter()
        .map(|flag| {
            let ticked = derive(move || chosen.with(|c| c.contains(&flag)));
            tick(
                tk("flag.", flag.key()),
                ["flag-", flag.key()].concat(),
                ticked,
                Box::new(move |on| {
                    chosen.update(|c| {
                        c.retain(|f| *f != flag);
                        if on {
                            c.push(flag);
                        }
                    });
                }),
            )
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{legend}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// When an emergency sign is ticked: help first, the form can wait.
pub fn alarm(app: App, chosen: RwSignal<Vec<RedFlag>>) -> AnyView {
    let urgent =
        memo(move || chosen.with(|c| c.iter().any(|f| f.tier(Profile::Joint) == Tier::Emergency)));
    view! {
        <div role="alert">
            {move || urgent.get().then(|| {
                let number = app.peek(|s| s.prefs.emergency_number.clone());
                view! {
                    <section class="card stop" data-t="flag-alarm">
                        <h2>{t("emergency.title")}</h2>
                        <p>{t("emergency.body")}</p>
                        <a class="btn danger" href=["tel:", &number].concat()>
                            {tf("emergency.call", &[("number", &number)])}
                        </a>
                    </section>
                }
            })}
        </div>
    }
    .into_any()
}
