//! Graceful shutdown: one token that signals it, and a tracker of the tasks that are still running.

use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The shutdown of a process, shared by all of its tasks. Clones share one state.
#[derive(Debug, Clone, Default)]
pub struct Shutdown {
    token: CancellationToken,
    tracker: TaskTracker,
    failure: Arc<OnceLock<String>>,
}

impl Shutdown {
    /// Starts with no shutdown in progress.
    pub fn new() -> Self {
        Self::default()
    }

    /// A token that is cancelled when the shutdown begins.
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Tells every task to stop.
    pub fn begin(&self) {
        self.token.cancel();
    }

    /// Tells every task to stop because the process cannot go on. The first reason is kept.
    pub fn fail(&self, reason: impl Into<String>) {
        // Later failures are consequences of the first one.
        let _is_first = self.failure.set(reason.into());
        self.begin();
    }

    /// Why the process cannot go on, if so.
    pub fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
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

    /// Waits until every tracked task has ended. Returns false when `timeout` passes first.
    pub async fn finished(&self, timeout: Duration) -> bool {
        self.tracker.close();
        tokio::time::timeout(timeout, self.tracker.wait()).await.is_ok()
    }

    /// Begins the shutdown at the first SIGINT or SIGTERM.
    ///
    /// # Errors
    /// When signal handlers cannot be installed.
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
