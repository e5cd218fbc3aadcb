//! The refunds of a captured payment.

use std::collections::BTreeMap;

use serde::Serialize;

use super::event::PaymentEvent;
use crate::money::MoneyError;
use crate::{Money, ProviderReference, RefundId, ReturnId};

/// The status of a refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum RefundStatus {
    /// Waiting for the provider.
    Pending,
    /// Paid by the provider.
    Succeeded {
        /// The provider's reference.
        provider_reference: ProviderReference,
    },
    /// Refused by the provider.
    Failed,
}

impl RefundStatus {
    /// The name of the status.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded { .. } => "succeeded",
            Self::Failed => "failed",
        }
    }
}

/// One refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// The amount.
    pub amount: Money,
    /// The return it is for, if any.
    pub return_id: Option<ReturnId>,
    /// The status.
    #[serde(flatten)]
    pub status: RefundStatus,
}

/// All refunds of one payment.
///
/// **Invariant:** refunds that did not fail never exceed the captured amount.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Refunds(BTreeMap<RefundId, Refund>);

impl Refunds {
    /// The refund with this id.
    pub fn get(&self, refund_id: RefundId) -> Option<&Refund> {
        self.0.get(&refund_id)
    }

    /// The refunds that succeeded or are pending.
    pub fn standing(&self) -> impl Iterator<Item = (RefundId, &Refund)> {
        let standing = self
            .0
            .iter()
            .filter(|(_, refund)| refund.status != RefundStatus::Failed);
        standing.map(|(id, refund)| (*id, refund))
    }

    /// The number of refunds that the provider refused.
    pub fn failed_len(&self) -> usize {
        self.0.len() - self.standing().count()
    }

    /// The sum of the refunds that succeeded or are pending, in the currency of `captured`.
    ///
    /// # Errors
    /// When the sum overflows or a refund is in another currency; neither happens in decided histories.
    pub fn standing_total(&self, captured: Money) -> Result<Money, MoneyError> {
        let mut amounts = self.standing().map(|(_, refund)| refund.amount);
        amounts.try_fold(Money::zero(captured.currency), Money::checked_add)
    }

    /// What is left of the captured amount after the refunds that succeeded or are pending.
    ///
    /// # Errors
    /// As [`Self::standing_total`].
    pub fn left_of(&self, captured: Money) -> Result<Money, MoneyError> {
        captured.checked_sub(self.standing_total(captured)?)
    }

    /// These refunds with one more event applied; `None` if it is not possible.
    pub(super) fn with(&self, event: &PaymentEvent, captured: Money) -> Option<Self> {
        use PaymentEvent as E;
        let mut refunds = self.clone();
        match event {
            E::RefundRequested(event) if event.amount.minor > 0 && self.get(event.refund_id).is_none() => {
                let refund = Refund {
                    amount: event.amount,
                    return_id: event.return_id,
                    status: RefundStatus::Pending,
                };
                refunds.0.insert(event.refund_id, refund);
            }
            E::RefundSucceeded(event) => {
                let provider_reference = event.provider_reference.clone();
                refunds.pending(event.refund_id)?.status = RefundStatus::Succeeded { provider_reference };
            }
            E::RefundFailed(event) => refunds.pending(event.refund_id)?.status = RefundStatus::Failed,
            _ => return None,
        }
        let total = refunds.standing_total(captured).ok()?;
        (total.minor <= captured.minor).then_some(refunds)
    }

    fn pending(&mut self, refund_id: RefundId) -> Option<&mut Refund> {
        self.0
            .get_mut(&refund_id)
            .filter(|refund| refund.status == RefundStatus::Pending)
    }
}
