//! A click for each step of a run, at a steady pace, in the same sound as the cues and
//! beside them. It looks ahead a little, so that a busy page does not make it stumble.

use super::{clock, sound};
use std::cell::Cell;

/// How far ahead clicks are laid out, seconds: as many may still sound once it is stopped.
const AHEAD_S: f64 = 0.6;
/// How often it lays out more, milliseconds.
const LOOK_MS: u32 = 200;

thread_local! {
    /// Which run of it: one that was stopped lays out nothing more.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// Clicks so many times a minute, until it is stopped, at a volume of 0 to 10.
pub fn start(per_minute: u8, volume: u8) {
    stop();
    look(TURN.get(), 60.0 / f64::from(per_minute.max(1)), volume, 0.0);
}

/// No more clicks.
pub fn stop() {
    TURN.set(TURN.get().wrapping_add(1));
}

fn look(turn: u32, every_s: f64, volume: u8, next: f64) {
    if TURN.get() != turn {
        return;
    }
    let next = sound::clicks(next, every_s, AHEAD_S, volume);
    clock::after(LOOK_MS, move || look(turn, every_s, volume, next));
}
