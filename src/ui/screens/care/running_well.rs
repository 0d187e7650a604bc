//! "Running well": every card, the week's first.

use crate::app::State;
use crate::app::reading::{Page, ReadingFile};
use crate::insights::running_cards::{Card, RunningCards};
use crate::insights::sourced_text::Line;
use crate::ui::context::App;
use crate::ui::screens::care::reading::{list, with};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{card, head, title};
use leptos::prelude::*;
use std::sync::Arc;

/// The screen.
pub fn view(app: App) -> AnyView {
    with(
        app,
        ReadingFile::RunningWell,
        "screen.running-well",
        |readings| &readings.running_well,
        show,
    )
}

fn show(app: App, page: &Arc<Page<RunningCards>>) -> AnyView {
    let week = app.peek(State::running_card);
    let mut cards: Vec<&Card> = page.content.cards().iter().collect();
    cards.sort_by_key(|card| Some(&*card.id) != week);
    let cards = cards.into_iter().map(|one| {
        let lines: Vec<&Line> = one.lines.iter().collect();
        let name = tk("well.card_", &one.id);
        let heading = if week == Some(&*one.id) {
            tf("well.week", &[("card", &name)])
        } else {
            name
        };
        let body = list(page, &lines, page.content.sources());
        view! { <div data-t=["well-", &one.id].concat()>{card(heading, body)}</div> }
    });
    let intro = page.words("ui.intro").to_owned();
    view! {
        {head(t("reading.title").into_any(), title(t("screen.running-well")))}
        <p class="say">{intro}</p>
        {cards.collect_view()}
    }
    .into_any()
}
