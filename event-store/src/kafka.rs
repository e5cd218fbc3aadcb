//! What the relay and the follower share: topics, the form of a message, and the dead letters.

use std::time::Duration;

use platform::config::KafkaConfig;
pub use platform::kafka::{Error, client_config};
use rdkafka::ClientContext;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::Client;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use uuid::Uuid;

use crate::Store;

pub mod dead_letter;
pub mod message;

/// How long a broker may take to answer a question about topics.
pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);

/// The largest message a topic of ours takes, in bytes.
pub const MESSAGE_BYTES_MAX: u32 = 4 * 1024 * 1024;

/// Lets a broker's default decide how often a partition is kept.
const REPLICATION_BY_BROKER: i32 = -1;

/// A topic as it is made when it is missing.
#[derive(Debug, Clone)]
pub struct TopicSpec<'a> {
    /// Its name.
    pub name: &'a str,
    /// How many partitions.
    pub partition_count: i32,
    /// How long messages are kept; `None` is for ever.
    pub retention: Option<Duration>,
}

/// Makes a topic unless it is there. A topic that is there is left as it is.
///
/// # Errors
/// When no broker answers, or it refuses.
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

/// Keeps the client library's own lines, which repeat with every attempt, out of the ordinary log.
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

/// Takes a line of the client library.
pub(crate) fn log_line(facility: &str, message: &str) {
    tracing::debug!(kafka.facility = facility, "{message}");
}

/// Takes an error that the client library deals with itself.
pub(crate) fn log_error(error: &KafkaError, reason: &str) {
    tracing::debug!(%error, "{reason}");
}

/// The log's own id, which every message carries.
pub async fn log_id(store: &Store) -> Result<Uuid, crate::Error> {
    let log_id = sqlx::query_scalar!("SELECT log_id FROM event_store.log_identity");
    Ok(log_id.fetch_one(store.pool()).await?)
}

/// How many partitions a topic has; `None` when it is missing.
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
