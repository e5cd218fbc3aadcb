//! One worker thread's sockets: who is subscribed to what, and whose turn it is to be looked after.
//!
//! Everything in here stays on its thread. A publication costs one message per shard, whatever the number
//! of sockets.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use bytestring::ByteString;
use schemas::channel::Channel;

use crate::connection::Connection;
use crate::history::Seek;
use crate::hub::{Hub, Message, Publication};
use crate::protocol::Since;
use crate::rights::Audience;
use crate::subscription::Subscription;

/// Connections are looked after in so many portions a round: a timing wheel with one turn for all.
pub const PORTIONS: u64 = 16;

/// The thread's sockets.
pub struct Shard {
    /// What the node's shards share.
    pub hub: Arc<Hub>,
    position: Cell<i64>,
    next_sequence: Cell<u64>,
    next_key: Cell<u64>,
    connections: RefCell<HashMap<u64, Rc<Connection>>>,
    channels: RefCell<HashMap<Channel, Vec<Subscriber>>>,
}

struct Subscriber {
    connection: Rc<Connection>,
    subscription: Rc<Subscription>,
}

/// How a subscription begins.
#[derive(Debug)]
pub struct Beginning {
    /// The subscription.
    pub subscription: Rc<Subscription>,
    /// Where it begins.
    pub position: i64,
    /// Whether changes before it were missed and cannot be sent.
    pub is_resync: bool,
}

impl Shard {
    /// A shard that has nothing but what history has: `position` and `next_sequence` are its end.
    pub fn new(hub: Arc<Hub>, position: i64, next_sequence: u64) -> Self {
        Self {
            hub,
            position: Cell::new(position),
            next_sequence: Cell::new(next_sequence),
            next_key: Cell::new(0),
            connections: RefCell::default(),
            channels: RefCell::default(),
        }
    }

    /// Everything up to here was handed to the connections.
    pub fn position(&self) -> i64 {
        self.position.get()
    }

    /// The sequence of the first change that was not handed to the connections yet.
    pub fn next_sequence(&self) -> u64 {
        self.next_sequence.get()
    }

    /// How many connections there are.
    pub fn len(&self) -> usize {
        self.connections.borrow().len()
    }

    /// Whether there is no connection.
    pub fn is_empty(&self) -> bool {
        self.connections.borrow().is_empty()
    }

    /// A key for a new connection.
    pub fn next_key(&self) -> u64 {
        self.next_key.replace(self.next_key.get() + 1)
    }

    /// Adds a connection.
    pub fn add(&self, connection: &Rc<Connection>) {
        self.connections
            .borrow_mut()
            .insert(connection.key, Rc::clone(connection));
        self.hub.metrics.connections.add(1);
        self.hub.metrics.connections_total.add(1);
    }

    /// Forgets a connection. Its subscriptions have been removed.
    pub fn remove(&self, key: u64) {
        if self.connections.borrow_mut().remove(&key).is_some() {
            self.hub.metrics.connections.subtract(1);
        }
    }

    /// Obeys what the hub says.
    pub fn apply(&self, message: &Message, now: Instant) {
        match message {
            Message::Publication(publication) => self.fan_out(publication, now),
            Message::Reset(position) => {
                self.position.set(*position);
                for connection in self.all() {
                    connection.resync_all();
                }
            }
        }
    }

    fn fan_out(&self, publication: &Publication, now: Instant) {
        let channels = self.channels.borrow();
        for entry in &publication.entries {
            for (index, channel) in entry.channels.iter().enumerate() {
                let is_repeated = entry.channels[..index].contains(channel);
                let Some(subscribers) = channels.get(channel).filter(|_| !is_repeated) else {
                    continue;
                };
                let mut frames: [Option<ByteString>; Audience::COUNT] = Default::default();
                for Subscriber {
                    connection,
                    subscription,
                } in subscribers
                {
                    let audience = subscription.audience.get();
                    let frame = frames[audience as usize]
                        .get_or_insert_with(|| entry.frame(index, audience, self.hub.redaction.as_ref()));
                    connection.offer(subscription, entry, frame.clone(), now);
                }
            }
        }
        self.position.set(publication.position);
        self.next_sequence.set(publication.next_sequence);
    }

    /// Begins a subscription of `connection`.
    pub fn subscribe(
        &self,
        connection: &Rc<Connection>,
        channel: &Channel,
        audience: Audience,
        since: Option<&Since>,
    ) -> Beginning {
        let (position, cursor, is_resync) = self.place(channel, since);
        let subscription = Rc::new(Subscription::new(channel.clone(), audience, position, cursor));
        let subscriber = Subscriber {
            connection: Rc::clone(connection),
            subscription: Rc::clone(&subscription),
        };
        self.channels
            .borrow_mut()
            .entry(channel.clone())
            .or_default()
            .push(subscriber);
        Beginning {
            subscription,
            position,
            is_resync,
        }
    }

    /// The position after which a subscription begins, the entry it begins with when that is in history,
    /// and whether something before was missed.
    fn place(&self, channel: &Channel, since: Option<&Since>) -> (i64, Option<u64>, bool) {
        let here = self.position.get();
        let Some(since) = since else {
            return (here, None, false);
        };
        // Who refetches gets what the node knows, of which this shard may not have been handed all yet.
        let refetch = || (self.hub.position().max(here), None, true);
        if since.epoch != self.hub.options.epoch {
            return refetch();
        }
        match self.hub.seek(channel, since.position) {
            Seek::TooOld => refetch(),
            // What history has and this shard has not yet been handed will come live.
            Seek::At(sequence) if sequence < self.next_sequence.get() => {
                (since.position, Some(sequence), false)
            }
            Seek::At(_) | Seek::UpToDate => (since.position, None, false),
        }
    }

    /// Ends a subscription.
    pub fn unsubscribe(&self, subscription: &Rc<Subscription>) {
        subscription.end();
        let mut channels = self.channels.borrow_mut();
        let Some(subscribers) = channels.get_mut(&subscription.channel) else {
            return;
        };
        if let Some(at) = subscribers
            .iter()
            .position(|other| Rc::ptr_eq(&other.subscription, subscription))
        {
            subscribers.swap_remove(at);
        }
        if subscribers.is_empty() {
            channels.remove(&subscription.channel);
        }
    }

    /// Looks after the connections of one portion, see [`PORTIONS`].
    pub fn visit(&self, portion: u64, now: Instant) {
        let due: Vec<_> = {
            let connections = self.connections.borrow();
            connections
                .values()
                .filter(|connection| connection.key % PORTIONS == portion)
                .cloned()
                .collect()
        };
        for connection in due {
            connection.visit(now);
        }
    }

    /// Every connection.
    pub fn all(&self) -> Vec<Rc<Connection>> {
        self.connections.borrow().values().cloned().collect()
    }
}

impl std::fmt::Debug for Shard {
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
