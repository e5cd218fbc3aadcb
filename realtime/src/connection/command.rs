//! Handles the frames of a client.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use platform::auth::Principal;
use schemas::channel::Channel;
use uuid::Uuid;

use super::Connection;
use crate::identity::Identity;
use crate::protocol::{CHANNEL_LEN_MAX, ClientFrame, CloseCode, ErrorCode, ServerFrame, Since};
use crate::rights::{self, Access, Audience};

/// The reason of a rights check.
#[derive(Debug, Clone)]
enum Purpose {
    /// The client wants to subscribe.
    Subscribe(Option<Since>),
    /// The client is subscribed; its rights may have changed.
    Recheck,
}

impl Connection {
    /// Records a frame of any kind. Returns whether to handle it.
    pub fn on_frame(&self, now: Instant) -> bool {
        self.record_activity(now);
        if self.is_closing() {
            return false;
        }
        let is_within = self.frame_rate.borrow_mut().admit(now);
        if !is_within {
            self.close(CloseCode::Policy, "too many frames per second");
        }
        is_within
    }

    /// Handles a text message.
    pub fn on_text(self: &Rc<Self>, text: &str) {
        let Ok(frame) = serde_json::from_str(text) else {
            return self.malformed("The message is not a frame of waybill.v1.");
        };
        match frame {
            ClientFrame::Ping {} => self.reply(&ServerFrame::Pong),
            ClientFrame::Auth { token } => self.authenticate(token.as_deref()),
            ClientFrame::Subscribe { .. } | ClientFrame::Unsubscribe { .. }
                if matches!(*self.identity.borrow(), Identity::Unknown) =>
            {
                self.reject(ErrorCode::Unauthenticated, "The first frame must be auth.", None);
            }
            ClientFrame::Subscribe { channel, .. } | ClientFrame::Unsubscribe { channel }
                if channel.len() > CHANNEL_LEN_MAX =>
            {
                self.malformed("The channel's name is too long.");
            }
            ClientFrame::Subscribe { channel, since } => self.subscribe(&channel, since),
            ClientFrame::Unsubscribe { channel } => self.unsubscribe(&channel),
        }
    }

    fn malformed(&self, detail: &str) {
        self.shard.hub.metrics.malformed.add(1);
        self.malformed_count.set(self.malformed_count.get() + 1);
        self.reject(ErrorCode::Malformed, detail, None);
        if self.malformed_count.get() >= self.shard.hub.options.limits.malformed_max {
            self.close(CloseCode::Policy, "too many malformed frames");
        }
    }

    fn reject(&self, code: ErrorCode, detail: &str, channel: Option<&str>) {
        self.reply(&ServerFrame::Error {
            code,
            detail,
            channel,
        });
    }

    fn authenticate(self: &Rc<Self>, token: Option<&str>) {
        let identity = match token.map(|token| self.services.verifier.verify(token)) {
            None => Identity::Anonymous,
            Some(Ok(principal)) => Identity::Authenticated(principal),
            Some(Err(error)) => {
                tracing::debug!(session.id = %self.id, %error, "A token was rejected.");
                self.reject(ErrorCode::InvalidToken, "The token is not valid.", None);
                return self.close(CloseCode::Unauthenticated, "the token is not valid");
            }
        };
        if !self.identity.borrow().may_become(&identity) {
            return self.close(CloseCode::Forbidden, "the token belongs to another account");
        }
        if !self.take_permit(&identity) {
            let detail = "This account has too many connections.";
            self.reject(ErrorCode::TooManyConnections, detail, None);
            return self.close(CloseCode::Policy, "too many connections of one account");
        }
        *self.identity.borrow_mut() = identity;
        let hub = &self.shard.hub;
        self.reply(&ServerFrame::Ready {
            session_id: self.id,
            epoch: &hub.options.epoch,
            position: self.shard.position(),
        });
        self.recheck();
    }

    /// Counts the connection for the account, when it first authenticates.
    fn take_permit(&self, identity: &Identity) -> bool {
        let (Some(principal), None) = (identity.principal(), self.identity.borrow().principal().cloned())
        else {
            return true;
        };
        let permit = self
            .services
            .admission
            .account(principal.subject, &self.shard.hub.options.limits);
        let is_admitted = permit.is_some();
        self.account_permit.set(permit);
        is_admitted
    }

    /// Checks the rights on every channel again, which may have changed with the token.
    fn recheck(self: &Rc<Self>) {
        let subscriptions: Vec<_> = self.subscriptions.borrow().iter().cloned().collect();
        for subscription in subscriptions {
            self.check_rights(subscription.channel.clone(), Purpose::Recheck);
        }
    }

    fn principal(&self) -> Option<Arc<Principal>> {
        self.identity.borrow().principal().cloned()
    }

    fn subscribe(self: &Rc<Self>, name: &str, since: Option<Since>) {
        let Ok(channel) = name.parse::<Channel>() else {
            return self.reject_channel(name);
        };
        let channels_max = self.shard.hub.options.limits.channels_max;
        if !self.subscriptions.borrow().has_room_for(&channel, channels_max) {
            let detail = "This connection has too many channels.";
            return self.reject(ErrorCode::TooManyChannels, detail, Some(name));
        }
        self.check_rights(channel, Purpose::Subscribe(since));
    }

    fn unsubscribe(&self, name: &str) {
        let Ok(channel) = name.parse::<Channel>() else {
            return self.reject_channel(name);
        };
        self.drop_channel(&channel);
        self.reply(&ServerFrame::Unsubscribed { channel: name });
    }

    fn drop_channel(&self, channel: &Channel) {
        let subscription = self.subscriptions.borrow_mut().remove(channel);
        if let Some(subscription) = subscription {
            self.shard.unsubscribe(&subscription);
        }
    }

    /// Rejects a channel that does not exist and one that the client may not read with the same answer.
    fn reject_channel(&self, name: &str) {
        self.shard.hub.metrics.refused.add(1);
        let detail = "The channel does not exist, or you may not read it.";
        self.reject(ErrorCode::UnknownChannel, detail, Some(name));
    }

    fn check_rights(self: &Rc<Self>, channel: Channel, purpose: Purpose) {
        let principal = self.principal();
        match (rights::access(principal.as_deref(), &channel), principal) {
            (Access::Granted(audience), _) => self.apply_access(&channel, purpose, Some(audience)),
            (Access::IfPartyToOrder(order_id), Some(principal)) => {
                self.check_order(channel, purpose, principal, order_id);
            }
            (Access::Denied | Access::IfPartyToOrder(_), _) => self.apply_access(&channel, purpose, None),
        }
    }

    /// Checks in the background whether the client takes part in the order.
    fn check_order(
        self: &Rc<Self>,
        channel: Channel,
        purpose: Purpose,
        principal: Arc<Principal>,
        order_id: Uuid,
    ) {
        let number = self.subscriptions.borrow_mut().start_check(&channel);
        let connection = Rc::clone(self);
        actix_web::rt::spawn(async move {
            let services = &connection.services;
            let within = connection.shard.hub.options.timing.access_within;
            let check = services.access.party_to_order(&principal, order_id);
            let result = match tokio::time::timeout(within, check).await {
                Ok(result) => result,
                Err(timeout) => Err(timeout.into()),
            };
            let is_current = connection
                .subscriptions
                .borrow_mut()
                .finish_check(&channel, number);
            if !is_current || connection.is_closing() {
                return;
            }
            match result {
                Ok(party) => connection.apply_access(&channel, purpose, party.map(Audience::from)),
                Err(error) => {
                    tracing::warn!(error, "The right to read a channel could not be checked.");
                    if let Purpose::Subscribe(_) = purpose {
                        let detail = "The right to read the channel could not be checked. Try again.";
                        connection.reject(ErrorCode::Unavailable, detail, Some(&channel.to_string()));
                    }
                }
            }
        });
    }

    /// Applies the result of a rights check; `None` denies access.
    fn apply_access(self: &Rc<Self>, channel: &Channel, purpose: Purpose, audience: Option<Audience>) {
        match (purpose, audience) {
            (Purpose::Subscribe(since), Some(audience)) => {
                self.start_subscription(channel, audience, since.as_ref());
                // A change that ends this right may have been published since it was checked.
                if matches!(audience, Audience::Courier(_)) {
                    self.check_rights(channel.clone(), Purpose::Recheck);
                }
            }
            (Purpose::Recheck, Some(audience)) => self.subscriptions.borrow().set_audience(channel, audience),
            (Purpose::Subscribe(_), None) => self.reject_channel(&channel.to_string()),
            (Purpose::Recheck, None) => self.lose_channel(channel),
        }
    }

    /// Ends a subscription that the client may no longer have.
    pub(super) fn lose_channel(&self, channel: &Channel) {
        let name = channel.to_string();
        self.drop_channel(channel);
        self.reply(&ServerFrame::Unsubscribed { channel: &name });
        self.reject_channel(&name);
    }

    fn start_subscription(self: &Rc<Self>, channel: &Channel, audience: Audience, since: Option<&Since>) {
        let started = self.shard.subscribe(self, channel, audience, since);
        if started.subscription.cursor.get().is_some() {
            self.outbox.borrow_mut().withdraw_positions();
        }
        let replaced = self.subscriptions.borrow_mut().add(started.subscription);
        if let Some(replaced) = replaced {
            self.shard.unsubscribe(&replaced);
        }
        let name = channel.to_string();
        let (epoch, position) = (self.shard.hub.options.epoch.as_str(), started.position);
        if started.is_resync {
            self.shard.hub.metrics.resyncs.add(1);
            self.reply(&ServerFrame::Resync {
                channel: &name,
                epoch,
                position,
            });
        } else {
            self.reply(&ServerFrame::Subscribed {
                channel: &name,
                epoch,
                position,
            });
        }
    }
}
