//! Where the runner stands in each pattern (progression, section 9): a level moves up
//! after two sessions in a row in which every set reached the top of its range (15
//! repetitions or 45 seconds), with pain of 2 or less (bone 0) and a next morning that was
//! answered and is no higher than usual; it moves down after pain above that, or a higher
//! morning.
//!
//! Where the section is silent, the cautious reading:
//! - everyone begins at level 1, and anew with a new injury;
//! - "no higher" is a morning at the usual, without limp or swelling; an unanswered one
//!   starts the count at 0 once it is over;
//! - a short session may hold fewer sets: two of an exercise are enough to count, where it
//!   has as many;
//! - three weeks without a pattern put it down one, six weeks back to level 1.

use super::library::{
    Count, Exercise, Library, PATTERNS, PLYOMETRIC, Sides, top_level, trained_with,
};
use super::plus;
use crate::diary::Diary;
use crate::diary::entry::{Body, Entry, Kind, Strength, StrengthItem, StrengthSet};
use crate::diary::vocabulary::{Profile, Side};
use crate::rules::measure::Measure;
use chrono::NaiveDate;

/// Sets of an exercise that a session needs to count.
const SETS_NEEDED: u8 = 2;
/// Sessions at the top of the range that move a level up (evidence, section 6).
pub const GOOD_NEEDED: u8 = 2;
/// Days without a pattern after which it is one level easier.
const GAP_DAYS: i64 = 21;
/// Days without a pattern after which it begins anew.
const LONG_GAP_DAYS: i64 = 42;
/// Most pain that still counts towards moving up (bone: none).
const PAIN_LIMIT: u8 = 2;

/// Why a pattern's level last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Two good sessions.
    Up,
    /// Pain in a session.
    Pain,
    /// Weeks without it.
    Gap,
}

/// Where a pattern stands.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternStanding {
    /// The pattern.
    pub pattern: &'static str,
    /// Its level, from 1.
    pub level: u8,
    /// Good sessions at this level so far, 0 to 2 (2 only at the top level).
    pub good: u8,
    /// A session at the top of the range waits for its morning.
    pub waiting: bool,
    /// When it was last done.
    pub last: Option<NaiveDate>,
    /// The last change of level: when, and why.
    pub moved: Option<(NaiveDate, Moved)>,
    /// The weight last used for it, kilograms.
    pub load_kg: Option<f64>,
    /// What the weakest set of the last session at this level reached, repetitions or
    /// seconds.
    pub reached: Option<u16>,
}

impl PatternStanding {
    fn new(pattern: &'static str) -> Self {
        Self {
            pattern,
            level: 1,
            good: 0,
            waiting: false,
            last: None,
            moved: None,
            load_kg: None,
            reached: None,
        }
    }

    /// At the top level, two good sessions ask for a little more weight.
    pub fn add_load(&self) -> bool {
        self.level == top_level(self.pattern) && self.good >= GOOD_NEEDED
    }

    fn down(&mut self, to: u8, day: NaiveDate, why: Moved) {
        if to < self.level {
            self.level = to;
            self.reached = None;
            self.moved = Some((day, why));
        }
        self.good = 0;
    }

    fn rest_until(&mut self, day: NaiveDate) {
        let Some(last) = self.last else { return };
        match (day - last).num_days() {
            LONG_GAP_DAYS.. => self.down(1, plus(last, 42), Moved::Gap),
            GAP_DAYS.. => {
                let to = self.level.saturating_sub(1).max(1);
                self.down(to, plus(last, 21), Moved::Gap);
            }
            _ => {}
        }
    }
}

/// A weight some steps of half a kilogram up: more than `kg`, by 10 % at most
/// (ACSM 2009: 2 to 10 %); `None` where half a kilogram is more than that.
pub fn more_load(kg: f64) -> Option<f64> {
    let steps = (kg * 1.1 * 2.0).floor() / 2.0;
    let least = (kg * 1.02 * 2.0).ceil() / 2.0;
    let next = least.min(steps);
    (next > kg).then_some(next)
}

/// Where every pattern stands on a day, hops last. `profile` is the one that holds.
pub fn standings(
    diary: &Diary,
    library: &Library,
    profile: Profile,
    on: NaiveDate,
) -> Vec<PatternStanding> {
    // What was trained before belongs to another injury.
    let Some(episode) = diary.episodes(on).pop() else {
        return all().map(PatternStanding::new).collect();
    };
    let measure = Measure::of(episode.plan, profile);
    let site = episode.plan.injury.site.key();
    let began = (episode.began.at, episode.began.id);
    let done = diary.of_kind(Kind::Strength);
    let done: Vec<&Entry> = done
        .filter(|e| e.day() <= on && (e.at, e.id) > began)
        .collect();
    let mornings = diary.mornings();
    let mut out: Vec<PatternStanding> = all().map(PatternStanding::new).collect();
    for standing in &mut out {
        let mut days: Vec<(NaiveDate, Vec<&Strength>)> = Vec::new();
        for &entry in &done {
            let Body::Strength(s) = &entry.body else {
                continue;
            };
            if !s
                .items
                .iter()
                .any(|i| trained_with(&i.pattern) == standing.pattern)
            {
                continue;
            }
            // The sessions of one day are one session.
            match days.last_mut() {
                Some((day, sessions)) if *day == entry.day() => sessions.push(s),
                _ => days.push((entry.day(), vec![s])),
            }
        }
        for (day, sessions) in days {
            standing.rest_until(day);
            let next = mornings.get(&plus(day, 1));
            one_day(
                standing,
                &|pattern, level| library.for_site(pattern, level, site).collect(),
                &measure,
                day,
                &sessions,
                next.map(|(_, m)| measure.at_baseline(m)),
                on,
            );
        }
        standing.rest_until(on);
    }
    out
}

fn all() -> impl Iterator<Item = &'static str> {
    PATTERNS.into_iter().chain([PLYOMETRIC])
}

/// The exercises of a pattern at a level, for the runner's site.
type Exercises<'a> = dyn Fn(&'static str, u8) -> Vec<&'a Exercise> + 'a;

fn one_day(
    standing: &mut PatternStanding,
    exercises: &Exercises,
    measure: &Measure,
    day: NaiveDate,
    sessions: &[&Strength],
    next_quiet: Option<bool>,
    on: NaiveDate,
) {
    let worst = sessions.iter().map(|s| s.pain.get()).max().unwrap_or(0);
    let items: Vec<&StrengthItem> = sessions
        .iter()
        .flat_map(|s| &s.items)
        .filter(|i| trained_with(&i.pattern) == standing.pattern)
        .collect();
    standing.last = Some(day);
    standing.waiting = false;
    let loads = items.iter().flat_map(|i| &i.sets).filter_map(|s| s.load_kg);
    standing.load_kg = loads.reduce(f64::max).or(standing.load_kg);
    let here = items.iter().filter(|i| i.level == standing.level);
    let numbers = here.flat_map(|i| &i.sets).map(number);
    standing.reached = numbers.reduce(u16::min).or(standing.reached);
    let limit = if measure.bone() { 0 } else { PAIN_LIMIT };
    let limit = measure.limit.map_or(limit, |own| limit.min(own.pain()));
    if worst > limit || next_quiet == Some(false) {
        let to = standing.level.saturating_sub(1).max(1);
        standing.down(to, day, Moved::Pain);
    } else if !at_the_top(
        &exercises(standing.pattern, standing.level),
        standing,
        &items,
    ) {
        standing.good = 0;
    } else if next_quiet.is_none() {
        standing.waiting = plus(day, 1) >= on;
        // The row is not broken while the morning may still be answered.
        standing.good = if standing.waiting { standing.good } else { 0 };
    } else {
        standing.good = (standing.good + 1).min(GOOD_NEEDED);
        if standing.good >= GOOD_NEEDED && standing.level < top_level(standing.pattern) {
            standing.level += 1;
            standing.reached = None;
            standing.good = 0;
            standing.moved = Some((plus(day, 1), Moved::Up));
        }
    }
}

/// Every exercise of the level was done, in at least two sets (its own number where it has
/// fewer), and every set reached the top of its range.
fn at_the_top(
    exercises: &[&Exercise],
    standing: &PatternStanding,
    items: &[&StrengthItem],
) -> bool {
    !exercises.is_empty()
        && exercises.iter().all(|exercise| {
            let sets: Vec<&StrengthSet> = items
                .iter()
                .filter(|i| i.exercise == exercise.id && i.level == standing.level)
                .flat_map(|i| &i.sets)
                .collect();
            let needed = usize::from(exercise.sets.min(SETS_NEEDED));
            let all_full = sets.iter().all(|set| full(exercise, set));
            let enough = if exercise.sides == Sides::Each {
                [Side::Left, Side::Right].iter().all(|side| {
                    let of = |s: &&&StrengthSet| s.side == *side || s.side == Side::Both;
                    sets.iter().filter(of).count() >= needed
                })
            } else {
                sets.len() >= needed
            };
            all_full && enough
        })
}

/// What a set came to: repetitions, or seconds held.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped
fn number(set: &StrengthSet) -> u16 {
    let seconds = set.seconds.map_or(0, |s| s.clamp(0.0, 10_000.0) as u16);
    set.reps
        .map_or(seconds, |n| u16::try_from(n).unwrap_or(u16::MAX))
}

fn full(exercise: &Exercise, set: &StrengthSet) -> bool {
    match exercise.count {
        Count::Reps => set.reps.is_some_and(|n| n >= u32::from(exercise.high)),
        Count::Hold => set.seconds.is_some_and(|s| s >= f64::from(exercise.high)),
    }
}
