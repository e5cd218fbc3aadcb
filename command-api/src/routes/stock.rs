//! Stock: receiving and adjusting it.

use actix_web::web;
use domain::Sku;
use domain::stock::{AdjustStock, ReceiveStock};
use domain::validate::{NOTE_CHARS_MAX, QUANTITY_MAX};
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
    #[schemars(range(min = 1, max = QUANTITY_MAX), example = 48)]
    quantity: i64,
    /// What tells it from other arrivals, such as the number of the delivery note.
    #[schemars(length(max = NOTE_CHARS_MAX), example = &"Delivery note 4711")]
    reference: String,
}

/// By how much the count was wrong.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AdjustStock")]
pub(super) struct AdjustBody {
    /// How many units more (positive) or fewer (negative) there are; not zero.
    #[schemars(range(min = -QUANTITY_MAX, max = QUANTITY_MAX), example = -2)]
    delta: i64,
    #[schemars(length(min = 1, max = NOTE_CHARS_MAX), example = &"Two were broken")]
    reason: String,
}

/// `POST /stock/{sku}/receipts`: takes units in.
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
