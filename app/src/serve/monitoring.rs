//! Monitoring of the process: metrics and traces.

use anyhow::Context as _;
use platform::config::Config;
use platform::telemetry::Exporter;

use super::metrics::Metrics;
use super::sampler::{Sampler, Sources};
use super::{Common, Services};
use crate::background::Background;

/// Metrics and traces of the process, if they are enabled.
pub(super) struct Monitoring {
    exporter: Option<Exporter>,
    metrics: Option<Metrics>,
    server: Option<actix_web::dev::ServerHandle>,
}

impl Monitoring {
    /// Starts recording. The metrics port is bound, but not served yet.
    pub(super) fn open(config: &Config, services: Services) -> anyhow::Result<Self> {
        Ok(Self {
            exporter: Exporter::start(&config.telemetry, services.name())?,
            metrics: Metrics::open(config, services.name())?,
            server: None,
        })
    }

    /// Exposes the metrics, and samples those that come from `sources`.
    pub(super) fn start(
        &mut self,
        common: &Common,
        background: &Background,
        sources: Sources,
    ) -> anyhow::Result<()> {
        let Some(metrics) = self.metrics.take() else {
            return Ok(());
        };
        let sampler = Sampler {
            recorder: metrics.recorder.clone(),
            pool: background.pool.clone(),
            pools: common.pools.all(),
            sources,
        };
        background.run(|| {
            common
                .shutdown
                .spawn("metrics", sampler.run(common.shutdown.clone()));
        });
        tracing::info!(url = metrics.url, "Metrics are shown.");
        let server = metrics.serve()?;
        self.server = Some(server.handle());
        tokio::spawn(server);
        Ok(())
    }

    /// Stops, after sending the last spans.
    pub(super) async fn finish(self) -> anyhow::Result<()> {
        if let Some(server) = self.server {
            server.stop(false).await;
        }
        if let Some(exporter) = self.exporter {
            let finished = tokio::task::spawn_blocking(|| exporter.finish())
                .await
                .context("the exporter of spans panicked")?;
            if let Err(error) = finished {
                tracing::warn!(%error, "The last spans could not be exported.");
            }
        }
        Ok(())
    }
}
