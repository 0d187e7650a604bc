//! Backups: handed out, read and shown. Accepting one is `DiaryEvent::Restore`.

use crate::app::book::ImportPreview;
use crate::app::effect::Effect;
use crate::app::event::BackupEvent;
use crate::app::notice::Notice;
use crate::app::saving;
use crate::app::saving::FieldErrors;
use crate::app::state::State;
use crate::app::{settings, startup};
use crate::diary::backup::{BackupContents, BackupError};
use crate::diary::entry::Entry;
use crate::diary::{backup, merge};

pub(in crate::app) fn handle(state: &mut State, event: BackupEvent) -> Vec<Effect> {
    match event {
        BackupEvent::Export => {
            return vec![Effect::HandOut {
                name: format!("footing-{}.json", state.now.day()),
                text: backup_text(state),
            }];
        }
        BackupEvent::Read(text) => preview(state, backup::read(&text)),
        BackupEvent::ReadFile(bytes) => preview(state, backup::read_bytes(&bytes)),
        BackupEvent::Refused(error) => preview(state, Err(error)),
        BackupEvent::TakePrefs(take) => {
            if let Some(import) = &mut state.book.import {
                import.take_prefs = take;
            }
        }
        BackupEvent::Cancel => state.book.import = None,
    }
    Vec::new()
}

/// Shows what a backup would change, or why it cannot be read.
fn preview(state: &mut State, read: Result<BackupContents, BackupError>) {
    match read {
        Ok(contents) => {
            let mut entries = contents.entries;
            let mut damaged = Vec::new();
            for (id, raw) in contents.damaged {
                let known = state.book.storage.damaged.iter().any(|d| d.raw == raw);
                match startup::parse(&id, &raw) {
                    // What could not be read where the file was made, and can be here.
                    Ok(entry) => entries.push(entry),
                    Err(_) if known => {}
                    Err(_) => damaged.push((id, raw)),
                }
            }
            let brought = contents.prefs.map(|prefs| state.prefs.with_backup(&prefs));
            state.book.import = Some(ImportPreview {
                plan: merge::plan_merge(state.diary(), entries),
                faults: contents.faults,
                damaged,
                prefs: brought.filter(|prefs| *prefs != state.prefs),
                take_prefs: false,
            });
            state.notice = None;
        }
        Err(error) => {
            state.book.import = None;
            state.notice = Some(Notice::ImportFailed(error));
        }
    }
}

/// Merges the backup that was shown. It is planned anew: since it was read the diary may
/// have changed, here or in another window.
pub(in crate::app) fn restore(state: &mut State) -> Result<Vec<Effect>, FieldErrors> {
    let Some(preview) = state.book.import.take() else {
        return Ok(Vec::new());
    };
    let plan = preview.plan;
    let changed = plan.changed.into_iter().map(|(_, new)| new);
    let read: Vec<Entry> = plan.new.into_iter().chain(changed).collect();
    let plan = merge::plan_merge(state.diary(), read);
    let changed = plan.changed.into_iter().map(|(_, new)| new);
    let entries: Vec<Entry> = plan.new.into_iter().chain(changed).collect();
    let taken = entries.len();
    let mut effects = saving::keep_all(state, entries)?;
    for (id, raw) in preview.damaged {
        effects.extend(startup::set_aside(state, &id, &raw));
    }
    if let Some(prefs) = preview.prefs.filter(|_| preview.take_prefs) {
        effects.extend(settings::take(state, prefs));
    }
    state.notice = Some(Notice::Imported(taken));
    Ok(effects)
}

/// The backup file of everything, damaged items and unsaved entries included; of the
/// demo there is none.
pub fn backup_text(state: &State) -> String {
    if state.in_demo() {
        return String::new();
    }
    let damaged: Vec<(String, String)> = state
        .book
        .storage
        .damaged
        .iter()
        .map(|d| (d.id.clone(), d.raw.clone()))
        .collect();
    backup::export(
        state.diary(),
        &damaged,
        state.prefs.to_backup(),
        &state.now.at(),
    )
}
