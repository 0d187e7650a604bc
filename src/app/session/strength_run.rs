//! Strength: the exercises that were fetched, and the running strength session as it is
//! stored under `footing/live` (one session runs at a time, of either kind).

use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::screen::Screen;
use crate::app::session::run;
use crate::app::state::{Notice, State};
use crate::app::stores;
use crate::diary::entry::{Body, Entry, Extra, Score};
use crate::diary::vocabulary::{Profile, RedFlag};
use crate::session::cues::{cues, next_in_ms, soon};
use crate::strength::library::Library;
use crate::strength::timeline;
use crate::strength::timeline::{Act, Item, Moment, Snapshot};
use crate::strength::{compose, levels, schedule};
use serde_json::{Map, Value};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// Key of the stored session, which tells it from a running one.
const KEY: &str = "strength";

/// What the exercise files hold: the data, and its words in the runner's language.
#[derive(PartialEq)]
pub struct Exercises {
    /// The exercises.
    pub library: Library,
    words: Map<String, Value>,
}

impl fmt::Debug for Exercises {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Exercises")
    }
}

impl Exercises {
    /// From the data and the words; `None` when one is not what it should be.
    pub fn parse(data: &str, words: &str) -> Option<Self> {
        let Ok(Value::Object(words)) = serde_json::from_str(words) else {
            return None;
        };
        let library = Library::parse(data)?;
        Some(Self { library, words })
    }

    /// The words of a key; a key that nobody wrote shows itself.
    pub fn words<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).and_then(Value::as_str).unwrap_or(key)
    }
}

/// Where the exercise files are.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Files {
    /// Not asked for yet.
    #[default]
    None,
    /// On their way.
    Asked,
    /// Here.
    Here(Arc<Exercises>),
    /// They could not be read.
    Failed,
}

/// A running strength session: everything from which any second of it can be rebuilt.
#[derive(Debug, Clone, PartialEq)]
pub struct StrengthRun {
    /// Id of the entry it will become, so that one logged just before a crash is not
    /// offered twice.
    pub id: String,
    /// When it began, milliseconds since 1970.
    pub started: i64,
    /// What there is to do.
    pub items: Vec<Item>,
    /// What the runner did, in order.
    pub moments: Vec<Moment>,
}

impl StrengthRun {
    /// The session at an instant (milliseconds since 1970).
    pub fn at(&self, ms: i64) -> Snapshot {
        timeline::snapshot(&self.items, &self.moments, ms)
    }

    /// The id of the entry it will become.
    pub fn entry_id(&self) -> Option<Uuid> {
        Uuid::parse_str(&self.id).ok()
    }

    /// As stored.
    pub fn to_json(&self) -> String {
        let (items, moments) = timeline::to_json(&self.items, &self.moments);
        let mut run = Map::new();
        run.insert("id".into(), Value::from(self.id.as_str()));
        run.insert("started".into(), Value::from(self.started));
        run.insert("items".into(), items);
        run.insert("moments".into(), moments);
        let mut out = Map::new();
        out.insert(KEY.into(), Value::Object(run));
        Value::Object(out).to_string()
    }

    /// From what was stored; `None` for anything else, a running session included.
    pub fn from_json(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let run = value.get(KEY)?;
        let (items, moments) = timeline::from_json(run.get("items")?, run.get("moments")?)?;
        Some(Self {
            id: run.get("id")?.as_str()?.to_owned(),
            started: run.get("started")?.as_i64()?,
            items,
            moments,
        })
    }
}

impl State {
    /// The exercises, once they are here.
    pub fn exercises(&self) -> Option<&Arc<Exercises>> {
        match &self.files {
            Files::Here(exercises) => Some(exercises),
            _ => None,
        }
    }

    /// Site and profile that cautions go by: the strictest profile where none holds.
    pub fn injured(&self) -> (&'static str, &'static str) {
        let site = self.plan().map_or("other", |p| p.injury.site.key());
        let profile = self.guidance.profile.unwrap_or(Profile::Bone);
        (site, profile.key())
    }

    /// When strength may be done.
    pub fn strength_due(&self) -> schedule::Due {
        schedule::due(&self.diary, &self.guidance, self.now.day())
    }

    /// Where every pattern stands; empty until the exercises are here.
    pub fn standings(&self) -> Vec<levels::Standing> {
        let profile = self.guidance.profile.unwrap_or(Profile::Bone);
        self.exercises().map_or_else(Vec::new, |e| {
            levels::standings(&self.diary, &e.library, profile, self.now.day())
        })
    }

    /// What the runner may do.
    pub fn strength_allowed(&self) -> compose::Allowed {
        compose::allowed(&self.diary, &self.guidance, self.now.day())
    }

    /// What a session would hold; empty until the exercises are here.
    pub fn strength_items(&self, short: bool) -> Vec<Item> {
        let Some(exercises) = self.exercises() else {
            return Vec::new();
        };
        let (site, profile) = self.injured();
        compose::items(
            &exercises.library,
            &self.standings(),
            self.strength_allowed(),
            short,
            site,
            profile,
        )
    }
}

/// Whether a screen needs the exercise files and they are not here.
pub(in crate::app) fn wants(state: &State, screen: Screen) -> bool {
    let needs = match screen {
        Screen::Strength
        | Screen::Exercise(_)
        | Screen::StrengthSession
        | Screen::Mobility
        | Screen::SelfTest => true,
        Screen::Edit(id) => state
            .diary
            .get(id)
            .is_some_and(|e| matches!(e.body, Body::Strength(_))),
        _ => false,
    };
    needs && matches!(state.files, Files::None | Files::Failed)
}

/// Asks for the exercise files where a screen needs them and they are not here.
pub(in crate::app) fn fetch(state: &mut State, screen: Screen) -> Vec<Effect> {
    if !wants(state, screen) {
        return Vec::new();
    }
    state.files = Files::Asked;
    vec![Effect::ReadExercises]
}

pub(in crate::app) fn handle(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::ExercisesRead(texts) => {
            let read = texts.and_then(|texts| Exercises::parse(&texts.0, &texts.1));
            state.files = read.map_or(Files::Failed, |e| Files::Here(Arc::new(e)));
            Vec::new()
        }
        Event::ReadExercises => {
            state.files = Files::None;
            fetch(state, Screen::Strength)
        }
        Event::StartStrength { short } => {
            let items = state.strength_items(short);
            start(state, items)
        }
        Event::StrengthAct(act) => act_on(state, act),
        Event::StrengthLogged { pain, flags, notes } => logged(state, pain, flags, notes),
        Event::DiscardStrength => end(state, Screen::Strength),
        _ => Vec::new(),
    }
}

/// A stored strength session was found at the start: it goes on.
pub(in crate::app) fn found(state: &State) -> Vec<Effect> {
    if state.strength.is_none() {
        return Vec::new();
    }
    let mut effects = vec![Effect::SessionRunning(true), Effect::WakeLock(true)];
    if state.screen != Screen::StrengthSession {
        effects.push(Effect::Navigate {
            screen: Screen::StrengthSession,
            replace: true,
        });
    }
    effects
}

fn start(state: &mut State, items: Vec<Item>) -> Vec<Effect> {
    let busy = state.live.is_some() || state.live_elsewhere || state.strength.is_some();
    // Held back is held back: the screen offers no button, and no other way in.
    let held = matches!(state.strength_due().when, schedule::When::Held(_));
    if busy || held || items.is_empty() || state.storage.read_only {
        return Vec::new();
    }
    let run = StrengthRun {
        id: state.now.id(0).to_string(),
        started: state.now.ms,
        items,
        moments: Vec::new(),
    };
    let json = run.to_json();
    state.strength = Some(run);
    state.last_tick = state.now.ms;
    vec![
        Effect::PrimeSound,
        Effect::WriteLive(Some(json)),
        Effect::SessionRunning(true),
        Effect::WakeLock(true),
        Effect::Navigate {
            screen: Screen::StrengthSession,
            replace: false,
        },
    ]
}

fn act_on(state: &mut State, act: Act) -> Vec<Effect> {
    let Some(run) = state.strength.as_mut() else {
        return Vec::new();
    };
    run.moments.push(Moment {
        at: state.now.ms,
        act,
    });
    let at = run.at(state.now.ms);
    let mut effects = vec![
        Effect::WriteLive(Some(run.to_json())),
        Effect::WakeLock(!at.over()),
    ];
    if matches!(act, Act::Hold | Act::Done { .. } | Act::Resume) {
        effects.push(Effect::PrimeSound);
    }
    // As in a run: what was handed over for later is taken back.
    effects.push(Effect::Hush);
    effects.extend(run::heard(state, soon(&at.line)));
    effects
}

fn logged(state: &mut State, pain: u8, flags: Vec<RedFlag>, notes: String) -> Vec<Effect> {
    if state.storage.read_only {
        state.notice = Some(Notice::ReadOnly);
        return Vec::new();
    }
    let Some(run) = state.strength.clone() else {
        return Vec::new();
    };
    let done = run.at(state.now.ms).done;
    let pain = Score::new(pain).unwrap_or_default();
    if done.is_empty() && flags.is_empty() && pain == Score::ZERO {
        return end(state, Screen::Strength);
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
    let mut effects = stores::keep(state, entry);
    effects.extend(end(state, Screen::Today));
    state.notice = Some(Notice::Kept);
    effects
}

fn end(state: &mut State, then: Screen) -> Vec<Effect> {
    if state.strength.take().is_none() {
        return Vec::new();
    }
    vec![
        Effect::WriteLive(None),
        Effect::SessionRunning(false),
        Effect::WakeLock(false),
        Effect::Hush,
        Effect::Navigate {
            screen: then,
            replace: true,
        },
    ]
}

/// A clock that was set back: the session stands where it stood.
pub(in crate::app) fn uncount(state: &mut State, from: i64) -> Vec<Effect> {
    let Some(run) = state.strength.as_mut() else {
        return Vec::new();
    };
    run.moments.push(Moment {
        at: state.now.ms,
        act: Act::Uncounted(from),
    });
    vec![Effect::WriteLive(Some(run.to_json()))]
}

/// Time went on: the cues that are due, as in a run, and when to look again.
pub(in crate::app) fn tick(state: &mut State, before: i64) -> Vec<Effect> {
    let Some(run) = &state.strength else {
        return Vec::new();
    };
    let (was, is) = (run.at(before), run.at(state.now.ms));
    if (was.phase, was.index) != (is.phase, is.index) {
        state.revision += 1;
    }
    let mut effects = run::heard(state, cues(&was.line, &is.line));
    effects.extend(next_in_ms(&is.line).map(Effect::TickIn));
    effects
}
