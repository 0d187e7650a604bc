//! `IndexedDB`, the second home of every entry: what it confirms is on the disk.
//!
//! Four traps, all met in the wild:
//! - The default durability is "relaxed": an empty battery loses confirmed
//!   writes. Neither the `idb` crate nor stable web-sys can say "strict", so the
//!   transaction is opened by name.
//! - Only the transaction's `complete` means stored; a request's `success` does not.
//! - `open` may never answer (`WebKit` after a cold start, a blocked profile).
//! - iOS ends the database's process behind a page that was in the background:
//!   the handle is dead, transactions fail or never end. One attempt on a new
//!   handle follows.
//!
//! One transaction runs at a time, so a later write never overtakes an earlier
//! one, not even when that is tried again.

use super::{fault, js, local};
use crate::app::event::{IndexedDbRead, StoreFault};
use crate::app::storage_keys::{DAMAGED, LIVE, META};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Function};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// The database at a host's root, and of releases that knew of no folders.
const OLD: &str = "footing";
const ENTRIES: &str = "entries";
const KV: &str = "kv";
/// An open that has not answered by then is given up.
const OPEN_MS: u32 = 4_000;
/// A transaction that has not ended by then is given up.
const END_MS: u32 = 10_000;

/// One item to write or, with `None`, to remove.
pub struct StoreChange {
    store: &'static str,
    key: String,
    json: Option<String>,
}

impl StoreChange {
    /// An entry's JSON.
    pub fn entry(key: String, json: Option<String>) -> Self {
        Self {
            store: ENTRIES,
            key,
            json,
        }
    }

    /// A named item.
    pub fn kv(key: String, json: Option<String>) -> Self {
        Self {
            store: KV,
            key,
            json,
        }
    }
}

/// Answers once everything that is stored was read.
pub fn read_all(done: impl FnOnce(Result<IndexedDbRead, StoreFault>) + 'static) {
    enqueue(Work::Read, Box::new(done));
}

/// Writes in one strict transaction and answers when that is on the disk.
pub fn write(changes: Vec<StoreChange>, done: impl FnOnce(Result<(), StoreFault>) + 'static) {
    enqueue(
        Work::Write(changes),
        Box::new(|result| done(result.map(|_| ()))),
    );
}

enum Work {
    Read,
    Write(Vec<StoreChange>),
}

struct Job {
    work: Work,
    /// Whether it failed once on a handle that had died.
    again: bool,
    done: Box<dyn FnOnce(Result<IndexedDbRead, StoreFault>)>,
}

#[derive(Default)]
struct Connection {
    database: Option<IdbDatabase>,
    /// The number of the attempt to open that is under way.
    opening: Option<u32>,
    attempts: u32,
    /// A transaction is under way.
    busy: bool,
    waiting: VecDeque<Job>,
    /// Told when it opens after it was given up.
    late: Option<Box<dyn FnOnce()>>,
}

thread_local! {
    static CONNECTION: RefCell<Connection> = RefCell::default();
}

fn enqueue(work: Work, done: Box<dyn FnOnce(Result<IndexedDbRead, StoreFault>)>) {
    CONNECTION.with_borrow_mut(|connection| {
        connection.waiting.push_back(Job {
            work,
            again: false,
            done,
        });
    });
    pump();
}

/// Begins the next job, opening the database first where that is needed.
fn pump() {
    let next = CONNECTION.with_borrow_mut(|connection| {
        if connection.busy || connection.opening.is_some() || connection.waiting.is_empty() {
            return None;
        }
        let Some(database) = connection.database.clone() else {
            connection.attempts += 1;
            connection.opening = Some(connection.attempts);
            return Some(Err(connection.attempts));
        };
        connection.busy = true;
        connection
            .waiting
            .pop_front()
            .map(|job| Ok((database, job)))
    });
    match next {
        Some(Ok((database, job))) => begin(&database, job),
        Some(Err(attempt)) => open(attempt, None),
        None => {}
    }
}

// ------------------------------------------------------------------ opening

/// Opens whatever version is there: after a rollback the stored one may be
/// newer than this release, and naming ours would close the diary.
fn open(attempt: u32, version: Option<u32>) {
    Timeout::new(OPEN_MS, move || give_up(attempt, StoreFault::Blocked)).forget();
    let request = match request(version) {
        Ok(request) => request,
        Err(fault) => return js::later(move || give_up(attempt, fault)),
    };
    let upgraded = request.clone();
    js::listen(&request, "upgradeneeded", move |_| make_stores(&upgraded));
    let opened = request.clone();
    js::listen(&request, "success", move |_| adopt(attempt, &opened));
    let failed = request.clone();
    js::listen(&request, "error", move |_| {
        give_up(attempt, fault::of(&error_of(&failed)));
    });
    // "blocked" needs no word of its own: it ends in success or in the timeout.
}

/// Its name: a copy of the app in a folder has a database of its own.
fn name() -> String {
    if local::in_folder() {
        local::place()
    } else {
        OLD.to_owned()
    }
}

fn request(version: Option<u32>) -> Result<IdbOpenDbRequest, StoreFault> {
    // The getter throws in a sandboxed frame; the factory is null in old private modes.
    let factory = js::window().and_then(|window| window.indexed_db().ok().flatten());
    let factory = factory.ok_or(StoreFault::Blocked)?;
    match version {
        Some(version) => factory.open_with_u32(&name(), version),
        None => factory.open(&name()),
    }
    .map_err(|error| fault::of(&error))
}

/// Reads what an older release, which knew of no folders, left in its database. `None`:
/// there is none, or it does not answer.
pub fn read_old(done: impl FnOnce(Option<IndexedDbRead>) + 'static) {
    let factory = js::window().and_then(|window| window.indexed_db().ok().flatten());
    let Some(Ok(request)) = factory.map(|factory| factory.open(OLD)) else {
        return js::later(move || done(None));
    };
    // Whoever comes first, an answer or the watchdog, takes it.
    let done = Rc::new(RefCell::new(Some(done)));
    let answer = move |read: Option<IndexedDbRead>| {
        if let Some(done) = done.take() {
            done(read);
        }
    };
    let late = answer.clone();
    Timeout::new(END_MS, move || late(None)).forget();
    let absent = request.clone();
    js::listen(&request, "upgradeneeded", move |_| {
        // Not there: none is left behind.
        if let Some(transaction) = absent.transaction() {
            let _ = transaction.abort();
        }
    });
    let failed = answer.clone();
    js::listen(&request, "error", move |_| failed(None));
    let opened = request.clone();
    js::listen(&request, "success", move |_| {
        let database = database_of(&opened).filter(has_stores);
        let begun = database.and_then(|database| {
            let transaction = transaction(&database, &Work::Read).ok()?;
            let requests = ask(&transaction, &Work::Read).ok().flatten()?;
            Some((database, transaction, requests))
        });
        let Some((database, transaction, requests)) = begun else {
            return answer(None);
        };
        let answer = answer.clone();
        js::listen(&transaction, "complete", move |_| {
            database.close();
            answer(Some(everything(&requests)));
        });
    });
}

fn error_of(request: &JsValue) -> JsValue {
    js::get(request, "error").unwrap_or(JsValue::NULL)
}

fn database_of(request: &IdbRequest) -> Option<IdbDatabase> {
    request.result().ok()?.dyn_into().ok()
}

fn has_stores(database: &IdbDatabase) -> bool {
    let names = database.object_store_names();
    names.contains(ENTRIES) && names.contains(KV)
}

fn make_stores(request: &IdbRequest) {
    if let Some(database) = database_of(request) {
        for name in [ENTRIES, KV] {
            if !database.object_store_names().contains(name) {
                // A failure shows as missing stores below.
                let _ = database.create_object_store(name);
            }
        }
    }
}

fn adopt(attempt: u32, request: &IdbRequest) {
    let Some(database) = database_of(request) else {
        return give_up(attempt, StoreFault::Failed);
    };
    // Also an attempt that was given up is welcome, unless another was faster.
    if CONNECTION.with_borrow(|connection| connection.database.is_some()) {
        return database.close();
    }
    if !has_stores(&database) {
        // Something else opened the name first and left it empty.
        database.close();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let next = database.version() as u32 + 1;
        if next > 9 {
            return give_up(attempt, StoreFault::Failed);
        }
        return open(attempt, Some(next));
    }
    for kind in ["versionchange", "close"] {
        // Another tab upgrades or erases, or the browser cleared the site's data.
        let closing = database.clone();
        js::listen(&database, kind, move |_| forget(&closing));
    }
    let late = CONNECTION.with_borrow_mut(|connection| {
        connection.database = Some(database);
        connection.opening = None;
        connection.late.take()
    });
    if let Some(late) = late {
        late();
    }
    pump();
}

/// Calls once the database opens after all. An attempt that was given up may still come;
/// the next write tries another.
pub fn when_open(late: impl FnOnce() + 'static) {
    CONNECTION.with_borrow_mut(|connection| connection.late = Some(Box::new(late)));
}

/// Lets go of a handle; the next job opens another.
fn forget(database: &IdbDatabase) {
    database.close();
    CONNECTION.with_borrow_mut(|connection| {
        if connection.database.as_ref() == Some(database) {
            connection.database = None;
        }
    });
}

/// Answers everyone who waits for this attempt. The next job tries anew.
fn give_up(attempt: u32, fault: StoreFault) {
    let waiting = CONNECTION.with_borrow_mut(|connection| {
        if connection.opening != Some(attempt) {
            return VecDeque::new();
        }
        connection.opening = None;
        std::mem::take(&mut connection.waiting)
    });
    for job in waiting {
        (job.done)(Err(fault));
    }
}

// ------------------------------------------------------------- transactions

fn begin(database: &IdbDatabase, job: Job) {
    let begun = transaction(database, &job.work).and_then(|transaction| {
        let requests = ask(&transaction, &job.work)?;
        Ok((transaction, requests))
    });
    let (transaction, requests) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            let database = database.clone();
            return js::later(move || failed(&database, job, &error));
        }
    };
    // Whoever comes first, the end or the watchdog, takes the job.
    let slot = Rc::new(RefCell::new(Some(job)));
    let late = (slot.clone(), database.clone());
    Timeout::new(END_MS, move || {
        if let Some(job) = late.0.take() {
            failed(&late.1, job, &JsValue::NULL);
        }
    })
    .forget();

    let database = database.clone();
    let ending = transaction.clone();
    let ended: Function = Closure::once_into_js(move |event: web_sys::Event| {
        let Some(job) = slot.take() else { return };
        if event.type_() == "complete" {
            finish(
                job,
                Ok(requests.map_or_else(IndexedDbRead::default, |requests| collect(&requests))),
            );
        } else {
            failed(&database, job, &error_of(&ending));
        }
    })
    .unchecked_into();
    transaction.set_oncomplete(Some(&ended));
    transaction.set_onabort(Some(&ended));
}

/// A transaction over both stores; strict where it writes.
fn transaction(database: &IdbDatabase, work: &Work) -> Result<IdbTransaction, JsValue> {
    let stores = Array::of2(&ENTRIES.into(), &KV.into());
    let mode = match work {
        Work::Read => "readonly",
        Work::Write(_) => "readwrite",
    };
    let options = js::object(&[("durability", &"strict".into())]);
    js::call(database, "transaction", &[&stores, &mode.into(), &options])?.dyn_into()
}

type Requests = [IdbRequest; 4];

/// Issues the requests of a job, all at once: a transaction without one ends.
fn ask(transaction: &IdbTransaction, work: &Work) -> Result<Option<Requests>, JsValue> {
    let changes = match work {
        Work::Read => {
            let (entries, kv) = (
                transaction.object_store(ENTRIES)?,
                transaction.object_store(KV)?,
            );
            let both = |store: &IdbObjectStore| {
                Ok::<_, JsValue>((store.get_all_keys()?, store.get_all()?))
            };
            let ((a, b), (c, d)) = (both(&entries)?, both(&kv)?);
            return Ok(Some([a, b, c, d]));
        }
        Work::Write(changes) => changes,
    };
    for StoreChange { store, key, json } in changes {
        let store = transaction.object_store(store)?;
        let key = JsValue::from(key);
        let asked = match json {
            Some(json) => store.put_with_key(&json.into(), &key),
            None => store.delete(&key),
        };
        if let Err(error) = asked {
            let _ = transaction.abort();
            return Err(error);
        }
    }
    // Said outright, a page that is frozen in this moment keeps its write.
    let _ = js::call(transaction, "commit", &[]);
    Ok(None)
}

/// What was read; its entries only where localStorage holds others.
fn collect(requests: &Requests) -> IndexedDbRead {
    let [keys, entries, ..] = requests;
    if same(keys, entries) {
        IndexedDbRead {
            same: true,
            ..named_items(requests)
        }
    } else {
        everything(requests)
    }
}

fn everything(requests: &Requests) -> IndexedDbRead {
    let [keys, entries, ..] = requests;
    IndexedDbRead {
        entries: pairs(keys, entries).collect(),
        ..named_items(requests)
    }
}

fn named_items([_, _, kv_keys, kv]: &Requests) -> IndexedDbRead {
    let mut read = IndexedDbRead::default();
    for (key, text) in pairs(kv_keys, kv) {
        if let Some(id) = key.strip_prefix(DAMAGED) {
            read.damaged.push((id.into(), text));
        } else {
            match &*key {
                META => read.meta = Some(text),
                LIVE => read.live = Some(text),
                _ => {}
            }
        }
    }
    read
}

/// Whether localStorage holds the same, as `footingSame` in stored.js finds: no text
/// crosses over to the wasm for that.
fn same(keys: &IdbRequest, values: &IdbRequest) -> bool {
    let compared = || {
        let (window, keys, values) = (js::window()?, keys.result().ok()?, values.result().ok()?);
        js::call(&window, "footingSame", &[&keys, &values]).ok()
    };
    compared().is_some_and(|same| same == JsValue::TRUE)
}

/// Keys and values, both in the order of the keys.
fn pairs(keys: &IdbRequest, values: &IdbRequest) -> impl Iterator<Item = (String, String)> + use<> {
    let list = |request: &IdbRequest| {
        Array::from(&request.result().unwrap_or_else(|_| Array::new().into()))
    };
    let (keys, values) = (list(keys), list(values));
    (0..keys.length())
        .filter_map(move |i| Some((keys.get(i).as_string()?, values.get(i).as_string()?)))
}

fn failed(database: &IdbDatabase, job: Job, error: &JsValue) {
    let name = js::text(error, "name");
    let dead = matches!(
        name.as_deref(),
        None | Some("UnknownError" | "InvalidStateError" | "AbortError")
    );
    if !dead || job.again {
        return finish(job, Err(fault::of(error)));
    }
    forget(database);
    CONNECTION.with_borrow_mut(|connection| {
        connection.busy = false;
        connection.waiting.push_front(Job { again: true, ..job });
    });
    pump();
}

fn finish(job: Job, result: Result<IndexedDbRead, StoreFault>) {
    CONNECTION.with_borrow_mut(|connection| connection.busy = false);
    (job.done)(result);
    pump();
}
