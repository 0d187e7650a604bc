//! Levels, and what moved the runner from one to another, in words.

use crate::formats::plot::Mark;
use crate::rules::guidance::{ChangeCause, LevelChange, Prescription};
use crate::shell::format;
use crate::thresholds::ladder::{Ladder, Level};
use crate::ui::text::words::tf;

/// "R2: 1 min run, 2 min walk, 8 times".
pub fn prescription_words(p: &Prescription) -> String {
    interval_words(&p.level, p.run_s, p.walk_s, p.reps)
}

/// The same for any level, prescribed or not.
pub fn interval_words(level: &str, run_s: u32, walk_s: u32, reps: u32) -> String {
    let n = |s: u32| format::number(f64::from(s) / 60.0);
    let key = match (run_s > 0, walk_s > 0) {
        (true, true) => "level.run_walk",
        (true, false) => "level.run",
        _ => "level.walk",
    };
    let (run, walk, reps) = (n(run_s), n(walk_s), reps.to_string());
    tf(
        key,
        &[
            ("level", level),
            ("run", &run),
            ("walk", &walk),
            ("reps", &reps),
        ],
    )
}

/// A level in words.
pub fn level_words(level: &Level) -> String {
    interval_words(&level.id, level.run_s, level.walk_s, level.reps)
}

/// The levels of a ladder as lines to choose from, behind an empty one.
pub fn level_options(ladder: &Ladder, none: String) -> Vec<(String, String)> {
    let levels = ladder
        .levels()
        .iter()
        .map(|l| (l.id.clone(), level_words(l)));
    std::iter::once((String::new(), none))
        .chain(levels)
        .collect()
}

/// A change of level in words.
pub fn level_change(c: &LevelChange) -> String {
    let from = c.from.as_deref().unwrap_or("");
    let key = match c.cause {
        ChangeCause::Placed => "journey.placed",
        ChangeCause::Up => "journey.up",
        ChangeCause::Down(_) => "journey.down",
        ChangeCause::Gap => "journey.gap",
        ChangeCause::Cleared => "journey.cleared",
    };
    let rule = if let ChangeCause::Down(rule) = c.cause {
        rule.id()
    } else {
        ""
    };
    tf(key, &[("from", from), ("to", &c.to), ("rule", rule)])
}

/// The mark that stands for the cause of a change.
pub fn mark_of(cause: ChangeCause) -> (&'static str, Mark) {
    match cause {
        ChangeCause::Up => ("mark-up", Mark::Up),
        ChangeCause::Down(_) => ("mark-down", Mark::Down),
        ChangeCause::Gap => ("mark-gap", Mark::Diamond),
        ChangeCause::Placed | ChangeCause::Cleared => ("mark-placed", Mark::Circle),
    }
}
