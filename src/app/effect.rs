//! What the core asks of the shell: plain data.

use crate::app::screen::Screen;
use crate::session::audio_track::CueSheet;
use crate::session::cues::Cue;
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

/// One thing for the shell to do. What comes of it returns as an [`crate::app::Event`].
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Write one entry to both stores; answered by `Event::Wrote`.
    Write {
        /// Its id.
        id: Uuid,
        /// Its JSON.
        json: String,
    },
    /// Write many entries to both stores, in one transaction; answered by
    /// `Event::WroteMany`.
    WriteMany(Vec<(Uuid, String)>),
    /// Write an entry to localStorage only (it lacked there); not answered unless it fails.
    RepairLocal {
        /// Its id.
        id: String,
        /// Its JSON.
        json: String,
    },
    /// Write entries to IndexedDB only (they lacked there), in one transaction.
    RepairIndexedDb {
        /// Ids and JSON.
        items: Vec<(String, String)>,
    },
    /// Put a damaged item under `footing/damaged/<id>` (and in the twin's `kv`).
    SetAside {
        /// Its id.
        id: String,
        /// Its raw text.
        raw: String,
        /// Remove it from `footing/entry/<id>` and the twin's `entries`; not so when a
        /// good copy is about to take its place.
        remove: bool,
    },
    /// Write (or with `None` remove) the running session in both stores, strictly;
    /// answered by `Event::LiveWrote`.
    WriteLive(Option<String>),
    /// Write `footing/prefs` and apply the theme.
    WritePrefs(String),
    /// Write (or remove) the half-answered first questions, `footing/setup`.
    WriteSetup(Option<String>),
    /// Write `footing/meta` in both stores.
    WriteMeta(String),
    /// Show this screen: set the hash (replacing the history entry when `replace`).
    Navigate {
        /// Which.
        screen: Screen,
        /// Without a history entry of its own.
        replace: bool,
    },
    /// A cue of the session, by every way that is switched on.
    Cue(CueWays),
    /// Cues that were handed over and whose moment has not come are not given.
    Hush,
    /// What the audio track that carries the cues is to do; what it says returns as
    /// `Event::Track`.
    Track(Track),
    /// Look at the clock again in so many milliseconds.
    TickIn(i64),
    /// Ready the sound, within the tap that asks for it.
    PrimeSound,
    /// Keep the screen on, or let it go off.
    WakeLock(bool),
    /// Find out whether another page holds a running session; answered by
    /// `Event::LiveElsewhere` if so.
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
    /// Fetch the exercise files; answered by `Event::ExercisesRead`.
    ReadExercises,
    /// Fetch the demo diary; answered by `Event::DemoRead`.
    ReadDemo,
    /// Ask the browser to keep the storage (`navigator.storage.persist`).
    AskPersist,
    /// Let the waiting release take over; reloads once.
    AcceptUpdate,
    /// Show the browser's install dialog.
    PromptInstall,
}
