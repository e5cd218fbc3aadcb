//! Template databases: migrated once and copied for each test, because a copy takes a fraction of the time.

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::execute;

/// Key of the advisory lock that is held while a template is created.
const LOCK_KEY: i64 = 0x7761_7962_696c_6c00;

/// Returns the name of the template with all migrations of `migrators`, in order, and creates it if it is missing.
/// Test programs that run in parallel share it.
pub(crate) async fn migrated(server: &PgConnectOptions, migrators: &[&Migrator]) -> String {
    let name = name(migrators);
    let mut connection = PgConnection::connect_with(server)
        .await
        .expect("the test server accepts connections");
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(LOCK_KEY)
        .execute(&mut connection)
        .await
        .expect("the lock becomes free");
    let is_complete: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)")
            .bind(&name)
            .fetch_one(&mut connection)
            .await
            .expect("the catalogue of databases is readable");
    if !is_complete {
        create(server, &name, migrators).await;
    }
    // Ends the session, and with it the lock.
    connection.close().await.expect("the connection closes");
    name
}

/// A name that changes with any of the migrations.
fn name(migrators: &[&Migrator]) -> String {
    let checksums: Vec<u8> = migrators
        .iter()
        .flat_map(|migrator| migrator.iter())
        .flat_map(|migration| migration.checksum.iter().copied())
        .collect();
    format!(
        "waybill_template_{}",
        Uuid::new_v5(&Uuid::NAMESPACE_OID, &checksums).simple()
    )
}

async fn create(server: &PgConnectOptions, name: &str, migrators: &[&Migrator]) {
    // A test program that was killed may have left an incomplete one.
    execute(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    execute(server, &format!("CREATE DATABASE {name}")).await;
    let mut connection = PgConnection::connect_with(&server.clone().database(name))
        .await
        .expect("the new database accepts connections");
    for migrator in migrators {
        migrator
            .run_direct(None, &mut connection, false)
            .await
            .expect("migrations apply to an empty database");
    }
    connection.close().await.expect("the connection closes");
    // A database with connections cannot be copied.
    execute(
        server,
        &format!("ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false"),
    )
    .await;
}
