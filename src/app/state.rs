//! Everything the app knows at a moment.

use crate::app::event::{Install, Release, StoreFault};
use crate::app::exercises::Files;
use crate::app::forms::session_form::SessionForm;
use crate::app::forms::setup_form::SetupForm;
use crate::app::now::Now;
use crate::app::prefs::Prefs;
use crate::app::reading::Readings;
use crate::app::screen::Screen;
use crate::app::session::active::{ActiveSession, Run};
use crate::app::session::run_record::RunRecord;
use crate::app::shown::{RulesChanged, RulesNews, Shown};
use crate::diary::Diary;
use crate::diary::backup;
use crate::diary::backup::BackupError;
use crate::diary::codec::FieldError;
use crate::diary::entry::{Absence, Entry, Kind, Plan};
use crate::diary::merge::MergePlan;
use crate::diary::vocabulary::{AbsenceReason, Profile, RedFlag, Tier};
use crate::plan::precheck;
use crate::plan::precheck::Precheck;
use crate::rules::guidance::{ChangeCause, Guidance, LevelChange};
use crate::rules::progression;
use crate::session::plan::SessionPlan;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Days after which confidence and fear are asked about again.
const MIND_DAYS: i64 = 7;

/// How long ago an entry may have been made to be what a form has just saved: ten minutes,
/// milliseconds.
const JUST_NOW_MS: i64 = 600_000;

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

/// A notice that stays until the next navigation.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// Logged: what the session's verdict is for now.
    Logged {
        /// Severity 0 to 5.
        severity: u8,
        /// It waits for the morning after.
        provisional: bool,
    },
    /// A morning was answered.
    MorningKept,
    /// Something else was kept.
    Kept,
    /// localStorage was empty, and IndexedDB held a diary all the same.
    DiaryFound,
    /// Days away begin, or were entered.
    Away(AbsenceReason),
    /// Days away are over.
    Back,
    /// A backup was merged: entries taken in.
    Imported(usize),
    /// A backup could not be read.
    ImportFailed(BackupError),
    /// Nothing is changed while the stored data is newer than the app.
    ReadOnly,
    /// A file was handed out.
    HandedOut,
    /// It could not be.
    HandOutFailed,
    /// An entry was missing something.
    Incomplete,
    /// An entry was not kept: what is wrong with it.
    Refused(Vec<FieldError>),
    /// The demo could not be read.
    NoDemo,
    /// That is not done in the demo.
    InDemo,
}

impl Notice {
    /// Whether it tells what was just kept, and goes along to the screen that shows it.
    pub(in crate::app) fn goes_along(&self) -> bool {
        match self {
            Self::Logged { .. } | Self::MorningKept | Self::Kept | Self::Away(_) | Self::Back => {
                true
            }
            Self::Imported(_)
            | Self::ImportFailed(_)
            | Self::ReadOnly
            | Self::HandedOut
            | Self::HandOutFailed
            | Self::Incomplete
            | Self::Refused(_)
            | Self::NoDemo
            | Self::InDemo
            | Self::DiaryFound => false,
        }
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
            guidance: progression::guidance(&diary, now.day()),
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
}

/// Everything the app knows at a moment.
#[derive(Debug, Clone)]
pub struct State {
    /// Changes with everything that a view could show.
    pub revision: u64,
    /// The moment of the last event.
    pub now: Now,
    /// The diary can be shown.
    pub ready: bool,
    /// Both stores were merged: from here on entries are written.
    pub merged: bool,
    /// The demo was asked for before that: it is shown then.
    pub demo_wanted: bool,
    /// The diary that is shown: the runner's, or the demo's.
    pub book: Book,
    /// While the demo is shown: the runner's own.
    pub(in crate::app) own: Option<Box<Book>>,
    /// Changes with the diary and with the day: what hangs on them is found anew.
    pub guidance_revision: u64,
    /// What fills the window.
    pub screen: Screen,
    /// Preferences.
    pub prefs: Prefs,
    /// The exercise files.
    pub files: Files,
    /// What there is to read.
    pub readings: Readings,
    /// What to ask at an appointment that is not entered yet.
    pub questions: Vec<String>,
    /// An audio track could not be played on this phone: the screen stays on instead.
    pub track_failed: bool,
    /// The screen is kept on.
    pub wake_held: bool,
    /// A notice.
    pub notice: Option<Notice>,
    /// Where a new release stands.
    pub release: Release,
    /// How the app stands on this device.
    pub install: Install,
    /// Ids and raw texts of localStorage until the merge is done.
    pub(in crate::app) local_texts: Vec<(String, String)>,
    /// When the last tick was, milliseconds since 1970.
    pub(in crate::app) last_tick: i64,
}

impl State {
    /// Before anything was read.
    pub fn new(now: Now) -> Self {
        Self {
            revision: 0,
            now,
            ready: false,
            merged: false,
            demo_wanted: false,
            book: Book::new(Diary::default(), &now),
            own: None,
            guidance_revision: 0,
            screen: Screen::Today,
            prefs: Prefs::default(),
            files: Files::None,
            readings: Readings::default(),
            questions: Vec::new(),
            track_failed: false,
            wake_held: false,
            notice: None,
            release: Release::Current,
            install: Install::Unknown,
            local_texts: Vec::new(),
            last_tick: now.ms,
        }
    }

    /// All entries.
    pub fn diary(&self) -> &Diary {
        &self.book.diary
    }

    /// What today asks for.
    pub fn guidance(&self) -> &Guidance {
        &self.book.guidance
    }

    /// What other rules moved since the last start, until the runner has put it away.
    pub fn rules_changed(&self) -> Option<&RulesChanged> {
        match &self.book.rules_news {
            RulesNews::Changed(changed) => Some(changed),
            RulesNews::Unread | RulesNews::None => None,
        }
    }

    /// Whether the demo is shown.
    pub fn in_demo(&self) -> bool {
        self.own.is_some()
    }

    /// The timed session of this window.
    pub fn run(&self) -> Option<&Run> {
        self.book.session.run()
    }

    /// The same, to change it.
    pub(in crate::app) fn run_mut(&mut self) -> Option<&mut Run> {
        self.book.session.run_mut()
    }

    /// Puts an entry into the diary.
    pub(in crate::app) fn put(&mut self, entry: Entry) {
        self.book.diary.insert(entry);
        self.book.unjudged = true;
    }

    /// Takes a whole diary.
    pub(in crate::app) fn take_diary(&mut self, diary: Diary) {
        self.book.diary = diary;
        self.book.unjudged = true;
    }

    /// Opens another book, and hands back the one that was open.
    pub(in crate::app) fn open(&mut self, book: Book) -> Book {
        let closed = std::mem::replace(&mut self.book, book);
        self.book.unjudged = true;
        closed
    }

    /// What the diary asks for, when it changed or the day did.
    pub(in crate::app) fn judge_if(&mut self, new_day: bool) {
        if !(std::mem::take(&mut self.book.unjudged) || new_day) {
            return;
        }
        self.book.guidance = progression::guidance(&self.book.diary, self.now.day());
        self.guidance_revision += 1;
        if let Some(Notice::Logged {
            severity,
            provisional,
        }) = &mut self.notice
        {
            *severity = self.book.guidance.severity.unwrap_or(0);
            *provisional = self.book.guidance.provisional;
        }
    }

    /// All saves taken together.
    pub fn save_state(&self) -> SaveState {
        if self.book.pending.values().any(|p| p.saving.failed()) {
            SaveState::Failed
        } else if !self.book.pending.is_empty() {
            SaveState::Saving
        } else if self.book.wrote {
            SaveState::Saved
        } else {
            SaveState::Idle
        }
    }

    /// The standing plan.
    pub fn plan(&self) -> Option<&Plan> {
        self.diary().plan_on(self.now.day())
    }

    /// Urgent warning signs that were told of, each once: what a clinician may know of.
    pub fn urgent_flags(&self) -> Vec<RedFlag> {
        let profile = self.guidance().profile.unwrap_or(Profile::Joint);
        let mut told: Vec<RedFlag> = Vec::new();
        for flag in self
            .diary()
            .all()
            .filter(|e| !e.deleted)
            .flat_map(|e| &e.flags)
        {
            if flag.tier(profile) == Tier::Urgent && !told.contains(flag) {
                told.push(*flag);
            }
        }
        told
    }

    /// Whether a session runs, of either kind.
    pub fn in_session(&self) -> bool {
        self.book.session.is_here()
    }

    /// The change of level that days away made, unless a session came after it.
    pub fn moved_while_away(&self) -> Option<&LevelChange> {
        let change = self.guidance().history.last()?;
        let since = self.diary().sessions(change.on..).next().is_some();
        (change.cause == ChangeCause::Gap && !since).then_some(change)
    }

    /// Whether confidence and fear are to be asked about: a week after the last answer.
    pub fn mind_due(&self) -> bool {
        let today = self.now.day();
        let mut minds = self.diary().of_kind(Kind::Mind).rev();
        !minds.any(|e| (today - e.day()).num_days() < MIND_DAYS)
    }

    /// The open illness or other absence, if one stands.
    pub fn open_absence(&self) -> Option<&Entry> {
        let today = self.now.day();
        let stands = |a: &Absence| a.from <= today && a.until.is_none_or(|u| u >= today);
        let mut all = self.diary().absences();
        let open = all.find(|(_, a)| stands(a) && !a.is_one_day());
        open.map(|(entry, _)| entry)
    }

    /// Whether the diary holds these warning signs together, told of just now or today.
    pub fn holds_red_flags(&self, flags: &[RedFlag]) -> bool {
        let today = self.now.day();
        let just_now = self.now.ms - JUST_NOW_MS;
        let recent = |e: &Entry| {
            let edited = e.edited_at.map_or(0, |at| at.timestamp_millis());
            e.day() == today || backup::made_ms(e).max(edited) >= just_now
        };
        let holds = |e: &Entry| flags.iter().all(|flag| e.flags.contains(flag));
        self.diary()
            .all()
            .any(|e| !e.deleted && recent(e) && holds(e))
    }

    /// Whether the morning of that day was answered.
    pub fn morning_answered(&self, day: chrono::NaiveDate) -> bool {
        self.diary().morning_of(day).is_some()
    }

    /// A log draft for what is on the plan today, or for the running session.
    pub fn log_draft(&self) -> SessionForm {
        if let Some(run) = self.run() {
            return SessionForm::from_live(&run.record, &self.now);
        }
        match self.guidance().prescription() {
            Some(p) => {
                let plan = SessionPlan::new(p);
                let minutes = |s: u32| f64::from(s) / 60.0;
                SessionForm::blank(&self.now, Some(p.level.clone()), p.activity).with_minutes(
                    minutes(plan.run_s()),
                    minutes(plan.total_s() - plan.run_s()),
                )
            }
            None => SessionForm::blank(&self.now, None, crate::diary::vocabulary::Movement::Walk),
        }
    }

    /// What the three answers before Start lead to; without a plan, by the strictest profile.
    pub fn precheck(&self, pain: u8, limp: bool, well: bool) -> Precheck {
        let (profile, baseline) = self
            .guidance()
            .measure
            .map_or((Profile::Bone, 0), |m| (m.profile, m.baseline));
        precheck::check(profile, baseline, pain, limp, well)
    }

    /// Whether the answer for a morning asks if the pain settled within the hour: the
    /// session of the day before left pain above the usual (row A).
    pub fn asks_settled(&self, morning: chrono::NaiveDate) -> bool {
        let usual = self.guidance().measure.map_or(0, |m| m.baseline);
        let Some(before) = morning.pred_opt() else {
            return false;
        };
        let mut sessions = self.diary().sessions(before..=before);
        sessions.any(|(_, session)| session.pain_after.get() > usual)
    }
}
