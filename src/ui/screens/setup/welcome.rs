//! The very first screen: what the app is and is not. It is part of the first
//! download; the questions behind it arrive while it is read.

use crate::app::Event;
use crate::app::event::{DemoEvent, DraftEvent, Install};
use crate::app::forms::setup_form::{SetupForm, Step};
use crate::ui::context::App;
use crate::ui::text::words::t;
use crate::ui::widgets::controls::{button, head, tap, title};
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    let begin = move || {
        app.send(Event::Draft(DraftEvent::Setup(Box::new(SetupForm {
            step: Step::About.next(),
            ..app.peek(|s| s.book.setup.clone())
        }))));
    };
    view! {
        <form class="setup" data-step=Step::About.key() on:submit=|e| e.prevent_default()>
            {head(t("app.name").into_any(), title(t("setup.title_about")))}
            {about(app)}
            <div class="acts">
                {button(t("setup.begin"), "setup-next", "primary", tap(begin))}
                {button(t("demo.look"), "demo-look", "quiet", tap(move || app.send(Event::Demo(DemoEvent::Open))))}
            </div>
        </form>
    }
    .into_any()
}

/// What the app is and is not. On an iPhone the install steps come first: what is
/// entered in the browser is not in the installed app.
pub fn about(app: App) -> AnyView {
    let ios = app.memo(|s| matches!(s.install, Install::Ios | Install::InApp));
    view! {
        {move || ios.get().then(|| crate::ui::router::install_card(app))}
        <div class="prose">
            <p>{t("about.is")}</p>
            <p>{t("about.is_not")}</p>
            <p>{t("about.with_clinician")}</p>
            <p class="small">{t("setup.consent")}</p>
        </div>
    }
    .into_any()
}
