//! Exit codes, after `sysexits.h`, so that scripts can distinguish the reasons.

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

fn import_code(error: &importer::Error) -> Option<u8> {
    match error {
        importer::Error::Malformed { .. } => Some(65),
        importer::Error::Unreadable { .. } | importer::Error::IsFolder(_) => Some(66),
        error if error.is_unavailable() => Some(69),
        _ => None,
    }
}
