//! Backup and restore: a file, or text to copy and paste; nothing is written
//! before the runner has seen what would change.

use super::context::{App, derive};
use super::faults;
use super::forms::{fault, textarea};
use super::parts::{button, tap};
use super::words::t;
use crate::app::state::ImportPreview;
use crate::app::{self, Event};
use crate::shell;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

/// The card's inside.
pub fn view(app: App) -> AnyView {
    let demo = app.memo(|s| s.demo.is_some());
    view! {
        {move || if demo.get() {
            view! { <p data-t="backup-demo">{t("demo.no_backup")}</p> }.into_any()
        } else {
            own(app)
        }}
    }
    .into_any()
}

fn own(app: App) -> AnyView {
    let shown = RwSignal::new(false);
    let pasted = RwSignal::new(String::new());
    let unreadable = RwSignal::new(false);
    let choose = move |e: leptos::ev::Event| {
        let input = event_target::<HtmlInputElement>(&e);
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file can be chosen again after it was mended.
        shell::files::read_file(&file, move |text| {
            unreadable.set(text.is_none());
            if let Some(text) = text {
                app.send(Event::ImportText(text));
                shell::route::focus("#import-title");
            }
        });
        input.set_value("");
    };
    let text = app.memo(move |s| shown.get().then(|| app::backup_text(s)));
    view! {
        <p>{t("backup.body")}</p>
        <div class="row">
            {button(t("backup.export"), "backup-export", "ghost", tap(move || app.send(Event::Export)))}
            {button(t("backup.show"), "backup-show", "ghost", tap(move || shown.update(|on| *on = !*on)))}
        </div>
        {move || text.get().map(|text| view! {
            <textarea
                class="mono"
                readonly
                rows="8"
                data-t="backup-text"
                aria-label=t("backup.text")
                prop:value=text
            ></textarea>
            <p class="small">{t("backup.copy")}</p>
        })}
        <h3>{t("backup.restore")}</h3>
        <p class="small">{t("backup.restore_body")}</p>
        <div class="field">
            <label for="backup-file">{t("backup.file")}</label>
            <input
                id="backup-file"
                data-t="backup-file"
                type="file"
                accept=".json,.txt,application/json,text/plain"
                on:change=choose
            />
        </div>
        {fault(derive(move || unreadable.get().then(|| t("backup.unreadable"))))}
        <details>
            <summary>{t("backup.paste_title")}</summary>
            {textarea(t("backup.paste"), "backup-paste", pasted)}
            {button(t("backup.read"), "backup-read", "ghost", tap(move || {
                app.send(Event::ImportText(pasted.get_untracked()));
                shell::route::focus("#import-title");
            }))}
        </details>
        {preview(app)}
    }
    .into_any()
}

fn preview(app: App) -> AnyView {
    let found = app.memo(|s| s.import.clone());
    view! { {move || found.get().map(|p| asked(app, &p))} }.into_any()
}

/// What would change, and the consent.
fn asked(app: App, p: &ImportPreview) -> AnyView {
    let nothing = p.plan.is_empty();
    let list = p.faults.iter().map(faults::item).collect_view();
    let any = !p.faults.is_empty();
    view! {
        <section class="why go" data-t="import-preview">
            <h3 id="import-title" tabindex="-1">{t("import.title")}</h3>
            <ul class="plain">
                <li>{t("import.new")}" "<b data-t="import-new">{p.plan.new.len().to_string()}</b></li>
                <li>{t("import.changed")}" "<b data-t="import-changed">{p.plan.changed.len().to_string()}</b></li>
                <li>{t("import.unchanged")}" "<b>{(p.plan.unchanged + p.plan.kept.len()).to_string()}</b></li>
            </ul>
            {any.then(|| view! {
                <p>{t("import.refused")}</p>
                <ul class="plain" data-t="import-faults">{list}</ul>
            })}
            <p class="small">{t("import.keeps")}</p>
            {nothing.then(|| view! { <p>{t("import.nothing")}</p> })}
            <div class="row">
                {(!nothing).then(|| button(t("import.accept"), "import-accept", "ghost", tap(move || app.send(Event::ImportAccept))))}
                {button(t("import.cancel"), "import-cancel", "ghost", tap(move || app.send(Event::ImportCancel)))}
            </div>
        </section>
    }
    .into_any()
}
