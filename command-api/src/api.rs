//! Shared state of the handlers.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use domain::order::Number;
use event_store::KeyRing;
use platform::clock::Clock;
use platform::config::Limits;
use platform::problem::Problem;
use platform::query::CursorKey;
use platform::rate::Limiter;
use platform::storage::Storage;
use sqlx::PgPool;

use crate::executor::Executor;
use crate::idempotency::GuestScopes;
use crate::lookup::Lookup;
use crate::payments::Payments;
use crate::routes::holds::Holds;
use crate::tokens::TokenIssuer;

/// Attempts from an address at all targets, and at a target from all addresses, as a multiple of those at one target from
/// one address.
const LOGINS_MULTIPLE: u32 = 10;

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
    pub(crate) cursors: CursorKey,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) throttle: Throttle,
    pub(crate) holds: Holds,
    pub(crate) storage: Storage,
    pub(crate) is_https: bool,
}

/// What is tried with a secret, and therefore limited.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Attempt {
    /// To log in with the account of this address (its lookup form), or to register it.
    LogIn(String),
    /// To find a guest's order with this number by its e-mail address.
    FindOrder(Number),
}

/// Key of a rate limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Who {
    Address(IpAddr),
    Target(Attempt),
    Both(Attempt, IpAddr),
}

/// The rate limits of attempts: of one target from one address, and of either alone. Guesses from one address therefore
/// lock nobody else out.
#[derive(Debug)]
pub(crate) struct Throttle {
    of_both: Limiter<Who>,
    of_one: Limiter<Who>,
}

impl Throttle {
    pub(crate) fn new(limits: &Limits) -> Self {
        let positive = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let minute = Duration::from_mins(1);
        let logins = positive(limits.logins_per_minute);
        let many = logins.saturating_mul(positive(LOGINS_MULTIPLE));
        Self {
            of_both: Limiter::new(logins, minute, logins),
            of_one: Limiter::new(many, minute, many),
        }
    }

    /// Counts an attempt from this address.
    pub(crate) fn check(&self, attempt: &Attempt, address: IpAddr) -> Result<(), Problem> {
        self.of_one.check(&Who::Address(address))?;
        self.of_both.check(&Who::Both(attempt.clone(), address))
    }

    /// Counts an attempt from wherever it comes. The limit is not for browsers that were logged in with the account
    /// before.
    pub(crate) fn check_from_anywhere(&self, attempt: &Attempt) -> Result<(), Problem> {
        self.of_one.check(&Who::Target(attempt.clone()))
    }
}
