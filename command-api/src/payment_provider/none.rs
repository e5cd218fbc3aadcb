//! An instance without a payment provider: every payment is refused.

use async_trait::async_trait;
use domain::{Money, ProviderReference};

use super::{Authorisation, Authorise, ChallengeOutcome, Error, PaymentProvider};

/// Refuses everything.
#[derive(Debug, Clone, Copy)]
pub struct NoProvider;

impl NoProvider {
    const fn refuse<T>() -> Result<T, Error> {
        Err(Error::Refused("no payment provider is configured"))
    }
}

#[async_trait]
impl PaymentProvider for NoProvider {
    async fn authorise(&self, _: &Authorise) -> Result<Authorisation, Error> {
        Self::refuse()
    }

    async fn end_challenge(&self, _: &ProviderReference, _: ChallengeOutcome) -> Result<(), Error> {
        Self::refuse()
    }

    async fn capture(&self, _: &str, _: &ProviderReference) -> Result<ProviderReference, Error> {
        Self::refuse()
    }

    async fn void(&self, _: &str, _: &ProviderReference) -> Result<ProviderReference, Error> {
        Self::refuse()
    }

    async fn refund(&self, _: &str, _: &ProviderReference, _: Money) -> Result<ProviderReference, Error> {
        Self::refuse()
    }
}
