//! A metric without labels.

use std::sync::OnceLock;

use super::{Definition, Described, Kind, is_recording};

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident($inner:ty) = $register:path) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            definition: Definition,
            handle: OnceLock<$inner>,
        }

        impl $name {
            /// The recorder's handle; `None` while nothing is recorded.
            fn handle(&self) -> Option<&$inner> {
                if let Some(handle) = self.handle.get() {
                    return Some(handle);
                }
                is_recording().then(|| self.handle.get_or_init(|| {
                    let name = self.definition.name;
                    $register!(name)
                }))
            }
        }

        impl Described for $name {
            fn definition(&self) -> &Definition {
                &self.definition
            }

            fn show(&self) {
                self.handle();
            }
        }
    };
}

handle! {
    /// A number that only rises.
    Counter(metrics::Counter) = metrics::counter
}

handle! {
    /// A number that rises and falls.
    Gauge(metrics::Gauge) = metrics::gauge
}

handle! {
    /// Values, counted by size.
    Histogram(metrics::Histogram) = metrics::histogram
}

impl Counter {
    /// A counter; its name ends in `_total`.
    pub const fn new(name: &'static str, help: &'static str) -> Self {
        Self {
            definition: Definition {
                name,
                help,
                labels: &[],
                kind: Kind::Counter,
            },
            handle: OnceLock::new(),
        }
    }

    /// Adds `amount`.
    pub fn increment(&self, amount: u64) {
        if let Some(handle) = self.handle() {
            handle.increment(amount);
        }
    }

    /// Raises it to `total`, which is counted elsewhere.
    pub fn absolute(&self, total: u64) {
        if let Some(handle) = self.handle() {
            handle.absolute(total);
        }
    }
}

impl Gauge {
    /// A gauge.
    pub const fn new(name: &'static str, help: &'static str) -> Self {
        Self {
            definition: Definition {
                name,
                help,
                labels: &[],
                kind: Kind::Gauge,
            },
            handle: OnceLock::new(),
        }
    }

    /// Sets its value.
    pub fn set(&self, value: f64) {
        if let Some(handle) = self.handle() {
            handle.set(value);
        }
    }
}

impl Histogram {
    /// A histogram with these buckets.
    pub const fn new(name: &'static str, help: &'static str, buckets: &'static [f64]) -> Self {
        Self {
            definition: Definition {
                name,
                help,
                labels: &[],
                kind: Kind::Histogram(buckets),
            },
            handle: OnceLock::new(),
        }
    }

    /// Records `value`.
    pub fn record(&self, value: f64) {
        if let Some(handle) = self.handle() {
            handle.record(value);
        }
    }
}
