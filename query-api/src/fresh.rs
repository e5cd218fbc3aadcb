//! A cache of answers that are known to be current.
//!
//! An answer is cached with the position that its read models had reached before it was read, and is used until they
//! advance: for hours in a quiet shop, never in a busy one. So a cached answer is never older than a new read, apart
//! from the milliseconds that the notification of a new position takes.

use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;

use moka::sync::Cache;
use platform::problem::Problem;

use crate::position::{Place, Projected, ReadModels};

/// A bounded cache of answers.
pub(crate) struct Fresh<K, V> {
    answers: Cache<K, (Place, Arc<V>)>,
    projected: Projected,
}

impl<K, V> std::fmt::Debug for Fresh<K, V> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Fresh")
            .field("projected", &self.projected)
            .finish_non_exhaustive()
    }
}

impl<K, V> Fresh<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    /// Creates a cache of at most `len_max` answers.
    pub fn new(projected: &Projected, len_max: u64) -> Self {
        Self {
            answers: Cache::new(len_max),
            projected: projected.clone(),
        }
    }

    /// The cached answer for `key`, or the result of `read`, which reads from the read models that it `uses`. `None` is
    /// not cached.
    pub async fn get<F>(&self, uses: ReadModels, key: K, read: F) -> Result<Option<Arc<V>>, Problem>
    where
        F: Future<Output = Result<Option<V>, Problem>>,
    {
        let place = self.projected.place(uses);
        if let Some((read_at, answer)) = self.answers.get(&key)
            && read_at == place
        {
            return Ok(Some(answer));
        }
        let Some(answer) = read.await?.map(Arc::new) else {
            return Ok(None);
        };
        // Cached under the place before the read: an answer that is newer than its place is only read once more.
        self.answers.insert(key, (place, Arc::clone(&answer)));
        Ok(Some(answer))
    }
}
