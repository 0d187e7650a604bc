//! Both stores together: localStorage first, because it answers at once, then
//! `IndexedDB`, because its answer means that the bytes are on the disk.

use super::indexed_db::StoreChange;
use super::{Dispatch, clock, indexed_db, js, local, theme};
use crate::app::event::{Event, IndexedDbRead, StorageEvent, StoreFault};
use crate::app::storage_keys::{DAMAGED, LIVE, META, PREFS, SETUP, SHOWN};
use std::cell::RefCell;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// IndexedDB is read then at the latest, milliseconds after localStorage.
const LATEST_MS: u32 = 1500;
/// Milliseconds from the first frame until IndexedDB is read.
const DRAWN_MS: u32 = 50;

thread_local! {
    /// Who is told of IndexedDB, until it is read.
    static UNREAD: RefCell<Option<Dispatch>> = const { RefCell::new(None) };
}

/// Reads localStorage now, and IndexedDB once Today is drawn ([`drawn`]): with ten years
/// of entries it would keep the first frame of a slow phone back.
pub fn load(dispatch: &Dispatch) {
    let mut read = local::read();
    if read.prefs.is_none() {
        read.zone = clock::zone().unwrap_or_default();
    }
    let running = read.live.is_some();
    dispatch(Event::Storage(StorageEvent::Loaded(Box::new(read))));
    UNREAD.set(Some(dispatch.clone()));
    if running {
        // The disk may know more of a running session.
        read_indexed_db();
    }
    // Nothing is drawn without a part that could not be fetched, nor in a hidden page.
    clock::after(LATEST_MS, read_indexed_db);
}

/// Today is drawn: when that can be seen, IndexedDB is read.
pub fn drawn() {
    let later = Closure::once_into_js(|| clock::after(DRAWN_MS, read_indexed_db));
    if let Some(window) = js::window() {
        // It is read all the same, a little later.
        let _ = window.request_animation_frame(later.unchecked_ref());
    }
}

/// Reads IndexedDB, once.
pub fn read_indexed_db() {
    if let Some(dispatch) = UNREAD.take() {
        indexed_db::read_all(move |read| {
            // Nothing was merged under this folder's name yet.
            let first = read.as_ref().is_ok_and(|read| read.meta.is_none());
            if first && local::in_folder() {
                copy_old(dispatch);
            } else {
                compare(&dispatch, read);
            }
        });
    }
}

/// What an older release, which knew of no folders, left in its database is copied into
/// this folder's; then that is read.
fn copy_old(dispatch: Dispatch) {
    indexed_db::read_old(move |old| {
        let old = old.unwrap_or_default();
        let entries = old.entries.into_iter();
        let mut changes: Vec<StoreChange> = entries
            .map(|(id, json)| StoreChange::entry(id, Some(json)))
            .collect();
        for (id, raw) in old.damaged {
            changes.push(StoreChange::kv([DAMAGED, &id].concat(), Some(raw)));
        }
        if old.live.is_some() {
            changes.push(StoreChange::kv(LIVE.into(), old.live));
        }
        let read = move || indexed_db::read_all(move |read| compare(&dispatch, read));
        if changes.is_empty() {
            return read();
        }
        indexed_db::write(changes, move |_| read());
    });
}

fn compare(dispatch: &Dispatch, read: Result<IndexedDbRead, StoreFault>) {
    if read.is_err() {
        // What it holds may come late; a diary that only it holds must not be lost to view.
        let dispatch = dispatch.clone();
        indexed_db::when_open(move || {
            indexed_db::read_all(move |read| compare(&dispatch, read));
        });
    }
    let read = read.map(Box::new);
    dispatch(Event::Storage(StorageEvent::IndexedDbRead(read)));
}

/// Writes one entry.
pub fn write(id: Uuid, json: String, dispatch: &Dispatch) {
    let key = id.to_string();
    let local = local::write_entry(&key, &json);
    let dispatch = dispatch.clone();
    indexed_db::write(
        vec![StoreChange::entry(key, Some(json))],
        move |indexed_db| {
            dispatch(Event::Storage(StorageEvent::Wrote {
                id,
                local,
                indexed_db,
            }));
        },
    );
}

/// Writes many entries: one transaction, one answer.
pub fn write_many(items: Vec<(Uuid, String)>, dispatch: &Dispatch) {
    let mut local = Ok(());
    let mut changes = Vec::with_capacity(items.len());
    let mut ids = Vec::with_capacity(items.len());
    for (id, json) in items {
        let key = id.to_string();
        local = local.and(local::write_entry(&key, &json));
        ids.push(id);
        changes.push(StoreChange::entry(key, Some(json)));
    }
    let dispatch = dispatch.clone();
    indexed_db::write(changes, move |indexed_db| {
        dispatch(Event::Storage(StorageEvent::WroteMany {
            ids,
            local,
            indexed_db,
        }));
    });
}

/// Writes an entry that localStorage lacked.
pub fn repair_local(id: &str, json: &str, dispatch: &Dispatch) {
    if let Err(fault) = local::write_entry(id, json) {
        let dispatch = dispatch.clone();
        js::later(move || dispatch(Event::Storage(StorageEvent::RepairFailed(fault))));
    }
}

/// Writes entries that IndexedDB lacked; what fails is lacking again at the next start.
pub fn repair_indexed_db(items: Vec<(String, String)>) {
    let changes = items
        .into_iter()
        .map(|(id, json)| StoreChange::entry(id, Some(json)));
    indexed_db::write(changes.collect(), |_| {});
}

/// Copies a damaged entry out of the way in both, and takes it from its place when
/// no good copy is about to stand there.
pub fn set_aside(id: &str, raw: String, remove: bool) {
    let _ = local::set_aside(id, &raw, remove);
    let mut changes = vec![StoreChange::kv([DAMAGED, id].concat(), Some(raw))];
    if remove {
        changes.push(StoreChange::entry(id.into(), None));
    }
    indexed_db::write(changes, |_| {});
}

/// Writes or removes the running session. The answer is IndexedDB's: only that
/// one outlives an empty battery.
pub fn write_live(json: Option<String>, dispatch: &Dispatch) {
    // What the disk knows of a session must be read before it is written over.
    read_indexed_db();
    let _ = local::write(LIVE, json.as_deref());
    let dispatch = dispatch.clone();
    indexed_db::write(
        vec![StoreChange::kv(LIVE.into(), json)],
        move |indexed_db| {
            dispatch(Event::Storage(StorageEvent::LiveWrote(indexed_db)));
        },
    );
}

/// Writes the preferences and shows the look they name.
pub fn write_prefs(json: &str) {
    let _ = local::write(PREFS, Some(json));
    theme::apply(json);
}

/// Writes or removes the half-answered first questions.
pub fn write_setup(json: Option<&str>) {
    let _ = local::write(SETUP, json);
}

/// Writes what the rules show.
pub fn write_shown(json: &str) {
    let _ = local::write(SHOWN, Some(json));
}

/// Writes the schema version in both.
pub fn write_meta(json: String) {
    let _ = local::write(META, Some(&json));
    indexed_db::write(vec![StoreChange::kv(META.into(), Some(json))], |_| {});
}

/// Asks the browser not to throw the diary away when the disk fills up. Firefox
/// shows a question, Chromium and Safari decide by themselves.
pub fn ask_persist(answer: impl FnOnce(bool) + 'static) {
    let storage = js::navigator().and_then(|navigator| js::get(&navigator, "storage"));
    let asked = storage.map_or(Ok(false.into()), |storage| {
        js::call(&storage, "persist", &[])
    });
    js::settled(asked, |kept| {
        answer(kept.is_ok_and(|kept| kept.is_truthy()));
    });
}
