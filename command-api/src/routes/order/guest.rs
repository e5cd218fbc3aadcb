//! Guests' orders in another browser: found by number and e-mail address.

use std::time::Duration;

use actix_web::{HttpRequest, web};
use chrono::{DateTime, TimeDelta, Utc};
use domain::OrderId;
use domain::order::{Customer, Number, PlacedOrder};
use platform::answer::Found;
use platform::http::client_address;
use platform::json::Json;
use platform::problem::{FieldError, Problem, kind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep_until};

use super::super::contact;
use super::super::problem::IntoProblem;
use crate::accounts::Email;
use crate::api::{Api, Attempt};
use crate::tokens::GUEST_TOKEN_LIFETIME_S;

/// How long a search without a result takes: longer than a search needs, so that a wrong e-mail address takes as long as
/// an unknown number.
const NOT_FOUND_AFTER: Duration = Duration::from_millis(500);

/// The order to find.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FindGuestOrder")]
pub(in crate::routes) struct FindBody {
    /// The order's number, in any letter case, with or without `WB` and hyphens.
    #[schemars(example = &"WB-7K2M-Q9XD")]
    number: String,
    /// The e-mail address that the order was placed with.
    #[schemars(example = &"ada@example.com")]
    email: String,
}

/// The order, and a token that gives its guest access to it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GuestOrderFound")]
pub(in crate::routes) struct FoundAnswer {
    order_id: OrderId,
    guest_token: String,
    expires_at: DateTime<Utc>,
}

/// `POST /guest-tokens`: finds a guest's order. A customer's order is not found: its account gives access to it,
/// and this would be a way around the account's password.
pub(in crate::routes) async fn find(
    api: web::Data<Api>,
    request: HttpRequest,
    body: Json<FindBody>,
) -> Result<Found<FoundAnswer>, Problem> {
    let (number, email) = parse(&body.value)?;
    let attempt = Attempt::FindOrder(number);
    api.throttle.check(&attempt, client_address::of(&request))?;
    api.throttle.check_from_anywhere(&attempt)?;
    let not_found_at = Instant::now() + NOT_FOUND_AFTER;
    let Some(order_id) = order_of(&api, number, &email).await? else {
        sleep_until(not_found_at).await;
        let detail = "No guest order has this number and e-mail address.";
        return Err(Problem::new(&kind::NOT_FOUND, detail));
    };
    let now = api.clock.now();
    let guest_token = api.issuer.guest_token(order_id, now).map_err(Problem::internal)?;
    Ok(Found(FoundAnswer {
        order_id,
        guest_token,
        expires_at: now + TimeDelta::seconds(i64::from(GUEST_TOKEN_LIFETIME_S)),
    }))
}

fn parse(body: &FindBody) -> Result<(Number, Email), Problem> {
    let mut errors = Vec::new();
    let number = Number::parse(&body.number);
    if number.is_none() {
        errors.push(FieldError::new(
            "/number",
            "Enter the order number, such as WB-7K2M-Q9XD",
        ));
    }
    let email = Email::typed(&body.email)
        .map_err(|error| errors.push(FieldError::new("/email", error.to_string())))
        .ok();
    number.zip(email).ok_or_else(|| Problem::validation(errors))
}

/// The guest's order with this number and address.
async fn order_of(api: &Api, number: Number, email: &Email) -> Result<Option<OrderId>, Problem> {
    let order_ids = api.lookup.numbered(number).await;
    for order_id in order_ids.map_err(IntoProblem::into_problem)? {
        let found = api.lookup.order(order_id).await;
        let state = found.map_err(IntoProblem::into_problem)?.state;
        let order = state.order().filter(|order| order.customer == Customer::Guest);
        if let Some(order) = order
            && has_email(api, order, email).await?
        {
            return Ok(Some(order_id));
        }
    }
    Ok(None)
}

/// Whether the order was placed with this address. Nobody knows after the guest was erased.
pub(in crate::routes) async fn has_email(
    api: &Api,
    order: &PlacedOrder,
    email: &Email,
) -> Result<bool, Problem> {
    let Some(sealed) = &order.contact else {
        return Ok(false);
    };
    let opened = api.keys.open(sealed.person_id.as_uuid(), &sealed.ciphertext);
    let Some(contact) = opened.await.map_err(IntoProblem::into_problem)? else {
        return Ok(false);
    };
    let stored = contact::email_of(&contact).map_err(Problem::internal)?;
    Ok(stored.is_some_and(|stored| stored.lookup() == email.lookup()))
}
