//! Rebuilds all read models for a comparison, into a [`scratch`] schema; and what replays share with that.

use event_store::Store;
use futures_util::future::try_join;
use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use crate::batch::{ProjectionBatch, Purpose, Target};
use crate::decoded_event::DecodedEvent;
use crate::leader::set_schema;
use crate::parking::Parking;
use crate::registry::{self, Registration};
use crate::{Error, isolate};

pub(crate) mod scratch;

/// Events per transaction of a rebuild.
const BATCH_EVENTS_MAX: i64 = 5_000;

/// The prefix of schemas with rebuilt read models.
const SCHEMA_PREFIX: &str = "read_model_";

/// The longest part of such a name after the prefix, in characters.
const SCHEMA_LEN_MAX: usize = 50;

/// Builds every read model from the first event to position `up_to`, with the same code, into `into_schema`, whose name
/// starts with `read_model_` and which is dropped first. Publishes no changes. Events that an operator skipped are
/// skipped again.
///
/// # Errors
/// When Postgres fails, or the log holds an event of a newer release.
pub async fn rebuild(store: &Store, pool: &PgPool, into_schema: &str, up_to: i64) -> Result<(), Error> {
    check_schema(into_schema)?;
    let mut connection = pool.acquire().await?.detach();
    let target = Target {
        members: registry::all(),
        purpose: Purpose::Rebuild,
    };
    create_tables(&mut connection, into_schema, &target.members, Indexes::All).await?;
    set_schema(&mut connection, into_schema).await?;
    let mut from = 0;
    let mut parking = Parking::load(&mut connection, &target.members).await?;
    let mut next = read(store, from, up_to, BATCH_EVENTS_MAX).await?;
    while from < up_to {
        if next.to == from {
            return Err(Error::LogEnded {
                position: from,
                up_to,
            });
        }
        from = next.to;
        let apply = isolate::apply(&mut connection, next, &target, &mut parking, |_| ());
        // The next events are read while these are written.
        ((), next) = try_join(apply, read(store, from, up_to, BATCH_EVENTS_MAX)).await?;
    }
    Ok(())
}

/// Rejects a name that is neither the live schema's nor one for rebuilt tables, because it becomes part of statements.
pub(crate) fn check_schema(schema: &str) -> Result<(), Error> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_rebuilt = schema
        .strip_prefix(SCHEMA_PREFIX)
        .is_some_and(|rest| !rest.is_empty() && rest.len() <= SCHEMA_LEN_MAX && rest.chars().all(is_plain));
    if is_rebuilt || schema == crate::leader::SCHEMA {
        Ok(())
    } else {
        Err(Error::SchemaName {
            name: schema.to_owned(),
        })
    }
}

/// Which indexes empty tables have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Indexes {
    /// Those of the live tables.
    All,
    /// Those of constraints: the others are made when the rows are there, by `read_model.create_indexes`.
    Constraints,
}

/// Recreates `schema` with empty tables of `members`, their checkpoints at 0, and their skipped events. A skip holds for
/// the code with which the event failed, which would fail in the same way again; other code tries the event.
pub(crate) async fn create_tables(
    connection: &mut PgConnection,
    schema: &str,
    members: &[&'static Registration],
    indexes: Indexes,
) -> Result<(), Error> {
    let tables = members.iter().flat_map(|member| member.table_names());
    let tables: Vec<String> = tables
        .chain(["checkpoints", "dead_letters"].map(str::to_owned))
        .collect();
    let copy_tables = match indexes {
        Indexes::All => "SELECT read_model.copy_tables($1, $2)",
        Indexes::Constraints => "SELECT read_model.copy_tables_without_indexes($1, $2)",
    };
    sqlx::query(copy_tables)
        .bind(schema)
        .bind(&tables)
        .execute(&mut *connection)
        .await?;
    let names = registry::names(members);
    let versions: Vec<i32> = members.iter().map(|member| member.code_version).collect();
    sqlx::query(AssertSqlSafe(format!(
        "INSERT INTO {schema}.checkpoints (projection, position, code_version) \
         SELECT name, 0, version FROM UNNEST($1::text[], $2::integer[]) AS members (name, version)"
    )))
    .bind(&names)
    .bind(versions)
    .execute(&mut *connection)
    .await?;
    sqlx::query(AssertSqlSafe(format!(
        "INSERT INTO {schema}.dead_letters \
         SELECT letter.* FROM read_model.dead_letters AS letter \
         JOIN read_model.checkpoints AS live USING (projection) \
         JOIN {schema}.checkpoints AS built USING (projection, code_version) \
         WHERE letter.state = 'skipped' AND projection = ANY ($1)"
    )))
    .bind(&names)
    .execute(connection)
    .await?;
    Ok(())
}

/// Reads the next batch after `from`, of at most `limit` events; empty at `up_to`.
pub(crate) async fn read(store: &Store, from: i64, up_to: i64, limit: i64) -> Result<ProjectionBatch, Error> {
    let limit = limit.min(up_to - from);
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

#[cfg(test)]
mod tests {
    use super::check_schema;

    #[test]
    fn only_schema_names_of_read_models_are_accepted() {
        for name in ["read_model", "read_model_check", "read_model_replay_orders"] {
            assert!(check_schema(name).is_ok(), "{name}");
        }
        for name in [
            "",
            "event_store",
            "read_model_",
            "read_model_x; --",
            "read_model_Ä",
        ] {
            assert!(check_schema(name).is_err(), "{name}");
        }
    }
}
