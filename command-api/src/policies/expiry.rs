//! Expires orders whose reservation ran out before they were paid for.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::order::{ExpireOrder, OrderEvent, SalesChannel};
use domain::{Event, OrderId, OrderState};
use schemas::envelope::RecordedEvent;

use super::envelope::Envelope;
use super::{Error, Policy, PolicyContext};

/// Follows the orders at the distance of their reservations.
pub(super) struct ReservationExpiry;

#[async_trait]
impl Policy for ReservationExpiry {
    fn name(&self) -> &'static str {
        "reservation-expiry"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["OrderPlaced"]
    }

    fn rest(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn due_at(&self, event: &RecordedEvent, decoded: &Event) -> DateTime<Utc> {
        match decoded {
            Event::Order(OrderEvent::OrderPlaced(placed)) if placed.channel == SalesChannel::Web => {
                placed.reservation_expires_at
            }
            // Nothing will be done about it, so it need not be waited for.
            _ => event.recorded_at,
        }
    }

    async fn react(
        &self,
        event: &RecordedEvent,
        decoded: &Event,
        context: &PolicyContext,
    ) -> Result<(), Error> {
        match decoded {
            Event::Order(OrderEvent::OrderPlaced(placed)) if placed.channel == SalesChannel::Web => {
                expire(
                    placed.order_id,
                    &Envelope {
                        policy: self.name(),
                        event,
                    },
                    context,
                )
                .await
            }
            _ => Ok(()),
        }
    }
}

/// Expires an order that is still pending though its reservation ran out; one whose payment is in progress is
/// refused, and looked at again when the payment no longer is.
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
