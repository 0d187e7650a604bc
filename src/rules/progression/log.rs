//! The diary as the replay reads it: by day, with what is looked up often.

use crate::diary::entry::{Absence, Appointment, Body, Entry, Freedom, Morning};
use crate::diary::vocabulary::AbsenceReason;
use crate::diary::{Diary, in_order};
use crate::formats::sorted::Sorted;
use crate::thresholds::WEEK;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

/// A day some days later (earlier with a negative number); at the calendar's ends the same day.
pub(super) fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let n = Days::new(days.unsigned_abs());
    let moved = if days < 0 {
        day.checked_sub_days(n)
    } else {
        day.checked_add_days(n)
    };
    moved.unwrap_or(day)
}

/// Days from `a` to `b`.
pub(super) fn between(a: NaiveDate, b: NaiveDate) -> i64 {
    (b - a).num_days()
}

/// Everything up to a day, in order.
pub(super) struct Log<'a> {
    pub(super) by_day: Sorted<NaiveDate, Vec<&'a Entry>>,
    /// The morning that stands for each day: the latest entered.
    pub(super) mornings: Sorted<NaiveDate, (Uuid, &'a Morning)>,
    pub(super) absences: Vec<&'a Absence>,
    pub(super) appointments: Vec<&'a Appointment>,
    /// Freedoms, with the day they were entered.
    pub(super) freedoms: Vec<(NaiveDate, &'a Freedom)>,
    /// Days on which anything is said of, up to the day asked for.
    days: Sorted<NaiveDate, ()>,
}

impl<'a> Log<'a> {
    /// Entries whose local date is no later than `on`, sorted by instant, then id.
    pub(super) fn new(diary: &'a Diary, on: NaiveDate) -> Self {
        let mut list: Vec<&Entry> = diary
            .all()
            .filter(|e| !e.deleted && e.day() <= on)
            .collect();
        in_order(&mut list);
        let mut log = Self {
            by_day: Sorted::default(),
            mornings: Sorted::default(),
            absences: Vec::new(),
            appointments: Vec::new(),
            freedoms: Vec::new(),
            days: Sorted::default(),
        };
        for entry in list {
            match &entry.body {
                Body::Morning(m) => {
                    let day = m.for_day.unwrap_or_else(|| entry.day());
                    if day <= on {
                        log.mornings.insert(day, (entry.id, m));
                        log.days.insert(day, ());
                    }
                }
                Body::Absence(a) => {
                    log.absences.push(a);
                    for day in [Some(a.from), a.until].into_iter().flatten() {
                        log.days.insert(day, ());
                    }
                }
                Body::Appointment(a) => {
                    log.appointments.push(a);
                    log.days.insert(a.date, ());
                }
                Body::Freedom(f) => log.freedoms.push((entry.day(), f)),
                _ => {}
            }
            log.days.insert(entry.day(), ());
            log.by_day.or_default(entry.day()).push(entry);
        }
        log.days.retain(|d, ()| *d <= on);
        log
    }

    /// The entries of a day, in order.
    pub(super) fn on(&self, day: NaiveDate) -> &[&'a Entry] {
        self.by_day.get(&day).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn morning(&self, day: NaiveDate) -> Option<&'a Morning> {
        self.mornings.get(&day).map(|(_, m)| *m)
    }

    /// The first day from this one on of which anything is said.
    pub(super) fn next_day(&self, from: NaiveDate) -> Option<NaiveDate> {
        self.days.from(&from).first().map(|(day, ())| *day)
    }

    /// Whether anything is said of a day.
    pub(super) fn speaks_of(&self, day: NaiveDate) -> bool {
        self.days.contains_key(&day)
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
                _ => false,
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

    /// Remembered pains of the seven mornings up to a day.
    pub(super) fn week_of_pains(&self, until: NaiveDate) -> Vec<u8> {
        self.mornings
            .from(&plus(until, 1 - WEEK))
            .iter()
            .take_while(|(day, _)| *day <= until)
            .filter(|(_, (_, m))| m.remembered)
            .map(|(_, (_, m))| m.pain.get())
            .collect()
    }
}
