//! Everything that can happen.

use crate::app::forms::entry_edit::EntryEdit;
use crate::app::forms::morning_form::MorningForm;
use crate::app::forms::session_form::SessionForm;
use crate::app::forms::setup_form::SetupForm;
use crate::app::prefs::{CueChoice, Language, Theme};
use crate::app::reading::ReadingFile;
use crate::app::screen::Screen;
use crate::diary::backup::BackupError;
use crate::diary::entry::{Body, Clearance};
use crate::diary::vocabulary::{AbsenceReason, RedFlag};
use crate::session::cue::Cue;
use crate::strength::timeline::SetAction;
use chrono::NaiveDate;
use std::mem::discriminant;
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
    /// `footing/shown`.
    pub shown: Option<String>,
    /// The phone's time zone, such as `America/New_York`; empty: not known.
    pub zone: String,
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
    /// Inside another app, such as a messenger: what is stored there nobody sees again.
    InApp,
}

impl Install {
    /// Whether a browser that calls itself so is part of another app: a messenger, a mail
    /// or a search app. `standalone`: it runs from the home screen.
    ///
    /// Android marks its web views with `; wv)`; on an iPhone all but Safari's own pages
    /// and browsers lack `Safari/`, as do apps of the home screen. The rest say their names.
    pub fn is_in_app(agent: &str, standalone: bool) -> bool {
        const NAMES: [&str; 15] = [
            "; wv)",
            "FBAN",
            "FBAV",
            "FB_IAB",
            "Instagram",
            "WhatsApp",
            "Snapchat",
            "Line/",
            "MicroMessenger",
            "Twitter",
            "LinkedInApp",
            "Pinterest/",
            "BytedanceWebview",
            "musical_ly",
            "GSA/",
        ];
        let named = NAMES.iter().any(|name| agent.contains(name));
        let apple = ["iPhone", "iPad", "iPod"]
            .iter()
            .any(|device| agent.contains(device));
        !standalone && (named || (apple && !agent.contains("Safari/")))
    }
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

/// Everything that can happen, by the part of the app that answers it.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Time went on.
    Tick,
    /// From screen to screen.
    Navigation(NavigationEvent),
    /// What the stores say, and other windows through them.
    Storage(StorageEvent),
    /// A half-written form is kept for later.
    Draft(DraftEvent),
    /// The runner writes into the diary.
    Diary(DiaryEvent),
    /// The running session.
    Session(SessionEvent),
    /// Exercises, and the running strength session.
    Strength(StrengthEvent),
    /// What there is to read.
    Reading(ReadingEvent),
    /// A preference is chosen.
    Prefs(PrefsEvent),
    /// Cues are tried out.
    Sound(SoundEvent),
    /// The demo diary.
    Demo(DemoEvent),
    /// Backups; accepting one is [`DiaryEvent::Restore`].
    Backup(BackupEvent),
    /// What the phone and the browser say.
    Device(DeviceEvent),
    /// A new release of the app.
    Release(ReleaseEvent),
}

/// From screen to screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavigationEvent {
    /// The hash changed: this screen is shown.
    Arrived(Screen),
    /// Go there.
    Go(Screen),
    /// Put away what was just said, and the way back with it.
    Dismiss,
    /// Put away what the rules of this release moved.
    DismissRules,
}

/// What the stores say, and other windows through them.
#[derive(Debug, Clone, PartialEq)]
pub enum StorageEvent {
    /// localStorage was read: the first event of all.
    Loaded(Box<LocalRead>),
    /// IndexedDB was read, or cannot be.
    IndexedDbRead(Result<Box<IndexedDbRead>, StoreFault>),
    /// An entry was written, or not.
    Wrote {
        /// Its id.
        id: Uuid,
        /// localStorage's answer.
        local: Result<(), StoreFault>,
        /// The answer of the strict transaction.
        indexed_db: Result<(), StoreFault>,
    },
    /// Many entries were written, or not: one answer for all of them.
    WroteMany {
        /// Their ids.
        ids: Vec<Uuid>,
        /// localStorage's answer: the first that failed.
        local: Result<(), StoreFault>,
        /// The answer of the strict transaction.
        indexed_db: Result<(), StoreFault>,
    },
    /// Filling up localStorage after the merge failed.
    RepairFailed(StoreFault),
    /// The running session was written, or not.
    LiveWrote(Result<(), StoreFault>),
    /// Another tab changed an item; `None`: removed.
    OtherTab {
        /// Its name, as in [`crate::app::storage_keys`].
        name: String,
        /// Its new text.
        value: Option<String>,
    },
    /// Try failed saves again.
    Retry,
    /// Whether the browser promised to keep the storage.
    Persisted(bool),
}

/// A half-written form is kept for later.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftEvent {
    /// An answer of the first questions changed.
    Setup(Box<SetupForm>),
    /// Something to ask at an appointment that is not entered yet: its form begins with it.
    Question(String),
}

/// The runner writes into the diary. That an event is of this type is what makes it be
/// refused when the diary is read-only, count once when it is tapped twice, and wait until
/// the tap has been answered on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum DiaryEvent {
    /// The first questions are answered.
    SetUp,
    /// A session is logged, or an old one changed.
    Log(Box<SessionForm>),
    /// A morning is answered.
    AnswerMorning(Box<MorningForm>),
    /// Warning signs logged by themselves.
    LogRedFlags(Vec<RedFlag>),
    /// Days away begin today.
    BeginAbsence {
        /// Why.
        reason: AbsenceReason,
        /// With fever.
        fever: bool,
    },
    /// The open absence ended yesterday (the runner is well today).
    EndAbsence,
    /// A clinician's word.
    LogClearance(Box<Clearance>),
    /// The self-test was done.
    LogSelfTest {
        /// Each item in order: passed or not, and its pain.
        answers: Vec<(bool, u8)>,
        /// Heel raises left and right, where they were counted.
        raises: [Option<f64>; 2],
    },
    /// The freedom on offer is taken up today.
    TakeFreedom,
    /// A form around the run was filled in.
    Edit(Box<EntryEdit>),
    /// Other training is planned for these days.
    PlanActivity(Box<Body>, Vec<NaiveDate>),
    /// A handed plan is taken as it was shown: bodies, and the words beside them.
    TakePlan(Vec<(Body, String)>),
    /// The running strength session is logged.
    LogStrength {
        /// Worst pain, 0 to 10.
        pain: u8,
        /// Warning signs.
        flags: Vec<RedFlag>,
        /// Own words.
        notes: String,
    },
    /// Merge the backup that was shown.
    Restore,
    /// Remove an entry; it can be undone.
    Delete(Uuid),
    /// Take the last removal back.
    Undo,
}

impl DiaryEvent {
    /// Whether a tap that follows before this one was answered means the same. Two
    /// deletions do not: they are of two entries.
    pub fn repeated_by(&self, second: &Self) -> bool {
        match self {
            Self::Delete(_) => false,
            Self::SetUp
            | Self::Log(_)
            | Self::AnswerMorning(_)
            | Self::LogRedFlags(_)
            | Self::BeginAbsence { .. }
            | Self::EndAbsence
            | Self::LogClearance(_)
            | Self::LogSelfTest { .. }
            | Self::TakeFreedom
            | Self::Edit(_)
            | Self::PlanActivity(..)
            | Self::TakePlan(_)
            | Self::LogStrength { .. }
            | Self::Restore
            | Self::Undo => discriminant(self) == discriminant(second),
        }
    }
}

/// The running session.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionEvent {
    /// Begin the session that today's guidance prescribes, or an easier one.
    Start {
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
    /// Time stops counting.
    Pause,
    /// Time counts again.
    Resume,
    /// On to the next part.
    Skip,
    /// Back to the start of this part, or to the one before when it just began.
    Back,
    /// "That hurts": the rest becomes walking.
    Hurt,
    /// "That hurts" was pressed by mistake.
    UndoHurt,
    /// The runner limps.
    Limp,
    /// End it here; what was done is kept.
    Finish,
    /// Take an ending back.
    UndoFinish,
    /// Throw the session away; it can be undone.
    Discard,
    /// What becomes of the time in which nothing was seen of it.
    Away(AwayChoice),
    /// What the audio track that carries the cues says.
    Track(Heard),
    /// Sound again, after a reload: within a tap.
    Sound,
    /// The stored session runs in another window.
    Elsewhere,
    /// Go on with it in this one.
    TakeOver,
}

/// What there is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingEvent {
    /// Its files were read, or could not be: the data, and the words of the page's language.
    Came(ReadingFile, Option<Box<(String, String)>>),
    /// Try to read them again.
    Again(ReadingFile),
}

/// Exercises, and the running strength session; logging it is [`DiaryEvent::LogStrength`].
#[derive(Debug, Clone, PartialEq)]
pub enum StrengthEvent {
    /// The exercise files were read, or could not be: the data, and the words of the
    /// page's language.
    ExercisesRead(Option<Box<(String, String)>>),
    /// Try to read them again.
    ReadExercises,
    /// Begin a strength session: every pattern, or the few that waited longest.
    Start {
        /// The few.
        short: bool,
    },
    /// The runner did something to the running strength session.
    Act(SetAction),
    /// Throw it away.
    Discard,
}

/// A preference is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrefsEvent {
    /// A look.
    Theme(Theme),
    /// A language.
    Language(Language),
    /// Distances in miles, or in kilometres.
    Miles(bool),
    /// Weights in pounds, or in kilograms.
    Pounds(bool),
    /// Weeks from Sunday, or from Monday.
    FromSunday(bool),
    /// One choice about the cues.
    Cue(CueChoice),
    /// The number that the emergency screen offers.
    EmergencyNumber(String),
    /// Put the install card away.
    HideInstall,
}

/// Cues are tried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoundEvent {
    /// Hear, feel and see a cue.
    TryCue(Cue),
    /// Ready the sound, within a tap.
    Ready,
    /// A short timer begins, within a tap: the screen stays on.
    TimerBegins,
    /// It has come to its end.
    TimerOver,
    /// It was put away before.
    TimerStopped,
    /// Play a pocket check, the long one or that of a minute; `None`: stop it.
    PlayCheck(Option<bool>),
}

/// The demo diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DemoEvent {
    /// Show it.
    Open,
    /// Its file was read, or could not be.
    Read(Option<String>),
    /// Back to one's own diary.
    Leave,
}

/// Backups; accepting one is [`DiaryEvent::Restore`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupEvent {
    /// Hand out a backup.
    Export,
    /// Read a backup; nothing is written yet.
    Read(String),
    /// Read the bytes of a backup file, likewise.
    ReadFile(Vec<u8>),
    /// A file was refused before it was read.
    Refused(BackupError),
    /// Its settings are wanted as well, or not.
    TakePrefs(bool),
    /// Forget the one that was read.
    Cancel,
}

/// What the phone and the browser say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceEvent {
    /// What the device says about installing.
    InstallChanged(Install),
    /// Show the browser's install dialog.
    Install,
    /// What is sounded can be heard, or not before the next tap.
    SoundHeard(bool),
    /// The wake lock is held, or not.
    WakeLockChanged(bool),
    /// A file was handed out, or could not be.
    HandedOut(bool),
}

/// A new release of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseEvent {
    /// Where it stands.
    Changed(Release),
    /// Take the waiting release.
    Accept,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_within_another_app_is_known_by_what_it_calls_itself() {
        let android = "Mozilla/5.0 (Linux; Android 15; Pixel 8";
        let gecko = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let inside = [
            format!(
                "{android} Build/AP4A; wv) {gecko} Version/4.0 Chrome/128.0.6613.40 Mobile Safari/537.36"
            ),
            format!(
                "{android}) {gecko} Chrome/128.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/470.0]"
            ),
            format!(
                "{android}) {gecko} Chrome/128.0 Mobile Safari/537.36 Instagram 340.0.0 Android"
            ),
            format!("{iphone} Mobile/15E148"),
            format!("{iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/470.0]"),
            format!("{iphone} Version/18.1 Mobile/15E148 Safari/604.1 Instagram 340.0.0"),
            format!("{iphone} GSA/330.0 Mobile/15E148 Safari/604.1"),
            format!("{iphone} Mobile/15E148 Safari Line/14.0"),
        ];
        for agent in inside {
            assert!(Install::is_in_app(&agent, false), "{agent}");
            assert!(!Install::is_in_app(&agent, true), "{agent}");
        }
        let own = [
            format!("{android}) {gecko} Chrome/128.0.0.0 Mobile Safari/537.36"),
            format!("{android}) {gecko} SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36"),
            "Mozilla/5.0 (Android 15; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0".to_owned(),
            format!("{iphone} Version/18.1 Mobile/15E148 Safari/604.1"),
            format!("{iphone} CriOS/128.0 Mobile/15E148 Safari/604.1"),
            format!("{iphone} FxiOS/130.0 Mobile/15E148 Safari/605.1.15"),
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15".to_owned(),
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0 Safari/537.36".to_owned(),
        ];
        for agent in own {
            assert!(!Install::is_in_app(&agent, false), "{agent}");
        }
    }
}
