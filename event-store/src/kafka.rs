//! Kafka code shared by relay and follower: topics, message format, and dead letters.

use std::time::Duration;

use chrono::{DateTime, Utc};
use platform::config::KafkaConfig;
pub use platform::kafka::{Error, client_config, watermarks};
use rdkafka::ClientContext;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::Client;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use uuid::Uuid;

use crate::Store;

pub mod dead_letter;
pub mod lineage;
pub mod message;

/// Timeout of topic metadata requests.
pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);

/// Maximum message size of Waybill's topics, in bytes.
pub const MESSAGE_BYTES_MAX: u32 = 4 * 1024 * 1024;

/// Selects the broker's default replication factor.
const REPLICATION_BY_BROKER: i32 = -1;

/// Settings of a topic to create.
#[derive(Debug, Clone)]
pub struct TopicSpec<'a> {
    /// Topic name.
    pub name: &'a str,
    /// Number of partitions.
    pub partition_count: i32,
    /// Retention time; `None` is unlimited.
    pub retention: Option<Duration>,
}

/// Creates a topic if it is missing. An existing topic is not changed.
///
/// # Errors
/// When no broker answers, or the broker refuses.
pub async fn ensure_topic(config: &KafkaConfig, spec: &TopicSpec<'_>) -> Result<(), Error> {
    let failed = |source| Error::topic(spec.name, source);
    let admin: AdminClient<Quiet> = client_config(config, "waybill-admin")
        .create_with_context(Quiet)
        .map_err(failed)?;
    let retention_ms = spec
        .retention
        .map_or("-1".to_owned(), |retention| retention.as_millis().to_string());
    let bytes_max = MESSAGE_BYTES_MAX.to_string();
    let topic = NewTopic::new(
        spec.name,
        spec.partition_count,
        TopicReplication::Fixed(REPLICATION_BY_BROKER),
    )
    .set("retention.ms", &retention_ms)
    .set("max.message.bytes", &bytes_max);
    let options = AdminOptions::new()
        .request_timeout(Some(ANSWER_TIMEOUT))
        .operation_timeout(Some(ANSWER_TIMEOUT));
    for result in admin.create_topics([&topic], &options).await.map_err(failed)? {
        match result {
            Ok(_) | Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((_, code)) => return Err(failed(KafkaError::AdminOp(code))),
        }
    }
    Ok(())
}

/// Client context that logs the library's messages, which repeat with every attempt, at debug level.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl ClientContext for Quiet {
    fn log(&self, _level: RDKafkaLogLevel, facility: &str, message: &str) {
        log_line(facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        log_error(&error, reason);
    }
}

impl ConsumerContext for Quiet {}

/// Logs a message of the client library.
pub(crate) fn log_line(facility: &str, message: &str) {
    tracing::debug!(kafka.facility = facility, "{message}");
}

/// Logs an error that the client library recovers from itself.
pub(crate) fn log_error(error: &KafkaError, reason: &str) {
    tracing::debug!(%error, "{reason}");
}

/// Identity of the log.
#[derive(Debug, Clone, Copy)]
pub struct LogIdentity {
    /// Id, which every message carries.
    pub log_id: Uuid,
    /// Time when the id replaced an earlier one; see [`lineage`].
    pub renewed_at: Option<DateTime<Utc>>,
}

/// Reads the log's identity.
///
/// # Errors
/// When the database fails.
pub async fn log_identity(store: &Store) -> Result<LogIdentity, crate::Error> {
    let identity = sqlx::query_as!(
        LogIdentity,
        "SELECT log_id, renewed_at FROM event_store.log_identity"
    );
    Ok(identity.fetch_one(store.pool()).await?)
}

/// Reads the log's id, which every message carries.
///
/// # Errors
/// When the database fails.
pub async fn log_id(store: &Store) -> Result<Uuid, crate::Error> {
    Ok(log_identity(store).await?.log_id)
}

/// Returns the number of partitions of a topic; `None` when it is missing.
///
/// Blocks up to [`ANSWER_TIMEOUT`].
pub(crate) fn partition_count<C: ClientContext>(
    client: &Client<C>,
    topic: &str,
) -> Result<Option<usize>, Error> {
    let failed = |source| Error::topic(topic, source);
    let metadata = client
        .fetch_metadata(Some(topic), ANSWER_TIMEOUT)
        .map_err(failed)?;
    let Some(found) = metadata.topics().iter().find(|found| found.name() == topic) else {
        return Ok(None);
    };
    match found.error().map(RDKafkaErrorCode::from) {
        None if found.partitions().is_empty() => Ok(None),
        None => Ok(Some(found.partitions().len())),
        Some(RDKafkaErrorCode::UnknownTopicOrPartition | RDKafkaErrorCode::UnknownTopic) => Ok(None),
        Some(code) => Err(failed(KafkaError::MetadataFetch(code))),
    }
}
