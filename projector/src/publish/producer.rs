//! The producer of changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use event_store::Store;
use event_store::kafka::{self, TopicSpec, client_config, ensure_topic};
use platform::kafka::MessageKey;
use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{DeliveryResult, Header, OwnedHeaders};
use rdkafka::producer::{BaseRecord, Producer as _, ProducerContext, PurgeConfig, ThreadedProducer};
use schemas::change::{Change, ChangeBatch, WATERMARK_KEY, Watermark, signed_parts};
use schemas::topic::header;
use tokio::sync::Notify;

use crate::Error;
use crate::options::ChangesTopic;

/// How long messages of the topic are kept. A socket that was offline longer reloads its data.
const RETENTION: Duration = Duration::from_hours(1);

/// How long the broker may take to acknowledge a message before a new producer sends everything again.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(10);

/// How long to wait when the producer's queue is full.
const FULL_DELAY: Duration = Duration::from_millis(2);

/// Sends batches of changes. Dropping it discards unsent messages.
pub(super) struct ChangeProducer {
    producer: ThreadedProducer<Counting>,
    topic: String,
    message_key: MessageKey,
    log_id: String,
}

impl ChangeProducer {
    /// Creates the topic if it does not exist, and a producer that signs messages of the store's log.
    pub(super) async fn open(store: &Store, topic: &ChangesTopic) -> Result<Self, Error> {
        let spec = TopicSpec {
            name: &topic.topic,
            partition_count: 1,
            retention: Some(RETENTION),
        };
        ensure_topic(&topic.kafka, &spec).await?;
        let producer = client_config(&topic.kafka, "waybill-changes")
            .set("enable.idempotence", "true")
            .set("acks", "all")
            .set("linger.ms", "1")
            .set("message.timeout.ms", DELIVERY_TIMEOUT.as_millis().to_string())
            .set("message.max.bytes", kafka::MESSAGE_BYTES_MAX.to_string())
            .set("queue.buffering.max.messages", "100000")
            .set("queue.buffering.max.kbytes", "65536")
            .set("compression.type", "lz4")
            .create_with_context(Counting)
            .map_err(|source| kafka::Error::topic(&topic.topic, source))?;
        Ok(Self {
            producer,
            topic: topic.topic.clone(),
            message_key: topic.kafka.message_key.clone(),
            log_id: kafka::log_id(store).await?.to_string(),
        })
    }

    /// Sends every change of `group`, with a watermark after each batch, and waits until the broker has acknowledged
    /// all.
    pub(super) async fn send(&self, group: &[ChangeBatch]) -> Result<(), Error> {
        let pending = Arc::new(Pending::default());
        for batch in group {
            for change in &batch.changes {
                self.enqueue(key(change), change.position, &json(change), &pending)
                    .await?;
            }
            let watermark = Watermark {
                from_position: batch.from_position,
                position: batch.to_position,
            };
            self.enqueue(WATERMARK_KEY, batch.to_position, &json(&watermark), &pending)
                .await?;
        }
        pending.settled().await.map_err(|code| {
            Error::from(kafka::Error::topic(
                &self.topic,
                KafkaError::MessageProduction(code),
            ))
        })
    }

    async fn enqueue(
        &self,
        key: &str,
        position: i64,
        value: &str,
        pending: &Arc<Pending>,
    ) -> Result<(), Error> {
        let position = position.to_string();
        let signed = signed_parts(&self.log_id, key, &position, value.as_bytes());
        let signature = hex::encode(self.message_key.sign(&signed));
        let headers = [
            (header::POSITION, &position),
            (header::LOG, &self.log_id),
            (header::SIGNATURE, &signature),
        ];
        let headers =
            headers
                .into_iter()
                .fold(OwnedHeaders::new_with_capacity(3), |headers, (key, value)| {
                    headers.insert(Header {
                        key,
                        value: Some(value),
                    })
                });
        let mut record = BaseRecord::with_opaque_to(&self.topic, Arc::clone(pending))
            .partition(0)
            .key(key)
            .payload(value)
            .headers(headers);
        pending.waiting.fetch_add(1, Ordering::AcqRel);
        loop {
            match self.producer.send(record) {
                Ok(()) => return Ok(()),
                Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), returned)) => {
                    record = returned;
                    tokio::time::sleep(FULL_DELAY).await;
                }
                Err((source, _)) => return Err(kafka::Error::topic(&self.topic, source).into()),
            }
        }
    }
}

impl Drop for ChangeProducer {
    fn drop(&mut self) {
        // Messages that were not acknowledged are sent again by the next producer, in order.
        self.producer.purge(PurgeConfig::default().queue().inflight());
    }
}

fn key(change: &Change) -> &str {
    change
        .channels
        .first()
        .map_or(change.key.as_str(), String::as_str)
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("changes are JSON already")
}

/// Messages that the broker has not acknowledged yet.
#[derive(Debug, Default)]
struct Pending {
    waiting: AtomicUsize,
    has_failed: AtomicBool,
    changed: Notify,
}

impl Pending {
    /// Resolves when the broker has acknowledged all messages, or at the first failure.
    async fn settled(&self) -> Result<(), RDKafkaErrorCode> {
        loop {
            let changed = self.changed.notified();
            if self.has_failed.load(Ordering::Acquire) {
                return Err(RDKafkaErrorCode::MessageTimedOut);
            }
            if self.waiting.load(Ordering::Acquire) == 0 {
                return Ok(());
            }
            changed.await;
        }
    }
}

/// Counts acknowledgements.
struct Counting;

impl ClientContext for Counting {
    fn log(&self, _level: RDKafkaLogLevel, facility: &str, message: &str) {
        tracing::debug!(kafka.facility = facility, "{message}");
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::debug!(%error, "{reason}");
    }
}

impl ProducerContext for Counting {
    type DeliveryOpaque = Arc<Pending>;

    fn delivery(&self, result: &DeliveryResult<'_>, pending: Self::DeliveryOpaque) {
        if result.is_err() {
            pending.has_failed.store(true, Ordering::Release);
        }
        if pending.waiting.fetch_sub(1, Ordering::AcqRel) == 1 || result.is_err() {
            pending.changed.notify_one();
        }
    }
}
