//! Counters of a follower, for metrics.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::metrics;

/// Counters of one follower. Clones share the values.
#[derive(Debug, Clone, Default)]
pub struct Counters(Arc<Cells>);

#[derive(Debug, Default)]
struct Cells {
    from_kafka: AtomicU64,
    from_store: AtomicU64,
    duplicates: AtomicU64,
    overtaken: AtomicU64,
    refills: AtomicU64,
    dead_letters: AtomicU64,
    other_log: AtomicU64,
}

/// Snapshot of the counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CounterValues {
    /// Events returned from Kafka.
    pub from_kafka: u64,
    /// Events returned from the store.
    pub from_store: u64,
    /// Messages that repeated an earlier one of their partition.
    pub duplicates: u64,
    /// Messages whose event had already been read from the store.
    pub overtaken: u64,
    /// Store reads because Kafka had no event in time.
    pub refills: u64,
    /// Unreadable messages.
    pub dead_letters: u64,
    /// Messages of another database's log.
    pub other_log: u64,
}

impl Counters {
    /// Returns the current counts.
    pub fn values(&self) -> CounterValues {
        let cells = &self.0;
        let value = |cell: &AtomicU64| cell.load(Ordering::Relaxed);
        CounterValues {
            from_kafka: value(&cells.from_kafka),
            from_store: value(&cells.from_store),
            duplicates: value(&cells.duplicates),
            overtaken: value(&cells.overtaken),
            refills: value(&cells.refills),
            dead_letters: value(&cells.dead_letters),
            other_log: value(&cells.other_log),
        }
    }

    pub(super) fn add_from_kafka(&self, events: usize) {
        metrics::FOLLOWER_EVENTS.with(&["kafka"]).increment(events as u64);
        self.0.from_kafka.fetch_add(events as u64, Ordering::Relaxed);
    }

    pub(super) fn add_from_store(&self, events: usize) {
        metrics::FOLLOWER_EVENTS.with(&["store"]).increment(events as u64);
        self.0.from_store.fetch_add(events as u64, Ordering::Relaxed);
    }

    pub(super) fn add_duplicate(&self) {
        metrics::FOLLOWER_DUPLICATES.increment(1);
        self.0.duplicates.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn add_overtaken(&self) {
        metrics::FOLLOWER_OVERTAKEN.increment(1);
        self.0.overtaken.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn add_refill(&self) {
        metrics::FOLLOWER_REFILLS.increment(1);
        self.0.refills.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn add_dead_letter(&self) {
        metrics::FOLLOWER_DEAD_LETTERS.increment(1);
        self.0.dead_letters.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn add_other_log(&self) {
        metrics::FOLLOWER_OTHER_LOG.increment(1);
        self.0.other_log.fetch_add(1, Ordering::Relaxed);
    }
}
