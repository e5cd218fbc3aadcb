//! One client at the protocol level: its identity, its subscriptions, and its waiting output. It does not depend on the
//! library that carries the frames; `session` does.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Weak};
use std::time::{Instant, SystemTime};

use bytestring::ByteString;
use uuid::Uuid;

use crate::admission::{AccountPermit, ConnectionPermit};
use crate::entry::Entry;
use crate::identity::Identity;
use crate::outbox::{OfferOutcome, Outbox};
use crate::protocol::{CloseCode, ServerFrame};
use crate::rate::RateLimiter;
use crate::services::Services;
use crate::shard::{Client, Shard};
use crate::socket::Socket;
use crate::subscription::Subscription;

mod command;
mod heartbeat;
mod subscriptions;

use heartbeat::Heartbeat;
use subscriptions::Subscriptions;

/// One client.
pub struct Connection {
    /// The id in logs and in the `ready` frame.
    pub id: Uuid,
    key: u64,
    shard: Rc<Shard<Self>>,
    services: Arc<Services>,
    socket: Weak<Socket>,
    wake: OnceCell<Box<dyn Fn()>>,
    outbox: RefCell<Outbox>,
    identity: RefCell<Identity>,
    subscriptions: RefCell<Subscriptions>,
    connection_permit: Cell<Option<ConnectionPermit>>,
    account_permit: Cell<Option<AccountPermit>>,
    frame_rate: RefCell<RateLimiter>,
    heartbeat: Cell<Heartbeat>,
    malformed_count: Cell<u32>,
    /// The time and position of the last `position` frame.
    position_sent: Cell<(Instant, i64)>,
    /// The time the session was woken; `None` once it has taken its output. It stays set while the socket is blocked.
    woken_at: Cell<Option<Instant>>,
    closing: Cell<Option<(CloseCode, Instant)>>,
    is_close_taken: Cell<bool>,
}

/// The next data for the session to write to the socket.
#[derive(Debug, Default)]
pub struct Output {
    /// Messages.
    pub messages: Vec<ByteString>,
    /// Whether a ping is due.
    pub ping: bool,
    /// The close frame that ends the connection, after the messages.
    pub close: Option<CloseCode>,
    /// Whether there is more output, to be taken when the socket has accepted this one.
    pub has_more: bool,
}

/// Maximum number of bytes in one [`Output`]. More would only wait in the buffer of the socket's library.
const OUTPUT_BYTES_MAX: usize = 32 * 1024;

impl Connection {
    /// Creates a client of `shard` that has not authenticated yet.
    pub fn new(
        shard: Rc<Shard<Self>>,
        services: Arc<Services>,
        socket: Weak<Socket>,
        permit: Option<ConnectionPermit>,
    ) -> Rc<Self> {
        let now = Instant::now();
        let limits = shard.hub.options.limits;
        let connection = Rc::new(Self {
            key: shard.next_key(),
            id: Uuid::new_v4(),
            services,
            socket,
            wake: OnceCell::new(),
            outbox: RefCell::new(Outbox::new(limits.outbox_bytes_max, limits.batch_bytes_max)),
            identity: RefCell::new(Identity::Unknown),
            subscriptions: RefCell::default(),
            connection_permit: Cell::new(permit),
            account_permit: Cell::new(None),
            frame_rate: RefCell::new(RateLimiter::new(limits.frames_per_s, limits.frames_burst, now)),
            heartbeat: Cell::new(Heartbeat::new(now)),
            malformed_count: Cell::new(0),
            position_sent: Cell::new((now, shard.position())),
            woken_at: Cell::new(None),
            closing: Cell::new(None),
            is_close_taken: Cell::new(false),
            shard,
        });
        connection.shard.add(&connection);
        connection
    }

    /// Sets the function that wakes the session. Call it once.
    pub fn on_wake(&self, wake: impl Fn() + 'static) {
        if self.woken_at.get().is_some() {
            wake();
        }
        let _ = self.wake.set(Box::new(wake));
    }

    /// Takes the next output for the socket.
    pub fn take_output(&self, now: Instant) -> Output {
        self.woken_at.set(None);
        let mut output = Output {
            ping: self.take_ping(now),
            ..Output::default()
        };
        let hub = &self.shard.hub;
        let (mut bytes, sent_at) = (0, SystemTime::now());
        while bytes < OUTPUT_BYTES_MAX {
            let message = self.outbox.borrow_mut().next_message(hub, sent_at);
            match message {
                Some(message) => {
                    bytes += message.len();
                    output.messages.push(message);
                }
                None if self.refill() => {}
                None => break,
            }
        }
        output.has_more = bytes >= OUTPUT_BYTES_MAX;
        if output.has_more {
            self.woken_at.set(Some(now));
        } else if let Some((code, _)) = self.closing.get()
            && !self.is_close_taken.replace(true)
        {
            output.close = Some(code);
        }
        output
    }

    /// Reads history for subscriptions that are behind. Returns whether messages are waiting now.
    fn refill(&self) -> bool {
        let hub = &self.shard.hub;
        let subscriptions = self.subscriptions.borrow();
        let mut outbox = self.outbox.borrow_mut();
        let mut is_behind = false;
        let mut has_resync = false;
        for subscription in subscriptions.iter() {
            if subscription.cursor.get().is_none() {
                continue;
            }
            if subscription.is_latest {
                subscription.advance(self.shard.position());
            }
            let end = self.shard.end_of(&subscription.channel);
            if outbox.refill(subscription, hub, end) {
                is_behind |= subscription.cursor.get().is_some();
            } else {
                self.send_resync(&mut outbox, subscription);
                has_resync = true;
            }
        }
        if !is_behind && outbox.is_empty() {
            outbox.caught_up();
        }
        has_resync || !outbox.is_empty()
    }

    fn send_resync(&self, outbox: &mut Outbox, subscription: &Subscription) {
        // A client that was connected to a node with a higher position is not moved back.
        let position = self.shard.position().max(subscription.after.get());
        self.send_resync_at(position, outbox, subscription);
    }

    fn send_resync_at(&self, position: i64, outbox: &mut Outbox, subscription: &Subscription) {
        subscription.after.set(position);
        self.shard.hub.metrics.resyncs.add(1);
        let channel = subscription.channel.to_string();
        let epoch = &self.shard.hub.options.epoch;
        outbox.reply(&ServerFrame::Resync {
            channel: &channel,
            epoch,
            position,
        });
    }

    fn reply(&self, frame: &ServerFrame<'_>) {
        self.outbox.borrow_mut().reply(frame);
        self.wake_up(Instant::now());
    }

    /// Wakes the session, once until it takes its output.
    fn wake_up(&self, now: Instant) {
        if self.woken_at.get().is_none() {
            self.woken_at.set(Some(now));
            if let Some(wake) = self.wake.get() {
                wake();
            }
        }
    }

    /// Starts closing the connection; the first reason wins.
    pub fn close(&self, code: CloseCode, reason: &str) {
        if self.closing.get().is_some() {
            return;
        }
        tracing::debug!(session.id = %self.id, code = code.as_u16(), reason, "A connection is closed.");
        let now = Instant::now();
        self.closing.set(Some((code, now)));
        self.end_subscriptions();
        self.outbox.borrow_mut().clear_changes();
        self.wake_up(now);
    }

    /// Returns whether the connection is being closed.
    pub fn is_closing(&self) -> bool {
        self.closing.get().is_some()
    }

    /// Stops reading: the socket closes when it has sent the written data.
    pub fn end_reading(&self) {
        if let Some(socket) = self.socket.upgrade() {
            socket.end_reading();
        }
    }

    fn end_subscriptions(&self) {
        let subscriptions = self.subscriptions.borrow_mut().clear();
        for subscription in subscriptions {
            self.shard.unsubscribe(&subscription);
        }
    }

    /// Removes the connection from its shard and releases its permits.
    pub fn release(&self) {
        self.end_subscriptions();
        self.connection_permit.take();
        self.account_permit.take();
        self.shard.remove(self.key);
    }
}

impl Client for Connection {
    fn key(&self) -> u64 {
        self.key
    }

    fn offer(&self, subscription: &Rc<Subscription>, entry: &Arc<Entry>, frame: ByteString, now: Instant) {
        let metrics = &self.shard.hub.metrics;
        match self.outbox.borrow_mut().offer(subscription, entry, frame, now) {
            OfferOutcome::Queued => {}
            OfferOutcome::Conflated => metrics.conflated.add(1),
            OfferOutcome::Lagged => metrics.lagged.add(1),
            OfferOutcome::Skipped => return,
        }
        self.wake_up(now);
    }

    fn revoke(&self, subscription: &Rc<Subscription>) {
        self.lose_channel(&subscription.channel);
    }

    fn resync_all(&self) {
        {
            let mut outbox = self.outbox.borrow_mut();
            outbox.clear_changes();
            for subscription in self.subscriptions.borrow().iter() {
                if subscription.is_latest {
                    // Its values are not of the log; those that waited are sent again.
                    subscription.cursor.set(Some(0));
                    continue;
                }
                subscription.cursor.set(None);
                self.send_resync(&mut outbox, subscription);
            }
        }
        self.wake_up(Instant::now());
    }

    fn check(&self, now: Instant) {
        self.check_timers(now);
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("key", &self.key)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
