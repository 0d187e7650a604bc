//! The pain scales say what the rules answer: every value, profile, usual and limit against
//! the engine's own verdict.
#![allow(clippy::unwrap_used)]

use crate::support::diaries::{clearance, day, entry, morning, plan, score, session};
use footing::diary::Diary;
use footing::diary::entry::{Body, Entry, Extra, Limits, Plan, Session};
use footing::diary::vocabulary::{PainBehaviour, Profile, Stage};
use footing::rules::guidance::{Guidance, Rule};
use footing::rules::measure::Measure;
use footing::rules::pain_scale::{DuringAnswers, PainMeaning, PainScale};
use footing::rules::progression::{guidance, morning_scale};
use footing::thresholds::ladder::Ladder;

const PAINS: std::ops::RangeInclusive<u8> = 0..=10;

/// Plans of every profile and usual, with no limit, the runner's own, and a clinician's.
fn plans() -> Vec<Plan> {
    let mut all = Vec::new();
    for profile in Profile::ALL {
        for usual in 0..=5 {
            for (by, most) in [
                ("", None),
                ("", Some(1)),
                ("Dr Vale", Some(2)),
                ("Dr Vale", Some(5)),
            ] {
                let mut plan = plan(*profile, Stage::RunWalk, Some("R3"));
                plan.usual_pain = score(usual);
                plan.limits = Some(Limits {
                    by: by.to_owned(),
                    role: None,
                    max_pain_during: most.map(score),
                    max_level: None,
                    ok_needed: None,
                    min_rest_days: None,
                    max_per_week: None,
                    usual_pain: (!by.is_empty()).then(|| score(5)),
                    exercises: Vec::new(),
                    extra: Extra::new(),
                    ladder: None,
                });
                all.push(plan);
            }
        }
    }
    all
}

/// The plan, its clearance, and what the days after held, from the second on.
fn lived(plan: &Plan, days: &[Body]) -> Vec<Entry> {
    let mut list = Vec::new();
    for body in [
        Body::Plan(Box::new(plan.clone())),
        Body::Clearance(clearance()),
    ] {
        let next = entry(&list, day(0), 8, body);
        list.push(next);
    }
    for (n, body) in days.iter().enumerate() {
        let next = entry(&list, day(n + 1), 9, body.clone());
        list.push(next);
    }
    list
}

fn judged(plan: &Plan, days: &[Body]) -> Guidance {
    let diary: Diary = lived(plan, days).into_iter().collect();
    guidance(&diary, day(days.len()))
}

fn measure(plan: &Plan) -> Measure {
    judged(plan, &[]).measure.unwrap()
}

/// What the engine made of some rules.
fn verdict(g: &Guidance, of: &[Rule]) -> PainMeaning {
    let read = g.reasons.iter().filter(|r| of.contains(&r.rule));
    PainMeaning::of(read.filter_map(|r| r.severity).max().unwrap_or(0))
}

fn run(change: impl FnOnce(&mut Session)) -> Body {
    let ladder = Ladder::builtin();
    let mut session = session(ladder.level("R3").unwrap());
    change(&mut session);
    Body::Session(Box::new(session))
}

#[test]
fn pain_during_means_what_rows_d_and_p_make_of_it() {
    for plan in plans() {
        let measure = measure(&plan);
        for pattern in PainBehaviour::ALL {
            for (limp, hurt) in [(false, false), (true, false), (false, true)] {
                let answers = DuringAnswers {
                    pattern: *pattern,
                    limp,
                    hurt,
                    fleeting_before: false,
                };
                let scale = PainScale::during(&measure, &plan, answers);
                for pain in PAINS {
                    let body = run(|s| {
                        s.pain_during = score(pain);
                        s.pattern = *pattern;
                        s.limp = limp;
                        s.hurt = hurt;
                    });
                    let engine = verdict(&judged(&plan, &[body]), &[Rule::D, Rule::P]);
                    let told = scale.meaning(pain);
                    assert_eq!(told, engine, "{pain} {answers:?} {measure:?}");
                }
            }
        }
    }
}

#[test]
fn nothing_at_or_below_an_agreed_usual_says_stop() {
    for plan in plans() {
        let measure = measure(&plan);
        let stricter = measure.limit.is_some_and(|l| l.pain() < measure.baseline);
        let scale = PainScale::during(&measure, &plan, DuringAnswers::NONE);
        for pain in (0..=measure.baseline).filter(|_| !stricter) {
            assert_eq!(scale.meaning(pain), PainMeaning::Fine, "{pain} {measure:?}");
        }
        // And it never says less of more.
        let rises = (0..=10).map(|pain| scale.meaning(pain)).is_sorted();
        assert!(rises, "{scale:?}");
    }
}

#[test]
fn pain_before_and_after_mean_what_rows_b_and_a_make_of_them() {
    for plan in plans() {
        let measure = measure(&plan);
        let (before, after) = (
            PainScale::before(&measure, &plan),
            PainScale::after(&measure, &plan),
        );
        let start = PainScale::before_start(&measure);
        for pain in PAINS {
            let g = judged(&plan, &[run(|s| s.pain_before = score(pain))]);
            let engine = verdict(&g, &[Rule::B]);
            assert_eq!(before.meaning(pain), engine, "before {pain} {measure:?}");
            assert_eq!(
                start.meaning(pain) == PainMeaning::Fine,
                engine == PainMeaning::Fine
            );
            let mut next = morning(0);
            next.settled_within_hour = Some(false);
            let days = [run(|s| s.pain_after = score(pain)), Body::Morning(next)];
            let engine = verdict(&judged(&plan, &days), &[Rule::A]);
            assert_eq!(after.meaning(pain), engine, "after {pain} {measure:?}");
        }
    }
}

#[test]
fn pain_on_a_morning_means_what_row_n_and_the_day_make_of_it() {
    let quiet = || Body::Morning(morning(0));
    let high = || Body::Morning(morning(4));
    let after_run: [(&str, Vec<Body>); 6] = [
        ("no session", vec![]),
        ("a session of zeros", vec![run(|_| ())]),
        (
            "a session with pain",
            vec![run(|s| s.pain_after = score(1))],
        ),
        ("the second morning", vec![run(|_| ()), quiet()]),
        ("a second, after a high one", vec![run(|_| ()), high()]),
        (
            "a week of high mornings",
            vec![high(), high(), high(), high(), run(|_| ())],
        ),
    ];
    for plan in plans() {
        for (what, days) in &after_run {
            let on = day(days.len() + 1);
            let diary: Diary = lived(&plan, days).into_iter().collect();
            let scale = morning_scale(&diary, on, None).unwrap();
            for pain in PAINS {
                let mut all = days.clone();
                all.push(Body::Morning(morning(pain)));
                let g = judged(&plan, &all);
                // What was found this morning, and whether the day itself is kept free.
                let today = g.reasons.iter().filter(|r| r.day == on);
                let found = today.filter(|r| matches!(r.rule, Rule::N | Rule::T));
                let found = PainMeaning::of(found.filter_map(|r| r.severity).max().unwrap_or(0));
                let kept_free = g.measure.unwrap().too_high(pain);
                let engine = if kept_free {
                    found.max(PainMeaning::RestToday)
                } else {
                    found
                };
                assert_eq!(
                    scale.meaning(pain),
                    engine,
                    "{what}: {pain} {:?}",
                    g.measure
                );
                if engine > PainMeaning::Repeat {
                    assert!(g.prescription().is_none(), "{what}: {pain} {:?}", g.advice);
                }
            }
        }
    }
}

#[test]
fn a_stop_line_names_where_the_page_steps_back() {
    let at = |profile, limit: Option<(&str, u8)>| {
        let mut plan = plan(profile, Stage::RunWalk, Some("R3"));
        plan.limits = limit.map(|(by, most)| Limits {
            by: by.to_owned(),
            role: None,
            max_pain_during: Some(score(most)),
            max_level: None,
            ok_needed: None,
            min_rest_days: None,
            max_per_week: None,
            usual_pain: None,
            exercises: Vec::new(),
            extra: Extra::new(),
            ladder: None,
        });
        let measure = Measure::of(&plan, profile);
        PainScale::during(&measure, &plan, DuringAnswers::NONE).stop_at()
    };
    assert_eq!(at(Profile::Joint, None), Some(4));
    assert_eq!(at(Profile::Muscle, None), Some(4));
    assert_eq!(at(Profile::Tendon, None), Some(6));
    assert_eq!(at(Profile::Bone, None), Some(1));
    assert_eq!(at(Profile::Joint, Some(("Dr Vale", 5))), Some(6));
    assert_eq!(at(Profile::Tendon, Some(("Dr Vale", 2))), Some(3));
    assert_eq!(at(Profile::Tendon, Some(("", 1))), Some(2));
    assert_eq!(at(Profile::Joint, Some(("Dr Vale", 10))), None);
}
