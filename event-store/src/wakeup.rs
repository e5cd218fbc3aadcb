//! Notifies followers of a table about commits, by Postgres `LISTEN`/`NOTIFY`.

use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// Name of the notifications that an append sends, with the new head of the log as the payload.
pub const EVENTS_NOTIFICATION: &str = "waybill_events";

/// Longest wait without a wake-up: notifications sent while the listening connection is down are lost.
pub const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// Delay before listening again while Postgres is unreachable.
const RELISTEN_DELAY: Duration = Duration::from_millis(500);

/// Publishes the highest notified position to waiters. Clones share it; listening stops when the last clone is
/// dropped.
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
    /// Listens for Postgres notifications with this name, whose payload is a position. Holds one connection of
    /// the pool and reconnects automatically. Must be called inside a tokio runtime.
    pub fn listen(pool: &PgPool, notification: &'static str) -> Self {
        let (newest, _) = watch::channel(0);
        let task = tokio::spawn(listen(pool.clone(), notification, newest.clone()));
        Self {
            newest,
            _listening: Arc::new(Listening(task.abort_handle())),
        }
    }

    /// Wakes the waiters of this process directly, without Postgres.
    pub fn wake(&self, position: i64) {
        raise(&self.newest, position);
    }

    /// Highest notified position.
    pub fn newest(&self) -> i64 {
        *self.newest.borrow()
    }

    /// Creates a waiter.
    pub fn waiter(&self) -> Waiter {
        Waiter {
            newest: self.newest.subscribe(),
        }
    }
}

/// Waits for the next wake-up.
///
/// Call [`Waiter::look`] before reading, and [`Waiter::wait`] when the read found nothing, so that no commit in
/// between is missed.
#[derive(Debug)]
pub struct Waiter {
    newest: watch::Receiver<i64>,
}

impl Waiter {
    /// Marks all earlier wake-ups as seen and returns the highest notified position.
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

async fn listen(pool: PgPool, notification: &'static str, newest: watch::Sender<i64>) {
    let mut was_away = false;
    loop {
        let error = match PgListener::connect_with(&pool).await {
            Ok(listener) => {
                if was_away {
                    tracing::info!(notification, "Listening for notifications again.");
                }
                forward(listener, notification, &newest).await
            }
            Err(error) => error,
        };
        if matches!(error, sqlx::Error::PoolClosed) {
            return;
        }
        if !was_away {
            tracing::warn!(notification, %error, "Notifications lost; waiters poll until Postgres is back.");
        }
        was_away = true;
        tokio::time::sleep(RELISTEN_DELAY).await;
    }
}

/// Forwards notifications until the connection is lost.
async fn forward(
    mut listener: PgListener,
    notification: &'static str,
    newest: &watch::Sender<i64>,
) -> sqlx::Error {
    listener.eager_reconnect(false);
    if let Err(error) = listener.listen(notification).await {
        return error;
    }
    loop {
        match listener.try_recv().await {
            Ok(Some(received)) => match received.payload().parse() {
                Ok(position) => raise(newest, position),
                Err(_) => newest.send_modify(|_| ()),
            },
            // The connection was lost; the next call opens a new one that also listens.
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
