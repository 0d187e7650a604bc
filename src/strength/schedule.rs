//! When strength may be done (progression, section 9): 2 or 3 days a week, not on
//! consecutive days, on days without a run or after it, never before it.
//!
//! "Never before it" is read strictly: not earlier on the day of a run, and not on the
//! day before one that may be. So it stands after the runs, or on a day with another
//! day of rest behind it. Where running is paused, strength waits too, unless the pause
//! came from load alone and not at a bone; in the first three days of an injury, in an
//! illness, on a bad morning and, with a heart condition, until a clearance as well.

use super::{asks_heart, cleared, plus};
use crate::diary::Diary;
use crate::diary::entry::{Entry, Kind, Plan};
use crate::diary::vocabulary::{AbsenceReason, Profile, Stage, Swelling};
use crate::rules::guidance::{Advice, Guidance, Rule};
use crate::rules::measure::Measure;
use crate::rules::rows::pain_severity;
use crate::thresholds::SEVERE;
use chrono::NaiveDate;

/// Most strength days in any 7.
pub const MOST_PER_WEEK: usize = 3;
/// Days that hold these or more in the last 7 are enough.
pub const ENOUGH_PER_WEEK: usize = 2;
/// Days after an injury that are for protecting it (stage `rest`).
const PROTECT_DAYS: u64 = 3;

/// When strength may be done, and why then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Today.
    Today,
    /// Today, once the day's session (a run, a walk, the self-test) is done.
    After(Advice),
    /// Not before that day, as far as is known.
    NotBefore(NaiveDate, Wait),
    /// Not as long as this stands.
    Held(Hold),
}

/// Why strength waits for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// It was done today.
    Done,
    /// It was done yesterday.
    BackToBack,
    /// Three days of the last seven had it.
    Week,
    /// The first days of an injury.
    Protect,
    /// 48 hours well after an illness.
    Illness,
    /// This morning was worse than usual.
    Morning,
    /// Today's session, or what was done beside it, went badly.
    Session,
    /// A run may be done tomorrow: after it, then.
    Run,
}

/// Why strength is held back altogether.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// There is no plan.
    NoPlan,
    /// Running is paused until somebody had a look.
    Paused,
    /// An illness without an end.
    Ill,
    /// A heart condition that no clinician has cleared.
    Heart,
}

/// When strength may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When, and why.
    pub when: When,
    /// Days with strength in the last 7, today included.
    pub week: usize,
    /// The last of them all.
    pub last: Option<NaiveDate>,
    /// Running is paused for load alone: what hurts at most 2 goes on, at level 1.
    pub gentle: bool,
}

impl Due {
    /// Whether it is wanted and may be done today.
    pub fn today(&self) -> bool {
        matches!(self.when, When::Today | When::After(_))
    }
}

/// When strength may be done next, on a day whose guidance this is. Total.
pub fn due(diary: &Diary, guidance: &Guidance, on: NaiveDate) -> Due {
    let done = diary.of_kind(Kind::Strength).map(Entry::day);
    let mut days: Vec<NaiveDate> = done.filter(|day| *day <= on).collect();
    days.dedup();
    let week = days.iter().filter(|d| (on - **d).num_days() < 7).count();
    Due {
        when: when(diary, guidance, on, &days),
        week,
        last: days.last().copied(),
        gentle: guidance.advice == Advice::Consult && goes_on(guidance, on),
    }
}

fn when(diary: &Diary, guidance: &Guidance, on: NaiveDate, days: &[NaiveDate]) -> When {
    let Some(plan) = diary.plan_on(on) else {
        return When::Held(Hold::NoPlan);
    };
    if asks_heart(plan) && !cleared(diary, on) {
        return When::Held(Hold::Heart);
    }
    let paused = guidance.advice == Advice::Consult && !goes_on(guidance, on);
    if guidance.advice == Advice::Emergency || paused {
        return When::Held(Hold::Paused);
    }
    let measure = Measure::of(plan, guidance.profile.unwrap_or(Profile::Bone));
    if let Some(wait) = of_the_body(diary, plan, &measure, on) {
        return wait;
    }
    if let Some(last) = days.last() {
        if *last == on {
            return When::NotBefore(plus(on, 2), Wait::Done);
        }
        if (on - *last).num_days() < 2 {
            return When::NotBefore(plus(*last, 2), Wait::BackToBack);
        }
    }
    if let Some(n) = days.len().checked_sub(MOST_PER_WEEK)
        && (on - days[n]).num_days() < 7
    {
        return When::NotBefore(plus(days[n], 7), Wait::Week);
    }
    beside_the_run(diary, &measure, guidance, on)
}

/// Whether light strength goes on in the pause that stands: it came from pain during,
/// after or the morning after, its median, or a second such session alone, so from load; not
/// at a bone; and not today.
fn goes_on(guidance: &Guidance, on: NaiveDate) -> bool {
    let load = |rule: &Rule| matches!(rule, Rule::D | Rule::A | Rule::N | Rule::T | Rule::X);
    let bone = guidance.profile.is_none_or(|p| p == Profile::Bone);
    let by_load = !guidance.paused_by.is_empty() && guidance.paused_by.iter().all(load);
    by_load && !bone && guidance.paused_since < Some(on)
}

/// What the injury, an illness or the morning says.
fn of_the_body(diary: &Diary, plan: &Plan, measure: &Measure, on: NaiveDate) -> Option<When> {
    let protected = plus(plan.injury.since, PROTECT_DAYS);
    if on < protected {
        return Some(When::NotBefore(protected, Wait::Protect));
    }
    for (entry, a) in diary.absences() {
        if entry.day() > on || a.reason != AbsenceReason::Illness || a.from > on {
            continue;
        }
        match a.until {
            None => return Some(When::Held(Hold::Ill)),
            Some(until) if on < plus(until, 3) => {
                return Some(When::NotBefore(plus(until, 3), Wait::Illness));
            }
            Some(_) => {}
        }
    }
    let bad = diary
        .morning_of(on)
        .is_some_and(|m| measure.too_high(m.pain.get()) || m.limp || m.swelling == Swelling::Clear);
    bad.then(|| When::NotBefore(plus(on, 1), Wait::Morning))
}

fn beside_the_run(diary: &Diary, measure: &Measure, guidance: &Guidance, on: NaiveDate) -> When {
    // Impact sport counts as the run.
    let mut sessions = diary.sessions(on..=on).map(|(_, session)| session);
    let ran = sessions.any(|s| s.run_min > 0.0)
        || diary.activities_on(on).any(|(_, activity)| activity.impact);
    let moved = diary.sessions(on..=on).next().is_some();
    let hurt = diary
        .activities_on(on)
        .any(|(_, activity)| pain_severity(measure, activity.pain.get()) >= SEVERE);
    let bad = hurt || moved && guidance.severity >= Some(SEVERE);
    if bad {
        return When::NotBefore(plus(on, 1), Wait::Session);
    }
    if ran {
        return When::Today;
    }
    let tomorrow = plus(on, 1);
    match guidance.advice {
        Advice::Run | Advice::RunWalk | Advice::SelfTest => When::After(guidance.advice),
        // A walk is done first too; the day after one that leads back to running may be
        // a day to run.
        Advice::Walk => When::After(Advice::Walk),
        // The morning's answer may bring the session.
        Advice::Morning if runs(guidance) => When::After(Advice::RunWalk),
        Advice::Morning if guidance.stage == Some(Stage::Walking) => When::After(Advice::Walk),
        // What stands between stages (a test that waits for its morning) may be over
        // tomorrow.
        Advice::Rest | Advice::Morning if guidance.stage == Some(Stage::SelfTest) => {
            When::NotBefore(plus(tomorrow, 1), Wait::Run)
        }
        // So may a pause that a test made today can end.
        Advice::Consult if diary.of_kind(Kind::SelfTest).any(|e| e.day() == on) => {
            When::NotBefore(plus(tomorrow, 1), Wait::Run)
        }
        Advice::Rest if moved && led_back(guidance) => {
            When::NotBefore(plus(tomorrow, 1), Wait::Run)
        }
        Advice::Rest => match guidance.not_before {
            Some(day) if day == tomorrow && runs(guidance) => When::NotBefore(day, Wait::Run),
            _ => When::Today,
        },
        _ => When::Today,
    }
}

/// Whether the stage is one whose sessions hold running.
fn runs(guidance: &Guidance) -> bool {
    guidance.stage >= Some(Stage::RunWalk)
}

/// Whether the runner was at a running level before and walks now: the next morning may
/// lead straight back to running.
fn led_back(guidance: &Guidance) -> bool {
    let walk = |level: &str| level.starts_with('W');
    guidance.history.iter().any(|change| !walk(&change.to))
}
