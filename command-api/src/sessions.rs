//! Sessions: one for each log-in, so that logging out ends exactly that one.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::AccountId;
use platform::auth::Revocations;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::tokens::ACCESS_TOKEN_LIFETIME_S;

/// How often the list of revoked sessions is read. It is the longest that a revoked token still counts in
/// the other processes.
pub const REVOCATIONS_REFRESH_INTERVAL: Duration = Duration::from_secs(2);

/// Begins a session.
///
/// # Errors
/// When the database fails.
pub async fn begin(pool: &PgPool, account_id: AccountId, now: DateTime<Utc>) -> Result<Uuid, sqlx::Error> {
    let session_id = Uuid::now_v7();
    sqlx::query!(
        "INSERT INTO command.sessions (session_id, account_id, created_at) VALUES ($1, $2, $3)",
        session_id,
        account_id.as_uuid(),
        now
    )
    .execute(pool)
    .await?;
    Ok(session_id)
}

/// Ends a session. Ending it again changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn revoke(pool: &PgPool, session_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE command.sessions SET revoked_at = now() WHERE session_id = $1 AND revoked_at IS NULL",
        session_id
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Keeps `revocations` up to date with the sessions' table until `shutdown`. Every process that checks
/// tokens runs one of these.
pub async fn follow_revocations(pool: PgPool, revocations: Revocations, shutdown: CancellationToken) {
    let mut was_away = false;
    loop {
        match revoked(&pool).await {
            Ok(sessions) => {
                revocations.replace(sessions, HashMap::new());
                was_away = false;
            }
            Err(error) if !was_away => {
                tracing::warn!(%error, "Revoked sessions cannot be read; the list known last still counts.");
                was_away = true;
            }
            Err(_) => {}
        }
        tokio::select! {
            () = tokio::time::sleep(REVOCATIONS_REFRESH_INTERVAL) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// The sessions revoked so lately that a token of theirs may not have expired yet.
async fn revoked(pool: &PgPool) -> Result<HashSet<Uuid>, sqlx::Error> {
    let reach_s = f64::from(ACCESS_TOKEN_LIFETIME_S + 60);
    let sessions = sqlx::query_scalar!(
        "SELECT session_id FROM command.sessions WHERE revoked_at > now() - make_interval(secs => $1)",
        reach_s
    )
    .fetch_all(pool)
    .await?;
    Ok(sessions.into_iter().collect())
}
