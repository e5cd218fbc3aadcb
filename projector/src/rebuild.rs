//! Building the read models again, beside the live ones.

use event_store::Store;
use futures_util::future::try_join;
use serde::Serialize;
use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use crate::batch::{Effects, ProjectionBatch};
use crate::decoded_event::DecodedEvent;
use crate::leader::{SCHEMA, set_schema};
use crate::parking::Parking;
use crate::projection::TABLES;
use crate::{Error, checkpoint, isolate};

/// Events per transaction of a rebuild.
const BATCH_EVENTS_MAX: i64 = 5_000;

/// The longest schema name, in characters.
const SCHEMA_LEN_MAX: usize = 63;

/// What a rebuild did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rebuilt {
    /// The schema the tables are in.
    pub schema: String,
    /// Everything up to here is in them: where the live ones stood when it began.
    pub position: i64,
}

/// Builds every read model from the first event to where the live ones stand now, with the same code, into
/// `into_schema`, which is dropped first. Nothing is told to the sockets. Events that an operator skipped are
/// skipped again. Needs a pool of the schemas' owner.
///
/// # Errors
/// When Postgres fails, or the log holds an event of a newer release.
pub async fn rebuild(store: &Store, pool: &PgPool, into_schema: &str) -> Result<Rebuilt, Error> {
    check_schema(into_schema)?;
    let mut connection = pool.acquire().await?.detach();
    let up_to: Option<i64> = sqlx::query_scalar("SELECT MIN(position) FROM read_model.checkpoints")
        .fetch_one(&mut connection)
        .await?;
    let up_to = up_to.unwrap_or_default();
    create_schema(&mut connection, into_schema).await?;
    set_schema(&mut connection, into_schema).await?;
    let mut from = checkpoint::load(&mut connection).await?.position;
    let mut parking = Parking::load(&mut connection).await?;
    let mut next = read(store, from, up_to).await?;
    while from < up_to {
        from = next.to;
        let apply = isolate::apply(&mut connection, next, &mut parking, Effects::Suppress, |_| ());
        // The next events are read while these are written.
        ((), next) = try_join(apply, read(store, from, up_to)).await?;
    }
    Ok(Rebuilt {
        schema: into_schema.to_owned(),
        position: up_to,
    })
}

/// Removes what a rebuild made.
///
/// # Errors
/// When Postgres fails.
pub async fn drop_rebuilt(pool: &PgPool, schema: &str) -> Result<(), Error> {
    check_schema(schema)?;
    sqlx::query(AssertSqlSafe(format!("DROP SCHEMA IF EXISTS {schema} CASCADE")))
        .execute(pool)
        .await?;
    Ok(())
}

/// Refuses a name that is not a plain identifier, for it becomes part of statements.
pub(crate) fn check_schema(schema: &str) -> Result<(), Error> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let starts_well = schema.starts_with(|c: char| c.is_ascii_lowercase());
    if starts_well && schema.len() <= SCHEMA_LEN_MAX && schema.chars().all(is_plain) {
        Ok(())
    } else {
        Err(Error::SchemaName {
            name: schema.to_owned(),
        })
    }
}

async fn create_schema(connection: &mut PgConnection, schema: &str) -> Result<(), Error> {
    if schema == SCHEMA {
        return Err(Error::SchemaName {
            name: schema.to_owned(),
        });
    }
    let tables = TABLES
        .iter()
        .map(|(table, _)| *table)
        .chain(["checkpoints", "dead_letters"]);
    let create = tables
        .map(|table| format!("CREATE TABLE {schema}.{table} (LIKE {SCHEMA}.{table} INCLUDING ALL);"))
        .collect::<Vec<_>>()
        .join(" ");
    let skipped = format!(
        "INSERT INTO {schema}.dead_letters SELECT * FROM {SCHEMA}.dead_letters WHERE state = 'skipped';"
    );
    let script =
        format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}; {create} {skipped}");
    sqlx::raw_sql(AssertSqlSafe(script)).execute(connection).await?;
    Ok(())
}

/// The next batch after `from`; empty at `up_to`.
async fn read(store: &Store, from: i64, up_to: i64) -> Result<ProjectionBatch, Error> {
    let limit = BATCH_EVENTS_MAX.min(up_to - from);
    if limit <= 0 {
        return Ok(ProjectionBatch {
            from,
            to: from,
            events: Vec::new(),
            offsets: None,
        });
    }
    let recorded = store.read(from, limit).await?;
    let mut expected = from;
    let mut events = Vec::with_capacity(recorded.len());
    for event in recorded {
        expected += 1;
        if event.position != expected {
            return Err(Error::Hole { position: expected });
        }
        events.push(DecodedEvent::decode(event)?);
    }
    if events.is_empty() {
        return Err(Error::Hole { position: from + 1 });
    }
    Ok(ProjectionBatch {
        from,
        to: expected,
        events,
        offsets: None,
    })
}
