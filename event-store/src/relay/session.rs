//! Session of one producer: publishes from the cursor on until a failure or shutdown.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use platform::telemetry::ActiveSpan;
use rdkafka::error::RDKafkaErrorCode;
use rdkafka::producer::{BaseRecord, Producer, PurgeConfig, ThreadedProducer};
use schemas::envelope::RecordedEvent;
use tokio_util::sync::CancellationToken;

use super::Relay;
use super::acks::{Acks, Listener};
use super::broker_error::BrokerError;
use super::cursor::Cursor;
use super::leadership::{Leadership, Lost};
use crate::kafka::message::{self, Signer};
use crate::kafka::{self, ANSWER_TIMEOUT, MESSAGE_BYTES_MAX, client_config};
use crate::metrics;
use crate::wakeup::{POLL_INTERVAL, Waiter};

/// Events per page read from the store.
const PAGE_LEN: i64 = 2_000;
/// Maximum number of unacknowledged messages.
const IN_FLIGHT_MAX: usize = 20_000;
/// Maximum size of the producer's queue, in KiB.
const IN_FLIGHT_KIB_MAX: u32 = 32 * 1024;
/// Interval of storing the cursor while it advances.
const SAVE_INTERVAL: Duration = Duration::from_millis(100);
/// Longest time without an acknowledgement before the producer is discarded.
const STALL_TIMEOUT: Duration = Duration::from_secs(5);
/// Interval at which an idle relay confirms its leadership and the topic.
const CHECK_INTERVAL: Duration = Duration::from_secs(5);
/// Shortest interval between pages that are not full: reading and sending one event costs as much as ten.
const GATHER_INTERVAL: Duration = Duration::from_millis(4);
/// Retry delay while the producer's queue is full.
const FULL_DELAY: Duration = Duration::from_millis(2);

/// Reason that a session ended.
#[derive(Debug)]
pub(super) enum Ended {
    Stopping,
    Lost(Lost),
    Broker(BrokerError),
    Store(crate::Error),
}

impl From<Lost> for Ended {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl From<BrokerError> for Ended {
    fn from(error: BrokerError) -> Self {
        Self::Broker(error)
    }
}

pub(super) struct Session<'a> {
    relay: &'a Relay,
    producer: Disposable,
    acks: Acks,
    waiter: Waiter,
    signer: Signer,
    /// Last position sent.
    sent: i64,
    /// Last position sent on each partition.
    sent_on: Vec<i64>,
    /// Time when the store last had no further events.
    read_at: Option<Instant>,
    /// Earliest time of the next page.
    next_page_at: Instant,
    saved: i64,
    saved_at: Instant,
    checked_at: Instant,
    /// Spans of unacknowledged messages of sampled traces, by position.
    spans: VecDeque<(i64, ActiveSpan)>,
}

impl<'a> Session<'a> {
    pub(super) fn open(relay: &'a Relay, cursor: &Cursor, signer: Signer) -> Result<Self, BrokerError> {
        let acks = Acks::new(cursor.clone());
        let producer = client_config(&relay.options.kafka, "waybill-relay")
            .set("enable.idempotence", "true")
            .set("enable.gapless.guarantee", "true")
            .set("acks", "all")
            .set("max.in.flight.requests.per.connection", "5")
            .set("linger.ms", relay.options.linger_ms.to_string())
            .set("compression.type", "lz4")
            .set("batch.size", "262144")
            .set("message.max.bytes", MESSAGE_BYTES_MAX.to_string())
            .set("queue.buffering.max.messages", (2 * IN_FLIGHT_MAX).to_string())
            .set("queue.buffering.max.kbytes", IN_FLIGHT_KIB_MAX.to_string())
            // Not reached: a stalled producer is discarded much earlier, with its queue.
            .set("message.timeout.ms", "300000")
            .set("allow.auto.create.topics", "false")
            .create_with_context(Listener(acks.clone()))
            .map_err(BrokerError::Client)?;
        Ok(Self {
            relay,
            producer: Disposable(Some(producer)),
            acks,
            waiter: relay.wakeup.waiter(),
            signer,
            sent: cursor.position,
            sent_on: cursor.marks.iter().map(|mark| mark.position).collect(),
            read_at: None,
            next_page_at: Instant::now(),
            saved: cursor.position,
            saved_at: Instant::now(),
            checked_at: Instant::now(),
            spans: VecDeque::new(),
        })
    }

    /// Publishes until a failure or shutdown. `cursor` ends at the acknowledged prefix.
    pub(super) async fn run(
        &mut self,
        leadership: &mut Leadership,
        cursor: &mut Cursor,
        shutdown: &CancellationToken,
    ) -> Ended {
        let ended = loop {
            if let Err(ended) = self.step(leadership, cursor, shutdown).await {
                break ended;
            }
        };
        self.acks.advance(cursor);
        if !matches!(ended, Ended::Lost(_))
            && cursor.position > self.saved
            && let Err(lost) = leadership.save(cursor).await
        {
            return Ended::Lost(lost);
        }
        ended
    }

    async fn step(
        &mut self,
        leadership: &mut Leadership,
        cursor: &mut Cursor,
        shutdown: &CancellationToken,
    ) -> Result<(), Ended> {
        if shutdown.is_cancelled() {
            return Err(Ended::Stopping);
        }
        self.check_delivery()?;
        let is_old = self.read_at.is_none_or(|at| at.elapsed() >= POLL_INTERVAL);
        let expects_more = self.waiter.look() > self.sent || is_old;
        let mut idle = true;
        if expects_more && self.acks.waiting().0 < IN_FLIGHT_MAX {
            idle = !self.send_page().await?;
        }
        self.save_if_due(leadership, cursor).await?;
        if idle {
            self.check_if_due(leadership, cursor).await?;
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = self.waiter.wait() => {}
                () = self.acks.changed() => {}
            }
        }
        Ok(())
    }

    /// Sends the next page of events. Returns whether there may be more.
    async fn send_page(&mut self) -> Result<bool, Ended> {
        tokio::time::sleep_until(self.next_page_at.into()).await;
        let started_at = Instant::now();
        let page = self
            .relay
            .store
            .read(self.sent, PAGE_LEN)
            .await
            .map_err(Ended::Store)?;
        for event in &page {
            self.send(event).await?;
        }
        if page.is_empty() {
            self.read_at = Some(Instant::now());
        }
        if i64::try_from(page.len()).unwrap_or(i64::MAX) < PAGE_LEN {
            self.next_page_at = started_at + GATHER_INTERVAL;
        }
        Ok(!page.is_empty())
    }

    async fn send(&mut self, event: &RecordedEvent) -> Result<(), Ended> {
        let partition_count = i32::try_from(self.sent_on.len()).unwrap_or(i32::MAX);
        let partition = schemas::topic::partition(&event.partition_key, partition_count);
        let lane = usize::try_from(partition).expect("a partition is not negative");
        let opaque = usize::try_from(event.position).expect("a position fits 64 bits");
        let mut record = BaseRecord::with_opaque_to(&self.relay.options.topic, opaque)
            .partition(partition)
            .key(event.partition_key.as_str())
            .payload(event.payload.get())
            .timestamp(event.recorded_at.timestamp_millis())
            .headers(message::headers(event, self.sent_on[lane], &self.signer));
        self.spans
            .extend(metrics::publishing(event, &self.relay.options.topic, partition));
        self.acks.sending(partition);
        self.sent = event.position;
        self.sent_on[lane] = event.position;
        while let Err((error, returned)) = self.producer.get().send(record) {
            match error.rdkafka_error_code() {
                Some(RDKafkaErrorCode::QueueFull) => {
                    record = returned;
                    self.check_delivery()?;
                    tokio::time::sleep(FULL_DELAY).await;
                }
                Some(RDKafkaErrorCode::MessageSizeTooLarge) => {
                    // Consumers detect the gap by the next message's `prev`, and read the event from the store.
                    tracing::error!(position = event.position, "An event is too large for Kafka.");
                    self.acks.stored(event.position, None);
                    return Ok(());
                }
                _ => return Err(BrokerError::Client(error).into()),
            }
        }
        Ok(())
    }

    fn check_delivery(&self) -> Result<(), BrokerError> {
        if let Some(error) = self.acks.take_failure() {
            return Err(error);
        }
        let (waiting, moved_at) = self.acks.waiting();
        if waiting > 0 && moved_at.elapsed() > STALL_TIMEOUT {
            return Err(BrokerError::Stalled(STALL_TIMEOUT));
        }
        Ok(())
    }

    async fn save_if_due(&mut self, leadership: &mut Leadership, cursor: &mut Cursor) -> Result<(), Ended> {
        if self.acks.advance(cursor) {
            self.relay.set_broker_up(true, None);
            self.relay.report(cursor);
            let acknowledged = self
                .spans
                .partition_point(|(position, _)| *position <= cursor.position);
            self.spans.drain(..acknowledged);
        }
        if cursor.position > self.saved && self.saved_at.elapsed() >= SAVE_INTERVAL {
            leadership.save(cursor).await?;
            self.saved = cursor.position;
            self.saved_at = Instant::now();
            self.checked_at = self.saved_at;
        }
        Ok(())
    }

    /// Checks, while idle, that this relay still leads and the topic has all sent messages.
    async fn check_if_due(&mut self, leadership: &mut Leadership, cursor: &Cursor) -> Result<(), Ended> {
        let suspicious = self.acks.take_brokers_down();
        let interval = if suspicious { POLL_INTERVAL } else { CHECK_INTERVAL };
        if self.acks.waiting().0 > 0 || self.checked_at.elapsed() < interval {
            return Ok(());
        }
        leadership.confirm().await?;
        let producer = self.producer.get().clone();
        let topic = self.relay.options.topic.clone();
        let marks = cursor.marks.clone();
        let checked = tokio::task::spawn_blocking(move || {
            for (partition, mark) in (0..).zip(marks) {
                let Some(offset) = mark.offset else { continue };
                let (_, high) = kafka::watermarks(producer.client(), &topic, partition, ANSWER_TIMEOUT)?;
                if offset >= high {
                    return Err(BrokerError::Truncated(partition));
                }
            }
            Ok(())
        });
        if let Ok(result) = checked.await {
            result?;
        }
        self.checked_at = Instant::now();
        self.relay.report(cursor);
        Ok(())
    }
}

/// Producer that is dropped on another thread, because dropping takes up to half a second.
struct Disposable(Option<ThreadedProducer<Listener>>);

impl Disposable {
    fn get(&self) -> &ThreadedProducer<Listener> {
        self.0.as_ref().expect("it is only taken when it is dropped")
    }
}

impl Drop for Disposable {
    fn drop(&mut self) {
        if let Some(producer) = self.0.take() {
            // Purge first, so that no message is sent concurrently with the next producer.
            producer.purge(PurgeConfig::default().queue().inflight());
            std::thread::spawn(move || drop(producer));
        }
    }
}
