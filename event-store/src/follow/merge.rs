//! Merge of the topic's partitions into log order. Pure: no clock, no I/O.

use std::collections::{BTreeMap, VecDeque};

use schemas::envelope::RecordedEvent;

use super::{ConsumerStart, Counters, KafkaOffsets};
use crate::kafka::dead_letter::Settled;

/// Maximum number of events buffered until earlier ones arrive.
const WAITING_MAX: usize = 20_000;
/// Maximum size of the buffered events, in bytes.
const WAITING_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Approximate size of an event besides payload and metadata, in bytes.
const EVENT_OVERHEAD_BYTES: usize = 400;

/// A message of the topic.
#[derive(Debug)]
pub(super) struct Message {
    /// Partition.
    pub(super) partition: i32,
    /// Offset.
    pub(super) offset: i64,
    /// Content.
    pub(super) content: Content,
}

/// Content of a message.
#[derive(Debug)]
pub(super) enum Content {
    /// An event.
    Event {
        /// Decoded event.
        event: RecordedEvent,
        /// Position of the message sent before it on its partition.
        prev: i64,
    },
    /// Unreadable message.
    Unreadable {
        /// Position in its header, if any.
        position: Option<i64>,
        /// Whether it is stored as a dead letter, so that its offset may be committed.
        settled: Settled,
    },
}

/// Buffers messages and returns events in log order.
#[derive(Debug)]
pub(super) struct Merge {
    /// Start position.
    start: i64,
    /// Last returned position.
    position: i64,
    waiting: BTreeMap<i64, RecordedEvent>,
    waiting_bytes: usize,
    lanes: BTreeMap<i32, Lane>,
    /// Events up to this position that are not buffered will not arrive from Kafka.
    lost_up_to: i64,
    /// Highest position received from Kafka.
    newest: i64,
    counters: Counters,
}

/// A partition.
#[derive(Debug)]
struct Lane {
    next_offset: i64,
    /// Highest position seen on this partition.
    last_position: i64,
    /// Messages to read again after a restart, by offset. Finished ones are removed from the front.
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

    /// Last returned position.
    pub(super) fn position(&self) -> i64 {
        self.position
    }

    /// Highest position received from Kafka.
    pub(super) fn newest(&self) -> i64 {
        self.newest
    }

    /// Returns whether later events are buffered.
    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Number of events missing before the first buffered one.
    pub(super) fn gap_len(&self) -> Option<i64> {
        self.waiting
            .first_key_value()
            .map(|(first, _)| first - self.position - 1)
    }

    /// Returns whether the buffer is full.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= WAITING_MAX || self.waiting_bytes >= WAITING_BYTES_MAX
    }

    /// Returns whether the next event is known to be missing from Kafka.
    pub(super) fn has_lost_next(&self) -> bool {
        self.lost_up_to > self.position && !self.waiting.contains_key(&(self.position + 1))
    }

    /// Clears the loss marker, when the store does not have the event either.
    pub(super) fn forget_lost(&mut self) {
        self.lost_up_to = self.position;
    }

    /// Adds messages.
    pub(super) fn extend(&mut self, messages: Vec<Message>) {
        for message in messages {
            self.push(message);
        }
    }

    /// Adds a message.
    pub(super) fn push(&mut self, message: Message) {
        let Message {
            partition,
            offset,
            content,
        } = message;
        let start = self.start;
        let lane = self.lanes.entry(partition).or_insert_with(|| Lane::new(0, start));
        if offset < lane.next_offset {
            // The topic was recreated: earlier offsets are invalid.
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
                // The store has the event, if there is one. A position beyond the next one is ignored.
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

    /// Removes and returns the next contiguous events up to position `up_to`, at most `events_max`.
    pub(super) fn take(&mut self, events_max: usize, up_to: i64) -> Vec<RecordedEvent> {
        let mut events = Vec::new();
        while events.len() < events_max
            && self.position < up_to
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

    /// Removes all buffered events.
    pub(super) fn discard_waiting(&mut self) {
        self.waiting.clear();
        self.waiting_bytes = 0;
    }

    /// Records that events up to `position` were returned from the store.
    pub(super) fn skip_to(&mut self, position: i64) {
        self.position = self.position.max(position);
        while let Some(entry) = self.waiting.first_entry()
            && *entry.key() <= self.position
        {
            self.waiting_bytes -= weight(&entry.remove());
            self.counters.add_overtaken();
        }
    }

    /// Offsets to resume from after the last returned event.
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
    /// Creates the state of a partition read from `next_offset` on. All earlier offsets hold positions up to the
    /// start, so the start counts as seen.
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
