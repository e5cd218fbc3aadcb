//! One connection's interest in one channel.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use schemas::channel::Channel;

use crate::rights::Audience;

/// Shared by the connection, its outbox and the shard, all on one thread.
#[derive(Debug)]
pub struct Subscription {
    /// The channel.
    pub channel: Channel,
    /// Whether only the newest change of a key matters.
    pub is_state: bool,
    /// What the reader may see.
    pub audience: Cell<Audience>,
    /// Changes up to here are not sent: the client has them.
    pub after: Cell<i64>,
    /// What is sent next comes from history, from this sequence on; `None`: it comes live.
    pub cursor: Cell<Option<u64>>,
    /// Cleared when the client wants no more: what still waits is not sent.
    pub is_active: Cell<bool>,
    /// The position of the change that was last let into the outbox.
    pub accepted_position: Cell<i64>,
    /// On a state channel: where in the outbox the waiting change of each key stands.
    pub waiting: RefCell<HashMap<Arc<str>, u64>>,
}

impl Subscription {
    /// Interest in what follows `after`, from the entry `cursor` on.
    pub fn new(channel: Channel, audience: Audience, after: i64, cursor: Option<u64>) -> Self {
        Self {
            is_state: channel.is_state(),
            channel,
            audience: Cell::new(audience),
            after: Cell::new(after),
            cursor: Cell::new(cursor),
            is_active: Cell::new(true),
            accepted_position: Cell::new(i64::MIN),
            waiting: RefCell::new(HashMap::new()),
        }
    }

    /// Ends it.
    pub fn end(&self) {
        self.is_active.set(false);
        self.waiting.borrow_mut().clear();
    }
}
