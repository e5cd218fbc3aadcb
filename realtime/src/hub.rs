//! The shared state of a node's shards: the history, the position, and the queue of each shard.
//!
//! A publication is added to history and then sent to every shard, one message each. A new shard receives exactly the
//! publications that were not in history yet, because both happen under one lock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use schemas::change::ChangeBatch;
use schemas::channel::Channel;
use tokio::sync::{Notify, mpsc};

use crate::entry::Entry;
use crate::history::{History, HistoryPage, Seek};
use crate::latest::{Latest, Value, Values};
use crate::metrics::Metrics;
use crate::options::Options;

/// Maximum number of messages waiting for one shard. Above it the feed waits, too.
const SHARD_QUEUE_LEN_MAX: usize = 1_024;

/// The shared state of a node's shards.
pub struct Hub {
    /// The node's options.
    pub options: Options,
    /// The node's counters.
    pub metrics: Metrics,
    shared: Mutex<Shared>,
    /// Notified when a channel of newest values gets its first subscriber.
    watched: Notify,
}

struct Shared {
    history: History,
    latest: Latest,
    position: i64,
    next_sequence: u64,
    is_live: bool,
    shards: Vec<mpsc::Sender<ShardMessage>>,
}

/// A message to a shard.
#[derive(Debug, Clone)]
pub enum ShardMessage {
    /// New changes.
    Publication(Arc<Publication>),
    /// New values of a channel without history.
    Values(Arc<Values>),
    /// Changes may be missing: every client must read its rows again, and continues after this position.
    Reset(i64),
}

/// Consecutive changes.
#[derive(Debug)]
pub struct Publication {
    /// The changes.
    pub entries: Vec<Arc<Entry>>,
    /// The last position of the changes, inclusive.
    pub position: i64,
    /// The sequence of the next change.
    pub next_sequence: u64,
}

/// The initial state of a shard.
#[derive(Debug)]
pub struct Attachment {
    /// The messages from now on.
    pub messages: mpsc::Receiver<ShardMessage>,
    /// Where these messages start.
    pub end: End,
}

/// The end of what a hub has sent to its shards.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// The last position in history.
    pub position: i64,
    /// The sequence of the next change.
    pub next_sequence: u64,
    /// The sequence of the next value of a channel without history.
    pub next_value_sequence: u64,
}

/// A message and its target shards.
pub type Dispatch = (ShardMessage, Vec<mpsc::Sender<ShardMessage>>);

impl Hub {
    /// Creates a node without history.
    pub fn new(options: Options) -> Self {
        let shared = Shared {
            history: History::new(options.history, 0),
            latest: Latest::default(),
            position: 0,
            next_sequence: 0,
            is_live: false,
            shards: Vec::new(),
        };
        Self {
            options,
            metrics: Metrics::default(),
            shared: Mutex::new(shared),
            watched: Notify::new(),
        }
    }

    /// Returns the position up to which changes have been received.
    pub fn position(&self) -> i64 {
        self.shared().position
    }

    /// Returns whether history has been filled. Clients are admitted only afterwards.
    pub fn is_live(&self) -> bool {
        self.shared().is_live
    }

    /// Records that history has been filled.
    pub fn go_live(&self) {
        self.shared().is_live = true;
    }

    /// Adds a shard.
    pub fn attach(&self) -> Attachment {
        let (sender, messages) = mpsc::channel(SHARD_QUEUE_LEN_MAX);
        let mut shared = self.shared();
        shared.shards.retain(|shard| !shard.is_closed());
        shared.shards.push(sender);
        Attachment {
            messages,
            end: End {
                position: shared.position,
                next_sequence: shared.next_sequence,
                next_value_sequence: shared.latest.next_sequence(),
            },
        }
    }

    /// Discards history and restarts after `position`: the changes in between are unknown.
    pub async fn reset(&self, position: i64) {
        send(self.record_reset(position)).await;
    }

    /// Records a batch and sends it to every shard. Changes received before are dropped; if changes before the batch
    /// are missing, the node restarts at the start of the batch.
    pub async fn publish(&self, batch: ChangeBatch, published_at: SystemTime) {
        for dispatch in self.record(batch, published_at) {
            send(dispatch).await;
        }
    }

    /// Records what [`Hub::reset`] sends, without sending it.
    pub fn record_reset(&self, position: i64) -> Dispatch {
        let mut shared = self.shared();
        let next_sequence = shared.next_sequence;
        shared.history.clear(position, next_sequence);
        shared.position = position;
        (ShardMessage::Reset(position), shared.shards.clone())
    }

    /// Records what [`Hub::publish`] sends, without sending it.
    pub fn record(&self, batch: ChangeBatch, published_at: SystemTime) -> Vec<Dispatch> {
        let mut dispatches = Vec::with_capacity(1);
        let position = self.position();
        if batch.to_position <= position {
            self.metrics.duplicates.add(batch.changes.len() as u64);
            return dispatches;
        }
        if batch.from_position > position {
            tracing::warn!(
                position,
                batch.from = batch.from_position,
                "Changes are missing in the feed."
            );
            dispatches.push(self.record_reset(batch.from_position));
        }
        dispatches.push(self.append(batch, published_at));
        dispatches
    }

    fn append(&self, batch: ChangeBatch, published_at: SystemTime) -> Dispatch {
        let mut shared = self.shared();
        let known = shared.position;
        let mut entries = Vec::with_capacity(batch.changes.len());
        for change in batch.changes {
            if change.position <= known || change.position > batch.to_position {
                self.metrics.duplicates.add(1);
                continue;
            }
            let entry = Arc::new(Entry::new(shared.next_sequence, change, published_at));
            shared.next_sequence += 1;
            shared.history.append(Arc::clone(&entry));
            entries.push(entry);
        }
        shared.history.evict(SystemTime::now());
        shared.position = batch.to_position;
        self.metrics.changes.add(entries.len() as u64);
        let publication = Publication {
            entries,
            position: batch.to_position,
            next_sequence: shared.next_sequence,
        };
        let message = ShardMessage::Publication(Arc::new(publication));
        (message, shared.shards.clone())
    }

    /// Calls [`History::seek`].
    pub fn seek(&self, channel: &Channel, position: i64) -> Seek {
        self.shared().history.seek(channel, position)
    }

    /// Calls [`History::read`], or [`Latest::read`] for a channel without history.
    pub fn read(&self, channel: &Channel, from: u64, end: u64, bytes_max: usize) -> Option<HistoryPage> {
        let shared = self.shared();
        if channel.is_latest() {
            return Some(shared.latest.read(channel, from, end, bytes_max));
        }
        shared.history.read(channel, from, end, bytes_max)
    }

    /// Counts a subscriber of a channel without history.
    pub fn watch(&self, channel: &Channel) {
        self.shared().latest.watch(channel);
        self.watched.notify_waiters();
    }

    /// Counts a subscriber less.
    pub fn leave(&self, channel: &Channel) {
        self.shared().latest.leave(channel);
    }

    /// Waits until a channel without history has a subscriber.
    pub async fn watched(&self, channel: &Channel) {
        loop {
            let notified = self.watched.notified();
            if self.shared().latest.is_watched(channel) {
                return;
            }
            notified.await;
        }
    }

    /// Sends those of the values of a channel without history that have changed. Drops them if nobody is subscribed.
    pub async fn publish_values(&self, channel: &Channel, values: Vec<Value>) {
        let dispatch = {
            let mut shared = self.shared();
            let position = shared.position;
            let values = shared.latest.replace(channel, values, position);
            self.metrics.changes.add(values.entries.len() as u64);
            (ShardMessage::Values(Arc::new(values)), shared.shards.clone())
        };
        send(dispatch).await;
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Hub")
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}

async fn send((message, shards): Dispatch) {
    for shard in shards {
        // The queue of a worker that has ended is closed, and is removed when the next shard attaches.
        let _ = shard.send(message.clone()).await;
    }
}
