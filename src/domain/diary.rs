//! All entries of one runner.

use super::entry::Entry;
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
