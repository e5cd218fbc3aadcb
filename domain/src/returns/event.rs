//! What happens to returns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::order::ReturnedLine;
use crate::{FreeText, Money, OrderId, PaymentId, RefundId, ReturnId};

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
    /// The customer requested a return.
    ReturnRequested {
        /// The payment to refund from.
        payment_id: PaymentId,
        /// The units.
        lines: Vec<ReturnedLine>,
        /// The amount to refund: the price paid for the units.
        refund: Money,
        /// The reason, sealed with the key of the order's customer.
        reason: FreeText,
    }
    /// The return was approved.
    ReturnApproved {}
    /// The return was rejected.
    ReturnRejected {
        /// The reason, sealed with the key of the order's customer.
        reason: FreeText,
    }
    /// The units were received; events of the same transaction add them to stock.
    ReturnReceived {}
    /// The return was refunded.
    ReturnRefunded {
        /// The refund.
        refund_id: RefundId,
        /// The amount.
        amount: Money,
    }
    /// The return was closed.
    ReturnClosed {}
}

events! {
    /// An event of a return.
    ReturnEvent in Return(return_id) by order_id {
        ReturnRequested = 2,
        ReturnApproved = 1,
        ReturnRejected = 2,
        ReturnReceived = 1,
        ReturnRefunded = 1,
        ReturnClosed = 1,
    }
}
