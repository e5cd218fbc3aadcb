//! The instance that a command works on.

use std::path::Path;

use anyhow::Context as _;
use event_store::KeyRing;
use platform::config::{Config, PostgresConfig};
use platform::postgres::{self, Plans};
use sqlx::PgPool;

/// An instance, found by its data folder.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Its settings.
    pub config: Config,
}

impl Instance {
    /// Reads the settings of the instance in `data_dir`.
    pub fn open(data_dir: &Path) -> anyhow::Result<Self> {
        let config = Config::load(data_dir).context("this instance cannot be used")?;
        Ok(Self { config })
    }

    /// Connections as the role of the services; `application_name` shows in `pg_stat_activity`.
    pub async fn pool(&self, application_name: &str) -> anyhow::Result<PgPool> {
        Ok(postgres::connect(&self.config.postgres, application_name, Plans::EachUse).await?)
    }

    /// Connections for the few statements of background work, as the same role.
    pub async fn background_pool(&self) -> anyhow::Result<PgPool> {
        Ok(postgres::connect(&self.config.postgres, "waybill-background", Plans::Once).await?)
    }

    /// One connection for the one statement of the executor, reopened when it breaks.
    pub async fn executor_session(&self) -> anyhow::Result<PgPool> {
        let config = PostgresConfig {
            pool_size: 1,
            ..self.config.postgres.clone()
        };
        Ok(postgres::connect(&config, "waybill-executor", Plans::Once).await?)
    }

    /// Connections as the owner of the schemas.
    pub async fn admin_pool(&self, application_name: &str) -> anyhow::Result<PgPool> {
        Ok(postgres::connect(&self.config.postgres_admin, application_name, Plans::EachUse).await?)
    }

    /// The key ring for personal data, on `pool`, if the data key is that of the store.
    pub async fn keys(&self, pool: &PgPool) -> anyhow::Result<KeyRing> {
        let keys = KeyRing::new(pool.clone(), self.config.secrets.data_key.expose());
        keys.verify().await?;
        Ok(keys)
    }
}
