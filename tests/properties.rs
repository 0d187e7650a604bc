//! What must hold for every diary (progression, section 10).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod support;

use chrono::{NaiveDate, TimeDelta};
use footing::domain::backup;
use footing::domain::diary::Diary;
use footing::domain::entry::{Body, Entry};
use footing::domain::guidance::{Advice, ChangeCause, Guidance, Missing};
use footing::domain::keys::{Profile, Stage};
use footing::domain::ladder::Ladder;
use footing::domain::progression::guidance;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::any_entry;
use support::diaries::{
    Also, Start, allows_more, any_life, any_worse, clearance, day, entry, lived, morning, plan,
    score, self_test, session, worsen,
};

fn diary(list: &[Entry]) -> Diary {
    list.iter().cloned().collect()
}

/// Days after the last entry on which guidance is compared too.
const AFTER: usize = 40;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The first day on which `a` allows more than `b`, from a day to some weeks after the end.
fn more_allowed(a: &[Entry], b: &[Entry], from: usize, to: usize) -> Option<String> {
    let (a, b) = (diary(a), diary(b));
    (from..to + AFTER).find_map(|n| {
        let more = allows_more(&guidance(&a, day(n)), &guidance(&b, day(n)))?;
        Some(format!("on {}: {more}", day(n)))
    })
}

fn told(list: &[Entry]) -> String {
    list.iter().map(footing::domain::door::to_text).collect::<Vec<_>>().join("\n")
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
