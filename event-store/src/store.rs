//! Reading: by position, by stream, and folding streams into state.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use schemas::envelope::RecordedEvent;
use serde_json::value::RawValue;
use sqlx::PgPool;
use uuid::Uuid;

use crate::Error;

/// A cheap handle to the event store.
#[derive(Debug, Clone)]
pub struct Store {
    pool: PgPool,
}

/// From where a stream is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamCursor {
    /// Which stream.
    pub stream_id: String,
    /// The version already known; 0 for none.
    pub after_version: i64,
}

/// Events of some types, and how far the log was searched for them.
#[derive(Debug)]
pub struct TypedPage {
    /// The events found, by position.
    pub events: Vec<RecordedEvent>,
    /// Every event of the wanted types up to here was found.
    pub up_to: i64,
}

/// An event's row.
#[derive(Debug, sqlx::FromRow)]
struct EventRow {
    position: i64,
    stream_id: String,
    version: i64,
    event_id: Uuid,
    event_type: String,
    schema_version: i16,
    partition_key: String,
    payload: sqlx::types::Json<Box<RawValue>>,
    metadata: sqlx::types::Json<Box<RawValue>>,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    hash: Vec<u8>,
}

impl TryFrom<EventRow> for RecordedEvent {
    type Error = Error;

    fn try_from(row: EventRow) -> Result<Self, Error> {
        let Ok(hash) = row.hash.try_into() else {
            return Err(Error::Damaged {
                stream_id: row.stream_id,
                version: row.version,
                detail: "its hash has not 32 bytes",
            });
        };
        Ok(Self {
            position: row.position,
            stream_id: row.stream_id,
            version: row.version,
            event_id: row.event_id,
            event_type: row.event_type,
            schema_version: row.schema_version,
            partition_key: row.partition_key,
            payload: row.payload.0,
            metadata: row.metadata.0,
            occurred_at: row.occurred_at,
            recorded_at: row.recorded_at,
            hash,
        })
    }
}

const COLUMNS: &str = "position, stream_id, version, event_id, event_type, schema_version, partition_key, \
                       payload, metadata, occurred_at, recorded_at, hash";

impl Store {
    /// A store on the database of `pool`.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// The connections.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Position of the newest event; 0 when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn head(&self) -> Result<i64, Error> {
        Ok(sqlx::query_scalar!("SELECT position FROM event_store.log_head")
            .fetch_one(&self.pool)
            .await?)
    }

    /// The next events after position `after`, at most `limit`, without holes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(&self, after: i64, limit: i64) -> Result<Vec<RecordedEvent>, Error> {
        // Positions are gapless, so a range says the same as LIMIT and can only be read by the primary key.
        let sql = format!(
            "SELECT {COLUMNS} FROM event_store.events \
             WHERE position > $1 AND position <= $1 + $2 ORDER BY position LIMIT $2"
        );
        let rows: Vec<EventRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(after)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter().map(RecordedEvent::try_from).collect()
    }

    /// The events of `types` among the next `span` events after position `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_types(&self, after: i64, types: &[&str], span: i64) -> Result<TypedPage, Error> {
        let up_to = self.head().await?.min(after.saturating_add(span)).max(after);
        let sql = format!(
            "SELECT {COLUMNS} FROM event_store.events \
             WHERE position > $1 AND position <= $2 AND event_type = ANY ($3) ORDER BY position"
        );
        let rows: Vec<EventRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(after)
            .bind(up_to)
            .bind(types)
            .fetch_all(&self.pool)
            .await?;
        let events = rows
            .into_iter()
            .map(RecordedEvent::try_from)
            .collect::<Result<_, _>>()?;
        Ok(TypedPage { events, up_to })
    }

    /// The next events of one stream after `after_version`, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_stream(
        &self,
        stream_id: &str,
        after_version: i64,
        limit: i64,
    ) -> Result<Vec<RecordedEvent>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event_store.events \
             WHERE stream_id = $1 AND version > $2 ORDER BY version LIMIT $3"
        );
        let rows: Vec<EventRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(stream_id)
            .bind(after_version)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter().map(RecordedEvent::try_from).collect()
    }

    /// Calls `visit` with each event of the streams after their cursors, by stream and version. Holds one
    /// event at a time, however long the streams are.
    ///
    /// # Errors
    /// When the database fails, or `visit` does.
    pub async fn fold<E: From<Error>>(
        &self,
        cursors: &[StreamCursor],
        mut visit: impl FnMut(RecordedEvent) -> Result<(), E>,
    ) -> Result<(), E> {
        let stream_ids: Vec<&str> = cursors.iter().map(|cursor| cursor.stream_id.as_str()).collect();
        let after_versions: Vec<i64> = cursors.iter().map(|cursor| cursor.after_version).collect();
        let sql = format!("SELECT {COLUMNS} FROM event_store.read_streams($1, $2)");
        let mut rows = sqlx::query_as::<_, EventRow>(sqlx::AssertSqlSafe(sql))
            .bind(stream_ids)
            .bind(after_versions)
            .fetch(&self.pool);
        while let Some(row) = rows.try_next().await.map_err(Error::from)? {
            visit(row.try_into()?)?;
        }
        Ok(())
    }
}
