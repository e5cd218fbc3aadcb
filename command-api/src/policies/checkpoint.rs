//! How far a policy has followed the log.

use sqlx::PgPool;

/// The position up to which `policy` has reacted to everything.
pub(super) async fn load(pool: &PgPool, policy: &str) -> Result<i64, sqlx::Error> {
    let position = sqlx::query_scalar!(
        "SELECT position FROM command.policy_checkpoints WHERE policy = $1",
        policy
    )
    .fetch_optional(pool)
    .await?;
    Ok(position.unwrap_or(0))
}

/// Moves the checkpoint on. It never moves back, also when another process is ahead.
pub(super) async fn save(pool: &PgPool, policy: &str, position: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO command.policy_checkpoints AS checkpoint (policy, position, updated_at)
         VALUES ($1, $2, now())
         ON CONFLICT (policy) DO UPDATE SET position = excluded.position, updated_at = excluded.updated_at
         WHERE checkpoint.position < excluded.position",
        policy,
        position
    )
    .execute(pool)
    .await?;
    Ok(())
}
