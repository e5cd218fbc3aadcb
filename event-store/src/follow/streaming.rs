//! Follower that reads Kafka, with the event store as the fallback for missing and late events.

use std::time::{Duration, Instant};

use super::merge::Merge;
use super::reader::Reader;
use super::{ConsumerStart, Counters, Error, EventBatch, KafkaFollowerOptions, KafkaOffsets};
use crate::wakeup::{POLL_INTERVAL, Waiter};
use crate::{Store, Wakeup};

/// Maximum delay of the next event after later ones have arrived.
const LATE_MAX: Duration = Duration::from_millis(300);
/// Maximum time without messages while the store has newer events.
const SILENCE_MAX: Duration = Duration::from_secs(2);
/// Interval of reading the store's head without notifications.
const HEAD_INTERVAL: Duration = Duration::from_secs(1);
/// Interval of reopening the topic while Kafka delivers nothing.
const REOPEN_INTERVAL: Duration = Duration::from_secs(5);

/// Reads the topic's partitions and returns their events in log order.
#[derive(Debug)]
pub struct KafkaFollower {
    options: KafkaFollowerOptions,
    store: Store,
    waiter: Waiter,
    merge: Merge,
    start: KafkaOffsets,
    reader: Option<Reader>,
    counters: Counters,
    /// Offsets of the batch being applied.
    given: Option<KafkaOffsets>,
    /// Highest known position of the store.
    head: i64,
    head_at: Instant,
    /// Position before the missing event, and the time since it is missing.
    missing: Option<(i64, Instant)>,
    /// `Some` while the store is followed because Kafka is late.
    bypass: Option<Bypass>,
}

/// State of following the store, with the measurement of Kafka's delay.
#[derive(Debug)]
struct Bypass {
    /// Position whose delay is measured.
    mark: i64,
    marked_at: Instant,
    reopened_at: Instant,
}

/// Next step when Kafka has not delivered the next event.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    /// Read at most this many events from the store.
    Refill(i64),
    /// Wait for a message, at most this long.
    Wait(Duration),
}

impl KafkaFollower {
    pub(super) fn new(
        options: KafkaFollowerOptions,
        store: Store,
        wakeup: &Wakeup,
        start: ConsumerStart,
    ) -> Self {
        let counters = Counters::default();
        Self {
            options,
            store,
            waiter: wakeup.waiter(),
            merge: Merge::new(&start, counters.clone()),
            start: start.offsets,
            reader: None,
            counters,
            given: None,
            head: 0,
            head_at: Instant::now(),
            missing: None,
            bypass: None,
        }
    }

    pub(super) fn position(&self) -> i64 {
        self.merge.position()
    }

    pub(super) fn counters(&self) -> Counters {
        self.counters.clone()
    }

    pub(super) async fn next_batch(&mut self, events_max: usize) -> Result<EventBatch, Error> {
        let events_max = events_max.max(1);
        self.start_reader()?;
        if let (Some(given), Some(reader)) = (self.given.take(), &self.reader) {
            reader.applied(&given);
        }
        loop {
            self.receive_ready();
            self.raise_head().await?;
            let events = self.merge.take(events_max, self.head);
            if !events.is_empty() {
                return Ok(self.batch(events));
            }
            let limit = i64::try_from(events_max).unwrap_or(i64::MAX);
            match self.plan(limit, Instant::now()) {
                Plan::Refill(limit) => {
                    if let Some(batch) = self.refill(limit).await? {
                        return Ok(batch);
                    }
                    self.waiter.wait().await;
                }
                Plan::Wait(duration) => self.wait(duration).await,
            }
        }
    }

    fn start_reader(&mut self) -> Result<(), Error> {
        if self.reader.is_none() {
            let (options, store) = (self.options.clone(), self.store.clone());
            let (offsets, counters) = (self.start.clone(), self.counters.clone());
            self.reader = Some(Reader::start(options, store, offsets, counters)?);
        }
        Ok(())
    }

    fn receive_ready(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        while !self.merge.is_full()
            && let Some(messages) = reader.take_ready()
        {
            self.merge.extend(messages);
        }
    }

    /// Makes sure that the store has the next buffered event; discards it and all later ones otherwise. Notifications of
    /// appends usually arrive first, so the store is rarely asked.
    async fn raise_head(&mut self) -> Result<(), Error> {
        self.head = self.head.max(self.waiter.look());
        let position = self.merge.position();
        if self.head > position || self.merge.gap_len() != Some(0) {
            return Ok(());
        }
        self.head = self.head.max(self.store.head().await?);
        if self.head <= position {
            tracing::error!(
                topic = self.options.topic,
                group = self.options.group,
                head = self.head,
                "Kafka delivers events that the event store does not have; they are skipped."
            );
            self.merge.discard_waiting();
        }
        Ok(())
    }

    fn batch(&mut self, events: Vec<schemas::envelope::RecordedEvent>) -> EventBatch {
        self.missing = None;
        let offsets = self.merge.offsets();
        self.given = Some(offsets.clone());
        EventBatch { events, offsets }
    }

    fn plan(&mut self, limit: i64, now: Instant) -> Plan {
        let position = self.merge.position();
        self.head = self.head.max(self.waiter.look());
        self.end_bypass_in_time(now);
        if self.merge.is_full() {
            return Plan::Refill(limit);
        }
        let gap = self.merge.gap_len().map_or(limit, |gap| gap.min(limit));
        if self.merge.has_lost_next() {
            return Plan::Refill(gap);
        }
        let patience = match (self.merge.has_waiting(), self.head > position) {
            (false, false) => {
                self.missing = None;
                return Plan::Wait(POLL_INTERVAL);
            }
            (_, true) if self.bypass.is_some() => return Plan::Refill(gap),
            (true, _) => LATE_MAX,
            (false, true) => SILENCE_MAX,
        };
        let since = match self.missing {
            Some((after, since)) if after == position => since,
            _ => self.missing.insert((position, now)).1,
        };
        let waited = now.duration_since(since);
        if let Some(rest) = patience.checked_sub(waited)
            && !rest.is_zero()
        {
            return Plan::Wait(rest);
        }
        if !self.merge.has_waiting() {
            self.begin_bypass(now);
        }
        Plan::Refill(gap)
    }

    /// Reads the next events from the store.
    async fn refill(&mut self, limit: i64) -> Result<Option<EventBatch>, Error> {
        let events = self.store.read(self.merge.position(), limit).await?;
        let Some(last) = events.last() else {
            self.merge.forget_lost();
            return Ok(None);
        };
        self.counters.add_refill();
        self.counters.add_from_store(events.len());
        self.merge.skip_to(last.position);
        Ok(Some(self.batch(events)))
    }

    /// Waits for messages, for new events in the store, or for `duration`.
    async fn wait(&mut self, duration: Duration) {
        if self.head_at.elapsed() >= HEAD_INTERVAL {
            self.head_at = Instant::now();
            match self.store.head().await {
                Ok(head) => self.head = self.head.max(head),
                // Only the fallback is unavailable; Kafka can still deliver.
                Err(error) => tracing::debug!(%error, "The head of the store could not be read."),
            }
        }
        let Some(reader) = &mut self.reader else {
            return;
        };
        tokio::select! {
            messages = reader.take() => self.merge.extend(messages),
            () = self.waiter.wait() => {}
            () = tokio::time::sleep(duration) => {}
        }
    }

    fn begin_bypass(&mut self, now: Instant) {
        if self.bypass.is_none() {
            tracing::warn!(
                topic = self.options.topic,
                group = self.options.group,
                "Kafka delivers no events; following the event store."
            );
            // The event that Kafka has not delivered.
            let mark = self.merge.position() + 1;
            self.bypass = Some(Bypass {
                mark,
                marked_at: now,
                reopened_at: now,
            });
        }
    }

    /// Ends the bypass once Kafka's lag behind the store is at most [`LATE_MAX`].
    fn end_bypass_in_time(&mut self, now: Instant) {
        let Some(bypass) = &mut self.bypass else { return };
        if self.merge.newest() >= bypass.mark {
            if now.duration_since(bypass.marked_at) <= LATE_MAX {
                tracing::info!(
                    topic = self.options.topic,
                    group = self.options.group,
                    "Following Kafka again."
                );
                self.bypass = None;
            } else {
                bypass.mark = self.merge.position();
                bypass.marked_at = now;
            }
        } else if now.duration_since(bypass.reopened_at) >= REOPEN_INTERVAL {
            bypass.reopened_at = now;
            if let Some(reader) = &self.reader {
                reader.reopen();
            }
        }
    }
}
