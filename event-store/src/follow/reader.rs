//! Reader thread of a topic: owns the consumer, validates messages, and stores unreadable ones as dead letters.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::{Offset, TopicPartitionList};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::merge::Message;
use super::{Counters, KafkaFollowerOptions, KafkaOffsets};
use crate::Store;
use crate::kafka::lineage::{VerifyError, verified_log_id};
use crate::kafka::message::Signer;
use crate::kafka::{self, Error, Quiet, client_config};

mod check;

use check::Checker;

/// Maximum number of messages in a chunk.
const CHUNK_LEN_MAX: usize = 256;
/// Maximum number of queued chunks.
const CHUNKS_MAX: usize = 8;
/// Poll time before the thread checks whether to stop.
const POLL_TIMEOUT: Duration = Duration::from_millis(100);
/// Interval of progress commits to Kafka, for its tools.
const COMMIT_INTERVAL: Duration = Duration::from_secs(2);
/// Interval of checks for added partitions.
const PARTITIONS_INTERVAL: Duration = Duration::from_secs(10);
/// Delay before another attempt to open the topic.
const REOPEN_DELAY: Duration = Duration::from_millis(250);

/// Handle to the reader thread, which stops when the handle is dropped.
#[derive(Debug)]
pub(super) struct Reader {
    chunks: mpsc::Receiver<Vec<Message>>,
    signals: Arc<Signals>,
}

/// Signals from the follower to the thread.
#[derive(Debug, Default)]
struct Signals {
    stop: AtomicBool,
    reopen: AtomicBool,
    applied: Mutex<Option<KafkaOffsets>>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.signals.stop.store(true, Ordering::Relaxed);
    }
}

impl Reader {
    /// Starts reading from `offsets`. Must be called inside a tokio runtime.
    pub(super) fn start(
        options: KafkaFollowerOptions,
        store: Store,
        offsets: KafkaOffsets,
        counters: Counters,
    ) -> Result<Self, Error> {
        let (sender, chunks) = mpsc::channel(CHUNKS_MAX);
        let signals = Arc::<Signals>::default();
        let thread = Thread {
            consumer: consumer(&options)?,
            runtime: Handle::current(),
            store,
            counters,
            options,
            next: offsets,
            sender,
            signals: Arc::clone(&signals),
            up: None,
            committed_at: Instant::now(),
            partition_count: 0,
        };
        std::thread::spawn(move || thread.run());
        Ok(Self { chunks, signals })
    }

    /// Returns queued messages, if any.
    pub(super) fn take_ready(&mut self) -> Option<Vec<Message>> {
        self.chunks.try_recv().ok()
    }

    /// Waits for messages. Never resolves once the thread has ended.
    pub(super) async fn take(&mut self) -> Vec<Message> {
        match self.chunks.recv().await {
            Some(chunk) => chunk,
            None => std::future::pending().await,
        }
    }

    /// Reopens the topic, which may have been recreated.
    pub(super) fn reopen(&self) {
        self.signals.reopen.store(true, Ordering::Relaxed);
    }

    /// Records applied offsets, for Kafka's tools.
    pub(super) fn applied(&self, offsets: &KafkaOffsets) {
        *self
            .signals
            .applied
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(offsets.clone());
    }
}

struct Thread {
    consumer: BaseConsumer<Quiet>,
    runtime: Handle,
    store: Store,
    counters: Counters,
    options: KafkaFollowerOptions,
    next: KafkaOffsets,
    sender: mpsc::Sender<Vec<Message>>,
    signals: Arc<Signals>,
    /// Last known result of opening the topic.
    up: Option<bool>,
    committed_at: Instant,
    partition_count: usize,
}

fn consumer(options: &KafkaFollowerOptions) -> Result<BaseConsumer<Quiet>, Error> {
    client_config(&options.kafka, &options.group)
        .set("group.id", &options.group)
        .set("enable.auto.commit", "false")
        .set("enable.auto.offset.store", "false")
        .set("allow.auto.create.topics", "false")
        // Read a recreated topic from its beginning; known events are skipped.
        .set("auto.offset.reset", "earliest")
        .set("enable.partition.eof", "false")
        // Return a fetch as soon as one byte is available; wait only when there is none.
        .set("fetch.min.bytes", "1")
        .set("fetch.wait.max.ms", "100")
        // Fetch little per partition, so that the partitions' positions stay close together.
        .set("fetch.message.max.bytes", "131072")
        .set("queued.min.messages", "2000")
        .set("queued.max.messages.kbytes", "16384")
        .set("fetch.queue.backoff.ms", "5")
        .set("fetch.error.backoff.ms", "100")
        .set("topic.metadata.refresh.interval.ms", "5000")
        .create_with_context(Quiet)
        .map_err(|source| Error::topic(&options.topic, source))
}

/// Reason that the thread stopped polling.
enum Stopped {
    Ending,
    Reopening,
}

impl Thread {
    fn run(mut self) {
        let mut checker = None;
        while !self.is_stopping() {
            match self.open(&mut checker) {
                Ok(checker) => {
                    self.set_up(true, None);
                    if matches!(self.poll_until_stopped(checker), Stopped::Ending) {
                        break;
                    }
                }
                Err(error) => self.set_up(false, Some(&error)),
            }
            std::thread::sleep(REOPEN_DELAY);
        }
        self.commit_now(CommitMode::Sync);
    }

    /// Verifies the topic the first time, and assigns its partitions.
    fn open<'c>(&mut self, checker: &'c mut Option<Checker>) -> Result<&'c mut Checker, VerifyError> {
        let checker = match checker {
            Some(checker) => checker,
            None => checker.insert(self.verify()?),
        };
        self.assign()?;
        Ok(checker)
    }

    fn verify(&self) -> Result<Checker, VerifyError> {
        let kafka = &self.options.kafka;
        let log_id = self
            .runtime
            .block_on(verified_log_id(&self.store, kafka, &self.options.topic))?;
        let signer = Signer::new(kafka.message_key.clone(), log_id);
        Ok(Checker::new(
            &self.options,
            signer,
            self.counters.clone(),
            self.runtime.clone(),
        ))
    }

    fn is_stopping(&self) -> bool {
        self.signals.stop.load(Ordering::Relaxed) || self.sender.is_closed()
    }

    /// Assigns all partitions at their last read offsets.
    fn assign(&mut self) -> Result<(), Error> {
        let topic = &self.options.topic;
        let missing = || {
            Error::topic(
                topic,
                KafkaError::MetadataFetch(RDKafkaErrorCode::UnknownTopicOrPartition),
            )
        };
        self.partition_count = kafka::partition_count(self.consumer.client(), topic)?.ok_or_else(missing)?;
        let mut assignment = TopicPartitionList::new();
        for partition in 0..i32::try_from(self.partition_count).unwrap_or(i32::MAX) {
            let offset = self.next.get(partition).map_or(Offset::Beginning, Offset::Offset);
            assignment
                .add_partition_offset(topic, partition, offset)
                .map_err(|source| Error::at(topic, partition, -1, source))?;
        }
        let assigned = self
            .consumer
            .unassign()
            .and_then(|()| self.consumer.assign(&assignment));
        assigned.map_err(|source| Error::topic(topic, source))
    }

    fn poll_until_stopped(&mut self, checker: &mut Checker) -> Stopped {
        let mut chunk = Vec::new();
        let mut counted_at = Instant::now();
        loop {
            if self.is_stopping() {
                return Stopped::Ending;
            }
            let timeout = if chunk.is_empty() {
                POLL_TIMEOUT
            } else {
                Duration::ZERO
            };
            let (is_idle, failed) = match self.consumer.poll(timeout) {
                Some(Ok(message)) => {
                    let message = checker.check(&message);
                    self.next.set(message.partition, message.offset + 1);
                    chunk.push(message);
                    (false, false)
                }
                Some(Err(error)) => (true, needs_reopening(&error)),
                None => (true, false),
            };
            let hand_over = chunk.len() >= CHUNK_LEN_MAX || (is_idle && !chunk.is_empty());
            if hand_over && self.sender.blocking_send(std::mem::take(&mut chunk)).is_err() {
                return Stopped::Ending;
            }
            if failed || self.signals.reopen.swap(false, Ordering::Relaxed) {
                return Stopped::Reopening;
            }
            if hand_over || is_idle {
                self.commit_if_due();
            }
            if is_idle && counted_at.elapsed() >= PARTITIONS_INTERVAL {
                counted_at = Instant::now();
                if self.has_other_partitions() {
                    return Stopped::Reopening;
                }
            }
        }
    }

    fn has_other_partitions(&self) -> bool {
        let count = kafka::partition_count(self.consumer.client(), &self.options.topic);
        count.is_ok_and(|count| count != Some(self.partition_count))
    }

    fn commit_if_due(&mut self) {
        if self.committed_at.elapsed() >= COMMIT_INTERVAL {
            self.committed_at = Instant::now();
            self.commit_now(CommitMode::Async);
        }
    }

    /// Commits progress for Kafka's tools. The value is not read back, so a failure is only logged.
    fn commit_now(&self, mode: CommitMode) {
        let applied = self
            .signals
            .applied
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(applied) = applied else { return };
        let mut offsets = TopicPartitionList::new();
        for (partition, offset) in applied.iter() {
            let added = offsets.add_partition_offset(&self.options.topic, partition, Offset::Offset(offset));
            if let Err(error) = added {
                kafka::log_error(&error, "while progress was committed");
            }
        }
        if let Err(error) = self.consumer.commit(&offsets, mode) {
            kafka::log_error(&error, "while progress was committed");
        }
    }

    /// Records whether the topic is readable, and logs each change once.
    fn set_up(&mut self, up: bool, error: Option<&VerifyError>) {
        if self.up.replace(up) == Some(up) {
            return;
        }
        let (topic, group) = (&self.options.topic, &self.options.group);
        match error {
            None => tracing::info!(topic, group, "Following Kafka."),
            Some(error) => {
                let cause = std::error::Error::source(error).map(ToString::to_string);
                tracing::warn!(%error, cause, group, "Kafka cannot be followed; retrying.");
            }
        }
    }
}

/// Returns whether the error means that the topic changed. The client recovers from other errors itself.
fn needs_reopening(error: &KafkaError) -> bool {
    kafka::log_error(error, "while following");
    matches!(
        error,
        KafkaError::MessageConsumption(
            RDKafkaErrorCode::UnknownTopicOrPartition
                | RDKafkaErrorCode::UnknownTopic
                | RDKafkaErrorCode::UnknownPartition
                | RDKafkaErrorCode::AutoOffsetReset
        ) | KafkaError::MessageConsumptionFatal(_)
    )
}
