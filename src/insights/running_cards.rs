//! "Running well": short cards on posture, rhythm, hills, surface, shoes, warm-up and
//! weather, as `public/running-well/running-well.json` lists them. One is put forward each
//! week from the middle of the walk-run levels on; all of them can be read at any time.

use super::sourced_text::{Line, TextSource};
use crate::rules::guidance::LevelChange;
use crate::thresholds::ladder::Ladder;
use chrono::NaiveDate;
use serde::Deserialize;

/// The level of the built-in ladder from which on a card is put forward: enough running
/// to try something in it, and not the first weeks, which have one task.
pub const FROM_LEVEL: &str = "R6";
/// Every card, in the order in which they are put forward.
pub const CARDS: [&str; 7] = [
    "posture", "cadence", "hills", "surface", "shoes", "warm-up", "weather",
];
/// Days that a card is put forward.
const CARD_DAYS: i64 = 7;

/// One card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Card {
    /// Its id, the stem of its texts.
    pub id: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct RunningCards {
    sources: Vec<TextSource>,
    cards: Vec<Card>,
}

impl RunningCards {
    /// From the file's text; `None` when it is not the file it should be.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Every card, those of [`CARDS`].
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// Every source.
    pub fn sources(&self) -> &[TextSource] {
        &self.sources
    }

    /// A source by its key.
    pub fn source(&self, key: &str) -> Option<&TextSource> {
        self.sources.iter().find(|s| s.key == key)
    }
}

/// The card of a day's week, counted from the day on which the runner had come far enough;
/// none before it.
pub fn card_of_day(since: NaiveDate, on: NaiveDate) -> Option<&'static str> {
    let week = usize::try_from((on - since).num_days().div_euclid(CARD_DAYS)).ok()?;
    CARDS.get(week % CARDS.len()).copied()
}

/// The first day on which the runner stood at [`FROM_LEVEL`], or on another ladder at a
/// level with as many minutes of running; `None` before that.
pub fn far_enough(history: &[LevelChange], ladder: &Ladder) -> Option<NaiveDate> {
    let least = Ladder::builtin().level(FROM_LEVEL)?.run_min();
    let far = |change: &&LevelChange| {
        let level = ladder.level(&change.to);
        level.is_some_and(|level| level.run_min() >= least)
    };
    history.iter().find(far).map(|change| change.on)
}
