//! Everything that the six pictures show, summed up once.

use crate::app::State;
use crate::insights::overview::{Overview, Slot};
use crate::insights::span::{Span, Unit};
use crate::insights::symmetry;
use crate::insights::symmetry::Symmetry;
use crate::insights::tolerated_pain::tolerated_pain;
use crate::rules::guidance::LevelChange;
use crate::thresholds::ladder::Ladder;
use chrono::NaiveDate;

/// A stretch of the diary, as the pictures need it.
pub struct Summary {
    /// In the smallest slots that can be told apart.
    pub slots: Overview,
    /// In weeks or more.
    pub weeks: Overview,
    pub history: Vec<LevelChange>,
    pub ladder: Ladder,
    pub symmetry: Vec<Symmetry>,
    /// Pain during a session that counts as nothing for this runner.
    pub tolerated_pain: u8,
    pub baseline: u8,
    pub today: NaiveDate,
}

impl Summary {
    pub fn of(state: &State, span: Span) -> Self {
        let today = state.now.day();
        let (tolerated_pain, baseline) = match &state.guidance().measure {
            Some(m) => (tolerated_pain(m), m.baseline),
            None => (0, 0),
        };
        let sunday = state.prefs.from_sunday;
        let of = |least| Overview::of(state.diary(), today, span, (least, sunday), tolerated_pain);
        let slots = of(Unit::Day);
        let from = slots.slots.first().map_or(today, |s| s.from);
        let moves = state.guidance().history.iter().filter(|c| c.moves());
        Self {
            weeks: of(Unit::Week),
            history: moves.cloned().collect(),
            ladder: state.plan().map_or_else(Ladder::builtin, Ladder::of),
            symmetry: symmetry::latest(state.diary(), from, today),
            slots,
            tolerated_pain,
            baseline,
            today,
        }
    }

    /// Nothing was logged in the stretch.
    pub fn is_empty(&self) -> bool {
        let nothing = |s: &Slot| s.sessions == 0 && s.pain().is_none();
        self.slots.slots.iter().all(nothing)
    }
}
