//! Returns: requesting, approving, rejecting and receiving them.

use std::sync::Arc;

use actix_web::web;
use domain::order::{LINES_MAX, PlacedOrder};
use domain::returns::{ApproveReturn, ReceiveReturn, RejectReturn, RequestReturn, ReturnLine};
use domain::validate::{NOTE_CHARS_MAX, QUANTITY_MAX};
use domain::{OrderId, ReturnId, validate};
use platform::auth::Permission;
use platform::json::{Json, JsonOrDefault};
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{self, Changed, Made};
use super::call::Call;
use super::order::is_owner;
use super::problem::{IntoProblem, rejected};
use super::sealing;
use crate::api::Api;

/// The return to request.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RequestReturn")]
pub(super) struct RequestBody {
    order_id: OrderId,
    #[schemars(length(min = 1, max = LINES_MAX))]
    lines: Vec<LineBody>,
    #[schemars(length(max = NOTE_CHARS_MAX), example = &"Arrived broken")]
    reason: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReturnLine")]
struct LineBody {
    /// The line's number in the order, from 1.
    #[schemars(range(min = 1, max = LINES_MAX))]
    line_number: u16,
    #[schemars(range(min = 1, max = QUANTITY_MAX))]
    quantity: i64,
}

/// A reason.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Reason")]
pub(super) struct ReasonBody {
    #[schemars(length(min = 1, max = NOTE_CHARS_MAX))]
    pub(super) reason: String,
}

/// An empty body.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Nothing")]
pub(super) struct NoBody {}

/// `POST /returns`: requests a return.
pub(super) async fn request(
    api: web::Data<Api>,
    call: Call,
    body: Json<RequestBody>,
) -> Result<Made, Problem> {
    let Json { value: body, bytes } = body;
    let order = api
        .lookup
        .order(body.order_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    if !is_owner(&call, &order.state) {
        return Err(Problem::not_found());
    }
    let lines = body.lines.iter().map(|line| ReturnLine {
        line_number: line.line_number,
        quantity: line.quantity,
    });
    let reason = validate::note("reason", &body.reason).map_err(rejected)?;
    let placed = order.state.order().map(Arc::as_ref);
    let command = RequestReturn {
        return_id: ReturnId::from_uuid(Uuid::now_v7()),
        order_id: body.order_id,
        lines: lines.collect(),
        reason: sealing::about_order(&api, &call, placed, &reason).await?,
    };
    let accepted = call.execute(&api, command, &bytes).await?;
    Ok(answer::made(&accepted))
}

/// `POST /returns/{id}/approval`: approves a return.
pub(super) async fn approve(
    api: web::Data<Api>,
    call: Call,
    id: PathId<ReturnId>,
    body: JsonOrDefault<NoBody>,
) -> Result<Changed, Problem> {
    order_to_handle(&api, &call, id.0).await?;
    let command = ApproveReturn { return_id: id.0 };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

/// `POST /returns/{id}/rejection`: rejects a return.
pub(super) async fn reject(
    api: web::Data<Api>,
    call: Call,
    id: PathId<ReturnId>,
    body: Json<ReasonBody>,
) -> Result<Changed, Problem> {
    let order = order_to_handle(&api, &call, id.0).await?;
    let reason = validate::reason("reason", &body.value.reason).map_err(rejected)?;
    let command = RejectReturn {
        return_id: id.0,
        reason: sealing::about_order(&api, &call, Some(&order), &reason).await?,
    };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

/// `POST /returns/{id}/receipt`: receives the units. The settlement policy then requests the refund.
pub(super) async fn receive(
    api: web::Data<Api>,
    call: Call,
    id: PathId<ReturnId>,
    body: JsonOrDefault<NoBody>,
) -> Result<Changed, Problem> {
    order_to_handle(&api, &call, id.0).await?;
    let command = ReceiveReturn { return_id: id.0 };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

/// The order of a return that the caller may decide on, as the seller of its products or an admin.
async fn order_to_handle(api: &Api, call: &Call, return_id: ReturnId) -> Result<Arc<PlacedOrder>, Problem> {
    let returned = api.lookup.returned(return_id).await;
    let returned = returned.map_err(IntoProblem::into_problem)?.state;
    let requested = returned.requested().ok_or_else(Problem::not_found)?;
    let order = api.lookup.order(requested.order_id).await;
    let order = order.map_err(IntoProblem::into_problem)?.state;
    let placed = order.order().ok_or_else(Problem::not_found)?;
    let is_seller_of = |line_number| {
        placed
            .line(line_number)
            .is_some_and(|line| call.account_id() == Some(line.seller_id))
    };
    let sells_all = || requested.lines.iter().all(|line| is_seller_of(line.line_number));
    if call.may(Permission::ManageOrders) || sells_all() {
        Ok(Arc::clone(placed))
    } else {
        Err(Problem::not_found())
    }
}
