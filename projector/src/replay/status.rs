//! What operators see of the replays.

pub use schemas::replay::ReplayStatus;
use sqlx::PgPool;

use super::plan::built_now;
use super::row::{self, Row};
use crate::Error;
use crate::registry::Release;

/// The last replay of each projection that had one, by name.
///
/// # Errors
/// When Postgres fails.
pub async fn list(pool: &PgPool) -> Result<Vec<ReplayStatus>, Error> {
    let rows = row::load(pool, Release::CURRENT).await?;
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
        workers: stored.workers,
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
