//! What holds for every session, whatever is done to it.
#![allow(clippy::unwrap_used)]

use footing::session::cue::Cue;
use footing::session::cues::{LEAD_MS, cues, script};
use footing::session::plan::{Phase, Segment, SessionPlan};
use footing::session::timeline::{Action, Clock, Snapshot, Stamped, snapshot};
use proptest::prelude::*;

const START: i64 = 1_772_434_800_000;

fn plan() -> impl Strategy<Value = SessionPlan> {
    let phase = prop_oneof![Just(Phase::Run), Just(Phase::Walk)];
    let part = (phase, 5..200_u32).prop_map(|(phase, s)| Segment::new(phase, s));
    (proptest::collection::vec(part, 1..8), any::<bool>()).prop_map(|(mut segments, eased)| {
        if eased {
            segments.insert(0, Segment::new(Phase::WarmUp, 300));
            segments.push(Segment::new(Phase::CoolDown, 300));
        }
        SessionPlan {
            level: "R1".into(),
            activity: "run-walk".into(),
            segments,
        }
    })
}

fn act() -> impl Strategy<Value = Action> {
    prop_oneof![
        Just(Action::Pause),
        Just(Action::Resume),
        Just(Action::Skip),
        Just(Action::Back),
        Just(Action::Hurt),
        Just(Action::Limp),
        Just(Action::End),
        Just(Action::UndoEnd),
        Just(Action::Seeked),
    ]
}

/// Acts with the milliseconds that pass before each.
fn events() -> impl Strategy<Value = Vec<Stamped>> {
    let step = (0..90_000_i64, act(), 0..1_500_000_i64);
    proptest::collection::vec(step, 0..14).prop_map(|steps| {
        let mut at = START;
        steps
            .into_iter()
            .map(|(passed, act, to)| {
                at += passed;
                let to = if act == Action::Seeked { to } else { 0 };
                Stamped {
                    at,
                    action: act,
                    to,
                }
            })
            .collect()
    })
}

fn done(at: &Snapshot) -> i64 {
    at.legs.iter().map(|p| p.done_ms).sum()
}

/// Run and walk by turns, a minute each.
fn by_turns() -> SessionPlan {
    let segments = [Phase::Run, Phase::Walk, Phase::Run, Phase::Walk];
    SessionPlan {
        level: "R1".into(),
        activity: "run-walk".into(),
        segments: segments.map(|p| Segment::new(p, 60)).to_vec(),
    }
}

/// What these acts lead to, each at its second.
fn after(acts: &[(i64, Action)], now: i64) -> Snapshot {
    let at = |s: i64| START + s * 1000;
    let moment = |(s, act): &(i64, Action)| Stamped {
        at: at(*s),
        action: *act,
        to: 0,
    };
    let moments: Vec<Stamped> = acts.iter().map(moment).collect();
    snapshot(&by_turns(), START, &moments, at(now))
}

/// The part that is going on, and milliseconds into it.
fn place(at: &Snapshot) -> (usize, i64) {
    (at.index, at.into_ms)
}

#[test]
fn what_is_over_stays_over() {
    let end = (90, Action::End);
    for act in [
        Action::Pause,
        Action::Resume,
        Action::Skip,
        Action::Back,
        Action::Seeked,
        Action::Hurt,
    ] {
        let at = after(&[end, (91, act)], 95);
        assert_eq!(at.clock, Clock::Ended, "{act:?}");
        assert_eq!(place(&at), (1, 30_000), "{act:?}");
        assert!(!at.hurt, "{act:?}");
        assert_eq!(at.legs.len(), 4, "{act:?}");
    }
    // Nor does the end come after the end.
    let done = after(&[(300, Action::End)], 301);
    assert_eq!((done.clock, done.index), (Clock::Finished, 4));
    // A pause is no end, and only a pause is resumed.
    let paused = after(&[(90, Action::Pause), (91, Action::Pause)], 95);
    assert_eq!((paused.clock, place(&paused)), (Clock::Paused, (1, 30_000)));
    let back = after(&[(90, Action::End), (91, Action::UndoEnd)], 95);
    assert_eq!(back.clock, Clock::Counting);
}

#[test]
fn that_hurts_turns_every_run_into_a_walk() {
    let at = after(&[(30, Action::Hurt)], 30);
    let parts: Vec<(Phase, i64)> = at.legs.iter().map(|p| (p.phase, p.whole_ms)).collect();
    assert_eq!(
        parts,
        [
            (Phase::Run, 30_000),
            (Phase::Walk, 30_000),
            (Phase::Walk, 60_000),
            // The run that was not begun stays readable, unrun; its time is walked.
            (Phase::Run, 0),
            (Phase::Walk, 60_000),
            (Phase::Walk, 60_000),
        ]
    );
    // Pressed again it takes nothing back: the undo leads to before the first.
    let twice = after(
        &[
            (30, Action::Hurt),
            (40, Action::Hurt),
            (50, Action::UndoHurt),
        ],
        50,
    );
    assert!(!twice.hurt);
    assert_eq!(twice.legs.len(), 4);
    // What comes next is no emptied run.
    let third = after(&[(30, Action::Hurt)], 100);
    assert_eq!(place(&third), (2, 40_000));
    assert_eq!(third.next(), third.legs.get(4));
}

#[test]
fn what_comes_next_is_the_part_after_this() {
    let at = after(&[], 10);
    assert_eq!(at.next().map(|p| p.phase), Some(Phase::Walk));
    assert_eq!(at.next(), at.legs.get(1));
    let last = after(&[], 200);
    assert_eq!((last.index, last.next()), (3, None));
    // A part that waits for "Next" has no length yet, and comes all the same.
    let mut waiting = by_turns();
    waiting.segments[1] = Segment::new(Phase::Walk, 0).waiting();
    let at = snapshot(&waiting, START, &[], START + 10_000);
    assert_eq!(at.next(), at.legs.get(1));
}

#[test]
fn back_leads_to_the_start_of_this_part_or_of_the_one_before() {
    let back = |s: i64, ms: i64| {
        let moment = Stamped {
            at: START + s * 1000 + ms,
            action: Action::Back,
            to: 0,
        };
        place(&snapshot(&by_turns(), START, &[moment], moment.at))
    };
    // Three seconds in, this part has only just begun.
    assert_eq!(back(62, 999), (0, 0));
    assert_eq!(back(63, 0), (1, 0));
    assert_eq!(back(100, 0), (1, 0));
    // After "That hurts": over the emptied run, never back over one that was run.
    let acts = [(30, Action::Hurt), (121, Action::Back)];
    assert_eq!(place(&after(&acts, 121)), (2, 0));
    let acts = [(30, Action::Hurt), (31, Action::Back)];
    assert_eq!(place(&after(&acts, 31)), (1, 0));
}

#[test]
fn the_time_line_leads_to_any_second_of_it() {
    let sought = |acts: &[(i64, Action)], to: i64| {
        let at = |s: i64| START + s * 1000;
        let mut moments: Vec<Stamped> = acts
            .iter()
            .map(|(s, act)| Stamped {
                at: at(*s),
                action: *act,
                to: 0,
            })
            .collect();
        moments.push(Stamped {
            at: at(100),
            action: Action::Seeked,
            to,
        });
        place(&snapshot(&by_turns(), START, &moments, at(100)))
    };
    assert_eq!(sought(&[], 30_000), (0, 30_000));
    assert_eq!(sought(&[], 60_000), (1, 0));
    assert_eq!(sought(&[], 130_000), (2, 10_000));
    assert_eq!(sought(&[], -5), (0, 0));
    assert_eq!(sought(&[], 999_000), (4, 0));
    // After "That hurts" no further back than to the walk that began with it.
    let hurt = [(30, Action::Hurt)];
    assert_eq!(sought(&hurt, 10_000), (1, 0));
    assert_eq!(sought(&hurt, 31_000), (1, 1_000));
    assert_eq!(sought(&hurt, 61_000), (2, 1_000));
}

/// The script of these parts: places in milliseconds and cues.
fn scripted(segments: Vec<Segment>) -> Vec<(i64, Cue)> {
    let plan = SessionPlan {
        segments,
        ..by_turns()
    };
    script(&snapshot(&plan, START, &[], START))
}

fn half_way(segments: Vec<Segment>) -> Option<i64> {
    let of = |(at, cue): &(i64, Cue)| (*cue == Cue::HalfWay).then_some(*at);
    scripted(segments).iter().find_map(of)
}

#[test]
fn the_script_calls_each_change_and_the_last_run() {
    let run = Segment::new(Phase::Run, 60);
    let walk = Segment::new(Phase::Walk, 60);
    let count = |s: i64| [s + 57_000, s + 58_000, s + 59_000].map(|at| (at, Cue::Count));
    let mut expected = vec![(0, Cue::Begin(Phase::Run))];
    expected.extend(count(0));
    expected.push((60_000, Cue::Begin(Phase::Walk)));
    // Half of three minutes.
    expected.push((90_000, Cue::HalfWay));
    expected.extend(count(60_000));
    expected.push((120_000, Cue::Last));
    expected.extend(count(120_000));
    expected.push((180_000, Cue::Done));
    assert_eq!(scripted(vec![run, walk, run]), expected);
    // One run alone is no last one.
    let alone = scripted(vec![run]);
    assert_eq!(alone[0], (0, Cue::Begin(Phase::Run)));
    // Four seconds hold a two and a one, and no three that would drown the change.
    assert_eq!(
        scripted(vec![Segment::new(Phase::Walk, 4)]),
        [
            (0, Cue::Begin(Phase::Walk)),
            (2_000, Cue::Count),
            (3_000, Cue::Count),
            (4_000, Cue::Done)
        ]
    );
}

#[test]
fn half_way_is_said_where_there_is_room_for_it() {
    let parts = |list: &[u32]| -> Vec<Segment> {
        let phases = [Phase::Run, Phase::Walk].into_iter().cycle();
        let part = |(s, phase): (&u32, Phase)| Segment::new(phase, *s);
        list.iter().zip(phases).map(part).collect()
    };
    assert_eq!(half_way(parts(&[120])), Some(60_000));
    assert_eq!(half_way(parts(&[119])), None);
    // Four seconds before a change there is room; nearer it is said three seconds after.
    assert_eq!(half_way(parts(&[90, 82])), Some(86_000));
    assert_eq!(half_way(parts(&[90, 86])), Some(93_000));
    assert_eq!(half_way(parts(&[90, 94])), Some(93_000));
    assert_eq!(half_way(parts(&[90, 98])), Some(94_000));
    // Nowhere when change follows on change.
    let mut short = vec![60];
    short.extend([4; 15]);
    assert_eq!(half_way(parts(&short)), None);
    // Nor where the runner sets the pace.
    let waits = vec![
        Segment::new(Phase::Run, 100),
        Segment::new(Phase::Walk, 60).waiting(),
    ];
    assert_eq!(half_way(waits), None);
}

#[test]
fn drills_end_with_the_warm_up() {
    let drills = |s: u32| -> Vec<i64> {
        let all = scripted(vec![Segment::new(Phase::WarmUp, s)]);
        let drill = all.iter().filter(|(_, cue)| *cue == Cue::Drill);
        drill.map(|(at, _)| *at).collect()
    };
    // Four of half a minute, from four minutes on.
    assert_eq!(drills(240), [120_000, 150_000, 180_000, 210_000]);
    assert_eq!(drills(300), [180_000, 210_000, 240_000, 270_000]);
    assert_eq!(drills(239), [] as [i64; 0]);
}

#[test]
fn a_cue_sounds_as_long_as_its_last_tone() {
    assert_eq!(Cue::Count.length_ms(), 90);
    assert_eq!(Cue::Last.length_ms(), 440 + 340);
}

#[test]
fn a_cue_ahead_says_how_long_it_is_until() {
    let at = |ms: i64| snapshot(&by_turns(), START, &[], START + ms);
    let between = |from: i64, to: i64| cues(&at(from), &at(to));
    assert_eq!(between(55_000, 56_000), [(Cue::Count, LEAD_MS)]);
    assert_eq!(between(55_000, 56_050), [(Cue::Count, 950)]);
    assert_eq!(
        between(55_999, 57_010),
        [(Cue::Count, 0), (Cue::Count, 990)]
    );
    // A second and a half is no sleep; a little more is, and no count is told late.
    let counts = [(Cue::Count, 0), (Cue::Count, 600)];
    assert_eq!(between(56_900, 58_400), counts);
    assert_eq!(between(56_900, 58_401), []);
    assert_eq!(between(56_900, 61_000), [(Cue::Begin(Phase::Walk), 0)]);
    // What lies ahead is no volley; what is about to begin is what holds.
    let half = [(Cue::Last, 0), (Cue::HalfWay, 500)];
    assert_eq!(between(56_900, 122_500), half);
    assert_eq!(between(91_000, 119_800), [(Cue::Last, 200)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// What counts is what passed while nothing was paused or over, to the millisecond.
    #[test]
    fn done_is_elapsed_less_paused(plan in plan(), events in events(), after in 0..600_000_i64) {
        let end = events.last().map_or(START, |m| m.at) + after;
        let mut counted = 0;
        let mut since = START;
        for known in 0..=events.len() {
            let until = events.get(known).map_or(end, |m| m.at);
            let at = snapshot(&plan, START, &events[..known], since);
            if at.clock == Clock::Counting {
                counted += (until - since).min(at.total_left_ms());
            }
            since = until;
        }
        prop_assert_eq!(done(&snapshot(&plan, START, &events, end)), counted);
    }

    /// A list that was stored at any event and read again leads to the same second.
    #[test]
    fn any_prefix_rebuilds_its_state(plan in plan(), events in events(), cut in 0..14_usize, after in 0..90_000_i64) {
        let known = &events[..cut.min(events.len())];
        let now = known.last().map_or(START, |m| m.at) + after;
        let stored = serde_json::to_string(&(&plan, known)).unwrap();
        let (plan_again, read): (SessionPlan, Vec<Stamped>) = serde_json::from_str(&stored).unwrap();
        let at = snapshot(&plan, START, known, now);
        prop_assert_eq!(&snapshot(&plan_again, START, &read, now), &at);
        // And the place lies within the session.
        prop_assert!((0..=at.whole_ms()).contains(&at.place_ms()));
        prop_assert!(at.into_ms == 0 || at.into_ms < at.leg().unwrap().ends_ms);
        prop_assert!(at.legs.iter().all(|p| p.ends_ms <= p.whole_ms));
        let (run, walk) = at.done_s();
        let sum: f64 = at.intervals().iter().map(|i| i.done_s).sum();
        let rounding = f64::from(u32::try_from(at.legs.len()).unwrap()) / 2.0;
        prop_assert!((run + walk - sum).abs() <= rounding);
    }

    /// After "That hurts" nothing leads back to a run, and no cue calls for one.
    #[test]
    fn nothing_runs_after_that_hurts(plan in plan(), events in events(), after in 0..600_000_i64) {
        let mut ran = None;
        for (known, moment) in events.iter().enumerate() {
            let now = events.get(known + 1).map_or(moment.at + after, |m| m.at);
            let at = snapshot(&plan, START, &events[..=known], now);
            if !at.hurt {
                continue;
            }
            // Not a second of running is added.
            let (run, _) = at.done_s();
            prop_assert!((*ran.get_or_insert(run) - run).abs() < 0.001);
            if !at.over() {
                prop_assert_ne!(at.leg().map(|p| p.phase), Some(Phase::Run));
            }
            let run = |c: &Cue| matches!(c, Cue::Begin(Phase::Run) | Cue::Last);
            let called = script(&at).iter().any(|(when, c)| *when > at.place_ms() && run(c));
            prop_assert!(!called);
        }
    }

    /// The clock set to any time, at any moment, takes nothing away and adds nothing.
    #[test]
    fn a_clock_that_is_set_changes_nothing(
        plan in plan(), events in events(), before in 0..200_000_i64,
        set in -9_000_000..9_000_000_i64, after in 0..200_000_i64,
    ) {
        let last = events.last().map_or(START, |m| m.at) + before;
        let honest = snapshot(&plan, START, &events, last + after);
        let mut moments = events.clone();
        moments.push(Stamped { at: last + set, action: Action::Excluded, to: last });
        let shifted = snapshot(&plan, START, &moments, last + set + after);
        prop_assert_eq!(&shifted.legs, &honest.legs);
        prop_assert_eq!(shifted.place_ms(), honest.place_ms());
        prop_assert_eq!(shifted.clock, honest.clock);
    }

    /// A track that is the clock leads to its own place, and what it played is what counts.
    #[test]
    fn the_track_is_the_clock(plan in plan(), places in proptest::collection::vec((1..90_000_i64, 0..90_000_i64), 1..8)) {
        let (mut at, mut place) = (START, 0);
        let mut moments = Vec::new();
        for (passed, played) in places {
            at += passed;
            place += played;
            moments.push(Stamped { at, action: Action::Played, to: place });
        }
        let now = snapshot(&plan, START, &moments, at);
        prop_assert_eq!(now.place_ms(), place.min(now.whole_ms()));
        prop_assert_eq!(done(&now), place.min(now.whole_ms()));
    }

    /// However time is cut into looks, the cues are those of the script, each once.
    #[test]
    fn every_cue_once(plan in plan(), looks in proptest::collection::vec(1..1400_i64, 1..400)) {
        let mut now = START;
        let mut before = snapshot(&plan, START, &[], now);
        let mut heard = Vec::new();
        for look in looks {
            now += look;
            let after = snapshot(&plan, START, &[], now);
            heard.extend(cues(&before, &after).into_iter().map(|(cue, _)| cue));
            before = after;
        }
        let place = before.place_ms();
        let due: Vec<Cue> = script(&before).into_iter()
            .filter(|(at, _)| LEAD_MS < *at && *at <= place + LEAD_MS).map(|(_, c)| c).collect();
        prop_assert_eq!(heard, due);
    }
}
