//! Adherence: how each day went beside what it asked for.

use crate::diary::Diary;
use crate::diary::entry::{Absence, Body, Entry};
use crate::rules::guidance::Advice;
use crate::rules::progression::forecast::Asked;
use crate::thresholds::{TINY, TOO_MUCH_SHARE};
use chrono::NaiveDate;

/// Days, by how they went beside what they asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Adherence {
    /// A session as asked for, or an easier one.
    pub sessions: u32,
    /// Rest taken where rest was asked for.
    pub rest: u32,
    /// A session was offered and left.
    pub missed: u32,
    /// More running than asked for, or running on a rest day.
    pub exceeded: u32,
}

impl Adherence {
    /// As planned: sessions, and rest that was taken.
    pub fn as_planned(self) -> u32 {
        self.sessions + self.rest
    }

    /// All days counted.
    pub fn all(self) -> u32 {
        self.as_planned() + self.missed + self.exceeded
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            sessions: self.sessions + other.sessions,
            rest: self.rest + other.rest,
            missed: self.missed + other.missed,
            exceeded: self.exceeded + other.exceeded,
        }
    }
}

/// What was done on a day.
struct DayDone {
    on: NaiveDate,
    run_min: f64,
    sessions: u32,
    impact: bool,
}

fn days_done(diary: &Diary, from: NaiveDate, to: NaiveDate) -> Vec<DayDone> {
    let wanted = |e: &Entry| {
        let what = matches!(
            e.body,
            Body::Session(_) | Body::SelfTest(_) | Body::Activity(_)
        );
        what && e.day() >= from && e.day() <= to
    };
    let mut out: Vec<DayDone> = Vec::new();
    for entry in diary.visible_where(&wanted) {
        let on = entry.day();
        // In the order of instants: a journey across zones may step back a day.
        let at = out.partition_point(|d| d.on < on);
        if out.get(at).is_none_or(|d| d.on != on) {
            let (run_min, sessions, impact) = (0.0, 0, false);
            out.insert(
                at,
                DayDone {
                    on,
                    run_min,
                    sessions,
                    impact,
                },
            );
        }
        let Some(day) = out.get_mut(at) else { continue };
        match &entry.body {
            Body::Session(s) => {
                day.run_min += s.run_min;
                day.sessions += 1;
            }
            Body::SelfTest(_) => day.sessions += 1,
            Body::Activity(a) => day.impact |= a.impact && !a.planned,
            _ => {}
        }
    }
    out
}

/// How each day went beside what it asked for; a last day that is not over may still bring
/// its session.
pub fn by_day(diary: &Diary, asked: &[Asked], today: NaiveDate) -> Vec<(NaiveDate, Adherence)> {
    let from = asked.first().map_or(today, |a| a.on);
    let done = days_done(diary, from, today);
    let absences: Vec<&Absence> = diary
        .all()
        .filter(|e| !e.deleted)
        .filter_map(|e| match &e.body {
            Body::Absence(a) => Some(a),
            _ => None,
        })
        .collect();
    let away = |on| {
        let covers = |a: &&Absence| a.from <= on && a.until.is_none_or(|until| until >= on);
        absences.iter().any(covers)
    };
    let each = asked.iter().map(|asked| {
        let day = done
            .binary_search_by(|d| d.on.cmp(&asked.on))
            .ok()
            .and_then(|i| done.get(i));
        (asked.on, of_day(asked, day, away(asked.on)))
    });
    each.filter(|(on, day)| *on != today || day.missed + day.rest == 0)
        .collect()
}

/// How one day went beside what it asked for.
fn of_day(asked: &Asked, done: Option<&DayDone>, away: bool) -> Adherence {
    let session = asked.session.as_ref();
    let most = session.map_or(0.0, |p| p.minutes().0);
    let offered = session.is_some() || asked.advice == Advice::SelfTest;
    let mut day = Adherence::default();
    match done {
        Some(d) if d.run_min > most * TOO_MUCH_SHARE + TINY => day.exceeded = 1,
        Some(d) if d.impact && most <= 0.0 => day.exceeded = 1,
        Some(d) if d.sessions > 0 && offered => day.sessions = 1,
        _ if offered && !away => day.missed = 1,
        _ => day.rest = 1,
    }
    day
}
