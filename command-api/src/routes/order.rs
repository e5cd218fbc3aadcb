//! Orders: placing, cancelling, notes.

use std::sync::Arc;

use actix_web::{HttpRequest, web};
use chrono::{DateTime, TimeDelta, Utc};
use domain::order::{CancelOrder, CancelledBy, Customer, LINES_MAX, PlaceOrder, RequestedLines, WebLine};
use domain::validate::{NOTE_CHARS_MAX, QUANTITY_MAX};
use domain::{Money, OrderId, OrderState, Sealed, Sku, StreamState, order, validate};
use event_store::NewSubjectKey;
use platform::answer::{Created, Versioned};
use platform::auth::Permission;
use platform::http::client_address;
use platform::json::{Json, JsonOrDefault};
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::answer::{self, Answer, Changed, Made};
use super::call::{Call, execute};
use super::contact::{Contact, ShippingAddress};
use super::holds::{Hold, Holder};
use super::problem::{INVALID_STATE, IntoProblem, rejected};
use super::returns::NoBody;
use super::sealing;
use crate::accounts::Email;
use crate::api::Api;
use crate::executor::Accepted;
use crate::{idempotency, payments};

mod guest;
mod note;

pub(super) use guest::{find, has_email};
pub(super) use note::add as add_note;

/// The order to place.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlaceOrder")]
pub(super) struct PlaceOrderBody {
    #[schemars(length(min = 1, max = LINES_MAX))]
    lines: Vec<LineBody>,
    shipping_address: ShippingAddress,
    /// Required for guest orders.
    #[schemars(email, length(max = Email::CHARS_MAX), example = &"ada@example.com")]
    email: Option<String>,
}

/// A line of the order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OrderLineWanted")]
struct LineBody {
    #[schemars(example = &"85123A")]
    sku: Sku,
    #[schemars(range(min = 1, max = QUANTITY_MAX), example = 2)]
    quantity: i64,
    /// The price per unit that the customer was shown, in minor units. If the price has changed since, the order is not
    /// placed, and the problem names both prices.
    #[schemars(range(min = 0))]
    expected_unit_price_minor: Option<i64>,
}

/// A reason, which may be omitted.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OptionalReason")]
pub(super) struct OptionalReasonBody {
    #[schemars(length(max = NOTE_CHARS_MAX))]
    pub(super) reason: Option<String>,
}

/// Why an order is cancelled.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CancelOrder")]
pub(super) struct CancelBody {
    #[schemars(length(max = NOTE_CHARS_MAX))]
    reason: Option<String>,
    /// Whether the units of a parcel that was returned to the sender can be sold again; true if absent. Only an admin can
    /// set it.
    restock: Option<bool>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OrderPlaced")]
pub(super) struct OrderPlacedAnswer {
    #[serde(flatten)]
    answer: Answer,
    number: String,
    payment_id: Uuid,
    delivery_id: Uuid,
    total: Money,
    reservation_expires_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_token: Option<String>,
}

/// `POST /orders`: places an order and reserves its stock for a limited time. Without a token, or with a guest's, it
/// is a guest order, which requires an e-mail address.
pub(super) async fn place(
    api: web::Data<Api>,
    call: Call,
    request: HttpRequest,
    body: Json<PlaceOrderBody>,
) -> Result<Made<OrderPlacedAnswer>, Problem> {
    let Json { value: body, bytes } = body;
    let email = email(body.email.as_deref())?;
    let contact = Contact::parse(&body.shipping_address, email.as_ref())?;
    let order_id = OrderId::from_uuid(Uuid::now_v7());
    let customer = match call.account_id() {
        Some(account_id) => {
            call.principal()?.require(Permission::Buy)?;
            Customer::Account { account_id }
        }
        None => Customer::Guest,
    };
    let scope = match (customer, &email) {
        (Customer::Account { account_id }, _) => format!("account/{account_id}"),
        (Customer::Guest, Some(email)) => api.guest_scopes.scope(email),
        (Customer::Guest, None) => return Err(Problem::invalid_field("/email", "is required of a guest")),
    };
    let (sealed, new_key) = seal(&api, customer, order_id, &contact).await?;
    let now = api.clock.now();
    let reservation_expires_at = now + TimeDelta::seconds(i64::from(api.limits.reservation_s));
    let holders = [
        Holder::Buyer(scope.clone()),
        Holder::Address(client_address::of(&request)),
    ];
    let hold = Hold {
        order_id,
        command: format!("{scope}/{}", call.key()),
        added_at: now,
        expires_at: reservation_expires_at,
        units: body
            .lines
            .iter()
            .map(|line| (line.sku.clone(), line.quantity))
            .collect(),
    };
    let command = PlaceOrder {
        order_id,
        customer,
        lines: RequestedLines::Web(body.lines.into_iter().map(WebLine::from).collect()),
        country: contact.country().to_owned(),
        contact: Some(sealed),
        payment_id: idempotency::payment_id(order_id),
        delivery_id: idempotency::delivery_id(order_id),
        reservation_expires_at,
    };
    let mut submission = call.submission_in(scope, command, &bytes);
    submission.new_keys.extend(new_key);
    api.holds.add(&holders, hold, &api.lookup).await?;
    let accepted = execute(&api, submission).await;
    let is_placed = accepted
        .as_ref()
        .is_ok_and(|accepted| answer::id(accepted) == order_id.to_string());
    if !is_placed {
        // Rejected, or a repetition, whose order is counted already.
        api.holds.remove(&holders, order_id);
    }
    placed(&api, accepted?, customer).await
}

/// The answer for a placed order; the same for the first request and for every repetition.
async fn placed(
    api: &Api,
    accepted: Accepted,
    customer: Customer,
) -> Result<Made<OrderPlacedAnswer>, Problem> {
    let order_id: OrderId = answer::id(&accepted).parse().map_err(Problem::internal)?;
    let (answer, version) = (Answer::from(&accepted), accepted.version);
    let state = match accepted.state {
        Some(StreamState::Order(state)) => state,
        // A repeated command: the values of its answer were fixed when the order was placed.
        _ => {
            api.lookup
                .order(order_id)
                .await
                .map_err(IntoProblem::into_problem)?
                .state
        }
    };
    let order = state
        .order()
        .ok_or_else(|| Problem::internal("an accepted order is not in the store"))?;
    let guest_token = match customer {
        Customer::Guest => Some(
            api.issuer
                .guest_token(order_id, order.placed_at)
                .map_err(Problem::internal)?,
        ),
        Customer::Account { .. } => None,
    };
    let body = OrderPlacedAnswer {
        answer,
        number: order::number(order_id),
        payment_id: order.payment_id.as_uuid(),
        delivery_id: order.delivery_id.as_uuid(),
        total: order.totals.total(),
        reservation_expires_at: order.reservation_expires_at,
        guest_token,
    };
    Ok(Versioned {
        answer: Created(body),
        version,
    })
}

/// Seals the contact: with the account's key, or with a new one for only this guest's order.
async fn seal(
    api: &Api,
    customer: Customer,
    order_id: OrderId,
    contact: &Contact,
) -> Result<(Sealed, Option<NewSubjectKey>), Problem> {
    let plaintext = serde_json::to_vec(contact).map_err(Problem::internal)?;
    match customer {
        Customer::Account { account_id } => {
            let sealed = sealing::seal(api, sealing::person_of(account_id), &plaintext).await?;
            Ok((sealed, None))
        }
        Customer::Guest => {
            let (sealed, key) = sealing::seal_new(api, sealing::guest_of(order_id), &plaintext)?;
            Ok((sealed, Some(key)))
        }
    }
}

fn email(text: Option<&str>) -> Result<Option<Email>, Problem> {
    text.map(Email::parse)
        .transpose()
        .map_err(|error| Problem::invalid_field("/email", error.to_string()))
}

impl From<LineBody> for WebLine {
    fn from(line: LineBody) -> Self {
        Self {
            sku: line.sku,
            quantity: line.quantity,
            expected_unit_price_minor: line.expected_unit_price_minor,
        }
    }
}

/// `POST /orders/{id}/cancellation`: cancels an order before it is picked up, or after its parcel was returned to the
/// sender.
pub(super) async fn cancel(
    api: web::Data<Api>,
    call: Call,
    id: PathId<OrderId>,
    body: JsonOrDefault<CancelBody>,
) -> Result<Changed, Problem> {
    let order_id = id.0;
    let found = api
        .lookup
        .order(order_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    let by = if is_owner(&call, &found.state) {
        CancelledBy::Customer
    } else if call.may(Permission::ManageOrders) && found.version > 0 {
        CancelledBy::Admin
    } else {
        return Err(Problem::not_found());
    };
    if body.value.restock.is_some() && by == CancelledBy::Customer {
        return Err(Problem::invalid_field("/restock", "can only be set by an admin"));
    }
    let reason =
        validate::note("reason", body.value.reason.as_deref().unwrap_or_default()).map_err(rejected)?;
    let placed = found.state.order().map(Arc::as_ref);
    let command = CancelOrder {
        order_id,
        by,
        reason: sealing::about_order(&api, &call, placed, &reason).await?,
        restock: body.value.restock.unwrap_or(true),
    };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

/// `POST /orders/{id}/refund`: requests the refund of an order that is over again, after the provider refused it.
pub(super) async fn refund(
    api: web::Data<Api>,
    call: Call,
    id: PathId<OrderId>,
    body: JsonOrDefault<NoBody>,
) -> Result<Changed, Problem> {
    let order = api
        .lookup
        .order(id.0)
        .await
        .map_err(IntoProblem::into_problem)?
        .state;
    let placed = order.order().ok_or_else(Problem::not_found)?;
    let payment = api
        .lookup
        .payment(placed.payment_id)
        .await
        .map_err(IntoProblem::into_problem)?
        .state;
    let nothing_left = || Problem::new(&INVALID_STATE, "There is nothing left to refund.");
    if !order.is_over() {
        return Err(Problem::new(&INVALID_STATE, "Cancel the order to refund it."));
    }
    let command = payments::refund_of_rest(placed, &payment).ok_or_else(nothing_left)?;
    let is_empty = command.amount.minor == 0;
    // Even without anything left, so that a repeated request gets its first answer.
    match call.execute(&api, command, &body.bytes).await {
        Ok(accepted) => Ok(answer::changed(&accepted)),
        Err(_) if is_empty => Err(nothing_left()),
        Err(problem) => Err(problem),
    }
}

/// Whether the caller placed the order.
pub(super) fn is_owner(call: &Call, order: &OrderState) -> bool {
    order.order().is_some_and(|order| match order.customer {
        Customer::Account { account_id } => call.account_id() == Some(account_id),
        Customer::Guest => call.is_guest_of(order.order_id),
    })
}
