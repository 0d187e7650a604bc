//! Leptos views: one folder or file per screen, what screens share in `widgets`, sentences
//! in `text`. They draw and decide nothing.

mod app;
mod context;
mod late;
mod router;
mod screens;
mod text;
mod widgets;

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
        if !shell::language::arrive().await {
            // Without words there is nothing to show: the rescue page has its own.
            return shell::panic::rescue("the words could not be loaded");
        }
        mount_to(place, || {
            let app = App::new();
            provide_context(app);
            shell::start(app.dispatch());
            shell::page::on_leaving(move || app.drain_now());
            // Another language is another page, on the same state.
            move || {
                app.spoken().track();
                app::frame(app)
            }
        })
        .forget();
    });
}
