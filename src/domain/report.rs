//! What a clinician gets to read: the facts of a period, those that decide first.
//!
//! Whether a day was kept to is judged by what the app said that morning: each day is
//! asked for with what was known before its session.

use super::diary::Diary;
use super::entry::{Benchmark, Body, Clearance, Entry, Plan, Session};
use super::guidance::{Guidance, LevelChange, Rule};
use super::keys::{Flag, Profile, Side, TestItem, Tier};
use super::numbers::{PAUSE_FROM, TOO_MUCH_SHARE};
use super::progression::guidance;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

/// A period, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Period {
    /// The last so many weeks up to a day.
    pub fn weeks(to: NaiveDate, weeks: u8) -> Self {
        let back = Days::new(u64::from(weeks) * 7 - u64::from(weeks > 0));
        Self {
            from: to.checked_sub_days(back).unwrap_or(to),
            to,
        }
    }

    /// Whether a day lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Its days, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }
}

/// What goes into a report beside its head; warning signs, pauses and decisions always do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Pain and load.
    pub load: bool,
    /// Changes of level.
    pub levels: bool,
    /// Left against right.
    pub strength: bool,
    /// Benchmarks.
    pub benchmarks: bool,
    /// What was kept to.
    pub adherence: bool,
    /// The notes that the runner picked, by their entry.
    pub notes: Vec<Uuid>,
}

impl Default for Content {
    fn default() -> Self {
        Self {
            load: true,
            levels: true,
            strength: true,
            benchmarks: true,
            adherence: true,
            notes: Vec::new(),
        }
    }
}

/// A warning sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flagged {
    /// The day it was ticked.
    pub day: NaiveDate,
    /// Which.
    pub flag: Flag,
    /// How fast it needs checking.
    pub tier: Tier,
}

/// A time without running until a clinician's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Its first day.
    pub from: NaiveDate,
    /// The first day without it; `None`: it stands.
    pub until: Option<NaiveDate>,
    /// The rules that asked for it.
    pub rules: Vec<Rule>,
}

/// One day's load and pain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// Minutes run.
    pub run_min: f64,
    /// Minutes walked in sessions.
    pub walk_min: f64,
    /// Worst pain during its sessions; `None` without one.
    pub during: Option<u8>,
    /// Pain in the morning, as far as it is remembered.
    pub morning: Option<u8>,
}

/// What was measured on both sides.
#[derive(Debug, Clone, PartialEq)]
pub enum Measured {
    /// An exercise, by its id.
    Exercise(String),
    /// An item of the self-test.
    Test(TestItem),
}

/// The unit of what was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Repetitions.
    Reps,
    /// Seconds.
    Seconds,
}

impl Unit {
    /// The key that words and files know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reps => "reps",
            Self::Seconds => "seconds",
        }
    }
}

/// Left against right, as last measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides {
    /// What.
    pub what: Measured,
    /// When.
    pub day: NaiveDate,
    /// Left.
    pub left: f64,
    /// Right.
    pub right: f64,
    /// Its unit.
    pub unit: Unit,
    /// The injured side as a share of the other, per cent; the weaker one where no side
    /// is injured.
    pub percent: Option<u32>,
}

/// How the days went against what was advised on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Days with a session as advised, or easier.
    pub sessions: u32,
    /// Days with more running than advised.
    pub more: u32,
    /// Days on which rest was advised and taken.
    pub rested: u32,
    /// Days on which rest was advised, and there was a run.
    pub ran: u32,
    /// Days on which a session was open, and none was logged.
    pub open: u32,
}

impl Kept {
    /// Days that went as advised of all that were told something, per cent; taken rest
    /// counts as much as a session. A day that was left open counts neither way: nothing
    /// is lost by it, and it is shown by itself.
    pub fn percent(&self) -> Option<u32> {
        let kept = self.sessions + self.rested;
        let all = kept + self.more + self.ran;
        (kept * 100).checked_div(all)
    }
}

/// A note that may go with the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its entry.
    pub id: Uuid,
    /// Its day.
    pub day: NaiveDate,
    /// The kind of its entry.
    pub kind: String,
    /// The words.
    pub text: String,
}

/// The facts of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Which.
    pub period: Period,
    /// The plan that stands on its last day.
    pub plan: Option<Plan>,
    /// Where the runner stands then.
    pub guidance: Guidance,
    /// Warning signs.
    pub flags: Vec<Flagged>,
    /// Pauses that touch it.
    pub pauses: Vec<Pause>,
    /// What clinicians said.
    pub clearances: Vec<(NaiveDate, Clearance)>,
    /// Every day.
    pub days: Vec<Day>,
    /// Sessions.
    pub sessions: u32,
    /// Changes of level.
    pub levels: Vec<LevelChange>,
    /// The most running in one session, and its day.
    pub longest: Option<(NaiveDate, f64)>,
    /// Left against right.
    pub strength: Vec<Sides>,
    /// Days with strength.
    pub strength_days: u32,
    /// Benchmarks, the latest of each name up to the last day.
    pub benchmarks: Vec<(NaiveDate, Benchmark)>,
    /// What was kept to.
    pub kept: Kept,
    /// Notes of the period.
    pub notes: Vec<Noted>,
}

impl Report {
    /// Minutes run in all.
    pub fn run_min(&self) -> f64 {
        self.days.iter().map(|day| day.run_min).sum()
    }
}

/// The report of a period. Total; a period of a year of a long diary takes its time, since
/// each day is asked for.
pub fn report(diary: &Diary, period: Period) -> Report {
    let visible = diary.visible_where(&|e| e.day() <= period.to);
    let plan = visible.iter().rev().find_map(|e| match &e.body {
        Body::Plan(plan) => Some(plan.as_ref().clone()),
        _ => None,
    });
    let known: Diary = visible.iter().map(|e| (*e).clone()).collect();
    let at_end = guidance(&known, period.to);
    let (kept, pauses) = day_by_day(&visible, period, &at_end);
    let inside: Vec<&Entry> = visible
        .iter()
        .copied()
        .filter(|e| period.holds(e.day()))
        .collect();
    let injured = plan.as_ref().map_or(Side::None, |p| p.injury.side);
    let profile = at_end.profile.unwrap_or(Profile::Bone);
    let strength_days = {
        let mut days: Vec<NaiveDate> = inside
            .iter()
            .filter(|e| matches!(e.body, Body::Strength(_)))
            .map(|e| e.day())
            .collect();
        days.dedup();
        days.len()
    };
    Report {
        period,
        flags: flags(&inside, profile),
        pauses,
        clearances: inside
            .iter()
            .filter_map(|e| match &e.body {
                Body::Clearance(c) => Some((e.day(), c.clone())),
                _ => None,
            })
            .collect(),
        days: load(&inside, period),
        sessions: count(sessions(&inside).count()),
        levels: at_end
            .history
            .iter()
            .filter(|change| period.holds(change.on))
            .cloned()
            .collect(),
        longest: sessions(&inside)
            .map(|(day, s)| (day, s.run_min))
            .filter(|(_, min)| *min > 0.0)
            .reduce(|a, b| if b.1 > a.1 { b } else { a }),
        strength: sides(&inside, injured),
        strength_days: count(strength_days),
        benchmarks: benchmarks(&visible),
        kept,
        notes: inside
            .iter()
            .filter(|e| !e.notes.trim().is_empty())
            .map(|e| Noted {
                id: e.id,
                day: e.day(),
                kind: e.body.kind().to_owned(),
                text: e.notes.trim().to_owned(),
            })
            .collect(),
        guidance: at_end,
        plan,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn sessions<'a>(entries: &'a [&'a Entry]) -> impl Iterator<Item = (NaiveDate, &'a Session)> {
    entries.iter().filter_map(|e| match &e.body {
        Body::Session(s) => Some((e.day(), s.as_ref())),
        _ => None,
    })
}

fn flags(entries: &[&Entry], profile: Profile) -> Vec<Flagged> {
    let mut all: Vec<Flagged> = Vec::new();
    for entry in entries {
        for flag in &entry.flags {
            let one = Flagged {
                day: entry.day(),
                flag: *flag,
                tier: flag.tier(profile),
            };
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    all
}

/// Walks through the period as the runner did: each morning with what was known then.
fn day_by_day(visible: &[&Entry], period: Period, at_end: &Guidance) -> (Kept, Vec<Pause>) {
    let mut known = Diary::default();
    let mut rest = visible.iter().peekable();
    while let Some(entry) = rest.next_if(|e| e.day() < period.from) {
        known.insert((*entry).clone());
    }
    let mut kept = Kept::default();
    let mut pauses: Vec<Pause> = Vec::new();
    for day in period.days() {
        let mut done: Vec<&Session> = Vec::new();
        let mut later: Vec<&Entry> = Vec::new();
        while let Some(entry) = rest.next_if(|e| e.day() == day) {
            match &entry.body {
                Body::Session(s) => {
                    done.push(s);
                    later.push(entry);
                }
                // What may have come after the session, and of it.
                Body::Clearance(_) | Body::Flag | Body::Activity(_) | Body::Strength(_) => {
                    later.push(entry);
                }
                _ => {
                    known.insert((*entry).clone());
                }
            }
        }
        let said = guidance(&known, day);
        note_pause(&mut pauses, &said, day);
        judge(&mut kept, &said, &done, day == period.to);
        for entry in later {
            known.insert(entry.clone());
        }
    }
    // What the last day itself brought.
    note_pause(&mut pauses, at_end, period.to);
    (kept, pauses)
}

fn note_pause(pauses: &mut Vec<Pause>, said: &Guidance, day: NaiveDate) {
    let open = pauses.last_mut().filter(|p| p.until.is_none());
    match (said.paused_since, open) {
        (Some(since), Some(pause)) if pause.from == since => add_rules(pause, said),
        (since, open) => {
            if let Some(pause) = open {
                pause.until = Some(day);
            }
            if let Some(from) = since {
                let mut pause = Pause {
                    from,
                    until: None,
                    rules: Vec::new(),
                };
                add_rules(&mut pause, said);
                pauses.push(pause);
            }
        }
    }
}

fn add_rules(pause: &mut Pause, said: &Guidance) {
    let asked = said
        .reasons
        .iter()
        .filter(|r| r.severity.is_some_and(|s| s >= PAUSE_FROM));
    for reason in asked {
        if !pause.rules.contains(&reason.rule) {
            pause.rules.push(reason.rule);
        }
    }
}

/// One day against what was said that morning. A last day that is not over may still
/// bring its session.
fn judge(kept: &mut Kept, said: &Guidance, done: &[&Session], last: bool) {
    if said.stage.is_none() {
        return;
    }
    let run_min: f64 = done.iter().map(|s| s.run_min).sum();
    match said.prescription() {
        Some(p) => {
            let asked = f64::from(p.run_s) * f64::from(p.reps) / 60.0;
            if run_min > asked * TOO_MUCH_SHARE + 1e-9 {
                kept.more += 1;
            } else if done.iter().any(|s| s.level.is_some() || s.run_min > 0.0) {
                kept.sessions += 1;
            } else if !last {
                kept.open += 1;
            }
        }
        None if run_min > 0.0 => kept.ran += 1,
        None if !last => kept.rested += 1,
        None => {}
    }
}

fn load(inside: &[&Entry], period: Period) -> Vec<Day> {
    let mut days: Vec<Day> = period
        .days()
        .map(|day| Day {
            day,
            run_min: 0.0,
            walk_min: 0.0,
            during: None,
            morning: None,
        })
        .collect();
    for entry in inside {
        let (on, session, pain) = match &entry.body {
            Body::Session(s) => (entry.day(), Some(s), s.pain_during.get()),
            Body::Morning(m) if m.remembered => {
                (m.for_day.unwrap_or_else(|| entry.day()), None, m.pain.get())
            }
            _ => continue,
        };
        let at = usize::try_from((on - period.from).num_days()).ok();
        let Some(day) = at.and_then(|at| days.get_mut(at)) else {
            continue;
        };
        match session {
            Some(s) => {
                day.run_min += s.run_min;
                day.walk_min += s.walk_min;
                day.during = day.during.max(Some(pain));
            }
            // The latest entered for a morning stands.
            None => day.morning = Some(pain),
        }
    }
    days
}

fn percent(left: f64, right: f64, injured: Side) -> Option<u32> {
    let (one, other) = match injured {
        Side::Left => (left, right),
        Side::Right => (right, left),
        Side::None | Side::Both => (left.min(right), left.max(right)),
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    let percent = |share: f64| (share * 100.0).round().clamp(0.0, 999.0) as u32;
    (other > 0.0).then(|| percent(one / other))
}

/// The latest measure of each kind that has both sides.
fn sides(inside: &[&Entry], injured: Side) -> Vec<Sides> {
    let mut all: Vec<Sides> = Vec::new();
    let mut put = |what: Measured, day, left: f64, right: f64, unit| {
        all.retain(|s| s.what != what);
        all.push(Sides {
            what,
            day,
            left,
            right,
            unit,
            percent: percent(left, right, injured),
        });
    };
    for entry in inside {
        match &entry.body {
            Body::Strength(strength) => {
                for item in &strength.items {
                    let best = |side: Side, held: bool| {
                        let sets = item.sets.iter().filter(|s| s.side == side);
                        let value = sets.filter_map(|s| {
                            if held {
                                s.seconds
                            } else {
                                s.reps.map(f64::from)
                            }
                        });
                        value.reduce(f64::max)
                    };
                    for (held, unit) in [(false, Unit::Reps), (true, Unit::Seconds)] {
                        if let (Some(left), Some(right)) =
                            (best(Side::Left, held), best(Side::Right, held))
                        {
                            let what = Measured::Exercise(item.exercise.clone());
                            put(what, entry.day(), left, right, unit);
                            break;
                        }
                    }
                }
            }
            Body::SelfTest(test) => {
                for item in &test.items {
                    if let (Some(left), Some(right)) = (item.left, item.right) {
                        let unit = match item.test {
                            TestItem::Balance | TestItem::JogOnSpot => Unit::Seconds,
                            _ => Unit::Reps,
                        };
                        put(Measured::Test(item.test), entry.day(), left, right, unit);
                    }
                }
            }
            _ => {}
        }
    }
    all
}

fn benchmarks(visible: &[&Entry]) -> Vec<(NaiveDate, Benchmark)> {
    let mut all: Vec<(NaiveDate, Benchmark)> = Vec::new();
    for entry in visible.iter().rev() {
        if let Body::Benchmark(b) = &entry.body
            && !all.iter().any(|(_, known)| known.name == b.name)
        {
            all.push((entry.day(), b.clone()));
        }
    }
    all
}
