//! Which lines of a command a rejection is about.

use crate::{Money, Sku};

/// A line of an order that cannot be as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRef {
    /// The line's number in the command, from 1.
    pub line_number: u16,
    /// Its SKU.
    pub sku: Sku,
}

/// A SKU of which there is not enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// Which SKU.
    pub sku: Sku,
    /// How many units were asked for, over all lines.
    pub requested: i64,
    /// How many were available.
    pub available: i64,
}

/// A line whose price is not what the customer was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceChange {
    /// The line's number in the command, from 1.
    pub line_number: u16,
    /// Its SKU.
    pub sku: Sku,
    /// What the customer was shown, in minor units.
    pub expected_unit_price_minor: i64,
    /// What it costs now.
    pub unit_price: Money,
}
