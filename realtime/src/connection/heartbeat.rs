//! The periodic checks of a connection: its token, its heartbeat, its speed, and its `position` frames.

use std::time::{Duration, Instant};

use platform::auth::InvalidToken;

use super::Connection;
use crate::identity::Identity;
use crate::protocol::{CloseCode, ServerFrame};

/// The time of the client's last frame, and whether a pong is missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heartbeat {
    opened_at: Instant,
    received_at: Instant,
    pinged_at: Option<Instant>,
    is_ping_due: bool,
}

impl Heartbeat {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            opened_at: now,
            received_at: now,
            pinged_at: None,
            is_ping_due: false,
        }
    }
}

impl Connection {
    /// Records that the client sent something.
    pub fn record_activity(&self, now: Instant) {
        let heartbeat = self.heartbeat.get();
        self.heartbeat.set(Heartbeat {
            received_at: now,
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

    pub(super) fn check_timers(&self, now: Instant) {
        if let Some((_, since)) = self.closing.get() {
            if now.duration_since(since) >= self.timing().close_within {
                self.shut_down();
            }
            return;
        }
        self.check_token(now);
        self.check_speed(now);
        self.check_heartbeat(now);
        self.check_positions(now);
        self.send_position(now);
    }

    /// Makes the client read its rows again where it resumed at a position that the log does not have.
    fn check_positions(&self, now: Instant) {
        let (position, within) = (self.shard.position(), self.timing().ahead_within);
        let subscriptions = self.subscriptions.borrow();
        let ahead = subscriptions.iter().filter(|subscription| {
            subscription.after.get() > position && now.duration_since(subscription.started_at) >= within
        });
        let mut has_resync = false;
        for subscription in ahead {
            self.send_resync_at(position, &mut self.outbox.borrow_mut(), subscription);
            has_resync = true;
        }
        if has_resync {
            self.wake_up(now);
        }
    }

    /// Shuts the socket down regardless of waiting data: a blocked connection reacts to nothing else.
    fn shut_down(&self) {
        if let Some(socket) = self.socket.upgrade() {
            socket.shut_down();
        }
    }

    fn check_token(&self, now: Instant) {
        let identity = self.identity.borrow().clone();
        match identity {
            Identity::Unknown => {
                let waited = now.duration_since(self.heartbeat.get().opened_at);
                if waited >= self.timing().auth_within {
                    self.close(CloseCode::Unauthenticated, "no auth frame in time");
                }
            }
            Identity::Anonymous => {}
            Identity::Authenticated(principal) => match self.services.verifier.check(&principal) {
                Ok(()) => {}
                Err(InvalidToken::Expired) => self.close(CloseCode::Unauthenticated, "the token has expired"),
                Err(_) => self.close(CloseCode::Unauthenticated, "the token was revoked"),
            },
        }
    }

    fn check_speed(&self, now: Instant) {
        let slow_after = self.timing().slow_after;
        let is_over =
            |since: Option<Instant>| since.is_some_and(|since| now.duration_since(since) >= slow_after);
        if is_over(self.woken_at.get()) || is_over(self.outbox.borrow().lagged_since()) {
            self.evict("the client is too slow");
        }
    }

    fn check_heartbeat(&self, now: Instant) {
        let timing = self.timing();
        let heartbeat = self.heartbeat.get();
        match heartbeat.pinged_at {
            Some(pinged_at) if now.duration_since(pinged_at) >= timing.pong_within => {
                self.evict("no answer to a ping");
            }
            None if now.duration_since(heartbeat.received_at) >= timing.ping_after => {
                self.heartbeat.set(Heartbeat {
                    is_ping_due: true,
                    ..heartbeat
                });
                self.wake_up(now);
            }
            Some(_) | None => {}
        }
    }

    fn evict(&self, reason: &str) {
        if !self.is_closing() {
            self.shard.hub.metrics.evicted.add(1);
            self.close(CloseCode::Slow, reason);
        }
    }

    /// Sends the position periodically, so that a client with quiet channels can resume from there.
    fn send_position(&self, now: Instant) {
        let (sent_at, sent) = self.position_sent.get();
        let position = self.shard.position();
        let is_due = position > sent && now.duration_since(sent_at) >= self.timing().position_every;
        if !is_due || self.is_closing() {
            return;
        }
        {
            let subscriptions = self.subscriptions.borrow();
            let is_behind = subscriptions
                .iter()
                .any(|subscription| subscription.cursor.get().is_some());
            if subscriptions.is_empty() || is_behind {
                return;
            }
        }
        self.position_sent.set((now, position));
        self.outbox.borrow_mut().push_position(position);
        self.wake_up(now);
    }

    /// Tells the client to reconnect after `delay`, and closes the connection.
    pub fn drain(&self, delay: Duration) {
        let delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.outbox
            .borrow_mut()
            .reply(&ServerFrame::Reconnect { delay_ms });
        self.close(CloseCode::Restart, "the node stops");
    }

    fn timing(&self) -> crate::options::Timing {
        self.shard.hub.options.timing
    }
}
