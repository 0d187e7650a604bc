//! The state machine: every tap, tick, file and stored item is an [`Event`];
//! [`update`] changes the [`State`] and says, as [`Effect`]s, what the shell has to do.

pub mod beside;
mod demo;
pub mod demo_diary;
pub mod effect;
pub mod event;
pub mod handover;
pub mod html;
pub mod log;
pub mod morning;
pub mod near;
pub mod note;
pub mod now;
pub mod prefs;
mod running;
pub mod screen;
pub mod session;
pub mod setup;
pub mod state;
mod stores;
pub mod strength;
mod update;
pub mod words;

pub use effect::Effect;
pub use event::Event;
pub use now::Now;
pub use screen::Screen;
pub use state::State;
pub use update::{backup_text, far, update};
