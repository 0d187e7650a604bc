//! Whole diaries for proptest: of runners who follow the advice, who ignore it, and
//! both by turns; and what "allows more" means.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use footing::diary::Diary;
use footing::diary::entry::{
    Absence, Activity, Appointment, Benchmark, Body, Clearance, Entry, Extra, Injury, Limits,
    Morning, Plan, Score, SelfTest, Session, SiteMark, TestResult,
};
use footing::diary::vocabulary::{
    AbsenceReason, NamedBy, PainBehaviour, Profile, RedFlag, Side, Site, Stage, Swelling, TestItem,
};
use footing::rules::guidance::{Advice, Guidance, Rule};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::{Ladder, Level};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use uuid::Uuid;

/// The same lives each time, so that a test says the same on every machine; `SEED` asks
/// for others.
pub fn seed() -> RngSeed {
    let asked = std::env::var("SEED").ok();
    RngSeed::Fixed(asked.and_then(|n| n.parse().ok()).unwrap_or(7))
}

/// The day on which every diary starts.
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day")
}

/// A day of the diary, counted from 0.
pub fn day(n: usize) -> NaiveDate {
    first_day() + TimeDelta::days(i64::try_from(n).expect("few days"))
}

/// An entry; its id follows its place in the list.
pub fn entry(list: &[Entry], on: NaiveDate, hour: u32, body: Body) -> Entry {
    let zone = FixedOffset::east_opt(3600).expect("an offset");
    let at: DateTime<FixedOffset> = on
        .and_hms_opt(hour, 0, 0)
        .and_then(|t| t.and_local_timezone(zone).single())
        .expect("an instant");
    Entry {
        id: Uuid::from_u128(list.len() as u128 + 1),
        at,
        edited_at: None,
        deleted: false,
        notes: String::new(),
        flags: Vec::new(),
        body,
        extra: Extra::new(),
    }
}

/// A benchmark of which only the gate matters.
pub fn benchmark(name: &str, gates_stage: Option<Stage>, met: bool) -> Benchmark {
    Benchmark {
        name: name.to_owned(),
        target: None,
        unit: String::new(),
        left: None,
        right: None,
        value: None,
        met,
        agreed_with: String::new(),
        gates_stage,
    }
}

/// A score that is sure to be one.
pub fn score(n: u8) -> Score {
    Score::new(n.min(10)).expect("a score")
}

/// A plain plan.
pub fn plan(profile: Profile, stage: Stage, level: Option<&str>) -> Plan {
    Plan {
        injury: Injury {
            profile,
            site: Site::Knee,
            side: Side::Left,
            since: day(0) - TimeDelta::days(90),
            surgery: false,
            named_by: NamedBy::Clinician,
            onset: None,
            surgery_on: None,
            grade: String::new(),
            imaging: String::new(),
            extra: Extra::new(),
        },
        needs_clearance: profile == Profile::Bone,
        clearance_for: Vec::new(),
        no_clinician: false,
        start_stage: stage,
        start_level: level.map(str::to_owned),
        sessions_per_week: 3,
        days: Vec::new(),
        usual_pain: score(0),
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

/// A clearance without conditions.
pub fn clearance() -> Clearance {
    Clearance {
        granted: true,
        by: "physio".into(),
        role: String::new(),
        seen_on: None,
        restart_level: None,
        max_level: None,
        known_flags: Vec::new(),
        softer_profile: false,
        known_painkiller: false,
        known_fear: false,
        known_usual: None,
    }
}

/// A painless session done exactly as a level asks.
pub fn session(level: &Level) -> Session {
    Session {
        activity: level.movement(),
        level: Some(level.id.clone()),
        run_min: level.run_min(),
        walk_min: level.walk_min(),
        planned_run_min: None,
        stopped_for: None,
        pain_before: Score::ZERO,
        pain_during: Score::ZERO,
        pain_after: Score::ZERO,
        pattern: PainBehaviour::None,
        hurt: false,
        swelling: Swelling::None,
        limp: false,
        painkiller: false,
        effort: None,
        fear: None,
        mood: None,
        hard: false,
        soreness: None,
        sites: Vec::new(),
        worse: false,
        surface: None,
        shoes: None,
        tried: None,
        distance_m: None,
        intervals: Vec::new(),
    }
}

/// A morning of that pain.
pub fn morning(pain: u8) -> Morning {
    Morning {
        for_day: None,
        pain: score(pain),
        stiffness_min: 0.0,
        swelling: Swelling::None,
        limp: false,
        settled_within_hour: None,
        remembered: true,
        soreness: None,
        sleep_h: None,
        energy: None,
        mood: None,
        worse: false,
    }
}

/// A self-test with every item passed.
pub fn self_test() -> SelfTest {
    let item = |test: &TestItem| TestResult {
        test: *test,
        passed: true,
        left: None,
        right: None,
        pain: Score::ZERO,
        extra: Extra::new(),
    };
    SelfTest {
        items: TestItem::READINESS.iter().map(item).collect(),
    }
}

/// One day of a runner.
#[derive(Debug, Clone)]
pub struct Gene {
    /// Whether the morning is answered.
    pub answers: bool,
    /// Morning: pain, stiffness, swelling (0 to 2), limp.
    pub wakes: (u8, f64, u8, bool),
    /// What the hour after brought, and whether the morning is remembered.
    pub settled: (Option<bool>, bool),
    /// Whether today's advice is followed.
    pub follows: bool,
    /// Else: the level done, as a place on the line; beyond the line, none.
    pub level: usize,
    /// Pain before, during, after.
    pub pain: [u8; 3],
    /// Behaviour of pain, and swelling.
    pub felt: (PainBehaviour, u8),
    /// Hurt pressed, limp, painkiller.
    pub truths: [bool; 3],
    /// Effort and fear.
    pub mind: [u8; 2],
    /// Share of the level done, percent.
    pub share: u8,
    /// What else happens.
    pub also: Also,
}

/// What else happens on a day.
#[derive(Debug, Clone)]
pub enum Also {
    /// Nothing.
    Nothing,
    /// A clinician's word.
    Clearance(bool, Option<String>),
    /// A warning sign by itself.
    Sign(RedFlag),
    /// An illness or pain, some days long.
    Away(AbsenceReason, bool, i64),
    /// Impact sport, or other activity, with that pain.
    Sport(bool, u8),
    /// Pain at another bony site in the session.
    Bony(u8),
    /// An appointment kept.
    Kept,
}

/// A mostly quiet number: pain that comes now and then.
fn pain() -> impl Strategy<Value = u8> {
    prop_oneof![30 => Just(0_u8), 5 => 1..=2_u8, 2 => 3..=5_u8, 1 => 6..=10_u8]
}

fn rarely() -> impl Strategy<Value = bool> {
    prop_oneof![40 => Just(false), 1 => Just(true)]
}

fn swelling() -> impl Strategy<Value = u8> {
    prop_oneof![40 => Just(0_u8), 2 => Just(1_u8), 1 => Just(2_u8)]
}

fn also() -> impl Strategy<Value = Also> {
    let level = prop::option::of("W[1-5]|R[1-9]|C[1-3]");
    let reason = select(AbsenceReason::ALL);
    prop_oneof![
        60 => Just(Also::Nothing),
        3 => level.prop_map(|level| Also::Clearance(true, level)),
        1 => Just(Also::Clearance(false, None)),
        1 => select(RedFlag::ALL).prop_map(Also::Sign),
        1 => (reason, any::<bool>(), 0..12_i64).prop_map(|(r, f, n)| Also::Away(r, f, n)),
        2 => (any::<bool>(), pain()).prop_map(|(impact, pain)| Also::Sport(impact, pain)),
        1 => pain().prop_map(Also::Bony),
        1 => Just(Also::Kept),
    ]
}

/// A day: `follows` says how often the advice is followed, of 10.
fn gene(follows: u32) -> impl Strategy<Value = Gene> {
    let follow = (0..10_u32).prop_map(move |n| n < follows);
    let stiff = prop_oneof![20 => Just(0.0), 1 => Just(15.0), 1 => Just(40.0)];
    let wakes = (pain(), stiff, swelling(), rarely());
    let remembered = rarely().prop_map(|b| !b);
    let settled = (prop::option::of(any::<bool>()), remembered);
    let pattern = prop_oneof![20 => Just(PainBehaviour::None), 2 => select(PainBehaviour::ALL)];
    let mind = prop_oneof![20 => Just([0, 0]), 1 => [0..=10_u8, 0..=10_u8]];
    let share = prop_oneof![20 => Just(100_u8), 1 => 50..130_u8];
    let answers = prop_oneof![8 => Just(true), 1 => Just(false)];
    (
        (answers, wakes, settled),
        (follow, 0..40_usize),
        ([pain(), pain(), pain()], (pattern, swelling())),
        ([rarely(), rarely(), rarely()], mind, share),
        also(),
    )
        .prop_map(
            |(woke, (follows, level), (pain, felt), (truths, mind, share), also)| Gene {
                answers: woke.0,
                wakes: woke.1,
                settled: woke.2,
                follows,
                level,
                pain,
                felt,
                truths,
                mind,
                share,
                also,
            },
        )
}

/// The plan that a life starts from: stage, level, declared without a clinician,
/// cleared at the start, usual pain.
#[derive(Debug, Clone)]
pub struct Start {
    /// Stage and level.
    pub place: (Stage, Option<String>),
    /// No clinician is to be had.
    pub no_clinician: bool,
    /// A clearance on the first day.
    pub cleared: bool,
    /// The usual pain.
    pub usual: u8,
}

/// Where a diary starts.
pub fn any_start() -> impl Strategy<Value = Start> {
    let ladder = Ladder::builtin();
    let levels: Vec<(Stage, String)> = ladder
        .levels()
        .iter()
        .map(|l| (l.stage, l.id.clone()))
        .collect();
    let place = prop_oneof![
        1 => Just((Stage::Rest, None)),
        1 => Just((Stage::SelfTest, None)),
        1 => Just((Stage::Running, None)),
        6 => select(levels).prop_map(|(stage, level)| (stage, Some(level))),
    ];
    let usual = prop_oneof![3 => Just(0_u8), 1 => 0..=4_u8];
    (place, any::<bool>(), prop::bool::weighted(0.9), usual).prop_map(
        |(place, no_clinician, cleared, usual)| Start {
            place,
            no_clinician,
            cleared,
            usual,
        },
    )
}

/// A life: how it starts, and its days.
pub fn any_life(days: std::ops::Range<usize>) -> impl Strategy<Value = (Start, Vec<Gene>)> {
    let follows = prop_oneof![2 => Just(10_u32), 1 => 0..10_u32];
    (any_start(), follows)
        .prop_flat_map(move |(start, follows)| (Just(start), vec(gene(follows), days.clone())))
}

fn swollen(n: u8) -> Swelling {
    match n {
        0 => Swelling::None,
        1 => Swelling::More,
        _ => Swelling::Clear,
    }
}

/// The diary of a life: the advice is followed as it would have been given.
pub fn lived(profile: Profile, start: &Start, days: &[Gene]) -> Vec<Entry> {
    lived_under(profile, start, days, None)
}

/// The same under limits, a clinician's ladder among them.
#[allow(clippy::too_many_lines, reason = "one day after another")]
pub fn lived_under(
    profile: Profile,
    start: &Start,
    days: &[Gene],
    limits: Option<Limits>,
) -> Vec<Entry> {
    let mut list: Vec<Entry> = Vec::new();
    let mut plan = plan(profile, start.place.0, start.place.1.as_deref());
    plan.limits = limits;
    let ladder = Ladder::of(&plan);
    plan.no_clinician = start.no_clinician;
    plan.usual_pain = score(start.usual);
    list.push(entry(&list, day(0), 6, Body::Plan(Box::new(plan))));
    if start.cleared {
        list.push(entry(&list, day(0), 7, Body::Clearance(clearance())));
    }
    for (n, gene) in days.iter().enumerate() {
        let today = day(n);
        if gene.answers {
            let (pain, stiffness_min, swelling, limp) = gene.wakes;
            let (settled_within_hour, remembered) = gene.settled;
            let m = Morning {
                stiffness_min,
                swelling: swollen(swelling),
                limp,
                settled_within_hour,
                remembered,
                ..morning(pain)
            };
            list.push(entry(&list, today, 8, Body::Morning(m)));
        }
        let mut bony = Vec::new();
        match &gene.also {
            Also::Nothing => {}
            Also::Clearance(granted, level) => {
                let word = Clearance {
                    granted: *granted,
                    restart_level: level.clone(),
                    ..clearance()
                };
                list.push(entry(&list, today, 9, Body::Clearance(word)));
            }
            Also::Sign(flag) => {
                let mut sign = entry(&list, today, 9, Body::Flag);
                sign.flags.push(*flag);
                list.push(sign);
            }
            Also::Away(reason, fever, length) => {
                let until = Some(today + TimeDelta::days(*length));
                let away = Absence {
                    from: today,
                    until,
                    reason: *reason,
                    fever: *fever,
                };
                list.push(entry(&list, today, 9, Body::Absence(away)));
            }
            Also::Sport(impact, pain) => {
                let sport = Activity {
                    what: "ball".into(),
                    minutes: 30.0,
                    pain: score(*pain),
                    impact: *impact,
                    planned: false,
                };
                list.push(entry(&list, today, 10, Body::Activity(sport)));
            }
            Also::Bony(pain) => bony.push(SiteMark {
                site: Site::Shin,
                side: Side::Left,
                pain: score(*pain),
                extra: Extra::new(),
            }),
            Also::Kept => {
                let kept = Appointment {
                    with: "physio".into(),
                    date: today,
                    kept: Some(true),
                    questions: String::new(),
                };
                list.push(entry(&list, today, 9, Body::Appointment(kept)));
            }
        }
        let level = if gene.follows {
            let diary: Diary = list.iter().cloned().collect();
            let g = guidance(&diary, today);
            if g.advice == Advice::SelfTest {
                let mut test = self_test();
                test.items[0].pain = score(gene.pain[1]);
                list.push(entry(&list, today, 17, Body::SelfTest(test)));
            }
            g.prescription()
                .and_then(|p| ladder.level(&p.level))
                .cloned()
        } else {
            ladder.levels().get(gene.level).cloned()
        };
        if let Some(level) = level {
            let part = f64::from(gene.share) / 100.0;
            let mut s = session(&level);
            s.run_min *= part;
            s.walk_min *= part;
            s.pain_before = score(gene.pain[0]);
            s.pain_during = score(gene.pain[1]);
            s.pain_after = score(gene.pain[2]);
            s.pattern = gene.felt.0;
            s.swelling = swollen(gene.felt.1);
            [s.hurt, s.limp, s.painkiller] = gene.truths;
            s.effort = Some(score(gene.mind[0]));
            s.fear = Some(score(gene.mind[1]));
            s.sites = bony;
            list.push(entry(&list, today, 18, Body::Session(Box::new(s))));
        }
    }
    list
}

/// What a worsening does.
#[derive(Debug, Clone, Copy)]
pub struct Worse {
    /// Which field.
    pub field: u8,
    /// By how much.
    pub by: u8,
    /// Which sign, or item of the test.
    pub which: usize,
}

/// Any worsening.
pub fn any_worse() -> impl Strategy<Value = Worse> {
    (0..12_u8, 1..=10_u8, 0..30_usize).prop_map(|(field, by, which)| Worse { field, by, which })
}

fn swell(s: Swelling, by: u8) -> Swelling {
    match (s, by) {
        (Swelling::None, 1..=5) => Swelling::More,
        _ => Swelling::Clear,
    }
}

/// Makes one number, flag or answer of a session, morning or self-test worse; gives
/// whether anything changed.
pub fn worsen(entry: &mut Entry, how: Worse) -> bool {
    let was = entry.clone();
    let up = |s: &mut Score| *s = score(s.get() + how.by);
    let sign = RedFlag::ALL[how.which % RedFlag::ALL.len()];
    match &mut entry.body {
        Body::Session(s) => match how.field {
            0 => up(&mut s.pain_before),
            1 | 10 => up(&mut s.pain_during),
            2 | 11 => up(&mut s.pain_after),
            3 => s.swelling = swell(s.swelling, how.by),
            4 => s.limp = true,
            5 => s.hurt = true,
            6 => s.painkiller = true,
            7 => s.effort = Some(score(s.effort.map_or(0, Score::get) + how.by)),
            8 => s.fear = Some(score(s.fear.map_or(0, Score::get) + how.by)),
            _ => entry.flags.push(sign),
        },
        Body::Morning(m) => match how.field {
            0 | 1 | 8 | 10 => up(&mut m.pain),
            2 | 7 => m.stiffness_min = (m.stiffness_min + f64::from(how.by) * 5.0).min(1440.0),
            3 => m.swelling = swell(m.swelling, how.by),
            4 => m.limp = true,
            5 | 6 | 11 => m.settled_within_hour = Some(false),
            _ => entry.flags.push(sign),
        },
        Body::SelfTest(test) => {
            let n = test.items.len();
            match (test.items.get_mut(how.which % n.max(1)), how.field) {
                (_, 9) => entry.flags.push(sign),
                (Some(item), 0..=4) => item.passed = false,
                (Some(item), _) => up(&mut item.pain),
                _ => {}
            }
        }
        _ => return false,
    }
    *entry != was
}

/// What a guidance allows, in order: the stage, the level, the run.
fn place(level: Option<&String>) -> usize {
    level
        .and_then(|id| Ladder::builtin().index(id))
        .unwrap_or(0)
}

/// Whether `a` allows more than `b`, and what.
pub fn allows_more(a: &Guidance, b: &Guidance) -> Option<String> {
    let runs = |g: &Guidance| g.prescription().is_some_and(|p| p.run_s > 0);
    let longest = |g: &Guidance| g.reasons.iter().any(|r| r.rule == Rule::Longest);
    if runs(a) && !runs(b) {
        return Some(format!(
            "a run ({:?}) where there was {:?}",
            a.level, b.advice
        ));
    }
    // The self-test holds no running: only a running stage above another allows more.
    if a.stage > b.stage && a.stage >= Some(Stage::RunWalk) {
        return Some(format!("stage {:?} above {:?}", a.stage, b.stage));
    }
    // Nor does its standing level, which stays W5 while a long gap lowers that of who
    // walks again: it is the last walk of the ladder, and no session.
    let tests = a.stage == Some(Stage::SelfTest) && b.stage == Some(Stage::Walking);
    if !tests && place(a.standing_level.as_ref()) > place(b.standing_level.as_ref()) {
        return Some(format!(
            "standing {:?} above {:?}",
            a.standing_level, b.standing_level
        ));
    }
    // LONGEST speaks from C1 on only: who stands higher may be asked for less (the page's
    // own order), so only what both are asked under the same rule is compared.
    let same = a.stage == b.stage || !longest(b);
    if same && runs(a) && place(a.level.as_ref()) > place(b.level.as_ref()) {
        return Some(format!("level {:?} above {:?}", a.level, b.level));
    }
    if b.paused_since.is_some() && a.paused_since.is_none() {
        return Some(format!(
            "no pause where one stood since {:?}",
            b.paused_since
        ));
    }
    None
}
