//! The session that runs, of whatever kind: one at a time.

use crate::app::session::run_record::RunRecord;
use crate::app::session::strength_record::StrengthRun;

/// The session that runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ActiveSession {
    /// None does.
    #[default]
    None,
    /// A timed session of running and walking, in this window.
    Run(Run),
    /// A strength session, in this window.
    Strength(StrengthRun),
    /// One runs in another window: as that one stored it, where it can be taken over.
    OtherWindow(Option<RunRecord>),
}

impl ActiveSession {
    /// Whether none runs, here or elsewhere: another may begin.
    pub fn is_none(&self) -> bool {
        match self {
            Self::None => true,
            Self::Run(_) | Self::Strength(_) | Self::OtherWindow(_) => false,
        }
    }

    /// Whether one runs in this window.
    pub fn is_here(&self) -> bool {
        match self {
            Self::Run(_) | Self::Strength(_) => true,
            Self::None | Self::OtherWindow(_) => false,
        }
    }

    /// Whether one runs in another window.
    pub fn is_elsewhere(&self) -> bool {
        match self {
            Self::OtherWindow(_) => true,
            Self::None | Self::Run(_) | Self::Strength(_) => false,
        }
    }

    /// The session of another window that can be taken over.
    pub fn in_other_window(&self) -> Option<&RunRecord> {
        match self {
            Self::OtherWindow(record) => record.as_ref(),
            Self::None | Self::Run(_) | Self::Strength(_) => None,
        }
    }

    /// The timed session of this window.
    pub fn run(&self) -> Option<&Run> {
        match self {
            Self::Run(run) => Some(run),
            Self::None | Self::Strength(_) | Self::OtherWindow(_) => None,
        }
    }

    /// The same, to change it.
    pub(in crate::app) fn run_mut(&mut self) -> Option<&mut Run> {
        match self {
            Self::Run(run) => Some(run),
            Self::None | Self::Strength(_) | Self::OtherWindow(_) => None,
        }
    }

    /// The strength session of this window.
    pub fn strength(&self) -> Option<&StrengthRun> {
        match self {
            Self::Strength(run) => Some(run),
            Self::None | Self::Run(_) | Self::OtherWindow(_) => None,
        }
    }

    /// The same, to change it.
    pub(in crate::app) fn strength_mut(&mut self) -> Option<&mut StrengthRun> {
        match self {
            Self::Strength(run) => Some(run),
            Self::None | Self::Run(_) | Self::OtherWindow(_) => None,
        }
    }
}

/// A timed session as this window holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// What is stored of it.
    pub record: RunRecord,
    /// Time in which nothing was seen of it.
    pub away: Option<Away>,
    /// Nothing sounds before a tap: the page was loaded in the middle of it.
    pub silent: bool,
    /// The audio track that gives its cues in a pocket.
    pub track: CueTrack,
}

impl Run {
    /// One that begins, or is taken up, with a tap.
    pub fn new(record: RunRecord) -> Self {
        Self {
            record,
            away: None,
            silent: false,
            track: CueTrack::default(),
        }
    }

    /// Whether the runner has to say first what becomes of a long time away.
    pub fn asks(&self) -> bool {
        self.away.is_some_and(|away| away.asks)
    }
}

/// Where the audio track of a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CueTrack {
    /// It is laid out to play: it gives the cues, and is the clock.
    pub plays: bool,
    /// A track of this session has begun to play, so the screen may go off.
    pub begun: bool,
}

/// Time in which nothing was seen of a running session, milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    /// When it was last seen.
    pub from: i64,
    /// When it was seen again.
    pub to: i64,
    /// The app was not even open: the runner says first what becomes of the session.
    pub asks: bool,
}
