//! Checkpoints of policies in the log.

use std::time::Duration;

use chrono::{DateTime, Utc};
use schemas::consumer::{AHEAD_OF_STORE, AheadOfStore};
use sqlx::{PgConnection, PgPool};

use super::letters::{self, NewLetter};

/// How far a policy has handled the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Checkpoint {
    /// Every event up to here is handled, by a reaction or a letter.
    pub(super) position: i64,
    /// Of the events up to here, those that were due at `due_at` are handled, too.
    pub(super) read_position: i64,
    /// See `read_position`.
    pub(super) due_at: DateTime<Utc>,
}

impl Checkpoint {
    /// Nothing is handled.
    pub(super) const START: Self = Self {
        position: 0,
        read_position: 0,
        due_at: DateTime::UNIX_EPOCH,
    };

    /// Whether the event at `position`, which is due at `due_at`, is handled.
    pub(super) fn has_handled(&self, position: i64, due_at: DateTime<Utc>) -> bool {
        position <= self.position || (position <= self.read_position && due_at <= self.due_at)
    }

    /// What this process or another, whose checkpoint is `other`, has handled. What only the one that has read less has
    /// handled after its `position` is forgotten, and handled again after a restart.
    fn or(self, other: Self) -> Self {
        let further = if self.read_position >= other.read_position {
            self
        } else {
            other
        };
        Self {
            position: self.position.max(other.position),
            ..further
        }
    }
}

/// The stored checkpoint of a policy, compared with the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// See [`Checkpoint::read_position`].
    pub(super) read_position: i64,
    /// The last position of the log.
    pub(super) head: i64,
    /// Set if the policy has handled events that the log does not have: it must not go on.
    pub(super) ahead: Option<AheadOfStore>,
    /// Whether it was, when last compared.
    is_stopped: bool,
}

/// Compares the last event that `policy` has read with the log. What must stop it is recorded, and forgotten when the log
/// has the event again.
pub(super) async fn check(pool: &PgPool, policy: &str) -> Result<Standing, sqlx::Error> {
    let standing = compare(&mut *pool.acquire().await?, policy).await?;
    if let Some(ahead) = standing.ahead {
        stop(
            pool,
            policy,
            ahead.position() + 1,
            (&ahead.to_string(), Duration::ZERO),
        )
        .await?;
    } else if standing.is_stopped {
        sqlx::query!(
            "UPDATE command.policy_checkpoints SET stopped_position = NULL, stop_reason = NULL WHERE policy = $1",
            policy
        )
        .execute(pool)
        .await?;
    }
    Ok(standing)
}

/// Compares the last event that `policy` has read with the log.
pub(super) async fn compare(connection: &mut PgConnection, policy: &str) -> Result<Standing, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT COALESCE(c.read_position, 0) AS "read_position!", h.position AS head, c.event_hash,
               e.hash AS "stored?", COALESCE(starts_with(c.stop_reason, $2), false) AS "is_stopped!"
           FROM event_store.log_head AS h
           LEFT JOIN command.policy_checkpoints AS c ON c.policy = $1
           LEFT JOIN event_store.events AS e ON e.position = c.read_position"#,
        policy,
        AHEAD_OF_STORE
    )
    .fetch_one(connection)
    .await?;
    let (handled, stored) = (row.event_hash.as_deref(), row.stored.as_deref());
    Ok(Standing {
        read_position: row.read_position,
        head: row.head,
        ahead: AheadOfStore::check(row.read_position, row.head, handled, stored),
        is_stopped: row.is_stopped,
    })
}

/// Reads the checkpoint of `policy`.
pub(super) async fn load(pool: &PgPool, policy: &str) -> Result<Checkpoint, sqlx::Error> {
    let checkpoint = sqlx::query_as!(
        Checkpoint,
        "SELECT position, read_position, due_at FROM command.policy_checkpoints WHERE policy = $1",
        policy
    )
    .fetch_optional(pool)
    .await?;
    Ok(checkpoint.unwrap_or(Checkpoint::START))
}

/// Moves the checkpoint from `from` to `reached` and stores the letters of the events before it, in one transaction. Returns the
/// checkpoint, which is further if another process was faster; no letters are stored for events that process handled.
/// Returns none, and changes nothing, if the policy is ahead of the log, or was put back before `from`.
pub(super) async fn advance(
    pool: &PgPool,
    policy: &str,
    (from, reached): (Option<Checkpoint>, Checkpoint),
    letters: &[NewLetter],
) -> Result<Option<Checkpoint>, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let before = lock(&mut tx, policy).await?;
    // Only an operator puts it back.
    let is_put_back = from.is_some_and(|from| before.read_position < from.read_position);
    if is_put_back || compare(&mut tx, policy).await?.ahead.is_some() {
        return Ok(None);
    }
    let checkpoint = reached.or(before);
    let new = letters.iter().filter(|letter| letter.position > before.position);
    letters::insert(&mut tx, policy, &new.collect::<Vec<_>>()).await?;
    sqlx::query!(
        "UPDATE command.policy_checkpoints SET position = $2, read_position = $3, due_at = $4, updated_at = now(),
             event_hash = (SELECT hash FROM event_store.events WHERE position = $3)
         WHERE policy = $1",
        policy,
        checkpoint.position,
        checkpoint.read_position,
        checkpoint.due_at
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Some(checkpoint))
}

/// Records that a process runs `policy`.
pub(super) async fn beat(pool: &PgPool, policy: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO command.policy_checkpoints (policy, position, updated_at, heartbeat_at)
         VALUES ($1, 0, now(), now())
         ON CONFLICT (policy) DO UPDATE SET heartbeat_at = excluded.heartbeat_at",
        policy
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Locks the checkpoint until the transaction ends. Every change of a key's first letter holds this lock, so that no
/// letter of the key waits behind a removed one.
pub(super) async fn lock(connection: &mut PgConnection, policy: &str) -> Result<Checkpoint, sqlx::Error> {
    sqlx::query!(
        "INSERT INTO command.policy_checkpoints (policy, position, updated_at) VALUES ($1, 0, now())
         ON CONFLICT (policy) DO NOTHING",
        policy
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query_as!(
        Checkpoint,
        "SELECT position, read_position, due_at FROM command.policy_checkpoints WHERE policy = $1 FOR UPDATE",
        policy
    )
    .fetch_one(connection)
    .await
}

/// Records that `policy` cannot read the event at `position` in this release, which is a fault after `quiet_for`.
pub(super) async fn stop(
    pool: &PgPool,
    policy: &str,
    position: i64,
    (reason, quiet_for): (&str, Duration),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO command.policy_checkpoints AS c
             (policy, position, updated_at, stopped_position, stop_reason, stop_is_fault_at)
         VALUES ($1, 0, now(), $2, $3, now() + make_interval(secs => $4))
         ON CONFLICT (policy) DO UPDATE
         SET stopped_position = excluded.stopped_position, stop_reason = excluded.stop_reason,
             stop_is_fault_at = CASE WHEN c.stopped_position = excluded.stopped_position THEN LEAST(c.stop_is_fault_at, excluded.stop_is_fault_at)
                                     ELSE excluded.stop_is_fault_at END",
        policy,
        position,
        reason,
        quiet_for.as_secs_f64()
    )
    .execute(pool)
    .await?;
    Ok(())
}
