//! The way out for a policy that has handled events which the log does not have.

use sqlx::PgConnection;

use super::{NAMES, checkpoint};

/// Why a policy was not restarted.
#[derive(Debug, thiserror::Error)]
pub enum RestartError {
    /// No policy has that name.
    #[error("there is no policy `{0}`; there are {names}", names = NAMES.join(", "))]
    UnknownPolicy(String),
    /// The log has the event that the policy has read last.
    #[error("policy `{0}` is not ahead of the store, so it is not restarted")]
    NotAhead(String),
    /// A policy can't go on after the end of the log.
    #[error("the log ends at position {0}")]
    BeyondHead(i64),
    /// Postgres failed.
    #[error("the checkpoint cannot be read or written")]
    Database(#[from] sqlx::Error),
}

/// Has a policy that is ahead of the log go on after the position `from`. Its letters of later events are deleted: those
/// events are handled again, which changes nothing where it was done. Returns the position that it had read up to.
///
/// # Errors
/// [`RestartError::NotAhead`] if the log has what the policy has handled, [`RestartError::BeyondHead`], or when Postgres
/// fails.
pub async fn restart(tx: &mut PgConnection, policy: &str, from: i64) -> Result<i64, RestartError> {
    if !NAMES.contains(&policy) {
        return Err(RestartError::UnknownPolicy(policy.to_owned()));
    }
    checkpoint::lock(&mut *tx, policy).await?;
    let standing = checkpoint::compare(&mut *tx, policy).await?;
    if standing.ahead.is_none() {
        return Err(RestartError::NotAhead(policy.to_owned()));
    }
    if from > standing.head {
        return Err(RestartError::BeyondHead(standing.head));
    }
    // What is due later stays so: `position` may be before events that wait for their time.
    sqlx::query!(
        "UPDATE command.policy_checkpoints
         SET position = LEAST(position, $2), read_position = $2, updated_at = now(), stopped_position = NULL,
             stop_reason = NULL, event_hash = (SELECT hash FROM event_store.events WHERE position = $2)
         WHERE policy = $1",
        policy,
        from
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "DELETE FROM command.policy_letters WHERE policy = $1 AND position > $2",
        policy,
        from
    )
    .execute(tx)
    .await?;
    Ok(standing.read_position)
}
