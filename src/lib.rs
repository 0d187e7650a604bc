//! Footing: a diary, interval timer and planner for the way back to running.
//!
//! One crate, a few rooms, one direction: data enters as an event, the core decides, the
//! shell acts, the view shows. Rooms import downwards only, in this order:
//!
//! - [`formats`]: file formats and drawing. No word of running in it.
//! - [`diary`]: entries, how they are read and written, and what happens when copies meet.
//! - [`thresholds`]: the numbers of the rules, and the ladder.
//! - [`plan`]: profile, placing, what is asked before a session, a clinician's hand-over.
//! - [`rules`]: verdicts and the progression.
//! - [`session`]: the timed session, its cues and its audio track.
//! - [`strength`]: exercises, their schedule and their timer.
//! - [`insights`]: what the diary shows when it is looked at.
//! - [`app`]: the state machine. `update(&mut State, Event, Now) -> Vec<Effect>`.
//! - `shell` (wasm32 only): the one room that touches the browser.
//! - `ui` (wasm32 only): Leptos views. They draw and decide nothing.

pub mod app;
pub mod diary;
pub mod formats;
pub mod insights;
pub mod plan;
pub mod rules;
pub mod session;
#[cfg(target_arch = "wasm32")]
pub mod shell;
pub mod strength;
pub mod thresholds;
#[cfg(target_arch = "wasm32")]
pub mod ui;
