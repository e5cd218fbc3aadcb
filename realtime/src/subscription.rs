//! One connection's subscription to one channel.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use schemas::channel::{Audience, Channel};

/// Shared by the connection, its outbox and the shard, all on one thread.
#[derive(Debug)]
pub struct Subscription {
    /// The channel.
    pub channel: Channel,
    /// Whether only the newest change of a key matters, see `schemas::channel::Conflation`.
    pub is_conflated: bool,
    /// The audience that the reader belongs to.
    pub audience: Cell<Audience>,
    /// The position up to which the client has everything: changes up to it are not sent.
    pub after: Cell<i64>,
    /// The sequence from which history is replayed; `None`: changes come live.
    pub cursor: Cell<Option<u64>>,
    /// Cleared when the subscription ends: queued changes of it are not sent.
    pub is_active: Cell<bool>,
    /// The position of the change that was queued last.
    pub queued_position: Cell<i64>,
    /// On a conflated channel: the place of each key's queued change in the outbox.
    pub queued_keys: RefCell<HashMap<Arc<str>, u64>>,
}

impl Subscription {
    /// A subscription to what follows position `after`, starting with the entry `cursor`.
    pub fn new(channel: Channel, audience: Audience, after: i64, cursor: Option<u64>) -> Self {
        Self {
            is_conflated: channel.is_conflated(),
            channel,
            audience: Cell::new(audience),
            after: Cell::new(after),
            cursor: Cell::new(cursor),
            is_active: Cell::new(true),
            queued_position: Cell::new(i64::MIN),
            queued_keys: RefCell::new(HashMap::new()),
        }
    }

    /// Ends the subscription.
    pub fn end(&self) {
        self.is_active.set(false);
        self.queued_keys.borrow_mut().clear();
    }
}
