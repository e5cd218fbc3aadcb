//! Captures, voids and refunds payments as orders, deliveries and returns progress.

use std::time::Duration;

use domain::delivery::DeliveryPickedUp;
use domain::order::{OrderCancelled, OrderExpired};
use domain::payment::{
    PaymentActionRequired, PaymentAuthorised, PaymentDeclined, RefundRequested, RequestRefund,
};
use domain::returns::ReturnReceived;
use domain::{Command, OrderId, ReturnId};

use super::envelope::Envelope;
use super::error::Error;
use super::trigger::triggers;
use super::{Policy, PolicyContext, expiry};
use crate::{idempotency, payments};

/// Reacts at once to events that move money.
pub(super) struct Settlement;

triggers! {
    /// The events it reacts to.
    Trigger {
        DeliveryPickedUp,
        OrderCancelled,
        OrderExpired,
        PaymentAuthorised,
        PaymentDeclined,
        PaymentActionRequired,
        ReturnReceived,
        RefundRequested,
    }
}

impl Policy for Settlement {
    type Trigger = Trigger;

    const NAME: &'static str = "settlement";

    const REST: Duration = Duration::from_millis(50);

    async fn react(trigger: &Trigger, envelope: &Envelope<'_>, context: &PolicyContext) -> Result<(), Error> {
        if envelope.is_by_tool() {
            return Ok(());
        }
        match trigger {
            Trigger::DeliveryPickedUp(event) => capture(event.order_id, envelope, context).await,
            Trigger::OrderCancelled(event) => give_back(event.order_id, envelope, context).await,
            Trigger::OrderExpired(event) => give_back(event.order_id, envelope, context).await,
            Trigger::PaymentAuthorised(event) => give_back(event.order_id, envelope, context).await,
            Trigger::PaymentDeclined(event) => expiry::expire(event.order_id, envelope, context).await,
            Trigger::PaymentActionRequired(event) => expiry::expire(event.order_id, envelope, context).await,
            Trigger::ReturnReceived(event) => request_refund(event.return_id, envelope, context).await,
            Trigger::RefundRequested(event) => pay_refund(event, envelope, context).await,
        }
    }
}

/// Captures the payment of an order that was picked up.
async fn capture(order_id: OrderId, envelope: &Envelope<'_>, context: &PolicyContext) -> Result<(), Error> {
    let order = context.lookup.order(order_id).await?.state;
    let Some(order) = order.order() else { return Ok(()) };
    let about = format!("capture/{}", order.payment_id);
    let submission = |command: Command| envelope.submission(&about, command);
    Ok(context.payments.capture(order.payment_id, &submission).await?)
}

/// Gives back the money of an order that was cancelled or has expired: voids the authorisation, or requests the refund
/// of what was captured.
async fn give_back(order_id: OrderId, envelope: &Envelope<'_>, context: &PolicyContext) -> Result<(), Error> {
    let order = context.lookup.order(order_id).await?.state;
    let Some(placed) = order.order().filter(|_| order.is_over()) else {
        return Ok(());
    };
    let payment_id = placed.payment_id;
    let about = format!("void/{payment_id}");
    let submission = |command: Command| envelope.submission(&about, command);
    context
        .payments
        .void(payment_id, "the order is over", &submission)
        .await?;
    let payment = context.lookup.payment(payment_id).await?.state;
    let rest = payments::refund_of_rest(placed, &payment);
    let Some(command) = rest.filter(|refund| refund.amount.minor > 0) else {
        return Ok(());
    };
    let submission = envelope.submission(&format!("request-refund/order/{order_id}"), command);
    context.executor.execute(submission).await?;
    Ok(())
}

/// Requests the refund of a return that was received.
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

/// Asks the provider to pay a requested refund.
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
