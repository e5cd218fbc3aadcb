//! Checksums of the read models' tables, and of all live ones at one moment.

use aws_lc_rs::digest;
use futures_util::TryStreamExt as _;
use schemas::replay::TableChecksum;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::Error;
use crate::leader::SCHEMA;
use crate::rebuild::check_schema;
use crate::registry::{self, Table};

/// The live read models at one moment.
#[derive(Debug, Clone)]
pub struct LiveChecksums {
    /// The position of the running projections.
    pub position: i64,
    /// Projections at another position: those that have stopped or are being rebuilt.
    pub behind: Vec<String>,
    /// The checksum of every table.
    pub tables: Vec<TableChecksum>,
}

/// Keeps the live tables from being exchanged for those of a replay until the transaction ends. It must be the first
/// statement of a transaction that reads one state of the database: after an exchange, that state would be the one
/// which the new tables had before.
///
/// # Errors
/// When Postgres fails.
pub async fn hold_live_tables(transaction: &mut PgConnection) -> Result<(), Error> {
    let tables: Vec<String> = registry::tables()
        .map(|table| format!("{SCHEMA}.{}", table.name))
        .collect();
    let statement = format!("LOCK TABLE {} IN ACCESS SHARE MODE", tables.join(", "));
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(transaction)
        .await?;
    Ok(())
}

/// The checksums of the live read models. `snapshot` is a transaction that reads one state of the database: isolation
/// level `REPEATABLE READ`.
///
/// # Errors
/// When Postgres fails.
pub async fn live_checksums(snapshot: &mut PgConnection) -> Result<LiveChecksums, Error> {
    let position = sqlx::query_scalar!("SELECT position FROM read_model.leader")
        .fetch_one(&mut *snapshot)
        .await?;
    let behind = sqlx::query_scalar!(
        "SELECT projection FROM read_model.checkpoints WHERE position <> $1 ORDER BY projection",
        position
    )
    .fetch_all(&mut *snapshot)
    .await?;
    let tables = checksums(snapshot, SCHEMA).await?;
    Ok(LiveChecksums {
        position,
        behind,
        tables,
    })
}

/// The checksums of every read model table in `schema`. Each table is read by a statement of its own: while events are
/// projected, use a transaction that reads one state of the database.
///
/// # Errors
/// When Postgres fails, or has no such schema.
pub async fn checksums(connection: &mut PgConnection, schema: &str) -> Result<Vec<TableChecksum>, Error> {
    check_schema(schema)?;
    let mut checksums = Vec::new();
    for table in registry::tables() {
        checksums.push(checksum(connection, schema, table).await?);
    }
    Ok(checksums)
}

/// The checksum of one table in `schema`, whose name must have been checked.
pub(crate) async fn checksum(
    connection: &mut PgConnection,
    schema: &str,
    table: &Table,
) -> Result<TableChecksum, sqlx::Error> {
    let (name, key) = (table.name, table.key.join(", "));
    let statement = format!("COPY (SELECT * FROM {schema}.{name} ORDER BY {key}) TO STDOUT");
    let mut rows = connection.copy_out_raw(&statement).await?;
    let mut context = digest::Context::new(&digest::SHA256);
    let mut row_count = 0;
    while let Some(chunk) = rows.try_next().await? {
        context.update(&chunk);
        // Line feeds within values are escaped as `\n`.
        row_count += chunk.split(|byte| *byte == b'\n').count() as u64 - 1;
    }
    Ok(TableChecksum {
        table: name.to_owned(),
        row_count,
        sha256: hex::encode(context.finish()),
    })
}
