//! The diary: its entries, their words, how they are read and written, and what happens
//! when two copies of it meet.

#![deny(clippy::wildcard_enum_match_arm)]

pub mod backup;
mod backup_text;
pub mod codec;

pub mod edit_history;
pub mod entry;
pub mod merge;
mod queries;
pub mod values;
pub mod vocabulary;

pub use queries::{Diary, EpisodeSpan, StandingBenchmark, in_order};
