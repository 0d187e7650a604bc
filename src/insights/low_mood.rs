//! Whether the mood has been low for two weeks: then the app says quietly where to find
//! somebody to talk to. It moves nothing in the plan and is said to nobody else.

use crate::diary::Diary;
use crate::diary::entry::{Body, Mood};
use chrono::NaiveDate;

/// Days looked at: two weeks (the span that screening for low mood asks about, PHQ-2,
/// Kroenke 2003; the count of faces is our own and no score of that kind).
const DAYS: usize = 14;
/// Days ago, at least, that the first of the answers is.
const OLDEST: usize = 12;
/// The highest face that counts as low, of 1 to 5.
const LOW: u8 = 2;
/// Days with an answer that it takes.
const ANSWERS: usize = 5;

/// Whether every day of the last two weeks that has a mood has a low one by its best
/// answer, on five days at least, the first of them twelve days ago or more.
pub fn low_for_two_weeks(diary: &Diary, today: NaiveDate) -> bool {
    let mut days: [u8; DAYS] = [0; DAYS];
    for entry in diary.all().filter(|e| !e.deleted) {
        let (day, mood) = match &entry.body {
            Body::Session(s) => (entry.day(), s.mood),
            Body::Morning(m) => (m.day(entry), m.mood),
            Body::Mind(m) => (entry.day(), m.mood),
            _ => continue,
        };
        let ago = usize::try_from((today - day).num_days());
        if let (Some(best), Some(mood)) = (ago.ok().and_then(|n| days.get_mut(n)), mood) {
            *best = (*best).max(Mood::get(mood));
        }
    }
    let answered = |days: &[u8]| days.iter().filter(|d| **d > 0).count();
    let (_, oldest) = days.split_at(OLDEST);
    days.iter().all(|d| *d <= LOW) && answered(oldest) > 0 && answered(&days) >= ANSWERS
}
