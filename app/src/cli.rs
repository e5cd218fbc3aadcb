//! The command line: what `waybill` can do, and with which options.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Event-sourced order platform.
#[derive(Debug, Parser)]
#[command(name = "waybill", version, propagate_version = true)]
pub struct Cli {
    /// Folder of the instance.
    #[arg(long, global = true, default_value = ".waybill", value_name = "DIR")]
    pub data: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
#[allow(clippy::enum_variant_names, reason = "`command-api` is the service's name")]
pub enum Command {
    /// Run every service in this process, on one port.
    Up(Serve),
    /// Run the command side alone: HTTP in, executor, policies, relay.
    CommandApi(Serve),
    /// Run the projector alone.
    Projector(Process),
    /// Run the queries alone.
    QueryApi(Serve),
    /// Run the sockets alone.
    Realtime(Serve),
    /// Run the relay from the event store to Kafka alone.
    Relay(Process),
    /// Bring the database up to this release.
    Migrate,
    /// Load the demo: accounts, products, stock and two weeks of orders. Once; again it changes nothing.
    Demo {
        /// Only print the demo accounts.
        #[arg(long)]
        accounts: bool,
    },
    /// Bring in records of the past.
    Import {
        /// What to bring in.
        #[command(subcommand)]
        source: ImportSource,
    },
    /// Check the invariants: store, topic and read models against each other.
    Check(Check),
    /// Look after the event log.
    Events {
        /// What to do with it.
        #[command(subcommand)]
        command: EventsCommand,
    },
    /// Look after accounts.
    Account {
        /// What to do with them.
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Look after policies: what failed, and whether to try it again.
    Policy {
        /// What to do with them.
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Look after the projections.
    Projection {
        /// What to do with them.
        #[command(subcommand)]
        command: ProjectionCommand,
    },
    /// Say where the instance is and how far its projections are.
    Status {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Measure a running instance.
    Bench {
        /// What to measure.
        #[command(subcommand)]
        command: bench::Command,
    },
}

/// Options of a process that serves HTTP.
#[derive(Debug, Default, Args)]
pub struct Serve {
    /// Port to listen on, instead of the instance's.
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Do not run the relay in this process.
    #[arg(long)]
    pub no_relay: bool,
    /// What every process that serves can be told.
    #[command(flatten)]
    pub process: Process,
}

impl Serve {
    /// The options of a process that serves no HTTP.
    pub fn of(process: Process) -> Self {
        Self {
            process,
            ..Self::default()
        }
    }
}

/// Options of every process that serves.
#[derive(Debug, Default, Args)]
pub struct Process {
    /// How log lines look, instead of the instance's way.
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
    /// Port for metrics, instead of the instance's.
    #[arg(long, value_name = "N")]
    pub metrics_port: Option<u16>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

impl From<LogFormat> for platform::telemetry::Format {
    fn from(format: LogFormat) -> Self {
        match format {
            LogFormat::Json => Self::Json,
            LogFormat::Text => Self::Text,
        }
    }
}

/// Where records of the past come from.
#[derive(Debug, Subcommand)]
pub enum ImportSource {
    /// The UCI Online Retail data set (CSV, or CSV in gzip). Safe to repeat, and to go on with after a kill.
    OnlineRetail {
        /// The file.
        file: PathBuf,
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Options of the check.
#[derive(Debug, Args)]
pub struct Check {
    /// A driver's history of commands and answers, as JSON lines.
    pub history: Option<PathBuf>,
    /// Print the findings as JSON.
    #[arg(long)]
    pub json: bool,
    /// Compare every message of the topic with the store by its content too, not by its id alone.
    #[arg(long)]
    pub deep: bool,
}

/// What can be done with the event log.
#[derive(Debug, Subcommand)]
pub enum EventsCommand {
    /// Read the whole log and verify positions, versions and hash chains.
    Verify {
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What can be done with policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Show each policy's state, and the events it could not react to.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Try the first failed event of a key again, with all its attempts; or all parked events.
    Retry {
        /// The policy's name.
        policy: String,
        /// The event's key, as `list` shows it: an order's id, or a SKU.
        #[arg(required_unless_present = "all")]
        key: Option<String>,
        /// Try every parked event of the policy again.
        #[arg(long, conflicts_with = "key")]
        all: bool,
    },
    /// Give up the first failed event of a key, so that later ones are tried.
    Skip {
        /// The policy's name.
        policy: String,
        /// The event's key, as `list` shows it.
        key: String,
        /// Why; it is kept with the event.
        #[arg(long)]
        reason: String,
    },
}

/// What can be done with projections.
#[derive(Debug, Subcommand)]
pub enum ProjectionCommand {
    /// List the projections, what they do and how far they are.
    List {
        /// Print the list as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Build a projection again beside the running ones, and switch to it. Waits until the switch is made; the
    /// rebuild goes on if this is interrupted.
    Rebuild {
        /// Which projection.
        name: String,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Create an account.
    Create {
        /// What it logs in with.
        #[arg(long)]
        email: String,
        /// 8 to 256 characters; `-` reads it from standard input.
        #[arg(long)]
        password: String,
        /// customer, seller, courier, admin, analyst or superadmin.
        #[arg(long = "role", required = true, value_name = "ROLE")]
        roles: Vec<String>,
        /// What to call the person.
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Refuse an account's log-ins and end its sessions; open pages notice within seconds.
    Disable {
        /// What it logs in with.
        #[arg(long)]
        email: String,
    },
    /// Let a disabled account log in again.
    Enable {
        /// What it logs in with.
        #[arg(long)]
        email: String,
    },
}
