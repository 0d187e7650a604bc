//! The care team: whoever is named in appointments, clearances and benchmarks. The data
//! contract has no entry for people, so nothing has to be kept twice.

use crate::diary::Diary;
use crate::diary::entry::Body;
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
pub fn team(diary: &Diary, today: NaiveDate) -> Vec<Member> {
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
