//! Metrics for Prometheus.
//!
//! A crate declares its metrics in one table ([`crate::metrics!`]); the process installs the recorder once with the
//! tables of all its crates. Before that, or with metrics disabled, recording does nothing.
//!
//! ```
//! use platform::metrics::{Counter, Described as _};
//!
//! platform::metrics! {
//!     static ORDERS: Counter = Counter::new("waybill_orders_total", "Orders placed.");
//! }
//!
//! ORDERS.increment(1);
//! assert_eq!(METRICS[0].definition().name, "waybill_orders_total");
//! ```

use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

mod family;
mod handle;
mod process;

pub use family::Family;
pub use handle::{Counter, Gauge, Histogram};

/// Buckets for durations from half a millisecond to ten seconds, in seconds.
pub const DURATION_BUCKETS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// Buckets for counts, up to some thousands.
pub const COUNT_BUCKETS: &[f64] = &[
    1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0,
];

/// The definition of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Definition {
    /// Its name, with its unit last.
    pub name: &'static str,
    /// Its help text, one sentence.
    pub help: &'static str,
    /// The names of its labels.
    pub labels: &'static [&'static str],
    /// Its kind.
    pub kind: Kind,
}

/// The kind of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A value that only rises.
    Counter,
    /// A value that rises and falls.
    Gauge,
    /// A distribution of values, counted in buckets with these upper bounds.
    Histogram(&'static [f64]),
}

impl Kind {
    /// Its name in the exposition format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram(_) => "histogram",
        }
    }
}

/// A metric of any kind.
pub trait Described: Sync {
    /// Its definition.
    fn definition(&self) -> &Definition;

    /// Shows it as 0 before anything was recorded, if it has no labels.
    fn show(&self);
}

/// The metrics of a crate or module.
pub type Table = &'static [&'static dyn Described];

/// Declares metrics as statics, and the table `METRICS` of all of them.
#[macro_export]
macro_rules! metrics {
    ($($visibility:vis static $name:ident: $type:ty = $value:expr;)+) => {
        $($visibility static $name: $type = $value;)+

        /// Every metric that is declared here.
        pub static METRICS: $crate::metrics::Table = &[$(&$name),+];
    };
}

crate::metrics! {
    static BUILD_INFO: Family<Gauge> = Family::gauge(
        "waybill_build_info",
        "Always 1; the label contains the running release.",
        &["version"],
    );
}

/// Why metrics cannot be recorded.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A histogram has no buckets.
    #[error("a histogram's buckets are not valid")]
    Buckets(#[source] metrics_exporter_prometheus::BuildError),
    /// A recorder is already installed.
    #[error("metrics are recorded already")]
    Installed(#[source] metrics_exporter_prometheus::BuildError),
}

/// Renders what was recorded. Clones share the recorder.
#[derive(Debug, Clone)]
pub struct Recorder(PrometheusHandle);

static INSTALLED: OnceLock<()> = OnceLock::new();

impl Recorder {
    /// Records the metrics of `tables`, and of this crate, from now on.
    ///
    /// # Errors
    /// When a recorder is already installed.
    pub fn install(tables: &[Table]) -> Result<Self, Error> {
        let tables: Vec<Table> = own_tables().into_iter().chain(tables.iter().copied()).collect();
        let metrics = || tables.iter().copied().flatten();
        let mut builder = PrometheusBuilder::new();
        for metric in metrics() {
            let Definition { name, kind, .. } = *metric.definition();
            if let Kind::Histogram(buckets) = kind {
                let matcher = Matcher::Full(name.to_owned());
                builder = builder
                    .set_buckets_for_metric(matcher, buckets)
                    .map_err(Error::Buckets)?;
            }
        }
        let handle = builder.install_recorder().map_err(Error::Installed)?;
        let _first = INSTALLED.set(());
        for metric in metrics() {
            let Definition { name, help, kind, .. } = *metric.definition();
            match kind {
                Kind::Counter => metrics::describe_counter!(name, help),
                Kind::Gauge => metrics::describe_gauge!(name, help),
                Kind::Histogram(_) => metrics::describe_histogram!(name, help),
            }
            metric.show();
        }
        BUILD_INFO.with(&[env!("CARGO_PKG_VERSION")]).set(1.0);
        Ok(Self(handle))
    }

    /// Everything in Prometheus's text format.
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Samples the resource usage of the process, and folds the values that histograms have collected. Call it every
    /// few seconds: nothing else bounds their memory.
    pub fn tend(&self) {
        process::sample();
        self.0.run_upkeep();
    }
}

/// Whether metrics are recorded, so that costly values are worth gathering.
pub fn is_recording() -> bool {
    INSTALLED.get().is_some()
}

/// The tables of this crate.
fn own_tables() -> [Table; 5] {
    [
        METRICS,
        process::METRICS,
        crate::http::METRICS,
        crate::postgres::METRICS,
        crate::telemetry::METRICS,
    ]
}

/// The definitions of `tables` and of this crate, sorted by name.
pub fn definitions(tables: &[Table]) -> Vec<Definition> {
    let tables = own_tables().into_iter().chain(tables.iter().copied());
    let mut definitions: Vec<Definition> = tables.flatten().map(|metric| *metric.definition()).collect();
    definitions.sort_by_key(|definition| definition.name);
    definitions
}
