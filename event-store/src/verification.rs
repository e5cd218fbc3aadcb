//! Verifications that are requested while the services run. Their progress and results are in the database, so that every
//! process shows the same, and only one runs at a time.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::verify::Report;
use crate::{Error, Store};

/// Verifications that are kept; older ones are deleted when the next one starts.
const KEPT_MAX: i64 = 100;

/// Time without a sign of life after which a verification counts as stopped, in seconds.
const SILENT_S_MAX: f64 = 30.0;

/// Why a verification without a sign of life has no result.
const STOPPED: &str = "The process that verified the log has stopped.";

/// A verification of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "LogVerification")]
pub struct Verification {
    /// Its number.
    pub id: i64,
    /// Who requested it: `account` and its id.
    pub requested_by: String,
    /// When it started.
    pub started_at: DateTime<Utc>,
    /// The position up to which the log was read.
    pub position: i64,
    /// The position of the newest event at the start.
    pub head: i64,
    /// When it finished; none while it runs.
    pub finished_at: Option<DateTime<Utc>>,
    /// What was found; none while it runs, and if it failed.
    pub report: Option<Report>,
    /// Why it could not be completed, a sentence.
    pub error: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    verification_id: i64,
    requested_by: String,
    started_at: DateTime<Utc>,
    position: i64,
    head: i64,
    finished_at: Option<DateTime<Utc>>,
    report: Option<sqlx::types::Json<Report>>,
    error: Option<String>,
}

impl From<Row> for Verification {
    fn from(row: Row) -> Self {
        Self {
            id: row.verification_id,
            requested_by: row.requested_by,
            started_at: row.started_at,
            position: row.position,
            head: row.head,
            finished_at: row.finished_at,
            report: row.report.map(|report| report.0),
            error: row.error,
        }
    }
}

impl Store {
    /// Records the start of a verification. Returns `None`, and records nothing, if another one runs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_verification(&self, requested_by: &str) -> Result<Option<Verification>, Error> {
        let mut transaction = self.pool().begin().await?;
        sqlx::query(
            "UPDATE event_store.verifications SET finished_at = seen_at, error = $1 \
             WHERE finished_at IS NULL AND seen_at < clock_timestamp() - make_interval(secs => $2)",
        )
        .bind(STOPPED)
        .bind(SILENT_S_MAX)
        .execute(&mut *transaction)
        .await?;
        let begun: Option<Row> = sqlx::query_as(
            "INSERT INTO event_store.verifications (requested_by, head) \
             SELECT $1, position FROM event_store.log_head ON CONFLICT DO NOTHING \
             RETURNING verification_id, requested_by, started_at, position, head, finished_at, report, error",
        )
        .bind(requested_by)
        .fetch_optional(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM event_store.verifications WHERE verification_id <= \
             (SELECT max(verification_id) FROM event_store.verifications) - $1",
        )
        .bind(KEPT_MAX)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(begun.map(Verification::from))
    }

    /// Records how far a verification is, which is also its sign of life. Returns false if it is over: this process was
    /// silent for so long that it counts as stopped.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn continue_verification(&self, id: i64, position: i64) -> Result<bool, Error> {
        let moved = sqlx::query(
            "UPDATE event_store.verifications SET position = $2, seen_at = clock_timestamp() \
             WHERE verification_id = $1 AND finished_at IS NULL",
        );
        let moved = moved.bind(id).bind(position).execute(self.pool()).await?;
        Ok(moved.rows_affected() == 1)
    }

    /// Records the result of a verification, or why it has none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_verification(&self, id: i64, result: Result<&Report, &str>) -> Result<(), Error> {
        sqlx::query(
            "UPDATE event_store.verifications SET finished_at = clock_timestamp(), report = $2, error = $3, \
                 position = CASE WHEN $3 IS NULL THEN head ELSE position END \
             WHERE verification_id = $1 AND finished_at IS NULL",
        )
        .bind(id)
        .bind(result.ok().map(sqlx::types::Json))
        .bind(result.err())
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// The last verifications, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verifications(&self, limit: i64) -> Result<Vec<Verification>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT verification_id, requested_by, started_at, position, head, report, \
                 CASE WHEN is_silent THEN seen_at ELSE finished_at END AS finished_at, \
                 CASE WHEN is_silent THEN $2 ELSE error END AS error \
             FROM event_store.verifications, \
                 LATERAL (SELECT finished_at IS NULL \
                     AND seen_at < clock_timestamp() - make_interval(secs => $3)) AS silence (is_silent) \
             ORDER BY verification_id DESC LIMIT $1",
        )
        .bind(limit)
        .bind(STOPPED)
        .bind(SILENT_S_MAX)
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().map(Verification::from).collect())
    }
}
