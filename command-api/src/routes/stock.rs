//! Stock: receiving and adjusting it.

use actix_web::web;
use domain::Sku;
use domain::stock::{AdjustStock, ReceiveStock};
use platform::json::Json;
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::{self, Made};
use super::call::Call;
use super::product::own_product;
use crate::api::Api;

/// What arrived.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReceiveStock")]
pub(super) struct ReceiveBody {
    quantity: i64,
    reference: String,
}

/// By how much the count was wrong.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AdjustStock")]
pub(super) struct AdjustBody {
    delta: i64,
    reason: String,
}

/// `POST /stock/{sku}/receipts`: receives units.
pub(super) async fn receive(
    api: web::Data<Api>,
    call: Call,
    sku: PathId<Sku>,
    body: Json<ReceiveBody>,
) -> Result<Made, Problem> {
    own_product(&api, &call, &sku.0).await?;
    let Json { value: body, bytes } = body;
    let command = ReceiveStock {
        sku: sku.0,
        quantity: body.quantity,
        reference: body.reference,
    };
    let accepted = call.execute(&api, command, &bytes).await?;
    Ok(answer::made(&accepted))
}

/// `POST /stock/{sku}/adjustments`: corrects the count.
pub(super) async fn adjust(
    api: web::Data<Api>,
    call: Call,
    sku: PathId<Sku>,
    body: Json<AdjustBody>,
) -> Result<Made, Problem> {
    own_product(&api, &call, &sku.0).await?;
    let Json { value: body, bytes } = body;
    let command = AdjustStock {
        sku: sku.0,
        delta: body.delta,
        reason: body.reason,
    };
    let accepted = call.execute(&api, command, &bytes).await?;
    Ok(answer::made(&accepted))
}
