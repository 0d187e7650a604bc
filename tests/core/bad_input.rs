//! Whatever a stored item or a backup says: refused at the door with entry and field
//! named, or handled as the rules say. Nothing panics.
#![allow(clippy::unwrap_used, clippy::pedantic)]

use crate::support;
use chrono::{NaiveDate, TimeDelta};
use footing::diary::Diary;
use footing::diary::backup;
use footing::diary::codec::{entry_from_json, entry_from_text};
use footing::diary::vocabulary::Profile;
use footing::rules::progression::guidance;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use support::any_json;
use support::diaries::{any_life, day, lived};
use uuid::Uuid;

/// How many inputs each property tries.
const CASES: u32 = 1500;
static RAN: AtomicU32 = AtomicU32::new(0);

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::with_cases(CASES)
    }
}

/// Reads a text as a backup, folds what came in, and asks for the days around it.
fn swallow(text: &str) {
    RAN.fetch_add(1, Ordering::Relaxed);
    let Ok(contents) = backup::read(text) else {
        return;
    };
    let list = contents.entries;
    let mut days: Vec<NaiveDate> = list.iter().map(|e| e.day()).collect();
    days.sort_unstable();
    days.dedup();
    let diary: Diary = list.into_iter().collect();
    let ends = [NaiveDate::MIN, NaiveDate::MAX];
    let near = days.iter().rev().take(3).flat_map(|d| {
        [Some(*d), d.checked_add_signed(TimeDelta::days(40))]
            .into_iter()
            .flatten()
    });
    for on in ends.into_iter().chain(near) {
        let g = guidance(&diary, on);
        assert_eq!(g.on, on);
    }
}

/// A backup of a life that was lived.
fn any_backup() -> impl Strategy<Value = Value> {
    (select(Profile::ALL), any_life(1..12)).prop_map(|(profile, (start, genes))| {
        let list = lived(profile, &start, &genes);
        let diary: Diary = list.iter().cloned().collect();
        let text = backup::export(&diary, &[], None, &list[0].at);
        serde_json::from_str(&text).unwrap()
    })
}

/// What somebody's editor, an older app, or a broken disk may leave.
fn any_damage() -> impl Strategy<Value = Value> {
    let strings = select(
        &[
            "R99",
            "",
            "9999-12-31",
            "2026-13-45",
            "2026-01-05T06:00:00+99:00",
            "chest-pain",
            "none",
            "+262143-01-01T00:00:00Z",
            "-0001-01-01",
            "\u{0}",
            "bone",
            "9999-12-31T23:59:59+14:00",
        ][..],
    );
    prop_oneof![
        3 => any_json(),
        2 => select(&[11_i64, -3, -1, 255, 256, 65_536, i64::MAX, i64::MIN][..]).prop_map(Value::from),
        2 => select(&[-0.5, 1e308, 0.1, 1e-300, 10.5][..]).prop_map(Value::from),
        3 => strings.prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(json!([])),
        1 => Just(json!({})),
    ]
}

/// Every place in a JSON value.
fn places(value: &Value, at: String, out: &mut Vec<String>) {
    out.push(at.clone());
    match value {
        Value::Array(list) => {
            for (n, v) in list.iter().enumerate() {
                places(v, format!("{at}/{n}"), out);
            }
        }
        Value::Object(map) => {
            for (key, v) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(v, format!("{at}/{key}"), out);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_is_answered(text in ".{0,200}") {
        swallow(&text);
        let _ = entry_from_text(&text, None);
    }

    #[test]
    fn any_json_is_answered(entries in any_json(), rest in any_json()) {
        let file = json!({"format": "footing-backup", "version": 1, "exported_at": rest, "entries": entries});
        swallow(&file.to_string());
        swallow(&entries.to_string());
    }

    /// A real backup in which some values were replaced, moved or doubled.
    #[test]
    fn a_damaged_backup_is_answered(
        mut file in any_backup(),
        hits in proptest::collection::vec((any::<Index>(), any_damage(), 0..4_u8), 1..6),
    ) {
        for (index, damage, how) in hits {
            let mut all = Vec::new();
            places(&file, String::new(), &mut all);
            let place = index.get(&all).clone();
            let other = file.pointer(&all[index.index(all.len()) / 2]).cloned().unwrap();
            let Some(target) = file.pointer_mut(&place) else { continue };
            match (how, target) {
                // Two entries at one instant, or one id twice.
                (0, Value::Array(list)) if !list.is_empty() => {
                    let twin = list[index.index(list.len())].clone();
                    list.push(twin);
                }
                (1, target) => *target = other,
                (2, Value::Object(map)) => {
                    if let Some(key) = map.keys().next().cloned() {
                        map.remove(&key);
                    }
                }
                (_, target) => *target = damage,
            }
        }
        swallow(&file.to_string());
    }

    /// A text that was cut, as a full disk leaves it.
    #[test]
    fn a_cut_backup_is_answered(file in any_backup(), at in any::<Index>()) {
        let text = file.to_string();
        let mut end = at.index(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        prop_assert!(backup::read(&text[..end]).is_err());
        RAN.fetch_add(1, Ordering::Relaxed);
    }
}

/// The faults of the brief, one by one: entry and field are named.
#[test]
fn what_is_refused_is_named() {
    let id = "019aa000-0000-7000-8000-000000000001";
    let at = "2026-03-02T18:00:00+01:00";
    let injury = json!({"profile": "joint", "site": "knee", "side": "left", "since": "2025-10-01"});
    let ladder = |levels: Value| {
        json!({"kind": "plan", "injury": injury.clone(), "start_stage": "run-walk",
               "limits": {"by": "A. Physio", "ladder": {"name": "own", "levels": levels}}})
    };
    let level = |id: &str, run: f64, walk: f64, reps: i64| json!({"id": id, "run": run, "walk": walk, "reps": reps});
    let refused: &[(Value, &str)] = &[
        (json!({"kind": "morning", "pain": 11}), "pain"),
        (json!({"kind": "morning", "pain": -1}), "pain"),
        (json!({"kind": "morning", "pain": 2.5}), "pain"),
        (
            json!({"kind": "session", "activity": "run", "run_min": -3, "walk_min": 0, "pain_during": 0}),
            "run_min",
        ),
        (
            json!({"kind": "morning", "pain": 0, "for": "9999-01-01"}),
            "for",
        ),
        (
            json!({"kind": "plan", "injury": injury.clone(), "start_stage": "run-walk", "start_level": "R99"}),
            "start_level",
        ),
        (
            json!({"kind": "plan", "injury": injury.clone(), "start_stage": "run-walk", "sessions_per_week": 9}),
            "sessions_per_week",
        ),
        (ladder(json!("A")), "levels"),
        (ladder(json!([level("A", -1.0, 2.0, 5)])), "run"),
        (ladder(json!([level("A", 1.0, 2.0, 0)])), "reps"),
        // A level that jumps: from 5 minutes of running to 50.
        (
            ladder(json!([level("A", 1.0, 2.0, 5), level("B", 10.0, 2.0, 5)])),
            "levels",
        ),
        (
            ladder(json!([level("A", 1.0, 2.0, 5), level("A", 1.0, 2.0, 6)])),
            "levels",
        ),
    ];
    for (body, field) in refused {
        let mut entry = body.clone();
        entry["id"] = id.into();
        entry["at"] = at.into();
        let faults = entry_from_json(entry, None).expect_err(&format!("{body} came in"));
        let text = format!("{faults:?}");
        assert!(text.contains(field), "{body}: {text}");
        assert!(
            faults.iter().all(|f| f.entry.contains("019aa000")),
            "{text}"
        );
    }
    let year = json!({"id": id, "at": "9999-03-02T18:00:00+01:00", "kind": "flag"});
    let faults = format!(
        "{:?}",
        entry_from_json(year, None).expect_err("the year 9999")
    );
    assert!(faults.contains("at"), "{faults}");
}

/// Two plans at one instant: the one with the later id stands, whatever the order. An
/// entry from tomorrow, after a clock change, waits for its day.
#[test]
fn two_plans_at_one_instant_and_an_entry_from_tomorrow() {
    let plan = |id: u128, level: &str| {
        let text = json!({"at": "2026-03-02T08:00:00+01:00", "kind": "plan", "start_stage": "run-walk",
            "start_level": level, "no_clinician": true,
            "injury": {"profile": "joint", "site": "knee", "side": "left", "since": "2025-10-01"}});
        entry_from_json(text, Some(Uuid::from_u128(id))).unwrap()
    };
    let morrow =
        json!({"at": "2026-03-03T08:00:00+01:00", "kind": "flag", "flags": ["night-pain"]});
    let morrow = entry_from_json(morrow, Some(Uuid::from_u128(9))).unwrap();
    let on: NaiveDate = "2026-03-02".parse().unwrap();
    let (a, b) = (plan(1, "R3"), plan(2, "R5"));
    for list in [[a.clone(), b.clone(), morrow.clone()], [morrow, b, a]] {
        let diary: Diary = list.into_iter().collect();
        let g = guidance(&diary, on);
        assert_eq!(g.level.as_deref(), Some("R5"));
        assert!(g.paused_since.is_none());
        assert!(
            guidance(&diary, on + TimeDelta::days(1))
                .paused_since
                .is_some()
        );
    }
    let _ = day(0);
    println!("{} inputs so far", RAN.load(Ordering::Relaxed));
}
