//! What there is to read, once its files were fetched: "My injury" and "Running well".

use crate::app::effect::Effect;
use crate::app::event::ReadingEvent;
use crate::app::screen::Screen;
use crate::app::state::State;
use crate::insights::injury_guide::InjuryGuide;
use crate::insights::running_cards::RunningCards;
use serde_json::{Map, Value};
use std::fmt;
use std::sync::Arc;

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingFile {
    /// "My injury".
    Injury,
    /// "Running well".
    RunningWell,
}

impl ReadingFile {
    /// The stem of its data and of its words.
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Injury => "injuries",
            Self::RunningWell => "running-well",
        }
    }

    /// What a screen shows of them.
    fn of(screen: Screen) -> Option<Self> {
        let all = [
            (Screen::Injury, Self::Injury),
            (Screen::RunningWell, Self::RunningWell),
        ];
        all.into_iter()
            .find_map(|(of, file)| (of == screen).then_some(file))
    }
}

/// A content file with its words in the runner's language.
pub struct Page<T> {
    /// What it lists.
    pub content: T,
    words: Map<String, Value>,
}

impl<T> Page<T> {
    /// The words of a key; a key that nobody wrote shows itself.
    pub fn words<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).and_then(Value::as_str).unwrap_or(key)
    }
}

/// Where a page is.
#[derive(Default)]
pub enum Loading<T> {
    /// Not asked for yet.
    #[default]
    None,
    /// On its way.
    Asked,
    /// Here.
    Here(Arc<Page<T>>),
    /// It could not be read.
    Failed,
}

impl<T> Loading<T> {
    fn read(texts: Option<&(String, String)>, parse: fn(&str) -> Option<T>) -> Self {
        let page = texts.and_then(|(data, words)| {
            let Ok(Value::Object(words)) = serde_json::from_str(words) else {
                return None;
            };
            let content = parse(data)?;
            Some(Page { content, words })
        });
        page.map_or(Self::Failed, |page| Self::Here(Arc::new(page)))
    }

    const fn is_lacking(&self) -> bool {
        matches!(self, Self::None | Self::Failed)
    }
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        match self {
            Self::None => Self::None,
            Self::Asked => Self::Asked,
            Self::Here(page) => Self::Here(page.clone()),
            Self::Failed => Self::Failed,
        }
    }
}

impl<T> PartialEq for Loading<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None)
            | (Self::Asked, Self::Asked)
            | (Self::Failed, Self::Failed) => true,
            // A page that was read is never changed.
            (Self::Here(a), Self::Here(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl<T> fmt::Debug for Loading<T> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::None => "None",
            Self::Asked => "Asked",
            Self::Here(_) => "Here",
            Self::Failed => "Failed",
        })
    }
}

/// All pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Readings {
    /// "My injury".
    pub injury: Loading<InjuryGuide>,
    /// "Running well".
    pub running_well: Loading<RunningCards>,
}

/// Asks for the page that a screen shows, where it is not here.
pub(in crate::app) fn fetch(state: &mut State, screen: Screen) -> Vec<Effect> {
    ReadingFile::of(screen).map_or_else(Vec::new, |file| ask(state, file))
}

fn ask(state: &mut State, file: ReadingFile) -> Vec<Effect> {
    let readings = &mut state.readings;
    let lacking = match file {
        ReadingFile::Injury => readings.injury.is_lacking(),
        ReadingFile::RunningWell => readings.running_well.is_lacking(),
    };
    if !lacking {
        return Vec::new();
    }
    match file {
        ReadingFile::Injury => readings.injury = Loading::Asked,
        ReadingFile::RunningWell => readings.running_well = Loading::Asked,
    }
    vec![Effect::Read(file)]
}

pub(in crate::app) fn handle(state: &mut State, event: ReadingEvent) -> Vec<Effect> {
    match event {
        ReadingEvent::Came(file, texts) => {
            let texts = texts.as_deref();
            let readings = &mut state.readings;
            match file {
                ReadingFile::Injury => {
                    readings.injury = Loading::read(texts, InjuryGuide::parse);
                }
                ReadingFile::RunningWell => {
                    readings.running_well = Loading::read(texts, RunningCards::parse);
                }
            }
            Vec::new()
        }
        ReadingEvent::Again(file) => ask(state, file),
    }
}
