//! The interface of payment providers. Every call carries an idempotency key: the same key gets the same answer, so a
//! call whose answer was lost can be repeated.

use async_trait::async_trait;
use domain::{Money, PaymentId, ProviderReference};

mod none;
pub mod sandbox;

pub use none::NoProvider;
pub use sandbox::SandboxProvider;

/// A request to authorise a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorise {
    /// The idempotency key, the same for each repetition of an attempt.
    pub idempotency_key: String,
    /// The payment it is for; the provider stores it with the operation.
    pub payment_id: PaymentId,
    /// The amount to authorise.
    pub amount: Money,
    /// The provider's token for the payment method.
    pub method: String,
}

/// The provider's answer to an authorisation request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authorisation {
    /// The amount is authorised.
    Authorised {
        /// The provider's reference of the authorisation.
        reference: ProviderReference,
    },
    /// It is declined.
    Declined {
        /// Why.
        reason: String,
    },
    /// The customer has to complete a challenge first.
    ActionRequired {
        /// The provider's reference of the challenge.
        challenge: ProviderReference,
    },
}

/// How a challenge ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeOutcome {
    /// The customer did what was asked.
    Passed,
    /// The customer did not.
    Failed,
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The provider cannot be reached or failed; repeating the call may help.
    #[error("the payment provider cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The provider refuses; repeating the call does not help.
    #[error("the payment provider refuses: {0}")]
    Refused(&'static str),
}

/// A payment provider.
#[async_trait]
pub trait PaymentProvider: Send + Sync + std::fmt::Debug {
    /// Authorises a payment. After a challenge has ended, calling it again with a new key returns its result.
    async fn authorise(&self, request: &Authorise) -> Result<Authorisation, Error>;

    /// Reports how a challenge ended. A real provider does that on its own page.
    async fn end_challenge(
        &self,
        challenge: &ProviderReference,
        outcome: ChallengeOutcome,
    ) -> Result<(), Error>;

    /// Captures an authorisation in full.
    async fn capture(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
    ) -> Result<ProviderReference, Error>;

    /// Voids an authorisation.
    async fn void(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
    ) -> Result<ProviderReference, Error>;

    /// Refunds part or all of a capture.
    async fn refund(
        &self,
        idempotency_key: &str,
        capture: &ProviderReference,
        amount: Money,
    ) -> Result<ProviderReference, Error>;
}
