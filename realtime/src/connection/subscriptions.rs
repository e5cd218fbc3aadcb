//! The channels of one connection: subscribed ones, and those whose rights are being checked.

use std::collections::HashMap;
use std::rc::Rc;

use schemas::channel::Channel;

use crate::rights::Audience;
use crate::subscription::Subscription;

/// The channels of one connection.
#[derive(Debug, Default)]
pub struct Subscriptions {
    active: HashMap<Channel, Rc<Subscription>>,
    /// The number of the newest unfinished rights check of each channel.
    pending: HashMap<Channel, u64>,
    last_check: u64,
}

impl Subscriptions {
    /// Returns whether `channel` may be added without exceeding `channels_max`.
    pub fn has_room_for(&self, channel: &Channel, channels_max: usize) -> bool {
        let pending = self
            .pending
            .keys()
            .filter(|pending| !self.active.contains_key(pending))
            .count();
        self.active.contains_key(channel)
            || self.pending.contains_key(channel)
            || self.active.len() + pending < channels_max
    }

    /// Starts a rights check of `channel`, which replaces an older one. Returns its number.
    pub fn start_check(&mut self, channel: &Channel) -> u64 {
        self.last_check += 1;
        self.pending.insert(channel.clone(), self.last_check);
        self.last_check
    }

    /// Finishes check `number`. Returns false when a newer check or another decision has replaced it.
    pub fn finish_check(&mut self, channel: &Channel, number: u64) -> bool {
        let is_current = self.pending.get(channel) == Some(&number);
        if is_current {
            self.pending.remove(channel);
        }
        is_current
    }

    /// Records the audience of the client on `channel`, if it is subscribed.
    pub fn set_audience(&self, channel: &Channel, audience: Audience) {
        if let Some(subscription) = self.active.get(channel) {
            subscription.audience.set(audience);
        }
    }

    /// Adds a subscription. Returns the one it replaces.
    pub fn add(&mut self, subscription: Rc<Subscription>) -> Option<Rc<Subscription>> {
        self.pending.remove(&subscription.channel);
        self.active.insert(subscription.channel.clone(), subscription)
    }

    /// Removes a channel. Returns its subscription.
    pub fn remove(&mut self, channel: &Channel) -> Option<Rc<Subscription>> {
        self.pending.remove(channel);
        self.active.remove(channel)
    }

    /// Removes everything. Returns the subscriptions.
    pub fn clear(&mut self) -> Vec<Rc<Subscription>> {
        self.pending.clear();
        self.active
            .drain()
            .map(|(_, subscription)| subscription)
            .collect()
    }

    /// Returns whether there is no subscription.
    pub fn is_empty(&self) -> bool {
        self.active.is_empty()
    }

    /// Iterates over the subscriptions.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Subscription>> {
        self.active.values()
    }
}
