//! The first wasm file holds the whole state machine and the views that a day begins with;
//! the views that are named in [`late_views`] and nowhere else come in a second one. The
//! browser fetches it (once installed, the worker has it) when one of them is first wanted,
//! or when the phone has nothing else to do.
//!
//! One late file and no more: what crosses from one to another cost a tenth of it all with
//! six, and a twentieth with two.

#![allow(
    clippy::unnecessary_wraps,
    reason = "the macro has the fault of a fetch returned by a function that has none itself"
)]

use crate::app::Screen;
use crate::shell;
use crate::ui::context::App;
use crate::ui::late::{self, Late};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

type Loaded<T> = Result<T, SplitLoaderError>;

/// The rest could not be fetched.
#[derive(Debug, Clone, Copy)]
pub struct LoadError;

impl From<SplitLoaderError> for LoadError {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

#[wasm_split(late, wasm_split_path = leptos::wasm_split, fallible)]
fn late_views() -> Loaded<Late> {
    Ok(Late {
        cues: crate::ui::widgets::cues::install,
        today_extras: crate::ui::screens::today::today_extras::view,
        strength: crate::ui::screens::today::strength_card::card,
        reasons: crate::ui::screens::today::reason_list::view,
        body: |app, screen| match screen {
            Screen::Setup => crate::ui::screens::setup::view(app),
            Screen::Live => crate::ui::screens::session::live::view(app),
            Screen::Log => crate::ui::screens::log::view(app, None),
            Screen::Add => crate::ui::screens::log::add(app),
            Screen::Edit(id) => crate::ui::screens::diary::edit(app, id),
            Screen::Check => crate::ui::screens::log::check::view(app),
            Screen::SelfTest => crate::ui::screens::self_test::view(app),
            Screen::Sounds => crate::ui::screens::settings::sounds::view(app),
            Screen::Journey => crate::ui::screens::journey::view(app),
            Screen::Diary => crate::ui::screens::diary::view(app),
            Screen::Progress => crate::ui::screens::progress::view(app),
            Screen::Care => crate::ui::screens::care::view(app),
            Screen::Clearance => crate::ui::screens::care::clearance::view(app),
            Screen::Rules => crate::ui::screens::settings::rules::view(),
            Screen::Appointment => crate::ui::screens::care::appointment::view(app),
            Screen::Benchmark => crate::ui::screens::care::benchmark::view(app),
            Screen::Recovery => crate::ui::screens::care::recovery::view(app),
            Screen::Mind => crate::ui::screens::care::mind::view(app),
            Screen::Strength => crate::ui::screens::strength::view(app),
            Screen::Exercise(_) => crate::ui::screens::strength::exercises::exercise_screen(app),
            Screen::StrengthSession => crate::ui::screens::strength::session::view(app),
            Screen::Mobility => crate::ui::screens::strength::exercises::mobility(app),
            Screen::Injury => crate::ui::screens::care::injury::view(app),
            Screen::RunningWell => crate::ui::screens::care::running_well::view(app),
            Screen::HandOver => crate::ui::screens::care::hand_over::view(),
            Screen::OpenPlan => crate::ui::screens::care::open_plan::view(app),
            Screen::Report => crate::ui::screens::settings::backup::not_of_the_demo(
                app,
                crate::ui::screens::care::report::view,
            ),
            Screen::Backup => crate::ui::screens::settings::backup::view(app),
            Screen::Calendar => crate::ui::screens::settings::backup::not_of_the_demo(
                app,
                crate::ui::screens::settings::calendar::view,
            ),
            Screen::Settings => crate::ui::screens::settings::view(app),
            Screen::Today => crate::ui::screens::today::view(app),
            Screen::Morning => crate::ui::screens::log::morning::screen(app),
        },
    })
}

/// Fetches the rest, and has it said when that fails. A failed fetch may be tried again.
pub async fn fetch(app: App) -> Result<(), LoadError> {
    let fetched = fetch_all(app).await;
    if fetched.is_err() {
        app.late_missing().set(true);
    }
    fetched
}

async fn fetch_all(app: App) -> Result<(), LoadError> {
    if !app.late_loaded().get_untracked() {
        let views = late_views().await?;
        // Whatever screen comes first: its cues are to be heard.
        (views.cues)(app);
        late::came(views);
        if !shell::styles::fetch().await {
            return Err(LoadError);
        }
        app.late_loaded().set(true);
    }
    app.late_missing().set(false);
    Ok(())
}

/// Whether a screen comes with the second file. What a day begins with does not, nor does
/// the welcome with the first question, which stand in the page itself.
pub fn is_late(screen: Screen) -> bool {
    !matches!(screen, Screen::Today | Screen::Morning)
}

/// The body of a screen; the second file must be there for one that [`is_late`].
pub fn body(app: App, screen: Screen) -> AnyView {
    match screen {
        Screen::Today => crate::ui::screens::today::view(app),
        Screen::Morning => crate::ui::screens::log::morning::screen(app),
        _ => late::body(app, screen).into_any(),
    }
}

/// Milliseconds after the first screen: what the runner does first goes before.
const LATER_MS: u32 = 400;

/// Fetches the rest when Today has been drawn: later taps do not wait. What fails here is
/// fetched when it is wanted.
pub fn fetch_later(app: App) {
    shell::clock::after(LATER_MS, move || {
        leptos::task::spawn_local(async move {
            // What fails now is said when it is wanted.
            let _ = fetch_all(app).await;
            // In a task of its own: a tap may come between.
            shell::clock::after(0, shell::format::prepare);
        });
    });
}
