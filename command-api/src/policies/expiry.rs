//! Expires orders whose reservation ran out before they were paid.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::order::{ExpireOrder, OrderPlaced, SalesChannel};
use domain::{OrderId, OrderState};
use schemas::envelope::RecordedEvent;

use super::envelope::Envelope;
use super::error::Error;
use super::trigger::triggers;
use super::{Policy, PolicyContext};

/// Follows placed orders with the delay of their reservations.
pub(super) struct ReservationExpiry;

triggers! {
    /// The events it reacts to.
    Trigger { OrderPlaced }
}

impl Policy for ReservationExpiry {
    type Trigger = Trigger;

    const NAME: &'static str = "reservation-expiry";

    const REST: Duration = Duration::from_secs(1);

    fn due_at(event: &RecordedEvent, Trigger::OrderPlaced(placed): &Trigger) -> DateTime<Utc> {
        match placed.channel {
            SalesChannel::Web => placed.reservation_expires_at,
            // Imported orders need no reaction, so there is no delay.
            SalesChannel::Import => event.recorded_at,
        }
    }

    async fn react(
        Trigger::OrderPlaced(placed): &Trigger,
        envelope: &Envelope<'_>,
        context: &PolicyContext,
    ) -> Result<(), Error> {
        match placed.channel {
            SalesChannel::Web => expire(placed.order_id, envelope, context).await,
            SalesChannel::Import => Ok(()),
        }
    }
}

/// Expires an order that is still pending after its reservation ran out. While its payment is in progress this is
/// rejected; settlement tries again when the payment attempt ends.
pub(super) async fn expire(
    order_id: OrderId,
    envelope: &Envelope<'_>,
    context: &PolicyContext,
) -> Result<(), Error> {
    let OrderState::Pending(order) = context.lookup.order(order_id).await?.state else {
        return Ok(());
    };
    if order.reservation_expires_at > context.clock.now() {
        return Ok(());
    }
    let submission = envelope.submission(&format!("expire/{order_id}"), ExpireOrder { order_id });
    context.executor.execute(submission).await?;
    Ok(())
}
