//! An orderly end: one token that says stop, and a tracker that knows who has not stopped yet.

use std::future::Future;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Shared by all tasks of a process. Clones speak of the same end.
#[derive(Debug, Clone, Default)]
pub struct Shutdown {
    token: CancellationToken,
    tracker: TaskTracker,
}

impl Shutdown {
    /// Nothing has been told to stop.
    pub fn new() -> Self {
        Self::default()
    }

    /// A token that is cancelled when everything is to stop.
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Tells every task to stop.
    pub fn begin(&self) {
        self.token.cancel();
    }

    /// Whether the tasks have been told to stop.
    pub fn has_begun(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Resolves when the tasks are told to stop.
    pub async fn begun(&self) {
        self.token.cancelled().await;
    }

    /// Starts a task that [`Shutdown::finished`] waits for.
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tracker.spawn(future)
    }

    /// Waits until every tracked task has ended. Says false when `timeout` passed first.
    pub async fn finished(&self, timeout: Duration) -> bool {
        self.tracker.close();
        tokio::time::timeout(timeout, self.tracker.wait()).await.is_ok()
    }

    /// Begins the shutdown at the first SIGINT or SIGTERM.
    ///
    /// # Errors
    /// When the process may not install signal handlers.
    pub fn on_signals(&self) -> std::io::Result<()> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let token = self.token.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => tracing::info!("Stopping: interrupted."),
                _ = terminate.recv() => tracing::info!("Stopping: asked to terminate."),
                () = token.cancelled() => {}
            }
            token.cancel();
        });
        Ok(())
    }
}
