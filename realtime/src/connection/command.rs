//! What a client says, and what is done about it.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use platform::auth::Principal;
use schemas::channel::Channel;
use uuid::Uuid;

use super::Connection;
use crate::identity::Identity;
use crate::protocol::{CHANNEL_LEN_MAX, ClientFrame, Closing, ErrorCode, ServerFrame, Since};
use crate::rights::{Audience, Verdict, judge};

/// What an answer about rights is for.
#[derive(Debug, Clone)]
enum Purpose {
    Subscribe(Option<Since>),
    Keep,
}

impl Connection {
    /// A frame arrived, of whatever kind. Says whether the connection goes on.
    pub fn on_frame(&self, now: Instant) -> bool {
        self.heard(now);
        if self.is_closing() {
            return false;
        }
        let is_within = self.allowance.borrow_mut().take(now);
        if !is_within {
            self.close(Closing::Policy, "it floods");
        }
        is_within
    }

    /// A text message arrived.
    pub fn on_text(self: &Rc<Self>, text: &str) {
        let Ok(frame) = serde_json::from_str(text) else {
            return self.malformed("This is not a frame of waybill.v1.");
        };
        match frame {
            ClientFrame::Ping {} => self.answer(&ServerFrame::Pong),
            ClientFrame::Auth { token } => self.authenticate(token.as_deref()),
            ClientFrame::Subscribe { .. } | ClientFrame::Unsubscribe { .. }
                if matches!(*self.identity.borrow(), Identity::Unknown) =>
            {
                self.refuse(ErrorCode::Unauthenticated, "Say who you are first.", None);
            }
            ClientFrame::Subscribe { channel, .. } | ClientFrame::Unsubscribe { channel }
                if channel.len() > CHANNEL_LEN_MAX =>
            {
                self.malformed("No channel has such a long name.");
            }
            ClientFrame::Subscribe { channel, since } => self.subscribe(&channel, since),
            ClientFrame::Unsubscribe { channel } => self.unsubscribe(&channel),
        }
    }

    fn malformed(&self, detail: &str) {
        self.shard.hub.metrics.malformed.add(1);
        self.malformed.set(self.malformed.get() + 1);
        self.refuse(ErrorCode::Malformed, detail, None);
        if self.malformed.get() >= self.shard.hub.options.limits.malformed_max {
            self.close(Closing::Policy, "it sends nothing that makes sense");
        }
    }

    fn refuse(&self, code: ErrorCode, detail: &str, channel: Option<&str>) {
        self.answer(&ServerFrame::Error {
            code,
            detail,
            channel,
        });
    }

    fn authenticate(self: &Rc<Self>, token: Option<&str>) {
        let identity = match token.map(|token| self.services.verifier.verify(token)) {
            None => Identity::Nobody,
            Some(Ok(principal)) => Identity::Known(principal),
            Some(Err(error)) => {
                tracing::debug!(session.id = %self.id, %error, "A token was refused.");
                self.refuse(ErrorCode::InvalidToken, "The token does not count.", None);
                return self.close(Closing::Unauthenticated, "its token does not count");
            }
        };
        if !self.identity.borrow().may_become(&identity) {
            return self.close(Closing::Forbidden, "somebody else's token");
        }
        if !self.take_permit(&identity) {
            let detail = "This account has too many connections.";
            self.refuse(ErrorCode::TooManyConnections, detail, None);
            return self.close(Closing::Policy, "too many connections of one account");
        }
        *self.identity.borrow_mut() = identity;
        let hub = &self.shard.hub;
        self.answer(&ServerFrame::Ready {
            session_id: self.id,
            epoch: &hub.options.epoch,
            position: self.shard.position(),
        });
        self.recheck();
    }

    /// Counts the connection to the account, the first time it is known.
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
        self.permits.borrow_mut().extend(permit);
        is_admitted
    }

    /// Asks again about every channel: the rights may have changed with the token.
    fn recheck(self: &Rc<Self>) {
        let subscriptions: Vec<_> = self.interests.borrow().subscriptions().cloned().collect();
        let audience = Audience::of(self.principal().as_deref());
        for subscription in subscriptions {
            subscription.audience.set(audience);
            self.decide(subscription.channel.clone(), Purpose::Keep);
        }
    }

    fn principal(&self) -> Option<Arc<Principal>> {
        self.identity.borrow().principal().cloned()
    }

    fn subscribe(self: &Rc<Self>, name: &str, since: Option<Since>) {
        let Ok(channel) = name.parse::<Channel>() else {
            return self.refuse_channel(name);
        };
        let channels_max = self.shard.hub.options.limits.channels_max;
        if !self.interests.borrow().has_room_for(&channel, channels_max) {
            let detail = "This connection has as many channels as it may.";
            return self.refuse(ErrorCode::TooManyChannels, detail, Some(name));
        }
        self.decide(channel, Purpose::Subscribe(since));
    }

    fn unsubscribe(&self, name: &str) {
        let Ok(channel) = name.parse::<Channel>() else {
            return self.refuse_channel(name);
        };
        self.drop_channel(&channel);
        self.answer(&ServerFrame::Unsubscribed { channel: name });
    }

    fn drop_channel(&self, channel: &Channel) {
        let subscription = self.interests.borrow_mut().remove(channel);
        if let Some(subscription) = subscription {
            self.shard.unsubscribe(&subscription);
        }
    }

    /// The same answer for what does not exist and for what the client may not know of.
    fn refuse_channel(&self, name: &str) {
        self.shard.hub.metrics.refused.add(1);
        let detail = "There is no such channel, or you may not read it.";
        self.refuse(ErrorCode::UnknownChannel, detail, Some(name));
    }

    fn decide(self: &Rc<Self>, channel: Channel, purpose: Purpose) {
        let principal = self.principal();
        match (judge(principal.as_deref(), &channel), principal) {
            (Verdict::Allowed, _) => self.obey(&channel, purpose, true),
            (Verdict::AskOrder(order_id), Some(principal)) => {
                self.ask(channel, purpose, principal, order_id);
            }
            (Verdict::Refused | Verdict::AskOrder(_), _) => self.obey(&channel, purpose, false),
        }
    }

    /// Finds out whether the order is the client's, beside everything else.
    fn ask(self: &Rc<Self>, channel: Channel, purpose: Purpose, principal: Arc<Principal>, order_id: Uuid) {
        let number = self.interests.borrow_mut().ask(&channel);
        let connection = Rc::clone(self);
        actix_web::rt::spawn(async move {
            let services = &connection.services;
            let within = connection.shard.hub.options.timing.access_within;
            let question = services.access.may_read_order(&principal, order_id);
            let answer = match tokio::time::timeout(within, question).await {
                Ok(answer) => answer,
                Err(late) => Err(late.into()),
            };
            if !connection.interests.borrow_mut().answered(&channel, number) || connection.is_closing() {
                return;
            }
            match answer {
                Ok(is_allowed) => connection.obey(&channel, purpose, is_allowed),
                Err(error) => {
                    tracing::warn!(error, "Whether a channel may be read cannot be found out.");
                    if let Purpose::Subscribe(_) = purpose {
                        let detail = "The channel cannot be subscribed to just now. Try again.";
                        connection.refuse(ErrorCode::Unavailable, detail, Some(&channel.to_string()));
                    }
                }
            }
        });
    }

    fn obey(self: &Rc<Self>, channel: &Channel, purpose: Purpose, is_allowed: bool) {
        let name = channel.to_string();
        match (purpose, is_allowed) {
            (Purpose::Subscribe(since), true) => self.begin(channel, since.as_ref()),
            (Purpose::Keep, true) => {}
            (Purpose::Subscribe(_), false) => self.refuse_channel(&name),
            (Purpose::Keep, false) => {
                self.drop_channel(channel);
                self.answer(&ServerFrame::Unsubscribed { channel: &name });
                self.refuse_channel(&name);
            }
        }
    }

    fn begin(self: &Rc<Self>, channel: &Channel, since: Option<&Since>) {
        let audience = Audience::of(self.principal().as_deref());
        let beginning = self.shard.subscribe(self, channel, audience, since);
        if beginning.subscription.cursor.get().is_some() {
            self.outbox.borrow_mut().withdraw_positions();
        }
        let replaced = self.interests.borrow_mut().add(beginning.subscription);
        if let Some(replaced) = replaced {
            self.shard.unsubscribe(&replaced);
        }
        let name = channel.to_string();
        let (epoch, position) = (self.shard.hub.options.epoch.as_str(), beginning.position);
        if beginning.is_resync {
            self.shard.hub.metrics.resyncs.add(1);
            self.answer(&ServerFrame::Resync {
                channel: &name,
                epoch,
                position,
            });
        } else {
            self.answer(&ServerFrame::Subscribed {
                channel: &name,
                epoch,
                position,
            });
        }
    }
}
