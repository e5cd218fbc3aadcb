//! Counts what is in use by key, such as the connections of an address, up to a limit.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The counts. Clones share them.
#[derive(Debug)]
pub struct Permits<K>(Arc<Mutex<HashMap<K, usize>>>);

/// One of a key's permits, returned when it is dropped.
#[derive(Debug)]
pub struct Permit<K: Hash + Eq> {
    permits: Permits<K>,
    key: K,
}

impl<K> Default for Permits<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K> Clone for Permits<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K: Hash + Eq + Clone> Permits<K> {
    /// Counts one more of `key`; `None` if `max` are in use already.
    pub fn take(&self, key: K, max: usize) -> Option<Permit<K>> {
        let mut counts = self.counts();
        let count = counts.get(&key).copied().unwrap_or(0);
        if count >= max {
            return None;
        }
        counts.insert(key.clone(), count + 1);
        drop(counts);
        Some(Permit {
            permits: self.clone(),
            key,
        })
    }
}

impl<K: Hash + Eq> Permits<K> {
    /// How many of `key` are in use.
    pub fn in_use(&self, key: &K) -> usize {
        self.counts().get(key).copied().unwrap_or(0)
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq> Drop for Permit<K> {
    fn drop(&mut self) {
        let mut counts = self.permits.counts();
        if let Some(count) = counts.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permits_are_counted_by_key_until_they_are_dropped() {
        let permits = Permits::default();
        let first = permits.take("a", 2).unwrap();
        let _second = permits.take("a", 2).unwrap();
        assert!(permits.take("a", 2).is_none());
        let other = permits.take("b", 1);
        assert_eq!((permits.in_use(&"a"), permits.in_use(&"b")), (2, 1));
        drop((first, other));
        assert_eq!((permits.in_use(&"a"), permits.in_use(&"b")), (1, 0));
        assert!(permits.take("a", 2).is_some());
    }

    #[test]
    fn a_key_without_permits_takes_no_memory() {
        let permits = Permits::default();
        drop(permits.take(1, 1));
        assert!(permits.take(2, 0).is_none());
        assert!(permits.counts().is_empty());
    }
}
