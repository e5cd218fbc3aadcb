//! Errors of the projector.

use platform::causes::with_causes;
use schemas::consumer::AheadOfStore;

use crate::decoded_event::NewerVersion;

/// `SQLSTATE` of a lock that could not be acquired within `lock_timeout`.
const LOCK_NOT_AVAILABLE: &str = "55P03";

/// `SQLSTATE` of a transaction that was aborted because of a deadlock.
const DEADLOCK_DETECTED: &str = "40P01";

/// Bytes per megabyte.
const MEGABYTE: u64 = 1024 * 1024;

/// Why the projector stopped, or could not complete a request.
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
    /// The task that publishes changes has ended.
    #[error("the task that publishes changes has ended")]
    PublisherEnded,
    /// Another projector has moved the checkpoint: this one no longer leads.
    #[error("the checkpoint was moved by another projector")]
    CheckpointLost,
    /// An event of a newer release. It is never skipped: the newer release must project it.
    #[error("stopped before an event of a newer release")]
    NewerVersion(#[from] NewerVersion),
    /// The rows are of events that the log does not have.
    #[error(transparent)]
    AheadOfStore(#[from] AheadOfStore),
    /// The log has every event that the projections have applied, so there is nothing to restart.
    #[error("the projections are not ahead of the store; to rebuild one, use a replay")]
    NotAhead,
    /// The log has no events up to the position that was asked for.
    #[error("the log ends at position {position}, before {up_to}")]
    LogEnded {
        /// The last position.
        position: i64,
        /// The position that was asked for.
        up_to: i64,
    },
    /// There is no such projection.
    #[error("there is no projection `{name}`")]
    UnknownProjection {
        /// The requested name.
        name: String,
    },
    /// The rows of a projection are out of date, so no event can be applied to them.
    #[error("projection `{projection}` is being rebuilt")]
    Outdated {
        /// The projection.
        projection: String,
    },
    /// The task of a replay panicked.
    #[error("the task of the replay ended")]
    BuilderEnded,
    /// A replay is in another phase than the request needs.
    #[error("{reason}")]
    ReplayRefused {
        /// Why, in a sentence.
        reason: String,
    },
    /// The rows of a projection depend on events of many keys each.
    #[error(
        "the rows of `{projection}` are sums over many keys, so that one key can't be rebuilt; replay the whole projection"
    )]
    NotByKey {
        /// The projection.
        projection: String,
    },
    /// The rows of this key can't be rebuilt.
    #[error("{reason}")]
    KeyRefused {
        /// Why, in a sentence.
        reason: String,
    },
    /// The disk has no room for a second copy of a projection's tables.
    #[error(
        "the replay of `{projection}` needs about {} MB of disk, and only {} MB are free",
        needed_bytes / MEGABYTE, free_bytes / MEGABYTE
    )]
    DiskTooSmall {
        /// The projection.
        projection: String,
        /// The needed space.
        needed_bytes: u64,
        /// The free space.
        free_bytes: u64,
    },
    /// No event is parked under this key.
    #[error("no event of `{key}` is parked in projection `{projection}`")]
    NothingParked {
        /// The requested projection.
        projection: String,
        /// The requested key.
        key: String,
    },
    /// A dead letter is no longer as the operator saw it.
    #[error("the dead letter of `{consumer}` at position {position} has changed; look at it again")]
    LetterMoved {
        /// The projection.
        consumer: String,
        /// The position of the event.
        position: i64,
    },
    /// The task that reads the log ended without a reason.
    #[error("the reader of the log ended")]
    ReaderEnded,
    /// The name is not valid for a schema of read models.
    #[error("`{name}` is not a name for a schema of read models")]
    SchemaName {
        /// The name.
        name: String,
    },
    /// The log has a gap, which must never happen.
    #[error("the log has no event at position {position}")]
    Hole {
        /// The missing position.
        position: i64,
    },
}

impl Error {
    /// Whether a lock could not be acquired in time, or two transactions were deadlocked.
    pub(crate) fn is_lock_timeout(&self) -> bool {
        let Self::Postgres(sqlx::Error::Database(error)) = self else {
            return false;
        };
        error
            .code()
            .is_some_and(|code| [LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED].contains(&code.as_ref()))
    }

    /// Why the database rejected the data, without the data, which its messages quote.
    pub(crate) fn refusal(&self) -> String {
        let Self::Postgres(sqlx::Error::Database(error)) = self else {
            return with_causes(self);
        };
        let code = error.code().unwrap_or_default();
        let constraint = error.constraint().map_or(String::new(), |constraint| {
            format!(", by constraint `{constraint}`")
        });
        format!("Postgres refused its data, with SQLSTATE {code}{constraint}")
    }

    /// Whether the database rejected the data of an event, rather than being unavailable.
    pub(crate) fn is_refused_data(&self) -> bool {
        match self {
            Self::Postgres(sqlx::Error::Encode(_) | sqlx::Error::Decode(_)) => true,
            // Class 22 is a data exception, 23 a violated constraint, 54 an exceeded program limit.
            Self::Postgres(sqlx::Error::Database(error)) => error
                .code()
                .is_some_and(|code| ["22", "23", "54"].iter().any(|class| code.starts_with(class))),
            _ => false,
        }
    }
}
