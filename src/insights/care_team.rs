//! The care team: whoever is named in appointments, clearances and benchmarks. The data
//! contract has no entry for people, so nothing has to be kept twice.

use crate::diary::Diary;
use crate::diary::entry::{Appointment, Body, Entry};
use chrono::NaiveDate;

/// One of those who help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their name as last written.
    pub name: String,
    /// What they are, where it was said.
    pub role: String,
    /// When they were last seen: an appointment kept, or the day of a clearance.
    pub seen: Option<NaiveDate>,
    /// The next appointment, today or later.
    pub next: Option<NaiveDate>,
}

/// Everyone named in the diary up to `today`, in the order in which they came.
pub fn care_team(diary: &Diary, today: NaiveDate) -> Vec<Member> {
    let mut all: Vec<Member> = Vec::new();
    for entry in diary.visible() {
        let (name, role, seen, next) = match &entry.body {
            Body::Appointment(a) => {
                let seen = (a.kept == Some(true) && a.date <= today).then_some(a.date);
                let next = (a.kept.is_none() && a.date >= today).then_some(a.date);
                (&a.with, "", seen, next)
            }
            Body::Clearance(c) => {
                let seen = c.seen_on.unwrap_or_else(|| entry.day());
                (&c.by, c.role.as_str(), Some(seen), None)
            }
            Body::Benchmark(b) => (&b.agreed_with, "", None, None),
            _ => continue,
        };
        // "Mara, physio": who, and what they are.
        let (name, role) = match name.split_once(',') {
            Some((name, said)) if role.is_empty() => (name.trim(), said.trim()),
            _ => (name.trim(), role),
        };
        if name.is_empty() {
            continue;
        }
        let same = |m: &&mut Member| m.name.to_lowercase() == name.to_lowercase();
        let Some(member) = all.iter_mut().find(same) else {
            all.push(Member {
                name: name.to_owned(),
                role: role.to_owned(),
                seen,
                next,
            });
            continue;
        };
        name.clone_into(&mut member.name);
        if !role.is_empty() {
            role.clone_into(&mut member.role);
        }
        member.seen = member.seen.max(seen);
        member.next = match (member.next, next) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    all
}

/// The appointment that comes next: neither kept nor missed, today or later.
pub fn next_appointment(diary: &Diary, on: NaiveDate) -> Option<(&Entry, &Appointment)> {
    let ahead = |e: &Entry| match &e.body {
        Body::Appointment(a) => a.kept.is_none() && a.date >= on,
        _ => false,
    };
    let all = diary.visible_where(&ahead).into_iter();
    let all = all.filter_map(|e| match &e.body {
        Body::Appointment(a) => Some((e, a)),
        _ => None,
    });
    all.min_by_key(|(e, a)| (a.date, e.id))
}

/// The same appointment with one more question on its list; a question that stands there
/// is not put on it twice.
#[must_use]
pub fn with_question(appointment: &Appointment, question: &str) -> Appointment {
    let mut asked = appointment.clone();
    if !is_asked(appointment, question) {
        if !asked.questions.is_empty() {
            asked.questions.push('\n');
        }
        asked.questions.push_str(question);
    }
    asked
}

/// Whether a question stands on an appointment's list.
pub fn is_asked(appointment: &Appointment, question: &str) -> bool {
    appointment
        .questions
        .lines()
        .any(|line| line.trim() == question)
}
