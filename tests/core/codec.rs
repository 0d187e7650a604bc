//! The door: what comes in is checked, and what goes out comes back the
//! same.

use crate::support;
use chrono::FixedOffset;
use footing::diary::backup;
use footing::diary::codec::{
    FieldErrorKind, check, entry_from_json, entry_from_text, entry_to_json, to_text,
};
use footing::diary::entry::KINDS;
use footing::diary::entry::{Body, Entry};
use footing::diary::vocabulary::{Onset, RedFlag, Site};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::contract::{COMMON, FIELDS, Takes, bad, full, full_of, pointer, set};
use support::{any_entry, any_json};
use uuid::Uuid;

/// Instants compare equal across offsets; here offsets count.
fn offsets(entry: &Entry) -> (FixedOffset, Option<FixedOffset>) {
    let edited = entry.edited_at.map(|at| *at.offset());
    (*entry.at.offset(), edited)
}

#[test]
fn every_scenario_loads() {
    let mut seen = 0;
    for file in std::fs::read_dir("tests/scenarios").expect("scenarios") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        let mut json: Value = serde_json::from_str(&text).expect("JSON");
        let Value::Array(entries) = json["entries"].take() else {
            panic!("{}: no entries", path.display());
        };
        for (value, number) in entries.into_iter().zip(1_u128..) {
            let id = Uuid::from_u128(number);
            let entry = entry_from_json(value, Some(id))
                .unwrap_or_else(|faults| panic!("{} #{number}: {faults:?}", path.display()));
            assert_eq!(entry.id, id);
            assert_eq!(entry_from_text(&to_text(&entry), None), Ok(entry));
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

/// The tables below speak of everything there is: each field of each full
/// entry has its row, and each kind its entry.
#[test]
fn the_tables_are_complete() {
    let kinds: Vec<_> = FIELDS.iter().map(|row| row.0).collect();
    assert_eq!(kinds, KINDS);
    for (kind, own) in FIELDS {
        let whole = full_of(kind);
        let mut found = Vec::new();
        objects(&whole, "", &mut found);
        let rows = COMMON.iter().chain(*own);
        let rows: Vec<_> = rows
            .map(|row| pointer(row.0.trim_end_matches('!')))
            .collect();
        for at in found {
            let object = whole.pointer(&at).and_then(Value::as_object);
            for key in object.expect("an object").keys() {
                // One level of a ladder stands for all.
                let place = format!("{at}/{key}").replace("/levels/0", "/levels/1");
                let place = place.replace("/levels/2", "/levels/1");
                assert!(rows.contains(&place), "{kind} {place}");
            }
        }
    }
}

#[test]
fn every_bad_value_of_every_field_is_named() {
    let mut tried = 0;
    for (kind, own) in FIELDS {
        let whole = full_of(kind);
        for (field, takes) in COMMON.iter().chain(*own) {
            let path = field.trim_end_matches('!');
            for (value, problem) in bad(*takes) {
                let mut entry = whole.clone();
                set(&mut entry, path, value.clone());
                let faults = entry_from_json(entry, None).expect_err(path);
                let short: String = value.to_string().chars().take(60).collect();
                assert_eq!(faults.len(), 1, "{kind} {path} {short}: {faults:?}");
                let fault = &faults[0];
                assert_eq!(fault.field, path, "{kind} {short}");
                assert_eq!(fault.problem, problem, "{kind} {path} {short}");
                let (is_id, is_kind) = (path == "id", path == "kind");
                let id = if is_id {
                    ""
                } else {
                    whole["id"].as_str().expect("an id")
                };
                assert_eq!(fault.entry, id);
                assert_eq!(fault.kind, if is_kind { "" } else { kind });
                tried += 1;
            }
            if matches!(takes, Takes::Keys) {
                let mut entry = whole.clone();
                set(
                    &mut entry,
                    path,
                    json!([whole.pointer(&pointer(path)).expect("it")[0], "no", 3]),
                );
                let faults = entry_from_json(entry, None).expect_err(path);
                let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
                assert_eq!(fields, [format!("{path}[1]"), format!("{path}[2]")]);
                assert_eq!(
                    faults[0].problem,
                    FieldErrorKind::UnknownKey { got: "no".into() }
                );
                assert_eq!(faults[1].problem, FieldErrorKind::NotText);
            }
            if matches!(takes, Takes::Objects(_)) {
                let mut entry = whole.clone();
                set(&mut entry, &format!("{path}[0]"), json!(3));
                let faults = entry_from_json(entry, None).expect_err(path);
                assert_eq!(faults[0].field, format!("{path}[0]"));
                assert_eq!(faults[0].problem, FieldErrorKind::NotAnObject);
            }
        }
    }
    assert!(tried > 800, "{tried}");
}

#[test]
fn missing_and_null_mean_the_default_or_a_fault() {
    for (kind, own) in FIELDS {
        for (field, _) in COMMON.iter().chain(*own) {
            let path = field.trim_end_matches('!');
            let mut null = full_of(kind);
            set(&mut null, path, Value::Null);
            let mut missing = null.clone();
            let at = pointer(path);
            let (parent, key) = at.rsplit_once('/').expect("a path");
            let parent = missing.pointer_mut(parent).expect("the parent");
            parent.as_object_mut().expect("an object").remove(key);
            let read = entry_from_json(missing.clone(), None);
            assert_eq!(read, entry_from_json(null, None), "{kind} {path}");
            match read {
                Ok(entry) => {
                    assert_eq!(path, *field, "{kind}: has no default");
                    assert_eq!(entry_to_json(&entry), missing, "{kind} {path}: written");
                }
                Err(faults) => {
                    assert_ne!(path, *field, "{kind}: has a default: {faults:?}");
                    assert_eq!(faults.len(), 1, "{kind}: {faults:?}");
                    assert_eq!(faults[0].field, path, "{kind}");
                    assert_eq!(faults[0].problem, FieldErrorKind::Missing, "{kind} {path}");
                }
            }
        }
    }
}

/// Paths of all objects in a value, itself included, as JSON pointers.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.push(at.to_owned());
            for (key, value) in map {
                objects(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                objects(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn unknown_fields_stay_where_they_stood() {
    for mut value in full() {
        let mut found = Vec::new();
        objects(&value, "", &mut found);
        for at in &found {
            value.pointer_mut(at).expect("it")["later"] =
                json!({"deep": [null, {"est": 0.1}], "n": -0.5});
        }
        let entry = entry_from_json(value.clone(), None).expect("an entry");
        assert_eq!(entry_to_json(&entry), value);
    }
}

/// A number that this version knows nothing of leaves with the digits it came with.
#[test]
fn a_number_that_was_loaded_and_saved_is_the_number_that_was_stored() {
    let numbers = [
        "0.1",
        "1.50",
        "1e+400",
        "-0.0",
        "9007199254740993",
        "123456789012345678901234567890.123456789",
        "0.30000000000000004",
    ];
    for number in numbers {
        let text = format!(
            "{{\"at\":\"2026-03-02T18:00:00+01:00\",\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\
             \"kind\":\"flag\",\"later\":{{\"n\":[{number}]}}}}"
        );
        let entry = entry_from_text(&text, None).expect("an entry");
        assert_eq!(to_text(&entry), text);
        let backup = backup::export(
            &[entry].into_iter().collect(),
            &[],
            None,
            &chrono::DateTime::default(),
        );
        assert!(backup.contains(&format!("[{number}]")), "{backup}");
        let read = backup::read(&backup).expect("a backup");
        assert_eq!(to_text(&read.entries[0]), text);
    }
}

#[test]
fn what_stands_at_its_default_is_left_out() {
    let head = r#""id":"01890a5d-ac96-774b-bcce-b302099a8057","at":"2026-03-02T18:00:00+01:00","edited_at":null,"deleted":false,"notes":"","flags":[]"#;
    let injury = r#""injury":{"profile":"bone","site":"shin","side":"none","since":"2026-01-01""#;
    let rows = [
        (
            format!(r#""kind":"plan","start_stage":"rest",{injury}}}"#),
            format!(
                r#""kind":"plan","start_stage":"rest",{injury},"surgery":false,"named_by":"nobody","onset":null,"surgery_on":null,"grade":"","imaging":""}},"needs_clearance":false,"clearance_for":[],"walking_limp":false,"longest_painless_walk_min":null,"no_clinician":false,"start_level":null,"sessions_per_week":3,"days":[],"usual_pain":0,"usual_stiffness_min":0,"longest_painless_run_min":null,"weekly_minutes_before":null,"goal":"","birth_on":null,"valid_until":null,"limits":null"#
            ),
        ),
        (
            r#""kind":"clearance","granted":false,"by":"x""#.into(),
            r#""kind":"clearance","granted":false,"by":"x","role":"","seen_on":null,"restart_level":null,"max_level":null,"known_flags":[],"softer_profile":false,"known_painkiller":false,"known_fear":false,"known_usual":null"#.into(),
        ),
        (
            r#""kind":"session","activity":"walk","run_min":0,"walk_min":0,"pain_during":0"#.into(),
            r#""kind":"session","activity":"walk","run_min":-0.0,"walk_min":0.0,"pain_during":0.0,"level":null,"planned_run_min":null,"stopped_for":null,"pain_before":0,"pain_after":0,"pattern":"none","hurt":false,"swelling":"none","limp":false,"painkiller":false,"effort":null,"fear":null,"mood":null,"hard":false,"soreness":null,"sites":[],"worse":false,"surface":null,"shoes":null,"distance_m":null,"intervals":[]"#.into(),
        ),
        (
            r#""kind":"morning","pain":0"#.into(),
            r#""kind":"morning","pain":0,"for":null,"stiffness_min":0,"swelling":"none","limp":false,"settled_within_hour":null,"remembered":true,"soreness":null,"sleep_h":null,"energy":null,"mood":null,"worse":false"#.into(),
        ),
        (
            r#""kind":"self-test","items":[{"test":"hop","passed":false}]"#.into(),
            r#""kind":"self-test","items":[{"test":"hop","passed":false,"left":null,"right":null,"pain":0}]"#.into(),
        ),
        (
            r#""kind":"strength","items":[{"pattern":"a","exercise":"b","level":1,"sets":[{}]}]"#.into(),
            r#""kind":"strength","items":[{"pattern":"a","exercise":"b","level":1.0,"sets":[{"reps":null,"seconds":null,"load_kg":null,"side":"none"}]}],"pain":0"#.into(),
        ),
        (
            r#""kind":"activity","what":"a","minutes":1"#.into(),
            r#""kind":"activity","what":"a","minutes":1,"pain":0,"impact":false"#.into(),
        ),
        (
            r#""kind":"benchmark","name":"a""#.into(),
            r#""kind":"benchmark","name":"a","target":null,"unit":"","left":null,"right":null,"value":null,"met":false,"agreed_with":"","gates_stage":null"#.into(),
        ),
        (
            r#""kind":"absence","from":"2026-01-01","reason":"other""#.into(),
            r#""kind":"absence","from":"2026-01-01","reason":"other","until":null,"fever":false"#.into(),
        ),
    ];
    for (short, long) in rows {
        let entry = entry_from_text(&format!("{{{head},{long}}}"), None).expect(&short);
        let bare =
            r#""id":"01890a5d-ac96-774b-bcce-b302099a8057","at":"2026-03-02T18:00:00+01:00""#;
        let expected: Value = serde_json::from_str(&format!("{{{bare},{short}}}")).expect("JSON");
        assert_eq!(entry_to_json(&entry), expected);
        assert_eq!(entry_from_json(expected, None), Ok(entry));
    }
}

/// The first version asked whether the injury began suddenly and stored yes or no.
#[test]
fn the_first_versions_word_for_the_onset_is_read() {
    let rows = [
        (json!({"sudden": true}), Some(Onset::Sudden)),
        (json!({"sudden": false}), Some(Onset::Gradual)),
        (json!({"sudden": null}), None),
        (
            json!({"sudden": true, "onset": "gradual"}),
            Some(Onset::Gradual),
        ),
    ];
    for (stored, expected) in rows {
        let mut value = full_of("plan");
        let injury = value["injury"].as_object_mut().expect("an injury");
        injury.remove("onset");
        injury.extend(stored.as_object().expect("fields").clone());
        let entry = entry_from_json(value, None).expect("a plan");
        let Body::Plan(plan) = &entry.body else {
            panic!("{entry:?}");
        };
        assert_eq!(plan.injury.onset, expected);
        let written = entry_to_json(&entry);
        assert_eq!(written["injury"].get("sudden"), None);
        assert_eq!(entry_from_json(written, None), Ok(entry));
    }
    let mut value = full_of("plan");
    value["injury"]["sudden"] = json!("yes");
    let faults = entry_from_json(value, None).expect_err("a fault");
    assert_eq!(faults[0].field, "injury.sudden");
    assert_eq!(faults[0].problem, FieldErrorKind::NotABool);
}

#[test]
fn minus_nought_is_nought() {
    let mut value = full_of("activity");
    value["minutes"] = json!(-0.0);
    match entry_from_json(value, None).expect("an entry").body {
        Body::Activity(body) => assert!(body.minutes.is_sign_positive()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_faults_are_found_at_once() {
    let mut value = full_of("session");
    for (path, to) in [
        ("at", json!("noon")),
        ("run_min", json!(-1)),
        ("sites[0].pain", json!(11)),
        ("intervals[0].kind", json!("fly")),
        ("flags", json!(["wound", "boredom"])),
    ] {
        set(&mut value, path, to);
    }
    let faults = entry_from_json(value, None).expect_err("faults");
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    let expected = [
        "at",
        "flags[1]",
        "run_min",
        "sites[0].pain",
        "intervals[0].kind",
    ];
    assert_eq!(fields, expected);
}

#[test]
fn ladders_that_cannot_be_climbed() {
    let level =
        |id: &str, run: f64, reps: u32| json!({"id": id, "run": run, "walk": 1, "reps": reps});
    let fault = |index: usize, key: &str, problem: FieldErrorKind| {
        (format!("limits.ladder.levels[{index}].{key}"), problem)
    };
    let range = |max: f64, got: f64| FieldErrorKind::OutOfRange { min: 0.0, max, got };
    let rows = [
        // A ladder of no levels is the ready one of its name, or the built-in one.
        (vec![], vec![]),
        (
            vec![level("A", 0.0, 1)],
            vec![fault(0, "run", range(1440.0, 0.0))],
        ),
        (
            vec![level("W5", 1.0, 1)],
            vec![fault(0, "id", FieldErrorKind::WalkingLevel)],
        ),
        (
            vec![level("A", 1.0, 1), level("B", 1.0, 2), level("A", 1.0, 3)],
            vec![fault(2, "id", FieldErrorKind::Duplicate)],
        ),
        (
            vec![level("A", 1.0, 5), level("B", 4.0, 4)],
            vec![fault(
                1,
                "run",
                FieldErrorKind::TooSteep {
                    max: 15.0,
                    got: 16.0,
                },
            )],
        ),
        (
            vec![level("A", 2.0, 5), level("B", 2.0, 4)],
            vec![fault(1, "run", FieldErrorKind::OutOfOrder)],
        ),
        (
            vec![level("A", 1440.0, 1), level("B", 1440.0, 2)],
            vec![fault(1, "reps", range(1440.0, 2880.0))],
        ),
        // Fewer minutes in a longer interval are harder; the first may be any.
        (vec![level("A", 12.0, 2), level("B", 20.0, 1)], vec![]),
        (vec![level("A", 90.0, 1)], vec![]),
        (vec![level("A", 1.0, 5), level("B", 3.0, 5)], vec![]),
        (vec![level("A", 0.1, 3), level("B", 0.3, 1)], vec![]),
        // What decimals are off by is a millionth at most, either way.
        (vec![level("A", 1.0, 1), level("B", 7.0 + 1e-6, 1)], vec![]),
        (
            vec![level("A", 1.0, 1), level("B", 7.0 + 2e-6, 1)],
            vec![fault(
                1,
                "run",
                FieldErrorKind::TooSteep {
                    max: 7.0,
                    got: 7.0 + 2e-6,
                },
            )],
        ),
        (vec![level("A", 7.0, 1), level("B", 7.0 - 1e-6, 1)], vec![]),
        (
            vec![level("A", 7.0, 1), level("B", 7.0 - 2e-6, 1)],
            vec![fault(1, "run", FieldErrorKind::OutOfOrder)],
        ),
    ];
    for (levels, expected) in rows {
        let mut value = full_of("plan");
        value["limits"]["ladder"]["levels"] = Value::from(levels);
        let faults = entry_from_json(value, None).err().unwrap_or_default();
        let found: Vec<_> = faults.into_iter().map(|f| (f.field, f.problem)).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_clinician_may_write_the_built_in_ladder() {
    let rows = [
        (1, 2, 5),
        (1, 2, 8),
        (1, 2, 10),
        (2, 2, 6),
        (2, 2, 7),
        (3, 2, 5),
        (3, 2, 6),
        (4, 2, 5),
        (5, 2, 4),
        (7, 2, 3),
        (8, 2, 3),
        (12, 2, 2),
        (12, 1, 2),
        (20, 0, 1),
        (22, 0, 1),
        (24, 0, 1),
        (26, 0, 1),
        (28, 0, 1),
        (30, 0, 1),
    ];
    let levels = rows.iter().enumerate().map(|(index, (run, walk, reps))| {
        json!({"id": format!("L{index}"), "run": run, "walk": walk, "reps": reps})
    });
    let mut value = full_of("plan");
    value["limits"]["ladder"]["levels"] = levels.collect();
    assert_eq!(entry_from_json(value, None).map(|_| ()), Ok(()));
}

#[test]
fn starts_and_ends() {
    let rows = [
        (
            "plan",
            "start_level",
            json!("R14"),
            Some(FieldErrorKind::UnknownLevel { got: "R14".into() }),
        ),
        ("plan", "start_level", json!("C6"), None),
        ("plan", "start_level", json!("A2"), None),
        (
            "plan",
            "valid_until",
            json!("2026-03-01"),
            Some(FieldErrorKind::EndsBeforeStart),
        ),
        ("plan", "valid_until", json!("2026-03-02"), None),
        (
            "absence",
            "until",
            json!("2026-01-31"),
            Some(FieldErrorKind::EndsBeforeStart),
        ),
    ];
    for (kind, path, to, problem) in rows {
        let mut value = full_of(kind);
        set(&mut value, path, to);
        let faults = entry_from_json(value, None).err().unwrap_or_default();
        let found: Vec<_> = faults.into_iter().map(|f| (f.field, f.problem)).collect();
        let expected: Vec<_> = problem.into_iter().map(|p| (path.to_owned(), p)).collect();
        assert_eq!(found, expected);
    }
}

/// A text's length is that of its characters, not of its bytes.
#[test]
fn a_text_may_be_as_long_as_it_says() {
    for (letter, long) in [("a", 1), ("\u{e9}", 2)] {
        assert_eq!(letter.len(), long);
        for (length, fits) in [(20_000, true), (20_001, false)] {
            let text = letter.repeat(length);
            let value = json!({"kind": "goal", "at": "2026-03-02T08:00:00+01:00", "text": text});
            let faults = entry_from_json(value, Some(Uuid::from_u128(1)))
                .err()
                .unwrap_or_default();
            let found: Vec<_> = faults.iter().map(|f| f.problem.clone()).collect();
            let expected = vec![FieldErrorKind::TooLong { max: 20_000 }];
            assert_eq!(found, if fits { Vec::new() } else { expected });
        }
    }
}

#[test]
fn what_nests_too_deeply_for_a_backup_is_refused() {
    let lists = |depth| (0..depth).fold(json!(1), |inner, _| json!([inner]));
    let objects = |depth| (0..depth).fold(json!(1), |inner, _| json!({ "in": inner }));
    for (later, ok) in [
        (lists(64), true),
        (lists(65), false),
        (objects(64), true),
        (objects(65), false),
        (json!({"near": 1, "far": objects(64)}), false),
    ] {
        let mut value = full_of("plan");
        value["limits"]["ladder"]["levels"][0]["later"] = later;
        match entry_from_json(value, None) {
            Ok(entry) => {
                assert!(ok);
                let at = entry.at;
                let text = backup::export(&[entry].into_iter().collect(), &[], None, &at);
                assert_eq!(backup::read(&text).expect("a backup").entries.len(), 1);
            }
            Err(faults) => {
                assert!(!ok);
                assert_eq!(faults[0].field, "limits.ladder.levels[0].later");
                assert_eq!(faults[0].problem, FieldErrorKind::TooDeep);
            }
        }
    }
}

#[test]
fn an_entry_is_named_by_what_is_known_of_it() {
    let fallback = Uuid::from_u128(7);
    for (text, given, entry, field) in [
        ("[]", None, String::new(), ""),
        ("[]", Some(fallback), fallback.to_string(), ""),
        ("{\"half", Some(fallback), fallback.to_string(), ""),
        ("{\"id\":\"7\"}", Some(fallback), fallback.to_string(), "id"),
        ("{}", None, String::new(), "id"),
        ("{}", Some(fallback), fallback.to_string(), "at"),
    ] {
        let faults = entry_from_text(text, given).expect_err(text);
        assert_eq!(
            (&faults[0].entry, faults[0].field.as_str()),
            (&entry, field),
            "{text}"
        );
    }
}

/// A form may make what the types allow and the door does not.
#[test]
fn a_form_can_ask_first() {
    let mut entry = entry_from_json(full_of("session"), None).expect("an entry");
    assert_eq!(check(&entry), Ok(()));
    entry.notes = "a".repeat(20_001);
    let faults = check(&entry).expect_err("a fault");
    assert_eq!(faults[0].field, "notes");
}

proptest! {
    #[test]
    fn any_entry_comes_back_the_same(entry in any_entry()) {
        let text = to_text(&entry);
        let read = entry_from_text(&text, None);
        prop_assert_eq!(read.as_ref(), Ok(&entry));
        let read = read.expect("just compared");
        prop_assert_eq!(offsets(&read), offsets(&entry));
        prop_assert_eq!(to_text(&read), text);
        prop_assert_eq!(check(&entry), Ok(()));
    }

    /// One field of a good entry replaced by anything: refused with a fault,
    /// or accepted and then stable.
    #[test]
    fn any_damage_is_refused_or_harmless(
        which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        value in any_json(),
    ) {
        let mut all = full();
        let entry = which.get_mut(&mut all);
        let kind = entry["kind"].as_str().unwrap_or_default().to_owned();
        let own = FIELDS.iter().find(|row| row.0 == kind).map_or(&[][..], |row| row.1);
        let fields: Vec<_> = COMMON.iter().chain(own).collect();
        set(entry, place.get(&fields).0.trim_end_matches('!'), value);
        match entry_from_json(entry.clone(), None) {
            Ok(read) => prop_assert_eq!(entry_from_text(&to_text(&read), None), Ok(read)),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}

/// `docs/data.md` names every kind, every field and every default-less one of the contract,
/// and nothing that is none of it.
#[test]
fn the_page_and_the_contract_name_the_same_fields() {
    let page = std::fs::read_to_string("docs/data.md").expect("the page");
    let mut sections = page.split("\n### ");
    let rows = |text: &str| -> Vec<(String, bool)> {
        let cells = text.lines().filter_map(|line| {
            let mut cells = line.split(" | ");
            let name = cells.next()?.strip_prefix("| `")?.strip_suffix('`')?;
            Some((name.to_owned(), cells.next()? == "–"))
        });
        cells.collect()
    };
    let contract = |own: &[(&str, Takes)]| -> Vec<(String, bool)> {
        let names = own.iter().map(|(field, _)| {
            let name = field.trim_end_matches('!');
            let plain = name.replace("[0]", "").replace("[1]", "");
            (plain, field.ends_with('!'))
        });
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    };
    let mut head = rows(sections.next().expect("the head"));
    head.sort();
    assert_eq!(head, contract(COMMON));
    let mut told = Vec::new();
    for section in sections {
        let kind = section.lines().next().expect("a heading").to_owned();
        let Some((_, own)) = FIELDS.iter().find(|(known, _)| *known == kind) else {
            continue;
        };
        let mut found = rows(section.split("\n## ").next().expect("it"));
        found.sort();
        assert_eq!(found, contract(own), "{kind}");
        told.push(kind);
    }
    let mut kinds: Vec<String> = KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    told.sort();
    kinds.sort();
    assert_eq!(told, kinds);
    for flag in RedFlag::ALL {
        assert!(
            page.contains(&format!("`{}`", flag.key())),
            "{}",
            flag.key()
        );
    }
    for site in Site::ALL {
        assert!(
            page.contains(&format!("`{}`", site.key())),
            "{}",
            site.key()
        );
    }
}
