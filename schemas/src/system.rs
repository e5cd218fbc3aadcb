//! The health of the system, as operators see it: over HTTP and on channel `metrics`.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::consumer::ConsumerStatus;

/// The health of the system, as one process sees it. Consumers, log and database are those of the whole system; sockets,
/// pools and disk are those of the process that answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SystemStatus {
    /// When it was read.
    pub read_at: DateTime<Utc>,
    /// The version of the release.
    pub version: String,
    /// When the process started.
    pub started_at: DateTime<Utc>,
    /// What needs attention, a sentence each; empty if all is well.
    pub concerns: Vec<String>,
    /// The database.
    pub postgres: PostgresStatus,
    /// The log of events, and what publishes it.
    pub log: LogStatus,
    /// The projections, by name. Empty while the database does not answer.
    pub projections: Vec<ConsumerHealth>,
    /// The policies. Empty while the database does not answer.
    pub policies: Vec<ConsumerHealth>,
    /// The sockets of this process, if it serves them.
    pub sockets: Option<SocketStatus>,
    /// The disk of the instance's folder; none if it can't be read.
    pub disk: Option<DiskStatus>,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PostgresStatus {
    /// Whether it answers in time.
    pub is_reachable: bool,
    /// How long a short query took, in milliseconds.
    pub answered_in_ms: Option<f64>,
    /// The pools of connections.
    pub pools: Vec<PoolStatus>,
}

/// A pool of connections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PoolStatus {
    /// The name of its connections in the database.
    pub name: String,
    /// Connections in use.
    pub in_use: u32,
    /// Connections that wait for use.
    pub idle: u32,
    /// The most connections.
    pub max: u32,
}

/// The log of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LogStatus {
    /// `embedded` or `kafka`.
    pub kind: String,
    /// The position of the newest event; none while the database does not answer.
    pub head: Option<i64>,
    /// The relay to the broker; none without a broker.
    pub relay: Option<RelayHealth>,
}

/// The relay from the event store to the broker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RelayHealth {
    /// Whether the broker accepted messages when last tried; none if the relay runs in another process.
    pub is_broker_up: Option<bool>,
    /// Position up to which the broker has every event.
    pub position: i64,
    /// Events that are not published yet.
    pub lag: i64,
    /// Age of the oldest event that is not published yet, in seconds.
    pub lag_s: f64,
}

/// A consumer of the log, with its delay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConsumerHealth {
    /// Its status.
    #[serde(flatten)]
    pub status: ConsumerStatus,
    /// Age of the oldest event that it has not processed yet, in seconds.
    pub lag_s: f64,
}

/// The sockets of a process. Counts are since its start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SocketStatus {
    /// Open sockets.
    pub open: u64,
    /// Sockets opened.
    pub opened: u64,
    /// Changes delivered.
    pub deliveries: u64,
    /// Times a channel of a socket fell behind.
    pub lagged: u64,
    /// Waiting changes that a newer one replaced.
    pub conflated: u64,
    /// Sockets closed because the client was too slow.
    pub evicted: u64,
    /// Position up to which changes have been received.
    pub position: i64,
    /// Whether clients are admitted.
    pub is_serving: bool,
}

/// A disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiskStatus {
    /// Free space, in bytes.
    pub free_bytes: u64,
    /// Its size, in bytes.
    pub total_bytes: u64,
    /// Below this much free space commands are refused, in bytes.
    pub free_bytes_min: u64,
}
