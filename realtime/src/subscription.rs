//! One connection's subscription to one channel.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use schemas::channel::Channel;

use crate::rights::Audience;

/// Shared by the connection, its outbox and the shard, all on one thread.
#[derive(Debug)]
pub struct Subscription {
    /// The channel.
    pub channel: Channel,
    /// Whether only the newest change of a key matters, see `schemas::channel::Conflation`.
    pub is_conflated: bool,
    /// Whether the channel has the newest value of each key instead of a history.
    pub is_latest: bool,
    /// The audience of the reader.
    pub audience: Cell<Audience>,
    /// When it started.
    pub started_at: Instant,
    /// The position up to which the client has every change; these are not sent. On a channel of newest values, the
    /// position of the last one that was sent.
    pub after: Cell<i64>,
    /// The entry from which changes are replayed, from history or of the newest values; `None` for live changes.
    pub cursor: Cell<Option<u64>>,
    /// Cleared when the subscription ends: its queued changes are not sent.
    pub is_active: Cell<bool>,
    /// The position of the last queued change.
    pub queued_position: Cell<i64>,
    /// The place of each key's queued change in the outbox, on a conflated channel.
    pub queued_keys: RefCell<HashMap<Arc<str>, u64>>,
}

impl Subscription {
    /// Creates a subscription to the changes after position `after`, starting with the entry `cursor`.
    pub fn new(channel: Channel, audience: Audience, after: i64, cursor: Option<u64>) -> Self {
        Self {
            is_conflated: channel.is_conflated(),
            is_latest: channel.is_latest(),
            channel,
            audience: Cell::new(audience),
            started_at: Instant::now(),
            after: Cell::new(after),
            cursor: Cell::new(cursor),
            is_active: Cell::new(true),
            queued_position: Cell::new(i64::MIN),
            queued_keys: RefCell::new(HashMap::new()),
        }
    }

    /// Records that the client is told `position`, unless it was told a later one.
    pub fn advance(&self, position: i64) {
        self.after.set(self.after.get().max(position));
    }

    /// Ends the subscription.
    pub fn end(&self) {
        self.is_active.set(false);
        self.queued_keys.borrow_mut().clear();
    }
}
