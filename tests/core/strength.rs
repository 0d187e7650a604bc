//! Strength (progression, section 9): levels, days, what a session holds, and how it goes.
#![allow(clippy::unwrap_used)]

use crate::support;
use footing::diary::Diary;
use footing::diary::codec;
use footing::diary::entry::{
    Absence, Activity, Body, Entry, Extra, Plan, Strength, StrengthItem, StrengthSet,
};
use footing::diary::vocabulary::{
    AbsenceReason, ClearanceReason, Profile, RedFlag, Side, Site, Stage, Swelling,
};
use footing::rules::guidance::{Advice, Rule};
use footing::rules::progression::guidance;
use footing::session::cue::Cue;
use footing::session::cues::cues;
use footing::session::plan::{Phase as LivePhase, Segment as LiveSegment};
use footing::strength::Concerns;
use footing::strength::compose;
use footing::strength::compose::{Allowed, SHORT_MIN, WHOLE_MIN};
use footing::strength::levels::{Moved, PatternStanding, more_load, standings};
use footing::strength::library::{Count, Library, PATTERNS, Sides, top_level, trained_with};
use footing::strength::schedule::{Hold, Wait, When, due};
use footing::strength::timeline::{
    Item, SetAction, SetDone, SetPhase, StampedSetAction, entry as entry_of, from_json,
    plan as parts, snapshot, steps, to_json,
};
use footing::thresholds::ladder::Ladder;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;
use std::sync::OnceLock;
use support::diaries::{
    any_life, clearance, day, entry, lived, morning, plan, score, self_test, session,
};

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        Library::parse(include_str!("../../public/exercises/exercises.json")).unwrap()
    })
}

fn diary(list: &[Entry]) -> Diary {
    list.iter().cloned().collect()
}

fn put(list: &mut Vec<Entry>, n: usize, hour: u32, body: Body) {
    let new = entry(list, day(n), hour, body);
    list.push(new);
}

fn begin(profile: Profile) -> Vec<Entry> {
    let mut list = Vec::new();
    let plan = plan(profile, Stage::RunWalk, Some("R1"));
    put(&mut list, 0, 6, Body::Plan(Box::new(plan)));
    put(&mut list, 0, 7, Body::Clearance(clearance()));
    list
}

/// A session of one pattern at a level; `share` of the top of the range (1 is the top).
fn trained(pattern: &str, level: u8, share: f64, pain: u8) -> Strength {
    let library = library();
    let items = library.of(pattern, level).map(|e| {
        let amount = (f64::from(e.high) * share).floor();
        let sides: &[Side] = match e.sides {
            Sides::Each => &[Side::Left, Side::Right],
            _ => &[Side::None],
        };
        let set = |side: &Side| StrengthSet {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            reps: (e.count == Count::Reps).then_some(amount as u32),
            seconds: (e.count == Count::Hold).then_some(amount),
            load_kg: e.load.then_some(8.0),
            side: *side,
            extra: Extra::new(),
        };
        StrengthItem {
            pattern: e.stored.clone(),
            exercise: e.id.clone(),
            level,
            sets: (0..e.sets).flat_map(|_| sides.iter().map(set)).collect(),
            extra: Extra::new(),
        }
    });
    Strength {
        items: items.collect(),
        pain: score(pain),
    }
}

fn standing(list: &[Entry], profile: Profile, pattern: &str, on: usize) -> PatternStanding {
    standings(&diary(list), library(), profile, day(on))
        .into_iter()
        .find(|s| s.pattern == pattern)
        .unwrap()
}

/// One case of the table: sessions as (day, level, share, pain), mornings as (day, pain).
struct Case {
    name: &'static str,
    profile: Profile,
    pattern: &'static str,
    sessions: &'static [(usize, u8, f64, u8)],
    mornings: &'static [(usize, u8)],
    on: usize,
    level: u8,
    good: u8,
}

const TABLE: &[Case] = &[
    Case {
        name: "nothing done: level 1",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[],
        mornings: &[],
        on: 5,
        level: 1,
        good: 0,
    },
    Case {
        name: "two at the top with quiet mornings move up",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 2)],
        mornings: &[(2, 0), (4, 0)],
        on: 4,
        level: 2,
        good: 0,
    },
    Case {
        name: "the second one waits for its morning",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0)],
        mornings: &[(2, 0)],
        on: 4,
        level: 1,
        good: 1,
    },
    Case {
        name: "an unanswered morning breaks the row",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0), (5, 1, 1.0, 0)],
        mornings: &[(4, 0)],
        on: 9,
        level: 1,
        good: 0,
    },
    Case {
        name: "below the top it breaks the row",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 0.7, 0), (5, 1, 1.0, 0)],
        mornings: &[(2, 0), (4, 0), (6, 0)],
        on: 6,
        level: 1,
        good: 1,
    },
    Case {
        name: "a worse morning starts the count anew",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0), (5, 1, 1.0, 0)],
        mornings: &[(2, 0), (4, 1), (6, 0)],
        on: 6,
        level: 1,
        good: 1,
    },
    Case {
        name: "pain 3 starts the count anew",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 3), (5, 1, 1.0, 0)],
        mornings: &[(2, 0), (4, 0), (6, 0)],
        on: 6,
        level: 1,
        good: 1,
    },
    Case {
        name: "bone: pain 1 goes down, never up",
        profile: Profile::Bone,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0), (5, 2, 1.0, 1)],
        mornings: &[(2, 0), (4, 0), (6, 0)],
        on: 6,
        level: 1,
        good: 0,
    },
    Case {
        name: "joint: pain 4 goes down one",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0), (5, 2, 1.0, 4)],
        mornings: &[(2, 0), (4, 0), (6, 0)],
        on: 6,
        level: 1,
        good: 0,
    },
    Case {
        name: "tendon: pain 3 goes down one too",
        profile: Profile::Tendon,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0), (5, 2, 1.0, 3)],
        mornings: &[(2, 0), (4, 0), (6, 0)],
        on: 6,
        level: 1,
        good: 0,
    },
    Case {
        name: "pain 2 is within the limit",
        profile: Profile::Tendon,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0), (5, 2, 1.0, 2)],
        mornings: &[(2, 0), (4, 0), (6, 0)],
        on: 6,
        level: 2,
        good: 1,
    },
    Case {
        name: "a higher morning goes down one",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0), (5, 2, 1.0, 0)],
        mornings: &[(2, 0), (4, 0), (6, 1)],
        on: 6,
        level: 1,
        good: 0,
    },
    Case {
        name: "another level than one's own does not count",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 2, 1.0, 0), (3, 2, 1.0, 0)],
        mornings: &[(2, 0), (4, 0)],
        on: 4,
        level: 1,
        good: 0,
    },
    Case {
        name: "twice on one day is once",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[(1, 1, 1.0, 0), (1, 1, 1.0, 0)],
        mornings: &[(2, 0)],
        on: 4,
        level: 1,
        good: 1,
    },
    Case {
        name: "a hold moves up by its seconds",
        profile: Profile::Joint,
        pattern: "plank",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0)],
        mornings: &[(2, 0), (4, 0)],
        on: 4,
        level: 2,
        good: 0,
    },
    Case {
        name: "the calf moves with both its exercises",
        profile: Profile::Joint,
        pattern: "calf",
        sessions: &[(1, 1, 1.0, 0), (3, 1, 1.0, 0)],
        mornings: &[(2, 0), (4, 0)],
        on: 4,
        level: 2,
        good: 0,
    },
    Case {
        name: "three weeks without: one easier",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[
            (1, 1, 1.0, 0),
            (3, 1, 1.0, 0),
            (5, 2, 1.0, 0),
            (7, 2, 1.0, 0),
        ],
        mornings: &[(2, 0), (4, 0), (6, 0), (8, 0)],
        on: 28,
        level: 2,
        good: 0,
    },
    Case {
        name: "a day less: as left",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[
            (1, 1, 1.0, 0),
            (3, 1, 1.0, 0),
            (5, 2, 1.0, 0),
            (7, 2, 1.0, 0),
        ],
        mornings: &[(2, 0), (4, 0), (6, 0), (8, 0)],
        on: 27,
        level: 3,
        good: 0,
    },
    Case {
        name: "six weeks without: from the start",
        profile: Profile::Joint,
        pattern: "squat",
        sessions: &[
            (1, 1, 1.0, 0),
            (3, 1, 1.0, 0),
            (5, 2, 1.0, 0),
            (7, 2, 1.0, 0),
        ],
        mornings: &[(2, 0), (4, 0), (6, 0), (8, 0)],
        on: 49,
        level: 1,
        good: 0,
    },
];

#[test]
fn levels_follow_the_table() {
    let mut wrong = Vec::new();
    for case in TABLE {
        let mut list = begin(case.profile);
        for (n, level, share, pain) in case.sessions {
            let body = Body::Strength(trained(case.pattern, *level, *share, *pain));
            put(&mut list, *n, 18, body);
        }
        for (n, pain) in case.mornings {
            put(&mut list, *n, 7, Body::Morning(morning(*pain)));
        }
        let s = standing(&list, case.profile, case.pattern, case.on);
        if (s.level, s.good) != (case.level, case.good) {
            wrong.push(format!(
                "{}: level {} with {} good, not {} with {}",
                case.name, s.level, s.good, case.level, case.good
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn below_the_top_of_the_range_nothing_moves_up() {
    // Of 15 repetitions and of 45 seconds: one less.
    for (pattern, share) in [("squat", 0.94), ("plank", 0.98)] {
        let mut list = begin(Profile::Joint);
        for n in [1, 3, 5] {
            put(
                &mut list,
                n,
                18,
                Body::Strength(trained(pattern, 1, share, 0)),
            );
            put(&mut list, n + 1, 7, Body::Morning(morning(0)));
        }
        let s = standing(&list, Profile::Joint, pattern, 6);
        assert_eq!((s.level, s.good, s.moved), (1, 0, None), "{pattern}");
    }
}

#[test]
fn a_session_waits_for_its_morning_till_that_is_over() {
    let mut list = begin(Profile::Joint);
    put(
        &mut list,
        1,
        18,
        Body::Strength(trained("squat", 1, 1.0, 0)),
    );
    let waits = |list: &[Entry], on| standing(list, Profile::Joint, "squat", on).waiting;
    assert!(waits(&list, 1) && waits(&list, 2));
    assert!(!waits(&list, 3));
    put(&mut list, 2, 7, Body::Morning(morning(0)));
    assert!(!waits(&list, 2));
}

#[test]
fn pain_at_the_first_level_moves_nothing() {
    let mut list = begin(Profile::Joint);
    put(
        &mut list,
        1,
        18,
        Body::Strength(trained("squat", 1, 0.67, 4)),
    );
    let s = standing(&list, Profile::Joint, "squat", 2);
    assert_eq!((s.level, s.moved, s.reached), (1, None, Some(10)));
}

#[test]
fn sets_logged_for_both_sides_count_for_each() {
    let mut both = trained("side-plank", 1, 1.0, 0);
    both.items[0].sets.retain(|s| s.side == Side::Left);
    for set in &mut both.items[0].sets {
        set.side = Side::Both;
    }
    let mut list = begin(Profile::Joint);
    for n in [1, 3] {
        put(&mut list, n, 18, Body::Strength(both.clone()));
        put(&mut list, n + 1, 7, Body::Morning(morning(0)));
    }
    assert_eq!(standing(&list, Profile::Joint, "side-plank", 4).level, 2);
}

#[test]
fn one_exercise_of_the_calf_or_one_side_is_not_enough() {
    let mut half = trained("calf", 1, 1.0, 0);
    half.items.truncate(1);
    let mut left = trained("side-plank", 1, 1.0, 0);
    left.items[0].sets.retain(|s| s.side == Side::Left);
    // Nor a side that is not named.
    let mut neither = trained("side-plank", 1, 1.0, 0);
    for set in &mut neither.items[0].sets {
        set.side = Side::None;
    }
    let cases = [
        ("calf", half),
        ("side-plank", left),
        ("side-plank", neither),
    ];
    for (pattern, one) in cases {
        let mut list = begin(Profile::Joint);
        for n in [1, 3] {
            put(&mut list, n, 18, Body::Strength(one.clone()));
            put(&mut list, n + 1, 7, Body::Morning(morning(0)));
        }
        assert_eq!(
            standing(&list, Profile::Joint, pattern, 4).level,
            1,
            "{pattern}"
        );
    }
}

#[test]
fn a_new_injury_begins_at_level_one_and_an_edit_changes_the_answer() {
    let mut list = begin(Profile::Joint);
    for n in [1, 3] {
        put(
            &mut list,
            n,
            18,
            Body::Strength(trained("squat", 1, 1.0, 0)),
        );
        put(&mut list, n + 1, 7, Body::Morning(morning(0)));
    }
    let s = standing(&list, Profile::Joint, "squat", 4);
    assert_eq!((s.level, s.moved), (2, Some((day(4), Moved::Up))));
    // The second morning was worse after all.
    let mut edited = list.clone();
    if let Body::Morning(m) = &mut edited.last_mut().unwrap().body {
        m.pain = score(2);
    }
    assert_eq!(standing(&edited, Profile::Joint, "squat", 4).level, 1);
    // Another injury.
    let mut other = plan(Profile::Joint, Stage::Rest, None);
    other.injury.site = Site::Ankle;
    put(&mut list, 6, 8, Body::Plan(Box::new(other)));
    assert_eq!(standing(&list, Profile::Joint, "squat", 6).level, 1);
}

#[test]
fn at_the_top_the_weight_goes_up_by_a_tenth_at_most() {
    for (from, to) in [
        (20.0, Some(20.5)),
        (10.0, Some(10.5)),
        (5.0, Some(5.5)),
        (3.0, None),
        (60.0, Some(61.5)),
    ] {
        assert_eq!(more_load(from), to, "{from}");
    }
    let mut list = begin(Profile::Joint);
    for (n, level) in [
        (1, 1),
        (3, 1),
        (5, 2),
        (7, 2),
        (9, 3),
        (11, 3),
        (13, 4),
        (15, 4),
    ] {
        put(
            &mut list,
            n,
            18,
            Body::Strength(trained("squat", level, 1.0, 0)),
        );
        put(&mut list, n + 1, 7, Body::Morning(morning(0)));
    }
    let look = |on| {
        let s = standing(&list, Profile::Joint, "squat", on);
        let added = (s.level, s.good, s.add_load(), s.load_kg);
        let items = compose::items(library(), &[s], ALL, false, anyone());
        (added, items[0].load_hg, items[0].target)
    };
    // One good session at the top level is not enough.
    assert_eq!(look(14), ((4, 1, false, Some(8.0)), 80, 15));
    assert_eq!(look(16), ((4, 2, true, Some(8.0)), 85, 15));
}

const ALL: Allowed = Allowed {
    level: 4,
    hops: true,
    held_back: false,
    off_feet: false,
    nothing: false,
};

fn who(site: Site, profile: Profile) -> Concerns {
    Concerns {
        site,
        profile,
        birth: false,
        heart: false,
    }
}

/// An injury whose region is no pattern: all take turns.
fn anyone() -> Concerns {
    who(Site::Other, Profile::Joint)
}

fn when(list: &[Entry], n: usize) -> When {
    let diary = diary(list);
    due(&diary, &guidance(&diary, day(n)), day(n)).when
}

fn run(list: &mut Vec<Entry>, n: usize, level: &str, pain: u8) {
    let ladder = Ladder::builtin();
    let mut s = session(ladder.at(ladder.index(level).unwrap()).unwrap());
    s.pain_during = score(pain);
    put(list, n, 10, Body::Session(Box::new(s)));
}

fn lift(list: &mut Vec<Entry>, n: usize) {
    put(list, n, 18, Body::Strength(trained("squat", 1, 0.6, 0)));
}

#[test]
fn strength_stands_after_the_run_and_never_before_one() {
    let mut list = begin(Profile::Joint);
    assert_eq!(when(&list, 0), When::After(Advice::RunWalk));
    run(&mut list, 0, "R1", 0);
    assert_eq!(when(&list, 0), When::Today);
    lift(&mut list, 0);
    assert_eq!(when(&list, 0), When::NotBefore(day(2), Wait::Done));
    put(&mut list, 1, 7, Body::Morning(morning(0)));
    assert_eq!(when(&list, 1), When::NotBefore(day(2), Wait::BackToBack));
    assert_eq!(when(&list, 2), When::After(Advice::RunWalk));
    // Ran without strength: tomorrow is before the next run, so not tomorrow.
    run(&mut list, 2, "R1", 0);
    put(&mut list, 3, 7, Body::Morning(morning(0)));
    assert_eq!(when(&list, 3), When::NotBefore(day(4), Wait::Run));
    run(&mut list, 4, "R1", 0);
    lift(&mut list, 4);
    put(&mut list, 5, 7, Body::Morning(morning(0)));
    // Three runs are done this week: two days of rest, the first of them for strength.
    assert_eq!(when(&list, 6), When::NotBefore(day(7), Wait::Run));
}

#[test]
fn three_days_a_week_at_most() {
    let mut list = Vec::new();
    let mut rest = plan(Profile::Joint, Stage::Rest, None);
    rest.no_clinician = true;
    put(&mut list, 0, 6, Body::Plan(Box::new(rest)));
    for n in [0, 2, 4] {
        assert_eq!(when(&list, n), When::Today, "{n}");
        lift(&mut list, n);
    }
    assert_eq!(when(&list, 6), When::NotBefore(day(7), Wait::Week));
    assert_eq!(when(&list, 7), When::Today);
    let diary = diary(&list);
    let look = |n| {
        let due = due(&diary, &guidance(&diary, day(n)), day(n));
        (due.week, due.last, due.today())
    };
    assert_eq!(look(6), (3, Some(day(4)), false));
    // Seven days after the first it counts no more.
    assert_eq!(look(7), (2, Some(day(4)), true));
    // What is logged for later days has no say yet.
    assert_eq!(look(3), (2, Some(day(2)), false));
}

#[test]
fn what_holds_strength_back() {
    assert_eq!(when(&[], 0), When::Held(Hold::NoPlan));
    // A pause that did not come from load alone.
    let mut list = begin(Profile::Bone);
    run(&mut list, 0, "R1", 9);
    assert_eq!(when(&list, 1), When::Held(Hold::Paused));
    // The first days.
    let mut list = Vec::new();
    let mut fresh = plan(Profile::Joint, Stage::Rest, None);
    fresh.injury.since = day(0);
    put(&mut list, 0, 6, Body::Plan(Box::new(fresh)));
    assert_eq!(when(&list, 1), When::NotBefore(day(3), Wait::Protect));
    assert_eq!(when(&list, 3), When::Today);
    // A bad morning.
    put(&mut list, 4, 7, Body::Morning(morning(2)));
    assert_eq!(when(&list, 4), When::NotBefore(day(5), Wait::Morning));
    // An illness, and 48 hours well.
    let away = |until: Option<usize>| {
        Body::Absence(Absence {
            from: day(5),
            until: until.map(day),
            reason: AbsenceReason::Illness,
            fever: false,
        })
    };
    let mut ill = list.clone();
    put(&mut ill, 4, 8, away(None));
    // Known a day ahead, it holds from its first day on.
    assert_eq!(when(&ill, 4), When::NotBefore(day(5), Wait::Morning));
    assert_eq!(when(&ill, 5), When::Held(Hold::Ill));
    assert_eq!(when(&ill, 6), When::Held(Hold::Ill));
    // Away for another reason is no illness.
    let mut other = list.clone();
    let Body::Absence(a) = away(None) else {
        unreachable!()
    };
    let reason = AbsenceReason::Holiday;
    put(&mut other, 5, 8, Body::Absence(Absence { reason, ..a }));
    assert_eq!(when(&other, 6), When::Today);
    put(&mut list, 5, 8, away(Some(6)));
    assert_eq!(when(&list, 8), When::NotBefore(day(9), Wait::Illness));
    assert_eq!(when(&list, 9), When::Today);
    // A session that went badly.
    let mut list = begin(Profile::Joint);
    run(&mut list, 0, "R1", 5);
    assert_eq!(when(&list, 0), When::NotBefore(day(1), Wait::Session));
}

fn sport(impact: bool, pain: u8) -> Body {
    Body::Activity(Activity {
        what: if impact { "football" } else { "swim" }.into(),
        minutes: 60.0,
        pain: score(pain),
        impact,
        planned: false,
    })
}

#[test]
fn impact_sport_counts_as_the_run_and_other_sport_does_not() {
    for (impact, then) in [(true, When::Today), (false, When::After(Advice::SelfTest))] {
        let mut list = tester();
        put(&mut list, 0, 10, sport(impact, 0));
        assert_eq!(when(&list, 0), then);
    }
}

#[test]
fn sport_that_hurt_asks_for_rest_from_strength_too() {
    // Section 5, row D: joint 2 from pain 4 on, bone 3 from pain 1 on.
    for (profile, most) in [(Profile::Joint, 3), (Profile::Bone, 0)] {
        for impact in [true, false] {
            let look = |pain| {
                let mut list = begin(profile);
                put(&mut list, 0, 10, sport(impact, pain));
                when(&list, 0)
            };
            let waits = When::NotBefore(day(1), Wait::Session);
            assert_ne!(look(most), waits, "{profile:?}");
            assert_eq!(look(most + 1), waits, "{profile:?}");
        }
    }
    // A session that went badly was another day's.
    let mut list = begin(Profile::Joint);
    run(&mut list, 0, "R1", 5);
    put(&mut list, 1, 7, Body::Morning(morning(0)));
    put(&mut list, 1, 10, sport(true, 0));
    assert_eq!(when(&list, 1), When::Today);
}

#[test]
fn a_morning_is_bad_from_any_pain_at_a_bone_or_by_a_limp_or_clear_swelling() {
    let bad = |profile, answer| {
        let mut list = begin(profile);
        put(&mut list, 1, 7, Body::Morning(answer));
        when(&list, 1) == When::NotBefore(day(2), Wait::Morning)
    };
    for (profile, most) in [
        (Profile::Bone, 0),
        (Profile::Joint, 1),
        (Profile::Muscle, 1),
        (Profile::Tendon, 1),
    ] {
        assert!(!bad(profile, morning(most)), "{profile:?}");
        assert!(bad(profile, morning(most + 1)), "{profile:?}");
    }
    let mut limps = morning(0);
    limps.limp = true;
    assert!(bad(Profile::Joint, limps));
    let mut swollen = morning(0);
    swollen.swelling = Swelling::More;
    assert!(!bad(Profile::Joint, swollen.clone()));
    swollen.swelling = Swelling::Clear;
    assert!(bad(Profile::Joint, swollen));
}

/// A cleared runner with a joint whose plan begins in a stage.
fn begun_in(stage: Stage) -> Vec<Entry> {
    let mut list = Vec::new();
    let plan = plan(Profile::Joint, stage, None);
    put(&mut list, 0, 6, Body::Plan(Box::new(plan)));
    put(&mut list, 0, 7, Body::Clearance(clearance()));
    list
}

fn tester() -> Vec<Entry> {
    begun_in(Stage::SelfTest)
}

#[test]
fn strength_stands_after_a_walk_but_not_after_one_that_may_lead_back_to_running() {
    let mut list = begun_in(Stage::Walking);
    assert_eq!(when(&list, 0), When::After(Advice::Walk));
    run(&mut list, 0, "W1", 0);
    assert_eq!(when(&list, 0), When::Today);
    // Ran once, and three weeks not: a walk leads back.
    let mut list = begin(Profile::Joint);
    run(&mut list, 0, "R1", 0);
    put(&mut list, 1, 7, Body::Morning(morning(0)));
    assert_eq!(when(&list, 22), When::After(Advice::Walk));
    run(&mut list, 22, "W5", 0);
    assert_eq!(when(&list, 22), When::NotBefore(day(24), Wait::Run));
}

#[test]
fn a_day_of_rest_before_another_or_before_a_walk_is_a_day_for_strength() {
    // Three runs are done: the sixth and the seventh day are of rest.
    let mut list = begin(Profile::Joint);
    for n in [0, 2, 4] {
        run(&mut list, n, "R1", 0);
        put(&mut list, n + 1, 7, Body::Morning(morning(0)));
    }
    assert_eq!(when(&list, 5), When::Today);
    assert_eq!(when(&list, 6), When::NotBefore(day(7), Wait::Run));
    // Led down to walking, and the next walk is tomorrow's.
    let mut list = begin(Profile::Joint);
    run(&mut list, 0, "R1", 5);
    put(&mut list, 1, 7, Body::Morning(morning(0)));
    put(&mut list, 2, 7, Body::Morning(morning(0)));
    assert_eq!(when(&list, 2), When::Today);
    assert_eq!(when(&list, 3), When::After(Advice::Walk));
}

#[test]
fn a_self_test_comes_first_and_its_morning_is_no_strength_day() {
    let mut list = tester();
    assert_eq!(when(&list, 0), When::After(Advice::SelfTest));
    put(&mut list, 0, 10, Body::SelfTest(self_test()));
    // Tomorrow the test may be passed and R1 be there.
    assert!(matches!(when(&list, 0), When::NotBefore(_, Wait::Run)));
}

fn runs_on(list: &[Entry], n: usize) -> bool {
    list.iter().any(|e| {
        e.day() == day(n)
            && match &e.body {
                Body::Session(s) => s.run_min > 0.0,
                Body::Activity(a) => a.impact,
                _ => false,
            }
    })
}

/// Mostly the whole range, sometimes less or more.
fn good() -> impl Strategy<Value = f64> {
    prop_oneof![3 => Just(1.0), 1 => 0.5_f64..1.2]
}

/// Mostly 0.
fn quiet() -> impl Strategy<Value = u8> {
    prop_oneof![5 => Just(0_u8), 1 => 0_u8..5]
}

fn cases(n: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(n),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(48))]

    /// In any life in which strength is done whenever it may be: never on two days
    /// running, never more than three in seven, never earlier than that day's run, and
    /// never without a run on the day before one that could be run.
    #[test]
    fn never_before_a_run_and_never_back_to_back(
        profile in select(Profile::ALL),
        (start, genes) in any_life(4..40),
    ) {
        let lived = lived(profile, &start, &genes);
        let mut list: Vec<Entry> = Vec::new();
        let mut done: Vec<usize> = Vec::new();
        for n in 0..genes.len() {
            let today = lived.iter().filter(|e| e.day() == day(n)).cloned();
            list.extend(today);
            let known = diary(&list);
            let g = guidance(&known, day(n));
            let due = due(&known, &g, day(n));
            if due.when != When::Today {
                continue;
            }
            prop_assert!(!g.advice.runs() || runs_on(&list, n), "before today's run, day {n}");
            prop_assert!(g.advice != Advice::Emergency);
            // In a pause only where it came from load, and never at a bone.
            let load = [Rule::D, Rule::A, Rule::N, Rule::T, Rule::X];
            let light = profile != Profile::Bone && g.paused_by.iter().all(|r| load.contains(r));
            prop_assert!(g.advice != Advice::Consult || light, "day {n}: {:?}", g.paused_by);
            if !runs_on(&list, n) {
                // The best morning there could be, and nothing else: no run follows.
                let mut best = list.clone();
                let mut good = entry(&best, day(n + 1), 6, Body::Morning(morning(0)));
                good.id = uuid::Uuid::from_u128(1 << 90);
                best.push(good);
                let next = guidance(&diary(&best), day(n + 1));
                prop_assert!(!next.advice.runs(), "day {n}: {:?} after {:?}", next.advice, g.advice);
            }
            let mut s = entry(&list, day(n), 21, Body::Strength(trained("bridge", 1, 1.0, 0)));
            s.id = uuid::Uuid::from_u128((1 << 100) + n as u128);
            list.push(s);
            if let Some(last) = done.last() {
                prop_assert!(n - last >= 2, "days {last} and {n}");
            }
            done.push(n);
            let week = done.iter().filter(|d| n - **d < 7).count();
            prop_assert!(week <= 3, "{week} in the week up to day {n}");
        }
    }

    /// Levels stay within their range whatever is logged, and less done, more pain or a
    /// worse morning never gives a higher one.
    #[test]
    fn worse_never_gives_a_higher_level(
        profile in select(Profile::ALL),
        pattern in select(&PATTERNS[..]),
        days in proptest::collection::vec((good(), quiet(), quiet(), 2_usize..9), 1..16),
        at in any::<prop::sample::Index>(),
        how in 0_u8..3,
    ) {
        let build = |worse: Option<usize>| {
            let mut list = begin(profile);
            let mut n = 1;
            for (k, (share, pain, wakes, apart)) in days.iter().enumerate() {
                let hit = worse == Some(k);
                let share = if hit && how == 0 { share * 0.5 } else { *share };
                let pain = if hit && how == 1 { pain + 3 } else { *pain };
                let wakes = if hit && how == 2 { wakes + 3 } else { *wakes };
                let level = standing(&list, profile, pattern, n).level;
                put(&mut list, n, 18, Body::Strength(trained(pattern, level, share, pain)));
                put(&mut list, n + 1, 7, Body::Morning(morning(wakes)));
                n += apart;
            }
            (list, n)
        };
        let (good, n) = build(None);
        let (bad, _) = build(Some(at.index(days.len())));
        for on in [n, n + 20, n + 50] {
            let (a, b) = (standing(&good, profile, pattern, on), standing(&bad, profile, pattern, on));
            prop_assert!((1..=4).contains(&a.level) && a.good <= 2);
            prop_assert!((b.level, b.good) <= (a.level, a.good), "{how}: {b:?} over {a:?}");
        }
    }

    /// Whatever was tapped, in whatever order: no panic, no set twice, and the entry
    /// comes back through the door.
    #[test]
    fn any_taps_make_a_sane_session(
        taps in proptest::collection::vec((0_u8..9, 0_u16..40, 0_i64..90_000), 0..60),
    ) {
        let items = whole();
        let mut at = 0;
        let moments: Vec<StampedSetAction> = taps.iter().map(|(code, reps, wait)| {
            at += wait - 10_000;
            let act = match code {
                0 => SetAction::Hold,
                1 => SetAction::Done { reps: *reps, load_hg: reps * 5 },
                2 => SetAction::Stop,
                3 => SetAction::Go,
                4 => SetAction::SkipSet,
                5 => SetAction::SkipItem,
                6 => SetAction::Back,
                7 => SetAction::End,
                _ => SetAction::Resume,
            };
            StampedSetAction { at, action: act }
        }).collect();
        let s = snapshot(&items, &moments, at + 3_600_000);
        prop_assert!(s.index <= s.of && s.done.len() <= s.index);
        for (n, done) in s.done.iter().enumerate() {
            prop_assert!(s.done[n + 1..].iter().all(|d| d.step != done.step));
        }
        let (a, b) = to_json(&items, &moments);
        prop_assert_eq!(from_json(&a, &b), Some((items.clone(), moments)));
        let body = Body::Strength(entry_of(&items, &s.done, score(1)));
        prop_assert_eq!(codec::check(&entry(&[], day(0), 9, body)), Ok(()));
    }
}

/// The whole session of a runner who may do everything.
fn whole() -> Vec<Item> {
    let library = library();
    let list = standings(&Diary::default(), library, Profile::Joint, day(0));
    compose::items(library, &list, ALL, false, anyone())
}

/// The keys of the data contract, and those that earlier versions stored.
#[test]
fn what_is_stored_is_named_as_the_contract_has_it_and_old_names_count_on() {
    let contract = "squat lunge bridge calf-raise bent-calf-raise hip-abduction hip-adduction \
        plank side-plank balance step-up step-down plyometrics";
    let known: BTreeSet<&str> = contract.split_whitespace().collect();
    let trained_ones = library().all().iter().filter(|e| e.level > 0);
    let stored: BTreeSet<&str> = trained_ones.map(|e| e.stored.as_str()).collect();
    assert_eq!(stored, known);
    for e in library().all() {
        assert_eq!(trained_with(&e.stored), e.pattern, "{}", e.id);
        assert_eq!(trained_with(&e.pattern), e.pattern, "{}", e.id);
    }
    for pattern in ["calf", "step"] {
        let mut list = begin(Profile::Joint);
        let mut old = trained(pattern, 1, 1.0, 0);
        for item in &mut old.items {
            item.pattern = pattern.into();
        }
        put(&mut list, 1, 18, Body::Strength(old));
        put(&mut list, 2, 7, Body::Morning(morning(0)));
        let new = trained(pattern, 1, 1.0, 0);
        assert_ne!(new.items[0].pattern, pattern);
        put(&mut list, 3, 18, Body::Strength(new));
        put(&mut list, 4, 7, Body::Morning(morning(0)));
        assert_eq!(
            standing(&list, Profile::Joint, pattern, 4).level,
            2,
            "{pattern}"
        );
    }
}

fn patterns_of(items: &[Item]) -> Vec<&str> {
    let mut patterns: Vec<&str> = items.iter().map(|i| trained_with(&i.pattern)).collect();
    patterns.dedup();
    patterns
}

/// Where a runner stands who has every pattern at a level and reached `reached` in it.
fn all_at(level: u8, reached: Option<u16>) -> Vec<PatternStanding> {
    let mut list = standings(&Diary::default(), library(), Profile::Joint, day(0));
    for standing in &mut list {
        standing.level = level.min(top_level(standing.pattern));
        standing.reached = reached;
    }
    list
}

#[test]
fn the_injured_region_is_in_every_session_and_none_is_longer_than_it_may_be() {
    for site in Site::ALL {
        for level in 1..=4 {
            for reached in [None, Some(60)] {
                for short in [true, false] {
                    let list = all_at(level, reached);
                    let who = who(*site, Profile::Joint);
                    let items = compose::items(library(), &list, ALL, short, who);
                    let minutes = compose::minutes(&items);
                    let most = if short { SHORT_MIN } else { WHOLE_MIN };
                    let name = format!("{} level {level} short {short}", site.key());
                    assert!(minutes <= most, "{name}: {minutes} minutes");
                    assert!(minutes * 2 >= most, "{name}: only {minutes} minutes");
                    let there = patterns_of(&items);
                    for pattern in library().region(site.key()) {
                        assert!(there.contains(&&**pattern), "{name}: no {pattern}");
                    }
                    // A whole session holds something else too.
                    let more = there.iter().any(|p| {
                        let region = library().region(site.key()).iter();
                        !region.clone().any(|r| r == p)
                    });
                    assert!(more || short, "{name}: nothing but the region");
                    // In the order of a session, hops before all.
                    let place = |p: &str| PATTERNS.iter().position(|q| *q == p);
                    assert!(there.is_sorted_by_key(|p| place(p)), "{name}: {there:?}");
                }
            }
        }
    }
}

#[test]
fn regions_are_those_of_section_9() {
    let table: [(&[&str], &[Site]); 7] = [
        (
            &["calf"],
            &[
                Site::Achilles,
                Site::Calf,
                Site::Plantar,
                Site::Shin,
                Site::HeelBone,
            ],
        ),
        (&["calf", "balance"], &[Site::Midfoot, Site::Forefoot]),
        (
            &["squat", "bridge"],
            &[Site::Knee, Site::Kneecap, Site::PatellarTendon, Site::Quad],
        ),
        (
            &["bridge"],
            &[
                Site::Hamstring,
                Site::HamstringTendon,
                Site::DeepButtock,
                Site::Back,
            ],
        ),
        (&["hip-abduction"], &[Site::ItBand, Site::Hip, Site::Thigh]),
        (&["hip-adduction"], &[Site::Groin, Site::Adductor]),
        (&["balance"], &[Site::Ankle]),
    ];
    let mut told = vec![Site::Other];
    for (patterns, sites) in table {
        for site in sites {
            assert_eq!(library().region(site.key()), patterns, "{}", site.key());
            told.push(*site);
        }
    }
    assert!(library().region("other").is_empty());
    assert_eq!(told.len(), Site::ALL.len());
    // "My injury" names the same.
    let text = include_str!("../../public/injuries/injuries.json");
    let guide = footing::insights::injury_guide::InjuryGuide::parse(text).unwrap();
    for site in Site::ALL {
        let patterns = &guide.group_of(*site).unwrap().sites[site];
        assert_eq!(patterns, library().region(site.key()), "{}", site.key());
    }
}

#[test]
fn the_others_take_turns_and_hops_come_first_in_whole_sessions_only() {
    // Every pattern is done within a few sessions, those that waited longest first.
    let mut list = all_at(3, Some(60));
    let mut seen = std::collections::BTreeSet::new();
    for n in 0..8 {
        let items = compose::items(
            library(),
            &list,
            ALL,
            false,
            who(Site::Calf, Profile::Muscle),
        );
        let done: Vec<String> = patterns_of(&items)
            .iter()
            .map(|p| (*p).to_owned())
            .collect();
        assert_eq!(
            done.contains(&"plyometric".to_owned()),
            done[0] == "plyometric"
        );
        for standing in &mut list {
            if done.iter().any(|p| p == standing.pattern) {
                standing.last = Some(day(n));
            }
        }
        seen.extend(done);
    }
    assert_eq!(seen.len(), PATTERNS.len() + 1, "{seen:?}");
    let no_hops = Allowed { hops: false, ..ALL };
    let hops = |allowed, short| {
        let list = all_at(1, None);
        let only: Vec<PatternStanding> = list
            .into_iter()
            .filter(|s| s.pattern == "plyometric")
            .collect();
        compose::items(library(), &only, allowed, short, anyone()).len()
    };
    assert_eq!(
        (hops(ALL, false), hops(ALL, true), hops(no_hops, false)),
        (1, 0, 0)
    );
}

#[test]
fn what_waited_longest_comes_first() {
    let mut list = begin(Profile::Joint);
    let done = ["squat", "lunge", "step", "bridge", "calf", "hip-abduction"];
    for pattern in done {
        put(
            &mut list,
            2,
            18,
            Body::Strength(trained(pattern, 1, 1.0, 0)),
        );
    }
    let mut standings = standings(&diary(&list), library(), Profile::Joint, day(4));
    standings.retain(|s| s.pattern != "plyometric");
    let short = compose::items(library(), &standings, ALL, true, anyone());
    let first = ["hip-adduction", "plank", "side-plank", "balance"];
    assert_eq!(patterns_of(&short)[..], first[..patterns_of(&short).len()]);
    // What a runner with a calf injury did yesterday is done again all the same.
    let calf = compose::items(
        library(),
        &standings,
        ALL,
        true,
        who(Site::Calf, Profile::Muscle),
    );
    assert!(patterns_of(&calf).contains(&"calf"));
}

#[test]
fn what_is_made_for_a_site_stands_in_for_the_usual() {
    let ids = |pattern, level, site: Site| -> Vec<&str> {
        let all = library().for_site(pattern, level, site.key());
        all.map(|e| e.id.as_str()).collect()
    };
    assert_eq!(ids("calf", 2, Site::Calf), ["calf-step", "bent-calf"]);
    let plantar = ids("calf", 2, Site::Plantar);
    assert!(plantar.contains(&"towel-calf") && !plantar.contains(&"calf-step"));
    assert_eq!(plantar.len(), 2);
    assert!(ids("calf", 3, Site::Plantar).contains(&"single-towel-calf"));
    assert!(ids("calf", 1, Site::Achilles).contains(&"calf-hold"));
    assert_eq!(ids("squat", 1, Site::PatellarTendon), ["wall-sit"]);
    assert_eq!(ids("bridge", 2, Site::Hamstring), ["long-bridge"]);
    assert_eq!(ids("bridge", 3, Site::HamstringTendon), ["leg-slider"]);
    assert_eq!(ids("bridge", 3, Site::Back), ["single-bridge"]);
    // And moves the level as the usual one does.
    let mut list = Vec::new();
    let mut heel = plan(Profile::Tendon, Stage::RunWalk, Some("R1"));
    heel.injury.site = Site::PatellarTendon;
    put(&mut list, 0, 6, Body::Plan(Box::new(heel)));
    for n in [1, 3] {
        let mut done = trained("squat", 1, 1.0, 0);
        done.items.retain(|i| i.exercise == "wall-sit");
        assert_eq!(done.items.len(), 1);
        put(&mut list, n, 18, Body::Strength(done));
        put(&mut list, n + 1, 7, Body::Morning(morning(0)));
    }
    assert_eq!(standing(&list, Profile::Tendon, "squat", 4).level, 2);
}

#[test]
fn two_sets_of_three_count_and_one_does_not() {
    for (sets, level) in [(2, 3), (1, 2)] {
        let mut list = begin(Profile::Joint);
        for n in [1, 3, 5, 7] {
            let at = standing(&list, Profile::Joint, "squat", n).level;
            let mut done = trained("squat", at, 1.0, 0);
            if at == 2 {
                done.items[0].sets.truncate(sets);
            }
            put(&mut list, n, 18, Body::Strength(done));
            put(&mut list, n + 1, 7, Body::Morning(morning(0)));
        }
        assert_eq!(
            standing(&list, Profile::Joint, "squat", 8).level,
            level,
            "{sets} sets"
        );
    }
}

#[test]
fn a_session_takes_four_seconds_a_repetition_ten_to_get_ready_and_its_rests() {
    let items = two();
    // Two sets of 10 repetitions: 2 x (40 + 10 + 45) s.
    assert_eq!(compose::minutes(&items[..1]), 4);
    // Two of 10 seconds on either side: 2 x (2 x (10 + 10) + 45) s.
    assert_eq!(compose::minutes(&items[1..]), 3);
    // 190 and 170: six minutes to the second, and then a second more.
    assert_eq!(compose::minutes(&items), 6);
    let mut more = items.clone();
    more[1].rest_s += 1;
    assert_eq!(compose::minutes(&more), 7);
    assert_eq!(compose::minutes(&[]), 0);
}

#[test]
fn the_parts_of_a_session_are_its_sets_and_what_lies_between() {
    let segment = |phase, seconds, of| LiveSegment::new(phase, seconds).step(of);
    let mut items = two();
    // Repetitions without a rest between, then a hold to either side.
    items[0].rest_s = 0;
    items[1].sets = 1;
    assert_eq!(
        parts(&items, &steps(&items)),
        [
            segment(LivePhase::Reps, 30, 0).waiting(),
            segment(LivePhase::Reps, 30, 1).waiting(),
            segment(LivePhase::Ready, 5, 2).waiting(),
            segment(LivePhase::Lead, 5, 2),
            segment(LivePhase::Hold, 10, 2),
            segment(LivePhase::Change, 8, 3),
            segment(LivePhase::Ready, 5, 3).waiting(),
            segment(LivePhase::Lead, 5, 3),
            segment(LivePhase::Hold, 10, 3),
        ]
    );
}

fn allowed(list: &[Entry], n: usize) -> Allowed {
    let d = diary(list);
    compose::allowed(&d, &guidance(&d, day(n)), day(n))
}

#[test]
fn what_is_allowed_follows_stage_profile_and_clearance() {
    // At rest: the first level, no hops.
    let mut list = Vec::new();
    let rest = plan(Profile::Joint, Stage::Rest, None);
    put(&mut list, 0, 6, Body::Plan(Box::new(rest)));
    let a = allowed(&list, 0);
    assert_eq!((a.level, a.hops, a.held_back), (1, false, true));
    assert!(!a.off_feet && !a.nothing);
    // Running with a bone injury, cleared: hops once the self-test was passed, and a
    // clearance given after it.
    let mut list = begin(Profile::Bone);
    let a = allowed(&list, 0);
    assert_eq!(
        (a.level, a.hops, a.held_back, a.off_feet),
        (4, false, false, false)
    );
    put(&mut list, 1, 10, Body::SelfTest(self_test()));
    assert!(!allowed(&list, 2).hops);
    put(&mut list, 2, 7, Body::Clearance(clearance()));
    assert!(allowed(&list, 3).hops);
    // The same without the clearance: lying or sitting only.
    let mut list = begin(Profile::Bone);
    list.truncate(1);
    let a = allowed(&list, 0);
    assert_eq!((a.level, a.hops, a.off_feet), (1, false, true));
    // No bone, declared without a clinician: hops after the self-test, but what a
    // clinician should see first waits.
    let mut list = Vec::new();
    let mut declared = plan(Profile::Joint, Stage::RunWalk, Some("R3"));
    declared.no_clinician = true;
    put(&mut list, 0, 6, Body::Plan(Box::new(declared)));
    let a = allowed(&list, 0);
    assert_eq!(
        (a.level, a.hops, a.held_back, a.off_feet),
        (4, false, true, false)
    );
    let mut failed = self_test();
    failed.items[0].passed = false;
    put(&mut list, 1, 10, Body::SelfTest(failed));
    assert!(!allowed(&list, 2).hops);
    put(&mut list, 3, 10, Body::SelfTest(self_test()));
    assert!(allowed(&list, 4).hops);
    // A refusal is the last word.
    let mut list = begin(Profile::Joint);
    let mut no = clearance();
    no.granted = false;
    put(&mut list, 1, 9, Body::Clearance(no));
    assert!(allowed(&list, 2).held_back);
    // In walking no hops.
    let mut list = begun_in(Stage::Walking);
    put(&mut list, 0, 10, Body::SelfTest(self_test()));
    assert!(!allowed(&list, 0).hops);
}

#[test]
fn operated_and_just_after_a_birth_lies_or_sits_until_a_clearance() {
    let look = |change: &dyn Fn(&mut Plan), n: usize| {
        let mut list = Vec::new();
        let mut asking = plan(Profile::Joint, Stage::RunWalk, Some("R3"));
        change(&mut asking);
        put(&mut list, 0, 6, Body::Plan(Box::new(asking.clone())));
        // A word on something older is none.
        let mut old = clearance();
        old.seen_on = asking.injury.since.pred_opt();
        put(&mut list, 0, 7, Body::Clearance(old));
        let before = allowed(&list, n);
        put(&mut list, n, 7, Body::Clearance(clearance()));
        let after = allowed(&list, n);
        assert!(!after.off_feet && !after.nothing);
        (before.off_feet, before.nothing)
    };
    let none: fn(&mut Plan) = |_| {};
    let surgery: fn(&mut Plan) = |p| p.injury.surgery = true;
    let birth: fn(&mut Plan) = |p| {
        p.birth_on = Some(day(0));
        p.clearance_for = vec![ClearanceReason::Birth];
    };
    let heart: fn(&mut Plan) = |p| p.clearance_for = vec![ClearanceReason::Heart];
    let young: fn(&mut Plan) = |p| p.clearance_for = vec![ClearanceReason::Under18];
    // A plan that asks for a clearance and does not say why: the strictest line.
    let unsaid: fn(&mut Plan) = |p| p.needs_clearance = true;
    for (change, n, is) in [
        (none, 0, (false, false)),
        (surgery, 0, (true, false)),
        (birth, 41, (true, false)),
        (birth, 42, (false, false)),
        (heart, 0, (false, true)),
        (young, 0, (false, false)),
        (unsaid, 0, (false, true)),
    ] {
        assert_eq!(look(&change, n), is);
    }
}

#[test]
fn before_a_clearance_a_bone_gets_nothing_that_bears_weight() {
    let held = Allowed {
        level: 1,
        hops: false,
        held_back: true,
        off_feet: true,
        nothing: false,
    };
    for site in Site::ALL {
        let who = who(*site, Profile::Bone);
        for short in [true, false] {
            let items = compose::items(library(), &all_at(4, None), held, short, who);
            assert!(!items.is_empty());
            for item in &items {
                let exercise = library().get(&item.exercise).unwrap();
                assert!(exercise.off_feet && item.level == 1, "{}", item.exercise);
            }
        }
    }
    // Within a year of a birth and before a go-ahead, no plank.
    let born = Concerns {
        birth: true,
        ..anyone()
    };
    let items = compose::items(library(), &all_at(1, None), held, false, born);
    let there = patterns_of(&items);
    assert!(
        !there.contains(&"plank") && !there.contains(&"side-plank"),
        "{there:?}"
    );
    let nothing = Allowed {
        nothing: true,
        ..ALL
    };
    assert!(compose::items(library(), &all_at(1, None), nothing, false, anyone()).is_empty());
}

#[test]
fn cautions_are_shown_to_whom_they_concern() {
    let keys = |id: &str, who: Concerns| -> Vec<&str> {
        let exercise = library().get(id).unwrap();
        exercise.cautions_for(who).map(|c| c.key.as_str()).collect()
    };
    assert!(keys("plank", anyone()).is_empty());
    assert_eq!(
        keys(
            "plank",
            Concerns {
                birth: true,
                ..anyone()
            }
        ),
        ["birth"]
    );
    assert_eq!(
        keys(
            "plank",
            Concerns {
                heart: true,
                ..anyone()
            }
        ),
        ["breath"]
    );
    assert_eq!(keys("plank", who(Site::Back, Profile::Joint)), ["back"]);
    let tendon = who(Site::HamstringTendon, Profile::Tendon);
    for id in ["squat", "forward-lunge", "hip-thrust"] {
        assert!(keys(id, tendon).contains(&"hamstring-deep"), "{id}");
    }
    for id in ["glute-stretch", "side-swing"] {
        assert!(
            keys(id, who(Site::Hip, Profile::Tendon)).contains(&"hip-cross"),
            "{id}"
        );
    }
    assert!(keys("calf-step", who(Site::Plantar, Profile::Tendon)).is_empty());
    // Whom a birth concerns: a year, from the plan.
    let look = |n: usize, birth: Option<usize>| {
        let mut list = Vec::new();
        let mut plan = plan(Profile::Joint, Stage::Walking, None);
        plan.birth_on = birth.map(day);
        put(&mut list, 0, 6, Body::Plan(Box::new(plan)));
        let d = diary(&list);
        Concerns::of(&d, &guidance(&d, day(n)), day(n)).birth
    };
    assert_eq!(
        (look(0, None), look(364, Some(0)), look(365, Some(0))),
        (false, true, false)
    );
}

#[test]
fn a_pause_from_load_alone_keeps_light_strength() {
    let look = |profile, log: &dyn Fn(&mut Vec<Entry>)| {
        let mut list = begin(profile);
        log(&mut list);
        let d = diary(&list);
        let g = guidance(&d, day(2));
        assert_eq!(g.advice, Advice::Consult);
        let due = due(&d, &g, day(2));
        let a = compose::allowed(&d, &g, day(2));
        (
            matches!(due.when, When::Held(Hold::Paused)),
            due.gentle,
            a.level,
        )
    };
    let hurts: &dyn Fn(&mut Vec<Entry>) = &|list| run(list, 0, "R1", 9);
    assert_eq!(look(Profile::Joint, hurts), (false, true, 1));
    assert_eq!(look(Profile::Bone, hurts), (true, false, 1));
    // A limp the next morning is no load.
    let limps: &dyn Fn(&mut Vec<Entry>) = &|list| {
        run(list, 0, "R1", 0);
        let mut limp = morning(0);
        limp.limp = true;
        put(list, 1, 7, Body::Morning(limp));
    };
    assert_eq!(look(Profile::Joint, limps), (true, false, 1));
    // Nor is a sign.
    let sign: &dyn Fn(&mut Vec<Entry>) = &|list| {
        put(list, 0, 10, Body::Flag);
        list.last_mut().unwrap().flags = vec![RedFlag::NightPain];
    };
    assert_eq!(look(Profile::Joint, sign), (true, false, 1));
}

#[test]
fn a_heart_condition_waits_for_its_clearance() {
    let mut list = Vec::new();
    let mut heart = plan(Profile::Joint, Stage::Rest, None);
    heart.clearance_for = vec![ClearanceReason::Heart];
    heart.needs_clearance = true;
    put(&mut list, 0, 6, Body::Plan(Box::new(heart)));
    assert_eq!(when(&list, 4), When::Held(Hold::Heart));
    put(&mut list, 5, 7, Body::Clearance(clearance()));
    assert_eq!(when(&list, 6), When::Today);
}

#[test]
fn a_groin_gets_no_copenhagen_before_a_word() {
    let library = library();
    let mut s = standings(&Diary::default(), library, Profile::Muscle, day(0));
    s.retain(|s| s.pattern == "hip-adduction");
    s[0].level = 4;
    let held = Allowed {
        held_back: true,
        ..ALL
    };
    let (level, list) =
        compose::exercises(library, &s[0], held, who(Site::Adductor, Profile::Muscle));
    assert_eq!((level, list[0].id.as_str()), (2, "side-adduction"));
    let (level, _) = compose::exercises(library, &s[0], held, anyone());
    assert_eq!(level, 4);
    let (level, _) = compose::exercises(library, &s[0], ALL, who(Site::Adductor, Profile::Muscle));
    assert_eq!(level, 4);
}

fn two() -> Vec<Item> {
    let item = |exercise: &str, hold, each_side| Item {
        exercise: exercise.into(),
        pattern: "x".into(),
        level: 1,
        sets: 2,
        hold,
        target: 10,
        each_side,
        rest_s: 45,
        load: false,
        load_hg: 0,
    };
    vec![item("squat", false, false), item("side-plank", true, true)]
}

const DONE: SetAction = SetAction::Done {
    reps: 12,
    load_hg: 0,
};

#[test]
fn sets_wait_for_a_tap_holds_count_down_rests_go_by() {
    let items = two();
    assert_eq!(steps(&items).len(), 6);
    let mut moments = Vec::new();
    let mut tap = |at: i64, act: SetAction| {
        moments.push(StampedSetAction {
            at: at * 1000,
            action: act,
        });
        moments.clone()
    };
    let look = |m: &[StampedSetAction], at: i64| snapshot(&items, m, at * 1000);
    assert_eq!(look(&[], 0).phase, SetPhase::Set);
    assert_eq!(look(&[], 9999).phase, SetPhase::Set);
    let m = tap(10, DONE);
    assert_eq!(look(&m, 10).phase, SetPhase::Rest(45));
    assert_eq!(look(&m, 54).phase, SetPhase::Rest(1));
    assert_eq!(look(&m, 55).phase, SetPhase::Set);
    assert_eq!((look(&m, 55).index, look(&m, 55).of), (1, 6));
    // A second tap in the rest is no set.
    let m2 = [
        m.clone(),
        vec![StampedSetAction {
            at: 10_200,
            action: DONE,
        }],
    ]
    .concat();
    assert_eq!(look(&m2, 55).index, 1);
    tap(60, SetAction::Go);
    let m = tap(60, DONE);
    assert_eq!(look(&m, 60).step.unwrap().item, 1);
    let m = tap(70, SetAction::Go);
    assert_eq!(look(&m, 70).phase, SetPhase::Set);
    assert_eq!(look(&m, 70).step.unwrap().side, Side::Left);
    let m = tap(71, SetAction::Hold);
    assert_eq!(look(&m, 71).phase, SetPhase::Lead(5));
    assert_eq!(look(&m, 76).phase, SetPhase::Hold(10));
    assert_eq!(look(&m, 85).phase, SetPhase::Hold(1));
    // The hold ends by itself; to the other side is a turn, not a rest.
    assert_eq!(look(&m, 86).phase, SetPhase::Rest(8));
    assert_eq!(look(&m, 86).step.unwrap().side, Side::Right);
    assert_eq!(look(&m, 94).phase, SetPhase::Set);
    tap(95, SetAction::Hold);
    let m = tap(104, SetAction::Stop);
    let s = look(&m, 104);
    assert_eq!(
        (s.phase, s.done.last().unwrap().amount),
        (SetPhase::Rest(45), 4)
    );
    // Left out, taken back, left out again, and the end.
    let m = tap(105, SetAction::SkipItem);
    assert_eq!(look(&m, 105).phase, SetPhase::Over);
    let m = tap(106, SetAction::Back);
    assert_eq!(look(&m, 106).phase, SetPhase::Set);
    tap(107, SetAction::SkipSet);
    tap(108, SetAction::Back);
    let m = tap(109, SetAction::End);
    assert!(look(&m, 109).over());
    let m = tap(110, SetAction::Resume);
    assert!(!look(&m, 110).over());
    let done = look(&m, 110).done;
    let log = entry_of(&items, &done, score(2));
    assert_eq!(log.items.len(), 2);
    let sets: Vec<_> = log.items[1]
        .sets
        .iter()
        .map(|s| (s.seconds, s.side))
        .collect();
    assert_eq!(sets, [(Some(10.0), Side::Left), (Some(4.0), Side::Right)]);
    assert_eq!(log.items[0].sets[0].reps, Some(12));
}

#[test]
fn a_hold_stopped_within_a_second_is_none_and_a_set_left_out_counts_for_nothing() {
    let items = two();
    let at = |at: i64, act: SetAction| StampedSetAction { at, action: act };
    let look = |m: &[StampedSetAction], at: i64| snapshot(&items, m, at);
    // The first exercise is left out set by set; each leaves the next one waiting.
    let mut m = vec![at(0, SetAction::SkipSet)];
    let s = look(&m, 1000);
    assert_eq!((s.index, s.done.len(), s.phase), (1, 0, SetPhase::Set));
    m.push(at(1000, SetAction::SkipSet));
    let s = look(&m, 1000);
    assert_eq!((s.index, s.step.unwrap().item), (2, 1));
    m.push(at(2000, SetAction::Hold));
    // Stopped while it counts in, at once, just before a second, and at a second.
    for (stopped, done) in [(4000, None), (7000, None), (7999, None), (8000, Some(1))] {
        let mut m = m.clone();
        m.push(at(stopped, SetAction::Stop));
        let s = look(&m, stopped);
        assert_eq!(s.done.last().map(|d| d.amount), done, "after {stopped} ms");
        let phase = if done.is_some() {
            SetPhase::Rest(8)
        } else {
            SetPhase::Set
        };
        assert_eq!(s.phase, phase, "after {stopped} ms");
    }
}

#[test]
fn the_load_of_an_exercise_is_that_of_its_last_set() {
    let mut items = two();
    (items[0].load_hg, items[1].load_hg) = (20, 30);
    let load = |m: &[StampedSetAction]| snapshot(&items, m, 100_000).load_hg;
    assert_eq!(load(&[]), 20);
    let heavier = SetAction::Done {
        reps: 8,
        load_hg: 55,
    };
    let m = [StampedSetAction {
        at: 0,
        action: heavier,
    }];
    assert_eq!(load(&m), 55);
    let next = [
        m[0],
        StampedSetAction {
            at: 50_000,
            action: SetAction::SkipItem,
        },
    ];
    assert_eq!(load(&next), 30, "another exercise has its own");
    // Kilograms in the diary; no load is none, not nought.
    let done = snapshot(&items, &next, 100_000).done;
    let mut done = vec![done[0], done[0], done[0]];
    (done[1].load_hg, done[2].load_hg) = (0, 1);
    let log = entry_of(&items, &done, score(0));
    let loads: Vec<_> = log.items[0].sets.iter().map(|s| s.load_kg).collect();
    assert_eq!(loads, [Some(5.5), None, Some(0.1)]);
}

#[test]
fn hours_asleep_and_a_clock_set_back_lose_nothing() {
    let items = two();
    let moments = vec![
        StampedSetAction {
            at: 0,
            action: DONE,
        },
        StampedSetAction {
            at: 50_000,
            action: DONE,
        },
        StampedSetAction {
            at: 100_000,
            action: SetAction::Hold,
        },
    ];
    // The phone slept through the end of the hold.
    let s = snapshot(&items, &moments, 9_000_000);
    assert_eq!((s.phase, s.done.len()), (SetPhase::Set, 3));
    // An hour back: as if no time had passed.
    let s = snapshot(&items, &moments, -3_600_000);
    assert_eq!(s.phase, SetPhase::Lead(5));
}

#[test]
fn a_pause_stops_what_counts_down_and_any_act_ends_it() {
    let items = two();
    let tap = |list: &mut Vec<StampedSetAction>, at: i64, act: SetAction| {
        list.push(StampedSetAction {
            at: at * 1000,
            action: act,
        });
    };
    let look = |m: &[StampedSetAction], at: i64| snapshot(&items, m, at * 1000);
    let mut m = Vec::new();
    // A set waits by itself: there is nothing to pause, and nothing is lost by it.
    tap(&mut m, 0, SetAction::Pause);
    assert_eq!(look(&m, 5).phase, SetPhase::Set);
    tap(&mut m, 10, DONE);
    assert!(!look(&m, 10).paused);
    tap(&mut m, 20, SetAction::Pause);
    for at in [20, 21, 9999] {
        assert_eq!(
            (look(&m, at).phase, look(&m, at).paused),
            (SetPhase::Rest(35), true)
        );
    }
    tap(&mut m, 10_000, SetAction::Resume);
    assert_eq!(look(&m, 10_005).phase, SetPhase::Rest(30));
    tap(&mut m, 10_006, SetAction::Pause);
    tap(&mut m, 10_016, SetAction::Go);
    assert_eq!(
        (look(&m, 10_016).phase, look(&m, 10_016).paused),
        (SetPhase::Set, false)
    );
    // A hold in two halves, with a minute between.
    tap(&mut m, 10_020, DONE);
    tap(&mut m, 10_021, SetAction::Go);
    tap(&mut m, 10_022, SetAction::Hold);
    tap(&mut m, 10_031, SetAction::Pause);
    assert_eq!(look(&m, 10_091).phase, SetPhase::Hold(6));
    tap(&mut m, 10_091, SetAction::Resume);
    tap(&mut m, 10_093, SetAction::Stop);
    assert_eq!(look(&m, 10_093).done.last().unwrap().amount, 6);
}

#[test]
fn the_cues_of_a_set_are_those_of_any_session() {
    let items = two();
    let mut m = vec![
        StampedSetAction {
            at: 0,
            action: DONE,
        },
        StampedSetAction {
            at: 1000,
            action: SetAction::Go,
        },
    ];
    m.push(StampedSetAction {
        at: 2000,
        action: DONE,
    });
    m.push(StampedSetAction {
        at: 3000,
        action: SetAction::Go,
    });
    m.push(StampedSetAction {
        at: 4000,
        action: SetAction::Hold,
    });
    let mut heard = Vec::new();
    let mut was = snapshot(&items, &m, 4000).line;
    for at in (4100..=40_000).step_by(100) {
        let is = snapshot(&items, &m, at).line;
        heard.extend(
            cues(&was, &is)
                .into_iter()
                .map(|(cue, ahead)| (at + ahead, cue)),
        );
        was = is;
    }
    // Into the pose in five seconds, ten held, eight to turn.
    let count = |end: i64| [3, 2, 1].map(|left| (end - left * 1000, Cue::Count));
    let mut wanted = Vec::new();
    wanted.extend(count(9000));
    wanted.push((9000, Cue::Begin(LivePhase::Hold)));
    wanted.extend(count(19_000));
    wanted.push((19_000, Cue::Begin(LivePhase::Change)));
    wanted.extend(count(27_000));
    wanted.push((27_000, Cue::Begin(LivePhase::Ready)));
    assert_eq!(heard.len(), wanted.len(), "{heard:?}");
    for (heard, wanted) in heard.iter().zip(&wanted) {
        assert_eq!(heard.1, wanted.1);
        assert!((heard.0 - wanted.0).abs() <= 100, "{heard:?} {wanted:?}");
    }
}

fn any_act() -> impl Strategy<Value = SetAction> {
    prop_oneof![
        3 => Just(SetAction::Hold),
        3 => (1..30_u16, 0..100_u16).prop_map(|(reps, load_hg)| SetAction::Done { reps, load_hg }),
        1 => Just(SetAction::Stop),
        2 => Just(SetAction::Go),
        1 => Just(SetAction::SkipSet),
        1 => Just(SetAction::SkipItem),
        2 => Just(SetAction::Back),
        1 => Just(SetAction::End),
        2 => Just(SetAction::Resume),
        1 => Just(SetAction::Pause),
    ]
}

proptest! {
    #![proptest_config(cases(400))]

    /// Whatever is tapped: stored and read again it is the same, a clock that is set
    /// changes nothing, and no set is counted twice or beyond what was asked for.
    #[test]
    fn any_list_of_taps_rebuilds_its_state(
        taps in proptest::collection::vec((0..60_000_i64, any_act()), 0..25),
        before in 0..30_000_i64, set in -9_000_000..9_000_000_i64, after in 0..90_000_i64,
    ) {
        let items = two();
        let mut at = 1_772_434_800_000;
        let moments: Vec<StampedSetAction> = taps.into_iter().map(|(passed, act)| {
            at += passed;
            StampedSetAction { at, action: act }
        }).collect();
        let mut seen = 0;
        for known in 0..=moments.len() {
            let list = &moments[..known];
            let now = moments.get(known).map_or(at, |m| m.at);
            let s = snapshot(&items, list, now);
            prop_assert_eq!(s.of, 6);
            prop_assert!(s.index <= s.of);
            prop_assert_eq!(s.step.is_none(), s.index == s.of);
            prop_assert!(s.done.len() <= s.index);
            for pair in s.done.windows(2) {
                let place = |d: &SetDone| (d.step.item, d.step.set, d.step.side == Side::Right);
                prop_assert!(place(&pair[0]) < place(&pair[1]), "{:?}", s.done);
            }
            // One tap, and what ran out before it, end one set each at most.
            prop_assert!(s.done.len() <= seen + 2);
            seen = s.done.len();
        }
        let (a, b) = to_json(&items, &moments);
        let (items_again, read) = from_json(&a, &b).unwrap();
        prop_assert_eq!(&items_again, &items);
        prop_assert_eq!(&read, &moments);
        let honest = snapshot(&items, &moments, at + before + after);
        let mut shifted = moments.clone();
        shifted.push(StampedSetAction { at: at + before + set, action: SetAction::Excluded(at + before) });
        let (a, b) = to_json(&items, &shifted);
        prop_assert_eq!(from_json(&a, &b).map(|(_, m)| m), Some(shifted.clone()));
        let shifted = snapshot(&items, &shifted, at + before + set + after);
        prop_assert_eq!((shifted.phase, shifted.index, shifted.paused), (honest.phase, honest.index, honest.paused));
        prop_assert_eq!(shifted.done, honest.done);
    }
}

#[test]
fn the_next_target_is_a_little_more() {
    let library = library();
    let mut list = begin(Profile::Joint);
    let target = |list: &[Entry], on: usize| {
        let s = standing(list, Profile::Joint, "squat", on);
        compose::items(library, &[s], ALL, false, anyone())[0].target
    };
    assert_eq!(target(&list, 1), 8);
    put(
        &mut list,
        1,
        18,
        Body::Strength(trained("squat", 1, 0.67, 0)),
    );
    assert_eq!(target(&list, 3), 12);
    put(
        &mut list,
        3,
        18,
        Body::Strength(trained("squat", 1, 1.0, 0)),
    );
    assert_eq!(target(&list, 5), 15);
}

#[test]
fn a_file_that_is_not_the_library_is_refused() {
    for text in [
        "",
        "[]",
        "{}",
        r#"{"exercises":[{"id":"x"}],"regions":{}}"#,
        r#"{"exercises":[]}"#,
        r#"{"exercises":[{"id":"x","pattern":"y","reps":[1,2],"hold":[1,2],"figure":{}}]}"#,
    ] {
        assert!(Library::parse(text).is_none(), "{text}");
    }
    let all = library();
    assert_eq!(all.all().len(), 69);
    assert!(all.get("squat").is_some() && all.get("nothing").is_none());
    let left = |id| all.get(id).map(|e| e.shows_left);
    assert_eq!(
        (left("calf-stretch"), left("quad-stretch")),
        (Some(true), Some(false))
    );
}
