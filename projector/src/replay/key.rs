//! The rebuild of one key's rows in the live tables, for a fault that concerns a few orders or products: in one
//! transaction, compared before and after.

use std::collections::{BTreeMap, BTreeSet};

use event_store::Store;
use schemas::replay::{KeyReport, KeyTableReport, RowDifference};
use serde_json::json;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::compare::{Columns, row_difference};
use super::verbs::find;
use crate::Error;
use crate::copy::Writing;
use crate::decoded_event::DecodedEvent;
use crate::leader::set_schema_of_transaction;
use crate::operator_actions::{self, NewAction, Subject};
use crate::projection::Changes;
use crate::registry::Registration;

/// Positions that are searched for events of the key at a time.
const SEARCH_SPAN: i64 = 100_000;

/// The rows of one key in a table, by primary key.
type Rows = BTreeMap<String, Json<Columns>>;

/// Rebuilds the rows of `key` from its events, in place. The projector waits for the transaction, not for the search of the
/// log before it. No change is announced: readers see the rows at their next read or change.
///
/// # Errors
/// [`Error::UnknownProjection`]; [`Error::NotByKey`]; [`Error::KeyRefused`] when no event has the key, some of its events
/// are parked, or one can't be applied; [`Error::Outdated`] while the rows are of other code; when Postgres fails. Nothing
/// has changed in these cases.
pub async fn rebuild_key(store: &Store, projection: &str, key: &str, by: &str) -> Result<KeyReport, Error> {
    let registration = find(projection)?;
    if registration.key_columns.is_empty() {
        return Err(Error::NotByKey {
            projection: projection.to_owned(),
        });
    }
    let searched = store.head().await?;
    let mut events = search(store, key, 0, searched).await?;
    let mut tx = store.pool().begin().await?;
    set_schema_of_transaction(&mut tx).await?;
    let position = lock(&mut tx, registration).await?;
    events.extend(search(store, key, searched, position).await?);
    events.retain(|event| event.position <= position);
    refuse_parked(&mut tx, registration, key).await?;
    let skipped: Vec<i64> =
        sqlx::query_scalar("SELECT position FROM dead_letters WHERE projection = $1 AND key = $2")
            .bind(projection)
            .bind(key)
            .fetch_all(&mut *tx)
            .await?;
    events.retain(|event| !skipped.contains(&event.position));
    if events.is_empty() {
        return Err(refused(format!("no event has the key `{key}`")));
    }
    let before = rows(&mut tx, registration, key).await?;
    replace(&mut tx, registration, key, &events).await?;
    let after = rows(&mut tx, registration, key).await?;
    let report = KeyReport {
        projection: projection.to_owned(),
        key: key.to_owned(),
        position,
        events: events.len() as u64,
        tables: compared(registration, before, after),
    };
    let changed_rows = report.differing();
    let action = NewAction {
        subject: Subject::Replay,
        name: registration.name,
        verb: "rebuild_key",
        by,
        reason: None,
        detail: json!({"key": key, "position": position, "changed_rows": changed_rows}),
    };
    operator_actions::record(&mut tx, &action).await?;
    tx.commit().await?;
    tracing::info!(
        projection,
        key,
        by,
        changed_rows,
        "The rows of a key were rebuilt."
    );
    Ok(report)
}

fn refused(reason: String) -> Error {
    Error::KeyRefused { reason }
}

/// The events of `key` after one position, up to another.
async fn search(store: &Store, key: &str, after: i64, up_to: i64) -> Result<Vec<DecodedEvent>, Error> {
    let mut events = Vec::new();
    let mut from = after;
    while from < up_to {
        let to = up_to.min(from + SEARCH_SPAN);
        for event in store.read_key(key, from, to).await? {
            events.push(DecodedEvent::decode(event)?);
        }
        from = to;
    }
    Ok(events)
}

/// Makes the projector wait before its next batch. Returns the position of the rows.
async fn lock(connection: &mut PgConnection, registration: &Registration) -> Result<i64, Error> {
    let checkpoint: Option<(i64, i32)> =
        sqlx::query_as("SELECT position, code_version FROM checkpoints WHERE projection = $1 FOR UPDATE")
            .bind(registration.name)
            .fetch_optional(connection)
            .await?;
    match checkpoint {
        Some((position, version)) if version == registration.code_version => Ok(position),
        _ => Err(Error::Outdated {
            projection: registration.name.to_owned(),
        }),
    }
}

async fn refuse_parked(
    connection: &mut PgConnection,
    registration: &Registration,
    key: &str,
) -> Result<(), Error> {
    let parked: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM dead_letters WHERE projection = $1 AND key = $2 AND state <> 'skipped'",
    )
    .bind(registration.name)
    .bind(key)
    .fetch_one(connection)
    .await?;
    if parked > 0 {
        return Err(refused(format!(
            "events of `{key}` are parked ({parked}); retry or skip them first"
        )));
    }
    Ok(())
}

/// The rows of the key, of each table.
async fn rows(
    connection: &mut PgConnection,
    registration: &Registration,
    key: &str,
) -> Result<Vec<Rows>, Error> {
    let mut tables = Vec::new();
    for (table, column) in registration.keyed_tables() {
        let statement = format!(
            "SELECT json_build_array({primary})::text, row_to_json(t) FROM {name} AS t WHERE {column}::text = $1",
            primary = table.key.join(", "),
            name = table.name
        );
        let found: Vec<(String, Json<Columns>)> = sqlx::query_as(AssertSqlSafe(statement))
            .bind(key)
            .fetch_all(&mut *connection)
            .await?;
        tables.push(found.into_iter().collect());
    }
    Ok(tables)
}

/// Deletes the rows of the key, and writes those that its events make.
async fn replace(
    connection: &mut PgConnection,
    registration: &Registration,
    key: &str,
    events: &[DecodedEvent],
) -> Result<(), Error> {
    for (table, column) in registration.keyed_tables() {
        let statement = format!("DELETE FROM {} WHERE {column}::text = $1", table.name);
        sqlx::query(AssertSqlSafe(statement))
            .bind(key)
            .execute(&mut *connection)
            .await?;
    }
    let mut projection = (registration.create)();
    projection.load(connection, events).await?;
    let mut changes = Changes::suppressed();
    for decoded in events {
        let applied = match &decoded.event {
            Ok(event) => projection
                .apply(decoded, event, &mut changes)
                .map_err(|error| error.to_string()),
            Err(unreadable) => Err(unreadable.to_string()),
        };
        applied
            .map_err(|reason| refused(format!("event {} can't be applied: {reason}", decoded.position)))?;
    }
    projection
        .write(connection, Writing::Upsert, &mut changes)
        .await?;
    Ok(())
}

fn compared(registration: &Registration, before: Vec<Rows>, after: Vec<Rows>) -> Vec<KeyTableReport> {
    let pairs = before.into_iter().zip(after).zip(registration.tables);
    pairs
        .map(|((mut before, mut after), table)| {
            let row_count = after.len() as u64;
            let keys: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
            let rows = keys.into_iter().filter_map(|key| {
                let (old, new) = (before.remove(&key), after.remove(&key));
                difference(key, old, new)
            });
            KeyTableReport {
                table: table.name.to_owned(),
                row_count,
                rows: rows.collect(),
            }
        })
        .collect()
}

fn difference(key: String, old: Option<Json<Columns>>, new: Option<Json<Columns>>) -> Option<RowDifference> {
    let is_changed = old.is_none() || new.is_none();
    let found = row_difference((key, old, new));
    (is_changed || !found.columns.is_empty()).then_some(found)
}
