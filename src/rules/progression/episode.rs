//! An episode of one injury: the standing plan, the profile that holds, the ladder, and what
//! a clinician said about it.

use super::days::{between, plus};
use crate::diary::entry::{Clearance, Plan, Score};
use crate::diary::vocabulary::{ClearanceReason, Profile, RedFlag, Stage};
use crate::rules::measure::{Measure, agreed_baseline, by_clinician, own_baseline};
use crate::thresholds::ladder::Ladder;
use crate::thresholds::{BIRTH_DAYS, BIRTH_MONTHS, BIRTH_WALK_DAYS, LAPSE_DAYS, SURGERY_WALK_DAYS};
use chrono::{Months, NaiveDate};
use std::rc::Rc;

/// What a clearance names as known, until a later one.
#[derive(Debug, Clone, Default)]
struct Known {
    flags: Vec<RedFlag>,
    usual: Option<u8>,
    fear: bool,
    painkiller: bool,
}

/// One injury under one plan after another.
#[derive(Debug, Clone)]
pub(super) struct Episode<'a> {
    plan: &'a Plan,
    /// Which injury this is, counted from the first.
    number: u32,
    profile: Profile,
    measure: Measure,
    /// As the day's gates read it: what was raised today holds from tomorrow on.
    measure_of_day: Measure,
    ladder: Rc<Ladder>,
    /// The last clearance allows a softer profile (section 1).
    softer: bool,
    /// The day of the clearance of this episode, while it holds.
    cleared: Option<NaiveDate>,
    known: Known,
    max_level: Option<String>,
    last_plan_session: Option<NaiveDate>,
}

impl<'a> Episode<'a> {
    pub(super) fn new(plan: &'a Plan, profile: Profile, number: u32) -> Self {
        let measure = Measure::of(plan, profile);
        Self {
            plan,
            number,
            profile,
            measure,
            measure_of_day: measure,
            ladder: Rc::new(Ladder::of(plan)),
            softer: false,
            cleared: None,
            known: Known::default(),
            max_level: None,
            last_plan_session: None,
        }
    }

    pub(super) fn plan(&self) -> &'a Plan {
        self.plan
    }

    pub(super) fn number(&self) -> u32 {
        self.number
    }

    pub(super) fn profile(&self) -> Profile {
        self.profile
    }

    pub(super) fn measure(&self) -> &Measure {
        &self.measure
    }

    /// As the gates of section 4 read it.
    pub(super) fn measure_of_day(&self) -> &Measure {
        &self.measure_of_day
    }

    pub(super) fn bone(&self) -> bool {
        self.profile == Profile::Bone
    }

    pub(super) fn ladder(&self) -> &Rc<Ladder> {
        &self.ladder
    }

    pub(super) fn allows_softer(&self) -> bool {
        self.softer
    }

    pub(super) fn known_flag(&self, flag: RedFlag) -> bool {
        // Known signs of bone do not exist.
        let never = self.bone()
            && matches!(
                flag,
                RedFlag::BonePointPain | RedFlag::NightPain | RedFlag::RestPain
            );
        !never && self.known.flags.contains(&flag)
    }

    pub(super) fn known_fear(&self) -> bool {
        self.known.fear
    }

    pub(super) fn known_painkiller(&self) -> bool {
        self.known.painkiller
    }

    /// Caps on the prescribed level: a clearance's and the plan's.
    pub(super) fn caps(&self) -> impl Iterator<Item = &str> {
        let limits = self.plan.limits.as_ref();
        let caps = [
            self.max_level.as_deref(),
            limits.and_then(|l| l.max_level.as_deref()),
        ];
        caps.into_iter().flatten()
    }

    /// A new day: what was raised yesterday holds for its gates, too.
    pub(super) fn begin_day(&mut self, day: NaiveDate) {
        self.measure_of_day = self.measure;
        self.lapse(day);
    }

    fn measure_anew(&mut self) {
        self.measure = Measure::agreed(self.plan, self.profile, self.known.usual);
        self.measure_of_day = self.measure.no_softer_than(&self.measure_of_day);
    }

    /// The same injury under a later plan. Gives the ladder before where it brings another.
    pub(super) fn follow(&mut self, plan: &'a Plan) -> Option<Rc<Ladder>> {
        self.plan = plan;
        self.measure_anew();
        let ladder = Ladder::of(plan);
        (ladder != *self.ladder).then(|| std::mem::replace(&mut self.ladder, Rc::new(ladder)))
    }

    /// What goes on when a plan of the same injury places the runner anew.
    pub(super) fn inherit(&mut self, old: Self) {
        self.number = old.number;
        self.cleared = old.cleared;
        self.known = old.known;
        self.max_level = old.max_level;
        self.last_plan_session = old.last_plan_session;
        self.measure_of_day = old.measure_of_day;
        self.measure_anew();
    }

    /// A clinician's cap holds until a later clearance, for a new injury too.
    pub(super) fn inherit_cap(&mut self, old: Self) {
        self.max_level = old.max_level;
    }

    /// A clinician's yes, seen on that day.
    pub(super) fn clear(&mut self, c: &Clearance, seen: NaiveDate) {
        self.cleared = Some(seen);
        self.known = Known {
            flags: c.known_flags.clone(),
            usual: c.known_usual.map(Score::get),
            fear: c.known_fear,
            painkiller: c.known_painkiller,
        };
        self.max_level.clone_from(&c.max_level);
        // Where the plan asks for no softer profile yet, it may be given ahead.
        self.softer = c.softer_profile;
        if c.softer_profile {
            // The episode began with its plan: only the columns change.
            self.profile = self.plan.injury.profile;
        }
        self.measure_anew();
    }

    /// A clinician who saw the runner before the injury frees nothing; a cap holds.
    pub(super) fn cap_by_older_word(&mut self, cap: Option<&String>) {
        if let Some(cap) = cap {
            self.max_level.get_or_insert_with(|| cap.clone());
        }
    }

    pub(super) fn refuse(&mut self) {
        self.softer = false;
    }

    pub(super) fn did_plan_session(&mut self, day: NaiveDate) {
        self.last_plan_session = Some(day);
    }

    /// For bone a clearance lapses for good after 30 days without a run or a walk on
    /// the plan: what is logged later does not bring it back.
    fn lapse(&mut self, day: NaiveDate) {
        let Some(given) = self.cleared.filter(|_| self.bone()) else {
            return;
        };
        let last = self.last_plan_session.map_or(given, |s| s.max(given));
        if between(last, day) >= LAPSE_DAYS {
            self.cleared = None;
        }
    }

    // Who needs a clearance for what (section 1).

    fn asks(&self, why: ClearanceReason) -> bool {
        self.plan.clearance_for.contains(&why)
    }

    /// A heart's history; or a need without a reason, which is read as the strictest.
    fn strictest(&self) -> bool {
        let plan = self.plan;
        let no_reason = plan.clearance_for.is_empty() && plan.birth_on.is_none();
        self.asks(ClearanceReason::Heart) || (plan.needs_clearance && no_reason)
    }

    /// Less than a year after a birth; without its date always.
    pub(super) fn after_birth(&self, day: NaiveDate) -> bool {
        match self.plan.birth_on {
            Some(birth) => birth
                .checked_add_months(Months::new(BIRTH_MONTHS))
                .is_none_or(|year| day < year),
            None => self.asks(ClearanceReason::Birth),
        }
    }

    /// Whether walking levels need a clearance on a day.
    pub(super) fn walks_need_clearance(&self, day: NaiveDate) -> bool {
        let soon = |of: Option<NaiveDate>, days| of.is_none_or(|d| day < plus(d, days));
        let injury = &self.plan.injury;
        self.bone()
            || self.strictest()
            || (injury.surgery && soon(injury.surgery_on, SURGERY_WALK_DAYS))
            || (self.after_birth(day) && soon(self.plan.birth_on, BIRTH_WALK_DAYS))
    }

    /// Whether the self-test and running need a clearance on a day; else the declaration is
    /// enough.
    pub(super) fn runs_need_clearance(&self, day: NaiveDate) -> bool {
        self.bone()
            || self.strictest()
            || self.plan.injury.surgery
            || self.asks(ClearanceReason::Under18)
            || self.asks(ClearanceReason::Pregnant)
            || self.after_birth(day)
    }

    /// A granted clearance, or the declaration where that is enough.
    pub(super) fn consulted(&self, day: NaiveDate) -> bool {
        self.cleared.is_some() || (!self.runs_need_clearance(day) && self.plan.no_clinician)
    }

    /// Whether walking levels may be advised as far as a clearance goes.
    pub(super) fn may_walk(&self, day: NaiveDate) -> bool {
        self.cleared.is_some() || !self.walks_need_clearance(day)
    }

    /// Whether the stage may not be advised for want of a clearance.
    pub(super) fn clearance_missing(&self, stage: Stage, day: NaiveDate) -> bool {
        match stage {
            Stage::Rest => false,
            Stage::Walking => !self.may_walk(day),
            Stage::SelfTest | Stage::RunWalk | Stage::ShortRuns | Stage::Running => {
                !self.consulted(day)
            }
        }
    }

    /// The usual as entered and as it counts, where it waits for a clinician's number
    /// (`USUAL`): the self-test and running wait with it.
    pub(super) fn usual_waits(&self) -> Option<(u8, u8)> {
        let own = own_baseline(self.profile);
        let entered = self.plan.usual_pain.get();
        let agreed = agreed_baseline(self.plan, self.known.usual).is_some();
        (!agreed && entered > own).then_some((entered, own))
    }

    /// The first day with run levels again after a birth, while it is still to come.
    pub(super) fn no_runs_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        let until = plus(self.plan.birth_on?, BIRTH_DAYS);
        (day < until).then_some(until)
    }

    /// Whether somebody has looked at the injury by a clearance or by naming it.
    pub(super) fn seen_by_clinician(&self) -> bool {
        use crate::diary::vocabulary::NamedBy;
        self.cleared.is_some() || self.plan.injury.named_by == NamedBy::Clinician
    }

    /// Whether the plan's limits are a clinician's.
    pub(super) fn limits_by_clinician(&self) -> bool {
        self.plan.limits.as_ref().is_some_and(by_clinician)
    }
}
