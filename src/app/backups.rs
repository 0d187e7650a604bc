//! Backups: handed out, read and shown. Accepting one is `DiaryEvent::Restore`.

use crate::app::effect::Effect;
use crate::app::event::BackupEvent;
use crate::app::saving;
use crate::app::saving::FieldErrors;
use crate::app::state::{ImportPreview, Notice, State};
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
        BackupEvent::Cancel => state.book.import = None,
    }
    Vec::new()
}

/// Shows what a backup would change, or why it cannot be read.
fn preview(state: &mut State, read: Result<BackupContents, BackupError>) {
    match read {
        Ok(contents) => {
            let plan = merge::plan_merge(state.diary(), contents.entries);
            state.book.import = Some(ImportPreview {
                plan,
                faults: contents.faults,
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
    let effects = saving::keep_all(state, entries)?;
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
    backup::export(state.diary(), &damaged, &state.now.at())
}
