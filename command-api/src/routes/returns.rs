//! Returns: requesting, approving, rejecting and receiving them.

use actix_web::web;
use domain::order::LINES_MAX;
use domain::returns::{ApproveReturn, ReceiveReturn, RejectReturn, RequestReturn, ReturnLine};
use domain::validate::{NOTE_CHARS_MAX, QUANTITY_MAX};
use domain::{Command, OrderId, ReturnId};
use platform::auth::Permission;
use platform::json::{Json, JsonOrDefault};
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{self, Changed, Made};
use super::call::{Call, execute};
use super::order::is_owner;
use super::problem::IntoProblem;
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
    let command = RequestReturn {
        return_id: ReturnId::from_uuid(Uuid::now_v7()),
        order_id: body.order_id,
        lines: lines.collect(),
        reason: body.reason,
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
    handle(
        &api,
        &call,
        id.0,
        (ApproveReturn { return_id: id.0 }.into(), &body.bytes),
    )
    .await
}

/// `POST /returns/{id}/rejection`: rejects a return.
pub(super) async fn reject(
    api: web::Data<Api>,
    call: Call,
    id: PathId<ReturnId>,
    body: Json<ReasonBody>,
) -> Result<Changed, Problem> {
    let command = RejectReturn {
        return_id: id.0,
        reason: body.value.reason,
    };
    handle(&api, &call, id.0, (command.into(), &body.bytes)).await
}

/// `POST /returns/{id}/receipt`: receives the units. The settlement policy then requests the refund.
pub(super) async fn receive(
    api: web::Data<Api>,
    call: Call,
    id: PathId<ReturnId>,
    body: JsonOrDefault<NoBody>,
) -> Result<Changed, Problem> {
    handle(
        &api,
        &call,
        id.0,
        (ReceiveReturn { return_id: id.0 }.into(), &body.bytes),
    )
    .await
}

/// Executes a decision on a return, by the seller of its products or an admin.
async fn handle(
    api: &Api,
    call: &Call,
    return_id: ReturnId,
    (command, bytes): (Command, &[u8]),
) -> Result<Changed, Problem> {
    let returned = api
        .lookup
        .returned(return_id)
        .await
        .map_err(IntoProblem::into_problem)?
        .state;
    let requested = returned.requested().ok_or_else(Problem::not_found)?;
    if !call.may(Permission::ManageOrders) {
        let order = api
            .lookup
            .order(requested.order_id)
            .await
            .map_err(IntoProblem::into_problem)?
            .state;
        let placed = order.order().ok_or_else(Problem::not_found)?;
        let is_seller_of = |line_number| {
            placed
                .line(line_number)
                .is_some_and(|line| call.account_id() == Some(line.seller_id))
        };
        if !requested.lines.iter().all(|line| is_seller_of(line.line_number)) {
            return Err(Problem::not_found());
        }
    }
    let submission = call.submission(command, bytes)?;
    let accepted = execute(api, submission).await?;
    Ok(answer::changed(&accepted))
}
