//! Where a plan, a clearance or a change puts the runner (sections 1, 2 and 5).

use super::case::Case;
use super::replay::Replay;
use crate::diary::entry::{Clearance, Entry, Plan};
use crate::diary::vocabulary::Stage;
use crate::plan::profile::softness;
use crate::rules::guidance::{ChangeCause, Fact, LevelChange, Rule};
use crate::rules::rows::{Measure, Vote};
use crate::thresholds::ladder::Ladder;
use chrono::NaiveDate;

/// Whether a later plan of the same case places the runner again: by another stage or
/// another level. A level left out means the stage's first.
pub(crate) fn places_anew(old: &Plan, new: &Plan) -> bool {
    if old.start_stage != new.start_stage {
        return true;
    }
    let at = |plan: &Plan| {
        let ladder = Ladder::of(plan);
        let named = plan.start_level.as_deref().and_then(|id| ladder.index(id));
        named.unwrap_or_else(|| ladder.first_of(plan.start_stage))
    };
    let left_out = old.start_level.is_none() || new.start_level.is_none();
    old.start_level != new.start_level && !(left_out && at(old) == at(new))
}

impl<'a> Replay<'a> {
    pub(super) fn plan(&mut self, entry: &'a Entry, plan: &'a Plan, day: NaiveDate) {
        let old = self.case.take();
        let wanted = plan.injury.profile;
        // A softer profile waits for a clearance that allows it; until then the old
        // one goes on, for a new site too (section 1).
        let profile = match &old {
            Some(c) if softness(wanted) > softness(c.profile) && !c.softer => c.profile,
            _ => wanted,
        };
        let same = |c: &Case| {
            let (a, b) = (&c.plan.injury, &plan.injury);
            a.site == b.site && a.side == b.side && a.profile == b.profile
        };
        let mut case = Case::new(plan, profile, day);
        let mut new_case = true;
        match old {
            Some(mut old) if same(&old) => {
                new_case = false;
                if !places_anew(old.plan, plan) {
                    if let Some(before) = old.follow(plan) {
                        self.epoch += 1;
                        self.ones = 0;
                        // What is yet found of an earlier session leads down here, too.
                        let placing = self.placings;
                        for judged in self.judged.iter_mut().filter(|j| j.placing == placing) {
                            let (stage, index) = judged.base;
                            judged.base.1 = old.carried(&before, stage, index);
                        }
                    }
                    self.case = Some(old);
                    self.flags_of_plan(entry, day);
                    return;
                }
                case.cleared = old.cleared;
                case.known_flags = old.known_flags;
                case.max_level = old.max_level;
                case.last_plan_session = old.last_plan_session;
            }
            // A clinician's cap holds until a later clearance, for a new injury too.
            Some(old) => case.max_level = old.max_level,
            None => {}
        }
        self.begin(case, day);
        if new_case {
            self.case_from = self.placings;
            self.no_row();
        }
        self.flags_of_plan(entry, day);
    }

    /// The runner stands where a plan puts them.
    fn begin(&mut self, case: Case<'a>, day: NaiveDate) {
        let from = self.history.last().map(|h| h.to.clone());
        let to = case
            .ladder
            .at(case.index)
            .map(|l| l.id.clone())
            .unwrap_or_default();
        if case.stage != Stage::Rest || from.is_some() {
            self.history.push(LevelChange {
                on: day,
                from,
                to,
                cause: ChangeCause::Placed,
            });
        }
        self.case = Some(case);
        self.epoch += 1;
        self.placings += 1;
        self.ones = 0;
    }

    pub(super) fn clearance(&mut self, entry: &Entry, c: &Clearance, day: NaiveDate) {
        if !c.granted {
            if let Some(case) = &mut self.case {
                case.softer = false;
            }
            let (rule, fact) = (Rule::Clearance, Fact::Clearance);
            let vote = Vote {
                rule,
                fact,
                severity: 4,
                day,
                entry: Some(entry.id),
            };
            self.pause_for(day, vec![vote]);
            return;
        }
        // Nobody can clear what they had not yet seen: the earlier of both days counts.
        let seen = c.seen_on.map_or(day, |seen| seen.min(day));
        if self.pause.as_ref().is_some_and(|p| seen > p.last_finding) {
            self.pause = None;
        }
        self.reviews.retain(|(d, _, _)| *d > seen);
        let Some(case) = &mut self.case else { return };
        case.cleared = Some(day);
        case.known_flags.clone_from(&c.known_flags);
        case.max_level.clone_from(&c.max_level);
        // Where the plan asks for no softer profile yet, it may be given ahead.
        case.softer = c.softer_profile;
        let wanted = case.plan.injury.profile;
        if c.softer_profile {
            // The case began with its plan: only the columns change.
            case.profile = wanted;
            case.measure = Measure::of(case.plan, wanted);
        }
        self.memory.retain(|(_, found, _)| *found >= seen);
        // As with the memory, what is of the same day is not cleared.
        if self.not_ok_on.is_none_or(|day| day < seen) {
            self.no_row();
        }
        self.ones = 0;
        let restart = c.restart_level.as_deref();
        if let Some(index) = restart.and_then(|id| self.case.as_ref()?.ladder.index(id)) {
            self.place(index, day);
        }
    }

    /// The row of sessions that were not OK begins anew.
    fn no_row(&mut self) {
        self.not_ok = 0;
        if let Some(last) = self.judged.last_mut() {
            last.row_before = 0;
        }
    }

    /// Puts the runner at a level, by a clinician's word.
    fn place(&mut self, index: usize, day: NaiveDate) {
        let Some(case) = &mut self.case else { return };
        let stage = case.ladder.at(index).map_or(Stage::Walking, |l| l.stage);
        case.return_to = None;
        case.return_from_gap = false;
        case.test_target = case.ladder.first_of(Stage::RunWalk);
        case.placed = index;
        self.placings += 1;
        self.move_to(stage, index, day, ChangeCause::Cleared);
        if let Some(case) = &mut self.case {
            case.count_gap_from(day);
        }
    }

    /// Any change of stage or level: counts start again, and the history keeps it.
    pub(super) fn move_to(&mut self, stage: Stage, index: usize, day: NaiveDate, why: ChangeCause) {
        let Some(case) = &mut self.case else { return };
        let name = |at| case.ladder.at(at).map(|l| l.id.clone());
        let (from, to) = (name(case.index), name(index).unwrap_or_default());
        if case.stage != stage {
            case.stage_since = day;
            case.test = None;
        }
        if case.index != index || case.stage != stage {
            self.history.push(LevelChange {
                on: day,
                from,
                to,
                cause: why,
            });
        }
        case.stage = stage;
        case.index = index;
        case.ok = 0;
        case.first_ok = None;
        if !matches!(why, ChangeCause::Gap | ChangeCause::Down(_)) {
            case.gap_base = index;
        }
        self.epoch += 1;
        self.ones = 0;
    }
}
