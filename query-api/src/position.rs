//! The positions of the read models, and waiting for them.
//!
//! Each read names the read models that it uses, so that a stopped one does not delay reads of the others. One that is
//! being built for the first time is not read: its tables are empty or of another shape until they are switched to, and
//! an empty answer would look like the truth.
//!
//! Nearly always all are at the same position: then the notification of a batch advances all of them, and the
//! checkpoints are only read periodically. Otherwise they are read at each notification.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use event_store::Wakeup;
use event_store::wakeup::{POLL_INTERVAL, Waiter};
use platform::problem::{Problem, kind};
use platform::shutdown::Shutdown;
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgPool;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// The longest time that a read waits for its read models.
pub const WAIT_MAX: Duration = Duration::from_secs(5);

/// Seconds after which to retry a read that came too early.
const RETRY_AFTER_S: u32 = 1;

/// The shortest time between two reads of the checkpoints.
const POLL_INTERVAL_MIN: Duration = Duration::from_millis(20);

/// The names of the read models that a read uses.
pub(crate) type ReadModels = &'static [&'static str];

/// A position to wait for: not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(try_from = "i64")]
#[schemars(inline, extend("minimum" = 0))]
pub(crate) struct MinPosition(i64);

impl MinPosition {
    /// The position of an event.
    pub const fn of_event(position: i64) -> Self {
        Self(position)
    }
}

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

/// The position that every read model of a read has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached(pub i64);

/// The state of some read models: equal places mean equal rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    position: i64,
    /// Counts changes of rows that move no position: rebuilds, and retries of parked events.
    revision: i64,
}

/// The positions that the read models have reached. Clones share them.
#[derive(Debug, Clone)]
pub struct Projected {
    wakeup: Wakeup,
    checkpoints: watch::Receiver<Checkpoints>,
    heads: watch::Receiver<i64>,
    _polling: Arc<PollingTask>,
}

#[derive(Debug)]
struct PollingTask(AbortHandle);

impl Drop for PollingTask {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The checkpoints at the last read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Checkpoints {
    /// Whether they were read at all: they were not right after the start.
    is_known: bool,
    positions: HashMap<String, i64>,
    /// The read models whose tables have not been built yet.
    unbuilt: HashSet<String>,
    /// Whether all were at the same position. Only then does a notified position hold for each of them.
    is_together: bool,
    revision: i64,
}

impl Checkpoints {
    /// The position of one read model when the highest notified position is `notified`; 0 for one that was never
    /// projected.
    fn position(&self, name: &str, notified: i64) -> i64 {
        match self.positions.get(name) {
            Some(position) if self.is_together => notified.max(*position),
            Some(position) => *position,
            None => 0,
        }
    }
}

impl Projected {
    /// Follows the checkpoints in the database of `pool`; `wakeup` is notified of every batch.
    pub(crate) fn follow(pool: &PgPool, wakeup: Wakeup, shutdown: &Shutdown) -> Self {
        let (sender, checkpoints) = watch::channel(Checkpoints::default());
        let (head_sender, heads) = watch::channel(0);
        let polling = poll(pool.clone(), wakeup.clone(), sender, head_sender);
        let polling = tokio::spawn(shutdown.vital("read model positions", polling));
        Self {
            wakeup,
            checkpoints,
            heads,
            _polling: Arc::new(PollingTask(polling.abort_handle())),
        }
    }

    /// The highest known position that every read model has reached. They may have advanced further.
    pub fn newest(&self) -> i64 {
        let checkpoints = self.checkpoints.borrow();
        let notified = self.wakeup.newest();
        let positions = checkpoints
            .positions
            .keys()
            .map(|name| checkpoints.position(name, notified));
        positions.min().unwrap_or_default()
    }

    /// The state of the read models of a read.
    pub(crate) fn place(&self, uses: ReadModels) -> Place {
        let checkpoints = self.checkpoints.borrow();
        let notified = self.wakeup.newest();
        let positions = uses.iter().map(|name| checkpoints.position(name, notified));
        Place {
            // The highest position: a projection that is behind it is being rebuilt, or has stopped.
            position: positions.max().unwrap_or_default(),
            revision: checkpoints.revision,
        }
    }

    /// The highest known position that all read models of a read have reached.
    pub(crate) fn reached(&self, uses: ReadModels) -> Reached {
        let checkpoints = self.checkpoints.borrow();
        let notified = self.wakeup.newest();
        let positions = uses.iter().map(|name| checkpoints.position(name, notified));
        Reached(positions.min().unwrap_or_default())
    }

    /// Fails if a read model of a read has not been built yet. Right after the start it waits, for at most [`WAIT_MAX`],
    /// until that is known.
    pub(crate) async fn check_built(&self, uses: ReadModels) -> Result<(), Problem> {
        let mut checkpoints = self.checkpoints.clone();
        let known = tokio::time::timeout(WAIT_MAX, checkpoints.wait_for(|known| known.is_known)).await;
        let Ok(Ok(known)) = known else {
            let detail = "The positions of the read models are not known yet.".to_owned();
            return Err(not_caught_up(detail, 0));
        };
        match uses.iter().find(|name| known.unbuilt.contains(**name)) {
            Some(name) => Err(not_caught_up(
                format!("The read model `{name}` is being built."),
                0,
            )),
            None => Ok(()),
        }
    }

    /// Waits until the read models of a read have reached `position`, for at most [`WAIT_MAX`]. Runs no statement,
    /// however many reads wait.
    ///
    /// # Errors
    /// 503 when they have not reached it in time, 422 when the event store has no event at this position.
    pub(crate) async fn wait_for(
        &self,
        uses: ReadModels,
        MinPosition(position): MinPosition,
    ) -> Result<(), Problem> {
        let mut waiter = self.wakeup.waiter();
        let mut checkpoints = self.checkpoints.clone();
        let reached = async {
            while hindmost(uses, &mut waiter, &mut checkpoints).1 < position {
                tokio::select! {
                    () = waiter.wait() => {}
                    _ = checkpoints.changed() => {}
                }
            }
        };
        let is_beyond_head = async {
            if self.next_head().await >= position {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = reached => return Ok(()),
            () = is_beyond_head => {
                let detail = "must not be beyond the newest event";
                return Err(Problem::invalid_field("?min_position", detail));
            }
            () = tokio::time::sleep(WAIT_MAX) => {}
        }
        let (name, reached) = hindmost(uses, &mut waiter, &mut checkpoints);
        let detail = format!("The read model `{name}` is at position {reached}, not at {position} yet.");
        Err(not_caught_up(detail, reached))
    }

    /// The head of the event store, read after this call.
    async fn next_head(&self) -> i64 {
        let mut heads = self.heads.clone();
        heads.mark_unchanged();
        // The first one may have been read before.
        for _ in 0..2 {
            if heads.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
        *heads.borrow()
    }
}

/// The problem of a read that came before its read models.
pub(crate) fn not_caught_up(detail: String, reached: i64) -> Problem {
    Problem::new(&kind::NOT_CAUGHT_UP, detail)
        .with_retry_after(RETRY_AFTER_S)
        .with_member("position", reached)
}

/// The read model that is furthest behind, and its position.
fn hindmost(
    uses: ReadModels,
    waiter: &mut Waiter,
    checkpoints: &mut watch::Receiver<Checkpoints>,
) -> (&'static str, i64) {
    let notified = waiter.look();
    let checkpoints = checkpoints.borrow_and_update();
    uses.iter()
        .map(|name| (*name, checkpoints.position(name, notified)))
        .min_by_key(|(_, position)| *position)
        .unwrap_or(("", i64::MAX))
}

/// Reads the checkpoints and the head in a loop: periodically in case notifications are lost, and at every notification while
/// the read models are at different positions.
async fn poll(pool: PgPool, wakeup: Wakeup, sender: watch::Sender<Checkpoints>, heads: watch::Sender<i64>) {
    let mut waiter = wakeup.waiter();
    loop {
        waiter.look();
        match read(&pool).await {
            Ok((checkpoints, head)) => {
                heads.send_replace(head);
                sender.send_if_modified(|known| {
                    let is_new = *known != checkpoints;
                    *known = checkpoints;
                    is_new
                });
            }
            Err(sqlx::Error::PoolClosed) => return,
            // Postgres is unavailable: reads report it themselves, and the next poll follows.
            Err(_) => {}
        }
        if sender.borrow().is_together {
            tokio::time::sleep(POLL_INTERVAL).await;
        } else {
            tokio::time::sleep(POLL_INTERVAL_MIN).await;
            waiter.wait().await;
        }
    }
}

/// The checkpoints, and the head of the event store.
async fn read(pool: &PgPool) -> Result<(Checkpoints, i64), sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT c.projection, c.position, c.parking_revision, c.position = l.position AS "is_current!",
               c.code_version = 0 AS "is_unbuilt!", head.position AS head
           FROM read_model.checkpoints AS c CROSS JOIN read_model.leader AS l
           CROSS JOIN event_store.log_head AS head"#
    )
    .fetch_all(pool)
    .await?;
    // Before the first projection, no position is known to be beyond the head.
    let head = rows.first().map_or(i64::MAX, |row| row.head);
    let checkpoints = Checkpoints {
        is_known: true,
        is_together: rows.iter().all(|row| row.is_current),
        revision: rows.iter().map(|row| row.parking_revision).sum(),
        unbuilt: rows
            .iter()
            .filter(|row| row.is_unbuilt)
            .map(|row| row.projection.clone())
            .collect(),
        positions: rows
            .into_iter()
            .map(|row| (row.projection, row.position))
            .collect(),
    };
    Ok((checkpoints, head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notified_position_applies_only_while_all_positions_are_equal() {
        let positions = HashMap::from([("orders".to_owned(), 3), ("stock".to_owned(), 7)]);
        let mut checkpoints = Checkpoints {
            positions,
            ..Checkpoints::default()
        };
        assert_eq!(checkpoints.position("orders", 9), 3);
        assert_eq!(checkpoints.position("stock", 9), 7);
        checkpoints.is_together = true;
        assert_eq!(checkpoints.position("orders", 9), 9);
        assert_eq!(checkpoints.position("notes", 9), 0, "it has no checkpoint yet");
    }
}
