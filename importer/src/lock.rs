//! Allows one import at a time. Two would not repeat a step either, but each would receive the stock of both.

use std::time::{Duration, Instant};

use sqlx::{PgConnection, PgPool};

use crate::Error;

/// The advisory lock of all imports into one database ("wbimport" in ASCII).
const KEY: i64 = 0x7762_696d_706f_7274;
/// How long to wait for an import that is about to end.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The delay between two attempts.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// Takes the import lock. It is released when the connection is dropped.
pub async fn acquire(pool: &PgPool) -> Result<PgConnection, Error> {
    let mut connection = pool.acquire().await?.detach();
    let started = Instant::now();
    loop {
        let acquired = sqlx::query_scalar!(r#"SELECT pg_try_advisory_lock($1) AS "taken!""#, KEY)
            .fetch_one(&mut connection)
            .await?;
        if acquired {
            return Ok(connection);
        }
        if started.elapsed() > TIMEOUT {
            return Err(Error::AlreadyRunning);
        }
        tokio::time::sleep(RETRY_INTERVAL).await;
    }
}
