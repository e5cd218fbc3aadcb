//! What happens to deliveries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{AccountId, DeliveryId, FreeText, OrderId, Sealed};

macro_rules! delivery_events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The delivery.
            pub delivery_id: DeliveryId,
            /// The order in the parcel.
            pub order_id: OrderId,
            $($(#[$field_doc])* pub $field: $type,)*
        }
    )+};
}

delivery_events! {
    /// A delivery was created for a confirmed order.
    DeliveryCreated {
        /// Country of delivery.
        country: String,
        /// Name, phone and address of the customer, sealed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<Sealed>,
        /// Number of order lines in the parcel.
        line_count: u16,
    }
    /// The delivery was offered to a courier.
    DeliveryOffered {
        /// The courier.
        courier_id: AccountId,
    }
    /// The courier declined the offer, or did not respond in time.
    DeliveryOfferDeclined {
        /// The courier.
        courier_id: AccountId,
        /// The reason, sealed with the key of the order's customer.
        reason: FreeText,
    }
    /// The delivery was assigned to a courier.
    DeliveryAssigned {
        /// The courier.
        courier_id: AccountId,
    }
    /// The courier was unassigned.
    DeliveryUnassigned {
        /// The courier who was assigned.
        courier_id: AccountId,
        /// The reason, sealed with the key of the order's customer.
        reason: FreeText,
    }
    /// The courier picked the parcel up; events of the same transaction ship its stock.
    DeliveryPickedUp {
        /// The courier.
        courier_id: AccountId,
    }
    /// A parcel that was picked up is with another courier now; its status stays the same.
    DeliveryTransferred {
        /// The courier who had it.
        from_courier_id: AccountId,
        /// The courier who has it now.
        courier_id: AccountId,
        /// The reason, sealed with the key of the order's customer.
        reason: FreeText,
    }
    /// The courier is on the way to the customer.
    DeliveryDeparted {
        /// The courier.
        courier_id: AccountId,
    }
    /// The parcel could not be handed over.
    DeliveryAttemptFailed {
        /// The courier.
        courier_id: AccountId,
        /// The reason, sealed with the key of the order's customer.
        reason: FreeText,
    }
    /// The courier started to return the parcel to the sender.
    DeliveryReturnStarted {
        /// The courier.
        courier_id: AccountId,
    }
    /// The parcel was returned to the sender.
    DeliveryReturnedToSender {
        /// The courier.
        courier_id: AccountId,
    }
    /// A parcel that was returned to the sender is delivered again: it waits for a courier. Events of the same
    /// transaction take its stock back.
    DeliveryReopened {
        /// The reason, sealed with the key of the order's customer.
        reason: FreeText,
    }
    /// The parcel was handed over to the customer.
    DeliveryDelivered {
        /// The courier.
        courier_id: AccountId,
        /// The reason of an admin who completed it on the courier's behalf, sealed with the key of the order's customer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        admin_reason: Option<FreeText>,
    }
    /// The order was cancelled before pick-up.
    DeliveryCancelled {
        /// The reason.
        reason: String,
    }
}

events! {
    /// An event of a delivery.
    DeliveryEvent in Delivery(delivery_id) by order_id {
        DeliveryCreated = 1,
        DeliveryOffered = 1,
        DeliveryOfferDeclined = 2,
        DeliveryAssigned = 1,
        DeliveryUnassigned = 2,
        DeliveryPickedUp = 1,
        DeliveryTransferred = 2,
        DeliveryDeparted = 1,
        DeliveryAttemptFailed = 2,
        DeliveryReturnStarted = 1,
        DeliveryReturnedToSender = 1,
        DeliveryReopened = 2,
        DeliveryDelivered = 2,
        DeliveryCancelled = 1,
    }
}
