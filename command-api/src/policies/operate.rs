//! What operators do with the dead letters of policies: retry and skip.

use sqlx::PgConnection;

use super::{NAMES, checkpoint, letters};

/// What an operator saw of the event to be skipped: it must not have changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Its position.
    pub position: i64,
    /// Its failed attempts.
    pub attempts: i32,
}

/// Why a letter could not be retried or skipped.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// No policy has that name.
    #[error("there is no policy `{0}`; there are {names}", names = NAMES.join(", "))]
    UnknownPolicy(String),
    /// No event of that key failed.
    #[error("policy `{policy}` has no dead letter with the key `{key}`")]
    NoLetter {
        /// The policy.
        policy: String,
        /// The key.
        key: String,
    },
    /// A dead letter is no longer as the operator saw it.
    #[error("the dead letter of `{policy}` at position {position} has changed; look at it again")]
    Moved {
        /// The policy.
        policy: String,
        /// The position of the event.
        position: i64,
    },
    /// Postgres failed.
    #[error("the dead letters cannot be read or written")]
    Database(#[from] sqlx::Error),
}

/// Retries the first letter of a key within a second, with all its attempts. Returns the event's position.
///
/// # Errors
/// When there is no such letter, or Postgres fails.
pub async fn retry(tx: &mut PgConnection, policy: &str, key: &str) -> Result<i64, OperateError> {
    let (position, _) = lock_first(tx, policy, key).await?;
    sqlx::query!(
        "UPDATE command.policy_letters SET state = 'retrying', attempts = 0, next_attempt_at = now()
         WHERE policy = $1 AND position = $2",
        policy,
        position
    )
    .execute(tx)
    .await?;
    Ok(position)
}

/// Skips the first letter of a key, for a reason that is stored with it. The next event of the key becomes due.
///
/// # Errors
/// [`OperateError::Moved`] when the first letter is not as it was `seen`; when there is none, or Postgres fails.
pub async fn skip(
    tx: &mut PgConnection,
    policy: &str,
    key: &str,
    (seen, reason): (Seen, &str),
) -> Result<(), OperateError> {
    let first = lock_first(tx, policy, key).await?;
    if first != (seen.position, seen.attempts) {
        return Err(OperateError::Moved {
            policy: policy.to_owned(),
            position: seen.position,
        });
    }
    sqlx::query!(
        "UPDATE command.policy_letters SET state = 'skipped', skip_reason = $3
         WHERE policy = $1 AND position = $2",
        policy,
        seen.position,
        reason
    )
    .execute(&mut *tx)
    .await?;
    letters::promote(tx, policy, &[key]).await?;
    Ok(())
}

/// Finds position and attempts of a key's first letter, and locks it until the transaction ends.
async fn lock_first(
    connection: &mut PgConnection,
    policy: &str,
    key: &str,
) -> Result<(i64, i32), OperateError> {
    if !NAMES.contains(&policy) {
        return Err(OperateError::UnknownPolicy(policy.to_owned()));
    }
    checkpoint::lock(&mut *connection, policy).await?;
    let first = sqlx::query!(
        "SELECT position, attempts FROM command.policy_letters
         WHERE policy = $1 AND key = $2 AND state IN ('retrying', 'parked') ORDER BY position LIMIT 1 FOR UPDATE",
        policy,
        key
    )
    .fetch_optional(connection)
    .await?;
    let first = first.map(|letter| (letter.position, letter.attempts));
    first.ok_or_else(|| OperateError::NoLetter {
        policy: policy.to_owned(),
        key: key.to_owned(),
    })
}
