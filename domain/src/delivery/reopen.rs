//! Delivering a returned parcel again.

use super::event::DeliveryReopened;
use super::state::DeliveryState;
use crate::decide::{Context, Decide, Decision, NewEvent};
use crate::order::OrderState;
use crate::view::StreamStates;
use crate::{DeliveryId, FreeText, StreamId, validate};

/// Deliver a parcel again that was returned to the sender. Its stock is taken back and committed to the order, and the
/// delivery waits for a courier, as if it had not been picked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReopenDelivery {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The reason, 1 to [`validate::NOTE_CHARS_MAX`] characters.
    pub reason: FreeText,
}

impl Decide for ReopenDelivery {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let delivery_id = self.delivery_id;
        let reason = validate::free_text("reason", &self.reason, validate::reason)?;
        let delivery = streams.delivery(delivery_id)?;
        let DeliveryState::Returned(trip) = delivery else {
            return Err(delivery.unfit(delivery_id).into());
        };
        let state = streams.order(trip.order_id)?;
        let OrderState::Confirmed(order) = state else {
            return Err(state.unfit(trip.order_id).into());
        };
        streams.need(order.stock_streams())?;
        let reopened = DeliveryReopened {
            delivery_id,
            order_id: trip.order_id,
            reason,
        };
        Ok(std::iter::once(NewEvent::from(reopened))
            .chain(order.stock_taken_back().map(NewEvent::from))
            .collect())
    }
}
