//! The connections of one worker thread and their subscriptions by channel.
//!
//! All of this stays on its thread. A publication costs one message per shard, whatever the number of connections.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use bytestring::ByteString;
use schemas::channel::Channel;

use crate::entry::{Entry, View};
use crate::history::Seek;
use crate::hub::{End, Hub, Publication, ShardMessage};
use crate::protocol::Since;
use crate::rights::Audience;
use crate::subscription::Subscription;

/// Slots of the timing wheel: connections are checked one slot after the other.
pub const WHEEL_SLOTS: u64 = 16;

/// A shard's interface to a connection. A type parameter, not a trait object, so that fan-out calls it directly.
pub trait Client {
    /// Returns its number on the shard.
    fn key(&self) -> u64;

    /// Queues a published change for a subscription of the client.
    fn offer(&self, subscription: &Rc<Subscription>, entry: &Arc<Entry>, frame: ByteString, now: Instant);

    /// Ends a subscription of the client, which may no longer read the channel.
    fn revoke(&self, subscription: &Rc<Subscription>);

    /// Makes the client read everything again: changes may have been missed on every channel.
    fn resync_all(&self);

    /// Does the due checks: token expiry, heartbeat, eviction and `position` frames.
    fn check(&self, now: Instant);
}

/// The connections of one worker thread.
pub struct Shard<C> {
    /// The shared state of the node's shards.
    pub hub: Arc<Hub>,
    position: Cell<i64>,
    next_sequence: Cell<u64>,
    next_value_sequence: Cell<u64>,
    next_key: Cell<u64>,
    connections: RefCell<HashMap<u64, Rc<C>>>,
    subscribers: RefCell<HashMap<Channel, Vec<Subscriber<C>>>>,
}

struct Subscriber<C> {
    connection: Rc<C>,
    subscription: Rc<Subscription>,
}

/// The start of a subscription.
#[derive(Debug, Clone, Copy)]
struct Start {
    /// The position after which changes are sent.
    position: i64,
    /// The history entry to start with; `None` to start with live changes.
    cursor: Option<u64>,
    /// Whether changes before `position` were missed and cannot be sent.
    is_resync: bool,
}

/// A subscription that has started.
#[derive(Debug)]
pub struct NewSubscription {
    /// The subscription.
    pub subscription: Rc<Subscription>,
    /// The position after which changes are sent.
    pub position: i64,
    /// Whether changes before `position` were missed and cannot be sent.
    pub is_resync: bool,
}

impl<C: Client> Shard<C> {
    /// Creates a shard without connections, which starts at `end`.
    pub fn new(hub: Arc<Hub>, end: End) -> Self {
        Self {
            hub,
            position: Cell::new(end.position),
            next_sequence: Cell::new(end.next_sequence),
            next_value_sequence: Cell::new(end.next_value_sequence),
            next_key: Cell::new(0),
            connections: RefCell::default(),
            subscribers: RefCell::default(),
        }
    }

    /// Returns the position up to which changes have been passed to the connections.
    pub fn position(&self) -> i64 {
        self.position.get()
    }

    /// Returns the sequence number of the first change on `channel` that has not been passed to the connections yet.
    pub fn end_of(&self, channel: &Channel) -> u64 {
        if channel.is_latest() {
            self.next_value_sequence.get()
        } else {
            self.next_sequence.get()
        }
    }

    /// Returns the number of connections.
    pub fn len(&self) -> usize {
        self.connections.borrow().len()
    }

    /// Returns whether there is no connection.
    pub fn is_empty(&self) -> bool {
        self.connections.borrow().is_empty()
    }

    /// Returns a key for a new connection.
    pub fn next_key(&self) -> u64 {
        self.next_key.replace(self.next_key.get() + 1)
    }

    /// Adds a connection.
    pub fn add(&self, connection: &Rc<C>) {
        self.connections
            .borrow_mut()
            .insert(connection.key(), Rc::clone(connection));
        self.hub.metrics.connections.add(1);
        self.hub.metrics.connections_total.add(1);
    }

    /// Removes a connection, whose subscriptions have been removed before.
    pub fn remove(&self, key: u64) {
        if self.connections.borrow_mut().remove(&key).is_some() {
            self.hub.metrics.connections.subtract(1);
        }
    }

    /// Applies a message of the hub.
    pub fn apply(&self, message: &ShardMessage, now: Instant) {
        match message {
            ShardMessage::Publication(publication) => self.fan_out(publication, now),
            ShardMessage::Values(values) => {
                for entry in &values.entries {
                    self.deliver_all(entry, now);
                }
                self.next_value_sequence.set(values.next_sequence);
            }
            ShardMessage::Reset(position) => {
                self.position.set(*position);
                for connection in self.connections() {
                    connection.resync_all();
                }
            }
        }
    }

    fn fan_out(&self, publication: &Publication, now: Instant) {
        for entry in &publication.entries {
            self.deliver_all(entry, now);
        }
        self.position.set(publication.position);
        self.next_sequence.set(publication.next_sequence);
    }

    /// Offers `entry` to the subscribers of each of its channels.
    fn deliver_all(&self, entry: &Arc<Entry>, now: Instant) {
        for (index, channel) in entry.channels.iter().enumerate() {
            if !entry.channels[..index].contains(channel) {
                self.deliver(entry, index, now);
            }
        }
    }

    /// Offers `entry` to the subscribers of the channel with this index. Ends the subscriptions of those who may no longer
    /// read it.
    fn deliver(&self, entry: &Arc<Entry>, index: usize, now: Instant) {
        let mut excluded = Vec::new();
        if let Some(subscribers) = self.subscribers.borrow().get(&entry.channels[index]) {
            // Most readers see the whole row.
            let mut whole: Option<ByteString> = None;
            for Subscriber {
                connection,
                subscription,
            } in subscribers
            {
                let audience = subscription.audience.get();
                if entry.excludes(audience) {
                    excluded.push((Rc::clone(connection), Rc::clone(subscription)));
                    continue;
                }
                let frame = match entry.view(audience) {
                    View::Whole if subscription.is_latest => {
                        subscription.advance(self.position());
                        entry.frame_at(index, subscription.after.get())
                    }
                    View::Whole => whole
                        .get_or_insert_with(|| entry.frame(index, View::Whole))
                        .clone(),
                    view @ View::OfSeller(_) => entry.frame(index, view),
                };
                connection.offer(subscription, entry, frame, now);
            }
        }
        for (connection, subscription) in excluded {
            connection.revoke(&subscription);
        }
    }

    /// Subscribes `connection` to `channel`.
    pub fn subscribe(
        &self,
        connection: &Rc<C>,
        channel: &Channel,
        audience: Audience,
        since: Option<&Since>,
    ) -> NewSubscription {
        let start = self.start_of(channel, since);
        let cursor = if channel.is_latest() {
            Some(0)
        } else {
            start.cursor
        };
        let subscription = Subscription::new(channel.clone(), audience, start.position, cursor);
        let subscription = Rc::new(subscription);
        if channel.is_latest() {
            self.hub.watch(channel);
        }
        let subscriber = Subscriber {
            connection: Rc::clone(connection),
            subscription: Rc::clone(&subscription),
        };
        self.subscribers
            .borrow_mut()
            .entry(channel.clone())
            .or_default()
            .push(subscriber);
        NewSubscription {
            subscription,
            position: start.position,
            is_resync: start.is_resync,
        }
    }

    fn start_of(&self, channel: &Channel, since: Option<&Since>) -> Start {
        let live_after = |position| Start {
            position,
            cursor: None,
            is_resync: false,
        };
        let Some(since) = since else {
            return live_after(self.position.get());
        };
        // A client that reads its rows again sees everything the node has received, which may be more than this shard
        // has received.
        let resync = || Start {
            position: self.hub.position().max(self.position.get()),
            cursor: None,
            is_resync: true,
        };
        if since.epoch != self.hub.options.epoch {
            return resync();
        }
        if channel.is_latest() {
            // A client that was connected to a node with a higher position is not moved back.
            return live_after(since.position.max(self.position.get()));
        }
        match self.hub.seek(channel, since.position) {
            Seek::TooOld => resync(),
            Seek::At(sequence) if sequence < self.next_sequence.get() => Start {
                cursor: Some(sequence),
                ..live_after(since.position)
            },
            // History entries that this shard has not received yet arrive as live changes.
            Seek::At(_) | Seek::UpToDate => live_after(since.position),
        }
    }

    /// Ends a subscription.
    pub fn unsubscribe(&self, subscription: &Rc<Subscription>) {
        subscription.end();
        let mut by_channel = self.subscribers.borrow_mut();
        let Some(subscribers) = by_channel.get_mut(&subscription.channel) else {
            return;
        };
        if let Some(at) = subscribers
            .iter()
            .position(|other| Rc::ptr_eq(&other.subscription, subscription))
        {
            subscribers.swap_remove(at);
            if subscription.is_latest {
                self.hub.leave(&subscription.channel);
            }
        }
        if subscribers.is_empty() {
            by_channel.remove(&subscription.channel);
        }
    }

    /// Checks the connections of one slot, see [`WHEEL_SLOTS`].
    pub fn check_slot(&self, slot: u64, now: Instant) {
        let due: Vec<_> = {
            let connections = self.connections.borrow();
            connections
                .values()
                .filter(|connection| connection.key() % WHEEL_SLOTS == slot)
                .cloned()
                .collect()
        };
        for connection in due {
            connection.check(now);
        }
    }

    /// Returns every connection.
    pub fn connections(&self) -> Vec<Rc<C>> {
        self.connections.borrow().values().cloned().collect()
    }
}

impl<C: Client> std::fmt::Debug for Shard<C> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Shard")
            .field("position", &self.position)
            .field("connections", &self.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
