//! Where the diary is kept, whether that holds, and what could not be read.

use crate::app::book::{Saving, Storage};
use crate::app::event::StoreFault;
use crate::ui::context::App;
use crate::ui::text::entry_lines;
use crate::ui::text::field_errors;
use crate::ui::text::words::{t, tf, tn};
use leptos::prelude::*;

/// The card's inside.
pub fn view(app: App) -> AnyView {
    let entries = app.memo(|s| s.diary().visible().len());
    let storage = app.memo(|s| s.book.storage.clone());
    let waiting = app.memo(|s| {
        s.book
            .pending
            .values()
            .filter(|p| matches!(p.saving, Saving::Waiting | Saving::Failed { .. }))
            .count()
    });
    let lines = move || storage.with(state);
    view! {
        <div data-t="storage-state">
            <p>{move || entry_lines::entry_count(entries.get())}" "{t("storage.where")}</p>
            <ul class="plain">{lines}</ul>
            {move || (waiting.get() > 0).then(|| view! {
                <p class="fault">{tn("storage.waiting", i64::try_from(waiting.get()).unwrap_or(0))}</p>
            })}
        </div>
        {move || storage.with(damaged)}
    }
    .into_any()
}

fn state(s: &Storage) -> AnyView {
    let kept = match s.persisted {
        Some(true) => "storage.persisted",
        Some(false) => "storage.not_persisted",
        None => "storage.not_asked",
    };
    let store = |name: &str, fault: Option<StoreFault>| {
        let key = match fault {
            None => "storage.ok",
            Some(StoreFault::Full) => "storage.full",
            Some(StoreFault::Blocked) => "storage.blocked",
            Some(StoreFault::Failed) => "storage.failed",
        };
        view! { <li>{tf(key, &[("store", &t(name))])}</li> }
    };
    view! {
        {store("storage.local", s.local)}
        {store("storage.twin", s.indexed_db)}
        <li>{t(kept)}</li>
    }
    .into_any()
}

/// Items that could not be read: as found, with what is wrong with them.
fn damaged(s: &Storage) -> Option<AnyView> {
    if s.damaged.is_empty() {
        return None;
    }
    let items = s
        .damaged
        .iter()
        .map(|d| {
            let faults = d.faults.iter().map(field_errors::item).collect_view();
            view! {
                <li>
                    <details>
                        <summary>{tf("storage.damaged_item", &[("id", &d.id)])}</summary>
                        <ul class="plain">{faults}</ul>
                        <pre>{d.raw.clone()}</pre>
                    </details>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <h3>{t("storage.damaged")}</h3>
            <p class="small">{t("storage.damaged_body")}</p>
            <ul class="plain" data-t="damaged-list">{items}</ul>
        }
        .into_any(),
    )
}
