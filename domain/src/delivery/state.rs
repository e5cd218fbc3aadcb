//! The state of a delivery, folded from its events.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::event::{DeliveryEvent, DeliveryTransferred};
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

/// The statuses in which a courier has to move a delivery. A step names the one that it starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransitStatus {
    /// Assigned to a courier, and not picked up.
    Assigned,
    /// Picked up by the courier.
    PickedUp,
    /// On the way to the customer.
    OnTheWay,
    /// The last attempt to deliver failed.
    AttemptFailed,
    /// On the way back to the sender.
    Returning,
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
    /// It was returned to the sender, and waits to be delivered again or to be cancelled with its order.
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

    /// The status in which a courier has to move it; `None` if no courier has to.
    pub const fn transit_status(self) -> Option<TransitStatus> {
        match self {
            Self::Assigned(_) => Some(TransitStatus::Assigned),
            Self::PickedUp(_) => Some(TransitStatus::PickedUp),
            Self::OnTheWay(_) => Some(TransitStatus::OnTheWay),
            Self::AttemptFailed(_) => Some(TransitStatus::AttemptFailed),
            Self::Returning(_) => Some(TransitStatus::Returning),
            _ => None,
        }
    }

    /// Returns this state, unless it has another status than a step starts from.
    pub(crate) fn starting_from(self, from: TransitStatus, delivery_id: DeliveryId) -> Result<Self, Error> {
        if self.transit_status() == Some(from) {
            Ok(self)
        } else {
            Err(self.unfit(delivery_id))
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
            (Self::Returned(_), E::DeliveryReopened(_)) => Self::Pending { order_id },
            (state, E::DeliveryCancelled(_)) if state.is_before_pick_up() => Self::Cancelled { order_id },
            (state, E::DeliveryTransferred(event)) => state.transferred(event)?,
            _ => return self.next_on_the_road(event),
        })
    }

    /// The same status with the next courier, if the first one has picked the parcel up.
    fn transferred(self, event: &DeliveryTransferred) -> Option<Self> {
        let next: fn(Trip) -> Self = match self {
            Self::PickedUp(_) => Self::PickedUp,
            Self::OnTheWay(_) => Self::OnTheWay,
            Self::AttemptFailed(_) => Self::AttemptFailed,
            Self::Returning(_) => Self::Returning,
            _ => return None,
        };
        let Trip { order_id, courier_id } = self.trip()?;
        (courier_id == event.from_courier_id).then(|| {
            next(Trip {
                order_id,
                courier_id: event.courier_id,
            })
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
