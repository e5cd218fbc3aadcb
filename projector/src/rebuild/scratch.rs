//! A schema for a rebuild that is only compared. Each run has its own, so that several runs do not disturb each other.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::Error;

/// The prefix of the names of scratch schemas.
const PREFIX: &str = "read_model_scratch_";

/// A schema that belongs to this run: an advisory lock tells other runs that it is in use.
#[derive(Debug)]
pub struct ScratchSchema {
    name: String,
    /// Holds the lock.
    connection: PgConnection,
}

impl ScratchSchema {
    /// Reserves a new name. Drops the schemas of runs that were killed.
    ///
    /// # Errors
    /// When Postgres fails.
    pub async fn reserve(pool: &PgPool) -> Result<Self, Error> {
        // Detached from the pool: the lock must not outlive the run in a connection that others reuse.
        let mut connection = pool.acquire().await?.detach();
        let left_over = sqlx::query_scalar!(
            r#"SELECT nspname::text AS "name!" FROM pg_catalog.pg_namespace WHERE starts_with(nspname, $1)"#,
            PREFIX
        )
        .fetch_all(&mut connection)
        .await?;
        for name in left_over {
            if lock(&mut connection, &name).await? {
                drop_schema(&mut connection, &name).await?;
            }
        }
        let name = format!("{PREFIX}{}", Uuid::new_v4().simple());
        lock(&mut connection, &name).await?;
        Ok(Self { name, connection })
    }

    /// The name of the schema.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Drops the schema.
    ///
    /// # Errors
    /// When Postgres fails.
    pub async fn drop(mut self) -> Result<(), Error> {
        drop_schema(&mut self.connection, &self.name).await
    }
}

async fn lock(connection: &mut PgConnection, name: &str) -> Result<bool, Error> {
    let is_locked = sqlx::query_scalar!(
        r#"SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS "is_locked!""#,
        name
    )
    .fetch_one(connection)
    .await?;
    Ok(is_locked)
}

async fn drop_schema(connection: &mut PgConnection, name: &str) -> Result<(), Error> {
    sqlx::query("SELECT read_model.drop_tables($1)")
        .bind(name)
        .execute(connection)
        .await?;
    Ok(())
}
