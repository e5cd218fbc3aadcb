//! What happens to products.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{AccountId, FreeText, Money, Sku};

/// A product was listed for sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductListed {
    /// The SKU.
    pub sku: Sku,
    /// Its name, 1 to 200 characters.
    pub name: String,
    /// Free text, up to 5,000 characters.
    pub description: String,
    /// Name of the category.
    pub category: String,
    /// Price of one unit.
    pub price: Money,
    /// The seller.
    pub seller_id: AccountId,
}

/// A product's name, description or category changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductDetailsChanged {
    /// The SKU.
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
    /// The SKU.
    pub sku: Sku,
    /// The new price of one unit.
    pub price: Money,
}

/// A product was withdrawn from sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductWithdrawn {
    /// The SKU.
    pub sku: Sku,
    /// The reason, sealed with the key of its author.
    pub reason: FreeText,
}

/// A withdrawn product was listed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductRelisted {
    /// The SKU.
    pub sku: Sku,
}

events! {
    /// An event of a product.
    ProductEvent in Product(sku) by sku {
        ProductListed = 1,
        ProductDetailsChanged = 1,
        ProductPriceChanged = 1,
        ProductWithdrawn = 2,
        ProductRelisted = 1,
    }
}
