//! Deliveries: the transport of one parcel to the customer by a courier.
//!
//! `pending → offered → assigned → picked_up → on_the_way → delivered`; back to `pending` when an offer is declined or
//! the courier is unassigned; `on_the_way → attempt_failed → on_the_way | returning → returned`; `cancelled` before
//! pick-up, together with its order.
//!
//! A returned parcel is not the end of its order: the delivery is reopened (`returned → pending`), or the order is
//! cancelled. Either takes its stock back.
//!
//! Once it is assigned, only that courier moves it. An admin may complete it on the courier's behalf, with a reason,
//! after pick-up. From pick-up until it is delivered or returned, an admin may transfer it to another courier, who
//! continues from the same status. Each step names the status that it starts from.

mod dispatch;
mod event;
mod reopen;
mod state;
mod transfer;
mod transit;

pub use dispatch::{AcceptOffer, AssignDelivery, DeclineOffer, OfferDelivery, UnassignDelivery};
pub use event::{
    DeliveryAssigned, DeliveryAttemptFailed, DeliveryCancelled, DeliveryCreated, DeliveryDelivered,
    DeliveryDeparted, DeliveryEvent, DeliveryOfferDeclined, DeliveryOffered, DeliveryPickedUp,
    DeliveryReopened, DeliveryReturnStarted, DeliveryReturnedToSender, DeliveryTransferred,
    DeliveryUnassigned,
};
pub use reopen::ReopenDelivery;
pub use state::{DeliveryState, TransitStatus, Trip};
pub use transfer::TransferDelivery;
pub use transit::{
    CompletedBy, DeliverDelivery, DepartDelivery, FailDeliveryAttempt, PickUpDelivery,
    ReturnDeliveryToSender, StartDeliveryReturn,
};
