//! Why: everything that holds on the day, the one that binds first.

use super::Answer;
use super::log::{between, plus};
use crate::domain::guidance::{Advice, Fact, Missing, Reason, Rule};
use crate::domain::keys::Stage;
use crate::domain::verdict::Vote;

/// Results of severity 1 in a row that suggest a review (`X2`).
const ONES_FOR_REVIEW: u32 = 4;

/// The votes that count, the highest first.
fn worst_first(votes: &[Vote]) -> Vec<&Vote> {
    let mut votes: Vec<&Vote> = votes.iter().filter(|v| v.severity >= 1).collect();
    votes.sort_by_key(|v| std::cmp::Reverse(v.severity));
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
            if !out
                .iter()
                .any(|r| r.rule == reason.rule && r.fact == reason.fact)
            {
                out.push(reason);
            }
        };
        let plain = |rule, fact| Reason {
            rule,
            fact,
            severity: None,
            entry: None,
            day: on,
        };
        for vote in self.replay.emergency.iter().filter(|v| v.day == on) {
            add(vote.reason());
        }
        if let Some(pause) = &self.replay.pause {
            for vote in worst_first(&pause.votes) {
                add(vote.reason());
            }
            if self.replay.may_release_itself(on) {
                let quiet = (0..7_i64).take_while(|n| {
                    let d = plus(on, -n);
                    d > pause.last_finding
                        && self
                            .replay
                            .log
                            .morning(d)
                            .is_some_and(|m| case.measure.quiet(m))
                });
                let count = u32::try_from(quiet.count()).unwrap_or(0);
                add(plain(
                    Rule::Self_,
                    Fact::SelfRelease {
                        quiet_mornings: count,
                    },
                ));
            }
        }
        if advice == Advice::ClearanceNeeded || case.clearance_missing() {
            add(plain(Rule::Clearance, Fact::Clearance));
        }
        // Today's own findings before the calendar: a bad morning says more than a rest day.
        let (own, calendar): (Vec<Reason>, Vec<Reason>) = blocks
            .into_iter()
            .partition(|b| !matches!(b.rule, Rule::Spacing | Rule::Cap));
        own.into_iter().chain(calendar).for_each(&mut add);
        if let Some(longest_min) = longest {
            add(plain(Rule::Longest, Fact::Longest { longest_min }));
        }
        if let Some((days, with_reason)) = case.gap {
            add(plain(Rule::Gap, Fact::Gap { days, with_reason }));
        }
        if case.stage == Stage::Running && between(case.gap_start, on) >= 9 {
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
            add(plain(Rule::LevelUps, Fact::LevelUps { free_on }));
        }
        if let Some(last) = self.replay.judged.last() {
            for vote in worst_first(&last.votes) {
                add(vote.reason());
            }
        }
        for missing in gate {
            add(plain(Rule::Gate, Fact::Gate(missing.clone())));
        }
        for (day, flag, entry) in &self.replay.reviews {
            if !self.replay.log.reviewed(*day, on) {
                add(Reason {
                    rule: Rule::X2,
                    fact: Fact::Flag(*flag),
                    severity: None,
                    entry: Some(*entry),
                    day: *day,
                });
            }
        }
        if self.replay.ones >= ONES_FOR_REVIEW {
            add(plain(
                Rule::X2,
                Fact::Review {
                    count: self.replay.ones,
                },
            ));
        }
        out
    }
}
