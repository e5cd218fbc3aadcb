//! Pools of Postgres connections whose sessions cannot hang for ever.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use crate::config::PostgresConfig;

/// Why there is no pool.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The URL is not one of a Postgres database.
    #[error("the Postgres URL is not valid")]
    Url(#[source] sqlx::Error),
    /// Nobody answers there, or not with yes.
    #[error("Postgres cannot be reached")]
    Unreachable(#[source] sqlx::Error),
}

/// How the sessions for `config` are set up; `application_name` shows in `pg_stat_activity`.
///
/// # Errors
/// When the URL is not valid.
pub fn options(config: &PostgresConfig, application_name: &str) -> Result<PgConnectOptions, Error> {
    let options = PgConnectOptions::from_str(config.url.expose()).map_err(Error::Url)?;
    Ok(options.application_name(application_name).options([
        // Tables grow from nothing while plans are kept: each is planned for the table as it is now.
        ("plan_cache_mode", "force_custom_plan".to_owned()),
        // Statements are short; compiling them costs more than it saves (100 ms for an append of 1 ms).
        ("jit", "off".to_owned()),
        ("lock_timeout", format!("{}ms", config.lock_timeout_ms)),
        ("statement_timeout", format!("{}ms", config.statement_timeout_ms)),
        (
            "idle_in_transaction_session_timeout",
            format!("{}ms", config.idle_in_transaction_timeout_ms),
        ),
    ]))
}

/// Opens a pool and checks that it can connect.
///
/// # Errors
/// When the URL is not valid or Postgres cannot be reached.
pub async fn connect(config: &PostgresConfig, application_name: &str) -> Result<PgPool, Error> {
    let pool = pool_options(config)
        .connect_with(options(config, application_name)?)
        .await;
    pool.map_err(Error::Unreachable)
}

/// Opens a pool that connects when it is first used.
///
/// # Errors
/// When the URL is not valid.
pub fn connect_lazy(config: &PostgresConfig, application_name: &str) -> Result<PgPool, Error> {
    Ok(pool_options(config).connect_lazy_with(options(config, application_name)?))
}

/// Whether `error` says that Postgres is away, rather than that the statement was wrong.
pub fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        // Class 08 is a lost connection, 53 exhausted resources, 57 an operator's intervention.
        sqlx::Error::Database(database) => database
            .code()
            .is_some_and(|code| code.starts_with("08") || code.starts_with("53") || code.starts_with("57")),
        _ => false,
    }
}

fn pool_options(config: &PostgresConfig) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(config.pool_size)
        .acquire_timeout(Duration::from_millis(config.acquire_timeout_ms))
        .max_lifetime(None)
        // A dead connection shows at its first statement; testing each would cost a round trip per use.
        .test_before_acquire(false)
}
