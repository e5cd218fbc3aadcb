//! The requested and running rebuilds: rows of table `rebuilds`, so that any process can request one and a restart
//! keeps them.

use sqlx::{PgConnection, PgPool};

use crate::Error;
use crate::checkpoint::Outdated;
use crate::registry::{self, Registration};

/// Requests a rebuild of one projection from the running projector. Returns false if one is already requested or
/// running.
///
/// # Errors
/// [`Error::UnknownProjection`] when there is no such projection; when Postgres fails.
pub async fn request_rebuild(pool: &PgPool, projection: &str) -> Result<bool, Error> {
    let Some(registration) = registry::find(projection) else {
        return Err(Error::UnknownProjection {
            name: projection.to_owned(),
        });
    };
    let inserted = sqlx::query!(
        "INSERT INTO read_model.rebuilds (projection, reason) VALUES ($1, 'requested') \
         ON CONFLICT (projection) DO NOTHING",
        registration.name
    )
    .execute(pool)
    .await?;
    Ok(inserted.rows_affected() > 0)
}

/// Requests the rebuilds of projections that the leader cannot continue.
pub(crate) async fn insert(connection: &mut PgConnection, outdated: &[Outdated]) -> Result<(), sqlx::Error> {
    for outdated in outdated {
        sqlx::query(
            "INSERT INTO rebuilds (projection, reason) VALUES ($1, $2) ON CONFLICT (projection) DO NOTHING",
        )
        .bind(outdated.registration.name)
        .bind(outdated.reason.as_str())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The next rebuild: the oldest request, with failed ones after all others.
pub(crate) async fn first(
    connection: &mut PgConnection,
) -> Result<Option<&'static Registration>, sqlx::Error> {
    let name: Option<String> = sqlx::query_scalar(
        "SELECT projection FROM rebuilds WHERE projection = ANY ($1) \
         ORDER BY error IS NOT NULL, requested_at, projection LIMIT 1",
    )
    .bind(registry::names(&registry::all()))
    .fetch_optional(connection)
    .await?;
    Ok(name.as_deref().and_then(registry::find))
}

/// Records why a rebuild failed; it will be retried.
pub(crate) async fn fail(
    connection: &mut PgConnection,
    registration: &Registration,
    reason: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE rebuilds SET error = $2 WHERE projection = $1")
        .bind(registration.name)
        .bind(reason)
        .execute(connection)
        .await?;
    Ok(())
}
