//! Transferring a parcel to another courier.

use super::event::DeliveryTransferred;
use super::state::DeliveryState;
use crate::decide::{Context, Decide, Decision, events_of};
use crate::view::StreamStates;
use crate::{AccountId, DeliveryId, Error, FreeText, StreamId, validate};

/// Transfer a parcel that was picked up to another courier, who continues from the same status: picked up, on the way,
/// attempt failed or returning. Before pick-up, assign it instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferDelivery {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The courier who was seen to have it; the transfer is rejected if another one has it.
    pub from_courier_id: AccountId,
    /// The courier who takes it.
    pub courier_id: AccountId,
    /// The reason, 1 to [`validate::NOTE_CHARS_MAX`] characters.
    pub reason: FreeText,
}

impl Decide for TransferDelivery {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let Self {
            delivery_id,
            from_courier_id,
            courier_id,
            ..
        } = *self;
        let reason = validate::free_text("reason", &self.reason, validate::reason)?;
        let delivery = *streams.delivery(delivery_id)?;
        let (DeliveryState::PickedUp(trip)
        | DeliveryState::OnTheWay(trip)
        | DeliveryState::AttemptFailed(trip)
        | DeliveryState::Returning(trip)) = delivery
        else {
            return Err(delivery.unfit(delivery_id).into());
        };
        if trip.courier_id != from_courier_id || courier_id == from_courier_id {
            let courier_id = trip.courier_id;
            return Err(Error::DeliveryWithCourier {
                delivery_id,
                courier_id,
            }
            .into());
        }
        events_of![DeliveryTransferred {
            delivery_id,
            order_id: trip.order_id,
            from_courier_id,
            courier_id,
            reason,
        }]
    }
}
