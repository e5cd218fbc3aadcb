//! Accounts of customers, logging in and out, and the public key.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::AccountId;
use platform::auth::{Authenticated, Role, Roles, TokenVerifier, render_jwks};
use platform::http::client_address;
use platform::json::Json;
use platform::problem::{FieldError, Problem, kind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::problem::IntoProblem;
use crate::accounts::{self, Account, Email, NewAccount, Password};
use crate::api::Api;
use crate::sessions;
use crate::tokens::ACCESS_TOKEN_LIFETIME_S;

/// An account as it is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterBody {
    email: String,
    password: String,
    name: String,
}

/// Who wants in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginBody {
    email: String,
    password: String,
}

#[derive(Serialize)]
struct LoginAnswer {
    access_token: String,
    token_type: &'static str,
    expires_in: u32,
    account: AccountAnswer,
}

#[derive(Serialize)]
struct AccountAnswer {
    id: Uuid,
    email: String,
    name: String,
    roles: Roles,
}

impl From<Account> for AccountAnswer {
    fn from(account: Account) -> Self {
        Self {
            id: account.account_id.as_uuid(),
            email: account.email,
            name: account.name,
            roles: account.roles,
        }
    }
}

/// `POST /auth/register`: makes a customer's account.
pub(super) async fn register(
    api: web::Data<Api>,
    request: HttpRequest,
    body: Json<RegisterBody>,
) -> Result<HttpResponse, Problem> {
    let body = body.value;
    let mut errors = Vec::new();
    let email = Email::parse(&body.email)
        .map_err(|error| errors.push(FieldError::new("/email", error.to_string())))
        .ok();
    let password = Password::parse(&body.password)
        .map_err(|error| errors.push(FieldError::new("/password", error.to_string())))
        .ok();
    let (Some(email), Some(password)) = (email, password) else {
        return Err(Problem::validation(errors));
    };
    api.throttle.login(email.lookup(), client_address::of(&request))?;
    let account = NewAccount {
        email,
        password,
        name: body.name,
        roles: Roles::only(Role::Customer),
    };
    let account_id = accounts::create(&api.pool, &api.keys, account)
        .await
        .map_err(IntoProblem::into_problem)?;
    Ok(HttpResponse::Created().json(serde_json::json!({"id": account_id.as_uuid()})))
}

/// `POST /auth/login`: gives a token for an e-mail address and its password. What was wrong is not said.
pub(super) async fn login(
    api: web::Data<Api>,
    request: HttpRequest,
    body: Json<LoginBody>,
) -> Result<HttpResponse, Problem> {
    let refused = || {
        Problem::new(
            &kind::UNAUTHORIZED,
            "The e-mail address or the password is wrong.",
        )
    };
    let email = Email::parse(&body.value.email).map_err(|_| refused())?;
    api.throttle.login(email.lookup(), client_address::of(&request))?;
    let password = Password::typed(&body.value.password);
    let account = accounts::authenticate(&api.pool, &email, password)
        .await
        .map_err(IntoProblem::into_problem)?;
    let account = account.ok_or_else(refused)?;
    let now = api.clock.now();
    let session_id = sessions::begin(&api.pool, account.account_id, now)
        .await
        .map_err(IntoProblem::into_problem)?;
    let access_token = api
        .issuer
        .access_token(account.account_id, account.roles, session_id, now)
        .map_err(Problem::internal)?;
    Ok(HttpResponse::Ok().json(LoginAnswer {
        access_token,
        token_type: "Bearer",
        expires_in: ACCESS_TOKEN_LIFETIME_S,
        account: account.into(),
    }))
}

/// `POST /auth/logout`: ends the session; in this process at once, in others within seconds.
pub(super) async fn logout(
    api: web::Data<Api>,
    verifier: web::Data<TokenVerifier>,
    caller: Authenticated,
) -> Result<HttpResponse, Problem> {
    sessions::revoke(&api.pool, caller.session_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    verifier.revocations().revoke_session(caller.session_id);
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /auth/profile`: the caller's account.
pub(super) async fn profile(api: web::Data<Api>, caller: Authenticated) -> Result<HttpResponse, Problem> {
    let account_id = AccountId::from_uuid(caller.subject);
    let account = accounts::find(&api.pool, account_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    let account = account.ok_or_else(|| Problem::unauthorized("The account is gone."))?;
    Ok(HttpResponse::Ok().json(AccountAnswer::from(account)))
}

/// `GET /.well-known/jwks.json`: the key that tokens are checked with.
#[allow(clippy::unused_async, reason = "a handler is async")]
pub(super) async fn jwks(api: web::Data<Api>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("cache-control", "public, max-age=300"))
        .body(render_jwks(api.issuer.public_key()))
}
