//! Deliveries: assignment to a courier, and status updates.

use actix_web::web;
use domain::delivery::{
    AssignDelivery, CompletedBy, DeliverDelivery, DepartDelivery, FailDeliveryAttempt, PickUpDelivery,
    ReturnDeliveryToSender, StartDeliveryReturn,
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
use super::call::{Call, execute};
use super::problem::IntoProblem;
use crate::accounts;
use crate::api::Api;

/// The courier to assign.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AssignDelivery")]
pub(super) struct AssignBody {
    courier_id: AccountId,
}

/// The new status of a delivery.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SetDeliveryStatus")]
pub(super) struct StatusBody {
    status: Status,
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
    let account = accounts::find(&api.pool, courier_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    if !account.is_some_and(|account| account.roles.contains(Role::Courier) && !account.is_disabled) {
        return Err(Problem::invalid_field("/courier_id", "is no courier"));
    }
    let submission = call.submission(
        AssignDelivery {
            delivery_id: id.0,
            courier_id,
        },
        &body.bytes,
    )?;
    let accepted = execute(&api, submission).await?;
    Ok(answer::changed(&accepted))
}

/// `PUT /deliveries/{id}/status`: updates the status of a delivery, by its courier or an admin.
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
    let courier_id = match delivery.courier_id() {
        Some(courier_id) if courier_id == caller => courier_id,
        // For an admin the body names the courier; an unassigned delivery is refused by the business rules.
        courier_id if call.may(Permission::ManageDeliveries) => courier_id.unwrap_or(caller),
        _ => return Err(Problem::not_found()),
    };
    let command = body
        .value
        .command(delivery_id, courier_id, courier_id == caller)?;
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

impl StatusBody {
    fn command(
        &self,
        delivery_id: DeliveryId,
        courier_id: AccountId,
        is_courier: bool,
    ) -> Result<Command, Problem> {
        Ok(match (self.status, &self.reason) {
            (Status::PickedUp, _) => PickUpDelivery {
                delivery_id,
                courier_id,
            }
            .into(),
            (Status::OnTheWay, _) => DepartDelivery {
                delivery_id,
                courier_id,
            }
            .into(),
            (Status::Delivered, Some(reason)) if !is_courier => {
                let by = CompletedBy::Admin {
                    reason: reason.clone(),
                };
                DeliverDelivery { delivery_id, by }.into()
            }
            (Status::Delivered, _) => DeliverDelivery {
                delivery_id,
                by: CompletedBy::Courier(courier_id),
            }
            .into(),
            (Status::AttemptFailed, Some(reason)) => FailDeliveryAttempt {
                delivery_id,
                courier_id,
                reason: reason.clone(),
            }
            .into(),
            (Status::AttemptFailed, None) => {
                return Err(Problem::invalid_field(
                    "/reason",
                    "is required with `attempt_failed`",
                ));
            }
            (Status::Returning, _) => StartDeliveryReturn {
                delivery_id,
                courier_id,
            }
            .into(),
            (Status::Returned, _) => ReturnDeliveryToSender {
                delivery_id,
                courier_id,
            }
            .into(),
        })
    }
}
