//! Errors of the event store.

use schemas::codec::DecodeError;

/// Error of an event store operation.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Postgres rejected the statement or could not be reached.
    #[error("the event store's database failed")]
    Database(#[from] sqlx::Error),
    /// Stored events were altered: the hash chain of a stream is broken.
    #[error("stream `{stream_id}` is damaged at version {version}: {detail}")]
    Damaged {
        /// Stream id.
        stream_id: String,
        /// Stream version.
        version: i64,
        /// Description of the damage.
        detail: &'static str,
    },
    /// An event is missing in the log.
    #[error("the event at position {position} is missing")]
    Hole {
        /// Position of the event.
        position: i64,
    },
    /// A stored event cannot be read.
    #[error("the event at position {position} cannot be read")]
    Undecodable {
        /// Position of the event.
        position: i64,
        /// Decoding error.
        source: DecodeError,
    },
    /// A key could not be generated, encrypted or used.
    #[error("a data key is unusable: {0}")]
    Key(&'static str),
    /// The store's keys are encrypted with another data key.
    #[error("the data key is not the one that this event store was created with")]
    WrongDataKey,
}

impl Error {
    /// Returns whether the database was unavailable, so that a later retry may succeed.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Database(error) if platform::postgres::is_unavailable(error))
    }
}
