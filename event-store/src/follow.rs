//! The log for consumers: every event once, in the order of the log, whichever way it comes.
//!
//! A [`Follower`] gives batches of events at contiguous positions, from where it was started on. Embedded, it
//! reads the event store itself. Over Kafka, it merges the partitions back into the one order of the log;
//! what is missing, late or unreadable there it reads from the store. So correctness rests on the store alone,
//! and Kafka is the fast and cheap way for many consumers.
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
//! **Architecture Invariant:** a batch starts at the position after the one before it. No event is skipped,
//! repeated or out of order, whatever the broker does.

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
    /// Reads the event store.
    Embedded(EmbeddedFollower),
    /// Reads Kafka, and the event store where Kafka falls short.
    Kafka(Box<KafkaFollower>),
}

/// Some events at contiguous positions.
#[derive(Debug)]
pub struct EventBatch {
    /// The events, at least one.
    pub events: Vec<RecordedEvent>,
    /// Where to read on after them; to be stored with what was made of them. Empty without Kafka.
    pub offsets: KafkaOffsets,
}

impl EventBatch {
    /// The position of its last event.
    pub fn position(&self) -> i64 {
        self.events
            .last()
            .expect("a batch has at least one event")
            .position
    }
}

/// Where a consumer stands, as it stored it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsumerStart {
    /// Everything up to here was applied; 0 for nothing.
    pub position: i64,
    /// The offsets of the batch that ended there. What is missing is read from the beginning.
    pub offsets: KafkaOffsets,
}

/// Which topic to follow, and as whom.
#[derive(Debug, Clone)]
pub struct KafkaFollowerOptions {
    /// The broker.
    pub kafka: KafkaConfig,
    /// The events' topic.
    pub topic: String,
    /// The consumer's name: its progress shows under it in Kafka's tools. Nothing rests on that.
    pub group: String,
    /// Where to put what nobody can read. Of several followers of a topic one should, or each letter is
    /// kept several times.
    pub dead_letters: Option<String>,
}

/// Why there is no next batch. The follower is as it was, so that calling again is right.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The event store failed.
    #[error("the event store could not be read")]
    Store(#[from] crate::Error),
    /// A Kafka client could not be made.
    #[error("the Kafka consumer could not be made")]
    Kafka(#[from] kafka::Error),
}

impl Follower {
    /// Follows the event store itself from after `position`.
    pub fn embedded(store: Store, wakeup: &Wakeup, position: i64) -> Self {
        Self::Embedded(EmbeddedFollower::new(store, wakeup, position))
    }

    /// Follows Kafka from `start`, and `store` where need be.
    pub fn kafka(options: KafkaFollowerOptions, store: Store, wakeup: &Wakeup, start: ConsumerStart) -> Self {
        Self::Kafka(Box::new(KafkaFollower::new(options, store, wakeup, start)))
    }

    /// Waits for the next events, and gives at most `events_max` of them. It asks for the next batch when the
    /// one before is applied. May be cancelled: nothing is lost.
    ///
    /// # Errors
    /// See [`Error`]. A broker that is away is no error.
    pub async fn next_batch(&mut self, events_max: usize) -> Result<EventBatch, Error> {
        match self {
            Self::Embedded(follower) => follower.next_batch(events_max).await,
            Self::Kafka(follower) => follower.next_batch(events_max).await,
        }
    }

    /// The position of the last event given.
    pub fn position(&self) -> i64 {
        match self {
            Self::Embedded(follower) => follower.position(),
            Self::Kafka(follower) => follower.position(),
        }
    }

    /// What it has met so far; stays current, also for who holds it elsewhere.
    pub fn counters(&self) -> Counters {
        match self {
            Self::Embedded(follower) => follower.counters(),
            Self::Kafka(follower) => follower.counters(),
        }
    }
}
