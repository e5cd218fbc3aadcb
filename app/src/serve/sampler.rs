//! Samples metrics that need a query or that another component keeps.
//!
//! **Architecture Invariant:** no request waits for a query that only metrics need.

use std::time::Duration;

use command_api::executor::Executor;
use event_store::relay::RelayStatus;
use platform::causes::with_causes;
use platform::metrics::Recorder;
use platform::shutdown::Shutdown;
use realtime::Realtime;
use sqlx::PgPool;
use tokio::sync::watch;

use super::Services;

/// The sampling interval.
const INTERVAL: Duration = Duration::from_secs(3);

/// Samples the metrics of the services in this process.
pub(super) struct Sampler {
    pub(super) recorder: Recorder,
    /// Connections for the sampler's own queries.
    pub(super) pool: PgPool,
    /// Every pool of the process, by its name in `pg_stat_activity`.
    pub(super) pools: Vec<(&'static str, PgPool)>,
    pub(super) sources: Sources,
}

/// The components that provide metrics.
pub(super) struct Sources {
    pub(super) services: Services,
    pub(super) relay: Option<watch::Receiver<RelayStatus>>,
    pub(super) executor: Option<Executor>,
    pub(super) realtime: Option<Realtime>,
}

impl Sampler {
    /// Samples until `shutdown`.
    pub(super) async fn run(self, shutdown: Shutdown) {
        let mut is_failing = false;
        loop {
            self.look();
            match self.query().await {
                Ok(()) => is_failing = false,
                Err(error) if !std::mem::replace(&mut is_failing, true) => {
                    let error = with_causes(error.as_ref());
                    tracing::warn!(error, "Metrics of lag cannot be sampled.");
                }
                Err(_) => {}
            }
            self.recorder.tend();
            tokio::select! {
                () = tokio::time::sleep(INTERVAL) => {}
                () = shutdown.begun() => return,
            }
        }
    }

    /// Samples what can be read without I/O.
    fn look(&self) {
        for (name, pool) in &self.pools {
            platform::postgres::sample_pool(name, pool);
        }
        if let Some(executor) = &self.sources.executor {
            command_api::metrics::sample_executor(executor);
        }
        if let Some(realtime) = &self.sources.realtime {
            realtime.export_metrics();
        }
    }

    /// Samples what needs a database query.
    async fn query(&self) -> anyhow::Result<()> {
        let head = event_store::metrics::sample_head(&self.pool).await?;
        if let Some(relay) = &self.sources.relay {
            let status = *relay.borrow();
            event_store::metrics::sample_relay(&self.pool, status, head).await?;
        }
        if self.sources.services.projector {
            projector::metrics::sample(&self.pool).await?;
        }
        if self.sources.services.command_api {
            command_api::metrics::sample_policies(&self.pool).await?;
        }
        Ok(())
    }
}
