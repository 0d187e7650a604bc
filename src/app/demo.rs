//! The demo: somebody else's diary to look around in. The runner's own book is put aside
//! whole while it is shown and comes back whole; nothing of the demo reaches a store or
//! leaves as a file, whatever is entered in it, and a reload ends it.

use crate::app::book::Book;
use crate::app::demo_diary;
use crate::app::effect::{Effect, go_instead};
use crate::app::event::{BackupEvent, DemoEvent, DiaryEvent, Event};
use crate::app::notice::Notice;
use crate::app::screen::Screen;
use crate::app::session;
use crate::app::state::State;
use crate::app::storage;
use std::mem::{replace, take};

pub(in crate::app) fn handle(state: &mut State, event: DemoEvent) -> Vec<Effect> {
    match event {
        DemoEvent::Open => ask(state),
        DemoEvent::Read(text) => begin(state, text.as_deref()),
        DemoEvent::Leave => leave(state),
    }
}

/// Asks for the file, when nothing of the runner's own is under way; while the stores are
/// being merged, once they are.
fn ask(state: &mut State) -> Vec<Effect> {
    state.demo_wanted = !state.merged;
    if free(state) {
        vec![Effect::ReadDemo]
    } else {
        Vec::new()
    }
}

fn free(state: &State) -> bool {
    let book = &state.book;
    state.merged && !state.in_demo() && book.pending.is_empty() && !state.in_session()
}

/// The file came, or could not be had.
fn begin(state: &mut State, text: Option<&str>) -> Vec<Effect> {
    if !free(state) {
        return Vec::new();
    }
    let today = state.now.day();
    let read = text.and_then(|text| demo_diary::read(text, today, *state.now.at().offset()));
    let Some(diary) = read else {
        state.notice = Some(Notice::NoDemo);
        return Vec::new();
    };
    let now = state.now;
    let own = state.open(Book::new(diary, &now));
    state.own = Some(Box::new(own));
    state.notice = None;
    vec![go_instead(Screen::Today)]
}

/// Back to the runner's own diary.
fn leave(state: &mut State) -> Vec<Effect> {
    let Some(own) = state.own.take() else {
        return Vec::new();
    };
    let mut demo = state.open(*own);
    state.notice = None;
    let mut effects = session::let_go(take(&mut demo.session));
    effects.push(go_instead(if state.plan().is_some() {
        Screen::Today
    } else {
        Screen::Setup
    }));
    effects
}

/// What is not done while the demo is shown is refused here, and what another window does
/// concerns the runner's own diary. Gives back the rest.
pub(in crate::app) fn admit(state: &mut State, event: Event) -> Option<Event> {
    let Some(own) = state.own.take() else {
        return Some(event);
    };
    if let Event::Storage(event) = event {
        let demo = replace(&mut state.book, *own);
        // Nothing is to be done for it now: its own start would do it again.
        let _ = storage::handle(state, event);
        state.own = Some(Box::new(replace(&mut state.book, demo)));
        return None;
    }
    state.own = Some(own);
    match event {
        Event::Backup(
            BackupEvent::Export
            | BackupEvent::Read(_)
            | BackupEvent::ReadFile(_)
            | BackupEvent::Refused(_)
            | BackupEvent::TakePrefs(_),
        )
        | Event::Diary(DiaryEvent::Restore) => {
            state.notice = Some(Notice::InDemo);
            None
        }
        Event::Tick
        | Event::Navigation(_)
        | Event::Storage(_)
        | Event::Draft(_)
        | Event::Diary(_)
        | Event::Session(_)
        | Event::Strength(_)
        | Event::Reading(_)
        | Event::Prefs(_)
        | Event::Sound(_)
        | Event::Demo(_)
        | Event::Backup(BackupEvent::Cancel)
        | Event::Device(_)
        | Event::Release(_) => Some(event),
    }
}

/// What becomes of an effect while the demo is shown.
enum InDemo {
    /// It is done.
    Done,
    /// It is not: the demo leaves no trace.
    Dropped,
    /// It is not, and that is said.
    Refused,
}

fn in_demo(effect: &Effect) -> InDemo {
    match effect {
        Effect::Write(_) | Effect::AskPersist | Effect::AskElsewhere => InDemo::Dropped,
        Effect::HandOut { .. } => InDemo::Refused,
        Effect::WritePrefs(_)
        | Effect::Navigate { .. }
        | Effect::Sound(_)
        | Effect::TickIn(_)
        | Effect::WakeLock(_)
        | Effect::SessionRunning(_)
        | Effect::ReadExercises
        | Effect::Read(_)
        | Effect::ReadDemo
        | Effect::AcceptUpdate
        | Effect::PromptInstall => InDemo::Done,
    }
}

/// Nothing of the demo is written, and no file of it is handed out.
pub(in crate::app) fn wall(state: &mut State, effects: &mut Vec<Effect>) {
    if !state.in_demo() {
        return;
    }
    let mut refused = false;
    effects.retain(|effect| match in_demo(effect) {
        InDemo::Done => true,
        InDemo::Dropped => false,
        InDemo::Refused => {
            refused = true;
            false
        }
    });
    if refused {
        state.notice = Some(Notice::InDemo);
    }
    state.book.pending.clear();
    state.book.wrote = false;
}
