//! The diary, its formats, sessions, strength and what is shown of them, natively.

#![cfg(not(target_arch = "wasm32"))]

mod audio_track;
mod bad_input;
mod codec;
mod edit_history;
mod evidence;
mod exercises;
mod hand_over;
mod injuries;
mod merge;
mod overview;
#[path = "../support/phone.rs"]
mod phone;
mod report;
mod schedule;
mod strength;
#[path = "../support/mod.rs"]
mod support;
mod timeline;
mod trail;
