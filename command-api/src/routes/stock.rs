//! Stock: receiving and adjusting it.

use actix_web::web;
use domain::stock::{AdjustStock, AdjustmentCause, ReceiveStock};
use domain::validate::{NOTE_CHARS_MAX, QUANTITY_MAX};
use domain::{Sku, validate};
use platform::json::Json;
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::{self, Made};
use super::call::Call;
use super::problem::rejected;
use super::product::own_product;
use super::sealing;
use crate::api::Api;

/// Units that arrived.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReceiveStock")]
pub(super) struct ReceiveBody {
    #[schemars(range(min = 1, max = QUANTITY_MAX), example = 48)]
    quantity: i64,
    /// Identifies the arrival, such as the number of a delivery note.
    #[schemars(length(max = NOTE_CHARS_MAX), example = &"Delivery note 4711")]
    reference: String,
}

/// A correction of the count.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AdjustStock")]
pub(super) struct AdjustBody {
    /// Units to add, or to remove if negative; not zero.
    #[schemars(range(min = -QUANTITY_MAX, max = QUANTITY_MAX), example = -2)]
    delta: i64,
    /// Why; `other` if it is absent.
    #[serde(default)]
    #[schemars(example = AdjustmentCause::Damaged)]
    cause: AdjustmentCause,
    /// The reason in words. Required if the cause is `other`.
    #[serde(default)]
    #[schemars(length(max = NOTE_CHARS_MAX), example = &"Two were broken")]
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
    let reference = validate::note("reference", &body.reference).map_err(rejected)?;
    let command = ReceiveStock {
        sku: sku.0,
        quantity: body.quantity,
        reference: sealing::by_author(&api, &call, &reference).await?,
    };
    let accepted = call.execute(&api, command, &bytes).await?;
    Ok(answer::made(&accepted))
}

/// `POST /stock/{sku}/adjustments`: adjusts the count.
pub(super) async fn adjust(
    api: web::Data<Api>,
    call: Call,
    sku: PathId<Sku>,
    body: Json<AdjustBody>,
) -> Result<Made, Problem> {
    own_product(&api, &call, &sku.0).await?;
    let Json { value: body, bytes } = body;
    let reason = body.cause.reason_check()("reason", &body.reason).map_err(rejected)?;
    let command = AdjustStock {
        sku: sku.0,
        delta: body.delta,
        cause: body.cause,
        reason: sealing::by_author(&api, &call, &reason).await?,
    };
    let accepted = call.execute(&api, command, &bytes).await?;
    Ok(answer::made(&accepted))
}
