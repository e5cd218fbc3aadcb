//! The summary of an order: what a list shows of it, and what the sockets are told. Nothing personal.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{DeliveryStatus, Money, Stage};
use crate::text_enum;

/// An order in a list, and the data of `order.changed`.
///
/// [`order_summary_columns!`](crate::order_summary_columns) names the columns: the projection, the list and the change
/// take them from there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "OrderRow")]
pub struct OrderSummary {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub number: String,
    /// How far it is.
    pub status: OrderStatus,
    /// How much of it is paid.
    pub payment_status: PaymentStatus,
    /// How much of it has left the house.
    pub fulfilment_status: FulfilmentStatus,
    /// How far its delivery is; none until the order is confirmed.
    pub delivery_status: Option<DeliveryStatus>,
    /// Who delivers it.
    pub courier_id: Option<Uuid>,
    /// What it costs.
    pub total: Money,
    /// How many lines it has.
    #[schemars(range(min = 0))]
    pub line_count: i32,
    /// Where it goes.
    pub country: String,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// When it reached which stage.
    pub timeline: Vec<Stage<OrderStage>>,
    /// The version of its stream.
    #[schemars(range(min = 1))]
    pub version: i64,
    /// Position of the event that changed it last.
    #[schemars(range(min = 0))]
    pub position: i64,
}

/// Calls `$callback!` with the fields of [`OrderSummary`](crate::read_model::order::OrderSummary) and how each is
/// stored: as it is, as a text, as a text or NULL, as JSON, or as an amount in two columns.
#[macro_export]
macro_rules! order_summary_columns {
    ($callback:ident) => {
        $callback! {
            plain id,
            plain number,
            text status,
            text payment_status,
            text fulfilment_status,
            nullable_text delivery_status,
            plain courier_id,
            money total,
            plain line_count,
            plain country,
            plain placed_at,
            json timeline,
            plain version,
            plain position,
        }
    };
}

text_enum! {
    /// How far an order is.
    #[derive(JsonSchema)]
    pub enum OrderStatus {
        /// It waits for its payment.
        Pending = "pending",
        /// It is paid for.
        Confirmed = "confirmed",
        /// It was delivered.
        Completed = "completed",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// Its reservation ran out.
        Expired = "expired",
    }
}

text_enum! {
    /// How much of an order is paid, as a roll-up of its payment.
    #[derive(JsonSchema)]
    #[schemars(rename = "OrderPaymentStatus")]
    pub enum PaymentStatus {
        /// Nothing.
        None = "none",
        /// The provider holds the amount.
        Authorised = "authorised",
        /// A part.
        PartPaid = "part_paid",
        /// All of it.
        Paid = "paid",
        /// A part was paid back.
        PartRefunded = "part_refunded",
        /// All of it was paid back.
        Refunded = "refunded",
    }
}

text_enum! {
    /// How much of an order has left the house, as a roll-up of its delivery.
    #[derive(JsonSchema)]
    pub enum FulfilmentStatus {
        /// Nothing.
        Unfulfilled = "unfulfilled",
        /// All of it.
        Fulfilled = "fulfilled",
        /// It has arrived.
        Delivered = "delivered",
    }
}

text_enum! {
    /// A stage in the life of an order.
    #[derive(JsonSchema)]
    pub enum OrderStage {
        /// It was placed.
        Placed = "placed",
        /// It was confirmed.
        Confirmed = "confirmed",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// Its reservation ran out.
        Expired = "expired",
        /// It was completed.
        Completed = "completed",
        /// Its payment was captured.
        Paid = "paid",
        /// An amount was paid back.
        Refunded = "refunded",
        /// A courier has it.
        Assigned = "assigned",
        /// The courier has picked it up.
        PickedUp = "picked_up",
        /// The courier is on the way.
        OnTheWay = "on_the_way",
        /// The courier did not get rid of it.
        AttemptFailed = "attempt_failed",
        /// It is on the way back.
        Returning = "returning",
        /// It came back undelivered.
        ReturnedToSender = "returned_to_sender",
        /// It was delivered.
        Delivered = "delivered",
        /// The customer wants to return lines.
        ReturnRequested = "return_requested",
        /// The return was approved.
        ReturnApproved = "return_approved",
        /// The return was rejected.
        ReturnRejected = "return_rejected",
        /// The lines have come back.
        ReturnReceived = "return_received",
    }
}

macro_rules! column_names {
    (@money $field:ident) => {
        &[concat!(stringify!($field), "_minor"), "currency"][..]
    };
    (@$kind:ident $field:ident) => {
        &[stringify!($field)][..]
    };
    ($($kind:ident $field:ident,)+) => {
        [$(column_names!(@$kind $field)),+].concat()
    };
}

impl OrderSummary {
    /// The names of its columns.
    pub fn columns() -> Vec<&'static str> {
        order_summary_columns!(column_names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_stored_in_two_columns() {
        let columns = OrderSummary::columns();
        assert_eq!(columns.len(), 15);
        assert_eq!(columns[7..9], ["total_minor", "currency"]);
    }
}
