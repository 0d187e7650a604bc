//! The welcome and the first question as the page itself shows them: the app takes them
//! over as they are, with what was chosen.

use crate::app::Event;
use crate::app::event::{DemoEvent, DraftEvent, PrefsEvent};
use crate::app::forms::setup_form::{SetupForm, Step};
use crate::diary::vocabulary::{Side, Site};
use crate::shell::first;
use crate::shell::first::Answer;
use crate::ui::context::App;

/// Takes over what the page shows; `false` when it shows no welcome.
pub fn adopt(app: App) -> bool {
    first::adopt(move |answer| take(app, &answer))
}

fn take(app: App, answer: &Answer) {
    match answer.ask.as_deref() {
        Some("demo") => return app.send(Event::Demo(DemoEvent::Open)),
        Some("hide-install") => app.send(Event::Prefs(PrefsEvent::HideInstall)),
        _ => {}
    }
    let before = app.peek(|s| s.book.setup.clone());
    let step = Step::ALL.into_iter().find(|s| s.key() == answer.step);
    let form = SetupForm {
        step: step.unwrap_or(before.step),
        site: answer.site.as_deref().and_then(Site::from_key),
        side: answer.side.as_deref().and_then(Side::from_key),
        ..before.clone()
    };
    if form != before {
        app.send(Event::Draft(DraftEvent::Setup(Box::new(form))));
    }
}
