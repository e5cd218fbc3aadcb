//! A shadow: the tables of one projection in a schema of its own, with a position, that are filled from the event store
//! and then follow it. A replay that is built, one that waits for its switch, and replaced tables are all shadows.

use std::time::{Duration, Instant};

use event_store::Store;
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::compare::{Report, compare};
use super::phase::Phase;
use super::row::Row;
use super::schema_of;
use super::shared_log::SharedLog;
use super::speed::Speed;
use crate::batch::{Purpose, Target};
use crate::leader::{SCHEMA, set_schema};
use crate::parking::Parking;
use crate::rebuild::{Indexes, create_tables, read};
use crate::registry::Registration;
use crate::{Error, isolate};

mod fill;

/// While it catches up without a throttle, a pause follows each batch, for this fraction of the batch's time: a half.
const PAUSE_DIVISOR: u32 = 2;

/// Batches per second with a throttle, so that it is even, and a new value counts soon.
const THROTTLED_BATCHES_PER_S: i64 = 4;

/// How often a shadow that has caught up looks for new events.
const FOLLOW_INTERVAL: Duration = Duration::from_millis(250);

/// A projection's tables in a schema of their own.
#[derive(Debug)]
pub(crate) struct Shadow {
    pub registration: &'static Registration,
    /// The replay that it belongs to.
    pub id: Uuid,
    pub schema: String,
    pub position: i64,
    target: Target,
    connection: PgConnection,
    parking: Parking,
    events_max: i64,
    built_events_max: i64,
    speed: Speed,
}

/// What the row of the replay says now.
struct Control {
    phase: Phase,
    throttle: Option<i64>,
    /// Where building ends.
    built_at: i64,
    /// The position of the live projections.
    leader: i64,
}

impl Control {
    /// Whether it takes part in the shared pass over the log.
    fn is_shared(&self) -> bool {
        self.phase == Phase::Building && self.throttle.is_none()
    }
}

/// Settings of all shadows.
#[derive(Debug, Clone)]
pub(crate) struct ShadowOptions {
    /// Events per transaction.
    pub events_max: i64,
    /// Events per transaction while it is built without a throttle.
    pub built_events_max: i64,
    /// The name of this process.
    pub owner: String,
}

impl Shadow {
    /// Opens the shadow of a replay. Continues it, if its tables were filled by the same code and still have the shape
    /// of the live ones; else begins anew. None if it can't: replaced tables are never built anew, or an operator has
    /// ended it meanwhile.
    ///
    /// # Errors
    /// When Postgres fails.
    pub async fn open(pool: &PgPool, row: &Row, options: &ShadowOptions) -> Result<Option<Self>, Error> {
        let registration = row.registration;
        let schema = schema_of(registration);
        let mut connection = pool.acquire().await?.detach();
        set_schema(&mut connection, SCHEMA).await?;
        let can_continue = can_continue(&mut connection, row, &schema).await?;
        if !can_continue && row.phase == Phase::Switched {
            let reason = "they no longer have the columns of the live tables";
            sqlx::query("UPDATE replays SET dropped = $2 WHERE id = $1 AND dropped IS NULL")
                .bind(row.stored.id)
                .bind(reason)
                .execute(&mut connection)
                .await?;
            return Ok(None);
        }
        if !can_continue && !begin_anew(&mut connection, row, &schema).await? {
            return Ok(None);
        }
        sqlx::query("UPDATE replays SET owner = $2, error = NULL WHERE id = $1")
            .bind(row.stored.id)
            .bind(&options.owner)
            .execute(&mut connection)
            .await?;
        set_schema(&mut connection, &schema).await?;
        // If the server crashes, the last commits are lost, each with its rows and its checkpoint: it goes on from there.
        sqlx::raw_sql("SET synchronous_commit = off")
            .execute(&mut connection)
            .await?;
        let position = sqlx::query_scalar("SELECT position FROM checkpoints")
            .fetch_one(&mut connection)
            .await?;
        let members = vec![registration];
        let parking = Parking::load(&mut connection, &members).await?;
        Ok(Some(Self {
            registration,
            id: row.stored.id,
            schema,
            position,
            target: Target {
                members,
                purpose: Purpose::Rebuild,
            },
            connection,
            parking,
            events_max: options.events_max,
            built_events_max: options.built_events_max,
            speed: Speed::start(position),
        }))
    }

    /// Fills the tables, then follows the log, until `stop` or until its replay is not driven any more. None if another
    /// replay has taken its place.
    ///
    /// # Errors
    /// When Postgres fails, or the log holds an event of a newer release.
    pub async fn drive(
        mut self,
        store: &Store,
        log: &SharedLog,
        stop: &CancellationToken,
    ) -> Result<Option<Self>, Error> {
        while !stop.is_cancelled() {
            let Some(now) = self.control().await? else {
                return Ok(None);
            };
            let goal = match now.phase {
                Phase::Building => now.built_at,
                phase if phase.is_driven() => now.leader,
                _ => return Ok(Some(self)),
            };
            let mut pause = Duration::ZERO;
            if now.is_shared() && self.position < goal {
                self.fill(store, (log, goal), stop).await?;
                continue;
            }
            if self.position < goal {
                pause = self.apply_paced(store, goal, now.throttle).await?;
            }
            match now.phase {
                Phase::Building if self.position >= now.built_at => self.finish_building().await?,
                Phase::CatchingUp if now.leader - self.position <= self.events_max => {
                    self.analyze().await?;
                    self.enter(Phase::CatchingUp, Phase::Ready).await?;
                }
                phase if !phase.is_filling() => pause = FOLLOW_INTERVAL,
                _ => {}
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = stop.cancelled() => {}
            }
        }
        Ok(Some(self))
    }

    /// Applies every event up to `position`.
    ///
    /// # Errors
    /// As [`Shadow::drive`].
    pub async fn advance_to(&mut self, store: &Store, position: i64) -> Result<(), Error> {
        while self.position < position {
            self.apply_next(store, position, self.events_max).await?;
        }
        Ok(())
    }

    /// Begins to read one state of the database, in which [`Shadow::compare`] reads both tables. The live ones may go on
    /// meanwhile.
    ///
    /// # Errors
    /// When Postgres fails.
    pub async fn begin_snapshot(&mut self) -> Result<(), Error> {
        // The comparison reads whole tables, for as long as it takes.
        sqlx::raw_sql(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; \
             SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on; \
             SELECT FROM checkpoints",
        )
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// Compares its tables with the live ones in the snapshot, and ends that.
    ///
    /// # Errors
    /// When Postgres fails.
    pub async fn compare(&mut self) -> Result<Option<Report>, Error> {
        let report = compare(
            &mut self.connection,
            self.registration,
            &self.schema,
            self.position,
        )
        .await?;
        sqlx::raw_sql("COMMIT").execute(&mut self.connection).await?;
        Ok(report)
    }

    /// The connection, whose search path is the shadow's schema.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    async fn control(&mut self) -> Result<Option<Control>, Error> {
        let row: Option<(String, Option<i32>, i64, i64)> = sqlx::query_as(
            "SELECT r.phase, r.throttle, r.target, l.position \
             FROM read_model.replays AS r CROSS JOIN read_model.leader AS l WHERE r.id = $1",
        )
        .bind(self.id)
        .fetch_optional(&mut self.connection)
        .await?;
        Ok(row.and_then(|(phase, throttle, built_at, leader)| {
            Some(Control {
                phase: Phase::parse(&phase)?,
                throttle: throttle.map(i64::from),
                built_at,
                leader,
            })
        }))
    }

    /// Applies the next batch, and returns how long to pause after it.
    async fn apply_paced(
        &mut self,
        store: &Store,
        up_to: i64,
        throttle: Option<i64>,
    ) -> Result<Duration, Error> {
        let (began, from) = (Instant::now(), self.position);
        let Some(per_s) = throttle else {
            self.apply_next(store, up_to, self.events_max).await?;
            return Ok(began.elapsed() / PAUSE_DIVISOR);
        };
        let events_max = (per_s / THROTTLED_BATCHES_PER_S).clamp(1, self.events_max);
        self.apply_next(store, up_to, events_max).await?;
        let applied = u32::try_from(self.position - from).unwrap_or(u32::MAX);
        let due = Duration::from_secs(1) * applied / u32::try_from(per_s).unwrap_or(u32::MAX);
        Ok(due.saturating_sub(began.elapsed()))
    }

    async fn apply_next(&mut self, store: &Store, up_to: i64, events_max: i64) -> Result<(), Error> {
        let batch = read(store, self.position, up_to, events_max).await?;
        let to = batch.to;
        let (connection, parking) = (&mut self.connection, &mut self.parking);
        isolate::apply(connection, batch, &self.target, parking, |_| ()).await?;
        self.reached(to).await
    }

    /// Records its progress. The speed of the building stays, for the estimate of the next replay.
    async fn reached(&mut self, position: i64) -> Result<(), Error> {
        self.position = position;
        sqlx::query(
            "UPDATE read_model.replays SET position = $2, error = NULL, events_per_s = \
                 CASE WHEN phase IN ('building', 'catching_up') THEN $3 ELSE events_per_s END WHERE id = $1",
        )
        .bind(self.id)
        .bind(position)
        .bind(self.speed.at(position))
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// Goes on to catching up. Live tables that nobody continues are compared now, for both are at the same position;
    /// a difference that the same code must not make waits for an operator.
    async fn finish_building(&mut self) -> Result<(), Error> {
        self.create_indexes().await?;
        let is_continued: bool = sqlx::query_scalar(
            "SELECT r.reason = 'requested' AND c.code_version = r.code_version \
             FROM read_model.replays AS r JOIN read_model.checkpoints AS c USING (projection) WHERE r.id = $1",
        )
        .bind(self.id)
        .fetch_optional(&mut self.connection)
        .await?
        .unwrap_or(true);
        if is_continued {
            return self.enter(Phase::Building, Phase::CatchingUp).await;
        }
        self.begin_snapshot().await?;
        let report = self.compare().await?;
        let refused = report.as_ref().filter(|report| report.is_suspicious());
        let refused = refused.map(|report| {
            format!(
                "the code is unchanged, but {}; an operator must accept this",
                report.sentence()
            )
        });
        if let Some(report) = &report {
            let (projection, result) = (self.registration.name, report.sentence());
            tracing::info!(
                projection,
                result,
                "A replay was compared with the rows that it replaces."
            );
        }
        sqlx::query(
            "UPDATE read_model.replays SET phase = 'catching_up', report = $2, \
                 automatic = automatic AND $3 IS NULL, refused = $3 WHERE id = $1 AND phase = 'building'",
        )
        .bind(self.id)
        .bind(report.map(sqlx::types::Json))
        .bind(refused)
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }

    /// Enters the next phase, unless an operator has chosen another one meanwhile.
    async fn enter(&mut self, from: Phase, to: Phase) -> Result<(), Error> {
        let entered = sqlx::query("UPDATE read_model.replays SET phase = $3 WHERE id = $1 AND phase = $2")
            .bind(self.id)
            .bind(from.as_str())
            .bind(to.as_str())
            .execute(&mut self.connection)
            .await?;
        if entered.rows_affected() > 0 {
            let (projection, position) = (self.registration.name, self.position);
            tracing::info!(projection, position, phase = to.as_str(), "A replay advanced.");
        }
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

/// Whether `schema` contains tables that this code can continue.
async fn can_continue(connection: &mut PgConnection, row: &Row, schema: &str) -> Result<bool, sqlx::Error> {
    if !row.stored.has_tables || row.stored.code_version != row.registration.code_version {
        return Ok(false);
    }
    let tables = row.registration.table_names();
    sqlx::query_scalar("SELECT COALESCE(table_shapes($1, $3) = table_shapes($2, $3), false)")
        .bind(schema)
        .bind(SCHEMA)
        .bind(tables)
        .fetch_one(connection)
        .await
}

/// Makes empty tables. The position at which building ends is that of the live tables, so that both can be compared
/// there even if nobody continues the live ones. Returns false if an operator has ended the replay meanwhile.
async fn begin_anew(connection: &mut PgConnection, row: &Row, schema: &str) -> Result<bool, Error> {
    let registration = row.registration;
    let mut tx = connection.begin().await?;
    let begun = sqlx::query(
        "UPDATE replays AS r SET phase = 'building', started_at = now(), code_version = $2, position = 0, \
             has_tables = true, report = NULL, events_per_s = NULL, wanted = NULL, \
             target = (SELECT CASE WHEN c.code_version = 0 THEN l.position ELSE LEAST(l.position, c.position) END \
                       FROM leader AS l LEFT JOIN checkpoints AS c ON c.projection = r.projection) \
         WHERE id = $1 AND phase IN ('building', 'catching_up', 'ready', 'verified')",
    )
    .bind(row.stored.id)
    .bind(registration.code_version)
    .execute(&mut *tx)
    .await?;
    if begun.rows_affected() == 0 {
        return Ok(false);
    }
    create_tables(&mut tx, schema, &[registration], Indexes::Constraints).await?;
    tx.commit().await?;
    tracing::info!(
        projection = registration.name,
        "A replay begins beside the live tables."
    );
    Ok(true)
}
