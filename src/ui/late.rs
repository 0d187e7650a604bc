//! The views that come with the second wasm file, as those of the first reach them: nothing
//! is in their places until [`crate::ui::router`] has fetched it.

use crate::app::Screen;
use crate::rules::guidance::Guidance;
use crate::ui::context::App;
use chrono::NaiveDate;
use leptos::prelude::*;
use std::cell::Cell;

/// The views that come late.
#[derive(Clone, Copy)]
pub struct Late {
    /// Brings the way of a session's cues.
    pub cues: fn(App),
    /// What else helps today, and how to get the app onto the home screen.
    pub today_extras: fn(App) -> AnyView,
    /// Today's line on strength.
    pub strength: fn(App) -> AnyView,
    /// All reasons of a day.
    pub reasons: fn(&Guidance, NaiveDate) -> AnyView,
    /// The body of a screen.
    pub body: fn(App, Screen) -> AnyView,
}

thread_local! {
    static LATE: Cell<Option<Late>> = const { Cell::new(None) };
}

/// They have come.
pub fn came(views: Late) {
    LATE.set(Some(views));
}

/// Today's line on strength.
pub fn strength_card(app: App) -> Option<AnyView> {
    LATE.get().map(|late| (late.strength)(app))
}

/// What else helps today, and how to get the app onto the home screen.
pub fn today_extras(app: App) -> Option<AnyView> {
    LATE.get().map(|late| (late.today_extras)(app))
}

/// All reasons of the day; nothing before the rest is there.
pub fn reasons(guidance: &Guidance, today: NaiveDate) -> Option<AnyView> {
    LATE.get().map(|late| (late.reasons)(guidance, today))
}

/// The body of a screen.
pub fn body(app: App, screen: Screen) -> Option<AnyView> {
    LATE.get().map(|late| (late.body)(app, screen))
}
