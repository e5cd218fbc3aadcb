//! Exit codes, after `sysexits.h`, so that scripts can distinguish the reasons.

use std::io::ErrorKind;
use std::process::ExitCode;

/// The exit code of what did not succeed now and can be tried again (`EX_TEMPFAIL`).
pub const TRY_AGAIN: u8 = 75;

/// A failure with its own exit code.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The input exists, but is not valid (`EX_DATAERR`).
    #[error("{0}")]
    BadInput(String),
    /// A file is missing (`EX_NOINPUT`).
    #[error("{0}")]
    MissingFile(String),
    /// Postgres or another server cannot be reached (`EX_UNAVAILABLE`).
    #[error("{0}")]
    Unavailable(String),
    /// Standard output cannot be written: the reader closed the pipe (141, as a shell reports `SIGPIPE`), or the disk is
    /// full (`EX_IOERR`).
    #[error("the output cannot be written")]
    Output(#[source] std::io::Error),
    /// The settings do not fit the instance's data (`EX_CONFIG`).
    #[error("{0}")]
    BadConfig(String),
    /// The process cannot go on, and can be started again (`EX_TEMPFAIL`).
    #[error("{0}")]
    CannotGoOn(String),
}

/// The exit code of an error, derived from it and all of its causes.
pub fn code(error: &anyhow::Error) -> ExitCode {
    for cause in error.chain() {
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            return ExitCode::from(match failure {
                Failure::BadInput(_) => 65,
                Failure::MissingFile(_) => 66,
                Failure::Unavailable(_) => 69,
                Failure::Output(error) if error.kind() == ErrorKind::BrokenPipe => 141,
                Failure::Output(_) => 74,
                Failure::BadConfig(_) => platform::config::EXIT_CODE,
                Failure::CannotGoOn(_) => TRY_AGAIN,
            });
        }
        if let Some(error) = cause.downcast_ref::<importer::Error>()
            && let Some(code) = import_code(error)
        {
            return ExitCode::from(code);
        }
        if cause.is::<platform::config::Error>() {
            return ExitCode::from(platform::config::EXIT_CODE);
        }
        if matches!(cause.downcast_ref(), Some(event_store::Error::WrongDataKey)) {
            return ExitCode::from(platform::config::EXIT_CODE);
        }
        let is_unavailable = matches!(
            cause.downcast_ref(),
            Some(platform::postgres::Error::Unreachable(_))
        ) || cause
            .downcast_ref()
            .is_some_and(event_store::Error::is_unavailable)
            || cause
                .downcast_ref()
                .is_some_and(platform::postgres::is_unavailable);
        if is_unavailable {
            return ExitCode::from(69);
        }
        if matches!(
            cause.downcast_ref(),
            Some(sqlx::migrate::MigrateError::VersionMismatch(_))
        ) {
            return ExitCode::from(78);
        }
    }
    ExitCode::FAILURE
}

/// Whether the reader of the output closed the pipe.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let failure = error.chain().find_map(|cause| cause.downcast_ref());
    matches!(failure, Some(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe)
}

fn import_code(error: &importer::Error) -> Option<u8> {
    match error {
        importer::Error::Malformed { .. } | importer::Error::Contradictory(_) => Some(65),
        importer::Error::Unreadable { .. } | importer::Error::IsFolder(_) => Some(66),
        error if error.is_unavailable() => Some(69),
        _ => None,
    }
}
