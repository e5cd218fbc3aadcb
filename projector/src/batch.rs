//! One batch, one transaction: the rows of every projection, the checkpoints, what was parked, and the row of
//! changes.

use event_store::follow::KafkaOffsets;
use platform::causes::with_causes;
use schemas::change::{Change, ChangeBatch};
use sqlx::{Connection as _, PgConnection};

use crate::Error;
use crate::checkpoint;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::metrics::Applying;
use crate::parking::{self, LetterState, Parked, Parking};
use crate::projection::{self, Changes, Projection};

/// The Postgres channel that every batch notifies, with the position it reached as the payload.
pub const CHANGES_CHANNEL: &str = "waybill_changes";

/// Events without holes, from one position to another.
#[derive(Debug)]
pub(crate) struct ProjectionBatch {
    /// Exclusive.
    pub from: i64,
    /// Inclusive.
    pub to: i64,
    /// The events from `from` + 1 to `to`.
    pub events: Vec<DecodedEvent>,
    /// Where the consumer stands after them; none in the middle of what it was given.
    pub offsets: Option<KafkaOffsets>,
}

impl ProjectionBatch {
    /// The batch in two halves; none when it has only one event.
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

/// Whether a batch tells the sockets, or only rebuilds rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effects {
    /// It tells them.
    Announce,
    /// It does not.
    Suppress,
}

/// What a batch did.
#[derive(Debug)]
pub(crate) struct Applied {
    /// For the sockets.
    pub changes: ChangeBatch,
    /// What is parked now.
    pub parking: Parking,
    /// What this batch parked.
    pub parked: Vec<Parked>,
}

/// A projection that refuses the only event of a batch, and why.
#[derive(Debug)]
pub(crate) struct RefusedEvent {
    pub projection: &'static str,
    pub reason: String,
}

/// Applies `batch` in a transaction. Each projection in `refused` parks it instead.
///
/// # Errors
/// When the database fails, or another projector leads. Nothing has changed then.
pub(crate) async fn apply(
    connection: &mut PgConnection,
    batch: &ProjectionBatch,
    parking: &Parking,
    refused: &[RefusedEvent],
    effects: Effects,
) -> Result<Applied, Error> {
    let applying = Applying::start(batch, effects);
    let mut tx = connection.begin().await?;
    let epoch = checkpoint::advance(&mut tx, batch.from, batch.to, batch.offsets.as_ref()).await?;
    let mut parking = if epoch == parking.epoch {
        parking.clone()
    } else {
        Parking::load(&mut tx).await?
    };
    let mut changes = match effects {
        Effects::Announce => Changes::wanted(),
        Effects::Suppress => Changes::suppressed(),
    };
    let mut parked = Vec::new();
    for mut projection in projection::all() {
        projection.load(&mut tx, &batch.events).await?;
        let refused_event = refused
            .iter()
            .find(|refused_event| refused_event.projection == projection.name());
        for decoded in &batch.events {
            let outcome = match refused_event {
                Some(refused_event) => Err((LetterState::Poison, refused_event.reason.clone())),
                None => apply_one(projection.as_mut(), decoded, &parking, &mut changes),
            };
            if let Err((state, reason)) = outcome {
                parking.park(projection.name(), &decoded.key);
                parked.push(Parked::new(projection.name(), decoded, state, reason));
            }
        }
        projection.write(&mut tx, &mut changes).await?;
    }
    parking::write(&mut tx, parked.iter()).await?;
    let mut changes = changes.into_sorted();
    applying.stamp(&mut changes, &batch.events);
    if effects == Effects::Announce {
        record(&mut tx, batch, &changes).await?;
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

/// Applies one event to one projection, or says why it is parked.
fn apply_one(
    projection: &mut dyn Projection,
    decoded: &DecodedEvent,
    parking: &Parking,
    changes: &mut Changes,
) -> Result<(), (LetterState, String)> {
    if parking.is_skipped(projection.name(), decoded.position) {
        return Ok(());
    }
    if parking.is_parked(projection.name(), &decoded.key) {
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

/// Writes the row of changes and wakes who waits for it.
async fn record(
    connection: &mut PgConnection,
    batch: &ProjectionBatch,
    changes: &[Change],
) -> Result<(), Error> {
    let changes = serde_json::to_string(changes).expect("changes are JSON already");
    sqlx::query(
        "WITH written AS (INSERT INTO changes (to_position, from_position, changes) VALUES ($1, $2, $3::json)) \
         SELECT pg_notify($4, $1::text)",
    )
    .bind(batch.to)
    .bind(batch.from)
    .bind(changes)
    .bind(CHANGES_CHANNEL)
    .execute(connection)
    .await?;
    Ok(())
}

/// Finds which projections cannot write the only event of `batch`, by trying each alone. Leaves nothing.
///
/// # Errors
/// When the database fails for another reason than the event's data.
pub(crate) async fn find_refused(
    connection: &mut PgConnection,
    batch: &ProjectionBatch,
    parking: &Parking,
) -> Result<Vec<RefusedEvent>, Error> {
    let mut refused = Vec::new();
    for projection in projection::all() {
        let name = projection.name();
        match try_alone(connection, projection, batch, parking)
            .await
            .map_err(Error::from)
        {
            Ok(()) => {}
            Err(error) if error.is_refused_data() => {
                refused.push(RefusedEvent {
                    projection: name,
                    reason: with_causes(&error),
                });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(refused)
}

async fn try_alone(
    connection: &mut PgConnection,
    mut projection: Box<dyn Projection>,
    batch: &ProjectionBatch,
    parking: &Parking,
) -> Result<(), sqlx::Error> {
    let mut tx = connection.begin().await?;
    projection.load(&mut tx, &batch.events).await?;
    let mut changes = Changes::suppressed();
    for decoded in &batch.events {
        // What the map itself refuses is parked when the batch is applied.
        let _ = apply_one(projection.as_mut(), decoded, parking, &mut changes);
    }
    let written = projection.write(&mut tx, &mut changes).await;
    tx.rollback().await?;
    written
}
