//! What a strength session holds (progression, section 9): the patterns of the injured
//! region every time, the others in turn, in 25 minutes at most, the short one in 12.

use super::levels::{PatternStanding, more_load};
use super::library::{Count, Exercise, Library, PLYOMETRIC, Sides};
use super::timeline::Item;
use super::{Concerns, asks_heart, cleared, days_since_birth};
use crate::diary::Diary;
use crate::diary::entry::{Body, Kind, Plan, SelfTest};
use crate::diary::vocabulary::{Profile, Stage, TestItem};
use crate::rules::guidance::{Advice, Guidance};
use chrono::NaiveDate;

/// Most minutes of a session.
pub const WHOLE_MIN: u32 = 25;
/// Most minutes of a short one.
pub const SHORT_MIN: u32 = 12;
/// Most sets of an exercise.
const MOST_SETS: u8 = 3;
/// Sets of an exercise that the region is not in, where three take too long.
const FEWER_SETS: u8 = 2;
/// Days after a birth for which, without a clearance, all is done lying or sitting.
const BIRTH_OFF_FEET_DAYS: i64 = 42;
/// Seconds one repetition takes: up, a moment, down (evidence, section 6).
const REP_S: u32 = 4;
/// Seconds to change sides or get ready.
const TURN_S: u32 = 10;

/// What the runner may do, from the plan and the day's guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each a rule of its own
pub struct Allowed {
    /// Highest level: the first only, until the runner has left `rest`, where a clearance
    /// is missing and in a pause.
    pub level: u8,
    /// Hops: after a passed self-test; where a clearance is needed, by one given after it.
    pub hops: bool,
    /// Exercises that wait for a clinician's word.
    pub held_back: bool,
    /// Lying or sitting only: bone, operated and the first 6 weeks after a birth, until
    /// a clearance.
    pub off_feet: bool,
    /// Nothing at all: a heart condition, until a clearance.
    pub nothing: bool,
}

/// What the runner may do on a day.
pub fn allowed(diary: &Diary, guidance: &Guidance, on: NaiveDate) -> Allowed {
    let cleared = cleared(diary, on);
    let plan = diary.plan_on(on);
    let early = guidance.stage.is_none_or(|s| s == Stage::Rest)
        || matches!(
            guidance.advice,
            Advice::SetUp | Advice::Emergency | Advice::Consult | Advice::ClearanceNeeded
        );
    let running = guidance.stage >= Some(Stage::RunWalk) && !early;
    let bone = guidance.profile.is_none_or(|p| p == Profile::Bone);
    let asked = |p: &Plan| p.needs_clearance || p.injury.surgery || !p.clearance_for.is_empty();
    let word = bone || plan.is_some_and(asked);
    let began = diary.episodes(on).pop().map(|e| e.began.at);
    let tests = diary.of_kind(Kind::SelfTest).rev();
    let mut tests = tests.filter(|e| e.day() <= on && began.is_some_and(|began| e.at > began));
    let tested = tests.find_map(|e| match &e.body {
        Body::SelfTest(test) if passed(test) => Some(e.at),
        _ => None,
    });
    let word_after = |test| {
        diary.of_kind(Kind::Clearance).any(|e| match &e.body {
            Body::Clearance(c) => c.granted && e.at > test && e.day() <= on,
            _ => false,
        })
    };
    let young_birth = |p: &Plan| days_since_birth(p, on).is_some_and(|n| n < BIRTH_OFF_FEET_DAYS);
    let off_feet = bone || plan.is_some_and(|p| p.injury.surgery || young_birth(p));
    Allowed {
        level: if early { 1 } else { 4 },
        hops: running && tested.is_some_and(|test| !word || (cleared && word_after(test))),
        held_back: !cleared,
        off_feet: off_feet && !cleared,
        nothing: plan.is_some_and(asks_heart) && !cleared,
    }
}

/// Whether every item of the readiness test was there and passed.
fn passed(test: &SelfTest) -> bool {
    TestItem::READINESS.iter().all(|item| {
        let mut of = test.items.iter().filter(|i| i.test == *item).peekable();
        of.peek().is_some() && of.all(|i| i.passed)
    })
}

/// The exercises of a pattern at the highest level that is allowed, and that level. What
/// is not allowed yet gives way to the level below.
pub fn exercises<'a>(
    library: &'a Library,
    standing: &PatternStanding,
    allowed: Allowed,
    who: Concerns,
) -> (u8, Vec<&'a Exercise>) {
    let free = |e: &&Exercise| {
        let waits = allowed.held_back && e.cautions_for(who).any(|c| c.hold);
        let bears_weight = allowed.off_feet && !e.off_feet;
        !(waits || bears_weight || allowed.nothing)
    };
    let top = standing.level.min(allowed.level);
    for level in (1..=top).rev() {
        let all = library.for_site(standing.pattern, level, who.site.key());
        let list: Vec<&Exercise> = all.filter(free).collect();
        if !list.is_empty() {
            return (level, list);
        }
    }
    (0, Vec::new())
}

/// The items of a session, in the order of a session: the patterns of the injured region,
/// with fewer sets where they would take too long, and of the others those that waited
/// longest, as many as there is time for. Hops come with the whole session only, and
/// first: they are for rested legs.
pub fn items(
    library: &Library,
    standings: &[PatternStanding],
    allowed: Allowed,
    short: bool,
    who: Concerns,
) -> Vec<Item> {
    let limit = 60 * if short { SHORT_MIN } else { WHOLE_MIN };
    let with_sets = |standing: &PatternStanding, most: u8| {
        let (level, list) = exercises(library, standing, allowed, who);
        let mut out: Vec<Item> = list.iter().map(|e| item(e, level, standing)).collect();
        for item in &mut out {
            item.sets = item.sets.min(most);
        }
        out
    };
    let region = library.region(who.site.key());
    let (mine, mut others): (Vec<&PatternStanding>, Vec<&PatternStanding>) = standings
        .iter()
        .partition(|s| region.iter().any(|p| p == s.pattern));
    // A whole session leaves a third to the others.
    let share = if short { limit } else { limit / 3 * 2 };
    let mut chosen: Vec<(&PatternStanding, Vec<Item>)> = Vec::new();
    for most in (1..=MOST_SETS).rev() {
        chosen = mine.iter().map(|s| (*s, with_sets(s, most))).collect();
        if chosen.iter().map(|(_, items)| seconds(items)).sum::<u32>() <= share {
            break;
        }
    }
    let mut total: u32 = chosen.iter().map(|(_, items)| seconds(items)).sum();
    others.retain(|s| s.pattern != PLYOMETRIC || (allowed.hops && !short));
    others.sort_by_key(|s| s.last);
    for standing in others {
        let fits = [MOST_SETS, FEWER_SETS].into_iter().find_map(|most| {
            let items = with_sets(standing, most);
            (total + seconds(&items) <= limit).then_some(items)
        });
        if let Some(items) = fits {
            total += seconds(&items);
            chosen.push((standing, items));
        }
    }
    let place = |of: &PatternStanding| standings.iter().position(|s| s.pattern == of.pattern);
    chosen.sort_by_key(|(s, _)| (s.pattern != PLYOMETRIC, place(s)));
    chosen.into_iter().flat_map(|(_, items)| items).collect()
}

/// One exercise as an item of a session.
pub fn item(exercise: &Exercise, level: u8, standing: &PatternStanding) -> Item {
    let load = standing.load_kg.filter(|_| exercise.load);
    let load = match load {
        Some(kg) if standing.add_load() => more_load(kg).or(Some(kg)),
        load => load,
    };
    Item {
        exercise: exercise.id.clone(),
        pattern: exercise.stored.clone(),
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
fn target(exercise: &Exercise, level: u8, standing: &PatternStanding) -> u16 {
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
    seconds(items).div_ceil(60)
}

fn seconds(items: &[Item]) -> u32 {
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
    seconds
}
