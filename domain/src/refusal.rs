//! Why a command led to no events.

use crate::{Error, StreamId};

/// Why there was no decision, or a negative one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The view lacks these streams, all that could be named so far. Load them and decide again; there may be
    /// another round, when what they hold names more.
    #[error("{} streams are not loaded", .0.len())]
    NeedStreams(Vec<StreamId>),
    /// The command is rejected.
    #[error(transparent)]
    Rejected(#[from] Error),
}
