//! The cues of a session, by every way that is switched on.

use crate::app::effect::{CueWays, Effect, SoundEffect};
use crate::app::state::State;
use crate::session::cue::Cue;
use crate::session::cues::cues_within_lead;

/// Cues that are due, each with the milliseconds until it, by every way that is
/// switched on; what the runner leaves out is left out.
pub(in crate::app) fn cue_effects(state: &State, due: Vec<(Cue, i64)>) -> Vec<Effect> {
    due.into_iter()
        .filter(|(cue, _)| cue.bit() & state.prefs.left_out == 0)
        .map(|(cue, in_ms)| {
            Effect::Sound(SoundEffect::Cue(CueWays {
                in_ms,
                ..ways(state, cue)
            }))
        })
        .collect()
}

/// One cue, now.
pub(in crate::app) fn give(state: &State, cue: Cue) -> Effect {
    Effect::Sound(SoundEffect::Cue(ways(state, cue)))
}

/// A cue to hear, feel and see.
pub(in crate::app) fn try_out(state: &State, cue: Cue) -> Vec<Effect> {
    vec![Effect::Sound(SoundEffect::Prime), give(state, cue)]
}

/// The session has come to where it is by other means than time: cues that were handed
/// over for later are taken back, and those of the next moment are handed over.
pub(in crate::app) fn reissue(state: &State) -> Vec<Effect> {
    let mut effects = vec![Effect::Sound(SoundEffect::Hush)];
    effects.extend(upcoming(state));
    effects
}

/// The cues of the next moment.
pub(in crate::app) fn upcoming(state: &State) -> Vec<Effect> {
    match state.run() {
        Some(run) if !run.asks() => {
            cue_effects(state, cues_within_lead(&run.record.at(state.now.ms)))
        }
        _ => Vec::new(),
    }
}

/// A cue by every way that is switched on. The track gives the tones where it plays.
fn ways(state: &State, cue: Cue) -> CueWays {
    let prefs = &state.prefs;
    let on = |on: bool, loud: u8| if on { loud } else { 0 };
    let run = state.run();
    // Before the first tap a browser refuses everything but the picture.
    let may = !run.is_some_and(|run| run.silent);
    let track = run.is_some_and(|run| run.track.plays);
    CueWays {
        cue,
        in_ms: 0,
        tone: on(may && prefs.tones && !track, prefs.volume),
        vibrate: may && prefs.vibration,
        voice: on(may && prefs.voice, prefs.voice_volume),
        flash: prefs.flash,
    }
}
