//! The bare limit of a replay: the rows that it wrote, copied into empty tables with the same indexes.

use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};

/// The schema of the empty tables.
const SCHEMA: &str = "read_model_bench";

/// Copies the rows of every table of the replays, one table after the other, and returns the time that the writing took.
pub(super) async fn measure(owner: &PgConnectOptions) -> anyhow::Result<Duration> {
    let mut connection = PgConnection::connect_with(owner).await?;
    let tables: Vec<(String, String)> = sqlx::query_as(
        "SELECT n.nspname::text, c.relname::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE starts_with(n.nspname, 'read_model_replay_') AND c.relkind = 'r' \
           AND c.relname NOT IN ('checkpoints', 'dead_letters') ORDER BY 1, 2",
    )
    .fetch_all(&mut connection)
    .await?;
    let names: Vec<&str> = tables.iter().map(|(_, table)| table.as_str()).collect();
    sqlx::query("SELECT read_model.copy_tables($1, $2)")
        .bind(SCHEMA)
        .bind(&names)
        .execute(&mut connection)
        .await?;
    let mut spent = Duration::ZERO;
    for (schema, table) in &tables {
        let rows: Vec<_> = connection
            .copy_out_raw(&format!("COPY {schema}.{table} TO STDOUT (FORMAT binary)"))
            .await?
            .try_collect()
            .await?;
        let began = Instant::now();
        let statement = format!("COPY {SCHEMA}.{table} FROM STDIN (FORMAT binary)");
        let mut copy = connection.copy_in_raw(&statement).await?;
        for part in &rows {
            copy.send(part.as_ref()).await?;
        }
        copy.finish().await?;
        spent += began.elapsed();
    }
    Ok(spent)
}
