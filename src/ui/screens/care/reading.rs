//! What the pages to read share: they open once their files are here, and every line shows
//! its source.

use crate::app::Event;
use crate::app::event::ReadingEvent;
use crate::app::reading::{Loading, Page, ReadingFile, Readings};
use crate::insights::sourced_text::{Line, TextSource};
use crate::ui::context::App;
use crate::ui::text::words::t;
use crate::ui::widgets::controls::{button, tap};
use leptos::prelude::*;
use std::sync::Arc;

/// The keys of a source that is no paper.
const UNSOURCED: [&str; 2] = ["practice", "ours"];

/// A screen that needs a page: it waits for it, and says so when it cannot be had.
pub fn with<T: Send + Sync + 'static>(
    app: App,
    file: ReadingFile,
    heading: &'static str,
    pick: fn(&Readings) -> &Loading<T>,
    show: fn(App, &Arc<Page<T>>) -> AnyView,
) -> AnyView {
    let page = app.memo(move |s| pick(&s.readings).clone());
    view! {
        {move || match page.get() {
            Loading::Here(page) => show(app, &page),
            Loading::Failed => view! {
                {crate::ui::widgets::controls::plain_head("load.eyebrow", heading)}
                <section class="card caution" role="alert" data-t="reading-failed">
                    <p>{t("load.failed")}</p>
                    {button(t("load.again"), "reading-again", "ghost", tap(move || {
                        app.send(Event::Reading(ReadingEvent::Again(file)));
                    }))}
                </section>
            }.into_any(),
            Loading::None | Loading::Asked => view! {
                {crate::ui::widgets::controls::plain_head("load.eyebrow", heading)}
                <p role="status">{t("load.wait")}</p>
            }.into_any(),
        }}
    }
    .into_any()
}

/// A line with its source under it; common advice and what is Footing's own stand without.
pub fn sourced<T>(page: &Page<T>, line: &Line, sources: &[TextSource]) -> AnyView {
    let mut told = Vec::new();
    for key in &line.sources {
        let named = sources.iter().find(|s| s.key == *key);
        if let Some(source) = named.filter(|_| !UNSOURCED.contains(&&**key)) {
            let year = if source.year == 0 {
                String::new()
            } else {
                [" ", &source.year.to_string()].concat()
            };
            let grade = page
                .words(&["ui.grade_", &source.grade].concat())
                .to_owned();
            told.push([&source.who, &*year, " (", &grade, ")"].concat());
        }
    }
    let who = (!told.is_empty()).then(|| {
        let text = page.words("ui.source").replace("{{who}}", &told.join("; "));
        view! { <span class="small source">{text}</span> }
    });
    view! { <li>{page.words(&line.text).to_owned()}" "{who}</li> }.into_any()
}

/// Lines as a list, and a word on those without a source.
pub fn list<T>(page: &Page<T>, lines: &[&Line], sources: &[TextSource]) -> AnyView {
    let bare = lines
        .iter()
        .any(|line| line.sources.iter().all(|key| UNSOURCED.contains(&&**key)));
    let rows = lines.iter().map(|line| sourced(page, line, sources));
    view! {
        <ul class="plain lines">{rows.collect_view()}</ul>
        {bare.then(|| view! { <p class="small">{page.words("ui.unsourced").to_owned()}</p> })}
    }
    .into_any()
}
