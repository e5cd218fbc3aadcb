//! What happens to payments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{Money, OrderId, PaymentId, ProviderReference, RefundId, ReturnId};

macro_rules! payment_events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The payment.
            pub payment_id: PaymentId,
            /// The order it pays for.
            pub order_id: OrderId,
            $($(#[$field_doc])* pub $field: $type,)*
        }
    )+};
}

payment_events! {
    /// An intent to collect an order's total was made.
    PaymentCreated {
        /// How much.
        amount: Money,
    }
    /// The customer chose how to pay.
    PaymentMethodAttached {
        /// The provider's token of the method; never a card number.
        method: String,
    }
    /// The customer confirmed: the provider is being asked.
    PaymentConfirmed {}
    /// The provider wants the customer to do something first (3-D Secure).
    PaymentActionRequired {
        /// Where the provider's reference of the challenge stands.
        provider_reference: ProviderReference,
    }
    /// The provider set the money aside.
    PaymentAuthorised {
        /// How much.
        amount: Money,
        /// The provider's reference.
        provider_reference: ProviderReference,
    }
    /// The provider said no; the customer may try another method.
    PaymentDeclined {
        /// The provider's reason.
        reason: String,
    }
    /// The money was collected.
    PaymentCaptured {
        /// How much.
        amount: Money,
        /// The provider's reference.
        provider_reference: ProviderReference,
    }
    /// The payment was given up; an authorisation was voided.
    PaymentCancelled {
        /// Why.
        reason: String,
    }
    /// Part or all of the captured money is to go back.
    RefundRequested {
        /// The refund.
        refund_id: RefundId,
        /// How much.
        amount: Money,
        /// The return it is for, if it is for one.
        return_id: Option<ReturnId>,
    }
    /// The provider paid the refund.
    RefundSucceeded {
        /// The refund.
        refund_id: RefundId,
        /// How much.
        amount: Money,
        /// The provider's reference.
        provider_reference: ProviderReference,
    }
    /// The provider refused the refund.
    RefundFailed {
        /// The refund.
        refund_id: RefundId,
        /// How much it would have been.
        amount: Money,
        /// The provider's reason.
        reason: String,
    }
}

events! {
    /// What happens to a payment.
    PaymentEvent in Payment(payment_id) by order_id {
        PaymentCreated = 1,
        PaymentMethodAttached = 1,
        PaymentConfirmed = 1,
        PaymentActionRequired = 1,
        PaymentAuthorised = 1,
        PaymentDeclined = 1,
        PaymentCaptured = 1,
        PaymentCancelled = 1,
        RefundRequested = 1,
        RefundSucceeded = 1,
        RefundFailed = 1,
    }
}
