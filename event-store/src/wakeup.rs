//! Who follows a table learns at once that something was committed to it.

use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// The channel that an append notifies, with the new head of the log as its payload.
pub const EVENTS_CHANNEL: &str = "waybill_events";

/// A waiter looks again after this long even if nothing woke it: notifications sent while the listening
/// connection was away are lost.
pub const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// How long to wait before listening again when Postgres is away.
const RELISTEN_DELAY: Duration = Duration::from_millis(500);

/// Tells waiters the newest known position. Clones speak of the same channel; the listening ends with the
/// last of them.
#[derive(Debug, Clone)]
pub struct Wakeup {
    newest: watch::Sender<i64>,
    _listening: Arc<Listening>,
}

#[derive(Debug)]
struct Listening(AbortHandle);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Wakeup {
    /// Listens on a Postgres channel whose payload is a position. Keeps one connection of the pool, and
    /// connects again by itself. Must be called inside a tokio runtime.
    pub fn listen(pool: &PgPool, channel: &'static str) -> Self {
        let (newest, _) = watch::channel(0);
        let task = tokio::spawn(listen(pool.clone(), channel, newest.clone()));
        Self {
            newest,
            _listening: Arc::new(Listening(task.abort_handle())),
        }
    }

    /// Wakes the waiters of this process without the detour over Postgres.
    pub fn wake(&self, position: i64) {
        raise(&self.newest, position);
    }

    /// The newest position anybody spoke of.
    pub fn newest(&self) -> i64 {
        *self.newest.borrow()
    }

    /// Somebody who waits.
    pub fn waiter(&self) -> Waiter {
        Waiter {
            newest: self.newest.subscribe(),
        }
    }
}

/// Waits for the next wake-up.
///
/// Call [`Waiter::look`] before reading what is waited for, and [`Waiter::wait`] when nothing was there: then
/// nothing that happens in between is missed.
#[derive(Debug)]
pub struct Waiter {
    newest: watch::Receiver<i64>,
}

impl Waiter {
    /// Marks all earlier wake-ups as seen, and says the newest position known.
    pub fn look(&mut self) -> i64 {
        *self.newest.borrow_and_update()
    }

    /// Resolves at the next wake-up after [`Waiter::look`], or after [`POLL_INTERVAL`].
    pub async fn wait(&mut self) {
        let changed = tokio::time::timeout(POLL_INTERVAL, self.newest.changed()).await;
        if let Ok(Err(_closed)) = changed {
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }
}

async fn listen(pool: PgPool, channel: &'static str, newest: watch::Sender<i64>) {
    let mut was_away = false;
    loop {
        let error = match PgListener::connect_with(&pool).await {
            Ok(listener) => {
                if was_away {
                    tracing::info!(channel, "Listening for notifications again.");
                }
                forward(listener, channel, &newest).await
            }
            Err(error) => error,
        };
        if matches!(error, sqlx::Error::PoolClosed) {
            return;
        }
        if !was_away {
            tracing::warn!(channel, %error, "No notifications: waiters poll until Postgres is back.");
        }
        was_away = true;
        tokio::time::sleep(RELISTEN_DELAY).await;
    }
}

/// Passes notifications on until the connection is lost.
async fn forward(
    mut listener: PgListener,
    channel: &'static str,
    newest: &watch::Sender<i64>,
) -> sqlx::Error {
    listener.eager_reconnect(false);
    if let Err(error) = listener.listen(channel).await {
        return error;
    }
    loop {
        match listener.try_recv().await {
            Ok(Some(notification)) => match notification.payload().parse() {
                Ok(position) => raise(newest, position),
                Err(_) => newest.send_modify(|_| ()),
            },
            // The connection was lost; the next call makes a new one that listens too.
            Ok(None) => newest.send_modify(|_| ()),
            Err(error) => return error,
        }
    }
}

fn raise(newest: &watch::Sender<i64>, position: i64) {
    newest.send_if_modified(|known| {
        let is_newer = position > *known;
        *known = position.max(*known);
        is_newer
    });
}
