//! Why: everything that holds on the day, the one that binds first.

use super::Answer;
use super::case::rest_gate_limit;
use super::gates::TestState;
use super::log::{between, plus};
use crate::diary::vocabulary::Stage;
use crate::formats::sorted::sort_few;
use crate::rules::guidance::{Advice, Fact, Missing, Reason, Rule, WouldChange};
use crate::rules::rows::Vote;
use crate::thresholds::{GAP_SHARE_DAYS, ONES_FOR_REVIEW, SELF_MORNINGS};

/// The votes that count, the highest first.
fn worst_first(votes: &[Vote]) -> Vec<&Vote> {
    let mut votes: Vec<&Vote> = votes.iter().filter(|v| v.severity >= 1).collect();
    sort_few(&mut votes, |a, b| a.severity < b.severity);
    votes
}

impl Answer<'_> {
    #[allow(clippy::too_many_lines)] // one list
    pub(super) fn reasons(
        &self,
        advice: Advice,
        blocks: Vec<Reason>,
        longest: Option<f64>,
        gate: &[Missing],
    ) -> Vec<Reason> {
        let (case, on) = (self.case, self.on);
        let mut out: Vec<Reason> = Vec::new();
        let mut add = |reason: Reason| {
            let known = out
                .iter_mut()
                .find(|r| r.rule == reason.rule && r.fact == reason.fact);
            match known {
                // One finding may hold in two ways: both must end, each told once.
                Some(known) => {
                    for change in reason.changes {
                        if !known.changes.contains(&change) {
                            known.changes.push(change);
                        }
                    }
                }
                None => out.push(reason),
            }
        };
        let plain = |rule, fact| Reason {
            rule,
            fact,
            severity: None,
            entry: None,
            day: on,
            changes: Vec::new(),
        };
        let lifted = |after| vec![WouldChange::Clearance { after: Some(after) }];
        let pause_end = self.replay.pause.as_ref().map(|p| p.last_finding);
        for vote in self.replay.emergency.iter().filter(|v| v.day == on) {
            let mut reason = vote.reason();
            reason.changes = lifted(pause_end.unwrap_or(on).max(on));
            add(reason);
        }
        if let Some(pause) = &self.replay.pause {
            for vote in worst_first(&pause.votes) {
                let mut reason = vote.reason();
                reason.changes = lifted(pause.last_finding);
                add(reason);
            }
            if self.replay.may_release_itself(on) {
                // Today's answer may still be missing.
                let from = i64::from(self.replay.log.morning(on).is_none());
                let quiet = (from..from + i64::from(SELF_MORNINGS)).take_while(|n| {
                    let d = plus(on, -n);
                    d > pause.last_finding
                        && self
                            .replay
                            .log
                            .morning(d)
                            .is_some_and(|m| case.measure.quiet(m))
                });
                let count = u8::try_from(quiet.count()).unwrap_or(SELF_MORNINGS);
                let change = match self.replay.test_state(on) {
                    TestState::Failed(date) => WouldChange::WaitUntil { date },
                    _ if pause.quiet_since.is_none() => {
                        WouldChange::QuietMornings {
                            // The seventh has to be today's.
                            more: (SELF_MORNINGS - count).max(1),
                            at_most: case.measure.usual,
                        }
                    }
                    _ => WouldChange::SelfTest,
                };
                let fact = Fact::SelfRelease {
                    quiet_mornings: u32::from(count),
                };
                add(Reason {
                    changes: vec![change],
                    ..plain(Rule::Self_, fact)
                });
            }
        }
        if advice == Advice::ClearanceNeeded || case.clearance_missing() {
            add(Reason {
                changes: vec![WouldChange::Clearance { after: None }],
                ..plain(Rule::Clearance, Fact::Clearance)
            });
        }
        // In rest, and while a test's morning is awaited, the gate is what binds.
        let gate: Vec<Reason> = gate
            .iter()
            .map(|missing| Reason {
                changes: self.ends(missing).into_iter().collect(),
                ..plain(Rule::Gate, Fact::Gate(missing.clone()))
            })
            .collect();
        let pending = matches!(self.replay.test_state(on), TestState::Pending(_));
        if advice == Advice::Recover || (pending && case.stage == Stage::SelfTest) {
            gate.iter().cloned().for_each(&mut add);
        }
        blocks.into_iter().for_each(&mut add);
        if let Some(longest_min) = longest {
            add(plain(Rule::Longest, Fact::Longest { longest_min }));
        }
        if let Some((days, with_reason)) = case.gap {
            add(plain(Rule::Gap, Fact::Gap { days, with_reason }));
        }
        if case.stage == Stage::Running && between(case.gap_start, on) >= GAP_SHARE_DAYS {
            let days = between(case.gap_start, on);
            add(plain(
                Rule::Gap,
                Fact::Gap {
                    days,
                    with_reason: false,
                },
            ));
        }
        if let Some(free_on) = self.replay.level_up_waits(on) {
            add(Reason {
                changes: vec![WouldChange::WaitUntil { date: free_on }],
                ..plain(Rule::LevelUps, Fact::LevelUps { free_on })
            });
        }
        if let Some(last) = self.replay.judged.last() {
            for vote in worst_first(&last.votes) {
                add(vote.reason());
            }
        }
        gate.into_iter().for_each(&mut add);
        for (day, flag, entry) in &self.replay.reviews {
            if !self.replay.log.reviewed(*day, on) {
                add(Reason {
                    rule: Rule::X2,
                    fact: Fact::RedFlag(*flag),
                    severity: None,
                    entry: Some(*entry),
                    day: *day,
                    changes: vec![WouldChange::Appointment],
                });
            }
        }
        if self.replay.ones >= ONES_FOR_REVIEW {
            let count = self.replay.ones;
            add(Reason {
                changes: vec![WouldChange::Clearance { after: None }],
                ..plain(Rule::X2, Fact::Review { count })
            });
        }
        out
    }

    /// What ends something that a gate still misses.
    fn ends(&self, missing: &Missing) -> Option<WouldChange> {
        let (case, on) = (self.case, self.on);
        Some(match missing {
            Missing::QuietMornings { have, need } => WouldChange::QuietMornings {
                more: u8::try_from(need.saturating_sub(*have)).unwrap_or(u8::MAX),
                at_most: if case.stage == Stage::Rest {
                    rest_gate_limit(&case.measure)
                } else {
                    0
                },
            },
            Missing::Walk => WouldChange::OkSessions {
                more: case.needed().saturating_sub(case.ok),
                level: case.ladder.at(case.index)?.id.clone(),
            },
            Missing::SelfTest => match self.replay.test_state(on) {
                TestState::Pending(for_day) => WouldChange::Answer {
                    for_day,
                    at_most: case.measure.usual,
                },
                TestState::Failed(date) => WouldChange::WaitUntil { date },
                _ => WouldChange::SelfTest,
            },
            Missing::Benchmark { name, .. } => WouldChange::Benchmark { name: name.clone() },
            Missing::Days { until } => WouldChange::WaitUntil { date: *until },
        })
    }
}
