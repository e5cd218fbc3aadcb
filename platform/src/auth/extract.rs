//! Extractors for the authenticated caller.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::{InvalidToken, Principal, TokenVerifier};
use crate::problem::Problem;

/// The caller, who sent a valid token. Without one the answer is 401.
#[derive(Debug, Clone)]
pub struct Authenticated(pub Arc<Principal>);

/// The caller, if a token was sent. An invalid token is still answered with 401.
#[derive(Debug, Clone)]
pub struct MaybeAuthenticated(pub Option<Arc<Principal>>);

impl Deref for Authenticated {
    type Target = Principal;

    fn deref(&self) -> &Principal {
        &self.0
    }
}

/// The result of checking the request's token, kept with the request.
struct Verified(Option<Arc<Principal>>);

/// Identifies the caller by the `Authorization` header; `None` without one. Takes the verifier from the application's
/// data and keeps the result with the request.
///
/// # Errors
/// 401 when the header holds no valid bearer token; 500 when the application has no verifier.
pub fn authenticate(request: &HttpRequest) -> Result<Option<Arc<Principal>>, Problem> {
    if let Some(Verified(principal)) = request.extensions().get::<Verified>() {
        return Ok(principal.clone());
    }
    let principal = match request.headers().get(header::AUTHORIZATION) {
        None => None,
        Some(value) => {
            let token = value
                .to_str()
                .ok()
                .and_then(bearer)
                .ok_or_else(|| refused("is not a bearer token"))?;
            let verifier = request
                .app_data::<web::Data<TokenVerifier>>()
                .ok_or_else(|| Problem::internal("the application has no TokenVerifier"))?;
            Some(verifier.verify(token).map_err(invalid)?)
        }
    };
    request.extensions_mut().insert(Verified(principal.clone()));
    Ok(principal)
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token.trim())
}

fn refused(detail: &str) -> Problem {
    Problem::unauthorized(format!("The Authorization header {detail}."))
}

fn invalid(error: InvalidToken) -> Problem {
    let value = header::HeaderValue::from_static("Bearer realm=\"waybill\", error=\"invalid_token\"");
    let detail = match error {
        InvalidToken::Malformed(_) => "Invalid access token. Log in again.",
        InvalidToken::Expired => "The access token has expired. Log in again.",
        InvalidToken::Revoked => "The access token has been revoked. Log in again.",
    };
    Problem::new(&crate::problem::kind::UNAUTHORIZED, detail)
        .with_header(header::WWW_AUTHENTICATE, value)
        .with_source(error)
}

impl FromRequest for Authenticated {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match authenticate(request) {
            Ok(Some(principal)) => Ok(Self(principal)),
            Ok(None) => Err(Problem::unauthorized("Log in to continue.")),
            Err(problem) => Err(problem),
        })
    }
}

impl MaybeAuthenticated {
    /// The caller, of a request that only some callers may make.
    ///
    /// # Errors
    /// 401 when there is none.
    pub fn required(&self) -> Result<&Principal, Problem> {
        self.0
            .as_deref()
            .ok_or_else(|| Problem::unauthorized("Log in to continue."))
    }
}

impl FromRequest for MaybeAuthenticated {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(authenticate(request).map(Self))
    }
}
