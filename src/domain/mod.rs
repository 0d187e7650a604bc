//! What a physio would recognise: entries, diary, ladder, verdict, progression,
//! gates, gaps, warning signs, the live session's timeline, backup.
//!
//! Pure: no browser, no clock, no randomness, no sentences.

pub mod backup;
pub mod diary;
pub mod door;
pub mod entry;
pub mod guidance;
pub mod keys;
pub mod live;
pub mod merge;
