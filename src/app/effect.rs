//! What the core asks of the shell: plain data.

use crate::app::reading::ReadingFile;
use crate::app::screen::Screen;
use crate::session::audio_track::CueSheet;
use crate::session::cue::Cue;
use uuid::Uuid;

/// A cue, and the ways it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CueWays {
    /// Which.
    pub cue: Cue,
    /// Milliseconds until its moment.
    pub in_ms: i64,
    /// As a tone: how loud, 0 to 10; 0: not.
    pub tone: u8,
    /// As vibration.
    pub vibrate: bool,
    /// Spoken: how loud, 0 to 10; 0: not.
    pub voice: u8,
    /// As a flash of the screen.
    pub flash: bool,
}

/// What the audio track is to do. Places are milliseconds from its start.
#[derive(Debug, Clone, PartialEq)]
pub enum Track {
    /// Be made anew, and play from a place.
    Play(Box<CueSheet>, i64),
    /// Stand still.
    Pause,
    /// Play on.
    Resume,
    /// Go to a place.
    Seek(i64),
    /// End, and be forgotten.
    Stop,
}

/// Something to write. The demo writes nothing, so none of it leaves while that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteEffect {
    /// One entry to both stores; answered by `StorageEvent::Wrote`.
    Entry {
        /// Its id.
        id: Uuid,
        /// Its JSON.
        json: String,
    },
    /// Many entries to both stores, in one transaction; answered by
    /// `StorageEvent::WroteMany`.
    Entries(Vec<(Uuid, String)>),
    /// An entry to localStorage only (it lacked there); not answered unless it fails.
    RepairLocal {
        /// Its id.
        id: String,
        /// Its JSON.
        json: String,
    },
    /// Entries to IndexedDB only (they lacked there), in one transaction.
    RepairIndexedDb {
        /// Ids and JSON.
        items: Vec<(String, String)>,
    },
    /// A damaged item under `footing/damaged/<id>` (and in the `kv` of IndexedDB).
    SetAside {
        /// Its id.
        id: String,
        /// Its raw text.
        raw: String,
        /// Remove it from `footing/entry/<id>` and from the `entries` of IndexedDB; not so
        /// when a good copy is about to take its place.
        remove: bool,
    },
    /// The running session (`None`: remove it) in both stores, strictly; answered by
    /// `StorageEvent::LiveWrote`.
    Live(Option<String>),
    /// The half-answered first questions, `footing/setup` (`None`: remove them).
    Setup(Option<String>),
    /// What the rules show, `footing/shown`.
    Shown(String),
    /// `footing/meta` in both stores.
    Meta(String),
}

/// Something to hear, feel or see of a session.
#[derive(Debug, Clone, PartialEq)]
pub enum SoundEffect {
    /// A cue, by every way that is switched on.
    Cue(CueWays),
    /// Cues that were handed over and whose moment has not come are not given.
    Hush,
    /// What the audio track that carries the cues is to do; what it says returns as
    /// `SessionEvent::Track`.
    Track(Track),
    /// Ready the sound, within the tap that asks for it.
    Prime,
}

/// One thing for the shell to do. What comes of it returns as an [`crate::app::Event`].
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Write.
    Write(WriteEffect),
    /// Write `footing/prefs` and apply the theme.
    WritePrefs(String),
    /// Show this screen: set the hash (replacing the history entry when `replace`).
    Navigate {
        /// Which.
        screen: Screen,
        /// Without a history entry of its own.
        replace: bool,
    },
    /// Sound, vibration, light.
    Sound(SoundEffect),
    /// Look at the clock again in so many milliseconds.
    TickIn(i64),
    /// Keep the screen on, or let it go off.
    WakeLock(bool),
    /// Find out whether another page holds a running session; answered by
    /// `SessionEvent::Elsewhere` if so.
    AskElsewhere,
    /// Tell the service worker's page script whether a session runs.
    SessionRunning(bool),
    /// Hand a file to the runner: share sheet where that is the way, else download.
    HandOut {
        /// File name.
        name: String,
        /// Its text.
        text: String,
    },
    /// Fetch the exercise files; answered by `StrengthEvent::ExercisesRead`.
    ReadExercises,
    /// Fetch what there is to read; answered by `ReadingEvent::Came`.
    Read(ReadingFile),
    /// Fetch the demo diary; answered by `DemoEvent::Read`.
    ReadDemo,
    /// Ask the browser to keep the storage (`navigator.storage.persist`).
    AskPersist,
    /// Let the waiting release take over; reloads once.
    AcceptUpdate,
    /// Show the browser's install dialog.
    PromptInstall,
}

/// Goes to a screen; the way back leads to the one before.
pub(in crate::app) fn go(screen: Screen) -> Vec<Effect> {
    vec![Effect::Navigate {
        screen,
        replace: false,
    }]
}

/// Goes to a screen in place of the one before.
pub(in crate::app) fn go_instead(screen: Screen) -> Effect {
    Effect::Navigate {
        screen,
        replace: true,
    }
}

impl Effect {
    /// Whether it changes what is stored on the phone.
    pub const fn changes_storage(&self) -> bool {
        match self {
            Self::Write(_) | Self::WritePrefs(_) | Self::AskPersist => true,
            Self::Navigate { .. }
            | Self::Sound(_)
            | Self::TickIn(_)
            | Self::WakeLock(_)
            | Self::AskElsewhere
            | Self::SessionRunning(_)
            | Self::HandOut { .. }
            | Self::Read(_)
            | Self::ReadExercises
            | Self::ReadDemo
            | Self::AcceptUpdate
            | Self::PromptInstall => false,
        }
    }
}
