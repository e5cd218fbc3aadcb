//! The status of any consumer of the log: in `waybill status`, in health checks and on the live board.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Time without a heartbeat, or without progress while events wait, after which a consumer counts as stopped.
pub const STALLED_AFTER: Duration = Duration::from_secs(30);

/// Whether a consumer runs, and whether it moves: a loop that runs may make no progress.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs {
    /// How long ago it last recorded that it runs; none if it never has.
    pub heartbeat_age: Option<Duration>,
    /// For how long the next event has waited while the position did not move; none if no event waits.
    pub waiting: Option<Duration>,
}

impl Signs {
    /// The signs as Postgres computes them, in seconds.
    pub fn of_seconds(heartbeat_age_s: Option<f64>, waiting_s: Option<f64>) -> Self {
        let duration = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or_default();
        Self {
            heartbeat_age: heartbeat_age_s.map(duration),
            waiting: waiting_s.map(duration),
        }
    }

    /// Whether events have waited for longer than `limit` while the position did not move.
    pub fn is_stalled(&self, limit: Duration) -> bool {
        self.waiting.is_some_and(|waiting| waiting > limit)
    }

    /// What is wrong, if the signs are missing for longer than `limit`. `runner` is what runs the consumer.
    pub fn fault(&self, runner: &str, lag: i64, limit: Duration) -> Option<String> {
        match (self.heartbeat_age, self.waiting) {
            (None, _) => Some(format!("no {runner} has run yet")),
            (Some(age), _) if age > limit => Some(format!("no {runner} has run for {} s", age.as_secs())),
            (_, Some(waiting)) if waiting > limit => Some(format!(
                "it has not advanced for {} s while {lag} events wait",
                waiting.as_secs()
            )),
            _ => None,
        }
    }
}

/// The first word of the reason why a consumer has stopped that is [`AheadOfStore`].
pub const AHEAD_OF_STORE: &str = "ahead-of-store";

/// A consumer has handled events that the log does not have: the log was restored without its tail. It must not go on,
/// also when the log has grown past its position since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AheadOfStore {
    /// The log is shorter.
    #[error("{AHEAD_OF_STORE}: it has handled events up to position {position}, and the log ends at {head}")]
    LogEnds {
        /// The last position that it has handled.
        position: i64,
        /// The last position of the log.
        head: i64,
    },
    /// The log continues differently.
    #[error("{AHEAD_OF_STORE}: the event at position {position} is not the one that it has handled")]
    OtherEvent {
        /// The last position that it has handled.
        position: i64,
    },
}

impl AheadOfStore {
    /// The last position that the consumer has handled.
    pub fn position(&self) -> i64 {
        match self {
            Self::LogEnds { position, .. } | Self::OtherEvent { position } => *position,
        }
    }

    /// Compares the last handled event with the log, whose hashes at `position` are given, if there are any.
    pub fn check(position: i64, head: i64, handled: Option<&[u8]>, stored: Option<&[u8]>) -> Option<Self> {
        if position > head {
            Some(Self::LogEnds { position, head })
        } else if handled.is_some_and(|handled| Some(handled) != stored) {
            Some(Self::OtherEvent { position })
        } else {
            None
        }
    }
}

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
