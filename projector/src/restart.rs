//! The way out for projections whose rows are of events that the log does not have: all are built anew from the log.

use serde_json::json;
use sqlx::PgPool;

use crate::Error;
use crate::checkpoint::{NEVER_BUILT, ahead_of_store};
use crate::leader::set_schema_of_transaction;
use crate::operator_actions::{self, NewAction, Subject};
use crate::registry;
use crate::replay::row::{self, New};

/// Puts the leader back to the head of the log and has every projection built anew, by `by` for `reason`, which are
/// recorded. Until a projection is built, its reads answer that it is not caught up. Returns the position up to which
/// they are built.
///
/// # Errors
/// [`Error::NotAhead`] if the log has the event that was applied last, and when Postgres fails.
pub async fn restart(pool: &PgPool, by: &str, reason: &str) -> Result<i64, Error> {
    let mut tx = pool.begin().await?;
    set_schema_of_transaction(&mut tx).await?;
    sqlx::query("SELECT FROM leader FOR UPDATE")
        .execute(&mut *tx)
        .await?;
    let ahead = ahead_of_store(&mut tx).await?.ok_or(Error::NotAhead)?;
    let head: i64 = sqlx::query_scalar(
        "UPDATE leader SET position = h.position, offsets = '{}', moved_at = now(), \
             event_hash = (SELECT hash FROM event_store.events WHERE position = h.position) \
         FROM event_store.log_head AS h RETURNING h.position",
    )
    .fetch_one(&mut *tx)
    .await?;
    sqlx::query(
        "UPDATE checkpoints SET position = 0, code_version = $1, stopped = NULL, stop_is_fault_at = NULL, \
             parking_revision = parking_revision + 1",
    )
    .bind(NEVER_BUILT)
    .execute(&mut *tx)
    .await?;
    sqlx::raw_sql("DELETE FROM dead_letters; DELETE FROM changes")
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE publications SET position = $1 WHERE position > $1")
        .bind(head)
        .execute(&mut *tx)
        .await?;
    for registration in registry::all() {
        let new = New {
            registration,
            reason: "new",
            automatic: true,
            requested_by: by,
            throttle: None,
            workers: None,
        };
        row::begin(&mut tx, &new).await?;
    }
    let action = NewAction {
        subject: Subject::Consumer,
        name: "projections",
        verb: "restart",
        by,
        reason: Some(reason),
        detail: json!({ "stopped_at": ahead.position(), "head": head }),
    };
    operator_actions::record(&mut tx, &action).await?;
    tx.commit().await?;
    Ok(head)
}
