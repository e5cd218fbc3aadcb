//! What operators do with replays. Each is a change of a row, so that any process can make it and it survives restarts;
//! the leader's supervisor obeys.

use serde_json::json;
use sqlx::{PgConnection, PgPool};

use super::phase::{Phase, Step, Verb, step};
use super::row::{self, New, Row};
use crate::Error;
use crate::operator_actions::{self, NewAction, Subject};
use crate::registry::{self, Registration};

/// The disk must have room for this part of the live tables beside the copy, for the log of the database: a fifth.
const SPARE_DIVISOR: u64 = 5;

/// Something to do with a replay.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The projection.
    pub projection: &'a str,
    /// What to do.
    pub verb: Verb,
    /// Who requests it.
    pub by: &'a str,
    /// For a switch: why differences are accepted.
    pub accepted: Option<&'a str>,
    /// When starting or resuming: the most events per second from now on.
    pub throttle: Option<i32>,
    /// When starting or resuming: how many replays are built at once at most while this one is.
    pub workers: Option<i32>,
    /// When starting: the free space of the database's disk in bytes, if that is known.
    pub free_bytes: Option<u64>,
}

impl<'a> Request<'a> {
    /// A request without options.
    pub fn new(projection: &'a str, verb: Verb, by: &'a str) -> Self {
        Self {
            projection,
            verb,
            by,
            accepted: None,
            throttle: None,
            workers: None,
            free_bytes: None,
        }
    }
}

/// The result of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requested {
    /// The tables that the last replay replaced will be dropped: it can no longer be rolled back.
    pub drops_replaced: bool,
}

/// Does something with a replay. A started one waits until those before it have caught up. A verification, a switch and
/// a roll-back are granted or refused by its owner soon after.
///
/// # Errors
/// [`Error::UnknownProjection`]; [`Error::ReplayRefused`] with the reason when this can't be done in its phase;
/// [`Error::DiskTooSmall`]; when Postgres fails. Nothing has changed in these cases.
pub async fn request(pool: &PgPool, request: &Request<'_>) -> Result<Requested, Error> {
    let registration = find(request.projection)?;
    let mut tx = pool.begin().await?;
    let row = row::lock(&mut tx, registration.name).await?;
    let step = check(request.verb, registration, row.as_ref())?;
    match step {
        Step::Begin => begin(&mut tx, registration, request).await?,
        Step::Enter(phase) => enter(&mut tx, registration, phase, request).await?,
        Step::Want(verb) => want(&mut tx, registration, verb, request).await?,
        Step::DropTables => {
            sqlx::query("UPDATE read_model.replays SET dropped = $2 WHERE projection = $1")
                .bind(registration.name)
                .bind(format!("{} dropped them", request.by))
                .execute(&mut *tx)
                .await?;
        }
    }
    let action = NewAction {
        subject: Subject::Replay,
        name: registration.name,
        verb: request.verb.as_str(),
        by: request.by,
        reason: request.accepted,
        detail: request
            .throttle
            .map_or_else(|| json!({}), |throttle| json!({"throttle": throttle})),
    };
    operator_actions::record(&mut tx, &action).await?;
    tx.commit().await?;
    tracing::info!(
        projection = registration.name,
        verb = request.verb.as_str(),
        by = request.by,
        accepted = request.accepted,
        "Something was requested of a replay."
    );
    let had_replaced = row.is_some_and(|row| row.phase == Phase::Switched && row.stored.has_tables);
    Ok(Requested {
        drops_replaced: had_replaced && matches!(step, Step::Begin | Step::DropTables),
    })
}

pub(super) fn find(name: &str) -> Result<&'static Registration, Error> {
    registry::find(name).ok_or_else(|| Error::UnknownProjection {
        name: name.to_owned(),
    })
}

pub(super) fn check(verb: Verb, registration: &Registration, row: Option<&Row>) -> Result<Step, Error> {
    let situation = row.map(Row::situation);
    step(verb, registration.name, situation.as_ref()).map_err(|reason| Error::ReplayRefused { reason })
}

async fn begin(
    connection: &mut PgConnection,
    registration: &'static Registration,
    request: &Request<'_>,
) -> Result<(), Error> {
    check_disk(connection, registration, request.free_bytes).await?;
    let new = New {
        registration,
        reason: "requested",
        automatic: false,
        requested_by: request.by,
        throttle: request.throttle,
        workers: request.workers,
    };
    row::begin(connection, &new).await?;
    Ok(())
}

async fn enter(
    connection: &mut PgConnection,
    registration: &Registration,
    phase: Phase,
    request: &Request<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE read_model.replays SET phase = $2, wanted = NULL, refused = NULL, error = NULL, \
             throttle = COALESCE($3, throttle), workers = COALESCE($4, workers) \
         WHERE projection = $1",
    )
    .bind(registration.name)
    .bind(phase.as_str())
    .bind(request.throttle)
    .bind(request.workers)
    .execute(connection)
    .await?;
    Ok(())
}

async fn want(
    connection: &mut PgConnection,
    registration: &Registration,
    verb: Verb,
    request: &Request<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE read_model.replays SET wanted = $2, wanted_by = $3, accepted = $4, refused = NULL, error = NULL \
         WHERE projection = $1",
    )
    .bind(registration.name)
    .bind(verb.as_str())
    .bind(request.by)
    .bind(request.accepted)
    .execute(connection)
    .await?;
    Ok(())
}

/// Refuses a start if the disk has no room for a second copy of the tables.
async fn check_disk(
    connection: &mut PgConnection,
    registration: &Registration,
    free_bytes: Option<u64>,
) -> Result<(), Error> {
    if free_bytes.is_none() {
        return Ok(());
    }
    Space::of(connection, registration)
        .await?
        .check(registration, free_bytes)
}

/// The disk that a replay takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space {
    /// Bytes of the live tables.
    pub table_bytes: u64,
    /// Bytes that must be free.
    pub needed_bytes: u64,
}

impl Space {
    /// For a second copy of the tables of a projection.
    pub async fn of(connection: &mut PgConnection, registration: &Registration) -> Result<Self, sqlx::Error> {
        let bytes: i64 = sqlx::query_scalar("SELECT read_model.table_bytes($1)")
            .bind(registration.table_names())
            .fetch_one(connection)
            .await?;
        let table_bytes = bytes.unsigned_abs();
        Ok(Self {
            table_bytes,
            needed_bytes: table_bytes + table_bytes / SPARE_DIVISOR,
        })
    }

    /// Refuses what the disk has no room for, if its free space is known.
    pub fn check(self, registration: &Registration, free_bytes: Option<u64>) -> Result<(), Error> {
        match free_bytes {
            Some(free_bytes) if self.needed_bytes > free_bytes => Err(Error::DiskTooSmall {
                projection: registration.name.to_owned(),
                needed_bytes: self.needed_bytes,
                free_bytes,
            }),
            _ => Ok(()),
        }
    }
}
