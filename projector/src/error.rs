//! What can go wrong.

use crate::decoded_event::NewerVersion;

/// `SQLSTATE` of a lock that was not to be had within `lock_timeout`.
const LOCK_NOT_AVAILABLE: &str = "55P03";

/// `SQLSTATE` of a transaction that was ended because of a deadlock.
const DEADLOCK_DETECTED: &str = "40P01";

/// Why the projector stopped, or could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Postgres failed.
    #[error("Postgres failed")]
    Postgres(#[from] sqlx::Error),
    /// The event store failed.
    #[error("the event store failed")]
    Store(#[from] event_store::Error),
    /// The log could not be followed.
    #[error("the log cannot be followed")]
    Log(#[from] event_store::follow::Error),
    /// Kafka failed.
    #[error("changes cannot be published")]
    Kafka(#[from] event_store::kafka::Error),
    /// Another projector has moved the checkpoint: this one no longer leads.
    #[error("the checkpoint was moved by another projector")]
    CheckpointLost,
    /// An event of a newer release. It is never skipped: the newer release must project it.
    #[error("stopped before an event of a newer release")]
    NewerVersion(#[from] NewerVersion),
    /// There is no such projection.
    #[error("there is no projection `{name}`")]
    UnknownProjection {
        /// The name asked for.
        name: String,
    },
    /// The rows of a projection are out of date, so that nothing can be applied to them.
    #[error("projection `{projection}` is being rebuilt")]
    Outdated {
        /// Which.
        projection: String,
    },
    /// The task that rebuilds a projection panicked.
    #[error("the task of the rebuild ended")]
    BuilderEnded,
    /// Nothing is parked there.
    #[error("no event of `{key}` is parked in projection `{projection}`")]
    NothingParked {
        /// The projection asked for.
        projection: String,
        /// The key asked for.
        key: String,
    },
    /// A parked event still cannot be applied.
    #[error("event {position} still cannot be applied: {reason}")]
    StillPoison {
        /// Its place in the log.
        position: i64,
        /// Why.
        reason: String,
    },
    /// The task that reads the log ended without saying why.
    #[error("the reader of the log ended")]
    ReaderEnded,
    /// A schema's name is not one of read models.
    #[error("`{name}` is not a name for a schema of read models")]
    SchemaName {
        /// The name.
        name: String,
    },
    /// The log has a hole, which it never may.
    #[error("the log has no event at position {position}")]
    Hole {
        /// What is missing.
        position: i64,
    },
}

impl Error {
    /// Whether a lock was not to be had in time, or two transactions waited for each other.
    pub(crate) fn is_lock_timeout(&self) -> bool {
        let Self::Postgres(sqlx::Error::Database(error)) = self else {
            return false;
        };
        error
            .code()
            .is_some_and(|code| [LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED].contains(&code.as_ref()))
    }

    /// Whether the database refused the data of an event, rather than being away.
    pub(crate) fn is_refused_data(&self) -> bool {
        match self {
            Self::Postgres(sqlx::Error::Encode(_) | sqlx::Error::Decode(_)) => true,
            // Class 22 is a data exception, 23 a violated constraint, 54 a limit of the program exceeded.
            Self::Postgres(sqlx::Error::Database(error)) => error
                .code()
                .is_some_and(|code| ["22", "23", "54"].iter().any(|class| code.starts_with(class))),
            _ => false,
        }
    }
}
