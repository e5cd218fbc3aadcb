//! A metric with labels: one series for each combination of their values.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::marker::PhantomData;
use std::sync::{LazyLock, PoisonError, RwLock};

use metrics::Label;

use super::{Counter, Definition, Described, Gauge, Histogram, Kind, is_recording};

/// The most series of one metric; further series are not recorded.
const SERIES_MAX: usize = 2_000;

static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// Metrics of one kind, one per combination of labels.
#[derive(Debug)]
pub struct Family<M: Kinds> {
    definition: Definition,
    series: LazyLock<RwLock<Series<M::Handle>>>,
    kind: PhantomData<fn() -> M>,
}

/// The series, by the hash of their labels' values.
type Series<H> = HashMap<u64, Vec<(Box<[String]>, H)>>;

/// A kind of metric that can have labels.
pub trait Kinds: 'static {
    /// The recorder's handle to a series.
    type Handle: Clone + Send + Sync + 'static;

    /// Registers a series.
    fn register(name: &'static str, labels: Vec<Label>) -> Self::Handle;

    /// Returns a series that is not recorded.
    fn noop() -> Self::Handle;
}

macro_rules! kinds {
    ($($kind:ty => $handle:ty, $register:path;)+) => {
        $(impl Kinds for $kind {
            type Handle = $handle;

            fn register(name: &'static str, labels: Vec<Label>) -> Self::Handle {
                $register!(name, labels)
            }

            fn noop() -> Self::Handle {
                <$handle>::noop()
            }
        })+
    };
}

kinds! {
    Counter => metrics::Counter, metrics::counter;
    Gauge => metrics::Gauge, metrics::gauge;
    Histogram => metrics::Histogram, metrics::histogram;
}

impl Family<Counter> {
    /// Counters; the name ends in `_total`.
    pub const fn counter(name: &'static str, help: &'static str, labels: &'static [&'static str]) -> Self {
        Self::new(Definition {
            name,
            help,
            labels,
            kind: Kind::Counter,
        })
    }
}

impl Family<Gauge> {
    /// Gauges.
    pub const fn gauge(name: &'static str, help: &'static str, labels: &'static [&'static str]) -> Self {
        Self::new(Definition {
            name,
            help,
            labels,
            kind: Kind::Gauge,
        })
    }
}

impl Family<Histogram> {
    /// Histograms with the same buckets.
    pub const fn histogram(
        name: &'static str,
        help: &'static str,
        labels: &'static [&'static str],
        buckets: &'static [f64],
    ) -> Self {
        Self::new(Definition {
            name,
            help,
            labels,
            kind: Kind::Histogram(buckets),
        })
    }
}

impl<M: Kinds> Family<M> {
    const fn new(definition: Definition) -> Self {
        Self {
            definition,
            series: LazyLock::new(RwLock::default),
            kind: PhantomData,
        }
    }

    /// The series with these values, one for each label. Use only values from a small set: routes, not addresses.
    pub fn with(&self, values: &[&str]) -> M::Handle {
        debug_assert_eq!(
            values.len(),
            self.definition.labels.len(),
            "{}",
            self.definition.name
        );
        if !is_recording() {
            return M::noop();
        }
        let hash = HASHER.hash_one(values);
        let is_it = |(known, _): &&(Box<[String]>, M::Handle)| known.iter().eq(values);
        {
            let series = self.series.read().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, handle)) = series.get(&hash).and_then(|some| some.iter().find(is_it)) {
                return handle.clone();
            }
        }
        let mut series = self.series.write().unwrap_or_else(PoisonError::into_inner);
        if series.len() >= SERIES_MAX {
            return M::noop();
        }
        let some = series.entry(hash).or_default();
        if let Some((_, handle)) = some.iter().find(is_it) {
            return handle.clone();
        }
        let owned: Box<[String]> = values.iter().map(|value| (*value).to_owned()).collect();
        let labels = self.definition.labels.iter().zip(owned.iter());
        let labels = labels.map(|(label, value)| Label::new(*label, value.clone()));
        let handle = M::register(self.definition.name, labels.collect());
        some.push((owned, handle.clone()));
        handle
    }
}

impl<M: Kinds> Described for Family<M> {
    fn definition(&self) -> &Definition {
        &self.definition
    }

    fn show(&self) {}
}
