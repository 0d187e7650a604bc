//! What is good to know again and may be lost: when a backup was last handed over, what
//! the last calendar file held. Each under a name of its own in localStorage, beside the
//! diary and no part of it.

use super::local;

/// What was remembered; `None` when nothing is, or it cannot be read.
pub fn recall(name: &str) -> Option<String> {
    local::recall(name)
}

/// Remembers it; where that fails, it is not known next time.
pub fn keep(name: &str, text: &str) {
    let _ = local::write(name, Some(text));
}
