//! Along the way: what each past day asked for, and the least that lies ahead when
//! everything stays quiet. One replay each, so that ten years stay quick.

use super::days::{between, plus};
use super::index::Index;
use super::replay::{Replay, STILL_DAYS};
use crate::diary::Diary;
use crate::diary::entry::{Body, Entry, Extra};
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::{Advice, Prescription, Rule};
use crate::rules::symptom_free;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use std::cell::OnceCell;
use uuid::Uuid;

/// Days looked ahead at most.
const FAR_DAYS: i64 = 500;
/// Days without a session after which nothing more is to be expected: every rest, every
/// gap and every gate that mornings alone open is shorter.
const STUCK_DAYS: i64 = 60;

/// What a day asked for in its morning, before anything was done on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The day.
    pub on: NaiveDate,
    /// What it asked for.
    pub advice: Advice,
    /// The session, where it had one.
    pub session: Option<Prescription>,
    /// The day that a pause began which stood, and the rules that asked for it.
    pub paused: Option<(NaiveDate, Vec<Rule>)>,
}

/// What each day from one to another asked for, as the engine reads the diary now; days
/// before the first plan, and in silences of months, are left out.
pub fn asked(diary: &Diary, from: NaiveDate, to: NaiveDate) -> Vec<Asked> {
    let mut out = Vec::new();
    let index = Index::new(diary, to, None);
    let mut replay = Replay::new(&index, to);
    let Some(first) = index.first_day() else {
        return out;
    };
    let (mut day, mut spoken) = (first, first);
    while day <= to {
        replay.remember_start(day);
        replay.start_of_day(day);
        if day >= from {
            out.extend(today(&replay));
        }
        replay.entries_of_day(day);
        if index.speaks_of(day) {
            spoken = day;
        }
        let still = replay.runner.is_none() || between(spoken, day) >= STILL_DAYS;
        let next = plus(day, 1);
        day = match index.next_day(next) {
            _ if !still => next,
            Some(later) => later,
            None => break,
        };
    }
    out
}

/// What the replay's own day asks for, before its entries.
fn today(replay: &Replay) -> Option<Asked> {
    let runner = replay.runner.as_ref()?;
    let advice = replay.advice(0);
    let paused = replay.holds.pause();
    let paused = paused.map(|p| (p.since(), p.votes().iter().map(|v| v.rule).collect()));
    Some(Asked {
        on: replay.today,
        advice,
        session: replay.session_asked(runner, advice),
        paused,
    })
}

/// The least that lies ahead: the engine run forward with every session done as asked, on
/// the first day that allows it, and every morning without pain. Never a promise: a step
/// back moves it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forecast {
    /// Places on the ladder not reached yet, each with the sessions before it.
    pub levels: Vec<(usize, u32)>,
    /// Stages not reached yet, each with the sessions before it.
    pub stages: Vec<(Stage, u32)>,
    /// The days of the sessions, each with its level.
    pub days: Vec<(NaiveDate, String)>,
}

/// Runs the engine forward from a day; what a clinician's word, a benchmark or a pause
/// keeps closed is not in it.
pub fn forecast(diary: &Diary, on: NaiveDate) -> Forecast {
    let mut out = Forecast::default();
    let calm = symptom_free::morning();
    // A session a day at most; the entries must outlive the replay that reads them.
    let done: Vec<OnceCell<Entry>> = (0..=FAR_DAYS).map(|_| OnceCell::new()).collect();
    let mut index = Index::new(diary, on, None);
    let answered = index.answer(on).is_some();
    for n in i64::from(answered)..=FAR_DAYS {
        index.foresee(plus(on, n), &calm);
    }
    let mut replay = Replay::new(&index, on);
    replay.run(on);
    let Some(start) = replay
        .runner
        .as_ref()
        .map(|r| (r.standing.stage(), r.standing.index()))
    else {
        return out;
    };
    let (mut stage, mut place) = start;
    let (mut sessions, mut last) = (0, on);
    for (slot, n) in done.iter().zip(0..) {
        let day = plus(on, n);
        if n > 0 {
            replay.start_of_day(day);
        }
        let Some(runner) = &replay.runner else { break };
        let standing = &runner.standing;
        if standing.stage() > stage {
            stage = standing.stage();
            last = day;
            out.stages.push((stage, sessions));
        }
        let lowest = if standing.stage() == Stage::Rest {
            0
        } else {
            standing.index()
        };
        for place in place + 1..=lowest {
            out.levels.push((place, sessions));
        }
        place = place.max(lowest);
        if stage == Stage::Running || between(last, day) >= STUCK_DAYS {
            break;
        }
        let Some(asked) = today(&replay) else { break };
        // Only the calendar, or a word, is awaited: a session now would lead no further.
        let enough = matches!(
            standing.stage(),
            Stage::Walking | Stage::RunWalk | Stage::ShortRuns
        ) && standing.ok() >= runner.needed();
        let body = if let Some(session) = &asked.session {
            if enough {
                continue;
            }
            sessions += 1;
            out.days.push((day, session.level.clone()));
            Body::Session(Box::new(symptom_free::session(session)))
        } else if asked.advice == Advice::SelfTest {
            Body::SelfTest(symptom_free::self_test())
        } else {
            continue;
        };
        last = day;
        let entry = slot.get_or_init(|| blank(day, body));
        replay.entry(entry, day);
    }
    out
}

fn blank(day: NaiveDate, body: Body) -> Entry {
    let at: DateTime<FixedOffset> = day.and_time(NaiveTime::MIN).and_utc().fixed_offset();
    Entry {
        id: Uuid::nil(),
        at,
        edited_at: None,
        deleted: false,
        notes: String::new(),
        flags: Vec::new(),
        body,
        extra: Extra::new(),
    }
}
