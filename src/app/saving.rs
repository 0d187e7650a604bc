//! The one door for writing: what enters the diary is checked here first, then written to
//! both stores, and counts as saved once IndexedDB has confirmed it.

use crate::app::book::{Pending, Saving};
use crate::app::effect::{Effect, WriteEffect};
use crate::app::event::StoreFault;
use crate::app::state::State;
use crate::diary::codec;
use crate::diary::codec::FieldError;
use crate::diary::entry::Entry;
use uuid::Uuid;

/// What keeps an entry out of the diary: the next start would refuse it for this.
pub type FieldErrors = Vec<FieldError>;

/// Why nothing was written.
#[derive(Debug)]
pub(in crate::app) enum WriteRefusal {
    /// Something is missing that its form asks for.
    Incomplete,
    /// The next start would not accept it.
    Fields(FieldErrors),
}

impl From<FieldErrors> for WriteRefusal {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}

/// What is to be done once it is in the diary, or why it is not.
pub(in crate::app) type Outcome = Result<Vec<Effect>, WriteRefusal>;

/// Puts an entry into the diary and has it written (after the merge, when that is still due).
///
/// # Errors
/// What the next start would not accept: then nothing changes.
pub(in crate::app) fn keep(state: &mut State, entry: Entry) -> Result<Vec<Effect>, FieldErrors> {
    codec::check(&entry)?;
    let mut effects = Vec::new();
    if let Some((id, json)) = take(state, entry) {
        effects.push(Effect::Write(WriteEffect::Entry { id, json }));
    }
    effects.extend(ask_persist(state));
    Ok(effects)
}

/// Puts many entries into the diary and has them written in one transaction: all of them,
/// or none.
///
/// # Errors
/// What the next start would not accept of any of them: then nothing changes.
pub(in crate::app) fn keep_all(
    state: &mut State,
    entries: Vec<Entry>,
) -> Result<Vec<Effect>, FieldErrors> {
    for entry in &entries {
        codec::check(entry)?;
    }
    let mut items = Vec::with_capacity(entries.len());
    for entry in entries {
        items.extend(take(state, entry));
    }
    let mut effects = Vec::new();
    if !items.is_empty() {
        effects.push(Effect::Write(WriteEffect::Entries(items)));
        effects.extend(ask_persist(state));
    }
    Ok(effects)
}

/// Into the diary; what is to be written of it now.
fn take(state: &mut State, entry: Entry) -> Option<(Uuid, String)> {
    let id = entry.id;
    let json = codec::to_text(&entry);
    state.put(entry);
    state.book.wrote = true;
    let saving = if state.merged {
        Saving::Sent
    } else {
        Saving::Waiting
    };
    let sent = saving == Saving::Sent;
    let before = state.book.pending.get(&id).map_or(0, |p| p.in_flight);
    let in_flight = before + u32::from(sent);
    state.book.pending.insert(
        id,
        Pending {
            json: json.clone(),
            saving,
            in_flight,
        },
    );
    sent.then_some((id, json))
}

/// The browser is asked to keep the storage once there is something to keep.
fn ask_persist(state: &State) -> Option<Effect> {
    let asked = state.book.storage.persisted.is_some();
    (!asked).then_some(Effect::AskPersist)
}

/// What waited for the merge goes out.
pub(in crate::app) fn send_waiting(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (id, pending) in &mut state.book.pending {
        if pending.saving == Saving::Waiting {
            pending.saving = Saving::Sent;
            pending.in_flight += 1;
            effects.push(Effect::Write(WriteEffect::Entry {
                id: *id,
                json: pending.json.clone(),
            }));
        }
    }
    effects
}

/// Tries failed saves again.
pub(in crate::app) fn retry(state: &mut State) -> Vec<Effect> {
    for pending in state.book.pending.values_mut() {
        match pending.saving {
            Saving::Failed { .. } => pending.saving = Saving::Waiting,
            Saving::Waiting | Saving::Sent => {}
        }
    }
    send_waiting(state)
}

/// What the stores answered. Saved is what the strict transaction holds; an entry
/// that only localStorage took is not counted as saved.
pub(in crate::app) fn wrote(
    state: &mut State,
    id: Uuid,
    local: Result<(), StoreFault>,
    indexed_db: Result<(), StoreFault>,
) {
    state.book.storage.local = local.err();
    state.book.storage.indexed_db = indexed_db.err();
    let Some(pending) = state.book.pending.get_mut(&id) else {
        return;
    };
    pending.in_flight = pending.in_flight.saturating_sub(1);
    if pending.in_flight > 0 {
        return;
    }
    if indexed_db.is_ok() {
        state.book.pending.remove(&id);
    } else {
        pending.saving = Saving::Failed {
            local: local.err(),
            indexed_db: indexed_db.err(),
        };
    }
}
