//! The morning answer, as it is being given.

use crate::app::now::Now;
use crate::diary::entry::{Body, Entry, Extra, Morning, Score, day_of};
use crate::diary::vocabulary::{RedFlag, Swelling};
use chrono::NaiveDate;

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded by a day
fn whole(minutes: f64) -> u16 {
    minutes.clamp(0.0, 1440.0).round() as u16
}

/// The morning answer, as it is being given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MorningForm {
    /// The answer being changed.
    pub original: Option<Box<Entry>>,
    /// The morning it speaks of; `None`: today's.
    pub for_day: Option<NaiveDate>,
    /// Pain, 0 to 10; `None`: not answered yet.
    pub pain: Option<u8>,
    /// Stiffness, minutes.
    pub stiffness_min: u16,
    /// Swelling; `None` reads as none.
    pub swelling: Option<Swelling>,
    /// Limp.
    pub limp: bool,
    /// Whether the last session's pain settled within the hour, when asked.
    pub settled: Option<bool>,
    /// "I don't remember".
    pub forgotten: bool,
    /// Warning signs.
    pub flags: Vec<RedFlag>,
    /// Own words.
    pub notes: String,
}

impl MorningForm {
    /// An old answer, to change it; `None` for other kinds.
    pub fn from_entry(entry: &Entry) -> Option<Self> {
        let Body::Morning(m) = &entry.body else {
            return None;
        };
        Some(Self {
            original: Some(Box::new(entry.clone())),
            for_day: Some(m.day(entry)),
            pain: Some(m.pain.get()),
            stiffness_min: whole(m.stiffness_min),
            swelling: Some(m.swelling),
            limp: m.limp,
            settled: m.settled_within_hour,
            forgotten: !m.remembered,
            flags: entry.flags.clone(),
            notes: entry.notes.clone(),
        })
    }

    /// The entry it makes; `None` while the pain is not answered.
    pub fn entry(&self, now: &Now) -> Option<Entry> {
        let pain = if self.forgotten { Some(0) } else { self.pain };
        let pain = pain.and_then(Score::new)?;
        let old = self.original.as_deref();
        let kept = old.and_then(|e| {
            if let Body::Morning(m) = &e.body {
                Some(m)
            } else {
                None
            }
        });
        let at = old.map_or_else(|| now.at(), |e| e.at);
        Some(Entry {
            id: old.map_or_else(|| now.id(0), |e| e.id),
            at,
            edited_at: None,
            deleted: false,
            notes: self.notes.clone(),
            flags: self.flags.clone(),
            body: Body::Morning(Morning {
                for_day: self.for_day.filter(|day| *day != day_of(&at)),
                pain,
                stiffness_min: f64::from(self.stiffness_min),
                swelling: self.swelling.unwrap_or(Swelling::None),
                limp: self.limp,
                settled_within_hour: self.settled,
                remembered: !self.forgotten,
                soreness: kept.and_then(|m| m.soreness),
                sleep_h: kept.and_then(|m| m.sleep_h),
                energy: kept.and_then(|m| m.energy),
                mood: kept.and_then(|m| m.mood),
                worse: kept.is_some_and(|m| m.worse),
            }),
            extra: old.map_or_else(Extra::new, |e| e.extra.clone()),
        })
    }
}
