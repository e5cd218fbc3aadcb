//! Stock.

use actix_web::web;
use domain::Sku;
use platform::answer::Found;
use platform::auth::{Authenticated, Permission};
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Page, Query};
use schemas::read_model;

use super::{Answer, OneQuery, found};
use crate::api::{Api, database};
use crate::page::{List, ListQuery};
use crate::position::ReadModels;
use crate::view::Stock;

/// The read models that these reads use.
const USES: ReadModels = &[read_model::STOCK, read_model::PRODUCTS];

/// The counts of one SKU.
pub(crate) async fn one(
    api: web::Data<Api>,
    sku: PathId<Sku>,
    query: Query<OneQuery>,
) -> Answer<Found<Stock>> {
    api.wait_for(USES, query.0.min_position).await?;
    let sku = sku.0;
    let stock = sqlx::query_as!(
        Stock,
        r#"SELECT sku, on_hand, reserved, committed, on_hand - reserved - committed AS "available!", position
           FROM read_model.stock WHERE sku = $1"#,
        sku.as_str()
    );
    let stock = stock.fetch_optional(&api.pool).await.map_err(database)?;
    found(stock.ok_or_else(Problem::not_found)?)
}

/// The counts of a seller's own products, or of all products.
pub(crate) async fn list(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<Stock>>> {
    let seller_id = (!caller.may(Permission::ManageStock)).then_some(caller.subject);
    let name = format!("stock {seller_id:?}");
    let (list, after) = List::open(&api, USES, name, query.0, String::new()).await?;
    let stocks = sqlx::query_as!(
        Stock,
        r#"SELECT s.sku, s.on_hand, s.reserved, s.committed,
               s.on_hand - s.reserved - s.committed AS "available!", s.position
           FROM read_model.stock AS s LEFT JOIN read_model.products AS p ON p.sku = s.sku
           WHERE s.sku > $1 AND ($2::uuid IS NULL OR p.seller_id = $2) ORDER BY s.sku LIMIT $3"#,
        after,
        seller_id,
        list.row_count()
    );
    let stocks = stocks.fetch_all(&api.pool).await.map_err(database)?;
    found(list.page(stocks, |stock: &Stock| stock.sku.clone())?)
}
