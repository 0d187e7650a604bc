//! Everything that can happen.

use crate::app::forms::entry_edit::EntryEdit;
use crate::app::forms::morning_form::MorningForm;
use crate::app::forms::session_form::SessionForm;
use crate::app::forms::setup_form::SetupForm;
use crate::app::prefs::{CueChoice, Language, Theme};
use crate::app::screen::Screen;
use crate::diary::entry::{Body, Clearance};
use crate::diary::vocabulary::{AbsenceReason, RedFlag};
use crate::session::cues::Cue;
use crate::session::timeline::Act;
use crate::strength::timeline::Act as StrengthAct;
use uuid::Uuid;

/// Why a store did not take what it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFault {
    /// No room left.
    Full,
    /// The browser keeps this store closed.
    Blocked,
    /// Anything else.
    Failed,
}

/// What localStorage held at the start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalRead {
    /// Items `footing/entry/<id>`: id and raw text.
    pub entries: Vec<(String, String)>,
    /// Items `footing/damaged/<id>`.
    pub damaged: Vec<(String, String)>,
    /// `footing/meta`.
    pub meta: Option<String>,
    /// `footing/prefs`.
    pub prefs: Option<String>,
    /// `footing/live`.
    pub live: Option<String>,
    /// `footing/setup`.
    pub setup: Option<String>,
    /// Why it could not be read.
    pub fault: Option<StoreFault>,
}

/// What IndexedDB held at the start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndexedDbRead {
    /// Just now localStorage holds the same entries, each with the same text: then they
    /// are not given again.
    pub same: bool,
    /// Store `entries`: id and JSON; empty when they are the same.
    pub entries: Vec<(String, String)>,
    /// Store `kv`, keys `damaged/<id>` (without the prefix).
    pub damaged: Vec<(String, String)>,
    /// Store `kv`, key `meta`.
    pub meta: Option<String>,
    /// Store `kv`, key `live`.
    pub live: Option<String>,
}

/// How the app stands on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Install {
    /// Nothing is known yet, or nothing can be offered.
    #[default]
    Unknown,
    /// Runs from the home screen.
    Standalone,
    /// The browser offers a dialog.
    Prompt,
    /// An iPhone or iPad: by hand, with the share menu.
    Ios,
}

/// What becomes of the time in which nothing was seen of a running session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwayChoice {
    /// It counts: the runner went on.
    Counts,
    /// It does not: the runner stood still.
    StoodStill,
    /// It does not, and the session ended there: log what was done.
    LogIt,
}

/// What the audio track that carries a session's cues says; places are milliseconds
/// from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It begins to play, for the first time since it was laid out.
    Begun,
    /// It plays and has come to this place.
    At(i64),
    /// It was stopped here, and not by the app: a call, the lock screen, a headset.
    Paused(i64),
    /// It plays again, and not by the app.
    Playing(i64),
    /// The runner moved along it, to this place.
    Sought(i64),
    /// It came to its end.
    Ended,
    /// It cannot be played here.
    Failed,
}

/// Where a new release stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Release {
    /// Nothing to say.
    #[default]
    Current,
    /// Everything is stored for use without network.
    ReadyOffline,
    /// A new release waits for consent.
    Waiting,
}

/// Everything that can happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// localStorage was read: the first event of all.
    Loaded(Box<LocalRead>),
    /// IndexedDB was read, or cannot be.
    IndexedDbRead(Result<Box<IndexedDbRead>, StoreFault>),
    /// Time went on.
    Tick,
    /// The hash changed, or the app asks to go somewhere.
    Navigated(Screen),
    /// Go there.
    Go(Screen),

    /// An entry was written, or not.
    Wrote {
        /// Its id.
        id: Uuid,
        /// localStorage's answer.
        local: Result<(), StoreFault>,
        /// The answer of the strict transaction.
        twin: Result<(), StoreFault>,
    },
    /// Many entries were written, or not: one answer for all of them.
    WroteMany {
        /// Their ids.
        ids: Vec<Uuid>,
        /// localStorage's answer: the first that failed.
        local: Result<(), StoreFault>,
        /// The answer of the strict transaction.
        twin: Result<(), StoreFault>,
    },
    /// Filling up localStorage after the merge failed.
    RepairFailed(StoreFault),
    /// The running session was written, or not.
    LiveWrote(Result<(), StoreFault>),
    /// Another tab changed an item; `None`: removed.
    OtherTab {
        /// The whole key.
        key: String,
        /// Its new text.
        value: Option<String>,
    },
    /// Try failed saves again.
    RetrySaves,
    /// Whether the browser promised to keep the storage.
    Persisted(bool),

    /// An answer of the first questions changed.
    SetupChanged(Box<SetupForm>),
    /// The first questions are answered.
    SetupDone,

    /// A session is logged, or an old one changed.
    Logged(Box<SessionForm>),
    /// A morning is answered.
    MorningAnswered(Box<MorningForm>),
    /// Warning signs logged by themselves.
    FlagsLogged(Vec<RedFlag>),
    /// Days away begin today.
    AbsenceBegan {
        /// Why.
        reason: AbsenceReason,
        /// With fever.
        fever: bool,
    },
    /// The open absence ended yesterday (the runner is well today).
    AbsenceEnded,
    /// A clinician's word.
    ClearanceLogged(Box<Clearance>),
    /// The self-test was done.
    SelfTested {
        /// Each item in order: passed or not, and its pain.
        answers: Vec<(bool, u8)>,
        /// Heel raises left and right, where they were counted.
        raises: [Option<f64>; 2],
    },
    /// The freedom on offer is taken up today.
    FreedomTaken,
    /// A form around the run was filled in.
    Noted(Box<EntryEdit>),
    /// A handed plan is taken as it was shown: bodies, and the words beside them.
    PlanTaken(Vec<(Body, String)>),
    /// Remove an entry; it can be undone.
    Delete(Uuid),
    /// Take the last removal back.
    Undo,
    /// The undo notice was put away.
    DismissToast,

    /// Begin the session that today's guidance prescribes, or an easier one.
    StartSession {
        /// The level; `None`: what is prescribed.
        level: Option<String>,
        /// Pain now.
        pain: u8,
    },
    /// Begin an easy walk off the plan instead.
    StartWalk {
        /// Pain now.
        pain: u8,
    },
    /// The runner did something to the running session.
    Act(Act),
    /// Throw the running session away; it can be undone.
    DiscardLive,
    /// What becomes of the time in which nothing was seen of the running session.
    Away(AwayChoice),
    /// What the audio track that carries the cues says.
    Track(Heard),
    /// Sound again, after a reload: within a tap.
    Sound,
    /// The stored session runs in another window.
    LiveElsewhere,
    /// Go on with it in this one.
    TakeOver,

    /// The exercise files were read, or could not be: the data, and the words of the
    /// page's language.
    ExercisesRead(Option<Box<(String, String)>>),
    /// Try to read them again.
    ReadExercises,
    /// Begin a strength session: every pattern, or the few that waited longest.
    StartStrength {
        /// The few.
        short: bool,
    },
    /// The runner did something to the running strength session.
    StrengthAct(StrengthAct),
    /// The running strength session is logged.
    StrengthLogged {
        /// Worst pain, 0 to 10.
        pain: u8,
        /// Warning signs.
        flags: Vec<RedFlag>,
        /// Own words.
        notes: String,
    },
    /// Throw the running strength session away.
    DiscardStrength,

    /// Choose a look.
    SetTheme(Theme),
    /// The runner chose a language.
    SetLanguage(Language),
    /// Distances in miles, or in kilometres.
    SetMiles(bool),
    /// Weeks from Sunday, or from Monday.
    SetSunday(bool),
    /// One choice about the cues.
    SetCue(CueChoice),
    /// The number that the emergency screen offers.
    SetEmergencyNumber(String),
    /// Hear, feel and see a cue.
    TryCue(Cue),
    /// Play a pocket check, the long one or that of a minute; `None`: stop it.
    PlayCheck(Option<bool>),

    /// Show the demo diary.
    DemoAsked,
    /// Its file was read, or could not be.
    DemoRead(Option<String>),
    /// Back to one's own diary.
    DemoLeft,

    /// Hand out a backup.
    Export,
    /// Read a backup; nothing is written yet.
    ImportText(String),
    /// Merge what was shown.
    ImportAccept,
    /// Forget it.
    ImportCancel,

    /// A release became ready.
    ReleaseChanged(Release),
    /// Take the waiting release.
    AcceptUpdate,
    /// What the device says about installing.
    InstallChanged(Install),
    /// Show the browser's dialog.
    InstallAccepted,
    /// Put the card away.
    InstallHidden,
    /// The wake lock is held, or not.
    WakeLockChanged(bool),
    /// A file was handed out, or could not be.
    HandedOut(bool),
}

impl Event {
    /// Whether a runner changes the diary with it: then everything is judged anew, which
    /// takes longer than a tap may in a diary of ten years.
    pub fn keeps(&self) -> bool {
        matches!(
            self,
            Event::SetupDone
                | Event::Logged(_)
                | Event::MorningAnswered(_)
                | Event::FlagsLogged(_)
                | Event::AbsenceBegan { .. }
                | Event::AbsenceEnded
                | Event::ClearanceLogged(_)
                | Event::SelfTested { .. }
                | Event::FreedomTaken
                | Event::Noted(_)
                | Event::PlanTaken(_)
                | Event::Delete(_)
                | Event::Undo
                | Event::ImportAccept
                | Event::StrengthLogged { .. }
        )
    }
}
