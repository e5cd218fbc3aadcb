//! The switch to rebuilt tables, made by the leader between two of its batches.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::beside::Build;
use crate::Error;
use crate::batch::{CHANGES_NOTIFICATION, notification};

/// How long the switch may wait for readers of the live tables. New readers wait behind it for as long.
const LOCK_TIMEOUT: &str = "500ms";

/// The leader's position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LeaderState {
    pub position: i64,
    /// Whether every projection is current after the switch.
    pub is_complete: bool,
}

/// Replaces the live tables with those of `build`, which must have reached the leader's position, in one transaction:
/// rows, parked events, and the checkpoint with its code version. Readers see either the old or the new rows.
///
/// # Errors
/// [`Error::CheckpointLost`] when another projector leads; [`Error::is_lock_timeout`] when a reader blocked the switch.
/// Nothing has changed in these cases.
pub(crate) async fn switch(
    connection: &mut PgConnection,
    build: &Build,
    leader: LeaderState,
) -> Result<(), Error> {
    let name = build.registration.name;
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
    // This waits for a running retry of parked events, and later retries wait for the switch.
    let moved = sqlx::query(
        "UPDATE checkpoints SET position = $2, code_version = $3, stopped = NULL, \
             parking_revision = parking_revision + 1 \
         WHERE projection = $1",
    )
    .bind(name)
    .bind(leader.position)
    .bind(build.registration.code_version)
    .execute(&mut *tx)
    .await?;
    if held.rows_affected() != 1 || moved.rows_affected() != 1 {
        return Err(Error::CheckpointLost);
    }
    replace_letters(&mut tx, build).await?;
    sqlx::query("SELECT swap_in_tables($1, $2)")
        .bind(&build.schema)
        .bind(build.registration.table_names())
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM rebuilds WHERE projection = $1")
        .bind(name)
        .execute(&mut *tx)
        .await?;
    sqlx::query("SELECT pg_notify($1, $2)")
        .bind(CHANGES_NOTIFICATION)
        .bind(notification(leader.position, leader.is_complete))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Replaces the parked events with those of the rebuild. Letters already published are not published again.
async fn replace_letters(connection: &mut PgConnection, build: &Build) -> Result<(), sqlx::Error> {
    let (schema, name) = (&build.schema, build.registration.name);
    sqlx::query(AssertSqlSafe(format!(
        "UPDATE {schema}.dead_letters AS new SET parked_at = old.parked_at, published = old.published \
         FROM dead_letters AS old WHERE old.projection = new.projection AND old.position = new.position"
    )))
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM dead_letters WHERE projection = $1")
        .bind(name)
        .execute(&mut *connection)
        .await?;
    sqlx::query(AssertSqlSafe(format!(
        "INSERT INTO dead_letters SELECT * FROM {schema}.dead_letters WHERE projection = $1"
    )))
    .bind(name)
    .execute(connection)
    .await?;
    Ok(())
}
