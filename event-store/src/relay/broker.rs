//! Topic preparation, and the check that the topic still has the messages sent to it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use platform::config::KafkaConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::Message;
use rdkafka::{Offset, TopicPartitionList};

use super::RelayOptions;
use super::cursor::Cursor;
use crate::kafka::{self, ANSWER_TIMEOUT, Error, Quiet, TopicSpec, client_config};

/// Timeout for a new topic's partitions to have leaders, and for reading the partitions' last messages.
const READY_TIMEOUT: Duration = Duration::from_secs(5);
const READY_POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Topic that is ready for publishing.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Kafka cluster id.
    pub(super) cluster_id: Option<String>,
    /// Number of partitions.
    pub(super) partition_count: usize,
    /// Whether the last message of each partition matches the cursor.
    pub(super) intact: bool,
}

/// Creates the topic if it is missing, and compares it with the cursor.
pub(super) async fn prepare(options: &RelayOptions, cursor: &Cursor) -> Result<Prepared, Error> {
    let probe = Probe::open(&options.kafka, &options.topic)?;
    let (mut probe, partition_count) = probe.partition_count().await?;
    let made = partition_count.is_none();
    let partition_count = if let Some(partition_count) = partition_count {
        partition_count
    } else {
        let spec = TopicSpec {
            name: &options.topic,
            partition_count: options.partition_count,
            retention: None,
        };
        kafka::ensure_topic(&options.kafka, &spec).await?;
        tracing::info!(
            topic = options.topic,
            partitions = options.partition_count,
            "Topic created."
        );
        let ready;
        (probe, ready) = probe.ready_partition_count().await?;
        ready
    };
    let cursor = cursor.clone();
    blocking(&options.topic, move || {
        let cluster_id = probe.consumer.client().fetch_cluster_id(ANSWER_TIMEOUT);
        let intact = !made && partition_count >= cursor.marks.len() && probe.has_marks(&cursor)?;
        Ok(Prepared {
            cluster_id,
            partition_count,
            intact,
        })
    })
    .await
}

/// Offset and position of the last message, by partition.
type Marks = HashMap<i32, (i64, i64)>;

/// Reads topic state from the broker, on threads that may block.
struct Probe {
    consumer: BaseConsumer<Quiet>,
    topic: String,
}

impl Probe {
    fn open(config: &KafkaConfig, topic: &str) -> Result<Self, Error> {
        let consumer = client_config(config, "waybill-relay-probe")
            // Required to assign partitions; the group commits no offsets.
            .set("group.id", "waybill-relay-probe")
            .set("enable.auto.commit", "false")
            .set("auto.offset.reset", "error")
            .set("fetch.wait.max.ms", "50")
            .set("fetch.message.max.bytes", "16384")
            .create_with_context(Quiet)
            .map_err(|source| Error::topic(topic, source))?;
        Ok(Self {
            consumer,
            topic: topic.to_owned(),
        })
    }

    /// Returns the number of partitions; `None` when the topic is missing.
    async fn partition_count(self) -> Result<(Self, Option<usize>), Error> {
        let topic = self.topic.clone();
        blocking(&topic, move || {
            let count = self.count_now()?;
            Ok((self, count))
        })
        .await
    }

    async fn ready_partition_count(self) -> Result<(Self, usize), Error> {
        let topic = self.topic.clone();
        blocking(&topic, move || {
            let started = Instant::now();
            loop {
                match self.count_now() {
                    Ok(Some(count)) => return Ok((self, count)),
                    Err(error) if started.elapsed() > READY_TIMEOUT => return Err(error),
                    Ok(None) if started.elapsed() > READY_TIMEOUT => {
                        let missing = KafkaError::MetadataFetch(RDKafkaErrorCode::UnknownTopicOrPartition);
                        return Err(Error::topic(&self.topic, missing));
                    }
                    _ => std::thread::sleep(READY_POLL_INTERVAL),
                }
            }
        })
        .await
    }

    fn count_now(&self) -> Result<Option<usize>, Error> {
        kafka::partition_count(self.consumer.client(), &self.topic)
    }

    /// Returns whether each marked message is still at its offset, unchanged.
    fn has_marks(&self, cursor: &Cursor) -> Result<bool, Error> {
        match self.assign_marks(cursor)? {
            Some(expected) => self.finds(expected),
            None => Ok(false),
        }
    }

    /// Starts reading the marked messages and returns the expected offset and position by partition; `None` when
    /// a partition ends before its mark.
    fn assign_marks(&self, cursor: &Cursor) -> Result<Option<Marks>, Error> {
        let mut assignment = TopicPartitionList::new();
        let mut expected = HashMap::new();
        for (partition, mark) in (0..).zip(&cursor.marks) {
            let Some(offset) = mark.offset else { continue };
            let at = |source| Error::at(&self.topic, partition, offset, source);
            let (low, high) =
                kafka::watermarks(self.consumer.client(), &self.topic, partition, ANSWER_TIMEOUT)?;
            if offset >= high {
                return Ok(None);
            }
            // A message removed by retention was stored, so it is not checked.
            if offset >= low {
                assignment
                    .add_partition_offset(&self.topic, partition, Offset::Offset(offset))
                    .map_err(at)?;
                expected.insert(partition, (offset, mark.position));
            }
        }
        self.consumer
            .assign(&assignment)
            .map_err(|source| Error::topic(&self.topic, source))?;
        Ok(Some(expected))
    }

    fn finds(&self, mut expected: Marks) -> Result<bool, Error> {
        let started = Instant::now();
        while !expected.is_empty() {
            let timed_out = started.elapsed() >= READY_TIMEOUT;
            match self.consumer.poll(READY_POLL_INTERVAL) {
                Some(Ok(message)) => {
                    let found = (message.offset(), kafka::message::position(&message));
                    if expected
                        .remove(&message.partition())
                        .is_some_and(|(offset, position)| found != (offset, Some(position)))
                    {
                        return Ok(false);
                    }
                }
                None if timed_out => return Err(Error::topic(&self.topic, KafkaError::NoMessageReceived)),
                None => {}
                Some(Err(KafkaError::MessageConsumption(RDKafkaErrorCode::AutoOffsetReset))) => {
                    return Ok(false);
                }
                Some(Err(error)) if timed_out => return Err(Error::topic(&self.topic, error)),
                Some(Err(error)) => kafka::log_error(&error, "while the topic was compared with the cursor"),
            }
        }
        Ok(true)
    }
}

async fn blocking<T: Send + 'static>(
    topic: &str,
    ask: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(ask).await {
        Ok(answer) => answer,
        // The runtime is shutting down, or the client library panicked: no result.
        Err(_) => Err(Error::topic(topic, KafkaError::Canceled)),
    }
}
