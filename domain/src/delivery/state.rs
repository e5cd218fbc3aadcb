//! The state of a delivery, folded from its events.

use serde::Serialize;

use super::event::DeliveryEvent;
use crate::stream::StreamType;
use crate::{AccountId, DeliveryId, Error, OrderId, evolve};

/// A courier and the assigned order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Trip {
    /// The order in the parcel.
    pub order_id: OrderId,
    /// The courier.
    pub courier_id: AccountId,
}

/// The state of a delivery. Only after assignment is there a courier who may move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum DeliveryState {
    /// Not created.
    #[default]
    Uncreated,
    /// Unassigned.
    Pending {
        /// The order in the parcel.
        order_id: OrderId,
    },
    /// It is offered to a courier.
    Offered(Trip),
    /// A courier is assigned, and will pick it up.
    Assigned(Trip),
    /// The courier has the parcel.
    PickedUp(Trip),
    /// The courier is on the way to the customer.
    OnTheWay(Trip),
    /// Delivery failed; the courier retries or returns the parcel.
    AttemptFailed(Trip),
    /// The courier is returning it to the sender.
    Returning(Trip),
    /// It was returned to the sender.
    Returned(Trip),
    /// It was delivered to the customer.
    Delivered(Trip),
    /// The order was cancelled before pick-up.
    Cancelled {
        /// The order of the parcel.
        order_id: OrderId,
    },
}

impl DeliveryState {
    /// The order it delivers; `None` if there is no delivery.
    pub fn order_id(self) -> Option<OrderId> {
        match self {
            Self::Pending { order_id } | Self::Cancelled { order_id } => Some(order_id),
            _ => self.trip().map(|trip| trip.order_id),
        }
    }

    /// The courier to whom it is or was last assigned or offered; `None` if there is none.
    pub fn courier_id(self) -> Option<AccountId> {
        self.trip().map(|trip| trip.courier_id)
    }

    const fn trip(self) -> Option<Trip> {
        match self {
            Self::Uncreated | Self::Pending { .. } | Self::Cancelled { .. } => None,
            Self::Offered(trip)
            | Self::Assigned(trip)
            | Self::PickedUp(trip)
            | Self::OnTheWay(trip)
            | Self::AttemptFailed(trip)
            | Self::Returning(trip)
            | Self::Returned(trip)
            | Self::Delivered(trip) => Some(trip),
        }
    }

    /// Whether the parcel is not picked up yet, so that the order can still be cancelled.
    pub const fn is_before_pick_up(self) -> bool {
        matches!(self, Self::Pending { .. } | Self::Offered(_) | Self::Assigned(_))
    }

    /// The name of the state.
    pub const fn status(self) -> &'static str {
        match self {
            Self::Uncreated => "uncreated",
            Self::Pending { .. } => "pending",
            Self::Offered(_) => "offered",
            Self::Assigned(_) => "assigned",
            Self::PickedUp(_) => "picked_up",
            Self::OnTheWay(_) => "on_the_way",
            Self::AttemptFailed(_) => "attempt_failed",
            Self::Returning(_) => "returning",
            Self::Returned(_) => "returned",
            Self::Delivered(_) => "delivered",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// The rejection of a command that needs another state.
    pub(crate) const fn unfit(self, delivery_id: DeliveryId) -> Error {
        match self {
            Self::Uncreated => Error::UnknownDelivery { delivery_id },
            _ => Error::InvalidDeliveryState {
                delivery_id,
                status: self.status(),
            },
        }
    }

    /// Returns this state, unless the delivery is assigned or offered to another courier.
    pub(crate) fn of_courier(self, delivery_id: DeliveryId, courier_id: AccountId) -> Result<Self, Error> {
        match self.courier_id() {
            Some(other) if other != courier_id => Err(Error::DeliveryOfAnotherCourier {
                delivery_id,
                courier_id,
            }),
            _ => Ok(self),
        }
    }

    /// Applies the next event.
    ///
    /// # Errors
    /// When the event is not possible in this state, or names another courier.
    pub fn evolve(&mut self, event: &DeliveryEvent) -> Result<(), evolve::Error> {
        *self = self.next(event).ok_or(evolve::Error::OutOfOrder {
            stream_type: StreamType::Delivery,
            status: self.status(),
            event: event.event_type().name,
        })?;
        Ok(())
    }

    fn next(self, event: &DeliveryEvent) -> Option<Self> {
        use DeliveryEvent as E;
        if let (Self::Uncreated, E::DeliveryCreated(event)) = (self, event) {
            return Some(Self::Pending {
                order_id: event.order_id,
            });
        }
        let order_id = self.order_id()?;
        Some(match (self, event) {
            (Self::Pending { .. }, E::DeliveryOffered(event)) => Self::Offered(Trip {
                order_id,
                courier_id: event.courier_id,
            }),
            (Self::Offered(trip), E::DeliveryOfferDeclined(event)) if trip.courier_id == event.courier_id => {
                Self::Pending { order_id }
            }
            (Self::Pending { .. } | Self::Offered(_), E::DeliveryAssigned(event)) => Self::Assigned(Trip {
                order_id,
                courier_id: event.courier_id,
            }),
            (Self::Assigned(trip), E::DeliveryUnassigned(event)) if trip.courier_id == event.courier_id => {
                Self::Pending { order_id }
            }
            (state, E::DeliveryCancelled(_)) if state.is_before_pick_up() => Self::Cancelled { order_id },
            _ => return self.next_on_the_road(event),
        })
    }

    fn next_on_the_road(self, event: &DeliveryEvent) -> Option<Self> {
        use DeliveryEvent as E;
        let (next, courier_id): (fn(Trip) -> Self, _) = match (self, event) {
            (Self::Assigned(_), E::DeliveryPickedUp(event)) => (Self::PickedUp, event.courier_id),
            (Self::PickedUp(_) | Self::AttemptFailed(_), E::DeliveryDeparted(event)) => {
                (Self::OnTheWay, event.courier_id)
            }
            (Self::OnTheWay(_), E::DeliveryAttemptFailed(event)) => (Self::AttemptFailed, event.courier_id),
            (Self::AttemptFailed(_), E::DeliveryReturnStarted(event)) => (Self::Returning, event.courier_id),
            (Self::Returning(_), E::DeliveryReturnedToSender(event)) => (Self::Returned, event.courier_id),
            (Self::PickedUp(_) | Self::OnTheWay(_) | Self::AttemptFailed(_), E::DeliveryDelivered(event)) => {
                (Self::Delivered, event.courier_id)
            }
            _ => return None,
        };
        let trip = self.trip()?;
        (trip.courier_id == courier_id).then(|| next(trip))
    }
}
