//! What a clinician gets to read: the facts of a period, those that decide first.
//!
//! Whether a day was kept to is judged as [`adherence`] does, so that the runner's own
//! picture and the page for the clinician say the same.

use crate::diary::Diary;
use crate::diary::entry::{Benchmark, Body, Clearance, Entry, Plan, Session};
use crate::diary::vocabulary::{Profile, RedFlag, Side, Tier};
use crate::insights::adherence;
use crate::insights::adherence::Adherence;
use crate::insights::symmetry;
use crate::insights::symmetry::{Measured, Symmetry};
use crate::rules::guidance::{Guidance, LevelChange, Reason, Rule};
use crate::rules::progression::forecast;
use crate::rules::progression::forecast::Asked;
use crate::rules::progression::guidance_at;
use crate::thresholds::PAUSE_FROM;
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
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
    pub flag: RedFlag,
    /// How fast it needs checking.
    pub tier: Tier,
}

/// A time without running until a clinician's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedPause {
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

/// A note that may go with the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportNote {
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
    pub pauses: Vec<ReportedPause>,
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
    /// Left against right, but for benchmarks, which are named by themselves.
    pub strength: Vec<Symmetry>,
    /// The injured side.
    pub injured: Side,
    /// Days with strength.
    pub strength_days: u32,
    /// Benchmarks, the latest of each name up to the last day.
    pub benchmarks: Vec<(NaiveDate, Benchmark)>,
    /// What was kept to.
    pub adherence: Adherence,
    /// Notes of the period.
    pub notes: Vec<ReportNote>,
}

impl Report {
    /// Minutes run in all.
    pub fn run_min(&self) -> f64 {
        self.days.iter().map(|day| day.run_min).sum()
    }
}

/// The report of a period by days alone: two replays of the diary, however long the period
/// is. Total.
pub fn report(diary: &Diary, period: Period) -> Report {
    report_at(diary, period, None)
}

/// The same for a period that ends on the day of an instant: what is past then is in it, as
/// guidance reads it, although its own date reads tomorrow.
pub fn report_at(diary: &Diary, period: Period, now: Option<DateTime<FixedOffset>>) -> Report {
    let past = |e: &Entry| now.is_some_and(|now| e.at <= now);
    let visible = diary.visible_where(&|e| e.day() <= period.to || past(e));
    let known: Diary = visible.iter().map(|e| (*e).clone()).collect();
    let plan = known.plan_on(period.to).cloned();
    let at_end = guidance_at(&known, period.to, now);
    let asked = forecast::asked(&known, period.from, period.to);
    let adherence = adherence::by_day(&known, &asked, period.to)
        .into_iter()
        .fold(Adherence::default(), |all, (_, day)| all.with(day));
    let inside: Vec<&Entry> = visible
        .iter()
        .copied()
        .filter(|e| period.holds(e.day()) || e.day() > period.to)
        .collect();
    let profile = at_end.profile.unwrap_or(Profile::Bone);
    let strength_days = {
        let mut days: Vec<NaiveDate> = inside
            .iter()
            .filter(|e| matches!(e.body, Body::Strength(_)))
            .map(|e| e.day())
            .collect();
        // A journey across zones puts a later moment on an earlier day.
        days.sort_unstable();
        days.dedup();
        days.len()
    };
    Report {
        period,
        flags: flags(&inside, profile),
        pauses: pauses(&asked, &at_end, period.to),
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
            .filter(|change| period.holds(change.on) && change.moves())
            .cloned()
            .collect(),
        longest: sessions(&inside)
            .map(|(day, s)| (day, s.run_min))
            .filter(|(_, min)| *min > 0.0)
            .reduce(|a, b| if b.1 > a.1 { b } else { a }),
        strength: symmetry::latest(&known, period.from, period.to)
            .into_iter()
            .filter(|s| !matches!(s.measured, Measured::Benchmark(_)))
            .collect(),
        injured: plan.as_ref().map_or(Side::None, |p| p.injury.side),
        strength_days: count(strength_days),
        benchmarks: known
            .benchmarks_on(period.to)
            .iter()
            .map(|b| (b.measures[0].0.day(), b.latest().clone()))
            .collect(),
        adherence,
        notes: inside
            .iter()
            .filter(|e| !e.notes.trim().is_empty())
            .map(|e| ReportNote {
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

/// The pauses of a period, by what its days asked for and how it ends.
fn pauses(asked: &[Asked], at_end: &Guidance, to: NaiveDate) -> Vec<ReportedPause> {
    let mut all: Vec<ReportedPause> = Vec::new();
    for day in asked {
        note_pause(&mut all, day.paused.as_ref(), day.on);
    }
    // What the last day itself brought.
    let severe = |r: &&Reason| r.severity.is_some_and(|s| s >= PAUSE_FROM);
    let rules = at_end.reasons.iter().filter(severe).map(|r| r.rule);
    let stands = at_end.paused_since.map(|since| (since, rules.collect()));
    note_pause(&mut all, stands.as_ref(), to);
    all
}

fn note_pause(
    all: &mut Vec<ReportedPause>,
    stands: Option<&(NaiveDate, Vec<Rule>)>,
    day: NaiveDate,
) {
    let open = all.last_mut().filter(|p| p.until.is_none());
    match (stands, open) {
        (Some((since, rules)), Some(pause)) if pause.from == *since => {
            for rule in rules {
                if !pause.rules.contains(rule) {
                    pause.rules.push(*rule);
                }
            }
        }
        (stands, open) => {
            if let Some(pause) = open {
                pause.until = Some(day);
            }
            if let Some((from, rules)) = stands {
                let mut once: Vec<Rule> = Vec::new();
                for rule in rules {
                    if !once.contains(rule) {
                        once.push(*rule);
                    }
                }
                all.push(ReportedPause {
                    from: *from,
                    until: None,
                    rules: once,
                });
            }
        }
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
            Body::Session(s) => (entry.day(), Some(s), Some(s.pain_during.get())),
            Body::Morning(m) => {
                let pain = m.remembered.then(|| m.pain.get());
                (m.day(entry), None, pain)
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
                day.during = day.during.max(pain);
            }
            // The latest entered for a morning stands, as in the rules.
            None => day.morning = pain,
        }
    }
    days
}
