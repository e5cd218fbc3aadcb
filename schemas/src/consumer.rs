//! The status of any consumer of the log: in `waybill status`, in health checks and on the live board.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The state and position of a consumer of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsumerStatus {
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: ConsumerState,
    /// The position up to which it has processed events.
    pub position: i64,
    /// The number of events that it has not processed yet.
    pub lag: i64,
    /// The number of parked events, with those that wait behind them: the rows in the list of its dead letters.
    pub parked: i64,
    /// Why it has stopped; for a policy with parked events, why the first of them failed.
    pub error: Option<String>,
}

/// The state of a consumer of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsumerState {
    /// Following the log.
    Running,
    /// Being rebuilt; reads use the old tables meanwhile.
    Rebuilding,
    /// Following the log, except for the events of some keys.
    Parked,
    /// Stopped.
    Stopped,
}

impl ConsumerState {
    /// Returns the text used in responses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Rebuilding => "rebuilding",
            Self::Parked => "parked",
            Self::Stopped => "stopped",
        }
    }
}
