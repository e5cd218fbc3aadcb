//! Lines and SKUs to which a rejection refers.

use crate::{Money, Sku};

/// A rejected line of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRef {
    /// The line's number in the command, from 1.
    pub line_number: u16,
    /// Its SKU.
    pub sku: Sku,
}

/// A SKU with too little stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The SKU.
    pub sku: Sku,
    /// Units requested, over all lines.
    pub requested: i64,
    /// Units available.
    pub available: i64,
}

/// A line whose price differs from the one shown to the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceChange {
    /// The line's number in the command, from 1.
    pub line_number: u16,
    /// Its SKU.
    pub sku: Sku,
    /// Price shown to the customer, in minor units.
    pub expected_unit_price_minor: i64,
    /// Current price.
    pub unit_price: Money,
}

/// Describes too little stock: in full for one SKU, as a list of SKUs for several.
pub(super) fn describe_shortages(shortages: &[Shortage]) -> String {
    if let [only] = shortages {
        let Shortage {
            sku,
            requested,
            available,
        } = only;
        return format!("only {available} of {sku} available; {requested} requested");
    }
    let skus: Vec<&str> = shortages.iter().map(|shortage| shortage.sku.as_str()).collect();
    format!("not enough stock of {}", skus.join(", "))
}

/// Lists the SKUs of rejected lines.
pub(super) fn skus(lines: &[LineRef]) -> String {
    let skus: Vec<&str> = lines.iter().map(|line| line.sku.as_str()).collect();
    skus.join(", ")
}
