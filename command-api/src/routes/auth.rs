//! Customer accounts: registration, log-in and log-out, session refresh, and the public key.

use std::future::{Ready, ready};

use actix_web::cookie::time::Duration as CookieDuration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use domain::AccountId;
use platform::answer::{Cacheable, Found, NoContent, Received, WithCookie};
use platform::auth::{Authenticated, JsonWebKeySet, Role, Roles, TokenVerifier};
use platform::http::{client_address, origin};
use platform::json::Json;
use platform::problem::{FieldError, Problem, kind};
use platform::route::{API_PREFIX, DocumentedArgument, Operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::problem::IntoProblem;
use crate::accounts::{self, Account, Email, NAME_CHARS_MAX, NewAccount, Password, password};
use crate::api::{Api, Attempt};
use crate::sessions::{self, ACCESS_TOKEN_LIFETIME_S, Refresh, Session};
use crate::tokens::{REFRESH_TOKEN_LIFETIME_S, RefreshClaims};

/// The cookie with the refresh token. Scripts cannot read it, and other sites cannot make a browser send it.
const REFRESH_COOKIE: &str = "waybill_refresh";

/// The account to create.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RegisterAccount")]
pub(super) struct RegisterBody {
    #[schemars(email, length(max = Email::CHARS_MAX), example = &"ada@example.com")]
    email: String,
    #[schemars(length(min = password::CHARS_MIN, max = password::CHARS_MAX), example = &"correct horse battery")]
    password: String,
    #[schemars(length(min = 1, max = NAME_CHARS_MAX), example = &"Ada Lovelace")]
    name: String,
}

/// The credentials of an account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Login")]
pub(super) struct LoginBody {
    #[schemars(example = &"customer@demo.waybill.dev")]
    email: String,
    #[schemars(example = &"waybill-demo-2026")]
    password: String,
}

/// The address has an account now. Whether it had one before is not told.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AccountRegistered")]
pub(super) struct RegisteredAnswer {
    message: &'static str,
}

/// An access token that is valid for `expires_in` seconds. The cookie holds the refresh token.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LoggedIn")]
pub(super) struct LoginAnswer {
    access_token: String,
    token_type: &'static str,
    expires_in: u32,
    account: AccountAnswer,
}

/// An account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Account")]
pub(super) struct AccountAnswer {
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

/// `POST /auth/register`: creates a customer account, unless the address has one. The answer is the same, so that nobody
/// learns who has an account.
pub(super) async fn register(
    api: web::Data<Api>,
    request: HttpRequest,
    body: Json<RegisterBody>,
) -> Result<Received<RegisteredAnswer>, Problem> {
    api.storage.check()?;
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
    let attempt = Attempt::LogIn(email.lookup().to_owned());
    api.throttle.check(&attempt, client_address::of(&request))?;
    api.throttle.check_from_anywhere(&attempt)?;
    let account = NewAccount {
        email,
        password,
        name: body.name,
        roles: Roles::only(Role::Customer),
    };
    match accounts::create(&api.pool, &api.keys, account).await {
        Ok(_) | Err(accounts::Error::EmailTaken) => Ok(Received(RegisteredAnswer {
            message: "If this e-mail address had no account yet, it has one now. Log in with its password.",
        })),
        Err(error) => Err(error.into_problem()),
    }
}

/// `POST /auth/login`: issues tokens for an e-mail address and its password. The error does not say which of the two is wrong.
pub(super) async fn login(
    api: web::Data<Api>,
    request: HttpRequest,
    body: Json<LoginBody>,
) -> Result<WithCookie<Found<LoginAnswer>>, Problem> {
    origin::check(&request)?;
    let refused = || {
        Problem::new(
            &kind::UNAUTHORIZED,
            "The e-mail address or the password is wrong.",
        )
    };
    let email = Email::typed(&body.value.email).map_err(|_| refused())?;
    let attempt = Attempt::LogIn(email.lookup().to_owned());
    api.throttle.check(&attempt, client_address::of(&request))?;
    if let Err(problem) = api.throttle.check_from_anywhere(&attempt)
        && !is_known(&api, &request, &email).await?
    {
        return Err(problem);
    }
    let password = Password::typed(&body.value.password);
    let account = accounts::authenticate(&api.pool, &email, password)
        .await
        .map_err(IntoProblem::into_problem)?;
    let account = account.ok_or_else(refused)?;
    let now = api.clock.now();
    let session = sessions::begin(&api.pool, account.account_id, now)
        .await
        .map_err(IntoProblem::into_problem)?;
    logged_in(&api, account, &session)
}

/// Whether the browser was logged in with this account before: it has a refresh token, of whatever session.
async fn is_known(api: &Api, request: &HttpRequest, email: &Email) -> Result<bool, Problem> {
    let Some(claims) = RefreshCookie::of(request).claims(api) else {
        return Ok(false);
    };
    let account_id = accounts::find_id(&api.pool, email)
        .await
        .map_err(IntoProblem::into_problem)?;
    let of_session = sessions::account_of(&api.pool, claims.sid)
        .await
        .map_err(IntoProblem::into_problem)?;
    Ok(account_id.is_some() && account_id == of_session)
}

/// `POST /auth/refresh`: exchanges the refresh token in the cookie for an access token and the next refresh token.
pub(super) async fn refresh(
    api: web::Data<Api>,
    verifier: web::Data<TokenVerifier>,
    request: HttpRequest,
    cookie: RefreshCookie,
) -> Result<WithCookie<Found<LoginAnswer>>, Problem> {
    origin::check(&request)?;
    let refused = || Problem::unauthorized("The session is over. Log in again.");
    let claims = cookie.claims(&api).ok_or_else(refused)?;
    let refreshed = sessions::refresh(&api.pool, claims.sid, claims.generation, api.clock.now())
        .await
        .map_err(IntoProblem::into_problem)?;
    let session = match refreshed {
        Refresh::Prolonged(session) => session,
        Refresh::Ended => return Err(refused()),
        Refresh::Reused => {
            verifier.revocations().revoke_session(claims.sid);
            tracing::warn!(session.id = %claims.sid, "A refresh token came back; its session was ended.");
            return Err(refused());
        }
    };
    let account = accounts::find(&api.pool, session.account_id)
        .await
        .map_err(IntoProblem::into_problem)?
        .filter(|account| !account.is_disabled)
        .ok_or_else(refused)?;
    logged_in(&api, account, &session)
}

/// `POST /auth/logout`: ends the session: in this process at once, in others within seconds.
pub(super) async fn logout(
    api: web::Data<Api>,
    verifier: web::Data<TokenVerifier>,
    request: HttpRequest,
    caller: Authenticated,
) -> Result<WithCookie<NoContent>, Problem> {
    origin::check(&request)?;
    sessions::revoke(&api.pool, caller.session_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    verifier.revocations().revoke_session(caller.session_id);
    // The browser may already hold the cookie of a later log-in.
    let is_ours = RefreshCookie::of(&request)
        .claims(&api)
        .is_some_and(|claims| claims.sid == caller.session_id);
    Ok(WithCookie {
        answer: NoContent,
        cookie: is_ours.then(|| no_cookie(&api)),
    })
}

/// `GET /auth/profile`: returns the caller's account.
pub(super) async fn profile(
    api: web::Data<Api>,
    caller: Authenticated,
) -> Result<Found<AccountAnswer>, Problem> {
    let account_id = AccountId::from_uuid(caller.subject);
    let account = accounts::find(&api.pool, account_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    let account = account.ok_or_else(|| Problem::unauthorized("The account is gone."))?;
    Ok(Found(AccountAnswer::from(account)))
}

/// Answers with an access token in the body, and the refresh token in the cookie.
fn logged_in(
    api: &Api,
    account: Account,
    session: &Session,
) -> Result<WithCookie<Found<LoginAnswer>>, Problem> {
    let access_token = api
        .issuer
        .access_token(
            account.account_id,
            account.roles,
            session.session_id,
            api.clock.now(),
        )
        .map_err(Problem::internal)?;
    let refresh_token = api.issuer.refresh_token(session).map_err(Problem::internal)?;
    let lifetime = CookieDuration::seconds(i64::from(REFRESH_TOKEN_LIFETIME_S));
    Ok(WithCookie {
        answer: Found(LoginAnswer {
            access_token,
            token_type: "Bearer",
            expires_in: ACCESS_TOKEN_LIFETIME_S,
            account: account.into(),
        }),
        cookie: Some(refresh_cookie(api, refresh_token, lifetime)),
    })
}

/// Makes the browser forget its refresh token.
pub(super) fn no_cookie(api: &Api) -> Cookie<'static> {
    refresh_cookie(api, String::new(), CookieDuration::ZERO)
}

fn refresh_cookie(api: &Api, token: String, lifetime: CookieDuration) -> Cookie<'static> {
    Cookie::build(REFRESH_COOKIE, token)
        .path(format!("{API_PREFIX}/auth"))
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(api.is_https)
        .max_age(lifetime)
        .finish()
}

/// The refresh token in the request's cookie, if there is one.
pub(super) struct RefreshCookie(Option<String>);

impl RefreshCookie {
    fn of(request: &HttpRequest) -> Self {
        let cookie = request.cookie(REFRESH_COOKIE);
        Self(cookie.map(|cookie| cookie.value().to_owned()))
    }

    fn claims(&self, api: &Api) -> Option<RefreshClaims> {
        api.issuer.read_refresh_token(self.0.as_deref()?, api.clock.now())
    }
}

impl FromRequest for RefreshCookie {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl DocumentedArgument for RefreshCookie {
    fn document(operation: &mut Operation<'_>) {
        operation.authenticated_by("refreshCookie");
    }
}

/// `GET /.well-known/jwks.json`: returns the public key that verifies tokens.
#[allow(clippy::unused_async, reason = "a handler is async")]
pub(super) async fn jwks(api: web::Data<Api>) -> Cacheable<Found<JsonWebKeySet>> {
    Cacheable {
        answer: Found(JsonWebKeySet::of(api.issuer.public_key())),
        max_age_s: 300,
    }
}
