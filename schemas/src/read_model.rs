//! The read models that projections write and queries read: their names, and their shared rows.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::FreeText;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::text_enum;

pub mod order;

/// Products.
pub const PRODUCTS: &str = "products";
/// Stock levels.
pub const STOCK: &str = "stock";
/// Orders, with the status of their payment, delivery and returns.
pub const ORDERS: &str = "orders";
/// Notes on orders.
pub const ORDER_NOTES: &str = "order_notes";
/// Deliveries.
pub const DELIVERIES: &str = "deliveries";
/// Payments, with their refunds.
pub const PAYMENTS: &str = "payments";
/// Sales and refunds.
pub const SALES: &str = "sales";

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// The amount in minor units (pence, cents).
    pub minor: i64,
    /// The ISO 4217 code of its currency.
    pub currency: String,
}

/// Documented as [`domain::Money`], which has the same fields.
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

/// The time at which something reached a stage, as rows store it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredStage<S> {
    /// The stage.
    pub status: S,
    /// The time.
    pub at: DateTime<Utc>,
    /// The reason that was given: of a failed attempt, a cancellation, or another delivery of a returned parcel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<FreeText>,
}

/// The time at which something reached a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Reached{S}")]
pub struct Stage<S> {
    /// The stage.
    pub status: S,
    /// The time.
    pub at: DateTime<Utc>,
    /// The reason of a failed attempt, a cancellation, or another delivery of a returned parcel. Absent if none was
    /// given; null if the person with whose key it was sealed was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Option<String>>,
}

/// The time at which something reached a stage, without the text of its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Announced{S}")]
pub struct AnnouncedStage<S> {
    /// The stage.
    pub status: S,
    /// The time.
    pub at: DateTime<Utc>,
    /// Whether a reason was given. It is personal data: read it with the order or the delivery.
    #[serde(default, skip_serializing_if = "is_false")]
    pub has_reason: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl<S: Copy> StoredStage<S> {
    /// The stage with `reason`, which is the text of its reason, opened.
    pub const fn with(&self, reason: Option<Option<String>>) -> Stage<S> {
        Stage {
            status: self.status,
            at: self.at,
            reason,
        }
    }

    /// The stage without the text of its reason.
    pub const fn announced(&self) -> AnnouncedStage<S> {
        AnnouncedStage {
            status: self.status,
            at: self.at,
            has_reason: self.reason.is_some(),
        }
    }
}

text_enum! {
    /// The status of a delivery.
    #[derive(JsonSchema)]
    pub enum DeliveryStatus {
        /// Waiting for a courier.
        Pending = "pending",
        /// Offered to a courier.
        Offered = "offered",
        /// Assigned to a courier.
        Assigned = "assigned",
        /// Picked up by the courier.
        PickedUp = "picked_up",
        /// On the way to the customer.
        OnTheWay = "on_the_way",
        /// The last attempt to deliver failed.
        AttemptFailed = "attempt_failed",
        /// Being returned to the sender.
        Returning = "returning",
        /// Returned to the sender.
        Returned = "returned",
        /// Delivered.
        Delivered = "delivered",
        /// Cancelled.
        Cancelled = "cancelled",
    }
}

impl DeliveryStatus {
    /// Whether the courier is on the way with it, and needs the address. An offer can still be declined, and a delivery
    /// that has ended needs no address.
    pub const fn is_under_way(self) -> bool {
        match self {
            Self::Assigned | Self::PickedUp | Self::OnTheWay | Self::AttemptFailed | Self::Returning => true,
            Self::Pending | Self::Offered | Self::Returned | Self::Delivered | Self::Cancelled => false,
        }
    }
}
