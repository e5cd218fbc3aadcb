//! Who publishes: the relay that holds an advisory lock, and whose epoch is the newest.

use sqlx::{Connection, PgConnection, PgPool};

use super::cursor::Cursor;

/// The right to publish. It ends with its connection, on which both the lock and the cursor's updates are.
#[derive(Debug)]
pub(super) struct Leadership {
    connection: PgConnection,
    topic: String,
    epoch: i64,
}

/// Why it ended.
#[derive(Debug, thiserror::Error)]
pub(super) enum Lost {
    /// The connection that holds the lock is gone.
    #[error("the connection to Postgres was lost: {0}")]
    Connection(#[from] sqlx::Error),
    /// The row's epoch is newer.
    #[error("another relay leads")]
    Deposed,
}

impl Leadership {
    /// Takes the lead of `topic` if nobody has it, and starts a new epoch.
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
        // Out of the pool, so that the lock ends with the leadership whatever happens to it.
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
        // A cursor that is lost in a crash of Postgres only repeats messages: no flush to wait for.
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
                epoch: row.epoch,
            },
            cursor,
        )))
    }

    /// Which epoch it is.
    pub(super) fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Stores the cursor, unless another relay has taken over.
    pub(super) async fn save(&mut self, cursor: &Cursor) -> Result<(), Lost> {
        let (positions, offsets) = cursor.columns();
        let updated = sqlx::query!(
            "UPDATE event_store.relay
             SET position = $3, partition_positions = $4, partition_offsets = $5, cluster_id = $6, moved_at = now()
             WHERE topic = $1 AND epoch = $2",
            self.topic,
            self.epoch,
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

    /// Makes sure that it still holds.
    pub(super) async fn confirm(&mut self) -> Result<(), Lost> {
        let epoch = sqlx::query_scalar!("SELECT epoch FROM event_store.relay WHERE topic = $1", self.topic)
            .fetch_optional(&mut self.connection)
            .await?;
        if epoch == Some(self.epoch) {
            Ok(())
        } else {
            Err(Lost::Deposed)
        }
    }

    /// Gives it up, so that another relay need not wait.
    pub(super) async fn release(self) {
        if let Err(error) = self.connection.close().await {
            tracing::debug!(%error, "The relay's connection did not close in order.");
        }
    }
}
