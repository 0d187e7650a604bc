//! The timed session: what begins, steers and ends it.

use crate::app::book::Undo;
use crate::app::effect::{Effect, SoundEffect, Track, WriteEffect, go, go_instead};
use crate::app::notice::Notice;
use crate::app::screen::Screen;
use crate::app::session::active::{ActiveSession, Run};
use crate::app::session::run_record::RunRecord;
use crate::app::session::{cues, track};
use crate::app::state::State;
use crate::app::taps::{SAFETY_END_MS, SAFETY_MS};
use crate::rules::guidance::Prescription;
use crate::session::cue::Cue;
use crate::session::cues::next_in_ms;
use crate::session::plan::{Phase, SessionPlan};
use crate::session::timeline::{Action, Clock, Stamped};
use std::mem::take;

/// Begins what guidance prescribes, or an easier level.
pub(in crate::app) fn start(state: &mut State, level: Option<&str>, pain: u8) -> Vec<Effect> {
    // Only guidance makes a prescription: a paused, uncleared or resting runner has none.
    let Some(prescribed) = state.guidance().prescription() else {
        return go(Screen::Today);
    };
    let chosen: Option<Prescription> = match level {
        None => Some(prescribed.clone()),
        Some(level) => {
            let mut easier = state.guidance().easier().into_iter();
            easier.find(|p| p.level == level)
        }
    };
    let Some(chosen) = chosen else {
        return go(Screen::Today);
    };
    begin(state, SessionPlan::new(&chosen), true, pain)
}

/// Begins a session, unless one runs.
pub(in crate::app) fn begin(
    state: &mut State,
    plan: SessionPlan,
    on_plan: bool,
    pain: u8,
) -> Vec<Effect> {
    if !state.book.session.is_none() {
        return Vec::new();
    }
    if state.book.storage.read_only {
        // It could not be kept, and would be written over a newer release's.
        state.notice = Some(Notice::ReadOnly);
        return Vec::new();
    }
    let first = plan.segments.first().map_or(Phase::Walk, |s| s.phase);
    let record = RunRecord {
        id: state.now.id(0).to_string(),
        plan,
        on_plan,
        started: state.now.ms,
        offset_s: Some(state.now.offset_s),
        pain_before: pain.min(10),
        moments: Vec::new(),
        pocket: state.prefs.pocket,
        seen: state.now.ms,
        turn: 0,
    };
    let json = record.to_json();
    state.book.session = ActiveSession::Run(Run::new(record));
    state.last_tick = state.now.ms;
    state.track_failed = false;
    if let Some(Undo::Session(_)) = &state.book.undo {
        state.book.undo = None;
    }
    let mut effects = vec![
        Effect::Sound(SoundEffect::Prime),
        Effect::Write(WriteEffect::Live(Some(json))),
        Effect::SessionRunning(true),
    ];
    effects.extend(track::play(state));
    effects.push(track::keep_awake(state));
    effects.push(cues::give(state, Cue::Begin(first)));
    effects.extend(cues::upcoming(state));
    effects
}

/// The runner does something to it.
pub(in crate::app) fn act(state: &mut State, what: Action) -> Vec<Effect> {
    let now = state.now.ms;
    let Some(run) = state.run_mut() else {
        return Vec::new();
    };
    if is_second_tap(&run.record, what, now) {
        return Vec::new();
    }
    let before = run.record.at(now);
    run.record.moments.push(Stamped::new(now, what));
    run.record.seen = now;
    let after = run.record.at(now);
    // The note has been read, or the session is another one by now.
    if !run.asks() && what != Action::Limp {
        run.away = None;
    }
    let json = run.record.to_json();
    let mut effects = vec![Effect::Write(WriteEffect::Live(Some(json)))];
    if [Action::Resume, Action::UndoEnd].contains(&what) {
        // These are taps.
        run.silent = false;
        effects.push(Effect::Sound(SoundEffect::Prime));
    }
    effects.extend(track::steer(state, what, &before, &after));
    effects.push(track::keep_awake(state));
    if what != Action::Limp {
        effects.push(Effect::Sound(SoundEffect::Hush));
    }
    if after.clock == Clock::Finished {
        if before.clock != Clock::Finished {
            effects.push(cues::give(state, Cue::Done));
        }
    } else if let (Some(part), true) = (after.leg(), after.index != before.index)
        && after.clock == Clock::Counting
    {
        effects.push(cues::give(state, Cue::Begin(part.phase)));
    }
    if what != Action::Limp {
        effects.extend(cues::upcoming(state));
    }
    effects.extend(next_in_ms(&after).map(Effect::TickIn));
    effects
}

/// Whether this is the second half of a double tap on "That hurts" or "I am limping": what
/// they lead to is drawn in their place, and would take the pain back or end the session.
fn is_second_tap(record: &RunRecord, what: Action, now: i64) -> bool {
    let safety = [Action::Hurt, Action::Limp];
    let within = match what {
        Action::UndoHurt | Action::Limp => SAFETY_MS,
        Action::End => SAFETY_END_MS,
        Action::Pause
        | Action::Resume
        | Action::Skip
        | Action::Back
        | Action::Hurt
        | Action::UndoEnd
        | Action::Excluded
        | Action::Played
        | Action::Seeked => return false,
    };
    let just = |m: &Stamped| safety.contains(&m.action) && (0..within).contains(&(now - m.at));
    record.moments.iter().any(just)
}

/// Sound again, after a reload: within a tap.
pub(in crate::app) fn sound(state: &mut State) -> Vec<Effect> {
    if let Some(run) = state.run_mut() {
        run.silent = false;
    }
    let mut effects = vec![Effect::Sound(SoundEffect::Prime)];
    effects.extend(track::play(state));
    effects.push(track::keep_awake(state));
    effects.extend(cues::reissue(state));
    effects
}

/// Everything that a session of this window holds is let go.
pub(in crate::app) fn let_go(session: ActiveSession) -> Vec<Effect> {
    match session {
        ActiveSession::Run(run) => let_go_of(&run),
        ActiveSession::Strength(_) | ActiveSession::None | ActiveSession::OtherWindow(_) => {
            at_rest()
        }
    }
}

/// Everything that a timed session holds is let go.
pub(in crate::app) fn let_go_of(run: &Run) -> Vec<Effect> {
    let mut effects = at_rest();
    if run.track.plays {
        effects.push(Effect::Sound(SoundEffect::Track(Track::Stop)));
    }
    effects
}

fn at_rest() -> Vec<Effect> {
    vec![
        Effect::SessionRunning(false),
        Effect::WakeLock(false),
        Effect::Sound(SoundEffect::Hush),
    ]
}

/// The session is over: logged, or thrown away.
pub(in crate::app) fn end(state: &mut State, then: Screen) -> Vec<Effect> {
    let mut effects = vec![Effect::Write(WriteEffect::Live(None))];
    effects.extend(match state.run() {
        Some(_) => let_go(take(&mut state.book.session)),
        None => at_rest(),
    });
    effects.push(go_instead(then));
    effects
}

/// Throws it away; it can be brought back.
pub(in crate::app) fn discard(state: &mut State) -> Vec<Effect> {
    let record = state.run().map(|run| run.record.clone());
    state.book.undo = record.map(|record| Undo::Session(Box::new(record)));
    end(state, Screen::Today)
}

/// Brings back a session that was thrown away, unless another one runs by now.
pub(in crate::app) fn undo_discard(state: &mut State, record: RunRecord) -> Vec<Effect> {
    if !state.book.session.is_none() {
        return Vec::new();
    }
    let json = record.to_json();
    state.book.session = ActiveSession::Run(Run::new(record));
    state.last_tick = state.now.ms;
    let mut effects = vec![
        Effect::Write(WriteEffect::Live(Some(json))),
        Effect::SessionRunning(true),
        track::keep_awake(state),
    ];
    effects.extend(cues::reissue(state));
    effects.extend(go(Screen::Live));
    effects
}
