//! The results, as JSON and as a table.

use std::collections::BTreeMap;
use std::fmt;

use hdrhistogram::Histogram;
use serde::Serialize;

use crate::ceiling::Ceiling;
use crate::process::Usage;
use crate::read_model::Lag;

/// The complete report.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    durability: Durability,
    ceilings: Vec<Ceiling>,
    runs: Vec<Run>,
}

impl Report {
    /// Relates the runs to the ceilings.
    pub(crate) fn new(durability: Durability, ceilings: Vec<Ceiling>, mut runs: Vec<Run>) -> Self {
        for run in &mut runs {
            let share = |ceiling: &Ceiling| run.accepted_per_s / ceiling.orders_per_s;
            run.shares_of_ceilings = ceilings.iter().map(share).collect();
        }
        Self {
            durability,
            ceilings,
            runs,
        }
    }
}

/// The durability settings of Postgres.
#[derive(Debug, Serialize)]
pub(crate) struct Durability {
    pub(crate) fsync: String,
    pub(crate) synchronous_commit: String,
}

/// The results of one load.
#[derive(Debug, Serialize)]
pub(crate) struct Run {
    pub(crate) clients: u32,
    /// Orders due per second; 0 for as many as the clients could send.
    pub(crate) rate: u32,
    /// Events per second of the replay that ran beside it, if one did.
    pub(crate) replay_throttle: Option<u32>,
    pub(crate) accepted: u64,
    pub(crate) accepted_per_s: f64,
    /// The share of each ceiling's orders per second, in the order of the ceilings.
    pub(crate) shares_of_ceilings: Vec<f64>,
    pub(crate) refused: BTreeMap<u16, u64>,
    pub(crate) answer_ms: Percentiles,
    /// Absent if only the answers were measured.
    #[serde(flatten)]
    pub(crate) seen: Option<Seen>,
    pub(crate) processes: Vec<Usage>,
}

/// How soon accepted orders were visible.
#[derive(Debug, Serialize)]
pub(crate) struct Seen {
    pub(crate) command_to_read_model_ms: Percentiles,
    pub(crate) command_to_socket_ms: Percentiles,
    /// Orders that the socket never received.
    pub(crate) socket_missed: usize,
    pub(crate) lag: Lag,
}

/// The longest time that is recorded exactly: ten minutes, in microseconds.
const US_MAX: u64 = 600_000_000;

/// A histogram of microseconds, with three significant digits.
pub(crate) fn histogram() -> Histogram<u64> {
    Histogram::new_with_max(US_MAX, 3).expect("the bounds and the precision are valid")
}

/// A distribution of times, in milliseconds.
#[derive(Debug, Serialize)]
pub(crate) struct Percentiles {
    pub(crate) count: u64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
    pub(crate) max: f64,
}

impl Percentiles {
    /// The percentiles of a histogram of microseconds.
    pub(crate) fn of(us: &Histogram<u64>) -> Self {
        #[allow(clippy::cast_precision_loss)]
        let ms = |us: u64| us as f64 / 1_000.0;
        Self {
            count: us.len(),
            p50: ms(us.value_at_quantile(0.5)),
            p99: ms(us.value_at_quantile(0.99)),
            p999: ms(us.value_at_quantile(0.999)),
            max: ms(us.max()),
        }
    }
}

impl fmt::Display for Percentiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:>9.2} {:>9.2} {:>9.2} {:>9.2}",
            self.p50, self.p99, self.p999, self.max
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Durability {
            fsync,
            synchronous_commit,
        } = &self.durability;
        writeln!(
            formatter,
            "fsync {fsync}, synchronous_commit {synchronous_commit}"
        )?;
        for ceiling in &self.ceilings {
            writeln!(
                formatter,
                "bare append: {:.0} orders/s, {} an append",
                ceiling.orders_per_s, ceiling.batch_orders
            )?;
        }
        self.runs.iter().try_for_each(|run| run.fmt(formatter))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = if self.rate == 0 {
            "as many as they can".to_owned()
        } else {
            format!("{}/s due", self.rate)
        };
        let beside = self
            .replay_throttle
            .map(|throttle| format!(", beside a replay of {throttle} events/s"))
            .unwrap_or_default();
        writeln!(formatter, "\n{} clients, {rate}{beside}", self.clients)?;
        let shares: Vec<String> = self
            .shares_of_ceilings
            .iter()
            .map(|share| format!("{:.0} %", share * 100.0))
            .collect();
        writeln!(
            formatter,
            "  accepted {} ({:.0}/s, {} of the bare append), refused {:?}",
            self.accepted,
            self.accepted_per_s,
            shares.join(" and "),
            self.refused
        )?;
        writeln!(
            formatter,
            "  {:<24} {:>9} {:>9} {:>9} {:>9}",
            "ms", "p50", "p99", "p99.9", "max"
        )?;
        writeln!(formatter, "  {:<24} {}", "answer", self.answer_ms)?;
        if let Some(seen) = &self.seen {
            seen.fmt(formatter)?;
        }
        for usage in &self.processes {
            writeln!(
                formatter,
                "  {:<12} {:>6.0} % of a core {:>8.0} MiB",
                usage.name, usage.cpu_percent, usage.memory_mib
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "  {:<24} {}",
            "command to read model", self.command_to_read_model_ms
        )?;
        writeln!(
            formatter,
            "  {:<24} {}",
            "command to socket", self.command_to_socket_ms
        )?;
        writeln!(
            formatter,
            "  lag at most {:.2} s ({} events), caught up {:.2} s after; the socket missed {}",
            self.lag.seconds_max, self.lag.events_max, self.lag.drained_after_s, self.socket_missed
        )
    }
}
