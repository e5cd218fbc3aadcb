//! Pools of Postgres connections whose sessions cannot block forever.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use crate::config::PostgresConfig;
use crate::metrics::{Family, Gauge};

crate::metrics! {
    static POOL_CONNECTIONS: Family<Gauge> = Family::gauge(
        "waybill_postgres_pool_connections",
        "Open connections to Postgres, by state (idle, in_use).",
        &["pool", "state"],
    );
    static POOL_CONNECTIONS_MAX: Family<Gauge> = Family::gauge(
        "waybill_postgres_pool_connections_max",
        "Maximum number of connections in the pool.",
        &["pool"],
    );
}

/// Why a pool cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The URL is not one of a Postgres database.
    #[error("the Postgres URL is not valid")]
    Url(#[source] sqlx::Error),
    /// The server does not respond, or rejects the connection.
    #[error("Postgres cannot be reached")]
    Unreachable(#[source] sqlx::Error),
    /// A setting without which acknowledged data could be lost is not in effect.
    #[error(
        "a Postgres session has `synchronous_commit = {0}`, so that acknowledged data could be lost; it must be `on`"
    )]
    LosesData(String),
}

/// When statements are planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// At each use, for the current values and tables: for queries with optional filters.
    EachUse,
    /// Once, using indexes: for frequent statements that find their rows by key. Planning them takes as long as running
    /// them, and a plan made for empty tables must not be kept.
    Once,
}

impl Plans {
    fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::EachUse => &[("plan_cache_mode", "force_custom_plan")],
            Self::Once => &[
                ("plan_cache_mode", "force_generic_plan"),
                ("enable_seqscan", "off"),
                ("enable_hashjoin", "off"),
                ("enable_mergejoin", "off"),
            ],
        }
    }
}

/// The session options for `config`; `application_name` shows in `pg_stat_activity`.
fn options(config: &PostgresConfig, application_name: &str, plans: Plans) -> Result<PgConnectOptions, Error> {
    let options = PgConnectOptions::from_str(config.url.expose()).map_err(Error::Url)?;
    let options = options.application_name(application_name).options([
        // What is acknowledged survives a crash, whatever the defaults of the server, the database or the role say.
        ("synchronous_commit", "on".to_owned()),
        // Statements are short; compiling them costs more than it saves (100 ms for an append of 1 ms).
        ("jit", "off".to_owned()),
        ("lock_timeout", format!("{}ms", config.lock_timeout_ms)),
        ("statement_timeout", format!("{}ms", config.statement_timeout_ms)),
        (
            "idle_in_transaction_session_timeout",
            format!("{}ms", config.idle_in_transaction_timeout_ms),
        ),
    ]);
    Ok(options.options(plans.settings().iter().copied()))
}

/// Opens a pool and checks that it can connect.
///
/// # Errors
/// When the URL is not valid or Postgres cannot be reached.
pub async fn connect(config: &PostgresConfig, application_name: &str, plans: Plans) -> Result<PgPool, Error> {
    let pool = PgPoolOptions::new()
        .max_connections(config.pool_size)
        .acquire_timeout(Duration::from_millis(config.acquire_timeout_ms))
        .max_lifetime(None)
        // A dead connection is noticed at its first statement; testing each would cost a round trip per use.
        .test_before_acquire(false)
        .connect_with(options(config, application_name, plans)?)
        .await
        .map_err(Error::Unreachable)?;
    let synchronous_commit: String = sqlx::query_scalar("SHOW synchronous_commit")
        .fetch_one(&pool)
        .await
        .map_err(Error::Unreachable)?;
    if synchronous_commit == "on" {
        Ok(pool)
    } else {
        Err(Error::LosesData(synchronous_commit))
    }
}

/// Sets the metrics of the pool called `name`.
pub fn sample_pool(name: &str, pool: &PgPool) {
    let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
    let in_use = pool.size().saturating_sub(idle);
    let max = pool.options().get_max_connections();
    POOL_CONNECTIONS.with(&[name, "idle"]).set(f64::from(idle));
    POOL_CONNECTIONS.with(&[name, "in_use"]).set(f64::from(in_use));
    POOL_CONNECTIONS_MAX.with(&[name]).set(f64::from(max));
}

/// Whether `error` means that Postgres is unavailable, rather than that the statement was wrong.
pub fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        // Class 08 is a lost connection, 53 exhausted resources, 57 an operator's intervention or the statement timeout,
        // 55P03 the lock timeout, 25P03 the timeout of an idle transaction.
        sqlx::Error::Database(database) => database.code().is_some_and(|code| {
            ["08", "53", "57"].iter().any(|class| code.starts_with(class))
                || code == "55P03"
                || code == "25P03"
        }),
        _ => false,
    }
}
