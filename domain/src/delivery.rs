//! Deliveries: the transport of one parcel to the customer by a courier.
//!
//! `pending → offered → assigned → picked_up → on_the_way → delivered`; back to `pending` when an offer is declined or
//! the courier is unassigned; `on_the_way → attempt_failed → on_the_way | returning → returned`; `cancelled` before
//! pick-up, together with its order.
//!
//! Once it is assigned, only that courier moves it. An admin may complete it on the courier's behalf, with a reason,
//! after pick-up.

mod dispatch;
mod event;
mod state;
mod transit;

pub use dispatch::{AcceptOffer, AssignDelivery, DeclineOffer, OfferDelivery, UnassignDelivery};
pub use event::{
    DeliveryAssigned, DeliveryAttemptFailed, DeliveryCancelled, DeliveryCreated, DeliveryDelivered,
    DeliveryDeparted, DeliveryEvent, DeliveryOfferDeclined, DeliveryOffered, DeliveryPickedUp,
    DeliveryReturnStarted, DeliveryReturnedToSender, DeliveryUnassigned,
};
pub use state::{DeliveryState, Trip};
pub use transit::{
    CompletedBy, DeliverDelivery, DepartDelivery, FailDeliveryAttempt, PickUpDelivery,
    ReturnDeliveryToSender, StartDeliveryReturn,
};
