//! What a quiet day brings: the entries of a runner whom nothing hurts. Only looked ahead
//! with, never kept.

use crate::diary::entry::{Extra, Morning, Score, SelfTest, Session, TestResult};
use crate::diary::vocabulary::{Movement, PainBehaviour, Swelling, TestItem};
use crate::rules::guidance::Prescription;

/// A morning without pain.
pub const fn morning() -> Morning {
    Morning {
        for_day: None,
        pain: Score::ZERO,
        stiffness_min: 0.0,
        swelling: Swelling::None,
        limp: false,
        settled_within_hour: Some(true),
        remembered: true,
        soreness: None,
        sleep_h: None,
        energy: None,
        mood: None,
        worse: false,
    }
}

/// Every task of the self-test, passed without pain; those that are not asked for are not read.
pub fn self_test() -> SelfTest {
    let passed = |test: &TestItem| TestResult {
        test: *test,
        passed: true,
        left: None,
        right: None,
        pain: Score::ZERO,
        extra: Extra::new(),
    };
    SelfTest {
        items: TestItem::ALL.iter().map(passed).collect(),
    }
}

/// A session done as it was asked for, without pain.
pub fn session(p: &Prescription) -> Session {
    let (run_min, walk_min) = p.minutes();
    Session {
        activity: p.activity,
        level: Some(p.level.clone()),
        run_min,
        walk_min,
        ..walk()
    }
}

/// A walk off the plan of no minute, without pain.
pub fn walk() -> Session {
    Session {
        activity: Movement::Walk,
        level: None,
        run_min: 0.0,
        walk_min: 0.0,
        planned_run_min: None,
        stopped_for: None,
        pain_before: Score::ZERO,
        pain_during: Score::ZERO,
        pain_after: Score::ZERO,
        pattern: PainBehaviour::None,
        hurt: false,
        swelling: Swelling::None,
        limp: false,
        painkiller: false,
        effort: None,
        fear: None,
        mood: None,
        hard: false,
        soreness: None,
        sites: Vec::new(),
        worse: false,
        surface: None,
        shoes: None,
        tried: None,
        distance_m: None,
        intervals: Vec::new(),
    }
}
