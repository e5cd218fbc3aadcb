//! Compares the tables of a shadow with the live ones at one position: counts and checksums, and row by row where they
//! differ.

use std::collections::BTreeMap;

pub use schemas::replay::{ColumnDifference, Report, RowDifference, TableReport};
use serde_json::value::RawValue;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::Error;
use crate::checkpoint::NEVER_BUILT;
use crate::checksum::checksum;
use crate::leader::SCHEMA;
use crate::registry::{Registration, Table};

/// How many differing rows of a table are named.
const ROWS_NAMED_MAX: i64 = 100;

/// How many characters of a value are kept.
const VALUE_CHARS_MAX: usize = 120;

/// How many equal characters before the first difference are kept of a long value.
const CONTEXT_CHARS: usize = 20;

/// Compares the tables of a projection in `schema`, at `position`, with the live ones. None if those are at another
/// position, or were never built. `snapshot` is in a transaction that reads one state of the database.
///
/// # Errors
/// When Postgres fails.
pub(crate) async fn compare(
    snapshot: &mut PgConnection,
    registration: &Registration,
    schema: &str,
    position: i64,
) -> Result<Option<Report>, Error> {
    let live: Option<(i64, i32)> =
        sqlx::query_as("SELECT position, code_version FROM read_model.checkpoints WHERE projection = $1")
            .bind(registration.name)
            .fetch_optional(&mut *snapshot)
            .await?;
    let Some((live_position, code_version)) = live else {
        return Ok(None);
    };
    if live_position != position || code_version == NEVER_BUILT {
        return Ok(None);
    }
    let mut tables = Vec::new();
    for table in registration.tables {
        tables.push(compare_table(snapshot, table, schema).await?);
    }
    Ok(Some(Report {
        position,
        code_changed: code_version != registration.code_version,
        newly_parked: newly_parked(snapshot, registration, schema).await?,
        tables,
    }))
}

async fn newly_parked(
    snapshot: &mut PgConnection,
    registration: &Registration,
    schema: &str,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT COUNT(*) FROM {schema}.dead_letters AS new WHERE projection = $1 AND state <> 'skipped' \
         AND NOT EXISTS (SELECT FROM {SCHEMA}.dead_letters AS old \
                         WHERE old.projection = new.projection AND old.position = new.position)"
    )))
    .bind(registration.name)
    .fetch_one(snapshot)
    .await
}

async fn compare_table(
    snapshot: &mut PgConnection,
    table: &Table,
    schema: &str,
) -> Result<TableReport, sqlx::Error> {
    let mut report = TableReport {
        live: checksum(snapshot, SCHEMA, table).await?,
        replay: checksum(snapshot, schema, table).await?,
        changed: 0,
        missing: 0,
        added: 0,
        rows: Vec::new(),
    };
    if report.live == report.replay {
        return Ok(report);
    }
    // Rows are compared as text, for `json` has no equality.
    let key = table.key.join(", ");
    let different = format!(
        "FROM {SCHEMA}.{name} AS live FULL JOIN {schema}.{name} AS replay USING ({key}) \
         WHERE live::text IS DISTINCT FROM replay::text",
        name = table.name
    );
    let counts: (i64, i64, i64) = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT COUNT(*) FILTER (WHERE live::text IS NOT NULL AND replay::text IS NOT NULL), \
             COUNT(*) FILTER (WHERE replay::text IS NULL), COUNT(*) FILTER (WHERE live::text IS NULL) {different}"
    )))
    .fetch_one(&mut *snapshot)
    .await?;
    (report.changed, report.missing, report.added) = counts;
    let rows: Vec<Differing> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT json_build_array({key})::text AS key, row_to_json(live) AS live, row_to_json(replay) AS replay \
         {different} ORDER BY {key} LIMIT $1"
    )))
    .bind(ROWS_NAMED_MAX)
    .fetch_all(snapshot)
    .await?;
    report.rows = rows.into_iter().map(row_difference).collect();
    Ok(report)
}

/// A row as JSON: its columns, in the text of the database.
pub(crate) type Columns = BTreeMap<String, Box<RawValue>>;

/// A key, and its rows in the two tables; null for a table without it.
pub(crate) type Differing = (String, Option<Json<Columns>>, Option<Json<Columns>>);

pub(crate) fn row_difference((key, live, replay): Differing) -> RowDifference {
    let (difference, values) = match (live, replay) {
        (Some(live), Some(replay)) => ("changed", column_differences(&live.0, &replay.0)),
        (Some(_), None) => ("missing", Vec::new()),
        (None, _) => ("added", Vec::new()),
    };
    RowDifference {
        key,
        difference: difference.to_owned(),
        columns: values.iter().map(|value| value.column.clone()).collect(),
        values,
    }
}

fn column_differences(live: &Columns, replay: &Columns) -> Vec<ColumnDifference> {
    let differing = live.iter().filter_map(|(column, one)| {
        let (one, other) = (text(one), text(replay.get(column)?));
        (one != other).then(|| {
            let equal = equal_chars(one.as_deref(), other.as_deref());
            ColumnDifference {
                column: column.clone(),
                live: one.map(|one| excerpt(&one, equal)),
                replay: other.map(|other| excerpt(&other, equal)),
            }
        })
    });
    differing.collect()
}

/// The text of a value; none for null.
fn text(value: &RawValue) -> Option<String> {
    let text = value.get();
    (text != "null").then(|| serde_json::from_str(text).unwrap_or_else(|_not_a_string| text.to_owned()))
}

/// How many characters are equal at the start.
fn equal_chars(one: Option<&str>, other: Option<&str>) -> usize {
    let (one, other) = (one.unwrap_or_default().chars(), other.unwrap_or_default().chars());
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// At most [`VALUE_CHARS_MAX`] characters of `text`, around the first difference at `equal`.
fn excerpt(text: &str, equal: usize) -> String {
    let len = text.chars().count();
    if len <= VALUE_CHARS_MAX {
        return text.to_owned();
    }
    let start = equal.saturating_sub(CONTEXT_CHARS).min(len - VALUE_CHARS_MAX);
    let part: String = text.chars().skip(start).take(VALUE_CHARS_MAX).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if start + VALUE_CHARS_MAX < len { "…" } else { "" };
    format!("{before}{part}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_value_the_part_around_the_difference_is_kept() {
        let (one, other) = (
            format!("{}x{}", "a".repeat(300), "b".repeat(300)),
            format!("{}y", "a".repeat(300)),
        );
        let equal = equal_chars(Some(&one), Some(&other));
        assert_eq!(equal, 300);
        let shown = excerpt(&one, equal);
        assert!(
            shown.starts_with('…') && shown.ends_with('…') && shown.contains("ax"),
            "{shown}"
        );
        assert_eq!(shown.chars().count(), VALUE_CHARS_MAX + 2);
        assert!(excerpt(&other, equal).ends_with('y'));
        assert_eq!(excerpt("short", 2), "short");
    }

    #[test]
    fn the_columns_that_differ_are_named_with_both_values() {
        let row = |json: &str| Some(Json(serde_json::from_str::<Columns>(json).unwrap()));
        let live = || row(r#"{"sku": "MUG", "name": "Mug", "price": 7, "note": null}"#);
        let replay = row(r#"{"sku": "MUG", "name": "Cup", "price": 7, "note": "new"}"#);
        let found = row_difference(("[\"MUG\"]".to_owned(), live(), replay));
        assert_eq!(
            (found.difference.as_str(), &found.columns),
            ("changed", &vec!["name".to_owned(), "note".to_owned()])
        );
        assert_eq!(found.values[1].live, None);
        assert_eq!(found.values[1].replay.as_deref(), Some("new"));
        assert_eq!(
            row_difference((String::new(), live(), None)).difference,
            "missing"
        );
    }
}
