//! How long guidance takes for 50, 500 and 5,000 entries of a runner who follows the
//! advice, how long it takes to sum all of them up, and to make a session's audio track. `cargo bench --bench guidance`
// A bench is there to ask the clock.
#![allow(missing_docs, clippy::disallowed_methods)]

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/support/mod.rs"]
mod support;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    bench::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod bench {
    use super::support::diaries::{day, entry, morning, plan, score, self_test, session};
    use footing::diary::Diary;
    use footing::diary::entry::{Body, Entry};
    use footing::diary::vocabulary::{Profile, Stage};
    use footing::insights::overview::Overview;
    use footing::insights::span::{Span, Unit};
    use footing::rules::guidance::{Advice, Prescription};
    use footing::rules::progression::guidance;
    use footing::session::audio_track::{CueSheet, flac};
    use footing::session::plan::SessionPlan;
    use footing::session::timeline::snapshot;
    use footing::thresholds::ladder::Ladder;
    use std::hint::black_box;
    use std::time::{Duration, Instant};

    /// Most time for 5,000 entries.
    const LIMIT: Duration = Duration::from_millis(5);

    /// A runner who follows the advice; every ninth run hurts.
    fn diary(entries: usize) -> (Diary, usize) {
        let ladder = Ladder::builtin();
        let mut diary = Diary::default();
        let mut list: Vec<Entry> = Vec::with_capacity(entries);
        let mut add = |diary: &mut Diary, on: usize, hour, body| {
            let e = entry(&list, day(on), hour, body);
            diary.insert(e.clone());
            list.push(e);
            list.len()
        };
        let mut plan = plan(Profile::Joint, Stage::Walking, None);
        plan.no_clinician = true;
        add(&mut diary, 0, 6, Body::Plan(Box::new(plan)));
        let mut runs = 0;
        for n in 0.. {
            if add(&mut diary, n, 8, Body::Morning(morning(0))) >= entries {
                return (diary, n);
            }
            let g = guidance(&diary, day(n));
            if g.advice == Advice::SelfTest {
                add(&mut diary, n, 17, Body::SelfTest(self_test()));
            }
            if let Some(level) = g.prescription().and_then(|p| ladder.level(&p.level)) {
                runs += 1;
                let mut s = session(level);
                s.pain_during = score(if runs % 9 == 0 { 3 } else { 0 });
                add(&mut diary, n, 18, Body::Session(Box::new(s)));
            }
        }
        (diary, 0)
    }

    fn print(what: &str, work: impl Fn()) {
        let time = || {
            let start = Instant::now();
            work();
            start.elapsed()
        };
        let best = (0..20).map(|_| time()).min();
        println!("{what}: {:?}", best.unwrap_or_default());
    }

    pub fn main() {
        let (ten_years, last) = diary(5000);
        let least = (Unit::Day, false);
        print("5,000 entries summed up", || {
            black_box(Overview::of(&ten_years, day(last), Span::All, least, 3));
        });
        let level = Ladder::builtin();
        if let Some(level) = level.level("R3") {
            let plan = SessionPlan::new(&Prescription {
                level: level.id.clone(),
                activity: level.movement(),
                run_s: level.run_s,
                walk_s: level.walk_s,
                reps: level.reps,
            });
            let sheet = CueSheet::of(&snapshot(&plan, 0, &[], 0), 10, 0);
            print("an audio track", || drop(black_box(flac(&sheet))));
        }
        for entries in [50, 500, 5000] {
            let (diary, last) = diary(entries);
            let mut times: Vec<Duration> = (0..200)
                .map(|_| {
                    let start = Instant::now();
                    black_box(guidance(black_box(&diary), day(last)));
                    start.elapsed()
                })
                .collect();
            times.sort_unstable();
            let median = times[times.len() / 2];
            println!(
                "{entries:>5} entries: median {median:?}, slowest {:?}",
                times[times.len() - 1]
            );
            assert!(
                entries < 5000 || median <= LIMIT,
                "{entries} entries took {median:?}"
            );
        }
    }
}
