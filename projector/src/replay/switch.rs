//! The exchange of the live tables and those of a shadow, made by the leader between two of its batches.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::phase::Phase;
use super::shadow::Shadow;
use crate::Error;
use crate::batch::{CHANGES_NOTIFICATION, notification};

/// How long the exchange may wait for readers of the live tables. New readers wait behind it for as long.
const LOCK_TIMEOUT: &str = "500ms";

/// The leader's position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LeaderState {
    pub position: i64,
    /// Whether every projection is current afterwards.
    pub is_complete: bool,
}

/// Which way the tables are exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the replay. The replaced tables are kept for so long.
    Switch { kept: Duration },
    /// Back to the tables that the replay replaced.
    RollBack,
}

/// The result of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exchanged {
    /// The shadow has the replaced tables, and follows the log with them.
    Kept,
    /// The replaced tables are dropped: this code can't continue them.
    Dropped,
    /// Nothing has changed: an operator wants something else by now, or the shadow is at another position.
    Withdrawn,
}

/// Exchanges the live tables and those of `shadow`, which must have reached the leader's position, in one transaction:
/// rows, parked events, and the checkpoint with its code version. Readers see either the old or the new rows.
///
/// # Errors
/// [`Error::CheckpointLost`] when another projector leads; [`Error::is_lock_timeout`] when a reader blocked the exchange.
/// Nothing has changed in these cases.
pub(crate) async fn exchange(
    connection: &mut PgConnection,
    shadow: &Shadow,
    leader: LeaderState,
    direction: Direction,
) -> Result<Exchanged, Error> {
    let mut tx = connection.begin().await?;
    sqlx::query("SELECT set_config('lock_timeout', $1, true)")
        .bind(LOCK_TIMEOUT)
        .execute(&mut *tx)
        .await?;
    // The same compare-and-set as in every batch: it fences a projector that no longer leads, and locks the position.
    let held = sqlx::query("UPDATE leader SET heartbeat_at = now() WHERE position = $1")
        .bind(leader.position)
        .execute(&mut *tx)
        .await?;
    if held.rows_affected() != 1 {
        return Err(Error::CheckpointLost);
    }
    let old_version = move_checkpoint(&mut tx, shadow, leader).await?;
    let dropped = match old_version {
        None => None,
        Some(0) => Some("the projection had never been built".to_owned()),
        Some(version) => Some(format!(
            "code version {} of this release can't continue rows of code version {version}",
            shadow.registration.code_version
        )),
    };
    let is_together = is_at(&mut tx, shadow, leader.position).await?;
    if !is_together || !record(&mut tx, shadow, direction, dropped.as_deref()).await? {
        return Ok(Exchanged::Withdrawn);
    }
    exchange_letters(&mut tx, shadow).await?;
    let statement = match dropped {
        None => "SELECT exchange_tables($1, $2)",
        Some(_) => "SELECT swap_in_tables($1, $2)",
    };
    sqlx::query(statement)
        .bind(&shadow.schema)
        .bind(shadow.registration.table_names())
        .execute(&mut *tx)
        .await?;
    sqlx::query("SELECT pg_notify($1, $2)")
        .bind(CHANGES_NOTIFICATION)
        .bind(notification(leader.position, leader.is_complete))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(if dropped.is_some() {
        Exchanged::Dropped
    } else {
        Exchanged::Kept
    })
}

/// Moves the live checkpoint to the leader's position and the shadow's code. Returns the code version of the live rows
/// if this code can't continue them, and 0 for rows that are at another position.
async fn move_checkpoint(
    connection: &mut PgConnection,
    shadow: &Shadow,
    leader: LeaderState,
) -> Result<Option<i32>, Error> {
    // This waits for a running retry of parked events, and later retries wait for the exchange.
    let live: Option<(i64, i32)> =
        sqlx::query_as("SELECT position, code_version FROM checkpoints WHERE projection = $1 FOR UPDATE")
            .bind(shadow.registration.name)
            .fetch_optional(&mut *connection)
            .await?;
    let Some((position, version)) = live else {
        return Err(Error::CheckpointLost);
    };
    sqlx::query(
        "UPDATE checkpoints SET position = $2, code_version = $3, stopped = NULL, \
             parking_revision = parking_revision + 1 \
         WHERE projection = $1",
    )
    .bind(shadow.registration.name)
    .bind(leader.position)
    .bind(shadow.registration.code_version)
    .execute(connection)
    .await?;
    let is_continued = version == shadow.registration.code_version && position == leader.position;
    Ok((!is_continued).then_some(version))
}

/// Whether the shadow's tables are at `position`. Retries of parked events wait for the exchange.
async fn is_at(connection: &mut PgConnection, shadow: &Shadow, position: i64) -> Result<bool, sqlx::Error> {
    let stored: Option<i64> = sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT position FROM {}.checkpoints WHERE projection = $1 FOR UPDATE",
        shadow.schema
    )))
    .bind(shadow.registration.name)
    .fetch_optional(connection)
    .await?;
    Ok(stored == Some(position))
}

/// Records the exchange in the row of the replay. Returns false if it is not wanted any more.
async fn record(
    connection: &mut PgConnection,
    shadow: &Shadow,
    direction: Direction,
    dropped: Option<&str>,
) -> Result<bool, sqlx::Error> {
    let is_kept = dropped.is_none();
    let recorded = match direction {
        Direction::Switch { kept } => {
            sqlx::query(
                "UPDATE replays SET phase = $2, wanted = NULL, refused = NULL, error = NULL, switched_at = now(), \
                     automatic = false, has_tables = $3, dropped = $4, \
                     kept_until = CASE WHEN $3 THEN now() + make_interval(secs => $5) END \
                 WHERE id = $1 AND phase IN ('ready', 'verified') AND (automatic OR wanted = 'switch')",
            )
            .bind(shadow.id)
            .bind(Phase::Switched.as_str())
            .bind(is_kept)
            .bind(dropped)
            .bind(kept.as_secs_f64())
            .execute(connection)
            .await?
        }
        Direction::RollBack => {
            sqlx::query(
                "UPDATE replays SET phase = $2, wanted = NULL, refused = NULL, error = NULL, switched_at = NULL, \
                     kept_until = NULL, has_tables = $3, dropped = $4 \
                 WHERE id = $1 AND phase = 'switched' AND wanted = 'roll_back'",
            )
            .bind(shadow.id)
            .bind(Phase::Ready.as_str())
            .bind(is_kept)
            .bind(dropped)
            .execute(connection)
            .await?
        }
    };
    Ok(recorded.rows_affected() == 1)
}

/// The name under which the parked events of the live projection are stored in a shadow for a moment.
const ASIDE: &str = "(live)";

/// Exchanges the parked events. Letters already published are not published again.
async fn exchange_letters(connection: &mut PgConnection, shadow: &Shadow) -> Result<(), sqlx::Error> {
    let (schema, name) = (&shadow.schema, shadow.registration.name);
    let columns =
        "position, key, event_id, event_type, state, reason, attempts, last_attempt_at, parked_at, published";
    let statements = [
        format!(
            "INSERT INTO {schema}.dead_letters (projection, {columns}) \
             SELECT $2, {columns} FROM dead_letters WHERE projection = $1"
        ),
        format!(
            "UPDATE {schema}.dead_letters AS new SET parked_at = old.parked_at, published = old.published \
             FROM {schema}.dead_letters AS old \
             WHERE new.projection = $1 AND old.projection = $2 AND old.position = new.position"
        ),
        "DELETE FROM dead_letters WHERE projection = $1 AND $2::text IS NOT NULL".to_owned(),
        format!(
            "INSERT INTO dead_letters (projection, {columns}) \
             SELECT projection, {columns} FROM {schema}.dead_letters WHERE projection = $1 AND projection <> $2"
        ),
        format!("DELETE FROM {schema}.dead_letters WHERE projection = $1 AND projection <> $2"),
        format!("UPDATE {schema}.dead_letters SET projection = $1 WHERE projection = $2"),
    ];
    for statement in statements {
        sqlx::query(AssertSqlSafe(statement))
            .bind(name)
            .bind(ASIDE)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
