//! The rows of table `replays`, which hold all that a replay needs to go on after a restart.

use chrono::{DateTime, Utc};
use platform::causes::with_causes;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::compare::Report;
use super::phase::{Phase, Situation, Verb};
use crate::Error;
use crate::checkpoint::Outdated;
use crate::registry::{Registration, Release};

/// The last replay of a projection.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub registration: &'static Registration,
    pub phase: Phase,
    pub wanted: Option<Verb>,
    /// The columns.
    pub stored: Stored,
}

/// The columns of a row, and what they are compared to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Stored {
    pub projection: String,
    pub id: Uuid,
    phase: String,
    pub reason: String,
    pub automatic: bool,
    pub requested_by: String,
    pub requested_at: DateTime<Utc>,
    pub throttle: Option<i32>,
    pub workers: Option<i32>,
    pub started_at: Option<DateTime<Utc>>,
    pub owner: Option<String>,
    pub code_version: i32,
    pub target: i64,
    pub position: i64,
    pub events_per_s: Option<f64>,
    pub has_tables: bool,
    wanted: Option<String>,
    pub accepted: Option<String>,
    pub refused: Option<String>,
    pub report: Option<Json<Report>>,
    pub switched_at: Option<DateTime<Utc>>,
    pub kept_until: Option<DateTime<Utc>>,
    pub dropped: Option<String>,
    pub error: Option<String>,
    /// Whether the time for which the replaced tables are kept is over.
    pub is_expired: bool,
    /// The position of the live projections.
    pub leader_position: i64,
}

const SELECT: &str = "SELECT r.projection, r.id, r.phase, r.reason, r.automatic, r.requested_by, r.requested_at, \
         r.throttle, r.workers, r.started_at, r.owner, r.code_version, r.target, r.position, r.events_per_s, r.has_tables, \
         r.wanted, r.accepted, r.refused, r.report, r.switched_at, r.kept_until, r.dropped, r.error, \
         COALESCE(r.kept_until <= now(), false) AS is_expired, l.position AS leader_position \
     FROM read_model.replays AS r CROSS JOIN read_model.leader AS l \
     WHERE $1::text IS NULL OR r.projection = $1 \
     ORDER BY r.error IS NOT NULL, NOT r.automatic, r.requested_at, r.projection";

impl Row {
    /// None for a projection or a phase of another release.
    fn of(stored: Stored, release: Release) -> Option<Self> {
        Some(Self {
            registration: release.find(&stored.projection)?,
            phase: Phase::parse(&stored.phase)?,
            wanted: stored.wanted.as_deref().and_then(Verb::parse),
            stored,
        })
    }

    /// Events that are not in its tables yet.
    pub fn left(&self) -> i64 {
        (self.stored.leader_position - self.stored.position).max(0)
    }

    pub fn situation(&self) -> Situation {
        let stored = &self.stored;
        Situation {
            phase: self.phase,
            automatic: stored.automatic,
            has_tables: stored.has_tables,
            is_built: stored.started_at.is_some() && stored.position >= stored.target,
            left: self.left(),
            wanted: self.wanted,
            dropped: stored.dropped.clone(),
            owner: stored.owner.clone(),
            requested_by: stored.requested_by.clone(),
            requested_at: stored.requested_at.format("%F %T UTC").to_string(),
        }
    }
}

/// Every replay of a projection of `release`, in the order in which they are built.
pub(crate) async fn load(executor: impl PgExecutor<'_>, release: Release) -> Result<Vec<Row>, sqlx::Error> {
    let rows: Vec<Stored> = sqlx::query_as(SELECT)
        .bind(None::<&str>)
        .fetch_all(executor)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|stored| Row::of(stored, release))
        .collect())
}

/// The replay of a projection of this release. Locks it until the transaction ends.
pub(crate) async fn lock(
    connection: &mut PgConnection,
    projection: &str,
) -> Result<Option<Row>, sqlx::Error> {
    sqlx::query("SELECT FROM read_model.replays WHERE projection = $1 FOR UPDATE")
        .bind(projection)
        .execute(&mut *connection)
        .await?;
    let stored: Option<Stored> = sqlx::query_as(SELECT)
        .bind(projection)
        .fetch_optional(connection)
        .await?;
    Ok(stored.and_then(|stored| Row::of(stored, Release::CURRENT)))
}

/// A replay to begin.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub registration: &'static Registration,
    pub reason: &'a str,
    pub automatic: bool,
    pub requested_by: &'a str,
    pub throttle: Option<i32>,
    pub workers: Option<i32>,
}

/// Puts a new replay in the place of the last one. Tables of the last one are dropped when it starts.
pub(crate) async fn begin(connection: &mut PgConnection, new: &New<'_>) -> Result<(), sqlx::Error> {
    let had_tables: Option<bool> =
        sqlx::query_scalar("DELETE FROM read_model.replays WHERE projection = $1 RETURNING has_tables")
            .bind(new.registration.name)
            .fetch_optional(&mut *connection)
            .await?;
    sqlx::query(
        "INSERT INTO read_model.replays (projection, phase, reason, automatic, requested_by, throttle, workers, has_tables) \
         VALUES ($1, 'building', $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.registration.name)
    .bind(new.reason)
    .bind(new.automatic)
    .bind(new.requested_by)
    .bind(new.throttle)
    .bind(new.workers)
    .bind(had_tables.unwrap_or_default())
    .execute(connection)
    .await?;
    Ok(())
}

/// Begins the replays of projections that the leader cannot continue, unless one with the same code is under way, which
/// then switches by itself.
pub(crate) async fn begin_outdated(
    connection: &mut PgConnection,
    outdated: &[Outdated],
) -> Result<(), sqlx::Error> {
    for outdated in outdated {
        let registration = outdated.registration;
        let row = lock(connection, registration.name).await?;
        let is_under_way = row.is_some_and(|row| {
            !row.phase.is_over() && [0, registration.code_version].contains(&row.stored.code_version)
        });
        if is_under_way {
            sqlx::query(
                "UPDATE read_model.replays SET automatic = true WHERE projection = $1 AND refused IS NULL",
            )
            .bind(registration.name)
            .execute(&mut *connection)
            .await?;
            continue;
        }
        let new = New {
            registration,
            reason: outdated.reason.as_str(),
            automatic: true,
            requested_by: "this release",
            throttle: None,
            workers: None,
        };
        begin(connection, &new).await?;
    }
    Ok(())
}

/// Records why a replay failed. It is tried again, unless `gives_up`.
///
/// # Errors
/// When Postgres fails.
pub(crate) async fn fail(
    connection: &mut PgConnection,
    row: &Row,
    error: &Error,
    gives_up: bool,
) -> Result<(), sqlx::Error> {
    let (projection, reason) = (row.registration.name, with_causes(error));
    if gives_up {
        tracing::error!(
            projection,
            error = reason,
            "A replay failed; an operator can resume it."
        );
    } else {
        tracing::warn!(projection, error = reason, "A replay failed; it is tried again.");
    }
    sqlx::query(
        "UPDATE read_model.replays SET error = $2, phase = CASE WHEN $4 THEN 'failed' ELSE phase END \
         WHERE id = $1 AND phase = $3",
    )
    .bind(row.stored.id)
    .bind(reason)
    .bind(row.phase.as_str())
    .bind(gives_up)
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
impl Row {
    /// A replay on request, without tables.
    pub fn example(phase: Phase) -> Self {
        let registration = Release::CURRENT.all()[0];
        Self {
            registration,
            phase,
            wanted: None,
            stored: Stored {
                projection: registration.name.to_owned(),
                id: Uuid::nil(),
                phase: phase.to_string(),
                reason: "requested".to_owned(),
                automatic: false,
                requested_by: "ada".to_owned(),
                requested_at: DateTime::UNIX_EPOCH,
                throttle: None,
                workers: None,
                started_at: None,
                owner: None,
                code_version: 0,
                target: 0,
                position: 0,
                events_per_s: None,
                has_tables: false,
                wanted: None,
                accepted: None,
                refused: None,
                report: None,
                switched_at: None,
                kept_until: None,
                dropped: None,
                error: None,
                is_expired: false,
                leader_position: 0,
            },
        }
    }
}
