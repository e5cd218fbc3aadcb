//! Whether a topic holds the log of this store.
//!
//! A store that was restored from a copy has the log id of the original but lacks its last events, which the topic still
//! holds. Consumers would apply events that the store does not have, and skip those that it appends at their positions. So
//! before a topic is used, the newest message of each partition is compared with the store. If they differ, the log gets
//! a new id: consumers skip all earlier messages as those of another log, and the relay publishes every event again.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use platform::config::KafkaConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::KafkaError;
use rdkafka::message::Message as _;
use rdkafka::{Offset, TopicPartitionList};
use uuid::Uuid;

use super::message::{self, Signer};
use super::{ANSWER_TIMEOUT, Error, Quiet, client_config, watermarks};
use crate::Store;
use crate::hash::Hash;

/// How long the broker may deliver nothing.
const SILENCE_MAX: Duration = Duration::from_secs(5);
/// Poll time of the consumer.
const POLL_TIMEOUT: Duration = Duration::from_millis(50);

/// Reason that a topic could not be compared with the store.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The event store failed.
    #[error(transparent)]
    Store(#[from] crate::Error),
    /// The broker failed.
    #[error(transparent)]
    Kafka(#[from] Error),
}

/// The message that the relay sent last on a partition.
#[derive(Debug, Clone, Copy)]
struct Mark {
    offset: i64,
    position: i64,
}

/// What the topic holds.
#[derive(Debug, Default)]
struct Newest {
    /// Position and hash of the newest authentic message of each partition.
    events: HashMap<i32, (i64, Hash)>,
    /// Whether a message that the relay sent was replaced, or was signed with another key.
    has_other_marks: bool,
}

/// Returns the log's id after comparing the topic with the store. The log gets a new id if they differ.
///
/// # Errors
/// When the store or the broker fails.
pub async fn verified_log_id(store: &Store, kafka: &KafkaConfig, topic: &str) -> Result<Uuid, VerifyError> {
    let log_id = super::log_id(store).await?;
    let signer = Signer::new(kafka.message_key.clone(), log_id);
    let marks = marks(store, topic).await?;
    let (config, name) = (kafka.clone(), topic.to_owned());
    let reading = tokio::task::spawn_blocking(move || newest(&config, &name, &signer, &marks));
    // Fails only when the runtime is shutting down, or the client library panicked.
    let newest = reading
        .await
        .unwrap_or_else(|_| Err(Error::topic(topic, KafkaError::Canceled)))?;
    if !newest.has_other_marks && holds(store, newest.events.values()).await? {
        return Ok(log_id);
    }
    tracing::warn!(
        topic,
        "The topic holds another history than the event store, as after restoring a copy: the log gets a new id, and \
         every event is published again."
    );
    Ok(renew(store, log_id).await?)
}

/// Whether the store holds all these events.
async fn holds(store: &Store, events: impl Iterator<Item = &(i64, Hash)>) -> Result<bool, crate::Error> {
    let (positions, hashes): (Vec<i64>, Vec<Vec<u8>>) =
        events.map(|(position, hash)| (*position, hash.to_vec())).unzip();
    let held = sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "held!" FROM event_store.events AS stored
           JOIN UNNEST($1::bigint[], $2::bytea[]) AS sent (position, hash) USING (position, hash)"#,
        &positions,
        &hashes
    )
    .fetch_one(store.pool())
    .await?;
    Ok(usize::try_from(held) == Ok(positions.len()))
}

/// Gives the log a new id, unless another process has done so, and starts the relays over. Returns the current id.
async fn renew(store: &Store, log_id: Uuid) -> Result<Uuid, crate::Error> {
    let mut transaction = store.pool().begin().await?;
    let renewed = sqlx::query!(
        "UPDATE event_store.log_identity SET log_id = gen_random_uuid(), renewed_at = now() WHERE log_id = $1",
        log_id
    )
    .execute(&mut *transaction)
    .await?;
    if renewed.rows_affected() > 0 {
        // The new term ends the session of a relay that leads.
        sqlx::query!(
            "UPDATE event_store.relay
             SET epoch = epoch + 1, position = 0, partition_positions = '{}', partition_offsets = '{}'"
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    super::log_id(store).await
}

async fn marks(store: &Store, topic: &str) -> Result<HashMap<i32, Mark>, crate::Error> {
    let row = sqlx::query!(
        "SELECT partition_positions, partition_offsets FROM event_store.relay WHERE topic = $1",
        topic
    )
    .fetch_optional(store.pool())
    .await?;
    let Some(row) = row else {
        return Ok(HashMap::new());
    };
    let marks = row.partition_positions.into_iter().zip(row.partition_offsets);
    Ok((0..)
        .zip(marks)
        .filter(|(_, (_, offset))| *offset >= 0)
        .map(|(partition, (position, offset))| (partition, Mark { offset, position }))
        .collect())
}

/// Reads each partition from its mark to its end. Blocks.
fn newest(
    config: &KafkaConfig,
    topic: &str,
    signer: &Signer,
    marks: &HashMap<i32, Mark>,
) -> Result<Newest, Error> {
    let consumer: BaseConsumer<Quiet> = client_config(config, "waybill-lineage")
        // Required to assign partitions; the group commits no offsets.
        .set("group.id", "waybill-lineage")
        .set("enable.auto.commit", "false")
        .set("auto.offset.reset", "earliest")
        .set("fetch.wait.max.ms", "50")
        .create_with_context(Quiet)
        .map_err(|source| Error::topic(topic, source))?;
    let mut newest = Newest::default();
    let mut ends = assign(&consumer, topic, marks)?;
    let mut heard_at = Instant::now();
    while !ends.is_empty() {
        let message = match consumer.poll(POLL_TIMEOUT) {
            Some(Ok(message)) => message,
            None if heard_at.elapsed() < SILENCE_MAX => continue,
            None => return Err(Error::topic(topic, KafkaError::NoMessageReceived)),
            Some(Err(error)) if heard_at.elapsed() < SILENCE_MAX => {
                super::log_error(&error, "while the topic was compared with the store");
                continue;
            }
            Some(Err(error)) => return Err(Error::topic(topic, error)),
        };
        heard_at = Instant::now();
        let (partition, offset) = (message.partition(), message.offset());
        let read = message::read(&message, signer).ok();
        if let Some(mark) = marks.get(&partition).filter(|mark| mark.offset == offset) {
            newest.has_other_marks |= read.as_ref().map(|read| read.event.position) != Some(mark.position);
        }
        if let Some(read) = read {
            newest
                .events
                .insert(partition, (read.event.position, read.event.hash));
        }
        if ends.get(&partition).is_some_and(|end| offset + 1 >= *end) {
            ends.remove(&partition);
        }
    }
    Ok(newest)
}

/// Starts reading, and returns the ends of the partitions that have messages to read. None has if the topic is missing.
fn assign(
    consumer: &BaseConsumer<Quiet>,
    topic: &str,
    marks: &HashMap<i32, Mark>,
) -> Result<HashMap<i32, i64>, Error> {
    let mut assignment = TopicPartitionList::new();
    let mut ends = HashMap::new();
    let count = super::partition_count(consumer.client(), topic)?.unwrap_or(0);
    for partition in 0..i32::try_from(count).unwrap_or(i32::MAX) {
        let at = |source| Error::at(topic, partition, -1, source);
        let (low, high) = watermarks(consumer.client(), topic, partition, ANSWER_TIMEOUT)?;
        // A mark behind the end is one of a topic that was deleted: the relay publishes everything again.
        let mark = marks.get(&partition).map(|mark| mark.offset);
        let from = mark.filter(|offset| *offset < high).unwrap_or(low).max(low);
        if from < high {
            assignment
                .add_partition_offset(topic, partition, Offset::Offset(from))
                .map_err(at)?;
            ends.insert(partition, high);
        }
    }
    consumer
        .assign(&assignment)
        .map_err(|source| Error::topic(topic, source))?;
    Ok(ends)
}
