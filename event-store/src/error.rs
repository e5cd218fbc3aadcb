//! What can go wrong with the store.

use schemas::codec::DecodeError;

/// Why the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Postgres refused or could not be reached.
    #[error("the event store's database failed")]
    Database(#[from] sqlx::Error),
    /// What is stored is not what was written: the chain of a stream is broken.
    #[error("stream `{stream_id}` is damaged at version {version}: {detail}")]
    Damaged {
        /// Which stream.
        stream_id: String,
        /// Where.
        version: i64,
        /// What is wrong.
        detail: &'static str,
    },
    /// A stored event cannot be read.
    #[error("the event at position {position} cannot be read")]
    Undecodable {
        /// Which event.
        position: i64,
        /// Why.
        source: DecodeError,
    },
    /// A key could not be made, wrapped or used.
    #[error("a data key is unusable: {0}")]
    Key(&'static str),
}

impl Error {
    /// Whether the database could not be reached, so that trying again later may help.
    pub fn is_unavailable(&self) -> bool {
        let Self::Database(error) = self else { return false };
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => true,
            // Class 08: connection exceptions; 57P: the server is stopping or starting; 53: out of resources;
            // 55P03: the lock timeout; 57014: the statement timeout; 25P03: idle in transaction.
            sqlx::Error::Database(error) => error.code().is_some_and(|code| {
                code.starts_with("08")
                    || code.starts_with("57")
                    || code.starts_with("53")
                    || code == "55P03"
                    || code == "25P03"
            }),
            _ => false,
        }
    }
}
