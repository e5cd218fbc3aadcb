//! Logs: sentences with dotted fields, to standard error.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// For people.
    #[default]
    Pretty,
    /// One JSON object a line.
    Json,
}

/// The variable that sets the level by module, as `tracing` reads it.
pub const FILTER_VARIABLE: &str = "WAYBILL_LOG_FILTER";

const FILTER_DEFAULT: &str = "info,sqlx=warn,actix_server=warn,librdkafka=warn,rdkafka=off";

/// Starts logging for the whole process. A second call changes nothing.
pub fn init(format: Format) {
    let filter = std::env::var(FILTER_VARIABLE)
        .ok()
        .and_then(|text| EnvFilter::try_new(text).ok())
        .unwrap_or_else(|| EnvFilter::new(FILTER_DEFAULT));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let outcome = match format {
        Format::Pretty => builder.compact().finish().try_init(),
        Format::Json => builder
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .finish()
            .try_init(),
    };
    if outcome.is_err() {
        tracing::debug!("Logging was started before.");
    }
}
