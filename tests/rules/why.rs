//! The reason fits the answer: every pair of headline and reason that random lives reach,
//! listed, and none of those that contradict each other among them.
#![allow(clippy::unwrap_used)]

use crate::support::diaries::{any_life, day, lived};
use footing::diary::Diary;
use footing::diary::vocabulary::Profile;
use footing::rules::guidance::{Advice, Fact, Guidance, Rule};
use footing::rules::progression::guidance;
use footing::rules::why::Why;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeSet;

/// Lives that are gone through, and the days after the last entry that are looked at too.
const LIVES: usize = 120;
const AFTER: usize = 20;

/// What contradicts its answer; `None`: nothing does.
fn contradiction(g: &Guidance) -> Option<&'static str> {
    let session = matches!(
        g.advice,
        Advice::Walk | Advice::SelfTest | Advice::RunWalk | Advice::Run
    );
    match g.why() {
        Why::Reason(r) if session && matches!(r.rule, Rule::F1 | Rule::F2) => {
            Some("a warning sign explains a session")
        }
        Why::Reason(r) if session && r.severity >= Some(2) => {
            Some("two rest days, or a pause, explain a session")
        }
        Why::Reason(r)
            if session
                && matches!(
                    r.rule,
                    Rule::Clearance
                        | Rule::Usual
                        | Rule::Illness
                        | Rule::Baseline
                        | Rule::Spacing
                        | Rule::Cap
                        | Rule::X2
                ) =>
        {
            Some("what keeps a session explains one")
        }
        Why::Reason(r) if g.advice == Advice::Consult => {
            let fits = r.severity >= Some(4) || r.rule == Rule::Self_;
            (!fits).then_some("a pause without its finding")
        }
        Why::Reason(r) if g.advice == Advice::Emergency => {
            (r.rule != Rule::F1).then_some("an emergency without its sign")
        }
        Why::Reason(r)
            if g.advice == Advice::Rest
                && g.not_before == g.on.succ_opt()
                && matches!(r.fact, Fact::Spacing { last } if last == g.on) =>
        {
            Some("a rest day in between, and the next session tomorrow")
        }
        Why::Go | Why::First if !session => Some("nothing holds back, and there is no session"),
        Why::Go if g.severity.is_none() => Some("what was entered, on the first day"),
        Why::Rest | Why::DoneToday if session => Some("rest explains a session"),
        Why::MovedUp(from, to) | Why::MovedDown(from, to) if from == to => Some("no move at all"),
        _ => None,
    }
}

fn named(why: Why<'_>) -> String {
    match why {
        Why::Reason(r) => match r.severity {
            Some(severity) => format!("{} {severity}", r.rule.id()),
            None => r.rule.id().to_owned(),
        },
        Why::Missing(_) => "missing".to_owned(),
        Why::MovedUp(..) => "moved up".to_owned(),
        Why::MovedDown(..) => "moved down".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn no_reachable_pair_of_answer_and_reason_contradicts_itself() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut pairs: BTreeSet<(Advice, String)> = BTreeSet::new();
    for n in 0..LIVES {
        let (start, genes) = any_life(5..60).new_tree(&mut runner).unwrap().current();
        let profile = Profile::ALL[n % Profile::ALL.len()];
        let list = lived(profile, &start, &genes);
        let diary: Diary = list.iter().cloned().collect();
        for on in (0..genes.len() + AFTER).map(day) {
            let g = guidance(&diary, on);
            let found = contradiction(&g);
            assert!(
                found.is_none(),
                "{on}: {found:?}: {:?}, {:?}",
                g.advice,
                g.why()
            );
            pairs.insert((g.advice, named(g.why())));
        }
    }
    for (advice, why) in &pairs {
        println!("{advice:?}: {why}");
    }
    assert!(pairs.len() >= 40, "only {} pairs: {pairs:#?}", pairs.len());
}
