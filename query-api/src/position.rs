//! How far the read models are, and waiting until they are far enough.

use std::sync::Arc;
use std::time::Duration;

use event_store::Wakeup;
use event_store::wakeup::POLL_INTERVAL;
use platform::problem::{Problem, kind};
use serde::Deserialize;
use sqlx::PgPool;
use tokio::task::AbortHandle;

/// How long a read waits for the read models at most.
pub const WAIT_MAX: Duration = Duration::from_secs(5);

/// Seconds after which a read that came too early is worth another try.
const RETRY_AFTER_S: u32 = 1;

/// A position to wait for: not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "i64")]
pub(crate) struct MinPosition(i64);

impl TryFrom<i64> for MinPosition {
    type Error = &'static str;

    fn try_from(position: i64) -> Result<Self, Self::Error> {
        if position >= 0 {
            Ok(Self(position))
        } else {
            Err("must be 0 or more")
        }
    }
}

/// The position that every read model has reached. Clones speak of the same one.
#[derive(Debug, Clone)]
pub struct Projected {
    wakeup: Wakeup,
    _looking: Arc<PollingTask>,
}

#[derive(Debug)]
struct PollingTask(AbortHandle);

impl Drop for PollingTask {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Projected {
    /// Follows the position in the database of `pool`, as told by `wakeup`.
    pub(crate) fn follow(pool: &PgPool, wakeup: Wakeup) -> Self {
        let looking = tokio::spawn(look(pool.clone(), wakeup.clone()));
        Self {
            wakeup,
            _looking: Arc::new(PollingTask(looking.abort_handle())),
        }
    }

    /// The newest position known here; the read models may be further.
    pub fn newest(&self) -> i64 {
        self.wakeup.newest()
    }

    /// Waits for `position`, within [`WAIT_MAX`]. It costs no statement, however many wait.
    pub(crate) async fn wait_for(&self, MinPosition(position): MinPosition) -> Result<(), Problem> {
        let mut waiter = self.wakeup.waiter();
        let reached = async {
            while waiter.look() < position {
                waiter.wait().await;
            }
        };
        tokio::time::timeout(WAIT_MAX, reached).await.map_err(|_| {
            let detail = format!("The read models have not reached position {position} yet.");
            Problem::new(&kind::NOT_CAUGHT_UP, detail).with_retry_after(RETRY_AFTER_S)
        })
    }
}

/// Looks the position up for ever, for the case that notifications are lost.
async fn look(pool: PgPool, wakeup: Wakeup) {
    loop {
        match read(&pool).await {
            Ok(position) => wakeup.wake(position),
            Err(sqlx::Error::PoolClosed) => return,
            // Postgres is away: the reads say so themselves, and another look follows here.
            Err(_) => {}
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}

async fn read(pool: &PgPool) -> Result<i64, sqlx::Error> {
    let position = sqlx::query_scalar!("SELECT MIN(position) FROM read_model.checkpoints")
        .fetch_one(pool)
        .await?;
    Ok(position.unwrap_or_default())
}
