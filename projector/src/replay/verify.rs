//! The verification of a shadow against the live tables.

use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::phase::Verb;
use super::shadow::Shadow;
use crate::Error;

/// Compares a shadow, which has begun its snapshot, with the live tables, and records the result. If the same code made
/// different rows, what was wanted is refused; else a wanted switch stays wanted.
///
/// # Errors
/// When Postgres fails.
pub(crate) async fn verify(shadow: &mut Shadow, wanted: Verb) -> Result<(), Error> {
    let report = shadow.compare().await?;
    let (id, projection) = (shadow.id, shadow.registration.name);
    let Some(report) = report else {
        let reason = "the live tables are not continued, so there is nothing to compare with at one position";
        return refuse(shadow.connection(), id, reason).await;
    };
    let result = report.sentence();
    tracing::info!(projection, result, "A replay was compared with the live tables.");
    let refused = report.is_suspicious().then(|| report.refusal());
    let phase = if refused.is_some() { "ready" } else { "verified" };
    sqlx::query(
        "UPDATE read_model.replays SET report = $2, refused = $3, phase = $4, \
             wanted = CASE WHEN $3 IS NULL AND wanted <> 'verify' THEN wanted END \
         WHERE id = $1 AND phase IN ('ready', 'verified') AND wanted = $5",
    )
    .bind(id)
    .bind(Json(report))
    .bind(refused)
    .bind(phase)
    .bind(wanted.as_str())
    .execute(shadow.connection())
    .await?;
    Ok(())
}

/// Refuses what is wanted of a replay.
///
/// # Errors
/// When Postgres fails.
pub(crate) async fn refuse(connection: &mut PgConnection, id: Uuid, reason: &str) -> Result<(), Error> {
    sqlx::query("UPDATE read_model.replays SET wanted = NULL, refused = $2 WHERE id = $1")
        .bind(id)
        .bind(reason)
        .execute(connection)
        .await?;
    Ok(())
}
