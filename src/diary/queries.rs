//! All entries of one runner.

use crate::diary::entry::Entry;
use std::collections::BTreeMap;
use uuid::Uuid;

/// All entries, tombstones and unknown kinds included, by id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diary {
    entries: BTreeMap<Uuid, Box<Entry>>,
}

impl Diary {
    /// Puts an entry in, replacing one of the same id; returns what it replaced.
    pub fn insert(&mut self, entry: Entry) -> Option<Entry> {
        self.entries
            .insert(entry.id, Box::new(entry))
            .map(|old| *old)
    }

    /// The entry of that id, tombstones included.
    pub fn get(&self, id: Uuid) -> Option<&Entry> {
        self.entries.get(&id).map(|entry| &**entry)
    }

    /// Every entry, tombstones included, by id.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().map(|entry| &**entry)
    }

    /// What the runner sees: no tombstones, sorted by `at`, then `id`.
    pub fn visible(&self) -> Vec<&Entry> {
        self.visible_where(&|_| true)
    }

    /// The same of those that are wanted: a few of many need no sorting of all.
    pub fn visible_where(&self, wanted: &dyn Fn(&Entry) -> bool) -> Vec<&Entry> {
        let mut list: Vec<&Entry> = self.all().filter(|e| !e.deleted && wanted(e)).collect();
        in_order(&mut list);
        list
    }

    /// Whether nothing at all is stored.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries, tombstones included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
}

/// Sorts by `at`, then `id`. One function for all lists: each sort is 4 kB of wasm.
pub fn in_order(list: &mut [&Entry]) {
    list.sort_unstable_by_key(|entry| (entry.at, entry.id));
}

impl FromIterator<Entry> for Diary {
    fn from_iter<T: IntoIterator<Item = Entry>>(iter: T) -> Self {
        // One by one: collecting into a map brings a sort of its own, 5 kB of wasm each.
        let mut diary = Self::default();
        for entry in iter {
            diary.insert(entry);
        }
        diary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::entry::{Body, Extra};

    fn entry(id: u128, at: &str) -> Entry {
        Entry {
            id: Uuid::from_u128(id),
            at: at.parse().unwrap_or_default(),
            edited_at: None,
            deleted: false,
            notes: String::new(),
            flags: Vec::new(),
            body: Body::Flag,
            extra: Extra::new(),
        }
    }

    #[test]
    fn what_is_seen_is_in_order_of_time_and_without_what_was_deleted() {
        let mut gone = entry(5, "2026-03-01T07:00:00Z");
        gone.deleted = true;
        let mut diary: Diary = [
            entry(1, "2026-03-02T09:00:00Z"),
            entry(4, "2026-03-01T08:00:00Z"),
            // The same instant in another zone: the id decides.
            entry(3, "2026-03-02T10:00:00+01:00"),
            gone,
        ]
        .into_iter()
        .collect();
        let ids = |list: Vec<&Entry>| list.iter().map(|e| e.id.as_u128()).collect::<Vec<_>>();
        assert_eq!(ids(diary.visible()), [4, 1, 3]);
        let odd = |e: &Entry| e.id.as_u128() % 2 == 1;
        assert_eq!(ids(diary.visible_where(&odd)), [1, 3]);
        assert_eq!((diary.len(), diary.is_empty()), (4, false));
        let old = diary.insert(entry(1, "2026-04-01T09:00:00Z"));
        assert_eq!(old, Some(entry(1, "2026-03-02T09:00:00Z")));
        assert_eq!((diary.len(), Diary::default().is_empty()), (4, true));
        assert_eq!(ids(diary.visible()), [4, 3, 1]);
    }
}
