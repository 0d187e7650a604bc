//! The demo: somebody else's diary to look around in. The runner's own state is put
//! aside whole while it is shown and comes back whole; nothing of the demo reaches a
//! store or leaves as a file, whatever is entered in it, and a reload ends it.

use crate::app::demo_diary;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::screen::Screen;
use crate::app::session::run;
use crate::app::state::{Notice, State};
use crate::formats::sorted::Sorted;
use crate::rules::progression;

/// Asks for the file, when nothing of the runner's own is under way; while the stores are
/// being merged, once they are.
pub(in crate::app) fn ask(state: &mut State) -> Vec<Effect> {
    state.demo_wanted = !state.merged;
    if free(state) {
        vec![Effect::ReadDemo]
    } else {
        Vec::new()
    }
}

fn free(state: &State) -> bool {
    state.merged && state.demo.is_none() && state.pending.is_empty() && !state.in_session()
}

/// The file came, or could not be had.
pub(in crate::app) fn begin(state: &mut State, text: Option<&str>) -> Vec<Effect> {
    if !free(state) {
        return Vec::new();
    }
    let today = state.now.day();
    let read = text.and_then(|text| demo_diary::read(text, today, *state.now.at().offset()));
    let Some(diary) = read else {
        state.notice = Some(Notice::NoDemo);
        return Vec::new();
    };
    let mut shown = State::new(state.now);
    shown.guidance = progression::guidance(&diary, today);
    shown.diary = diary;
    shown.ready = true;
    shown.merged = true;
    same_phone(state, &mut shown);
    let own = std::mem::replace(state, shown);
    state.demo = Some(Box::new(own));
    arrive(Screen::Today)
}

/// Back to the runner's own diary.
pub(in crate::app) fn leave(state: &mut State) -> Vec<Effect> {
    let Some(mut own) = state.demo.take() else {
        return Vec::new();
    };
    let mut effects = run::let_go(state);
    same_phone(state, &mut own);
    *state = *own;
    state.notice = None;
    state.judge();
    let planned = state.plan().is_some();
    effects.extend(arrive(if planned {
        Screen::Today
    } else {
        Screen::Setup
    }));
    effects
}

fn arrive(screen: Screen) -> Vec<Effect> {
    vec![Effect::Navigate {
        screen,
        replace: true,
    }]
}

/// What belongs to the phone and not to a diary goes along, both ways.
fn same_phone(from: &State, to: &mut State) {
    to.revision = from.revision + 1;
    to.guidance_revision = from.guidance_revision + 1;
    to.now = from.now;
    to.last_tick = from.last_tick;
    to.screen = from.screen;
    to.prefs = from.prefs.clone();
    to.files = from.files.clone();
    to.install = from.install;
    to.release = from.release;
}

/// What another tab does concerns the runner's own diary. Gives back what does not.
pub(in crate::app) fn to_own(state: &mut State, event: Event) -> Option<Event> {
    match (&mut state.demo, event) {
        (Some(own), Event::OtherTab { key, value }) => {
            let now = state.now;
            // Nothing is to be done for it now: its own start would do it again.
            let _ = crate::app::update::far(own, Event::OtherTab { key, value }, now);
            None
        }
        (Some(_), Event::Export | Event::ImportText(_) | Event::ImportAccept) => {
            state.notice = Some(Notice::InDemo);
            None
        }
        (_, event) => Some(event),
    }
}

/// Nothing of the demo is written, and no file of it is handed out.
pub(in crate::app) fn wall(state: &mut State, effects: &mut Vec<Effect>) {
    if state.demo.is_none() {
        return;
    }
    let before = effects.len();
    effects.retain(|effect| !matches!(effect, Effect::HandOut { .. }));
    if effects.len() < before {
        state.notice = Some(Notice::InDemo);
    }
    effects.retain(|effect| {
        !matches!(
            effect,
            Effect::Write { .. }
                | Effect::WriteMany(_)
                | Effect::WriteLive(_)
                | Effect::WriteSetup(_)
                | Effect::WriteMeta(_)
                | Effect::RepairLocal { .. }
                | Effect::RepairIndexedDb { .. }
                | Effect::SetAside { .. }
                | Effect::AskPersist
                | Effect::AskElsewhere
        )
    });
    state.pending = Sorted::default();
    state.wrote = false;
}
