//! Stream states: a bounded cache that is refreshed from the store.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::{StreamId, StreamState};
use event_store::store::StreamCursor;
use event_store::{Store, StreamHead};
use lru::LruCache;
use schemas::codec;
use schemas::envelope::RecordedEvent;
use serde::Deserialize;
use uuid::Uuid;

use super::stream_key;

/// The state of a stream, as known to this process.
#[derive(Debug, Clone)]
pub(super) struct CachedStream {
    /// The id's text form.
    pub(super) key: Arc<str>,
    /// The last known event.
    pub(super) head: StreamHead,
    /// The state after that event.
    pub(super) state: StreamState,
    /// The correlation id of the first event, which later commands on the stream inherit; none before it.
    pub(super) correlation_id: Option<Uuid>,
}

/// The part of an event's metadata that is cached.
#[derive(Deserialize)]
struct Correlation {
    correlation_id: Uuid,
}

impl CachedStream {
    /// A stream without events.
    pub(super) fn empty(stream: &StreamId) -> Self {
        Self {
            key: stream_key(stream),
            head: StreamHead::default(),
            state: StreamState::initial(stream.stream_type()),
            correlation_id: None,
        }
    }

    fn apply(&mut self, event: &RecordedEvent) -> Result<(), event_store::Error> {
        let damaged = |detail| event_store::Error::Damaged {
            stream_id: event.stream_id.clone(),
            version: event.version,
            detail,
        };
        if event.version != self.head.version + 1 {
            return Err(damaged("a version is missing before it"));
        }
        let decoded = codec::decode(&event.event_type, event.schema_version, event.payload.get()).map_err(
            |source| event_store::Error::Undecodable {
                position: event.position,
                source,
            },
        )?;
        self.state
            .evolve(&decoded, event.occurred_at)
            .map_err(|_| damaged("it does not follow from the events before it"))?;
        self.head = StreamHead {
            version: event.version,
            hash: event.hash,
        };
        if event.version == 1 {
            self.correlation_id = serde_json::from_str::<Correlation>(event.metadata.get())
                .ok()
                .map(|metadata| metadata.correlation_id);
        }
        Ok(())
    }
}

/// The streams that this process knows. Other processes may have written to some of them since.
#[derive(Debug)]
pub(super) struct StreamCache {
    store: Store,
    cache: LruCache<StreamId, Arc<CachedStream>>,
    /// The states after the batch being appended.
    expected: HashMap<StreamId, Arc<CachedStream>>,
    /// Streams that lost a conflict: their cached state may be stale.
    suspect: HashSet<StreamId>,
}

impl StreamCache {
    pub(super) fn new(store: Store, cached_streams_max: NonZeroUsize) -> Self {
        Self {
            store,
            cache: LruCache::new(cached_streams_max),
            expected: HashMap::new(),
            suspect: HashSet::new(),
        }
    }

    /// The state of a stream, unless it is unknown or known to be stale.
    pub(super) fn get(&mut self, stream: &StreamId) -> Option<Arc<CachedStream>> {
        if let Some(expected) = self.expected.get(stream) {
            return Some(Arc::clone(expected));
        }
        if self.suspect.contains(stream) {
            None
        } else {
            self.cache.get(stream).cloned()
        }
    }

    /// Sets the states that result from the batch being appended.
    pub(super) fn expect(&mut self, provisional: HashMap<StreamId, CachedStream>) {
        self.expected = provisional
            .into_iter()
            .map(|(stream, known)| (stream, Arc::new(known)))
            .collect();
    }

    /// Caches the expected states, except those of `lost` streams.
    pub(super) fn settle(&mut self, lost: &HashSet<Arc<str>>) {
        for (stream, known) in self.expected.drain() {
            if !lost.contains(&known.key) {
                self.cache.put(stream, known);
            }
        }
    }

    /// Marks a stream as possibly stale. The next load reads the events after its known version.
    pub(super) fn suspect(&mut self, stream: StreamId) {
        self.suspect.insert(stream);
    }

    /// Updates `wanted` from the store, in one query, and returns them. They are returned as well as cached, because a
    /// small cache may evict them before they are used.
    pub(super) async fn load(
        &mut self,
        wanted: &HashSet<StreamId>,
    ) -> Result<HashMap<StreamId, Arc<CachedStream>>, event_store::Error> {
        let mut loaded: HashMap<Arc<str>, (StreamId, CachedStream)> = wanted
            .iter()
            .map(|stream| {
                let known = self
                    .cache
                    .get(stream)
                    .map_or_else(|| CachedStream::empty(stream), |known| (**known).clone());
                (Arc::clone(&known.key), (stream.clone(), known))
            })
            .collect();
        let cursors: Vec<StreamCursor> = loaded
            .values()
            .map(|(_, known)| StreamCursor {
                stream_id: known.key.as_ref().to_owned(),
                after_version: known.head.version,
            })
            .collect();
        self.store
            .fold::<event_store::Error>(&cursors, |event| match loaded.get_mut(event.stream_id.as_str()) {
                Some((_, known)) => known.apply(&event),
                None => Ok(()),
            })
            .await?;
        Ok(loaded
            .into_values()
            .map(|(stream, known)| {
                let known = Arc::new(known);
                self.suspect.remove(&stream);
                self.cache.put(stream.clone(), Arc::clone(&known));
                (stream, known)
            })
            .collect())
    }
}
