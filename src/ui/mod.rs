//! Leptos views: one file per screen, what screens share in `parts`. They draw
//! and decide nothing.

mod absence;
mod again;
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
mod language;
mod live;
mod live_away;
mod live_steer;
mod log;
mod lookback;
mod milestones;
mod mind;
mod month;
mod morning;
mod notes;
mod notices;
mod open_plan;
mod pages;
mod parts;
mod plot;
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
mod sites;
mod sounds;
mod strength;
mod strength_edit;
mod strength_session;
mod strength_today;
mod timer;
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
    wasm_bindgen_futures::spawn_local(async move {
        // Before anything is drawn, or it would be drawn in English first.
        words::speak(shell::language::words().await, &shell::language::tag());
        mount_to(place, || {
            let app = App::new();
            provide_context(app);
            shell::start(app.dispatch());
            shell::page::on_leaving(move || app.flush());
            // Another language is another page, on the same state.
            move || {
                app.spoken().track();
                app::frame(app)
            }
        })
        .forget();
    });
}
