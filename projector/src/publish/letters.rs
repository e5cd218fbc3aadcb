//! Publishes poison events to the dead-letter topic.

use std::time::Duration;

use event_store::Store;
use event_store::kafka::dead_letter::{self, DeadLetters, Fate};
use rdkafka::message::{OwnedHeaders, OwnedMessage, Timestamp};
use schemas::topic;
use sqlx::PgPool;
use tokio::time::Instant;

use crate::Error;
use crate::options::ChangesTopic;

/// The most letters sent at once; the rest is sent at the next call.
const LETTERS_MAX: i64 = 100;

/// How long the broker may take to confirm the letters; changes wait as long.
const STORED_TIMEOUT: Duration = Duration::from_secs(5);

/// Why a projection did not apply an event.
#[derive(Debug, thiserror::Error)]
#[error("projection `{projection}` cannot apply it: {reason}")]
struct Poison {
    projection: String,
    reason: String,
}

/// Publishes the poison events that are not published yet, each once even if several projections parked it. A letter
/// is marked as published when the broker has confirmed it; if the process ends before, it is sent twice.
pub(super) async fn publish(pool: &PgPool, store: &Store, options: &ChangesTopic) -> Result<(), Error> {
    let rows = sqlx::query!(
        "SELECT DISTINCT ON (position) projection, position, key, reason FROM read_model.dead_letters \
         WHERE state = 'poison' AND NOT published ORDER BY position, projection LIMIT $1",
        LETTERS_MAX
    )
    .fetch_all(pool)
    .await?;
    if rows.is_empty() {
        return Ok(());
    }
    dead_letter::ensure(&options.kafka, &options.dead_letters_topic).await?;
    let letters = DeadLetters::new(&options.kafka, &options.dead_letters_topic)?;
    let mut sent = Vec::with_capacity(rows.len());
    for row in rows {
        let event = store.read(row.position - 1, 1).await?.pop();
        let payload = event.map(|event| event.payload.get().as_bytes().to_vec());
        let headers = OwnedHeaders::new();
        let message = OwnedMessage::new(
            payload,
            Some(row.key.into_bytes()),
            topic::EVENTS.to_owned(),
            Timestamp::NotAvailable,
            -1,
            row.position,
            Some(headers),
        );
        let poison = Poison {
            projection: row.projection,
            reason: row.reason,
        };
        sent.push((row.position, letters.publish(&message, &poison)));
    }
    let deadline = Instant::now() + STORED_TIMEOUT;
    for (position, settled) in sent {
        // A letter that the broker has not confirmed is sent again at the next call.
        if tokio::time::timeout_at(deadline, settled.wait()).await != Ok(Fate::Stored) {
            continue;
        }
        sqlx::query!(
            "UPDATE read_model.dead_letters SET published = true WHERE position = $1",
            position
        )
        .execute(pool)
        .await?;
    }
    Ok(())
}
