//! The dead letters of projections: retrying and skipping them.

use event_store::Store;
use platform::causes::with_causes;
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::Error;
use crate::copy::Writing;
use crate::decoded_event::DecodedEvent;
use crate::leader::set_schema_of_transaction;
use crate::projection::{Changes, Projection};
use crate::registry::{self, Registration};
use crate::replay::schema_of;

/// The most events of one key that a retry applies; the rest waits for the next retry.
const RETRY_EVENTS_MAX: i64 = 10_000;

/// The parked events of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedKey {
    /// The projection.
    pub projection: String,
    /// The order's id, or the SKU.
    pub key: String,
}

/// What an operator saw of the event to be skipped: it must not have changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Its position.
    pub position: i64,
    /// Its id.
    pub event_id: Uuid,
    /// Its failed attempts.
    pub attempts: i32,
}

/// The result of a retry or a skip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// How many events were applied.
    pub applied: u64,
    /// The position of the event that still fails, and why; later events of its key keep waiting.
    pub failure: Option<(i64, String)>,
}

/// Retries the parked events of a key, in order, in the transaction of `tx`; events after one that still fails keep
/// waiting. The sockets are not notified: readers see the rows at their next read or change.
///
/// # Errors
/// [`Error::NothingParked`] when there is none, [`Error::Outdated`] while the projection's rows are of other code.
pub async fn retry(tx: &mut PgConnection, store: &Store, parked: &ParkedKey) -> Result<Released, Error> {
    release(tx, store, parked, None).await
}

/// Skips the first parked event of a key, for `reason`, and applies those that waited behind it, in the transaction of
/// `tx`. A replay of the same code skips the event too.
///
/// # Errors
/// [`Error::LetterMoved`] when the first event is not as it was `seen`, [`Error::NothingParked`] when there is none,
/// [`Error::Outdated`] while the projection's rows are of other code.
pub async fn skip(
    tx: &mut PgConnection,
    store: &Store,
    parked: &ParkedKey,
    (seen, reason): (Seen, &str),
) -> Result<Released, Error> {
    release(tx, store, parked, Some((seen, reason))).await
}

async fn release(
    tx: &mut PgConnection,
    store: &Store,
    parked: &ParkedKey,
    skip: Option<(Seen, &str)>,
) -> Result<Released, Error> {
    set_schema_of_transaction(tx).await?;
    let registration = registry::find(&parked.projection).ok_or_else(|| nothing_parked(parked))?;
    lock(tx, registration).await?;
    let mut positions = positions(tx, parked).await?;
    if positions.is_empty() {
        return Err(nothing_parked(parked));
    }
    let mut skipped = None;
    if let Some((seen, reason)) = skip {
        skip_first(tx, parked, seen, reason).await?;
        skipped = Some(positions.remove(0));
    }
    let released = apply(tx, store, registration, &positions).await?;
    let mut nested = tx.begin().await?;
    match repeat(&mut nested, store, registration, parked, skipped).await {
        Ok(()) => nested.commit().await?,
        Err(error) => {
            let (projection, error) = (registration.name, with_causes(&error));
            tracing::warn!(projection, error, "Parked events of a replay stay parked.");
            nested.rollback().await?;
        }
    }
    Ok(released)
}

/// The projector moves its checkpoints with every batch: this waits for the batch that is being written, and makes the
/// next one reload the parked events.
async fn lock(connection: &mut PgConnection, registration: &Registration) -> Result<(), Error> {
    let code_version: Option<i32> = sqlx::query_scalar(
        "UPDATE checkpoints SET parking_revision = parking_revision + 1 WHERE projection = $1 \
         RETURNING code_version",
    )
    .bind(registration.name)
    .fetch_optional(connection)
    .await?;
    if code_version.is_some_and(|version| version != registration.code_version) {
        return Err(Error::Outdated {
            projection: registration.name.to_owned(),
        });
    }
    Ok(())
}

/// Marks the first parked event of a key as skipped, if it is as it was seen.
async fn skip_first(
    connection: &mut PgConnection,
    parked: &ParkedKey,
    seen: Seen,
    reason: &str,
) -> Result<(), Error> {
    let skipped = sqlx::query(
        "UPDATE dead_letters SET state = 'skipped', reason = reason || '; skipped: ' || $6 \
         WHERE projection = $1 AND position = $2 AND event_id = $3 AND attempts = $4 AND position = ( \
             SELECT MIN(position) FROM dead_letters WHERE projection = $1 AND key = $5 AND state <> 'skipped')",
    )
    .bind(&parked.projection)
    .bind(seen.position)
    .bind(seen.event_id)
    .bind(seen.attempts)
    .bind(&parked.key)
    .bind(reason)
    .execute(connection)
    .await?;
    if skipped.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::LetterMoved {
            consumer: parked.projection.clone(),
            position: seen.position,
        })
    }
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

/// Applies events until one fails, which becomes the poison event.
async fn apply(
    connection: &mut PgConnection,
    store: &Store,
    registration: &Registration,
    positions: &[i64],
) -> Result<Released, Error> {
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
    if let Some((position, reason)) = &failure {
        sqlx::query(
            "UPDATE dead_letters SET state = 'poison', reason = $3, attempts = attempts + 1, last_attempt_at = now() \
             WHERE projection = $1 AND position = $2",
        )
        .bind(registration.name)
        .bind(position)
        .bind(reason)
        .execute(connection)
        .await?;
    }
    Ok(Released {
        applied: applied.len() as u64,
        failure,
    })
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
