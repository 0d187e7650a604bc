//! The state machine: every tap, tick, file and stored item is an [`Event`];
//! [`update`] changes the [`State`] and says, as [`Effect`]s, what the shell has to do.

mod demo;
pub mod demo_diary;
pub mod effect;
pub mod event;
pub mod forms;
pub mod html;
pub mod near;
pub mod now;
pub mod prefs;
pub mod screen;
pub mod session;
pub mod state;
mod stores;
pub mod today_extras;
mod update;

pub use effect::Effect;
pub use event::Event;
pub use now::Now;
pub use screen::Screen;
pub use state::State;
pub use update::{backup_text, far, update};
