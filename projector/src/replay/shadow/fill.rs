//! Fills the tables of a replay that is built: many batches of events are folded into rows in memory, and written in one
//! transaction. Rows that no transaction has written yet are copied.
//!
//! The mapping is that of the [`Projection`]: only the writing differs from [`crate::batch`]. Events that Postgres refuses
//! are not looked for here: the caller applies the same events again, batch by batch.

use event_store::Store;
use sqlx::{Connection as _, PgConnection};
use tokio_util::sync::CancellationToken;

use super::Shadow;
use crate::Error;
use crate::batch::{ProjectionBatch, Target, apply_one};
use crate::checkpoint::{self, Step};
use crate::copy::Writing;
use crate::parking::{self, Parked, Parking};
use crate::projection::{Changes, Projection};
use crate::registry::Registration;
use crate::replay::shared_log::SharedLog;

/// The rows of one transaction.
struct Fill {
    registration: &'static Registration,
    projection: Box<dyn Projection>,
    /// All parked events after the last batch.
    pub parking: Parking,
    parked: Vec<Parked>,
    from: i64,
    /// Position up to which events are folded into the rows.
    pub to: i64,
}

impl Fill {
    /// No rows yet, of tables that are complete up to `position`.
    pub fn new(registration: &'static Registration, position: i64, parking: Parking) -> Self {
        Self {
            registration,
            projection: (registration.create)(),
            parking,
            parked: Vec::new(),
            from: position,
            to: position,
        }
    }

    /// The number of events in the rows.
    pub fn events(&self) -> i64 {
        self.to - self.from
    }

    /// Folds the next batch into the rows.
    ///
    /// # Errors
    /// When Postgres fails.
    pub async fn absorb(
        &mut self,
        connection: &mut PgConnection,
        batch: &ProjectionBatch,
    ) -> Result<(), sqlx::Error> {
        let name = self.registration.name;
        self.projection.load(connection, &batch.events).await?;
        let mut changes = Changes::suppressed();
        for decoded in &batch.events {
            let projection = self.projection.as_mut();
            let applied = apply_one((name, projection), decoded, &self.parking, &mut changes);
            if let Err((state, reason)) = applied {
                self.parking.park(name, &decoded.key);
                self.parked.push(Parked::new(name, decoded, state, reason));
            }
        }
        self.to = batch.to;
        Ok(())
    }

    /// Writes the rows, the parked events and the checkpoint.
    ///
    /// # Errors
    /// When Postgres fails or refuses a row, or another builder has moved the checkpoint. Nothing has changed then.
    pub async fn write(&mut self, connection: &mut PgConnection, target: &Target) -> Result<(), Error> {
        let mut tx = connection.begin().await?;
        let step = Step {
            from: self.from,
            to: self.to,
            offsets: None,
        };
        checkpoint::advance_rebuilt(&mut tx, &target.members, step).await?;
        let mut changes = Changes::suppressed();
        self.projection
            .write(&mut tx, Writing::CopyNew, &mut changes)
            .await?;
        parking::write(&mut tx, self.parked.iter(), Writing::Upsert).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Shadow {
    /// Applies the events up to `goal` from the shared pass over the log. Returns earlier if it is stopped, or not built any
    /// more; what was read until then is written.
    pub(super) async fn fill(
        &mut self,
        store: &Store,
        (log, goal): (&SharedLog, i64),
        stop: &CancellationToken,
    ) -> Result<(), Error> {
        let mut batches = log.read(self.position, goal);
        let mut fill = Fill::new(self.registration, self.position, self.parking.clone());
        let mut goes_on = true;
        while goes_on && fill.to < goal {
            let batch = tokio::select! {
                batch = batches.recv() => batch,
                () = stop.cancelled() => break,
            };
            let Some(batch) = batch else {
                self.write(store, &mut fill).await?;
                return self.apply_next(store, goal, self.events_max).await;
            };
            fill.absorb(&mut self.connection, &batch).await?;
            goes_on = self.control().await?.is_some_and(|now| now.is_shared());
            if fill.events() >= self.built_events_max {
                self.write(store, &mut fill).await?;
            }
        }
        self.write(store, &mut fill).await
    }

    /// Writes the rows of `fill`, and begins it anew. If Postgres refuses one of them, their events are applied in small
    /// batches, which find the event that is parked for it.
    async fn write(&mut self, store: &Store, fill: &mut Fill) -> Result<(), Error> {
        if fill.events() == 0 {
            return Ok(());
        }
        match fill.write(&mut self.connection, &self.target).await {
            Ok(()) => {
                self.parking.clone_from(&fill.parking);
                self.reached(fill.to).await?;
            }
            Err(error) if error.is_refused_data() => self.advance_to(store, fill.to).await?,
            Err(error) => return Err(error),
        }
        *fill = Fill::new(self.registration, self.position, self.parking.clone());
        Ok(())
    }

    /// Makes the indexes that the tables lack. Each takes as long as sorting its rows.
    pub(super) async fn create_indexes(&mut self) -> Result<(), sqlx::Error> {
        let mut tx = self.connection.begin().await?;
        sqlx::query("SET LOCAL statement_timeout = 0")
            .execute(&mut *tx)
            .await?;
        sqlx::query("SELECT read_model.create_indexes($1, $2)")
            .bind(&self.schema)
            .bind(self.registration.table_names())
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}
