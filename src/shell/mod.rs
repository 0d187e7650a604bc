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
pub mod format;
mod install;
mod js;
pub mod language;
pub mod live;
mod local;
pub mod memory;
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
mod twin;
pub mod version;
mod wake;
mod worker;

use crate::app::effect::Effect;
use crate::app::event::Event;
use std::rc::Rc;

/// Takes an event to the core.
pub type Dispatch = Rc<dyn Fn(Event)>;

/// Wires the browser to the core and reads both stores: `Event::Loaded` is dispatched
/// before this returns, `Event::IndexedDbRead` follows once the first screen is [`drawn`].
pub fn start(dispatch: Dispatch) {
    panic::install();
    store::load(&dispatch);
    if let Some(screen) = route::current() {
        dispatch(Event::Navigated(screen));
    }
    route::listen(event_of(&dispatch, Event::Navigated));
    local::listen(dispatch.clone());
    wake::listen(event_of(&dispatch, Event::WakeLockChanged));
    worker::listen(event_of(&dispatch, Event::ReleaseChanged));
    install::listen(event_of(&dispatch, Event::InstallChanged));
    clock::start_ticker(move || dispatch(Event::Tick));
}

/// The first screen is drawn.
pub fn drawn() {
    store::drawn();
}

/// There is nothing to draw before the twin is read.
pub fn read_twin() {
    store::read_twin();
}

/// Does one thing that the core asks for, or gives it back: [`run_far`] does it.
pub fn run(effect: Effect, dispatch: &Dispatch) -> Option<Effect> {
    match effect {
        Effect::Write { id, json } => store::write(id, json, dispatch),
        Effect::RepairLocal { id, json } => store::heal_local(&id, &json, dispatch),
        Effect::RepairIndexedDb { items } => store::heal_twin(items),
        Effect::SetAside { id, raw, remove } => store::set_aside(&id, raw, remove),
        Effect::WriteMeta(json) => store::write_meta(json),
        Effect::Navigate { screen, replace } => route::navigate(screen, replace),
        Effect::AcceptUpdate => worker::accept(),
        other => return Some(other),
    }
    None
}

/// Does what only the screens beyond Today ask for; it comes with them.
pub fn run_far(effect: Effect, dispatch: &Dispatch) {
    match effect {
        Effect::WriteMany(items) => store::write_many(items, dispatch),
        Effect::WriteLive(json) => store::write_live(json, dispatch),
        Effect::WritePrefs(json) => store::write_prefs(&json),
        Effect::WriteSetup(json) => store::write_setup(json.as_deref()),
        Effect::Cue(_) | Effect::Hush | Effect::PrimeSound | Effect::Track(_) => {
            live::hand(effect);
        }
        Effect::TickIn(ms) => clock::look_in(ms),
        Effect::AskElsewhere => worker::session_elsewhere(dispatch),
        Effect::WakeLock(on) => wake::want(on),
        Effect::SessionRunning(on) => {
            clock::fast(on);
            worker::session_running(on);
        }
        Effect::HandOut { name, text } => {
            files::hand_out(&name, &text, event_of(dispatch, Event::HandedOut));
        }
        Effect::ReadExercises => {
            let dispatch = dispatch.clone();
            exercises::read(move |texts| dispatch(Event::ExercisesRead(texts.map(Box::new))));
        }
        Effect::ReadDemo => exercises::demo(event_of(dispatch, Event::DemoRead)),
        Effect::AskPersist => store::ask_persist(event_of(dispatch, Event::Persisted)),
        Effect::PromptInstall => install::prompt(),
        other => {
            run(other, dispatch);
        }
    }
}

/// A callback that dispatches the event made of what it is given.
fn event_of<T: 'static>(dispatch: &Dispatch, event: fn(T) -> Event) -> impl Fn(T) + 'static {
    let dispatch = dispatch.clone();
    move |value| dispatch(event(value))
}
