//! Background work: relay, projector and policies, on low-priority threads.
//!
//! When the machine has more to do than it can, answers come first: these threads have a low priority, so that
//! orders are still accepted quickly, and read models catch up afterwards. They have connections of their own,
//! so that they never keep one from a request. The threads that librdkafka starts for them inherit the priority.

use anyhow::Context as _;
use event_store::{Store, Wakeup};
use sqlx::PgPool;
use tokio::runtime::{Builder, Runtime};

use crate::instance::Instance;

/// The threads' niceness (setpriority(2)): next to a busy thread of niceness 0, one gets a tenth of a core.
const NICENESS: i32 = 10;

/// The runtime of the background, and its connections.
#[derive(Debug)]
pub struct Background {
    /// Always there, until it is dropped.
    runtime: Option<Runtime>,
    /// Connections for the background alone.
    pub pool: PgPool,
    /// The event store, through them.
    pub store: Store,
    /// Says when there are new events.
    pub wakeup: Wakeup,
}

impl Background {
    /// Starts the threads, and connects.
    pub async fn start(instance: &Instance) -> anyhow::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .thread_name("background")
            .on_thread_start(|| {
                // Where it is refused the thread is merely as important as the others.
                if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
                    tracing::debug!(%error, "The background keeps its priority.");
                }
            })
            .enable_all()
            .build()
            .context("the background's threads could not be started")?;
        let connecting = instance.clone();
        let (pool, wakeup) = runtime
            .spawn(async move {
                let pool = connecting.background_pool().await?;
                let wakeup = Wakeup::listen(&pool, event_store::wakeup::EVENTS_CHANNEL);
                anyhow::Ok((pool, wakeup))
            })
            .await
            .context("the background panicked")??;
        Ok(Self {
            runtime: Some(runtime),
            store: Store::new(pool.clone()),
            pool,
            wakeup,
        })
    }

    /// Calls `start`; the tasks it spawns run in the background.
    pub fn run<T>(&self, start: impl FnOnce() -> T) -> T {
        let _inside = self.runtime.as_ref().map(Runtime::enter);
        start()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // It may be dropped inside a task, which must not block on threads.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
