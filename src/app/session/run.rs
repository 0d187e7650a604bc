//! The running session: what begins, steers and ends it, its cues, the audio track
//! that gives them in a pocket, and what becomes of it when the phone slept, the app
//! was killed or a second window opened.

use crate::app::effect::{CueWays, Effect, SoundEffect, Track, WriteEffect, go, go_instead};
use crate::app::event::{AwayChoice, Heard, SessionEvent, SoundEvent};
use crate::app::screen::Screen;
use crate::app::session::run_record::Live;
use crate::app::session::strength_run;
use crate::app::state::{Away, State};
use crate::rules::guidance::Prescription;
use crate::session::audio_track::CueSheet;
use crate::session::cues::{Cue, ahead, cues, next_in_ms, script, soon};
use crate::session::plan::{Phase, SessionPlan};
use crate::session::timeline::{Act, Moment, Running, Snapshot};

/// Seconds of the easy walk that is offered where a run is not.
const EASY_WALK_S: u32 = 10 * 60;
/// A session is known to be going on at least so often, milliseconds.
const SEEN_EVERY_MS: i64 = 10_000;
/// After a silence of this length (milliseconds) the runner is told, and may take it out.
const AWAY_MS: i64 = 20_000;
/// After this long without the app (milliseconds) the runner is asked first.
const ASK_MS: i64 = 60_000;
/// A clock that goes back by more than this (milliseconds) was set.
const SET_BACK_MS: i64 = 500;
/// The track and the wall may differ by this (milliseconds) before the track is followed.
const APART_MS: i64 = 250;
/// A track that is further on than the wall by this (milliseconds) was moved, not played.
const MOVED_MS: i64 = 1000;

/// What the runner, the track or another window does to the session.
pub(in crate::app) fn handle(state: &mut State, event: SessionEvent) -> Vec<Effect> {
    match event {
        SessionEvent::Start { level, pain } => start(state, level.as_deref(), pain),
        SessionEvent::StartWalk { pain } => {
            let walk = SessionPlan::easy_walk(EASY_WALK_S);
            begin(state, walk, false, pain)
        }
        SessionEvent::Pause => act(state, Act::Pause),
        SessionEvent::Resume => act(state, Act::Resume),
        SessionEvent::Skip => act(state, Act::Skip),
        SessionEvent::Back => act(state, Act::Back),
        SessionEvent::Hurt => act(state, Act::Hurt),
        SessionEvent::UndoHurt => act(state, Act::UndoHurt),
        SessionEvent::Limp => act(state, Act::Limp),
        SessionEvent::Finish => act(state, Act::End),
        SessionEvent::UndoFinish => act(state, Act::UndoEnd),
        SessionEvent::Discard => {
            state.discarded.clone_from(&state.live);
            end(state, Screen::Today)
        }
        SessionEvent::Away(choice) => away(state, choice),
        SessionEvent::Track(heard) => track(state, heard),
        SessionEvent::Sound => {
            state.silent = false;
            let mut effects = vec![Effect::Sound(SoundEffect::Prime)];
            effects.extend(play(state));
            effects.push(keep_awake(state));
            effects.extend(given_anew(state));
            effects
        }
        SessionEvent::Elsewhere => {
            let theirs = state.live.take();
            let was_ours = theirs.is_some();
            state.live_elsewhere = was_ours || state.live_elsewhere;
            state.elsewhere = theirs.or(state.elsewhere.take());
            if was_ours {
                return let_go(state);
            }
            Vec::new()
        }
        SessionEvent::TakeOver => take_over(state),
    }
}

/// Cues are tried out.
pub(in crate::app) fn try_out(state: &mut State, event: SoundEvent) -> Vec<Effect> {
    match event {
        SoundEvent::TryCue(cue) => {
            let ways = ways(state, cue);
            vec![
                Effect::Sound(SoundEffect::Prime),
                Effect::Sound(SoundEffect::Cue(ways)),
            ]
        }
        // Never over a session's own track.
        SoundEvent::PlayCheck(_) if state.live.is_some() => Vec::new(),
        SoundEvent::PlayCheck(Some(long)) => {
            let score = CueSheet::check(long, state.prefs.volume.max(1));
            state.track_failed = false;
            vec![
                Effect::Sound(SoundEffect::Prime),
                Effect::Sound(SoundEffect::Track(Track::Play(Box::new(score), 0))),
            ]
        }
        SoundEvent::PlayCheck(None) => vec![Effect::Sound(SoundEffect::Track(Track::Stop))],
    }
}

/// A clock that was set back: the session stands where it stood, and goes on from there.
pub(in crate::app) fn mind_the_clock(state: &mut State) -> Vec<Effect> {
    let (last, now) = (state.last_tick, state.now.ms);
    if now + SET_BACK_MS >= last {
        return Vec::new();
    }
    state.last_tick = now;
    let Some(live) = state.live.as_mut() else {
        return strength_run::uncount(state, last);
    };
    live.moments.push(Moment {
        at: now,
        act: Act::Uncounted,
        to: last,
    });
    live.seen = now;
    vec![Effect::Write(WriteEffect::Live(Some(live.to_json())))]
}

/// Cues that are due, each with the milliseconds until it, by every way that is
/// switched on; what the runner leaves out is left out.
pub(in crate::app) fn heard(state: &State, due: Vec<(Cue, i64)>) -> Vec<Effect> {
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

/// The session has come to where it is by other means than time: cues that were handed
/// over for later are taken back, and those of the next moment are handed over.
fn given_anew(state: &State) -> Vec<Effect> {
    let mut effects = vec![Effect::Sound(SoundEffect::Hush)];
    effects.extend(coming(state));
    effects
}

/// The cues of the next moment.
fn coming(state: &State) -> Vec<Effect> {
    match &state.live {
        Some(live) if !state.away.is_some_and(|a| a.asks) => {
            heard(state, soon(&live.at(state.now.ms)))
        }
        _ => Vec::new(),
    }
}

/// Time went on: the cues that are due, and when to look again.
pub(in crate::app) fn tick(state: &mut State) -> Vec<Effect> {
    let (before, now) = (state.last_tick, state.now.ms);
    state.last_tick = now;
    let Some(live) = &state.live else {
        return Vec::new();
    };
    if state.away.is_some_and(|a| a.asks) {
        return Vec::new();
    }
    let (was, is) = (live.at(before), live.at(now));
    if was.running != is.running || was.index != is.index {
        state.revision += 1;
    }
    let mut effects = heard(state, cues(&was, &is));
    if was.running == Running::Running && now - before >= AWAY_MS && !state.track {
        // A hidden page may be let look once a minute: that is one time away, not many.
        let goes_on = state.away.filter(|a| a.to == before);
        state.away = Some(Away {
            from: goes_on.map_or(before, |a| a.from),
            to: now,
            asks: false,
        });
        state.revision += 1;
    }
    if is.over() && !was.over() {
        effects.push(Effect::WakeLock(false));
    }
    effects.extend(next_in_ms(&is).map(Effect::TickIn));
    if is.running == Running::Running || was.running == Running::Running {
        effects.extend(seen(state, is.over()));
    }
    effects
}

/// Notes now and then that the session is still going on.
fn seen(state: &mut State, at_once: bool) -> Option<Effect> {
    let now = state.now.ms;
    let live = state.live.as_mut()?;
    if now - live.last_seen() < SEEN_EVERY_MS && !at_once {
        return None;
    }
    live.seen = now;
    Some(Effect::Write(WriteEffect::Live(Some(live.to_json()))))
}

/// A cue by every way that is switched on. The track gives the tones where it plays.
pub(in crate::app) fn ways(state: &State, cue: Cue) -> CueWays {
    let prefs = &state.prefs;
    let on = |on: bool, loud: u8| if on { loud } else { 0 };
    // Before the first tap a browser refuses everything but the picture.
    let may = !state.silent;
    CueWays {
        cue,
        in_ms: 0,
        tone: on(may && prefs.tones && !state.track, prefs.volume),
        vibrate: may && prefs.vibration,
        voice: on(may && prefs.voice, prefs.voice_volume),
        flash: prefs.flash,
    }
}

fn start(state: &mut State, level: Option<&str>, pain: u8) -> Vec<Effect> {
    // Only guidance makes a prescription: a paused, uncleared or resting runner has none.
    let Some(prescribed) = state.guidance.prescription() else {
        return go(Screen::Today);
    };
    let chosen: Option<Prescription> = match level {
        None => Some(prescribed.clone()),
        Some(level) => state
            .guidance
            .easier()
            .into_iter()
            .find(|p| p.level == level),
    };
    let Some(chosen) = chosen else {
        return go(Screen::Today);
    };
    begin(state, SessionPlan::new(&chosen), true, pain)
}

fn begin(state: &mut State, plan: SessionPlan, on_plan: bool, pain: u8) -> Vec<Effect> {
    if state.live.is_some() || state.live_elsewhere || state.strength.is_some() {
        return Vec::new();
    }
    let first = plan.segments.first().map_or(Phase::Walk, |s| s.phase);
    let live = Live {
        id: state.now.id(0).to_string(),
        plan,
        on_plan,
        started: state.now.ms,
        pain_before: pain.min(10),
        moments: Vec::new(),
        pocket: state.prefs.pocket,
        seen: state.now.ms,
        turn: 0,
    };
    let json = live.to_json();
    state.live = Some(live);
    state.last_tick = state.now.ms;
    state.away = None;
    state.discarded = None;
    state.silent = false;
    state.track_failed = false;
    state.track_begun = false;
    let mut effects = vec![
        Effect::Sound(SoundEffect::Prime),
        Effect::Write(WriteEffect::Live(Some(json))),
        Effect::SessionRunning(true),
    ];
    effects.extend(play(state));
    effects.push(keep_awake(state));
    effects.push(Effect::Sound(SoundEffect::Cue(ways(
        state,
        Cue::Begin(first),
    ))));
    effects.extend(coming(state));
    effects
}

/// In pocket mode, the track of the session as it stands now, from where it stands.
fn play(state: &mut State) -> Option<Effect> {
    let live = state.live.as_ref().filter(|l| l.pocket)?;
    let at = live.at(state.now.ms);
    if state.track_failed || state.silent || at.over() {
        return None;
    }
    // Without tones it still plays: it is what keeps the page alive, and the clock.
    let volume = if state.prefs.tones {
        state.prefs.volume
    } else {
        0
    };
    let score = CueSheet::of(&at, volume, state.prefs.left_out);
    state.track = true;
    Some(Effect::Sound(SoundEffect::Track(Track::Play(
        Box::new(score),
        at.place_ms(),
    ))))
}

/// The screen stays on where the cues depend on it. A track that has yet to begin is no
/// reason to let it go: some phones grant the lock within a tap alone.
fn keep_awake(state: &State) -> Effect {
    let runs = state.live.as_ref().map(|l| !l.at(state.now.ms).over());
    let track = state.track && state.track_begun;
    Effect::WakeLock(runs == Some(true) && !track)
}

fn act(state: &mut State, what: Act) -> Vec<Effect> {
    let now = state.now.ms;
    let Some(live) = state.live.as_mut() else {
        return Vec::new();
    };
    let before = live.at(now);
    live.moments.push(Moment::new(now, what));
    live.seen = now;
    let (json, after) = (live.to_json(), live.at(now));
    // The note has been read, or the session is another one by now.
    if state.away.is_some_and(|a| !a.asks) && !matches!(what, Act::Limp) {
        state.away = None;
    }
    let mut effects = vec![Effect::Write(WriteEffect::Live(Some(json)))];
    if matches!(what, Act::Resume | Act::UndoEnd) {
        // These are taps.
        state.silent = false;
        effects.push(Effect::Sound(SoundEffect::Prime));
    }
    effects.extend(steer(state, what, &before, &after));
    effects.push(keep_awake(state));
    if what != Act::Limp {
        effects.push(Effect::Sound(SoundEffect::Hush));
    }
    if after.running == Running::Done {
        if before.running != Running::Done {
            effects.push(Effect::Sound(SoundEffect::Cue(ways(state, Cue::Done))));
        }
    } else if let (Some(part), true) = (after.part(), after.index != before.index)
        && after.running == Running::Running
    {
        effects.push(Effect::Sound(SoundEffect::Cue(ways(
            state,
            Cue::Begin(part.phase),
        ))));
    }
    if what != Act::Limp {
        effects.extend(coming(state));
    }
    effects.extend(next_in_ms(&after).map(Effect::TickIn));
    effects
}

/// What the track does when the runner steers.
fn steer(state: &mut State, what: Act, before: &Snapshot, after: &Snapshot) -> Vec<Effect> {
    let pocket = state.live.as_ref().is_some_and(|l| l.pocket);
    if !pocket || state.track_failed {
        return Vec::new();
    }
    let track = match what {
        Act::Pause => Track::Pause,
        // Whatever became of it meanwhile, it is laid out anew.
        Act::Resume if !state.track => return play(state).into_iter().collect(),
        Act::Resume => Track::Resume,
        Act::Skip | Act::Back | Act::Sought => return move_to(state, before, after),
        Act::Hurt | Act::UndoHurt | Act::UndoEnd => return play_anew(state, after),
        Act::End => {
            state.track = false;
            Track::Stop
        }
        Act::Limp | Act::Uncounted | Act::Played => return Vec::new(),
    };
    if state.track || track == Track::Stop {
        vec![Effect::Sound(SoundEffect::Track(track))]
    } else {
        Vec::new()
    }
}

/// The track goes to where the session went: along itself where what it holds from there
/// on is right, else laid out anew (half way is elsewhere, when less is to be done).
fn move_to(state: &mut State, before: &Snapshot, after: &Snapshot) -> Vec<Effect> {
    if !state.track {
        return Vec::new();
    }
    let place = after.place_ms();
    let mut held = script(before);
    held.retain(|(when, _)| *when > place);
    if held == ahead(after) || after.over() {
        vec![Effect::Sound(SoundEffect::Track(Track::Seek(place)))]
    } else {
        play_anew(state, after)
    }
}

/// The track of what is left; where the session stands still, so does it.
fn play_anew(state: &mut State, after: &Snapshot) -> Vec<Effect> {
    let mut effects: Vec<Effect> = play(state).into_iter().collect();
    if !effects.is_empty() && after.running == Running::Paused {
        effects.push(Effect::Sound(SoundEffect::Track(Track::Pause)));
    }
    effects
}

/// The track plays and has come to a place: it is the clock.
pub(in crate::app) fn heard_at(state: &mut State, place: i64) -> Vec<Effect> {
    if !state.track {
        return Vec::new();
    }
    let now = state.now.ms;
    let Some(live) = state.live.as_mut() else {
        return Vec::new();
    };
    let at = live.at(now);
    let place = place.clamp(0, at.whole_ms());
    let ahead = place - at.place_ms();
    if at.running != Running::Running || ahead.abs() <= APART_MS {
        return Vec::new();
    }
    follow(state, place, ahead > MOVED_MS)
}

/// Puts the session where the track is; what was played counts, a move along it does not.
fn follow(state: &mut State, place: i64, moved: bool) -> Vec<Effect> {
    let now = state.now.ms;
    let Some(live) = state.live.as_mut() else {
        return Vec::new();
    };
    let moment = Moment {
        at: now,
        act: if moved { Act::Sought } else { Act::Played },
        to: place,
    };
    // A track that hangs says so again and again: the last word is enough.
    if let (Some(last), Act::Played) = (live.moments.last_mut(), moment.act)
        && last.act == Act::Played
    {
        *last = moment;
    } else {
        live.moments.push(moment);
    }
    live.seen = now;
    state.revision += 1;
    vec![Effect::Write(WriteEffect::Live(Some(live.to_json())))]
}

fn track(state: &mut State, heard: Heard) -> Vec<Effect> {
    state.track_failed |= heard == Heard::Failed;
    let Some(live) = state.live.as_ref() else {
        return Vec::new();
    };
    let at = live.at(state.now.ms);
    match heard {
        Heard::At(place) => heard_at(state, place),
        Heard::Begun => {
            state.track_begun = true;
            vec![keep_awake(state)]
        }
        // The end of a track is a pause too, and no call.
        Heard::Paused(place) if state.track && at.running == Running::Running => {
            let place = place.clamp(0, at.whole_ms());
            let mut effects = follow(state, place, false);
            let over = state
                .live
                .as_ref()
                .is_none_or(|l| l.at(state.now.ms).over());
            if !over {
                effects.extend(act(state, Act::Pause));
            }
            effects
        }
        Heard::Playing(_) if at.running == Running::Paused => act(state, Act::Resume),
        Heard::Sought(place) if state.track && !at.over() => {
            let place = place.clamp(0, at.whole_ms());
            let mut effects = follow(state, place, true);
            let after = state.live.as_ref().map(|l| l.at(state.now.ms));
            effects.extend(after.map_or_else(Vec::new, |after| move_to(state, &at, &after)));
            effects
        }
        Heard::Ended if state.track => {
            let effects = if at.running == Running::Running {
                follow(state, at.whole_ms(), false)
            } else {
                Vec::new()
            };
            state.track = false;
            effects
        }
        Heard::Failed => {
            state.track = false;
            vec![keep_awake(state)]
        }
        Heard::Paused(_) | Heard::Playing(_) | Heard::Sought(_) | Heard::Ended => Vec::new(),
    }
}

/// A stored session was found at the start: it goes on, or the runner is asked first.
pub(in crate::app) fn found(state: &mut State) -> Vec<Effect> {
    let now = state.now.ms;
    let Some(live) = state.live.as_mut() else {
        return Vec::new();
    };
    // Asked before this page takes hold of it itself.
    let mut effects = vec![Effect::AskElsewhere, Effect::SessionRunning(true)];
    let seen = live.last_seen();
    if state.away.is_none() && !state.silent {
        // The first look at it since the app was opened.
        state.silent = true;
        if now + SET_BACK_MS < seen {
            // The clock was set back meanwhile: the place stays.
            live.moments.push(Moment {
                at: now,
                act: Act::Uncounted,
                to: seen,
            });
            live.seen = now;
            effects.push(Effect::Write(WriteEffect::Live(Some(live.to_json()))));
        } else if now - seen >= ASK_MS && live.at(seen).running == Running::Running {
            state.away = Some(Away {
                from: seen,
                to: now,
                asks: true,
            });
        }
        state.last_tick = now;
        effects.extend(given_anew(state));
    }
    effects.push(keep_awake(state));
    if !matches!(state.screen, Screen::Live | Screen::Log) {
        effects.push(go_instead(Screen::Live));
    }
    effects
}

/// What becomes of the time in which nothing was seen.
fn away(state: &mut State, choice: AwayChoice) -> Vec<Effect> {
    let (Some(away), Some(live)) = (state.away.take(), state.live.as_mut()) else {
        return Vec::new();
    };
    // Asked first, the time to the answer belongs to it.
    let to = if away.asks { state.now.ms } else { away.to };
    if choice != AwayChoice::Counts {
        live.uncount(away.from, to);
    }
    if choice == AwayChoice::LogIt {
        live.moments.push(Moment::new(state.now.ms, Act::End));
    }
    live.seen = state.now.ms;
    state.last_tick = state.now.ms;
    let over = live.at(state.now.ms).over();
    let mut effects = vec![Effect::Write(WriteEffect::Live(Some(live.to_json())))];
    if !over {
        state.silent = false;
        effects.push(Effect::Sound(SoundEffect::Prime));
        effects.extend(play(state));
    }
    effects.push(keep_awake(state));
    effects.extend(given_anew(state));
    if choice == AwayChoice::LogIt {
        effects.extend(go(Screen::Log));
    }
    effects
}

/// Another window wrote, or removed, the running session.
pub(in crate::app) fn other_tab(state: &mut State, theirs: Option<Live>) -> Vec<Effect> {
    let Some(theirs) = theirs else {
        state.live_elsewhere = false;
        state.elsewhere = None;
        return if state.live.take().is_some() {
            let_go(state)
        } else {
            Vec::new()
        };
    };
    let ours = state.live.as_ref();
    if ours.is_some_and(|l| l.id == theirs.id && l.turn >= theirs.turn) {
        // The same session, steered from a window that has not heard yet: follow it.
        if ours.is_some_and(|l| l.turn == theirs.turn) {
            state.live = Some(theirs);
        }
        return Vec::new();
    }
    let yields = ours.is_some_and(|l| l.id == theirs.id);
    state.live_elsewhere = true;
    state.elsewhere = Some(theirs);
    if yields {
        // It was taken over there.
        state.live = None;
        return let_go(state);
    }
    Vec::new()
}

fn take_over(state: &mut State) -> Vec<Effect> {
    let Some(mut live) = state.elsewhere.take() else {
        return Vec::new();
    };
    live.turn += 1;
    let json = live.to_json();
    state.live = Some(live);
    state.live_elsewhere = false;
    state.last_tick = state.now.ms;
    state.silent = false;
    let mut effects = vec![
        Effect::Sound(SoundEffect::Prime),
        Effect::Write(WriteEffect::Live(Some(json))),
        Effect::SessionRunning(true),
    ];
    effects.extend(play(state));
    effects.push(keep_awake(state));
    effects.extend(given_anew(state));
    effects
}

/// Everything that a running session holds is let go.
pub(in crate::app) fn let_go(state: &mut State) -> Vec<Effect> {
    state.away = None;
    state.silent = false;
    let mut effects = vec![
        Effect::SessionRunning(false),
        Effect::WakeLock(false),
        Effect::Sound(SoundEffect::Hush),
    ];
    if std::mem::take(&mut state.track) {
        effects.push(Effect::Sound(SoundEffect::Track(Track::Stop)));
    }
    effects
}

/// The session is over: logged, or thrown away.
pub(in crate::app) fn end(state: &mut State, then: Screen) -> Vec<Effect> {
    state.live = None;
    let mut effects = vec![Effect::Write(WriteEffect::Live(None))];
    effects.extend(let_go(state));
    effects.push(go_instead(then));
    effects
}

/// Brings back a session that was thrown away; `None` when there is none.
pub(in crate::app) fn undo_discard(state: &mut State) -> Option<Vec<Effect>> {
    let live = state.discarded.take()?;
    if state.live.is_some() || state.live_elsewhere || state.strength.is_some() {
        return Some(Vec::new());
    }
    let json = live.to_json();
    state.live = Some(live);
    state.last_tick = state.now.ms;
    let mut effects = vec![
        Effect::Write(WriteEffect::Live(Some(json))),
        Effect::SessionRunning(true),
        keep_awake(state),
    ];
    effects.extend(given_anew(state));
    effects.extend(go(Screen::Live));
    Some(effects)
}
