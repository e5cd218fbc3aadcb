//! What happens to deliveries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{AccountId, DeliveryId, OrderId, Sealed};

macro_rules! delivery_events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The delivery.
            pub delivery_id: DeliveryId,
            /// The order it brings.
            pub order_id: OrderId,
            $($(#[$field_doc])* pub $field: $type,)*
        }
    )+};
}

delivery_events! {
    /// A confirmed order wants to be brought.
    DeliveryCreated {
        /// Country it goes to.
        country: String,
        /// Name, phone and address of the customer, sealed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<Sealed>,
        /// How many lines the parcel has.
        line_count: u16,
    }
    /// A courier was asked.
    DeliveryOffered {
        /// Whom.
        courier_id: AccountId,
    }
    /// The courier declined, or did not answer in time.
    DeliveryOfferDeclined {
        /// Who.
        courier_id: AccountId,
        /// Why.
        reason: String,
    }
    /// A courier has it.
    DeliveryAssigned {
        /// Who.
        courier_id: AccountId,
    }
    /// The courier no longer has it.
    DeliveryUnassigned {
        /// Who had it.
        courier_id: AccountId,
        /// Why.
        reason: String,
    }
    /// The courier took the parcel; its stock is shipped by events of the same transaction.
    DeliveryPickedUp {
        /// Who.
        courier_id: AccountId,
    }
    /// The courier is on the way to the customer.
    DeliveryDeparted {
        /// Who.
        courier_id: AccountId,
    }
    /// Nobody took the parcel.
    DeliveryAttemptFailed {
        /// Who tried.
        courier_id: AccountId,
        /// Why.
        reason: String,
    }
    /// The parcel goes back to the sender.
    DeliveryReturnStarted {
        /// Who brings it back.
        courier_id: AccountId,
    }
    /// The parcel is back.
    DeliveryReturnedToSender {
        /// Who brought it back.
        courier_id: AccountId,
    }
    /// The customer has it.
    DeliveryDelivered {
        /// Who brought it.
        courier_id: AccountId,
        /// Why an admin completed it in the courier's stead, if one did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        admin_reason: Option<String>,
    }
    /// The order was cancelled before pick-up.
    DeliveryCancelled {
        /// Why.
        reason: String,
    }
}

events! {
    /// What happens to a delivery.
    DeliveryEvent in Delivery(delivery_id) by order_id {
        DeliveryCreated = 1,
        DeliveryOffered = 1,
        DeliveryOfferDeclined = 1,
        DeliveryAssigned = 1,
        DeliveryUnassigned = 1,
        DeliveryPickedUp = 1,
        DeliveryDeparted = 1,
        DeliveryAttemptFailed = 1,
        DeliveryReturnStarted = 1,
        DeliveryReturnedToSender = 1,
        DeliveryDelivered = 1,
        DeliveryCancelled = 1,
    }
}
