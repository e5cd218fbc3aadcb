//! Leader election of relays: an advisory lock, and a term that fences earlier leaders.
//!
//! The term is stored in column `epoch` of table `event_store.relay`.

use sqlx::{Connection, PgConnection, PgPool};

use super::cursor::Cursor;

/// Leadership: the right to publish. It ends with its connection, which holds the lock and stores the cursor.
#[derive(Debug)]
pub(super) struct Leadership {
    connection: PgConnection,
    topic: String,
    term: i64,
}

/// Reason that leadership ended.
#[derive(Debug, thiserror::Error)]
pub(super) enum Lost {
    /// The connection that holds the lock was lost.
    #[error("the connection to Postgres was lost: {0}")]
    Connection(#[from] sqlx::Error),
    /// The stored term is newer.
    #[error("another relay leads")]
    Deposed,
}

/// Returns the position up to which the broker has stored every event of the topic, as a relay last recorded it; 0 if
/// no relay has run.
///
/// # Errors
/// When Postgres fails.
pub async fn published_position(pool: &PgPool, topic: &str) -> Result<i64, sqlx::Error> {
    let position = sqlx::query_scalar!("SELECT position FROM event_store.relay WHERE topic = $1", topic)
        .fetch_optional(pool)
        .await?;
    Ok(position.unwrap_or_default())
}

impl Leadership {
    /// Becomes the leader for `topic` if there is none, and starts a new term.
    pub(super) async fn try_take(pool: &PgPool, topic: &str) -> Result<Option<(Self, Cursor)>, sqlx::Error> {
        let mut connection = pool.acquire().await?;
        let taken = sqlx::query_scalar!(
            r#"SELECT pg_try_advisory_lock(hashtextextended('event_store.relay:' || $1, 0)) AS "taken!""#,
            topic
        )
        .fetch_one(&mut *connection)
        .await?;
        if !taken {
            return Ok(None);
        }
        // Detach the connection from the pool, so that the lock is always released with the leadership.
        let mut connection = connection.detach();
        let row = sqlx::query!(
            "INSERT INTO event_store.relay AS relay (topic, epoch, position, partition_positions, partition_offsets)
             VALUES ($1, 1, 0, '{}', '{}')
             ON CONFLICT (topic) DO UPDATE SET epoch = relay.epoch + 1
             RETURNING epoch, position, partition_positions, partition_offsets, cluster_id",
            topic
        )
        .fetch_one(&mut connection)
        .await?;
        // Losing a cursor update in a crash of Postgres only repeats messages, so no flush is needed.
        sqlx::query("SET synchronous_commit = off")
            .execute(&mut connection)
            .await?;
        let cursor = Cursor::from_columns(
            row.position,
            &row.partition_positions,
            &row.partition_offsets,
            row.cluster_id,
        );
        Ok(Some((
            Self {
                connection,
                topic: topic.to_owned(),
                term: row.epoch,
            },
            cursor,
        )))
    }

    /// Term of this leadership.
    pub(super) fn term(&self) -> i64 {
        self.term
    }

    /// Stores the cursor, unless another relay has taken over.
    pub(super) async fn save(&mut self, cursor: &Cursor) -> Result<(), Lost> {
        let (positions, offsets) = cursor.columns();
        let updated = sqlx::query!(
            "UPDATE event_store.relay
             SET position = $3, partition_positions = $4, partition_offsets = $5, cluster_id = $6, moved_at = now()
             WHERE topic = $1 AND epoch = $2",
            self.topic,
            self.term,
            cursor.position,
            &positions,
            &offsets,
            cursor.cluster_id
        )
        .execute(&mut self.connection)
        .await?;
        if updated.rows_affected() == 1 {
            Ok(())
        } else {
            Err(Lost::Deposed)
        }
    }

    /// Confirms that this relay is still the leader.
    pub(super) async fn confirm(&mut self) -> Result<(), Lost> {
        let term = sqlx::query_scalar!("SELECT epoch FROM event_store.relay WHERE topic = $1", self.topic)
            .fetch_optional(&mut self.connection)
            .await?;
        if term == Some(self.term) {
            Ok(())
        } else {
            Err(Lost::Deposed)
        }
    }

    /// Releases the lock, so that another relay can take over at once.
    pub(super) async fn release(self) {
        if let Err(error) = self.connection.close().await {
            tracing::debug!(%error, "The relay's connection did not close cleanly.");
        }
    }
}
