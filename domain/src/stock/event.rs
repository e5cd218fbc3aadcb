//! What happens to the stock of a SKU.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{OrderId, ReturnId, Sku};

/// Units arrived from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReceived {
    /// Of which SKU.
    pub sku: Sku,
    /// How many units, at least 1.
    pub quantity: i64,
    /// The supplier's or the importer's note.
    pub reference: String,
}

/// The count was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockAdjusted {
    /// Of which SKU.
    pub sku: Sku,
    /// Units found (positive) or missing (negative), never 0.
    pub delta: i64,
    /// Why.
    pub reason: String,
}

/// Units are held for an order that is not paid yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReserved {
    /// Of which SKU.
    pub sku: Sku,
    /// For which order.
    pub order_id: OrderId,
    /// How many units, at least 1.
    pub quantity: i64,
    /// When the hold ends unless the order is confirmed.
    pub expires_at: DateTime<Utc>,
}

/// Why held or committed units became available again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseReason {
    /// The order was cancelled.
    Cancelled,
    /// The reservation ran out.
    Expired,
}

/// Which count the released units were in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    /// They were reserved.
    Reserved,
    /// They were committed.
    Committed,
}

/// Units held for an order became available again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReleased {
    /// Of which SKU.
    pub sku: Sku,
    /// For which order they were held.
    pub order_id: OrderId,
    /// How many units, at least 1.
    pub quantity: i64,
    /// In which count they were.
    pub from: HoldKind,
    /// Why.
    pub reason: ReleaseReason,
}

/// Reserved units are now owed to a confirmed order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockCommitted {
    /// Of which SKU.
    pub sku: Sku,
    /// To which order.
    pub order_id: OrderId,
    /// How many units, at least 1.
    pub quantity: i64,
}

/// Committed units left the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockShipped {
    /// Of which SKU.
    pub sku: Sku,
    /// For which order.
    pub order_id: OrderId,
    /// How many units, at least 1.
    pub quantity: i64,
}

/// Units came back from a customer and can be sold again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockReturned {
    /// Of which SKU.
    pub sku: Sku,
    /// From which order.
    pub order_id: OrderId,
    /// By which return.
    pub return_id: ReturnId,
    /// How many units, at least 1.
    pub quantity: i64,
}

events! {
    /// What happens to the stock of a SKU.
    StockEvent in Stock(sku) by sku {
        StockReceived = 1,
        StockAdjusted = 1,
        StockReserved = 1,
        StockReleased = 1,
        StockCommitted = 1,
        StockShipped = 1,
        StockReturned = 1,
    }
}
