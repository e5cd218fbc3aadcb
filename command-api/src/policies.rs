//! Policies: what follows from events without anybody asking. Each follows the event log from its own
//! checkpoint and gives ordinary commands.
//!
//! | policy | after | does |
//! |---|---|---|
//! | settlement | a parcel was picked up | captures the payment |
//! | settlement | an order is over, or money was set aside for one that is | voids the authorisation |
//! | settlement | a return was received | requests the refund, and pays it |
//! | settlement | a payment stopped being in progress after its reservation ran out | expires the order |
//! | payment recovery | a payment was confirmed some seconds ago, and nobody recorded an answer | asks the provider again |
//! | reservation expiry | an order's reservation ran out | expires the order |
//!
//! The log is the queue and the timer: a policy that acts later follows the log at a distance, and looks at an
//! event again until it is due. Nothing is kept but the position, so nothing can be lost or come twice:
//! commands carry idempotency keys made of what they are about, and provider calls too. That is also why
//! several processes may run the same policy.
//!
//! Orders that an operator's tool takes through their lives, such as imported ones, are left alone.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use event_store::Store;
use event_store::wakeup::Wakeup;
use platform::clock::Clock;
use platform::shutdown::Shutdown;
use schemas::envelope::RecordedEvent;

use crate::executor::{self, Executor};
use crate::lookup::{self, Lookup};
use crate::payments::{self, Payments};

mod checkpoint;
mod envelope;
mod expiry;
mod recovery;
mod runner;
mod settlement;

/// What policies work with.
#[derive(Debug, Clone)]
pub struct PolicyContext {
    /// Takes their commands.
    pub executor: Executor,
    /// Says how things stand.
    pub lookup: Lookup,
    /// Moves payments on.
    pub payments: Payments,
    /// Where they read events.
    pub store: Store,
    /// Says when there are new ones.
    pub wakeup: Wakeup,
    /// Says when something is due.
    pub clock: Arc<dyn Clock>,
}

/// Why a policy could not react. It will try again.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Lookup(#[from] lookup::Error),
    #[error(transparent)]
    Payments(#[from] payments::Error),
    #[error(transparent)]
    Executor(#[from] executor::Error),
    #[error(transparent)]
    Store(#[from] event_store::Error),
    #[error("the checkpoint cannot be read or kept")]
    Checkpoint(#[from] sqlx::Error),
}

/// What follows from some events.
#[async_trait]
trait Policy: Send + Sync {
    /// The name its checkpoint is kept under.
    fn name(&self) -> &'static str;

    /// The types of events it looks at.
    fn event_types(&self) -> &'static [&'static str];

    /// How long to rest between two looks at the log. Under load events come every millisecond, and a look at
    /// many costs as much as a look at one.
    fn rest(&self) -> Duration;

    /// When to react to an event.
    fn due_at(&self, event: &RecordedEvent, decoded: &domain::Event) -> DateTime<Utc>;

    /// Reacts to an event, possibly again.
    async fn react(
        &self,
        event: &RecordedEvent,
        decoded: &domain::Event,
        context: &PolicyContext,
    ) -> Result<(), Error>;
}

/// Starts every policy. They end with `shutdown`.
pub fn start(context: &PolicyContext, shutdown: &Shutdown) {
    let policies: [Box<dyn Policy>; 3] = [
        Box::new(settlement::Settlement),
        Box::new(recovery::PaymentRecovery),
        Box::new(expiry::ReservationExpiry),
    ];
    for policy in policies {
        shutdown.spawn(runner::run(policy, context.clone(), shutdown.token()));
    }
}
