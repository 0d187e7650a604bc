//! What must hold of whole lives (docs/rules.md, section 10), and ten invented runners traced
//! week by week.
#![allow(clippy::unwrap_used, clippy::pedantic)]

use crate::support;
use footing::diary::entry::{Body, Entry, Limits, Morning, Plan, Session};
use footing::diary::vocabulary::{
    ClearanceReason, PainBehaviour, Profile, Stage, StoppedFor, Swelling,
};
use footing::rules::guidance::{Advice, ChangeCause, Guidance, Rule};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::diaries::{
    Also, Gene, any_life, clearance, day, entry, lived, morning, score, seed, session,
};
use support::lives::{Walked, as_advised, brisk, diary, simple, way_on, weeks_to};

fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        cases: asked.and_then(|n| n.parse().ok()).unwrap_or(cases),
        max_shrink_iters: 200,
        failure_persistence: None,
        rng_seed: seed(),
        ..ProptestConfig::default()
    }
}

fn told(list: &[Entry]) -> String {
    let texts: Vec<String> = list.iter().map(footing::diary::codec::to_text).collect();
    texts.join("\n")
}

fn has(g: &Guidance, rule: Rule) -> bool {
    g.reasons.iter().any(|r| r.rule == rule)
}

/// A life in which nothing hurts and nothing is a sign: only what is done or left out.
fn without_symptoms(genes: &mut [Gene]) {
    for gene in genes {
        gene.wakes = (0, 0.0, 0, false);
        gene.pain = [0; 3];
        gene.felt = (PainBehaviour::None, 0);
        gene.truths = [false, false, gene.truths[2]];
        gene.settled.0 = None;
        match &mut gene.also {
            Also::Sport(_, pain) => *pain = 0,
            Also::Sign(_) | Also::Bony(_) | Also::Clearance(false, _) => gene.also = Also::Nothing,
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(config(80))]

    /// 11: without a symptom there is no pause and no step down, time away and LONGEST aside.
    #[test]
    fn without_symptoms_nobody_is_paused_or_stepped_down(
        profile in select(Profile::ALL),
        (mut start, mut genes) in any_life(5..60),
    ) {
        start.usual = 0;
        without_symptoms(&mut genes);
        let list = lived(profile, &start, &genes);
        let known = diary(&list);
        for n in (0..genes.len() + 20).step_by(5) {
            let g = guidance(&known, day(n));
            prop_assert!(g.paused_since.is_none(), "day {n}\n{}", told(&list));
            let down = g.history.iter().find(|c| {
                matches!(c.cause, ChangeCause::Down(rule) if rule != Rule::Longest)
            });
            prop_assert!(down.is_none(), "{down:?}\n{}", told(&list));
        }
    }

    /// 12: a plan that keeps the injury, the start and the ladder moves nobody.
    #[test]
    fn a_plan_that_keeps_the_injury_moves_nobody(
        profile in select(Profile::ALL),
        (start, genes) in any_life(5..50),
        (week, usual, ok) in (1..=4_u8, 0..=5_u8, prop::option::of(1..=4_u8)),
        by in any::<bool>(),
        at in any::<Index>(),
    ) {
        let list = lived(profile, &start, &genes);
        let on = day(at.index(genes.len()));
        let known: Vec<Entry> = list.iter().filter(|e| e.day() <= on).cloned().collect();
        let mut later = known.clone();
        let Body::Plan(first) = &known[0].body else { unreachable!() };
        let mut kept = first.clone();
        kept.sessions_per_week = week;
        kept.usual_pain = score(usual);
        kept.goal = "a lap of the lake".into();
        kept.limits = Some(Limits {
            by: if by { "physio".into() } else { String::new() },
            ok_needed: ok,
            ..Limits::default()
        });
        later.push(entry(&later, on, 23, Body::Plan(kept)));
        let (a, b) = (guidance(&diary(&known), on), guidance(&diary(&later), on));
        prop_assert_eq!(
            (a.stage, &a.standing_level, a.ok_done),
            (b.stage, &b.standing_level, b.ok_done),
            "{}", told(&later)
        );
    }

    /// 14: `morning` only where an answer without symptoms turns it into a session.
    #[test]
    fn the_morning_is_asked_first_where_it_decides(
        profile in select(Profile::ALL),
        (start, genes) in any_life(5..50),
    ) {
        let list = lived(profile, &start, &genes);
        for n in 0..genes.len() {
            let known: Vec<Entry> = list.iter().filter(|e| e.day() <= day(n)).cloned().collect();
            let answered = |e: &Entry| {
                matches!(&e.body, Body::Morning(m) if m.for_day.unwrap_or(e.day()) == day(n))
            };
            if known.iter().any(answered) {
                continue;
            }
            let g = guidance(&diary(&known), day(n));
            let mut quiet = known.clone();
            let calm = Morning { settled_within_hour: Some(true), ..morning(0) };
            // Before anything else of the day.
            quiet.push(entry(&quiet, day(n), 5, Body::Morning(calm)));
            let then = guidance(&diary(&quiet), day(n));
            let session = matches!(
                then.advice,
                Advice::Walk | Advice::RunWalk | Advice::Run | Advice::SelfTest
            );
            match g.advice {
                Advice::Morning => prop_assert!(session, "day {n}: {:?}\n{}", then.advice, told(&known)),
                Advice::Rest | Advice::Recover => {
                    prop_assert!(!session, "day {n}: {:?} though {:?}\n{}", g.advice, then.advice, told(&known));
                }
                _ => {}
            }
        }
    }

    /// 9: stopping for pain never costs more than finishing with the same pain.
    #[test]
    fn stopping_is_never_dearer(
        profile in select(Profile::ALL),
        (start, genes) in any_life(5..45),
        at in any::<Index>(),
        (pain, share) in (1..=10_u8, 0..95_u8),
        wakes in prop::collection::vec(0..4_u8, 4),
    ) {
        let list = lived(profile, &start, &genes);
        let runs: Vec<usize> = (0..list.len())
            .filter(|i| matches!(&list[*i].body, Body::Session(s) if s.run_min > 0.0))
            .collect();
        prop_assume!(!runs.is_empty());
        let place = runs[at.index(runs.len())];
        let on = list[place].day();
        let with = |stopped: bool| -> Vec<Entry> {
            let mut known: Vec<Entry> = list.iter().filter(|e| e.day() <= on).cloned().collect();
            let Body::Session(s) = &mut known[place].body else { unreachable!() };
            s.pain_during = score(pain);
            let level = s.level.as_deref().and_then(|id| Ladder::builtin().level(id).cloned());
            let asked = level.map_or(s.run_min, |l| l.run_min());
            if stopped {
                s.run_min = asked * f64::from(share) / 100.0;
                s.hurt = true;
                s.stopped_for = Some(StoppedFor::Pain);
            } else {
                s.run_min = asked;
                s.hurt = false;
                s.stopped_for = None;
            }
            for (n, pain) in (1..).zip(&wakes) {
                let m = Body::Morning(morning(*pain));
                known.push(entry(&known, on + chrono::TimeDelta::days(n), 8, m));
            }
            known
        };
        let (stopped, finished) = (diary(&with(true)), diary(&with(false)));
        for n in 0..4 {
            let day = on + chrono::TimeDelta::days(n);
            let (a, b) = (guidance(&stopped, day), guidance(&finished, day));
            let what = format!("{day}: {:?} {:?} against {:?} {:?}\n{}",
                a.advice, a.standing_level, b.advice, b.standing_level, told(&with(true)));
            prop_assert!(a.paused_since.is_none() || b.paused_since.is_some(), "{what}");
            prop_assert!(a.severity <= b.severity.max(Some(1)), "{what}");
            let place = |g: &Guidance| g.standing_level.as_deref().and_then(|id| Ladder::builtin().index(id));
            let rose = b.history.last().is_some_and(|c| c.cause == ChangeCause::Up && c.on > on);
            // A session longer than LONGEST allowed would have lifted it.
            let longest = has(&a, Rule::Longest)
                || a.history.iter().any(|c| c.cause == ChangeCause::Down(Rule::Longest) && c.on > on);
            if !rose && !longest {
                prop_assert!(place(&a) >= place(&b), "{what}");
                prop_assert!(a.stage >= b.stage, "{what}");
                let waits = |g: &Guidance| g.not_before.unwrap_or(chrono::NaiveDate::MAX);
                prop_assert!(waits(&a) <= waits(&b), "{what}");
            }
        }
    }
}

/// How many lives are walked; the command of the same name walks more.
const LIVES: u32 = 300;

proptest! {
    #![proptest_config(config(LIVES))]

    /// Every runner who is not paused, waiting for a clinician or home has a way on, which the
    /// app names, and which changes stage, level or pause within 28 days.
    #[test]
    fn everyone_has_a_way_on(
        profile in select(Profile::ALL),
        (start, genes) in any_life(5..60),
        at in any::<Index>(),
    ) {
        let list = lived(profile, &start, &genes);
        let on = day(at.index(genes.len()));
        let way = way_on(&list, on);
        prop_assert!(way.is_ok(), "{}\n{}", way.unwrap_err(), told(&list));
    }
}

/// 7: steady runners, no pain.
#[test]
fn steady_runners_come_home_in_the_pages_weeks() {
    let three: &[usize] = &[0, 2, 4];
    let walk = |profile, per_week: u8, on: &[usize], goal: &str| {
        let mut p = simple(profile, Stage::Walking, None);
        p.sessions_per_week = per_week;
        weeks_to(p, profile == Profile::Bone, on, goal, 300).unwrap()
    };
    for profile in [Profile::Joint, Profile::Muscle, Profile::Tendon] {
        let (c1, c6) = (walk(profile, 3, three, "C1"), walk(profile, 3, three, "C6"));
        println!("{profile:?}, 3 a week: C1 {c1:.1}, C6 {c6:.1} weeks");
        assert!((12.0..=17.0).contains(&c6), "{profile:?} {c6}");
    }
    let (c1, c6) = (
        walk(Profile::Bone, 3, three, "C1"),
        walk(Profile::Bone, 3, three, "C6"),
    );
    println!("Bone, 3 a week: C1 {c1:.1}, C6 {c6:.1} weeks");
    assert!((17.0..=24.0).contains(&c6), "{c6}");
    for (per_week, on) in [(2, &[0, 3][..]), (4, &[0, 2, 4, 6])] {
        let c6 = walk(Profile::Joint, per_week, on, "C6");
        println!("Joint, {per_week} a week: C6 {c6:.1} weeks");
    }
    for profile in [Profile::Joint, Profile::Bone] {
        let c1 = weeks_to(brisk(profile), true, three, "B9", 200).unwrap();
        let c6 = weeks_to(brisk(profile), true, three, "B12", 200).unwrap();
        println!("{profile:?}, brisk: continuous {c1:.1}, 30 minutes {c6:.1} weeks");
        if profile == Profile::Joint {
            assert!((5.0..=7.0).contains(&c1), "{c1}");
        }
    }
}

/// A runner from R3 who does this each day: the day on which C6 is reached.
fn day_of_c6(
    profile: Profile,
    days: usize,
    mut act: impl FnMut(usize, &Guidance, &Ladder) -> Vec<Body>,
) -> Option<usize> {
    let mut runner = Walked::under(simple(profile, Stage::RunWalk, Some("R3")), true);
    for n in 0..days {
        let mut there = false;
        runner.days(
            n..n + 1,
            |_| Some(0),
            |n, g, ladder| {
                there = g.standing_level.as_deref() == Some("C6");
                act(n, g, ladder)
            },
        );
        if there {
            return Some(n);
        }
    }
    None
}

fn run(level: &str) -> Session {
    session(Ladder::builtin().level(level).unwrap())
}

fn body(s: Session) -> Body {
    Body::Session(Box::new(s))
}

/// 10: more, or longer, than advised never comes home sooner.
/// What a runner does on a day, by what it asks for.
type Way = Box<dyn FnMut(usize, &Guidance, &Ladder) -> Vec<Body>>;

#[test]
fn more_is_never_sooner() {
    for profile in [Profile::Joint, Profile::Bone] {
        let advised = day_of_c6(profile, 200, |_, g, ladder| as_advised(g, ladder)).unwrap();
        let own = |g: &Guidance| run(g.standing_level.as_deref().unwrap());
        let ways: [(&str, Way); 6] = [
            (
                "five a week",
                Box::new(move |n, g: &Guidance, _: &Ladder| {
                    if n % 7 < 5 {
                        vec![body(own(g))]
                    } else {
                        Vec::new()
                    }
                }),
            ),
            (
                "every day",
                Box::new(move |_, g: &Guidance, _: &Ladder| vec![body(own(g))]),
            ),
            (
                "twice a day",
                Box::new(move |_, g: &Guidance, ladder: &Ladder| {
                    let mut done = as_advised(g, ladder);
                    done.extend(done.clone());
                    done
                }),
            ),
            (
                "a fifth longer",
                Box::new(move |_, g: &Guidance, ladder: &Ladder| {
                    let mut done = as_advised(g, ladder);
                    for b in &mut done {
                        if let Body::Session(s) = b {
                            s.run_min *= 1.2;
                        }
                    }
                    done
                }),
            ),
            (
                "a level ahead",
                Box::new(move |_, g: &Guidance, ladder: &Ladder| {
                    let at = g.prescription().and_then(|p| ladder.index(&p.level));
                    let next = at.and_then(|i| ladder.levels().get(i + 1));
                    next.map(|l| body(session(l))).into_iter().collect()
                }),
            ),
            (
                "half an hour off the plan beside it",
                Box::new(move |n, g: &Guidance, ladder: &Ladder| {
                    let mut done = as_advised(g, ladder);
                    if n % 7 == 6 {
                        let mut off = run("C6");
                        off.level = None;
                        done.push(body(off));
                    }
                    done
                }),
            ),
        ];
        println!("{profile:?}: as advised, C6 on day {advised}");
        for (how, act) in ways {
            let more = day_of_c6(profile, 200, act);
            println!("{profile:?}: {how}: {more:?}");
            assert!(
                more.is_none_or(|n| n >= advised),
                "{profile:?} {how}: {more:?} before {advised}"
            );
        }
    }
}

// Invented runners, traced week by week: what the page makes of them.

/// Level (or what is asked for) at the end of each week.
fn weeks(runner: &Walked, days: usize) -> String {
    let known = diary(&runner.list);
    let told = (6..days).step_by(7).map(|n| {
        let g = guidance(&known, day(n));
        let level = g.standing_level.unwrap_or_else(|| "rest".into());
        if g.paused_since.is_some() {
            format!("({level})")
        } else {
            level
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

fn level_on(runner: &Walked, n: usize) -> String {
    let g = guidance(&diary(&runner.list), day(n));
    g.standing_level.unwrap_or_default()
}

/// One session by this, then quiet mornings for some days.
fn after_one(p: Plan, level: &str, change: impl Fn(&mut Session)) -> Guidance {
    let mut runner = Walked::under(p, true);
    let mut s = run(level);
    change(&mut s);
    runner.put(day(0), 18, body(s));
    for n in 1..=3 {
        runner.put(day(n), 8, Body::Morning(morning(0)));
    }
    runner.ask(day(3))
}

fn felt(pain: u8, pattern: PainBehaviour, limp: bool) -> impl Fn(&mut Session) {
    move |s| {
        s.pain_during = score(pain);
        s.pattern = pattern;
        s.limp = limp;
    }
}

#[test]
fn a_grab_a_pop_a_stab_at_r9() {
    let at = |profile| simple(profile, Stage::RunWalk, Some("R9"));
    let sudden = PainBehaviour::Sudden;
    let told = |g: &Guidance| (g.advice, g.standing_level.clone().unwrap());
    let grab = after_one(at(Profile::Muscle), "R9", felt(6, sudden, true));
    assert_eq!(told(&grab), (Advice::Consult, "R7".into()));
    let pop = after_one(at(Profile::Muscle), "R9", felt(5, sudden, false));
    assert_eq!(told(&pop), (Advice::Consult, "R7".into()));
    // A stab of 3, and a kneecap's of 6: two rest days and a usual morning, then lower.
    let stab = after_one(at(Profile::Muscle), "R9", felt(3, sudden, false));
    assert_eq!(told(&stab), (Advice::RunWalk, "R7".into()));
    let kneecap = after_one(at(Profile::Joint), "R9", felt(6, sudden, false));
    assert_eq!(told(&kneecap), (Advice::RunWalk, "R7".into()));
}

/// "That hurts" at 2 of 10, twice in a week at R5, then as advised.
#[test]
fn who_stops_early_twice_repeats_the_level() {
    let mut runner = Walked::under(simple(Profile::Joint, Stage::RunWalk, Some("R5")), true);
    let mut stops = 2;
    runner.days(
        0..45,
        |_| Some(0),
        |n, g, ladder| {
            if ![0, 2, 4].contains(&(n % 7)) {
                return Vec::new();
            }
            let mut done = as_advised(g, ladder);
            if let (true, Some(Body::Session(s))) = (stops > 0, done.first_mut()) {
                s.run_min /= 2.0;
                s.hurt = true;
                s.pain_during = score(2);
                s.stopped_for = Some(StoppedFor::Pain);
                stops -= 1;
            }
            done
        },
    );
    println!("stops twice: {}", weeks(&runner, 45));
    assert_eq!(level_on(&runner, 4), "R5");
    assert_eq!(level_on(&runner, 37), "R12");
}

/// Runs on both of the ordered rest days: nothing of it counts.
#[test]
fn who_runs_through_the_rest_days_stays() {
    let mut runner = Walked::under(simple(Profile::Joint, Stage::RunWalk, Some("R6")), true);
    runner.days(
        0..5,
        |_| Some(0),
        |n, g, _| match n {
            0 => {
                let mut s = run("R6");
                s.pain_during = score(4);
                vec![body(s)]
            }
            1 | 2 => vec![body(run(g.standing_level.as_deref().unwrap()))],
            _ => Vec::new(),
        },
    );
    println!("runs through: {}", level_on(&runner, 4));
    assert_eq!(level_on(&runner, 4), "R4");
}

#[test]
fn five_a_week_is_told_why_it_does_not_count() {
    for profile in [Profile::Joint, Profile::Bone] {
        let mut runner = Walked::under(simple(profile, Stage::RunWalk, Some("R3")), true);
        runner.days(
            0..84,
            |_| Some(0),
            |n, g, _| {
                let level = g.standing_level.as_deref().unwrap();
                if n % 7 < 5 && level.starts_with(['R', 'C']) {
                    vec![body(run(level))]
                } else {
                    Vec::new()
                }
            },
        );
        println!("{profile:?}, five a week: {}", weeks(&runner, 84));
        let g = runner.ask(day(82));
        assert!(has(&g, Rule::O) && has(&g, Rule::Remind), "{:?}", g.reasons);
        assert!(g.paused_since.is_none());
    }
}

#[test]
fn who_never_answers_stands_still_and_is_asked_why() {
    for level in ["R3", "W1"] {
        let stage = Ladder::builtin().level(level).unwrap().stage;
        let mut runner = Walked::under(simple(Profile::Joint, stage, Some(level)), true);
        runner.days(0..56, |_| None, |_, g, ladder| as_advised(g, ladder));
        println!("never answers, {level}: {}", weeks(&runner, 56));
        assert_eq!(level_on(&runner, 55), level);
        assert!(has(&runner.ask(day(55)), Rule::Remind));
    }
}

/// Ten minutes a day, whatever is asked.
#[test]
fn ten_minutes_a_day_hold_and_pause_nobody() {
    for (level, stays) in [("W1", "W2"), ("R1", "R1")] {
        let stage = Ladder::builtin().level(level).unwrap().stage;
        let mut runner = Walked::under(simple(Profile::Joint, stage, Some(level)), true);
        runner.days(
            0..42,
            |_| Some(0),
            |_, g, ladder| {
                let mut done = as_advised(g, ladder);
                for b in &mut done {
                    if let Body::Session(s) = b {
                        let part = 10.0 / (s.run_min + s.walk_min).max(10.0);
                        s.run_min *= part;
                        s.walk_min *= part;
                    }
                }
                done
            },
        );
        println!("ten minutes a day, {level}: {}", weeks(&runner, 42));
        let g = runner.ask(day(41));
        assert_eq!(g.standing_level.as_deref(), Some(stays));
        assert!(has(&g, Rule::Remind) && g.paused_since.is_none());
    }
}

/// The same pain in every run and every morning.
fn always(p: Plan, known_usual: Option<u8>, pain: u8, wakes: u8, days: usize) -> Walked {
    let mut runner = Walked::under(p, false);
    let mut word = clearance();
    word.known_usual = known_usual.map(score);
    runner.put(day(0), 7, Body::Clearance(word));
    runner.days(
        0..days,
        |_| Some(wakes),
        |n, g, ladder| {
            if ![0, 2, 4].contains(&(n % 7)) {
                return Vec::new();
            }
            let mut done = as_advised(g, ladder);
            for b in &mut done {
                if let Body::Session(s) = b {
                    s.pain_during = score(pain);
                }
            }
            done
        },
    );
    runner
}

#[test]
fn a_steady_pain_stands_or_climbs_by_what_was_agreed() {
    let at = |profile, usual| {
        let mut p = simple(profile, Stage::RunWalk, Some("R3"));
        p.usual_pain = score(usual);
        p
    };
    let three = always(at(Profile::Joint, 2), None, 3, 2, 90);
    println!("knee, usual 2, always 3: {}", weeks(&three, 90));
    assert_eq!(level_on(&three, 89), "R3");
    assert!(has(&three.ask(day(89)), Rule::X2));
    // Alone a usual of 3 waits for a clinician's number; agreed it climbs.
    let alone = always(at(Profile::Joint, 3), None, 3, 3, 20);
    let g = alone.ask(day(19));
    assert!(g.advice == Advice::ClearanceNeeded && has(&g, Rule::Usual));
    for (profile, usual) in [
        (Profile::Joint, 3),
        (Profile::Joint, 4),
        (Profile::Tendon, 4),
    ] {
        let agreed = always(at(profile, usual), Some(usual), usual, usual, 90);
        println!("{profile:?}, usual {usual} agreed: {}", weeks(&agreed, 90));
        let stage = |n| guidance(&diary(&agreed.list), day(n)).stage.unwrap();
        assert_eq!((stage(80), stage(84)), (Stage::ShortRuns, Stage::Running));
    }
}

#[test]
fn a_painkiller_each_time_holds_unless_it_is_known() {
    for known in [false, true] {
        let mut runner = Walked::under(simple(Profile::Joint, Stage::RunWalk, Some("R3")), false);
        let mut word = clearance();
        word.known_painkiller = known;
        runner.put(day(0), 7, Body::Clearance(word));
        runner.days(
            0..48,
            |_| Some(0),
            |n, g, ladder| {
                if ![0, 2, 4].contains(&(n % 7)) {
                    return Vec::new();
                }
                let mut done = as_advised(g, ladder);
                for b in &mut done {
                    if let Body::Session(s) = b {
                        s.painkiller = true;
                    }
                }
                done
            },
        );
        println!("painkiller, known {known}: {}", weeks(&runner, 48));
        assert_eq!(level_on(&runner, 46), if known { "R13" } else { "R3" });
    }
}

#[test]
fn at_fifteen_walks_lead_to_the_self_test_which_waits() {
    let mut p = simple(Profile::Joint, Stage::Walking, None);
    p.no_clinician = false;
    p.needs_clearance = true;
    p.clearance_for = vec![ClearanceReason::Under18];
    let mut runner = Walked::under(p, false);
    runner.days(0..40, |_| Some(0), |_, g, ladder| as_advised(g, ladder));
    println!("15 years: {}", weeks(&runner, 40));
    let g = runner.ask(day(39));
    assert_eq!(
        (g.stage, g.advice),
        (Some(Stage::SelfTest), Advice::ClearanceNeeded)
    );
}

#[test]
fn a_second_result_of_2_waits_and_the_third_pauses() {
    let mut runner = Walked::under(simple(Profile::Joint, Stage::RunWalk, Some("R6")), true);
    let mut told = Vec::new();
    runner.days(
        0..12,
        |_| Some(0),
        |n, g, ladder| {
            let mut done = if n % 3 == 0 {
                as_advised(g, ladder)
            } else {
                Vec::new()
            };
            for b in &mut done {
                if let Body::Session(s) = b {
                    s.pain_during = score(4);
                }
            }
            told.push((g.severity, g.paused_since.is_some()));
            done
        },
    );
    assert_eq!(told[1], (Some(2), false));
    assert_eq!(told[4], (Some(3), false));
    assert_eq!(told[7], (Some(4), true));
}

/// A bone before its day's answer is asked for it first.
#[test]
fn a_bone_is_asked_for_its_morning() {
    let mut runner = Walked::under(simple(Profile::Bone, Stage::RunWalk, Some("R6")), true);
    runner.put(day(0), 8, Body::Morning(morning(0)));
    runner.put(day(0), 18, body(run("R6")));
    runner.put(day(1), 8, Body::Morning(morning(0)));
    assert_eq!(runner.ask(day(2)).advice, Advice::Morning);
    let swollen = Morning {
        swelling: Swelling::Clear,
        ..morning(0)
    };
    runner.put(day(2), 8, Body::Morning(swollen));
    assert_eq!(runner.ask(day(2)).advice, Advice::Consult);
}
