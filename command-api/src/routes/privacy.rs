//! Erasure and export of the data of a person.

use actix_web::{HttpRequest, web};
use domain::order::Customer;
use domain::privacy::ErasureRequester;
use domain::{AccountId, OrderId, PersonId, validate};
use platform::answer::{Found, Received, WithCookie};
use platform::auth::{Permission, Role, TokenVerifier};
use platform::http::{client_address, origin};
use platform::json::Json;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::auth;
use super::call::{Call, execute};
use super::order::has_email;
use super::problem::{INVALID_STATE, IntoProblem, ORDERS_OPEN, rejected};
use crate::accounts::{self, Account, Email, Password};
use crate::api::{Api, Attempt};
use crate::privacy::{self, Export, Subject};

mod desk;

pub(super) use desk::{erasures, export, find};

/// The longest name of a person: an e-mail address.
const SUBJECT_CHARS_MAX: usize = Email::CHARS_MAX;

/// The most order numbers in a message; the problem lists all orders.
const NUMBERS_MAX: usize = 5;

/// The proof that the caller is the person.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "EraseOwnData")]
pub(super) struct OwnErasureBody {
    /// The password of the account.
    password: Option<String>,
    /// For a guest: the e-mail address that the order was placed with.
    email: Option<String>,
}

/// The person to erase.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ErasePerson")]
pub(super) struct ErasureBody {
    /// The e-mail address or id of an account, or the number or id of a guest's order.
    #[schemars(length(min = 1, max = SUBJECT_CHARS_MAX), example = &"ada@example.com")]
    person: String,
    /// The reason, which is kept. Do not name the person in it.
    #[schemars(length(min = 1, max = validate::NOTE_CHARS_MAX))]
    reason: String,
}

/// The erasure was requested. It is carried out within seconds.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ErasureRequested")]
pub(super) struct ErasureAnswer {
    person_id: PersonId,
    message: &'static str,
}

/// `DELETE /auth/profile`: requests the erasure of the caller, and ends the caller's sessions.
pub(super) async fn erase_own(
    api: web::Data<Api>,
    verifier: web::Data<TokenVerifier>,
    request: HttpRequest,
    call: Call,
    body: Json<OwnErasureBody>,
) -> Result<WithCookie<Received<ErasureAnswer>>, Problem> {
    origin::check(&request)?;
    let Json { value: body, bytes } = body;
    let subject = own(&call)?;
    match subject {
        Subject::Account(account_id) => check_password(&api, &request, account_id, body.password).await?,
        Subject::Guest(order_id) => check_email(&api, &request, order_id, body.email).await?,
    }
    let answer = erase(&api, &call, subject, (ErasureRequester::Person, ""), &bytes).await?;
    match subject {
        Subject::Account(_) => verifier
            .revocations()
            .revoke_session(call.principal()?.session_id),
        Subject::Guest(order_id) => verifier.revocations().revoke_session(order_id.as_uuid()),
    }
    Ok(WithCookie {
        answer: Received(answer),
        cookie: Some(auth::no_cookie(&api)),
    })
}

/// `GET /auth/profile/export`: everything that is stored about the caller.
pub(super) async fn export_own(api: web::Data<Api>, request: HttpRequest) -> Result<Found<Export>, Problem> {
    let principal = platform::auth::authenticate(&request)?;
    let principal = principal.ok_or_else(|| Problem::unauthorized("Log in to continue."))?;
    let subject = match (principal.account_id(), principal.guest_order_id()) {
        (Some(account_id), _) => Subject::Account(AccountId::from_uuid(account_id)),
        (None, Some(order_id)) => Subject::Guest(OrderId::from_uuid(order_id)),
        (None, None) => return Err(Problem::unauthorized("Log in to continue.")),
    };
    let export = privacy::export(&api.pool, &api.lookup, &api.keys, subject).await;
    export.map(Found).map_err(IntoProblem::into_problem)
}

/// `POST /admin/privacy/erasures`: requests the erasure of a person on their behalf.
pub(super) async fn erase_other(
    api: web::Data<Api>,
    call: Call,
    body: Json<ErasureBody>,
) -> Result<Received<ErasureAnswer>, Problem> {
    let Json { value: body, bytes } = body;
    let reason = validate::text("reason", &body.reason, 1..=validate::NOTE_CHARS_MAX).map_err(rejected)?;
    let subject = found(&api, &body.person).await?;
    if let Subject::Account(account_id) = subject {
        let account = accounts::find(&api.pool, account_id).await;
        let account = account.map_err(IntoProblem::into_problem)?;
        if account.is_some_and(|account| is_admin(&account)) && !call.may(Permission::ManageAccounts) {
            return Err(Problem::forbidden());
        }
    }
    let by = (ErasureRequester::Admin, reason.as_str());
    erase(&api, &call, subject, by, &bytes).await.map(Received)
}

/// The person whom an admin named.
async fn found(api: &Api, person: &str) -> Result<Subject, Problem> {
    let found = privacy::find(&api.pool, &api.lookup, person.trim()).await;
    let subject = found.map_err(IntoProblem::into_problem)?;
    subject.ok_or_else(|| Problem::invalid_field("/person", "No account, and no order of a guest"))
}

/// Records the request, and ends the sessions of an account, which cannot log in from then on.
async fn erase(
    api: &Api,
    call: &Call,
    subject: Subject,
    (requested_by, reason): (ErasureRequester, &str),
    body: &[u8],
) -> Result<ErasureAnswer, Problem> {
    let open = subject.open_orders(&api.lookup).await;
    let open = open.map_err(IntoProblem::into_problem)?;
    if !open.is_empty() {
        let orders: Vec<_> = open
            .iter()
            .map(|order| json!({"id": order.0, "number": order.number()}))
            .collect();
        let numbers: Vec<String> = open
            .iter()
            .take(NUMBERS_MAX)
            .map(|order| order.number())
            .collect();
        let detail = format!(
            "Still open: {}. Cancel the order, or wait until it is delivered.",
            numbers.join(", ")
        );
        return Err(Problem::new(&ORDERS_OPEN, detail).with_member("orders", orders));
    }
    let command = subject.erasure(&api.keys, requested_by, reason).await;
    let command = command.map_err(IntoProblem::into_problem)?;
    execute(api, call.submission(command, body)?).await?;
    if let Subject::Account(account_id) = subject {
        let disabling = accounts::disable(&api.pool, account_id).await;
        disabling.map_err(IntoProblem::into_problem)?;
    }
    Ok(ErasureAnswer {
        person_id: subject.person_id(),
        message: "The data will be erased within seconds.",
    })
}

fn own(call: &Call) -> Result<Subject, Problem> {
    if let Some(account_id) = call.account_id() {
        return Ok(Subject::Account(account_id));
    }
    let order_id = call.principal()?.guest_order_id();
    let order_id = order_id.ok_or_else(|| Problem::unauthorized("Log in to continue."))?;
    Ok(Subject::Guest(OrderId::from_uuid(order_id)))
}

/// Refuses a wrong password, and an account of the staff, which an admin deletes.
async fn check_password(
    api: &Api,
    request: &HttpRequest,
    account_id: AccountId,
    password: Option<String>,
) -> Result<(), Problem> {
    let account = accounts::find(&api.pool, account_id).await;
    let account = account.map_err(IntoProblem::into_problem)?;
    let account = account.ok_or_else(|| Problem::unauthorized("The account is gone."))?;
    if account.roles.iter().any(|role| role != Role::Customer) {
        let detail = "Your account has a role in the shop. Ask an admin to delete it.";
        return Err(Problem::new(&INVALID_STATE, detail));
    }
    let password = password.ok_or_else(|| Problem::invalid_field("/password", "Enter your password"))?;
    let email = Email::typed(&account.email).map_err(Problem::internal)?;
    let attempt = Attempt::LogIn(email.lookup().to_owned());
    api.throttle.check(&attempt, client_address::of(request))?;
    let found = accounts::authenticate(&api.pool, &email, Password::typed(&password)).await;
    let is_right = found.map_err(IntoProblem::into_problem)?;
    if is_right.is_some_and(|found| found.account_id == account_id) {
        Ok(())
    } else {
        Err(Problem::invalid_field("/password", "Incorrect password"))
    }
}

/// Refuses a guest who does not know the e-mail address of the order.
async fn check_email(
    api: &Api,
    request: &HttpRequest,
    order_id: OrderId,
    email: Option<String>,
) -> Result<(), Problem> {
    let wrong = || Problem::invalid_field("/email", "Enter the e-mail address of the order");
    let email = Email::typed(&email.unwrap_or_default()).map_err(|_| wrong())?;
    let attempt = Attempt::LogIn(format!("order {order_id}"));
    api.throttle.check(&attempt, client_address::of(request))?;
    let found = api.lookup.order(order_id).await;
    let state = found.map_err(IntoProblem::into_problem)?.state;
    let order = state.order().filter(|order| order.customer == Customer::Guest);
    let order = order.ok_or_else(Problem::not_found)?;
    if has_email(api, order, &email).await? {
        Ok(())
    } else {
        Err(wrong())
    }
}

fn is_admin(account: &Account) -> bool {
    account.roles.contains(Role::Admin) || account.roles.contains(Role::Superadmin)
}
