//! How far the projections are, and the compare-and-set that fences a projector who no longer leads.

use event_store::follow::KafkaOffsets;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::Error;
use crate::projection;

/// The version of every projection's code. A higher one means that rows of the lower one are out of date.
pub(crate) const CODE_VERSION: i32 = 1;

/// Where all projections stand.
#[derive(Debug, Clone)]
pub(crate) struct Checkpoint {
    /// Everything up to here is in the tables.
    pub position: i64,
    /// Where the consumer stands in the log's partitions.
    pub offsets: KafkaOffsets,
}

#[derive(sqlx::FromRow)]
struct Row {
    projection: String,
    position: i64,
    offsets: Json<KafkaOffsets>,
    code_version: i32,
}

/// Reads where the projections stand, having made rows for those that are new.
///
/// # Errors
/// When they do not stand together, or were written by other code: both call for a rebuild.
pub(crate) async fn load(connection: &mut PgConnection) -> Result<Checkpoint, Error> {
    sqlx::query(
        "INSERT INTO checkpoints (projection, position, code_version) \
         SELECT name, 0, $2 FROM UNNEST($1::text[]) AS names (name) ON CONFLICT (projection) DO NOTHING",
    )
    .bind(projection::NAMES.as_slice())
    .bind(CODE_VERSION)
    .execute(&mut *connection)
    .await?;
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT projection, position, offsets, code_version FROM checkpoints \
         WHERE projection = ANY ($1) ORDER BY position DESC",
    )
    .bind(projection::NAMES.as_slice())
    .fetch_all(connection)
    .await?;
    let mut rows = rows.into_iter();
    let first = rows.next().ok_or(Error::CheckpointLost)?;
    for row in std::iter::once(&first).chain(rows.as_slice()) {
        if row.position != first.position || row.code_version != CODE_VERSION {
            return Err(Error::RebuildNeeded {
                projection: row.projection.clone(),
            });
        }
    }
    Ok(Checkpoint {
        position: first.position,
        offsets: first.offsets.0,
    })
}

/// Moves every projection from `from` to `to`, inside the transaction that writes their rows. Without
/// `offsets` those stay. Says how often parked events were retried or skipped by then.
///
/// # Errors
/// [`Error::CheckpointLost`] when somebody else has moved them.
pub(crate) async fn advance(
    connection: &mut PgConnection,
    from: i64,
    to: i64,
    offsets: Option<&KafkaOffsets>,
) -> Result<i64, Error> {
    let epochs: Vec<i64> = sqlx::query_scalar(
        "UPDATE checkpoints SET position = $2, offsets = COALESCE($3, offsets), stopped = NULL \
         WHERE position = $1 AND projection = ANY ($4) RETURNING parking_epoch",
    )
    .bind(from)
    .bind(to)
    .bind(offsets.map(Json))
    .bind(projection::NAMES.as_slice())
    .fetch_all(connection)
    .await?;
    if epochs.len() != projection::NAMES.len() {
        return Err(Error::CheckpointLost);
    }
    Ok(epochs.into_iter().sum())
}

/// Notes why the projections will not go on.
pub(crate) async fn stop(connection: &mut PgConnection, reason: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE checkpoints SET stopped = $1 WHERE projection = ANY ($2)")
        .bind(reason)
        .bind(projection::NAMES.as_slice())
        .execute(connection)
        .await?;
    Ok(())
}
