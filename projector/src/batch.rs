//! Applies a batch in one transaction: the rows of every projection, the checkpoints, the parked events, and the row of
//! changes.

use event_store::follow::KafkaOffsets;
use schemas::change::{Change, ChangeBatch};
use sqlx::{Connection as _, PgConnection};

use crate::Error;
use crate::checkpoint::{self, Step};
use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::metrics::Applying;
use crate::parking::{self, LetterState, Parked, Parking};
use crate::projection::{Changes, Projection};
use crate::registry::{PROJECTIONS, Registration};

/// Name of the notification that every batch sends, with the position it reached as the payload. While not every
/// projection is current, the payload is not a number: a listener must read from the table which ones are.
pub const CHANGES_NOTIFICATION: &str = "waybill_changes";

/// Contiguous events, from one position to another.
#[derive(Debug)]
pub(crate) struct ProjectionBatch {
    /// Exclusive.
    pub from: i64,
    /// Inclusive.
    pub to: i64,
    /// The events from `from` + 1 to `to`.
    pub events: Vec<DecodedEvent>,
    /// Offsets of the consumer after these events; none in the middle of a consumer's batch.
    pub offsets: Option<KafkaOffsets>,
}

impl ProjectionBatch {
    /// Splits the batch into halves; fails with the batch itself if it has only one event.
    pub fn halves(mut self) -> Result<(Self, Self), Self> {
        if self.events.len() < 2 {
            return Err(self);
        }
        let second = self.events.split_off(self.events.len() / 2);
        let middle = self.events.last().map_or(self.from, |decoded| decoded.position);
        let second = Self {
            from: middle,
            to: self.to,
            events: second,
            offsets: self.offsets,
        };
        Ok((
            Self {
                from: self.from,
                to: middle,
                events: self.events,
                offsets: None,
            },
            second,
        ))
    }
}

/// The projections a batch is applied to, and the tables it writes.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The projections, in the order of their registration.
    pub members: Vec<&'static Registration>,
    /// The tables it writes.
    pub purpose: Purpose,
}

/// Whether a batch goes into the live tables or into rebuilt ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The leader's batch: it moves the leader's position and records changes for the sockets.
    Live,
    /// A rebuild's batch: it only writes rows.
    Rebuild,
}

impl Target {
    /// Whether it includes every projection.
    pub fn is_complete(&self) -> bool {
        self.members.len() == PROJECTIONS.len()
    }
}

/// The result of a batch.
#[derive(Debug)]
pub(crate) struct Applied {
    /// Changes for the sockets.
    pub changes: ChangeBatch,
    /// All parked events after the batch.
    pub parking: Parking,
    /// The events that this batch parked.
    pub parked: Vec<Parked>,
}

/// A projection that rejects the only event of a batch, and the reason.
#[derive(Debug)]
pub(crate) struct RefusedEvent {
    pub projection: &'static str,
    pub reason: String,
}

/// Applies `batch` to `target` in a transaction. Each projection in `refused` parks it instead.
///
/// # Errors
/// When the database fails, or another projector leads. Nothing has changed in that case.
pub(crate) async fn apply(
    connection: &mut PgConnection,
    batch: &ProjectionBatch,
    target: &Target,
    parking: &Parking,
    refused: &[RefusedEvent],
) -> Result<Applied, Error> {
    let applying = Applying::start(batch, target.purpose);
    let mut tx = connection.begin().await?;
    let mut parking = advance(&mut tx, batch, target, parking).await?;
    let mut changes = match target.purpose {
        Purpose::Live => Changes::wanted(),
        Purpose::Rebuild => Changes::suppressed(),
    };
    let mut parked = Vec::new();
    for registration in &target.members {
        let name = registration.name;
        let mut projection = (registration.create)();
        projection.load(&mut tx, &batch.events).await?;
        let refused_event = refused
            .iter()
            .find(|refused_event| refused_event.projection == name);
        for decoded in &batch.events {
            let outcome = match refused_event {
                Some(refused_event) => Err((LetterState::Poison, refused_event.reason.clone())),
                None => apply_one((name, projection.as_mut()), decoded, &parking, &mut changes),
            };
            if let Err((state, reason)) = outcome {
                parking.park(name, &decoded.key);
                parked.push(Parked::new(name, decoded, state, reason));
            }
        }
        projection.write(&mut tx, Writing::Upsert, &mut changes).await?;
    }
    parking::write(&mut tx, parked.iter(), Writing::Upsert).await?;
    let mut changes = changes.into_sorted();
    applying.stamp(&mut changes, &batch.events);
    if target.purpose == Purpose::Live {
        record(&mut tx, batch, &changes, target.is_complete()).await?;
    }
    tx.commit().await?;
    applying.committed();
    let changes = ChangeBatch {
        from_position: batch.from,
        to_position: batch.to,
        changes,
    };
    Ok(Applied {
        changes,
        parking,
        parked,
    })
}

/// Moves the checkpoints, and returns the parked events.
async fn advance(
    connection: &mut PgConnection,
    batch: &ProjectionBatch,
    target: &Target,
    parking: &Parking,
) -> Result<Parking, Error> {
    let step = Step {
        from: batch.from,
        to: batch.to,
        offsets: batch.offsets.as_ref(),
    };
    let revision = match target.purpose {
        Purpose::Live => checkpoint::advance(connection, &target.members, step).await?,
        Purpose::Rebuild => checkpoint::advance_rebuilt(connection, &target.members, step).await?,
    };
    if revision == parking.revision {
        Ok(parking.clone())
    } else {
        Ok(Parking::load(connection, &target.members).await?)
    }
}

/// Applies one event to one projection, which is given with its name, or returns why it is parked.
pub(crate) fn apply_one(
    (name, projection): (&'static str, &mut dyn Projection),
    decoded: &DecodedEvent,
    parking: &Parking,
    changes: &mut Changes,
) -> Result<(), (LetterState, String)> {
    if parking.is_skipped(name, decoded.position) {
        return Ok(());
    }
    if parking.is_parked(name, &decoded.key) {
        return Err((
            LetterState::Waiting,
            String::from("waits behind an earlier event of its key"),
        ));
    }
    let event = decoded
        .event
        .as_ref()
        .map_err(|error| (LetterState::Poison, error.to_string()))?;
    projection
        .apply(decoded, event, changes)
        .map_err(|error: Inapplicable| (LetterState::Poison, error.to_string()))
}

/// Records the changes of a batch, and notifies their followers.
async fn record(
    connection: &mut PgConnection,
    batch: &ProjectionBatch,
    changes: &[Change],
    is_complete: bool,
) -> Result<(), Error> {
    let changes = serde_json::to_string(changes).expect("changes are JSON already");
    sqlx::query(
        "WITH written AS (INSERT INTO changes (to_position, from_position, changes) VALUES ($1, $2, $3::json)) \
         SELECT pg_notify($4, $5)",
    )
    .bind(batch.to)
    .bind(batch.from)
    .bind(changes)
    .bind(CHANGES_NOTIFICATION)
    .bind(notification(batch.to, is_complete))
    .execute(connection)
    .await?;
    Ok(())
}

/// The payload of [`CHANGES_NOTIFICATION`] at `position`.
pub(crate) fn notification(position: i64, is_complete: bool) -> String {
    if is_complete {
        position.to_string()
    } else {
        format!("partial {position}")
    }
}

/// Finds the projections that cannot write the only event of `batch`, by trying each separately. Changes nothing.
///
/// # Errors
/// When the database fails for another reason than the event's data.
pub(crate) async fn find_refused(
    connection: &mut PgConnection,
    batch: &ProjectionBatch,
    target: &Target,
    parking: &Parking,
) -> Result<Vec<RefusedEvent>, Error> {
    let mut refused = Vec::new();
    for registration in &target.members {
        match try_alone(connection, registration, batch, parking)
            .await
            .map_err(Error::from)
        {
            Ok(()) => {}
            Err(error) if error.is_refused_data() => {
                refused.push(RefusedEvent {
                    projection: registration.name,
                    reason: error.refusal(),
                });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(refused)
}

async fn try_alone(
    connection: &mut PgConnection,
    registration: &Registration,
    batch: &ProjectionBatch,
    parking: &Parking,
) -> Result<(), sqlx::Error> {
    let mut tx = connection.begin().await?;
    let mut projection = (registration.create)();
    projection.load(&mut tx, &batch.events).await?;
    let mut changes = Changes::suppressed();
    for decoded in &batch.events {
        // An event that the projection itself rejects is parked when the batch is applied.
        let _ = apply_one(
            (registration.name, projection.as_mut()),
            decoded,
            parking,
            &mut changes,
        );
    }
    let written = projection.write(&mut tx, Writing::Upsert, &mut changes).await;
    tx.rollback().await?;
    written
}
