//! A map kept as a sorted list. Days and saves come nearly in order and are few
//! beside the entries: a list is as quick as a tree here, and each tree of another
//! type would bring some 7 kB of wasm.

/// Sorts a short list; what is alike keeps its order. `later` says whether the first of
/// two has to come after the second. For a handful of items: the standard library's sorts
/// are made for thousands, and each brings 3 kB of wasm.
pub fn sort_few<T>(list: &mut [T], later: impl Fn(&T, &T) -> bool) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && later(&list[at - 1], &list[at]) {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// A map kept as a list sorted by its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Sorted<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if last < key => Err(self.0.len()),
            _ => self.0.binary_search_by(|(k, _)| k.cmp(key)),
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.place(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Whether the key is there.
    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a value in, in place of that of the same key.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// The value of a key, to change it; the default is put in where there is none.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = match self.place(&key) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (key, V::default()));
                at
            }
        };
        &mut self.0[at].1
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }

    /// Everything from a key on, in order.
    pub fn from(&self, key: &K) -> &[(K, V)] {
        let (Ok(at) | Err(at)) = self.place(key);
        &self.0[at..]
    }

    /// Everything, in order.
    pub fn as_slice(&self) -> &[(K, V)] {
        &self.0
    }

    /// Keeps what is asked to stay.
    pub fn retain(&mut self, mut stays: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| stays(key, value));
    }

    /// The values in the order of their keys, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn few_are_sorted_as_many_are(list in prop::collection::vec((0..5u8, 0..100u8), 0..12)) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_few(&mut ours, |a, b| a.0 > b.0);
            theirs.sort_by_key(|pair| pair.0);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn it_holds_what_a_tree_holds(steps in prop::collection::vec((0..20u8, any::<Option<u8>>()), 0..60)) {
            let (mut ours, mut theirs) = (Sorted::default(), BTreeMap::new());
            for (key, value) in steps {
                if let Some(value) = value {
                    ours.insert(key, value);
                    theirs.insert(key, value);
                } else {
                    prop_assert_eq!(ours.remove(&key), theirs.remove(&key));
                }
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
                prop_assert_eq!(ours.contains_key(&key), theirs.contains_key(&key));
                prop_assert_eq!((ours.len(), ours.is_empty()), (theirs.len(), theirs.is_empty()));
                prop_assert_eq!(ours.get_mut(&key), theirs.get_mut(&key));
                let from: Vec<_> = theirs.range(key..).map(|(k, v)| (*k, *v)).collect();
                prop_assert_eq!(ours.from(&key), from);
            }
            let values: Vec<u8> = theirs.values().copied().collect();
            prop_assert_eq!(ours.values().copied().collect::<Vec<_>>(), values);
            for (key, value) in ours.values_mut() {
                *value = value.wrapping_add(*key);
            }
            for (key, value) in &mut theirs {
                *value = value.wrapping_add(*key);
            }
            ours.retain(|key, value| (*key ^ *value) % 3 > 0);
            theirs.retain(|key, value| (*key ^ *value) % 3 > 0);
            *ours.or_default(7) += 0;
            theirs.entry(7).or_default();
            let all: Vec<_> = theirs.into_iter().collect();
            prop_assert_eq!(ours.as_slice(), all);
        }
    }
}
