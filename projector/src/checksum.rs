//! Checksums of the read models' tables.

use aws_lc_rs::digest;
use futures_util::TryStreamExt as _;
use serde::Serialize;
use sqlx::PgPool;
use sqlx::postgres::PgPoolCopyExt as _;

use crate::Error;
use crate::rebuild::check_schema;
use crate::registry;

/// The checksum of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableChecksum {
    /// The table's name, without its schema.
    pub table: String,
    /// The number of rows.
    pub row_count: u64,
    /// SHA-256 of the rows as `COPY … TO STDOUT` writes them in the order of the primary key, in hexadecimal.
    pub sha256: String,
}

/// The checksums of every read model table in `schema`. Compare them only while nothing is projected: each table is
/// read by a separate statement.
///
/// # Errors
/// When Postgres fails, or has no such schema.
pub async fn checksums(pool: &PgPool, schema: &str) -> Result<Vec<TableChecksum>, Error> {
    check_schema(schema)?;
    let mut checksums = Vec::new();
    for table in registry::tables() {
        let (name, key) = (table.name, table.key.join(", "));
        let statement = format!("COPY (SELECT * FROM {schema}.{name} ORDER BY {key}) TO STDOUT");
        let mut rows = pool.copy_out_raw(&statement).await?;
        let mut context = digest::Context::new(&digest::SHA256);
        let mut row_count = 0;
        while let Some(chunk) = rows.try_next().await? {
            context.update(&chunk);
            // Line feeds within values are escaped as `
            // `.
            row_count += chunk.split(|byte| *byte == b'\n').count() as u64 - 1;
        }
        let sha256 = hex::encode(context.finish());
        checksums.push(TableChecksum {
            table: name.to_owned(),
            row_count,
            sha256,
        });
    }
    Ok(checksums)
}
