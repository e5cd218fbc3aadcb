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
    /// A payment intent was created for the total of an order.
    PaymentCreated {
        /// The amount.
        amount: Money,
    }
    /// The customer chose a payment method.
    PaymentMethodAttached {
        /// The provider's token of the method; never a card number.
        method: String,
    }
    /// The customer confirmed the payment; the provider's answer is pending.
    PaymentConfirmed {}
    /// The provider requires an action of the customer, such as 3-D Secure.
    PaymentActionRequired {
        /// The provider's reference of the challenge.
        provider_reference: ProviderReference,
    }
    /// The provider authorised the amount.
    PaymentAuthorised {
        /// The amount.
        amount: Money,
        /// The provider's reference.
        provider_reference: ProviderReference,
    }
    /// The provider declined; the customer may try another method.
    PaymentDeclined {
        /// The provider's reason.
        reason: String,
    }
    /// The amount was captured.
    PaymentCaptured {
        /// The amount.
        amount: Money,
        /// The provider's reference.
        provider_reference: ProviderReference,
    }
    /// The payment was cancelled, and its authorisation, if any, voided.
    PaymentCancelled {
        /// The reason.
        reason: String,
    }
    /// A refund of part or all of the captured amount was requested.
    RefundRequested {
        /// The refund.
        refund_id: RefundId,
        /// The amount.
        amount: Money,
        /// The return that it refunds, if any.
        return_id: Option<ReturnId>,
    }
    /// The provider paid the refund.
    RefundSucceeded {
        /// The refund.
        refund_id: RefundId,
        /// The amount.
        amount: Money,
        /// The provider's reference.
        provider_reference: ProviderReference,
    }
    /// The provider refused the refund.
    RefundFailed {
        /// The refund.
        refund_id: RefundId,
        /// The amount that was requested.
        amount: Money,
        /// The provider's reason.
        reason: String,
    }
}

events! {
    /// An event of a payment.
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
