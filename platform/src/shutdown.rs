//! Graceful shutdown: one token that signals it, and a tracker of the tasks that are still running.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a process goes on without one of its tasks: load balancers need some seconds to see that it is not ready.
const GRACE: Duration = Duration::from_secs(10);

/// The shutdown of a process, shared by all of its tasks. Clones share one state.
#[derive(Debug, Clone)]
pub struct Shutdown {
    token: CancellationToken,
    tracker: TaskTracker,
    failure: Arc<OnceLock<String>>,
    ended_task: Arc<OnceLock<&'static str>>,
    grace: Duration,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self {
            token: CancellationToken::new(),
            tracker: TaskTracker::new(),
            failure: Arc::default(),
            ended_task: Arc::default(),
            grace: GRACE,
        }
    }
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

    /// Starts a task that the process needs, as [`Shutdown::vital`] does. [`Shutdown::finished`] waits for it.
    pub fn spawn<F>(&self, name: &'static str, task: F)
    where
        F: Future + Send + 'static,
    {
        self.tracker.spawn(self.vital(name, task));
    }

    /// Runs a task that the process needs until the shutdown. If it ends before, for example by a panic, the process is
    /// not ready from then on and fails after [`GRACE`], so that its supervisor starts it again.
    pub fn vital<F: Future>(&self, name: &'static str, task: F) -> impl Future<Output = ()> + use<F> {
        let shutdown = self.clone();
        async move {
            // The panic hook has logged a panic.
            drop(AssertUnwindSafe(task).catch_unwind().await);
            if shutdown.has_begun() {
                return;
            }
            // The others are consequences of the first one.
            let _is_first = shutdown.ended_task.set(name);
            tracing::error!(
                task = name,
                "A background task has ended; the process stops soon."
            );
            tokio::select! {
                () = tokio::time::sleep(shutdown.grace) => shutdown.fail(format!("the background task `{name}` has ended")),
                () = shutdown.begun() => {}
            }
        }
    }

    /// The name of the first task that ended although the process needs it, if one has.
    pub fn ended_task(&self) -> Option<&'static str> {
        self.ended_task.get().copied()
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

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn impatient() -> Shutdown {
        Shutdown {
            grace: Duration::from_millis(200),
            ..Shutdown::default()
        }
    }

    #[tokio::test]
    async fn a_task_that_panics_ends_the_process_after_some_time() {
        let shutdown = impatient();
        shutdown.spawn("healthy", std::future::pending::<()>());
        assert_eq!(shutdown.ended_task(), None);
        let started = Instant::now();
        shutdown.spawn("sick", async { panic!("on purpose") });
        shutdown.begun().await;
        assert!(started.elapsed() >= shutdown.grace);
        assert_eq!(shutdown.ended_task(), Some("sick"));
        assert_eq!(shutdown.failure(), Some("the background task `sick` has ended"));
    }

    #[tokio::test]
    async fn a_task_that_ends_with_the_process_is_no_failure() {
        let shutdown = impatient();
        let stopping = shutdown.clone();
        shutdown.spawn("obedient", async move { stopping.begun().await });
        shutdown.begin();
        assert!(shutdown.finished(GRACE).await);
        assert_eq!((shutdown.ended_task(), shutdown.failure()), (None, None));
    }
}
