//! What is said once something happened.

use crate::diary::backup::BackupError;
use crate::diary::codec::FieldError;
use crate::diary::vocabulary::AbsenceReason;

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
