//! localStorage: one item per entry, read at once on the next start.
//!
//! gloo panics where the browser keeps storage closed, so every use asks
//! web-sys first: Chromium throws from the getter, `WebKit` answers `null`. And
//! gloo's `set` would quote our JSON once more, so its raw handle is used.

use super::{Dispatch, fault, js};
use crate::app::event::{Event, LocalRead, StorageEvent, StoreFault};
use gloo_storage::{LocalStorage, Storage as _};
use js_sys::Object;
use wasm_bindgen::JsCast;
use web_sys::Storage;

/// Every key begins so: other apps may share the origin.
const PLACE: &str = "footing/";
const ENTRY: &str = "footing/entry/";
const DAMAGED: &str = "footing/damaged/";
/// The schema version.
pub const META: &str = "footing/meta";
/// Preferences.
pub const PREFS: &str = "footing/prefs";
/// The running session.
pub const LIVE: &str = "footing/live";
/// The half-answered first questions.
pub const SETUP: &str = "footing/setup";

fn store() -> Result<Storage, StoreFault> {
    match js::window().map(|window| window.local_storage()) {
        Some(Ok(Some(_))) => Ok(LocalStorage::raw()),
        _ => Err(StoreFault::Blocked),
    }
}

/// Everything of Footing's.
pub fn read() -> LocalRead {
    let mut read = LocalRead::default();
    let store = match store() {
        Ok(store) => store,
        Err(fault) => {
            read.fault = Some(fault);
            return read;
        }
    };
    if at_once(&store, &mut read).is_some() {
        return read;
    }
    // All keys in one call: `key(i)` may walk the store from its start each time.
    for key in Object::keys(&store).iter() {
        let Some(key) = key.as_string().filter(|key| key.starts_with(PLACE)) else {
            continue;
        };
        match store.get_item(&key) {
            Ok(Some(text)) => sort_in(&mut read, &key, text),
            Ok(None) => {} // another tab removed it meanwhile
            Err(error) => read.fault = Some(fault::of(&error)),
        }
    }
    read
}

/// One item's text.
pub fn recall(key: &str) -> Option<String> {
    store().ok()?.get_item(key).ok().flatten()
}

/// Everything in one text, as the page's script `footingStored` gives it: item by item,
/// ten years of entries take a slow phone longer than all else of a start. `None`, with
/// nothing read, when that cannot be had, or an item holds what stands between items.
fn at_once(store: &Storage, read: &mut LocalRead) -> Option<()> {
    let window = js::window()?;
    let text = js::call(&window, "footingStored", &[store]).ok()?;
    let text = text.as_string()?;
    let mut pieces = text.split('\0');
    let count: usize = pieces.next()?.parse().ok()?;
    let pieces: Vec<&str> = pieces.collect();
    let (keys, texts) = pieces.split_at_checked(count)?;
    if texts.len() != count {
        return None;
    }
    for (key, text) in keys.iter().zip(texts) {
        sort_in(read, key, (*text).to_owned());
    }
    Some(())
}

fn sort_in(read: &mut LocalRead, key: &str, text: String) {
    if let Some(id) = key.strip_prefix(ENTRY) {
        read.entries.push((id.into(), text));
    } else if let Some(id) = key.strip_prefix(DAMAGED) {
        read.damaged.push((id.into(), text));
    } else {
        match key {
            META => read.meta = Some(text),
            PREFS => read.prefs = Some(text),
            LIVE => read.live = Some(text),
            SETUP => read.setup = Some(text),
            _ => {}
        }
    }
}

/// Writes or, with `None`, removes an item.
pub fn write(key: &str, text: Option<&str>) -> Result<(), StoreFault> {
    let store = store()?;
    match text {
        Some(text) => store.set_item(key, text),
        None => store.remove_item(key),
    }
    .map_err(|error| fault::of(&error))
}

/// Writes one entry's JSON.
pub fn write_entry(id: &str, json: &str) -> Result<(), StoreFault> {
    write(&[ENTRY, id].concat(), Some(json))
}

/// Moves a damaged entry out of the way. When there is no room for the copy the
/// item stays where it is: the next start finds it again.
pub fn set_aside(id: &str, raw: &str, remove: bool) -> Result<(), StoreFault> {
    write(&[DAMAGED, id].concat(), Some(raw))?;
    if remove {
        write(&[ENTRY, id].concat(), None)?;
    }
    Ok(())
}

/// Hears what other tabs write. `clear()`, which names no key, is not Footing's.
pub fn listen(dispatch: Dispatch) {
    js::listen_window("storage", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::StorageEvent>() else {
            return;
        };
        if let Some(key) = event.key().filter(|key| key.starts_with(PLACE)) {
            let value = event.new_value();
            dispatch(Event::Storage(StorageEvent::OtherTab { key, value }));
        }
    });
}
