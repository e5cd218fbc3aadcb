//! The row of a product, and how it is read and written.

use chrono::{DateTime, Utc};
use domain::product::ProductListed;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::decoded_event::DecodedEvent;
use crate::projection::currency_code;
use crate::text_enum::text_enum;
use crate::upsert::upsert;

text_enum! {
    /// Whether a product is on sale.
    ProductStatus { Listed = "listed", Withdrawn = "withdrawn" }
}

/// A row of table `products`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct ProductRow {
    pub sku: String,
    pub name: String,
    pub description: String,
    pub category: String,
    pub price_minor: i64,
    pub currency: String,
    pub seller_id: Uuid,
    pub status: ProductStatus,
    pub listed_at: DateTime<Utc>,
    pub version: i64,
    pub position: i64,
}

impl ProductRow {
    /// The row of a product just listed.
    pub(super) fn listed(event: &ProductListed, decoded: &DecodedEvent) -> Self {
        Self {
            sku: event.sku.to_string(),
            name: event.name.clone(),
            description: event.description.clone(),
            category: event.category.clone(),
            price_minor: event.price.minor,
            currency: currency_code(event.price.currency).to_owned(),
            seller_id: event.seller_id.as_uuid(),
            status: ProductStatus::Listed,
            listed_at: decoded.occurred_at,
            version: decoded.version,
            position: decoded.position,
        }
    }
}

/// The data of `product.changed`. How many are available comes by `stock.changed`.
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
    /// What is told of `row`.
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

/// Reads the rows with these SKUs.
pub(super) async fn load(
    connection: &mut PgConnection,
    skus: &[String],
) -> Result<Vec<ProductRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT sku, name, description, category, price_minor, currency, seller_id, status, listed_at, version, \
             position \
         FROM products WHERE sku = ANY ($1)",
    )
    .bind(skus)
    .fetch_all(connection)
    .await
}

upsert! {
    /// Writes rows whole.
    pub(super) fn upsert(row: &ProductRow) into "products" key ("sku") on conflict Replace {
        sku: &'rows str as "text" = &row.sku,
        name: &'rows str as "text" = &row.name,
        description: &'rows str as "text" = &row.description,
        category: &'rows str as "text" = &row.category,
        price_minor: i64 as "bigint" = row.price_minor,
        currency: &'rows str as "text" = &row.currency,
        seller_id: Uuid as "uuid" = row.seller_id,
        status: &'static str as "text" = row.status.as_str(),
        listed_at: DateTime<Utc> as "timestamptz" = row.listed_at,
        version: i64 as "bigint" = row.version,
        position: i64 as "bigint" = row.position,
    }
}
