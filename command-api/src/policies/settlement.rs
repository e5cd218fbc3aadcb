//! Collects, sets free and gives back money, as orders, deliveries and returns go their way.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::delivery::DeliveryEvent;
use domain::order::OrderEvent;
use domain::payment::{PaymentEvent, RefundRequested, RequestRefund};
use domain::returns::ReturnEvent;
use domain::{Command, Event, OrderId, ReturnId};
use schemas::envelope::RecordedEvent;

use super::envelope::{Envelope, is_by_tool};
use super::{Error, Policy, PolicyContext, expiry};
use crate::idempotency;

/// Follows what has to do with money, at no distance.
pub(super) struct Settlement;

#[async_trait]
impl Policy for Settlement {
    fn name(&self) -> &'static str {
        "settlement"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &[
            "DeliveryPickedUp",
            "OrderCancelled",
            "OrderExpired",
            "PaymentAuthorised",
            "PaymentDeclined",
            "PaymentActionRequired",
            "ReturnReceived",
            "RefundRequested",
        ]
    }

    fn rest(&self) -> Duration {
        Duration::from_millis(50)
    }

    fn due_at(&self, event: &RecordedEvent, _: &Event) -> DateTime<Utc> {
        event.recorded_at
    }

    async fn react(
        &self,
        event: &RecordedEvent,
        decoded: &Event,
        context: &PolicyContext,
    ) -> Result<(), Error> {
        if is_by_tool(event) {
            return Ok(());
        }
        let envelope = Envelope {
            policy: self.name(),
            event,
        };
        match decoded {
            Event::Delivery(DeliveryEvent::DeliveryPickedUp(event)) => {
                capture(event.order_id, &envelope, context).await
            }
            Event::Order(OrderEvent::OrderCancelled(event)) => void(event.order_id, &envelope, context).await,
            Event::Order(OrderEvent::OrderExpired(event)) => void(event.order_id, &envelope, context).await,
            Event::Payment(PaymentEvent::PaymentAuthorised(event)) => {
                void(event.order_id, &envelope, context).await
            }
            Event::Payment(PaymentEvent::PaymentDeclined(event)) => {
                expiry::expire(event.order_id, &envelope, context).await
            }
            Event::Payment(PaymentEvent::PaymentActionRequired(event)) => {
                expiry::expire(event.order_id, &envelope, context).await
            }
            Event::Return(ReturnEvent::ReturnReceived(event)) => {
                request_refund(event.return_id, &envelope, context).await
            }
            Event::Payment(PaymentEvent::RefundRequested(event)) => {
                pay_refund(event, &envelope, context).await
            }
            _ => Ok(()),
        }
    }
}

/// Collects the money for an order that has left the house.
async fn capture(order_id: OrderId, envelope: &Envelope<'_>, context: &PolicyContext) -> Result<(), Error> {
    let order = context.lookup.order(order_id).await?.state;
    let Some(order) = order.order() else { return Ok(()) };
    let about = format!("capture/{}", order.payment_id);
    let submission = |command: Command| envelope.submission(&about, command);
    Ok(context.payments.capture(order.payment_id, &submission).await?)
}

/// Sets the money free that was set aside for an order that is over.
async fn void(order_id: OrderId, envelope: &Envelope<'_>, context: &PolicyContext) -> Result<(), Error> {
    let order = context.lookup.order(order_id).await?.state;
    let Some(placed) = order.order().filter(|_| order.is_over()) else {
        return Ok(());
    };
    let about = format!("void/{}", placed.payment_id);
    let submission = |command: Command| envelope.submission(&about, command);
    Ok(context
        .payments
        .void(placed.payment_id, "the order is over", &submission)
        .await?)
}

/// Requests the refund of a return whose units are back.
async fn request_refund(
    return_id: ReturnId,
    envelope: &Envelope<'_>,
    context: &PolicyContext,
) -> Result<(), Error> {
    let returned = context.lookup.returned(return_id).await?.state;
    let Some(requested) = returned.requested() else {
        return Ok(());
    };
    let command = RequestRefund {
        payment_id: requested.payment_id,
        refund_id: idempotency::refund_id(return_id),
        amount: requested.refund,
        return_id: Some(return_id),
    };
    context
        .executor
        .execute(envelope.submission(&format!("request-refund/{return_id}"), command))
        .await?;
    Ok(())
}

/// Has the provider pay a requested refund.
async fn pay_refund(
    refund: &RefundRequested,
    envelope: &Envelope<'_>,
    context: &PolicyContext,
) -> Result<(), Error> {
    let about = format!("refund/{}", refund.refund_id);
    let submission = |command: Command| envelope.submission(&about, command);
    Ok(context
        .payments
        .refund(refund.payment_id, (refund.refund_id, refund.amount), &submission)
        .await?)
}
