//! When the next session may be (section 4).

use super::case::Case;
use super::log::{between, plus};
use super::replay::Replay;
use crate::diary::entry::Absence;
use crate::diary::vocabulary::{AbsenceReason, FreedomName, Profile, Site, Stage, Swelling};
use crate::formats::sorted::sort_few;
use crate::rules::guidance::{Fact, Reason, Rule, WouldChange};
use crate::rules::rows::Vote;
use crate::thresholds::{
    BASELINE_RISE, BONE_WALK_DAYS, FREEDOM_DAYS, MOST_PER_WEEK, REST_DAYS, WEEK, WELL_DAYS,
};
use chrono::NaiveDate;

/// Days looked ahead for the next session.
const AHEAD: i64 = 60;

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
        i64::from(limit.unwrap_or(REST_DAYS).max(REST_DAYS))
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
                changes: Vec::new(),
            });
        };
        let free = self.freedom(FreedomName::BackToBack, case);
        if runs {
            if let Some(last) = self.runs.last() {
                let gap = if free { 1 } else { 1 + case.rest_days() };
                if between(*last, on) < gap {
                    block(Rule::Spacing, Fact::Spacing { last: *last });
                }
            }
            let per_week = case.per_week(self.freedom(FreedomName::FourthDay, case));
            let week = self
                .runs
                .iter()
                .rev()
                .take_while(|d| between(**d, on) < WEEK);
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
            let apart = if case.profile == Profile::Bone {
                BONE_WALK_DAYS
            } else {
                1
            };
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
        // It is the next run that waits for the usual: a walk may go on (section 5).
        if let Some(after) = self.wait_after.filter(|_| runs) {
            // Tomorrow's morning may be at the usual, or the one after the finding.
            let open = on > self.today.max(after);
            if !open {
                let lead = self.judged.iter().rev().find(|j| j.severity >= 3);
                let vote = lead.and_then(|j| j.votes.iter().find(|v| v.severity == j.severity));
                let usual = case.measure.usual;
                let mut reason = vote.map_or_else(
                    || Reason {
                        rule: Rule::Baseline,
                        fact: Fact::Baseline { pain: None, usual },
                        severity: None,
                        entry: None,
                        day: on,
                        changes: Vec::new(),
                    },
                    Vote::reason,
                );
                reason.changes.push(WouldChange::QuietMornings {
                    more: 1,
                    at_most: usual,
                });
                out.push(reason);
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
                    pain >= usual + BASELINE_RISE
                };
                high.then_some(Fact::Baseline {
                    pain: Some(pain),
                    usual,
                })
            }
        }
    }

    /// What keeps a session from today and from each day after it, up to the first day
    /// that is free; the days end without one while nobody can say.
    pub(super) fn blocks_ahead(&self, runs: bool) -> Vec<Vec<Reason>> {
        let mut days = Vec::new();
        for n in 0..=AHEAD {
            let blocks = self.blocks(plus(self.today, n), runs);
            let free = blocks.is_empty();
            days.push(blocks);
            if free {
                break;
            }
        }
        days
    }

    /// Today's blocks, the one that holds longest first, each with what ends it.
    pub(super) fn binding_first(&self, ahead: &[Vec<Reason>]) -> Vec<Reason> {
        let Some(today) = ahead.first() else {
            return Vec::new();
        };
        // The runs of 7 days become fewer by the day; all else stays what it is.
        let same = |a: &Reason, b: &Reason| {
            a.rule == b.rule && a.changes == b.changes && (a.rule == Rule::Cap || a.fact == b.fact)
        };
        let mut list: Vec<(i64, Reason)> = today
            .iter()
            .map(|block| {
                let holds = |day: &&Vec<Reason>| day.iter().any(|b| same(b, block));
                let days = ahead.iter().take_while(holds).count();
                (i64::try_from(days).unwrap_or(AHEAD), block.clone())
            })
            .collect();
        // At one length a vote says more than the calendar, and a worse one more than it.
        let rank = |(days, b): &(i64, Reason)| {
            let calendar = matches!(b.rule, Rule::Spacing | Rule::Cap);
            (-*days, calendar, std::cmp::Reverse(b.severity))
        };
        sort_few(&mut list, |a, b| rank(a) > rank(b));
        let ended = |(days, mut block): (i64, Reason)| {
            let end = self.end_of(&block, days);
            if block.changes.is_empty() {
                block.changes.push(end);
            }
            block
        };
        list.into_iter().map(ended).collect()
    }

    /// What ends a block that holds for so many days as far as is known today.
    fn end_of(&self, block: &Reason, days: i64) -> WouldChange {
        let (bone, usual) = self
            .case
            .as_ref()
            .map_or((false, 0), |c| (c.measure.bone(), c.measure.usual));
        let quiet = if bone { 0 } else { usual + BASELINE_RISE - 1 };
        match (&block.fact, block.rule) {
            (Fact::Baseline { pain: None, .. }, _) => WouldChange::Answer {
                for_day: self.today,
                at_most: quiet,
            },
            (_, Rule::Baseline) => WouldChange::QuietMornings {
                more: 1,
                at_most: quiet,
            },
            (Fact::Illness { until: None }, _) => WouldChange::IllnessOver,
            (Fact::Flare, _) => WouldChange::FlareOver,
            _ => WouldChange::WaitUntil {
                date: plus(self.today, days),
            },
        }
    }

    /// Whether a freedom was taken up since the runner is back (section 8).
    pub(super) fn freedom(&self, name: FreedomName, case: &Case) -> bool {
        let (taken, _) = self.freedoms(case);
        taken.contains(&name)
    }

    /// The freedoms that count since the runner is back, and the one that is offered next,
    /// with its first day (section 8): one at a time, in order, each held a week. One that
    /// was taken up before its day, or out of its order, does not count.
    pub(super) fn freedoms(
        &self,
        case: &Case,
    ) -> (Vec<FreedomName>, Option<(FreedomName, NaiveDate)>) {
        let mut taken = Vec::new();
        if case.stage != Stage::Running {
            return (taken, None);
        }
        let careful = matches!(case.profile, Profile::Bone | Profile::Tendon)
            || case.plan.injury.site == Site::Calf;
        let mut free_on = case.stage_since;
        for &name in FreedomName::ALL {
            // Days back to back are a clinician's word for these.
            if name == FreedomName::BackToBack && careful {
                continue;
            }
            let mut days = self.log.freedoms.iter().filter(|(entered, f)| {
                f.name == name && *entered >= free_on && f.from >= free_on && f.from <= self.today
            });
            let Some((_, first)) = days.next() else {
                return (taken, Some((name, free_on)));
            };
            free_on = plus(first.from, FREEDOM_DAYS);
            taken.push(name);
        }
        (taken, None)
    }
}

/// Whether an illness keeps a day free of sessions: while it is open, and until the
/// third day after its last (48 hours well).
fn ill(a: &Absence, today: NaiveDate, on: NaiveDate) -> bool {
    let over = |until| on >= plus(until, WELL_DAYS);
    a.reason == AbsenceReason::Illness && a.from <= today && !a.until.is_some_and(over)
}
