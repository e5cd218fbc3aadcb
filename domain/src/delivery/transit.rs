//! Commands by which a courier reports the progress of a parcel.

use super::event::{
    DeliveryAttemptFailed, DeliveryDelivered, DeliveryDeparted, DeliveryPickedUp, DeliveryReturnStarted,
    DeliveryReturnedToSender,
};
use super::state::{DeliveryState, TransitStatus, Trip};
use crate::Refusal;
use crate::decide::{Context, Decide, Decision, NewEvent, events_of};
use crate::order::{OrderCompleted, OrderState};
use crate::stock::StockShipped;
use crate::view::StreamStates;
use crate::{AccountId, DeliveryId, FreeText, StreamId, validate};

macro_rules! courier_commands {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            /// The delivery.
            pub delivery_id: DeliveryId,
            /// The assigned courier.
            pub courier_id: AccountId,
            /// The status that was seen; the step is rejected if the delivery has another one.
            pub from: TransitStatus,
            $($(#[$field_doc])* pub $field: $type,)*
        }
    )+};
}

courier_commands! {
    /// Pick up the parcel; its stock is shipped.
    PickUpDelivery {}
    /// Depart for the customer, for the first time or again.
    DepartDelivery {}
    /// Report a failed delivery attempt.
    FailDeliveryAttempt {
        /// The reason, 1 to [`validate::NOTE_CHARS_MAX`] characters, in one or several lines.
        reason: FreeText,
    }
    /// Return an undelivered parcel to the sender.
    StartDeliveryReturn {}
    /// Hand the parcel back to the sender. Its units are taken back when it is delivered again
    /// ([`super::ReopenDelivery`]) or its order is cancelled ([`crate::order::CancelOrder`]).
    ReturnDeliveryToSender {}
}

/// Hand over the parcel to the customer; its order is completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliverDelivery {
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The person who reports it.
    pub by: CompletedBy,
    /// The status that was seen; the step is rejected if the delivery has another one.
    pub from: TransitStatus,
}

/// The person who completes a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompletedBy {
    /// The courier, while on the way.
    Courier(AccountId),
    /// An admin on the courier's behalf, after pick-up.
    Admin {
        /// The reason, 1 to [`validate::NOTE_CHARS_MAX`] characters.
        reason: FreeText,
    },
}

impl Decide for PickUpDelivery {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let Self {
            delivery_id,
            courier_id,
            from,
        } = *self;
        let delivery = streams
            .delivery(delivery_id)?
            .of_courier(delivery_id, courier_id)?
            .starting_from(from, delivery_id)?;
        let DeliveryState::Assigned(Trip { order_id, .. }) = delivery else {
            return Err(delivery.unfit(delivery_id).into());
        };
        let state = streams.order(order_id)?;
        let OrderState::Confirmed(order) = state else {
            return Err(state.unfit(order_id).into());
        };
        streams.need(order.stock_streams())?;
        let picked_up = DeliveryPickedUp {
            delivery_id,
            order_id,
            courier_id,
        };
        let shipped = order.quantities().into_iter().map(|(sku, quantity)| {
            NewEvent::from(StockShipped {
                sku: sku.clone(),
                order_id,
                quantity,
            })
        });
        Ok(std::iter::once(NewEvent::from(picked_up))
            .chain(shipped)
            .collect())
    }
}

impl Decide for DepartDelivery {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let Self {
            delivery_id,
            courier_id,
            from,
        } = *self;
        match streams
            .delivery(delivery_id)?
            .of_courier(delivery_id, courier_id)?
            .starting_from(from, delivery_id)?
        {
            DeliveryState::PickedUp(trip) | DeliveryState::AttemptFailed(trip) => {
                events_of![DeliveryDeparted {
                    delivery_id,
                    order_id: trip.order_id,
                    courier_id
                }]
            }
            delivery => Err(delivery.unfit(delivery_id).into()),
        }
    }
}

impl Decide for FailDeliveryAttempt {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let (delivery_id, courier_id) = (self.delivery_id, self.courier_id);
        let reason = validate::free_text("reason", &self.reason, validate::reason_of_lines)?;
        match streams
            .delivery(delivery_id)?
            .of_courier(delivery_id, courier_id)?
            .starting_from(self.from, delivery_id)?
        {
            DeliveryState::OnTheWay(trip) => {
                let order_id = trip.order_id;
                events_of![DeliveryAttemptFailed {
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

impl Decide for StartDeliveryReturn {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let Self {
            delivery_id,
            courier_id,
            from,
        } = *self;
        match streams
            .delivery(delivery_id)?
            .of_courier(delivery_id, courier_id)?
            .starting_from(from, delivery_id)?
        {
            DeliveryState::AttemptFailed(trip) => {
                events_of![DeliveryReturnStarted {
                    delivery_id,
                    order_id: trip.order_id,
                    courier_id
                }]
            }
            delivery => Err(delivery.unfit(delivery_id).into()),
        }
    }
}

impl Decide for ReturnDeliveryToSender {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let Self {
            delivery_id,
            courier_id,
            from,
        } = *self;
        match streams
            .delivery(delivery_id)?
            .of_courier(delivery_id, courier_id)?
            .starting_from(from, delivery_id)?
        {
            DeliveryState::Returning(trip) => {
                events_of![DeliveryReturnedToSender {
                    delivery_id,
                    order_id: trip.order_id,
                    courier_id
                }]
            }
            delivery => Err(delivery.unfit(delivery_id).into()),
        }
    }
}

impl Decide for DeliverDelivery {
    fn primary_stream(&self) -> StreamId {
        StreamId::Delivery(self.delivery_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let delivery_id = self.delivery_id;
        let (Trip { order_id, courier_id }, admin_reason) = self.trip(*streams.delivery(delivery_id)?)?;
        match streams.order(order_id)? {
            OrderState::Confirmed(_) => events_of![
                DeliveryDelivered {
                    delivery_id,
                    order_id,
                    courier_id,
                    admin_reason
                },
                OrderCompleted { order_id },
            ],
            order => Err(order.unfit(order_id).into()),
        }
    }
}

impl DeliverDelivery {
    /// The trip that ends, and the reason if an admin ends it.
    fn trip(&self, delivery: DeliveryState) -> Result<(Trip, Option<FreeText>), Refusal> {
        match (&self.by, delivery) {
            (CompletedBy::Courier(courier_id), delivery) => {
                match delivery
                    .of_courier(self.delivery_id, *courier_id)?
                    .starting_from(self.from, self.delivery_id)?
                {
                    DeliveryState::OnTheWay(trip) => Ok((trip, None)),
                    delivery => Err(delivery.unfit(self.delivery_id).into()),
                }
            }
            (
                CompletedBy::Admin { reason },
                DeliveryState::PickedUp(trip)
                | DeliveryState::OnTheWay(trip)
                | DeliveryState::AttemptFailed(trip),
            ) => {
                let reason = validate::free_text("reason", reason, validate::reason)?;
                delivery.starting_from(self.from, self.delivery_id)?;
                Ok((trip, Some(reason)))
            }
            (CompletedBy::Admin { .. }, delivery) => Err(delivery.unfit(self.delivery_id).into()),
        }
    }
}
