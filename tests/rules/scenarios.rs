//! Every file in `tests/scenarios` is a diary and what guidance must say of it. Anyone
//! can add one without touching Rust.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, FixedOffset, NaiveDate};
use footing::diary::Diary;
use footing::diary::codec;
use footing::rules::guidance::Guidance;
use footing::rules::progression::guidance_at;
use serde_json::{Map, Value};
use std::fmt::Write as _;
use std::path::Path;
use uuid::Uuid;

fn day(value: &Value) -> NaiveDate {
    value
        .as_str()
        .and_then(|s| s.parse().ok())
        .expect("a day, YYYY-MM-DD")
}

/// The instant at which the day is asked about, where the scenario names one.
fn now(scenario: &Value) -> Option<DateTime<FixedOffset>> {
    let text = scenario.get("now")?.as_str();
    Some(
        text.and_then(|s| s.parse().ok())
            .expect("an instant, RFC 3339"),
    )
}

fn diary(scenario: &Value) -> Result<Diary, String> {
    let entries = scenario["entries"].as_array().ok_or("entries is no list")?;
    let mut diary = Diary::default();
    for (n, entry) in entries.iter().enumerate() {
        let id = Uuid::from_u128(n as u128 + 1);
        let entry = codec::entry_from_json(entry.clone(), Some(id))
            .map_err(|faults| format!("entry {n}: {faults:?}"))?;
        diary.insert(entry);
    }
    Ok(diary)
}

fn actual(g: &Guidance, field: &str) -> Option<Value> {
    let text = |s: Option<&str>| s.map_or(Value::Null, Value::from);
    Some(match field {
        "stage" => text(g.stage.map(footing::diary::vocabulary::Stage::key)),
        "level" => text(g.level.as_deref()),
        "advice" => text(Some(g.advice.key())),
        "not_before" => g.not_before.map_or(Value::Null, |d| d.to_string().into()),
        "morning_check_due" => g.morning_check_due.into(),
        "severity" => g.severity.map_or(Value::Null, Value::from),
        "rules" => g.reasons.iter().map(|r| Value::from(r.rule.id())).collect(),
        _ => return None,
    })
}

fn mismatches(expect: &Map<String, Value>, g: &Guidance) -> String {
    let mut out = String::new();
    for (field, wanted) in expect {
        let Some(got) = actual(g, field) else {
            writeln!(out, "  {field}: not a field that can be expected").unwrap();
            continue;
        };
        let met = match (wanted.as_array(), got.as_array()) {
            (Some(wanted), Some(got)) => wanted.iter().all(|w| got.contains(w)),
            _ => *wanted == got,
        };
        if !met {
            writeln!(out, "  {field}: expected {wanted}, got {got}").unwrap();
        }
    }
    out
}

#[test]
fn every_scenario_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    let mut failed = String::new();
    let mut count = 0;
    for file in files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "json"))
    {
        count += 1;
        let name = file.file_name().unwrap().to_string_lossy();
        let scenario: Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).expect(&name);
        match diary(&scenario) {
            Err(error) => writeln!(failed, "{name}: {error}").unwrap(),
            Ok(diary) => {
                let g = guidance_at(&diary, day(&scenario["on"]), now(&scenario));
                let expect = scenario["expect"].as_object().expect("expect");
                assert!(!expect.is_empty(), "{name} expects nothing");
                let wrong = mismatches(expect, &g);
                if !wrong.is_empty() {
                    let why = &scenario["why"];
                    writeln!(failed, "{name} ({why})\n{wrong}").unwrap();
                }
            }
        }
    }
    assert!(count >= 35, "only {count} scenarios found");
    assert!(failed.is_empty(), "\n{failed}");
    println!("{count} scenarios hold");
}
