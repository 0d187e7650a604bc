//! The state machine: every tap, tick, file and stored item is an [`Event`];
//! [`update`] changes the [`State`] and says, as [`Effect`]s, what the shell has to do.

#![deny(clippy::wildcard_enum_match_arm)]

mod backups;
pub mod book;
mod demo;
pub mod demo_diary;

pub mod effect;
pub mod emergency_number;
mod entries;
pub mod event;
pub mod exercises;
pub mod forms;
mod navigation;
pub mod notice;
pub mod now;
pub mod pain_scales;
pub mod prefs;
pub mod reading;
mod rules_news;
pub mod saving;
pub mod screen;
pub mod session;
mod settings;
pub mod shown;
mod startup;
pub mod state;
mod storage;
pub mod storage_keys;
pub mod taps;
pub mod today_extras;
mod update;

pub use backups::backup_text;
pub use effect::Effect;
pub use event::Event;
pub use now::Now;
pub use screen::Screen;
pub use state::State;
pub use update::update;
