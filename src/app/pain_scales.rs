//! What pain while running means for this runner.

use crate::app::state::State;
use crate::rules::pain_scale::{DuringAnswers, PainScale};

impl State {
    /// Pain while running, where nothing else was said yet; `None` without a plan.
    pub fn running_scale(&self) -> Option<PainScale> {
        let measure = self.guidance().measure?;
        Some(PainScale::during(
            &measure,
            self.plan()?,
            DuringAnswers::NONE,
        ))
    }
}
