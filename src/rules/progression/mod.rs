//! The progression: a pure function from a diary to one day's guidance.
//!
//! No clock, no storage, no randomness, no dependence on the order in which entries
//! arrived. The diary is replayed day by day ([`replay`]): a day is its start, what its morning
//! says, and what was entered on it. Where the runner stands is kept in parts by life time: the
//! injury ([`episode`]), the level ([`standing`]), the days away ([`gap_clock`]), what holds
//! ([`holds`]), the verdicts ([`verdicts`]) and what was run ([`run_log`]). At the end the day's
//! advice is read off, with its reasons.

mod advice;
mod consequences;
mod days;
mod episode;
pub mod forecast;
pub mod gap_clock;
mod gates;
mod holds;
mod index;
mod longest;
mod mornings;
mod other_pain;
mod placement;
mod reasons;
mod red_flags;
mod replay;
mod run_log;
mod runner;
mod self_tests;
mod sessions;
mod spacing;
mod standing;
mod time_away;
mod verdicts;

use crate::diary::Diary;
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::{Advice, Guidance, Prescription, Rule};
use crate::rules::pain_scale::PainScale;
use crate::thresholds::ladder::Level;
use chrono::{DateTime, FixedOffset, NaiveDate};
use days::plus;
use gates::TestState;
use index::Index;
pub(crate) use placement::places_anew;
use replay::{Replay, Runner};

/// What the diary asks for on a day, and why, by days alone. Total: any diary gives an answer.
pub fn guidance(diary: &Diary, on: NaiveDate) -> Guidance {
    guidance_at(diary, on, None)
}

/// The same for the day that stands at an instant: what is past then counts, although its own
/// date reads tomorrow (a flight to the west, a clock put right).
pub fn guidance_at(diary: &Diary, on: NaiveDate, now: Option<DateTime<FixedOffset>>) -> Guidance {
    let index = Index::new(diary, on, now);
    let mut replay = Replay::new(&index, on);
    replay.run(on);
    match &replay.runner {
        Some(runner) => Answer {
            replay: &replay,
            runner,
            on,
        }
        .guidance(),
        None => without_plan(&replay, on),
    }
}

/// What each pain on the morning of a day means, with everything entered but that answer.
/// `None`: no plan stood before the day.
pub fn morning_scale(
    diary: &Diary,
    day: NaiveDate,
    now: Option<DateTime<FixedOffset>>,
) -> Option<PainScale> {
    let index = Index::new(diary, day, now);
    let mut replay = Replay::new(&index, day);
    replay.run(plus(day, -1));
    if let Some(runner) = &mut replay.runner {
        runner.episode.begin_day(day);
    }
    replay.morning_scale(day)
}

fn without_plan(replay: &Replay, on: NaiveDate) -> Guidance {
    Guidance {
        on,
        stage: None,
        level: None,
        standing_level: None,
        profile: None,
        advice: replay.advice_without_plan(),
        not_before: None,
        morning_check_due: false,
        morning_due_for: None,
        severity: None,
        provisional: false,
        counts: false,
        given: false,
        reasons: reasons::without_plan(replay, on),
        ok_done: 0,
        ok_needed: 0,
        gate: Vec::new(),
        paused_since: replay.holds.pause().map(holds::Pause::since),
        paused_by: paused_by(replay),
        next_freedom: None,
        longer_min: None,
        rest_binds: false,
        measure: None,
        history: Vec::new(),
        prescription: None,
        easier: Vec::new(),
    }
}

/// The rules that the standing pause came from.
fn paused_by(replay: &Replay) -> Vec<Rule> {
    let votes = replay.holds.pause().map(holds::Pause::votes);
    votes.unwrap_or_default().iter().map(|v| v.rule).collect()
}

/// The end of the replay, read as one day's answer.
struct Answer<'a> {
    replay: &'a Replay<'a>,
    runner: &'a Runner<'a>,
    on: NaiveDate,
}

impl Answer<'_> {
    fn guidance(&self) -> Guidance {
        let (replay, runner, on) = (self.replay, self.runner, self.on);
        let (episode, standing) = (&runner.episode, &runner.standing);
        let given = replay.prescribed();
        let (index, longest) = given.map_or((standing.index(), None), |given| {
            (given.index, given.lowered_by_min)
        });
        // In a running stage every session stands for a run, a lowered one too.
        let ahead = replay.blocks_ahead(standing.runs());
        let blocks = replay.binding_first(&ahead);
        let advice = replay.advice_for(runner, &blocks, usize::MAX);
        let prescription = replay.session_asked(runner, advice);
        let sessions = prescription.is_some();
        let gate = replay.missing(on);
        let last = replay.verdicts.last();
        let due = self.morning_due();
        let named = |level: Option<&Level>| {
            let level = level.filter(|_| standing.stage() != Stage::Rest);
            level.map(|l| l.id.clone())
        };
        // A pause gives no day, though it may ask for the test that ends it.
        let open = !replay.holds.paused()
            && !matches!(
                advice,
                Advice::Emergency | Advice::Consult | Advice::ClearanceNeeded | Advice::Recover
            );
        let free = ahead.iter().position(Vec::is_empty);
        let free = free.and_then(|n| i64::try_from(n).ok());
        Guidance {
            on,
            stage: Some(standing.stage()),
            level: named(episode.ladder().at(index)),
            standing_level: named(runner.level()),
            profile: Some(episode.profile()),
            advice,
            not_before: if advice == Advice::Morning {
                Some(on)
            } else {
                free.map(|n| plus(on, n)).filter(|_| open)
            },
            morning_check_due: due.is_some(),
            morning_due_for: due,
            severity: last.map(|j| j.severity),
            provisional: last.is_some_and(|j| !j.settled),
            counts: last.is_some_and(|j| j.counts.is_some()),
            given: last.is_some_and(|j| j.given),
            reasons: self.reasons(advice, blocks, longest, &gate),
            ok_done: standing.ok(),
            ok_needed: if matches!(
                standing.stage(),
                Stage::Rest | Stage::SelfTest | Stage::Running
            ) {
                0
            } else {
                runner.needed()
            },
            gate,
            paused_since: replay.holds.pause().map(holds::Pause::since),
            paused_by: paused_by(replay),
            next_freedom: replay.freedoms().1.filter(|_| open),
            longer_min: replay.longer_run().filter(|_| sessions),
            rest_binds: match last.filter(|j| j.day == on) {
                Some(judged) => !judged.given,
                None => !replay.gives(standing.runs()),
            },
            measure: Some(*episode.measure()),
            history: replay.history.clone(),
            easier: if sessions {
                self.easier(index)
            } else {
                Vec::new()
            },
            prescription,
        }
    }

    /// Levels below the prescribed one, of the stage or easier, easiest first.
    fn easier(&self, index: usize) -> Vec<Prescription> {
        let levels = self.runner.episode.ladder().levels();
        levels.iter().take(index).map(Prescription::of).collect()
    }

    /// The morning that would settle the last session, or a self-test.
    fn morning_due(&self) -> Option<NaiveDate> {
        if let TestState::Pending(day) = self.replay.test_state(self.on)
            && day <= self.on
            && self.runner.standing.stage() == Stage::SelfTest
        {
            return Some(day);
        }
        let last = self.replay.verdicts.last().filter(|j| !j.settled)?;
        let day = plus(last.day, 1);
        (day <= self.on).then_some(day)
    }
}
