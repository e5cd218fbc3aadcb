//! Policies: commands that follow from events. Each policy follows the event log from its own checkpoint and submits
//! ordinary commands.
//!
//! | policy | after | does |
//! |---|---|---|
//! | settlement | a parcel was picked up | captures the payment |
//! | settlement | an order is over, or a payment was authorised for one that is | voids the authorisation |
//! | settlement | an order is over whose payment is captured | requests the refund, and pays it |
//! | settlement | a return was received | requests the refund, and pays it |
//! | settlement | a payment stopped being in progress after its reservation ran out | expires the order |
//! | payment recovery | a payment was confirmed some seconds ago without a recorded answer | asks the provider again |
//! | reservation expiry | an order's reservation ran out | expires the order |
//! | erasure | the erasure of a person was requested | destroys the key, deletes the account, records it |
//!
//! The log is the queue. A policy that acts later keeps a list of the events that are not due yet, by the time at which
//! they are, and reads them from the log again after a restart. Reactions are idempotent, because the idempotency keys of
//! their commands and provider calls are derived from their subject. So a reaction may run again after a crash, and
//! several processes may run the same policy.
//!
//! # Failures
//!
//! An event whose reaction fails becomes a *dead letter*: a row in `command.policy_letters`, written in one
//! transaction with the checkpoint that moves past it. A letter is retried with exponential backoff, at most
//! [`Options::attempts_max`] times, and is then parked until an operator retries or skips it
//! (`waybill dead-letters`). Later events of the same key wait behind it in order; all other keys continue.
//!
//! | what fails | what happens |
//! |---|---|
//! | the provider, an unexpected rejection, an unreadable payload, a panic, a timeout | counts as an attempt |
//! | Postgres is unavailable, the executor's queue is full | the reaction waits and is repeated; nothing is counted |
//! | a rejection because the order or payment has moved on | the event is done |
//! | an event of a newer release, by its type or version | the policy stops before it; a fault if none takes over |
//!
//! Policies ignore orders that an operator's tool handles, such as imported ones.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use event_store::Store;
use event_store::wakeup::Wakeup;
use platform::clock::Clock;
use platform::shutdown::Shutdown;
use schemas::envelope::RecordedEvent;

use crate::executor::Executor;
use crate::lookup::Lookup;
use crate::payments::Payments;

mod attempt;
mod checkpoint;
mod envelope;
mod erasure;
mod error;
mod expiry;
mod follower;
mod letters;
mod operate;
mod page;
mod recovery;
mod restart;
mod retrier;
mod settlement;
mod status;
mod timers;
mod trigger;

pub use operate::{OperateError, Seen, retry, skip};
pub use restart::{RestartError, restart};
pub use status::{PolicyStatus, status, status_within};

use envelope::Envelope;
use error::Error;
use trigger::Trigger;

/// Limits of the policies.
#[derive(Debug, Clone)]
pub struct Options {
    /// Failed attempts after which an event is parked.
    pub attempts_max: i32,
    /// Wait after the first failed attempt; doubled after each further one.
    pub backoff_min: Duration,
    /// The longest wait between two attempts.
    pub backoff_max: Duration,
    /// Duration after which a reaction counts as failed.
    pub reaction_timeout: Duration,
    /// How often a policy checks for letters that are due.
    pub retry_interval: Duration,
}

impl Default for Options {
    /// Ten attempts within about nine minutes.
    fn default() -> Self {
        Self {
            attempts_max: 10,
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_mins(5),
            reaction_timeout: Duration::from_secs(30),
            retry_interval: Duration::from_secs(1),
        }
    }
}

/// The services that policies use.
#[derive(Debug, Clone)]
pub struct PolicyContext {
    /// Executes their commands.
    pub executor: Executor,
    /// Reads streams.
    pub lookup: Lookup,
    /// Advances payments.
    pub payments: Payments,
    /// Reads events, and holds the checkpoints and letters.
    pub store: Store,
    /// Notifies of new events.
    pub wakeup: Wakeup,
    /// Determines when an event is due.
    pub clock: Arc<dyn Clock>,
    /// Limits.
    pub options: Options,
}

/// Commands that follow from some events.
trait Policy: Send + Sync + 'static {
    /// The events it reacts to.
    type Trigger: Trigger;

    /// The name its checkpoint and letters are stored under.
    const NAME: &'static str;

    /// Minimum interval between two reads of the log. Under load events come every millisecond, and reading many costs
    /// as much as reading one.
    const REST: Duration;

    /// The time to react to an event.
    fn due_at(event: &RecordedEvent, _trigger: &Self::Trigger) -> DateTime<Utc> {
        event.recorded_at
    }

    /// Reacts to an event, possibly again.
    fn react(
        trigger: &Self::Trigger,
        envelope: &Envelope<'_>,
        context: &PolicyContext,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Registers the policies.
macro_rules! register {
    ($($policy:ty),+ $(,)?) => {
        /// The names of all policies.
        pub const NAMES: &[&str] = &[$(<$policy as Policy>::NAME),+];

        /// Starts every policy. They stop with `shutdown`.
        pub fn start(context: &PolicyContext, shutdown: &Shutdown) {
            let context = Arc::new(context.clone());
            $(start_one::<$policy>(&context, shutdown);)+
        }
    };
}

register! {
    settlement::Settlement,
    recovery::PaymentRecovery,
    expiry::ReservationExpiry,
    erasure::Erasure,
}

fn start_one<P: Policy>(context: &Arc<PolicyContext>, shutdown: &Shutdown) {
    shutdown.spawn(P::NAME, follower::run::<P>(Arc::clone(context), shutdown.token()));
    shutdown.spawn(P::NAME, retrier::run::<P>(Arc::clone(context), shutdown.token()));
}
