//! Merging the partitions of the topic back into the one order of the log. Pure: no clock, no I/O.

use std::collections::{BTreeMap, VecDeque};

use schemas::envelope::RecordedEvent;

use super::{ConsumerStart, Counters, KafkaOffsets};
use crate::kafka::dead_letter::Settled;

/// Events that may wait for the ones before them.
const WAITING_MAX: usize = 20_000;
/// Bytes of payloads and metadata that may wait.
const WAITING_BYTES_MAX: usize = 16 * 1024 * 1024;
/// What an event takes besides its payload and metadata, roughly, in bytes.
const EVENT_OVERHEAD_BYTES: usize = 400;

/// A message of the topic.
#[derive(Debug)]
pub(super) struct Message {
    /// Its partition.
    pub(super) partition: i32,
    /// Its offset.
    pub(super) offset: i64,
    /// What it says.
    pub(super) content: Content,
}

/// What a message says.
#[derive(Debug)]
pub(super) enum Content {
    /// An event.
    Event {
        /// Which.
        event: RecordedEvent,
        /// Position of the message sent before it on its partition.
        prev: i64,
    },
    /// Nothing that anybody can read.
    Unreadable {
        /// The position it claims.
        position: Option<i64>,
        /// Whether it is kept elsewhere, so that it may be passed for good.
        settled: Settled,
    },
}

/// Collects messages, and gives events in the order of the log.
#[derive(Debug)]
pub(super) struct Merge {
    /// Where it all began.
    start: i64,
    /// Everything up to here was given.
    position: i64,
    waiting: BTreeMap<i64, RecordedEvent>,
    waiting_bytes: usize,
    lanes: BTreeMap<i32, Lane>,
    /// What is not waiting up to here will not come by Kafka any more.
    lost_up_to: i64,
    /// The newest position that came by Kafka.
    newest: i64,
    counters: Counters,
}

/// A partition.
#[derive(Debug)]
struct Lane {
    next_offset: i64,
    /// The newest position that stood on it.
    last_position: i64,
    /// Messages that must be read again after a restart, in order of offset. Those that need not any more are
    /// removed when they are at the front.
    held: VecDeque<Held>,
}

#[derive(Debug)]
struct Held {
    offset: i64,
    until: Until,
}

#[derive(Debug)]
enum Until {
    Given(i64),
    Settled(Settled),
}

impl Merge {
    pub(super) fn new(start: &ConsumerStart, counters: Counters) -> Self {
        let lanes = start
            .offsets
            .iter()
            .map(|(partition, offset)| (partition, Lane::new(offset, start.position)));
        Self {
            start: start.position,
            position: start.position,
            waiting: BTreeMap::new(),
            waiting_bytes: 0,
            lanes: lanes.collect(),
            lost_up_to: 0,
            newest: 0,
            counters,
        }
    }

    /// Everything up to here was given.
    pub(super) fn position(&self) -> i64 {
        self.position
    }

    /// The newest position that came by Kafka.
    pub(super) fn newest(&self) -> i64 {
        self.newest
    }

    /// Whether later events wait for the next one.
    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// How many events are missing before the first that waits.
    pub(super) fn gap_len(&self) -> Option<i64> {
        self.waiting
            .first_key_value()
            .map(|(first, _)| first - self.position - 1)
    }

    /// Whether no more messages should be pushed.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= WAITING_MAX || self.waiting_bytes >= WAITING_BYTES_MAX
    }

    /// Whether it is certain that the next event will not come by Kafka.
    pub(super) fn has_lost_next(&self) -> bool {
        self.lost_up_to > self.position && !self.waiting.contains_key(&(self.position + 1))
    }

    /// Forgets what was thought to be lost: the store has not got it either.
    pub(super) fn forget_lost(&mut self) {
        self.lost_up_to = self.position;
    }

    /// Takes messages.
    pub(super) fn extend(&mut self, messages: Vec<Message>) {
        for message in messages {
            self.push(message);
        }
    }

    /// Takes a message.
    pub(super) fn push(&mut self, message: Message) {
        let Message {
            partition,
            offset,
            content,
        } = message;
        let start = self.start;
        let lane = self.lanes.entry(partition).or_insert_with(|| Lane::new(0, start));
        if offset < lane.next_offset {
            // The topic was made anew: earlier offsets mean nothing any more.
            lane.held.clear();
        }
        lane.next_offset = offset + 1;
        match content {
            Content::Event { event, prev } => {
                if prev > lane.last_position {
                    self.lost_up_to = self.lost_up_to.max(prev);
                }
                let repeated = event.position <= lane.last_position;
                lane.last_position = lane.last_position.max(event.position);
                self.newest = self.newest.max(event.position);
                if event.position > self.position {
                    lane.held.push_back(Held {
                        offset,
                        until: Until::Given(event.position),
                    });
                }
                self.add(event, repeated);
            }
            Content::Unreadable { position, settled } => {
                lane.let_go(self.position);
                lane.held.push_back(Held {
                    offset,
                    until: Until::Settled(settled),
                });
                // What it stood for, if anything, is in the store. A claim about the future says nothing.
                if let Some(position) = position
                    && position <= self.newest.max(self.position) + 1
                {
                    self.lost_up_to = self.lost_up_to.max(position);
                }
            }
        }
    }

    fn add(&mut self, event: RecordedEvent, repeated: bool) {
        if event.position <= self.position || self.waiting.contains_key(&event.position) {
            if repeated {
                self.counters.add_duplicate();
            } else {
                self.counters.add_overtaken();
            }
            return;
        }
        self.waiting_bytes += weight(&event);
        self.waiting.insert(event.position, event);
    }

    /// Gives the next events that have come, at most `events_max`.
    pub(super) fn take(&mut self, events_max: usize) -> Vec<RecordedEvent> {
        let mut events = Vec::new();
        while events.len() < events_max
            && let Some(entry) = self.waiting.first_entry()
            && *entry.key() == self.position + 1
        {
            let event = entry.remove();
            self.waiting_bytes -= weight(&event);
            self.position = event.position;
            events.push(event);
        }
        self.counters.add_from_kafka(events.len());
        events
    }

    /// Notes that the events up to `position` were given from the store.
    pub(super) fn skip_to(&mut self, position: i64) {
        self.position = self.position.max(position);
        while let Some(entry) = self.waiting.first_entry()
            && *entry.key() <= self.position
        {
            self.waiting_bytes -= weight(&entry.remove());
            self.counters.add_overtaken();
        }
    }

    /// Where to read on after everything given so far.
    pub(super) fn offsets(&mut self) -> KafkaOffsets {
        let mut offsets = KafkaOffsets::default();
        for (&partition, lane) in &mut self.lanes {
            lane.let_go(self.position);
            offsets.set(
                partition,
                lane.held.front().map_or(lane.next_offset, |held| held.offset),
            );
        }
        offsets
    }
}

impl Lane {
    /// A partition that is read from `next_offset` on. Nothing from the start on stands before that, so the
    /// start counts as seen.
    fn new(next_offset: i64, start: i64) -> Self {
        Self {
            next_offset,
            last_position: start,
            held: VecDeque::new(),
        }
    }

    fn let_go(&mut self, position: i64) {
        while self.held.front().is_some_and(|held| held.is_over(position)) {
            self.held.pop_front();
        }
    }
}

impl Held {
    fn is_over(&self, position: i64) -> bool {
        match &self.until {
            Until::Given(given) => *given <= position,
            Until::Settled(settled) => settled.is_settled(),
        }
    }
}

fn weight(event: &RecordedEvent) -> usize {
    event.payload.get().len() + event.metadata.get().len() + EVENT_OVERHEAD_BYTES
}

#[cfg(test)]
mod tests;
