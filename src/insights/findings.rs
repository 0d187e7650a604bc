//! What stands beside pain: mornings above the usual after one surface, pair of shoes,
//! short night or thing that was tried, against mornings after all other sessions. Counts,
//! and no cause: nothing here moves the runner. And the minutes of each pair of shoes.

use crate::diary::Diary;
use crate::diary::entry::Session;
use crate::insights::check_in::{SHORT_NIGHT_H, slept};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Sessions that there have to be on each side before anything is said (our own: below it
/// one morning more or less would turn the sentence round).
const LEAST: u32 = 4;
/// How far the two shares have to be apart before it is said (our own).
const APART: f64 = 0.4;
/// How many are said at most: the widest apart.
const MOST: usize = 3;

/// What the sessions of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Habit {
    /// A surface, by its key.
    Surface(String),
    /// A short night before.
    ShortNight,
    /// A pair of shoes, by its own name.
    Shoes(String),
    /// A card of "Running well" that was tried, by its key.
    Tried(String),
}

/// Mornings above the usual, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Above the usual.
    pub higher: u32,
    /// All that were answered.
    pub all: u32,
}

impl Share {
    fn add(&mut self, higher: bool) {
        self.higher += u32::from(higher);
        self.all += 1;
    }

    fn without(self, part: Self) -> Self {
        Self {
            higher: self.higher - part.higher,
            all: self.all - part.all,
        }
    }

    fn share(self) -> f64 {
        f64::from(self.higher) / f64::from(self.all.max(1))
    }
}

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// After what.
    pub habit: Habit,
    /// The mornings after it.
    pub after: Share,
    /// The mornings after all other sessions.
    pub otherwise: Share,
}

/// What stands out from a day on, the widest apart first; nothing where too little is
/// there. `baseline` is the usual morning pain.
pub fn findings(diary: &Diary, from: NaiveDate, to: NaiveDate, baseline: u8) -> Vec<Finding> {
    let mornings = diary.mornings();
    let mut all = Share::default();
    let mut groups: BTreeMap<Habit, Share> = BTreeMap::new();
    for (entry, session) in diary.sessions(from..=to) {
        let next = entry.day().succ_opt().and_then(|day| mornings.get(&day));
        let Some((_, morning)) = next.filter(|(_, morning)| morning.remembered) else {
            continue;
        };
        let higher = morning.pain.get() > baseline;
        all.add(higher);
        let short = slept(diary, entry.day()).is_some_and(|hours| hours < SHORT_NIGHT_H);
        for habit in habits(session, short) {
            groups.entry(habit).or_default().add(higher);
        }
    }
    let mut found: Vec<Finding> = groups
        .into_iter()
        .map(|(habit, after)| Finding {
            habit,
            after,
            otherwise: all.without(after),
        })
        .filter(|f| f.after.all >= LEAST && f.otherwise.all >= LEAST && f.apart() >= APART)
        .collect();
    // Of two that are each other's rest, such as two surfaces, the worse one is told.
    let rank = |f: &Finding| (f.apart(), f.after.share());
    found.sort_by(|a, b| {
        let ((wide_a, high_a), (wide_b, high_b)) = (rank(a), rank(b));
        wide_b.total_cmp(&wide_a).then(high_b.total_cmp(&high_a))
    });
    let mut told: Vec<Finding> = Vec::new();
    for finding in found {
        let rest =
            |other: &Finding| (other.after, other.otherwise) == (finding.otherwise, finding.after);
        if told.len() < MOST && !told.iter().any(rest) {
            told.push(finding);
        }
    }
    told
}

impl Finding {
    fn apart(&self) -> f64 {
        (self.after.share() - self.otherwise.share()).abs()
    }
}

fn habits(session: &Session, short_night: bool) -> Vec<Habit> {
    let named = |text: &Option<String>| text.clone().filter(|name| !name.trim().is_empty());
    let mut habits = Vec::new();
    habits.extend(named(&session.surface).map(Habit::Surface));
    habits.extend(named(&session.shoes).map(Habit::Shoes));
    habits.extend(named(&session.tried).map(Habit::Tried));
    if short_night {
        habits.push(Habit::ShortNight);
    }
    habits
}

/// A pair of shoes.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Its own name.
    pub name: String,
    /// Minutes of running and walking in it.
    pub minutes: f64,
    /// Its first session.
    pub since: NaiveDate,
    /// Its last one.
    pub last: NaiveDate,
}

/// Every pair that the diary names up to a day, the one last worn first.
pub fn pairs(diary: &Diary, to: NaiveDate) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (entry, session) in diary.sessions(..=to) {
        let name = session.shoes.as_deref().unwrap_or_default().trim();
        if name.is_empty() {
            continue;
        }
        let minutes = session.run_min + session.walk_min;
        match pairs.iter_mut().find(|pair| pair.name == name) {
            Some(pair) => {
                pair.minutes += minutes;
                pair.last = entry.day();
            }
            None => pairs.push(Pair {
                name: name.to_owned(),
                minutes,
                since: entry.day(),
                last: entry.day(),
            }),
        }
    }
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.last));
    pairs
}
