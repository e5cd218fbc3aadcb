//! Compares the tables of a shadow with the live ones at one position: counts and checksums, and row by row where they
//! differ.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, PgConnection};

use crate::Error;
use crate::checkpoint::NEVER_BUILT;
use crate::checksum::{TableChecksum, checksum};
use crate::leader::SCHEMA;
use crate::registry::{Registration, Table};

/// How many differing rows of a table are named.
const ROWS_NAMED_MAX: i64 = 100;

/// A comparison of a shadow with the live tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayReport")]
pub struct Report {
    /// The position at which both were read.
    pub position: i64,
    /// Whether the live rows were written by other code. Then they may differ.
    pub code_changed: bool,
    /// Events that the replay has parked, and the live projection has not.
    pub newly_parked: i64,
    /// The tables.
    pub tables: Vec<TableReport>,
}

/// The comparison of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayTableReport")]
pub struct TableReport {
    /// The live table.
    pub live: TableChecksum,
    /// The table of the replay.
    pub replay: TableChecksum,
    /// Rows with the same key and other values.
    pub changed: i64,
    /// Rows that only the live table has.
    pub missing: i64,
    /// Rows that only the replay has.
    pub added: i64,
    /// The first differing rows, by key.
    pub rows: Vec<RowDifference>,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::FromRow)]
#[schemars(rename = "ReplayRowDifference")]
pub struct RowDifference {
    /// The values of its primary key, as a JSON array.
    pub key: String,
    /// `changed`, `missing` or `added`.
    pub difference: String,
    /// The names of the columns that differ, if both have the row.
    pub columns: Vec<String>,
}

impl Report {
    /// The number of rows that differ.
    pub fn differing(&self) -> i64 {
        self.tables
            .iter()
            .map(|table| table.changed + table.missing + table.added)
            .sum()
    }

    /// Whether the tables are equal, and every event that the live projection applied was applied.
    pub fn is_equal(&self) -> bool {
        self.newly_parked == 0 && self.tables.iter().all(|table| table.live == table.replay)
    }

    /// Whether there is a difference that the same code must not make.
    pub fn is_suspicious(&self) -> bool {
        !self.code_changed && !self.is_equal()
    }

    /// The result in a sentence.
    pub fn sentence(&self) -> String {
        let tables = self.tables.iter().filter(|table| table.live != table.replay);
        let tables: Vec<String> = tables
            .map(|table| {
                format!(
                    "{} ({} changed, {} missing, {} added)",
                    table.live.table, table.changed, table.missing, table.added
                )
            })
            .collect();
        if tables.is_empty() && self.newly_parked == 0 {
            return format!(
                "all rows are equal to the live ones at position {}",
                self.position
            );
        }
        let mut parts = Vec::new();
        if !tables.is_empty() {
            let rows = self.differing();
            parts.push(format!(
                "{rows} rows differ from the live ones: {}",
                tables.join(", ")
            ));
        }
        if self.newly_parked > 0 {
            parts.push(format!(
                "{} events are parked that are not parked live",
                self.newly_parked
            ));
        }
        format!("at position {}, {}", self.position, parts.join("; "))
    }
}

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
    report.rows = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT json_build_array({key})::text AS key, \
             CASE WHEN replay::text IS NULL THEN 'missing' WHEN live::text IS NULL THEN 'added' \
                 ELSE 'changed' END AS difference, \
             ARRAY(SELECT key FROM json_each_text(row_to_json(live)) AS one (key, value) \
                   JOIN json_each_text(row_to_json(replay)) AS other (key, value) USING (key) \
                   WHERE one.value IS DISTINCT FROM other.value ORDER BY key) AS columns \
         {different} ORDER BY {key} LIMIT $1"
    )))
    .bind(ROWS_NAMED_MAX)
    .fetch_all(snapshot)
    .await?;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(rows: u64) -> TableChecksum {
        TableChecksum {
            table: "orders".to_owned(),
            row_count: rows,
            sha256: rows.to_string(),
        }
    }

    fn report(replay_rows: u64) -> Report {
        Report {
            position: 7,
            code_changed: false,
            newly_parked: 0,
            tables: vec![TableReport {
                live: checksum(3),
                replay: checksum(replay_rows),
                changed: 1,
                missing: i64::from(replay_rows < 3),
                added: 0,
                rows: Vec::new(),
            }],
        }
    }

    #[test]
    fn the_same_code_must_give_the_same_rows_and_park_no_other_events() {
        assert!(report(3).is_equal());
        assert_eq!(
            report(3).sentence(),
            "all rows are equal to the live ones at position 7"
        );
        assert!(report(2).is_suspicious());
        assert_eq!(
            report(2).sentence(),
            "at position 7, 2 rows differ from the live ones: orders (1 changed, 1 missing, 0 added)"
        );
        let parked = Report {
            newly_parked: 2,
            ..report(3)
        };
        assert!(parked.is_suspicious());
        assert_eq!(
            parked.sentence(),
            "at position 7, 2 events are parked that are not parked live"
        );
    }

    #[test]
    fn other_code_may_give_other_rows() {
        let changed = Report {
            code_changed: true,
            ..report(2)
        };
        assert!(!changed.is_suspicious() && !changed.is_equal());
    }
}
