//! Background work: relay, projector and policies, on low-priority threads.
//!
//! When the machine is overloaded, requests are served first: these threads have a low priority, so that orders are
//! still accepted quickly, and read models catch up afterwards. They have their own connections, so that they never
//! block a request. The threads that librdkafka starts for them inherit the priority.

use anyhow::Context as _;
use event_store::{Store, Wakeup};
use sqlx::PgPool;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::instance::Instance;

/// The threads' niceness (setpriority(2)): next to a busy thread of niceness 0, one gets a tenth of a core.
const NICENESS: i32 = 10;

/// The runtime of background work, with its own connections.
#[derive(Debug)]
pub struct Background {
    /// `Some` until it is dropped.
    runtime: Option<Runtime>,
    /// Connections for background work only.
    pub pool: PgPool,
    /// The event store on these connections.
    pub store: Store,
    /// Notifies of new events.
    pub wakeup: Wakeup,
}

impl Background {
    /// Starts the threads and connects to Postgres.
    pub async fn start(instance: &Instance) -> anyhow::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .thread_name("background")
            .on_thread_start(|| {
                // If this is refused, the threads simply have normal priority.
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
                let wakeup = Wakeup::listen(&pool, event_store::wakeup::EVENTS_NOTIFICATION);
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

    /// Spawns onto the threads.
    pub fn handle(&self) -> Handle {
        let runtime = self.runtime.as_ref();
        runtime.expect("it is there until the drop").handle().clone()
    }

    /// Calls `start` in the runtime, so that the tasks it spawns run in the background.
    pub fn run<T>(&self, start: impl FnOnce() -> T) -> T {
        let _inside = self.runtime.as_ref().map(Runtime::enter);
        start()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // It may be dropped inside a task, which must not block on the runtime's shutdown.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
