//! Log consumption: every event exactly once, in log order, from either source.
//!
//! A [`Follower`] returns batches of events at contiguous positions, from its start position on. Embedded, it
//! reads the event store. With Kafka, it merges the partitions back into log order, and reads missing, late or
//! unreadable events from the store. Correctness therefore depends on the store alone; Kafka makes many
//! consumers fast and cheap.
//!
//! ```no_run
//! # use event_store::{Store, Wakeup, follow::{self, Follower}};
//! # async fn example(store: Store, wakeup: Wakeup, checkpoint: i64) -> Result<(), follow::Error> {
//! let mut follower = Follower::embedded(store, &wakeup, checkpoint);
//! loop {
//!     let batch = follower.next_batch(500).await?;
//!     // In one transaction: apply the events, and store batch.position() and batch.offsets.
//! }
//! # }
//! ```
//!
//! **Architecture Invariant:** a batch starts right after the previous one. No broker failure makes an event
//! skipped, repeated or out of order.

use platform::config::KafkaConfig;
use schemas::envelope::RecordedEvent;

use crate::{Store, Wakeup, kafka};

mod counters;
mod embedded;
mod merge;
mod offsets;
mod reader;
mod streaming;

pub use counters::{CounterValues, Counters};
pub use embedded::EmbeddedFollower;
pub use offsets::KafkaOffsets;
pub use streaming::KafkaFollower;

/// Follows the log.
#[derive(Debug)]
pub enum Follower {
    /// Reads from the event store.
    Embedded(EmbeddedFollower),
    /// Reads from Kafka, and from the event store when Kafka has no event in time.
    Kafka(Box<KafkaFollower>),
}

/// Batch of events at contiguous positions.
#[derive(Debug)]
pub struct EventBatch {
    /// Events, at least one.
    pub events: Vec<RecordedEvent>,
    /// Kafka offsets after the batch, to be stored in the same transaction as its results. Empty without Kafka.
    pub offsets: KafkaOffsets,
}

impl EventBatch {
    /// Position of the last event.
    pub fn position(&self) -> i64 {
        self.events
            .last()
            .expect("a batch has at least one event")
            .position
    }
}

/// Stored progress of a consumer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsumerStart {
    /// Last applied position; 0 for none.
    pub position: i64,
    /// Offsets of the batch that ended at `position`. Partitions without one are read from the beginning.
    pub offsets: KafkaOffsets,
}

/// Options of a Kafka follower: topic and consumer group.
#[derive(Debug, Clone)]
pub struct KafkaFollowerOptions {
    /// Broker connection.
    pub kafka: KafkaConfig,
    /// Topic of the events.
    pub topic: String,
    /// Consumer group under which Kafka's tools show the progress. Correctness does not depend on it.
    pub group: String,
    /// Topic for unreadable messages. Set it for only one of several followers of a topic; otherwise each dead
    /// letter is stored several times.
    pub dead_letters: Option<String>,
}

/// Error while fetching a batch. The follower's state is unchanged, so the call can be retried.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The event store failed.
    #[error("the event store could not be read")]
    Store(#[from] crate::Error),
    /// The Kafka consumer could not be created.
    #[error("the Kafka consumer could not be created")]
    Kafka(#[from] kafka::Error),
}

impl Follower {
    /// Follows the event store after `position`.
    pub fn embedded(store: Store, wakeup: &Wakeup, position: i64) -> Self {
        Self::Embedded(EmbeddedFollower::new(store, wakeup, position))
    }

    /// Follows Kafka from `start`, with `store` as the fallback.
    pub fn kafka(options: KafkaFollowerOptions, store: Store, wakeup: &Wakeup, start: ConsumerStart) -> Self {
        Self::Kafka(Box::new(KafkaFollower::new(options, store, wakeup, start)))
    }

    /// Waits for the next events and returns at most `events_max`. The call also confirms that the previous
    /// batch was applied. Cancel-safe: no event is lost.
    ///
    /// # Errors
    /// See [`Error`]. An unreachable broker is not an error.
    pub async fn next_batch(&mut self, events_max: usize) -> Result<EventBatch, Error> {
        match self {
            Self::Embedded(follower) => follower.next_batch(events_max).await,
            Self::Kafka(follower) => follower.next_batch(events_max).await,
        }
    }

    /// Position of the last returned event.
    pub fn position(&self) -> i64 {
        match self {
            Self::Embedded(follower) => follower.position(),
            Self::Kafka(follower) => follower.position(),
        }
    }

    /// Counters of this follower; the handle stays current.
    pub fn counters(&self) -> Counters {
        match self {
            Self::Embedded(follower) => follower.counters(),
            Self::Kafka(follower) => follower.counters(),
        }
    }
}
