//! What the rules last showed, stored under `footing/shown`: so that a release with other
//! rules can say, once, what moved by them and not by anything the runner did.

use crate::diary::vocabulary::Stage;
use crate::rules;
use crate::rules::guidance::Guidance;
use serde::{Deserialize, Serialize};

/// The rules of the releases that did not store what they showed.
const FIRST_RULES: u32 = 1;

/// What the rules show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The number of the rules ([`rules::NUMBER`]).
    pub rules: u32,
    /// The stage.
    pub stage: Option<Stage>,
    /// The runner's own level.
    pub level: Option<String>,
    /// Running is paused.
    #[serde(default)]
    pub paused: bool,
}

impl Shown {
    /// What the rules of this release show.
    pub fn of(guidance: &Guidance) -> Self {
        Self {
            rules: rules::NUMBER,
            stage: guidance.stage,
            level: guidance.standing_level.clone(),
            paused: guidance.paused_since.is_some(),
        }
    }

    /// From what was stored; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// As stored.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The rules are others than those that showed something last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesChanged {
    /// What the old ones showed; `None`: it was not stored, and there is nothing to compare.
    pub before: Option<Shown>,
    /// What the new ones show.
    pub now: Shown,
}

impl RulesChanged {
    /// Whether other rules than those of this release showed something last, in a diary that
    /// was there before.
    pub fn since(before: Option<&Shown>, now: &Shown) -> Option<Self> {
        let last = before.map_or(FIRST_RULES, |before| before.rules);
        (last < now.rules).then(|| Self {
            before: before.cloned(),
            now: now.clone(),
        })
    }
}

/// Where the comparison of the start stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum RulesNews {
    /// Both stores are still being read.
    #[default]
    Unread,
    /// Other rules hold since the last start, and the runner has not put that away yet.
    Changed(Box<RulesChanged>),
    /// There is nothing to tell.
    None,
}
