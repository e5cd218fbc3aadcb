//! The summary of an order, as in lists and on the sockets.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{AnnouncedStage, DeliveryStatus, Money, StoredStage};
use crate::text_enum;

/// An order in a list, and the data of `order.changed`.
///
/// [`order_summary_columns!`](crate::order_summary_columns) names the columns: the projection, the list and the change
/// take them from there.
// `T` is a stage of its timeline: stored with a sealed reason, read with an open one, announced without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "OrderRow")]
pub struct OrderSummary<T> {
    /// Its id.
    pub id: Uuid,
    /// Its human-readable number.
    pub number: String,
    /// Its status.
    pub status: OrderStatus,
    /// The status of its payment.
    pub payment_status: PaymentStatus,
    /// The status of its fulfilment.
    pub fulfilment_status: FulfilmentStatus,
    /// The status of its delivery; null until the order is confirmed.
    pub delivery_status: Option<DeliveryStatus>,
    /// The courier; null if there is none.
    pub courier_id: Option<Uuid>,
    /// Its total.
    pub total: Money,
    /// The number of its lines.
    #[schemars(range(min = 0))]
    pub line_count: i32,
    /// The country of delivery.
    pub country: String,
    /// The time it was placed.
    pub placed_at: DateTime<Utc>,
    /// The stages it has reached, oldest first.
    pub timeline: Vec<T>,
    /// The version of its stream.
    #[schemars(range(min = 1))]
    pub version: i64,
    /// The position of the last event that changed it.
    #[schemars(range(min = 0))]
    pub position: i64,
}

/// A summary as rows store it.
pub type StoredSummary = OrderSummary<StoredStage<OrderStage>>;
/// A summary as sockets receive it, without personal data.
pub type AnnouncedSummary = OrderSummary<AnnouncedStage<OrderStage>>;

/// Calls `$callback!` with the fields of [`OrderSummary`](crate::read_model::order::OrderSummary) and how each is
/// stored: unchanged, as a text, as a text or NULL, as JSON, or as an amount in two columns.
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

/// A line of an order, as column `lines` stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredLine {
    /// Its number in the order, from 1.
    pub line_number: u16,
    /// The SKU.
    pub sku: String,
    /// Name of the product when the order was placed.
    pub name: String,
    /// The seller.
    pub seller_id: Uuid,
    /// The units ordered.
    pub quantity: i64,
    /// Unit price when the order was placed, in minor units of the order's currency.
    pub unit_price_minor: i64,
    /// Quantity × unit price.
    pub line_total_minor: i64,
    /// The units that returns have claimed.
    pub returned_quantity: i64,
}

/// How an account or a guest takes part in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// Bought it.
    Customer,
    /// Delivers it.
    Courier(Uuid),
    /// Sells some of its lines.
    Seller(Uuid),
}

text_enum! {
    /// The status of an order.
    #[derive(JsonSchema)]
    pub enum OrderStatus {
        /// Waiting for payment.
        Pending = "pending",
        /// Paid.
        Confirmed = "confirmed",
        /// Delivered.
        Completed = "completed",
        /// Cancelled.
        Cancelled = "cancelled",
        /// The reservation expired before payment.
        Expired = "expired",
    }
}

text_enum! {
    /// The payment status of an order.
    #[derive(JsonSchema)]
    #[schemars(rename = "OrderPaymentStatus")]
    pub enum PaymentStatus {
        /// None.
        None = "none",
        /// The amount is authorised.
        Authorised = "authorised",
        /// A part is paid.
        PartPaid = "part_paid",
        /// All.
        Paid = "paid",
        /// A part was refunded.
        PartRefunded = "part_refunded",
        /// All was refunded.
        Refunded = "refunded",
    }
}

text_enum! {
    /// The fulfilment status of an order.
    #[derive(JsonSchema)]
    pub enum FulfilmentStatus {
        /// None.
        Unfulfilled = "unfulfilled",
        /// All.
        Fulfilled = "fulfilled",
        /// Delivered.
        Delivered = "delivered",
    }
}

text_enum! {
    /// A stage of an order.
    #[derive(JsonSchema)]
    pub enum OrderStage {
        /// Placed.
        Placed = "placed",
        /// Confirmed.
        Confirmed = "confirmed",
        /// Cancelled.
        Cancelled = "cancelled",
        /// The reservation expired before payment.
        Expired = "expired",
        /// Completed.
        Completed = "completed",
        /// The payment was captured.
        Paid = "paid",
        /// A refund was paid.
        Refunded = "refunded",
        /// Assigned to a courier.
        Assigned = "assigned",
        /// Picked up by the courier.
        PickedUp = "picked_up",
        /// Transferred to another courier after pick-up.
        Transferred = "transferred",
        /// On the way to the customer.
        OnTheWay = "on_the_way",
        /// An attempt to deliver failed.
        AttemptFailed = "attempt_failed",
        /// Being returned to the sender.
        Returning = "returning",
        /// Returned to the sender.
        ReturnedToSender = "returned_to_sender",
        /// To be delivered again after it was returned to the sender.
        Reopened = "reopened",
        /// Delivered.
        Delivered = "delivered",
        /// A return was requested.
        ReturnRequested = "return_requested",
        /// A return was approved.
        ReturnApproved = "return_approved",
        /// A return was rejected.
        ReturnRejected = "return_rejected",
        /// The units of a return were received.
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

impl<T> OrderSummary<T> {
    /// Returns the summary with another form of its timeline.
    #[must_use]
    pub fn with_timeline<U>(self, timeline: Vec<U>) -> OrderSummary<U> {
        OrderSummary {
            id: self.id,
            number: self.number,
            status: self.status,
            payment_status: self.payment_status,
            fulfilment_status: self.fulfilment_status,
            delivery_status: self.delivery_status,
            courier_id: self.courier_id,
            total: self.total,
            line_count: self.line_count,
            country: self.country,
            placed_at: self.placed_at,
            timeline,
            version: self.version,
            position: self.position,
        }
    }
}

impl StoredSummary {
    /// Returns the summary without the texts of its reasons.
    #[must_use]
    pub fn announced(&self) -> AnnouncedSummary {
        let timeline = self.timeline.iter().map(StoredStage::announced).collect();
        self.clone().with_timeline(timeline)
    }

    /// Returns the summary as the seller of some of its `lines` sees it: with the total and the number of these lines, and
    /// without the courier.
    #[must_use]
    pub fn for_seller(&self, seller_id: Uuid, lines: &[StoredLine]) -> Self {
        let own = lines.iter().filter(|line| line.seller_id == seller_id);
        let (line_count, minor) = own.fold((0, 0), |(count, sum), line| {
            (count + 1, sum + line.line_total_minor)
        });
        Self {
            courier_id: None,
            total: Money {
                minor,
                currency: self.total.currency.clone(),
            },
            line_count,
            ..self.clone()
        }
    }

    /// Returns the names of the columns.
    pub fn columns() -> Vec<&'static str> {
        order_summary_columns!(column_names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_stored_in_two_columns() {
        let columns = StoredSummary::columns();
        assert_eq!(columns.len(), 15);
        assert_eq!(columns[7..9], ["total_minor", "currency"]);
    }
}
