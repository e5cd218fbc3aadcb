//! Deliveries: assignment and transfer to a courier, status updates, and another delivery of a returned parcel.

use actix_web::web;
use domain::delivery::{
    AssignDelivery, CompletedBy, DeliverDelivery, DepartDelivery, FailDeliveryAttempt, PickUpDelivery,
    ReopenDelivery, ReturnDeliveryToSender, StartDeliveryReturn, TransferDelivery, TransitStatus,
};
use domain::validate::NOTE_CHARS_MAX;
use domain::{AccountId, Command, DeliveryId};
use platform::auth::{Permission, Role};
use platform::json::Json;
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::{self, Changed};
use super::call::Call;
use super::problem::IntoProblem;
use super::returns::ReasonBody;
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
    let command = TransferDelivery {
        delivery_id: id.0,
        from_courier_id: body.from_courier_id,
        courier_id: body.courier_id,
        reason: body.reason,
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
    let command = ReopenDelivery {
        delivery_id: id.0,
        reason: body.value.reason,
    };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
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
    let delivery = api
        .lookup
        .delivery(delivery_id)
        .await
        .map_err(IntoProblem::into_problem)?
        .state;
    let caller = call.account_id().ok_or_else(Problem::not_found)?;
    let is_courier = delivery.courier_id() == Some(caller);
    let is_admin = call.may(Permission::ManageDeliveries);
    let courier_id = delivery.courier_id().filter(|_| is_admin).unwrap_or(caller);
    let command = body
        .value
        .command(delivery_id, courier_id, courier_id == caller)?;
    match call.execute(&api, command, &body.bytes).await {
        Ok(accepted) => Ok(answer::changed(&accepted)),
        // The status of a delivery is not for others.
        Err(problem) if problem.kind().status == 409 && !is_courier && !is_admin => Err(Problem::not_found()),
        Err(problem) => Err(problem),
    }
}

impl StatusBody {
    fn command(
        self,
        delivery_id: DeliveryId,
        courier_id: AccountId,
        is_courier: bool,
    ) -> Result<Command, Problem> {
        let Self { status, from, reason } = self;
        Ok(match status {
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
                let by = if is_courier {
                    CompletedBy::Courier(courier_id)
                } else {
                    let reason = required(reason, "is required of an admin who sets `delivered`")?;
                    CompletedBy::Admin { reason }
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
                reason: required(reason, "is required with `attempt_failed`")?,
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
        })
    }
}

fn required(reason: Option<String>, detail: &str) -> Result<String, Problem> {
    reason.ok_or_else(|| Problem::invalid_field("/reason", detail))
}
