//! Following Kafka, with the event store for what Kafka does not give in time.

use std::time::{Duration, Instant};

use super::merge::Merge;
use super::reader::Reader;
use super::{ConsumerStart, Counters, Error, EventBatch, KafkaFollowerOptions, KafkaOffsets};
use crate::wakeup::{POLL_INTERVAL, Waiter};
use crate::{Store, Wakeup, kafka};

/// How long the next event may be late when later ones have come.
const LATE_MAX: Duration = Duration::from_millis(300);
/// How long Kafka may give nothing although the store has more.
const SILENCE_MAX: Duration = Duration::from_secs(2);
/// How often the store is asked for its head when nobody speaks of it.
const HEAD_INTERVAL: Duration = Duration::from_secs(1);
/// How often the topic is opened anew while Kafka gives nothing.
const REOPEN_INTERVAL: Duration = Duration::from_secs(5);

/// Reads the topic's partitions, and gives the one log they are made from.
#[derive(Debug)]
pub struct KafkaFollower {
    options: KafkaFollowerOptions,
    store: Store,
    waiter: Waiter,
    merge: Merge,
    start: KafkaOffsets,
    reader: Option<Reader>,
    counters: Counters,
    /// The offsets of the batch that is being applied.
    given: Option<KafkaOffsets>,
    /// The newest position of the store that is known.
    head: i64,
    head_at: Instant,
    /// Since when the next event has been missing, and which position it comes after.
    missing: Option<(i64, Instant)>,
    /// `Some` while Kafka is so late that the store is followed instead.
    bypass: Option<Bypass>,
}

/// The store is followed, and Kafka's lateness is measured.
#[derive(Debug)]
struct Bypass {
    /// The position whose lateness is measured, and when it was given.
    mark: i64,
    marked_at: Instant,
    reopened_at: Instant,
}

/// What to do when Kafka has not given the next event.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    /// Read at most so many events from the store.
    Refill(i64),
    /// Wait for a message, at most so long.
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
        self.start_reader().await?;
        if let (Some(given), Some(reader)) = (self.given.take(), &self.reader) {
            reader.applied(&given);
        }
        loop {
            self.receive_ready();
            let events = self.merge.take(events_max);
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

    async fn start_reader(&mut self) -> Result<(), Error> {
        if self.reader.is_none() {
            let log_id = kafka::log_id(&self.store).await?;
            let (options, offsets) = (self.options.clone(), self.start.clone());
            self.reader = Some(Reader::start(options, log_id, offsets, self.counters.clone())?);
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

    /// Waits for messages, for the store to grow while it is followed, or for `duration`.
    async fn wait(&mut self, duration: Duration) {
        if self.head_at.elapsed() >= HEAD_INTERVAL {
            self.head_at = Instant::now();
            match self.store.head().await {
                Ok(head) => self.head = self.head.max(head),
                // Only the store's help is missing; Kafka may well go on.
                Err(error) => tracing::debug!(%error, "The store's head is not known."),
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
                "Kafka gives nothing: following the event store itself."
            );
            // The event that Kafka owes.
            let mark = self.merge.position() + 1;
            self.bypass = Some(Bypass {
                mark,
                marked_at: now,
                reopened_at: now,
            });
        }
    }

    /// While the store is followed, its events come before Kafka's. So Kafka counts as back once it gives what
    /// was given [`LATE_MAX`] ago or less.
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
