//! The frames that wait for one connection, bounded in bytes.
//!
//! Changes that do not fit are not queued: their subscription records where it stopped, and continues from history when
//! the outbox is empty again. The outbox uses no clock and no socket.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use bytestring::ByteString;

use crate::entry::Entry;
use crate::hub::Hub;
use crate::protocol::ServerFrame;
use crate::subscription::Subscription;

/// The frames that wait for one connection, in order.
#[derive(Debug)]
pub struct Outbox {
    bytes_max: usize,
    batch_bytes_max: usize,
    /// Replies, which are sent before changes.
    replies: VecDeque<ByteString>,
    /// The queued changes; `None` where a newer one of the same key has replaced it.
    changes: VecDeque<Option<Queued>>,
    /// The number of changes removed from the front. A change's place is this plus its index, so it never changes.
    removed: u64,
    bytes: usize,
    lagged_since: Option<Instant>,
}

#[derive(Debug)]
struct Queued {
    /// `None` for a `position` frame.
    subscription: Option<Rc<Subscription>>,
    /// The entry with its key, on a conflated channel.
    entry: Option<Arc<Entry>>,
    position: i64,
    text: ByteString,
    /// The entry of a live change; `None` for a change from history.
    live: Option<Arc<Entry>>,
}

/// The outcome of [`Outbox::offer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferOutcome {
    /// The change was queued.
    Queued,
    /// The change was queued in place of an older one of its key.
    Conflated,
    /// The client has the change already, or will get it from history.
    Skipped,
    /// The change does not fit: the subscription continues from history later.
    Lagged,
}

impl Outbox {
    /// Creates an empty outbox.
    pub fn new(bytes_max: usize, batch_bytes_max: usize) -> Self {
        Self {
            bytes_max,
            batch_bytes_max,
            replies: VecDeque::new(),
            changes: VecDeque::new(),
            removed: 0,
            bytes: 0,
            lagged_since: None,
        }
    }

    /// Returns the time the connection fell behind; `None` when it is up to date.
    pub fn lagged_since(&self) -> Option<Instant> {
        self.lagged_since
    }

    /// Returns the size of the queued changes in bytes.
    #[cfg(test)]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Queues a reply.
    pub fn reply(&mut self, frame: &ServerFrame<'_>) {
        self.replies.push_back(frame.render());
    }

    /// Drops the queued changes.
    pub fn clear_changes(&mut self) {
        self.removed += self.changes.len() as u64;
        self.changes.clear();
        self.bytes = 0;
        self.lagged_since = None;
    }

    /// Queues a change of `subscription` with the frame `text`, if it fits.
    pub fn offer(
        &mut self,
        subscription: &Rc<Subscription>,
        entry: &Arc<Entry>,
        text: ByteString,
        now: Instant,
    ) -> OfferOutcome {
        if !subscription.is_active.get()
            || subscription.cursor.get().is_some()
            || (!subscription.is_latest && entry.position <= subscription.after.get())
        {
            return OfferOutcome::Skipped;
        }
        let was_replaced = self.remove_older(subscription, entry);
        // Changes of one position are sent together: a client that resumed between them would lose the rest.
        let is_continued = !subscription.is_latest && subscription.queued_position.get() == entry.position;
        if self.bytes + text.len() > self.bytes_max && !is_continued && !self.changes.is_empty() {
            subscription.cursor.set(Some(entry.sequence));
            self.lagged_since.get_or_insert(now);
            return OfferOutcome::Lagged;
        }
        self.push(subscription, entry, text, Some(Arc::clone(entry)));
        if was_replaced {
            OfferOutcome::Conflated
        } else {
            OfferOutcome::Queued
        }
    }

    /// Queues a `position` frame after the changes up to `position`.
    pub fn push_position(&mut self, position: i64) {
        let text = ServerFrame::Position { position }.render();
        self.bytes += text.len();
        let queued = Queued {
            subscription: None,
            entry: None,
            position,
            text,
            live: None,
        };
        self.changes.push_back(Some(queued));
    }

    /// Removes the waiting `position` frames. Required when a subscription starts that is replayed from before them:
    /// its reply is sent before changes, so these frames would claim changes that are not sent yet.
    pub fn withdraw_positions(&mut self) {
        for queued in &mut self.changes {
            if let Some(position) = queued.take_if(|queued| queued.subscription.is_none()) {
                self.bytes -= position.text.len();
            }
        }
    }

    fn remove_older(&mut self, subscription: &Rc<Subscription>, entry: &Entry) -> bool {
        if !subscription.is_conflated {
            return false;
        }
        let Some(place) = subscription.queued_keys.borrow_mut().remove(&entry.key) else {
            return false;
        };
        let older = place
            .checked_sub(self.removed)
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| self.changes.get_mut(index))
            .and_then(Option::take);
        self.bytes -= older.as_ref().map_or(0, |older| older.text.len());
        older.is_some()
    }

    fn push(
        &mut self,
        subscription: &Rc<Subscription>,
        entry: &Arc<Entry>,
        text: ByteString,
        live: Option<Arc<Entry>>,
    ) {
        let place = self.removed + self.changes.len() as u64;
        if subscription.is_conflated {
            subscription
                .queued_keys
                .borrow_mut()
                .insert(entry.key.clone(), place);
        }
        subscription.queued_position.set(entry.position);
        self.bytes += text.len();
        self.changes.push_back(Some(Queued {
            subscription: Some(Rc::clone(subscription)),
            entry: subscription.is_conflated.then(|| entry.clone()),
            position: entry.position,
            text,
            live,
        }));
    }

    /// Takes the next message to the client: one reply, or some changes as a JSON array (a single one without array).
    /// If it returns `None`, call [`Outbox::refill`] for subscriptions that are behind.
    pub fn next_message(&mut self, hub: &Hub, now: SystemTime) -> Option<ByteString> {
        if let Some(reply) = self.replies.pop_front() {
            return Some(reply);
        }
        let mut texts = Vec::new();
        let (mut bytes, mut last_position) = (0, i64::MIN);
        while let Some(next) = self.changes.front() {
            if let Some(next) = next
                && bytes >= self.batch_bytes_max
                && next.position != last_position
            {
                break;
            }
            let Some(queued) = self.pop_change() else {
                continue;
            };
            bytes += queued.text.len();
            last_position = queued.position;
            if queued.subscription.is_some() {
                hub.metrics.deliveries.add(1);
            }
            if let Some(entry) = &queued.live {
                let channel = queued
                    .subscription
                    .as_ref()
                    .map(|subscription| &subscription.channel);
                hub.metrics.delivered(entry, channel, now);
            }
            texts.push(queued.text);
        }
        match texts.len() {
            0 => None,
            1 => texts.pop(),
            _ => Some(array(&texts, bytes)),
        }
    }

    /// Takes the first change; `None` when a newer one has replaced it, or its subscription has ended.
    fn pop_change(&mut self) -> Option<Queued> {
        let place = self.removed;
        let queued = self.changes.pop_front()?;
        self.removed += 1;
        let queued = queued?;
        self.bytes -= queued.text.len();
        let Some(subscription) = &queued.subscription else {
            return Some(queued);
        };
        if let Some(entry) = &queued.entry {
            let mut places = subscription.queued_keys.borrow_mut();
            if places.get(&entry.key) == Some(&place) {
                places.remove(&entry.key);
            }
        }
        subscription.is_active.get().then_some(queued)
    }

    /// Returns whether no change is queued.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Queues changes from history for a `subscription` that is behind the entry `end`, up to half of what fits.
    /// Returns false when they have left history: the client must read its rows again.
    pub fn refill(&mut self, subscription: &Rc<Subscription>, hub: &Hub, end: u64) -> bool {
        let Some(cursor) = subscription.cursor.get() else {
            return true;
        };
        let room = (self.bytes_max / 2).saturating_sub(self.bytes);
        let Some(page) = hub.read(&subscription.channel, cursor, end, room) else {
            subscription.cursor.set(None);
            return false;
        };
        for (entry, channel) in &page.entries {
            if subscription.is_latest || entry.position > subscription.after.get() {
                let text = if subscription.is_latest {
                    entry.frame_at(*channel, subscription.after.get())
                } else {
                    entry.frame(*channel, entry.view(subscription.audience.get()))
                };
                self.remove_older(subscription, entry);
                self.push(subscription, entry, text, None);
            }
        }
        subscription.cursor.set(page.next);
        true
    }

    /// Records that every subscription is up to date again.
    pub fn caught_up(&mut self) {
        self.lagged_since = None;
    }
}

fn array(texts: &[ByteString], bytes: usize) -> ByteString {
    let mut array = String::with_capacity(bytes + texts.len() + 2);
    let mut before = '[';
    for text in texts {
        array.push(before);
        array.push_str(text);
        before = ',';
    }
    array.push(']');
    array.into()
}

#[cfg(test)]
mod tests;
