//! Orders that end early: cancelled, also after their parcel came back, or expired without payment.

use super::event::{CancelledBy, OrderCancelled, OrderExpired};
use super::state::{OrderState, PlacedOrder};
use crate::Refusal;
use crate::decide::{Context, Decide, Decision, NewEvent};
use crate::delivery::{DeliveryCancelled, DeliveryState};
use crate::payment::PaymentState;
use crate::stock::{HoldKind, ReleaseReason, StockReleased};
use crate::view::StreamStates;
use crate::{Error, FreeText, OrderId, StreamId, validate};

/// Cancel an order before it is picked up, or after its parcel was returned to the sender. Its stock is released, and its
/// delivery and payment are cancelled. Money that the provider is processing or holds is left for
/// [`crate::payment::RecordVoid`] and [`crate::payment::RequestRefund`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelOrder {
    /// The order.
    pub order_id: OrderId,
    /// Who cancels.
    pub by: CancelledBy,
    /// The reason; may be empty.
    pub reason: FreeText,
    /// Whether the units of a parcel that was returned to the sender can be sold again. Units that were not shipped are
    /// released in any case.
    pub restock: bool,
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
        let reason = validate::free_text("reason", &self.reason, validate::note)?;
        let state = streams.order(self.order_id)?;
        let (order, hold) = match state {
            OrderState::Pending(order) => (order, HoldKind::Reserved),
            OrderState::Confirmed(order) => (order, HoldKind::Committed),
            _ => return Err(state.unfit(self.order_id).into()),
        };
        let opened = hold == HoldKind::Committed;
        streams.need(touched(order).chain(opened.then_some(StreamId::Delivery(order.delivery_id))))?;
        let parcel = if opened {
            parcel(order, streams)?
        } else {
            Parcel::NotOpened
        };
        let cancelled = OrderCancelled {
            order_id: self.order_id,
            by: self.by,
            reason,
        };
        let mut events = vec![NewEvent::from(cancelled)];
        if parcel == Parcel::Returned && self.restock {
            events.extend(order.stock_taken_back().map(NewEvent::from));
        }
        if parcel != Parcel::Returned || self.restock {
            events.extend(released(order, hold, ReleaseReason::Cancelled));
        }
        if parcel == Parcel::Waiting {
            events.push(delivery_cancelled(order).into());
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

/// Where the parcel of an order is that can be cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parcel {
    /// There is no delivery yet.
    NotOpened,
    /// It was not picked up; its delivery ends with the order.
    Waiting,
    /// It was returned to the sender, which ended its delivery.
    Returned,
}

fn parcel(order: &PlacedOrder, streams: StreamStates<'_>) -> Result<Parcel, Refusal> {
    match *streams.delivery(order.delivery_id)? {
        delivery if delivery.is_before_pick_up() => Ok(Parcel::Waiting),
        DeliveryState::Returned(_) => Ok(Parcel::Returned),
        _ => Err(Error::OrderAlreadyPickedUp {
            order_id: order.order_id,
        }
        .into()),
    }
}

fn delivery_cancelled(order: &PlacedOrder) -> DeliveryCancelled {
    DeliveryCancelled {
        delivery_id: order.delivery_id,
        order_id: order.order_id,
        reason: "the order was cancelled".to_owned(),
    }
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
