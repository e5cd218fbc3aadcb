//! Test support for every crate: a database per test, topics per test, and deadlines.
//!
//! Tests run against a real Postgres and a real broker, named by `WAYBILL_TEST_POSTGRES_URL` and
//! `WAYBILL_TEST_KAFKA_BROKERS` (with `WAYBILL_TEST_KAFKA_USER` and `WAYBILL_TEST_KAFKA_PASSWORD`). A missing variable fails
//! the test: nothing is skipped.

pub mod contract;
mod template;

use std::future::Future;
use std::io::Write as _;
use std::time::{Duration, Instant};

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};
use uuid::Uuid;

/// The Postgres server on which the tests create their databases, as its superuser.
pub fn postgres_url() -> String {
    required("WAYBILL_TEST_POSTGRES_URL")
}

/// Bootstrap addresses of the broker on which the tests create their topics.
pub fn kafka_brokers() -> String {
    required("WAYBILL_TEST_KAFKA_BROKERS")
}

/// User and password of the broker, if it asks for them.
pub fn kafka_credentials() -> Option<(String, String)> {
    let user = std::env::var("WAYBILL_TEST_KAFKA_USER").ok()?;
    Some((user, required("WAYBILL_TEST_KAFKA_PASSWORD")))
}

fn required(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run the tests by ./scripts/test, or start servers by ./scripts/services")
    })
}

/// A database for one test, dropped when the test ends. Its schema is copied from a template database, which stays on the
/// server for later tests.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    pool: PgPool,
    options: PgConnectOptions,
}

impl TestDatabase {
    /// Creates a database with all migrations of `migrators`.
    pub async fn create(migrators: &[&Migrator]) -> Self {
        let server: PgConnectOptions = postgres_url()
            .parse()
            .expect("WAYBILL_TEST_POSTGRES_URL is a URL");
        let template = template::migrated(&server, migrators).await;
        let name = format!("waybill_test_{}", Uuid::new_v4().simple());
        execute(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        let options = server.database(&name);
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .connect_with(options.clone())
            .await
            .expect("the new database accepts connections");
        Self { name, pool, options }
    }

    /// Connections as the superuser.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Connections as the role of the services, which may write events only through the append function.
    pub async fn app_pool(&self) -> PgPool {
        PgPoolOptions::new()
            .max_connections(16)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    sqlx::query("SET ROLE waybill_app")
                        .execute(connection)
                        .await
                        .map(|_| ())
                })
            })
            .connect_with(self.options.clone())
            .await
            .expect("the new database accepts connections")
    }

    /// The database's URL, as the superuser.
    pub fn url(&self) -> String {
        self.options.to_url_lossy().to_string()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = self.name.clone();
        let server: PgConnectOptions = postgres_url().parse().expect("it was parsed before");
        // `Drop` cannot await, and the test's runtime may be ending, so a thread with its own runtime drops the
        // database.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime can be made").block_on(execute(
                &server,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            ));
        });
        if dropped.join().is_err() {
            // A panic while dropping would abort the test run.
            let _closed = writeln!(std::io::stderr(), "database {} was left behind", self.name);
        }
    }
}

async fn execute(server: &PgConnectOptions, statement: &str) {
    let mut connection = PgConnection::connect_with(server)
        .await
        .expect("the test server accepts connections");
    sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await
        .expect("the superuser may create and drop databases");
    connection.close().await.expect("the connection closes");
}

/// A unique topic name that starts with `prefix`.
pub fn topic_name(prefix: &str) -> String {
    format!("{prefix}.{}", Uuid::new_v4().simple())
}

/// How long a condition may take before a test fails: long, because other tests use the same processors.
pub const DEADLINE: Duration = Duration::from_mins(1);

/// The rows of all tables that contain `text`, each with the name of its table.
///
/// # Panics
/// When the database fails, or has no tables.
pub async fn rows_with(pool: &PgPool, text: &str) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
         WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
    )
    .fetch_all(pool)
    .await
    .expect("the tables are listed");
    assert!(!tables.is_empty(), "the database has no tables");
    let mut found = Vec::new();
    for table in tables {
        let statement = format!("SELECT t::text FROM {table} AS t WHERE position($1 IN t::text) > 0");
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
            .bind(text)
            .fetch_all(pool)
            .await
            .expect("a table is read");
        found.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    found
}

/// Waits until `condition` holds, polling it.
///
/// # Panics
/// When it does not hold within [`DEADLINE`].
pub async fn eventually<F, Fut>(what: &str, mut condition: F)
where
    F: FnMut() -> Fut,
    Fut: Future<Output = bool>,
{
    let started = Instant::now();
    while !condition().await {
        assert!(
            started.elapsed() < DEADLINE,
            "still not so after {DEADLINE:?}: {what}"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
