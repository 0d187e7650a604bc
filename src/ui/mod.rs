//! Leptos views: one file per screen, what screens share in `parts`. They draw
//! and decide nothing.

mod absence;
mod app;
mod appointment;
mod backup;
mod benchmark;
mod beside;
mod calendar;
mod care;
mod check;
mod clearance;
mod context;
mod cues;
mod diary;
mod emergency;
mod exercises;
mod faults;
mod figure;
mod flags;
mod forms;
mod hand_over;
mod install;
mod journey;
mod live;
mod log;
mod milestones;
mod mind;
mod morning;
mod notes;
mod notices;
mod open_plan;
mod pages;
mod parts;
mod precheck;
mod progress;
mod reason_list;
mod reasons;
mod recovery;
mod report;
mod rules;
mod self_test;
mod settings;
mod settings_storage;
mod setup;
mod setup_steps;
mod sounds;
mod strength;
mod strength_session;
mod strength_today;
mod today;
mod welcome;
mod words;

use crate::shell;
use context::App;
use leptos::prelude::*;

/// Mounts the app into `#app`; a page without it is replaced by the rescue page.
pub fn mount() {
    shell::panic::install();
    let Some(place) = shell::route::element("app") else {
        return;
    };
    mount_to(place, || {
        let app = App::new();
        provide_context(app);
        shell::start(app.dispatch());
        app::frame(app)
    })
    .forget();
}
