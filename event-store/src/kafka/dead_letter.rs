//! Dead letters: unreadable messages, stored with their origin and the error.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use platform::config::KafkaConfig;
use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{Header, Headers, Message, OwnedHeaders, ToBytes};
use rdkafka::producer::{BaseRecord, DeliveryResult, Producer, ProducerContext, ThreadedProducer};

use super::{Error, MESSAGE_BYTES_MAX, TopicSpec, client_config, ensure_topic};

/// Headers of a dead letter; the message's own headers follow them.
pub mod header {
    /// Topic of the original message.
    pub const TOPIC: &str = "waybill_dead_topic";
    /// Partition of the original message.
    pub const PARTITION: &str = "waybill_dead_partition";
    /// Offset of the original message.
    pub const OFFSET: &str = "waybill_dead_offset";
    /// Decoding error.
    pub const ERROR: &str = "waybill_dead_error";
    /// Key of the original message, if any.
    pub const KEY: &str = "waybill_dead_key";
}

/// Delivery timeout of a dead letter; after it the letter is dropped and an error logged.
const DELIVERY_TIMEOUT: Duration = Duration::from_mins(1);

/// Flush timeout when the publisher is dropped.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(1);

/// Retry delay while the producer's queue is full.
const FULL_DELAY: Duration = Duration::from_millis(10);

/// How often a waiting caller looks at the outcome.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// The outcome of publishing a dead letter.
#[derive(Debug, Clone, Default)]
pub struct Settled(Arc<OnceLock<Fate>>);

/// What became of a dead letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The broker has stored it.
    Stored,
    /// It was dropped; an error was logged.
    Dropped,
}

impl Settled {
    /// An outcome that is known: nothing has to be published, or it cannot be.
    pub fn as_dropped() -> Self {
        let settled = Self::default();
        settled.set(Fate::Dropped);
        settled
    }

    /// Whether the outcome is known.
    pub fn is_settled(&self) -> bool {
        self.0.get().is_some()
    }

    /// Waits until the outcome is known.
    pub async fn wait(&self) -> Fate {
        loop {
            if let Some(fate) = self.0.get() {
                return *fate;
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }

    fn set(&self, fate: Fate) {
        // The broker reports each message once.
        let _first = self.0.set(fate);
    }
}

/// Creates the topic if it is missing.
///
/// # Errors
/// When no broker answers, or the broker refuses.
pub async fn ensure(config: &KafkaConfig, topic: &str) -> Result<(), Error> {
    let spec = TopicSpec {
        name: topic,
        partition_count: 1,
        retention: None,
    };
    ensure_topic(config, &spec).await
}

/// Publishes dead letters.
pub struct DeadLetters {
    producer: ThreadedProducer<Settling>,
    topic: String,
}

impl std::fmt::Debug for DeadLetters {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("DeadLetters")
            .field("topic", &self.topic)
            .finish_non_exhaustive()
    }
}

impl DeadLetters {
    /// Creates a producer. Letters wait in its queue while the topic is missing; see [`ensure`].
    ///
    /// # Errors
    /// When the configuration is invalid.
    pub fn new(config: &KafkaConfig, topic: &str) -> Result<Self, Error> {
        let producer = client_config(config, "waybill-dead-letters")
            .set("enable.idempotence", "true")
            .set("allow.auto.create.topics", "false")
            .set("message.timeout.ms", DELIVERY_TIMEOUT.as_millis().to_string())
            // The same while the topic is missing; the default is 30 s.
            .set(
                "topic.metadata.propagation.max.ms",
                DELIVERY_TIMEOUT.as_millis().to_string(),
            )
            // A dead letter adds headers to a message that may already have the maximum size.
            .set("message.max.bytes", (2 * MESSAGE_BYTES_MAX).to_string())
            .set("queue.buffering.max.messages", "10000")
            .set("queue.buffering.max.kbytes", "16384")
            .create_with_context(Settling)
            .map_err(|source| Error::topic(topic, source))?;
        Ok(Self {
            producer,
            topic: topic.to_owned(),
        })
    }

    /// Publishes `message`; blocks while the producer's queue is full.
    pub fn publish<M: Message>(&self, message: &M, error: &dyn std::error::Error) -> Settled {
        let settled = Settled::default();
        let key = format!("{}/{}/{}", message.topic(), message.partition(), message.offset());
        let headers = letter_headers(message, error);
        let mut record = BaseRecord::with_opaque_to(&self.topic, Arc::new(settled.clone()))
            .key(key.as_str())
            .headers(headers);
        record.payload = message.payload();
        loop {
            match self.producer.send(record) {
                Ok(()) => return settled,
                Err((error, returned)) => {
                    if error.rdkafka_error_code() != Some(RDKafkaErrorCode::QueueFull) {
                        tracing::error!(%error, kafka.message = key, "A dead letter could not be stored.");
                        return Settled::as_dropped();
                    }
                    record = returned;
                    std::thread::sleep(FULL_DELAY);
                }
            }
        }
    }
}

impl Drop for DeadLetters {
    fn drop(&mut self) {
        // Undelivered letters are read and published again, because their offsets were not committed.
        if let Err(error) = self.producer.flush(FLUSH_TIMEOUT) {
            super::log_error(&error, "dead letters were still waiting");
        }
    }
}

fn letter_headers<M: Message>(message: &M, error: &dyn std::error::Error) -> OwnedHeaders {
    fn add<V: ToBytes + ?Sized>(headers: OwnedHeaders, key: &str, value: Option<&V>) -> OwnedHeaders {
        headers.insert(Header { key, value })
    }
    let mut headers = OwnedHeaders::new_with_capacity(24);
    headers = add(headers, header::TOPIC, Some(message.topic()));
    headers = add(headers, header::PARTITION, Some(&message.partition().to_string()));
    headers = add(headers, header::OFFSET, Some(&message.offset().to_string()));
    headers = add(headers, header::ERROR, Some(&error.to_string()));
    if let Some(key) = message.key() {
        headers = add(headers, header::KEY, Some(key));
    }
    for Header { key, value } in message.headers().iter().flat_map(|headers| headers.iter()) {
        headers = add(headers, key, value);
    }
    headers
}

/// Producer context that marks letters as settled once the broker has stored them.
struct Settling;

impl ClientContext for Settling {
    fn log(&self, _level: RDKafkaLogLevel, facility: &str, message: &str) {
        super::log_line(facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        super::log_error(&error, reason);
    }
}

impl ProducerContext for Settling {
    type DeliveryOpaque = Arc<Settled>;

    fn delivery(&self, result: &DeliveryResult<'_>, settled: Self::DeliveryOpaque) {
        if let Err((error, message)) = result {
            let key = message.key().map(String::from_utf8_lossy);
            tracing::error!(%error, kafka.message = ?key, "A dead letter could not be stored.");
        }
        settled.set(if result.is_ok() {
            Fate::Stored
        } else {
            Fate::Dropped
        });
    }
}
