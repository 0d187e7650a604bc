//! The audio track that carries a session's cues in a pocket. While it plays it is the
//! clock: what it has played counts.

use crate::app::effect::{Effect, SoundEffect, Track, WriteEffect};
use crate::app::event::Heard;
use crate::app::session::run;
use crate::app::state::State;
use crate::session::audio_track::CueSheet;
use crate::session::cues::{cues_ahead, script};
use crate::session::timeline::{Action, Clock, Snapshot, Stamped};

/// The track and the wall may differ by this (milliseconds) before the track is followed.
const APART_MS: i64 = 250;
/// A track that is further on than the wall by this (milliseconds) was moved, not played.
const MOVED_MS: i64 = 1000;

fn do_it(what: Track) -> Effect {
    Effect::Sound(SoundEffect::Track(what))
}

/// The pocket check, the long one or that of a minute; `None`: stop it. Never over a
/// session's own track.
pub(in crate::app) fn play_check(state: &mut State, which: Option<bool>) -> Vec<Effect> {
    if state.run().is_some() {
        return Vec::new();
    }
    let Some(long) = which else {
        return vec![do_it(Track::Stop)];
    };
    let sheet = CueSheet::check(long, state.prefs.volume.max(1));
    state.track_failed = false;
    vec![
        Effect::Sound(SoundEffect::Prime),
        do_it(Track::Play(Box::new(sheet), 0)),
    ]
}

/// In pocket mode, the track of the session as it stands now, from where it stands.
pub(in crate::app) fn play(state: &mut State) -> Option<Effect> {
    let failed = state.track_failed;
    // Without tones it still plays: it is what keeps the page alive, and the clock.
    let volume = if state.prefs.tones {
        state.prefs.volume
    } else {
        0
    };
    let (now, left_out) = (state.now.ms, state.prefs.left_out);
    let run = state.run_mut().filter(|run| run.record.pocket)?;
    let at = run.record.at(now);
    if failed || run.silent || at.over() {
        return None;
    }
    let sheet = CueSheet::of(&at, volume, left_out);
    run.track.plays = true;
    Some(do_it(Track::Play(Box::new(sheet), at.place_ms())))
}

/// The screen stays on where the cues depend on it. A track that has yet to begin is no
/// reason to let it go: some phones grant the lock within a tap alone.
pub(in crate::app) fn keep_awake(state: &State) -> Effect {
    let needs = state.run().is_some_and(|run| {
        let by_track = run.track.plays && run.track.begun;
        !run.record.at(state.now.ms).over() && !by_track
    });
    Effect::WakeLock(needs)
}

/// What the track does when the runner steers.
pub(in crate::app) fn steer(
    state: &mut State,
    what: Action,
    before: &Snapshot,
    after: &Snapshot,
) -> Vec<Effect> {
    let failed = state.track_failed;
    let Some(run) = state.run_mut().filter(|run| run.record.pocket && !failed) else {
        return Vec::new();
    };
    let plays = run.track.plays;
    let track = match what {
        Action::Pause => Track::Pause,
        // Whatever became of it meanwhile, it is laid out anew.
        Action::Resume if !plays => return play(state).into_iter().collect(),
        Action::Resume => Track::Resume,
        Action::Skip | Action::Back | Action::Seeked => return move_to(state, before, after),
        Action::Hurt | Action::UndoHurt | Action::UndoEnd => return play_anew(state, after),
        Action::End => {
            run.track.plays = false;
            return vec![do_it(Track::Stop)];
        }
        Action::Limp | Action::Excluded | Action::Played => return Vec::new(),
    };
    if plays {
        vec![do_it(track)]
    } else {
        Vec::new()
    }
}

/// The track goes to where the session went: along itself where what it holds from there
/// on is right, else laid out anew (half way is elsewhere, when less is to be done).
fn move_to(state: &mut State, before: &Snapshot, after: &Snapshot) -> Vec<Effect> {
    if !state.run().is_some_and(|run| run.track.plays) {
        return Vec::new();
    }
    let place = after.place_ms();
    let mut held = script(before);
    held.retain(|(when, _)| *when > place);
    if held == cues_ahead(after) || after.over() {
        vec![do_it(Track::Seek(place))]
    } else {
        play_anew(state, after)
    }
}

/// The track of what is left; where the session stands still, so does it.
fn play_anew(state: &mut State, after: &Snapshot) -> Vec<Effect> {
    let mut effects: Vec<Effect> = play(state).into_iter().collect();
    if !effects.is_empty() && after.clock == Clock::Paused {
        effects.push(do_it(Track::Pause));
    }
    effects
}

/// Puts the session where the track is; what was played counts, a move along it does not.
fn follow(state: &mut State, place: i64, moved: bool) -> Vec<Effect> {
    let now = state.now.ms;
    let Some(run) = state.run_mut() else {
        return Vec::new();
    };
    let moment = Stamped {
        at: now,
        action: if moved {
            Action::Seeked
        } else {
            Action::Played
        },
        to: place,
    };
    // A track that hangs says so again and again: the last word is enough.
    match run.record.moments.last_mut() {
        Some(last) if last.action == Action::Played && !moved => *last = moment,
        _ => run.record.moments.push(moment),
    }
    run.record.seen = now;
    let json = run.record.to_json();
    state.revision += 1;
    vec![Effect::Write(WriteEffect::Live(Some(json)))]
}

/// What the track says.
pub(in crate::app) fn reported(state: &mut State, report: Heard) -> Vec<Effect> {
    state.track_failed |= report == Heard::Failed;
    let now = state.now.ms;
    let Some(run) = state.run_mut() else {
        return Vec::new();
    };
    let at = run.record.at(now);
    let plays = run.track.plays;
    match report {
        Heard::At(place) => played_to(state, &at, place),
        Heard::Begun => {
            run.track.begun = true;
            vec![keep_awake(state)]
        }
        // The end of a track is a pause too, and no call.
        Heard::Paused(place) if plays && at.clock == Clock::Counting => {
            let place = place.clamp(0, at.whole_ms());
            let mut effects = follow(state, place, false);
            let over = state.run().is_none_or(|run| run.record.at(now).over());
            if !over {
                effects.extend(run::act(state, Action::Pause));
            }
            effects
        }
        Heard::Playing(_) if at.clock == Clock::Paused => run::act(state, Action::Resume),
        Heard::Sought(place) if plays && !at.over() => {
            let place = place.clamp(0, at.whole_ms());
            let mut effects = follow(state, place, true);
            let after = state.run().map(|run| run.record.at(now));
            effects.extend(after.map_or_else(Vec::new, |after| move_to(state, &at, &after)));
            effects
        }
        Heard::Ended if plays => {
            run.track.plays = false;
            if at.clock == Clock::Counting {
                follow(state, at.whole_ms(), false)
            } else {
                Vec::new()
            }
        }
        Heard::Failed => {
            run.track.plays = false;
            vec![keep_awake(state)]
        }
        Heard::Paused(_) | Heard::Playing(_) | Heard::Sought(_) | Heard::Ended => Vec::new(),
    }
}

/// The track plays and has come to a place.
fn played_to(state: &mut State, at: &Snapshot, place: i64) -> Vec<Effect> {
    let plays = state.run().is_some_and(|run| run.track.plays);
    let place = place.clamp(0, at.whole_ms());
    let ahead = place - at.place_ms();
    if !plays || at.clock != Clock::Counting || ahead.abs() <= APART_MS {
        return Vec::new();
    }
    follow(state, place, ahead > MOVED_MS)
}
