//! Checkpoints of policies in the log.

use sqlx::{PgConnection, PgPool};

use super::letters::{self, NewLetter};

/// The position up to which `policy` has handled every event, by a reaction or a letter.
pub(super) async fn load(pool: &PgPool, policy: &str) -> Result<i64, sqlx::Error> {
    let position = sqlx::query_scalar!(
        "SELECT position FROM command.policy_checkpoints WHERE policy = $1",
        policy
    )
    .fetch_optional(pool)
    .await?;
    Ok(position.unwrap_or(0))
}

/// Moves the checkpoint to `reached` and stores the letters of the events before it, in one transaction. Returns the
/// checkpoint, which is further if another process was faster; no letters are stored for events that process handled.
pub(super) async fn advance(
    pool: &PgPool,
    policy: &str,
    reached: i64,
    letters: &[NewLetter],
) -> Result<i64, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let before = lock(&mut tx, policy).await?;
    if before >= reached {
        return Ok(before);
    }
    let new: Vec<&NewLetter> = letters.iter().filter(|letter| letter.position > before).collect();
    letters::insert(&mut tx, policy, &new).await?;
    sqlx::query!(
        "UPDATE command.policy_checkpoints SET position = $2, updated_at = now() WHERE policy = $1",
        policy,
        reached
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(reached)
}

/// Locks the checkpoint until the transaction ends. Every change of a key's first letter holds this lock, so that no
/// letter of the key waits behind a removed one.
pub(super) async fn lock(connection: &mut PgConnection, policy: &str) -> Result<i64, sqlx::Error> {
    sqlx::query!(
        "INSERT INTO command.policy_checkpoints (policy, position, updated_at) VALUES ($1, 0, now())
         ON CONFLICT (policy) DO NOTHING",
        policy
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query_scalar!(
        "SELECT position FROM command.policy_checkpoints WHERE policy = $1 FOR UPDATE",
        policy
    )
    .fetch_one(connection)
    .await
}

/// Records that `policy` cannot read the event at `position` in this release.
pub(super) async fn stop(
    pool: &PgPool,
    policy: &str,
    position: i64,
    reason: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO command.policy_checkpoints (policy, position, updated_at, stopped_position, stop_reason)
         VALUES ($1, 0, now(), $2, $3)
         ON CONFLICT (policy) DO UPDATE
         SET stopped_position = excluded.stopped_position, stop_reason = excluded.stop_reason",
        policy,
        position,
        reason
    )
    .execute(pool)
    .await?;
    Ok(())
}
