//! What a payment provider does for us. Every call carries an idempotency key: the same key gets the same
//! answer, so a call whose answer was lost is simply made again.

use async_trait::async_trait;
use domain::{Money, PaymentId, ProviderReference};

pub mod sandbox;

pub use sandbox::SandboxProvider;

/// A request for money to be set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorise {
    /// The same for every try of the same attempt.
    pub idempotency_key: String,
    /// The payment it is for; the provider keeps it with the operation.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
    /// The provider's token of the method.
    pub method: String,
}

/// What the provider says to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authorisation {
    /// The money is set aside.
    Authorised {
        /// The provider's name of the authorisation.
        reference: ProviderReference,
    },
    /// No.
    Declined {
        /// Why.
        reason: String,
    },
    /// The customer has to do something first.
    ActionRequired {
        /// The provider's name of the challenge.
        challenge: ProviderReference,
    },
}

/// How a challenge ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeOutcome {
    /// The customer did what was asked.
    Passed,
    /// The customer did not.
    Failed,
}

/// Why the provider did not do it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be reached; try again.
    #[error("the payment provider cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It refuses, and would again.
    #[error("the payment provider refuses: {0}")]
    Refused(&'static str),
}

/// A payment provider.
#[async_trait]
pub trait PaymentProvider: Send + Sync + std::fmt::Debug {
    /// Sets money aside. After a challenge has ended, asking again with a new key gives its result.
    async fn authorise(&self, request: &Authorise) -> Result<Authorisation, Error>;

    /// Says how a challenge ended. With a real provider its own page does that.
    async fn end_challenge(
        &self,
        challenge: &ProviderReference,
        outcome: ChallengeOutcome,
    ) -> Result<(), Error>;

    /// Collects what was set aside, whole.
    async fn capture(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
    ) -> Result<ProviderReference, Error>;

    /// Sets free what was set aside.
    async fn void(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
    ) -> Result<ProviderReference, Error>;

    /// Gives back part or all of what was collected.
    async fn refund(
        &self,
        idempotency_key: &str,
        capture: &ProviderReference,
        amount: Money,
    ) -> Result<ProviderReference, Error>;
}
