//! What the node counts.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Serialize;

/// Upper bounds of the latency histogram's buckets, in milliseconds. The last bucket has none.
pub const LATENCY_BOUNDS_MS: [u64; 12] = [1, 2, 5, 10, 20, 30, 50, 100, 250, 500, 1_000, 5_000];

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Counters of one node, shared by its shards.
        #[derive(Debug, Default)]
        pub struct Metrics {
            $($(#[$doc])* pub(crate) $name: Counter,)+
            latency: [Counter; LATENCY_BOUNDS_MS.len() + 1],
        }

        /// The counters at one moment.
        #[derive(Debug, Clone, Default, Serialize)]
        pub struct Snapshot {
            $($(#[$doc])* pub $name: u64,)+
            /// Changes by the time from their publication to the socket: one number for each of
            /// [`LATENCY_BOUNDS_MS`], and one for what took longer. Replays are not counted.
            pub latency: Vec<u64>,
        }

        impl Metrics {
            /// The counters now.
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
    /// Changes taken in.
    changes,
    /// Changes that came again and were dropped.
    duplicates,
    /// Messages of the feed that nobody could read.
    unreadable,
    /// Changes handed to sockets.
    deliveries,
    /// Times a channel fell behind and was marked to be replayed.
    lagged,
    /// Changes that a newer one of the same key made needless while they waited.
    conflated,
    /// Times a client was told to refetch.
    resyncs,
    /// Connections closed because they did not keep up.
    evicted,
    /// Messages that were not understood.
    malformed,
    /// Subscriptions refused.
    refused,
}

impl Metrics {
    pub(crate) fn record_latency(&self, latency: Duration) {
        let latency_ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
        let bucket = LATENCY_BOUNDS_MS.partition_point(|bound| *bound < latency_ms);
        self.latency[bucket].add(1);
    }
}

/// A number that threads add to.
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
