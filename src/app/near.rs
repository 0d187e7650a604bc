//! What the first download handles by itself: starts, saves, navigation, time. All
//! else waits in [`crate::app::update`] until the screens that cause it are there.

use crate::app::effect::Effect;
use crate::app::event::{Event, Release};
use crate::app::now::Now;
use crate::app::screen::Screen;
use crate::app::session::strength_run;
use crate::app::state::{Notice, State};
use crate::app::stores;

/// What became of an event.
#[derive(Debug)]
pub enum Outcome {
    /// Handled.
    Done(Vec<Effect>),
    /// The rest of the state machine has to handle it; nothing changed yet.
    Far(Event),
}

/// One event in: handled here, or handed back untouched.
pub fn update(state: &mut State, event: Event, now: Now) -> Outcome {
    if belongs_far(state, &event) {
        return Outcome::Far(event);
    }
    let day_changed = state.now.day() != now.day();
    state.now = now;
    if let Event::Tick = event {
        state.last_tick = now.ms;
        if day_changed {
            state.revision += 1;
            state.judge();
        }
        return Outcome::Done(Vec::new());
    }
    state.revision += 1;
    let diary_may_change = matches!(event, Event::Loaded(_));
    let effects = handle(state, event);
    if day_changed || diary_may_change {
        state.judge();
    }
    Outcome::Done(effects)
}

fn belongs_far(state: &State, event: &Event) -> bool {
    match event {
        // A running session, or answers that wait for the next question, are read there.
        Event::Loaded(read) => read.live.is_some() || read.setup.is_some(),
        // What differs is merged there.
        Event::IndexedDbRead(twin) => !stores::agrees(state, twin.as_deref().map_err(|e| *e)),
        Event::Tick => state.in_session(),
        // The exercises are asked for there.
        Event::Navigated(screen) => strength_run::wants(state, *screen),
        Event::Wrote { .. }
        | Event::WroteMany { .. }
        | Event::RepairFailed(_)
        | Event::LiveWrote(_)
        | Event::Go(_)
        | Event::DismissToast
        | Event::ReleaseChanged(_)
        | Event::InstallChanged(_)
        | Event::WakeLockChanged(_)
        | Event::Persisted(_)
        | Event::AcceptUpdate => false,
        _ => true,
    }
}

/// The demo that was asked for before the stores were merged.
pub(in crate::app) fn wanted(state: &mut State) -> Option<Effect> {
    std::mem::take(&mut state.demo_wanted).then_some(Effect::ReadDemo)
}

fn handle(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Loaded(read) => {
            stores::loaded(state, *read);
            return arrive(state);
        }
        Event::IndexedDbRead(Ok(twin)) => {
            let mut effects = stores::agreed(state, &twin);
            effects.extend(wanted(state));
            effects.extend(arrive(state));
            return effects;
        }
        Event::Wrote { id, local, twin } => stores::wrote(state, id, local, twin),
        Event::WroteMany { ids, local, twin } => {
            // From the end: the list of what is not saved yet closes no gap then.
            for id in ids.into_iter().rev() {
                stores::wrote(state, id, local, twin);
            }
        }
        Event::RepairFailed(fault) => state.storage.local = Some(fault),
        Event::LiveWrote(Err(fault)) => state.storage.twin = Some(fault),
        Event::Navigated(screen) => return navigated(state, screen),
        Event::Go(screen) => return go(screen),
        Event::DismissToast => {
            state.toast = None;
            state.discarded = None;
            state.notice = None;
        }
        Event::Persisted(yes) => state.storage.persisted = Some(yes),
        Event::ReleaseChanged(release) => state.release = release,
        Event::InstallChanged(install) => state.install = install,
        Event::WakeLockChanged(held) => state.wake_held = held,
        // Never while a session runs: the page would reload under it.
        Event::AcceptUpdate if !state.in_session() && state.release == Release::Waiting => {
            return vec![Effect::AcceptUpdate];
        }
        _ => {}
    }
    Vec::new()
}

pub(in crate::app) fn go(screen: Screen) -> Vec<Effect> {
    vec![Effect::Navigate {
        screen,
        replace: false,
    }]
}

/// Where a start, or the end of the merge, leads: the first questions when there is no
/// plan. A running session goes first, and is found by the rest of the state machine.
pub(in crate::app) fn arrive(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    if !state.ready || state.in_session() {
        return effects;
    }
    if state.plan().is_none() && matches!(state.screen, Screen::Today) && state.merged {
        effects.push(Effect::Navigate {
            screen: Screen::Setup,
            replace: true,
        });
    }
    effects
}

pub(in crate::app) fn navigated(state: &mut State, screen: Screen) -> Vec<Effect> {
    if state.screen != screen {
        let keeps_notice = matches!(
            (&state.notice, screen),
            (
                Some(
                    Notice::Logged { .. }
                        | Notice::MorningKept
                        | Notice::Kept
                        | Notice::Away(_)
                        | Notice::Back
                ),
                Screen::Today | Screen::Diary | Screen::Care
            )
        );
        if !keeps_notice {
            state.notice = None;
        }
        state.toast = None;
        if screen != Screen::Today {
            state.discarded = None;
        }
    }
    state.screen = screen;
    if screen == Screen::Today {
        arrive_today(state)
    } else {
        Vec::new()
    }
}

fn arrive_today(state: &State) -> Vec<Effect> {
    if state.ready && state.merged && state.plan().is_none() {
        return vec![Effect::Navigate {
            screen: Screen::Setup,
            replace: true,
        }];
    }
    Vec::new()
}
