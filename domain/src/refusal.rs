//! Why a command resulted in no events.

use crate::{Error, StreamId};

/// The reason why a decision was not possible, or was negative.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The view lacks these streams, which are all that are known to be needed so far. Load them and decide again;
    /// their states may require further streams.
    #[error("{} streams are not loaded", .0.len())]
    NeedStreams(Vec<StreamId>),
    /// The command is rejected.
    #[error(transparent)]
    Rejected(#[from] Error),
}
