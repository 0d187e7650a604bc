//! The state machine: events in, effects out; and the words it is shown in.

#![cfg(not(target_arch = "wasm32"))]

mod care;
mod clocks;
mod demo;
mod exhaustive;
mod fields;
mod forms;
mod languages;
mod long_pauses;
#[path = "../support/phone.rs"]
mod phone;
mod running;
mod shown;
mod stores;
mod stories;
#[path = "../support/mod.rs"]
mod support;
mod words;
