//! A scratch database next to the instance's own.

use anyhow::Context as _;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use uuid::Uuid;

/// A database that only one measurement uses.
#[derive(Debug)]
pub(crate) struct Scratch {
    server: PgConnection,
    options: PgConnectOptions,
    name: String,
}

impl Scratch {
    /// Creates an empty one on the server of `postgres_url`, which is the owner's.
    pub(crate) async fn create(postgres_url: &str) -> anyhow::Result<Self> {
        let options: PgConnectOptions = postgres_url.parse().context("the Postgres URL")?;
        let name = format!("waybill_bench_{}", Uuid::new_v4().simple());
        let mut server = PgConnection::connect_with(&options)
            .await
            .context("Postgres, as its owner")?;
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut server)
            .await?;
        Ok(Self {
            server,
            options,
            name,
        })
    }

    /// How its owner connects.
    pub(crate) fn owner(&self) -> PgConnectOptions {
        self.options.clone().database(&self.name)
    }

    /// The same address with this database, for another role.
    pub(crate) fn url_for(&self, url: &str) -> anyhow::Result<String> {
        let options: PgConnectOptions = url.parse().context("the Postgres URL")?;
        Ok(options.database(&self.name).to_url_lossy().to_string())
    }

    /// Drops it, with whatever is connected to it.
    pub(crate) async fn drop(mut self) -> anyhow::Result<()> {
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        sqlx::query(AssertSqlSafe(sql)).execute(&mut self.server).await?;
        Ok(())
    }
}
