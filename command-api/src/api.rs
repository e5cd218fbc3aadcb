//! Shared state of the handlers.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use event_store::KeyRing;
use platform::clock::Clock;
use platform::config::Limits;
use platform::problem::Problem;
use platform::rate::Limiter;
use platform::storage::Storage;
use sqlx::PgPool;

use crate::executor::Executor;
use crate::idempotency::GuestScopes;
use crate::lookup::Lookup;
use crate::payments::Payments;
use crate::routes::holds::Holds;
use crate::tokens::TokenIssuer;

/// Log-in attempts of an address, as a multiple of an account's: several people may share an address.
const LOGINS_PER_ADDRESS: u32 = 10;

/// The state shared by all handlers.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) executor: Executor,
    pub(crate) lookup: Lookup,
    pub(crate) payments: Payments,
    pub(crate) keys: KeyRing,
    pub(crate) pool: PgPool,
    pub(crate) issuer: TokenIssuer,
    pub(crate) guest_scopes: GuestScopes,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) throttle: Throttle,
    pub(crate) holds: Holds,
    pub(crate) storage: Storage,
    pub(crate) is_https: bool,
}

/// Key of a rate limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Who {
    Address(IpAddr),
    Email(String),
}

/// The rate limits of log-ins.
#[derive(Debug)]
pub(crate) struct Throttle {
    logins: Limiter<Who>,
    logins_by_address: Limiter<Who>,
}

impl Throttle {
    pub(crate) fn new(limits: &Limits) -> Self {
        let positive = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let minute = Duration::from_mins(1);
        let logins = positive(limits.logins_per_minute);
        let logins_by_address = logins.saturating_mul(positive(LOGINS_PER_ADDRESS));
        Self {
            logins: Limiter::new(logins, minute, logins),
            logins_by_address: Limiter::new(logins_by_address, minute, logins_by_address),
        }
    }

    /// Counts a log-in attempt, or an operation that is as costly.
    pub(crate) fn login(&self, email_lookup: &str, address: IpAddr) -> Result<(), Problem> {
        self.logins_by_address.check(&Who::Address(address))?;
        self.logins.check(&Who::Email(email_lookup.to_owned()))
    }
}
