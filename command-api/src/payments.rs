//! The steps of a payment: each asks the provider and records its answer.
//!
//! Handlers and policies use the same steps and may run them concurrently: the provider's idempotency keys are
//! derived from the request, and recording the same answer twice changes nothing.

use std::sync::Arc;

use domain::order::PlacedOrder;
use domain::payment::{
    RecordAuthorisation, RecordCapture, RecordDecline, RecordPaymentActionRequired, RecordRefund,
    RecordRefundFailure, RecordVoid, RequestRefund,
};
use domain::{Command, Money, PaymentId, PaymentState, RefundId};

use crate::executor::{self, Accepted, Executor, Submission};
use crate::idempotency;
use crate::lookup::{self, Lookup};
use crate::payment_provider::{self, Authorisation, Authorise, PaymentProvider};

/// Why a step failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The stream could not be read.
    #[error(transparent)]
    Lookup(#[from] lookup::Error),
    /// The provider was unavailable, or refused.
    #[error(transparent)]
    Provider(#[from] payment_provider::Error),
    /// The command was not accepted.
    #[error(transparent)]
    Executor(#[from] executor::Error),
}

/// The request to refund what is left of the captured payment of an order that is over; the amount is zero if everything
/// is refunded or about to be. `None` if nothing was captured.
pub fn refund_of_rest(order: &PlacedOrder, payment: &PaymentState) -> Option<RequestRefund> {
    let PaymentState::Succeeded { refunds, .. } = payment else {
        return None;
    };
    Some(RequestRefund {
        payment_id: order.payment_id,
        refund_id: idempotency::order_refund_id(order.order_id, refunds.failed_len()),
        amount: payment.refundable()?,
        return_id: None,
    })
}

/// Calls the provider and records its answers.
#[derive(Debug, Clone)]
pub struct Payments {
    executor: Executor,
    lookup: Lookup,
    provider: Arc<dyn PaymentProvider>,
}

/// Wraps a command in a submission with its actor and idempotency key.
pub type Envelope<'a> = &'a (dyn Fn(Command) -> Submission + Sync);

impl Payments {
    /// Creates the steps; they record through `executor`.
    pub fn new(executor: Executor, lookup: Lookup, provider: Arc<dyn PaymentProvider>) -> Self {
        Self {
            executor,
            lookup,
            provider,
        }
    }

    /// The provider.
    pub fn provider(&self) -> &dyn PaymentProvider {
        self.provider.as_ref()
    }

    /// Requests the authorisation for the attempt that was confirmed at `confirmed_version` of the payment's stream,
    /// with `method`, and records the answer.
    ///
    /// # Errors
    /// When the provider or the store cannot be reached, or the payment has changed since.
    pub async fn authorise(
        &self,
        payment_id: PaymentId,
        (confirmed_version, method, amount): (i64, &str, Money),
        envelope: Envelope<'_>,
    ) -> Result<(Accepted, &'static str), Error> {
        let request = Authorise {
            idempotency_key: format!("authorise/{payment_id}/{confirmed_version}"),
            payment_id,
            amount,
            method: method.to_owned(),
        };
        let (command, status): (Command, _) = match self.provider.authorise(&request).await? {
            Authorisation::Authorised { reference } => {
                let command = RecordAuthorisation {
                    payment_id,
                    amount,
                    provider_reference: reference,
                };
                (command.into(), "requires_capture")
            }
            Authorisation::Declined { reason } => (
                RecordDecline { payment_id, reason }.into(),
                "requires_payment_method",
            ),
            Authorisation::ActionRequired { challenge } => {
                let command = RecordPaymentActionRequired {
                    payment_id,
                    provider_reference: challenge,
                };
                (command.into(), "requires_action")
            }
        };
        Ok((self.executor.execute(envelope(command)).await?, status))
    }

    /// Captures an authorised payment. Does nothing for a payment in another state.
    ///
    /// # Errors
    /// When the provider or the store cannot be reached.
    pub async fn capture(&self, payment_id: PaymentId, envelope: Envelope<'_>) -> Result<(), Error> {
        let PaymentState::RequiresCapture {
            intent,
            authorisation,
        } = self.lookup.payment(payment_id).await?.state
        else {
            return Ok(());
        };
        let key = format!("capture/{payment_id}");
        let provider_reference = self.provider.capture(&key, &authorisation).await?;
        let command = RecordCapture {
            payment_id,
            amount: intent.amount,
            provider_reference,
        };
        self.executor.execute(envelope(command.into())).await?;
        Ok(())
    }

    /// Voids an authorised payment. Does nothing for a payment in another state.
    ///
    /// # Errors
    /// When the provider or the store cannot be reached.
    pub async fn void(
        &self,
        payment_id: PaymentId,
        reason: &str,
        envelope: Envelope<'_>,
    ) -> Result<(), Error> {
        let PaymentState::RequiresCapture { authorisation, .. } =
            self.lookup.payment(payment_id).await?.state
        else {
            return Ok(());
        };
        self.provider
            .void(&format!("void/{payment_id}"), &authorisation)
            .await?;
        let command = RecordVoid {
            payment_id,
            reason: reason.to_owned(),
        };
        self.executor.execute(envelope(command.into())).await?;
        Ok(())
    }

    /// Pays a requested refund, or records that the provider refuses.
    ///
    /// # Errors
    /// When the provider or the store cannot be reached.
    pub async fn refund(
        &self,
        payment_id: PaymentId,
        (refund_id, amount): (RefundId, Money),
        envelope: Envelope<'_>,
    ) -> Result<(), Error> {
        let PaymentState::Succeeded { capture, .. } = self.lookup.payment(payment_id).await?.state else {
            return Ok(());
        };
        let command: Command = match self
            .provider
            .refund(&format!("refund/{refund_id}"), &capture, amount)
            .await
        {
            Ok(provider_reference) => RecordRefund {
                payment_id,
                refund_id,
                provider_reference,
            }
            .into(),
            Err(payment_provider::Error::Refused(reason)) => RecordRefundFailure {
                payment_id,
                refund_id,
                reason: reason.to_owned(),
            }
            .into(),
            Err(error) => return Err(error.into()),
        };
        self.executor.execute(envelope(command)).await?;
        Ok(())
    }
}
