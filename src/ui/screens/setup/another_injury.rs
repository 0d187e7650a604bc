//! Another injury, now or years later: the questions again, with the old diary kept.

use crate::app::event::{DraftEvent, NavigationEvent};
use crate::app::forms::setup_form::{SetupForm, Step};
use crate::app::{Event, Screen, State};
use crate::ui::context::App;
use crate::ui::text::words::t;
use crate::ui::widgets::controls::{button, card, tap};
use crate::ui::widgets::entry_form::keyed;
use leptos::prelude::*;

/// The card; nothing without a plan.
pub fn view(app: App) -> AnyView {
    keyed(app, |s| at(s).to_owned(), drawn)
}

/// The key of what is said: nothing, how to begin, or that it has begun.
fn at(s: &State) -> &'static str {
    match (s.plan().is_some(), s.book.setup.step == Step::About) {
        (false, _) => "",
        (true, true) => "again.body",
        (true, false) => "again.open",
    }
}

fn drawn(app: App) -> AnyView {
    let key = app.peek(at);
    if key.is_empty() {
        return ().into_any();
    }
    let open = key == "again.open";
    let begin = tap(move || {
        let draft = app.peek(|s| s.plan().map(SetupForm::again));
        if let (false, Some(draft)) = (open, draft) {
            app.send(Event::Draft(DraftEvent::Setup(Box::new(draft))));
        }
        app.send(Event::Navigation(NavigationEvent::Go(Screen::Setup)));
    });
    let stop = tap(move || app.send(Event::Draft(DraftEvent::Setup(Box::default()))));
    let (words, id) = if open {
        ("again.go_on", "again-go-on")
    } else {
        ("again.begin", "again")
    };
    card(
        t("again.title"),
        view! {
            <p>{t(key)}</p>
            {button(t(words), id, "ghost", begin)}
            {open.then(|| button(t("again.stop"), "again-stop", "quiet", stop))}
        }
        .into_any(),
    )
}
