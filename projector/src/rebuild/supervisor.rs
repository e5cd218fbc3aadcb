//! The leader's rebuilds: one at a time, in its own task.

use std::time::Duration;

use event_store::Store;
use platform::causes::with_causes;
use sqlx::{PgConnection, PgPool};
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

use super::beside::{self, Build};
use super::request;
use super::switch::{self, LeaderState};
use crate::Error;
use crate::batch::Target;
use crate::registry::{PROJECTIONS, Registration};

/// The delay after a failed rebuild; doubled with each failure.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// The longest delay.
const RETRY_DELAY_MAX: Duration = Duration::from_secs(30);

/// Supervises the rebuilds. They stop with it, and continue under the next leader.
#[derive(Debug)]
pub(crate) struct Supervisor {
    pool: PgPool,
    store: Store,
    events_max: i64,
    state: State,
    next_at: Instant,
    delay: Duration,
}

#[derive(Debug)]
enum State {
    /// No build is running.
    Idle,
    /// A task is building.
    Building(&'static Registration, AbortOnDropHandle<Result<Build, Error>>),
    /// A finished build waits for the switch.
    Built(Box<Build>),
}

impl Supervisor {
    /// Creates a supervisor that builds over connections of `pool`, with `events_max` events per transaction.
    pub fn new(pool: PgPool, store: Store, events_max: usize) -> Self {
        Self {
            pool,
            store,
            events_max: i64::try_from(events_max).unwrap_or(i64::MAX),
            state: State::Idle,
            next_at: Instant::now(),
            delay: RETRY_DELAY,
        }
    }

    /// Starts the next rebuild, or switches to a finished one. Returns the switched projection, which the leader
    /// continues from its `position`. Called between two of the leader's batches.
    ///
    /// # Errors
    /// When the leader's own connection fails, or another projector leads.
    pub async fn step(
        &mut self,
        connection: &mut PgConnection,
        target: &Target,
        position: i64,
    ) -> Result<Option<&'static Registration>, Error> {
        if Instant::now() < self.next_at {
            return Ok(None);
        }
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Idle => {
                if let Some(registration) = request::first(connection).await? {
                    let (pool, store) = (self.pool.clone(), self.store.clone());
                    let building = beside::build(pool, store, registration, self.events_max);
                    let task = AbortOnDropHandle::new(tokio::spawn(building));
                    self.state = State::Building(registration, task);
                }
                Ok(None)
            }
            State::Building(registration, task) if !task.is_finished() => {
                self.state = State::Building(registration, task);
                Ok(None)
            }
            State::Building(registration, task) => match task.await {
                Ok(Ok(build)) => self.switch(connection, build, target, position).await,
                Ok(Err(error)) => self.failed(connection, registration, &error).await,
                Err(_panic) => self.failed(connection, registration, &Error::BuilderEnded).await,
            },
            State::Built(build) => self.switch(connection, *build, target, position).await,
        }
    }

    async fn switch(
        &mut self,
        connection: &mut PgConnection,
        mut build: Build,
        target: &Target,
        position: i64,
    ) -> Result<Option<&'static Registration>, Error> {
        let registration = build.registration;
        if let Err(error) = build.advance_to(&self.store, position).await {
            return self.failed(connection, registration, &error).await;
        }
        let is_new = !target
            .members
            .iter()
            .any(|member| member.name == registration.name);
        let leader = LeaderState {
            position,
            is_complete: target.members.len() + usize::from(is_new) == PROJECTIONS.len(),
        };
        match switch::switch(connection, &build, leader).await {
            Ok(()) => {
                self.delay = RETRY_DELAY;
                tracing::info!(
                    projection = registration.name,
                    position,
                    "A projection was rebuilt."
                );
                Ok(Some(registration))
            }
            Err(error) if error.is_lock_timeout() => {
                tracing::info!(
                    projection = registration.name,
                    "A reader is in the way of a rebuilt projection; the switch is tried again."
                );
                self.state = State::Built(Box::new(build));
                self.next_at = Instant::now() + RETRY_DELAY;
                Ok(None)
            }
            // The connection is intact and nothing has changed: the other projections continue.
            Err(error @ Error::Postgres(sqlx::Error::Database(_))) => {
                self.failed(connection, registration, &error).await
            }
            Err(error) => Err(error),
        }
    }

    async fn failed(
        &mut self,
        connection: &mut PgConnection,
        registration: &'static Registration,
        error: &Error,
    ) -> Result<Option<&'static Registration>, Error> {
        let reason = with_causes(error);
        tracing::warn!(
            projection = registration.name,
            error = reason,
            "A projection could not be rebuilt; it is tried again."
        );
        request::fail(connection, registration, &reason).await?;
        self.next_at = Instant::now() + self.delay;
        self.delay = (self.delay * 2).min(RETRY_DELAY_MAX);
        Ok(None)
    }
}
