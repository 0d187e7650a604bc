//! The only room that touches the browser: one small file per capability.
//!
//! [`start`] wires what the browser tells to events; [`run`] does what the core
//! asks for. Neither waits: what comes of an effect returns as an event, never
//! before [`run`] has returned, so a dispatch is never entered twice.
//!
//! The absence of an API is normal here. Nothing unwraps.

pub mod announce;
pub mod calendar;
pub mod clock;
mod exercises;
mod fault;
pub mod files;
pub mod first;
pub mod format;
mod indexed_db;
mod install;
mod js;
pub mod language;
pub mod live;
mod local;
pub mod memory;
pub mod metronome;
pub mod motion;
pub mod page;
pub mod panic;
pub mod picture;
pub mod pocket;
pub mod route;
pub mod sound;
pub mod speech;
mod store;
pub mod styles;
mod theme;
pub mod version;
mod wake;
mod worker;

use crate::app::effect::{Effect, WriteEffect};
use crate::app::event::{
    DemoEvent, DeviceEvent, Event, NavigationEvent, ReadingEvent, ReleaseEvent, StorageEvent,
    StrengthEvent,
};
use std::rc::Rc;

/// Takes an event to the core.
pub type Dispatch = Rc<dyn Fn(Event)>;

/// Wires the browser to the core and reads both stores: `StorageEvent::Loaded` is dispatched
/// before this returns, `StorageEvent::IndexedDbRead` follows once the first screen is
/// [`drawn`].
pub fn start(dispatch: Dispatch) {
    panic::install();
    store::load(&dispatch);
    if let Some(screen) = route::current() {
        dispatch(Event::Navigation(NavigationEvent::Arrived(screen)));
    }
    route::listen(event_of(&dispatch, |now| {
        Event::Navigation(NavigationEvent::Arrived(now))
    }));
    local::listen(dispatch.clone());
    wake::listen(event_of(&dispatch, |now| {
        Event::Device(DeviceEvent::WakeLockChanged(now))
    }));
    worker::listen(event_of(&dispatch, |now| {
        Event::Release(ReleaseEvent::Changed(now))
    }));
    install::listen(event_of(&dispatch, |now| {
        Event::Device(DeviceEvent::InstallChanged(now))
    }));
    clock::start_ticker(move || dispatch(Event::Tick));
}

/// The first screen is drawn.
pub fn drawn() {
    store::drawn();
}

/// There is nothing to draw before IndexedDB is read.
pub fn read_indexed_db() {
    store::read_indexed_db();
}

/// Does one thing that the core asks for.
pub fn run(effect: Effect, dispatch: &Dispatch) {
    match effect {
        Effect::Write(what) => write(what, dispatch),
        Effect::WritePrefs(json) => store::write_prefs(&json),
        Effect::Navigate { screen, replace } => route::navigate(screen, replace),
        Effect::Sound(what) => live::hand(what),
        Effect::TickIn(ms) => clock::look_in(ms),
        Effect::WakeLock(on) => wake::want(on),
        Effect::AskElsewhere => worker::session_elsewhere(dispatch),
        Effect::SessionRunning(on) => {
            clock::fast(on);
            worker::session_running(on);
        }
        Effect::HandOut { name, text } => {
            let answer = event_of(dispatch, |done| Event::Device(DeviceEvent::HandedOut(done)));
            files::hand_out(&name, &text, answer);
        }
        Effect::ReadExercises => {
            let dispatch = dispatch.clone();
            exercises::read(move |texts| {
                let texts = texts.map(Box::new);
                dispatch(Event::Strength(StrengthEvent::ExercisesRead(texts)));
            });
        }
        Effect::Read(file) => {
            let dispatch = dispatch.clone();
            exercises::read_page(file.stem(), move |texts| {
                let texts = texts.map(Box::new);
                dispatch(Event::Reading(ReadingEvent::Came(file, texts)));
            });
        }
        Effect::ReadDemo => {
            exercises::demo(event_of(dispatch, |text| {
                Event::Demo(DemoEvent::Read(text))
            }));
        }
        Effect::AskPersist => store::ask_persist(event_of(dispatch, |kept| {
            Event::Storage(StorageEvent::Persisted(kept))
        })),
        Effect::AcceptUpdate => worker::accept(),
        Effect::PromptInstall => install::prompt(),
    }
}

fn write(what: WriteEffect, dispatch: &Dispatch) {
    match what {
        WriteEffect::Entry { id, json } => store::write(id, json, dispatch),
        WriteEffect::Entries(items) => store::write_many(items, dispatch),
        WriteEffect::RepairLocal { id, json } => store::repair_local(&id, &json, dispatch),
        WriteEffect::RepairIndexedDb { items } => store::repair_indexed_db(items),
        WriteEffect::SetAside { id, raw, remove } => store::set_aside(&id, raw, remove),
        WriteEffect::Live(json) => store::write_live(json, dispatch),
        WriteEffect::Setup(json) => store::write_setup(json.as_deref()),
        WriteEffect::Shown(json) => store::write_shown(&json),
        WriteEffect::Meta(json) => store::write_meta(json),
    }
}

/// A callback that dispatches the event made of what it is given.
fn event_of<T: 'static>(dispatch: &Dispatch, event: fn(T) -> Event) -> impl Fn(T) + 'static {
    let dispatch = dispatch.clone();
    move |value| dispatch(event(value))
}
