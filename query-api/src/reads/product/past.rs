//! The past of products.

use domain::{Sku, StreamId};
use platform::auth::{Permission, Principal};
use platform::problem::{Problem, kind};
use projector::past::{self, Past as _, ProductPast};
use schemas::text_enum::TextEnum as _;
use serde_json::Value;
use uuid::Uuid;

use super::{ProductRow, USES};
use crate::api::{Api, database};
use crate::position::ReadModels;
use crate::reads::past::{Entity, Moment, People, Sight, row_at};
use crate::reads::stock::StockLevels;
use crate::view::Product;

/// Products. Their history is for the seller, and for those who manage all products.
pub(crate) struct Products;

impl Entity for Products {
    type Id = Sku;
    type Past = ProductPast;
    type Shown = ();

    const USES: ReadModels = USES;

    async fn sight(api: &Api, reader: &Principal, sku: &Sku) -> Result<Sight<()>, Problem> {
        let sees_all = reader.may(Permission::ManageProducts);
        Ok(Sight {
            shown: (),
            sees_all,
            sees_reasons: true,
            account_id: reader.account_id(),
            people: people(api, reader, sku, sees_all).await?,
        })
    }

    fn stream(sku: &Sku) -> StreamId {
        StreamId::Product(sku.clone())
    }

    fn before_all(sku: &Sku) -> ProductPast {
        ProductPast::before_all(sku.clone())
    }

    fn fields(_: &Sight<()>, row: past::ProductRow) -> Result<Value, Problem> {
        let mut fields = serde_json::to_value(Product::from(stored(row))).map_err(Problem::internal)?;
        // The stock has a history of its own.
        if let Value::Object(members) = &mut fields {
            members.remove("available");
        }
        Ok(fields)
    }
}

/// The row that the statements read, without stock.
fn stored(row: past::ProductRow) -> ProductRow {
    ProductRow {
        sku: row.sku,
        name: row.name,
        description: row.description,
        category: row.category,
        price_minor: row.price_minor,
        currency: row.currency,
        seller_id: row.seller_id,
        status: row.status.as_str().to_owned(),
        available: 0,
        version: row.version,
        position: row.position,
    }
}

/// The product as of `moment`, with the stock of the same moment.
///
/// # Errors
/// As [`row_at`].
pub(super) async fn at(api: &Api, sku: &Sku, moment: Moment) -> Result<Product, Problem> {
    let (row, as_of) = row_at::<Products>(api, sku, moment).await?;
    let stock_moment = match moment {
        Moment::Version(_) => Moment::Position(as_of.position),
        moment => moment,
    };
    let stock = match row_at::<StockLevels>(api, sku, stock_moment).await {
        Ok((stock, _)) => Some(stock),
        // It has not had any stock yet.
        Err(problem)
            if [kind::NOT_FOUND.slug, kind::BEFORE_FIRST_EVENT.slug].contains(&problem.kind().slug) =>
        {
            None
        }
        Err(problem) => return Err(problem),
    };
    let mut product = Product::from(stored(row));
    if let Some(stock) = stock {
        product.available = stock.on_hand - stock.reserved - stock.committed;
        product.position = product.position.max(stock.position);
    }
    product.as_of = Some(as_of);
    Ok(product)
}

/// The people of a product whose history `reader` may see: its own seller, or someone who `may_see_all`.
///
/// # Errors
/// 404 when it does not exist for them.
pub(crate) async fn people(
    api: &Api,
    reader: &Principal,
    sku: &Sku,
    may_see_all: bool,
) -> Result<People, Problem> {
    let seller_id: Option<Uuid> =
        sqlx::query_scalar("SELECT seller_id FROM read_model.products WHERE sku = $1")
            .bind(sku.as_str())
            .fetch_optional(&api.pool)
            .await
            .map_err(database)?;
    let is_own = seller_id.is_some() && seller_id == reader.account_id();
    if !may_see_all && !is_own {
        return Err(Problem::not_found());
    }
    Ok(People {
        seller_ids: seller_id.into_iter().collect(),
        ..People::default()
    })
}
