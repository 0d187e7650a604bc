//! What a strength session holds.

use super::levels::{Standing, more_load};
use super::library::{Count, Exercise, Library, PLYOMETRIC, Sides};
use super::timeline::Item;
use crate::diary::Diary;
use crate::diary::entry::Plan;
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::{Advice, Guidance};
use chrono::NaiveDate;

/// Patterns of a short session.
pub const SHORT: usize = 4;
/// Seconds one repetition takes: up, a moment, down (evidence, section 6).
const REP_S: u32 = 4;
/// Seconds to change sides or get ready.
const TURN_S: u32 = 10;

/// What the runner may do, from the plan and the day's guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Highest level: the first only, until the runner has left `rest` and where a
    /// clearance is missing (sections 1 and 2).
    pub level: u8,
    /// Hops: after the self-test; bone only when cleared.
    pub hops: bool,
    /// Exercises that wait for a clinician's word.
    pub held_back: bool,
}

/// What the runner may do on a day.
pub fn allowed(diary: &Diary, guidance: &Guidance, on: NaiveDate) -> Allowed {
    // The last word counts.
    let word = diary.standing_clearance(on);
    let cleared = word.is_some_and(|(_, clearance)| clearance.granted);
    let early = guidance.stage.is_none_or(|s| s == Stage::Rest)
        || matches!(
            guidance.advice,
            Advice::SetUp | Advice::Emergency | Advice::Consult | Advice::ClearanceNeeded
        );
    let running = guidance.stage >= Some(Stage::RunWalk) && !early;
    let bone = guidance
        .profile
        .is_none_or(|p| p == crate::diary::vocabulary::Profile::Bone);
    let asked = |p: &Plan| p.needs_clearance || p.injury.surgery;
    let word = bone || diary.plan_on(on).is_some_and(asked);
    Allowed {
        level: if early { 1 } else { 4 },
        hops: running && (cleared || !word),
        held_back: !cleared,
    }
}

/// The exercises of a pattern at the highest level that is allowed, and that level.
/// An exercise that waits for a clinician's word gives way to the level below.
pub fn exercises<'a>(
    library: &'a Library,
    standing: &Standing,
    allowed: Allowed,
    site: &str,
    profile: &str,
) -> (u8, Vec<&'a Exercise>) {
    let free = |e: &&Exercise| !allowed.held_back || !e.cautions_for(site, profile).any(|c| c.hold);
    let top = standing.level.min(allowed.level);
    for level in (1..=top).rev() {
        let list: Vec<&Exercise> = library.of(standing.pattern, level).filter(free).collect();
        if !list.is_empty() {
            return (level, list);
        }
    }
    (0, Vec::new())
}

/// The items of a session: every pattern, or (`short`) those that waited longest, in
/// the order of a session. Hops come with the whole session only, and first: they are
/// for rested legs.
pub fn items(
    library: &Library,
    standings: &[Standing],
    allowed: Allowed,
    short: bool,
    site: &str,
    profile: &str,
) -> Vec<Item> {
    let mut chosen: Vec<&Standing> = standings.iter().collect();
    chosen.retain(|s| s.pattern != PLYOMETRIC || (allowed.hops && !short));
    if short {
        while chosen.len() > SHORT {
            // The one done last leaves first; of equals, the later in the list.
            let mut latest = 0;
            for (n, standing) in chosen.iter().enumerate() {
                if standing.last >= chosen[latest].last {
                    latest = n;
                }
            }
            chosen.remove(latest);
        }
    }
    let mut out = Vec::new();
    let hops_first = chosen.iter().filter(|s| s.pattern == PLYOMETRIC);
    let others = chosen.iter().filter(|s| s.pattern != PLYOMETRIC);
    for standing in hops_first.chain(others) {
        let (level, list) = exercises(library, standing, allowed, site, profile);
        out.extend(list.into_iter().map(|e| item(e, level, standing)));
    }
    out
}

/// One exercise as an item of a session.
pub fn item(exercise: &Exercise, level: u8, standing: &Standing) -> Item {
    let load = standing.load_kg.filter(|_| exercise.load);
    let load = match load {
        Some(kg) if standing.add_load() => more_load(kg).or(Some(kg)),
        load => load,
    };
    Item {
        exercise: exercise.id.clone(),
        pattern: exercise.pattern.clone(),
        level,
        sets: exercise.sets,
        hold: exercise.count == Count::Hold,
        target: target(exercise, level, standing),
        each_side: exercise.sides == Sides::Each,
        rest_s: exercise.rest_s,
        load: exercise.load,
        load_hg: load.map_or(0, hectograms),
    }
}

/// A little more than the last time, within the range (evidence, section 6: 2
/// repetitions or 5 to 10 seconds); the low end where the level is new.
fn target(exercise: &Exercise, level: u8, standing: &Standing) -> u16 {
    let step = if exercise.count == Count::Hold { 5 } else { 2 };
    let reached = standing.reached.filter(|_| level == standing.level);
    let next = reached.map_or(exercise.low, |n| n.saturating_add(step));
    next.clamp(exercise.low, exercise.high)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped
fn hectograms(kg: f64) -> u16 {
    (kg * 10.0).round().clamp(0.0, 60_000.0) as u16
}

/// About how long a session takes, minutes.
pub fn minutes(items: &[Item]) -> u32 {
    let mut seconds = 0;
    for item in items {
        let sides = if item.each_side { 2 } else { 1 };
        let work = if item.hold {
            u32::from(item.target)
        } else {
            u32::from(item.target) * REP_S
        };
        let sets = u32::from(item.sets);
        seconds += sets * (sides * (work + TURN_S) + u32::from(item.rest_s));
    }
    seconds.div_ceil(60)
}
