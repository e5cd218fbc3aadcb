//! A cache of answers that are known to be current.
//!
//! An answer is cached with the positions that its read models had reached before it was read. It is used for as long
//! as they have not changed: for hours in a quiet shop, hardly at all in a busy one. So it is never older than a new
//! read, except for the milliseconds that the notification of a new position takes.

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

    /// The answer to `key`, from the cache or else from `read`, which reads the read models that it `uses`. If `read`
    /// returns none, nothing is cached.
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
        // Labelled with the positions before the read, so that any later change causes a new read.
        self.answers.insert(key, (place, Arc::clone(&answer)));
        Ok(Some(answer))
    }
}
