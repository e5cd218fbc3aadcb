//! The checkpoints of the projections, and the compare-and-set that fences a projector which no longer leads.

use std::time::Duration;

use event_store::follow::KafkaOffsets;
use event_store::handover::TAKEOVER_MAX;
use schemas::consumer::{AHEAD_OF_STORE, AheadOfStore};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::Error;
use crate::registry::{self, Registration, Release};

/// The code version of a checkpoint whose projection was never built.
pub(crate) const NEVER_BUILT: i32 = 0;

/// The state from which the leader starts.
#[derive(Debug)]
pub(crate) struct Standing {
    /// Position up to which the tables of `current` are complete.
    pub position: i64,
    /// Offsets of the consumer in the partitions of the log.
    pub offsets: KafkaOffsets,
    /// The projections that continue from this position.
    pub current: Vec<&'static Registration>,
    /// The projections that must be rebuilt first.
    pub outdated: Vec<Outdated>,
}

/// A projection whose rows must not be updated further.
#[derive(Debug)]
pub(crate) struct Outdated {
    pub registration: &'static Registration,
    pub reason: Reason,
}

/// Why a projection is rebuilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It was never built.
    New,
    /// The rows were written by older code.
    CodeVersion,
    /// The position differs from the leader's.
    Position,
}

impl Reason {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::CodeVersion => "code_version",
            Self::Position => "position",
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    projection: String,
    position: i64,
    code_version: i32,
}

/// Reads the positions of the leader and the projections of `release`; creates checkpoints for new projections first.
///
/// # Errors
/// When Postgres fails.
pub(crate) async fn load(connection: &mut PgConnection, release: Release) -> Result<Standing, Error> {
    let (position, Json(offsets)): (i64, Json<KafkaOffsets>) =
        sqlx::query_as("SELECT position, offsets FROM leader")
            .fetch_one(&mut *connection)
            .await?;
    insert_missing(connection, release, position == 0).await?;
    let rows: Vec<Row> = sqlx::query_as("SELECT projection, position, code_version FROM checkpoints")
        .fetch_all(&mut *connection)
        .await?;
    let (mut current, mut outdated) = (Vec::new(), Vec::new());
    for registration in release.all() {
        let Some(row) = rows.iter().find(|row| row.projection == registration.name) else {
            continue;
        };
        let reason = match row.code_version {
            NEVER_BUILT => Reason::New,
            version if version < registration.code_version => Reason::CodeVersion,
            version if version > registration.code_version => {
                hand_over(connection, &[registration], &newer_code(version)).await?;
                continue;
            }
            _ if row.position != position => Reason::Position,
            _ => {
                current.push(registration);
                continue;
            }
        };
        outdated.push(Outdated { registration, reason });
    }
    Ok(Standing {
        position,
        offsets,
        current,
        outdated,
    })
}

/// An older release leaves rows of newer code unchanged: otherwise two releases would rebuild them in turns.
fn newer_code(version: i32) -> String {
    format!("its rows are of code version {version}, which is newer than this release")
}

/// Inserts the checkpoints of new projections. Before the first event there is nothing to rebuild.
async fn insert_missing(
    connection: &mut PgConnection,
    release: Release,
    is_empty_log: bool,
) -> Result<(), sqlx::Error> {
    let (names, versions): (Vec<&str>, Vec<i32>) = release
        .all()
        .into_iter()
        .map(|registration| {
            let version = if is_empty_log {
                registration.code_version
            } else {
                NEVER_BUILT
            };
            (registration.name, version)
        })
        .unzip();
    sqlx::query(
        "INSERT INTO checkpoints (projection, position, code_version) \
         SELECT name, 0, version FROM UNNEST($1::text[], $2::integer[]) AS new (name, version) \
         ON CONFLICT (projection) DO NOTHING",
    )
    .bind(names)
    .bind(versions)
    .execute(connection)
    .await?;
    Ok(())
}

/// A step from one position to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'a> {
    pub from: i64,
    pub to: i64,
    /// Offsets of the consumer afterwards; with none they stay unchanged.
    pub offsets: Option<&'a KafkaOffsets>,
}

/// Moves the leader and its projections by `step`, in the transaction that writes their rows. Returns the revision of
/// their parked events.
///
/// # Errors
/// [`Error::CheckpointLost`] when another projector has moved them.
pub(crate) async fn advance(
    connection: &mut PgConnection,
    members: &[&'static Registration],
    step: Step<'_>,
) -> Result<i64, Error> {
    let (is_leading, count, revision): (bool, i64, i64) = sqlx::query_as(
        "WITH led AS ( \
             UPDATE leader SET position = $2, offsets = COALESCE($3, offsets), moved_at = now(), \
                 heartbeat_at = now(), \
                 event_hash = (SELECT hash FROM event_store.events WHERE position = $2) \
             WHERE position = $1 RETURNING position \
         ), moved AS ( \
             UPDATE checkpoints SET position = $2, stopped = NULL \
             WHERE position = $1 AND projection = ANY ($4) RETURNING parking_revision \
         ) \
         SELECT EXISTS (SELECT FROM led), COUNT(*), COALESCE(SUM(parking_revision), 0)::bigint FROM moved",
    )
    .bind(step.from)
    .bind(step.to)
    .bind(step.offsets.map(Json))
    .bind(registry::names(members))
    .fetch_one(connection)
    .await?;
    if !is_leading || usize::try_from(count) != Ok(members.len()) {
        return Err(Error::CheckpointLost);
    }
    Ok(revision)
}

/// Moves the projections of a rebuild by `step`; its schema has no leader.
///
/// # Errors
/// [`Error::CheckpointLost`] when another builder has moved them.
pub(crate) async fn advance_rebuilt(
    connection: &mut PgConnection,
    members: &[&'static Registration],
    step: Step<'_>,
) -> Result<i64, Error> {
    let revisions: Vec<i64> = sqlx::query_scalar(
        "UPDATE checkpoints SET position = $2 WHERE position = $1 AND projection = ANY ($3) \
         RETURNING parking_revision",
    )
    .bind(step.from)
    .bind(step.to)
    .bind(registry::names(members))
    .fetch_all(connection)
    .await?;
    if revisions.len() != members.len() {
        return Err(Error::CheckpointLost);
    }
    Ok(revisions.into_iter().sum())
}

/// Stops the projections with an error if their rows are of events that the log does not have. The lead ends with its
/// connection, so that this is checked again after every fail-over and restore. The tables of replays are never further
/// than the leader, and only it drives them.
///
/// # Errors
/// [`Error::AheadOfStore`], or when Postgres fails.
pub(crate) async fn check_store(connection: &mut PgConnection, release: Release) -> Result<(), Error> {
    if let Some(ahead) = ahead_of_store(connection).await? {
        stop(connection, &release.all(), &ahead.to_string(), Duration::ZERO).await?;
        return Err(ahead.into());
    }
    sqlx::query("UPDATE checkpoints SET stopped = NULL WHERE starts_with(stopped, $1)")
        .bind(AHEAD_OF_STORE)
        .execute(connection)
        .await?;
    Ok(())
}

/// Compares the last event that the leader has applied with the log.
pub(crate) async fn ahead_of_store(
    connection: &mut PgConnection,
) -> Result<Option<AheadOfStore>, sqlx::Error> {
    let (position, head, handled, stored): (i64, i64, Option<Vec<u8>>, Option<Vec<u8>>) = sqlx::query_as(
        "SELECT l.position, h.position, l.event_hash, e.hash \
         FROM leader AS l CROSS JOIN event_store.log_head AS h \
         LEFT JOIN event_store.events AS e ON e.position = l.position",
    )
    .fetch_one(&mut *connection)
    .await?;
    Ok(AheadOfStore::check(
        position,
        head,
        handled.as_deref(),
        stored.as_deref(),
    ))
}

/// Records that projections stopped because only a newer release can go on. That is no fault for [`TAKEOVER_MAX`].
pub(crate) async fn hand_over(
    connection: &mut PgConnection,
    members: &[&'static Registration],
    reason: &str,
) -> Result<(), sqlx::Error> {
    stop(connection, members, reason, TAKEOVER_MAX).await
}

/// Records why projections stopped, which is a fault after `quiet_for`.
async fn stop(
    connection: &mut PgConnection,
    members: &[&'static Registration],
    reason: &str,
    quiet_for: Duration,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE checkpoints SET stopped = $1, stop_is_fault_at = \
             CASE WHEN stopped = $1 THEN stop_is_fault_at ELSE now() + make_interval(secs => $3) END \
         WHERE projection = ANY ($2)",
    )
    .bind(reason)
    .bind(registry::names(members))
    .bind(quiet_for.as_secs_f64())
    .execute(connection)
    .await?;
    Ok(())
}
