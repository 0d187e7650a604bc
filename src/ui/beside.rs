//! What else helps today, under the day's answer: a line for the head, an open goal,
//! the ways to recovery and mind.

use super::context::App;
use super::mind;
use super::notes::of_kind;
use super::parts::{card, link};
use super::words::t;
use crate::app::Screen;
use crate::domain::entry::Body;
use leptos::prelude::*;

/// The card, for a runner with a plan; then how to get the app onto the home screen.
pub fn view(app: App) -> AnyView {
    let planned = app.memo(|s| s.plan().is_some());
    view! {
        {move || planned.get().then(|| beside(app))}
        {super::install::card(app)}
    }
    .into_any()
}

fn beside(app: App) -> AnyView {
    let prompt = app.memo(mind::prompt);
    let goals = of_kind(app, "goal");
    let open = move || {
        goals.with(|goals| {
            let open = goals.iter().find_map(|e| match &e.body {
                Body::Goal(g) if g.done_on.is_none() => Some((e, g)),
                _ => None,
            });
            open.map(|(e, g)| mind::goal_row(app, e, g))
        })
    };
    card(
        t("beside.title"),
        view! {
            <p>{move || t(&prompt.get())}</p>
            {open}
            <div class="row">
                {link(t("beside.recovery"), "to-recovery", "ghost", Screen::Recovery)}
                {link(t("beside.mind"), "to-mind", "ghost", Screen::Mind)}
            </div>
        }
        .into_any(),
    )
}
