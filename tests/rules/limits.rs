//! What the verdict table leaves to its words: limits that a clinician or the runner set,
//! the exact edges, and what a row tells. Numbers by hand from the page (section 5).
#![allow(clippy::unwrap_used, clippy::pedantic)]

use crate::support;
use footing::diary::entry::{Body, Extra, Limits, Morning, Plan, Session, SiteMark};
use footing::diary::vocabulary::{
    Movement, PainBehaviour, Profile, Side, Site, Stage, StoppedFor, Swelling,
};
use footing::rules::guidance::DoneOf;
use footing::rules::guidance::{Fact, Rule};
use footing::rules::measure::Measure;
use footing::rules::progression::guidance;
use footing::rules::rows::{
    Completion, MorningReport, SessionReport, Vote, after_votes, median, morning_votes,
    session_votes,
};
use footing::thresholds::ladder::Ladder;
use support::diaries::{day, entry, morning, plan, score, session};

/// A plan with a limit on pain during; `by`: whose, empty for the runner's own.
fn limited(profile: Profile, max: u8, by: &str) -> Plan {
    let mut p = plan(profile, Stage::RunWalk, None);
    p.injury.site = Site::Kneecap;
    p.limits = Some(Limits {
        by: by.into(),
        max_pain_during: Some(score(max)),
        ..Limits::default()
    });
    p
}

/// What a session's rows know of those before it.
#[derive(Clone, Copy, Default)]
struct Before {
    bony: bool,
    fleeting: bool,
}

fn votes_of(plan: &Plan, s: &Session, before: Before) -> Vec<Vote> {
    let measure = Measure::of(plan, plan.injury.profile);
    let report = SessionReport {
        measure: &measure,
        plan,
        session: s,
        is_run: s.run_min > 0.0,
        completion: Completion::Whole,
        rest_day: None,
        bony_before: before.bony,
        fleeting_before: before.fleeting,
        swollen_before: false,
        hard_by_freedom: false,
        known_fear: false,
        known_painkiller: false,
    };
    session_votes(&report, day(0))
}

fn morning_votes_of(m: &Measure, morning: &Morning, second: bool, swollen: bool) -> Vec<Vote> {
    let report = MorningReport {
        measure: m,
        morning,
        second,
        zeros: true,
        swollen_before: swollen,
        median: None,
    };
    morning_votes(&report, day(0))
}

fn at(level: &str) -> Session {
    session(Ladder::builtin().level(level).unwrap())
}

fn felt(pain: u8, pattern: PainBehaviour) -> Session {
    let mut s = at("R6");
    s.pain_during = score(pain);
    s.pattern = pattern;
    s
}

/// What one rule votes at worst; `None`: it does not vote.
fn voted(votes: &[Vote], rule: Rule) -> Option<u8> {
    let of = votes.iter().filter(|v| v.rule == rule);
    of.map(|v| v.severity).max()
}

#[test]
fn a_limit_on_pain_during_moves_row_d() {
    let d = |profile, max, by: &str, pain| {
        let plan = limited(profile, max, by);
        let votes = votes_of(&plan, &felt(pain, PainBehaviour::None), Before::default());
        voted(&votes, Rule::D)
    };
    // A clinician's: 0 up to it, at least 2 above it, the table's where that is more.
    assert_eq!(d(Profile::Joint, 4, "physio", 4), Some(0));
    // For bone a limit above 0 is not read.
    assert_eq!(d(Profile::Bone, 1, "physio", 1), Some(3));
    assert_eq!(d(Profile::Bone, 4, "physio", 3), Some(4));
    assert_eq!(d(Profile::Tendon, 1, "physio", 2), Some(2));
    assert_eq!(d(Profile::Joint, 4, "physio", 6), Some(3));
    // The runner's own: only stricter.
    assert_eq!(d(Profile::Joint, 3, " ", 3), Some(1));
    assert_eq!(d(Profile::Joint, 2, "", 3), Some(2));
    assert_eq!(d(Profile::Tendon, 2, "", 3), Some(2));
    assert_eq!(d(Profile::Bone, 4, "", 2), Some(3));
}

#[test]
fn fleeting_pain_of_bone_counts_1_within_the_limit_only() {
    let d = |max, by: &str, pain| {
        let plan = limited(Profile::Bone, max, by);
        let votes = votes_of(
            &plan,
            &felt(pain, PainBehaviour::Fleeting),
            Before::default(),
        );
        voted(&votes, Rule::D)
    };
    assert_eq!(d(2, "", 1), Some(1));
    assert_eq!(d(2, "", 2), Some(1));
    assert_eq!(d(1, "", 2), Some(2));
    // A clinician's limit above 0 is not read for bone: it lets nothing through or hold.
    assert_eq!(d(1, "physio", 2), Some(1));
    assert_eq!(d(0, "physio", 2), Some(2));
    // Once in 14 days.
    let plan = limited(Profile::Bone, 2, "");
    let again = Before {
        fleeting: true,
        ..Before::default()
    };
    let votes = votes_of(&plan, &felt(2, PainBehaviour::Fleeting), again);
    assert_eq!(voted(&votes, Rule::D), Some(3));
}

#[test]
fn at_3_in_row_p_reads_above_a_clinicians_limit() {
    let p = |max, by: &str, pain| {
        let plan = limited(Profile::Tendon, max, by);
        let votes = votes_of(
            &plan,
            &felt(pain, PainBehaviour::Returned),
            Before::default(),
        );
        voted(&votes, Rule::P)
    };
    assert_eq!(p(4, "physio", 4), None);
    assert_eq!(p(4, "physio", 5), Some(3));
    assert_eq!(p(1, "physio", 2), Some(3));
    // The runner's own limit leaves the row as it is.
    assert_eq!(p(5, "", 2), None);
    assert_eq!(p(5, "", 3), Some(3));
}

#[test]
fn a_second_pain_at_another_bony_site_votes_4() {
    let mut s = at("R6");
    let mark = |site, side, pain| SiteMark {
        site,
        side,
        pain: score(pain),
        extra: Extra::new(),
    };
    s.sites = vec![mark(Site::Shin, Side::Left, 1)];
    let z = |plan: &Plan, s: &Session, bony| {
        let before = Before {
            bony,
            ..Before::default()
        };
        voted(&votes_of(plan, s, before), Rule::Z)
    };
    let kneecap = limited(Profile::Joint, 3, "");
    assert_eq!(z(&kneecap, &s, false), Some(3));
    assert_eq!(z(&kneecap, &s, true), Some(4));
    // The plan's own site is row D's; its other side is another site.
    let mut shin = limited(Profile::Joint, 3, "");
    shin.injury.site = Site::Shin;
    assert_eq!(z(&shin, &s, false), None);
    s.sites = vec![mark(Site::Shin, Side::Right, 1)];
    assert_eq!(z(&shin, &s, false), Some(3));
    s.sites = vec![mark(Site::Shin, Side::Both, 1)];
    assert_eq!(z(&shin, &s, false), None);
    shin.injury.side = Side::Right;
    s.sites = vec![mark(Site::Shin, Side::Left, 1)];
    assert_eq!(z(&shin, &s, false), Some(3));
    // Of several the worst is read.
    s.sites = vec![
        mark(Site::Groin, Side::Left, 1),
        mark(Site::Thigh, Side::Left, 3),
        mark(Site::Midfoot, Side::Left, 2),
    ];
    assert_eq!(z(&kneecap, &s, false), Some(4));
}

#[test]
fn pain_after_is_read_against_the_usual() {
    let a = |profile, usual, after| {
        let mut plan = plan(profile, Stage::RunWalk, None);
        plan.usual_pain = score(usual);
        let m = Measure::of(&plan, profile);
        let votes = after_votes(&m, after, day(0));
        assert!(votes.len() <= 1);
        votes.first().map(|v| v.severity)
    };
    assert_eq!(a(Profile::Joint, 2, 2), None);
    assert_eq!(a(Profile::Joint, 2, 3), Some(1));
    assert_eq!(a(Profile::Joint, 2, 4), Some(2));
    assert_eq!(a(Profile::Tendon, 2, 4), Some(0));
    assert_eq!(a(Profile::Tendon, 2, 5), Some(1));
    // A usual of 4 by the runner alone counts as 3; bone has none.
    assert_eq!(a(Profile::Tendon, 4, 4), Some(0));
    assert_eq!(a(Profile::Bone, 2, 1), Some(3));
}

/// Row K by hand: what was planned, what was run, and the verdict on its evening.
fn done(level: &str, s: &Session) -> Option<(u8, u32, DoneOf, bool)> {
    let mut p = plan(
        Profile::Joint,
        Ladder::builtin().level(level).unwrap().stage,
        Some(level),
    );
    p.no_clinician = true;
    let list = [
        entry(&[], day(0), 6, Body::Plan(Box::new(p))),
        entry(&[], day(0), 18, Body::Session(Box::new(s.clone()))),
    ];
    let mut list = list.to_vec();
    list[1].id = uuid::Uuid::from_u128(99);
    let g = guidance(&list.into_iter().collect(), day(0));
    g.reasons.into_iter().find_map(|r| match r.fact {
        Fact::Done { percent, of, pain } => Some((r.severity?, percent, of, pain)),
        _ => None,
    })
}

#[test]
fn row_k_compares_with_what_was_asked() {
    use DoneOf::{Asked, Level};
    // For W levels the minutes of walking count; more of them hold no joint.
    let mut walk = at("W3");
    assert_eq!(done("W3", &walk), None);
    walk.walk_min = 10.0;
    assert_eq!(done("W3", &walk), Some((1, 50, Asked, false)));
    walk.stopped_for = Some(StoppedFor::Pain);
    assert_eq!(done("W3", &walk), Some((1, 50, Asked, true)));
    walk.walk_min = 24.0;
    assert_eq!(done("W3", &walk), None);
    // Off the ladder less than was planned is cut short, and more than 110 % of the
    // runner's own level (or of the longest run) is too much, whatever was planned.
    let mut off = at("C1");
    off.level = None;
    off.run_min = 15.0;
    assert_eq!(done("C1", &off), None);
    off.planned_run_min = Some(0.0);
    assert_eq!(done("C1", &off), None);
    off.planned_run_min = Some(20.0);
    assert_eq!(done("C1", &off), Some((1, 75, Asked, false)));
    off.planned_run_min = Some(10.0);
    assert_eq!(done("C1", &off), None);
    off.run_min = 22.0;
    assert_eq!(done("C1", &off), None);
    off.run_min = 22.5;
    assert_eq!(done("C1", &off), Some((1, 113, Level, false)));
    // A level above the runner's own is measured the same way.
    assert_eq!(done("R3", &at("R4")), Some((1, 120, Level, false)));
    assert_eq!(done("R12", &at("R13")), None);
}

#[test]
fn a_median_needs_three_mornings() {
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [4, 4]), None);
    assert_eq!(median(&mut [5, 0, 1]), Some(1.0));
    assert_eq!(median(&mut [0, 7, 1, 3]), Some(2.0));
    assert_eq!(median(&mut [6, 2, 1, 9]), Some(4.0));
    assert_eq!(median(&mut [9, 1, 3, 8, 2]), Some(3.0));
    assert_eq!(median(&mut [4, 6, 2, 0, 3, 5]), Some(3.5));
}

#[test]
fn the_second_morning_is_read_by_3_or_above_5() {
    let n = |profile, usual, pain| {
        let mut plan = plan(profile, Stage::RunWalk, None);
        plan.usual_pain = score(usual);
        let m = Measure::of(&plan, profile);
        voted(&morning_votes_of(&m, &morning(pain), true, false), Rule::N)
    };
    assert_eq!(n(Profile::Tendon, 3, 5), None);
    assert_eq!(n(Profile::Tendon, 3, 6), Some(3));
    assert_eq!(n(Profile::Joint, 3, 5), Some(3));
    assert_eq!(n(Profile::Joint, 1, 3), None);
    assert_eq!(n(Profile::Joint, 1, 4), Some(3));
    assert_eq!(n(Profile::Bone, 3, 0), None);
    assert_eq!(n(Profile::Bone, 3, 1), Some(3));
    // One that is not remembered says nothing of pain; a limp it still tells.
    let m = Measure::of(&plan(Profile::Joint, Stage::RunWalk, None), Profile::Joint);
    let forgotten = Morning {
        remembered: false,
        limp: true,
        ..morning(9)
    };
    let votes = morning_votes_of(&m, &forgotten, true, false);
    assert_eq!(voted(&votes, Rule::N), None);
    assert_eq!(voted(&votes, Rule::L), Some(4));
}

#[test]
fn a_morning_that_is_not_remembered_votes_1_and_no_stiffness() {
    let m = Measure::of(&plan(Profile::Joint, Stage::RunWalk, None), Profile::Joint);
    let forgotten = Morning {
        remembered: false,
        stiffness_min: 60.0,
        ..morning(8)
    };
    let votes = morning_votes_of(&m, &forgotten, false, false);
    assert_eq!(voted(&votes, Rule::N), Some(1));
    assert_eq!(voted(&votes, Rule::M), None);
    let again = Morning {
        swelling: Swelling::More,
        ..morning(0)
    };
    let s = |before| voted(&morning_votes_of(&m, &again, false, before), Rule::S);
    assert_eq!([s(false), s(true)], [Some(1), Some(3)]);
}

/// Section 3: at the level's own kind, with no more than 110 % of its running minutes.
#[test]
fn what_counts_matches_its_level() {
    let counts = |level: &str, s: &Session| {
        let ladder = Ladder::builtin();
        let stage = ladder.level(level).unwrap().stage;
        let mut p = plan(Profile::Joint, stage, Some(level));
        p.no_clinician = true;
        let mut list = vec![entry(&[], day(0), 6, Body::Plan(Box::new(p)))];
        list.push(entry(&list, day(0), 18, Body::Session(Box::new(s.clone()))));
        list.push(entry(&list, day(1), 7, Body::Morning(morning(0))));
        guidance(&list.into_iter().collect(), day(1)).ok_done == 1
    };
    assert!(counts("W2", &at("W2")));
    let mut ran = at("W2");
    ran.run_min = 1.0;
    assert!(!counts("W2", &ran));
    let mut more = at("R4");
    more.run_min = 13.2;
    assert!(counts("R4", &more));
    more.run_min = 13.3;
    assert!(!counts("R4", &more));
    let mut other = at("R8");
    other.activity = Movement::Run;
    assert!(!counts("R8", &other));
    // A walk off the plan, as long as the level's, counts as one of it; a shorter one not.
    let mut off = at("W2");
    off.level = None;
    assert!(counts("W2", &off));
    off.walk_min = 14.0;
    assert!(!counts("W2", &off));
}

/// Section 1: a clinician's number of OK sessions holds; the runner's only when stricter.
#[test]
fn ok_sessions_of_a_limit() {
    let after_two = |by: &str, needed| {
        let mut p = plan(Profile::Joint, Stage::RunWalk, Some("R3"));
        p.no_clinician = true;
        p.limits = Some(Limits {
            by: by.into(),
            ok_needed: needed,
            ..Limits::default()
        });
        let mut list = vec![entry(&[], day(0), 6, Body::Plan(Box::new(p)))];
        let mut levels = Vec::new();
        for n in [0, 2] {
            for (on, hour, body) in [
                (n, 18, Body::Session(Box::new(at("R3")))),
                (n + 1, 7, Body::Morning(morning(0))),
            ] {
                list.push(entry(&list, day(on), hour, body));
            }
            let g = guidance(&list.iter().cloned().collect(), day(n + 1));
            levels.push(g.standing_level.unwrap());
        }
        levels
    };
    assert_eq!(after_two("", None), ["R3", "R4"]);
    assert_eq!(after_two("", Some(1)), ["R3", "R4"]);
    assert_eq!(after_two("", Some(3)), ["R3", "R3"]);
    assert_eq!(after_two("physio", None), ["R3", "R4"]);
    assert_eq!(after_two("physio", Some(1))[0], "R4");
    assert_eq!(after_two("physio", Some(3)), ["R3", "R3"]);
}
