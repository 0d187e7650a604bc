//! The first questions: one a screen, back and forth, taken up again where they stood.

pub mod another_injury;
pub mod first;
pub mod questions;
pub mod welcome;

use crate::app::Event;
use crate::app::event::{DemoEvent, DiaryEvent, DraftEvent};
use crate::app::forms::setup_form::{SetupFault, SetupForm, Step};
use crate::shell;
use crate::ui::context::{App, derive, memo};
use crate::ui::screens::setup::questions as steps;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, head, tap, title};
use crate::ui::widgets::fields::fault;
use leptos::prelude::*;

/// The answers being given.
pub type FormSignal = RwSignal<SetupForm>;

/// The screen.
pub fn view(app: App) -> AnyView {
    let draft: FormSignal = RwSignal::new(app.peek(|s| s.book.setup.clone()));
    let step = memo(move || draft.with(|d| d.step));
    let wrong = RwSignal::new(None::<SetupFault>);
    let go = move |to: Step| {
        wrong.set(None);
        draft.update(|d| d.step = to);
        app.send(Event::Draft(DraftEvent::Setup(Box::new(
            draft.get_untracked(),
        ))));
        shell::route::scroll_to_top();
        shell::route::focus("#title");
    };
    let next = move || {
        let found = app.peek(|s| draft.with_untracked(|d| d.fault(s.now.day())));
        match found {
            Some(found) => wrong.set(Some(found)),
            None => go(step.get_untracked().next()),
        }
    };
    let words = derive(move || wrong.get().map(fault_words));
    view! {
        <form
            class="setup"
            data-step=move || step.get().key()
            on:submit=move |e| {
                e.prevent_default();
                if step.get_untracked() != Step::Summary {
                    next();
                }
            }
        >
            {move || question(app, draft, step.get())}
            {fault(words)}
            <div class="acts">
                {move || match step.get() {
                    Step::Summary => button(t("setup.done"), "setup-done", "primary", tap(move || {
                        app.send(Event::Diary(DiaryEvent::SetUp));
                    })),
                    Step::About => button(t("setup.begin"), "setup-next", "primary", tap(next)),
                    _ => button(t("setup.next"), "setup-next", "primary", tap(next)),
                }}
                {move || if step.get() == Step::About {
                    button(t("demo.look"), "demo-look", "quiet", tap(move || app.send(Event::Demo(DemoEvent::Open))))
                } else {
                    button(t("app.back"), "setup-back", "quiet", tap(move || go(step.get_untracked().back())))
                }}
            </div>
        </form>
    }
    .into_any()
}

fn fault_words(fault: SetupFault) -> String {
    match fault {
        SetupFault::Site => t("setup.fault_site"),
        SetupFault::Since => t("setup.fault_since"),
        SetupFault::Birth => t("setup.fault_birth"),
        SetupFault::Recent => t("setup.fault_recent_open"),
        SetupFault::ClinicianName => t("setup.fault_clinician"),
        SetupFault::Number => t("setup.fault_number"),
        SetupFault::Long => t("note.fault_long"),
    }
}

/// One question under its heading, with how far it is.
fn question(app: App, draft: FormSignal, step: Step) -> AnyView {
    let (n, all) = (step.index(), Step::ALL.len() - 1);
    let eyebrow = if step == Step::About {
        t("app.name")
    } else {
        tf(
            "setup.progress",
            &[("n", &n.to_string()), ("all", &all.to_string())],
        )
    };
    let body = match step {
        Step::About => crate::ui::screens::setup::welcome::about(app),
        Step::Site => steps::site(draft),
        Step::Since => steps::since(app, draft),
        Step::Named => steps::named(draft),
        Step::Health => steps::health(draft),
        Step::Worrying => steps::worrying(app, draft),
        Step::Usual => steps::baseline(draft),
        Step::Clinician => steps::clinician(draft),
        Step::Where => steps::where_now(draft),
        Step::Recent => steps::recent(app, draft),
        Step::Days => steps::days(draft),
        Step::Goal => steps::goal(draft),
        Step::Summary => steps::summary(app, draft),
    };
    view! {
        {head(eyebrow.into_any(), title(tk("setup.title_", step.key())))}
        {(step != Step::About).then(|| view! {
            <progress max=all.to_string() value=n.to_string() aria-label=t("setup.progress_label")></progress>
        })}
        {body}
    }
    .into_any()
}
