//! What a start would do, without starting anything.

use schemas::replay::DryRun;
use sqlx::{PgConnection, PgPool};

use super::phase::{Phase, Verb};
use super::plan::built_now;
use super::row::{self, Row};
use super::verbs::{Request, Space, check, find};
use crate::Error;
use crate::registry::Release;

/// Says what `request`, a start, would do, and why it would be refused. Changes nothing.
///
/// # Errors
/// [`Error::UnknownProjection`]; when Postgres fails.
pub async fn dry_run(pool: &PgPool, request: &Request<'_>) -> Result<DryRun, Error> {
    let registration = find(request.projection)?;
    let mut tx = pool.begin().await?;
    sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .execute(&mut *tx)
        .await?;
    let rows = row::load(&mut *tx, Release::CURRENT).await?;
    let last = rows.iter().find(|row| row.stored.projection == registration.name);
    let space = Space::of(&mut tx, registration).await?;
    let events = events(&mut tx).await?;
    tx.rollback().await?;
    let refused = [
        check(Verb::Start, registration, last).map(|_| ()),
        space.check(registration, request.free_bytes),
    ];
    Ok(DryRun {
        projection: registration.name.to_owned(),
        events,
        estimated_s: speed(&rows, request).map(|speed| seconds(events, speed)),
        write_bytes: space.table_bytes,
        needed_bytes: space.needed_bytes,
        free_bytes: request.free_bytes,
        waiting_for: waiting_for(&rows, request),
        drops_replaced: last.is_some_and(|row| row.phase == Phase::Switched && row.stored.has_tables),
        refusals: refused
            .into_iter()
            .filter_map(|result| result.err().map(|error| error.to_string()))
            .collect(),
    })
}

/// The events that the live projections have applied; a replay reads the same.
async fn events(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT position FROM read_model.leader")
        .fetch_one(connection)
        .await
}

/// Events per second: the limit, else the last speed of the projection, else the slowest of another one.
fn speed(rows: &[Row], request: &Request<'_>) -> Option<f64> {
    if let Some(throttle) = request.throttle {
        return Some(f64::from(throttle));
    }
    let measured = |row: &Row| {
        let speed = row.stored.events_per_s.filter(|speed| *speed > 0.0);
        speed.filter(|_| row.stored.throttle.is_none())
    };
    let own = rows
        .iter()
        .find(|row| row.stored.projection == request.projection);
    own.and_then(measured)
        .or_else(|| rows.iter().filter_map(measured).min_by(f64::total_cmp))
}

#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn seconds(events: i64, events_per_s: f64) -> f64 {
    events as f64 / events_per_s
}

/// The replay that must come first. Those without a limit are built together.
fn waiting_for(rows: &[Row], request: &Request<'_>) -> Option<String> {
    let built = built_now(rows);
    let first = built.first()?;
    let is_full = |row: &&Row| {
        row.stored
            .workers
            .is_some_and(|most| built.len() >= most.unsigned_abs() as usize)
    };
    let waits = request.throttle.is_some() || first.stored.throttle.is_some() || built.iter().any(is_full);
    (waits && first.stored.projection != request.projection).then(|| first.stored.projection.clone())
}
