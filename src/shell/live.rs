//! Where the cues of a session go out: a screen that gives cues brings the way with it.
//!
//! Tones, speech and the audio track are reached through what is installed here and
//! in no other way, so that they can travel with those screens instead of with the
//! first one.

use super::clock;
use crate::app::effect::SoundEffect;
use std::cell::RefCell;
use std::rc::Rc;

/// Takes what is to be heard.
type Way = Rc<dyn Fn(SoundEffect)>;

thread_local! {
    static WAY: RefCell<Option<Way>> = const { RefCell::new(None) };
}

/// Takes cues, the readying of sound and the track from now on; `before_tick` is called
/// before each look at the clock.
pub fn install(way: impl Fn(SoundEffect) + 'static, before_tick: fn()) {
    WAY.set(Some(Rc::new(way)));
    clock::before_tick(before_tick);
}

/// Whether a screen has brought the way.
pub fn installed() -> bool {
    WAY.with_borrow(Option::is_some)
}

/// Hands one over. Without a screen that gives cues there is nobody to hear them.
pub fn hand(effect: SoundEffect) {
    if let Some(way) = WAY.with_borrow(Clone::clone) {
        way(effect);
    }
}
