//! What operators see of the replays.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::PgPool;

use super::compare::Report;
use super::phase::{Phase, Verb};
use super::plan::built_now;
use super::row::{self, Row};
use crate::Error;

/// The last replay of a projection.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Replay")]
pub struct ReplayStatus {
    /// The projection.
    pub projection: String,
    /// Its phase.
    pub phase: Phase,
    /// Position up to which its tables are complete; after the switch, the tables that it replaced.
    pub position: i64,
    /// Position that it has to reach: that of the live projections.
    pub target: i64,
    /// Its speed while it is built and catches up, in events per second.
    pub events_per_s: Option<f64>,
    /// Time left until it has caught up at this speed, in seconds.
    pub eta_s: Option<f64>,
    /// The process that drives it.
    pub owner: Option<String>,
    /// Why its last attempt failed, if it did.
    pub error: Option<String>,
    /// The replay that must come first, if it waits for one.
    pub waiting_for: Option<String>,
    /// Why it was started: `requested`, `new`, `code_version` or `position`.
    pub reason: String,
    /// Whether it switches by itself.
    pub automatic: bool,
    /// Who requested it.
    pub requested_by: String,
    /// When it was requested.
    pub requested_at: DateTime<Utc>,
    /// When building began; none while it waits.
    pub started_at: Option<DateTime<Utc>>,
    /// The most events per second.
    pub throttle: Option<i32>,
    /// What its owner will do next on request.
    pub wanted: Option<Verb>,
    /// Why the last request was refused.
    pub refused: Option<String>,
    /// The last comparison with the live tables.
    pub report: Option<Report>,
    /// When it switched.
    pub switched_at: Option<DateTime<Utc>>,
    /// Until when the tables that it replaced are kept.
    pub kept_until: Option<DateTime<Utc>>,
    /// Why the tables that it replaced are not kept.
    pub dropped: Option<String>,
}

impl ReplayStatus {
    /// Events that are not in its tables yet.
    pub fn left(&self) -> i64 {
        (self.target - self.position).max(0)
    }
}

/// The last replay of each projection that had one, by name.
///
/// # Errors
/// When Postgres fails.
pub async fn list(pool: &PgPool) -> Result<Vec<ReplayStatus>, Error> {
    let rows = row::load(pool).await?;
    let built = built_now(&rows);
    let mut replays: Vec<ReplayStatus> = rows.iter().map(|row| status(row, &built)).collect();
    replays.sort_by(|one, other| one.projection.cmp(&other.projection));
    Ok(replays)
}

fn status(row: &Row, built: &[&Row]) -> ReplayStatus {
    let stored = row.stored.clone();
    let first = built.first().map(|first| first.stored.projection.clone());
    let is_built = built.iter().any(|built| built.stored.id == stored.id);
    let events_per_s = stored.events_per_s.filter(|_| row.phase.is_filling());
    ReplayStatus {
        phase: row.phase,
        position: stored.position,
        target: stored.leader_position.max(stored.position),
        events_per_s,
        eta_s: events_per_s
            .filter(|speed| *speed > 0.0)
            .map(|speed| eta_s(row.left(), speed)),
        owner: stored.owner.filter(|_| row.phase.is_driven()),
        error: stored.error,
        waiting_for: first.filter(|_| row.phase.is_filling() && !is_built),
        reason: stored.reason,
        automatic: stored.automatic,
        requested_by: stored.requested_by,
        requested_at: stored.requested_at,
        started_at: stored.started_at,
        throttle: stored.throttle,
        wanted: row.wanted,
        refused: stored.refused,
        report: stored.report.map(|report| report.0),
        switched_at: stored.switched_at,
        kept_until: stored.kept_until,
        dropped: stored.dropped,
        projection: stored.projection,
    }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn eta_s(left: i64, events_per_s: f64) -> f64 {
    left as f64 / events_per_s
}
