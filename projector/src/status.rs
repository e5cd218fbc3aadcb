//! How far the projections are.

use serde::Serialize;
use sqlx::PgPool;

use crate::Error;

/// How far one projection is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectionStatus {
    /// Its name.
    pub name: String,
    /// Everything up to here is in its tables.
    pub position: i64,
    /// How many events of the log it has yet to apply.
    pub lag: i64,
    /// How many events are parked in it.
    pub parked: i64,
    /// Why it will not go on, if it will not.
    pub stopped: Option<String>,
}

/// How far every projection is, by name. Empty before the first projector ran.
///
/// # Errors
/// When Postgres fails.
pub async fn status(pool: &PgPool) -> Result<Vec<ProjectionStatus>, Error> {
    let rows = sqlx::query_as!(
        ProjectionStatus,
        r#"SELECT c.projection AS name, c.position, GREATEST(h.position - c.position, 0) AS "lag!", c.stopped,
               (SELECT COUNT(*) FROM read_model.dead_letters AS d
                WHERE d.projection = c.projection AND d.state <> 'skipped') AS "parked!"
           FROM read_model.checkpoints AS c CROSS JOIN event_store.log_head AS h
           ORDER BY c.projection"#
    )
    .fetch_all(pool)
    .await?;
    Ok(rows)
}
