//! The diary as the replay reads it: by day, with what is looked up often.

use crate::diary::entry::{Absence, Appointment, Body, Entry, Freedom, Morning};
use crate::diary::vocabulary::AbsenceReason;
use crate::diary::{Diary, in_order};
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Where an entry stands in the order of all: by its instant, then by its id.
pub(super) type Place = (DateTime<FixedOffset>, Uuid);

/// The morning that stands for a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    /// Where the entry stands in the order of all.
    pub(super) place: Place,
    pub(super) morning: &'a Morning,
}

/// Everything up to a day, in order.
pub(super) struct Index<'a> {
    by_day: BTreeMap<NaiveDate, Vec<&'a Entry>>,
    /// The morning that stands for each day: the latest entered.
    mornings: BTreeMap<NaiveDate, Answer<'a>>,
    absences: Vec<Absence>,
    appointments: Vec<&'a Appointment>,
    /// Freedoms, with the day they were entered.
    freedoms: Vec<(NaiveDate, &'a Freedom)>,
    /// Days on which anything is said of, up to the day asked for.
    days: BTreeSet<NaiveDate>,
}

impl<'a> Index<'a> {
    /// Entries whose day is no later than `on`, sorted by instant, then id. One whose day is
    /// later though its instant is past `now` is read as of `on`, last in its order: a flight
    /// to the west, a clock put right.
    pub(super) fn new(diary: &'a Diary, on: NaiveDate, now: Option<DateTime<FixedOffset>>) -> Self {
        let later = |e: &Entry| e.day() > on;
        let past = |e: &Entry| now.is_some_and(|now| e.at <= now);
        let mut list: Vec<&Entry> = diary
            .all()
            .filter(|e| !e.deleted && (!later(e) || past(e)))
            .collect();
        in_order(&mut list);
        let mut index = Self {
            by_day: BTreeMap::new(),
            mornings: BTreeMap::new(),
            absences: Vec::new(),
            appointments: Vec::new(),
            freedoms: Vec::new(),
            days: BTreeSet::new(),
        };
        let (late, own): (Vec<&Entry>, Vec<&Entry>) = list.into_iter().partition(|e| later(e));
        for entry in own {
            index.read(entry, entry.day(), on);
        }
        for entry in late {
            index.read(entry, on, on);
        }
        index.days.retain(|d| *d <= on);
        index
    }

    fn read(&mut self, entry: &'a Entry, day: NaiveDate, on: NaiveDate) {
        match &entry.body {
            Body::Morning(m) => {
                let of = m.for_day.unwrap_or(day);
                if of <= on {
                    let place = (entry.at, entry.id);
                    self.mornings.insert(of, Answer { place, morning: m });
                    self.days.insert(of);
                }
            }
            Body::Absence(a) => {
                self.close_illness(a);
                self.absences.push(a.clone());
                for day in [Some(a.from), a.until].into_iter().flatten() {
                    self.days.insert(day);
                }
            }
            Body::Appointment(a) => {
                self.appointments.push(a);
                self.days.insert(a.date);
            }
            Body::Freedom(f) => self.freedoms.push((day, f)),
            Body::Plan(_)
            | Body::Clearance(_)
            | Body::Session(_)
            | Body::SelfTest(_)
            | Body::Strength(_)
            | Body::Activity(_)
            | Body::Flag
            | Body::Benchmark(_)
            | Body::Mind(_)
            | Body::CheckIn(_)
            | Body::Goal(_)
            | Body::Unknown(_) => {}
        }
        self.days.insert(day);
        self.by_day.entry(day).or_default().push(entry);
    }

    /// The last day of an illness may be said by a later entry of one (section 4).
    fn close_illness(&mut self, later: &Absence) {
        if later.reason != AbsenceReason::Illness {
            return;
        }
        let Some(until) = later.until else { return };
        for open in &mut self.absences {
            if open.reason == AbsenceReason::Illness && open.until.is_none() && open.from <= until {
                open.until = Some(until);
            }
        }
    }

    /// The first day of which an entry is.
    pub(super) fn first_day(&self) -> Option<NaiveDate> {
        self.by_day.keys().next().copied()
    }

    /// The entries of a day, in order.
    pub(super) fn on(&self, day: NaiveDate) -> &[&'a Entry] {
        self.by_day.get(&day).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn answer(&self, day: NaiveDate) -> Option<Answer<'a>> {
        self.mornings.get(&day).copied()
    }

    /// Answers a morning that is still to come: only looked ahead with.
    pub(super) fn foresee(&mut self, day: NaiveDate, morning: &'a Morning) {
        let place = (DateTime::default(), Uuid::nil());
        self.mornings.insert(day, Answer { place, morning });
    }

    /// The first day from this one on of which anything is said.
    pub(super) fn next_day(&self, from: NaiveDate) -> Option<NaiveDate> {
        self.days.range(from..).next().copied()
    }

    /// Whether anything is said of a day.
    pub(super) fn speaks_of(&self, day: NaiveDate) -> bool {
        self.days.contains(&day)
    }

    /// Whether something done on a day may ask what the day gave.
    pub(super) fn asks_what_it_gave(&self, day: NaiveDate) -> bool {
        self.on(day)
            .iter()
            .any(|e| matches!(e.body, Body::Session(_) | Body::SelfTest(_)))
    }

    pub(super) fn absences(&self) -> &[Absence] {
        &self.absences
    }

    pub(super) fn freedoms(&self) -> &[(NaiveDate, &'a Freedom)] {
        &self.freedoms
    }

    /// Whether pain, or an illness with fever, is the reason for a gap: one of its days
    /// lies after the count began, and no run ended it (section 6).
    pub(super) fn away_for_cause(
        &self,
        gap_start: NaiveDate,
        last_run: Option<NaiveDate>,
        on: NaiveDate,
    ) -> bool {
        self.absences.iter().any(|a| {
            let cause = match a.reason {
                AbsenceReason::Pain => true,
                AbsenceReason::Illness => a.fever,
                AbsenceReason::Holiday | AbsenceReason::Other => false,
            };
            let end = a.until.unwrap_or(on).min(on);
            let ended_by_run = last_run.is_some_and(|run| a.from < run);
            cause && a.from <= on && end > gap_start && !ended_by_run
        })
    }

    /// An appointment kept from the flag's day on, and not after `on` (section 7).
    pub(super) fn reviewed(&self, since: NaiveDate, on: NaiveDate) -> bool {
        self.appointments
            .iter()
            .any(|a| a.kept == Some(true) && a.date >= since && a.date <= on)
    }

    /// Remembered pains of the mornings of some days, both included.
    pub(super) fn pains(&self, from: NaiveDate, until: NaiveDate) -> Vec<u8> {
        self.mornings
            .range(from..=until)
            .filter(|(_, answer)| answer.morning.remembered)
            .map(|(_, answer)| answer.morning.pain.get())
            .collect()
    }
}
