//! A cache of recent answers, so that a repeated command does not need a query to the store.

use std::num::NonZeroUsize;

use event_store::StoredAnswer;
use lru::LruCache;

use super::{Accepted, Error, Idempotency};

/// A bounded number of answers, by stored key.
#[derive(Debug)]
pub(super) struct Answers(LruCache<String, StoredAnswer>);

impl Answers {
    pub(super) fn new(answers_max: NonZeroUsize) -> Self {
        Self(LruCache::new(answers_max))
    }

    /// The answer to a repeated command; `None` when its key is not cached.
    pub(super) fn repeat(&mut self, idempotency: &Idempotency) -> Option<Result<Accepted, Error>> {
        let stored = self.0.get(&idempotency.stored_key())?;
        Some(repeated(stored, idempotency))
    }

    pub(super) fn keep(&mut self, stored_key: String, answer: StoredAnswer) {
        self.0.put(stored_key, answer);
    }
}

/// The stored answer, if the key was used for the same request.
pub(super) fn repeated(stored: &StoredAnswer, idempotency: &Idempotency) -> Result<Accepted, Error> {
    if stored.request_hash != idempotency.request_hash {
        return Err(Error::KeyReused);
    }
    Ok(Accepted {
        stream_id: stored.stream_id.as_str().into(),
        version: stored.version,
        position: stored.position,
        state: None,
    })
}
