//! What runs: a timed session, or a strength session.

pub mod active;
mod away;
mod cues;
mod other_window;
pub(in crate::app) mod run;
pub mod run_record;
pub mod strength_record;
pub(in crate::app) mod strength_run;
mod track;

use crate::app::effect::{Effect, SoundEffect};
use crate::app::event::{SessionEvent, SoundEvent};
use crate::app::state::State;
use crate::session::cue::Cue;
use crate::session::plan::SessionPlan;
use crate::session::timeline::Action;
pub use active::{ActiveSession, Away, CueTrack, Run};

pub(in crate::app) use away::{mind_the_clock, resume_stored, tick};
pub(in crate::app) use other_window::{other_tab, strength_there};
pub(in crate::app) use run::{end, let_go, undo_discard};

/// Seconds of the easy walk that is offered where a run is not.
const EASY_WALK_S: u32 = 10 * 60;

/// What the runner, the track or another window does to the session.
pub(in crate::app) fn handle(state: &mut State, event: SessionEvent) -> Vec<Effect> {
    match event {
        SessionEvent::Start { level, pain } => run::start(state, level.as_deref(), pain),
        SessionEvent::StartWalk { pain } => {
            run::begin(state, SessionPlan::easy_walk(EASY_WALK_S), false, pain)
        }
        SessionEvent::Pause => run::act(state, Action::Pause),
        SessionEvent::Resume => run::act(state, Action::Resume),
        SessionEvent::Skip => run::act(state, Action::Skip),
        SessionEvent::Back => run::act(state, Action::Back),
        SessionEvent::Hurt => run::act(state, Action::Hurt),
        SessionEvent::UndoHurt => run::act(state, Action::UndoHurt),
        SessionEvent::Limp => run::act(state, Action::Limp),
        SessionEvent::Finish => run::act(state, Action::End),
        SessionEvent::UndoFinish => run::act(state, Action::UndoEnd),
        SessionEvent::Discard => run::discard(state),
        SessionEvent::Away(choice) => away::choose(state, choice),
        SessionEvent::Track(report) => track::reported(state, report),
        SessionEvent::Sound => run::sound(state),
        SessionEvent::Elsewhere => other_window::runs_there(state),
        SessionEvent::TakeOver => other_window::take_over(state),
    }
}

/// Cues are tried out.
pub(in crate::app) fn try_out(state: &mut State, event: SoundEvent) -> Vec<Effect> {
    match event {
        SoundEvent::TryCue(cue) => cues::try_out(state, cue),
        SoundEvent::PlayCheck(which) => track::play_check(state, which),
        SoundEvent::Ready => {
            state.sound_lost = false;
            vec![Effect::Sound(SoundEffect::Prime)]
        }
        SoundEvent::TimerBegins => vec![Effect::Sound(SoundEffect::Prime), Effect::WakeLock(true)],
        SoundEvent::TimerOver => vec![
            cues::give(state, Cue::Done),
            Effect::WakeLock(state.in_session()),
        ],
        SoundEvent::TimerStopped => vec![Effect::WakeLock(state.in_session())],
    }
}
