//! The progression: a pure function from a diary to one day's guidance.
//!
//! No clock, no storage, no randomness, no dependence on the order in which entries
//! arrived. The diary is replayed day by day ([`replay`]); verdicts ([`judge`]), gates
//! ([`gates`]) and gaps ([`gaps`]) change where the runner stands; at the end the day's
//! advice is read off, with its reasons.

pub mod along;
mod case;
mod effects;
pub mod gaps;
mod gates;
mod judge;
mod log;
mod other;
mod placing;
mod reasons;
mod replay;
mod signs;
mod spacing;

use crate::diary::Diary;
use crate::diary::vocabulary::{FreedomName, Movement, Stage};
use crate::rules::guidance::{Advice, Guidance, Prescription, Reason, Rule};
use crate::rules::rows::TINY;
use crate::thresholds::{
    GAP_SHARE_DAYS, LONGEST_DAYS, LONGEST_SHARE, LONGEST_SHARE_AFTER_GAP, QUIET_MORNINGS, WEEK,
};
use case::Case;
use chrono::NaiveDate;
use gates::TestState;
use log::{Log, between, plus};
pub(crate) use placing::places_anew;
use replay::Replay;

/// What the diary asks for on a day, and why. Total: any diary gives an answer.
pub fn guidance(diary: &Diary, on: NaiveDate) -> Guidance {
    let log = Log::new(diary, on);
    let mut replay = Replay::new(&log, on);
    replay.run();
    let Some(case) = &replay.case else {
        return set_up(on);
    };
    Answer {
        replay: &replay,
        case,
        on,
    }
    .guidance()
}

fn set_up(on: NaiveDate) -> Guidance {
    Guidance {
        on,
        stage: None,
        level: None,
        standing_level: None,
        profile: None,
        advice: Advice::SetUp,
        not_before: None,
        morning_check_due: false,
        morning_due_for: None,
        severity: None,
        provisional: false,
        reasons: Vec::new(),
        ok_done: 0,
        ok_needed: 0,
        gate: Vec::new(),
        paused_since: None,
        paused_by: Vec::new(),
        next_freedom: None,
        longer_min: None,
        history: Vec::new(),
        prescription: None,
        easier: Vec::new(),
    }
}

/// The end of the replay, read as one day's answer.
struct Answer<'a> {
    replay: &'a Replay<'a>,
    case: &'a Case<'a>,
    on: NaiveDate,
}

impl Answer<'_> {
    fn guidance(&self) -> Guidance {
        let (case, on) = (self.case, self.on);
        let (index, longest) = self.prescribed_index();
        let level = case.ladder.at(index);
        // In a running stage every session stands for a run, a lowered one too.
        let runs = case.runs();
        let ahead = self.replay.blocks_ahead(runs);
        let blocks = self.replay.binding_first(&ahead);
        let advice = self.advice(
            level.map(crate::thresholds::ladder::Level::movement),
            &blocks,
        );
        let sessions = matches!(advice, Advice::Walk | Advice::RunWalk | Advice::Run);
        let prescription = level.filter(|_| sessions).map(Prescription::of);
        let easier = if sessions {
            self.easier(index)
        } else {
            Vec::new()
        };
        let gate = self.replay.missing(on);
        let last = self.replay.judged.last();
        let due = self.morning_due();
        // A pause gives no day, though it may ask for the test that ends it.
        let open = self.replay.pause.is_none()
            && !matches!(
                advice,
                Advice::Emergency | Advice::Consult | Advice::ClearanceNeeded | Advice::Recover
            );
        Guidance {
            on,
            stage: Some(case.stage),
            level: level
                .filter(|_| case.stage != Stage::Rest)
                .map(|l| l.id.clone()),
            standing_level: case
                .ladder
                .at(case.index)
                .filter(|_| case.stage != Stage::Rest)
                .map(|l| l.id.clone()),
            profile: Some(case.profile),
            advice,
            not_before: ahead
                .iter()
                .position(Vec::is_empty)
                .and_then(|n| i64::try_from(n).ok())
                .map(|n| plus(on, n))
                .filter(|_| open),
            morning_check_due: due.is_some(),
            morning_due_for: due,
            severity: last.map(|j| j.severity),
            provisional: last.is_some_and(|j| !j.settled),
            reasons: self.reasons(advice, blocks, longest, &gate),
            ok_done: case.ok,
            ok_needed: if matches!(case.stage, Stage::Rest | Stage::SelfTest | Stage::Running) {
                0
            } else {
                case.needed()
            },
            gate,
            paused_since: self.replay.pause.as_ref().map(|p| p.since),
            paused_by: self
                .replay
                .pause
                .iter()
                .flat_map(|p| &p.votes)
                .map(|v| v.rule)
                .collect(),
            next_freedom: self.replay.freedoms(case).1.filter(|_| open),
            longer_min: self.longer_run(longest.is_some()).filter(|_| sessions),
            history: self.replay.history.clone(),
            prescription,
            easier,
        }
    }

    /// The level as prescribed: the runner's own, lowered by caps and by `LONGEST`
    /// (whose minutes come back when it lowered the level).
    fn prescribed_index(&self) -> (usize, Option<f64>) {
        let case = self.case;
        let mut index = case.index;
        let caps = [
            case.max_level.as_deref(),
            case.plan
                .limits
                .as_ref()
                .and_then(|l| l.max_level.as_deref()),
        ];
        for cap in caps.into_iter().flatten() {
            // A cap on a level that this ladder does not have caps at the lowest run.
            let at = case
                .ladder
                .index(cap)
                .unwrap_or(case.ladder.first_of(Stage::RunWalk));
            index = index.min(at);
        }
        if case.no_runs_until(self.on).is_some() {
            index = index.min(case.ladder.top_walk());
        }
        // Where the runner stands says whether it holds, not what a cap leaves of it.
        let from_c1 = matches!(case.stage, Stage::ShortRuns | Stage::Running);
        let r1 = case.ladder.first_of(Stage::RunWalk);
        if !from_c1 || index < r1 {
            return (index, None);
        }
        let longest = self.longest();
        let days = between(case.gap_start, self.on);
        // Until the next run: the day on which the level is C6 again asks for no more.
        let share =
            if (case.stage == Stage::Running || case.gap_from_running) && days >= GAP_SHARE_DAYS {
                LONGEST_SHARE_AFTER_GAP
            } else {
                LONGEST_SHARE
            };
        let fits = (r1..=index).rev().find(|i| {
            case.ladder
                .at(*i)
                .is_some_and(|l| l.run_min() <= longest * share + TINY)
        });
        let lowered = fits.unwrap_or(r1);
        (lowered, (lowered < index).then_some(longest))
    }

    /// The most running in one session of the last 30 days, minutes; without one, the
    /// placing counts as one run of its level.
    fn longest(&self) -> f64 {
        let minutes = self.replay.run_minutes.iter().rev();
        let recent = minutes
            .take_while(|(day, _)| between(*day, self.on) <= LONGEST_DAYS)
            .filter(|(_, minutes)| *minutes > 0.0);
        let most = recent.map(|(_, minutes)| *minutes).reduce(f64::max);
        most.unwrap_or_else(|| {
            let placed = self.case.ladder.at(self.case.placed);
            placed.map_or(0.0, crate::thresholds::ladder::Level::run_min)
        })
    }

    /// `longer` (section 8): one run a week of up to 110 % of the longest of 30 days, the
    /// week's total no more than 110 % of the week before.
    fn longer_run(&self, lowered: bool) -> Option<f64> {
        let case = self.case;
        if lowered || !self.replay.freedom(FreedomName::Longer, case) {
            return None;
        }
        let usual = case.ladder.at(case.index)?.run_min();
        let minutes = self.replay.run_minutes.iter().rev();
        let (mut week, mut before) = (0.0, 0.0);
        for (day, min) in minutes.take_while(|(day, _)| between(*day, self.on) < 2 * WEEK) {
            if between(*day, self.on) >= WEEK {
                before += min;
            } else if *min > usual {
                // This week has had it.
                return None;
            } else {
                week += min;
            }
        }
        let most = (self.longest() * LONGEST_SHARE).min(before * LONGEST_SHARE - week);
        (most > usual + TINY).then_some(most)
    }

    fn advice(&self, movement: Option<Movement>, blocks: &[Reason]) -> Advice {
        let (case, on) = (self.case, self.on);
        if self.replay.emergency.iter().any(|v| v.day == on) {
            return Advice::Emergency;
        }
        if let Some(pause) = &self.replay.pause {
            return self.paused(pause.quiet_since.is_some());
        }
        if case.clearance_missing() {
            return Advice::ClearanceNeeded;
        }
        if case.stage == Stage::Rest {
            let only_consult = self.replay.quiet_row(on) >= QUIET_MORNINGS
                && !case.consulted()
                && self.replay.unmet_benchmark(Stage::Walking).is_none();
            return if only_consult {
                Advice::ClearanceNeeded
            } else {
                Advice::Recover
            };
        }
        let test = self.replay.test_state(on);
        if case.stage == Stage::SelfTest && matches!(test, TestState::Pending(_)) {
            return Advice::Rest;
        }
        // The test holds running: it waits for the usual as a run does, and for the weeks
        // after a birth. It is no session: a walk of today does not stand in its way.
        let may_test = case.stage == Stage::SelfTest
            && test == TestState::Open
            && self.replay.wait_after.is_none()
            && case.no_runs_until(on).is_none();
        if may_test && blocks.iter().all(|b| b.rule == Rule::Spacing) {
            return Advice::SelfTest;
        }
        if !blocks.is_empty() {
            return Advice::Rest;
        }
        match case.stage {
            Stage::SelfTest | Stage::Walking | Stage::Rest => Advice::Walk,
            Stage::RunWalk | Stage::ShortRuns | Stage::Running => match movement {
                Some(Movement::Run) => Advice::Run,
                Some(Movement::RunWalk) => Advice::RunWalk,
                _ => Advice::Walk,
            },
        }
    }

    /// Paused: a clinician's word, or where a pause may end by itself, the self-test.
    fn paused(&self, quiet: bool) -> Advice {
        let itself = quiet && self.replay.may_release_itself(self.on);
        match self.replay.test_state(self.on) {
            TestState::Open if itself => Advice::SelfTest,
            _ => Advice::Consult,
        }
    }

    /// Levels below the prescribed one, of the stage or easier, easiest first.
    fn easier(&self, index: usize) -> Vec<Prescription> {
        let levels = self.case.ladder.levels().iter().take(index);
        levels.map(Prescription::of).collect()
    }

    /// The morning that would settle the last session, or a self-test.
    fn morning_due(&self) -> Option<NaiveDate> {
        if let TestState::Pending(day) = self.replay.test_state(self.on)
            && day <= self.on
            && self.case.stage == Stage::SelfTest
        {
            return Some(day);
        }
        let last = self.replay.judged.last().filter(|j| !j.settled)?;
        let day = plus(last.day, 1);
        (day <= self.on).then_some(day)
    }
}
