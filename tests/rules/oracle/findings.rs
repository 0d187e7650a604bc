//! Sections 1, 4, 5 and 7 of the page, asked of the whole diary each time.

use super::rungs::{self, Kind, Rung, line};
use super::{between, plus};
use chrono::NaiveDate;
use footing::diary::entry::{Body, Clearance, Entry, Morning, Plan, Session};
use footing::diary::vocabulary::{
    AbsenceReason, FreedomName, Movement, PainBehaviour, Profile, RedFlag, Site, Stage, StoppedFor,
    Swelling,
};

/// One vote: a row, its severity, and the day it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub rule: &'static str,
    pub severity: u8,
    pub day: NaiveDate,
}

/// What is logged outside a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// A warning sign on a morning.
    Morning,
    /// A warning sign on anything else.
    Sign,
    /// Pain with strength, an activity, or the self-test.
    Pain,
}

/// The diary as known on a day.
pub struct Book<'a> {
    pub entries: Vec<&'a Entry>,
    pub on: NaiveDate,
    /// Which entries are sessions.
    pub sessions: Vec<usize>,
    /// The votes about each session.
    pub found: Vec<Vec<Finding>>,
    /// Votes outside a session, each with its entry.
    pub others: Vec<(Finding, Other, usize)>,
}

fn emergency(flag: RedFlag) -> bool {
    matches!(
        flag.key(),
        "chest-pain"
            | "fainting"
            | "palpitations"
            | "breathless"
            | "coughing-blood"
            | "clot-with-breathlessness"
            | "compartment"
            | "saddle-numbness"
            | "deformity"
            | "pop-no-push-off"
            | "hot-joint-fever"
            | "pregnancy-warning"
    )
}

fn review(flag: RedFlag, profile: Profile) -> bool {
    match flag.key() {
        "pain-over-4-days" | "blood-thinners" | "under-fuelling" => true,
        "missed-periods" | "earlier-stress-fractures" => profile != Profile::Bone,
        _ => false,
    }
}

impl<'a> Book<'a> {
    pub fn new(entries: Vec<&'a Entry>, on: NaiveDate) -> Self {
        let sessions = (0..entries.len())
            .filter(|k| matches!(entries[*k].body, Body::Session(_)))
            .collect();
        let mut book = Self {
            entries,
            on,
            sessions,
            found: Vec::new(),
            others: Vec::new(),
        };
        for i in 0..book.sessions.len() {
            let votes = book.votes(i);
            book.found.push(votes);
            book.last_of_day(i);
        }
        book.others = book.other_votes();
        book
    }

    pub fn session(&self, k: usize) -> &'a Session {
        match &self.entries[k].body {
            Body::Session(s) => s,
            _ => unreachable!("not a session"),
        }
    }

    /// Whether a session was done at a level of the ladder that stood.
    pub fn on_plan(&self, k: usize) -> bool {
        let line = line(self.plan_at(k));
        let level = self.session(k).level.as_ref();
        level.is_some_and(|id| self.plan_at(k).is_some() && line.iter().any(|r| r.id == *id))
    }

    fn plan(&self, k: usize) -> Option<&'a Plan> {
        match &self.entries[k].body {
            Body::Plan(p) => Some(p),
            _ => None,
        }
    }

    fn clearance(&self, k: usize) -> Option<&'a Clearance> {
        match &self.entries[k].body {
            Body::Clearance(c) => Some(c),
            _ => None,
        }
    }

    /// The plan standing at an entry, itself included.
    pub fn plan_at(&self, k: usize) -> Option<&'a Plan> {
        (0..=k).rev().find_map(|j| self.plan(j))
    }

    /// The plan before an entry.
    pub fn plan_before(&self, k: usize) -> Option<&'a Plan> {
        (0..k).rev().find_map(|j| self.plan(j))
    }

    /// The last entry of that day or before.
    fn last_on(&self, day: NaiveDate) -> Option<usize> {
        (0..self.entries.len())
            .rev()
            .find(|k| self.entries[*k].day() <= day)
    }

    pub fn plan_on(&self, day: NaiveDate) -> Option<&'a Plan> {
        self.last_on(day).and_then(|k| self.plan_at(k))
    }

    /// The plan that began the case an entry belongs to.
    pub fn case_of(&self, k: usize) -> usize {
        let mut start = 0;
        let mut last: Option<&Plan> = None;
        for j in 0..=k {
            let Some(p) = self.plan(j) else { continue };
            let same = last.is_some_and(|l| {
                l.injury.profile == p.injury.profile
                    && l.injury.site == p.injury.site
                    && l.injury.side == p.injury.side
            });
            if !same {
                start = j;
            }
            last = Some(p);
        }
        start
    }

    /// The case that a day's last session belongs to.
    fn case_on(&self, day: NaiveDate) -> usize {
        let of_day = self.sessions.iter().rev();
        of_day
            .copied()
            .find(|k| self.entries[*k].day() == day)
            .map_or(0, |k| self.case_of(k))
    }

    /// The profile that holds at an entry: a softer one waits for its clearance.
    fn profile_at(&self, k: usize) -> Profile {
        let rank = |p: Profile| match p {
            Profile::Bone => 0,
            Profile::Joint | Profile::Muscle => 1,
            Profile::Tendon => 2,
        };
        let mut holds: Option<Profile> = None;
        let mut wanted = None;
        // The last word of a clinician in this case allows it ahead.
        let mut ahead = false;
        for j in 0..=k {
            if let Some(p) = self.plan(j) {
                let new = p.injury.profile;
                match holds {
                    Some(old) if rank(new) > rank(old) && !ahead => wanted = Some(new),
                    _ => {
                        holds = Some(new);
                        wanted = None;
                    }
                }
            }
            if self.plan(j).is_some() && self.case_of(j) == j {
                ahead = false;
            }
            if let Some(c) = self.clearance(j) {
                ahead = c.granted && c.softer_profile && holds.is_some();
                if ahead && let Some(new) = wanted.take() {
                    holds = Some(new);
                }
            }
        }
        holds.unwrap_or(Profile::Joint)
    }

    pub fn profile_on(&self, day: NaiveDate) -> Profile {
        self.last_on(day)
            .map_or(Profile::Joint, |k| self.profile_at(k))
    }

    fn usual_at(&self, k: usize) -> u8 {
        if self.profile_at(k) == Profile::Bone {
            return 0;
        }
        self.plan_at(k).map_or(0, |p| p.usual_pain.get().min(3))
    }

    fn usual_stiffness_at(&self, k: usize) -> f64 {
        if self.profile_at(k) == Profile::Bone {
            return 0.0;
        }
        self.plan_at(k).map_or(0.0, |p| p.usual_stiffness_min)
    }

    fn usual_stiffness_on(&self, day: NaiveDate) -> f64 {
        self.last_on(day)
            .map_or(0.0, |k| self.usual_stiffness_at(k))
    }

    pub fn usual_on(&self, day: NaiveDate) -> u8 {
        self.last_on(day).map_or(0, |k| self.usual_at(k))
    }

    pub fn two_or_usual_at(&self, k: usize) -> u8 {
        if self.profile_at(k) == Profile::Bone {
            0
        } else {
            self.usual_at(k).max(2)
        }
    }

    pub fn two_or_usual(&self, day: NaiveDate) -> u8 {
        self.last_on(day).map_or(0, |k| self.two_or_usual_at(k))
    }

    /// The morning answer that stands for a day, and its entry.
    fn morning_entry(&self, day: NaiveDate) -> Option<usize> {
        if day > self.on {
            return None;
        }
        (0..self.entries.len())
            .rev()
            .find(|k| match &self.entries[*k].body {
                Body::Morning(m) => m.for_day.unwrap_or(self.entries[*k].day()) == day,
                _ => false,
            })
    }

    pub fn morning(&self, day: NaiveDate) -> Option<&'a Morning> {
        self.morning_entry(day)
            .map(|k| match &self.entries[k].body {
                Body::Morning(m) => m,
                _ => unreachable!("not a morning"),
            })
    }

    /// Under 12 weeks after a birth: no run levels at all.
    pub fn after_birth(&self, day: NaiveDate, known: NaiveDate) -> bool {
        self.plan_on(known)
            .and_then(|p| p.birth_on)
            .is_some_and(|b| day < plus(b, 12 * 7))
    }

    /// The last 7 mornings all answered, all 0.
    pub fn zeros(&self, day: NaiveDate) -> bool {
        (0..7).all(|n| {
            self.morning(plus(day, -n))
                .is_some_and(|m| m.remembered && m.pain.get() == 0)
        })
    }

    // Consultation.

    /// Whether "yes" stands at an entry: everything beyond rest needs a clearance.
    pub fn yes_at(&self, k: usize) -> bool {
        self.profile_at(k) == Profile::Bone
            || self
                .plan_at(k)
                .is_some_and(|p| p.needs_clearance || p.injury.surgery)
    }

    pub fn yes_stands(&self, day: NaiveDate) -> bool {
        self.profile_on(day) == Profile::Bone
            || self
                .plan_on(day)
                .is_some_and(|p| p.needs_clearance || p.injury.surgery)
    }

    /// Whether the runner is consulted on a day, by what was entered up to `known`.
    pub fn consulted_on(&self, day: NaiveDate, known: NaiveDate) -> bool {
        self.last_on(known)
            .is_some_and(|last| self.consulted_by(day, last))
    }

    /// The same, by what was entered up to an entry.
    pub fn consulted_by(&self, day: NaiveDate, last: usize) -> bool {
        let case = self.case_of(last);
        let mut since: Option<NaiveDate> = None;
        let bone = self.profile_at(last) == Profile::Bone;
        for k in case..=last {
            let on = self.entries[k].day();
            if let Some(c) = self.clearance(k)
                && c.granted
            {
                since = Some(on);
            }
            if matches!(self.entries[k].body, Body::Session(_))
                && self.on_plan(k)
                && since.is_some_and(|d| between(d, on) < 30)
            {
                since = Some(on);
            }
        }
        if since.is_some_and(|d| !bone || between(d, day) < 30) {
            return true;
        }
        !self.yes_at(last) && self.plan_at(last).is_some_and(|p| p.no_clinician)
    }

    // Flags.

    fn flag_votes(&self, k: usize) -> Vec<Finding> {
        let e = self.entries[k];
        let profile = self.profile_at(k);
        let before: &[RedFlag] = match &e.body {
            Body::Plan(_) => (0..k)
                .rev()
                .find(|j| self.plan(*j).is_some())
                .map_or(&[], |j| self.entries[j].flags.as_slice()),
            _ => &[],
        };
        let worse = match &e.body {
            Body::Session(s) => s.worse,
            Body::Morning(m) => m.worse,
            _ => false,
        };
        // A clearance is valid for the injury it was given for.
        let known: &[RedFlag] = (self.case_of(k)..k)
            .rev()
            .find_map(|j| self.clearance(j).filter(|c| c.granted))
            .map_or(&[], |c| c.known_flags.as_slice());
        let mut out = Vec::new();
        for flag in &e.flags {
            if before.contains(flag) || review(*flag, profile) {
                continue;
            }
            if emergency(*flag) {
                out.push(Finding {
                    rule: "F1",
                    severity: 5,
                    day: e.day(),
                });
            } else if worse || !known.contains(flag) {
                out.push(Finding {
                    rule: "F2",
                    severity: 4,
                    day: e.day(),
                });
            }
        }
        out
    }

    pub fn emergency(&self, day: NaiveDate) -> bool {
        (0..self.entries.len())
            .filter(|k| self.entries[*k].day() == day)
            .any(|k| self.flag_votes(k).iter().any(|f| f.rule == "F1"))
    }

    /// A review flag holds level-ups until an appointment is kept or a clearance given.
    pub fn review_holds(&self, day: NaiveDate, known: NaiveDate) -> bool {
        (0..self.entries.len()).any(|k| {
            let e = self.entries[k];
            let profile = self.profile_at(k);
            // A morning's own signs come before what it could bring.
            let own = e.day() == day && matches!(e.body, Body::Morning(_));
            if e.day() > known && !own || !e.flags.iter().any(|f| review(*f, profile)) {
                return false;
            }
            if let Body::Plan(_) = e.body {
                let before = (0..k).rev().find(|j| self.plan(*j).is_some());
                let before: &[RedFlag] = before.map_or(&[], |j| self.entries[j].flags.as_slice());
                if e.flags
                    .iter()
                    .filter(|f| review(**f, profile))
                    .all(|f| before.contains(f))
                {
                    return false;
                }
            }
            let ended = (0..self.entries.len()).any(|j| {
                let other = self.entries[j];
                match &other.body {
                    Body::Appointment(a) => {
                        a.kept == Some(true) && a.date >= e.day() && a.date <= day
                    }
                    Body::Clearance(c) => {
                        c.granted
                            && j > k
                            && other.day() <= known
                            && c.seen_on.unwrap_or(other.day()) >= e.day()
                    }
                    _ => false,
                }
            });
            !ended
        })
    }

    fn other_votes(&self) -> Vec<(Finding, Other, usize)> {
        let mut out = Vec::new();
        for (k, e) in self.entries.iter().enumerate() {
            if !matches!(e.body, Body::Session(_)) {
                let kind = match e.body {
                    // A plan or a word of the same day comes after its morning.
                    Body::Morning(_)
                        if !(0..k).any(|j| {
                            self.entries[j].day() == e.day()
                                && (self.plan(j).is_some() || self.clearance(j).is_some())
                        }) =>
                    {
                        Other::Morning
                    }
                    _ => Other::Sign,
                };
                out.extend(self.flag_votes(k).into_iter().map(|f| (f, kind, k)));
            }
            let pain = match &e.body {
                Body::Strength(s) => s.pain.get(),
                Body::Activity(a) => a.pain.get(),
                Body::SelfTest(t) => t.items.iter().map(|i| i.pain.get()).max().unwrap_or(0),
                _ => 0,
            };
            let severity = self.row_d(k, pain);
            // Older than the first plan: there is nothing to judge it by.
            if severity > 0 && self.plan_at(k).is_some() {
                let found = Finding {
                    rule: "D",
                    severity,
                    day: e.day(),
                };
                out.push((found, Other::Pain, k));
            }
        }
        out
    }

    // The table.

    /// The pain that a clinician, or more strictly the runner, allows.
    fn max_pain(&self, k: usize) -> Option<(u8, bool)> {
        let limits = self.plan_at(k)?.limits.as_ref()?;
        let m = limits.max_pain_during?.get();
        Some((m, !limits.by.trim().is_empty()))
    }

    fn row_d(&self, k: usize, pain: u8) -> u8 {
        let table = row_d_of(self.profile_at(k), pain);
        match self.max_pain(k) {
            None => table,
            Some((m, _)) if pain > m => table.max(2),
            Some((_, true)) => 0,
            Some((_, false)) => table,
        }
    }

    fn day_of(&self, i: usize) -> NaiveDate {
        self.entries[self.sessions[i]].day()
    }

    fn session_on(&self, day: NaiveDate) -> bool {
        (0..self.sessions.len()).any(|i| self.day_of(i) == day)
    }

    /// A later day's session is logged.
    fn later_session(&self, day: NaiveDate) -> Option<NaiveDate> {
        (0..self.sessions.len())
            .map(|i| self.day_of(i))
            .filter(|d| *d > day)
            .min()
    }

    /// A little more swelling, or clear, in a session or on its morning.
    fn swollen(&self, i: usize) -> bool {
        let s = self.session(self.sessions[i]);
        s.swelling != Swelling::None
            || self
                .morning(plus(self.day_of(i), 1))
                .is_some_and(|m| m.swelling != Swelling::None)
    }

    fn other_bone(&self, k: usize) -> u8 {
        let plan = self.plan_at(k);
        let s = self.session(k);
        let other = |site, side| {
            plan.is_none_or(|p| {
                p.injury.site != site || {
                    use footing::diary::vocabulary::Side;
                    let own = p.injury.side;
                    own != side && own != Side::Both && side != Side::None && own != Side::None
                }
            })
        };
        s.sites
            .iter()
            .filter(|m| m.site.is_bony() && other(m.site, m.side))
            .map(|m| m.pain.get())
            .max()
            .unwrap_or(0)
    }

    #[allow(clippy::too_many_lines, reason = "the table, row after row")]
    fn votes(&self, i: usize) -> Vec<Finding> {
        let k = self.sessions[i];
        let s = self.session(k);
        let day = self.day_of(i);
        let profile = self.profile_at(k);
        let bone = profile == Profile::Bone;
        let tendon = profile == Profile::Tendon;
        let usual = self.usual_at(k);
        let mut out = self.flag_votes(k);
        // Older than the first plan: there is nothing to judge it by.
        if self.plan_at(k).is_none() {
            return out;
        }
        let mut vote = |rule: &'static str, severity: u8, day: NaiveDate| {
            if severity > 0 {
                out.push(Finding {
                    rule,
                    severity,
                    day,
                });
            }
        };
        let three = |b: u8, j: u8, t: u8| {
            if bone {
                b
            } else if tendon {
                t
            } else {
                j
            }
        };
        let pain = s.pain_during.get();
        // D, with the fleeting pain of a bone.
        // Once in 14 days: the one that was let pass counts, not those that were not.
        let mut let_pass: Option<NaiveDate> = None;
        for j in 0..i {
            let other = self.session(self.sessions[j]);
            let on = self.day_of(j);
            if other.pattern == PainBehaviour::Fleeting
                && self.plan_at(self.sessions[j]).is_some()
                && let_pass.is_none_or(|d| between(d, on) > 14)
            {
                let_pass = Some(on);
            }
        }
        let spent = let_pass.is_some_and(|d| between(d, day) <= 14);
        let fleeting = bone && s.pattern == PainBehaviour::Fleeting && !spent;
        let d = self.row_d(k, pain);
        if fleeting && (1..=2).contains(&pain) {
            let strict = self.max_pain(k).is_some_and(|(m, _)| pain > m);
            vote("D", if strict { 2 } else { d.min(1) }, day);
        } else {
            vote("D", d, day);
        }
        // P.
        let at_three = match self.max_pain(k) {
            Some((m, true)) => pain > m,
            Some((m, false)) => pain > m.min(2),
            None => pain >= 3,
        };
        match s.pattern {
            PainBehaviour::Returned | PainBehaviour::Rising if at_three => vote("P", 3, day),
            PainBehaviour::Rising if pain >= 1 => vote("P", three(0, 1, 1), day),
            PainBehaviour::Sudden if pain > 0 => vote("P", three(4, 3, 3), day),
            _ => {}
        }
        // H.
        if s.hurt {
            vote("H", three(if fleeting { 1 } else { 3 }, 1, 1), day);
        }
        // Z.
        let z = self.other_bone(k);
        if z > 0 {
            let again = (0..i).any(|j| {
                between(self.day_of(j), day) <= 14 && self.other_bone(self.sessions[j]) > 0
            });
            vote("Z", if again { 4 } else { row_d_of(Profile::Bone, z) }, day);
        }
        // B.
        let before = s.pain_before.get();
        if bone && before > 0 {
            vote("B", 3, day);
        } else if !bone && before >= usual + 2 {
            vote("B", 1, day);
        }
        // A.
        let next_day = plus(day, 1);
        let next = self.morning(next_day);
        let later = self.later_session(day);
        let after = s.pain_after.get();
        if after > 5 {
            vote("A", 3, day);
        }
        if after > usual {
            let by = after - usual;
            let severity = match by {
                1 => three(3, 1, 0),
                2 => three(3, 2, 0),
                _ => three(3, 2, 1),
            };
            if bone {
                vote("A", severity, day);
            } else if let Some(m) = next {
                if !(m.remembered && m.settled_within_hour == Some(true)) {
                    vote("A", severity, next_day);
                }
            } else if let Some(later) = later.filter(|l| *l == next_day) {
                vote("A", severity, later);
            } else if self.on > next_day {
                vote("A", severity, plus(day, 2));
            }
        }
        // K.
        let line = line(self.plan_at(k));
        let rung = s
            .level
            .as_ref()
            .and_then(|id| line.iter().find(|r| r.id == *id));
        let asked = rung.map(Rung::asked).or(s.planned_run_min);
        let done = match rung {
            Some(r) if r.kind == Kind::Walk => s.walk_min,
            _ => s.run_min,
        };
        if let Some(asked) = asked.filter(|a| *a > 0.0) {
            let share = done / asked;
            if share > 1.1 + 1e-9 {
                vote("K", three(2, 1, 1), day);
            } else if s.stopped_for == Some(StoppedFor::Pain) && share < 0.8 - 1e-9 {
                vote("K", 2, day);
            } else if share < 0.95 - 1e-9 {
                vote("K", 1, day);
            }
        }
        // E.
        if s.effort.is_some_and(|e| e.get() >= 7) && !s.hard {
            vote("E", 1, day);
        }
        if self.fear(i) {
            vote("E", 1, day);
        }
        // G.
        if s.painkiller {
            vote("G", three(2, 1, 1), day);
        }
        // S and L in the session.
        match s.swelling {
            Swelling::None => {}
            Swelling::More => vote("S", 1, day),
            Swelling::Clear => vote("S", 4, day),
        }
        if s.limp {
            vote("L", 3, day);
        }
        // The morning after.
        match next {
            Some(m) if m.remembered => {
                // A morning counts for its day: judged by the plan that stood with it.
                let usual = self.usual_on(day);
                let bone = self.profile_on(day) == Profile::Bone;
                let pain = m.pain.get();
                // Whoever pressed "That hurts" had no session of zeros.
                let zeros = !s.hurt
                    && s.pain_before.get() == 0
                    && s.pain_during.get() == 0
                    && s.pain_after.get() == 0
                    && s.sites.iter().all(|x| x.pain.get() == 0);
                let by = pain.saturating_sub(usual);
                let severity = match by {
                    0 => 0,
                    1 if bone && !zeros => 3,
                    1 => 1,
                    2 if bone => 3,
                    2 => 2,
                    _ => 3,
                };
                vote("N", if pain > 5 { 3 } else { severity }, next_day);
                if m.stiffness_min >= self.usual_stiffness_on(day) + 15.0 {
                    vote("M", 1, next_day);
                }
                if pain > usual {
                    let now = self.median(next_day);
                    let earlier = self.median(plus(next_day, -7));
                    let rise =
                        |m: Option<f64>, by: f64| m.is_some_and(|m| m >= f64::from(usual) + by);
                    if rise(now, 2.0) && rise(earlier, 2.0) {
                        vote("T", 4, next_day);
                    } else if rise(now, 2.0) {
                        vote("T", 2, next_day);
                    } else if rise(now, 1.0) {
                        vote("T", 1, next_day);
                    }
                }
            }
            Some(_) => vote("N", 1, next_day),
            None => {
                if let Some(later) = later {
                    vote("N", 1, later);
                }
            }
        }
        // What can be seen counts, remembered or not.
        if let Some(m) = next {
            match m.swelling {
                Swelling::None => {}
                Swelling::More => vote("S", 1, next_day),
                Swelling::Clear => vote("S", 4, next_day),
            }
            if m.limp {
                vote("L", 4, next_day);
            }
        }
        // The second morning.
        let second_day = plus(day, 2);
        if !self.session_on(next_day)
            && let Some(m) = self.morning(second_day)
        {
            let usual = self.usual_on(next_day);
            let bone = self.profile_on(next_day) == Profile::Bone;
            let pain = m.pain.get();
            if m.remembered && (pain >= usual + 3 || pain > 5 || bone && pain > 0) {
                vote("N", 3, second_day);
            }
            if m.swelling == Swelling::Clear {
                vote("S", 4, second_day);
            }
            if m.limp {
                vote("L", 4, second_day);
            }
        }
        // A little more in two sessions running.
        if self.swollen(i)
            && let Some(last) = (0..i).map(|j| self.day_of(j)).filter(|d| *d < day).max()
            && (0..i).any(|j| self.day_of(j) == last && self.swollen(j))
        {
            let found = if s.swelling == Swelling::None {
                next_day
            } else {
                day
            };
            vote("S", 3, found);
        }
        out
    }

    /// Fear of 7 or more votes, at most twice in a row: then a session goes without.
    fn fear(&self, i: usize) -> bool {
        let afraid = |j: &usize| {
            let s = self.session(self.sessions[*j]);
            let hard = s.effort.is_some_and(|e| e.get() >= 7) && !s.hard;
            s.fear.is_some_and(|f| f.get() >= 7) && !hard
        };
        if !afraid(&i) {
            return false;
        }
        let judged = |j: &usize| self.plan_at(self.sessions[*j]).is_some();
        let mut days: Vec<NaiveDate> = (0..self.sessions.len())
            .filter(judged)
            .map(|j| self.day_of(j))
            .filter(|d| *d < self.day_of(i))
            .collect();
        days.dedup();
        let mut row = 0;
        for d in days {
            let any = (0..self.sessions.len())
                .filter(|j| self.day_of(*j) == d && judged(j))
                .any(|j| afraid(&j));
            row = if any && row < 2 { row + 1 } else { 0 };
        }
        row < 2
    }

    /// Median of the remembered mornings of the 7 days up to one; at least 3.
    fn median(&self, to: NaiveDate) -> Option<f64> {
        let mut pains: Vec<u8> = (0..7)
            .filter_map(|n| self.morning(plus(to, -n)))
            .filter(|m| m.remembered)
            .map(|m| m.pain.get())
            .collect();
        pains.sort_unstable();
        let n = pains.len();
        if n < 3 {
            return None;
        }
        Some(if n % 2 == 1 {
            f64::from(pains[n / 2])
        } else {
            (f64::from(pains[n / 2 - 1]) + f64::from(pains[n / 2])) / 2.0
        })
    }

    pub fn severity(&self, i: usize) -> u8 {
        self.found[i].iter().map(|f| f.severity).max().unwrap_or(0)
    }

    /// The same, as far as it was known on a day.
    pub fn severity_by(&self, i: usize, day: NaiveDate) -> u8 {
        let known = self.found[i].iter().filter(|f| f.day <= day);
        known.map(|f| f.severity).max().unwrap_or(0)
    }

    fn worst_on(&self, day: NaiveDate) -> u8 {
        (0..self.found.len())
            .filter(|i| self.day_of(*i) == day)
            .map(|i| self.severity(i))
            .max()
            .unwrap_or(0)
    }

    /// A granted clearance, given later than `after`, came before entry `k` or before the
    /// day of what was found about it.
    fn cleared_between(&self, after: NaiveDate, k: usize, found: NaiveDate) -> bool {
        let next = self
            .sessions
            .iter()
            .find(|s| self.entries[**s].day() == found);
        let missed = self.found_with_session(self.entries[k].day(), found);
        let before = |j: &usize| {
            *j < k
                || self.entries[*j].day() < found
                || missed && next.is_some_and(|n| j < n) && self.entries[k].day() < found
        };
        (0..self.entries.len()).filter(before).any(|j| {
            let given = |c: &Clearance| {
                c.seen_on
                    .unwrap_or(self.entries[j].day())
                    .min(self.entries[j].day())
            };
            self.clearance(j)
                .is_some_and(|c| c.granted && given(c) > after)
        })
    }

    /// Whether what was found of a day's sessions was found with the next session: its
    /// missed morning. All else is found with the day's morning.
    pub fn found_with_session(&self, day: NaiveDate, found: NaiveDate) -> bool {
        let missing_alone = (0..self.found.len())
            .filter(|i| self.day_of(*i) == day)
            .flat_map(|i| self.found[i].iter().filter(|f| f.day == found))
            .all(|f| f.rule == "N" && f.severity == 1);
        let missed = self.morning(plus(day, 1)).is_none();
        missed && found > day && (missing_alone || found == plus(day, 1))
    }

    /// The eighth in a row, and row X, once the last session of a day is read.
    fn last_of_day(&mut self, i: usize) {
        let day = self.day_of(i);
        if self.sessions.get(i + 1).is_some() && self.day_of(i + 1) == day {
            return;
        }
        let k = self.sessions[i];
        let reached = |found: &[Finding], at_least: u8| {
            found
                .iter()
                .filter(|f| f.severity >= at_least)
                .map(|f| f.day)
                .min()
        };
        // The eighth in a row that was not OK.
        let mut days: Vec<NaiveDate> = (0..=i).map(|j| self.day_of(j)).collect();
        days.dedup();
        let mut count = 0;
        let mut eighth = false;
        let mut last_day = None;
        for d in days {
            let first = (0..=i).find(|j| self.day_of(*j) == d).expect("a session");
            // What is found of a day only after a clearance joins no row from before it.
            let found = (0..=i).filter(|j| self.day_of(*j) == d);
            let found = found.filter_map(|j| reached(&self.found[j], 1)).min();
            let found = found.unwrap_or(d);
            if let Some(l) =
                last_day.filter(|l| self.cleared_between(*l, self.sessions[first], found))
            {
                // A morning that was missed is only found missing with the next session.
                let known = (0..=i).filter(|j| self.day_of(*j) == l);
                let known = known
                    .filter_map(|j| self.found[j].iter().map(|f| f.day).min())
                    .min();
                count = usize::from(known == Some(d) && self.found_with_session(l, d));
            }
            // A new injury begins its own counts.
            if last_day.is_some_and(|l| self.case_on(l) != self.case_of(self.sessions[first])) {
                count = 0;
            }
            eighth = false;
            if self.worst_on(d) == 0 {
                count = 0;
            } else {
                count += 1;
                if count == 8 {
                    eighth = true;
                    count = 0;
                }
            }
            last_day = Some(d);
        }
        if eighth && self.worst_on(day) < 2 {
            let i = (0..=i)
                .find(|j| self.day_of(*j) == day && self.severity(*j) > 0)
                .expect("not OK");
            let when = reached(&self.found[i], 1).unwrap_or(day);
            self.found[i].push(Finding {
                rule: "8",
                severity: 2,
                day: when,
            });
        }
        // X.
        let worst = self.worst_on(day);
        if worst == 2 || worst == 3 {
            // What was found before a clearance of its day is not cleared by it.
            let of_day = (0..=i).filter(|j| self.day_of(*j) == day);
            let (when, k) = of_day
                .filter_map(|j| Some((reached(&self.found[j], 2)?, self.sessions[j])))
                .min()
                .unwrap_or((day, k));
            let earlier = (0..i).find(|j| {
                let d = self.day_of(*j);
                let last = self.found[*j]
                    .iter()
                    .filter(|f| f.severity >= 2)
                    .map(|f| f.day)
                    .max();
                d < day
                    && between(d, day) <= 14
                    && self.severity(*j) >= 2
                    && self.case_of(self.sessions[*j]) == self.case_of(k)
                    && !self.cleared_between(last.unwrap_or(d), k, when)
            });
            if earlier.is_some() {
                for j in 0..=i {
                    if self.day_of(j) == day && self.severity(j) >= 2 {
                        let when = reached(&self.found[j], 2).unwrap_or(day);
                        self.found[j].push(Finding {
                            rule: "X",
                            severity: 4,
                            day: when,
                        });
                    }
                }
            }
        }
    }

    pub fn last_severity(&self) -> Option<u8> {
        let last = self.sessions.len().checked_sub(1)?;
        self.plan_at(self.sessions[last])?;
        // The sessions of a day are judged as one.
        Some(self.worst_on(self.day_of(last)))
    }

    pub fn morning_due(&self) -> bool {
        let Some(last) = self.sessions.len().checked_sub(1) else {
            return false;
        };
        if self.plan_at(self.sessions[last]).is_none() {
            return false;
        }
        let next = plus(self.day_of(last), 1);
        next <= self.on && self.morning(next).is_none()
    }

    // Numbers of the plan.

    pub fn ok_needed(&self, day: NaiveDate, line: &[Rung], rung: usize) -> usize {
        let bone = self.profile_on(day) == Profile::Bone;
        let table = if rung + 1 == line.len() {
            6
        } else {
            match line[rung].kind {
                Kind::Walk if rung == rungs::W5 => 3,
                Kind::Walk => 2,
                Kind::RunWalk => 2 + usize::from(bone),
                Kind::Run => 1 + usize::from(bone),
            }
        };
        let limits = self.plan_on(day).and_then(|p| p.limits.as_ref());
        match limits.and_then(|l| {
            l.ok_needed
                .map(|n| (usize::from(n), l.by.trim().is_empty()))
        }) {
            None => table,
            Some((n, true)) => table.max(n),
            Some((n, false)) => n,
        }
    }

    /// Every benchmark that gates the stage is met, as last heard of each.
    pub fn open(&self, stage: Stage, day: NaiveDate) -> bool {
        let known = || {
            self.entries.iter().filter_map(|e| match &e.body {
                Body::Benchmark(b) if e.day() <= day => Some(b),
                _ => None,
            })
        };
        known()
            .filter(|b| b.gates_stage == Some(stage))
            .all(|b| known().rfind(|o| o.name == b.name).is_some_and(|o| o.met))
    }

    pub fn max_levels(&self, day: NaiveDate) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(l) = self.plan_on(day).and_then(|p| p.limits.as_ref()) {
            out.extend(l.max_level.clone());
        }
        let last = (0..self.entries.len())
            .rev()
            .find_map(|k| self.clearance(k).filter(|c| c.granted));
        out.extend(last.and_then(|c| c.max_level.clone()));
        out
    }

    /// The most running in one session of the last 30 days.
    pub fn longest(&self, on: NaiveDate) -> Option<f64> {
        let mut most: Option<f64> = None;
        for k in &self.sessions {
            let s = self.session(*k);
            let day = self.entries[*k].day();
            // Broken off before its first minute it is no run.
            if s.run_min <= 0.0 || between(day, on) > 30 {
                continue;
            }
            let line = line(self.plan_at(*k));
            let rung = s
                .level
                .as_ref()
                .and_then(|id| line.iter().find(|r| r.id == *id));
            let asked = rung.map(Rung::run_min).or(s.planned_run_min);
            let run = s.run_min.min(asked.unwrap_or(s.run_min));
            if run <= 0.0 {
                continue;
            }
            most = Some(most.map_or(run, |m| m.max(run)));
        }
        most
    }

    /// An absence for pain, or illness with fever, has a day after the last run.
    pub fn away_for_cause(&self, last: NaiveDate, on: NaiveDate, ran_by: NaiveDate) -> bool {
        self.entries.iter().any(|e| match &e.body {
            Body::Absence(a) => {
                let cause = a.reason == AbsenceReason::Pain
                    || a.reason == AbsenceReason::Illness && a.fever;
                // A run later than its first day ends it.
                let ended = self.sessions.iter().any(|k| {
                    let ran = self.entries[*k].day();
                    self.session(*k).run_min > 0.0 && ran > a.from && ran <= ran_by
                });
                cause && !ended && a.from <= on && a.until.is_none_or(|u| u > last) && on > last
            }
            _ => false,
        })
    }

    pub fn ill_open(&self) -> bool {
        self.entries.iter().any(|e| match &e.body {
            Body::Absence(a) => {
                a.reason == AbsenceReason::Illness && a.until.is_none() && a.from <= self.on
            }
            _ => false,
        }) || self.flare()
    }

    /// An absence for pain stands open, and no run has ended it: the runner says that it
    /// is too early (section 4 is silent; read with caution).
    pub fn flare(&self) -> bool {
        self.entries.iter().any(|e| match &e.body {
            Body::Absence(a) => {
                let ran = self.entries.iter().any(|r| {
                    let run = match &r.body {
                        Body::Session(s) => s.activity != Movement::Walk || s.run_min > 0.0,
                        Body::Activity(a) => a.impact,
                        _ => false,
                    };
                    run && r.day() > a.from && r.day() <= self.on
                });
                let open = a.until.is_none() && a.from <= self.on;
                a.reason == AbsenceReason::Pain && open && !ran
            }
            _ => false,
        })
    }

    // Section 8.

    /// The freedoms that count, home since that day: one at a time, in their order, each
    /// held a week before the next; one taken up too early, or out of its order, does not.
    pub fn freedoms(&self, since: NaiveDate) -> Vec<FreedomName> {
        use FreedomName::{BackToBack, FourthDay, Hills, Intervals, Longer, Race, Strides, Tempo};
        let profile = self.profile_on(self.on);
        let calf = self
            .plan_on(self.on)
            .is_some_and(|p| p.injury.site == Site::Calf);
        let careful = calf || profile == Profile::Bone || profile == Profile::Tendon;
        let mut out = Vec::new();
        let mut free = since;
        for name in [
            Longer, FourthDay, Hills, Strides, Tempo, Intervals, BackToBack, Race,
        ] {
            if name == BackToBack && careful {
                continue;
            }
            let taken = self.entries.iter().find_map(|e| match &e.body {
                Body::Freedom(f) if f.name == name => {
                    let counts = e.day() >= free && f.from >= free && f.from <= self.on;
                    counts.then_some(f.from)
                }
                _ => None,
            });
            let Some(from) = taken else { break };
            out.push(name);
            free = plus(from, 7);
        }
        out
    }

    // Section 4.

    /// Whether a run, or a walk of the plan, may be done on that day, as known now.
    pub fn may(&self, day: NaiveDate, home: &[FreedomName], walk: bool) -> bool {
        self.may_ever(day, home, walk, false)
    }

    /// The same; for a test the space between walks is none.
    pub fn may_ever(&self, day: NaiveDate, home: &[FreedomName], walk: bool, test: bool) -> bool {
        let bone = self.profile_on(self.on) == Profile::Bone;
        let plan = self.plan_on(self.on);
        let limits = plan.and_then(|p| p.limits.as_ref());
        let usual = self.usual_on(self.on);
        if self.flare() {
            return false;
        }
        // What this morning says.
        if day == self.on {
            let m = self.morning(day);
            if let Some(m) = m.filter(|m| m.remembered || !bone) {
                let pain = m.pain.get();
                if bone && pain > 0 || pain >= usual + 2 || m.limp || m.swelling == Swelling::Clear
                {
                    return false;
                }
            } else if bone {
                return false;
            }
        }
        for e in &self.entries {
            if let Body::Absence(a) = &e.body
                && a.reason == AbsenceReason::Illness
                && a.from <= day
                && a.until.is_none_or(|u| day < plus(u, 3))
            {
                return false;
            }
        }
        // Rest days.
        for i in 0..self.sessions.len() {
            let on = self.day_of(i);
            let severity = self.severity(i);
            let sore = self.found[i]
                .iter()
                .any(|f| (f.rule == "N" || f.rule == "M") && self.up(i, f));
            if (severity >= 2 || severity == 1 && sore) && day < plus(on, 3) {
                return false;
            }
        }
        // The wait is for a run.
        if !walk && day == self.on && self.waiting() {
            return false;
        }
        for (f, pain, _) in &self.others {
            if *pain == Other::Pain && f.severity >= 2 && day < plus(f.day, 3) {
                return false;
            }
        }
        // Spacing and cap.
        let runs: Vec<NaiveDate> = self
            .entries
            .iter()
            .filter(|e| match &e.body {
                Body::Session(s) => s.activity != Movement::Walk || s.run_min > 0.0,
                Body::Activity(a) => a.impact,
                _ => false,
            })
            .map(|e| e.day())
            .collect();
        if test {
            return true;
        }
        if walk {
            let space = if bone { 2 } else { 1 };
            return !runs.iter().any(|r| day < plus(*r, space))
                && !self.sessions.iter().any(|k| {
                    let s = self.session(*k);
                    (self.on_plan(*k) || s.activity != Movement::Walk)
                        && day < plus(self.entries[*k].day(), space)
                });
        }
        let own = limits.and_then(|l| l.min_rest_days).unwrap_or(1);
        let mut space = i64::from(own.max(1)) + 1;
        if home.contains(&FreedomName::BackToBack) {
            space = 1;
        }
        if runs.iter().any(|r| day < plus(*r, space)) {
            return false;
        }
        let mut per_week = plan.map_or(3, |p| p.sessions_per_week).min(4);
        if home.contains(&FreedomName::FourthDay) {
            per_week = 4;
        }
        if let Some(n) = limits.and_then(|l| l.max_per_week) {
            per_week = per_week.min(n);
        }
        let lately = runs.iter().filter(|r| between(**r, day) < 7).count();
        lately < usize::from(per_week)
    }

    /// After a 3 or more, a run waits for a morning at the usual after its last finding.
    pub fn waiting(&self) -> bool {
        (0..self.sessions.len()).any(|i| {
            if self.severity(i) < 3 {
                return false;
            }
            let findings = self.found[i].iter().filter(|f| f.severity >= 2);
            let mut day = plus(findings.map(|f| f.day).max().expect("a finding"), 1);
            while day <= self.on {
                let quiet = self.morning(day).is_some_and(|m| {
                    m.remembered
                        && m.pain.get() <= self.usual_on(plus(day, -1))
                        && !m.limp
                        && m.swelling == Swelling::None
                });
                if quiet {
                    return false;
                }
                day = plus(day, 1);
            }
            true
        })
    }

    /// A morning finding that says pain or stiffness was up, not only missing.
    fn up(&self, i: usize, f: &Finding) -> bool {
        f.rule == "M"
            || self
                .morning(plus(self.day_of(i), 1))
                .is_some_and(|m| m.remembered)
                && f.day == plus(self.day_of(i), 1)
    }
}

fn row_d_of(profile: Profile, pain: u8) -> u8 {
    match (profile, pain) {
        (_, 0) => 0,
        (Profile::Bone, 1..=2) => 3,
        (Profile::Bone, _) => 4,
        (Profile::Tendon, 1..=3) => 0,
        (Profile::Tendon, 4..=5) => 1,
        (Profile::Tendon, 6..=7) => 3,
        (Profile::Joint | Profile::Muscle, 1..=2) => 0,
        (Profile::Joint | Profile::Muscle, 3) => 1,
        (Profile::Joint | Profile::Muscle, 4..=5) => 2,
        (Profile::Joint | Profile::Muscle, 6..=7) => 3,
        _ => 4,
    }
}
