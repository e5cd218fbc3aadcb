//! Payments: creating the intent, choosing a method, and completing a challenge.

use std::sync::Arc;

use actix_web::web;
use domain::payment::{ConfirmPayment, CreatePayment, ResolvePaymentAction};
use domain::{Command, OrderId, PaymentId, PaymentState};
use platform::answer::{Found, Versioned};
use platform::json::Json;
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::{self, Answer, Changed, Made};
use super::call::Call;
use super::order::is_owner;
use super::problem::IntoProblem;
use crate::api::Api;
use crate::executor::Submission;
use crate::lookup;
use crate::payment_provider::ChallengeOutcome;
use crate::payment_provider::sandbox::{METHOD_ACTION_REQUIRED, METHODS};

/// The order to create a payment intent for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CreatePayment")]
pub(super) struct CreatePaymentBody {
    order_id: OrderId,
}

/// The payment to confirm, and the method to pay with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ConfirmPayment")]
pub(super) struct ConfirmPaymentBody {
    payment_id: PaymentId,
    #[schemars(with = "schemas::http::PaymentMethod")]
    method: String,
}

/// The outcome of the provider's challenge.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CompletePaymentAction")]
pub(super) struct CompleteActionBody {
    outcome: ChallengeOutcome,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PaymentAnswer {
    #[serde(flatten)]
    answer: Answer,
    #[schemars(with = "schemas::http::PaymentStatus")]
    status: &'static str,
}

/// `POST /payments/intent`: creates the payment intent for the total of a pending order.
pub(super) async fn create(
    api: web::Data<Api>,
    call: Call,
    body: Json<CreatePaymentBody>,
) -> Result<Made, Problem> {
    let order_id = body.value.order_id;
    let order = api
        .lookup
        .order(order_id)
        .await
        .map_err(IntoProblem::into_problem)?
        .state;
    let placed = order
        .order()
        .filter(|_| is_owner(&call, &order))
        .ok_or_else(Problem::not_found)?;
    let command = CreatePayment {
        payment_id: placed.payment_id,
        order_id,
    };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::made(&accepted))
}

/// `POST /payments/confirm`: sets the payment method, asks the provider to authorise, and returns the outcome.
pub(super) async fn confirm(
    api: web::Data<Api>,
    call: Call,
    body: Json<ConfirmPaymentBody>,
) -> Result<Changed<PaymentAnswer>, Problem> {
    let payment_id = body.value.payment_id;
    let Some(method) = METHODS.into_iter().find(|method| *method == body.value.method) else {
        let detail = format!("must be one of {}", METHODS.join(", "));
        return Err(Problem::invalid_field("/method", detail));
    };
    let payment = own_payment(&api, &call, payment_id).await?;
    let submission = call.submission(
        ConfirmPayment {
            payment_id,
            method: method.to_owned(),
        },
        &body.bytes,
    )?;
    settle(&api, payment_id, (payment, method.to_owned()), submission).await
}

/// `POST /payments/{id}/action`: tells the sandbox provider how its challenge ended, and asks it to authorise
/// again. A real provider learns that from its own page.
pub(super) async fn complete_action(
    api: web::Data<Api>,
    call: Call,
    id: PathId<PaymentId>,
    body: Json<CompleteActionBody>,
) -> Result<Changed<PaymentAnswer>, Problem> {
    let payment_id = id.0;
    let payment = own_payment(&api, &call, payment_id).await?;
    if let PaymentState::RequiresAction { challenge, .. } = &payment.state {
        let told = api
            .payments
            .provider()
            .end_challenge(challenge, body.value.outcome)
            .await;
        told.map_err(|error| crate::payments::Error::from(error).into_problem())?;
    }
    // The only method with a challenge.
    let method = METHOD_ACTION_REQUIRED.to_owned();
    let submission = call.submission(ResolvePaymentAction { payment_id }, &body.bytes)?;
    settle(&api, payment_id, (payment, method), submission).await
}

/// Confirms the payment by `submission`, asks the provider and records its answer. A repeated request repeats all of it
/// with the same keys, and so gets the same answer.
///
/// Runs as a task of its own, so that a client that disconnects does not interrupt it half way.
async fn settle(
    api: &web::Data<Api>,
    payment_id: PaymentId,
    (payment, method): (lookup::Found<PaymentState>, String),
    submission: Submission,
) -> Result<Changed<PaymentAnswer>, Problem> {
    let amount = payment.state.intent().ok_or_else(Problem::not_found)?.amount;
    let api: Arc<Api> = Arc::clone(api);
    let settling = tokio::spawn(async move {
        let confirmed = api
            .executor
            .execute(submission.clone())
            .await
            .map_err(crate::payments::Error::from)?;
        let outcome = |command: Command| Call::step(&submission, "outcome", command);
        api.payments
            .authorise(payment_id, (confirmed.version, &method, amount), &outcome)
            .await
    });
    let settled = settling.await.map_err(Problem::internal)?;
    let (accepted, status) = settled.map_err(IntoProblem::into_problem)?;
    let body = PaymentAnswer {
        answer: Answer::from(&accepted),
        status,
    };
    Ok(Versioned {
        answer: Found(body),
        version: accepted.version,
    })
}

/// The payment, if it belongs to an order of the caller.
async fn own_payment(
    api: &Api,
    call: &Call,
    payment_id: PaymentId,
) -> Result<lookup::Found<PaymentState>, Problem> {
    let payment = api
        .lookup
        .payment(payment_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    let order_id = payment.state.intent().ok_or_else(Problem::not_found)?.order_id;
    let order = api
        .lookup
        .order(order_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    if is_owner(call, &order.state) {
        Ok(payment)
    } else {
        Err(Problem::not_found())
    }
}
