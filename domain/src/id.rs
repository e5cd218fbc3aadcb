//! Identifiers. Each kind has its own type, so that they cannot be confused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Converts a UUID to an identifier of this kind.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The UUID.
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

uuid_ids! {
    /// An order.
    OrderId,
    /// A payment: one intent to collect the total of an order.
    PaymentId,
    /// A refund of part or all of a captured payment.
    RefundId,
    /// A delivery: the transport of one parcel to the customer.
    DeliveryId,
    /// A return of some lines of an order.
    ReturnId,
    /// An account that can log in: customer, seller, courier, admin, analyst.
    AccountId,
    /// A person with an encryption key of their own. For an account it equals the account's id; a guest gets one per
    /// order.
    PersonId,
}

/// The payment provider's id of an authorisation, capture, void or refund.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ProviderReference(pub String);
