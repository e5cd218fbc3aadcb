//! The past of stock levels.

use domain::{Sku, StreamId};
use platform::auth::{Permission, Principal};
use platform::problem::Problem;
use projector::past::{Past as _, StockPast, StockRow};
use serde_json::Value;

use super::{USES, view};
use crate::api::Api;
use crate::position::ReadModels;
use crate::reads::past::{Entity, Sight};
use crate::reads::product;
use crate::view::Stock;

/// Stock levels. Their history is for the seller of the product, and for those who manage all stock: it tells what was
/// sold when.
pub(crate) struct StockLevels;

impl Entity for StockLevels {
    type Id = Sku;
    type Past = StockPast;
    type Shown = Sku;

    const USES: ReadModels = USES;

    async fn sight(api: &Api, reader: &Principal, sku: &Sku) -> Result<Sight<Sku>, Problem> {
        let sees_all = reader.may(Permission::ManageStock);
        Ok(Sight {
            shown: sku.clone(),
            sees_all,
            sees_reasons: true,
            account_id: reader.account_id(),
            people: product::people(api, reader, sku, sees_all).await?,
        })
    }

    fn stream(sku: &Sku) -> StreamId {
        StreamId::Stock(sku.clone())
    }

    fn before_all(sku: &Sku) -> StockPast {
        StockPast::before_all(sku.clone())
    }

    fn fields(sight: &Sight<Sku>, row: StockRow) -> Result<Value, Problem> {
        serde_json::to_value(view(&sight.shown, row, None)).map_err(Problem::internal)
    }

    fn level(sku: &Sku, row: &StockRow) -> Option<Stock> {
        Some(view(sku, *row, None))
    }
}
