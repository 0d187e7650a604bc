//! What a handed plan would change: every number, old beside new, before anything is
//! written.

use crate::diary::codec;
use crate::diary::codec::{FieldError, FieldErrorKind};
use crate::diary::entry::{
    Benchmark, Body, Entry, Extra, Injury, LadderSpec, LevelSpec, Limits, Plan, Score,
};
use crate::diary::vocabulary::{NamedBy, Profile, Side, Site, Stage};
use crate::plan::hand_over::{HandOver, Refusal, Rung};
use crate::plan::profile::softness;
use crate::rules::progression::places_anew;
use crate::thresholds::ladder::{Ladder, Level};
use chrono::{DateTime, FixedOffset, NaiveDate};
use uuid::Uuid;

/// What a row of the review speaks of.
#[derive(Debug, Clone, PartialEq)]
pub enum ReviewField {
    /// Where it is.
    Site,
    /// Which side.
    Side,
    /// Which columns of the rules.
    Profile,
    /// Since when.
    Since,
    /// Everything beyond rest only after a clearance.
    NeedsClearance,
    /// The stage to begin at.
    StartStage,
    /// The level to begin at.
    StartLevel,
    /// Runs in any 7 days.
    PerWeek,
    /// Who set the limits.
    By,
    /// Their role.
    Role,
    /// Pain during that still counts 0.
    MaxPain,
    /// Highest level.
    MaxLevel,
    /// OK sessions to move up.
    OkNeeded,
    /// Rest days between runs.
    MinRest,
    /// Runs in any 7 days at most.
    MaxPerWeek,
    /// The name of the ladder.
    LadderName,
    /// One level of the ladder.
    Level(String),
    /// Last day.
    ValidUntil,
    /// The target of a benchmark.
    Target(String),
    /// The stage that a benchmark keeps closed.
    Gate(String),
}

/// What stands on one side of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldValue {
    /// Nothing.
    Nothing,
    /// A site.
    Site(Site),
    /// A side.
    Side(Side),
    /// A profile.
    Profile(Profile),
    /// A day.
    Day(NaiveDate),
    /// Yes or no.
    YesNo(bool),
    /// A stage.
    Stage(Stage),
    /// Words, or a level's id.
    Text(String),
    /// A number, with its unit where it has one.
    Number(f64, String),
    /// Seconds of running, of walking, times.
    Intervals(u32, u32, u32),
}

/// One thing that would change: old beside new.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// What.
    pub field: ReviewField,
    /// What stands now.
    pub old: FieldValue,
    /// What would stand.
    pub new: FieldValue,
}

/// What a change brings with it, beyond its own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// There was no plan: it begins with the most careful answers.
    First,
    /// Profile, site or side change: a new case, counted from its start, with a
    /// clearance of its own.
    NewCase,
    /// The runner is placed again.
    Placed,
    /// A softer profile waits for a clearance that says so.
    Softer,
}

/// What taking a plan would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Every number that would change.
    pub changes: Vec<FieldChange>,
    /// What comes of it.
    pub consequences: Vec<Consequence>,
    /// What would be written: bodies, and the words beside them.
    pub writes: Vec<(Body, String)>,
}

impl Consequence {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::First, Self::NewCase, Self::Placed, Self::Softer];

    /// The key that words know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::NewCase => "new-case",
            Self::Placed => "placed",
            Self::Softer => "softer",
        }
    }
}

/// What taking the plan at `at` would change. `standing` is the plan that stands,
/// `benchmarks` are the latest of each name.
///
/// # Errors
///
/// When its last day has passed, or an entry made of it would be refused by the codec.
pub fn review(
    handed: &HandOver,
    standing: Option<&Plan>,
    benchmarks: &[&Benchmark],
    at: DateTime<FixedOffset>,
) -> Result<Review, Refusal> {
    if let Some(until) = handed.valid_until.filter(|until| *until < at.date_naive()) {
        return Err(Refusal::Expired(until));
    }
    // Limits without a name would be the runner's own.
    if handed.by.trim().is_empty() {
        return Err(Refusal::Faults(vec![FieldError {
            entry: String::new(),
            kind: "plan".into(),
            field: "limits.by".into(),
            problem: FieldErrorKind::Empty,
        }]));
    }
    let plan = plan_of(handed, standing);
    let mut changes = Vec::new();
    compare(&mut changes, standing, &plan);
    let mut writes = Vec::new();
    if !changes.is_empty() || !handed.note.is_empty() {
        writes.push((Body::Plan(Box::new(plan.clone())), handed.note.clone()));
    }
    for goal in &handed.benchmarks {
        let old = benchmarks.iter().find(|b| b.name == goal.name);
        let new = Benchmark {
            name: goal.name.clone(),
            target: goal.target,
            unit: goal.unit.clone(),
            left: None,
            right: None,
            value: None,
            met: false,
            agreed_with: handed.by.clone(),
            gates_stage: goal.gates_stage,
        };
        let before = changes.len();
        compare_benchmark(&mut changes, old.copied(), &new);
        if changes.len() > before {
            writes.push((Body::Benchmark(new), String::new()));
        }
    }
    let mut faults = faults(&writes, at);
    // The door lets built-in levels pass beside another ladder: here they would be none.
    let ladder = Ladder::of(&plan);
    let named = [
        ("start_level", handed.start_level.as_ref()),
        ("limits.max_level", handed.max_level.as_ref()),
    ];
    for (field, level) in named {
        if let Some(got) = level.filter(|id| ladder.level(id).is_none()) {
            faults.push(FieldError {
                entry: String::new(),
                kind: "plan".into(),
                field: field.into(),
                problem: FieldErrorKind::UnknownLevel { got: got.clone() },
            });
        }
    }
    if !faults.is_empty() {
        return Err(Refusal::Faults(faults));
    }
    Ok(Review {
        consequences: consequences(standing, &plan),
        changes,
        writes,
    })
}

/// What the codec says about entries made of these.
fn faults(writes: &[(Body, String)], at: DateTime<FixedOffset>) -> Vec<FieldError> {
    let entry = |(body, notes): &(Body, String)| Entry {
        id: Uuid::from_u128(1),
        at,
        edited_at: None,
        deleted: false,
        notes: notes.clone(),
        flags: Vec::new(),
        body: body.clone(),
        extra: Extra::new(),
    };
    let mut all = Vec::new();
    for write in writes {
        if let Err(found) = codec::check(&entry(write)) {
            all.extend(found);
        }
    }
    // The id was only lent to them.
    for fault in &mut all {
        fault.entry.clear();
    }
    all
}

/// The plan that the runner would have.
fn plan_of(handed: &HandOver, standing: Option<&Plan>) -> Plan {
    let mut plan = standing.cloned().unwrap_or_else(|| careful(handed.made_on));
    let injury = &mut plan.injury;
    injury.site = handed.site.unwrap_or(injury.site);
    injury.side = handed.side.unwrap_or(injury.side);
    injury.since = handed.since.unwrap_or(injury.since);
    injury.profile = handed.profile.unwrap_or(injury.profile);
    plan.needs_clearance |= injury.profile == Profile::Bone;
    plan.sessions_per_week = handed.sessions_per_week.unwrap_or(plan.sessions_per_week);
    plan.valid_until = handed.valid_until;
    let ladder = ladder_of(handed);
    if handed.start_stage.is_some() || handed.start_level.is_some() {
        plan.start_stage = handed.start_stage.unwrap_or(plan.start_stage);
        plan.start_level.clone_from(&handed.start_level);
    }
    plan.limits = Some(Limits {
        by: handed.by.clone(),
        role: Some(handed.role.clone()).filter(|role| !role.is_empty()),
        max_pain_during: handed.max_pain_during.and_then(Score::new),
        max_level: handed.max_level.clone(),
        ok_needed: handed.ok_needed,
        min_rest_days: handed.min_rest_days,
        max_per_week: handed.max_per_week,
        usual_pain: None,
        ladder,
        exercises: Vec::new(),
        extra: Extra::new(),
    });
    let start = plan.start_level.as_deref();
    if handed.start_level.is_none() && start.is_some_and(|id| Ladder::of(&plan).level(id).is_none())
    {
        // It stood on the ladder that goes.
        plan.start_level = None;
    }
    plan
}

/// Where there is no plan: nothing beyond rest without a clearance, nothing usual.
fn careful(day: NaiveDate) -> Plan {
    Plan {
        injury: Injury {
            profile: Profile::Joint,
            site: Site::Other,
            side: Side::None,
            since: day,
            surgery: false,
            onset: None,
            surgery_on: None,
            grade: String::new(),
            imaging: String::new(),
            named_by: NamedBy::Nobody,
            extra: Extra::new(),
        },
        needs_clearance: true,
        clearance_for: Vec::new(),
        no_clinician: false,
        start_stage: Stage::Rest,
        start_level: None,
        sessions_per_week: 3,
        days: Vec::new(),
        usual_pain: Score::ZERO,
        usual_stiffness_min: 0.0,
        walking_limp: false,
        longest_painless_walk_min: None,
        longest_painless_run_min: None,
        weekly_minutes_before: None,
        goal: String::new(),
        birth_on: None,
        valid_until: None,
        limits: None,
    }
}

fn ladder_of(handed: &HandOver) -> Option<LadderSpec> {
    let minutes = |seconds: u32| f64::from(seconds) / 60.0;
    let level = |rung: &Rung| LevelSpec {
        id: rung.id.clone(),
        run: minutes(rung.run_s),
        walk: minutes(rung.walk_s),
        reps: rung.reps,
        extra: Extra::new(),
    };
    (!handed.ladder.is_empty()).then(|| LadderSpec {
        name: handed.ladder_name.clone(),
        levels: handed.ladder.iter().map(level).collect(),
        extra: Extra::new(),
    })
}

fn consequences(standing: Option<&Plan>, plan: &Plan) -> Vec<Consequence> {
    let Some(old) = standing else {
        return vec![Consequence::First];
    };
    let (was, is) = (&old.injury, &plan.injury);
    let mut all = Vec::new();
    if (was.profile, was.site, was.side) != (is.profile, is.site, is.side) {
        all.push(Consequence::NewCase);
    }
    if places_anew(old, plan) {
        all.push(Consequence::Placed);
    }
    if softness(is.profile) > softness(was.profile) {
        all.push(Consequence::Softer);
    }
    all
}

/// Adds a row when both sides differ.
fn row(out: &mut Vec<FieldChange>, field: ReviewField, old: FieldValue, new: FieldValue) {
    if old != new {
        out.push(FieldChange { field, old, new });
    }
}

fn text(value: Option<&String>) -> FieldValue {
    match value {
        Some(text) if !text.is_empty() => FieldValue::Text(text.clone()),
        _ => FieldValue::Nothing,
    }
}

fn small(value: Option<u8>) -> FieldValue {
    value.map_or(FieldValue::Nothing, |n| {
        FieldValue::Number(n.into(), String::new())
    })
}

fn compare(out: &mut Vec<FieldChange>, old: Option<&Plan>, new: &Plan) {
    let of =
        |take: &dyn Fn(&Plan) -> FieldValue| (old.map_or(FieldValue::Nothing, take), take(new));
    let mut both = |field, take: &dyn Fn(&Plan) -> FieldValue| {
        let (old, new) = of(take);
        row(out, field, old, new);
    };
    both(ReviewField::Site, &|p| FieldValue::Site(p.injury.site));
    both(ReviewField::Side, &|p| FieldValue::Side(p.injury.side));
    both(ReviewField::Profile, &|p| {
        FieldValue::Profile(p.injury.profile)
    });
    both(ReviewField::Since, &|p| FieldValue::Day(p.injury.since));
    both(ReviewField::NeedsClearance, &|p| {
        FieldValue::YesNo(p.needs_clearance)
    });
    both(ReviewField::StartStage, &|p| {
        FieldValue::Stage(p.start_stage)
    });
    both(ReviewField::StartLevel, &|p| text(p.start_level.as_ref()));
    both(ReviewField::PerWeek, &|p| small(Some(p.sessions_per_week)));
    let limit = |p: &Plan, take: &dyn Fn(&Limits) -> FieldValue| {
        p.limits.as_ref().map_or(FieldValue::Nothing, take)
    };
    both(ReviewField::By, &|p| limit(p, &|l| text(Some(&l.by))));
    both(ReviewField::Role, &|p| limit(p, &|l| text(l.role.as_ref())));
    both(ReviewField::MaxPain, &|p| {
        limit(p, &|l| small(l.max_pain_during.map(Score::get)))
    });
    both(ReviewField::MaxLevel, &|p| {
        limit(p, &|l| text(l.max_level.as_ref()))
    });
    both(ReviewField::OkNeeded, &|p| {
        limit(p, &|l| small(l.ok_needed))
    });
    both(ReviewField::MinRest, &|p| {
        limit(p, &|l| small(l.min_rest_days))
    });
    both(ReviewField::MaxPerWeek, &|p| {
        limit(p, &|l| small(l.max_per_week))
    });
    both(ReviewField::ValidUntil, &|p| {
        p.valid_until.map_or(FieldValue::Nothing, FieldValue::Day)
    });
    both(ReviewField::LadderName, &|p| {
        limit(p, &|l| text(l.ladder.as_ref().map(|l| &l.name)))
    });
    compare_ladders(out, old, new);
}

/// Level by level: those that both have and that differ, those that go, those that come.
fn compare_ladders(out: &mut Vec<FieldChange>, old: Option<&Plan>, new: &Plan) {
    let (was, is) = (
        old.map_or_else(Ladder::builtin, Ladder::of),
        Ladder::of(new),
    );
    let said = |level: Option<&Level>| {
        level.map_or(FieldValue::Nothing, |l| {
            FieldValue::Intervals(l.run_s, l.walk_s, l.reps)
        })
    };
    for level in is.levels() {
        let field = ReviewField::Level(level.id.clone());
        row(out, field, said(was.level(&level.id)), said(Some(level)));
    }
    for level in was.levels() {
        if is.level(&level.id).is_none() {
            let field = ReviewField::Level(level.id.clone());
            row(out, field, said(Some(level)), FieldValue::Nothing);
        }
    }
}

fn compare_benchmark(out: &mut Vec<FieldChange>, old: Option<&Benchmark>, new: &Benchmark) {
    let target = |b: &Benchmark| {
        b.target.map_or(FieldValue::Nothing, |n| {
            FieldValue::Number(n, b.unit.clone())
        })
    };
    let gate = |b: &Benchmark| b.gates_stage.map_or(FieldValue::Nothing, FieldValue::Stage);
    let was = old.map_or(FieldValue::Nothing, target);
    // A measure without a target is new all the same.
    let is = match target(new) {
        FieldValue::Nothing if old.is_none() => FieldValue::Text(new.name.clone()),
        is => is,
    };
    row(out, ReviewField::Target(new.name.clone()), was, is);
    let was = old.map_or(FieldValue::Nothing, gate);
    row(out, ReviewField::Gate(new.name.clone()), was, gate(new));
}
