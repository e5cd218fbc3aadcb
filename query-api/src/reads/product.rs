//! The catalogue.

use std::sync::Arc;

use actix_web::web;
use domain::Sku;
use platform::answer::{Found, Versioned};
use platform::auth::Authenticated;
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Page, Query};
use schemas::read_model;

use super::{Answer, OneQuery, found, found_version};
use crate::api::{Api, database};
use crate::page::{List, ListQuery};
use crate::position::ReadModels;
use crate::view::{Category, CategoryList, Money, Product};

mod search;

pub(crate) use search::search;

/// The read models that these reads use.
const USES: ReadModels = &[read_model::PRODUCTS, read_model::STOCK];

/// A product's row with its available quantity.
#[derive(Debug, sqlx::FromRow)]
struct ProductRow {
    sku: String,
    name: String,
    description: String,
    category: String,
    price_minor: i64,
    currency: String,
    seller_id: uuid::Uuid,
    status: String,
    available: i64,
    version: i64,
    position: i64,
}

impl From<ProductRow> for Product {
    fn from(row: ProductRow) -> Self {
        Self {
            price: Money {
                minor: row.price_minor,
                currency: row.currency,
            },
            sku: row.sku,
            name: row.name,
            description: row.description,
            category: row.category,
            seller_id: row.seller_id,
            status: row.status,
            available: row.available,
            version: row.version,
            position: row.position,
        }
    }
}

/// One product, even if it was withdrawn.
pub(crate) async fn one(
    api: web::Data<Api>,
    sku: PathId<Sku>,
    query: Query<OneQuery>,
) -> Answer<Versioned<Found<Arc<Product>>>> {
    api.wait_for(USES, query.0.min_position).await?;
    let sku = sku.0.to_string();
    let product = api.products.get(USES, sku.clone(), read(&api, &sku)).await?;
    let product = product.ok_or_else(Problem::not_found)?;
    found_version(Arc::clone(&product), product.version)
}

async fn read(api: &Api, sku: &str) -> Result<Option<Product>, Problem> {
    let row = sqlx::query_as!(
        ProductRow,
        r#"SELECT p.sku, p.name, p.description, p.category, p.price_minor, p.currency, p.seller_id, p.status,
               COALESCE(s.on_hand - s.reserved - s.committed, 0) AS "available!", p.version,
               GREATEST(p.position, s.position) AS "position!"
           FROM read_model.products AS p LEFT JOIN read_model.stock AS s ON s.sku = p.sku
           WHERE p.sku = $1"#,
        sku
    );
    Ok(row
        .fetch_optional(&api.pool)
        .await
        .map_err(database)?
        .map(Product::from))
}

/// The categories with products on sale.
pub(crate) async fn categories(
    api: web::Data<Api>,
    query: Query<OneQuery>,
) -> Answer<Found<Arc<CategoryList>>> {
    api.wait_for(USES, query.0.min_position).await?;
    let list = api.categories.get(USES, (), read_categories(&api)).await?;
    found(list.ok_or_else(Problem::not_found)?)
}

async fn read_categories(api: &Api) -> Result<Option<CategoryList>, Problem> {
    let items = sqlx::query_as!(
        Category,
        r#"SELECT category AS name, COUNT(*) AS "product_count!" FROM read_model.products
           WHERE status = 'listed' GROUP BY category ORDER BY category LIMIT 1000"#
    );
    let items = items.fetch_all(&api.pool).await.map_err(database)?;
    Ok(Some(CategoryList { items }))
}

/// A seller's own products, including withdrawn ones.
pub(crate) async fn mine(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<Product>>> {
    let name = format!("my-products {}", caller.subject);
    let (list, after) = List::open(&api, USES, name, query.0, String::new()).await?;
    let rows = sqlx::query_as!(
        ProductRow,
        r#"SELECT p.sku, p.name, p.description, p.category, p.price_minor, p.currency, p.seller_id, p.status,
               COALESCE(s.on_hand - s.reserved - s.committed, 0) AS "available!", p.version,
               GREATEST(p.position, s.position) AS "position!"
           FROM read_model.products AS p LEFT JOIN read_model.stock AS s ON s.sku = p.sku
           WHERE p.seller_id = $1 AND p.sku > $2 ORDER BY p.sku LIMIT $3"#,
        caller.subject,
        after,
        list.row_count()
    );
    let rows = rows.fetch_all(&api.pool).await.map_err(database)?;
    let products = rows.into_iter().map(Product::from).collect();
    found(list.page(products, |product: &Product| product.sku.clone())?)
}
