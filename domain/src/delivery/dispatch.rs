//! Commands that assign a courier.

use super::event::{DeliveryAssigned, DeliveryOfferDeclined, DeliveryOffered, DeliveryUnassigned};
use super::state::DeliveryState;
use crate::decide::{Context, Decide, Decision, events_of};
use crate::view::StreamStates;
use crate::{AccountId, DeliveryId, FreeText, StreamId, validate};

/// Offer an unassigned delivery to a courier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferDelivery {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The courier.
    pub courier_id: AccountId,
}

/// Decline an offer, or let it time out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclineOffer {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The courier with the offer.
    pub courier_id: AccountId,
    /// The reason; may be empty.
    pub reason: FreeText,
}

/// Accept an offered delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptOffer {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The courier with the offer.
    pub courier_id: AccountId,
}

/// Assign a delivery to a courier, even if it is offered or assigned to another one, as long as it is not picked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignDelivery {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The courier.
    pub courier_id: AccountId,
}

/// Unassign the courier of a delivery that is not picked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnassignDelivery {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The reason; may be empty.
    pub reason: FreeText,
}

impl Decide for OfferDelivery {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let Self {
            delivery_id,
            courier_id,
        } = *self;
        match streams.delivery(delivery_id)? {
            DeliveryState::Pending { order_id } => {
                events_of![DeliveryOffered {
                    delivery_id,
                    order_id: *order_id,
                    courier_id
                }]
            }
            delivery => Err(delivery.unfit(delivery_id).into()),
        }
    }
}

impl Decide for DeclineOffer {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let (delivery_id, courier_id) = (self.delivery_id, self.courier_id);
        let reason = validate::free_text("reason", &self.reason, validate::note)?;
        match streams
            .delivery(delivery_id)?
            .of_courier(delivery_id, courier_id)?
        {
            DeliveryState::Offered(trip) => {
                let order_id = trip.order_id;
                events_of![DeliveryOfferDeclined {
                    delivery_id,
                    order_id,
                    courier_id,
                    reason
                }]
            }
            delivery => Err(delivery.unfit(delivery_id).into()),
        }
    }
}

impl Decide for AcceptOffer {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let Self {
            delivery_id,
            courier_id,
        } = *self;
        match streams
            .delivery(delivery_id)?
            .of_courier(delivery_id, courier_id)?
        {
            DeliveryState::Offered(trip) => {
                events_of![DeliveryAssigned {
                    delivery_id,
                    order_id: trip.order_id,
                    courier_id
                }]
            }
            delivery => Err(delivery.unfit(delivery_id).into()),
        }
    }
}

impl Decide for AssignDelivery {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let Self {
            delivery_id,
            courier_id,
        } = *self;
        match *streams.delivery(delivery_id)? {
            DeliveryState::Pending { order_id } => {
                events_of![DeliveryAssigned {
                    delivery_id,
                    order_id,
                    courier_id
                }]
            }
            DeliveryState::Offered(trip) => {
                events_of![DeliveryAssigned {
                    delivery_id,
                    order_id: trip.order_id,
                    courier_id
                }]
            }
            DeliveryState::Assigned(trip) if trip.courier_id != courier_id => events_of![
                DeliveryUnassigned {
                    delivery_id,
                    order_id: trip.order_id,
                    courier_id: trip.courier_id,
                    reason: FreeText::clear("given to another courier"),
                },
                DeliveryAssigned {
                    delivery_id,
                    order_id: trip.order_id,
                    courier_id
                },
            ],
            delivery => Err(delivery.unfit(delivery_id).into()),
        }
    }
}

impl Decide for UnassignDelivery {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let reason = validate::free_text("reason", &self.reason, validate::note)?;
        match streams.delivery(self.delivery_id)? {
            DeliveryState::Assigned(trip) => events_of![DeliveryUnassigned {
                delivery_id: self.delivery_id,
                order_id: trip.order_id,
                courier_id: trip.courier_id,
                reason,
            }],
            delivery => Err(delivery.unfit(self.delivery_id).into()),
        }
    }
}
