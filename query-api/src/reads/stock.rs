//! Stock.

use actix_web::web;
use domain::Sku;
use platform::answer::Found;
use platform::auth::{Authenticated, MaybeAuthenticated, Permission};
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Page, Query};
use projector::past::StockRow;
use schemas::read_model;

use super::Answer;
use super::past::{Entity as _, PastQuery, row_at};
use crate::api::{Api, database};
use crate::page::{List, ListQuery};
use crate::position::ReadModels;
use crate::view::{AsOf, Stock};

mod levels;
mod past;

pub(crate) use levels::levels;
pub(crate) use past::StockLevels;

/// The read models that these reads use.
const USES: ReadModels = &[read_model::STOCK, read_model::PRODUCTS];

/// The stock level of one SKU. The past is for those who see its history.
pub(crate) async fn one(
    api: web::Data<Api>,
    reader: MaybeAuthenticated,
    sku: PathId<Sku>,
    query: Query<PastQuery>,
) -> Answer<Found<Stock>> {
    let moment = query.0.moment()?;
    let reached = api.wait_for(USES, query.0.min_position).await?;
    let sku = sku.0;
    if let Some(moment) = moment {
        let reader = reader.required()?;
        reader.require(Permission::KeepStock)?;
        StockLevels::sight(&api, reader, &sku).await?;
        let (row, as_of) = row_at::<StockLevels>(&api, &sku, moment).await?;
        return reached.found(view(&sku, row, Some(as_of)));
    }
    let stock = sqlx::query_as!(
        StoredStock,
        r#"SELECT sku, on_hand, reserved, committed, on_hand - reserved - committed AS "available!", position
           FROM read_model.stock WHERE sku = $1"#,
        sku.as_str()
    );
    let stock = stock.fetch_optional(&api.pool).await.map_err(database)?;
    reached.found(stock.ok_or_else(Problem::not_found)?.into())
}

/// A row of `stock`.
struct StoredStock {
    sku: String,
    on_hand: i64,
    reserved: i64,
    committed: i64,
    available: i64,
    position: i64,
}

impl From<StoredStock> for Stock {
    fn from(row: StoredStock) -> Self {
        Self {
            sku: row.sku,
            on_hand: row.on_hand,
            reserved: row.reserved,
            committed: row.committed,
            available: row.available,
            position: row.position,
            as_of: None,
        }
    }
}

/// The stock level in the answer.
fn view(sku: &Sku, row: StockRow, as_of: Option<AsOf>) -> Stock {
    Stock {
        sku: sku.to_string(),
        on_hand: row.on_hand,
        reserved: row.reserved,
        committed: row.committed,
        available: row.on_hand - row.reserved - row.committed,
        position: row.position,
        as_of,
    }
}

/// The stock levels of the caller's own products; for an admin, of all.
pub(crate) async fn list(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<Stock>>> {
    let seller_id = (!caller.may(Permission::ManageStock)).then_some(caller.subject);
    let name = format!("stock {seller_id:?}");
    let (list, after) = List::open(&api, USES, name, query.0, String::new()).await?;
    let stocks = sqlx::query_as!(
        StoredStock,
        r#"SELECT s.sku, s.on_hand, s.reserved, s.committed,
               s.on_hand - s.reserved - s.committed AS "available!", s.position
           FROM read_model.stock AS s LEFT JOIN read_model.products AS p ON p.sku = s.sku
           WHERE s.sku > $1 AND ($2::uuid IS NULL OR p.seller_id = $2) ORDER BY s.sku LIMIT $3"#,
        after,
        seller_id,
        list.row_count()
    );
    let stocks = stocks.fetch_all(&api.pool).await.map_err(database)?;
    let stocks = stocks.into_iter().map(Stock::from).collect();
    list.reached
        .found(list.page(stocks, |stock: &Stock| stock.sku.clone())?)
}
