//! A diary and what follows from it: guidance, saves, the session that runs.

use crate::app::event::StoreFault;
use crate::app::forms::setup_form::SetupForm;
use crate::app::now::Now;
use crate::app::prefs::Prefs;
use crate::app::session::active::ActiveSession;
use crate::app::session::run_record::RunRecord;
use crate::app::shown::{RulesNews, Shown};
use crate::diary::Diary;
use crate::diary::codec::FieldError;
use crate::diary::entry::Entry;
use crate::diary::merge::MergePlan;
use crate::rules::guidance::Guidance;
use crate::rules::progression;
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The schema this version writes to `footing/meta`. A greater one opens read-only.
pub const SCHEMA: u64 = 1;

/// Where the saving of one entry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Held back until both stores were merged.
    Waiting,
    /// On its way.
    Sent,
    /// Not stored durably: what each store answered.
    Failed {
        /// localStorage's answer.
        local: Option<StoreFault>,
        /// IndexedDB's answer.
        indexed_db: Option<StoreFault>,
    },
}

impl Saving {
    /// Whether it is not stored durably.
    fn failed(&self) -> bool {
        match self {
            Self::Failed { .. } => true,
            Self::Waiting | Self::Sent => false,
        }
    }
}

/// An entry that is not yet known to be on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// What is to be written.
    pub json: String,
    /// Where it stands.
    pub saving: Saving,
    /// Writes of it not answered yet: the last answer counts.
    pub in_flight: u32,
}

/// All saves taken together, as the runner sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing was written since the start.
    Idle,
    /// At least one is on its way.
    Saving,
    /// Everything is on disk.
    Saved,
    /// At least one is not.
    Failed,
}

/// An item that could not be read and was set aside.
#[derive(Debug, Clone, PartialEq)]
pub struct Damaged {
    /// Its id, as it stood in the key.
    pub id: String,
    /// Its text, as it was found.
    pub raw: String,
    /// What is wrong with it.
    pub faults: Vec<FieldError>,
}

/// How the stores stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Storage {
    /// Why localStorage does not take entries.
    pub local: Option<StoreFault>,
    /// Why IndexedDB does not.
    pub indexed_db: Option<StoreFault>,
    /// The browser promised to keep the storage.
    pub persisted: Option<bool>,
    /// Written by a newer version: nothing is changed here.
    pub read_only: bool,
    /// Items set aside.
    pub damaged: Vec<Damaged>,
}

/// What can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub enum Undo {
    /// A removal, or a change: the entry as it was.
    Entry(Box<Entry>),
    /// A session that was thrown away.
    Session(Box<RunRecord>),
}

/// A backup that was read and waits for consent.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPreview {
    /// What would change.
    pub plan: MergePlan,
    /// Entries that were refused, and why.
    pub faults: Vec<FieldError>,
    /// Items that were set aside where it was made and are not known here: id and text.
    pub damaged: Vec<(String, String)>,
    /// These settings with those it brings, where they differ.
    pub prefs: Option<Prefs>,
    /// The runner wants them.
    pub take_prefs: bool,
}

impl ImportPreview {
    /// Whether accepting it would change nothing.
    pub fn is_empty(&self) -> bool {
        self.plan.is_empty() && self.damaged.is_empty() && self.prefs.is_none()
    }
}

/// A diary and what follows from it. The demo brings a book of its own, and the runner's is
/// put aside whole until it is left.
#[derive(Debug, Clone)]
pub struct Book {
    /// All entries.
    diary: Diary,
    /// What today asks for.
    guidance: Guidance,
    /// The diary changed since it was judged.
    unjudged: bool,
    /// The instant at which an entry that is dated after today, and lies ahead, will be past:
    /// from then on it counts today.
    past_from: Option<DateTime<FixedOffset>>,
    /// The session that runs.
    pub session: ActiveSession,
    /// Entries not yet known to be on disk.
    pub pending: BTreeMap<Uuid, Pending>,
    /// Something was written since the start.
    pub wrote: bool,
    /// The stores.
    pub storage: Storage,
    /// What can be taken back.
    pub undo: Option<Undo>,
    /// A backup that waits for consent.
    pub import: Option<ImportPreview>,
    /// The first questions.
    pub setup: SetupForm,
    /// What the rules showed when it was last written.
    pub(in crate::app) shown: Option<Shown>,
    /// Whether other rules hold since the last start.
    pub(in crate::app) rules_news: RulesNews,
}

impl Book {
    /// A diary, as it asks on that day, with nothing under way.
    pub(in crate::app) fn new(diary: Diary, now: &Now) -> Self {
        Self {
            guidance: progression::guidance_at(&diary, now.day(), Some(now.at())),
            past_from: past_from(&diary, now),
            diary,
            unjudged: false,
            session: ActiveSession::None,
            pending: BTreeMap::new(),
            wrote: false,
            storage: Storage::default(),
            undo: None,
            import: None,
            setup: SetupForm::default(),
            shown: None,
            rules_news: RulesNews::Unread,
        }
    }

    /// All entries.
    pub fn diary(&self) -> &Diary {
        &self.diary
    }

    /// What the day asks for.
    pub fn guidance(&self) -> &Guidance {
        &self.guidance
    }

    /// Puts an entry into the diary.
    pub(in crate::app) fn put(&mut self, entry: Entry) {
        self.diary.insert(entry);
        self.unjudged = true;
    }

    /// Takes a whole diary.
    pub(in crate::app) fn take_diary(&mut self, diary: Diary) {
        self.diary = diary;
        self.unjudged = true;
    }

    /// The days have gone on since it was open.
    pub(in crate::app) fn reopen(&mut self) {
        self.unjudged = true;
    }

    /// What the diary asks for, when it changed, the day did, or an entry ahead became past:
    /// whether it was found anew.
    pub(in crate::app) fn judge_if(&mut self, new_day: bool, now: &Now) -> bool {
        let reached = self.past_from.is_some_and(|at| at <= now.at());
        let anew = std::mem::take(&mut self.unjudged) || new_day || reached;
        if anew {
            self.guidance = progression::guidance_at(&self.diary, now.day(), Some(now.at()));
            self.past_from = past_from(&self.diary, now);
        }
        anew
    }

    /// All saves taken together.
    pub fn save_state(&self) -> SaveState {
        if self.pending.values().any(|p| p.saving.failed()) {
            SaveState::Failed
        } else if !self.pending.is_empty() {
            SaveState::Saving
        } else if self.wrote {
            SaveState::Saved
        } else {
            SaveState::Idle
        }
    }
}

/// The next instant at which an entry dated after today is past.
fn past_from(diary: &Diary, now: &Now) -> Option<DateTime<FixedOffset>> {
    let (at, today) = (now.at(), now.day());
    let ahead = diary.seen().filter(|e| e.at > at && e.day() > today);
    ahead.map(|e| e.at).min()
}
