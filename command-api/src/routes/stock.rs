//! Stock: receiving and adjusting it.

use actix_web::{HttpResponse, web};
use domain::Sku;
use domain::stock::{AdjustStock, ReceiveStock};
use platform::json::Json;
use platform::problem::Problem;
use serde::Deserialize;

use super::answer;
use super::call::Call;
use super::path::PathId;
use super::product::own_product;
use crate::api::Api;

/// What arrived.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceiveBody {
    quantity: i64,
    reference: String,
}

/// By how much the count was wrong.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdjustBody {
    delta: i64,
    reason: String,
}

/// `POST /stock/{sku}/receipts`: takes units in.
pub(super) async fn receive(
    api: web::Data<Api>,
    call: Call,
    sku: PathId<Sku>,
    body: Json<ReceiveBody>,
) -> Result<HttpResponse, Problem> {
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
) -> Result<HttpResponse, Problem> {
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
