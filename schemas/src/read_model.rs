//! The read models that projections write and queries read: their names, and the rows that both know.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::text_enum;

pub mod order;

/// The catalogue.
pub const PRODUCTS: &str = "products";
/// Units of each SKU.
pub const STOCK: &str = "stock";
/// Orders, with how far their payment, delivery and returns are.
pub const ORDERS: &str = "orders";
/// Notes on orders.
pub const ORDER_NOTES: &str = "order_notes";
/// Deliveries.
pub const DELIVERIES: &str = "deliveries";
/// Payments, with their refunds.
pub const PAYMENTS: &str = "payments";
/// What was sold and refunded.
pub const SALES: &str = "sales";

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In the currency's smallest unit.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// Documented as the domain's amount, which has the same fields.
impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        domain::Money::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        domain::Money::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        domain::Money::json_schema(generator)
    }
}

/// When a thing reached a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Reached{S}")]
pub struct Stage<S> {
    /// Which.
    pub status: S,
    /// When it was reached.
    pub at: DateTime<Utc>,
}

text_enum! {
    /// How far a delivery is.
    #[derive(JsonSchema)]
    pub enum DeliveryStatus {
        /// It waits for a courier.
        Pending = "pending",
        /// A courier was asked.
        Offered = "offered",
        /// A courier has it.
        Assigned = "assigned",
        /// The courier has picked it up.
        PickedUp = "picked_up",
        /// The courier is on the way.
        OnTheWay = "on_the_way",
        /// It could not be handed over.
        AttemptFailed = "attempt_failed",
        /// It is on the way back.
        Returning = "returning",
        /// It came back undelivered.
        Returned = "returned",
        /// It was handed over.
        Delivered = "delivered",
        /// It was cancelled.
        Cancelled = "cancelled",
    }
}
