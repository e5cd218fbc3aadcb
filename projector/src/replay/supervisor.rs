//! The leader's supervisor of the replays: it reads their rows, drives a shadow for each that needs one, and makes what
//! operators want happen between two of the leader's batches.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use event_store::Store;
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio::time::Instant;

use super::phase::{Phase, Verb};
use super::plan::{Plan, built_now, plan};
use super::row::{self, Row};
use super::shadow::{Shadow, ShadowOptions};
use super::shared_log::SharedLog;
use super::slot::{RETRY_DELAY, Slot, Work};
use super::switch::{Direction, Exchanged, LeaderState, exchange};
use super::verify;
use crate::Error;
use crate::batch::Target;
use crate::options::Options;
use crate::registry::{PROJECTIONS, Registration, Release};

/// How often a replay on request may fail without any progress before it counts as failed.
const ATTEMPTS_MAX: u32 = 4;

/// Events that are read and decoded at a time for the replays that are built.
const READ_EVENTS_MAX: i64 = 5_000;

/// Supervises the replays. Their work stops with it, and continues under the next leader.
#[derive(Debug)]
pub(crate) struct Supervisor {
    pool: PgPool,
    store: Store,
    log: Arc<SharedLog>,
    shadows: ShadowOptions,
    kept: Duration,
    release: Release,
    slots: HashMap<&'static str, Slot>,
}

/// The leader, between two of its batches.
#[derive(Debug)]
pub(crate) struct Leading<'a> {
    pub connection: &'a mut PgConnection,
    pub target: &'a Target,
    pub position: i64,
}

/// What failed.
enum Failure {
    /// This process no longer leads, or cannot write.
    Leader(Error),
    /// Only the replay.
    Replay(Error),
}

impl Leading<'_> {
    /// Whether the leader continues the live tables of a projection.
    fn continues(&self, registration: &Registration) -> bool {
        let mut members = self.target.members.iter();
        members.any(|member| member.name == registration.name)
    }
}

impl Supervisor {
    /// Creates a supervisor whose shadows have connections of `pool`.
    pub fn new(pool: PgPool, store: Store, options: &Options) -> Self {
        let events = |max: usize| i64::try_from(max).unwrap_or(i64::MAX);
        let read_max = READ_EVENTS_MAX.min(events(options.replay_events_max));
        Self {
            pool,
            log: Arc::new(SharedLog::start(store.clone(), read_max)),
            store,
            shadows: ShadowOptions {
                events_max: events(options.batch_events_max),
                built_events_max: events(options.replay_events_max),
                owner: options.owner.clone(),
            },
            kept: options.replaced_tables_kept,
            release: options.release,
            slots: HashMap::new(),
        }
    }

    /// Does what is due. Returns a projection whose live tables were exchanged: the leader continues it from its position,
    /// with its parked events.
    ///
    /// # Errors
    /// When the leader's own connection fails, or another projector leads.
    pub async fn step(&mut self, mut leading: Leading<'_>) -> Result<Option<&'static Registration>, Error> {
        let rows = row::load(&mut *leading.connection, self.release).await?;
        let built = built_now(&rows);
        for row in &rows {
            let name = row.registration.name;
            let slot = self.slots.remove(name).unwrap_or_default();
            let is_turn = built.iter().any(|built| built.stored.id == row.stored.id);
            let (slot, result) = self.attend(slot, row, is_turn, &mut leading).await;
            self.slots.insert(name, slot);
            if let Some(exchanged) = result? {
                return Ok(Some(exchanged));
            }
        }
        Ok(None)
    }

    /// Attends to one replay, whose slot is returned with the result.
    async fn attend(
        &self,
        mut slot: Slot,
        row: &Row,
        is_turn: bool,
        leading: &mut Leading<'_>,
    ) -> (Slot, Result<Option<&'static Registration>, Error>) {
        let result = match self.try_attend(&mut slot, row, is_turn, leading).await {
            Ok(exchanged) => Ok(exchanged),
            Err(Failure::Leader(error)) => Err(error),
            Err(Failure::Replay(error)) => {
                let attempts = slot.failed(row.stored.position);
                let is_needed = row.stored.automatic || row.phase == Phase::Switched;
                let gives_up = attempts >= ATTEMPTS_MAX && !is_needed;
                let recorded = row::fail(leading.connection, row, &error, gives_up).await;
                recorded.map(|()| None).map_err(Error::from)
            }
        };
        (slot, result)
    }

    async fn try_attend(
        &self,
        slot: &mut Slot,
        row: &Row,
        is_turn: bool,
        leading: &mut Leading<'_>,
    ) -> Result<Option<&'static Registration>, Failure> {
        slot.look(row.stored.id).await.map_err(Failure::Replay)?;
        let plan = plan(row, is_turn, slot.next_at <= Instant::now());
        if plan != Plan::Run && !slot.stop() {
            return Ok(None);
        }
        match plan {
            Plan::Rest => slot.work = Work::Idle,
            Plan::Drop(reason) => {
                slot.work = Work::Idle;
                let dropped = drop_tables(leading.connection, row, &reason).await;
                dropped.map_err(of_leader)?;
            }
            Plan::Run => self.run(slot, row),
            Plan::Operate(verb) => return self.operate(slot, row, verb, leading).await,
        }
        Ok(None)
    }

    /// Drives the shadow, unless that is under way.
    fn run(&self, slot: &mut Slot, row: &Row) {
        let (store, log) = (self.store.clone(), Arc::clone(&self.log));
        match std::mem::take(&mut slot.work) {
            Work::Held(held) => {
                slot.spawn(row.stored.id, |stop| async move {
                    held.drive(&store, &log, &stop).await
                });
            }
            Work::Idle if slot.next_at <= Instant::now() => self.open(slot, row),
            work => slot.work = work,
        }
    }

    /// Opens the shadow, and drives it.
    fn open(&self, slot: &mut Slot, row: &Row) {
        let (pool, store, options) = (self.pool.clone(), self.store.clone(), self.shadows.clone());
        let (opened, log) = (row.clone(), Arc::clone(&self.log));
        slot.spawn(row.stored.id, |stop| async move {
            match Shadow::open(&pool, &opened, &options).await? {
                Some(shadow) => shadow.drive(&store, &log, &stop).await,
                None => Ok(None),
            }
        });
    }

    /// Does what is wanted with the held shadow. One that is not open yet is opened first.
    async fn operate(
        &self,
        slot: &mut Slot,
        row: &Row,
        verb: Verb,
        leading: &mut Leading<'_>,
    ) -> Result<Option<&'static Registration>, Failure> {
        let Work::Held(mut shadow) = std::mem::take(&mut slot.work) else {
            self.open(slot, row);
            return Ok(None);
        };
        let advanced = shadow.advance_to(&self.store, leading.position).await;
        advanced.map_err(Failure::Replay)?;
        match way(row, verb, leading.continues(row.registration)) {
            Way::Refuse(reason) => {
                slot.work = Work::Held(shadow);
                let refused = verify::refuse(leading.connection, row.stored.id, &reason).await;
                refused.map_err(of_leader)?;
            }
            Way::Compare => {
                shadow.begin_snapshot().await.map_err(Failure::Replay)?;
                let (store, log) = (self.store.clone(), Arc::clone(&self.log));
                slot.spawn(row.stored.id, |stop| async move {
                    verify::verify(&mut shadow, verb).await?;
                    shadow.drive(&store, &log, &stop).await
                });
            }
            Way::Switch => {
                let direction = Direction::Switch { kept: self.kept };
                return self.exchange(slot, shadow, direction, leading).await;
            }
            Way::RollBack => return self.exchange(slot, shadow, Direction::RollBack, leading).await,
        }
        Ok(None)
    }

    /// Exchanges the tables. Afterwards the shadow is opened again, with the tables and parked events that it has then.
    async fn exchange(
        &self,
        slot: &mut Slot,
        shadow: Box<Shadow>,
        direction: Direction,
        leading: &mut Leading<'_>,
    ) -> Result<Option<&'static Registration>, Failure> {
        let registration = shadow.registration;
        let (projection, position) = (registration.name, leading.position);
        let is_new = !leading.continues(registration);
        let leader = LeaderState {
            position,
            is_complete: leading.target.members.len() + usize::from(is_new) == PROJECTIONS.len(),
        };
        match exchange(leading.connection, &shadow, leader, direction).await {
            Ok(Exchanged::Withdrawn) => {
                slot.work = Work::Held(shadow);
                Ok(None)
            }
            Ok(exchanged) => {
                tracing::info!(
                    projection,
                    position,
                    ?direction,
                    ?exchanged,
                    "Tables were exchanged."
                );
                Ok(Some(registration))
            }
            Err(error) if error.is_lock_timeout() => {
                tracing::info!(
                    projection,
                    "A reader is in the way of an exchange; it is tried again."
                );
                slot.work = Work::Held(shadow);
                slot.next_at = Instant::now() + RETRY_DELAY;
                Ok(None)
            }
            Err(error) => Err(of_leader(error)),
        }
    }
}

/// How a wish is granted.
enum Way {
    Refuse(String),
    /// A switch goes on after a comparison without a difference.
    Compare,
    Switch,
    RollBack,
}

/// The way to grant a wish, depending on whether the leader continues the live tables.
fn way(row: &Row, verb: Verb, is_continued: bool) -> Way {
    let stored = &row.stored;
    let has_reason = stored.automatic || stored.accepted.is_some();
    let report = stored.report.as_ref().filter(|report| !report.is_equal());
    match (verb, report) {
        (Verb::RollBack, _) if is_continued => Way::RollBack,
        (Verb::RollBack, _) => Way::Refuse("the live tables are not continued at the moment".to_owned()),
        (Verb::Switch, Some(report)) if !is_continued && !has_reason => Way::Refuse(report.refusal()),
        (Verb::Switch, _) if !is_continued || has_reason || row.phase == Phase::Verified => Way::Switch,
        _ => Way::Compare,
    }
}

/// An error on the leader's connection. If the database answered with it, the connection is intact and nothing has
/// changed, so that only the replay fails.
fn of_leader(error: Error) -> Failure {
    match error {
        error @ Error::Postgres(sqlx::Error::Database(_)) => Failure::Replay(error),
        error => Failure::Leader(error),
    }
}

async fn drop_tables(connection: &mut PgConnection, row: &Row, reason: &str) -> Result<(), Error> {
    let mut tx = connection.begin().await?;
    sqlx::query("SELECT drop_tables($1)")
        .bind(super::schema_of(row.registration))
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE replays SET has_tables = false, kept_until = NULL, wanted = NULL, \
             dropped = CASE WHEN phase = 'switched' THEN COALESCE(dropped, $2) END WHERE id = $1",
    )
    .bind(row.stored.id)
    .bind(reason)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    tracing::info!(
        projection = row.registration.name,
        reason,
        "The tables of a replay were dropped."
    );
    Ok(())
}
