//! Sessions: one for each log-in, so that logging out ends only that one.
//!
//! A session lasts as long as its refresh tokens are used. Each is valid once and is replaced by the next
//! generation; for a minute more, it is answered with the newest. Reuse after that implies theft, and ends the session
//! (RFC 9700, section 4.14.2).

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::AccountId;
use platform::auth::Revocations;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How long an access token of a session is valid, in seconds.
pub const ACCESS_TOKEN_LIFETIME_S: u32 = 15 * 60;

/// How often the list of revoked sessions is read. Other processes accept a revoked token for at most this long.
pub const REVOCATIONS_REFRESH_INTERVAL: Duration = Duration::from_secs(2);

/// How long a refresh token stays valid after its first use, in seconds: the answer may have been lost, and
/// several pages of a browser may use it at once. Each use returns the newest token.
pub const REFRESH_REPEAT_S: i64 = 60;

/// How many replaced generations are remembered for it.
const REPLACED_COUNT_MAX: i32 = 50;

/// A session as of its newest refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Id of the session.
    pub session_id: Uuid,
    /// Account of the session.
    pub account_id: AccountId,
    /// The number of its valid refresh token, from 1.
    pub generation: i32,
    /// When that token was issued.
    pub refreshed_at: DateTime<Utc>,
}

/// The outcome of using a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    /// The session continues.
    Prolonged(Session),
    /// The session has ended or does not exist.
    Ended,
    /// The token was used before. The session ends now.
    Reused,
}

/// Starts a session.
///
/// # Errors
/// When the database fails.
pub async fn begin(pool: &PgPool, account_id: AccountId, now: DateTime<Utc>) -> Result<Session, sqlx::Error> {
    let session = Session {
        session_id: Uuid::now_v7(),
        account_id,
        generation: 1,
        refreshed_at: now,
    };
    sqlx::query!(
        "INSERT INTO command.sessions (session_id, account_id, created_at, generation, refreshed_at)
         VALUES ($1, $2, $3, $4, $3)",
        session.session_id,
        account_id.as_uuid(),
        now,
        session.generation
    )
    .execute(pool)
    .await?;
    Ok(session)
}

/// Uses the refresh token of `generation`.
///
/// # Errors
/// When the database fails.
pub async fn refresh(
    pool: &PgPool,
    session_id: Uuid,
    generation: i32,
    now: DateTime<Utc>,
) -> Result<Refresh, sqlx::Error> {
    // Concurrent uses are serialised here: the first advances the session, the others see the new generation.
    let row = sqlx::query!(
        r#"UPDATE command.sessions
         SET generation = CASE WHEN generation = $2 THEN generation + 1 ELSE generation END,
             refreshed_at = CASE WHEN generation = $2 THEN $3 ELSE refreshed_at END,
             replaced_at = CASE WHEN generation = $2 THEN ($3 || replaced_at)[1:$4] ELSE replaced_at END
         WHERE session_id = $1 AND revoked_at IS NULL
         RETURNING account_id, generation, refreshed_at, replaced_at[generation - $2] AS replaced_at"#,
        session_id,
        generation,
        now,
        REPLACED_COUNT_MAX
    )
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else {
        return Ok(Refresh::Ended);
    };
    let is_recent = |replaced_at: DateTime<Utc>| (now - replaced_at).num_seconds() <= REFRESH_REPEAT_S;
    if !row.replaced_at.is_some_and(is_recent) {
        revoke(pool, session_id).await?;
        return Ok(Refresh::Reused);
    }
    Ok(Refresh::Prolonged(Session {
        session_id,
        account_id: AccountId::from_uuid(row.account_id),
        generation: row.generation,
        refreshed_at: row.refreshed_at,
    }))
}

/// The account of a session, also of one that has ended.
///
/// # Errors
/// When Postgres fails.
pub async fn account_of(pool: &PgPool, session_id: Uuid) -> Result<Option<AccountId>, sqlx::Error> {
    let account_id = sqlx::query_scalar!(
        "SELECT account_id FROM command.sessions WHERE session_id = $1",
        session_id
    );
    Ok(account_id.fetch_optional(pool).await?.map(AccountId::from_uuid))
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

/// Keeps `revocations` in sync with the sessions table until `shutdown`. Every process that checks tokens runs one of
/// these.
pub async fn follow_revocations(pool: PgPool, revocations: Revocations, shutdown: CancellationToken) {
    let mut was_away = false;
    loop {
        match revoked(&pool).await {
            Ok(sessions) => {
                revocations.replace(sessions);
                was_away = false;
            }
            Err(error) if !was_away => {
                tracing::warn!(%error, "Revoked sessions cannot be read; the last known list stays in use.");
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

/// The sessions revoked so recently that one of their tokens may not have expired yet, and the orders of erased guests.
async fn revoked(pool: &PgPool) -> Result<HashSet<Uuid>, sqlx::Error> {
    let reach_s = f64::from(ACCESS_TOKEN_LIFETIME_S + 60);
    let sessions = sqlx::query_scalar!(
        r#"SELECT session_id AS "id!" FROM command.sessions WHERE revoked_at > now() - make_interval(secs => $1)
         UNION ALL SELECT id FROM command.ended_tokens WHERE ends_at > now()"#,
        reach_s
    )
    .fetch_all(pool)
    .await?;
    Ok(sessions.into_iter().collect())
}
