//! The rate limit of requests: one table for commands and reads.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::{HttpRequest, web};
use uuid::Uuid;

use super::client_address;
use crate::auth::{Principal, authenticate};
use crate::config::Limits;
use crate::problem::Problem;
use crate::rate::Limiter;

/// Who sends a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Caller {
    Account(Uuid),
    /// Guests, and callers without a token.
    Address(IpAddr),
}

/// Counts the requests of each caller.
#[derive(Debug)]
pub struct RequestThrottle(Limiter<Caller>);

impl RequestThrottle {
    /// Allows each caller the configured number of requests.
    pub fn new(limits: &Limits) -> Self {
        let positive = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        Self(Limiter::new(
            positive(limits.requests_per_s),
            Duration::from_secs(1),
            positive(limits.requests_burst),
        ))
    }
}

/// Counts `request`.
///
/// # Errors
/// 429 with `Retry-After` when its caller has sent too many, and 401 when its token is not valid.
pub(crate) fn check(request: &HttpRequest) -> Result<(), Problem> {
    let Some(throttle) = request.app_data::<web::Data<RequestThrottle>>() else {
        return Err(Problem::internal("the application has no RequestThrottle"));
    };
    let principal = authenticate(request)?;
    let account = principal.as_deref().and_then(Principal::account_id);
    let address = || Caller::Address(client_address::of(request));
    throttle.0.check(&account.map_or_else(address, Caller::Account))
}
