//! What waits for one connection, bounded in bytes.
//!
//! Changes that no longer fit are not kept: their subscription notes where it stopped, and goes on from
//! history when the outbox is empty again. Pure: no clock of its own, no socket.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Instant, SystemTime};

use bytestring::ByteString;

use crate::entry::Entry;
use crate::hub::Hub;
use crate::protocol::ServerFrame;
use crate::subscription::Subscription;

/// Frames a connection has to be sent, in order.
#[derive(Debug)]
pub struct Outbox {
    bytes_max: usize,
    batch_bytes_max: usize,
    /// Answers, which go before changes.
    control: VecDeque<ByteString>,
    /// Changes. A `None` was made needless by a newer one.
    changes: VecDeque<Option<Waiting>>,
    /// How many changes have left at the front, so that a place keeps its number.
    departed: u64,
    bytes: usize,
    lagged_since: Option<Instant>,
}

#[derive(Debug)]
struct Waiting {
    /// `None` for a `position` frame.
    subscription: Option<Rc<Subscription>>,
    /// On a state channel: the change's key.
    entry: Option<std::sync::Arc<Entry>>,
    position: i64,
    text: ByteString,
    /// When it was published; `None` for a replay.
    published_at: Option<SystemTime>,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It waits.
    Accepted,
    /// It waits, and an older one of its key no longer does.
    Conflated,
    /// The client has it, or it will come from history.
    Skipped,
    /// There was no room: it will come from history.
    Lagged,
}

impl Outbox {
    /// An empty one.
    pub fn new(bytes_max: usize, batch_bytes_max: usize) -> Self {
        Self {
            bytes_max,
            batch_bytes_max,
            control: VecDeque::new(),
            changes: VecDeque::new(),
            departed: 0,
            bytes: 0,
            lagged_since: None,
        }
    }

    /// Since when the connection has been behind.
    pub fn lagged_since(&self) -> Option<Instant> {
        self.lagged_since
    }

    /// The bytes of the changes that wait.
    #[cfg(test)]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds an answer.
    pub fn answer(&mut self, frame: &ServerFrame<'_>) {
        self.control.push_back(frame.render());
    }

    /// Forgets the changes that wait, for a connection that is closed.
    pub fn clear_changes(&mut self) {
        self.departed += self.changes.len() as u64;
        self.changes.clear();
        self.bytes = 0;
        self.lagged_since = None;
    }

    /// Adds a change of `subscription`, whose frame is `text`.
    pub fn offer(
        &mut self,
        subscription: &Rc<Subscription>,
        entry: &std::sync::Arc<Entry>,
        text: ByteString,
        now: Instant,
    ) -> Offer {
        if !subscription.is_active.get()
            || subscription.cursor.get().is_some()
            || entry.position <= subscription.after.get()
        {
            return Offer::Skipped;
        }
        let was_replaced = self.remove_older(subscription, entry);
        // Changes of one position go out together, or a client that resumes between them loses the rest.
        let is_continued = subscription.accepted_position.get() == entry.position;
        if self.bytes + text.len() > self.bytes_max && !is_continued && !self.changes.is_empty() {
            subscription.cursor.set(Some(entry.sequence));
            self.lagged_since.get_or_insert(now);
            return Offer::Lagged;
        }
        self.push(subscription, entry, text, Some(entry.published_at));
        if was_replaced {
            Offer::Conflated
        } else {
            Offer::Accepted
        }
    }

    /// Adds a `position` frame: everything up to `position` is before it.
    pub fn tell_position(&mut self, position: i64) {
        let text = ServerFrame::Position { position }.render();
        self.bytes += text.len();
        let waiting = Waiting {
            subscription: None,
            entry: None,
            position,
            text,
            published_at: None,
        };
        self.changes.push_back(Some(waiting));
    }

    /// Takes back `position` frames that still wait: a subscription begins that has to be replayed from before
    /// them, and the answer to it goes out first.
    pub fn withdraw_positions(&mut self) {
        for waiting in &mut self.changes {
            if let Some(position) = waiting.take_if(|waiting| waiting.subscription.is_none()) {
                self.bytes -= position.text.len();
            }
        }
    }

    fn remove_older(&mut self, subscription: &Rc<Subscription>, entry: &Entry) -> bool {
        if !subscription.is_state {
            return false;
        }
        let Some(place) = subscription.waiting.borrow_mut().remove(&entry.key) else {
            return false;
        };
        let older = place
            .checked_sub(self.departed)
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| self.changes.get_mut(index))
            .and_then(Option::take);
        self.bytes -= older.as_ref().map_or(0, |older| older.text.len());
        older.is_some()
    }

    fn push(
        &mut self,
        subscription: &Rc<Subscription>,
        entry: &std::sync::Arc<Entry>,
        text: ByteString,
        published_at: Option<SystemTime>,
    ) {
        let place = self.departed + self.changes.len() as u64;
        if subscription.is_state {
            subscription.waiting.borrow_mut().insert(entry.key.clone(), place);
        }
        subscription.accepted_position.set(entry.position);
        self.bytes += text.len();
        self.changes.push_back(Some(Waiting {
            subscription: Some(Rc::clone(subscription)),
            entry: subscription.is_state.then(|| entry.clone()),
            position: entry.position,
            text,
            published_at,
        }));
    }

    /// The next message to the client: one answer, or some changes as a JSON array (a single one as it is).
    /// `None` when nothing waits; then subscriptions that are behind want a [`Outbox::refill`].
    pub fn next_message(&mut self, hub: &Hub, now: SystemTime) -> Option<ByteString> {
        if let Some(answer) = self.control.pop_front() {
            return Some(answer);
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
            let Some(waiting) = self.pop_change() else {
                continue;
            };
            bytes += waiting.text.len();
            last_position = waiting.position;
            if waiting.subscription.is_some() {
                hub.metrics.deliveries.add(1);
            }
            if let Some(published_at) = waiting.published_at {
                hub.metrics
                    .record_latency(now.duration_since(published_at).unwrap_or_default());
            }
            texts.push(waiting.text);
        }
        match texts.len() {
            0 => None,
            1 => texts.pop(),
            _ => Some(array(&texts, bytes)),
        }
    }

    /// Takes the first change; `None` when it was made needless, or its subscription has ended.
    fn pop_change(&mut self) -> Option<Waiting> {
        let place = self.departed;
        let waiting = self.changes.pop_front()?;
        self.departed += 1;
        let waiting = waiting?;
        self.bytes -= waiting.text.len();
        let Some(subscription) = &waiting.subscription else {
            return Some(waiting);
        };
        if let Some(entry) = &waiting.entry {
            let mut places = subscription.waiting.borrow_mut();
            if places.get(&entry.key) == Some(&place) {
                places.remove(&entry.key);
            }
        }
        subscription.is_active.get().then_some(waiting)
    }

    /// Whether no change waits.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Takes up to half of what fits for `subscription` from history, where it is behind the entry `end`.
    /// False when history no longer has it: the client is to refetch.
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
            if entry.position > subscription.after.get() {
                let text = entry.frame(*channel, subscription.audience.get(), hub.redaction.as_ref());
                self.remove_older(subscription, entry);
                self.push(subscription, entry, text, None);
            }
        }
        subscription.cursor.set(page.next);
        true
    }

    /// Every subscription is up to date again.
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
