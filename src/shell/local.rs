//! localStorage: one item per entry, read at once on the next start.
//!
//! gloo panics where the browser keeps storage closed, so every use asks
//! web-sys first: Chromium throws from the getter, `WebKit` answers `null`. And
//! gloo's `set` would quote our JSON once more, so its raw handle is used.

use super::{Dispatch, fault, js};
use crate::app::event::{Event, LocalRead, StorageEvent, StoreFault};
use crate::app::storage_keys;
use crate::app::storage_keys::{DAMAGED, ENTRY, LIVE, META, PREFS, SETUP, SHOWN};
use gloo_storage::{LocalStorage, Storage as _};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::Storage;

/// Where releases kept everything that knew of no folders.
const OLD: &str = "footing/";

thread_local! {
    static PLACE: String = js::window()
        .and_then(|window| js::text(&window, "footingPlace"))
        .unwrap_or_else(|| OLD.to_owned());
    /// What is newer is written to the old place as well: a rollback must find it.
    static COPIED: bool = recall(storage_keys::COPIED).is_some();
}

/// What every name of this app begins with: other apps, and other copies of this one, may
/// share the origin.
pub fn place() -> String {
    PLACE.with(Clone::clone)
}

/// Whether this copy lies in a folder, and knows what lay there without its name.
pub fn in_folder() -> bool {
    PLACE.with(|place| place != OLD)
}

fn key(name: &str) -> String {
    PLACE.with(|place| [place, name].concat())
}

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
        let Some(key) = key.as_string() else { continue };
        let Some(name) = named(&key) else { continue };
        match store.get_item(&key) {
            Ok(Some(text)) => sort_in(&mut read, &name, text),
            Ok(None) => {} // another tab removed it meanwhile
            Err(error) => read.fault = Some(fault::of(&error)),
        }
    }
    read
}

/// The name of an item of this app's; `None`: it is somebody else's.
fn named(key: &str) -> Option<String> {
    PLACE.with(|place| key.strip_prefix(place.as_str()).map(str::to_owned))
}

/// One item's text.
pub fn recall(name: &str) -> Option<String> {
    store().ok()?.get_item(&key(name)).ok().flatten()
}

/// Everything at once, as `footingStored` in stored.js gives it: item by item, ten years of
/// entries take a slow phone longer than all else of a start, and bytes cross over to the
/// wasm sooner than text. `None`, with nothing read, when that cannot be had, or an item
/// holds what stands between items.
fn at_once(store: &Storage, read: &mut LocalRead) -> Option<()> {
    let window = js::window()?;
    let bytes = js::call(&window, "footingStored", &[store]).ok()?;
    let bytes = bytes.dyn_into::<Uint8Array>().ok()?.to_vec();
    let text = String::from_utf8(bytes).ok()?;
    let mut pieces = text.split('\0');
    let count: usize = pieces.next()?.parse().ok()?;
    let pieces: Vec<&str> = pieces.collect();
    let (keys, texts) = pieces.split_at_checked(count)?;
    if texts.len() != count {
        return None;
    }
    for (key, text) in keys.iter().zip(texts) {
        if let Some(name) = named(key) {
            sort_in(read, &name, (*text).to_owned());
        }
    }
    Some(())
}

fn sort_in(read: &mut LocalRead, name: &str, text: String) {
    if let Some(id) = name.strip_prefix(ENTRY) {
        read.entries.push((id.into(), text));
    } else if let Some(id) = name.strip_prefix(DAMAGED) {
        read.damaged.push((id.into(), text));
    } else {
        match name {
            META => read.meta = Some(text),
            PREFS => read.prefs = Some(text),
            LIVE => read.live = Some(text),
            SETUP => read.setup = Some(text),
            SHOWN => read.shown = Some(text),
            _ => {}
        }
    }
}

/// Writes or, with `None`, removes an item.
pub fn write(name: &str, text: Option<&str>) -> Result<(), StoreFault> {
    let store = store()?;
    put(&store, &key(name), text)?;
    let travels = name == LIVE || (name.starts_with(ENTRY) && text.is_some());
    if travels && COPIED.with(|copied| *copied) {
        // The copy for a rollback; without room for it the own one is enough.
        let _ = put(&store, &[OLD, name].concat(), text);
    }
    Ok(())
}

fn put(store: &Storage, key: &str, text: Option<&str>) -> Result<(), StoreFault> {
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
        if let Some(name) = event.key().and_then(|key| named(&key)) {
            let value = event.new_value();
            dispatch(Event::Storage(StorageEvent::OtherTab { name, value }));
        }
    });
}
