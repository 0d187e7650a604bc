//! Walks many random lives and looks for a runner without a way on:
//! `cargo run --release --example lives -- 10000`.
//!
//! Every runner who is not paused, waiting for a clinician or home has a way on which the app
//! names, and which changes stage, level or pause within 28 days.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

#[path = "../tests/support/mod.rs"]
mod support;

use footing::diary::vocabulary::Profile;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use support::diaries::{any_life, day, lived, seed};
use support::lives::{WAY_DAYS, way_on};

fn main() {
    let asked = std::env::args().nth(1).and_then(|n| n.parse().ok());
    let lives: u32 = asked.unwrap_or(300);
    let mut runner = TestRunner::new(Config {
        rng_seed: seed(),
        ..Config::default()
    });
    let life = (select(Profile::ALL), any_life(5..90));
    let (mut excused, mut stuck) = (0, 0);
    let mut days = vec![0_u32; usize::try_from(WAY_DAYS).unwrap() + 1];
    for n in 0..lives {
        let (profile, (start, genes)) = life.new_tree(&mut runner).unwrap().current();
        let list = lived(profile, &start, &genes);
        match way_on(&list, day(genes.len() - 1)) {
            Ok(None) => excused += 1,
            Ok(Some(after)) => days[usize::try_from(after).unwrap()] += 1,
            Err(why) => {
                stuck += 1;
                println!("life {n}, {profile:?}: {why}");
            }
        }
    }
    println!(
        "{lives} lives: {excused} paused, waiting for a clinician or home, {stuck} without a way on"
    );
    println!("days until stage, level or pause changed: {days:?}");
    assert_eq!(stuck, 0, "somebody has no way on");
}
