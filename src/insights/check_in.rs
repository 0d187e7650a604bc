//! What the check-ins of the last days ask for: a short night before a level that is new,
//! and eating too little on several days. Suggestions only: no level and no verdict hangs
//! on them.

use crate::diary::Diary;
use crate::diary::entry::{Body, CheckIn, Entry, Kind};
use crate::diary::vocabulary::RedFlag;
use crate::rules::guidance::{ChangeCause, Guidance};
use chrono::NaiveDate;

/// A night of fewer hours is called short (evidence: `malhotra` names sleep, no figure was
/// read; six hours are our own).
pub const SHORT_NIGHT_H: f64 = 6.0;
/// Days looked at for food.
const FOOD_DAYS: usize = 7;
/// Days with too little food, of those, after which it is said (our own).
const HUNGRY_DAYS: usize = 3;
/// Days for which a warning sign about food is still what is to be talked about.
const SIGN_DAYS: i64 = 28;

/// The check-in of a day: the latest.
pub fn of_day(diary: &Diary, on: NaiveDate) -> Option<(&Entry, &CheckIn)> {
    let mut all = diary.of_kind(Kind::CheckIn).rev();
    all.find_map(|entry| match &entry.body {
        Body::CheckIn(told) if entry.day() == on => Some((entry, told)),
        _ => None,
    })
}

/// Hours slept in the night before a day, as a check-in or the morning tells.
pub fn slept(diary: &Diary, on: NaiveDate) -> Option<f64> {
    let told = of_day(diary, on).and_then(|(_, told)| told.sleep_h);
    told.or_else(|| diary.morning_of(on)?.sleep_h)
}

/// The level before, once more, after a short night.
#[derive(Debug, Clone, PartialEq)]
pub struct SameAgain {
    /// Hours slept.
    pub hours: f64,
    /// The level that was done well before.
    pub level: String,
    /// The one that would be new today.
    pub instead_of: String,
}

/// What a short night suggests on the day of the guidance: where the level to do is new, by
/// a rise that no session followed yet, the level before.
pub fn same_again(diary: &Diary, guidance: &Guidance) -> Option<SameAgain> {
    let on = guidance.on;
    let hours = slept(diary, on).filter(|hours| *hours < SHORT_NIGHT_H)?;
    let planned = &guidance.prescription()?.level;
    let rise = guidance
        .history
        .iter()
        .rev()
        .find(|change| change.moves())?;
    let level = rise.from.as_ref()?;
    let mut since = diary.sessions(rise.on..=on);
    let done = since.any(|(_, session)| session.level.as_ref() == Some(planned));
    let easier = guidance.easier().iter().any(|one| one.level == *level);
    let rises = rise.cause == ChangeCause::Up && rise.to == *planned;
    (rises && !done && easier).then(|| SameAgain {
        hours,
        level: level.clone(),
        instead_of: planned.clone(),
    })
}

/// Why under-fuelling is talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fuel {
    /// On so many of the last seven days the runner ate too little.
    TooLittle(usize),
    /// A warning sign of it was told of in the last four weeks.
    Sign,
}

/// Whether the runner eats too little for what is done, as far as was told.
pub fn fuel(diary: &Diary, on: NaiveDate) -> Option<Fuel> {
    let told = |entry: &&Entry| {
        let signs = [RedFlag::UnderFuelling, RedFlag::MissedPeriods];
        let ago = (on - entry.day()).num_days();
        (0..SIGN_DAYS).contains(&ago) && signs.iter().any(|sign| entry.flags.contains(sign))
    };
    if !diary.visible_where(&|entry| told(&entry)).is_empty() {
        return Some(Fuel::Sign);
    }
    let days = on.iter_days().rev().take(FOOD_DAYS);
    let hungry = days.filter(|day| {
        let told = of_day(diary, *day);
        told.is_some_and(|(_, told)| told.food == Some(false))
    });
    let hungry = hungry.count();
    (hungry >= HUNGRY_DAYS).then_some(Fuel::TooLittle(hungry))
}
