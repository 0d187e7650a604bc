//! What the stores say, and other windows through them.

use crate::app::effect::Effect;
use crate::app::event::StorageEvent;
use crate::app::prefs::Prefs;
use crate::app::session;
use crate::app::session::run_record::RunRecord;
use crate::app::session::strength_record::StrengthRun;
use crate::app::session::strength_run;
use crate::app::state::State;
use crate::app::storage_keys::{ENTRY, LIVE, PREFS};
use crate::app::{saving, startup};

pub(in crate::app) fn handle(state: &mut State, event: StorageEvent) -> Vec<Effect> {
    match event {
        StorageEvent::Loaded(read) => return startup::loaded(state, *read),
        StorageEvent::IndexedDbRead(read) => {
            return startup::compared(state, read.as_deref().map_err(|fault| *fault));
        }
        StorageEvent::Wrote {
            id,
            local,
            indexed_db,
        } => saving::wrote(state, id, local, indexed_db),
        StorageEvent::WroteMany {
            ids,
            local,
            indexed_db,
        } => {
            // From the end: the list of what is not saved yet closes no gap then.
            for id in ids.into_iter().rev() {
                saving::wrote(state, id, local, indexed_db);
            }
        }
        StorageEvent::RepairFailed(fault) => state.book.storage.local = Some(fault),
        StorageEvent::LiveWrote(answer) => {
            if let Err(fault) = answer {
                state.book.storage.indexed_db = Some(fault);
            }
        }
        StorageEvent::OtherTab { name, value } => return other_tab(state, &name, value.as_deref()),
        StorageEvent::Retry => return saving::retry(state),
        StorageEvent::Persisted(kept) => state.book.storage.persisted = Some(kept),
    }
    Vec::new()
}

/// Another window changed an item; `None`: removed it.
fn other_tab(state: &mut State, name: &str, value: Option<&str>) -> Vec<Effect> {
    if let Some(id) = name.strip_prefix(ENTRY) {
        startup::other_tab(state, id, value);
    } else if name == LIVE {
        return other_live(state, value);
    } else if let (PREFS, Some(value)) = (name, value) {
        state.prefs = Prefs::from_json(value);
    }
    Vec::new()
}

/// Another window wrote, or removed, the running session.
fn other_live(state: &mut State, value: Option<&str>) -> Vec<Effect> {
    let strength = value.and_then(StrengthRun::from_json);
    if state.book.session.strength().is_some() {
        return strength_run::other_tab(state, strength);
    }
    if strength.is_some() {
        session::strength_there(state);
        return Vec::new();
    }
    session::other_tab(state, value.and_then(RunRecord::from_json))
}
