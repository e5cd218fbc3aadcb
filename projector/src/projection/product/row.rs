//! The row of a product, and its published data.

use chrono::{DateTime, Utc};
use domain::product::{ProductDetailsChanged, ProductListed};
use domain::text::{self, Lines};
use schemas::text_enum;
use serde::Serialize;
use uuid::Uuid;

use crate::column::texts;
use crate::decoded_event::DecodedEvent;
use crate::keyed_table::keyed_table;

text_enum! {
    /// Whether a product is on sale.
    #[allow(missing_docs, reason = "the texts say it")]
    pub enum ProductStatus { Listed = "listed", Withdrawn = "withdrawn" }
}

texts! { ProductStatus }

keyed_table! {
    /// A row of table `products`.
    pub struct ProductRow in "products" key "sku": String = |row| row.sku.clone();
    {
        sku: String,
        name: String,
        description: String,
        category: String,
        price_minor: i64,
        currency: String,
        seller_id: Uuid,
        status: ProductStatus,
        listed_at: DateTime<Utc>,
        version: i64,
        position: i64,
    }
}

impl ProductRow {
    /// Creates the row of a newly listed product. Its texts are cleaned: events from before texts were checked have
    /// others, and a search must find them.
    pub(super) fn listed(event: &ProductListed, decoded: &DecodedEvent) -> Self {
        Self {
            sku: event.sku.to_string(),
            name: text::cleaned(&event.name, Lines::One),
            description: text::cleaned(&event.description, Lines::Many),
            category: text::cleaned(&event.category, Lines::One),
            price_minor: event.price.minor,
            currency: event.price.currency.code().to_owned(),
            seller_id: event.seller_id.as_uuid(),
            status: ProductStatus::Listed,
            listed_at: decoded.occurred_at,
            version: decoded.version,
            position: decoded.position,
        }
    }

    /// Changes the texts.
    pub(super) fn change(&mut self, event: &ProductDetailsChanged) {
        self.name = text::cleaned(&event.name, Lines::One);
        self.description = text::cleaned(&event.description, Lines::Many);
        self.category = text::cleaned(&event.category, Lines::One);
    }
}

/// The data of `product.changed`. The available quantity is in `stock.changed`.
#[derive(Debug, Serialize)]
pub(super) struct ProductChange<'row> {
    sku: &'row str,
    name: &'row str,
    description: &'row str,
    category: &'row str,
    price: Price<'row>,
    seller_id: Uuid,
    status: ProductStatus,
    version: i64,
    position: i64,
}

#[derive(Debug, Serialize)]
struct Price<'row> {
    minor: i64,
    currency: &'row str,
}

impl<'row> ProductChange<'row> {
    /// The published data of `row`.
    pub(super) fn of(row: &'row ProductRow) -> Self {
        Self {
            sku: &row.sku,
            name: &row.name,
            description: &row.description,
            category: &row.category,
            price: Price {
                minor: row.price_minor,
                currency: &row.currency,
            },
            seller_id: row.seller_id,
            status: row.status,
            version: row.version,
            position: row.position,
        }
    }
}
