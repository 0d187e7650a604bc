//! What the verdict table leaves to its words: limits that a clinician or the runner set,
//! the exact edges, and what a row tells. Numbers by hand from the page (section 5).
#![allow(clippy::unwrap_used, clippy::pedantic)]

use crate::support;
use footing::diary::entry::{Body, Extra, Limits, Morning, Plan, Session, SiteMark};
use footing::diary::vocabulary::{
    Movement, PainBehaviour, Profile, Side, Site, Stage, StoppedFor, Swelling,
};
use footing::rules::guidance::{Fact, Rule};
use footing::rules::progression::guidance;
use footing::rules::rows::{
    Before, Measure, Vote, after_vote, matches_level, median, morning_votes, second_morning_votes,
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

fn votes_of(plan: &Plan, s: &Session, before: Before) -> Vec<Vote> {
    let m = Measure::of(plan, plan.injury.profile);
    session_votes(&m, plan, &Ladder::of(plan), s, before, day(0))
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
    assert_eq!(d(Profile::Bone, 1, "physio", 1), Some(0));
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
    assert_eq!(d(1, "", 2), Some(3));
    assert_eq!(d(1, "physio", 2), Some(3));
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
    let a = |profile, usual, after, settled| {
        let mut plan = plan(profile, Stage::RunWalk, None);
        plan.usual_pain = score(usual);
        let mut s = at("R6");
        s.pain_after = score(after);
        let m = Measure::of(&plan, profile);
        after_vote(&m, &s, settled, day(0)).map(|v| v.severity)
    };
    assert_eq!(a(Profile::Joint, 2, 2, None), None);
    assert_eq!(a(Profile::Joint, 2, 3, None), Some(1));
    assert_eq!(a(Profile::Joint, 2, 3, Some(true)), None);
    assert_eq!(a(Profile::Joint, 2, 4, Some(false)), Some(2));
    assert_eq!(a(Profile::Tendon, 2, 4, Some(false)), Some(0));
    assert_eq!(a(Profile::Tendon, 2, 5, Some(false)), Some(1));
    // Bone is read at once.
    assert_eq!(a(Profile::Bone, 0, 2, Some(false)), None);
}

#[test]
fn row_k_compares_with_what_was_asked() {
    let joint = plan(Profile::Joint, Stage::Walking, None);
    let k = |s: &Session| {
        let votes = votes_of(&joint, s, Before::default());
        votes.into_iter().find_map(|v| match v.fact {
            Fact::Done { percent, pain } => Some((v.severity, percent, pain)),
            _ => None,
        })
    };
    // For W levels the minutes of walking count.
    let mut walk = at("W3");
    assert_eq!(k(&walk), None);
    walk.walk_min = 10.0;
    assert_eq!(k(&walk), Some((1, 50, false)));
    walk.stopped_for = Some(StoppedFor::Pain);
    assert_eq!(k(&walk), Some((2, 50, true)));
    walk.walk_min = 24.0;
    assert_eq!(k(&walk), Some((1, 120, true)));
    // Off the ladder the minutes that were planned do.
    let mut off = at("C1");
    off.level = None;
    off.run_min = 15.0;
    assert_eq!(k(&off), None);
    off.planned_run_min = Some(0.0);
    assert_eq!(k(&off), None);
    off.planned_run_min = Some(20.0);
    assert_eq!(k(&off), Some((1, 75, false)));
    off.planned_run_min = Some(10.0);
    assert_eq!(k(&off), Some((1, 150, false)));
    off.planned_run_min = Some(14.0);
    off.run_min = 15.39;
    assert_eq!(k(&off), None);
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
        voted(&second_morning_votes(&m, &morning(pain), day(0)), Rule::N)
    };
    assert_eq!(n(Profile::Joint, 3, 5), None);
    assert_eq!(n(Profile::Joint, 3, 6), Some(3));
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
    let votes = second_morning_votes(&m, &forgotten, day(0));
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
    let votes = morning_votes(&m, &forgotten, true, false, day(0));
    assert_eq!(voted(&votes, Rule::N), Some(1));
    assert_eq!(voted(&votes, Rule::M), None);
    let again = Morning {
        swelling: Swelling::More,
        ..morning(0)
    };
    let s = |before| voted(&morning_votes(&m, &again, true, before, day(0)), Rule::S);
    assert_eq!([s(false), s(true)], [Some(1), Some(3)]);
}

/// Section 3: at the level's own kind, with no more than 110 % of its running minutes.
#[test]
fn what_counts_matches_its_level() {
    let ladder = Ladder::builtin();
    let level = |id| ladder.level(id).unwrap();
    assert!(matches_level(&at("W2"), level("W2")));
    let mut ran = at("W2");
    ran.run_min = 1.0;
    assert!(!matches_level(&ran, level("W2")));
    let mut more = at("R4");
    more.run_min = 13.2;
    assert!(matches_level(&more, level("R4")));
    more.run_min = 13.3;
    assert!(!matches_level(&more, level("R4")));
    let mut other = at("R8");
    other.activity = Movement::Run;
    assert!(!matches_level(&other, level("R8")));
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
