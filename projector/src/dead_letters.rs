//! Parked events: listing, retrying and skipping them.

use chrono::{DateTime, Utc};
use event_store::Store;
use platform::causes::with_causes;
use serde::Serialize;
use sqlx::{Connection as _, PgConnection, PgPool};
use uuid::Uuid;

use crate::Error;
use crate::copy::Writing;
use crate::decoded_event::DecodedEvent;
use crate::leader::set_schema_of_transaction;
use crate::projection::{Changes, Projection};
use crate::registry::{self, Registration};
use crate::replay::schema_of;

/// The most parked events that one listing shows.
pub const LIST_LEN_MAX: i64 = 500;

/// The most events of one key that a retry applies; the rest waits for the next retry.
const RETRY_EVENTS_MAX: i64 = 10_000;

/// A parked event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadLetter {
    /// The projection that could not apply it.
    pub projection: String,
    /// Its position in the log.
    pub position: i64,
    /// The key within which events stay in order.
    pub key: String,
    /// Its id.
    pub event_id: Uuid,
    /// Its type.
    pub event_type: String,
    /// `poison`, `waiting` behind one that is, or `skipped`.
    pub state: String,
    /// Why it was not applied, or why it was skipped.
    pub reason: String,
    /// When it was parked.
    pub parked_at: DateTime<Utc>,
}

/// The parked events of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedKey {
    /// The projection.
    pub projection: String,
    /// The order's id, or the SKU.
    pub key: String,
}

/// The oldest parked events, at most [`LIST_LEN_MAX`].
///
/// # Errors
/// When Postgres fails.
pub async fn list(pool: &PgPool) -> Result<Vec<DeadLetter>, Error> {
    let letters = sqlx::query_as!(
        DeadLetter,
        "SELECT projection, position, key, event_id, event_type, state, reason, parked_at \
         FROM read_model.dead_letters ORDER BY position, projection LIMIT $1",
        LIST_LEN_MAX
    );
    Ok(letters.fetch_all(pool).await?)
}

/// Retries the parked events of a key, in order. Returns how many were applied; events after one that still fails keep
/// waiting. The sockets are not notified: readers see the rows at their next read or change.
///
/// # Errors
/// [`Error::StillPoison`] when the first of them still fails, [`Error::NothingParked`] when there is none,
/// [`Error::Outdated`] while the projection's rows are of other code.
pub async fn retry(store: &Store, parked: &ParkedKey) -> Result<u64, Error> {
    release(store, parked, None).await
}

/// Skips the first parked event of a key, for `reason`, and applies those that waited behind it. Returns how many were
/// applied. A replay skips the event too.
///
/// # Errors
/// [`Error::NothingParked`] when there is none, [`Error::Outdated`] while the projection's rows are of other code.
pub async fn skip(store: &Store, parked: &ParkedKey, reason: &str) -> Result<u64, Error> {
    release(store, parked, Some(reason)).await
}

async fn release(store: &Store, parked: &ParkedKey, skip_reason: Option<&str>) -> Result<u64, Error> {
    let mut tx = store.pool().begin().await?;
    set_schema_of_transaction(&mut tx).await?;
    // The projector moves its checkpoints with every batch: this waits for the batch that is being written, and makes
    // the next one reload the parked events.
    let registration = registry::find(&parked.projection).ok_or_else(|| nothing_parked(parked))?;
    let code_version: Option<i32> = sqlx::query_scalar(
        "UPDATE checkpoints SET parking_revision = parking_revision + 1 WHERE projection = $1 \
         RETURNING code_version",
    )
    .bind(registration.name)
    .fetch_optional(&mut *tx)
    .await?;
    if code_version.is_some_and(|version| version != registration.code_version) {
        return Err(Error::Outdated {
            projection: parked.projection.clone(),
        });
    }
    let mut positions = positions(&mut tx, parked).await?;
    if positions.is_empty() {
        return Err(nothing_parked(parked));
    }
    let mut skipped = None;
    if let Some(reason) = skip_reason {
        let position = positions.remove(0);
        skipped = Some(position);
        sqlx::query(
            "UPDATE dead_letters SET state = 'skipped', reason = reason || '; skipped: ' || $3 \
             WHERE projection = $1 AND position = $2",
        )
        .bind(&parked.projection)
        .bind(position)
        .bind(reason)
        .execute(&mut *tx)
        .await?;
    }
    let applied = apply(&mut tx, store, registration, &positions).await?;
    if applied == 0 && skip_reason.is_none() {
        let reason = reason(&mut tx, parked, positions[0]).await?;
        return Err(Error::StillPoison {
            position: positions[0],
            reason,
        });
    }
    let mut nested = tx.begin().await?;
    match repeat(&mut nested, store, registration, parked, skipped).await {
        Ok(()) => nested.commit().await?,
        Err(error) => {
            let (projection, error) = (registration.name, with_causes(&error));
            tracing::warn!(projection, error, "Parked events of a replay stay parked.");
            nested.rollback().await?;
        }
    }
    tx.commit().await?;
    Ok(applied)
}

/// Does the same in the shadow of the projection, if it has one: after a switch or a roll-back to it, nothing is parked
/// that an operator has released.
async fn repeat(
    connection: &mut PgConnection,
    store: &Store,
    registration: &'static Registration,
    parked: &ParkedKey,
    skipped: Option<i64>,
) -> Result<(), Error> {
    let has_shadow: Option<bool> = sqlx::query_scalar(
        "SELECT has_tables AND dropped IS NULL AND code_version = $2 FROM replays WHERE projection = $1",
    )
    .bind(registration.name)
    .bind(registration.code_version)
    .fetch_optional(&mut *connection)
    .await?;
    if has_shadow != Some(true) {
        return Ok(());
    }
    sqlx::query("SELECT set_config('search_path', $1, true)")
        .bind(schema_of(registration))
        .execute(&mut *connection)
        .await?;
    // As above, this keeps the order with the shadow's own batches.
    sqlx::query("UPDATE checkpoints SET parking_revision = parking_revision + 1")
        .execute(&mut *connection)
        .await?;
    // It may not have come to this position yet.
    sqlx::query(
        "INSERT INTO dead_letters SELECT * FROM read_model.dead_letters WHERE projection = $1 AND position = $2 \
         ON CONFLICT (projection, position) DO UPDATE SET state = EXCLUDED.state, reason = EXCLUDED.reason",
    )
    .bind(registration.name)
    .bind(skipped)
    .execute(&mut *connection)
    .await?;
    let positions = positions(connection, parked).await?;
    apply(connection, store, registration, &positions).await?;
    Ok(())
}

fn nothing_parked(parked: &ParkedKey) -> Error {
    Error::NothingParked {
        projection: parked.projection.clone(),
        key: parked.key.clone(),
    }
}

async fn positions(connection: &mut PgConnection, parked: &ParkedKey) -> Result<Vec<i64>, Error> {
    let positions = sqlx::query_scalar(
        "SELECT position FROM dead_letters \
         WHERE projection = $1 AND key = $2 AND state <> 'skipped' ORDER BY position LIMIT $3",
    )
    .bind(&parked.projection)
    .bind(&parked.key)
    .bind(RETRY_EVENTS_MAX)
    .fetch_all(connection)
    .await?;
    Ok(positions)
}

async fn reason(connection: &mut PgConnection, parked: &ParkedKey, position: i64) -> Result<String, Error> {
    let reason =
        sqlx::query_scalar("SELECT reason FROM dead_letters WHERE projection = $1 AND position = $2")
            .bind(&parked.projection)
            .bind(position)
            .fetch_one(connection)
            .await?;
    Ok(reason)
}

/// Applies events until one fails, which becomes the poison event. Returns how many were applied.
async fn apply(
    connection: &mut PgConnection,
    store: &Store,
    registration: &Registration,
    positions: &[i64],
) -> Result<u64, Error> {
    let mut projection = (registration.create)();
    let mut events = Vec::with_capacity(positions.len());
    for position in positions {
        let event = store
            .read(position - 1, 1)
            .await?
            .pop()
            .ok_or(Error::Hole { position: *position })?;
        events.push(DecodedEvent::decode(event)?);
    }
    projection.load(connection, &events).await?;
    let mut changes = Changes::suppressed();
    let mut applied = Vec::with_capacity(events.len());
    let mut failure = None;
    for decoded in &events {
        match try_one(projection.as_mut(), decoded, &mut changes) {
            Ok(()) => applied.push(decoded.position),
            Err(reason) => {
                failure = Some((decoded.position, reason));
                break;
            }
        }
    }
    projection
        .write(connection, Writing::Upsert, &mut changes)
        .await?;
    sqlx::query("DELETE FROM dead_letters WHERE projection = $1 AND position = ANY ($2)")
        .bind(registration.name)
        .bind(&applied)
        .execute(&mut *connection)
        .await?;
    if let Some((position, reason)) = failure {
        sqlx::query(
            "UPDATE dead_letters SET state = 'poison', reason = $3 WHERE projection = $1 AND position = $2",
        )
        .bind(registration.name)
        .bind(position)
        .bind(reason)
        .execute(connection)
        .await?;
    }
    Ok(applied.len() as u64)
}

fn try_one(
    projection: &mut dyn Projection,
    decoded: &DecodedEvent,
    changes: &mut Changes,
) -> Result<(), String> {
    let event = decoded.event.as_ref().map_err(ToString::to_string)?;
    projection
        .apply(decoded, event, changes)
        .map_err(|error| error.to_string())
}
