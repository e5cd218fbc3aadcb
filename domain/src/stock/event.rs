//! What happens to the stock of a SKU.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{Error, FreeText, OrderId, ReturnId, Sku, validate};

/// Units were received from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReceived {
    /// The SKU.
    pub sku: Sku,
    /// Units, at least 1.
    pub quantity: i64,
    /// A note of the supplier, sealed with the key of its author, or of the importer.
    pub reference: FreeText,
}

/// Why the count was adjusted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentCause {
    /// The units were counted.
    Counted,
    /// Units cannot be sold any more.
    Damaged,
    /// Units are missing.
    Lost,
    /// Units turned up.
    Found,
    /// Another cause, which the reason describes. Events of versions 1 and 2 have no cause, and are read with this one.
    #[default]
    Other,
}

impl AdjustmentCause {
    /// The check of the reason in words, which only the cause `other` requires.
    pub fn reason_check(self) -> fn(&'static str, &str) -> Result<String, Error> {
        match self {
            Self::Other => validate::reason,
            Self::Counted | Self::Damaged | Self::Lost | Self::Found => validate::note,
        }
    }
}

/// The count was adjusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockAdjusted {
    /// The SKU.
    pub sku: Sku,
    /// Units found (positive) or missing (negative), never 0.
    pub delta: i64,
    /// Why.
    pub cause: AdjustmentCause,
    /// A reason in words, sealed with the key of its author; may be empty unless the cause is `other`.
    pub reason: FreeText,
}

/// Units were reserved for an order that is not paid yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReserved {
    /// The SKU.
    pub sku: Sku,
    /// The order.
    pub order_id: OrderId,
    /// Units, at least 1.
    pub quantity: i64,
    /// End of the reservation, unless the order is confirmed before.
    pub expires_at: DateTime<Utc>,
}

/// The reason why reserved or committed units were released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseReason {
    /// The order was cancelled.
    Cancelled,
    /// The reservation expired.
    Expired,
}

/// The count that the released units were in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    /// They were reserved.
    Reserved,
    /// They were committed.
    Committed,
}

/// Units of an order were released and are available again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReleased {
    /// The SKU.
    pub sku: Sku,
    /// The order they were held for.
    pub order_id: OrderId,
    /// Units, at least 1.
    pub quantity: i64,
    /// The count they were in.
    pub from: HoldKind,
    /// The reason.
    pub reason: ReleaseReason,
}

/// Reserved units were committed to a confirmed order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockCommitted {
    /// The SKU.
    pub sku: Sku,
    /// The order.
    pub order_id: OrderId,
    /// Units, at least 1.
    pub quantity: i64,
}

/// Committed units were shipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockShipped {
    /// The SKU.
    pub sku: Sku,
    /// The order.
    pub order_id: OrderId,
    /// Units, at least 1.
    pub quantity: i64,
}

/// Shipped units of a parcel that was returned to the sender are on hand again, and committed to its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockTakenBack {
    /// The SKU.
    pub sku: Sku,
    /// The order.
    pub order_id: OrderId,
    /// Units, at least 1.
    pub quantity: i64,
}

/// Returned units were added to stock and can be sold again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReturned {
    /// The SKU.
    pub sku: Sku,
    /// The order.
    pub order_id: OrderId,
    /// The return.
    pub return_id: ReturnId,
    /// Units, at least 1.
    pub quantity: i64,
}

events! {
    /// An event of the stock of a SKU.
    StockEvent in Stock(sku) by sku {
        StockReceived = 2,
        StockAdjusted = 3,
        StockReserved = 1,
        StockReleased = 1,
        StockCommitted = 1,
        StockShipped = 1,
        StockTakenBack = 1,
        StockReturned = 1,
    }
}
