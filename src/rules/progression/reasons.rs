//! Why: everything that holds on the day, the one that binds first.

use super::Answer;
use super::days::between;
use super::gates::TestState;
use super::replay::Replay;
use crate::diary::vocabulary::{Onset, Stage};
use crate::rules::guidance::{Advice, Fact, Missing, Reason, Rule, WouldChange};
use crate::rules::rows::Vote;
use crate::thresholds::{
    GAP_SHARE_DAYS, MORNINGS_ABOVE, MORNINGS_IN_THE_WAY, MOST_STIFFNESS_MIN, PAINFUL_STRENGTH,
    SELF_MORNINGS, UNSEEN_DAYS,
};
use chrono::NaiveDate;
use std::cmp::Reverse;

/// The reasons of a day, each finding once.
#[derive(Default)]
struct Reasons(Vec<Reason>);

impl Reasons {
    fn add(&mut self, reason: Reason) {
        let same = |r: &&mut Reason| r.rule == reason.rule && r.fact == reason.fact;
        match self.0.iter_mut().find(same) {
            // One finding may hold in two ways: both must end, each told once.
            Some(known) => {
                for change in reason.changes {
                    if !known.changes.contains(&change) {
                        known.changes.push(change);
                    }
                }
            }
            None => self.0.push(reason),
        }
    }
}

/// The votes that count, the highest first.
fn worst_first(votes: &[Vote]) -> Vec<&Vote> {
    let mut votes: Vec<&Vote> = votes.iter().filter(|v| v.severity >= 1).collect();
    votes.sort_by_key(|v| Reverse(v.severity));
    votes
}

/// Before the first plan: what pauses, an emergency of the day first.
pub(super) fn without_plan(replay: &Replay, on: NaiveDate) -> Vec<Reason> {
    let mut out = Reasons::default();
    of_pause(replay, on, &mut out);
    out.0
}

/// What paused the runner, and what ends that.
fn of_pause(replay: &Replay, on: NaiveDate, out: &mut Reasons) {
    let pause = replay.holds.pause();
    let lifted = |after| vec![WouldChange::Clearance { after: Some(after) }];
    let pause_end = pause.map_or(on, super::holds::Pause::ends_after);
    for vote in replay.holds.emergencies(on) {
        let mut reason = vote.reason();
        reason.changes = lifted(pause_end.max(on));
        out.add(reason);
    }
    for vote in pause.map(|p| worst_first(p.votes())).unwrap_or_default() {
        let mut reason = vote.reason();
        reason.changes = lifted(pause_end);
        out.add(reason);
    }
}

impl Answer<'_> {
    pub(super) fn reasons(
        &self,
        advice: Advice,
        blocks: Vec<Reason>,
        longest: Option<f64>,
        gate: &[Missing],
    ) -> Vec<Reason> {
        let mut out = Reasons::default();
        of_pause(self.replay, self.on, &mut out);
        if self.replay.may_release_itself(self.on) {
            out.add(self.of_release());
        }
        self.of_missing_word(advice, &mut out);
        // In rest, and while a test's morning is awaited, the gate is what binds.
        let gate: Vec<Reason> = gate.iter().map(|missing| self.of_gate(missing)).collect();
        let stage = self.runner.standing.stage();
        let pending = matches!(self.replay.test_state(self.on), TestState::Pending(_));
        if stage == Stage::Rest || (pending && stage == Stage::SelfTest) {
            gate.iter().cloned().for_each(|r| out.add(r));
        }
        for block in blocks {
            out.add(block);
        }
        self.of_level(longest, &mut out);
        if let Some(last) = self.replay.verdicts.last() {
            for vote in worst_first(&last.votes) {
                out.add(vote.reason());
            }
        }
        for missing in gate {
            out.add(missing);
        }
        self.of_usual(&mut out);
        self.of_reviews(&mut out);
        out.0
    }

    fn plain(&self, rule: Rule, fact: Fact, changes: Vec<WouldChange>) -> Reason {
        Reason {
            rule,
            fact,
            severity: None,
            entry: None,
            day: self.on,
            changes,
        }
    }

    fn of_release(&self) -> Reason {
        let on = self.on;
        // Today's answer may still be missing.
        let from = i64::from(self.replay.morning(on).is_none());
        let count = self.replay.quiet_mornings_of_pause(on, from);
        let have = u8::try_from(count).unwrap_or(SELF_MORNINGS);
        let pause = self.replay.holds.pause();
        let baseline = self.runner.episode.measure().baseline;
        let change = match self.replay.test_state(on) {
            TestState::Failed(date) => WouldChange::WaitUntil { date },
            _ if pause.is_none_or(|p| p.quiet_since().is_none()) => WouldChange::QuietMornings {
                // The seventh has to be today's.
                more: (SELF_MORNINGS - have).max(1),
                at_most: pause
                    .and_then(|p| p.measure())
                    .map_or(baseline, |m| m.baseline.min(baseline)),
            },
            TestState::Open | TestState::Pending(_) | TestState::Passed => WouldChange::SelfTest,
        };
        let fact = Fact::SelfRelease {
            quiet_mornings: count,
        };
        self.plain(Rule::Self_, fact, vec![change])
    }

    /// A clearance, or a clinician's number for the usual.
    fn of_missing_word(&self, advice: Advice, out: &mut Reasons) {
        let episode = &self.runner.episode;
        let usual = episode.usual_waits();
        if advice == Advice::ClearanceNeeded || self.runner.word_missing(self.on) {
            let stage = self.runner.standing.stage();
            let mut changes = Vec::new();
            // In rest the gate asks for what walks need.
            if stage == Stage::Rest || episode.clearance_missing(stage, self.on) {
                changes.push(WouldChange::Clearance { after: None });
            }
            if let Some((_, at_most)) = usual.filter(|_| stage > Stage::Walking) {
                changes.push(WouldChange::UsualAgreed { at_most });
            }
            out.add(self.plain(Rule::Clearance, Fact::Clearance, changes));
        }
        // While walks are what the day holds, it keeps nothing yet.
        if self.runner.standing.stage() > Stage::Walking {
            self.of_usual(out);
        }
    }

    /// A usual above what the runner may set alone.
    fn of_usual(&self, out: &mut Reasons) {
        if let Some((entered, counts_as)) = self.runner.episode.usual_waits() {
            let fact = Fact::UsualAlone { entered, counts_as };
            let change = WouldChange::UsualAgreed { at_most: counts_as };
            out.add(self.plain(Rule::Usual, fact, vec![change]));
        }
    }

    fn of_gate(&self, missing: &Missing) -> Reason {
        let changes = self.ends(missing).into_iter().collect();
        self.plain(Rule::Gate, Fact::Gate(missing.clone()), changes)
    }

    /// What lowers the level, or holds a level-up.
    fn of_level(&self, longest: Option<f64>, out: &mut Reasons) {
        let (runner, on) = (self.runner, self.on);
        if let Some(longest_min) = longest {
            out.add(self.plain(Rule::Longest, Fact::Longest { longest_min }, Vec::new()));
        }
        if let Some((days, with_reason)) = runner.gap.noted() {
            out.add(self.plain(Rule::Gap, Fact::Gap { days, with_reason }, Vec::new()));
        }
        let days = between(runner.gap.start(), on);
        if runner.standing.stage() == Stage::Running && days >= GAP_SHARE_DAYS {
            let with_reason = false;
            out.add(self.plain(Rule::Gap, Fact::Gap { days, with_reason }, Vec::new()));
        }
        if let Some(free_on) = self.replay.level_up_waits(on) {
            let change = WouldChange::WaitUntil { date: free_on };
            out.add(self.plain(Rule::LevelUps, Fact::LevelUps { free_on }, vec![change]));
        }
    }

    /// What suggests that somebody should look at it, or asks what is in the way.
    fn of_reviews(&self, out: &mut Reasons) {
        let (replay, on) = (self.replay, self.on);
        let episode = &self.runner.episode;
        for review in replay.holds.reviews() {
            if !replay.index.reviewed(review.since, on) {
                out.add(Reason {
                    rule: Rule::X2,
                    fact: Fact::RedFlag(review.flag),
                    severity: None,
                    entry: Some(review.entry),
                    day: review.since,
                    changes: vec![WouldChange::Appointment],
                });
            }
        }
        let word = || vec![WouldChange::Clearance { after: None }];
        match replay.verdicts.held_back() {
            Some((count, None)) => out.add(self.plain(Rule::X2, Fact::Review { count }, word())),
            Some((count, Some(by))) => {
                let fact = Fact::HeldBack { count, by };
                out.add(self.plain(Rule::Remind, fact, Vec::new()));
            }
            None => {}
        }
        let last = replay.verdicts.last();
        let again = last.and_then(|j| j.votes.iter().find(|v| v.rule == Rule::X));
        if let Some(vote) = again {
            out.add(self.plain(Rule::X2, vote.fact.clone(), Vec::new()));
        }
        let mut suggest = |holds: bool, fact: Fact| {
            if holds {
                out.add(self.plain(Rule::X2, fact, Vec::new()));
            }
        };
        let count = replay.verdicts.mornings_in_the_way();
        suggest(
            count >= MORNINGS_IN_THE_WAY,
            Fact::MorningsInTheWay { count },
        );
        let count = replay.verdicts.mornings_above();
        suggest(count >= MORNINGS_ABOVE, Fact::MorningsAbove { count });
        let pains = replay.verdicts.strength_pains(on);
        let count = u32::try_from(pains).unwrap_or(u32::MAX);
        suggest(pains >= PAINFUL_STRENGTH, Fact::PainfulStrength { count });
        suggest(replay.verdicts.pelvic_floor_fails() >= 2, Fact::PelvicFloor);
        let minutes = episode.plan().usual_stiffness_min;
        suggest(
            minutes > MOST_STIFFNESS_MIN,
            Fact::LongStiffness { minutes },
        );
        let since = episode.plan().injury.since;
        let unseen = episode.plan().injury.onset == Some(Onset::Sudden)
            && between(since, on) >= UNSEEN_DAYS
            && !episode.seen_by_clinician()
            && !replay.index.reviewed(since, on);
        suggest(unseen, Fact::NotExamined { since });
    }

    /// What ends something that a gate still misses.
    fn ends(&self, missing: &Missing) -> Option<WouldChange> {
        let (runner, on) = (self.runner, self.on);
        let measure = runner.episode.measure();
        Some(match missing {
            Missing::QuietMornings { have, need } => WouldChange::QuietMornings {
                more: u8::try_from(need.saturating_sub(*have)).unwrap_or(u8::MAX),
                at_most: if runner.standing.stage() == Stage::Rest {
                    measure.gate_limit()
                } else {
                    0
                },
            },
            Missing::Walk => WouldChange::OkSessions {
                more: runner.needed().saturating_sub(runner.standing.ok()),
                level: runner.level()?.id.clone(),
            },
            Missing::SelfTest => match self.replay.test_state(on) {
                TestState::Pending(for_day) => WouldChange::Answer {
                    for_day,
                    at_most: measure.baseline,
                },
                TestState::Failed(date) => WouldChange::WaitUntil { date },
                TestState::Open | TestState::Passed => WouldChange::SelfTest,
            },
            Missing::Benchmark { name, .. } => WouldChange::Benchmark { name: name.clone() },
            Missing::Days { until } => WouldChange::WaitUntil { date: *until },
        })
    }
}
