//! One event in, the state changed, effects out. Pure and total.

use crate::app::effect::{Effect, WriteEffect};
use crate::app::event::{
    DeviceEvent, DraftEvent, Event, Heard, Release, ReleaseEvent, SessionEvent,
};
use crate::app::notice::Notice;
use crate::app::now::Now;
use crate::app::session;
use crate::app::session::strength_run;
use crate::app::state::State;
use crate::app::{backups, demo, entries, navigation, reading, rules_news, settings, storage};

/// One event in, the state changed, effects out.
pub fn update(state: &mut State, event: Event, now: Now) -> Vec<Effect> {
    let new_day = state.now.day() != now.day();
    state.now = now;
    if new_day || !is_clockwork(&event) {
        state.revision += 1;
    }
    let mut effects = session::mind_the_clock(state);
    effects.extend(match demo::admit(state, event) {
        Some(event) => handle(state, event),
        None => Vec::new(),
    });
    state.judge_if(new_day);
    effects.extend(rules_news::follow(state));
    demo::wall(state, &mut effects);
    if state.book.storage.read_only {
        // A newer release's data is shown, and left as it is.
        effects.retain(|effect| !effect.changes_storage());
    }
    effects
}

/// What comes many times a minute, and says by itself whether it changed what is shown.
fn is_clockwork(event: &Event) -> bool {
    match event {
        Event::Tick | Event::Session(SessionEvent::Track(Heard::At(_))) => true,
        Event::Navigation(_)
        | Event::Storage(_)
        | Event::Draft(_)
        | Event::Diary(_)
        | Event::Session(_)
        | Event::Strength(_)
        | Event::Reading(_)
        | Event::Prefs(_)
        | Event::Sound(_)
        | Event::Demo(_)
        | Event::Backup(_)
        | Event::Device(_)
        | Event::Release(_) => false,
    }
}

fn handle(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Tick => tick(state),
        Event::Navigation(event) => navigation::handle(state, event),
        Event::Storage(event) => storage::handle(state, event),
        Event::Draft(event) => draft(state, event),
        Event::Diary(event) => entries::handle(state, event),
        Event::Session(event) => session::handle(state, event),
        Event::Strength(event) => strength_run::handle(state, event),
        Event::Reading(event) => reading::handle(state, event),
        Event::Prefs(event) => settings::handle(state, event),
        Event::Sound(event) => session::try_out(state, event),
        Event::Demo(event) => demo::handle(state, event),
        Event::Backup(event) => backups::handle(state, event),
        Event::Device(event) => device(state, event),
        Event::Release(event) => release(state, event),
    }
}

fn tick(state: &mut State) -> Vec<Effect> {
    let before = state.last_tick;
    let mut effects = session::tick(state);
    effects.extend(strength_run::tick(state, before));
    effects
}

fn draft(state: &mut State, event: DraftEvent) -> Vec<Effect> {
    match event {
        DraftEvent::Setup(_) if state.book.storage.read_only => {
            state.notice = Some(Notice::ReadOnly);
            Vec::new()
        }
        DraftEvent::Question(question) => {
            if !state.questions.contains(&question) {
                state.questions.push(question);
            }
            Vec::new()
        }
        DraftEvent::Setup(form) => {
            state.book.setup = *form;
            let json = serde_json::to_string(&state.book.setup).ok();
            vec![Effect::Write(WriteEffect::Setup(json))]
        }
    }
}

fn device(state: &mut State, event: DeviceEvent) -> Vec<Effect> {
    match event {
        DeviceEvent::InstallChanged(install) => state.install = install,
        DeviceEvent::Install => return vec![Effect::PromptInstall],
        DeviceEvent::SoundHeard(heard) => state.sound_lost = !heard,
        DeviceEvent::WakeLockChanged(held) => state.wake_held = held,
        DeviceEvent::HandedOut(true) => state.notice = Some(Notice::HandedOut),
        DeviceEvent::HandedOut(false) => state.notice = Some(Notice::HandOutFailed),
    }
    Vec::new()
}

fn release(state: &mut State, event: ReleaseEvent) -> Vec<Effect> {
    match event {
        ReleaseEvent::Changed(release) => state.release = release,
        // Never while a session runs: the page would reload under it.
        ReleaseEvent::Accept if !state.in_session() && state.release == Release::Waiting => {
            return vec![Effect::AcceptUpdate];
        }
        ReleaseEvent::Accept => {}
    }
    Vec::new()
}
