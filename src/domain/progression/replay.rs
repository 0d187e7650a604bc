//! The replay: the diary gone through day by day, so that an old entry that was
//! edited, deleted or answered late simply changes the answer.

use super::log::{Log, between, plus};
use crate::domain::entry::{Body, Clearance, Entry, Plan, Session};
use crate::domain::guidance::{ChangeCause, LevelChange, Rule};
use crate::domain::keys::{Flag, Movement, Profile, Stage, TestItem, Tier};
use crate::domain::ladder::Ladder;
use crate::domain::verdict::{Measure, Row, Vote};
use chrono::NaiveDate;
use uuid::Uuid;

/// Running is paused until a clearance on a later day than the last finding.
#[derive(Debug, Clone)]
pub(super) struct Pause {
    pub(super) since: NaiveDate,
    pub(super) last_finding: NaiveDate,
    pub(super) votes: Vec<Vote>,
    /// Seven quiet mornings in a row since then (`SELF`).
    pub(super) quiet_since: Option<NaiveDate>,
}

/// One day's sessions, judged as one (section 5).
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) day: NaiveDate,
    pub(super) votes: Vec<Vote>,
    pub(super) severity: u8,
    /// The morning after was answered, or missed.
    pub(super) settled: bool,
    /// Row A was read.
    pub(super) after_read: bool,
    /// Where it is counted down from.
    pub(super) base: (Stage, usize),
    pub(super) steps: usize,
    /// It may count as OK, in this epoch.
    pub(super) counts: Option<u32>,
    pub(super) swollen: bool,
    pub(super) zeros: bool,
    pub(super) fear: bool,
    pub(super) counted_not_ok: bool,
    pub(super) in_memory: bool,
}

/// The standing plan and where the runner stands on it.
#[derive(Debug, Clone)]
pub(super) struct Case<'a> {
    pub(super) plan: &'a Plan,
    pub(super) profile: Profile,
    /// A softer profile that waits for a clearance (section 1).
    pub(super) softer: bool,
    pub(super) measure: Measure,
    pub(super) ladder: Ladder,
    pub(super) stage: Stage,
    pub(super) index: usize,
    pub(super) ok: u32,
    pub(super) first_ok: Option<NaiveDate>,
    /// One OK W5 walk leads back to this level.
    pub(super) return_to: Option<usize>,
    /// The return is that of a gap: 30 days end it.
    pub(super) return_from_gap: bool,
    pub(super) test_target: usize,
    pub(super) stage_since: NaiveDate,
    /// The last self-test of this stage: its day, and whether every item passed.
    pub(super) test: Option<(NaiveDate, bool)>,
    /// The day a clearance of this case was granted.
    pub(super) cleared: Option<NaiveDate>,
    pub(super) known_flags: Vec<Flag>,
    pub(super) max_level: Option<String>,
    /// Where the count of a gap starts, and the level it is counted down from.
    pub(super) gap_start: NaiveDate,
    pub(super) gap_base: usize,
    pub(super) gap: Option<(i64, bool)>,
    pub(super) gap_from_running: bool,
    pub(super) placed: (NaiveDate, usize),
    pub(super) last_plan_session: Option<NaiveDate>,
}

/// The state of the replay.
pub(super) struct Replay<'a> {
    pub(super) log: &'a Log<'a>,
    pub(super) today: NaiveDate,
    pub(super) case: Option<Case<'a>>,
    plan_flags: Vec<Flag>,
    pub(super) pause: Option<Pause>,
    /// A morning at the usual is awaited, later than this day.
    pub(super) wait_after: Option<NaiveDate>,
    /// No session before this day, and the rule that asks for the rest.
    pub(super) rest_until: Option<(NaiveDate, Vote)>,
    pub(super) judged: Vec<Judged>,
    /// Days of sessions of severity 2 or more (row X).
    pub(super) memory: Vec<NaiveDate>,
    pub(super) not_ok: u32,
    /// Severity-1 results in a row at one level, those of K and E alone not counted.
    pub(super) ones: u32,
    pub(super) epoch: u32,
    pub(super) level_ups: Vec<NaiveDate>,
    pub(super) reviews: Vec<(NaiveDate, Flag, Uuid)>,
    pub(super) emergency: Vec<Vote>,
    pub(super) self_released: Option<NaiveDate>,
    pub(super) history: Vec<LevelChange>,
    /// Days with running, impact sport included, one item a session.
    pub(super) runs: Vec<NaiveDate>,
    /// Running minutes, each counted at no more than it was asked.
    pub(super) run_minutes: Vec<(NaiveDate, f64)>,
    pub(super) plan_walks: Vec<NaiveDate>,
    bony: Vec<NaiveDate>,
    fleeting: Vec<NaiveDate>,
    fear_row: u32,
}

impl<'a> Replay<'a> {
    pub(super) fn new(log: &'a Log<'a>, today: NaiveDate) -> Self {
        Self {
            log,
            today,
            case: None,
            plan_flags: Vec::new(),
            pause: None,
            wait_after: None,
            rest_until: None,
            judged: Vec::new(),
            memory: Vec::new(),
            not_ok: 0,
            ones: 0,
            epoch: 0,
            level_ups: Vec::new(),
            reviews: Vec::new(),
            emergency: Vec::new(),
            self_released: None,
            history: Vec::new(),
            runs: Vec::new(),
            run_minutes: Vec::new(),
            plan_walks: Vec::new(),
            bony: Vec::new(),
            fleeting: Vec::new(),
            fear_row: 0,
        }
    }

    /// Goes through every day from the first entry to today.
    pub(super) fn run(&mut self) {
        let Some((&first, _)) = self.log.by_day.iter().next() else {
            return;
        };
        let mut day = first;
        loop {
            self.day(day);
            if day >= self.today {
                return;
            }
            // Days on which nothing can change before the first plan are stepped over.
            let next = plus(day, 1);
            day = if self.case.is_none() {
                self.log
                    .by_day
                    .range(next..)
                    .next()
                    .map_or(self.today, |(d, _)| *d)
            } else {
                next
            };
        }
    }

    fn day(&mut self, day: NaiveDate) {
        let entries = self
            .log
            .by_day
            .get(&day)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if self.case.is_some() {
            self.morning_findings(day);
            // A morning's own warning signs come before what it could bring.
            for entry in entries
                .iter()
                .filter(|e| matches!(e.body, Body::Morning(_)))
            {
                self.flags(entry, day);
            }
            self.self_release(day);
            self.return_from_walk(day);
            self.gaps(day);
            self.advance(day);
        } else {
            for entry in entries
                .iter()
                .filter(|e| matches!(e.body, Body::Morning(_)))
            {
                self.flags(entry, day);
            }
        }
        for entry in entries {
            self.entry(entry, day);
        }
        // A clearance, an appointment or a plan of this day may open a gate at once.
        if entries.iter().any(|e| {
            matches!(
                e.body,
                Body::Clearance(_) | Body::Plan(_) | Body::Appointment(_) | Body::Benchmark(_)
            )
        }) {
            self.advance(day);
        }
    }

    fn entry(&mut self, entry: &'a Entry, day: NaiveDate) {
        match &entry.body {
            Body::Plan(plan) => self.plan(entry, plan, day),
            Body::Clearance(c) => self.clearance(entry, c, day),
            Body::Session(s) => self.session(entry, s, day),
            Body::Activity(a) => {
                if a.impact {
                    self.runs.push(day);
                }
                self.other_pain(entry.id, a.pain.get(), day);
            }
            Body::Strength(s) => self.other_pain(entry.id, s.pain.get(), day),
            Body::SelfTest(test) => {
                let worst = test.items.iter().map(|i| i.pain.get()).max().unwrap_or(0);
                self.other_pain(entry.id, worst, day);
                if let Some(case) = &mut self.case {
                    let limit = quiet_limit(&case.measure);
                    let passed = TestItem::ALL.iter().all(|item| {
                        let mut of = test.items.iter().filter(|i| i.test == *item).peekable();
                        of.peek().is_some() && of.all(|i| i.passed && i.pain.get() <= limit)
                    });
                    let paused = self.pause.as_ref().is_some_and(|p| p.quiet_since.is_some());
                    if case.stage == Stage::SelfTest || paused {
                        case.test = Some((day, passed));
                    }
                }
            }
            _ => {}
        }
        if !matches!(
            entry.body,
            Body::Session(_) | Body::Morning(_) | Body::Plan(_)
        ) {
            self.flags(entry, day);
        }
    }

    fn profile(&self) -> Profile {
        self.case.as_ref().map_or(Profile::Joint, |c| c.profile)
    }

    /// The votes of warning signs on an entry; review signs are kept apart.
    pub(super) fn flag_votes(&mut self, entry: &Entry, day: NaiveDate) -> Vec<Vote> {
        let profile = self.profile();
        let (known, worse) = {
            let known = self
                .case
                .as_ref()
                .map(|c| c.known_flags.clone())
                .unwrap_or_default();
            let worse = match &entry.body {
                Body::Session(s) => s.worse,
                Body::Morning(m) => m.worse,
                _ => false,
            };
            (known, worse)
        };
        let repeated: &[Flag] = if matches!(entry.body, Body::Plan(_)) {
            &self.plan_flags
        } else {
            &[]
        };
        let mut votes = Vec::new();
        for &flag in entry.flags.iter().filter(|f| !repeated.contains(f)) {
            let row = match flag.tier(profile) {
                Tier::Emergency => Row::Emergency,
                Tier::Urgent if known.contains(&flag) && !worse => continue,
                Tier::Urgent => Row::Urgent,
                Tier::Review => {
                    self.reviews.push((day, flag, entry.id));
                    continue;
                }
            };
            let measure = Measure {
                profile,
                usual: 0,
                stiffness: 0.0,
                max_during: None,
            };
            let fact = crate::domain::guidance::Fact::Flag(flag);
            votes.push(measure.vote(row, fact, day).from_entry(entry.id));
        }
        self.emergency
            .extend(votes.iter().filter(|v| v.severity == 5).cloned());
        votes
    }

    /// Warning signs outside a session pause and lower nothing (section 5).
    fn flags(&mut self, entry: &Entry, day: NaiveDate) {
        if entry.flags.is_empty() {
            return;
        }
        let votes = self.flag_votes(entry, day);
        if !votes.is_empty() {
            self.pause_for(day, votes);
        }
    }

    /// Pain with strength, activities and the self-test votes row D on its own:
    /// 2 and 3 add two rest days, 4 pauses, nothing is lowered.
    fn other_pain(&mut self, id: Uuid, pain: u8, day: NaiveDate) {
        let Some(case) = &self.case else { return };
        let Some(vote) = case.measure.pain_during(pain, day) else {
            return;
        };
        let vote = vote.from_entry(id);
        match vote.severity {
            0 | 1 => {}
            2 | 3 => self.rest(plus(day, 3), vote),
            _ => self.pause_for(day, vec![vote]),
        }
    }

    pub(super) fn rest(&mut self, until: NaiveDate, vote: Vote) {
        if self.rest_until.as_ref().is_none_or(|(day, _)| *day < until) {
            self.rest_until = Some((until, vote));
        }
    }

    /// A pause, or a later finding about one that stands.
    pub(super) fn pause_for(&mut self, day: NaiveDate, votes: Vec<Vote>) {
        match &mut self.pause {
            Some(pause) => {
                pause.last_finding = pause.last_finding.max(day);
                pause.quiet_since = None;
                for vote in votes {
                    if !pause.votes.contains(&vote) {
                        pause.votes.push(vote);
                    }
                }
            }
            None => {
                self.pause = Some(Pause {
                    since: day,
                    last_finding: day,
                    votes,
                    quiet_since: None,
                });
            }
        }
    }

    fn plan(&mut self, entry: &'a Entry, plan: &'a Plan, day: NaiveDate) {
        let old = self.case.take();
        let wanted = profile_of(plan);
        // A softer profile waits for a clearance that allows it; until then the old
        // one goes on, for a new site too (section 1).
        let profile = match &old {
            Some(c) if softness(wanted) > softness(c.profile) && !c.softer => c.profile,
            _ => wanted,
        };
        let new_case = old.as_ref().is_none_or(|c| {
            let (a, b) = (&c.plan.injury, &plan.injury);
            a.site != b.site || a.side != b.side || c.profile != profile
        });
        let case = match old {
            Some(_) if new_case => fresh(plan, profile, day),
            None => fresh(plan, profile, day),
            Some(mut old) => {
                let replaced = old.plan.start_stage != plan.start_stage
                    || old.plan.start_level != plan.start_level;
                old.plan = plan;
                old.measure = Measure::of(plan, old.profile);
                let here = old.ladder.at(old.index).map(|l| l.id.clone());
                old.ladder = Ladder::of(plan);
                // Another ladder: the same id where it has one, else no further than before.
                old.index = here
                    .and_then(|id| old.ladder.index(&id))
                    .unwrap_or_else(|| old.index.min(old.ladder.first_of(old.stage)));
                if replaced {
                    let cleared = old.cleared;
                    let fresh_case = fresh(plan, old.profile, day);
                    Case {
                        cleared,
                        known_flags: old.known_flags,
                        max_level: old.max_level,
                        last_plan_session: old.last_plan_session,
                        ..fresh_case
                    }
                } else {
                    self.case = Some(old);
                    self.flags_of_plan(entry, day);
                    return;
                }
            }
        };
        let before = self.history.last().map(|h| h.to.clone());
        let to = case
            .ladder
            .at(case.index)
            .map(|l| l.id.clone())
            .unwrap_or_default();
        if case.stage != Stage::Rest || before.is_some() {
            self.history.push(LevelChange {
                on: day,
                from: before,
                to,
                cause: ChangeCause::Placed,
            });
        }
        self.case = Some(case);
        self.epoch += 1;
        self.ones = 0;
        if new_case {
            self.memory.clear();
            self.not_ok = 0;
        }
        self.flags_of_plan(entry, day);
    }

    fn flags_of_plan(&mut self, entry: &Entry, day: NaiveDate) {
        self.flags(entry, day);
        self.plan_flags.clone_from(&entry.flags);
    }

    fn clearance(&mut self, entry: &Entry, c: &Clearance, day: NaiveDate) {
        let Some(case) = &mut self.case else { return };
        if !c.granted {
            let fact = crate::domain::guidance::Fact::Clearance;
            let vote = Vote {
                rule: Rule::Clearance,
                fact,
                severity: 4,
                day,
                entry: Some(entry.id),
            };
            self.pause_for(day, vec![vote]);
            return;
        }
        case.cleared = Some(day);
        case.known_flags.clone_from(&c.known_flags);
        case.max_level.clone_from(&c.max_level);
        if c.softer_profile && softness(profile_of(case.plan)) <= softness(case.profile) {
            // Given ahead of the plan that will ask for it.
            case.softer = true;
        } else if c.softer_profile {
            let plan = case.plan;
            let mut soft = fresh(plan, profile_of(plan), day);
            soft.cleared = Some(day);
            soft.known_flags.clone_from(&c.known_flags);
            soft.max_level.clone_from(&c.max_level);
            *case = soft;
            self.epoch += 1;
        }
        if self.pause.as_ref().is_some_and(|p| day > p.last_finding) {
            self.pause = None;
        }
        self.memory.retain(|d| *d >= day);
        self.not_ok = 0;
        self.ones = 0;
        self.reviews.retain(|(d, _, _)| *d > day);
        if let Some(index) = c
            .restart_level
            .as_deref()
            .and_then(|id| self.case.as_ref()?.ladder.index(id))
        {
            self.place(index, day, ChangeCause::Cleared);
        }
    }

    /// Puts the runner at a level, by a clinician's word.
    fn place(&mut self, index: usize, day: NaiveDate, cause: ChangeCause) {
        let Some(case) = &mut self.case else { return };
        let stage = case.ladder.at(index).map_or(Stage::Walking, |l| l.stage);
        case.return_to = None;
        case.placed = (day, index);
        self.move_to(stage, index, day, cause);
        if let Some(case) = &mut self.case {
            case.gap_start = day;
            case.gap_base = index;
            case.gap = None;
            case.gap_from_running = false;
        }
    }

    /// Any change of stage or level: counts start again, and the history keeps it.
    pub(super) fn move_to(
        &mut self,
        stage: Stage,
        index: usize,
        day: NaiveDate,
        cause: ChangeCause,
    ) {
        let Some(case) = &mut self.case else { return };
        let from = case.ladder.at(case.index).map(|l| l.id.clone());
        let to = case
            .ladder
            .at(index)
            .map(|l| l.id.clone())
            .unwrap_or_default();
        if case.stage != stage {
            case.stage_since = day;
            case.test = None;
        }
        if case.index != index || case.stage != stage {
            self.history.push(LevelChange {
                on: day,
                from,
                to,
                cause,
            });
        }
        case.stage = stage;
        case.index = index;
        case.ok = 0;
        case.first_ok = None;
        if cause != ChangeCause::Gap {
            case.gap_base = index;
        }
        self.epoch += 1;
        self.ones = 0;
    }

    fn session(&mut self, entry: &'a Entry, s: &'a Session, day: NaiveDate) {
        let running = s.run_min > 0.0 || s.activity != Movement::Walk;
        if running {
            self.runs.push(day);
            self.run_minutes.push((day, self.asked(s)));
        }
        if self.case.is_none() {
            // Older than the first plan: for rest days, gaps and LONGEST only.
            self.flags(entry, day);
            return;
        }
        self.missed_mornings(day);
        let flag_votes = self.flag_votes(entry, day);
        self.judge(entry, s, day, flag_votes);
        let Some(case) = &mut self.case else { return };
        if running && case.stage != Stage::Rest {
            case.gap_start = day;
            case.gap_base = case.index;
            case.gap = None;
            case.gap_from_running = false;
        }
        if s.level.is_some() {
            case.last_plan_session = Some(day);
            if !running {
                self.plan_walks.push(day);
                if case.stage == Stage::Walking {
                    case.gap_start = day;
                    case.gap_base = case.index;
                    case.gap = None;
                }
            }
        }
    }

    /// Running minutes of a session, counted at no more than it was asked.
    fn asked(&self, s: &Session) -> f64 {
        let ladder = self.case.as_ref().map(|c| &c.ladder);
        let level = s.level.as_deref().and_then(|id| ladder?.level(id));
        let most = level
            .map(crate::domain::ladder::Level::run_min)
            .or(s.planned_run_min);
        most.map_or(s.run_min, |most| s.run_min.min(most))
    }

    pub(super) fn before(&mut self, s: &Session, day: NaiveDate) -> crate::domain::verdict::Before {
        use crate::domain::keys::Pattern;
        use crate::domain::verdict::{AGAIN_DAYS, Before, other_bony_site};
        let recent = |days: &[NaiveDate]| {
            days.iter()
                .any(|d| *d < day && between(*d, day) <= AGAIN_DAYS)
        };
        let before = Before {
            bony: recent(&self.bony),
            fleeting: recent(&self.fleeting),
            fear_twice: self.fear_row >= 2,
            swollen: self
                .judged
                .iter()
                .rev()
                .find(|j| j.day < day)
                .is_some_and(|j| j.swollen),
        };
        if let Some(case) = &self.case {
            if s.sites.iter().any(|x| other_bony_site(x, case.plan)) {
                self.bony.push(day);
            }
            if s.pattern == Pattern::Fleeting && !before.fleeting {
                self.fleeting.push(day);
            }
        }
        before
    }

    /// Fear votes at most twice in a row; then one session goes without.
    pub(super) fn fear_voted(&mut self, voted: bool) {
        self.fear_row = if voted { self.fear_row + 1 } else { 0 };
    }
}

/// The higher of 2 and the usual, bone 0 (section 2).
pub(super) fn quiet_limit(m: &Measure) -> u8 {
    if m.bone() { 0 } else { m.usual.max(2) }
}

/// The profile a plan speaks of.
fn profile_of(plan: &Plan) -> Profile {
    plan.injury.profile
}

/// Bone is the strictest, joint and muscle share their numbers, tendon is the softest.
fn softness(profile: Profile) -> u8 {
    match profile {
        Profile::Bone => 0,
        Profile::Joint | Profile::Muscle => 1,
        Profile::Tendon => 2,
    }
}

/// A case as its plan places it.
fn fresh(plan: &Plan, profile: Profile, day: NaiveDate) -> Case<'_> {
    let ladder = Ladder::of(plan);
    let named = plan.start_level.as_deref().and_then(|id| ladder.index(id));
    let first = ladder.first_of(plan.start_stage);
    let r1 = ladder.first_of(Stage::RunWalk);
    let index = match plan.start_stage {
        Stage::Rest | Stage::SelfTest => first,
        Stage::Walking => named.unwrap_or(first).min(ladder.top_walk()),
        // A level of another stage never places higher than the stage it stands beside.
        Stage::RunWalk => named
            .filter(|i| ladder.at(*i).is_some_and(|l| l.stage == Stage::RunWalk))
            .unwrap_or(first),
        Stage::ShortRuns => named
            .filter(|i| ladder.at(*i).is_some_and(|l| l.stage == Stage::ShortRuns))
            .unwrap_or(first),
        Stage::Running => ladder.last(),
    };
    let test_target = match plan.start_stage {
        Stage::SelfTest => named.filter(|i| *i >= r1).unwrap_or(r1),
        _ => r1,
    };
    Case {
        plan,
        profile,
        softer: false,
        measure: Measure::of(plan, profile),
        stage: plan.start_stage,
        index,
        ladder,
        ok: 0,
        first_ok: None,
        return_to: None,
        return_from_gap: false,
        test_target,
        stage_since: day,
        test: None,
        cleared: None,
        known_flags: Vec::new(),
        max_level: None,
        gap_start: day,
        gap_base: index,
        gap: None,
        gap_from_running: false,
        placed: (day, index),
        last_plan_session: None,
    }
}
