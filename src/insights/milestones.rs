//! Milestones: read off the diary each time, never stored, so an edit can take one
//! back. Each is reached once on the way back from an injury, and anew after the next
//! one. They say what was done and never change the plan.

use crate::diary::Diary;
use crate::diary::entry::{Body, Entry, Plan, Session};
use crate::diary::vocabulary::{IntervalKind, Movement, Side, Site, Stage};
use crate::rules::guidance::{ChangeCause, Guidance, LevelChange};
use crate::rules::measure::Measure;
use crate::rules::rows::pain_severity;
use crate::thresholds::ladder::Ladder;
use chrono::NaiveDate;

/// Minutes of running in all that make the hour.
const HOUR_MIN: f64 = 60.0;
/// Quiet mornings in all, in a row or not: a bad one takes none away.
const MORNINGS: usize = 10;
/// Seconds without a break; a second is left to the clock.
const UNBROKEN_S: f64 = 20.0 * 60.0 - 1.0;

/// Something reached on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// A first walk without more pain than counts as OK.
    FirstWalk,
    /// A first minute of running, the same.
    FirstMinute,
    /// The first running level done: the plan moved up from it.
    FirstLevel,
    /// Ten quiet mornings in all.
    QuietMornings,
    /// An hour of running in all.
    Hour,
    /// Twenty minutes of running without a break.
    Unbroken,
    /// A step back was taken: the next session was no harder than the plan had gone down to.
    StepBack,
    /// Back to running.
    Running,
}

impl Milestone {
    /// Every milestone, about in the order of the way.
    pub const ALL: [Self; 8] = [
        Self::FirstWalk,
        Self::FirstMinute,
        Self::FirstLevel,
        Self::QuietMornings,
        Self::Hour,
        Self::Unbroken,
        Self::StepBack,
        Self::Running,
    ];

    /// The key that words and tests know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FirstWalk => "first-walk",
            Self::FirstMinute => "first-minute",
            Self::FirstLevel => "first-level",
            Self::QuietMornings => "quiet-mornings",
            Self::Hour => "hour",
            Self::Unbroken => "unbroken",
            Self::StepBack => "step-back",
            Self::Running => "running",
        }
    }
}

/// A milestone and the day on which it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// Which.
    pub what: Milestone,
    /// The day.
    pub on: NaiveDate,
}

/// The way back from one injury.
#[derive(Debug, Clone)]
pub struct WayBack {
    /// Where it hurt.
    pub site: Site,
    /// On which side.
    pub side: Side,
    /// Since when, as the runner said.
    pub since: NaiveDate,
    /// The day of the plan that began it.
    pub began: NaiveDate,
    /// The day before the next one began; `None`: it is the present one.
    pub until: Option<NaiveDate>,
    /// What was reached on it, in the order of [`Milestone::ALL`].
    pub reached: Vec<Reached>,
}

/// Every milestone of the present way up to the day of the guidance, each once, in the
/// order of [`Milestone::ALL`]. `guidance` must be that of the diary.
pub fn reached(diary: &Diary, guidance: &Guidance) -> Vec<Reached> {
    ways_back(diary, guidance)
        .pop()
        .map_or_else(Vec::new, |way| way.reached)
}

/// Every way back, the present one last: a plan for another injury begins one. `guidance` must be that of the diary.
pub fn ways_back(diary: &Diary, guidance: &Guidance) -> Vec<WayBack> {
    let today = guidance.on;
    let entries: Vec<&Entry> = diary
        .visible()
        .into_iter()
        .filter(|e| e.day() <= today)
        .collect();
    let episodes = diary.episodes(today);
    let starts: Vec<(usize, &Plan)> = episodes
        .iter()
        .filter_map(|episode| {
            let at = entries.iter().position(|e| e.id == episode.began.id)?;
            Some((at, episode.plan))
        })
        .collect();
    let mut out = Vec::new();
    for (n, (start, plan)) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(entries.len(), |(end, _)| *end);
        let on_the_way = entries.get(*start..end).unwrap_or_default();
        let Some(began) = on_the_way.first().map(|e| e.day()) else {
            continue;
        };
        let next = entries.get(end).map(|e| e.day());
        // By day: the changes of a way stand together.
        let all = guidance.history.as_slice();
        let first = changes_before(all, began);
        let last = next.map_or(all.len(), |next| changes_before(all, next));
        let history = all.get(first..last).unwrap_or_default();
        out.push(WayBack {
            site: plan.injury.site,
            side: plan.injury.side,
            since: plan.injury.since,
            began,
            until: next.and_then(|day| day.pred_opt()),
            reached: on_way(on_the_way, history, next.unwrap_or(today)),
        });
    }
    out
}

/// How many changes come before the way that begins on that day. A move up that opens the
/// day was earned on the way before: the morning's answer settles it.
fn changes_before(history: &[LevelChange], began: NaiveDate) -> usize {
    let own = |c: &LevelChange| c.on > began || c.on == began && c.cause != ChangeCause::Up;
    history.iter().position(own).unwrap_or(history.len())
}

fn on_way(entries: &[&Entry], history: &[LevelChange], until: NaiveDate) -> Vec<Reached> {
    // Few, and asked for each change of level.
    let mut plans: Vec<&Entry> = entries.to_vec();
    plans.retain(|e| matches!(e.body, Body::Plan(_)));
    let plans = &plans;
    let day_of = |what| match what {
        Milestone::FirstWalk => first(entries, |s, quiet, _| {
            quiet && s.activity == Movement::Walk && s.walk_min > 0.0
        }),
        Milestone::FirstMinute => first(entries, |s, quiet, _| quiet && s.run_min >= 1.0),
        Milestone::Unbroken => first(entries, |s, quiet, ladder| {
            quiet && unbroken_s(s, ladder) >= UNBROKEN_S
        }),
        Milestone::Hour => hour(entries),
        Milestone::QuietMornings => mornings(entries, until),
        Milestone::FirstLevel => first_level(history, plans),
        Milestone::StepBack => step_back(history, entries, plans),
        Milestone::Running => back(history, plans),
    };
    Milestone::ALL
        .into_iter()
        .filter_map(|what| day_of(what).map(|on| Reached { what, on }))
        .collect()
}

/// The day of the first session that is meant, told whether its pain was OK by the plan
/// of its time, and that plan's ladder.
fn first(entries: &[&Entry], meant: impl Fn(&Session, bool, &Ladder) -> bool) -> Option<NaiveDate> {
    let mut plan: Option<(&Plan, Ladder)> = None;
    for entry in entries {
        match (&entry.body, &plan) {
            (Body::Plan(p), _) => plan = Some((p, Ladder::of(p))),
            (Body::Session(s), Some((plan, ladder))) => {
                let measure = Measure::of(plan, plan.injury.profile);
                let ok = pain_severity(&measure, s.pain_during.get()) == 0;
                let quiet = ok && !s.limp && !s.hurt && entry.flags.is_empty();
                if meant(s, quiet, ladder) {
                    return Some(entry.day());
                }
            }
            _ => {}
        }
    }
    None
}

/// The longest running without a break, seconds. Without a timer's intervals it is what
/// the level asks for, or a whole run; a run-walk off the plan tells nothing.
fn unbroken_s(s: &Session, ladder: &Ladder) -> f64 {
    if !s.intervals.is_empty() {
        let (mut longest, mut row) = (0.0_f64, 0.0);
        for interval in &s.intervals {
            row = match interval.kind {
                IntervalKind::Run
                | IntervalKind::Hill
                | IntervalKind::Stride
                | IntervalKind::Free => row + interval.done_s,
                IntervalKind::Walk if interval.done_s > 0.0 => 0.0,
                IntervalKind::Walk => row,
            };
            longest = longest.max(row);
        }
        return longest;
    }
    let level = s.level.as_deref().and_then(|id| ladder.level(id));
    match level {
        Some(level) if level.walk_s > 0 => f64::from(level.run_s).min(s.run_min * 60.0),
        _ if s.activity == Movement::Run => s.run_min * 60.0,
        _ => 0.0,
    }
}

fn hour(entries: &[&Entry]) -> Option<NaiveDate> {
    let mut sum = 0.0;
    for entry in entries {
        if let Body::Session(s) = &entry.body {
            sum += s.run_min;
            if sum >= HOUR_MIN {
                return Some(entry.day());
            }
        }
    }
    None
}

/// The day of the tenth morning at the usual. For each day its latest answer stands.
fn mornings(entries: &[&Entry], today: NaiveDate) -> Option<NaiveDate> {
    let mut plan: Option<&Plan> = None;
    let mut first_day = None;
    let mut answers: Vec<(NaiveDate, bool)> = Vec::new();
    let mut latest = None;
    for entry in entries {
        match (&entry.body, plan) {
            (Body::Plan(p), _) => {
                plan = Some(p);
                first_day = first_day.or(Some(entry.day()));
            }
            (Body::Morning(m), Some(plan)) => {
                let day = m.day(entry);
                if day > today || first_day.is_some_and(|from| day < from) {
                    continue;
                }
                let quiet = Measure::of(plan, plan.injury.profile).at_baseline(m);
                // Nearly always they come in order: there is none to look for.
                if latest >= Some(day) {
                    answers.retain(|(d, _)| *d != day);
                }
                latest = latest.max(Some(day));
                answers.push((day, quiet));
            }
            _ => {}
        }
    }
    let mut quiet: Vec<NaiveDate> = answers
        .into_iter()
        .filter_map(|(day, quiet)| quiet.then_some(day))
        .collect();
    quiet.sort_unstable();
    quiet.get(MORNINGS - 1).copied()
}

/// The ladder of the plan that stood on a day of this way. The diary is not asked: on its
/// last day the next injury's plan stands there already.
fn ladder_on(plans: &[&Entry], day: NaiveDate) -> Ladder {
    let plans = plans.iter().filter(|e| e.day() <= day);
    let mut plans = plans.filter_map(|e| match &e.body {
        Body::Plan(p) => Some(p),
        _ => None,
    });
    plans
        .next_back()
        .map_or_else(Ladder::builtin, |p| Ladder::of(p))
}

fn first_level(history: &[LevelChange], plans: &[&Entry]) -> Option<NaiveDate> {
    let mut ups = history.iter().filter(|c| c.cause == ChangeCause::Up);
    let done = ups.find(|c| {
        let ladder = ladder_on(plans, c.on);
        let from = c.from.as_deref().and_then(|id| ladder.level(id));
        from.is_some_and(|l| l.run_s > 0)
    });
    done.map(|c| c.on)
}

/// Home: a move up that leaves the last level for no other.
fn back(history: &[LevelChange], plans: &[&Entry]) -> Option<NaiveDate> {
    let mut leaving = history
        .iter()
        .filter(|c| c.cause == ChangeCause::Up && c.from.as_deref() == Some(c.to.as_str()));
    let home = leaving.find(|c| {
        let ladder = ladder_on(plans, c.on);
        let last = ladder.at(ladder.last());
        last.is_some_and(|l| l.id == c.to && l.stage != Stage::Walking)
    });
    home.map(|c| c.on)
}

/// After a verdict took the plan down, the next session on it was no harder than that.
fn step_back(history: &[LevelChange], entries: &[&Entry], plans: &[&Entry]) -> Option<NaiveDate> {
    let downs = history
        .iter()
        .filter(|c| matches!(c.cause, ChangeCause::Down(_)));
    downs
        .filter_map(|c| {
            let ladder = ladder_on(plans, c.on);
            let most = ladder.index(&c.to)?;
            // Walks off the plan are no answer to it.
            let (day, next) = entries.iter().find_map(|e| match &e.body {
                Body::Session(s) if e.day() > c.on && (s.level.is_some() || s.run_min > 0.0) => {
                    Some((e.day(), s))
                }
                _ => None,
            })?;
            let at = next.level.as_deref().and_then(|id| ladder.index(id))?;
            let allowed = ladder
                .at(most)
                .map_or(0.0, crate::thresholds::ladder::Level::run_min);
            (at <= most && next.run_min <= allowed * 1.1).then_some(day)
        })
        .min()
}
