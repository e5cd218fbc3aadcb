//! Follower that reads the event store directly.

use super::{Counters, Error, EventBatch, KafkaOffsets};
use crate::wakeup::Waiter;
use crate::{Store, Wakeup};

/// Reads the log from the event store, woken by appends.
#[derive(Debug)]
pub struct EmbeddedFollower {
    store: Store,
    waiter: Waiter,
    position: i64,
    counters: Counters,
}

impl EmbeddedFollower {
    pub(super) fn new(store: Store, wakeup: &Wakeup, position: i64) -> Self {
        Self {
            store,
            waiter: wakeup.waiter(),
            position,
            counters: Counters::default(),
        }
    }

    pub(super) async fn next_batch(&mut self, events_max: usize) -> Result<EventBatch, Error> {
        let limit = i64::try_from(events_max).unwrap_or(i64::MAX).max(1);
        loop {
            self.waiter.look();
            let events = self.store.read(self.position, limit).await?;
            if let Some(last) = events.last() {
                self.position = last.position;
                self.counters.add_from_store(events.len());
                return Ok(EventBatch {
                    events,
                    offsets: KafkaOffsets::default(),
                });
            }
            self.waiter.wait().await;
        }
    }

    pub(super) fn position(&self) -> i64 {
        self.position
    }

    pub(super) fn counters(&self) -> Counters {
        self.counters.clone()
    }
}
