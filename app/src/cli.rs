//! The command line: the commands of `waybill` and their options.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use platform::auth::Role;

use crate::dead_letter::cli::DeadLettersCommand;
use crate::events::EventsCommand;
use crate::past;
use crate::privacy::PrivacyCommand;

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
    /// Run only the command side: HTTP in, executor, policies, relay.
    CommandApi(Serve),
    /// Run only the projector.
    Projector(Process),
    /// Run only the queries.
    QueryApi(Serve),
    /// Run only the sockets.
    Realtime(Serve),
    /// Run only the relay from the event store to Kafka.
    Relay(Process),
    /// Migrate the database to this release.
    Migrate,
    /// Load the demo: accounts, products, stock and two weeks of orders. Running it again changes nothing.
    Demo {
        /// Only print the demo accounts.
        #[arg(long)]
        accounts: bool,
    },
    /// Import historical records.
    Import {
        /// What to import.
        #[command(subcommand)]
        source: ImportSource,
    },
    /// Check the invariants: compare store, topic and read models.
    Check(Check),
    /// Verify, show, follow and export the event log.
    Events {
        /// What to do with it.
        #[command(subcommand)]
        command: EventsCommand,
    },
    /// Show an order, delivery, payment, return, product or stock level, now or as it was.
    Show(past::Show),
    /// List the events of an object, and the fields that each changed.
    History(past::History),
    /// Compare an object at two moments, field by field, with the event that made each difference.
    Diff(past::Diff),
    /// Manage accounts.
    Account {
        /// What to do with them.
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Manage policies.
    Policy {
        /// What to do with them.
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// List, retry and skip the events that projections and policies could not process.
    DeadLetters {
        /// What to do with them.
        #[command(subcommand)]
        command: DeadLettersCommand,
    },
    /// Erase persons, and export what is stored about them.
    Privacy {
        /// What to do.
        #[command(subcommand)]
        command: PrivacyCommand,
    },
    /// Build projections anew, without downtime.
    Replay {
        /// What to do with them.
        #[command(subcommand)]
        command: ReplayCommand,
    },
    /// Manage projections.
    Projection {
        /// What to do with them.
        #[command(subcommand)]
        command: ProjectionCommand,
    },
    /// Show where the instance is, and the progress of its projections.
    Status {
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Print the database URL with its password.
        #[arg(long, requires = "json")]
        show_secrets: bool,
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
    /// Port to listen on, instead of the instance's setting.
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Do not run the relay in this process.
    #[arg(long)]
    pub no_relay: bool,
    /// Options of every process that serves.
    #[command(flatten)]
    pub process: Process,
}

impl Serve {
    /// Options of a process that serves no HTTP.
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
    /// Format of log lines, instead of the instance's setting.
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
    /// Port for metrics, instead of the instance's setting.
    #[arg(long, value_name = "N")]
    pub metrics_port: Option<u16>,
}

/// Formats of log lines.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// Text, for people.
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

/// Sources of historical records.
#[derive(Debug, Subcommand)]
pub enum ImportSource {
    /// The UCI Online Retail data set (CSV, or CSV in gzip). Safe to repeat, and to resume after a kill.
    ///
    /// The columns are separated by commas; times are like 2010-12-01 08:26:00, in the years 1970 to 2200. An invoice
    /// that was imported before with other rows, and anything malformed, is reported by its line in the file; then
    /// nothing is imported, and the exit code is 65.
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
    /// Compare every message of the topic with the store by its content too, not only by its id.
    #[arg(long)]
    pub deep: bool,
}

/// Commands for policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// List the policies with their state and progress.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Have a policy go on that has stopped with `ahead-of-store`: the log was restored without events that the policy
    /// has handled.
    Restart {
        /// The name of the policy, as `waybill policy list` shows it.
        policy: String,
        /// Where it goes on: the last position that the log had in common with the lost one, or an earlier one. Events
        /// after it are handled again, which changes nothing where it was done; those before it are not.
        #[arg(long, value_name = "POSITION", value_parser = clap::value_parser!(i64).range(0..))]
        from: i64,
        /// Why, which is stored.
        #[arg(long)]
        reason: String,
    },
}

/// Commands for projections.
#[derive(Debug, Subcommand)]
pub enum ProjectionCommand {
    /// List the projections with their state and progress.
    List {
        /// Print the list as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Build all projections anew that have stopped with `ahead-of-store`: the log was restored without events that they
    /// have applied. Their reads answer 503 until they are built.
    Restart {
        /// Why, which is stored.
        #[arg(long)]
        reason: String,
    },
}

/// Commands for replays.
#[derive(Debug, Subcommand)]
pub enum ReplayCommand {
    /// Build projections anew from the first event, next to the live ones. Waits until they have caught up; the work
    /// goes on if this command is interrupted.
    Start {
        /// What to replay.
        #[command(flatten)]
        which: Which,
        /// The most events per second; without it, as many as the machine can build.
        #[arg(long, value_name = "EVENTS_PER_S", value_parser = clap::value_parser!(i32).range(1..))]
        throttle: Option<i32>,
        /// How many projections are built at once at most; without it, all that can share a pass over the log.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..))]
        workers: Option<i32>,
        /// Start nothing: say how many events would be read, how long that takes, how much disk it needs, and what would be
        /// refused.
        #[arg(long)]
        dry_run: bool,
        /// Rebuild only the rows of this order id or SKU, in the live tables, in one transaction.
        #[arg(long, value_name = "KEY", conflicts_with_all = ["all", "throttle", "workers", "dry_run"])]
        key: Option<String>,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show the last replay of each projection: phase, events left, speed, time left.
    Status {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Stop the work on replays, and keep what was built.
    Pause {
        /// What to pause.
        #[command(flatten)]
        which: Which,
    },
    /// Continue replays that were paused or have failed. Waits until they have caught up.
    Resume {
        /// What to resume.
        #[command(flatten)]
        which: Which,
        /// The most events per second from now on.
        #[arg(long, value_name = "EVENTS_PER_S", value_parser = clap::value_parser!(i32).range(1..))]
        throttle: Option<i32>,
        /// How many projections are built at once at most from now on.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..))]
        workers: Option<i32>,
    },
    /// End replays and drop what was built.
    Cancel {
        /// What to cancel.
        #[command(flatten)]
        which: Which,
    },
    /// Compare replays with the live tables, at one position: counts, checksums, and the rows that differ.
    Verify {
        /// What to compare.
        #[command(flatten)]
        which: Which,
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make replays live, after a comparison. The replaced tables follow the log for a day, so that `roll-back` loses
    /// nothing.
    Switch {
        /// What to switch to.
        #[command(flatten)]
        which: Which,
        /// Switch without a comparison, for this reason, which is stored.
        #[arg(long, value_name = "REASON")]
        accept: Option<String>,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make the tables that replays replaced live again.
    RollBack {
        /// What to roll back.
        #[command(flatten)]
        which: Which,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Drop the tables that replays replaced, before their time.
    Drop {
        /// What to drop.
        #[command(flatten)]
        which: Which,
    },
}

/// One projection, or all that a command concerns.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// The name of the projection, as `waybill projection list` shows it.
    pub projection: Option<String>,
    /// All of them.
    #[arg(long)]
    pub all: bool,
}

/// Commands for accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Create an account.
    Create {
        /// E-mail address to log in with.
        #[arg(long)]
        email: String,
        /// 8 to 256 characters; `-` reads it from standard input.
        #[arg(long)]
        password: String,
        /// customer, seller, courier, admin, analyst or superadmin.
        #[arg(long = "role", required = true, value_name = "ROLE", value_parser = crate::account::role)]
        roles: Vec<Role>,
        /// The person's name.
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Disable an account and end its sessions; open pages notice within seconds.
    Disable {
        /// E-mail address to log in with.
        #[arg(long)]
        email: String,
    },
    /// Enable a disabled account.
    Enable {
        /// What it logs in with.
        #[arg(long)]
        email: String,
    },
}
