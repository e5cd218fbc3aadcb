//! Load generators and ceilings, behind `waybill bench`.
//!
//! Each measurement runs in its own process beside a running instance; orders are placed over HTTP, like any client. It
//! also prints the ceiling of the machine from the same run: absolute numbers from different machines and hours cannot
//! be compared, ratios within one run can.
//!
//! **Architecture Invariant:** no service links this crate, and it measures services only over the wire. It uses their
//! crates for two purposes: the throughput of the bare append, and replays, which nobody sees over the wire. Both write
//! to a scratch database only.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Prints a line about the work on standard error, if that can be written.
macro_rules! note {
    ($($argument:tt)*) => {{
        // There is nowhere else to report a failure.
        let _closed = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("{}\n", format_args!($($argument)*)),
        );
    }};
}

mod beside;
mod ceiling;
mod http;
mod instance;
mod load;
mod orders;
mod process;
mod read_model;
mod replay;
mod report;
mod scratch;
mod shop;
mod socket;
mod travel;

pub use instance::Instance;

/// The available measurements.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Single-line orders over HTTP: how many, how fast, and how soon they are visible.
    ///
    /// Without --rate three loads are run in turn: as many as the clients can send, 2,500/s, and 500/s. With a rate the
    /// load is open: orders are due on schedule whether or not earlier ones were answered, and the latency includes
    /// waiting.
    Orders(OrdersOptions),
    /// A replay of all projections: how fast, and how fast the same rows are copied into empty tables.
    ///
    /// Makes a log of whole lives of orders in a scratch database of the instance's server, and drops it afterwards.
    Replay(ReplayOptions),
    /// Time travel: an order with many events as it was, its differences and history, and pages of the log.
    ///
    /// Places an order of its own and writes notes on it. Prints the time in which Postgres alone returns its events.
    Travel(TravelOptions),
}

/// Options of `waybill bench travel`.
#[derive(Debug, Clone, Args)]
pub struct TravelOptions {
    /// Events of the order.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(10..=100_000))]
    pub events: u32,
    /// How often each request is sent.
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub repeat: u32,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// Options of `waybill bench replay`.
#[derive(Debug, Clone, Args)]
pub struct ReplayOptions {
    /// Events in the log, at least; the last orders are complete.
    #[arg(long, default_value_t = 1_000_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub events: u32,
    /// Print JSON instead of sentences.
    #[arg(long)]
    pub json: bool,
}

/// Options of `waybill bench orders`.
#[derive(Debug, Clone, Args)]
pub struct OrdersOptions {
    /// Clients, each with its own connection.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=4_096))]
    pub clients: u32,
    /// Orders due per second; 0 for as many as the clients can send.
    #[arg(long, value_name = "N")]
    pub rate: Option<u32>,
    /// How long each load is measured, after a warm-up of a tenth of that.
    #[arg(long, default_value_t = 15, value_name = "S", value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub seconds: u32,
    /// Measure only the answers, of a command side that runs without sockets and queries.
    #[arg(long)]
    pub answers_only: bool,
    /// Repeat each load beside a replay of all projections that reads at most N events/s. Choose N so that the replay
    /// lasts longer than the load.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub replay_throttle: Option<u32>,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
    /// Also write the JSON to this file.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Runs a measurement.
///
/// # Errors
/// When the instance cannot be reached or gives an unexpected answer.
pub async fn run(instance: Instance, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Orders(options) => orders::run(instance, options).await,
        Command::Replay(options) => replay::run(instance, options).await,
        Command::Travel(options) => travel::run(instance, options).await,
    }
}
