//! Footing: a diary, interval timer and planner for the way back to running.
//!
//! One crate, five rooms, one direction: data enters as an event, the core
//! decides, the shell acts, the view shows.
//!
//! - [`domain`]: what a physio would recognise. No browser, no clock, no
//!   randomness, no sentences.
//! - [`app`]: the state machine. `update(&mut State, Event, Now) -> Vec<Effect>`.
//! - [`chart`]: geometry of the plots.
//! - `shell` (wasm32 only): the one room that touches the browser.
//! - `ui` (wasm32 only): Leptos views. They draw and decide nothing.

pub mod app;
pub mod chart;
pub mod domain;
#[cfg(target_arch = "wasm32")]
pub mod shell;
#[cfg(target_arch = "wasm32")]
pub mod ui;
