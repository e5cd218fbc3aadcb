//! Orders that end early: cancelled, or expired without payment.

use super::event::{CancelledBy, OrderCancelled, OrderExpired};
use super::state::{OrderState, PlacedOrder};
use crate::Refusal;
use crate::decide::{Context, Decide, Decision, NewEvent};
use crate::delivery::DeliveryCancelled;
use crate::payment::PaymentState;
use crate::stock::{HoldKind, ReleaseReason, StockReleased};
use crate::view::StreamStates;
use crate::{Error, OrderId, StreamId, validate};

/// Cancel an order before it is picked up. Its stock is released, and its delivery and payment are cancelled; a
/// payment that the provider is processing is left for [`crate::payment::RecordVoid`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelOrder {
    /// The order.
    pub order_id: OrderId,
    /// Who cancels.
    pub by: CancelledBy,
    /// The reason; may be empty.
    pub reason: String,
}

/// Expire an order whose reservation ended before it was paid. Rejected while a payment is in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpireOrder {
    /// The order.
    pub order_id: OrderId,
}

impl Decide for CancelOrder {
    fn primary_stream(&self) -> StreamId {
        StreamId::Order(self.order_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let reason = validate::note("reason", &self.reason)?;
        let state = streams.order(self.order_id)?;
        let (order, hold) = match state {
            OrderState::Pending(order) => (order, HoldKind::Reserved),
            OrderState::Confirmed(order) => (order, HoldKind::Committed),
            _ => return Err(state.unfit(self.order_id).into()),
        };
        let opened = hold == HoldKind::Committed;
        streams.need(touched(order).chain(opened.then_some(StreamId::Delivery(order.delivery_id))))?;
        let cancelled = OrderCancelled {
            order_id: self.order_id,
            by: self.by,
            reason,
        };
        let mut events = vec![NewEvent::from(cancelled)];
        events.extend(released(order, hold, ReleaseReason::Cancelled));
        if opened {
            events.push(delivery_cancelled(order, streams)?.into());
        }
        let payment = streams.payment(order.payment_id)?;
        events.extend(
            payment
                .give_up(order.payment_id, "the order was cancelled")
                .map(NewEvent::from),
        );
        Ok(events)
    }
}

impl Decide for ExpireOrder {
    fn primary_stream(&self) -> StreamId {
        StreamId::Order(self.order_id)
    }

    fn decide(&self, context: &Context, streams: StreamStates<'_>) -> Decision {
        let state = streams.order(self.order_id)?;
        let OrderState::Pending(order) = state else {
            return Err(state.unfit(self.order_id).into());
        };
        let expires_at = order.reservation_expires_at;
        if context.now < expires_at {
            return Err(Error::ReservationStillRuns {
                order_id: self.order_id,
                expires_at,
            }
            .into());
        }
        streams.need(touched(order))?;
        let payment = streams.payment(order.payment_id)?;
        if matches!(payment, PaymentState::Processing(_)) {
            return Err(Error::PaymentInProgress {
                payment_id: order.payment_id,
            }
            .into());
        }
        let mut events = vec![NewEvent::from(OrderExpired {
            order_id: self.order_id,
        })];
        events.extend(released(order, HoldKind::Reserved, ReleaseReason::Expired));
        events.extend(
            payment
                .give_up(order.payment_id, "the reservation ran out")
                .map(NewEvent::from),
        );
        Ok(events)
    }
}

fn delivery_cancelled(order: &PlacedOrder, streams: StreamStates<'_>) -> Result<DeliveryCancelled, Refusal> {
    let PlacedOrder {
        order_id,
        delivery_id,
        ..
    } = *order;
    if !streams.delivery(delivery_id)?.is_before_pick_up() {
        return Err(Error::OrderAlreadyPickedUp { order_id }.into());
    }
    Ok(DeliveryCancelled {
        delivery_id,
        order_id,
        reason: "the order was cancelled".to_owned(),
    })
}

/// The stock and the payment of an order.
fn touched(order: &PlacedOrder) -> impl Iterator<Item = StreamId> {
    order
        .stock_streams()
        .into_iter()
        .chain([StreamId::Payment(order.payment_id)])
}

fn released(order: &PlacedOrder, from: HoldKind, reason: ReleaseReason) -> impl Iterator<Item = NewEvent> {
    let order_id = order.order_id;
    order.quantities().into_iter().map(move |(sku, quantity)| {
        NewEvent::from(StockReleased {
            sku: sku.clone(),
            order_id,
            quantity,
            from,
            reason,
        })
    })
}
