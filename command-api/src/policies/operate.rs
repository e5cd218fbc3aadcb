//! Operations on letters: list, retry and skip.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{Acquire as _, PgConnection, PgPool};

use super::{NAMES, checkpoint, letters};

/// What happens next to a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum LetterState {
    /// It is retried automatically.
    Retrying,
    /// It waits for an operator.
    Parked,
}

/// The first event of a key that a policy failed to handle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// The policy's name.
    pub policy: String,
    /// The event's partition key.
    pub key: String,
    /// The event's position.
    pub position: i64,
    /// The event's type.
    pub event_type: String,
    /// Its state.
    pub state: LetterState,
    /// Failed attempts.
    pub attempts: i32,
    /// The time of the next attempt, if it is retrying.
    pub next_attempt_at: DateTime<Utc>,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// Later events of the same key that wait behind it.
    pub waiting: i64,
}

/// Why a letter could not be retried or skipped.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// No policy has that name.
    #[error("there is no policy `{0}`; there are {names}", names = NAMES.join(", "))]
    UnknownPolicy(String),
    /// No event of that key failed.
    #[error("policy `{policy}` has no letter with the key `{key}`")]
    NoLetter {
        /// The policy.
        policy: String,
        /// The key.
        key: String,
    },
    /// Postgres failed.
    #[error("the letters cannot be read or written")]
    Database(#[from] sqlx::Error),
}

/// The letters of all policies that are retrying or parked, at most `letters_max`.
///
/// # Errors
/// When Postgres fails.
pub async fn list(pool: &PgPool, letters_max: i64) -> Result<Vec<Letter>, sqlx::Error> {
    sqlx::query_as!(
        Letter,
        r#"SELECT policy, key, position, event_type, state AS "state: LetterState", attempts, next_attempt_at, error,
               (SELECT COUNT(*) FROM command.policy_letters AS behind
                WHERE behind.policy = letter.policy AND behind.key = letter.key AND behind.state = 'waiting')
                   AS "waiting!"
           FROM command.policy_letters AS letter WHERE state IN ('retrying', 'parked')
           ORDER BY policy, position LIMIT $1"#,
        letters_max
    )
    .fetch_all(pool)
    .await
}

/// Retries the first letter of a key at once, with all its attempts. Returns the event's position.
///
/// # Errors
/// When there is no such letter, or Postgres fails.
pub async fn retry(pool: &PgPool, policy: &str, key: &str) -> Result<i64, OperateError> {
    let mut tx = pool.begin().await?;
    let position = lock_first(&mut tx, policy, key).await?;
    sqlx::query!(
        "UPDATE command.policy_letters SET state = 'retrying', attempts = 0, next_attempt_at = now()
         WHERE policy = $1 AND position = $2",
        policy,
        position
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(position)
}

/// Retries all parked letters of a policy, for example after an outage of the provider. Returns their number.
///
/// # Errors
/// When there is no such policy, or Postgres fails.
pub async fn retry_all(pool: &PgPool, policy: &str) -> Result<u64, OperateError> {
    check_name(policy)?;
    let retried = sqlx::query!(
        "UPDATE command.policy_letters SET state = 'retrying', attempts = 0, next_attempt_at = now()
         WHERE policy = $1 AND state = 'parked'",
        policy
    )
    .execute(pool)
    .await?;
    Ok(retried.rows_affected())
}

/// Skips the first letter of a key, for a reason that is stored with it. The next event of the key becomes due. Returns
/// the position of the skipped event.
///
/// # Errors
/// When there is no such letter, or Postgres fails.
pub async fn skip(pool: &PgPool, policy: &str, key: &str, reason: &str) -> Result<i64, OperateError> {
    let mut tx = pool.begin().await?;
    let position = lock_first(&mut tx, policy, key).await?;
    sqlx::query!(
        "UPDATE command.policy_letters SET state = 'skipped', skip_reason = $3
         WHERE policy = $1 AND position = $2",
        policy,
        position,
        reason
    )
    .execute(&mut *tx)
    .await?;
    letters::promote(tx.acquire().await?, policy, &[key]).await?;
    tx.commit().await?;
    Ok(position)
}

/// Finds the position of a key's first letter, and locks it until the transaction ends.
async fn lock_first(connection: &mut PgConnection, policy: &str, key: &str) -> Result<i64, OperateError> {
    check_name(policy)?;
    checkpoint::lock(&mut *connection, policy).await?;
    let first = sqlx::query_scalar!(
        "SELECT position FROM command.policy_letters
         WHERE policy = $1 AND key = $2 AND state IN ('retrying', 'parked') ORDER BY position LIMIT 1",
        policy,
        key
    )
    .fetch_optional(connection)
    .await?;
    first.ok_or_else(|| OperateError::NoLetter {
        policy: policy.to_owned(),
        key: key.to_owned(),
    })
}

fn check_name(policy: &str) -> Result<(), OperateError> {
    if NAMES.contains(&policy) {
        Ok(())
    } else {
        Err(OperateError::UnknownPolicy(policy.to_owned()))
    }
}
