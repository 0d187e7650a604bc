//! What a verdict brings about: steps down, rest days, pauses, and the counts that
//! lead on (section 5).

use super::days::plus;
use super::holds::Cause;
use super::index::Place;
use super::replay::Replay;
use super::standing::{BackBy, WayBack};
use crate::diary::vocabulary::Stage;
use crate::rules::guidance::{ChangeCause, Fact, Rule};
use crate::rules::rows;
use crate::rules::rows::Vote;
use crate::thresholds::{AFTER_SEVERE_DAYS, DOWN, PAUSE_FROM, SEVERE, THIRD_RESULT, WAIT_FROM};
use chrono::NaiveDate;

impl Replay<'_> {
    /// The verdict as far as it is known takes effect: severities of 2 and more at once.
    /// `by_morning`: the answer that it was read from.
    pub(super) fn take_effect(&mut self, at: usize, day: NaiveDate, by_morning: Option<Place>) {
        self.comes_again(at, day);
        let Some(judged) = self.verdicts.get_mut(at) else {
            return;
        };
        judged.severity = judged.votes.iter().map(|v| v.severity).max().unwrap_or(0);
        let severity = judged.severity;
        let of_today = |v: &&Vote| v.severity >= SEVERE && v.day == day;
        let new_finding = judged.votes.iter().any(|v| of_today(&v));
        let by_morning = by_morning.filter(|_| {
            let mut fresh = judged.votes.iter().filter(of_today);
            fresh.all(|v| v.from_morning)
        });
        let (judged_day, measure) = (judged.day, judged.measure);
        let lead = judged
            .votes
            .iter()
            .find(|v| v.severity == severity)
            .cloned();
        let steps = DOWN.get(usize::from(severity)).copied().unwrap_or(0);
        let lower = steps > judged.steps;
        judged.steps = judged.steps.max(steps);
        let pausing: Vec<Vote> = judged
            .votes
            .iter()
            .filter(|v| v.severity >= PAUSE_FROM)
            .cloned()
            .collect();
        let Some(lead) = lead else { return };
        if lower {
            self.lower(at, lead.rule, day);
        }
        if new_finding {
            self.count_anew();
            self.holds.rest(plus(judged_day, AFTER_SEVERE_DAYS), lead);
        } else if severity == 1 {
            self.rest_after_one(at);
        }
        if severity >= WAIT_FROM && new_finding {
            self.holds.wait_for_baseline(day, measure);
        }
        if severity >= PAUSE_FROM && new_finding {
            self.pause(day, Cause::Sessions(judged_day), pausing, by_morning);
        }
    }

    /// A pause, or a later finding about one that stands.
    pub(super) fn pause(
        &mut self,
        day: NaiveDate,
        cause: Cause,
        votes: Vec<Vote>,
        by_morning: Option<Place>,
    ) {
        let of_session = match cause {
            Cause::Sessions(day) => self.verdicts.at(day).and_then(|at| self.verdicts.get(at)),
            Cause::Entry(_) => None,
        };
        let now = self.runner.as_ref().map(|r| *r.episode.measure());
        let measure = match (now, of_session) {
            (Some(now), Some(judged)) => Some(now.no_softer_than(&judged.measure)),
            (now, _) => now,
        };
        self.holds.pause_for(day, cause, votes, by_morning, measure);
    }

    /// Every severity of 2 or more starts the count of OK sessions at 0 (section 3).
    pub(super) fn count_anew(&mut self) {
        if let Some(runner) = &mut self.runner {
            runner.standing.count_anew();
        }
    }

    /// Severity 1 with pain or stiffness up in row N or M, and for bone what overdid it, means
    /// two rest days in all.
    fn rest_after_one(&mut self, at: usize) {
        let Some(judged) = self.verdicts.get(at) else {
            return;
        };
        let rests = |v: &&Vote| {
            let up = matches!(v.fact, Fact::MorningPain { .. } | Fact::Stiffness { .. });
            v.severity >= 1 && (v.rests || up)
        };
        if let Some(vote) = judged.votes.iter().find(rests).cloned() {
            self.holds.rest(plus(judged.day, AFTER_SEVERE_DAYS), vote);
        }
    }

    /// Row X: 2 or 3 by signs within 14 days after an earlier session of 2 or more by them.
    fn comes_again(&mut self, at: usize, day: NaiveDate) {
        let Some((earlier, report)) = self.verdicts.remember(at, day) else {
            return;
        };
        let Some(measure) = self.runner.as_ref().map(|r| *r.episode.measure()) else {
            return;
        };
        let fact = Fact::Repeated {
            third_or_worse: earlier.len() + 1 >= THIRD_RESULT
                || report.severity.max(report.worst_earlier) >= WAIT_FROM,
            earlier,
        };
        let Some(judged) = self.verdicts.get_mut(at) else {
            return;
        };
        for mut vote in rows::again_votes(&measure, &report, &fact, day) {
            let said = judged.votes.iter().filter(|v| v.rule == Rule::X);
            if said.map(|v| v.severity).max() >= Some(vote.severity) {
                continue;
            }
            // It is read from what the findings of today are read from.
            let mut fresh = judged
                .votes
                .iter()
                .filter(|v| v.severity >= SEVERE && v.day == day);
            vote.from_morning = fresh.all(|v| v.from_morning);
            judged.votes.retain(|v| v.rule != Rule::X);
            judged.votes.push(vote);
        }
    }

    /// The morning is in, or missed: an OK session counts, one held is counted too.
    pub(super) fn settle(&mut self, at: usize) {
        let Some(judged) = self.verdicts.get(at) else {
            return;
        };
        let (severity, here, plan) = (judged.severity, judged.day, judged.plan);
        let counts = judged.counts;
        let held: Vec<_> = judged
            .votes
            .iter()
            .filter(|v| v.severity >= 1)
            .map(|v| (v.rule, v.kind))
            .collect();
        match severity {
            1 => self.verdicts.one_more(held),
            _ => self.verdicts.forget_ones(),
        }
        let Some(runner) = &mut self.runner else {
            return;
        };
        if severity == 0 && counts == Some(runner.standing.count()) {
            runner.standing.count_ok(here);
        }
        runner.standing.settled_under(plan);
    }

    /// A step down (section 5): past R1 from a running stage leads to W5, from which one OK
    /// walk leads back; in walking it stops at W1.
    ///
    /// Down takes effect on the session's day, so it is counted from where the session
    /// stood: a verdict that grows worse is counted down anew, a gap is lowered from what
    /// is left, and a placing that came after the session stands.
    fn lower(&mut self, at: usize, rule: Rule, day: NaiveDate) {
        let (Some(runner), Some(judged)) = (&mut self.runner, self.verdicts.get(at)) else {
            return;
        };
        if judged.placing != runner.standing.placings() {
            return;
        }
        let ((stage, from), steps, judged_day) = (judged.base, judged.steps, judged.day);
        let ladder = runner.episode.ladder().clone();
        let r1 = ladder.first_of(Stage::RunWalk);
        let top = ladder.top_walk();
        let (to_stage, to, past_r1) = match stage {
            Stage::Rest => return,
            Stage::Walking | Stage::SelfTest => {
                (Stage::Walking, from.min(top).saturating_sub(steps), false)
            }
            Stage::RunWalk | Stage::ShortRuns | Stage::Running if from < r1 => {
                (Stage::Walking, top, true)
            }
            Stage::RunWalk | Stage::ShortRuns | Stage::Running => match ladder.down(from, steps) {
                Some(to) => (ladder.at(to).map_or(stage, |l| l.stage), to, false),
                None => (Stage::Walking, top, true),
            },
        };
        // A gap is lowered from what the last run left, once.
        if judged_day == runner.gap.start() {
            runner.gap.left(to);
        }
        if runner.standing.stage() <= to_stage && runner.standing.index() <= to {
            // Time away has lowered it further already.
            runner.standing.lower_way_back(to.max(r1));
            return;
        }
        let since = self
            .run_log
            .last_for_gaps()
            .map_or(runner.gap.start(), |run| run.max(runner.gap.start()));
        self.move_to(to_stage, to, day, ChangeCause::Down(rule));
        let Some(runner) = &mut self.runner else {
            return;
        };
        if past_r1 {
            let way = WayBack {
                to: r1,
                by: BackBy::Walk,
                since,
            };
            runner.standing.open_way_back(way, r1);
        } else {
            // Any step down in walking makes the ordinary gates apply again.
            runner.standing.close_way_back(r1);
        }
    }
}
