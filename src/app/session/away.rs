//! Time, and what becomes of a session when the phone slept, its clock was set, or the app
//! was killed.

use crate::app::effect::{Effect, SoundEffect, WriteEffect, go, go_instead};
use crate::app::event::AwayChoice;
use crate::app::screen::Screen;
use crate::app::session::active::Away;
use crate::app::session::{cues, strength_run, track};
use crate::app::state::State;
use crate::session::cues::{cues, next_in_ms};
use crate::session::timeline::{Action, Clock, Stamped};

/// A session is known to be going on at least so often, milliseconds.
const SEEN_EVERY_MS: i64 = 10_000;
/// After a silence of this length (milliseconds) the runner is told, and may take it out.
const AWAY_MS: i64 = 20_000;
/// After this long without the app (milliseconds) the runner is asked first.
const ASK_MS: i64 = 60_000;
/// After a pause of this length (milliseconds) the screen may go off: ten minutes.
pub(in crate::app) const PAUSED_LONG_MS: i64 = 600_000;
/// A clock that goes back by more than this (milliseconds) was set.
const SET_BACK_MS: i64 = 500;

/// A clock that was set back: the session stands where it stood, and goes on from there.
pub(in crate::app) fn mind_the_clock(state: &mut State) -> Vec<Effect> {
    let (last, now) = (state.last_tick, state.now.ms);
    if now + SET_BACK_MS >= last {
        return Vec::new();
    }
    state.last_tick = now;
    let Some(run) = state.run_mut() else {
        return strength_run::exclude(state, last);
    };
    run.record.moments.push(Stamped {
        at: now,
        action: Action::Excluded,
        to: last,
    });
    run.record.seen = now;
    let json = run.record.to_json();
    vec![Effect::Write(WriteEffect::Live(Some(json)))]
}

/// Time went on: the cues that are due, and when to look again.
pub(in crate::app) fn tick(state: &mut State) -> Vec<Effect> {
    let (before, now) = (state.last_tick, state.now.ms);
    state.last_tick = now;
    let Some(run) = state.run().filter(|run| !run.asks()) else {
        return Vec::new();
    };
    let (was, is) = (run.record.at(before), run.record.at(now));
    let mut effects = cues::cue_effects(state, cues(&was, &is));
    if was.clock != is.clock || was.index != is.index {
        state.revision += 1;
    }
    if was.clock == Clock::Counting && now - before >= AWAY_MS {
        silence(state, before);
    }
    if is.over() && !was.over() {
        effects.push(Effect::WakeLock(false));
    }
    if paused_long(state, before) {
        // Nobody comes back for it: the battery is worth more. Going on asks for it again.
        effects.push(Effect::WakeLock(false));
    }
    effects.extend(next_in_ms(&is).map(Effect::TickIn));
    if is.clock == Clock::Counting || was.clock == Clock::Counting {
        effects.extend(seen(state, is.over()));
    }
    effects
}

/// Whether the session has come to have stood paused for long, since the tick before.
fn paused_long(state: &State, before: i64) -> bool {
    let last = state.run().and_then(|run| run.record.moments.last());
    let paused = last.filter(|m| m.action == Action::Pause).map(|m| m.at);
    paused.is_some_and(|at| (before..state.now.ms).contains(&(at + PAUSED_LONG_MS - 1)))
}

/// Nothing was seen of the session since an instant; a track that plays was its clock.
fn silence(state: &mut State, since: i64) {
    let now = state.now.ms;
    let Some(run) = state.run_mut().filter(|run| !run.track.plays) else {
        return;
    };
    // A hidden page may be let look once a minute: that is one time away, not many.
    let goes_on = run.away.filter(|away| away.to == since);
    run.away = Some(Away {
        from: goes_on.map_or(since, |away| away.from),
        to: now,
        asks: false,
    });
    state.revision += 1;
}

/// Notes now and then that the session is still going on.
fn seen(state: &mut State, at_once: bool) -> Option<Effect> {
    let now = state.now.ms;
    let record = &mut state.run_mut()?.record;
    if now - record.last_seen() < SEEN_EVERY_MS && !at_once {
        return None;
    }
    record.seen = now;
    Some(Effect::Write(WriteEffect::Live(Some(record.to_json()))))
}

/// A stored session was found at the start: it goes on, or the runner is asked first.
pub(in crate::app) fn resume_stored(state: &mut State) -> Vec<Effect> {
    let now = state.now.ms;
    let Some(run) = state.run_mut() else {
        return Vec::new();
    };
    // Asked before this page takes hold of it itself.
    let mut effects = vec![Effect::AskElsewhere, Effect::SessionRunning(true)];
    let record = &mut run.record;
    let seen = record.last_seen();
    if run.away.is_none() && !run.silent {
        // The first look at it since the app was opened.
        run.silent = true;
        if now + SET_BACK_MS < seen {
            // The clock was set back meanwhile: the place stays.
            record.moments.push(Stamped {
                at: now,
                action: Action::Excluded,
                to: seen,
            });
            record.seen = now;
            effects.push(Effect::Write(WriteEffect::Live(Some(record.to_json()))));
        } else if now - seen >= ASK_MS && record.at(seen).clock == Clock::Counting {
            run.away = Some(Away {
                from: seen,
                to: now,
                asks: true,
            });
        }
        state.last_tick = now;
        effects.extend(cues::reissue(state));
    }
    effects.push(track::keep_awake(state));
    if ![Screen::Live, Screen::Log].contains(&state.screen) {
        effects.push(go_instead(Screen::Live));
    }
    effects
}

/// What becomes of the time in which nothing was seen.
pub(in crate::app) fn choose(state: &mut State, choice: AwayChoice) -> Vec<Effect> {
    let now = state.now.ms;
    let Some(run) = state.run_mut() else {
        return Vec::new();
    };
    let Some(away) = run.away.take() else {
        return Vec::new();
    };
    // Asked first, the time to the answer belongs to it.
    let to = if away.asks { now } else { away.to };
    let record = &mut run.record;
    match choice {
        AwayChoice::Counts => {}
        AwayChoice::StoodStill => record.exclude(away.from, to),
        AwayChoice::LogIt => {
            record.exclude(away.from, to);
            record.moments.push(Stamped::new(now, Action::End));
        }
    }
    record.seen = now;
    let over = record.at(now).over();
    let mut effects = vec![Effect::Write(WriteEffect::Live(Some(record.to_json())))];
    if !over {
        run.silent = false;
        effects.push(Effect::Sound(SoundEffect::Prime));
        effects.extend(track::play(state));
    }
    state.last_tick = now;
    effects.push(track::keep_awake(state));
    effects.extend(cues::reissue(state));
    if choice == AwayChoice::LogIt {
        effects.extend(go(Screen::Log));
    }
    effects
}
