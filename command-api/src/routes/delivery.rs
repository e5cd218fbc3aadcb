//! Deliveries: assignment and transfer to a courier, status updates, and another delivery of a returned parcel.

use std::sync::Arc;

use actix_web::web;
use domain::delivery::{
    AssignDelivery, CompletedBy, DeliverDelivery, DepartDelivery, FailDeliveryAttempt, PickUpDelivery,
    ReopenDelivery, ReturnDeliveryToSender, StartDeliveryReturn, TransferDelivery, TransitStatus,
};
use domain::validate::NOTE_CHARS_MAX;
use domain::{AccountId, Command, DeliveryId, DeliveryState, FreeText, OrderState, validate};
use platform::auth::{Permission, Role};
use platform::json::Json;
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::{self, Changed};
use super::call::Call;
use super::problem::{IntoProblem, rejected};
use super::returns::ReasonBody;
use super::sealing;
use crate::accounts;
use crate::api::Api;

/// The courier to assign.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AssignDelivery")]
pub(super) struct AssignBody {
    courier_id: AccountId,
}

/// The courier who takes a parcel that was picked up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TransferDelivery")]
pub(super) struct TransferBody {
    /// The courier who has it now.
    from_courier_id: AccountId,
    courier_id: AccountId,
    #[schemars(length(min = 1, max = NOTE_CHARS_MAX), example = &"Courier is ill")]
    reason: String,
}

/// The new status of a delivery.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SetDeliveryStatus")]
pub(super) struct StatusBody {
    status: Status,
    /// The status that you have seen. If the delivery has another one, nothing changes, and the problem names it in
    /// `delivery_status`.
    from: TransitStatus,
    /// Required for `attempt_failed`, and for an admin who sets `delivered`.
    #[schemars(length(max = NOTE_CHARS_MAX), example = &"Nobody at home")]
    reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DeliveryStep")]
enum Status {
    PickedUp,
    OnTheWay,
    Delivered,
    AttemptFailed,
    Returning,
    Returned,
}

/// `POST /deliveries/{id}/assignment`: assigns a delivery to a courier.
pub(super) async fn assign(
    api: web::Data<Api>,
    call: Call,
    id: PathId<DeliveryId>,
    body: Json<AssignBody>,
) -> Result<Changed, Problem> {
    let courier_id = body.value.courier_id;
    require_courier(&api, courier_id).await?;
    let command = AssignDelivery {
        delivery_id: id.0,
        courier_id,
    };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

/// `POST /deliveries/{id}/transfer`: transfers a parcel that was picked up to another courier.
pub(super) async fn transfer(
    api: web::Data<Api>,
    call: Call,
    id: PathId<DeliveryId>,
    body: Json<TransferBody>,
) -> Result<Changed, Problem> {
    let Json { value: body, bytes } = body;
    require_courier(&api, body.courier_id).await?;
    let reason = validate::reason("reason", &body.reason).map_err(rejected)?;
    let delivery = found(&api, id.0).await?;
    let command = TransferDelivery {
        delivery_id: id.0,
        from_courier_id: body.from_courier_id,
        courier_id: body.courier_id,
        reason: about_delivery(&api, &call, delivery, &reason).await?,
    };
    let accepted = call.execute(&api, command, &bytes).await?;
    Ok(answer::changed(&accepted))
}

/// `POST /deliveries/{id}/reopening`: delivers a parcel again that was returned to the sender.
pub(super) async fn reopen(
    api: web::Data<Api>,
    call: Call,
    id: PathId<DeliveryId>,
    body: Json<ReasonBody>,
) -> Result<Changed, Problem> {
    let reason = validate::reason("reason", &body.value.reason).map_err(rejected)?;
    let delivery = found(&api, id.0).await?;
    let command = ReopenDelivery {
        delivery_id: id.0,
        reason: about_delivery(&api, &call, delivery, &reason).await?,
    };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

async fn found(api: &Api, delivery_id: DeliveryId) -> Result<DeliveryState, Problem> {
    let delivery = api.lookup.delivery(delivery_id).await;
    Ok(delivery.map_err(IntoProblem::into_problem)?.state)
}

/// Seals a text about a delivery, as one about its order.
async fn about_delivery(
    api: &Api,
    author: &Call,
    delivery: DeliveryState,
    text: &str,
) -> Result<FreeText, Problem> {
    let order = match delivery.order_id() {
        Some(order_id) => {
            let order = api.lookup.order(order_id).await;
            order.map_err(IntoProblem::into_problem)?.state
        }
        None => OrderState::Unplaced,
    };
    sealing::about_order(api, author, order.order().map(Arc::as_ref), text).await
}

async fn require_courier(api: &Api, courier_id: AccountId) -> Result<(), Problem> {
    let account = accounts::find(&api.pool, courier_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    if account.is_some_and(|account| account.roles.contains(Role::Courier) && !account.is_disabled) {
        return Ok(());
    }
    Err(Problem::invalid_field("/courier_id", "is no courier"))
}

/// `PUT /deliveries/{id}/status`: updates the status of a delivery, by its courier or an admin. A former courier gets the
/// answer of a repeated step again, and nothing else.
pub(super) async fn set_status(
    api: web::Data<Api>,
    call: Call,
    id: PathId<DeliveryId>,
    body: Json<StatusBody>,
) -> Result<Changed, Problem> {
    let delivery_id = id.0;
    let delivery = found(&api, delivery_id).await?;
    let caller = call.account_id().ok_or_else(Problem::not_found)?;
    let is_courier = delivery.courier_id() == Some(caller);
    let is_admin = call.may(Permission::ManageDeliveries);
    let courier_id = delivery.courier_id().filter(|_| is_admin).unwrap_or(caller);
    let reason = match body.value.reason(courier_id == caller)? {
        Some(reason) => Some(about_delivery(&api, &call, delivery, &reason).await?),
        None => None,
    };
    let command = body.value.command(delivery_id, courier_id, reason);
    match call.execute(&api, command, &body.bytes).await {
        Ok(accepted) => Ok(answer::changed(&accepted)),
        // The status of a delivery is not for others.
        Err(problem) if problem.kind().status == 409 && !is_courier && !is_admin => Err(Problem::not_found()),
        Err(problem) => Err(problem),
    }
}

impl StatusBody {
    /// The reason that the step requires, as it is sealed; `None` if it requires none.
    fn reason(&self, is_courier: bool) -> Result<Option<String>, Problem> {
        let (required, check): (_, fn(_, &str) -> _) = match self.status {
            Status::AttemptFailed => ("is required with `attempt_failed`", validate::reason_of_lines),
            Status::Delivered if !is_courier => {
                ("is required of an admin who sets `delivered`", validate::reason)
            }
            _ => return Ok(None),
        };
        let reason = self.reason.as_deref();
        let reason = reason.ok_or_else(|| Problem::invalid_field("/reason", required))?;
        check("reason", reason).map(Some).map_err(rejected)
    }

    /// The command for the step, with the reason that it requires.
    fn command(self, delivery_id: DeliveryId, courier_id: AccountId, reason: Option<FreeText>) -> Command {
        let Self { status, from, .. } = self;
        match status {
            Status::PickedUp => PickUpDelivery {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            Status::OnTheWay => DepartDelivery {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            Status::Delivered => {
                let by = match reason {
                    None => CompletedBy::Courier(courier_id),
                    Some(reason) => CompletedBy::Admin { reason },
                };
                DeliverDelivery {
                    delivery_id,
                    by,
                    from,
                }
                .into()
            }
            Status::AttemptFailed => FailDeliveryAttempt {
                delivery_id,
                courier_id,
                from,
                reason: reason.unwrap_or_else(FreeText::none),
            }
            .into(),
            Status::Returning => StartDeliveryReturn {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            Status::Returned => ReturnDeliveryToSender {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
        }
    }
}
