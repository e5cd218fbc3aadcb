//! What happens to products.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{AccountId, Money, Sku};

/// A product was put on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductListed {
    /// What is sold.
    pub sku: Sku,
    /// Its name, 1 to 200 characters.
    pub name: String,
    /// Free text, up to 5,000 characters.
    pub description: String,
    /// Category name, lower case words.
    pub category: String,
    /// Price of one unit.
    pub price: Money,
    /// Who sells it.
    pub seller_id: AccountId,
}

/// A product's name, description or category changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductDetailsChanged {
    /// Which product.
    pub sku: Sku,
    /// The new name.
    pub name: String,
    /// The new description.
    pub description: String,
    /// The new category.
    pub category: String,
}

/// A product's price changed. Orders placed before keep theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductPriceChanged {
    /// Which product.
    pub sku: Sku,
    /// The new price of one unit.
    pub price: Money,
}

/// A product was taken off sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductWithdrawn {
    /// Which product.
    pub sku: Sku,
    /// Why.
    pub reason: String,
}

/// A withdrawn product was put on sale again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductRelisted {
    /// Which product.
    pub sku: Sku,
}

events! {
    /// What happens to a product.
    ProductEvent in Product(sku) by sku {
        ProductListed = 1,
        ProductDetailsChanged = 1,
        ProductPriceChanged = 1,
        ProductWithdrawn = 1,
        ProductRelisted = 1,
    }
}
