//! Errors of an import.

use std::path::PathBuf;

use tokio::task::JoinError;

use crate::client;
use crate::rows::Malformed;

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is missing, or cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// The path names a folder.
    #[error("{} is a folder", .0.display())]
    IsFolder(PathBuf),
    /// The file's content is not valid.
    #[error("{} was not imported:\n{malformed}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with its content.
        malformed: Malformed,
    },
    /// The file contradicts what was imported before.
    #[error("the file was not imported, because it differs from what was imported before:\n{0}")]
    Contradictory(Malformed),
    /// Another import holds the lock.
    #[error("another import is running")]
    AlreadyRunning,
    /// A command failed.
    #[error("a command failed")]
    Command(#[from] client::Error),
    /// The store could not be read.
    #[error("the store could not be read")]
    Store(#[from] event_store::Error),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The executor's task panicked.
    #[error("the executor ended early")]
    Executor(#[from] JoinError),
    /// An account of the demo could not be created.
    #[error("the demo's accounts could not be created")]
    Account(#[from] command_api::accounts::Error),
    /// The platform refused orders of the demo's sample.
    #[error("{count} of the sample's orders were refused; the first is {first}")]
    SampleRefused {
        /// The number of refused orders.
        count: usize,
        /// The first of them.
        first: String,
    },
}

impl Error {
    /// Whether the store or the payment provider was unavailable for too long: the import can be run again.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::AlreadyRunning | Self::Command(client::Error::Unavailable) => true,
            Self::Store(error) => error.is_unavailable(),
            Self::Database(error) => platform::postgres::is_unavailable(error),
            _ => false,
        }
    }
}
