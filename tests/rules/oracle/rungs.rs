//! The ladder, by hand from section 3 of the page.

use footing::diary::entry::Plan;
use footing::diary::vocabulary::{Movement, Stage};

/// What a level is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Walk,
    RunWalk,
    Run,
}

impl Kind {
    pub fn stage(self) -> Stage {
        match self {
            Self::Walk => Stage::Walking,
            Self::RunWalk => Stage::RunWalk,
            Self::Run => Stage::ShortRuns,
        }
    }

    pub fn movement(self) -> Movement {
        match self {
            Self::Walk => Movement::Walk,
            Self::RunWalk => Movement::RunWalk,
            Self::Run => Movement::Run,
        }
    }
}

/// One level: minutes of running and walking in an interval, and how many.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    pub id: String,
    pub kind: Kind,
    pub run: f64,
    pub walk: f64,
    pub reps: f64,
}

impl Rung {
    pub fn run_min(&self) -> f64 {
        self.run * self.reps
    }

    /// What row K compares with: of running, for a walk of walking.
    pub fn asked(&self) -> f64 {
        match self.kind {
            Kind::Walk => self.walk,
            _ => self.run_min(),
        }
    }
}

/// Where W5 stands on the line; R1 is the next.
pub const W5: usize = 4;

/// The line of levels that a plan goes by.
pub fn line(plan: Option<&Plan>) -> Vec<Rung> {
    let mut out = Vec::new();
    for (id, minutes) in [
        ("W1", 10.0),
        ("W2", 15.0),
        ("W3", 20.0),
        ("W4", 25.0),
        ("W5", 30.0),
    ] {
        out.push(Rung {
            id: id.into(),
            kind: Kind::Walk,
            run: 0.0,
            walk: minutes,
            reps: 1.0,
        });
    }
    let own = plan
        .and_then(|p| p.limits.as_ref())
        .filter(|l| !l.by.trim().is_empty())
        .and_then(|l| l.ladder.as_ref())
        .filter(|l| !l.levels.is_empty());
    if let Some(own) = own {
        // Once a level is continuous, all after it are short runs.
        let mut continuous = false;
        for level in &own.levels {
            continuous |= level.walk <= 0.0;
            out.push(Rung {
                id: level.id.clone(),
                kind: if level.walk > 0.0 && !continuous {
                    Kind::RunWalk
                } else {
                    Kind::Run
                },
                run: level.run,
                walk: level.walk,
                reps: f64::from(level.reps),
            });
        }
        return out;
    }
    let run_walk = [
        ("R1", 1.0, 2.0, 5.0),
        ("R2", 1.0, 2.0, 8.0),
        ("R3", 1.0, 2.0, 10.0),
        ("R4", 2.0, 2.0, 6.0),
        ("R5", 2.0, 2.0, 7.0),
        ("R6", 3.0, 2.0, 5.0),
        ("R7", 3.0, 2.0, 6.0),
        ("R8", 4.0, 2.0, 5.0),
        ("R9", 5.0, 2.0, 4.0),
        ("R10", 7.0, 2.0, 3.0),
        ("R11", 8.0, 2.0, 3.0),
        ("R12", 12.0, 2.0, 2.0),
        ("R13", 12.0, 1.0, 2.0),
    ];
    for (id, run, walk, reps) in run_walk {
        out.push(Rung {
            id: id.into(),
            kind: Kind::RunWalk,
            run,
            walk,
            reps,
        });
    }
    for (id, run) in [
        ("C1", 20.0),
        ("C2", 22.0),
        ("C3", 24.0),
        ("C4", 26.0),
        ("C5", 28.0),
        ("C6", 30.0),
    ] {
        out.push(Rung {
            id: id.into(),
            kind: Kind::Run,
            run,
            walk: 0.0,
            reps: 1.0,
        });
    }
    out
}
