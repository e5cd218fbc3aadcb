//! The data of each kind of change. None of it is personal, because history and the topic keep it in the clear.

use chrono::{DateTime, Utc};
use domain::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An order, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    /// Its id.
    pub id: Uuid,
    /// Its number, for people.
    pub number: String,
    /// How far it is.
    pub status: OrderStatus,
    /// How much of it is paid.
    pub payment_status: PaymentStatus,
    /// How much of it has been sent.
    pub fulfilment_status: FulfilmentStatus,
    /// How far its delivery is; `null` until the order is confirmed.
    pub delivery_status: Option<DeliveryStatus>,
    /// The courier of its delivery, if there is one.
    pub courier_id: Option<Uuid>,
    /// Its total.
    pub total: Money,
    /// The number of its lines.
    pub line_count: u32,
    /// The country it goes to.
    pub country: String,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// The stages it has reached, oldest first.
    pub timeline: Vec<OrderStage>,
    /// The version of its stream.
    pub version: u64,
    /// The position of the last event that changed it.
    pub position: u64,
}

/// A delivery, as a courier's queue and the live board show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// Its id.
    pub id: Uuid,
    /// The order it delivers.
    pub order_id: Uuid,
    /// The number of that order.
    pub order_number: String,
    /// How far it is.
    pub status: DeliveryStatus,
    /// The courier it is offered or assigned to, if there is one.
    pub courier_id: Option<Uuid>,
    /// The country it goes to.
    pub country: String,
    /// The number of the order's lines.
    pub line_count: u32,
    /// The stages it has reached, oldest first.
    pub timeline: Vec<DeliveryStage>,
    /// The position of the last event that changed it.
    pub position: u64,
}

/// The counts of one SKU, in units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stock {
    /// The SKU.
    pub sku: String,
    /// Units in the warehouse.
    pub on_hand: i64,
    /// Units reserved for orders that are not confirmed yet.
    pub reserved: i64,
    /// Units of confirmed orders that have not been sent yet.
    pub committed: i64,
    /// Units that can be sold: `on_hand - reserved - committed`.
    pub available: i64,
    /// The position of the last event that changed them.
    pub position: u64,
}

/// A product of the catalogue. Its stock comes with `stock.changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Product {
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its category.
    pub category: String,
    /// Its price.
    pub price: Money,
    /// The account that sells it.
    pub seller_id: Uuid,
    /// Whether it is on sale.
    pub status: ProductStatus,
    /// The version of its stream.
    pub version: u64,
    /// The position of the last event that changed it.
    pub position: u64,
}

/// A stage of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderStage {
    /// The stage.
    pub status: OrderStageName,
    /// When it was reached.
    pub at: DateTime<Utc>,
}

/// A stage of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryStage {
    /// The stage.
    pub status: DeliveryStatus,
    /// When it was reached.
    pub at: DateTime<Utc>,
}

macro_rules! statuses {
    ($($(#[$doc:meta])+ $name:ident { $($variant:ident),+ $(,)? })+) => {
        $(
            $(#[$doc])+
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
            #[serde(rename_all = "snake_case")]
            #[allow(missing_docs, reason = "the values are named by the field's terms")]
            pub enum $name {
                $($variant),+
            }
        )+
    };
}

statuses! {
    /// How far an order is.
    OrderStatus { Pending, Confirmed, Completed, Cancelled, Expired }
    /// How much of an order is paid.
    PaymentStatus { None, Authorised, PartPaid, Paid, PartRefunded, Refunded }
    /// How much of an order has been sent.
    FulfilmentStatus { Unfulfilled, Fulfilled, Delivered }
    /// How far a delivery is.
    DeliveryStatus {
        Pending, Offered, Assigned, PickedUp, OnTheWay, AttemptFailed, Returning, Returned, Delivered, Cancelled,
    }
    /// Whether a product is on sale.
    ProductStatus { Listed, Withdrawn }
    /// The name of a stage of an order.
    OrderStageName {
        Placed, Confirmed, Cancelled, Expired, Completed, Paid, Refunded, Assigned, PickedUp, OnTheWay,
        AttemptFailed, Returning, ReturnedToSender, Delivered, ReturnRequested, ReturnApproved, ReturnRejected,
        ReturnReceived,
    }
}
