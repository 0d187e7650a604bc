//! Two readings of one page must agree: the engine's and the oracle's.
#![allow(clippy::pedantic, reason = "as plain as the page, not as the house")]
#![allow(clippy::unwrap_used)]

use crate::oracle;
use crate::support;
use chrono::{NaiveDate, TimeDelta};
use footing::diary::Diary;
use footing::diary::codec;
use footing::diary::entry::{
    Absence, Appointment, Benchmark, Body, Clearance, Entry, Extra, Freedom, LadderSpec, LevelSpec,
    Limits, Morning, Plan, Strength,
};
use footing::diary::vocabulary::{AbsenceReason, FreedomName, Profile, RedFlag, Side, Site, Stage};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use support::diaries::{
    any_life, benchmark, clearance, day, entry, lived, lived_under, morning, plan, score, seed,
    self_test, session,
};
use uuid::Uuid;

/// What the two say differently of a day; empty when they agree.
fn differences(diary: &Diary, on: NaiveDate) -> String {
    let g = guidance(diary, on);
    let w = oracle::word(diary, on);
    let mut out = String::new();
    let mut cmp = |what: &str, page: String, engine: String| {
        if page != engine {
            out.push_str(&format!("  {what}: oracle {page}, engine {engine}\n"));
        }
    };
    cmp("stage", format!("{:?}", w.stage), format!("{:?}", g.stage));
    cmp("level", format!("{:?}", w.level), format!("{:?}", g.level));
    cmp(
        "standing",
        format!("{:?}", w.standing),
        format!("{:?}", g.standing_level),
    );
    cmp("advice", w.advice.into(), g.advice.key().into());
    cmp(
        "not_before",
        format!("{:?}", w.not_before),
        format!("{:?}", g.not_before),
    );
    cmp(
        "due",
        w.morning_check_due.to_string(),
        g.morning_check_due.to_string(),
    );
    cmp(
        "severity",
        format!("{:?}", w.severity),
        format!("{:?}", g.severity),
    );
    cmp(
        "paused",
        w.paused.to_string(),
        g.paused_since.is_some().to_string(),
    );
    out
}

/// The diary in few words, for the message of a failure.
fn told(entries: &[Entry]) -> String {
    entries
        .iter()
        .map(|e| format!("  {}\n", codec::entry_to_json(e)))
        .collect()
}

fn agree(entries: &[Entry], last: usize) -> Result<(), TestCaseError> {
    let diary: Diary = entries.iter().cloned().collect();
    for n in 0..last {
        let diff = differences(&diary, day(n));
        if !diff.is_empty() {
            let upto: Vec<Entry> = entries
                .iter()
                .filter(|e| e.day() <= day(n))
                .cloned()
                .collect();
            return Err(TestCaseError::fail(format!(
                "on {}\n{diff}{:?}\n{}",
                day(n),
                guidance(&diary, day(n)).history,
                told(&upto)
            )));
        }
    }
    Ok(())
}

/// How many diaries are tried; `ORACLE_CASES` asks for more (and `SEED` for others).
fn cases() -> u32 {
    let asked = std::env::var("ORACLE_CASES").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(150)
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_shrink_iters: 250,
        failure_persistence: None,
        rng_seed: seed(),
        ..ProptestConfig::with_cases(cases())
    })]

    /// Lives that follow the advice, ignore it, or both by turns.
    #[test]
    fn lives_are_read_alike(profile in select(Profile::ALL), (start, genes) in any_life(1..45)) {
        let list = lived(profile, &start, &genes);
        agree(&list, genes.len() + 35)?;
    }
}

/// What else may stand in a diary, on which day and hour.
#[derive(Debug, Clone)]
enum Spice {
    Plan(Box<Plan>),
    Clearance(Clearance),
    Benchmark(Benchmark),
    Late(i64, u8, bool),
    Walk(u8),
    Test(usize, u8),
    Strength(u8),
    Flagged(RedFlag, bool),
    Kept(i64),
    Away(Absence),
    Forgotten,
}

/// Ladders that a clinician may have given: short ones, without runs, without run-walks,
/// and one whose levels are called as the built-in ones are.
fn any_ladder() -> impl Strategy<Value = LadderSpec> {
    let ladders: [&[(&str, f64, f64, u32)]; 4] = [
        &[("a", 1.0, 1.0, 5), ("b", 3.0, 1.0, 5), ("c", 20.0, 0.0, 1)],
        &[("R1", 2.0, 1.0, 5), ("b", 4.0, 1.0, 5)],
        &[
            ("c", 10.0, 0.0, 1),
            ("C1", 15.0, 0.0, 1),
            ("d", 20.0, 0.0, 1),
        ],
        &[
            ("R2", 1.0, 1.0, 6),
            ("R3", 2.0, 1.0, 6),
            ("R5", 4.0, 1.0, 4),
            ("C1", 18.0, 0.0, 1),
            ("mixed", 6.0, 1.0, 4),
        ],
    ];
    let spec = |levels: &[(&str, f64, f64, u32)]| LadderSpec {
        name: String::new(),
        levels: levels
            .iter()
            .map(|(id, run, walk, reps)| LevelSpec {
                id: (*id).to_owned(),
                run: *run,
                walk: *walk,
                reps: *reps,
                extra: Extra::new(),
            })
            .collect(),
        extra: Extra::new(),
    };
    select(ladders.map(spec).to_vec())
}

fn any_limits() -> impl Strategy<Value = Option<Limits>> {
    let by = prop_oneof![Just(String::new()), Just("physio".to_owned())];
    let pain = of((0..=6_u8).prop_map(score));
    let level = of("W[3-5]|R[1-9]|C[1-6]");
    let counts = (of(1..=4_u8), of(0..=3_u8), of(1..=5_u8));
    let own = (by, of(any_ladder()));
    of(
        (own, pain, level, counts).prop_map(|((by, ladder), max_pain_during, max_level, n)| {
            Limits {
                by,
                ladder,
                max_pain_during,
                max_level,
                ok_needed: n.0,
                min_rest_days: n.1,
                max_per_week: n.2,
                ..Limits::default()
            }
        }),
    )
}

fn any_spice() -> impl Strategy<Value = Spice> {
    let site = select(&[Site::Knee, Site::Shin, Site::Calf][..]);
    let side = select(&[Side::Left, Side::Right][..]);
    let places = prop_oneof![
        3 => Just(None),
        1 => select(Stage::ALL).prop_map(Some),
    ];
    let truths = (any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    let plan_ = (
        select(Profile::ALL),
        site,
        side,
        truths,
        places,
        1..=4_u8,
        (0..=4_u8, any_limits()),
    )
        .prop_map(
            |(profile, site, side, truths, stage, week, (usual, limits))| {
                let mut p = plan(profile, stage.unwrap_or(Stage::RunWalk), None);
                p.injury.site = site;
                p.injury.side = side;
                p.no_clinician = truths.0;
                p.needs_clearance = truths.1 && profile == Profile::Bone;
                p.injury.surgery = truths.2;
                p.sessions_per_week = week;
                p.usual_pain = score(usual);
                p.birth_on = (week == 4).then(|| day(0) - TimeDelta::days(60));
                p.limits = limits;
                Spice::Plan(Box::new(p))
            },
        );
    let level = || of("W[1-5]|R[1-9]|C[1-6]");
    let word = (
        prop::bool::weighted(0.8),
        level(),
        level(),
        any::<bool>(),
        of(select(RedFlag::ALL)),
    );
    let word = word.prop_map(
        |(granted, restart_level, max_level, softer_profile, flag)| {
            Spice::Clearance(Clearance {
                granted,
                restart_level,
                max_level,
                softer_profile,
                known_flags: flag.into_iter().collect(),
                ..clearance()
            })
        },
    );
    let bench = (any::<bool>(), select(Stage::ALL), any::<bool>()).prop_map(|(met, stage, a)| {
        Spice::Benchmark(benchmark(
            if a { "hops" } else { "raises" },
            Some(stage),
            met,
        ))
    });
    let reason = select(AbsenceReason::ALL);
    let away = (reason, any::<bool>(), of(0..10_i64)).prop_map(|(reason, fever, n)| {
        Spice::Away(Absence {
            from: day(0),
            until: n.map(|n| day(0) + TimeDelta::days(n)),
            reason,
            fever,
        })
    });
    prop_oneof![
        3 => plan_,
        3 => word,
        2 => bench,
        2 => (1..4_i64, 0..4_u8, any::<bool>()).prop_map(|(n, p, r)| Spice::Late(n, p, r)),
        2 => (0..=10_u8).prop_map(Spice::Walk),
        2 => (0..16_usize, 0..4_u8).prop_map(|(n, p)| Spice::Test(n, p)),
        1 => (0..=10_u8).prop_map(Spice::Strength),
        2 => (select(RedFlag::ALL), any::<bool>()).prop_map(|(f, w)| Spice::Flagged(f, w)),
        1 => (0..3_i64).prop_map(Spice::Kept),
        1 => away,
        1 => Just(Spice::Forgotten),
    ]
}

/// Puts the spice into a diary, at an hour of a day; an older entry may be removed.
fn season(list: &mut Vec<Entry>, on: NaiveDate, hour: u32, spice: &Spice) {
    let mut flags = Vec::new();
    let body = match spice.clone() {
        Spice::Plan(p) => Body::Plan(p),
        Spice::Clearance(c) => Body::Clearance(c),
        Spice::Benchmark(b) => Body::Benchmark(b),
        Spice::Late(n, pain, remembered) => {
            let mut m = morning(pain);
            m.for_day = Some(on - TimeDelta::days(n));
            m.remembered = remembered;
            Body::Morning(m)
        }
        Spice::Walk(pain) => {
            let mut s = session(&Ladder::builtin().levels()[2]);
            s.level = None;
            s.pain_during = score(pain);
            Body::Session(Box::new(s))
        }
        Spice::Test(failed, pain) => {
            let mut t = self_test();
            t.items[failed % 8].passed = failed >= 8;
            t.items[0].pain = score(pain);
            Body::SelfTest(t)
        }
        Spice::Strength(pain) => Body::Strength(Strength {
            items: Vec::new(),
            pain: score(pain),
        }),
        Spice::Flagged(flag, worse) => {
            flags.push(flag);
            Body::Morning(Morning {
                worse,
                ..morning(0)
            })
        }
        Spice::Kept(n) => Body::Appointment(Appointment {
            with: "physio".into(),
            date: on - TimeDelta::days(n),
            kept: Some(true),
            questions: String::new(),
        }),
        Spice::Away(a) => {
            let until = a.until.map(|u| on + (u - a.from));
            Body::Absence(Absence {
                from: on,
                until,
                ..a
            })
        }
        Spice::Forgotten => {
            let at = usize::try_from(hour).unwrap() * 7 % list.len();
            if at > 0 {
                list[at].deleted = true;
            }
            return;
        }
    };
    let mut e = entry(list, on, hour, body);
    e.flags = flags;
    list.push(e);
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_shrink_iters: 250,
        failure_persistence: None,
        rng_seed: seed(),
        ..ProptestConfig::with_cases(cases())
    })]

    /// The same with plans that change, words of clinicians, limits, benchmarks, late
    /// answers, tests at any time, and entries taken back.
    #[test]
    fn restless_lives_are_read_alike(
        profile in select(Profile::ALL),
        (start, genes) in any_life(1..40),
        spices in vec((0..40_usize, 5..23_u32, any_spice()), 1..6),
    ) {
        let mut list = lived(profile, &start, &genes);
        for (on, hour, spice) in &spices {
            season(&mut list, day(*on % genes.len()), *hour, spice);
        }
        agree(&list, genes.len() + 35)?;
    }
}

/// The freedoms of section 8 in their order: days between them, and how many days before
/// or after the first day each is entered.
fn free(list: &mut Vec<Entry>, gaps: &[(usize, i64)]) {
    let mut n = 0;
    for (name, (gap, entered)) in FreedomName::ALL.iter().zip(gaps) {
        n += gap;
        let on = day(n) + TimeDelta::days(*entered);
        let freedom = Freedom {
            name: *name,
            from: day(n),
        };
        let e = entry(list, on, 10, Body::Freedom(freedom));
        list.push(e);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_shrink_iters: 250,
        failure_persistence: None,
        rng_seed: seed(),
        ..ProptestConfig::with_cases(cases() / 3)
    })]

    /// Lives by a clinician's numbers and ladder from the first day, and with freedoms.
    #[test]
    fn lives_by_other_numbers_are_read_alike(
        profile in select(Profile::ALL),
        (mut start, genes) in any_life(10..60),
        limits in any_limits(),
        home in any::<bool>(),
        gaps in vec((5..10_usize, -1..=1_i64), 0..9),
        spices in vec((0..40_usize, 5..23_u32, any_spice()), 0..2),
    ) {
        if home {
            start.place = (Stage::Running, None);
        }
        let mut list = lived_under(profile, &start, &genes, limits);
        free(&mut list, &gaps);
        for (on, hour, spice) in &spices {
            season(&mut list, day(*on % genes.len()), *hour, spice);
        }
        agree(&list, genes.len() + 35)?;
    }
}

#[test]
fn scenarios_are_read_alike() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    let mut wrong = String::new();
    for file in files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "json"))
    {
        let s: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let diary: Diary = s["entries"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
            .map(|(n, e)| {
                codec::entry_from_json(e.clone(), Some(Uuid::from_u128(n as u128 + 1))).unwrap()
            })
            .collect();
        let on: NaiveDate = s["on"].as_str().unwrap().parse().unwrap();
        let first = diary.visible().iter().map(|e| e.day()).min().unwrap_or(on);
        for at in first
            .iter_days()
            .take_while(|d| *d <= on + chrono::TimeDelta::days(40))
        {
            let diff = differences(&diary, at);
            if !diff.is_empty() {
                wrong.push_str(&format!(
                    "{} on {at}\n{diff}",
                    file.file_stem().unwrap().to_string_lossy()
                ));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
