//! The running strength session: what begins, steers and ends it, and its cues.

use crate::app::effect::{Effect, SoundEffect, WriteEffect, go_instead};
use crate::app::event::StrengthEvent;
use crate::app::exercises::{Exercises, Files};
use crate::app::notice::Notice;
use crate::app::saving;
use crate::app::saving::Outcome;
use crate::app::screen::Screen;
use crate::app::session::active::ActiveSession;
use crate::app::session::away::PAUSED_LONG_MS;
use crate::app::session::cues::cue_effects;
use crate::app::session::strength_record::StrengthRun;
use crate::app::state::State;
use crate::diary::entry::{Body, Entry, Extra, Score};
use crate::diary::vocabulary::{Profile, RedFlag};
use crate::session::cues::{cues, cues_within_lead, next_in_ms};
use crate::strength::timeline;
use crate::strength::timeline::{Item, SetAction, StampedSetAction};
use crate::strength::{Concerns, compose, levels, schedule};
use std::sync::Arc;

impl State {
    /// The exercises, once they are here.
    pub fn exercises(&self) -> Option<&Arc<Exercises>> {
        match &self.files {
            Files::Here(exercises) => Some(exercises),
            Files::None | Files::Asked | Files::Failed => None,
        }
    }

    /// What cautions go by.
    pub fn concerns(&self) -> Concerns {
        Concerns::of(self.diary(), self.guidance(), self.now.day())
    }

    /// When strength may be done.
    pub fn strength_due(&self) -> schedule::Due {
        schedule::due(self.diary(), self.guidance(), self.now.day())
    }

    /// Where every pattern stands; empty until the exercises are here.
    pub fn standings(&self) -> Vec<levels::PatternStanding> {
        let profile = self.guidance().profile.unwrap_or(Profile::Bone);
        self.exercises().map_or_else(Vec::new, |e| {
            levels::standings(self.diary(), &e.library, profile, self.now.day())
        })
    }

    /// What the runner may do.
    pub fn strength_allowed(&self) -> compose::Allowed {
        compose::allowed(self.diary(), self.guidance(), self.now.day())
    }

    /// What a session would hold; empty until the exercises are here.
    pub fn strength_items(&self, short: bool) -> Vec<Item> {
        let Some(exercises) = self.exercises() else {
            return Vec::new();
        };
        compose::items(
            &exercises.library,
            &self.standings(),
            self.strength_allowed(),
            short,
            self.concerns(),
        )
    }
}

/// Whether a screen needs the exercise files and they are not here.
fn wants(state: &State, screen: Screen) -> bool {
    let needs = match screen {
        Screen::Strength
        | Screen::Exercise(_)
        | Screen::StrengthSession
        | Screen::Mobility
        | Screen::SelfTest => true,
        Screen::Edit(id) => state
            .diary()
            .get(id)
            .is_some_and(|e| matches!(e.body, Body::Strength(_))),
        Screen::Setup
        | Screen::Today
        | Screen::Journey
        | Screen::Diary
        | Screen::Progress
        | Screen::Care
        | Screen::Live
        | Screen::Log
        | Screen::Add
        | Screen::Morning
        | Screen::Check
        | Screen::Clearance
        | Screen::Appointment
        | Screen::Benchmark
        | Screen::Recovery
        | Screen::Mind
        | Screen::Settings
        | Screen::Sounds
        | Screen::Injury
        | Screen::RunningWell
        | Screen::HandOver
        | Screen::OpenPlan
        | Screen::Report
        | Screen::Backup
        | Screen::Calendar
        | Screen::Rules => false,
    };
    let lacking = match state.files {
        Files::None | Files::Failed => true,
        Files::Asked | Files::Here(_) => false,
    };
    needs && lacking
}

/// Asks for the exercise files where a screen needs them and they are not here.
pub(in crate::app) fn fetch(state: &mut State, screen: Screen) -> Vec<Effect> {
    if !wants(state, screen) {
        return Vec::new();
    }
    state.files = Files::Asked;
    vec![Effect::ReadExercises]
}

pub(in crate::app) fn handle(state: &mut State, event: StrengthEvent) -> Vec<Effect> {
    match event {
        StrengthEvent::ExercisesRead(texts) => {
            let read = texts.and_then(|texts| Exercises::parse(&texts.0, &texts.1));
            state.files = read.map_or(Files::Failed, |e| Files::Here(Arc::new(e)));
            Vec::new()
        }
        StrengthEvent::ReadExercises => {
            state.files = Files::None;
            fetch(state, Screen::Strength)
        }
        StrengthEvent::Start { short } => {
            let items = state.strength_items(short);
            start(state, items)
        }
        StrengthEvent::Act(act) => act_on(state, act),
        StrengthEvent::Discard => end(state, Screen::Strength),
    }
}

/// A stored strength session was found at the start: it goes on.
pub(in crate::app) fn resume_stored(state: &mut State) -> Vec<Effect> {
    if state.book.session.strength().is_none() {
        return Vec::new();
    }
    // This page has had no tap yet.
    state.sound_lost = true;
    let mut effects = vec![Effect::SessionRunning(true), Effect::WakeLock(true)];
    if state.screen != Screen::StrengthSession {
        effects.push(go_instead(Screen::StrengthSession));
    }
    effects
}

fn start(state: &mut State, items: Vec<Item>) -> Vec<Effect> {
    let busy = !state.book.session.is_none();
    // Held back is held back: the screen offers no button, and no other way in.
    let held = matches!(state.strength_due().when, schedule::When::Held(_));
    if busy || held || items.is_empty() || state.book.storage.read_only {
        return Vec::new();
    }
    let run = StrengthRun {
        id: state.now.id(0).to_string(),
        started: state.now.ms,
        items,
        moments: Vec::new(),
    };
    let json = run.to_json();
    state.book.session = ActiveSession::Strength(run);
    state.last_tick = state.now.ms;
    vec![
        Effect::Sound(SoundEffect::Prime),
        Effect::Write(WriteEffect::Live(Some(json))),
        Effect::SessionRunning(true),
        Effect::WakeLock(true),
        Effect::Navigate {
            screen: Screen::StrengthSession,
            replace: false,
        },
    ]
}

fn act_on(state: &mut State, action: SetAction) -> Vec<Effect> {
    let Some(run) = state.book.session.strength_mut() else {
        return Vec::new();
    };
    run.moments.push(StampedSetAction {
        at: state.now.ms,
        action,
    });
    let at = run.at(state.now.ms);
    let mut effects = vec![
        Effect::Write(WriteEffect::Live(Some(run.to_json()))),
        Effect::WakeLock(!at.over()),
    ];
    if matches!(
        action,
        SetAction::Hold | SetAction::Done { .. } | SetAction::Resume
    ) {
        state.sound_lost = false;
        effects.push(Effect::Sound(SoundEffect::Prime));
    }
    // As in a run: what was handed over for later is taken back.
    effects.push(Effect::Sound(SoundEffect::Hush));
    effects.extend(cue_effects(state, cues_within_lead(&at.line)));
    effects
}

/// The running strength session becomes an entry.
pub(in crate::app) fn log(
    state: &mut State,
    pain: u8,
    flags: Vec<RedFlag>,
    notes: String,
) -> Outcome {
    let Some(run) = state.book.session.strength().cloned() else {
        return Ok(Vec::new());
    };
    let done = run.at(state.now.ms).done;
    let pain = Score::new(pain).unwrap_or_default();
    if done.is_empty() && flags.is_empty() && pain == Score::ZERO {
        return Ok(end(state, Screen::Strength));
    }
    let entry = Entry {
        id: run.entry_id().unwrap_or_else(|| state.now.id(0)),
        // The day it began on is the day it belongs to.
        at: state.now.instant(run.started),
        edited_at: None,
        deleted: false,
        notes,
        flags,
        body: Body::Strength(timeline::entry(&run.items, &done, pain)),
        extra: Extra::new(),
    };
    let mut effects = saving::keep(state, entry)?;
    effects.extend(end(state, Screen::Today));
    state.notice = Some(Notice::Kept);
    Ok(effects)
}

fn end(state: &mut State, then: Screen) -> Vec<Effect> {
    if state.book.session.strength().is_none() {
        return Vec::new();
    }
    state.book.session = ActiveSession::None;
    vec![
        Effect::Write(WriteEffect::Live(None)),
        Effect::SessionRunning(false),
        Effect::WakeLock(false),
        Effect::Sound(SoundEffect::Hush),
        go_instead(then),
    ]
}

/// The running strength session was steered, or ended, in another window.
pub(in crate::app) fn other_tab(state: &mut State, theirs: Option<StrengthRun>) -> Vec<Effect> {
    match (theirs, state.book.session.strength_mut()) {
        (None, _) => {
            state.book.session = ActiveSession::None;
            return vec![Effect::SessionRunning(false), Effect::WakeLock(false)];
        }
        (Some(theirs), Some(ours)) if theirs.id == ours.id => *ours = theirs,
        (Some(_), _) => {}
    }
    Vec::new()
}

/// A clock that was set back: the session stands where it stood.
pub(in crate::app) fn exclude(state: &mut State, from: i64) -> Vec<Effect> {
    let Some(run) = state.book.session.strength_mut() else {
        return Vec::new();
    };
    run.moments.push(StampedSetAction {
        at: state.now.ms,
        action: SetAction::Excluded(from),
    });
    vec![Effect::Write(WriteEffect::Live(Some(run.to_json())))]
}

/// Time went on: the cues that are due, as in a run, and when to look again.
pub(in crate::app) fn tick(state: &mut State, before: i64) -> Vec<Effect> {
    let Some(run) = state.book.session.strength() else {
        return Vec::new();
    };
    let (was, is) = (run.at(before), run.at(state.now.ms));
    if (was.phase, was.index) != (is.phase, is.index) {
        state.revision += 1;
    }
    let mut effects = cue_effects(state, cues(&was.line, &is.line));
    let last = state
        .book
        .session
        .strength()
        .and_then(|run| run.moments.last());
    let paused = last.filter(|m| m.action == SetAction::Pause).map(|m| m.at);
    if paused.is_some_and(|at| (before..state.now.ms).contains(&(at + PAUSED_LONG_MS - 1))) {
        effects.push(Effect::WakeLock(false));
    }
    effects.extend(next_in_ms(&is.line).map(Effect::TickIn));
    effects
}
