//! Builds one projection from the event store, next to the live one, until it is close to the leader.

use std::time::Instant;

use event_store::Store;
use sqlx::{Connection as _, PgConnection, PgPool};

use super::{SCHEMA_PREFIX, create_tables, read};
use crate::batch::{Purpose, Target};
use crate::leader::{SCHEMA, set_schema};
use crate::parking::Parking;
use crate::registry::Registration;
use crate::{Error, isolate};

/// A pause follows each batch, for this fraction of the batch's time: a half.
const PAUSE_DIVISOR: u32 = 2;

/// A projection that is being built in its own schema.
#[derive(Debug)]
pub(crate) struct Build {
    pub registration: &'static Registration,
    pub schema: String,
    target: Target,
    connection: PgConnection,
    position: i64,
    parking: Parking,
    /// Events per transaction.
    events_max: i64,
}

/// Builds a projection until it lags the leader by at most one batch. Continues an interrupted build, if its tables
/// were filled by the same code and still have the shape of the live ones.
///
/// # Errors
/// When Postgres fails, or the log holds an event of a newer release.
pub(crate) async fn build(
    pool: PgPool,
    store: Store,
    registration: &'static Registration,
    events_max: i64,
) -> Result<Build, Error> {
    let mut build = Build::open(&pool, registration, events_max).await?;
    build.catch_up(&store).await?;
    build.analyze().await?;
    build.catch_up(&store).await?;
    Ok(build)
}

impl Build {
    async fn open(
        pool: &PgPool,
        registration: &'static Registration,
        events_max: i64,
    ) -> Result<Self, Error> {
        let schema = format!("{SCHEMA_PREFIX}rebuild_{}", registration.name);
        let members = vec![registration];
        let mut connection = pool.acquire().await?.detach();
        set_schema(&mut connection, SCHEMA).await?;
        if !can_continue(&mut connection, registration, &schema).await? {
            let mut tx = connection.begin().await?;
            create_tables(&mut tx, &schema, &members).await?;
            sqlx::query(
                "UPDATE rebuilds SET started_at = now(), code_version = $2, position = 0, error = NULL \
                 WHERE projection = $1",
            )
            .bind(registration.name)
            .bind(registration.code_version)
            .execute(&mut *tx)
            .await?;
            tx.commit().await?;
        }
        set_schema(&mut connection, &schema).await?;
        let position = sqlx::query_scalar("SELECT position FROM checkpoints")
            .fetch_one(&mut connection)
            .await?;
        let parking = Parking::load(&mut connection, &members).await?;
        tracing::info!(
            projection = registration.name,
            position,
            "A projection is rebuilt beside the others."
        );
        Ok(Self {
            registration,
            schema,
            target: Target {
                members,
                purpose: Purpose::Rebuild,
            },
            connection,
            position,
            parking,
            events_max,
        })
    }

    /// Applies events until it is close to the leader.
    async fn catch_up(&mut self, store: &Store) -> Result<(), Error> {
        loop {
            let leader: i64 = sqlx::query_scalar("SELECT position FROM read_model.leader")
                .fetch_one(&mut self.connection)
                .await?;
            if leader - self.position <= self.events_max {
                return Ok(());
            }
            let began = Instant::now();
            self.apply_next(store, leader).await?;
            tokio::time::sleep(began.elapsed() / PAUSE_DIVISOR).await;
        }
    }

    /// Applies every event up to `position`.
    pub async fn advance_to(&mut self, store: &Store, position: i64) -> Result<(), Error> {
        while self.position < position {
            self.apply_next(store, position).await?;
        }
        Ok(())
    }

    async fn apply_next(&mut self, store: &Store, up_to: i64) -> Result<(), Error> {
        let batch = read(store, self.position, up_to, self.events_max).await?;
        let to = batch.to;
        isolate::apply(
            &mut self.connection,
            batch,
            &self.target,
            &mut self.parking,
            |_| (),
        )
        .await?;
        self.position = to;
        sqlx::query("UPDATE read_model.rebuilds SET position = $2, error = NULL WHERE projection = $1")
            .bind(self.registration.name)
            .bind(to)
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }

    /// Collects planner statistics, without which the first queries after the switch would be slow.
    async fn analyze(&mut self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT read_model.analyze_tables($1, $2)")
            .bind(&self.schema)
            .bind(self.registration.table_names())
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }
}

/// Whether `schema` contains an interrupted build of this same code.
async fn can_continue(
    connection: &mut PgConnection,
    registration: &Registration,
    schema: &str,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT COALESCE(started_at IS NOT NULL AND code_version = $2 \
             AND table_shapes($3, $4) = table_shapes($5, $4), false) \
         FROM rebuilds WHERE projection = $1",
    )
    .bind(registration.name)
    .bind(registration.code_version)
    .bind(schema)
    .bind(registration.table_names())
    .bind(SCHEMA)
    .fetch_optional(connection)
    .await
    .map(Option::unwrap_or_default)
}
