//! When the next session may be (section 4).

use super::case::Case;
use super::log::{between, plus};
use super::replay::Replay;
use crate::domain::entry::Absence;
use crate::domain::guidance::{Fact, Reason, Rule};
use crate::domain::keys::{AbsenceReason, FreedomName, Profile, Site, Stage, Swelling};
use crate::domain::verdict::Vote;
use chrono::NaiveDate;

/// Days looked ahead for the next session.
const AHEAD: i64 = 60;
/// Runs in any 7 days that no limit goes beyond (section 10, property 2).
const MOST_PER_WEEK: u8 = 4;

impl Case<'_> {
    /// Runs in any 7 days.
    pub(super) fn per_week(&self, fourth_day: bool) -> u8 {
        let plan = self.plan.sessions_per_week;
        let plan = if fourth_day {
            plan.max(MOST_PER_WEEK)
        } else {
            plan
        };
        let limit = self.plan.limits.as_ref().and_then(|l| {
            // Of several caps the lowest holds.
            l.max_per_week.map(|n| n.min(plan))
        });
        limit.unwrap_or(plan).clamp(1, MOST_PER_WEEK)
    }

    /// Full days between runs; never below one.
    fn rest_days(&self) -> i64 {
        let limit = self.plan.limits.as_ref().and_then(|l| l.min_rest_days);
        i64::from(limit.unwrap_or(1).max(1))
    }
}

impl Replay<'_> {
    /// Everything that keeps a session from a day, as far as is known today.
    /// `runs`: the session holds running (or stands for one).
    pub(super) fn blocks(&self, on: NaiveDate, runs: bool) -> Vec<Reason> {
        let mut out = Vec::new();
        let Some(case) = &self.case else { return out };
        let mut block = |rule, fact| {
            out.push(Reason {
                rule,
                fact,
                severity: None,
                entry: None,
                day: on,
            });
        };
        let free = case.stage == Stage::Running && self.freedom(FreedomName::BackToBack, case);
        if runs {
            if let Some(last) = self.runs.last() {
                let gap = if free { 1 } else { 1 + case.rest_days() };
                if between(*last, on) < gap {
                    block(Rule::Spacing, Fact::Spacing { last: *last });
                }
            }
            let per_week = case.per_week(
                case.stage == Stage::Running && self.freedom(FreedomName::FourthDay, case),
            );
            let week = self.runs.iter().rev().take_while(|d| between(**d, on) < 7);
            let count = u32::try_from(week.count()).unwrap_or(u32::MAX);
            if count >= u32::from(per_week) {
                block(
                    Rule::Cap,
                    Fact::Cap {
                        runs: count,
                        per_week,
                    },
                );
            }
        } else {
            let apart = if case.profile == Profile::Bone { 2 } else { 1 };
            let last = self.plan_walks.last().max(self.runs.last());
            if let Some(last) = last.filter(|d| between(**d, on) < apart) {
                block(Rule::Spacing, Fact::Spacing { last: *last });
            }
        }
        for absence in &self.log.absences {
            if ill(absence, self.today, on) {
                block(
                    Rule::Illness,
                    Fact::Illness {
                        until: absence.until,
                    },
                );
            }
        }
        // An open absence for pain is a runner who says that it is too early: section 4 is
        // silent on it, and this is the more cautious reading. A run ends it.
        let flare = self.log.absences.iter().any(|a| {
            let ran = self.runs.last().is_some_and(|run| a.from < *run);
            a.reason == AbsenceReason::Pain && a.until.is_none() && a.from <= self.today && !ran
        });
        if flare {
            block(Rule::Gap, Fact::Flare);
        }
        if let Some(fact) = self.baseline(case).filter(|_| on == self.today) {
            block(Rule::Baseline, fact);
        }
        if let Some((_, vote)) = self.rest_until.as_ref().filter(|(until, _)| on < *until) {
            out.push(vote.reason());
        }
        if let Some(after) = self.wait_after {
            // A morning at the usual may still come: today's, when it was not answered
            // yet, else tomorrow's.
            let answered = self.log.morning(self.today).is_some();
            let earliest = if answered || self.today <= after {
                plus(self.today.max(after), 1)
            } else {
                self.today
            };
            let open = on > earliest || (on == earliest && on > self.today);
            if !open {
                let lead = self.judged.iter().rev().find(|j| j.severity >= 3);
                let vote = lead.and_then(|j| j.votes.iter().find(|v| v.severity == j.severity));
                let fact = Fact::Baseline {
                    pain: None,
                    usual: case.measure.usual,
                };
                let plain = Reason {
                    rule: Rule::Baseline,
                    fact,
                    severity: None,
                    entry: None,
                    day: on,
                };
                out.push(vote.map_or(plain, Vote::reason));
            }
        }
        out
    }

    /// `BASELINE`: a morning 2 or more above the usual (bone: above 0, or not answered
    /// yet), a limp, or clear swelling makes today a rest day.
    fn baseline(&self, case: &Case) -> Option<Fact> {
        let usual = case.measure.usual;
        match self.log.morning(self.today) {
            None => case
                .measure
                .bone()
                .then_some(Fact::Baseline { pain: None, usual }),
            Some(m) if !m.remembered && case.measure.bone() => {
                Some(Fact::Baseline { pain: None, usual })
            }
            Some(m) if m.limp => Some(Fact::Limp { morning: true }),
            Some(m) if m.swelling == Swelling::Clear => Some(Fact::Swelling {
                swelling: m.swelling,
                morning: true,
                again: false,
            }),
            Some(m) => {
                let pain = m.pain.get();
                let high = if case.measure.bone() {
                    pain > 0
                } else {
                    pain >= usual + 2
                };
                high.then_some(Fact::Baseline {
                    pain: Some(pain),
                    usual,
                })
            }
        }
    }

    /// The first day on which the next session may be; `None` while nobody can say.
    pub(super) fn not_before(&self, runs: bool) -> Option<NaiveDate> {
        (0..=AHEAD)
            .map(|n| plus(self.today, n))
            .find(|d| self.blocks(*d, runs).is_empty())
    }

    /// Whether a freedom was taken up since the runner is back (section 8).
    pub(super) fn freedom(&self, name: FreedomName, case: &Case) -> bool {
        let careful = matches!(case.profile, Profile::Bone | Profile::Tendon)
            || case.plan.injury.site == Site::Calf;
        if name == FreedomName::BackToBack && careful {
            return false;
        }
        self.log.freedoms.iter().any(|(entered, f)| {
            *entered >= case.stage_since && f.name == name && f.from <= self.today
        })
    }
}

/// Whether an illness keeps a day free of sessions: while it is open, and until the
/// third day after its last (48 hours well).
fn ill(a: &Absence, today: NaiveDate, on: NaiveDate) -> bool {
    let over = |until| on >= plus(until, 3) || on < a.from;
    a.reason == AbsenceReason::Illness && a.from <= today && !a.until.is_some_and(over)
}
