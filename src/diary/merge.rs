//! Bringing two copies of a diary together: a backup and the phone, the two
//! stores of the phone, two open tabs.
//!
//! Every entry has a rank, and of two versions of one entry the higher ranked
//! stays. Because ranks are a total order, the outcome never depends on which
//! copy came first, how many there were, or how often one was merged in.

use crate::diary::Diary;
use crate::diary::codec::to_text;
use crate::diary::entry::Entry;
use chrono::{DateTime, FixedOffset};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Of two versions of one entry, the one that stays.
///
/// The later of `edited_at`, else `at`, wins. At the same instant a tombstone
/// wins over what it deleted, so that only a later edit brings an entry back;
/// between two of a sort, the greater bytes of [`to_text`].
pub fn winner<'a>(a: &'a Entry, b: &'a Entry) -> &'a Entry {
    if wins(a, b) { a } else { b }
}

/// Whether the first of two versions wins; it does also when both are the same.
pub fn wins(a: &Entry, b: &Entry) -> bool {
    rank(a, b) != Ordering::Less
}

/// What merging would do, before it is done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MergePlan {
    /// Entries we did not have, tombstones included.
    pub new: Vec<Entry>,
    /// Entries where theirs wins: ours, then theirs.
    pub changed: Vec<(Entry, Entry)>,
    /// How many are the same on both sides.
    pub unchanged: usize,
    /// Our entries that win over theirs.
    pub kept: Vec<Entry>,
}

impl MergePlan {
    /// What applying the plan would write.
    pub fn writes(&self) -> impl Iterator<Item = &Entry> {
        let changed = self.changed.iter().map(|(_, theirs)| theirs);
        self.new.iter().chain(changed)
    }

    /// Whether applying the plan would write nothing.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty()
    }
}

/// What merging their entries into our diary would do. Several versions of one
/// entry among theirs are merged first.
pub fn plan_merge(ours: &Diary, theirs: Vec<Entry>) -> MergePlan {
    let mut plan = MergePlan::default();
    for entry in unite(theirs) {
        match ours.get(entry.id) {
            None => plan.new.push(entry),
            // Most versions are the same, and spelling both out is dear.
            Some(our) if same(our, &entry) => plan.unchanged += 1,
            Some(our) => match rank(our, &entry) {
                Ordering::Equal => plan.unchanged += 1,
                Ordering::Less => plan.changed.push((our.clone(), entry)),
                Ordering::Greater => plan.kept.push(our.clone()),
            },
        }
    }
    plan
}

/// Does what the plan says; nothing that is there is erased.
///
/// A plan made for an earlier state of the diary does no harm: what has become
/// newer meanwhile stays.
pub fn apply(diary: &mut Diary, plan: MergePlan) {
    let changed = plan.changed.into_iter().map(|(_, theirs)| theirs);
    for entry in plan.new.into_iter().chain(changed) {
        let ours = diary.get(entry.id);
        if ours.is_none_or(|ours| rank(ours, &entry) == Ordering::Less) {
            diary.insert(entry);
        }
    }
}

/// One version of each entry, by id.
pub(super) fn unite(entries: Vec<Entry>) -> impl Iterator<Item = Entry> {
    let mut by_id: BTreeMap<Uuid, Box<Entry>> = BTreeMap::new();
    for entry in entries {
        let other = by_id.get(&entry.id);
        if other.is_none_or(|other| rank(other, &entry) == Ordering::Less) {
            by_id.insert(entry.id, Box::new(entry));
        }
    }
    by_id.into_values().map(|entry| *entry)
}

/// The order in which a later one wins; equal only for the same bytes.
fn rank(a: &Entry, b: &Entry) -> Ordering {
    stamp(a)
        .cmp(&stamp(b))
        .then_with(|| a.deleted.cmp(&b.deleted))
        .then_with(|| to_text(a).cmp(&to_text(b)))
}

fn stamp(entry: &Entry) -> DateTime<FixedOffset> {
    entry.edited_at.unwrap_or(entry.at)
}

/// Equal, offsets included: instants compare equal across offsets, yet an
/// entry's day hangs on its own.
fn same(a: &Entry, b: &Entry) -> bool {
    let offset = |at: DateTime<FixedOffset>| *at.offset();
    a == b && offset(a.at) == offset(b.at) && a.edited_at.map(offset) == b.edited_at.map(offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::codec::entry_from_text;

    fn entry(text: &str) -> Entry {
        let text = text.replace('\'', "\"");
        entry_from_text(&text, Some(Uuid::from_u128(7))).expect("an entry")
    }

    /// Each row: the loser, the winner.
    #[test]
    fn winners() {
        let at = "'kind':'goal','at':'2026-03-01T08:00:00+01:00'";
        let rows = [
            // A later edit wins over an earlier one, and over none.
            (
                format!("{{{at},'text':'b'}}"),
                format!("{{{at},'text':'a','edited_at':'2026-03-01T08:00:01+01:00'}}"),
            ),
            (
                format!("{{{at},'text':'b','edited_at':'2026-03-02T09:00:00+01:00'}}"),
                format!("{{{at},'text':'a','edited_at':'2026-03-02T08:30:00+00:00'}}"),
            ),
            // A tombstone wins over what it deleted, also at the same second.
            (
                format!("{{{at},'text':'b'}}"),
                format!("{{{at},'text':'a','deleted':true}}"),
            ),
            (
                format!("{{{at},'text':'b','edited_at':'2026-03-02T08:00:00Z'}}"),
                format!("{{{at},'text':'a','edited_at':'2026-03-02T08:00:00Z','deleted':true}}"),
            ),
            // What was edited after the deletion is back.
            (
                format!("{{{at},'text':'b','edited_at':'2026-03-02T08:00:00Z','deleted':true}}"),
                format!("{{{at},'text':'a','edited_at':'2026-03-02T08:00:01Z'}}"),
            ),
            // Ties: the greater bytes, unknown fields and offsets included.
            (
                format!("{{{at},'text':'a'}}"),
                format!("{{{at},'text':'b'}}"),
            ),
            (
                format!("{{{at},'text':'a','extra':1}}"),
                format!("{{{at},'text':'a','extra':2}}"),
            ),
            (
                "{'kind':'goal','text':'a','at':'2026-03-01T07:00:00Z'}".to_owned(),
                format!("{{{at},'text':'a'}}"),
            ),
        ];
        for (index, (loser, best)) in rows.iter().enumerate() {
            let (loser, best) = (entry(loser), entry(best));
            assert_eq!(to_text(winner(&loser, &best)), to_text(&best), "{index}");
            assert_eq!(to_text(winner(&best, &loser)), to_text(&best), "{index}");
        }
    }

    #[test]
    fn a_stale_plan_does_not_undo_a_newer_edit() {
        let old = entry("{'kind':'goal','text':'a','at':'2026-03-01T07:00:00Z'}");
        let mut newer = old.clone();
        newer.edited_at = Some(old.at + chrono::TimeDelta::hours(1));
        let plan = plan_merge(&Diary::default(), vec![old]);
        let mut diary: Diary = [newer.clone()].into_iter().collect();
        apply(&mut diary, plan);
        assert_eq!(diary.get(newer.id), Some(&newer));
    }
}
