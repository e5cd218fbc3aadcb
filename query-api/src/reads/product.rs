//! The catalogue.

use std::sync::Arc;

use actix_web::web;
use domain::Sku;
use platform::answer::{Found, Versioned};
use platform::auth::{Authenticated, MaybeAuthenticated, Permission};
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Page, Query};
use schemars::JsonSchema;
use schemas::read_model;
use serde::Deserialize;
use sqlx::QueryBuilder;

use super::Answer;
use super::past::{Entity as _, PastQuery};
use crate::api::{Api, database};
use crate::page::{List, ListQuery};
use crate::position::{MinPosition, ReadModels};
use crate::view::{CategoryList, Money, Product};

mod filter;
mod past;
mod search;

pub(crate) use past::{Products, people};
pub(crate) use search::search;

use filter::{Filter, Sent};

/// The read models that these reads use.
const USES: ReadModels = &[read_model::PRODUCTS, read_model::STOCK];

/// A product with its available units.
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
            as_of: None,
        }
    }
}

/// One product, listed or not. The past, which has the stock of the time, is for those who see its history.
pub(crate) async fn one(
    api: web::Data<Api>,
    reader: MaybeAuthenticated,
    sku: PathId<Sku>,
    query: Query<PastQuery>,
) -> Answer<Versioned<Found<Arc<Product>>>> {
    let moment = query.0.moment()?;
    let reached = api.wait_for(USES, query.0.min_position).await?;
    if let Some(moment) = moment {
        let reader = reader.required()?;
        reader.require(Permission::SellProducts)?;
        Products::sight(&api, reader, &sku.0).await?;
        let product = past::at(&api, &sku.0, moment).await?;
        let version = product.version;
        return reached.found_version(Arc::new(product), version);
    }
    let sku = sku.0.to_string();
    let product = api.products.get(USES, sku.clone(), read(&api, &sku)).await?;
    let product = product.ok_or_else(Problem::not_found)?;
    reached.found_version(Arc::clone(&product), product.version)
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

/// The parameters of the categories. Those of a search are counted, without its category.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CategoriesQuery {
    /// Words, or beginnings of words, in the name, description or category.
    #[schemars(example = &"heart holder")]
    q: Option<String>,
    /// Only products that are in stock, or only products that are not.
    in_stock: Option<bool>,
    /// The lowest price, in minor units.
    #[schemars(range(min = 0), example = 250)]
    min_price: Option<i64>,
    /// The highest price, in minor units.
    #[schemars(range(min = 0), example = 1_000)]
    max_price: Option<i64>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    min_position: Option<MinPosition>,
}

/// The categories of the listed products that match, with the number of these products.
pub(crate) async fn categories(
    api: web::Data<Api>,
    query: Query<CategoriesQuery>,
) -> Answer<Found<Arc<CategoryList>>> {
    let query = query.0;
    let filter = Filter::new(Sent {
        q: query.q,
        category: None,
        in_stock: query.in_stock,
        min_price: query.min_price,
        max_price: query.max_price,
    })?;
    let reached = api.wait_for(USES, query.min_position).await?;
    let counted = count_by_category(&api, &filter);
    let list = if filter == Filter::default() {
        api.categories.get(USES, (), counted).await?
    } else {
        counted.await?.map(Arc::new)
    };
    reached.found(list.ok_or_else(Problem::not_found)?)
}

async fn count_by_category(api: &Api, filter: &Filter) -> Result<Option<CategoryList>, Problem> {
    let mut sql = QueryBuilder::new("SELECT p.category AS name, COUNT(*) AS product_count");
    filter.push(&mut sql);
    sql.push("GROUP BY p.category ORDER BY p.category LIMIT 1000");
    let items = sql
        .build_query_as()
        .fetch_all(&api.pool)
        .await
        .map_err(database)?;
    Ok(Some(CategoryList { items }))
}

/// The SKUs of the first listed products.
pub(crate) async fn listed_skus(api: &Api, skus_max: i64) -> Result<Vec<String>, Problem> {
    let skus = sqlx::query_scalar!(
        "SELECT sku FROM read_model.products WHERE status = 'listed' ORDER BY sku LIMIT $1",
        skus_max
    );
    skus.fetch_all(&api.pool).await.map_err(database)
}

/// The caller's own products, listed or not.
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
    list.reached
        .found(list.page(products, |product: &Product| product.sku.clone())?)
}
