//! The counters of a node, and their export to Prometheus.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Serialize;

mod prometheus;

pub use prometheus::METRICS;
pub(crate) use prometheus::export;

/// Upper bounds of the latency histogram's buckets, in milliseconds. One more bucket counts longer times.
pub const LATENCY_BOUNDS_MS: [u64; 12] = [1, 2, 5, 10, 20, 30, 50, 100, 250, 500, 1_000, 5_000];

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// The counters of a node, shared by its shards.
        #[derive(Debug, Default)]
        pub struct Metrics {
            $($(#[$doc])* pub(crate) $name: Counter,)+
            latency: [Counter; LATENCY_BOUNDS_MS.len() + 1],
        }

        /// The values of the counters at one moment.
        #[derive(Debug, Clone, Default, Serialize)]
        pub struct Snapshot {
            $($(#[$doc])* pub $name: u64,)+
            /// Changes by the time from publication to socket, one count per bucket (see [`LATENCY_BOUNDS_MS`]),
            /// without changes from history.
            pub latency: Vec<u64>,
        }

        impl Metrics {
            /// Returns the current values.
            pub fn snapshot(&self) -> Snapshot {
                Snapshot {
                    $($name: self.$name.get(),)+
                    latency: self.latency.iter().map(Counter::get).collect(),
                }
            }
        }
    };
}

counters! {
    /// Connections open now.
    connections,
    /// Connections opened since the start.
    connections_total,
    /// Changes received.
    changes,
    /// Duplicate changes, which were dropped.
    duplicates,
    /// Messages of the feed that could not be read.
    unreadable,
    /// Changes sent to sockets.
    deliveries,
    /// Times a subscription fell behind and had to continue from history.
    lagged,
    /// Queued changes that were replaced by a newer one of the same key.
    conflated,
    /// Times a client was told to read its rows again.
    resyncs,
    /// Connections closed because they were too slow or did not answer.
    evicted,
    /// Malformed messages of clients.
    malformed,
    /// Rejected subscriptions.
    refused,
}

impl Metrics {
    fn record_latency(&self, latency: Duration) {
        let latency_ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
        let bucket = LATENCY_BOUNDS_MS.partition_point(|bound| *bound < latency_ms);
        self.latency[bucket].add(1);
    }
}

/// A counter that threads share.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, amount: u64) {
        self.0.fetch_add(amount, Ordering::Relaxed);
    }

    pub(crate) fn subtract(&self, amount: u64) {
        self.0.fetch_sub(amount, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
