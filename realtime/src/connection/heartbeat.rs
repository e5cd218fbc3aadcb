//! What a connection needs from time to time: its token looked at, a heartbeat, news of the position, and
//! an end when it does not keep up.

use std::time::{Duration, Instant};

use platform::auth::InvalidToken;

use super::Connection;
use crate::identity::Identity;
use crate::protocol::{Closing, ServerFrame};

/// When the client was last heard, and whether it owes an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heartbeat {
    opened_at: Instant,
    heard_at: Instant,
    pinged_at: Option<Instant>,
    is_ping_due: bool,
}

impl Heartbeat {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            opened_at: now,
            heard_at: now,
            pinged_at: None,
            is_ping_due: false,
        }
    }
}

impl Connection {
    /// The client sent something, whatever it was.
    pub fn heard(&self, now: Instant) {
        let heartbeat = self.heartbeat.get();
        self.heartbeat.set(Heartbeat {
            heard_at: now,
            pinged_at: None,
            ..heartbeat
        });
    }

    pub(super) fn take_ping(&self, now: Instant) -> bool {
        let heartbeat = self.heartbeat.get();
        if heartbeat.is_ping_due {
            self.heartbeat.set(Heartbeat {
                is_ping_due: false,
                pinged_at: Some(now),
                ..heartbeat
            });
        }
        heartbeat.is_ping_due
    }

    /// Looks after the connection.
    pub fn visit(&self, now: Instant) {
        if let Some((_, since)) = self.closing.get() {
            if now.duration_since(since) >= self.timing().close_within {
                self.shut_down();
            }
            return;
        }
        self.visit_token(now);
        self.visit_reader(now);
        self.visit_heartbeat(now);
        self.visit_position(now);
    }

    /// Ends the connection, whatever waits: a blocked one does not hear anything else.
    fn shut_down(&self) {
        if let Some(socket) = self.socket.upgrade() {
            socket.shut_down();
        }
    }

    fn visit_token(&self, now: Instant) {
        let identity = self.identity.borrow().clone();
        match identity {
            Identity::Unknown => {
                let waited = now.duration_since(self.heartbeat.get().opened_at);
                if waited >= self.timing().auth_within {
                    self.close(Closing::Unauthenticated, "it never said who it is");
                }
            }
            Identity::Nobody => {}
            Identity::Known(principal) => match self.services.verifier.check(&principal) {
                Ok(()) => {}
                Err(InvalidToken::Expired) => self.close(Closing::Unauthenticated, "the token has expired"),
                Err(_) => self.close(Closing::Unauthenticated, "the token was revoked"),
            },
        }
    }

    fn visit_reader(&self, now: Instant) {
        let slow_after = self.timing().slow_after;
        let is_over =
            |since: Option<Instant>| since.is_some_and(|since| now.duration_since(since) >= slow_after);
        if is_over(self.woken_at.get()) || is_over(self.outbox.borrow().lagged_since()) {
            self.evict("it does not keep up");
        }
    }

    fn visit_heartbeat(&self, now: Instant) {
        let timing = self.timing();
        let heartbeat = self.heartbeat.get();
        match heartbeat.pinged_at {
            Some(pinged_at) if now.duration_since(pinged_at) >= timing.pong_within => {
                self.evict("it does not answer");
            }
            None if now.duration_since(heartbeat.heard_at) >= timing.ping_after => {
                self.heartbeat.set(Heartbeat {
                    is_ping_due: true,
                    ..heartbeat
                });
                self.wake_up(now);
            }
            Some(_) | None => {}
        }
    }

    fn evict(&self, why: &str) {
        if !self.is_closing() {
            self.shard.hub.metrics.evicted.add(1);
            self.close(Closing::Slow, why);
        }
    }

    /// Tells a client how far its quiet channels have come, so that it can resume from there.
    fn visit_position(&self, now: Instant) {
        let (told_at, told) = self.position_told.get();
        let position = self.shard.position();
        let is_due = position > told && now.duration_since(told_at) >= self.timing().position_every;
        if !is_due || self.is_closing() {
            return;
        }
        {
            let interests = self.interests.borrow();
            let is_behind = interests
                .subscriptions()
                .any(|subscription| subscription.cursor.get().is_some());
            if interests.is_empty() || is_behind {
                return;
            }
        }
        self.position_told.set((now, position));
        self.outbox.borrow_mut().tell_position(position);
        self.wake_up(now);
    }

    /// Tells the client to come back later, and closes the connection.
    pub fn drain(&self, delay: Duration) {
        let delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.outbox
            .borrow_mut()
            .answer(&ServerFrame::Reconnect { delay_ms });
        self.close(Closing::Restart, "the node stops");
    }

    fn timing(&self) -> crate::options::Timing {
        self.shard.hub.options.timing
    }
}
