#![cfg(not(target_arch = "wasm32"))]
//! The door.
use footing::domain::door::{entry_from_json, entry_to_json};
use serde_json::Value;
use uuid::Uuid;

#[test]
fn every_scenario_loads() {
    let mut seen = 0;
    for file in std::fs::read_dir("tests/scenarios").unwrap() {
        let path = file.unwrap().path();
        let mut json: Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let Value::Array(entries) = json["entries"].take() else {
            panic!("{path:?}")
        };
        for (index, value) in entries.into_iter().enumerate() {
            let id = Uuid::from_u128(index as u128 + 1);
            let entry = entry_from_json(value, Some(id))
                .unwrap_or_else(|f| panic!("{path:?} #{index}: {f:?}"));
            assert_eq!(entry.id, id);
            assert_eq!(
                entry_from_json(entry_to_json(&entry), None).as_ref(),
                Ok(&entry)
            );
            seen += 1;
        }
    }
    assert!(seen > 100);
}
