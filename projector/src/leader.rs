//! Leadership: an advisory lock, held by the connection that the leader writes with.

use std::time::Duration;

use sqlx::{PgConnection, PgPool};
use tokio_util::sync::CancellationToken;

use crate::Error;

/// The schema of the live read models.
pub const SCHEMA: &str = "read_model";

/// The advisory lock of the leading projector: "waybillP" in ASCII.
const LOCK_ID: i64 = 0x7761_7962_696c_6c50;

/// How often a projector that does not lead tries to acquire the lead.
const RETRY_INTERVAL: Duration = Duration::from_millis(500);

/// Waits until this process leads. The lead is bound to the connection: dropping it ends the lead, and if Postgres
/// loses it the next write fails. Returns none if the shutdown began first.
///
/// # Errors
/// When Postgres fails.
pub(crate) async fn acquire(
    pool: &PgPool,
    shutdown: &CancellationToken,
) -> Result<Option<PgConnection>, Error> {
    // Detached from the pool: the lock must not outlive its holder in a connection that others reuse.
    let mut connection = pool.acquire().await?.detach();
    set_schema(&mut connection, SCHEMA).await?;
    let mut is_waiting = false;
    loop {
        let is_leading: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
            .bind(LOCK_ID)
            .fetch_one(&mut connection)
            .await?;
        if is_leading {
            return Ok(Some(connection));
        }
        if !is_waiting {
            tracing::info!("Another projector leads; this one waits to take over.");
            is_waiting = true;
        }
        tokio::select! {
            () = tokio::time::sleep(RETRY_INTERVAL) => {}
            () = shutdown.cancelled() => return Ok(None),
        }
    }
}

/// Records that the leader runs, whether or not there is work. This distinguishes an idle projector from a stopped one.
pub(crate) async fn beat(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE leader SET heartbeat_at = now()")
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes statements without a schema refer to the live tables, until the transaction ends.
pub(crate) async fn set_schema_of_transaction(transaction: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT set_config('search_path', $1, true)")
        .bind(SCHEMA)
        .execute(transaction)
        .await?;
    Ok(())
}

/// Makes statements without a schema refer to the tables of `schema`.
pub(crate) async fn set_schema(connection: &mut PgConnection, schema: &str) -> Result<(), sqlx::Error> {
    // Short statements handle many rows: compiling a plan would take longer than running it.
    sqlx::query("SELECT set_config('search_path', $1, false), set_config('jit', 'off', false)")
        .bind(schema)
        .execute(connection)
        .await?;
    Ok(())
}
