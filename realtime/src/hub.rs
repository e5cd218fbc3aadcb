//! What the shards of a node share: history, the position, and who is told of a publication.
//!
//! A publication goes into history first and then to every shard, one message each. A shard that attaches
//! gets exactly the publications that were not in history yet: both happen under one lock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use schemas::change::ChangeBatch;
use schemas::channel::Channel;
use tokio::sync::mpsc;

use crate::entry::Entry;
use crate::history::{History, HistoryPage, Seek};
use crate::metrics::Metrics;
use crate::options::Options;
use crate::rights::Redaction;

/// Publications that may wait for one shard. When they do the feed waits too.
const SHARD_QUEUE_LEN_MAX: usize = 1_024;

/// The shared half.
pub struct Hub {
    /// What the node is set up with.
    pub options: Options,
    /// What the node counts.
    pub metrics: Metrics,
    /// What readers may not see.
    pub redaction: Box<dyn Redaction>,
    state: Mutex<HubState>,
}

struct HubState {
    history: History,
    position: i64,
    next_sequence: u64,
    is_live: bool,
    shards: Vec<mpsc::Sender<Message>>,
}

/// What a shard is told.
#[derive(Debug, Clone)]
pub enum Message {
    /// Changes, and how far they reach.
    Publication(Arc<Publication>),
    /// Changes may be missing: everybody refetches, and goes on after this position.
    Reset(i64),
}

/// Consecutive changes.
#[derive(Debug)]
pub struct Publication {
    /// The changes.
    pub entries: Vec<Arc<Entry>>,
    /// Everything up to here, inclusive, is in this publication or an earlier one.
    pub position: i64,
    /// The sequence of the next change.
    pub next_sequence: u64,
}

/// Where a shard begins.
#[derive(Debug)]
pub struct Attachment {
    /// What comes from now on.
    pub messages: mpsc::Receiver<Message>,
    /// Everything up to here is in history.
    pub position: i64,
    /// The sequence of the next change.
    pub next_sequence: u64,
}

/// A message and who gets it.
pub type Outgoing = (Message, Vec<mpsc::Sender<Message>>);

impl Hub {
    /// A node that knows nothing yet.
    pub fn new(options: Options, redaction: Box<dyn Redaction>) -> Self {
        let state = HubState {
            history: History::new(options.history, 0),
            position: 0,
            next_sequence: 0,
            is_live: false,
            shards: Vec::new(),
        };
        Self {
            options,
            metrics: Metrics::default(),
            redaction,
            state: Mutex::new(state),
        }
    }

    /// Everything up to here has been taken in.
    pub fn position(&self) -> i64 {
        self.state().position
    }

    /// Whether history was filled: before, nobody can be served.
    pub fn is_live(&self) -> bool {
        self.state().is_live
    }

    /// History was filled.
    pub fn go_live(&self) {
        self.state().is_live = true;
    }

    /// Adds a shard.
    pub fn attach(&self) -> Attachment {
        let (sender, messages) = mpsc::channel(SHARD_QUEUE_LEN_MAX);
        let mut state = self.state();
        state.shards.retain(|shard| !shard.is_closed());
        state.shards.push(sender);
        Attachment {
            messages,
            position: state.position,
            next_sequence: state.next_sequence,
        }
    }

    /// Begins anew after `position`: what lies between the old position and this one is not known.
    pub async fn reset(&self, position: i64) {
        send(self.take_reset(position)).await;
    }

    /// Takes in a batch and tells every shard. What was taken in before is dropped; when something is
    /// missing before the batch, the node begins anew there.
    pub async fn publish(&self, batch: ChangeBatch, published_at: SystemTime) {
        for outgoing in self.take(batch, published_at) {
            send(outgoing).await;
        }
    }

    /// [`Hub::reset`] without the sending.
    pub fn take_reset(&self, position: i64) -> Outgoing {
        let mut state = self.state();
        let next_sequence = state.next_sequence;
        state.history.clear(position, next_sequence);
        state.position = position;
        (Message::Reset(position), state.shards.clone())
    }

    /// [`Hub::publish`] without the sending.
    pub fn take(&self, batch: ChangeBatch, published_at: SystemTime) -> Vec<Outgoing> {
        let mut outgoing = Vec::with_capacity(1);
        let position = self.position();
        if batch.to_position <= position {
            self.metrics.duplicates.add(batch.changes.len() as u64);
            return outgoing;
        }
        if batch.from_position > position {
            tracing::warn!(
                position,
                batch.from = batch.from_position,
                "Changes are missing in the feed."
            );
            outgoing.push(self.take_reset(batch.from_position));
        }
        outgoing.push(self.append(batch, published_at));
        outgoing
    }

    fn append(&self, batch: ChangeBatch, published_at: SystemTime) -> Outgoing {
        let mut state = self.state();
        let known = state.position;
        let mut entries = Vec::with_capacity(batch.changes.len());
        for change in batch.changes {
            if change.position <= known || change.position > batch.to_position {
                self.metrics.duplicates.add(1);
                continue;
            }
            let entry = Arc::new(Entry::new(state.next_sequence, change, published_at));
            state.next_sequence += 1;
            state.history.append(Arc::clone(&entry));
            entries.push(entry);
        }
        state.history.evict(SystemTime::now());
        state.position = batch.to_position;
        self.metrics.changes.add(entries.len() as u64);
        let publication = Publication {
            entries,
            position: batch.to_position,
            next_sequence: state.next_sequence,
        };
        (Message::Publication(Arc::new(publication)), state.shards.clone())
    }

    /// See [`History::seek`].
    pub fn seek(&self, channel: &Channel, position: i64) -> Seek {
        self.state().history.seek(channel, position)
    }

    /// See [`History::read`].
    pub fn read(&self, channel: &Channel, from: u64, end: u64, bytes_max: usize) -> Option<HistoryPage> {
        self.state().history.read(channel, from, end, bytes_max)
    }

    fn state(&self) -> MutexGuard<'_, HubState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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

async fn send((message, shards): Outgoing) {
    for shard in shards {
        // A shard whose worker has ended takes nothing, and is forgotten when the next one attaches.
        let _ = shard.send(message.clone()).await;
    }
}
