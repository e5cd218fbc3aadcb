//! The exporter of spans by OTLP over HTTP.

use std::sync::OnceLock;

use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracer, SdkTracerProvider};

use crate::config::TelemetryConfig;

/// The `service.name` of every span.
const SERVICE_NAME: &str = "waybill";

static TRACING: OnceLock<Tracing> = OnceLock::new();

struct Tracing {
    tracer: SdkTracer,
    /// New traces are sampled when their random 63 bits are below this.
    sampled_below: u64,
}

/// Why spans cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The endpoint cannot be used.
    #[error("the OTLP endpoint cannot be used")]
    Endpoint(#[from] opentelemetry_otlp::ExporterBuildError),
    /// The last spans could not be sent.
    #[error("the last spans could not be exported")]
    Flush(#[from] opentelemetry_sdk::error::OTelSdkError),
}

/// Sends the spans of the process in batches, from its own thread.
#[derive(Debug)]
pub struct Exporter(SdkTracerProvider);

impl Exporter {
    /// Starts to export spans, if `config` has an endpoint.
    ///
    /// # Errors
    /// When the endpoint is not a URL that can be used.
    pub fn start(config: &TelemetryConfig, service: &'static str) -> Result<Option<Self>, Error> {
        let Some(endpoint) = &config.otlp_endpoint else {
            return Ok(None);
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(endpoint)
            .build()?;
        let resource = Resource::builder()
            .with_service_name(SERVICE_NAME)
            .with_attributes([
                KeyValue::new("service.instance.id", config.instance_id.clone()),
                KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
                KeyValue::new("waybill.service", service),
            ])
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            // Sampling was decided when each trace began.
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOn)))
            .with_resource(resource)
            .build();
        let tracing = Tracing {
            tracer: provider.tracer(SERVICE_NAME),
            sampled_below: threshold(config.sample_ratio),
        };
        if TRACING.set(tracing).is_err() {
            tracing::debug!("Spans were exported before.");
        }
        Ok(Some(Self(provider)))
    }

    /// Sends the remaining spans. Blocks.
    ///
    /// # Errors
    /// When they cannot be sent in time.
    pub fn finish(self) -> Result<(), Error> {
        Ok(self.0.shutdown()?)
    }
}

/// The tracer that makes spans; `None` when spans are not exported.
pub(super) fn tracer() -> Option<&'static SdkTracer> {
    TRACING.get().map(|tracing| &tracing.tracer)
}

/// Whether a new trace with these `random` bits is sampled.
pub(crate) fn samples(random: u64) -> bool {
    TRACING
        .get()
        .is_some_and(|tracing| (random >> 1) < tracing.sampled_below)
}

/// The share `ratio` of 2^63.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a probability need not be exact"
)]
fn threshold(ratio: f64) -> u64 {
    (ratio.clamp(0.0, 1.0) * (1_u64 << 63) as f64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_samples_that_share_of_traces() {
        assert_eq!(threshold(0.0), 0);
        assert_eq!(threshold(1.0), 1 << 63);
        assert!(u64::MAX >> 1 < threshold(1.0));
        assert_eq!(threshold(0.25), 1 << 61);
    }
}
