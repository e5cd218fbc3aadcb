//! The channels of one connection: subscribed, and asked for.

use std::collections::HashMap;
use std::rc::Rc;

use schemas::channel::Channel;

use crate::subscription::Subscription;

/// The channels of one connection.
#[derive(Debug, Default)]
pub struct Interests {
    subscribed: HashMap<Channel, Rc<Subscription>>,
    /// Whether the client may read them is being found out. A newer question replaces an older.
    asked: HashMap<Channel, u64>,
    questions: u64,
}

impl Interests {
    /// Whether `channel` may be added without passing `channels_max`.
    pub fn has_room_for(&self, channel: &Channel, channels_max: usize) -> bool {
        let asked = self
            .asked
            .keys()
            .filter(|asked| !self.subscribed.contains_key(asked))
            .count();
        self.subscribed.contains_key(channel)
            || self.asked.contains_key(channel)
            || self.subscribed.len() + asked < channels_max
    }

    /// Notes a question about `channel`; gives its number.
    pub fn ask(&mut self, channel: &Channel) -> u64 {
        self.questions += 1;
        self.asked.insert(channel.clone(), self.questions);
        self.questions
    }

    /// Whether the answer to question `number` still matters. The question is done either way.
    pub fn answered(&mut self, channel: &Channel, number: u64) -> bool {
        let is_current = self.asked.get(channel) == Some(&number);
        if is_current {
            self.asked.remove(channel);
        }
        is_current
    }

    /// Adds a subscription; gives back the one it replaces.
    pub fn add(&mut self, subscription: Rc<Subscription>) -> Option<Rc<Subscription>> {
        self.asked.remove(&subscription.channel);
        self.subscribed.insert(subscription.channel.clone(), subscription)
    }

    /// Removes a channel; gives back its subscription.
    pub fn remove(&mut self, channel: &Channel) -> Option<Rc<Subscription>> {
        self.asked.remove(channel);
        self.subscribed.remove(channel)
    }

    /// Removes everything; gives back the subscriptions.
    pub fn clear(&mut self) -> Vec<Rc<Subscription>> {
        self.asked.clear();
        self.subscribed
            .drain()
            .map(|(_, subscription)| subscription)
            .collect()
    }

    /// Whether there is no subscription.
    pub fn is_empty(&self) -> bool {
        self.subscribed.is_empty()
    }

    /// Every subscription.
    pub fn subscriptions(&self) -> impl Iterator<Item = &Rc<Subscription>> {
        self.subscribed.values()
    }
}
