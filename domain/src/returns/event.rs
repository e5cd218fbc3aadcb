//! What happens to returns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::order::ReturnedLine;
use crate::{Money, OrderId, PaymentId, RefundId, ReturnId};

macro_rules! return_events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The return.
            pub return_id: ReturnId,
            /// The order the units are from.
            pub order_id: OrderId,
            $($(#[$field_doc])* pub $field: $type,)*
        }
    )+};
}

return_events! {
    /// The customer wants to give units back.
    ReturnRequested {
        /// The payment the money will come from.
        payment_id: PaymentId,
        /// Which units.
        lines: Vec<ReturnedLine>,
        /// What is to be refunded: the price paid for them.
        refund: Money,
        /// Why.
        reason: String,
    }
    /// The seller agreed.
    ReturnApproved {}
    /// The seller declined.
    ReturnRejected {
        /// Why.
        reason: String,
    }
    /// The units are back; they are put to stock by events of the same transaction.
    ReturnReceived {}
    /// The money went back.
    ReturnRefunded {
        /// By which refund.
        refund_id: RefundId,
        /// How much.
        amount: Money,
    }
    /// Nothing is left to do.
    ReturnClosed {}
}

events! {
    /// What happens to a return.
    ReturnEvent in Return(return_id) by order_id {
        ReturnRequested = 1,
        ReturnApproved = 1,
        ReturnRejected = 1,
        ReturnReceived = 1,
        ReturnRefunded = 1,
        ReturnClosed = 1,
    }
}
