//! What must hold for every diary (progression, section 10).
#![allow(clippy::unwrap_used)]

use crate::support;
use chrono::{NaiveDate, TimeDelta};
use footing::diary::Diary;
use footing::diary::backup;
use footing::diary::entry::{Body, Entry, Morning, Session};
use footing::diary::vocabulary::{PainBehaviour, Profile, Stage};
use footing::rules::guidance::{Advice, ChangeCause, Guidance, Missing, Rule};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::any_entry;
use support::diaries::{
    Also, allows_more, any_life, any_worse, clearance, day, entry, lived, morning, plan, score,
    seed, self_test, session, worsen,
};

fn diary(list: &[Entry]) -> Diary {
    list.iter().cloned().collect()
}

/// Days after the last entry on which guidance is compared too.
const AFTER: usize = 40;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(cases);
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: seed(),
        ..ProptestConfig::default()
    }
}

/// The first day on which `a` allows more than `b`, from a day to some weeks after the end.
fn more_allowed(a: &[Entry], b: &[Entry], from: usize, to: usize) -> Option<String> {
    let (a, b) = (diary(a), diary(b));
    for n in from..to + AFTER {
        let (a, b) = (guidance(&a, day(n)), guidance(&b, day(n)));
        // The page's own exceptions. A level-up that the cap delays may be overtaken by one
        // that comes later but that no earlier ones delay; a self-test passed later starts
        // the count of a gap later.
        if b.reasons.iter().any(|r| r.rule == Rule::LevelUps) {
            return None;
        }
        if let Some(more) = allows_more(&a, &b) {
            return Some(format!("on {}: {more}", day(n)));
        }
    }
    None
}

fn told(list: &[Entry]) -> String {
    list.iter()
        .map(footing::diary::codec::to_text)
        .collect::<Vec<_>>()
        .join("\n")
}

proptest! {
    #![proptest_config(config(150))]

    /// 1: one worse number, flag or answer never allows more running.
    #[test]
    fn worse_never_allows_more(
        profile in select(Profile::ALL),
        (start, genes) in any_life(5..45),
        at in any::<Index>(),
        how in any_worse(),
    ) {
        let list = lived(profile, &start, &genes);
        let places: Vec<usize> = (0..list.len())
            .filter(|i| matches!(
                list[*i].body,
                Body::Session(_) | Body::Morning(_) | Body::SelfTest(_)
            ))
            .collect();
        prop_assume!(!places.is_empty());
        let place = places[at.index(places.len())];
        let mut worse = list.clone();
        prop_assume!(worsen(&mut worse[place], how));
        let from = usize::try_from((list[place].day() - day(0)).num_days()).unwrap();
        let found = more_allowed(&worse, &list, from, genes.len());
        prop_assert!(found.is_none(), "{found:?}\n{}\nworse:\n{}", told(&list), told(&worse[place..=place]));
    }
}

proptest! {
    #![proptest_config(config(60))]

    /// 4: bone is never more permissive than joint, joint never more than tendon.
    #[test]
    fn a_stricter_profile_never_allows_more(
        pair in select(&[
            (Profile::Bone, Profile::Joint),
            (Profile::Joint, Profile::Tendon),
            (Profile::Bone, Profile::Tendon),
            (Profile::Joint, Profile::Muscle),
            (Profile::Muscle, Profile::Joint),
        ][..]),
        soft_lives in any::<bool>(),
        (mut start, mut genes) in any_life(5..45),
    ) {
        start.cleared = true;
        for gene in &mut genes {
            if matches!(gene.also, Also::Clearance(true, _)) {
                gene.also = Also::Nothing;
            }
        }
        let who = if soft_lives { pair.1 } else { pair.0 };
        let list = lived(who, &start, &genes);
        let of = |profile| {
            let mut list = list.clone();
            for e in &mut list {
                if let Body::Plan(p) = &mut e.body {
                    p.injury.profile = profile;
                    p.needs_clearance = false;
                }
            }
            list
        };
        let found = more_allowed(&of(pair.0), &of(pair.1), 0, genes.len());
        prop_assert!(found.is_none(), "{pair:?} {found:?}\n{}", told(&list));
    }
}

/// Whether two runs may be advised on neighbouring days, level-ups, and days with runs.
fn check_pace(list: &[Entry], days: usize) -> Result<(), TestCaseError> {
    let diary = diary(list);
    let ladder = Ladder::builtin();
    let mut ran: Vec<NaiveDate> = Vec::new();
    let mut before: Option<Guidance> = None;
    for n in 0..days {
        let g = guidance(&diary, day(n));
        let done = list
            .iter()
            .any(|e| e.day() == day(n) && matches!(&e.body, Body::Session(s) if s.run_min > 0.0));
        if g.advice.runs() && !done {
            let yesterday = day(n) - TimeDelta::days(1);
            prop_assert!(g.stage == Some(Stage::Running) || ran.last() != Some(&yesterday));
            let week = ran.iter().filter(|d| (day(n) - **d).num_days() < 7).count();
            prop_assert!(week < 4, "{week} runs in the week before {}", day(n));
        }
        if done {
            ran.push(day(n));
        }
        let ups: Vec<_> = g
            .history
            .windows(2)
            .filter(|w| w[1].cause == ChangeCause::Up && w[1].on >= w[0].on)
            .map(|w| &w[1])
            .filter(|c| {
                let at = |id: &Option<String>| id.as_deref().and_then(|id| ladder.index(id));
                match (at(&c.from), ladder.index(&c.to)) {
                    (Some(a), Some(b)) => b == a + 1 && a != 4,
                    _ => false,
                }
            })
            .collect();
        for up in &ups {
            let same = ups
                .iter()
                .filter(|u| (0..7).contains(&(u.on - up.on).num_days()));
            prop_assert!(same.count() <= 2, "level-ups {ups:?}");
        }
        // Up by more than one only by a clinician's word, the self-test, or from a walk.
        if let Some(was) = &before {
            let at = |g: &Guidance| g.standing_level.as_deref().and_then(|id| ladder.index(id));
            let word = list
                .iter()
                .any(|e| e.day() == day(n) && matches!(e.body, Body::Clearance(_) | Body::Plan(_)));
            if let (Some(a), Some(b), false) = (at(was), at(&g), word) {
                prop_assert!(
                    b <= a + 1 || a == 4,
                    "{:?} to {:?}",
                    was.standing_level,
                    g.standing_level
                );
            }
        }
        before = Some(g);
    }
    Ok(())
}

/// What no guidance may hold, whatever the diary.
fn check_sane(g: &Guidance) -> Result<(), TestCaseError> {
    let sessions = matches!(g.advice, Advice::Walk | Advice::RunWalk | Advice::Run);
    // A paused, uncleared or resting runner has no prescription.
    prop_assert_eq!(g.prescription().is_some(), sessions);
    prop_assert!(
        g.paused_since.is_none() || !sessions,
        "paused, yet {:?}",
        g.advice
    );
    prop_assert!(g.prescription().is_some() || g.easier().is_empty());
    if let Some(p) = g.prescription() {
        prop_assert_eq!(g.advice.runs(), p.run_s > 0, "{:?} {:?}", g.advice, p);
        prop_assert_eq!(Some(&p.level), g.level.as_ref());
        let most = p.run_s * p.reps;
        for e in g.easier() {
            prop_assert!(e.level != p.level);
            prop_assert!(
                most > 0 || e.run_s == 0,
                "a walk's easier choice runs: {e:?}"
            );
        }
    }
    prop_assert!(g.severity.is_none_or(|s| s <= 5));
    if let (Some(first), true) = (g.not_before, sessions) {
        prop_assert_eq!(first, g.on);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(80))]

    /// 2, 3 and 5, and the types: on every day of any life.
    #[test]
    fn every_day_of_a_life_is_sane(
        profile in select(Profile::ALL),
        (start, genes) in any_life(5..60),
    ) {
        let list = lived(profile, &start, &genes);
        let ladder = Ladder::builtin();
        check_pace(&list, genes.len() + AFTER)?;
        let full = diary(&list);
        for n in 0..genes.len() + AFTER {
            let g = guidance(&full, day(n));
            check_sane(&g)?;
            let asks = profile == Profile::Bone || g.stage > Some(Stage::Walking);
            let consulted = start.no_clinician && profile != Profile::Bone || list.iter().any(|e| {
                e.day() <= day(n) && matches!(&e.body, Body::Clearance(c) if c.granted)
            });
            if asks && !consulted {
                prop_assert!(g.prescription().is_none() || g.stage <= Some(Stage::Rest));
            }
            for e in g.easier() {
                let at = |id: &str| ladder.index(id).unwrap();
                prop_assert!(at(&e.level) < at(&g.prescription().unwrap().level));
            }
            // 5: against what was really run, and at least R1.
            let p = g.prescription();
            if let Some(p) = p.filter(|_| g.stage >= Some(Stage::ShortRuns)) {
                let asked = f64::from(p.run_s * p.reps) / 60.0;
                let most = list
                    .iter()
                    .filter(|e| (0..=30).contains(&(day(n) - e.day()).num_days()))
                    .filter_map(|e| match &e.body {
                        Body::Session(s) if s.run_min > 0.0 => Some(s.run_min),
                        _ => None,
                    })
                    .reduce(f64::max);
                if let Some(most) = most {
                    prop_assert!(asked <= most * 1.1 + 1e-6 || p.level == "R1", "{p:?} {most}");
                }
            }
        }
    }

    /// 6: the order of entries, a repeat and a backup change nothing.
    #[test]
    fn order_and_backup_change_nothing(
        profile in select(Profile::ALL),
        (start, genes) in any_life(5..40),
        odd in vec(any_entry(), 0..4),
        seed in any::<u64>(),
    ) {
        let mut list = lived(profile, &start, &genes);
        list.extend(odd);
        let here = diary(&list);
        let mut other = list.clone();
        let n = other.len();
        for i in 0..n {
            let j = usize::try_from(seed.rotate_left(u32::try_from(i % 64).unwrap()) % n as u64).unwrap();
            other.swap(i, j);
        }
        let shuffled = diary(&other);
        let text = backup::export(&here, &[], None, &list[0].at);
        let back: Diary = backup::read(&text).unwrap().entries.into_iter().collect();
        for n in (0..genes.len() + AFTER).step_by(3) {
            let g = guidance(&here, day(n));
            prop_assert_eq!(&g, &guidance(&shuffled, day(n)));
            prop_assert_eq!(&g, &guidance(&back, day(n)));
        }
    }

    /// 8, and 2, 3 in part: nonsense gives an answer too.
    #[test]
    fn nonsense_gives_a_sane_answer(
        list in vec(any_entry(), 0..25),
        near in any::<bool>(),
        n in 0..800_usize,
    ) {
        let mut list = list;
        if near {
            for (i, e) in list.iter_mut().enumerate() {
                let on = day(i * 37 % 60);
                e.at = entry(&[], on, 8, Body::Flag).at;
                e.deleted = false;
            }
        }
        let full = diary(&list);
        let on = if near { day(n % 120) } else { day(n) + TimeDelta::days(50_000) };
        for on in [on, day(0), NaiveDate::MIN, NaiveDate::MAX] {
            check_sane(&guidance(&full, on))?;
        }
    }
}

/// 7: three times a week, no pain: how many weeks from W1 to C6.
fn weeks_to_c6(profile: Profile) -> f64 {
    let ladder = Ladder::builtin();
    let mut list: Vec<Entry> = Vec::new();
    let mut plan = plan(profile, Stage::Walking, None);
    plan.no_clinician = profile != Profile::Bone;
    list.push(entry(&list, day(0), 6, Body::Plan(Box::new(plan))));
    list.push(entry(&list, day(0), 7, Body::Clearance(clearance())));
    for n in 0..400 {
        let today = day(n);
        list.push(entry(&list, today, 8, Body::Morning(morning(0))));
        let g = guidance(&diary(&list), today);
        if g.standing_level.as_deref() == Some("C6") {
            return f64::from(u32::try_from(n).unwrap()) / 7.0;
        }
        // Monday, Wednesday, Friday.
        if g.advice == Advice::SelfTest {
            list.push(entry(&list, today, 17, Body::SelfTest(self_test())));
        }
        if let Some(p) = g.prescription().filter(|_| [0, 2, 4].contains(&(n % 7))) {
            let s = session(ladder.level(&p.level).unwrap());
            list.push(entry(&list, today, 18, Body::Session(Box::new(s))));
        }
    }
    400.0
}

#[test]
fn a_steady_painless_runner_is_back_in_some_months() {
    for profile in Profile::ALL {
        let weeks = weeks_to_c6(*profile);
        println!("{profile:?}: {weeks:.1} weeks");
        let most = if *profile == Profile::Bone {
            17.0..=24.0
        } else {
            12.0..=17.0
        };
        assert!(most.contains(&weeks), "{profile:?}: {weeks:.1} weeks");
    }
}

/// The type says it: what a paused runner may do does not exist.
#[test]
fn a_pause_leaves_no_prescription_and_nothing_easier() {
    let mut list: Vec<Entry> = Vec::new();
    let mut plan = plan(Profile::Joint, Stage::RunWalk, Some("R5"));
    plan.no_clinician = true;
    list.push(entry(&list, day(0), 6, Body::Plan(Box::new(plan))));
    let before = guidance(&diary(&list), day(0));
    assert!(before.prescription().is_some() && !before.easier().is_empty());
    let mut s = session(Ladder::builtin().level("R5").unwrap());
    s.pain_during = score(9);
    list.push(entry(&list, day(0), 18, Body::Session(Box::new(s))));
    for n in 0..200 {
        let g = guidance(&diary(&list), day(n));
        assert!(g.prescription().is_none() && g.easier().is_empty());
        assert!(!matches!(g.gate.first(), Some(Missing::Days { .. })));
    }
}

/// What one session with one morning leads to, two mornings later: severity, and place.
fn verdict_of(profile: Profile, usual: u8, s: &Session, m: &Morning) -> (u8, Guidance) {
    let mut list: Vec<Entry> = Vec::new();
    let mut plan = plan(profile, Stage::RunWalk, Some("R6"));
    plan.usual_pain = score(usual);
    list.push(entry(&list, day(0), 6, Body::Plan(Box::new(plan))));
    list.push(entry(&list, day(0), 7, Body::Clearance(clearance())));
    list.push(entry(&list, day(0), 18, Body::Session(Box::new(s.clone()))));
    list.push(entry(&list, day(1), 8, Body::Morning(m.clone())));
    let g = guidance(&diary(&list), day(1));
    (g.severity.unwrap(), g)
}

/// 1 and 4 on every single number of a session and its morning, one by one: no step of
/// any scale ever counts less than the one below it, nor less for a stricter profile.
#[test]
fn no_scale_ever_runs_backwards() {
    let quiet = session(Ladder::builtin().level("R6").unwrap());
    let set: [fn(&mut Session, &mut Morning, u8); 7] = [
        |s, _, n| s.pain_before = score(n),
        |s, _, n| s.pain_during = score(n),
        |s, _, n| s.pain_after = score(n),
        |_, m, n| m.pain = score(n),
        |_, m, n| m.stiffness_min = f64::from(n) * 5.0,
        |s, _, n| s.effort = Some(score(n)),
        |s, _, n| s.fear = Some(score(n)),
    ];
    let strict_first = [
        Profile::Bone,
        Profile::Joint,
        Profile::Muscle,
        Profile::Tendon,
    ];
    for (scale, set) in set.iter().enumerate() {
        for pattern in PainBehaviour::ALL {
            for usual in 0..=4 {
                let mut below: [Option<(u8, Guidance)>; 4] = Default::default();
                for n in 0..=10 {
                    let mut softer: Option<(u8, Guidance)> = None;
                    for (i, profile) in strict_first.iter().enumerate().rev() {
                        let (mut s, mut m) = (quiet.clone(), morning(0));
                        s.pattern = *pattern;
                        set(&mut s, &mut m, n);
                        let now = verdict_of(*profile, usual, &s, &m);
                        let what = format!("{scale} {pattern:?} usual {usual} {profile:?} at {n}");
                        if let Some((severity, g)) = &below[i] {
                            assert!(now.0 >= *severity, "{what}: {} below {severity}", now.0);
                            assert_eq!(allows_more(&now.1, g), None, "{what}");
                        }
                        // A sudden pain aside, where muscle and tendon are stricter.
                        let stricter = softer.filter(|_| *pattern != PainBehaviour::Sudden);
                        if let Some((severity, g)) = &stricter {
                            assert!(now.0 >= *severity, "{what}: softer than a softer profile");
                            assert_eq!(allows_more(&now.1, g), None, "{what}");
                        }
                        softer = Some(now.clone());
                        below[i] = Some(now);
                    }
                }
            }
        }
    }
}
