//! Logs and traces.
//!
//! Logs are sentences with dotted fields, written to standard error. Within a request, and in work that follows from
//! one, each line carries the `trace_id`.
//!
//! Traces are exported by OTLP if an endpoint is configured ([`Exporter`]). Spans are made only for sampled traces, and
//! never without an endpoint.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format;
use tracing_subscriber::util::SubscriberInitExt;

pub mod context;
mod exporter;
mod line;
pub mod span;
mod writer;

pub use context::TraceContext;
pub(crate) use exporter::samples;
pub use exporter::{Error, Exporter};
pub use span::{ActiveSpan, Attribute, NewSpan};

use line::WithTraceId;
use writer::LogWriter;
pub use writer::METRICS;

/// The format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text, for people.
    #[default]
    #[serde(alias = "pretty")]
    Text,
    /// One JSON object per line.
    Json,
}

/// The variable that sets the level by module, in the syntax of `tracing`.
pub const FILTER_VARIABLE: &str = "WAYBILL_LOG_FILTER";

const FILTER_DEFAULT: &str = "info,sqlx=warn,actix_server=warn,librdkafka=warn,rdkafka=off";

/// Starts logging for the whole process. A second call has no effect.
pub fn init(format: Format) {
    let filter = std::env::var(FILTER_VARIABLE)
        .ok()
        .and_then(|text| EnvFilter::try_new(text).ok())
        .unwrap_or_else(|| EnvFilter::new(FILTER_DEFAULT));
    let has_colours = std::io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(LogWriter::default)
        // It would report a failure by a macro that panics where standard error is closed.
        .log_internal_errors(false);
    let outcome = match format {
        Format::Text => builder
            .with_ansi(has_colours)
            .event_format(WithTraceId::text(
                format::format().compact().with_ansi(has_colours),
            ))
            .finish()
            .try_init(),
        Format::Json => builder
            .json()
            .event_format(WithTraceId::json(
                format::json().flatten_event(true).with_current_span(false),
            ))
            .finish()
            .try_init(),
    };
    if outcome.is_err() {
        tracing::debug!("Logging was started before.");
    }
}
