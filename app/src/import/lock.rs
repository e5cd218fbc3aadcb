//! One import at a time. Two would do nothing twice either, but each would receive the stock of both.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use sqlx::{PgConnection, PgPool};

use crate::exit::Failure;

/// The advisory lock of all imports into one database ("waybill import" as a number).
const KEY: i64 = 0x7762_696d_706f_7274;
/// How long an import that is just ending may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);

/// Waits for the right to import. It is given back when the connection is dropped.
pub async fn take(pool: &PgPool) -> anyhow::Result<PgConnection> {
    let mut connection = pool.acquire().await?.detach();
    let started = Instant::now();
    loop {
        let taken = sqlx::query_scalar!(r#"SELECT pg_try_advisory_lock($1) AS "taken!""#, KEY)
            .fetch_one(&mut connection)
            .await
            .context("the right to import could not be taken")?;
        if taken {
            return Ok(connection);
        }
        if started.elapsed() > PATIENCE {
            return Err(Failure::Unavailable("another import is running".to_owned()).into());
        }
        tokio::time::sleep(PAUSE).await;
    }
}
