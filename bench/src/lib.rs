//! Load generators and bare limits, behind `waybill bench`.
//!
//! Each measurement runs in a process of its own against a running instance, over HTTP and the socket as any
//! client would, and prints beside it, from the same run, the limit that the machine sets: numbers of
//! different machines and hours cannot be compared, ratios of one run can.
//!
//! **Architecture Invariant:** no service links this crate, and it measures services over the wire only. It knows
//! the event store's crate for one thing: to find out what the bare append can take.

use std::path::PathBuf;

use clap::{Args, Subcommand};

mod ceiling;
mod http;
mod instance;
mod load;
mod orders;
mod process;
mod read_model;
mod report;
mod shop;
mod socket;

pub use instance::Instance;

/// What can be measured.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Single-line orders over HTTP: how many, how fast, and how soon they are seen.
    ///
    /// Without --rate three loads are tried in turn: as many as the clients can, 2,500/s, and 500/s. With a rate
    /// the load is open: orders fall due on time whether or not earlier ones were answered, and waiting counts.
    Orders(OrdersOptions),
}

/// Options of `waybill bench orders`.
#[derive(Debug, Clone, Args)]
pub struct OrdersOptions {
    /// Clients, each with a connection of its own.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=4_096))]
    pub clients: u32,
    /// Orders that fall due in a second; 0 for as many as the clients can.
    #[arg(long, value_name = "N")]
    pub rate: Option<u32>,
    /// How long each load is measured, after a tenth of it to warm up.
    #[arg(long, default_value_t = 15, value_name = "S", value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub seconds: u32,
    /// Measure the answers alone: of a command side that runs without sockets and queries.
    #[arg(long)]
    pub answers_only: bool,
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
/// When the instance cannot be reached or answers what it should not.
pub async fn run(instance: Instance, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Orders(options) => orders::run(instance, options).await,
    }
}
