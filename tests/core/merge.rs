//! Two copies of a diary merge by laws, and a backup file gives back what went
//! in, whatever happened to it on the way.

use crate::support;
use chrono::{DateTime, FixedOffset};
use footing::diary::Diary;
use footing::diary::backup;
use footing::diary::codec::{entry_from_json, entry_from_text, to_text};
use footing::diary::entry::Entry;
use footing::diary::merge::{apply, plan_merge, winner};
use proptest::prelude::*;
use serde_json::json;
use support::{any_entry, any_instant, any_json};
use uuid::Uuid;

fn diary(entries: &[Entry]) -> Diary {
    let mut diary = Diary::default();
    let plan = plan_merge(&diary, entries.to_vec());
    apply(&mut diary, plan);
    diary
}

fn merged(ours: &Diary, theirs: &Diary) -> Diary {
    let mut all = ours.clone();
    apply(&mut all, plan_merge(ours, theirs.all().cloned().collect()));
    all
}

fn spelled(diary: &Diary) -> Vec<String> {
    diary.all().map(to_text).collect()
}

/// The day of an edit hangs on its offset: the same instant told from elsewhere is
/// another version, and one of the two wins on both phones.
#[test]
fn an_instant_told_from_elsewhere_is_another_version() {
    let version = |at: &str, edited: &str| {
        let value = json!({"kind": "goal", "at": at, "text": "a", "edited_at": edited});
        entry_from_json(value, Some(Uuid::from_u128(1))).expect("an entry")
    };
    let here = version("2026-03-02T08:00:00+01:00", "2026-03-03T08:00:00+01:00");
    let counts = |ours: &Entry, theirs: &Entry| {
        let plan = plan_merge(&diary(std::slice::from_ref(ours)), vec![theirs.clone()]);
        (plan.changed.len(), plan.kept.len(), plan.unchanged)
    };
    assert_eq!(counts(&here, &here), (0, 0, 1));
    for there in [
        version("2026-03-02T08:00:00+01:00", "2026-03-03T09:00:00+02:00"),
        version("2026-03-02T09:00:00+02:00", "2026-03-03T08:00:00+01:00"),
    ] {
        assert_eq!(here, there, "the same instants");
        let both = [counts(&here, &there), counts(&there, &here)];
        assert!(
            both.contains(&(1, 0, 0)) && both.contains(&(0, 1, 0)),
            "{both:?}"
        );
    }
}

/// Versions of few entries at few instants, so that ties are common.
fn any_versions() -> impl Strategy<Value = Vec<Entry>> {
    let version = (
        1..4_u128,
        0..2_u8,
        prop::option::of(0..3_u8),
        any::<bool>(),
        "[ab]",
        0..2,
    );
    let entry = version.prop_map(|(id, at, edited, deleted, text, hours)| {
        let instant = |seconds: u8| {
            let utc = DateTime::from_timestamp(1_772_000_000 + i64::from(seconds), 0).expect("it");
            utc.with_timezone(&FixedOffset::east_opt(hours * 3600).expect("an offset"))
        };
        let value = json!({"kind": "goal", "at": instant(at).to_rfc3339(), "text": text,
            "edited_at": edited.map(|s| instant(s).to_rfc3339()), "deleted": deleted});
        entry_from_json(value, Some(Uuid::from_u128(id))).expect("an entry")
    });
    prop::collection::vec(entry, 0..8)
}

proptest! {
    #[test]
    fn merging_keeps_its_laws(a in any_versions(), b in any_versions(), c in any_versions()) {
        let (a, b, c) = (diary(&a), diary(&b), diary(&c));
        let ab = merged(&a, &b);
        prop_assert_eq!(spelled(&ab), spelled(&merged(&b, &a)), "commutative");
        let left = merged(&ab, &c);
        prop_assert_eq!(spelled(&left), spelled(&merged(&a, &merged(&b, &c))), "associative");
        prop_assert_eq!(spelled(&merged(&ab, &b)), spelled(&ab), "idempotent");
        for entry in a.all() {
            let now = ab.get(entry.id).expect("nothing is erased");
            prop_assert_eq!(to_text(winner(entry, now)), to_text(now));
        }
    }

    #[test]
    fn a_plan_says_what_it_does(a in any_versions(), b in any_versions()) {
        let (ours, theirs) = (diary(&a), diary(&b));
        let plan = plan_merge(&ours, b);
        let counts = plan.new.len() + plan.changed.len() + plan.unchanged + plan.kept.len();
        prop_assert_eq!(counts, theirs.len());
        let writes: Vec<_> = plan.writes().cloned().collect();
        prop_assert_eq!(plan.is_empty(), writes.is_empty());
        let mut after = ours.clone();
        apply(&mut after, plan);
        for entry in &writes {
            prop_assert_eq!(after.get(entry.id), Some(entry));
        }
        prop_assert_eq!(after.len(), merged(&ours, &theirs).len());
        prop_assert!(plan_merge(&after, theirs.all().cloned().collect()).is_empty());
    }

    #[test]
    fn any_two_entries_have_one_winner(a in any_entry(), b in any_entry()) {
        prop_assert_eq!(to_text(winner(&a, &b)), to_text(winner(&b, &a)));
    }

    #[test]
    fn any_diary_survives_a_backup(
        entries in prop::collection::vec(any_entry(), 0..8),
        at in any_instant(),
        damaged in prop::collection::vec((".{0,20}", ".{0,20}"), 0..3),
    ) {
        let diary = diary(&entries);
        let text = backup::export(&diary, &damaged, None, &at);
        let contents = backup::read(&text).expect("a backup");
        prop_assert_eq!(contents.faults, vec![]);
        prop_assert_eq!(contents.exported_at, Some(at));
        prop_assert_eq!(contents.damaged, damaged);
        let read: Diary = contents.entries.into_iter().collect();
        prop_assert_eq!(spelled(&read), spelled(&diary));
    }

    #[test]
    fn any_json_is_answered(value in any_json()) {
        let _ = entry_from_json(value.clone(), None);
        let file = json!({"format": "footing-backup", "version": 1, "entries": value});
        let _ = backup::read(&file.to_string());
        let file = json!({"format": "footing-backup", "version": value, "entries": [value]});
        let _ = backup::read(&file.to_string());
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = entry_from_text(&text, None);
        let _ = backup::read(&text);
    }

    #[test]
    fn a_backup_cut_or_scratched_anywhere_is_answered(
        entries in prop::collection::vec(any_entry(), 1..3),
        cut in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let at = entries[0].at;
        let mut bytes = backup::export(&diary(&entries), &[], None, &at).into_bytes();
        let cut = cut.index(bytes.len());
        let _ = backup::read(&String::from_utf8_lossy(&bytes[..cut]));
        bytes[cut] = byte;
        let _ = backup::read(&String::from_utf8_lossy(&bytes));
    }
}
