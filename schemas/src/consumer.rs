//! What a consumer of the log says of itself, whichever it is: in `waybill status`, in health and on the live board.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a consumer of the log is, and what it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsumerStatus {
    /// Its name.
    pub name: String,
    /// What it does.
    pub state: ConsumerState,
    /// Everything up to this position is done.
    pub position: i64,
    /// How many events of the log are not done yet.
    pub lag: i64,
    /// How many events are parked.
    pub parked: i64,
    /// Why it is stopped; for a policy with parked events, why the first of them failed.
    pub error: Option<String>,
}

/// What a consumer of the log does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsumerState {
    /// It follows the log.
    Running,
    /// Its tables are built again beside those that are read.
    Rebuilding,
    /// It follows the log, without the events of some keys.
    Parked,
    /// It does not get further.
    Stopped,
}

impl ConsumerState {
    /// The text in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Rebuilding => "rebuilding",
            Self::Parked => "parked",
            Self::Stopped => "stopped",
        }
    }
}
