//! Deliveries: one row per delivery, for the courier's queue and the admin's board.

use async_trait::async_trait;
use domain::delivery::DeliveryEvent;
use domain::{AccountId, Event, StreamId};
use schemas::change::{ChangeKind, payload};
use schemas::channel::Channel;
use schemas::read_model::{DeliveryStatus, StoredStage};
use sqlx::PgConnection;
use uuid::Uuid;

use super::timeline;
use super::{Changes, Projection, Subject};
use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::keyed_table::KeyedRows;

pub(crate) mod row;

use row::{DeliveryChange, DeliveryRow};

/// The rows of one batch.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    rows: KeyedRows<DeliveryRow>,
}

/// The effect of an event on a delivery's courier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Courier {
    /// Unchanged.
    Stays,
    /// Assigned to this courier.
    Is(AccountId),
    /// Unassigned.
    Leaves,
}

impl Courier {
    /// Applies the effect to a row.
    pub(super) fn apply_to(self, courier_id: &mut Option<Uuid>) {
        match self {
            Self::Stays => {}
            Self::Is(id) => *courier_id = Some(id.as_uuid()),
            Self::Leaves => *courier_id = None,
        }
    }
}

/// The status after an event, `None` if it stays the same, and the effect on the courier.
pub(super) fn transition(event: &DeliveryEvent) -> (Option<DeliveryStatus>, Courier) {
    use DeliveryStatus as S;
    let (status, courier) = match event {
        DeliveryEvent::DeliveryCreated(_) => (S::Pending, Courier::Stays),
        DeliveryEvent::DeliveryOffered(event) => (S::Offered, Courier::Is(event.courier_id)),
        DeliveryEvent::DeliveryOfferDeclined(_) | DeliveryEvent::DeliveryUnassigned(_) => {
            (S::Pending, Courier::Leaves)
        }
        DeliveryEvent::DeliveryAssigned(event) => (S::Assigned, Courier::Is(event.courier_id)),
        DeliveryEvent::DeliveryPickedUp(_) => (S::PickedUp, Courier::Stays),
        DeliveryEvent::DeliveryTransferred(event) => return (None, Courier::Is(event.courier_id)),
        DeliveryEvent::DeliveryDeparted(_) => (S::OnTheWay, Courier::Stays),
        DeliveryEvent::DeliveryAttemptFailed(_) => (S::AttemptFailed, Courier::Stays),
        DeliveryEvent::DeliveryReturnStarted(_) => (S::Returning, Courier::Stays),
        DeliveryEvent::DeliveryReturnedToSender(_) => (S::Returned, Courier::Stays),
        DeliveryEvent::DeliveryReopened(_) => (S::Pending, Courier::Leaves),
        DeliveryEvent::DeliveryDelivered(_) => (S::Delivered, Courier::Stays),
        DeliveryEvent::DeliveryCancelled(_) => (S::Cancelled, Courier::Stays),
    };
    (Some(status), courier)
}

fn delivery_id(event: &Event) -> Option<Uuid> {
    match event.stream_id() {
        StreamId::Delivery(id) => Some(id.as_uuid()),
        _ => None,
    }
}

impl Deliveries {
    /// The row of this delivery as of the events applied; `None` before it was created.
    pub(crate) fn row(&self, id: Uuid) -> Option<&DeliveryRow> {
        self.rows.find(&id)
    }
}

#[async_trait]
impl Projection for Deliveries {
    async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
    ) -> Result<(), sqlx::Error> {
        let key = |_: &DecodedEvent, event: &Event| {
            let is_created = matches!(event, Event::Delivery(DeliveryEvent::DeliveryCreated(_)));
            Some((delivery_id(event)?, is_created))
        };
        self.rows.load(connection, events, key).await
    }

    fn apply(
        &mut self,
        decoded: &DecodedEvent,
        event: &Event,
        changes: &mut Changes,
    ) -> Result<(), Inapplicable> {
        let (Event::Delivery(delivery), Some(id)) = (event, delivery_id(event)) else {
            return Ok(());
        };
        let (status, courier) = transition(delivery);
        if let DeliveryEvent::DeliveryCreated(created) = delivery {
            self.rows.insert(DeliveryRow::created(created, decoded));
        }
        let row = self.rows.get_mut(&id)?;
        let courier_before = row.courier_id;
        row.status = status.unwrap_or(row.status);
        courier.apply_to(&mut row.courier_id);
        let stage = StoredStage {
            status: row.status,
            at: decoded.occurred_at,
            reason: timeline::reason(event),
        };
        timeline::push(&mut row.timeline, stage);
        row.version = decoded.version;
        row.position = decoded.position;
        let row = self.rows.changed(id);
        if changes.are_wanted() {
            announce(row, courier_before, changes);
        }
        Ok(())
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        writing: Writing,
        _: &mut Changes,
    ) -> Result<(), sqlx::Error> {
        self.rows.write(connection, writing).await
    }
}

/// Publishes `row` as it is now, to the board and to its courier. A courier who has lost it is told so, and nothing more.
fn announce(row: &DeliveryRow, courier_before: Option<Uuid>, changes: &mut Changes) {
    let subject = |kind| Subject {
        position: row.position,
        kind,
        key: format!("delivery:{}", row.id),
    };
    let channels = || {
        let mut channels = vec![Channel::Deliveries.to_string()];
        channels.extend(row.courier_id.map(|id| Channel::Courier(id).to_string()));
        channels
    };
    changes.push(
        subject(ChangeKind::DeliveryChanged),
        channels,
        &DeliveryChange::of(row),
    );
    if let Some(courier_id) = courier_before.filter(|id| row.courier_id != Some(*id)) {
        let channels = || vec![Channel::Courier(courier_id).to_string()];
        let former = payload::FormerDelivery {
            id: row.id,
            order_id: row.order_id,
            position: row.position.cast_unsigned(),
        };
        changes.push(subject(ChangeKind::DeliveryLeft), channels, &former);
    }
}
