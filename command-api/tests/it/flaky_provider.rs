//! The sandbox provider with injected faults.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use command_api::payment_provider::{
    Authorisation, Authorise, ChallengeOutcome, Error, PaymentProvider, SandboxProvider,
};
use domain::{Money, ProviderReference};

/// How a call fails.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    InternalServerError,
    Refusal,
    Panic,
    NoAnswer,
}

/// The faults of captures, voids and refunds, by their idempotency key; and the calls that succeeded, in order.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    faults: HashMap<String, Fault>,
    calls: Vec<String>,
}

impl Faults {
    pub fn set(&self, key: &str, fault: Fault) {
        self.0.lock().unwrap().faults.insert(key.to_owned(), fault);
    }

    pub fn clear(&self) {
        self.0.lock().unwrap().faults.clear();
    }

    pub fn calls(&self) -> Vec<String> {
        self.0.lock().unwrap().calls.clone()
    }

    async fn meet(&self, key: &str) -> Result<(), Error> {
        let fault = self.0.lock().unwrap().faults.get(key).copied();
        match fault {
            None => {
                self.0.lock().unwrap().calls.push(key.to_owned());
                Ok(())
            }
            Some(Fault::InternalServerError) => Err(Error::Unavailable("500 Internal Server Error".into())),
            Some(Fault::Refusal) => Err(Error::Refused("the card was reported stolen")),
            Some(Fault::Panic) => panic!("the provider's client has a bug"),
            Some(Fault::NoAnswer) => {
                tokio::time::sleep(Duration::from_mins(1)).await;
                Err(Error::Unavailable("no answer".into()))
            }
        }
    }
}

#[derive(Debug)]
pub struct FlakyProvider {
    pub sandbox: SandboxProvider,
    pub faults: Faults,
}

#[async_trait]
impl PaymentProvider for FlakyProvider {
    async fn authorise(&self, request: &Authorise) -> Result<Authorisation, Error> {
        self.sandbox.authorise(request).await
    }

    async fn end_challenge(
        &self,
        challenge: &ProviderReference,
        outcome: ChallengeOutcome,
    ) -> Result<(), Error> {
        self.sandbox.end_challenge(challenge, outcome).await
    }

    async fn capture(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
    ) -> Result<ProviderReference, Error> {
        self.faults.meet(idempotency_key).await?;
        self.sandbox.capture(idempotency_key, authorisation).await
    }

    async fn void(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
    ) -> Result<ProviderReference, Error> {
        self.faults.meet(idempotency_key).await?;
        self.sandbox.void(idempotency_key, authorisation).await
    }

    async fn refund(
        &self,
        idempotency_key: &str,
        capture: &ProviderReference,
        amount: Money,
    ) -> Result<ProviderReference, Error> {
        self.faults.meet(idempotency_key).await?;
        self.sandbox.refund(idempotency_key, capture, amount).await
    }
}
