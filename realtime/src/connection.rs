//! One client, as the protocol sees it: who it is, what it may read, what it still has to be sent. It knows
//! nothing of the library that carries the frames; `session` does.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Weak};
use std::time::{Instant, SystemTime};

use bytestring::ByteString;
use uuid::Uuid;

use crate::admission::Permit;
use crate::entry::Entry;
use crate::identity::Identity;
use crate::outbox::{Offer, Outbox};
use crate::protocol::{Closing, ServerFrame};
use crate::rate::Allowance;
use crate::service::Services;
use crate::shard::Shard;
use crate::socket::Socket;
use crate::subscription::Subscription;

mod command;
mod heartbeat;
mod interests;

use heartbeat::Heartbeat;
use interests::Interests;

/// One client.
pub struct Connection {
    /// Its number on the shard.
    pub key: u64,
    /// Its name in logs.
    pub id: Uuid,
    shard: Rc<Shard>,
    services: Arc<Services>,
    socket: Weak<Socket>,
    wake: OnceCell<Box<dyn Fn()>>,
    outbox: RefCell<Outbox>,
    identity: RefCell<Identity>,
    interests: RefCell<Interests>,
    permits: RefCell<Vec<Permit>>,
    allowance: RefCell<Allowance>,
    heartbeat: Cell<Heartbeat>,
    malformed: Cell<u32>,
    position_told: Cell<(Instant, i64)>,
    /// Since when a wake-up has not been heard: for ever, when the socket is blocked.
    woken_at: Cell<Option<Instant>>,
    closing: Cell<Option<(Closing, Instant)>>,
    is_close_taken: Cell<bool>,
}

/// What the client is to be sent now.
#[derive(Debug, Default)]
pub struct Turn {
    /// Messages.
    pub messages: Vec<ByteString>,
    /// A ping is due.
    pub ping: bool,
    /// Then goodbye.
    pub close: Option<Closing>,
    /// More waits: let the socket take this, and ask again.
    pub has_more: bool,
}

/// Bytes handed to the socket at once. More would only wait in another buffer.
const TURN_BYTES_MAX: usize = 32 * 1024;

impl Connection {
    /// A new client of `shard`, nobody yet.
    pub fn new(
        shard: Rc<Shard>,
        services: Arc<Services>,
        socket: Weak<Socket>,
        permit: Option<Permit>,
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
            interests: RefCell::default(),
            permits: RefCell::new(permit.into_iter().collect()),
            allowance: RefCell::new(Allowance::new(limits.frames_per_s, limits.frames_burst, now)),
            heartbeat: Cell::new(Heartbeat::new(now)),
            malformed: Cell::new(0),
            position_told: Cell::new((now, shard.position())),
            woken_at: Cell::new(None),
            closing: Cell::new(None),
            is_close_taken: Cell::new(false),
            shard,
        });
        connection.shard.add(&connection);
        connection
    }

    /// Says how to wake whoever writes to the socket. Once.
    pub fn on_wake(&self, wake: impl Fn() + 'static) {
        if self.woken_at.get().is_some() {
            wake();
        }
        let _ = self.wake.set(Box::new(wake));
    }

    /// Adds a change that was published.
    pub fn offer(
        &self,
        subscription: &Rc<Subscription>,
        entry: &Arc<Entry>,
        frame: ByteString,
        now: Instant,
    ) {
        let metrics = &self.shard.hub.metrics;
        match self.outbox.borrow_mut().offer(subscription, entry, frame, now) {
            Offer::Accepted => {}
            Offer::Conflated => metrics.conflated.add(1),
            Offer::Lagged => metrics.lagged.add(1),
            Offer::Skipped => return,
        }
        self.wake_up(now);
    }

    /// The next portion for the socket.
    pub fn take_turn(&self, now: Instant) -> Turn {
        self.woken_at.set(None);
        let mut turn = Turn {
            ping: self.take_ping(now),
            ..Turn::default()
        };
        let hub = &self.shard.hub;
        let (mut bytes, published_by) = (0, SystemTime::now());
        while bytes < TURN_BYTES_MAX {
            let message = self.outbox.borrow_mut().next_message(hub, published_by);
            match message {
                Some(message) => {
                    bytes += message.len();
                    turn.messages.push(message);
                }
                None if self.refill() => {}
                None => break,
            }
        }
        turn.has_more = bytes >= TURN_BYTES_MAX;
        if turn.has_more {
            self.woken_at.set(Some(now));
        } else if let Some((closing, _)) = self.closing.get()
            && !self.is_close_taken.replace(true)
        {
            turn.close = Some(closing);
        }
        turn
    }

    /// Takes more from history for subscriptions that are behind. Says whether anything came of it.
    fn refill(&self) -> bool {
        let (hub, end) = (&self.shard.hub, self.shard.next_sequence());
        let interests = self.interests.borrow();
        let mut outbox = self.outbox.borrow_mut();
        let mut is_behind = false;
        let mut has_news = false;
        for subscription in interests.subscriptions() {
            if subscription.cursor.get().is_none() {
                continue;
            }
            if outbox.refill(subscription, hub, end) {
                is_behind |= subscription.cursor.get().is_some();
            } else {
                self.tell_resync(&mut outbox, subscription);
                has_news = true;
            }
        }
        if !is_behind && outbox.is_empty() {
            outbox.caught_up();
        }
        has_news || !outbox.is_empty()
    }

    /// Everything may have been missed, on every channel.
    pub fn resync_all(&self) {
        {
            let mut outbox = self.outbox.borrow_mut();
            outbox.clear_changes();
            for subscription in self.interests.borrow().subscriptions() {
                subscription.cursor.set(None);
                self.tell_resync(&mut outbox, subscription);
            }
        }
        self.wake_up(Instant::now());
    }

    fn tell_resync(&self, outbox: &mut Outbox, subscription: &Subscription) {
        // A client that came from a node further on is not taken back.
        let position = self.shard.position().max(subscription.after.get());
        subscription.after.set(position);
        self.shard.hub.metrics.resyncs.add(1);
        let channel = subscription.channel.to_string();
        let epoch = &self.shard.hub.options.epoch;
        outbox.answer(&ServerFrame::Resync {
            channel: &channel,
            epoch,
            position,
        });
    }

    fn answer(&self, frame: &ServerFrame<'_>) {
        self.outbox.borrow_mut().answer(frame);
        self.wake_up(Instant::now());
    }

    /// One wake-up until somebody comes, however much is added.
    fn wake_up(&self, now: Instant) {
        if self.woken_at.get().is_none() {
            self.woken_at.set(Some(now));
            if let Some(wake) = self.wake.get() {
                wake();
            }
        }
    }

    /// Says goodbye. What was asked first counts.
    pub fn close(&self, closing: Closing, why: &str) {
        if self.closing.get().is_some() {
            return;
        }
        tracing::debug!(session.id = %self.id, code = closing.code(), why, "A connection is closed.");
        let now = Instant::now();
        self.closing.set(Some((closing, now)));
        self.end_subscriptions();
        self.outbox.borrow_mut().clear_changes();
        self.wake_up(now);
    }

    /// Whether goodbye was said, or is about to be.
    pub fn is_closing(&self) -> bool {
        self.closing.get().is_some()
    }

    /// The client has said goodbye too, or cannot be understood: the socket may close when it has taken
    /// what was written.
    pub fn end_reading(&self) {
        if let Some(socket) = self.socket.upgrade() {
            socket.end_reading();
        }
    }

    fn end_subscriptions(&self) {
        let subscriptions = self.interests.borrow_mut().clear();
        for subscription in subscriptions {
            self.shard.unsubscribe(&subscription);
        }
    }

    /// The connection is gone: forgets it.
    pub fn gone(&self) {
        self.end_subscriptions();
        self.permits.borrow_mut().clear();
        self.shard.remove(self.key);
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
