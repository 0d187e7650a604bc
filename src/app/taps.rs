//! Taps on what is dangerous to press by mistake, and those of screen readers.

/// How long a second tap on "That hurts", or on what follows from it, counts for nothing,
/// milliseconds.
pub const SAFETY_MS: i64 = 1_000;

/// The same for an ending, milliseconds: who holds the end button down has pressed it for so
/// long already, and means it.
pub const SAFETY_END_MS: i64 = 800;

/// Whether a pointer is that of a screen reader or of voice control, which press without a
/// finger: a mouse of one point at most that presses with nothing (a real one presses with
/// a half).
pub fn is_assistive(kind: &str, width: f64, height: f64, pressure: f64) -> bool {
    kind == "mouse" && width <= 1.0 && height <= 1.0 && pressure <= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_reader_presses_without_a_finger() {
        assert!(is_assistive("mouse", 1.0, 1.0, 0.0));
        assert!(is_assistive("mouse", 0.0, 0.0, 0.0));
        assert!(!is_assistive("mouse", 1.0, 1.0, 0.5));
        assert!(!is_assistive("touch", 23.0, 23.0, 0.0));
        assert!(!is_assistive("touch", 1.0, 1.0, 0.0));
        assert!(!is_assistive("pen", 1.0, 1.0, 0.0));
    }
}
