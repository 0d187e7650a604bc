//! The session runs in another window: this one follows, or takes it over.

use crate::app::effect::{Effect, SoundEffect, WriteEffect};
use crate::app::session::active::{ActiveSession, Run};
use crate::app::session::run::let_go_of;
use crate::app::session::run_record::RunRecord;
use crate::app::session::{cues, track};
use crate::app::state::State;
use std::mem::take;

/// Another page says that it holds the stored session.
pub(in crate::app) fn runs_there(state: &mut State) -> Vec<Effect> {
    let session = &mut state.book.session;
    match take(session) {
        ActiveSession::Run(run) => {
            let effects = let_go_of(&run);
            *session = ActiveSession::OtherWindow(Some(run.record));
            effects
        }
        other @ (ActiveSession::None
        | ActiveSession::Strength(_)
        | ActiveSession::OtherWindow(_)) => {
            *session = other;
            Vec::new()
        }
    }
}

/// Another window wrote, or removed, the running session.
pub(in crate::app) fn other_tab(state: &mut State, theirs: Option<RunRecord>) -> Vec<Effect> {
    let session = &mut state.book.session;
    match (take(session), theirs) {
        // It ended there.
        (ActiveSession::Run(run), None) => return let_go_of(&run),
        (ActiveSession::Run(mut run), Some(theirs)) if run.record.id == theirs.id => {
            if run.record.turn < theirs.turn {
                // It was taken over there.
                *session = ActiveSession::OtherWindow(Some(theirs));
                return let_go_of(&run);
            }
            // The same session, steered from a window that has not heard yet: follow it.
            if run.record.turn == theirs.turn {
                run.record = theirs;
            }
            *session = ActiveSession::Run(run);
        }
        (ours @ (ActiveSession::Run(_) | ActiveSession::Strength(_)), _) => *session = ours,
        (ActiveSession::None | ActiveSession::OtherWindow(_), None) => {}
        (ActiveSession::None | ActiveSession::OtherWindow(_), theirs @ Some(_)) => {
            *session = ActiveSession::OtherWindow(theirs);
        }
    }
    Vec::new()
}

/// A strength session runs in another window: it cannot be taken over.
pub(in crate::app) fn strength_there(state: &mut State) {
    let session = &mut state.book.session;
    if !session.is_here() {
        *session = ActiveSession::OtherWindow(None);
    }
}

/// Goes on with it in this one.
pub(in crate::app) fn take_over(state: &mut State) -> Vec<Effect> {
    let ActiveSession::OtherWindow(Some(record)) = &state.book.session else {
        return Vec::new();
    };
    let mut record = record.clone();
    record.turn += 1;
    let json = record.to_json();
    state.book.session = ActiveSession::Run(Run::new(record));
    state.last_tick = state.now.ms;
    let mut effects = vec![
        Effect::Sound(SoundEffect::Prime),
        Effect::Write(WriteEffect::Live(Some(json))),
        Effect::SessionRunning(true),
    ];
    effects.extend(track::play(state));
    effects.push(track::keep_awake(state));
    effects.extend(cues::reissue(state));
    effects
}
